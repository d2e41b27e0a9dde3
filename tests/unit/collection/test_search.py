"""Search by title, category, era and material: what comes first, and that of a kind no more is looked for than anybody goes through."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.collection import search_query
from museum.collection.models import Artifact, Exhibition, Image
from museum.collection.records_query import list_records
from museum.curation.finding import named_like, newest
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
        assert await found(session, "瓶与花") == ["shown-0", "shown-3", "shown-4"]
        assert await found(session, "瓶罐") == []
        assert await found(session, " ") == []
        # By the number that a label gives; a draft's is nobody's.
        assert await found(session, "4") == ["shown-4"]
        assert await found(session, "d4") == []


async def test_of_a_kind_the_best_are_found_where_there_are_many(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_query, "MOST", 3)
    async with filled.read() as session:
        listing = await search_query.search_titles(session, "瓶", None, 0, 36)
        assert [card.slug for card in listing.cards][:2] == ["show", "shown-1"]
        assert {card.slug for card in listing.cards[2:]} == {"shown-3", "shown-4"}
        assert (listing.total, listing.counts) == (4, {"exhibition": 1, "artifact": 3})


async def test_what_is_no_title_is_found_by_category_era_and_material(database: Database) -> None:
    kept = {
        "lotus-vase": ("缠枝莲瓶", "porcelain", "清乾隆", "高岭土", 1736, 1795),
        "ox-coin": ("大钱", "coin", "北宋", "铜", 960, 1126),
        "lacquer-box": ("剔红盒", "lacquer", "明永乐", "漆、木", 1403, 1424),
    }
    async with database.write() as session:
        for slug, (title, category, period, material, first, last) in kept.items():
            artifact = Artifact(slug=slug, accession_number=slug, category=category, state="published", texts=[])
            artifact.year_from, artifact.year_to = first, last
            set_texts(artifact, "title", {"zh-Hans": title, "en": f"No. {first}"})
            set_texts(artifact, "period", {"zh-Hans": period})
            set_texts(
                artifact, "material", {"zh-Hans": material, "en": "kaolin clay" if category == "porcelain" else ""}
            )
            session.add(artifact)
        picture = Image(slug="old-poster", category="poster", texts=[])
        set_texts(picture, "title", {"zh-Hans": "旧纸"})
        session.add(picture)
    expected = {
        # By categories, in any language and script, and by those that museums call them by.
        "瓷器": {"lotus-vase"},
        "瓷": {"lotus-vase"},
        "porcelain": {"lotus-vase"},
        "ceramics": {"lotus-vase"},
        "錢幣": {"ox-coin"},
        "lacquer": {"lacquer-box"},
        # By what the record says of its time and material.
        "乾隆": {"lotus-vase"},
        "高嶺土": {"lotus-vase"},
        "Kaolin": {"lotus-vase"},
        "土高": set(),
        # By the names of dynasties and reigns, whatever words the record has for it.
        "清代": {"lotus-vase"},
        "宋朝": {"ox-coin"},
        "song": {"ox-coin"},
        "Yongle": {"lacquer-box"},
        # Each word may tell in its own way.
        "瓷器 乾隆": {"lotus-vase"},
        "莲瓶 porcelain 清": {"lotus-vase"},
        "瓷器 永乐": set(),
    }
    async with database.read() as session:
        for query, slugs in expected.items():
            assert set(await found(session, query, "artifact")) == slugs, query
            records, total = await list_records(session, "artifacts", {}, query, 10, 0)
            assert ({one.slug for one in records}, total) == (slugs, len(slugs)), query
            curators = select(Artifact.slug).where(*named_like(session, Artifact, query))
            assert set(await session.scalars(curators)) == slugs, query
            scanned = select(Artifact.slug).where(*named_like(session, Artifact, query, indexed=False))
            assert set(await session.scalars(scanned)) == slugs, query
            latest = select(Artifact.slug).where(Artifact.id.in_(await newest(session, Artifact, query, 10)))
            assert set(await session.scalars(latest)) == slugs, query
        posters = select(Image.slug).where(*named_like(session, Image, "海报"))
        assert list(await session.scalars(posters)) == ["old-poster"]
    run_together = {
        "缠枝瓷": ["lotus-vase"],
        "乾隆瓷": ["lotus-vase"],
        "清代瓷器": ["lotus-vase"],
        "宋錢": ["ox-coin"],
        "永乐的剔红": ["lacquer-box"],
        "瓷剔": [],
        "宋瓷": [],
    }
    async with database.read() as session:
        for query, slugs in run_together.items():
            assert await found(session, query) == slugs, query
            records, total = await list_records(session, "artifacts", {}, query, 10, 0)
            assert ([one.slug for one in records], total) == (slugs, len(slugs)), query
    async with database.write() as session:
        artifact = await session.scalar(
            select(Artifact).where(Artifact.slug == "ox-coin").options(selectinload(Artifact.texts))
        )
        set_texts(artifact, "material", {"zh-Hans": "白银"})
    async with database.read() as session:
        assert (await found(session, "铜"), await found(session, "白银")) == (["ox-coin"][:0], ["ox-coin"])


async def test_a_reign_is_found_by_all_its_names_in_whatever_language_a_title_has_it(database: Database) -> None:
    titles = [{"zh-Hans": "清乾隆粉彩瓶", "en": "Famille-rose vase"}, {"en": "A poem by Qianlong"}, {"en": "A poem"}]
    async with database.write() as session:
        for number, title in enumerate(titles):
            image = Image(slug=f"sheet-{number}", category="other", texts=[])
            set_texts(image, "title", title)
            exhibition = Exhibition(slug=f"show-{number}", state="published", texts=[])
            set_texts(exhibition, "title", title)
            session.add_all([image, exhibition])
    shows = {"show-0", "show-1"}
    async with database.read() as session:
        for query in ("Qianlong", "乾隆"):
            assert set(await found(session, query)) == shows, query
            assert {one.slug for one in (await list_records(session, "exhibitions", {}, query, 10, 0))[0]} == shows
        assert await found(session, "qianlong 粉彩") == ["show-0"]
