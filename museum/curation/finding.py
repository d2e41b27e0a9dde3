"""Finding records by what curators remember of them: a part of a title, slug or accession number, the category, the era, the material."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection.told import is_told, newest_told, tells, told_by
from museum.database.grams import ids_holding, is_titled, is_told_by, names_hold, newest_holding
from museum.database.texts import fold

FEW = 6000
"""So many records are soon looked at one after the other."""


async def are_few(session: AsyncSession, record: Any, *conditions: ColumnElement[bool]) -> bool:
    """Whether so few records fulfil `conditions` that each of them can be looked at."""
    some = select(func.count()).select_from(select(record.id).where(*conditions).limit(FEW).subquery())
    return (await session.scalar(some) or 0) < FEW


def named_like(session: AsyncSession, record: Any, query: str, *, indexed: bool = True) -> list[ColumnElement[bool]]:
    """Conditions for records whose slug, number or a title, folded, holds the folded `query`, or that it tells of otherwise (see `told`);
    none where nothing is looked for. Without `indexed` records are looked at one by one."""
    folded = fold(query)
    if not folded:
        return []
    if not indexed:
        return [or_(*names_hold(record, folded), *_told_at_sight(record, folded.split()))]
    ways = told_by(session, record, folded.split())
    candidates = ids_holding(session, record, [folded], names=True)
    if candidates is not None and ways:
        candidates = union_all(candidates, *ways)
    if candidates is not None and is_told_by([folded]):
        return [record.id.in_(candidates)]
    matches = [*names_hold(record, folded), *(record.id.in_(way) for way in ways)]
    return [or_(*matches), *([] if candidates is None else [record.id.in_(candidates)])]


async def newest(session: AsyncSession, record: Any, query: str, most: int, *conditions: ColumnElement[bool]) -> Any:
    """A statement for ids of records that fulfil `conditions` and that `query` finds as by `named_like`: at least the `most` made last of
    them, some perhaps twice. A page of a list needn't wait until all that a common word finds are put together."""
    folded = fold(query)
    holding = await newest_holding(session, record, folded, most, *conditions, names=True)
    if holding is None:
        holding = select(record.id).where(or_(*names_hold(record, folded)), *conditions)
        holding = holding.order_by(record.id.desc()).limit(most)
    ways = [holding, *newest_told(session, record, folded.split(), most, *conditions)]
    return union_all(*(select(way.subquery().c.id) for way in ways))


def _told_at_sight(record: Any, words: Sequence[str]) -> list[ColumnElement[bool]]:
    if not tells(record):
        return []
    if len(words) == 1:
        return [is_told(record, words[0])]
    return [and_(*(or_(is_titled(record, word), is_told(record, word)) for word in words))]
