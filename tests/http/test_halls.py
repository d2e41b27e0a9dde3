"""A hall's page: what it asks of whoever begins it, when it opens, where visitors enter it and in which order its scenes stand."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from museum.curation.models import Planned
from museum.database.base import now
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
