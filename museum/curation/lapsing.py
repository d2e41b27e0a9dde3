"""Rights that run out: until which day artifacts, images and models may be shown.

What has run out is withdrawn as if somebody had planned it, within two seconds of midnight in the museum's time zone or before the first
visitor is let in where the server was down then; and it can't be published until somebody has entered another day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.collection.rights import rights_over
from museum.curation import publication, roles, snapshot_rows
from museum.curation.audit import Actor
from museum.curation.changes import changing, note
from museum.curation.errors import Refused
from museum.curation.models import Person
from museum.curation.snapshots import KINDS, SHAPES
from museum.database.base import now
from museum.database.engine import Database

DATED = ("artifact", "image", "model")
"""Kinds whose rights may end."""
AHEAD = timedelta(days=60)
"""How long before they end curators are told."""
BY_ITSELF = Actor(None, "museum", "rights")


@dataclass(frozen=True)
class Ending:
    """A record whose rights end, or have ended (`over`)."""

    kind: str
    slug: str
    title: dict[str, str]
    state: str
    until: str
    over: bool


def today() -> date:
    """The day in the museum's time zone."""
    return now().astimezone().date()


def set_until(session: AsyncSession, record: Any, person: Person, until: str) -> None:
    """Have a record's rights end after a day, `YYYY-MM-DD`; an empty one says that they don't end. What is public and has run out goes at
    the next look. Raises NotAllowed, Refused."""
    kind = KINDS[type(record)]
    roles.demand_change(person, record)
    if kind not in DATED:
        raise Refused("rights-no-end")
    day: str | None = None
    if until.strip():
        try:
            day = date.fromisoformat(until.strip()).isoformat()
        except ValueError:
            raise Refused("day-malformed") from None
    if record.rights_until != day:
        record.rights_until = day
        record.version += 1
        note(session, "rights-until-set", kind, record.slug, until=day or "")


async def ending(session: AsyncSession, most: int = 50) -> list[Ending]:
    """What has run out and what will within 60 days, the earliest first."""
    day, found = today(), list[Ending]()
    for kind in DATED:
        record = SHAPES[kind].record
        query = (
            select(record)
            .where(record.rights_until <= (day + AHEAD).isoformat())
            .order_by(record.rights_until, record.id)
            .limit(most)
            .options(selectinload(record.texts))
        )
        for one in await session.scalars(query):
            title = {text.language: text.value for text in one.texts if text.field == "title"}
            found.append(Ending(kind, one.slug, title, one.state, one.rights_until, rights_over(one.rights_until, day)))
    return sorted(found, key=lambda one: one.until)[:most]


async def withdraw_ended(database: Database) -> int:
    """Take from visitors what has run out; how much that was. Of several processes that look at once one does it."""
    tables = [(kind, SHAPES[kind].record) for kind in DATED]
    query = union_all(
        *(
            select(literal(kind).label("kind"), record.slug).where(
                record.rights_until < today().isoformat(), record.state == "published"
            )
            for kind, record in tables
        )
    )
    async with database.read() as session:
        rows = (await session.execute(query)).all()
    done = 0
    for kind, slug in rows:
        async with changing(database, BY_ITSELF) as session:
            record = await snapshot_rows.load(session, kind, slug, change=True)
            if record is not None and record.state == "published" and rights_over(record.rights_until, today()):
                await publication.withdraw(session, record)
                note(session, "rights-ended", kind, slug, until=record.rights_until)
                done += 1
    return done
