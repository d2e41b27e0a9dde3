"""tour.json: everything for one scene, nothing that is not published, small and quick to ask again."""

from __future__ import annotations

import gzip
import json

from sqlalchemy import update

from museum.scenes.models import Scene, Venue
from museum.scenes.tour_build import build_tour
from tests.http.conftest import Museum
from tests.pages_sample import SECRET


async def test_a_tour_holds_the_scene_and_the_first_paint_of_its_neighbours(museum: Museum) -> None:
    answer = await museum.client.get("/api/v1/scenes/prologue/tour.json")
    assert answer.status == 200
    tour = await answer.json()
    scene = tour["scene"]
    assert scene["title"]["en"] == "Prologue"
    assert scene["venue"]["slug"] == "tianjin"
    assert scene["plan"] == [6.0, 4.0]
    kinds = {link["kind"]: link for link in scene["links"] if "scene" in link}
    assert kinds["walk"]["scene"] == "lobby"
    assert kinds["walk"]["distance"] == 4.0
    assert kinds["walk"]["title"]["zh-Hant"] == "大堂", "a link without words of its own bears its target's title"
    assert kinds["portal"]["year"] == 1888
    assert kinds["portal"]["title"]["en"] == "The Old Railway Station", "a portal is named after where it leads"
    assert "distance" not in kinds["portal"], "no metres between two floor plans"
    assert set(tour["neighbours"]) == {"lobby", "station-1888"}
    panorama = tour["neighbours"]["lobby"]["panorama"]
    assert museum.digests["lobby"] in panorama["tiles"]
    assert len(panorama["hash"]) == 384
    (away,) = [link for link in scene["links"] if "scene" not in link]
    assert away["tour"] == "https://example.org/api/v1/scenes/far/tour.json", (
        "what the viewer reads of a scene elsewhere"
    )
    assert away["url"] == "https://example.org/scenes/far"
    assert (await museum.client.get(panorama["strip"])).status == 200


async def test_hotspots_open_what_is_published_and_nothing_else(museum: Museum) -> None:
    text = await (await museum.client.get("/api/v1/scenes/prologue/tour.json")).text()
    assert SECRET not in text
    hotspots = json.loads(text)["scene"]["hotspots"]
    assert [spot["kind"] for spot in hotspots] == ["artifact", "image", "text", "web"]
    vase, wall_map, words, page = hotspots
    assert vase["title"]["en"] == "Blue-and-white vase with lotus scrolls"
    assert vase["target"]["iiif"] == "/iiif/3/vase-front"
    assert vase["target"]["model"] == f"/models/{museum.digests['vase-model']}.glb"
    assert wall_map["target"]["record"] == "/api/v1/images/wall-map"
    assert (wall_map["target"]["width"], wall_map["target"]["height"]) == (1500, 1100)
    assert "target" not in words
    assert page["target"]["href"] == "https://example.org/"
    for address in (vase["target"]["record"], wall_map["target"]["record"], wall_map["target"]["thumbnail"]):
        assert (await museum.client.get(address)).status == 200, address


async def test_moments_of_a_place_come_in_order_with_their_eras(museum: Museum) -> None:
    tour = await (await museum.client.get("/api/v1/scenes/station-1937/tour.json")).json()
    moments = tour["scene"]["place"]["moments"]
    assert [moment["year"] for moment in moments] == [1888, 1937, 2020]
    assert moments[0]["era"]["zh-Hant"] == "清光緒十四年"
    assert [period["title"]["zh-Hant"] for period in tour["scene"]["place"]["periods"]] == ["清", "民國", "新中國"]
    others = {moment["scene"] for moment in moments} - {"station-1937"}
    assert others <= set(tour["neighbours"]), "no further round trip to draw another moment"
    for moment in moments:
        assert (await museum.client.get(moment["tour"])).status == 200
        assert (await museum.client.get(moment["url"])).status == 200
    assert tour["scene"]["era"]["zh-Hans"] == "民国二十六年"


async def test_a_photograph_is_put_upright_and_all_who_show_it_hear_of_it(museum: Museum) -> None:
    async with museum.database.write() as session:
        await session.execute(update(Scene).where(Scene.slug == "station-1888").values(level_pitch=3.5, level_roll=-2))
    try:
        tour = await (await museum.client.get("/api/v1/scenes/station-1888/tour.json")).json()
        assert tour["scene"]["level"] == {"pitch": 3.5, "roll": -2.0}
        other = await (await museum.client.get("/api/v1/scenes/station-2020/tour.json")).json()
        assert other["neighbours"]["station-1888"]["level"] == {"pitch": 3.5, "roll": -2.0}
        assert "level" not in other["scene"]
    finally:
        async with museum.database.write() as session:
            await session.execute(update(Scene).values(level_pitch=0, level_roll=0))


async def test_unpublished_scenes_are_nowhere_until_they_are_published(museum: Museum) -> None:
    for slug in ("draft-scene", "behind-closed", "no-such"):
        answer = await museum.client.get(f"/api/v1/scenes/{slug}/tour.json?preview=1")
        assert answer.status == 404, slug
        assert (await answer.json())["error"]["status"] == 404
    async with museum.database.write() as session:
        await session.execute(update(Scene).where(Scene.slug == "draft-scene").values(state="published"))
    tour = await (await museum.client.get("/api/v1/scenes/prologue/tour.json")).json()
    assert "draft-scene" in tour["neighbours"]
    async with museum.database.write() as session:
        await session.execute(update(Venue).where(Venue.slug == "tianjin").values(state="draft"))
    assert (await museum.client.get("/api/v1/scenes/draft-scene/tour.json")).status == 404


async def test_curators_preview_drafts(museum: Museum) -> None:
    async with museum.database.read() as session:
        assert await build_tour(session, "draft-scene", "public", {}) is None
        tour = await build_tour(session, "prologue", "curator", {})
    assert tour is not None
    assert "draft-scene" in tour.neighbours
    assert all(link.tour.endswith("?preview=1") for link in tour.scene.links if link.scene)
    assert len(tour.scene.hotspots) == 6


async def test_asking_again_costs_no_body_and_encodings_have_tags_of_their_own(museum: Museum) -> None:
    path = "/api/v1/scenes/prologue/tour.json"
    packed = await museum.client.get(path, headers={"Accept-Encoding": "gzip"}, auto_decompress=False)
    body = await packed.read()
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(body) < 30_000
    plain = await museum.client.get(path, headers={"Accept-Encoding": "gzip;q=0"}, auto_decompress=False)
    assert await plain.read() == gzip.decompress(body)
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert not packed.headers["ETag"].startswith("W/")
    again = await museum.client.get(path, headers={"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]})
    assert (again.status, await again.read()) == (304, b"")
    head = await museum.client.head(path, headers={"Accept-Encoding": "gzip"})
    assert head.headers["ETag"] == packed.headers["ETag"]
    assert head.headers["Content-Length"] == str(len(body))
    asked = await museum.client.options(path)
    assert asked.status == 204
    assert asked.headers["Access-Control-Allow-Origin"] == packed.headers["Access-Control-Allow-Origin"] == "*"
