"""Finding records by what curators remember of them: a part of a title, of the slug, of the accession number."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.database.grams import ids_holding
from museum.database.texts import fold


def named_like(session: AsyncSession, record: Any, query: str) -> list[ColumnElement[bool]]:
    """Conditions for records whose slug, number or a title, folded, holds the folded `query`; none where nothing is looked for."""
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
    candidates = ids_holding(session, record, [folded], names=True)
    return [or_(*matches), *([] if candidates is None else [record.id.in_(candidates)])]
