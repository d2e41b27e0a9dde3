"""People are found among many, by name, role and whether they may log in; and the list is as it was after what is done to one of them."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from museum.curation import people
from museum.curation.models import Person
from museum.curation.people import Search
from museum.database.base import now
from tests.http.conftest import LogIn, Museum

HOME = "/admin/people"


async def page(client: Any, path: str) -> str:
    answer = await client.get(path)
    assert answer.status == 200, path
    return html.unescape(await answer.text())


def listed(text: str) -> list[str]:
    return re.findall(r'class="row-note">([^ ]+) ·', text)


async def add(museum: Museum, name: str, role: str = "contributor", shown: str = "", email: str | None = None) -> int:
    async with museum.database.write() as session:
        made = Person(name=name, display_name=shown or name, role=role, email=email, password_hash="!", venue_roles=[])
        session.add(made)
        await session.flush()
        return made.id


async def test_people_are_found_by_name_role_and_state(
    museum: Museum, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    administrator = await log_in("administrator")
    tao = await add(museum, "tao", shown="陳濤", email="chen@example.org")
    await add(museum, "mei", "editor", shown="Mei")
    async with museum.database.write() as session:
        (await session.get_one(Person, tao)).disabled_at = now()
    assert listed(await page(administrator, HOME)) == ["administrator", "mei", "tao"]
    for query, found in (
        ("q=TAO", ["tao"]),
        ("q=陈", ["tao"]),
        ("q=chen@", ["tao"]),
        ("role=editor", ["mei"]),
        ("state=disabled", ["tao"]),
        ("state=enabled", ["administrator", "mei"]),
        ("state=enabled&q=陈", []),
        ("role=nonsense&state=nonsense", ["administrator", "mei", "tao"]),
    ):
        assert listed(await page(administrator, f"{HOME}?{query}")) == found, query
    nothing = await page(administrator, f"{HOME}?q=nobody-at-all")
    assert f'class="button" href="{HOME}"' in nothing, "the filter can be cleared"

    monkeypatch.setattr(people, "PAGE", 2)
    first = await page(administrator, f"{HOME}?state=enabled&role=editor")
    assert 'rel="next"' not in first
    first = await page(administrator, HOME)
    assert listed(first) == ["administrator", "mei"]
    assert 'href="?page=2" rel="next"' in first
    assert listed(await page(administrator, f"{HOME}?page=2")) == ["tao"]


async def test_among_many_what_can_be_done_is_folded_away(museum: Museum, log_in: LogIn) -> None:
    administrator = await log_in("administrator")
    for number in range(8):
        await add(museum, f"guard-{number}")
    many = await page(administrator, HOME)
    assert '<details class="person-acts" open>' not in many
    assert many.count('<details class="person-acts">') == 8, "there is nothing that she could do to herself"
    assert '<details class="person-acts" open>' in await page(administrator, f"{HOME}?q=guard-3")


async def test_the_list_is_as_it_was_after_what_is_done_to_one(museum: Museum, log_in: LogIn) -> None:
    administrator = await log_in("administrator")
    number = await add(museum, "guard")
    path = f"{HOME}?q=guard&role=contributor"
    assert f'name="back" value="{path}"' in await page(administrator, path)
    for act, form in (("disable", {}), ("enable", {}), ("role", {"role": "editor"})):
        answer = await administrator.post(f"{HOME}/{number}/{act}", data={**form, "back": path})
        assert str(answer.url).endswith(path), act
    away = await administrator.post(f"{HOME}/{number}/disable", data={"back": "//elsewhere.example"})
    assert str(away.url).endswith(HOME)
    async with museum.database.read() as session:
        (guard,), more = await people.page_of(session, Search(role="editor", disabled=True))
        assert (guard.name, more) == ("guard", False)
