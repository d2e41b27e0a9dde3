"""The order in which visitors see whole records of a kind: exhibitions, activities and guided tours one after the other, and the scenes
of a hall.

All functions work inside the caller's transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.curation import drafting, listing, working
from museum.curation.errors import NotFound
from museum.curation.listing import Row
from museum.curation.snapshots import SHAPES
from museum.database.base import now

KINDS = ("exhibition", "activity", "tour")
PAGE = 50
LOCK = 0x6F726472
"""The advisory lock of whoever arranges records of a kind."""


def _positions(positions: list[int], at: int, to: int) -> list[int]:
    """What stand at `positions` in order, where the one `at` a place is to come `to` another: the new positions in the new order. At an
    end it gets a position beyond all others, so that these stay as they are: a hall has thousands of scenes."""
    if any(before >= after for before, after in pairwise(positions)):
        return list(range(len(positions)))
    others = positions[:at] + positions[at + 1 :]
    if to == at:
        return positions
    if to == 0:
        return [others[0] - 1, *others]
    if to == len(others):
        return [*others, others[-1] + 1]
    return positions


@dataclass(frozen=True)
class Queue:
    """One page of all records of a kind in their order: the first is number `first` of `total`."""

    rows: list[Row]
    first: int
    total: int


def _in_order(kind: str, venue: int | None, *columns: Any) -> Any:
    """A statement for all of a kind, or those in the venue with this id, but working copies: these stand where their originals do."""
    record = SHAPES[kind].record
    query = select(*columns).where(working.is_original(record)).order_by(record.position, record.id)
    return query if venue is None else query.where(record.venue_id == venue)


async def page_of(session: AsyncSession, kind: str, page: int, venue: int | None = None) -> Queue:
    """One page of them, drafts too; of scenes those in a `venue`, named by its id."""
    record, first = SHAPES[kind].record, (page - 1) * PAGE
    query = _in_order(kind, venue, record).offset(first).limit(PAGE).options(selectinload(record.texts))
    records = list(await session.scalars(query))
    total = await session.scalar(select(func.count()).select_from(_in_order(kind, venue, record.id).subquery()))
    return Queue(await listing.rows_of(session, records), first + 1, total or 0)


async def move(
    session: AsyncSession, kind: str, slug: str, *, by: int = 0, place: int | None = None, venue: int | None = None
) -> int:
    """Have a record, of a `venue` where its id is given, come `by` places earlier (negative) or later, or at the `place` counted from 1; at
    the ends as far as it goes. Gives its new place. Changes no more records than it has to. Raises NotFound."""
    record = SHAPES[kind].record
    # Two who arrange at the same time would each count from what the other is just changing.
    await drafting.alone_with(session, record, LOCK)
    rows = (await session.execute(_in_order(kind, venue, record.id, record.slug, record.position))).all()
    at = next((number for number, row in enumerate(rows) if row.slug == slug), None)
    if at is None:
        raise NotFound(f"no-such-{kind}")
    to = min(max(at + by if place is None else place - 1, 0), len(rows) - 1)
    order = list(rows)
    order.insert(to, order.pop(at))
    positions = _positions([row.position for row in rows], at, to)
    wanted = {row.id: position for row, position in zip(order, positions, strict=True) if row.position != position}
    for one in await session.scalars(select(record).where(record.id.in_(wanted)).with_for_update()):
        one.position, one.updated_at = wanted[one.id], now()
        one.version += 1
    await session.flush()
    return to + 1
