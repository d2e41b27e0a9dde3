"""Changing records so that nothing is lost: each transaction leaves a revision of every record that it changed, and lines in the audit.

    async with changing(database, actor) as session:
        …

What changed is seen by watching what the session writes, so that no function has to say it. Statements that write past the session's
records (bulk updates) have to say it: `watch`.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, event, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from museum.curation import audit, beforehand, promised, snapshot_rows
from museum.curation.audit import Actor, Entry
from museum.curation.beforehand import Known, Last
from museum.curation.differences import compare
from museum.curation.models import Revision
from museum.curation.snapshot_rows import Kept
from museum.curation.snapshots import KINDS, SHAPES, Shape, shapes_below
from museum.database.base import now
from museum.database.bulk import insert_rows
from museum.database.engine import Database

MOST_PATHS = 200
_WATCHER = "watcher of changes"


def _owners() -> dict[Any, tuple[str, Any]]:
    """The column by which a part or a text belongs to something, and what that is."""
    found: dict[Any, tuple[str, Any]] = {}
    for shape in SHAPES.values():
        for one in shapes_below(shape):
            if one.text is not None:
                found[one.text] = ("record_id", one.record)
            for part in one.parts.values():
                found[part.record] = (part.owner, one.record)
    return found


_OWNERS = _owners()


@asynccontextmanager
async def changing(database: Database, actor: Actor, word: str = "", act: str = "") -> AsyncIterator[AsyncSession]:
    """A writing transaction whose changes are kept as revisions by `actor`; see `recording`."""
    async with database.write() as session, recording(session, actor, word, act):
        yield session


@asynccontextmanager
async def recording(session: AsyncSession, actor: Actor, word: str = "", act: str = "") -> AsyncIterator[str]:
    """Keep what the rest of the transaction changes, as one act, whose number this gives. `word` says what is done where the records
    themselves don't tell, as `restored`; `act` makes it a part of an act begun earlier. To be the last thing in its transaction."""
    watcher = Watcher(actor, word, act)
    session.info[_WATCHER] = watcher
    event.listen(session.sync_session, "before_flush", watcher.before_flush)
    try:
        yield watcher.act
        await session.flush()
    finally:
        event.remove(session.sync_session, "before_flush", watcher.before_flush)
        del session.info[_WATCHER]
    await watcher.write(session)


def note(session: AsyncSession, action: str, kind: str = "", slug: str = "", /, **detail: Any) -> None:
    """Have the audit say something that no record tells, e.g. that a preview link was made."""
    watcher: Watcher = session.info[_WATCHER]
    watcher.entries.append(Entry(action, kind, slug, detail))


def act_of(session: AsyncSession) -> str:
    """The number of the act under way, by which it can be undone; empty where nothing is recorded."""
    watcher: Watcher | None = session.info.get(_WATCHER)
    return watcher.act if watcher else ""


def actor_of(session: AsyncSession) -> Actor:
    """Who acts; the museum itself where nothing is recorded."""
    watcher: Watcher | None = session.info.get(_WATCHER)
    return watcher.actor if watcher else audit.CONSOLE


async def watch(
    session: AsyncSession,
    kind: str,
    ids: Collection[int],
    known: Known | None = None,
    becomes: Mapping[str, Any] | None = None,
) -> None:
    """Say that records are about to be changed by statements that the session does not see. What is `known` of them is not read again
    where it holds still; with `becomes` these columns, and the version, are all that changes: what they become isn't read either."""
    watcher: Watcher = session.info[_WATCHER]
    connection = await session.connection()
    if known is not None:
        watcher.know(kind, await beforehand.still(session, kind, ids, known))
    await connection.run_sync(watcher.see, kind, ids)
    if becomes is not None:
        watcher.expect(kind, ids, becomes)


