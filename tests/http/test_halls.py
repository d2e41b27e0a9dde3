"""A hall's page: what it asks of whoever begins it, when it opens, where visitors enter it and in which order its scenes stand."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from museum.curation import drafting
from museum.curation.models import Planned, Revision
from museum.database.base import now
from museum.scenes.models import Scene
from tests.http.conftest import LogIn, Museum

JSON = {"Accept": "application/json"}
HALL = "/admin/venues/tianjin"


async def text_of(client: Any, path: str) -> str:
    answer = await client.get(path)
    assert answer.status == 200, (path, await answer.text())
    return await answer.text()


async def post(client: Any, path: str, **data: str) -> tuple[int, str]:
    """The status, and where it leads."""
    answer = await client.post(path, data=data, headers=JSON, allow_redirects=False)
    return answer.status, answer.headers.get("Location", "")


async def test_an_empty_hall_asks_for_pictures_first(museum: Museum, log_in: LogIn) -> None:
    editor = await log_in("editor")
    await post(editor, "/admin/venues", **{"title:en": "Empty", "slug": "empty", "kind": "hall"})

    async def page() -> tuple[list[str], bool]:
        shown = await text_of(editor, "/admin/venues/empty?lang=en")
        gold = re.findall(r'class="button primary" href="/admin/venues/empty/([^"]+)"', shown)
        return gold, "is not yet written in all languages" in shown

    assert await page() == (["upload"], False), "nothing is about to be shown"
    await post(editor, "/admin/venues/empty/scenes/new", **{"title:en": "First"})
    assert await page() == (["scenes/new"], True)


async def test_what_is_planned_stands_beside_the_state(museum: Museum, log_in: LogIn) -> None:
    editor = await log_in("editor")
    said = 'class="row-note opens-on">Opens on <time'

    async def told() -> tuple[bool, bool]:
        one, all_ = (
            await text_of(editor, "/admin/venues/closed?lang=en"),
            await text_of(editor, "/admin/venues?lang=en"),
        )
        row = all_.partition('href="/admin/venues/closed"')[2].partition("</li>")[0]
        assert all_.count(said) == row.count(said)
        return said in one.partition('<div class="actions">')[0], said in row

    assert await told() == (False, False)
    moment = (now() + timedelta(days=2)).astimezone().strftime("%Y-%m-%dT%H:%M")
    assert (await post(editor, "/admin/venues/closed/schedule", publish=moment))[0] == 303
    assert await told() == (True, True)
    async with museum.database.write() as session:
        await session.execute(
            update(Planned).values(failed_at=now(), error={"code": "not-publishable", "obstacles": []})
        )
    assert await told() == (False, False), "it does not open then"


async def test_no_working_copy_is_offered_beside_its_original(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    assert (await post(curator, "/admin/scenes/lobby/copy"))[1] == "/admin/scenes/lobby-next"
    assert (await post(curator, "/admin/exhibitions/show-0/copy"))[1].startswith("/admin/exhibitions/show-0-next")
    for kind, slug in (("scene", "lobby"), ("exhibition", "show-0")):
        found = await (await curator.get(f"/admin/choices.json?kind={kind}&q={slug}")).json()
        assert slug in (slugs := [choice["slug"] for choice in found["choices"]])
        assert f"{slug}-next" not in slugs
    page = await text_of(curator, "/admin/scenes/draft-scene")
    assert 'option value="lobby"' in page and "lobby-next" not in page


async def add_scenes(museum: Museum, hall: str, *slugs: str) -> None:
    """Public scenes behind the others of a hall."""
    async with museum.database.write() as session:
        venue = await drafting.load_venue(session, hall)
        panorama = await session.scalar(select(Scene.panorama_id).where(Scene.slug == "lobby"))
        for slug in slugs:
            scene = await drafting.create_scene(session, venue, texts={"title": {"en": slug.title()}}, slug=slug)
            scene.panorama_id, scene.state = panorama, "published"


async def entrance(museum: Museum) -> str:
    """Where visitors enter."""
    return (await (await museum.client.get("/api/v1/venues/tianjin")).json())["entrance"]


async def test_a_curator_chooses_where_visitors_enter(museum: Museum, log_in: LogIn) -> None:
    contributor, curator = await log_in("contributor"), await log_in("curator")
    await add_scenes(museum, "tianjin", "garden")
    await post(curator, "/admin/scenes/lobby/copy")
    act, before = f"{HALL}/entrance", await entrance(museum)
    assert before != "garden"

    def marked(page: str) -> list[str]:
        rows = re.findall(r'<li class="scene-row">\s*<a href="/admin/scenes/([\w-]+)(.*?)</li>', page, re.DOTALL)
        return [slug for slug, row in rows if 'class="state entrance"' in row]

    page = await text_of(curator, f"{HALL}?lang=en")
    assert 'name="scene" value="garden"' in page
    assert "Prepared changes" in page and 'name="scene" value="lobby-next"' not in page
    assert act not in await text_of(contributor, HALL)
    assert f'action="{act}"' not in await text_of(contributor, "/admin/scenes/garden")
    assert f'action="{act}"' not in await text_of(curator, "/admin/scenes/lobby-next")
    assert f'action="{act}"' in await text_of(curator, "/admin/scenes/garden")

    assert (await post(contributor, act, scene="garden"))[0] == 403
    for scene, status in (("behind-closed", 422), ("lobby-next", 422), ("no-such", 404), ("", 404)):
        assert (await post(curator, act, scene=scene))[0] == status, scene
    assert await entrance(museum) == before
    assert await post(curator, act, scene="garden", back="/admin/scenes/garden") == (303, "/admin/scenes/garden")
    assert await entrance(museum) == "garden"
    page = await text_of(curator, f"{HALL}?lang=en")
    assert marked(page) == ["garden"]
    assert 'Visitors enter by <a href="/admin/scenes/garden">Garden</a>' in page
    scene = await text_of(curator, "/admin/scenes/garden")
    assert 'class="state entrance"' in scene and f'action="{act}"' not in scene
    assert "Entrance" in await text_of(curator, f"{HALL}/history?lang=en")

    # Chosen before it is public it becomes the entrance once it is; until then visitors enter by one that is.
    assert (await post(curator, act, scene="draft-scene")) == (303, HALL)
    page = await text_of(curator, f"{HALL}?lang=en")
    assert "Until it is public" in page
    assert await entrance(museum) != "draft-scene"
    assert re.search(r'action="/admin/acts/\w+/undo"', page), "it can be taken back"
    async with museum.database.read() as session:
        acts = list(await session.scalars(select(Revision.act).where(Revision.kind == "venue").order_by(Revision.id)))
    for last in reversed(acts[-2:]):
        answer = await curator.post(
            f"/admin/acts/{last}/undo", data={"back": HALL}, headers=JSON, allow_redirects=False
        )
        assert answer.status == 303, await answer.text()
    assert await entrance(museum) == before


async def test_the_scenes_of_a_hall_stand_in_the_order_given_them(museum: Museum, log_in: LogIn) -> None:
    contributor, curator = await log_in("contributor"), await log_in("curator")
    await add_scenes(museum, "tianjin", *(f"room-{number}" for number in range(1, 56)))
    await post(curator, "/admin/scenes/lobby/copy")
    home = f"{HALL}/order"

    async def order() -> list[str]:
        pages = [await text_of(curator, f"{home}?page={page}") for page in (1, 2)]
        return [slug for page in pages for slug in re.findall(r'id="in-order-([\w-]+)"', page)]

    async def versions() -> dict[str, int]:
        async with museum.database.read() as session:
            return dict((await session.execute(select(Scene.slug, Scene.version))).all())

    before = await order()
    assert before[-55:] == [f"room-{number}" for number in range(1, 56)] and "lobby-next" not in before
    assert "behind-closed" not in before
    assert home in await text_of(curator, HALL) and f'href="{home}"' not in await text_of(contributor, HALL)
    assert f"{home}/" not in await text_of(contributor, home)
    assert (await post(contributor, f"{home}/lobby/later"))[0] == 403
    assert (await post(curator, f"{home}/behind-closed/later"))[0] == 404, "it is another hall's"
    for place in ("", "first"):
        assert (await post(curator, f"{home}/lobby/place", place=place))[0] == 422

    assert await post(curator, f"{home}/room-55/place", place="1") == (303, home)
    assert await order() == ["room-55", *before[:-1]]
    assert (await post(curator, f"{home}/room-54/later"))[0] == 303
    known = await versions()
    assert (await post(curator, f"{home}/room-55/place", place="9999")) == (303, f"{home}?page=2")
    assert await order() == before
    assert (await post(curator, f"{home}/room-54/place", place="1"))[0] == 303
    assert (await order())[0] == "room-54"
    public = await text_of(museum.client, "/venues/tianjin")
    assert public.index('href="/scenes/room-54"') < public.index('href="/scenes/room-1"')
    changed = await versions()
    assert {slug for slug in known if known[slug] != changed[slug]} == {"room-54", "room-55"}, "the others stay"
    assert (await post(curator, f"{home}/room-54/place", place=str(len(before) - 1)))[0] == 303
    assert await order() == before
    assert (await post(curator, f"{home}/room-54/earlier")) == (303, f"{home}?page=2")
    assert (await order())[-4:] == ["room-52", "room-54", "room-53", "room-55"]
    async with museum.database.read() as session:
        act = await session.scalar(select(Revision.act).order_by(Revision.id.desc()).limit(1))
    assert (await post(curator, f"/admin/acts/{act}/undo", back=home)) == (303, home)
    assert await order() == before
    # One that is begun stands behind all, also where those before have gone to the front.
    await add_scenes(museum, "tianjin", "annexe")
    assert (await order())[-1] == "annexe"
