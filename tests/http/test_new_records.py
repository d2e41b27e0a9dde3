"""The forms by which curators begin records: the name in the address, and what they say where something is refused."""

from __future__ import annotations

from typing import Any

from lxml import html

from tests.http.conftest import LogIn, Museum

FORMS: tuple[tuple[str, dict[str, str]], ...] = (
    ("/admin/venues", {}),
    ("/admin/venues/tianjin/scenes/new", {}),
    ("/admin/tours", {}),
    ("/admin/models", {}),
    ("/admin/records/exhibitions/new", {}),
    ("/admin/records/activities/new", {}),
    ("/admin/records/places/new", {"venue": "tianjin"}),
    ("/admin/records/artifacts/new", {"accession_number": "N-{n}", "category": "porcelain"}),
)
"""The pages, to which their forms go too, and what these need besides a title."""


def notice(page: str) -> str:
    return " ".join(html.document_fromstring(page).xpath("string(//*[@data-live='notice'])").split())


async def make(editor: Any, page: str, number: int, **fields: str) -> str:
    """What is said of a record called Bronze room that was made by the form of a page."""
    sent = {name: value.format(n=number) for name, value in dict(FORMS)[page].items()}
    sent |= {"title:en": "Bronze room", **fields}
    answer = await editor.post(f"{page}?lang=en", data=sent, allow_redirects=False)
    assert answer.status == 303, page
    return notice(await (await editor.get(answer.headers["Location"])).text())


async def test_who_wanted_an_address_that_was_taken_is_told_which_it_is_now(museum: Museum, log_in: LogIn) -> None:
    editor = await log_in("editor")
    for page, _ in FORMS:
        form = html.document_fromstring(await (await editor.get(page)).text())
        assert form.xpath("//input[@name='slug']"), f"{page} asks for an address"
        assert "was taken" not in await make(editor, page, 1, slug="bronze"), page
        said = await make(editor, page, 2, slug="bronze")
        assert "The address “bronze” was taken; it is now “bronze-2”." in said, page
        assert "was taken" not in await make(editor, page, 3), page
        said = await make(editor, page, 4)
        assert "The address “bronze-room” was taken; it is now “bronze-room-2”." in said, page