class Watcher:
    """Which records a transaction changes, and how they were before it did."""

    def __init__(self, actor: Actor, word: str, act: str = "") -> None:
        self.actor = actor
        self.word = word
        self.act = act or secrets.token_hex(16)
        self.entries: list[Entry] = []
        self._before: dict[str, dict[int, Kept | None]] = {}
        self._last: dict[str, dict[str, Last]] = {}
        self._becoming: dict[str, dict[int, Mapping[str, Any]]] = {}
        self._told: dict[str, set[int]] = {}
        self._made: list[Any] = []

    def before_flush(self, session: Session, _context: object, _instances: object) -> None:
        """Look at what is about to be written, while the database still holds what was."""
        self._number_made()
        connection: Connection | None = None
        touched: dict[str, set[int]] = {}
        for record in (*session.new, *session.dirty, *session.deleted):
            if type(record) in KINDS and record.id is None:
                if record not in self._made:
                    self._made.append(record)
                continue
            if type(record) not in KINDS and type(record) not in _OWNERS:
                continue
            connection = connection or session.connection()
            found = _root_of(connection, record)
            if found is not None:
                touched.setdefault(found[0], set()).add(found[1])
        for kind, ids in touched.items():
            assert connection is not None
            self.see(connection, kind, ids)
            self._told.setdefault(kind, set()).update(ids)
            for number in ids:
                # More of it changes than was expected.
                self._becoming.get(kind, {}).pop(number, None)

    def _number_made(self) -> None:
        """Note that records made earlier in the transaction, which have their numbers by now, were not there before it."""
        for record in self._made:
            if record.id is not None:
                self._before.setdefault(KINDS[type(record)], {}).setdefault(record.id, None)

    def see(self, connection: Connection, kind: str, ids: Iterable[int]) -> None:
        """Remember how records are now, unless they were seen before."""
        seen = self._before.setdefault(kind, {})
        unseen = {number for number in ids if number not in seen}
        if unseen:
            kept = snapshot_rows.read(connection, kind, unseen)
            seen |= {number: kept.get(number) for number in unseen}

    def know(self, kind: str, known: Known) -> None:
        """Take for how records are now what was read of them beforehand, unless they were seen before."""
        self._before[kind] = {**known.kept, **self._before.get(kind, {})}
        self._last.setdefault(kind, {}).update(known.last)

    def expect(self, kind: str, ids: Iterable[int], values: Mapping[str, Any]) -> None:
        """Remember what is all that changes of records that were seen, but for those of which the session has changed something already."""
        told = self._told.get(kind, set())
        self._becoming.setdefault(kind, {}).update(dict.fromkeys((one for one in ids if one not in told), values))

    async def write(self, session: AsyncSession) -> None:
        """The revisions and the audit of what has changed, as the transaction's last act."""
        self._number_made()
        entries: list[Entry] = []
        connection = await session.connection()
        for kind, before in self._before.items():
            becoming = self._becoming.get(kind, {})
            after = await connection.run_sync(snapshot_rows.read, kind, before.keys() - becoming.keys())
            for number, values in becoming.items():
                was = before[number]
                if was is not None:
                    after[number] = beforehand.become(was, values)
            pairs = [(was, after.get(number), number) for number, was in before.items()]
            changed = [pair for pair in pairs if _differ(pair[0], pair[1])]
            if changed:
                drafts = [
                    now_.slug for was, now_, _ in changed if now_ and _is_draft(now_) and (not was or _is_draft(was))
                ]
                await promised.demand(session, self.actor, kind, drafts)
                entries += await self._write_kind(session, kind, changed)
        await audit.write(session, self.actor, [*self.entries, *entries])

    async def _write_kind(
        self, session: AsyncSession, kind: str, changed: list[tuple[Kept | None, Kept | None, int]]
    ) -> list[Entry]:
        shape = SHAPES[kind]
        last = self._last.get(kind, {})
        unknown = [was.slug for was, _, _ in changed if was and was.slug not in last]
        connection = await session.connection()
        last |= await connection.run_sync(beforehand.last_revisions, kind, unknown)
        becoming = self._becoming.get(kind, {})
        rows: list[dict[str, Any]] = []
        unsaved: list[int] = []
        for was, now_, number in changed:
            latest = last.get(was.slug) if was is not None else None
            if was is not None and not beforehand.is_told(was, last):
                rows.append(beforehand.found_row(kind, was))
            kept = now_ or was
            assert kept is not None
            row = beforehand.revision_row(kind, kept, action_of(was, now_, self.word), self.act, now())
            if was is not None and now_ is not None and was.version == now_.version:
                unsaved.append(number)
                row["version"] += 1
            paths = list(becoming[number]) if number in becoming else _paths(shape, was, now_)
            row |= {"person": self.actor.name, "person_id": self.actor.person_id, "changed": paths}
            if latest is not None and latest.act == self.act and row["action"] == "changed":
                # It goes on what was begun: the history shows both as one.
                row["changed"] = list(dict.fromkeys([*latest.changed, *row["changed"]]))[:MOST_PATHS]
                row["action"] = latest.action
            if now_ is None:
                row |= {"snapshot": {}, "gone_at": row["at"] if kept.listed else None}
            rows.append(row)
        await insert_rows(session, Revision, rows)
        for start in range(0, len(unsaved), snapshot_rows.TOGETHER):
            ids = unsaved[start : start + snapshot_rows.TOGETHER]
            table = shape.record.__table__
            await session.execute(update(table).where(table.c.id.in_(ids)).values(version=table.c.version + 1))
        return [
            Entry(row["action"], kind, row["slug"], {"changed": row["changed"], "act": row["act"]})
            for row in rows
            if row["action"] != beforehand.FOUND
        ]


def _is_draft(one: Kept) -> bool:
    return one.snapshot["state"] == "draft"


def _differ(was: Kept | None, now_: Kept | None) -> bool:
    if was is None or now_ is None:
        return was is not now_
    return was.snapshot != now_.snapshot


def action_of(was: Kept | None, now_: Kept | None, word: str = "") -> str:
    """What was done to a record: made, deleted, published, withdrawn, sent (for review), returned (from it), changed, or `word`."""
    if now_ is None:
        return "deleted"
    if word:
        return word
    if was is None:
        return "made"
    states = was.snapshot["state"], now_.snapshot["state"]
    if states[0] == states[1]:
        return "changed"
    if states[1] == "published":
        return "published"
    if states[0] == "published":
        return "withdrawn"
    return "sent" if states[1] == "review" else "returned"


def _paths(shape: Shape, was: Kept | None, now_: Kept | None) -> list[str]:
    if was is None or now_ is None:
        return []
    return [".".join(change.path) for change in compare(shape, was.snapshot, now_.snapshot)[:MOST_PATHS]]


def _root_of(connection: Connection, record: Any) -> tuple[str, int] | None:
    """The kind and id of the record that `record` is, or is a part or text of; None where that is only about to be made."""
    kind = type(record)
    if kind in KINDS:
        return KINDS[kind], record.id
    column, owner = _OWNERS[kind]
    number = getattr(record, column)
    while number is not None:
        if owner in KINDS:
            return KINDS[owner], number
        column, above = _OWNERS[owner]
        table = owner.__table__
        number = connection.scalar(select(table.c[column]).where(table.c.id == number))
        owner = above
    return None
