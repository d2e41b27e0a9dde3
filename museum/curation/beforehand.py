"""Reading beforehand, while nobody waits, what an act is about to change: of thousands of records that takes longer than changing them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation import snapshot_rows
from museum.curation.belongings import parts
from museum.curation.models import Revision
from museum.curation.snapshot_rows import Kept
from museum.curation.snapshots import SHAPES, Snapshot
from museum.database.bulk import insert_rows
from museum.database.engine import Database

FOUND = "found"
"""The action of a revision that says how a record was before the first change that was recorded."""
TOGETHER = 250
"""Records read, or written, at a time: others come in between."""


class Last(NamedTuple):
    """The last revision of a record."""

    snapshot: Snapshot
    act: str
    action: str
    changed: list[Any]


@dataclass(frozen=True)
class Known:
    """Records of a kind as they stood when they were read, by id, and the last revision of each by slug."""

    kept: dict[int, Kept] = field(default_factory=dict)
    last: dict[str, Last] = field(default_factory=dict)


async def look(database: Database, kind: str, ids: Collection[int]) -> Known:
    """Read records of a kind, and write down how they were found where no revision says it yet."""
    known = Known()
    ordered = sorted(ids)
    for start in range(0, len(ordered), TOGETHER):
        found = await database.read_with(_read, kind, ordered[start : start + TOGETHER])
        await _write_found(database, kind, found)
        known.kept.update(found.kept)
        known.last.update(found.last)
    return known


def _read(connection: Connection, kind: str, ids: Collection[int]) -> Known:
    kept = snapshot_rows.read(connection, kind, ids)
    return Known(kept, last_revisions(connection, kind, [one.slug for one in kept.values()]))


async def _write_found(database: Database, kind: str, known: Known) -> None:
    new = {number: one for number, one in known.kept.items() if not is_told(one, known.last)}
    if not new:
        return
    async with database.write() as session:
        connection = await session.connection()
        # Somebody may have saved, or written it, in between.
        new = (await still(session, kind, new, Known(new))).kept
        last = await connection.run_sync(last_revisions, kind, [one.slug for one in new.values()])
        told = [one for one in new.values() if not is_told(one, last)]
        await insert_rows(session, Revision, [found_row(kind, one) for one in told])
    known.last.update(last | {one.slug: Last(one.snapshot, "", FOUND, []) for one in told})


def is_told(kept: Kept, last: Mapping[str, Last]) -> bool:
    """Whether the last revision says how a record is. It doesn't where it was made or changed while nobody watched: by an import, a command
    or the demonstration museum."""
    return kept.slug in last and last[kept.slug].snapshot == kept.snapshot


def last_revisions(connection: Connection, kind: str, slugs: Collection[str]) -> dict[str, Last]:
    """The last revision of each record that has one, by slug."""
    found: dict[str, Last] = {}
    columns = (Revision.slug, Revision.snapshot, Revision.act, Revision.action, Revision.changed)
    for some in parts(slugs):
        latest = (
            select(func.max(Revision.id)).where(Revision.kind == kind, Revision.slug.in_(some)).group_by(Revision.slug)
        )
        rows = connection.execute(select(*columns).where(Revision.id.in_(latest)))
        found |= {row[0]: Last(*row[1:]) for row in rows}
    return found


async def still(session: AsyncSession, kind: str, ids: Collection[int], known: Known) -> Known:
    """What of `known` holds in the transaction of `session`, to its end: nobody has saved those records since."""
    record = SHAPES[kind].record
    kept: dict[int, Kept] = {}
    for some in parts(ids):
        query = select(record.id, record.version, record.updated_at).where(record.id.in_(some)).order_by(record.id)
        query = query.with_for_update(of=record)
        for number, version, updated_at in await session.execute(query):
            was = known.kept.get(number)
            if was is not None and (was.version, was.updated_at) == (version, updated_at):
                kept[number] = was
    slugs = (one.slug for one in kept.values())
    return Known(kept, {slug: known.last[slug] for slug in slugs if slug in known.last})


def become(was: Kept, values: Mapping[str, Any]) -> Kept:
    """A record after a save by which these columns of it became `values`."""
    return Kept(was.slug, was.version + 1, was.updated_at, {**was.snapshot, **values}, was.listed)


def revision_row(kind: str, kept: Kept, action: str, act: str, moment: Any) -> dict[str, Any]:
    """A revision that says how a record is, by nobody, who changed nothing."""
    return {
        "kind": kind,
        "slug": kept.slug,
        "version": kept.version,
        "state": kept.snapshot["state"],
        "action": action,
        "act": act,
        "at": moment,
        "person": "",
        "person_id": None,
        "changed": [],
        "snapshot": kept.snapshot,
        "gone_at": None,
    }


def found_row(kind: str, kept: Kept) -> dict[str, Any]:
    """The revision that says how a record was found."""
    return revision_row(kind, kept, FOUND, "", kept.updated_at)
