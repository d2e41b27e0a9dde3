"""Working copies: what is public is changed in a copy, through which it goes on being seen as it is until the copy is published.

A copy is a draft like any other, with all that drafts can: it is edited, reviewed, previewed and published, at once or at a moment.
Publishing it puts what it changed onto the original, in one transaction, and the copy is gone; links that led to it lead to the original.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.curation import belongings, revisions, roles, snapshot_rows, usage
from museum.curation.changes import note
from museum.curation.differences import merge
from museum.curation.errors import Refused
from museum.curation.models import Comment, Person, PreviewLink, WorkingCopy
from museum.curation.revisions import Restored
from museum.curation.snapshots import KINDS, SHAPES, Shape, Snapshot
from museum.curation.visibility import forget_with_commit
from museum.database.base import now
from museum.scenes.models import Link

COPIED = frozenset({"scene", "exhibition", "activity"})
"""Kinds that can be changed in a copy: of the others something must be there only once."""


async def begin(session: AsyncSession, record: Any, person: Person) -> Any:
    """The working copy of a published record, a new one where there is none. Raises NotAllowed, Refused."""
    roles.demand(person, "draft", roles.venue_of(record))
    kind = KINDS[type(record)]
    if kind not in COPIED:
        raise Refused("no-copies")
    if record.state != "published":
        raise Refused("not-published")
    if await of_copy(session, kind, record.slug) is not None:
        raise Refused("copy-of-copy")
    row = await of_original(session, kind, record.slug)
    if row is not None:
        return await snapshot_rows.load(session, kind, row.copy_slug)
    await session.execute(delete(WorkingCopy).where(WorkingCopy.kind == kind, WorkingCopy.slug == record.slug))
    base = await _snapshot(session, kind, record.id)
    slug = await _free_slug(session, kind, record.slug)
    copy = await revisions.make(session, kind, slug, base, Restored())
    pairs: dict[str, dict[str, int]] = {}
    _pair(SHAPES[kind], base, await _snapshot(session, kind, copy.id), pairs)
    session.add(
        WorkingCopy(
            kind=kind,
            slug=record.slug,
            copy_slug=slug,
            base=base,
            parts=pairs,
            person_id=person.id,
            person=person.display_name,
        )
    )
    note(session, "copy-begun", kind, record.slug, copy=slug)
    return copy


async def of_original(session: AsyncSession, kind: str, slug: str) -> WorkingCopy | None:
    """The working copy of a record; None where it has none, or had one that was deleted."""
    record = SHAPES[kind].record
    query = select(WorkingCopy).join(record, record.slug == WorkingCopy.copy_slug)
    return await session.scalar(query.where(WorkingCopy.kind == kind, WorkingCopy.slug == slug))


async def of_copy(session: AsyncSession, kind: str, slug: str) -> WorkingCopy | None:
    """What the record is a working copy of; None where it is none, or its original is gone."""
    row = await session.scalar(select(WorkingCopy).where(WorkingCopy.kind == kind, WorkingCopy.copy_slug == slug))
    if row is None:
        return None
    record = SHAPES[kind].record
    return row if await session.scalar(select(record.id).where(record.slug == row.slug)) else None


async def copies_among(session: AsyncSession, kind: str, slugs: Collection[str]) -> set[str]:
    """Which of these records are working copies of what is there."""
    record, found = SHAPES[kind].record, set[str]()
    for some in belongings.parts(slugs) if kind in COPIED else ():
        query = select(WorkingCopy.copy_slug).join(record, record.slug == WorkingCopy.slug)
        found |= set(await session.scalars(query.where(WorkingCopy.kind == kind, WorkingCopy.copy_slug.in_(some))))
    return found


def is_original(record: Any) -> ColumnElement[bool]:
    """Whether a record (a class) is no working copy."""
    return record.slug.not_in(select(WorkingCopy.copy_slug).where(WorkingCopy.kind == KINDS[record]))


async def contested(session: AsyncSession, row: WorkingCopy) -> list[str]:
    """Dotted paths of what has been changed otherwise in the original since; there the copy will stand."""
    record = SHAPES[row.kind].record
    # Numbers only: records that the page has loaded stay as they are.
    query = select(record.slug, record.id).where(record.slug.in_((row.slug, row.copy_slug)))
    ids: dict[str, int] = dict((await session.execute(query)).all())
    if len(ids) < 2:
        return []
    mine, theirs = await _sides(session, row, ids[row.slug], ids[row.copy_slug])
    return [".".join(path) for path in merge(SHAPES[row.kind], row.base, mine, theirs).contested]


async def _sides(session: AsyncSession, row: WorkingCopy, original: int, copy: int) -> tuple[Snapshot, Snapshot]:
    """The copy as if it were the original, and the original as it is."""
    mine = _renumber(SHAPES[row.kind], await _snapshot(session, row.kind, copy), row.parts)
    theirs = await _snapshot(session, row.kind, original)
    return {**mine, "state": row.base["state"]}, theirs


async def put_onto_original(session: AsyncSession, row: WorkingCopy, copy: Any) -> Any:
    """Make the original what the copy is, keeping what was changed in it meanwhile, and remove the copy; the original."""
    kind = row.kind
    original = await snapshot_rows.load(session, kind, row.slug, change=True)
    copy = await snapshot_rows.load(session, kind, copy.slug, change=True)
    mine, theirs = await _sides(session, row, original.id, copy.id)
    over = merge(SHAPES[kind], row.base, mine, theirs).contested
    # The other way round: what the original changed goes into the copy, which stands where both did.
    merged = merge(SHAPES[kind], row.base, theirs, mine).snapshot
    await _lead_to(session, kind, copy, original)
    await revisions.write(session, kind, original, {**merged, "state": original.state}, Restored())
    original.version += 1
    original.updated_at = now()
    await session.flush()
    # Pictures that it no longer shows are hidden with the commit.
    forget_with_commit(session)
    for table in (Comment, PreviewLink):
        values = {"slug": row.slug} if table is Comment else {"revoked_at": now()}
        await session.execute(update(table).where(table.kind == kind, table.slug == row.copy_slug).values(values))
    if over:
        note(session, "copy-overrode", kind, row.slug, changed=[".".join(path) for path in over])
    copy.state = "draft"
    await session.flush()
    await usage.remove(session, kind, await snapshot_rows.load(session, kind, row.copy_slug))
    await session.delete(row)
    return original


async def _lead_to(session: AsyncSession, kind: str, copy: Any, original: Any) -> None:
    """Have what leads to the copy lead to the original, where nothing of the same record does so yet."""
    for reference in usage.references_to(kind):
        record = reference.shape.record
        column = getattr(record, reference.column)
        query = select(record).where(column == copy.id)
        if reference.shape.text is not None:
            query = query.options(selectinload(record.texts))
        for user in await session.scalars(query):
            if isinstance(user, Link):
                double = select(Link.id).where(Link.source_id == user.source_id, Link.target_id == original.id)
                if user.source_id == original.id or await session.scalar(double.limit(1)):
                    continue
            setattr(user, reference.column, original.id)
    await session.flush()


async def _snapshot(session: AsyncSession, kind: str, number: int) -> Snapshot:
    await session.flush()
    connection = await session.connection()
    return (await connection.run_sync(snapshot_rows.read, kind, [number]))[number].snapshot


async def _free_slug(session: AsyncSession, kind: str, slug: str) -> str:
    record = SHAPES[kind].record
    stem = f"{slug[:108]}-next"
    taken = set(await session.scalars(select(record.slug).where(record.slug.startswith(stem, autoescape=True))))
    return next(name for name in (stem, *(f"{stem}-{number}" for number in range(2, 999))) if name not in taken)


def _pair(shape: Shape, original: Snapshot, copy: Snapshot, pairs: dict[str, dict[str, int]]) -> None:
    """Note by the kind of part which of the copy's parts stands for which of the original's: they are in the same order."""
    for name, part in shape.parts.items():
        for one, other in zip(original.get(name, ()), copy.get(name, ()), strict=True):
            pairs.setdefault(name, {})[str(other["id"])] = one["id"]
            _pair(part, one, other, pairs)


def _renumber(shape: Shape, snapshot: Snapshot, pairs: dict[str, dict[str, int]]) -> Snapshot:
    """The copy's snapshot with the original's numbers; parts made in the copy keep theirs, which no other part has."""
    made = dict(snapshot)
    for name, part in shape.parts.items():
        known = pairs.get(name, {})
        made[name] = [
            {**_renumber(part, one, pairs), "id": known.get(str(one["id"]), one["id"])}
            for one in snapshot.get(name, ())
        ]
    return made
