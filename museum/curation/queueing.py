"""The order in which visitors see whole records of a kind: exhibitions, activities and guided tours one after the other.

All functions work inside the caller's transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.curation import drafting, listing
from museum.curation.errors import NotFound
from museum.curation.listing import Row
from museum.curation.models import WorkingCopy
from museum.curation.snapshots import SHAPES
from museum.database.base import now

KINDS = ("exhibition", "activity", "tour")
PAGE = 50
LOCK = 0x6F726472
"""The advisory lock of whoever arranges records of a kind."""


@dataclass(frozen=True)
class Queue:
    """One page of all records of a kind in their order: the first is number `first` of `total`."""

    rows: list[Row]
    first: int
    total: int


def _in_order(kind: str, *columns: Any) -> Any:
    """A statement for all of a kind but working copies: these stand where their originals do."""
    record = SHAPES[kind].record
    copies = select(WorkingCopy.copy_slug).where(WorkingCopy.kind == kind)
    return select(*columns).where(record.slug.not_in(copies)).order_by(record.position, record.id)


async def page_of(session: AsyncSession, kind: str, page: int) -> Queue:
    """One page of them, drafts too."""
    record, first = SHAPES[kind].record, (page - 1) * PAGE
    query = _in_order(kind, record).offset(first).limit(PAGE).options(selectinload(record.texts))
    records = list(await session.scalars(query))
    total = await session.scalar(select(func.count()).select_from(_in_order(kind, record.id).subquery()))
    return Queue(await listing.rows_of(session, records), first + 1, total or 0)


async def move(session: AsyncSession, kind: str, slug: str, *, by: int = 0, place: int | None = None) -> int:
    """Have a record come `by` places earlier (negative) or later, or at the `place` counted from 1; at the ends as far as it goes. Gives
    its new place. Changes no more records than it has to. Raises NotFound."""
    record = SHAPES[kind].record
    # Two who arrange at the same time would each count from what the other is just changing.
    await drafting.alone_with(session, record, LOCK)
    rows = (await session.execute(_in_order(kind, record.id, record.slug, record.position))).all()
    at = next((number for number, row in enumerate(rows) if row.slug == slug), None)
    if at is None:
        raise NotFound(f"no-such-{kind}")
    to = min(max(at + by if place is None else place - 1, 0), len(rows) - 1)
    order = list(rows)
    order.insert(to, order.pop(at))
    positions = [row.position for row in rows]
    if any(before >= after for before, after in pairwise(positions)):
        positions = list(range(len(rows)))
    wanted = {row.id: position for row, position in zip(order, positions, strict=True) if row.position != position}
    for one in await session.scalars(select(record).where(record.id.in_(wanted)).with_for_update()):
        one.position, one.updated_at = wanted[one.id], now()
        one.version += 1
    await session.flush()
    return to + 1
