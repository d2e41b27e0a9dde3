"""Search by title: what comes first, and that of a kind no more is looked for than anybody goes through."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection import search_query
from museum.collection.models import Artifact, Exhibition
from museum.database import Database
from museum.database.texts import set_texts

TITLES = ("青花瓶与瓶座", "瓶", "大瓶", "瓶花", "瓶中花 vase", "无关")


@pytest.fixture
async def filled(database: Database) -> Database:
    async with database.write() as session:
        for number, title in enumerate(TITLES):
            shown = Artifact(slug=f"shown-{number}", accession_number=str(number), category="coin", state="published")
            draft = Artifact(slug=f"draft-{number}", accession_number=f"d{number}", category="coin")
            for artifact in (shown, draft):
                artifact.texts = []
                set_texts(artifact, "title", {"zh-Hans": title, "en": f"{title} again"})
                session.add(artifact)
        exhibition = Exhibition(slug="show", state="published", texts=[])
        set_texts(exhibition, "title", {"zh-Hans": "瓶"})
        session.add(exhibition)
    return database


async def found(session: AsyncSession, query: str, kind: str | None = None, offset: int = 0) -> list[str]:
    listing = await search_query.search_titles(session, query, kind, offset, 36)
    return [card.slug for card in listing.cards]


async def test_the_very_title_comes_first_then_what_begins_with_the_query(filled: Database) -> None:
    async with filled.read() as session:
        listing = await search_query.search_titles(session, "瓶", None, 0, 36)
        assert [card.slug for card in listing.cards] == ["show", "shown-1", "shown-3", "shown-4", "shown-0", "shown-2"]
        assert (listing.total, listing.counts) == (6, {"exhibition": 1, "artifact": 5})
        assert await found(session, "瓶", "artifact", 3) == ["shown-0", "shown-2"]
        assert await found(session, "花 瓶") == ["shown-0", "shown-3", "shown-4"]
        assert await found(session, "VASE 瓶") == ["shown-4"]
        assert await found(session, "瓶与花") == []
        assert await found(session, " ") == []


async def test_of_a_kind_the_best_are_found_where_there_are_many(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_query, "MOST", 3)
    async with filled.read() as session:
        listing = await search_query.search_titles(session, "瓶", None, 0, 36)
        assert [card.slug for card in listing.cards][:2] == ["show", "shown-1"]
        assert {card.slug for card in listing.cards[2:]} == {"shown-3", "shown-4"}
        assert (listing.total, listing.counts) == (4, {"exhibition": 1, "artifact": 3})
