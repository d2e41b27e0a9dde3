"""The API's lists and records: complete, paged, filtered, and silent about what is not published."""

from __future__ import annotations

import json
from typing import Any

import pytest

from museum.collection.records_query import KINDS
from tests.http.conftest import Museum
from tests.pages_sample import SECRET


async def read(museum: Museum, path: str) -> Any:
    answer = await museum.client.get(path)
    assert answer.status == 200, path
    text = await answer.text()
    assert SECRET not in text, path
    return json.loads(text)


async def test_the_museum_in_numbers(museum: Museum) -> None:
    assert await read(museum, "/api/v1/museum") == {
        "venues": 5,
        "scenes": 6,
        "images": 5,
        "artifacts": 62,
        "exhibitions": 7,
        "models": 1,
        "activities": 1,
        "places": 1,
        "sites": 1,
        "siteScenes": 3,
        "tours": 1,
    }


@pytest.mark.parametrize("kind", list(KINDS))
async def test_lists_go_on_to_their_end_and_every_record_opens(museum: Museum, kind: str) -> None:
    seen: list[str] = []
    path: str | None = f"/api/v1/{kind}?limit=25"
    total = 0
    while path is not None:
        page = await read(museum, path)
        total = page["total"]
        assert len(page["items"]) <= page["limit"]
        seen += [item["slug"] for item in page["items"]]
        path = page["next"]
    assert len(seen) == len(set(seen)) == total > 0
    for slug in seen[:3]:
        record = await read(museum, f"/api/v1/{kind}/{slug}")
        assert record["slug"] == slug
        assert (await museum.client.get(record["page"])).status == 200


FILTERED = {
    "/api/v1/scenes?venue=station-site": ["station-1888", "station-1937", "station-2020"],
    "/api/v1/scenes?place=station": ["station-1888", "station-1937", "station-2020"],
    "/api/v1/scenes?kind=site&place=station": ["station-1888", "station-1937", "station-2020"],
    "/api/v1/scenes?kind=hall&venue=station-site": [],
    "/api/v1/venues?kind=site": ["station-site"],
    "/api/v1/venues?kind=site&lang=en": ["station-site"],
    "/api/v1/artifacts?category=porcelain": ["vase"],
    "/api/v1/artifacts?grade=first": ["vase"],
    "/api/v1/artifacts?q=青花 瓶": ["vase"],
    "/api/v1/artifacts?q=青花纏枝": ["vase"],
    "/api/v1/artifacts?q=LOTUS": ["vase"],
    "/api/v1/artifacts?q=%25": [],
    "/api/v1/artifacts?q=_": [],
    "/api/v1/images?artifact=vase": ["vase-front"],
    "/api/v1/images?artifact=unseen": [],
    "/api/v1/places?venue=station-site": ["station"],
    "/api/v1/places?venue=tianjin": [],
}


async def test_filters(museum: Museum) -> None:
    for path, slugs in FILTERED.items():
        assert [item["slug"] for item in (await read(museum, path))["items"]] == slugs, path


async def test_records_hold_all_that_belongs_to_them(museum: Museum) -> None:
    vase = await read(museum, "/api/v1/artifacts/vase")
    assert vase["accessionNumber"] == "津博-瓷-00001"
    assert vase["dimensions"]["en"] == "Height 38.5 cm"
    assert [image["iiif"] for image in vase["images"]] == ["/iiif/3/vase-front"]
    assert vase["models"][0]["model"] == f"/models/{museum.digests['vase-model']}.glb"
    assert vase["models"][0]["heightM"] == 0.385
    show = await read(museum, "/api/v1/exhibitions/show-0")
    assert [item["slug"] for item in show["sections"][0]["items"]] == ["vase", "wall-map"]
    activity = await read(museum, "/api/v1/activities/seafood")
    assert [step["kind"] for step in activity["steps"]] == ["look", "read", "find", "answer", "draw"]
    assert activity["steps"][2]["scene"] == "prologue"
    place = await read(museum, "/api/v1/places/station")
    assert [moment["year"] for moment in place["moments"]] == [1888, 1937, 2020]
    venue = await read(museum, "/api/v1/venues/tianjin")
    assert (venue["entrance"], venue["scenes"], venue["plan"]["width"]) == ("lobby", 2, 12)


HIDDEN = (
    "/api/v1/venues/closed",
    "/api/v1/scenes/draft-scene",
    "/api/v1/scenes/behind-closed",
    "/api/v1/artifacts/unseen",
    "/api/v1/images/secret-image",
    "/api/v1/images/unseen-photo",
    "/api/v1/exhibitions/planned",
    "/api/v1/activities/secret-activity",
    "/api/v1/tours/secret-tour",
    "/api/v1/tours/nowhere",
    "/api/v1/no-such-kind",
    "/api/v1/artifacts/NOT-A-SLUG",
)


async def test_what_is_not_published_is_not_there(museum: Museum) -> None:
    for path in HIDDEN:
        answer = await museum.client.get(path, headers={"Accept-Language": "en"})
        assert answer.status == 404, path
        error = (await answer.json())["error"]
        assert set(error) == {"status", "code", "message"}
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


SENSELESS = {
    **dict.fromkeys((f"artifacts?limit={number}" for number in ("0", "201", "x", "", "١")), "query-number"),
    "artifacts?offset=-1": "query-number",
    "artifacts?q=%00": "address-nul",
    "artifacts?q=" + "长" * 201: "query-text",
    "artifacts?categroy=coin": "query-unknown",
    "artifacts?limit=1&limit=2": "query-twice",
    "artifacts?grade=best": "query-choice",
    "scenes?kind=room": "query-choice",
    "artifacts/vase?fields=title": "query-unknown",
    "museum?kind=hall": "query-unknown",
    "scenes/lobby/tour.json?year=1900": "query-unknown",
}


async def test_queries_that_make_no_sense_are_refused(museum: Museum) -> None:
    for path, code in SENSELESS.items():
        answer = await museum.client.get(f"/api/v1/{path}", headers={"Accept-Language": "en"})
        error = (await answer.json())["error"]
        assert (answer.status, error["status"], error["code"]) == (400, 400, code), path
        assert "{" not in error["message"]


async def test_other_methods_are_refused_and_headers_alone_may_be_asked_for(museum: Museum) -> None:
    refused = await museum.client.post("/api/v1/artifacts", json={})
    assert refused.status == 405
    assert "GET" in refused.headers["Allow"]
    whole = await museum.client.get("/api/v1/artifacts")
    head = await museum.client.head("/api/v1/artifacts")
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert (await head.read()) == b""
    known = await museum.client.get("/api/v1/artifacts", headers={"If-None-Match": whole.headers["ETag"]})
    assert known.status == 304
