"""The museum goes by its own name, on every page, in the API and for other museums' viewers."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models import Asset
from museum.collection.house import GENERATION, House, describe_house
from museum.curation.people import add_person
from museum.curation.visibility import granting, scene_is_visible
from museum.database.generation import advance_with_commit
from museum.scenes.models import Scene, Venue
from museum.scenes.venues_query import list_venues
from tests.http.conftest import Museum

PAGES = ("/", "/venues", "/scenes/lobby", "/no-such-page", "/embed/scenes/lobby")


async def text_of(museum: Museum, path: str, language: str = "zh-Hans") -> str:
    return await (await museum.client.get(path, headers={"Accept-Language": language})).text()


async def test_a_new_name_shows_everywhere_at_once(museum: Museum) -> None:
    assert "夜游博物馆" in await text_of(museum, "/")
    async with museum.database.write() as session:
        await describe_house(session, {"title": {"zh-Hans": "海河馆", "zh-Hant": "海河館", "en": "Hai River Museum"}})
    for path in PAGES:
        assert "海河馆" in await text_of(museum, path), path
        assert "夜游博物馆" not in await text_of(museum, path), path
        assert "Hai River Museum" in await text_of(museum, path, "en"), path
    tour = await (await museum.client.get("/api/v1/scenes/lobby/tour.json")).json()
    assert tour["museum"]["zh-Hant"] == "海河館"
    manifest = await (await museum.client.get("/iiif/presentation/3/scenes/lobby/manifest")).json()
    assert manifest["provider"][0]["label"]["en"] == ["Hai River Museum"]


async def test_only_the_demonstration_is_called_one(museum: Museum) -> None:
    assert "仅供演示" in await text_of(museum, "/venues")
    async with museum.database.write() as session:
        await describe_house(session, {}, demonstration=False)
    assert "仅供演示" not in await text_of(museum, "/venues")


async def test_a_museum_that_has_said_nothing_has_a_plain_name(museum: Museum) -> None:
    async with museum.database.write() as session:
        await session.execute(delete(House))
        advance_with_commit(session, GENERATION)
    page = await text_of(museum, "/", "en")
    assert '<h1 id="museum">Museum</h1>' in page
    assert "Night" not in page


@pytest.mark.parametrize("role", ["curator", "editor"])
async def test_who_may_rename_it(museum: Museum, role: str) -> None:
    await add_person(museum.database, "grace", "a long enough password", role=role)
    origin = {"Origin": str(museum.client.make_url("")).rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    login = {"name": "grace", "password": "a long enough password"}
    answer = await museum.client.post("/admin/login", data=login, headers=origin, allow_redirects=False)
    assert answer.status == 303
    cookie = {"Cookie": answer.headers["Set-Cookie"].partition(";")[0]}
    form = {"version": "1", "title:zh-Hans": "海河馆", "title:zh-Hant": "", "title:en": "", "imprint:en": "<b>here</b>"}

    async def post(**changes: str) -> int:
        answer = await museum.client.post(
            "/admin/museum", data=form | changes, headers=origin | cookie, allow_redirects=False
        )
        return answer.status

    if role == "curator":
        assert await post() == 403
        return
    assert await post(**{"title:zh-Hans": " "}) == 422
    assert await post(**{"note:en": "x" * 201}) == 422
    assert await post() == 303
    assert await post() == 409, "somebody saved in between"
    page = await text_of(museum, "/venues", "en")
    assert "海河馆" in page
    assert "&lt;b&gt;here&lt;/b&gt;" in page
    assert "demonstration" not in page


async def test_halls_say_how_many_of_their_scenes_are_open(museum: Museum) -> None:
    async def check(session: AsyncSession) -> dict[str, int | None]:
        found = {card.slug: card.count for card in await list_venues(session)}
        for slug, count in found.items():
            inside = select(func.count()).select_from(Scene).join(Venue, Venue.id == Scene.venue_id)
            assert await session.scalar(inside.where(Venue.slug == slug, scene_is_visible())) == count, slug
        return found

    async with museum.database.read() as session:
        before = await check(session)
        hidden = await session.scalar(select(Venue.id).where(Venue.slug == "closed"))
        scenes = await session.scalars(select(Scene.id).where(Scene.venue_id == hidden))
        with granting({"venue": frozenset([hidden]), "scene": frozenset(scenes)}):
            assert "closed" in await check(session), "whoever sees more counts more"
    async with museum.database.write() as session:
        lobby = (await session.scalars(select(Scene).where(Scene.slug == "lobby"))).one()
        await session.execute(update(Asset).where(Asset.id == lobby.panorama_id).values(state="pending"))
    async with museum.database.read() as session:
        after = await check(session)
    assert [slug for slug in before if before[slug] != after[slug]] == ["tianjin"]
