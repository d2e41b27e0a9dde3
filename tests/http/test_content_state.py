"""Content states at a real application: visitors who come with one, and other viewers that are given one."""

from __future__ import annotations

import json
import re

from museum.web.iiif.states.coding import encode
from tests.http.conftest import Museum

ROOT = "/iiif/presentation/3"


async def follow(museum: Museum, path: str, state: object, **query: str) -> tuple[int, str]:
    """Status and Location of an answer to a visitor who comes to `path` with a content state."""
    text = state if isinstance(state, str) else encode(state)
    answer = await museum.client.get(
        path, params={"iiif-content": text, **query}, allow_redirects=False, headers={"Accept": "text/html"}
    )
    return answer.status, answer.headers.get("Location", "")


async def test_a_detail_that_somebody_shares_opens(museum: Museum) -> None:
    base = str(museum.client.make_url("")).rstrip("/")
    canvas = f"{base}{ROOT}/images/wall-map/canvas/wall-map"
    manifest = f"{base}{ROOT}/images/wall-map/manifest"
    part = {"id": f"{canvas}#xywh=100,200,300,400", "type": "Canvas", "partOf": [{"id": manifest, "type": "Manifest"}]}
    whole = {"type": "Annotation", "motivation": ["contentState"], "target": part}
    for path in ("/", "/images/wall-map", "/artifacts/vase"):
        for state in (part, whole, json.dumps(part)):
            assert await follow(museum, path, state) == (302, "/images/wall-map?region=100,200,300,400")
    quarter = {**part, "id": f"{canvas}#xywh=percent:50,50,50,50"}
    assert await follow(museum, "/", quarter) == (302, "/images/wall-map?region=750,550,750,550")
    assert await follow(museum, "/", manifest) == (302, "/images/wall-map")
    assert await follow(museum, "/", manifest, lang="zh-Hant") == (302, "/images/wall-map?lang=zh-Hant")
    assert await follow(museum, "/", manifest, lang="en\r\nX: y") == (302, "/images/wall-map")
    model = f"{base}/iiif/presentation/4/models/vase-model/manifest"
    assert await follow(museum, "/", model) == (302, "/artifacts/vase")
    scene = f"{base}{ROOT}/venues/tianjin/canvas/prologue#xywh=0,384,512,256"
    assert await follow(museum, "/", scene) == (302, "/scenes/prologue?yaw=-135.0&pitch=0.0&fov=45")
    answer = await museum.client.get("/", params={"iiif-content": encode(part)})
    assert (answer.status, answer.url.path_qs) == (200, "/images/wall-map?region=100,200,300,400")


async def test_what_cannot_be_opened_is_said_in_the_readers_language(museum: Museum) -> None:
    base = str(museum.client.make_url("")).rstrip("/")
    for state, status, words in (
        ("%%%", 400, "cannot be read"),
        ("https://elsewhere.example/manifest", 404, "elsewhere.example"),
        ("https://<script>.example/manifest", 404, "&lt;script&gt;"),
        (f"{base}{ROOT}/activities/seafood/manifest", 404, "no hall or object"),
        (f"{base}/iiif/presentation/4/models/none/manifest", 404, "no hall or object"),
    ):
        answer = await museum.client.get(
            "/", params={"iiif-content": state}, headers={"Accept": "text/html", "Accept-Language": "en"}
        )
        assert answer.status == status, state
        assert words in await answer.text(), state
    # A draft's state says no more than that there is nothing.
    draft = f"{base}{ROOT}/images/secret-image/canvas/secret-image#xywh=percent:0,0,50,50"
    assert await follow(museum, "/", draft) == (302, "/images/secret-image")
    assert (await museum.client.get("/images/secret-image")).status == 404
    # What programs read knows no content states.
    assert (await museum.client.get("/api/v1/museum?iiif-content=x")).status == 400


async def test_states_for_other_viewers(museum: Museum) -> None:
    path = "/iiif/content-state/images/wall-map?region=1,2,30,40"
    answer = await museum.client.get(path)
    state = await answer.json(content_type=None)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert state["id"].endswith(path)
    assert (state["type"], state["motivation"]) == ("Annotation", ["contentState"])
    manifest = await (await museum.client.get(f"{ROOT}/images/wall-map/manifest")).json(content_type=None)
    assert state["target"]["id"] == manifest["items"][0]["id"] + "#xywh=1,2,30,40"
    assert state["target"]["partOf"] == [{"id": manifest["id"], "type": "Manifest"}]
    encoded = await (await museum.client.get(f"{path}&form=encoded")).text()
    assert encoded == encode(state["target"])
    assert await follow(museum, "/", encoded) == (302, "/images/wall-map?region=1,2,30,40")
    assert await follow(museum, "/", state["id"]) == (302, "/images/wall-map?region=1,2,30,40")
    vase = await (await museum.client.get("/iiif/content-state/artifacts/vase")).json(content_type=None)
    assert vase["target"]["type"] == "Manifest"

    for query in ("images/wall-map?region=1,2,3", "images/wall-map?region=1,2,0,4", "artifacts/vase?region=1,2,3,4"):
        refused = await museum.client.get(f"/iiif/content-state/{query}")
        assert (refused.status, (await refused.json())["error"]["code"]) == (400, "state-region")


async def test_pages_say_where_their_manifest_is(museum: Museum) -> None:
    for path in ("/artifacts/vase", "/images/wall-map", "/exhibitions/show-0", "/venues/tianjin", "/scenes/prologue"):
        text = await (await museum.client.get(path)).text()
        (address,) = re.findall(
            r"""<link rel="alternate" type='application/ld\+json[^>]* href="([^"]*)" title="IIIF">""", text
        )
        assert address.endswith(f"{ROOT}{path}/manifest")
        assert (
            await museum.client.get(address.removeprefix(str(museum.client.make_url("")).rstrip("/")))
        ).status == 200
    for path in ("/", "/places/station", "/activities/seafood"):
        assert 'title="IIIF"' not in await (await museum.client.get(path)).text()
