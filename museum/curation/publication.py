"""Publishing and withdrawing: the only ways by which something becomes visible to visitors, or stops being so.

Functions work inside the caller's transaction; visitors see the change with its commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation import changes, readiness, roles
from museum.curation.beforehand import Known
from museum.curation.belongings import parts
from museum.curation.errors import Refused
from museum.curation.readiness import Standing
from museum.curation.snapshots import KINDS, SHAPES
from museum.curation.visibility import forget_with_commit
from museum.database.base import now
from museum.scenes.models import Scene, Venue


async def publish(session: AsyncSession, record: Any, version: int | None = None) -> Any:
    """Show a record (texts loaded) to visitors; what they see then, which for a working copy is its original.

    A venue shows with those of its scenes that are published; its first scene becomes its entrance. Raises Overtaken, or Refused with
    the obstacles.
    """
    roles.check_version(record, version)
    obstacles = await readiness.obstacles_of(session, record)
    if obstacles:
        raise Refused("not-publishable", obstacles=obstacles)
    from museum.curation import working  # which restores, which publishes

    copied = await working.of_copy(session, KINDS[type(record)], record.slug)
    if copied is not None:
        return await working.put_onto_original(session, copied, record)
    if record.state != "published":
        record.state, record.published_at = "published", now()
        record.version += 1
    if isinstance(record, Scene):
        venue = await session.get_one(Venue, record.venue_id)
        if venue.entrance_id is None:
            venue.entrance_id = record.id
    return record


async def publish_many(session: AsyncSession, kind: str, some: Sequence[Standing], known: Known | None = None) -> None:
    """Show many records of a kind to visitors, none of them a working copy, as `publish` shows one: nothing stands in their way, and they
    are hidden and locked. What is `known` of them, as they were read beforehand, is not read again."""
    record = SHAPES[kind].record
    numbers = [one.id for one in some]
    shown = {"state": "published"}
    await changes.watch(session, kind, numbers, known, shown)
    for ids in parts(numbers):
        values = {**shown, "published_at": now(), "version": record.version + 1}
        await session.execute(update(record).where(record.id.in_(ids)).values(values))
    if record is Scene:
        await _find_entrances(session, {one.venue_id for one in some}, {one.id for one in some})


async def withdraw_many(
    session: AsyncSession, kind: str, some: Sequence[Standing], state: str, known: Known | None = None
) -> None:
    """Take many records of a kind, none of them a venue, from visitors into another state, as `withdraw` does one: they are published and
    locked."""
    record = SHAPES[kind].record
    numbers = [one.id for one in some]
    await changes.watch(session, kind, numbers, known, {"state": state})
    for ids in parts(numbers):
        values = {"state": state, "version": record.version + 1}
        await session.execute(update(record).where(record.id.in_(ids)).values(values))
    forget_with_commit(session)
    if record is Scene:
        gone = set(numbers)
        for venue in await session.scalars(select(Venue).where(Venue.id.in_({one.venue_id for one in some}))):
            if venue.entrance_id in gone:
                venue.entrance_id = await _first_shown(session, venue.id)
        await session.flush()


async def _first_shown(session: AsyncSession, venue: int) -> int | None:
    order = select(Scene.id).where(Scene.venue_id == venue, Scene.state == "published")
    return await session.scalar(order.order_by(Scene.position, Scene.id).limit(1))


async def _find_entrances(session: AsyncSession, venues: set[int | None], shown: set[int]) -> None:
    """Have venues without an entrance entered through the first of the scenes `shown`."""
    lacking = select(Venue).where(Venue.id.in_(venues), Venue.entrance_id.is_(None))
    for venue in await session.scalars(lacking):
        order = select(Scene.id).where(Scene.venue_id == venue.id, Scene.state == "published")
        first = await session.scalars(order.order_by(Scene.position, Scene.slug))
        venue.entrance_id = next((number for number in first if number in shown), None)
    await session.flush()


async def withdraw(session: AsyncSession, record: Any, version: int | None = None, state: str = "draft") -> None:
    """Take a record from visitors, or from review, into another state. With a venue all its scenes go, which keep their own state; if a
    scene was its venue's entrance, the first scene still shown takes its place."""
    roles.check_version(record, version)
    if record.state == state:
        return
    if record.state == "published":
        forget_with_commit(session)
    record.state = state
    record.version += 1
    if isinstance(record, Scene):
        await session.flush()
        venue = await session.get_one(Venue, record.venue_id)
        if venue.entrance_id == record.id:
            venue.entrance_id = await _first_shown(session, venue.id)
