"""What machines propose to curators: the turn between two eras, and links between neighbours."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import delete, select, update

from museum.curation import eras
from museum.scenes.models import Link, Place, Scene, Venue
from tests.http.conftest import LogIn, Museum


async def add_moments(museum: Museum) -> tuple[str, str]:
    """Two scenes of one place, on the plan, with the lobby's own panorama; the second is a draft."""
    async with museum.database.write() as session:
        lobby = (await session.scalars(select(Scene).where(Scene.slug == "lobby"))).one()
        venue = await session.get_one(Venue, lobby.venue_id)
        place = Place(slug="gate", venue_id=venue.id, texts=[])
        session.add(place)
        await session.flush()
        for number, north in ((1, 30.0), (2, 0.0)):
            session.add(
                Scene(
                    slug=f"gate-{number}",
                    venue_id=venue.id,
                    place_id=place.id,
                    year=1900 + number,
                    panorama_id=lobby.panorama_id,
                    north=north,
                    plan_x=1000.0 + 4 * number,
                    plan_y=1000.0,
                    texts=[],
                )
            )
        return venue.slug, "gate-2"


async def test_a_turn_is_proposed_accepted_and_taken_back(museum: Museum, log_in: LogIn) -> None:
    _, slug = await add_moments(museum)
    curator = await log_in("curator")
    page = await (await curator.get(f"/admin/scenes/{slug}/align", headers={"Accept-Language": "en"})).text()
    assert "% sure" in page
    proposed = {
        name: float(value) for name, value in re.findall(r'name="(north|level_\w+)"[^>]* value="([-\d.e]+)"', page)
    }
    assert abs(proposed["north"] - 30) < 0.2, "it is the same picture, so it lies where the other one does"
    assert abs(proposed["level_pitch"]) < 0.2
    assert abs(proposed["level_roll"]) < 0.2
    picture = await curator.get(f"/admin/scenes/{slug}/sphere.jpg?pitch=3&roll=nan")
    assert picture.content_type == "image/jpeg"
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    form = {"version": version[1], "with": "gate-1", **{name: str(value) for name, value in proposed.items()}}
    answer = await curator.post(f"/admin/scenes/{slug}/align", data=form, allow_redirects=False)
    assert answer.status == 303
    assert answer.headers["Location"] == f"/admin/scenes/{slug}/align?with=gate-1"
    async with museum.database.read() as session:
        north = await session.scalar(select(Scene.north).where(Scene.slug == slug))
    assert north == proposed["north"]
    said = await (await curator.get(answer.headers["Location"])).text()
    undo = re.search(r'action="(/admin/acts/\w+/undo)"', said)
    assert undo
    assert (await curator.post(undo[1], data={"back": "/admin/"}, allow_redirects=False)).status == 303
    async with museum.database.read() as session:
        assert await session.scalar(select(Scene.north).where(Scene.slug == slug)) == 0.0
    late = await curator.post(f"/admin/scenes/{slug}/align", data=form, allow_redirects=False)
    assert "align" not in late.headers.get("Location", "") or late.status in (303, 409)


