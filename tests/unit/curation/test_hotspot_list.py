"""The list of all hotspots, searched: what is called so itself, and what opens something called so, with other conditions or none."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models import Asset
from museum.collection.models import Image
from museum.curation import finding, hotspots
from museum.curation.hotspots import Search
from museum.database import Database
from museum.database.texts import set_texts
from museum.scenes.models import Hotspot, Scene, Venue


@pytest.fixture
async def filled(database: Database) -> Database:
    """Two halls of one scene each; in either one hotspot for each of four pictures, the last of which is a draft, and a text of its own."""
    async with database.write() as session:
        for hall in (1, 2):
            session.add(Venue(id=hall, slug=f"hall-{hall}", kind="hall"))
            session.add(Scene(id=hall, slug=f"scene-{hall}", venue_id=hall))
        await session.flush()
        for number in range(1, 5):
            state = "draft" if number == 4 else "published"
            session.add(Asset(id=number, kind="image", state="ready", digest=f"{number:064x}"))
            await session.flush()
            picture = Image(
                id=number, slug=f"picture-{number}", asset_id=number, category="poster", state=state, texts=[]
            )
            set_texts(picture, "title", {"zh-Hans": f"山水{number}"})
            session.add(picture)
            await session.flush()
            for hall in (1, 2):
                spot = Hotspot(scene_id=hall, kind="image", image_id=number, position=number, yaw=0, pitch=0, texts=[])
                session.add(spot)
        for hall in (1, 2):
            spot = Hotspot(scene_id=hall, kind="text", position=9, yaw=0, pitch=0, texts=[])
            set_texts(spot, "title", {"zh-Hans": "山水墙", "en": "Landscapes"})
            session.add(spot)
    return database


async def found(session: AsyncSession, page: int = 1, **sought: str) -> list[tuple[str, str]]:
    """The scene and what it opens, or the kind, of each hotspot on a page of the list."""
    rows, _ = await hotspots.page_of(session, Search(**sought), page)
    return [(row.scene[-1], row.opens.slug[-1] if row.opens else row.kind) for row in rows]


async def check(session: AsyncSession) -> None:
    everything = [("2", "text"), ("1", "text"), *((hall, str(n)) for n in (4, 3, 2, 1) for hall in ("2", "1"))]
    for words in ("山水", "山"):
        assert await found(session, words=words) == everything
        assert await found(session, words=words, venue="hall-1") == [one for one in everything if one[0] == "1"]
        assert await found(session, words=words, kind="text") == everything[:2]
        assert await found(session, words=words, wanting="hidden") == [("2", "4"), ("1", "4")]
        assert await found(session, words=words, wanting="hidden", venue="hall-2") == [("2", "4")]
        assert await found(session, words=words, wanting="waiting") == []
    assert await found(session, words="山水2") == [("2", "2"), ("1", "2")]
    assert await found(session, words="landscapes", venue="hall-2") == [("2", "text")]
    assert await found(session, words="picture-3", kind="image") == [("2", "3"), ("1", "3")]
    assert await found(session, words="poster", venue="hall-1", wanting="hidden") == [("1", "4")]
    # Each word by itself, in whatever order, and words that Chinese writes without a space between them.
    assert await found(session, words="3 山水") == [("2", "3"), ("1", "3")]
    assert await found(session, words="墙 山水", venue="hall-1") == [("1", "text")]
    assert await found(session, words="海报山水", wanting="hidden") == [("2", "4"), ("1", "4")]
    assert await found(session, words="海报 山水墙") == []


async def test_each_condition_goes_with_words(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async with filled.read() as session:
        await check(session)
        # In a large museum the others don't leave few.
        monkeypatch.setattr(finding, "FEW", 0)
        await check(session)


async def test_pages_follow_each_other(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hotspots, "PAGE", 3)
    async with filled.read() as session:
        pages = [await found(session, page, words="山水") for page in range(1, 6)]
        assert [len(page) for page in pages] == [3, 3, 3, 1, 0]
        assert len({one for page in pages for one in page}) == 10


async def test_of_a_hall_nothing_is_left_out_however_many_are_called_so(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hotspots, "MOST_FOUND", 1)
    async with filled.read() as session:
        assert ("1", "1") not in await found(session, words="山水")
        assert await found(session, words="山水", venue="hall-1") == [
            ("1", one) for one in ("text", "4", "3", "2", "1")
        ]
