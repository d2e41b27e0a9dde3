"""Finding records by what curators remember of them: a part of a title, slug or accession number, the category, the era, the material."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, func, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection.readings import readings
from museum.collection.told import is_among_or_told, is_told, newest_told, tells
from museum.database.grams import ids_holding, is_told_by, names_hold, newest_holding
from museum.database.texts import fold

R = TypeVar("R")

MOST_WORDS = 8
FEW = 6000
"""So many records are soon looked at one after the other."""


async def are_few(session: AsyncSession, record: Any, *conditions: ColumnElement[bool]) -> bool:
    """Whether so few records fulfil `conditions` that each of them can be looked at."""
    some = select(func.count()).select_from(select(record.id).where(*conditions).limit(FEW).subquery())
    return (await session.scalar(some) or 0) < FEW


def named_like(session: AsyncSession, record: Any, query: str, *, indexed: bool = True) -> list[ColumnElement[bool]]:
    """Conditions for records of which every word of `query`, folded, is in the slug, the number or a title, or that it tells of otherwise
    (see `told`); none where nothing is looked for. Without `indexed` records are looked at one by one."""
    return [_has(session, record, word, indexed) for word in words_of(query)]


def words_of(query: str) -> list[str]:
    """The folded words that are looked for."""
    return fold(query).split()[:MOST_WORDS]


def _has(session: AsyncSession, record: Any, word: str, indexed: bool) -> ColumnElement[bool]:
    holding = ids_holding(session, record, [word], names=True) if indexed else None
    if holding is None:
        return or_(*names_hold(record, word), *([is_told(record, word)] if tells(record) else []))
    if not is_told_by([word]):
        holding = select(record.id).where(record.id.in_(holding), or_(*names_hold(record, word)))
    return is_among_or_told(record, word, holding)


async def newest(session: AsyncSession, record: Any, query: str, most: int, *conditions: ColumnElement[bool]) -> Any:
    """A statement for ids of records that fulfil `conditions` and that `query`, which says something, finds as by `named_like`: at least
    the `most` made last of them, some perhaps twice. A page of a list needn't wait until all that a common word finds are put together."""
    words = words_of(query)
    holding = None
    if len(words) == 1:
        holding = await newest_holding(session, record, words[0], most, *conditions, names=True)
    if holding is None:
        found = select(record.id).where(*named_like(session, record, query), *conditions)
        return found.order_by(record.id.desc()).limit(most)
    ways = [holding, *newest_told(record, words[0], most, *conditions)]
    return union_all(*(select(way.subquery().c.id) for way in ways))


async def read_page(find: Callable[[str, int], Awaitable[list[R]]], query: str, page: int) -> list[R]:
    """What `find` finds on a page of a query; where the query as it is finds nothing, of the first other reading of it that finds
    something: Chinese writes words without spaces."""
    found = await find(query, page)
    if found or (page > 1 and await find(query, 1)):
        return found
    for reading in readings(words_of(query)):
        if found := await find(" ".join(reading), page):
            break
    return found