async def test_a_scene_without_other_moments_says_what_to_do(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    page = await curator.get("/admin/scenes/lobby/align?lang=en")
    assert page.status == 200
    assert (await curator.get("/admin/scenes/none/align")).status == 404


async def test_neighbours_are_joined_both_ways_and_taken_back(
    museum: Museum, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    venue, _ = await add_moments(museum)
    curator = await log_in("contributor")
    address = f"/admin/venues/{venue}/neighbours"
    page = await (await curator.get(address)).text()
    ways = re.findall(r'name="way" value="([^"]+)"', page)
    assert "gate-1/gate-2" in ways
    answer = await curator.post(address, data={"way": "gate-1/gate-2"}, allow_redirects=False)
    assert answer.status == 303

    async def links() -> list[tuple[float, float, str]]:
        async with museum.database.read() as session:
            query = select(Link).join(Scene, Link.source_id == Scene.id).where(Scene.slug.startswith("gate-"))
            return [(link.yaw, link.pitch, link.kind) for link in await session.scalars(query.order_by(Link.id))]

    assert await links() == [(60.0, -8.0, "time"), (-90.0, -8.0, "time")]
    said = await (await curator.get(address)).text()
    assert "gate-1/gate-2" not in said
    undo = re.search(r'action="(/admin/acts/\w+/undo)"', said)
    assert undo
    await curator.post(undo[1], data={"back": address})
    assert await links() == []
    # Where there are very many the longest are listed, and the others have one tick.
    async with museum.database.write() as session:
        await session.execute(update(Scene).where(Scene.slug == "lobby").values(plan_x=1020.0, plan_y=1000.0))
    monkeypatch.setattr(eras, "LISTED", 1)
    page = await (await curator.get(address)).text()
    listed, nearer = re.findall(r'name="way" value="([^"]+)"', page), re.findall(r'name="nearer" value="(\w+)"', page)
    assert (listed, len(nearer)) == (["gate-2/lobby", "prologue/draft-scene"], 1), "the second stands on no plan"
    other = await curator.post(address, data={"nearer": "0" * 32}, headers={"Accept": "application/json"})
    assert other.status == 409, "other ways are proposed than she saw"
    assert (await curator.post(address, data={"nearer": nearer[0]}, allow_redirects=False)).status == 303
    assert len(await links()) == 2
    async with museum.database.read() as session:
        version = await session.scalar(select(Scene.version).where(Scene.slug == "gate-2"))
    for form, plan_x in (({"plan_x": "1", "plan_y": ""}, 1008.0), ({"plan_x": "1", "plan_y": "-2.5"}, 1.0)):
        await curator.post("/admin/scenes/gate-2/plan", data={"version": str(version), **form})
        async with museum.database.read() as session:
            assert await session.scalar(select(Scene.plan_x).where(Scene.slug == "gate-2")) == plan_x
    again = await curator.post(address, data={"way": "nowhere/else"}, headers={"Accept": "application/json"})
    assert again.status == 404


async def test_without_a_plan_scenes_are_joined_in_their_order(
    museum: Museum, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    curator = await log_in("contributor")
    address = "/admin/venues/closed/neighbours"
    async with museum.database.write() as session:
        hall = (await session.scalars(select(Venue.id).where(Venue.slug == "closed"))).one()
        await session.execute(delete(Scene).where(Scene.venue_id == hall))
    nothing = await (await curator.get(f"{address}?lang=en")).text()
    assert 'href="/admin/venues/closed/upload"' in nothing
    async with museum.database.write() as session:
        session.add_all([Scene(slug=f"step-{n}", venue_id=hall, position=n, texts=[]) for n in range(1, 5)])
    page = await (await curator.get(f"{address}?lang=en")).text()
    assert "None of the 4 scenes is on the floor plan yet" in page
    assert 'href="/admin/venues/closed/plan"' in page
    assert "straight ahead in the photograph" in page
    assert re.findall(r'name="way" value="([^"]+)" checked', page) == [
        "step-1/step-2",
        "step-2/step-3",
        "step-3/step-4",
    ]
    made = await curator.post(address, data={"way": "step-1/step-2"}, allow_redirects=False)
    assert made.status == 303

    async def links() -> list[tuple[str, float]]:
        async with museum.database.read() as session:
            query = select(Scene.slug, Link.yaw).join(Link, Link.source_id == Scene.id).where(Scene.venue_id == hall)
            return sorted((slug, yaw) for slug, yaw in await session.execute(query))

    assert await links() == [("step-1", 0.0), ("step-2", -180.0)]
    said = await (await curator.get(f"{address}?lang=en")).text()
    assert "step-1/step-2" not in said
    assert "2 links are made" in said
    # What lies beyond those that are listed has one tick, and only as long as it is what she saw.
    monkeypatch.setattr(eras, "LISTED", 1)
    page = await (await curator.get(f"{address}?lang=en")).text()
    further = re.findall(r'name="further" value="(\w+)"', page)
    assert len(further) == 1
    assert "1 further one" in page
    other = await curator.post(address, data={"further": "0" * 32}, headers={"Accept": "application/json"})
    assert other.status == 409
    assert (await curator.post(address, data={"further": further[0]}, allow_redirects=False)).status == 303
    undo = re.search(r'action="(/admin/acts/\w+/undo)"', await (await curator.get(address)).text())
    assert undo
    await curator.post(undo[1], data={"back": address})
    assert len(await links()) == 2
    assert (await curator.post(address, data={"way": "step-2/step-3"}, allow_redirects=False)).status == 303
    assert (await curator.post(address, data={"way": "step-3/step-4"}, allow_redirects=False)).status == 303
    done = await (await curator.get(f"{address}?lang=en")).text()
    assert "Nothing to propose" in done
    assert 'href="/admin/records/scenes?venue=closed"' in done
