"""What visitors and curators read where something is not there: no picture, no title, nothing in a list, nothing at an address."""

from __future__ import annotations

from typing import Any

from lxml import html
from sqlalchemy import delete, select, update

from museum.collection.models import Activity, Exhibition, ExhibitionSection, ExhibitionSectionText
from museum.guiding.models import GuidedTour
from tests.http.conftest import LogIn, Museum

PAGE = {"Accept": "text/html"}


async def text_of(client: Any, path: str, status: int = 200) -> str:
    answer = await client.get(path, headers=PAGE)
    assert answer.status == status, path
    return await answer.text()


async def test_a_section_without_title_is_numbered_once(museum: Museum) -> None:
    async with museum.database.write() as session:
        sections = select(ExhibitionSection.id).join(Exhibition).where(Exhibition.slug == "show-0")
        await session.execute(delete(ExhibitionSectionText).where(ExhibitionSectionText.record_id.in_(sections)))
    page = html.document_fromstring(await text_of(museum.client, "/exhibitions/show-0?lang=en"))
    heads = page.xpath("//header[@class='part-head']")
    assert heads
    for number, head in enumerate(heads, 1):
        assert head.text_content().split() == ["Part", str(number)]


async def test_an_exhibition_without_cover_shows_its_first_exhibit(museum: Museum) -> None:
    async with museum.database.write() as session:
        await session.execute(update(Exhibition).values(cover_id=None))
    for path in ("/exhibitions", "/", "/artifacts/vase"):
        page = html.document_fromstring(await text_of(museum.client, path))
        [card] = page.xpath("//article[contains(@class, 'exhibition')][.//a[@href='/exhibitions/show-0']]")[:1]
        assert card.xpath(".//img"), path


async def test_an_empty_list_says_so_of_an_open_museum(museum: Museum) -> None:
    async with museum.database.write() as session:
        for record in (Activity, GuidedTour):
            await session.execute(update(record).values(state="draft"))
    assert "No activities yet." in await text_of(museum.client, "/activities?lang=en")
    assert "No guided tours yet." in await text_of(museum.client, "/tours?lang=en")


async def test_who_is_logged_in_finds_back_to_the_desk(museum: Museum, log_in: LogIn) -> None:
    guest = await log_in("guest")
    for path, status in (("/admin/no-such-page", 404), ("/admin/scenes/no-such", 404), ("/admin/people", 403)):
        page = html.document_fromstring(await text_of(guest, path, status))
        assert page.xpath("//main//a[@href='/admin/']"), path
    for client, path in ((museum.client, "/admin/no-such-page"), (guest, "/no-such-page")):
        page = html.document_fromstring(await text_of(client, path, 404))
        assert not page.xpath("//main//a[@href='/admin/']"), "no way to where she has no business"
