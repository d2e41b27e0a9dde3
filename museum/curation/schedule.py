"""Publishing and withdrawing at a moment.

What is planned is a row; what is due is done in one transaction with the row's removal, so that a server that is killed has done it or
does it when it is back. Whoever serves visitors looks after it, beginning before the first of them is let in: `keep`.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.curation import answering, lapsing, opening, promised, publication, review, revisions, roles, snapshot_rows
from museum.curation.answering import published_by
from museum.curation.audit import Actor
from museum.curation.changes import changing, note
from museum.curation.errors import NotAllowed, NotFound, Refused
from museum.curation.models import Person, Planned
from museum.curation.snapshots import SHAPES
from museum.database import statistics
from museum.database.base import now
from museum.database.engine import Database

logger = logging.getLogger(__name__)

BY_ITSELF = Actor(None, "museum", "planned")
"""Who finds that a plan can't be carried out."""
LOOK_EVERY = 1.0
"""Seconds between looks at what is due."""
FARTHEST = timedelta(days=3660)
TIDY_EVERY = timedelta(hours=6)
SITTING = timedelta(days=1)
"""So old is what nobody can have an open page of."""
NAMED = 20
"""Of what a plan was done without so many are named."""


async def plan(
    session: AsyncSession,
    record: Any,
    person: Person,
    action: str,
    at: datetime,
    records: list[opening.Named] | None = None,
) -> Planned:
    """Have a record published, or withdrawn, at `at`; a plan that there was is replaced. With `records` these are published as one act;
    without, those of the plan that there was.

    Raises NotAllowed, and Refused for a moment that is past, a withdrawal that comes before the publication, or what is public already.
    """
    roles.demand(person, review.publishing(record), roles.venue_of(record))
    if at <= now():
        raise Refused("moment-past")
    if at > now() + FARTHEST:
        raise Refused("moment-far")
    name = opening.named(record)
    all_ = {one.action: one for one in await planned(session, *name)}
    others = {action: one for action, one in all_.items() if one.done_at is None}
    begins = others.get("publish")
    if action == "publish":
        if record.state == "published":
            raise Refused("published-already")
        ends = others.get("withdraw")
        if ends is not None and ends.at <= at:
            raise Refused("moments-order")
    elif record.state != "published" and (begins is None or begins.at >= at):
        raise Refused("moments-order")
    found = all_.get(action)
    if found is None:
        found = Planned(kind=name[0], slug=name[1], action=action)
        session.add(found)
    if records is not None:
        found.records = [list(one) for one in records]
    elif found.done_at is not None or found.records is None:
        found.records = []
    found.at = at
    found.failed_at, found.error, found.done_at, found.left_out = None, {}, None, {}
    found.person_id, found.person, found.made_at = person.id, person.display_name, now()
    note(session, f"{action}-planned", *name, at=at.isoformat(timespec="seconds"))
    return found


async def planned(session: AsyncSession, kind: str, slug: str) -> list[Planned]:
    """What is planned for a record, and what was done of it otherwise than it was planned; the earliest first."""
    query = select(Planned).where(Planned.kind == kind, Planned.slug == slug).order_by(Planned.at)
    return list(await session.scalars(query))


async def openings(session: AsyncSession) -> dict[str, datetime]:
    """By the slug of a venue the moment at which it becomes public: of plans that are still to be done, and for which somebody answers."""
    still = Planned.kind == "venue", Planned.action == "publish", Planned.failed_at.is_(None), Planned.done_at.is_(None)
    rows = list(await session.scalars(select(Planned).where(*still)))
    lost = await answering.unanswered(session, rows)
    return {row.slug: row.at for row in rows if row.id not in lost}


async def call_off(session: AsyncSession, record: Any, person: Person, action: str) -> bool:
    """Forget a plan, or what is told of its having been done, which this returns. Raises NotAllowed, NotFound."""
    roles.demand(person, review.publishing(record), roles.venue_of(record))
    found = next((one for one in await planned(session, *opening.named(record)) if one.action == action), None)
    if found is None:
        raise NotFound("nothing-planned")
    await session.delete(found)
    if found.done_at is None:
        note(session, f"{action}-called-off", *opening.named(record))
    return found.done_at is not None


@dataclass(frozen=True)
class Coming:
    """A plan, its record's title and venue, and whether nobody answers for it: see `answering`."""

    plan: Planned
    title: dict[str, str]
    venue_id: int | None
    lost: bool


