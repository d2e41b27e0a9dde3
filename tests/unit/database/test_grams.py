"""Titles, slugs and numbers are found by any characters in them, without looking at all, and whatever becomes of the records."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.collection.models import Artifact
from museum.curation.finding import named_like, newest
from museum.database import Database
from museum.database.grams import ids_holding, is_told_by
from museum.database.texts import fold, set_texts

TITLES = ("天津衛 Blue-and-white vase", "天河 津", "津天", "vase", "100% (a_b) 'c' \"d\" 𠀀𠀁", "瓷")


async def found(session: AsyncSession, query: str) -> set[str]:
    return set(await session.scalars(select(Artifact.slug).where(*named_like(session, Artifact, query))))


async def latest(session: AsyncSession, query: str, most: int, *conditions: ColumnElement[bool]) -> list[str]:
    """The first `most` of what a list shows, as it looks for them."""
    ids = await newest(session, Artifact, query, most, *conditions)
    found = select(Artifact.slug).where(Artifact.id.in_(ids)).order_by(Artifact.id.desc()).limit(most)
    return list(await session.scalars(found))


async def may_hold(session: AsyncSession, *words: str) -> set[int]:
    return set(await session.scalars(ids_holding(session, Artifact, words)))


def holding(query: str, titles: Iterable[str] = TITLES) -> set[str]:
    return {f"thing-{n}" for n, title in enumerate(titles) if fold(query) in fold(title)}


async def test_any_characters_of_a_title_lead_to_it(database: Database) -> None:
    async with database.write() as session:
        for number, title in enumerate(TITLES):
            artifact = Artifact(slug=f"thing-{number}", accession_number=f"TJ/{number}", category="coin", texts=[])
            set_texts(artifact, "title", {"zh-Hans": title, "en": f"No. {number}", "fr": f"Épée {number}"})
            set_texts(artifact, "description", {"en": "unsought"})
            session.add(artifact)
    async with database.read() as session:
        for query in (
            "天",
            "天津",
            "津卫",
            "vase",
            "v",
            "ue-and",
            "%",
            "_",
            "'c'",
            '"d"',
            "𠀁",
            "𠀀𠀁",
            "天津卫 b",
            "津天",
            "瓷瓷",
        ):
            assert await found(session, query) == holding(query), query
            for most in (1, 2, 100):
                assert await latest(session, query, most) == sorted(holding(query), reverse=True)[:most], query
            assert await latest(session, query, 9, Artifact.id < 3) == sorted(
                holding(query) & {"thing-0", "thing-1"}, reverse=True
            )
        ids = dict((await session.execute(select(Artifact.slug, Artifact.id))).all())
        for query in ("天", "天津", "v", "ue", "𠀁", "瓷", "瓷瓷"):
            # So few characters are told by themselves; those of slugs and numbers are not looked at.
            assert is_told_by([query])
            assert await may_hold(session, query) == {ids[slug] for slug in holding(query)}, query
        assert not await may_hold(session, "tj"), "a number is no title"
        # Not all are looked at: what lacks a pair of characters is not even a candidate.
        assert await may_hold(session, "天津") == {1}
        assert await may_hold(session, "vase", "天") == {1}
        assert await may_hold(session, "unsought") == set()
        # One title has to hold it all.
        assert await may_hold(session, "no. 1", "天") == set()
        assert await may_hold(session, "epee 3") == {4}
        assert await found(session, "hing-3") == {"thing-3"}
        assert await found(session, "tj/4") == {"thing-4"}
        # Each has a slug, a number and a title in three languages that hold it.
        assert await latest(session, "i", 4) == ["thing-5", "thing-4", "thing-3", "thing-2"]
        assert await latest(session, "porcelain", 2) == [] and await latest(session, "coin", 2) == [
            "thing-5",
            "thing-4",
        ]
        assert len(await found(session, "")) == len(TITLES)
    async with database.write() as session:
        query = select(Artifact).options(selectinload(Artifact.texts)).order_by(Artifact.id)
        first, second, *_, last = await session.scalars(query)
        set_texts(first, "title", {"zh-Hans": "玉璧"})
        first.slug = "jade-disc"
        set_texts(second, "title", {"zh-Hans": "", "fr": ""})
        await session.delete(last)
    async with database.read() as session:
        assert await found(session, "玉璧") == await found(session, "e-dis") == {"jade-disc"}
        assert (
            await may_hold(session, "天津") == await may_hold(session, "天河") == await may_hold(session, "瓷") == set()
        )
        assert await found(session, "津") == {"thing-2"}
        assert await found(session, "épée 7") == set()
        assert await found(session, "thing-0") == await found(session, "TJ/5") == set()
