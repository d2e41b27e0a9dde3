"""Draft, review, published; and what people may do in single venues: nothing of it reaches further than it should."""

from __future__ import annotations

import re
from typing import Any

import pytest

from museum.curation import drafting, people, review
from museum.scenes.models import Venue
from museum.web.admin import access
from tests.http.conftest import PASSWORD, LogIn, Museum
from tests.http.test_admin import ADDRESS

JSON = {"Accept": "application/json"}


async def version_of(museum: Museum, slug: str) -> str:
    async with museum.database.read() as session:
        return str((await drafting.load_scene(session, slug)).version)


async def state_of(museum: Museum, slug: str) -> str:
    async with museum.database.read() as session:
        return (await drafting.load_scene(session, slug)).state


async def act(museum: Museum, client: Any, verb: str, body: str = "", slug: str = "draft-scene") -> int:
    data = {"version": await version_of(museum, slug), "body": body}
    answer = await client.post(f"/admin/scenes/{slug}/review/{verb}", data=data, headers=JSON, allow_redirects=False)
    return answer.status


async def test_from_draft_through_review_to_visitors(museum: Museum, log_in: LogIn) -> None:
    contributor, curator = await log_in("contributor"), await log_in("curator")
    assert await act(museum, contributor, "publish") == 403
    assert await act(museum, contributor, "send", "Please look at the title") == 303
    assert await state_of(museum, "draft-scene") == "review"
    assert (await museum.client.get("/scenes/draft-scene")).status == 404, "what is in review is not public"
    assert await act(museum, contributor, "send") == 403, "it is out of her hands now"
    form = {"version": await version_of(museum, "draft-scene"), "north": "0", "title:en": "Changed in review"}
    answer = await contributor.post("/admin/scenes/draft-scene", data=form, headers=JSON)
    assert answer.status == 403
    waiting = await (await curator.get("/admin/reviews?lang=en")).text()
    assert "/admin/scenes/draft-scene#review-title" in waiting
    assert "#review-title" not in await (await contributor.get("/admin/reviews")).text()
    assert await act(museum, curator, "return", "The title says nothing") == 303
    assert await state_of(museum, "draft-scene") == "draft"
    page = await (await contributor.get("/admin/scenes/draft-scene")).text()
    assert "Please look at the title" in page
    assert "The title says nothing" in page
    assert "The title says nothing" in await (await contributor.get("/admin/")).text(), "it needs her now"
    assert "The title says nothing" not in await (await curator.get("/admin/")).text()
    assert await act(museum, contributor, "send") == 303
    assert await act(museum, contributor, "return") == 303, "who sent it may take it back"
    assert await act(museum, contributor, "send") == 303
    assert await act(museum, curator, "publish", "Well done") == 303
    assert await state_of(museum, "draft-scene") == "published"
    assert (await museum.client.get("/scenes/draft-scene")).status == 200
    async with museum.database.read() as session:
        said = [(one.person, one.word) for one in await review.comments(session, "scene", "draft-scene")]
    assert said[:2] == [("contributor", "sent"), ("curator", "returned")]
    assert said[-1] == ("curator", "published")


async def test_nobody_else_takes_it_back_and_nothing_overtaken_is_sent(museum: Museum, log_in: LogIn) -> None:
    contributor = await log_in("contributor")
    await people.add_person(museum.database, "tao", PASSWORD, role="contributor")
    assert await act(museum, contributor, "send") == 303
    other = await log_in("guest")
    assert await act(museum, other, "return") == 403
    stale = await contributor.post(
        "/admin/scenes/draft-scene/review/return", data={"version": "1", "body": ""}, headers=JSON
    )
    assert stale.status == 409
    long = {"version": await version_of(museum, "draft-scene"), "body": "x" * 4001}
    answer = await contributor.post("/admin/scenes/draft-scene/review/return", data=long, headers=JSON)
    assert answer.status == 422
    assert await state_of(museum, "draft-scene") == "review", "nothing was done"


@pytest.fixture
async def guest(museum: Museum, log_in: LogIn) -> Any:
    """Somebody who may only look, but is an editor in the venue `closed`."""
    client = await log_in("guest")
    await people.set_venue_role(museum.database, "guest", "closed", "editor")
    return client