async def coming(session: AsyncSession, most: int = 50) -> list[Coming]:
    """All plans, those that failed first, then what was done otherwise than planned, then the earliest."""
    order = (Planned.failed_at.is_(None), Planned.done_at.is_(None), Planned.at)
    rows = list(await session.scalars(select(Planned).order_by(*order).limit(most)))
    lost = await answering.unanswered(session, rows)
    found: dict[opening.Named, tuple[dict[str, str], int | None]] = {}
    for kind in {row.kind for row in rows}:
        record = SHAPES[kind].record
        slugs = [row.slug for row in rows if row.kind == kind]
        query = select(record).where(record.slug.in_(slugs)).options(selectinload(record.texts))
        for one in await session.scalars(query):
            title = {text.language: text.value for text in one.texts if text.field == "title"}
            found[kind, one.slug] = title, roles.venue_of(one)
    return [Coming(row, *found.get((row.kind, row.slug), ({}, None)), row.id in lost) for row in rows]


async def act_on_due(database: Database) -> int:
    """Do all that is due, and withdraw that to which the rights have run out; how much that was. Of several processes that look at
    once one does it."""
    done = 0
    async with database.read() as session:
        query = select(Planned.id).where(*_is_due()).order_by(Planned.at, Planned.id)
        due = list(await session.scalars(query))
    for number in due:
        try:
            done += await _act(database, number)
        except Refused as refused:
            await _fail(database, number, refused)
    return done + await lapsing.withdraw_ended(database)


def _is_due() -> tuple[ColumnElement[bool], ...]:
    return Planned.at <= now(), Planned.failed_at.is_(None), Planned.done_at.is_(None)


async def _act(database: Database, number: int) -> bool:
    async with database.read() as session:
        row = await session.get(Planned, number)
    if row is None:
        return False
    actor = Actor(row.person_id, row.person, "planned")
    known = await opening.look(database, published_by(row)) if row.action == "publish" else {}
    async with changing(database, actor) as session:
        row = await _claim(session, number)
        if row is None:
            return False
        record = await snapshot_rows.load(session, row.kind, row.slug, change=True)
        gone: list[opening.Named] = []
        if record is None:
            note(session, f"{row.action}-called-off", row.kind, row.slug)
        elif not await answering.is_answered_for(session, row):
            raise NotAllowed(promised.NOBODY)
        elif row.action == "publish":
            gone = (await opening.publish_all(session, published_by(row), known=known, leave_out=True)).gone
        elif record.state == "published":
            await publication.withdraw(session, record)
        if gone:
            await _tell_left_out(session, row, gone)
        else:
            await session.delete(row)
    return True


async def _tell_left_out(session: AsyncSession, row: Planned, gone: list[opening.Named]) -> None:
    """Keep a plan that was carried out without what is gone, for whoever made it."""
    named = gone[:NAMED]
    titles = await revisions.last_titles(session, named)
    records = [[kind, slug, titles.get((kind, slug), {})] for kind, slug in named]
    row.done_at, row.records = now(), []
    row.left_out = {"count": len(gone), "records": records}
    names = [f"{kind}/{slug}" for kind, slug in named]
    note(session, "publish-left-out", row.kind, row.slug, count=len(gone), records=names)
    logger.warning("%s %s was opened without %d records that are no longer there", row.kind, row.slug, len(gone))


async def _claim(session: AsyncSession, number: int) -> Planned | None:
    """The plan, locked, while it is still to be done; None where another process has it in hand or has done it."""
    query = select(Planned).where(Planned.id == number, *_is_due())
    return await session.scalar(query.with_for_update(skip_locked=True))


async def _fail(database: Database, number: int, refused: Refused) -> None:
    """Keep a plan that could not be carried out, with the reason, for whoever made it."""
    async with changing(database, BY_ITSELF) as session:
        row = await _claim(session, number)
        if row is not None:
            row.failed_at = now()
            row.error = {"code": refused.code, "obstacles": refused.values.get("obstacles", [])}
            note(session, f"{row.action}-not-done", row.kind, row.slug, planned_by=row.person, **row.error)
            logger.warning("what was planned for %s %s could not be done: %s", row.kind, row.slug, refused.code)


async def keep(database: Database, stop: asyncio.Event) -> None:
    """Do what is due, until `stop`. A database that is away for a while is no reason to give up."""
    tidied: datetime | None = None
    while not stop.is_set():
        try:
            await act_on_due(database)
            if tidied is None or now() - tidied > TIDY_EVERY:
                tidied = now()
                async with database.write() as session:
                    await revisions.drop_between(session, tidied - 8 * SITTING, tidied - SITTING)
                await statistics.gather(database)
        except Exception:
            logger.exception("could not look after what is planned")
        try:
            await asyncio.wait_for(stop.wait(), LOOK_EVERY)
        except TimeoutError:
            continue
