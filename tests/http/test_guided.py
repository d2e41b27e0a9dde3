"""Guided tours: what visitors and programs get, and how curators make them."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select

from museum.guiding.models import GuidedTour
from tests.http.conftest import LogIn, Museum
from tests.pages_sample import SECRET


async def read(museum: Museum, path: str) -> Any:
    answer = await museum.client.get(path)
    assert answer.status == 200, path
    return await answer.json()


async def test_a_tour_tells_its_open_stops_and_how_one_walks_there(museum: Museum) -> None:
    tour = await read(museum, "/api/v1/tours/first-steps")
    assert tour["page"] == "/tours/first-steps"
    assert tour["tour"] == "/api/v1/scenes/lobby/tour.json"
    assert (tour["count"], tour["seconds"]) == (2, len(tour["stops"]) * 4 + 3)
    first, second = tour["stops"]
    assert first["view"] == {"yaw": 10.0, "pitch": -2.0, "fov": 70.0}
    assert first["way"] is None
    assert first["narration"] == {"en": "https://example.org/lobby.mp3"}
    assert first["captions"]["en"].startswith("WEBVTT")
    assert second["way"] == [], "the next scene is but one door away"
    assert second["picture"]["image"] == "wall-map"
    assert [answer["right"] for answer in second["answers"]] == [True, False]
    assert second["page"] == "/scenes/prologue?tour=first-steps&stop=2", "numbers count what visitors see"
    for address in (first["tour"], first["page"], second["page"], tour["page"], tour["thumbnail"]):
        assert (await museum.client.get(address)).status == 200, address


async def test_lists_know_where_tours_pass(museum: Museum) -> None:
    assert [one["slug"] for one in (await read(museum, "/api/v1/tours"))["items"]] == ["first-steps"]
    assert (await read(museum, "/api/v1/tours?scene=prologue"))["total"] == 1
    assert (await read(museum, "/api/v1/tours?scene=coins-1"))["total"] == 0
    assert (await read(museum, "/api/v1/tours?scene=draft-scene"))["total"] == 0, "not even that there is such a scene"


async def test_the_page_of_a_tour_needs_no_script(museum: Museum) -> None:
    text = await (await museum.client.get("/tours/first-steps", headers={"Accept-Language": "en"})).text()
    assert "In the lobby" in text and "Look up at the lamps." in text
    assert SECRET not in text
    assert 'href="/scenes/lobby?tour=first-steps&amp;stop=1&amp;play"' in text
    assert "It walks sideways." in text
    assert "<audio" in text
    still = re.search(r'<img src="(/scenes/lobby/view.jpg[^"]*)"', text)
    assert still
    home = await (await museum.client.get("/", headers={"Accept-Language": "en"})).text()
    assert 'href="/tours/first-steps"' in home


async def _version(client: Any, path: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', await (await client.get(path)).text())
    assert found, path
    return found[1]


async def test_a_curator_makes_a_tour_and_visitors_take_it(museum: Museum, log_in: LogIn) -> None:
    client = await log_in("curator")
    made = await client.post(
        "/admin/tours", data={"title:en": "Two rooms", "title:zh-Hans": "两间"}, allow_redirects=False
    )
    assert (made.status, made.headers["Location"]) == (303, "/admin/tours/two-rooms")
    page = "/admin/tours/two-rooms"
    text = await (await client.get(page)).text()
    assert "disabled" in text, "no tour without stops goes public"

    view = {"tour": "two-rooms", "yaw": "200", "pitch": "-95", "fov": "40"}
    added = await client.post("/admin/scenes/prologue/stops", data=view, allow_redirects=False)
    stop = added.headers["Location"]
    assert stop.startswith(f"{page}/stops/")
    await client.post(f"{page}/stops", data={"target": "lobby"})
    fields = {
        "version": await _version(client, stop),
        "scene": "prologue",
        "yaw": "20",
        "pitch": "3",
        "fov": "50",
        "image": "wall-map",
        "title:en": "The map",
        "body:en": "See the river.",
        "question:en": "Where is north?",
        "answer-0:en": "Up",
        "answer-1:en": "Down",
        "right-0": "yes",
        "explanation:en": "As on most maps.",
    }
    wrong = await client.post(stop, data={**fields, "narration:en": "ftp://example.org/x"})
    assert wrong.status == 422 and "See the river." in await wrong.text(), "what she wrote is still there"
    assert (await client.post(stop, data={**fields, "right-0": ""})).status == 422
    assert (await client.post(stop, data=fields, allow_redirects=False)).status == 303

    version = await _version(client, page)
    await client.post(f"{stop}/later", data={"version": version})
    assert (await museum.client.get("/api/v1/tours/two-rooms")).status == 404
    await client.post(f"{page}/publish", data={"version": await _version(client, page)})
    tour = await read(museum, "/api/v1/tours/two-rooms")
    assert [one["scene"] for one in tour["stops"]] == ["lobby", "prologue"]
    last = tour["stops"][1]
    assert last["view"] == {"yaw": 20.0, "pitch": 3.0, "fov": 50.0}
    assert last["answers"] == [{"text": {"en": "Up"}, "right": True}, {"text": {"en": "Down"}, "right": False}]

    history = await (await client.get(f"{page}/history", headers={"Accept-Language": "en"})).text()
    assert "Published" in history and "Stops" in history
    await client.post(f"{page}/unpublish", data={"version": await _version(client, page)})
    gone = await client.post(f"{page}/delete", data={"version": await _version(client, page)})
    undo = re.search(r'action="(/admin/acts/[0-9a-f]{32}/undo)"', await gone.text())
    assert undo
    await client.post(undo[1], data={"back": page})
    assert "The map" in await (await client.get(page)).text(), "stops come back with their tour"


async def test_two_curators_at_one_stop_lose_nothing(museum: Museum, log_in: LogIn) -> None:
    client = await log_in("curator")
    page = "/admin/tours/first-steps"
    stop = re.search(rf"{page}/stops/\d+", await (await client.get(page)).text())
    assert stop
    version = await _version(client, stop[0])
    fields = {"scene": "lobby", "yaw": "10", "pitch": "-2", "fov": "70"}
    hers = {
        **fields,
        "version": version,
        "title:en": "In the great lobby",
        "body:en": "Look up at the lamps. Then at the door.",
    }
    his = {**fields, "version": version, "title:en": "In the lobby", "body:en": "Look down at the floor."}
    await client.post(page, data={"version": version, "title:en": "First steps in the house"})
    await client.post(stop[0], data={**hers, "version": await _version(client, stop[0])})
    assert (await client.post(stop[0], data=his, allow_redirects=False)).status == 303
    first = (await read(museum, "/api/v1/tours/first-steps"))["stops"][0]
    assert (first["title"]["en"], first["body"]["en"]) == ("In the great lobby", "Look down at the floor.")
    third = await client.post(stop[0], data={**his, "body:en": "Something else."}, allow_redirects=False)
    assert third.status == 409
    text = await third.text()
    assert "Look down at the floor." in text and "Something else." in text


async def test_contributors_draft_and_do_not_publish(museum: Museum, log_in: LogIn) -> None:
    client = await log_in("contributor")
    await client.post("/admin/tours", data={"title:en": "Draft"})
    await client.post("/admin/tours/draft/stops", data={"target": "lobby"})
    assert (await client.post("/admin/tours/draft/publish", data={"version": "2"})).status == 403
    added = await client.post("/admin/tours/first-steps/stops", data={"target": "lobby"})
    assert added.status == 403, "what is public is not hers to change"
    async with museum.database.read() as session:
        states = dict((await session.execute(select(GuidedTour.slug, GuidedTour.state))).all())
    assert states["draft"] == "draft"
