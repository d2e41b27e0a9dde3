"""The audit: who did what, when and from where. It is written in the transaction of what was done, and nobody can change it.

Triggers in the database refuse to change or remove a row. Should somebody take the triggers away, the chain shows it: `digest` is the
SHA-256 of the row before it and of everything in this one.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from museum.curation.finding import are_few
from museum.curation.models import AuditEvent, Person
from museum.curation.snapshots import RECORDS
from museum.database.base import now
from museum.database.bulk import insert_rows
from museum.database.texts import begins_with

LOCK = 7_316_842_002
"""Any number, always the same: on PostgreSQL one transaction at a time goes on with the chain, until its end."""
CHAINED = ("at", "person_id", "person", "address", "action", "kind", "slug", "detail")
"""What the digest of an event is made of, besides that of the one before it."""
BATCH = 500
PAGE = 50
SPELLS, MOST_SPELLS = 100, 5000
"""Events that a page of spells reads at a time, and at most."""


@dataclass(frozen=True)
class Actor:
    """Who acts: a person by id and by the name that the audit keeps, from an address. Without an id it is the museum itself."""

    person_id: int | None
    name: str
    address: str


CONSOLE = Actor(None, "museum", "console")
"""Whoever may type commands on the server."""


def actor_of(person: Person | None, address: str) -> Actor:
    """A person at an address; None is somebody who has not logged in."""
    return Actor(person.id, person.display_name or "", address) if person else Actor(None, "", address)


@dataclass(frozen=True)
class Entry:
    """Something done, to be written down. `kind` and `slug` name what it was done to."""

    action: str
    kind: str = ""
    slug: str = ""
    detail: dict[str, Any] = field(default_factory=dict)


async def write(session: AsyncSession, actor: Actor, entries: list[Entry]) -> None:
    """Go on with the chain, as the last thing that a transaction does."""
    if not entries:
        return
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    digest = await session.scalar(select(AuditEvent.digest).order_by(AuditEvent.id.desc()).limit(1)) or ""
    moment = now()
    rows: list[dict[str, Any]] = []
    for entry in entries:
        row: dict[str, Any] = {
            "at": moment,
            "person_id": actor.person_id,
            "person": actor.name[:120],
            "address": actor.address[:64],
            "action": entry.action,
            "kind": entry.kind,
            "slug": entry.slug,
            "detail": entry.detail,
        }
        row["digest"] = digest = _chained(digest, row)
        rows.append(row)
    await insert_rows(session, AuditEvent, rows)


def chained(before: str, event: AuditEvent) -> str:
    """The digest of `event` after one with the digest `before`."""
    return _chained(before, {name: getattr(event, name) for name in CHAINED})


def _chained(before: str, row: Mapping[str, Any]) -> str:
    said = [row["at"].astimezone(UTC).isoformat(timespec="microseconds"), *(row[name] for name in CHAINED[1:])]
    return hashlib.sha256(msgspec.json.encode([before, *said], order="deterministic")).hexdigest()


@dataclass(frozen=True)
class Filter:
    """Which events to show: of one person or action, between two moments, of one kind or of the records whose slugs begin with what
    `record` says (`scene`, `scene/lob`, `lob`)."""

    person: str = ""
    action: str = ""
    record: str = ""
    since: datetime | None = None
    until: datetime | None = None

    async def apply(self, session: AsyncSession, statement: Select[AuditEvent]) -> Select[AuditEvent]:
        """The statement for these events only."""
        when = self._when()
        if when and await are_few(session, AuditEvent, *when):
            # Of a few days: found by their time, and not among all of a kind.
            when = [AuditEvent.id.in_(select(AuditEvent.id).where(*when))]
        return statement.where(*when, *self._which(session))

    def _when(self) -> list[ColumnElement[bool]]:
        since = [] if self.since is None else [AuditEvent.at >= self.since]
        return since if self.until is None else [*since, AuditEvent.at < self.until]

    def _which(self, session: AsyncSession) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = []
        if self.person:
            conditions.append(AuditEvent.person == self.person)
        if self.action:
            conditions.append(AuditEvent.action == self.action)
        if self.record:
            kind, slash, slug = self.record.partition("/")
            if slash or kind in RECORDS:
                conditions.append(AuditEvent.kind == kind)
            slug = slug if slash else "" if kind in RECORDS else kind
            conditions += begins_with(session, AuditEvent.slug, slug) if slug else []
        return conditions


async def page_of(session: AsyncSession, chosen: Filter, page: int) -> tuple[list[AuditEvent], bool]:
    """One page of events, the latest first, and whether there are more."""
    statement = (await chosen.apply(session, select(AuditEvent))).order_by(AuditEvent.id.desc())
    found = list(await session.scalars(statement.offset((page - 1) * PAGE).limit(PAGE + 1)))
    return found[:PAGE], len(found) > PAGE


@dataclass
class Spell:
    """Events of one act on one record, one of which followed the other, as saving by itself does: the `last` of them, when the `first` was,
    how many there are, and all that they changed. Each stands in the audit by itself, and in what is exported of it."""

    last: AuditEvent
    first: datetime
    count: int = 1
    changed: list[str] = field(default_factory=list)


async def spells_of(session: AsyncSession, chosen: Filter, before: int | None = None) -> tuple[list[Spell], int | None]:
    """One page of events, the latest first, those of one spell told as one: from the event `before` on back. And the id from which the page
    after it goes on; None where there are no more."""
    spells: list[Spell] = []
    open_spells: dict[tuple[Any, ...], Spell] = {}
    statement = (await chosen.apply(session, select(AuditEvent))).order_by(AuditEvent.id.desc()).limit(SPELLS)
    for _ in range(MOST_SPELLS // SPELLS):
        found = list(await session.scalars(statement if before is None else statement.where(AuditEvent.id < before)))
        for event in found:
            key = _spell_of(event)
            spell = open_spells.get(key) if key else None
            if spell is None:
                if len(spells) == PAGE:
                    return spells, before
                spell = Spell(event, event.at, 0)
                spells.append(spell)
                if key:
                    open_spells[key] = spell
            spell.first = event.at
            spell.count += 1
            spell.changed = list(dict.fromkeys([*event.detail.get("changed", ()), *spell.changed]))
            before = event.id
        if len(found) < SPELLS:
            return spells, None
    return spells, before


def _spell_of(event: AuditEvent) -> tuple[Any, ...] | None:
    act = event.detail.get("act")
    return (event.person_id, event.address, event.action, event.kind, event.slug, act) if act else None


async def all_of(session: AsyncSession, chosen: Filter) -> AsyncIterator[AuditEvent]:
    """Every event, the earliest first, read a batch at a time."""
    last = 0
    statement = (await chosen.apply(session, select(AuditEvent))).order_by(AuditEvent.id).limit(BATCH)
    while True:
        found = list(await session.scalars(statement.where(AuditEvent.id > last)))
        for event in found:
            yield event
        if len(found) < BATCH:
            return
        last = found[-1].id
        session.expunge_all()


async def choices(session: AsyncSession) -> tuple[list[str], list[str]]:
    """The people and the actions that the audit knows."""
    people = await _distinct(session, AuditEvent.person)
    return [person for person in people if person], await _distinct(session, AuditEvent.action)


async def _distinct(session: AsyncSession, column: InstrumentedAttribute[str]) -> list[str]:
    """The values of an indexed column, each found behind the one before it: there are few of them in very many rows."""
    found = select(func.min(column).label("value")).cte("found", recursive=True)
    following = select(func.min(column)).where(column > found.c.value).correlate(found).scalar_subquery()
    found = found.union_all(select(following).where(found.c.value.is_not(None)))
    return list(await session.scalars(select(found.c.value).where(found.c.value.is_not(None))))


async def first_broken(session: AsyncSession) -> int | None:
    """The id of the first event that does not follow from the one before it; None where the chain is whole."""
    digest = ""
    async for event in all_of(session, Filter()):
        if event.digest != chained(digest, event):
            return event.id
        digest = event.digest
    return None


async def count(session: AsyncSession) -> int:
    """How many events there are."""
    return await session.scalar(select(func.count()).select_from(AuditEvent)) or 0
