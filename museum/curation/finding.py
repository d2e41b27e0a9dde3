"""Finding records by what curators remember of them: a part of a title, slug or accession number, the category, the era, the material."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection.told import is_titled, told_by
from museum.database.grams import ids_holding, is_told_by
from museum.database.texts import fold

COMMON = 3000
"""What so many titles hold is soon met with by looking at one record after the other."""


async def is_common(session: AsyncSession, record: Any, query: str) -> bool:
    """Whether very many records may hold `query`, a single character."""
    folded = fold(query)
    candidates = ids_holding(session, record, [folded], names=True) if len(folded) == 1 else None
    if candidates is None:
        return False
    some = select(func.count()).select_from(candidates.limit(COMMON).subquery())
    return await session.scalar(some) == COMMON


def named_like(session: AsyncSession, record: Any, query: str, *, indexed: bool = True) -> list[ColumnElement[bool]]:
    """Conditions for records whose slug, number or a title, folded, holds the folded `query`, or that it tells of otherwise (see `told`);
    none where nothing is looked for. Without `indexed` records are looked at one by one."""
    folded = fold(query)
    if not folded:
        return []
    ways = told_by(session, record, folded.split())
    candidates = ids_holding(session, record, [folded], names=True) if indexed else None
    if candidates is not None and ways:
        candidates = union_all(candidates, *ways)
    if candidates is not None and is_told_by([folded]):
        return [record.id.in_(candidates)]
    matches = [is_titled(record, folded), record.slug.contains(folded, autoescape=True)]
    if hasattr(record, "accession_number"):
        matches.append(func.lower(record.accession_number).contains(folded, autoescape=True))
    matches += [record.id.in_(way) for way in ways]
    return [or_(*matches), *([] if candidates is None else [record.id.in_(candidates)])]