async def test_a_role_in_one_venue_reaches_no_other(museum: Museum, guest: Any) -> None:
    """Every scoped address, asked for a scene and a venue of which she has no role: refused before anything is looked at."""
    async with museum.database.read() as session:
        assert (await drafting.load_venue(session, "tianjin")).state == "published"
    scoped = sorted(museum.client.app[access.SCOPED])
    assert len(scoped) > 20
    for method, pattern in scoped:
        if pattern in ("/admin/hotspots", "/admin/deleted", "/admin/reviews") or any(
            part in pattern for part in ("/uploads", "/batches", "/acts/", "/records/", "/languages/")
        ):
            continue  # uploads are hers alone; an act, and what is done to many, asks for each record
        values = {**ADDRESS, "slug": "tianjin" if "/venues/" in pattern else "lobby", "verb": "retry"}
        address = pattern
        for name, value in values.items():
            address = address.replace("{" + name + "}", value)
        version = await version_of(museum, "lobby")
        data = {"version": version, "sure": "lobby", "yaw": "0", "pitch": "0", "north": "0", "fov": "70"}
        data |= {"level_pitch": "0", "level_roll": "0", "kind": "text", "title:en": "T", "target": "draft-scene"}
        answer = await guest.request(
            method, address, data=data if method == "POST" else None, headers=JSON, allow_redirects=False
        )
        assert answer.status in (403, 404), (method, address, answer.status)
        if "/links/" not in pattern and "/history/" not in pattern:
            assert answer.status == 403, (method, address, await answer.text())
    assert await state_of(museum, "lobby") == "published"


async def test_a_role_in_one_venue_reaches_that_one(museum: Museum, guest: Any) -> None:
    made = await guest.post(
        "/admin/venues/closed/scenes/new", data={"title:en": "Her own", "slug": "her-own"}, allow_redirects=False
    )
    assert made.headers["Location"] == "/admin/scenes/her-own"
    page = await (await guest.get("/admin/scenes/her-own?lang=en")).text()
    assert "disabled" not in re.findall(r'<fieldset class="plain-fields"([^>]*)>', page)[0]
    form = {"version": await version_of(museum, "her-own"), "north": "10", "title:en": "Hers"}
    assert (await guest.post("/admin/scenes/her-own", data=form, allow_redirects=False)).status == 303
    async with museum.database.read() as session:
        venue = await drafting.load_venue(session, "closed")
    answer = await guest.post(
        "/admin/venues/closed/publish", data={"version": str(venue.version)}, headers=JSON, allow_redirects=False
    )
    assert answer.status == 303
    # A link's way back would change a scene that is not hers to change: it is left out.
    link = {"version": await version_of(museum, "her-own"), "yaw": "5", "pitch": "0", "target": "lobby"}
    before = await version_of(museum, "lobby")
    assert (await guest.post("/admin/scenes/her-own/links", data=link, allow_redirects=False)).status == 303
    assert await version_of(museum, "lobby") == before
    # Of many at once those that are hers are changed.
    rows = "/admin/records/scenes"
    assert 'name="slug"' in await (await guest.get(rows)).text()
    assert 'name="slug"' not in await (await guest.get("/admin/records/artifacts")).text()
    sent = {"slug": ["her-own", "draft-scene"], "action": "send"}
    said = await (
        await guest.post(
            rows, data=[(name, v) for name, vs in sent.items() for v in ([vs] if isinstance(vs, str) else vs)]
        )
    ).text()
    assert "draft-scene:" in said
    assert await state_of(museum, "her-own") == "review"
    assert await state_of(museum, "draft-scene") == "draft"
    texts = {"text:her-own": "屬於她", "text:draft-scene": "不屬於她"}
    await guest.post("/admin/languages/scene/title/zh-Hant", data=texts)
    async with museum.database.read() as session:
        for slug, hers in (("her-own", True), ("draft-scene", False)):
            found = await drafting.load_scene(session, slug)
            written = {row.value for row in found.texts if row.language == "zh-Hant"}
            assert (texts[f"text:{slug}"] in written) is hers
    # What is nobody's venue needs a role everywhere.
    for path in ("/admin/venues", "/admin/people"):
        assert (await guest.post(path, data={"title:en": "More"}, headers=JSON)).status == 403
    await people.set_venue_role(museum.database, "guest", "closed", None)
    form["version"] = await version_of(museum, "her-own")
    assert (await guest.post("/admin/scenes/her-own", data=form, headers=JSON)).status == 403, "from her next click on"


async def test_administrators_give_roles_in_venues(museum: Museum, log_in: LogIn) -> None:
    administrator = await log_in("administrator")
    await people.add_person(museum.database, "tao", PASSWORD, role="guest")
    async with museum.database.read() as session:
        tao = next(one for one in await people.list_people(session) if one.name == "tao")
    address = f"/admin/people/{tao.id}/venues"
    given = await administrator.post(address, data={"venue": "tianjin", "role": "curator"})
    assert given.status == 200
    async with museum.database.read() as session:
        tao = next(one for one in await people.list_people(session) if one.name == "tao")
        venue = await session.get_one(Venue, tao.venue_roles[0].venue_id)
        assert (venue.slug, tao.venue_roles[0].role) == ("tianjin", "curator")
    for data, status in (
        ({"venue": "none", "role": "curator"}, 404),
        ({"venue": "tianjin", "role": "administrator"}, 422),
    ):
        assert (await administrator.post(address, data=data, headers=JSON)).status == status
