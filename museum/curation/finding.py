"""Finding records by what curators remember of them: a part of a title, of the slug, of the accession number."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.database.grams import ids_holding
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
    """Conditions for records whose slug, number or a title, folded, holds the folded `query`; none where nothing is looked for. Without
    `indexed` records are looked at one by one."""
    folded = fold(query)
    if not folded:
        return []
    text = record.texts.property.mapper.class_
    titled = select(1).where(
        text.record_id == record.id, text.field == "title", text.folded.contains(folded, autoescape=True)
    )
    matches = [exists(titled.correlate_except(text)), record.slug.contains(folded, autoescape=True)]
    if hasattr(record, "accession_number"):
        matches.append(func.lower(record.accession_number).contains(folded, autoescape=True))
    candidates = ids_holding(session, record, [folded], names=True) if indexed else None
    return [or_(*matches), *([] if candidates is None else [record.id.in_(candidates)])]
