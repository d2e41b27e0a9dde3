"""What is deleted: found by kind, person and words, and brought back, many records at once.

All functions work inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, exists, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from museum.curation import changes, promised, revisions, roles, snapshot_rows
from museum.curation.errors import Refused
from museum.curation.listing import check_chosen
from museum.curation.models import Person, Revision
from museum.curation.revisions import Restored
from museum.curation.snapshots import ASSET, SHAPES, Shape, Snapshot, key_of
from museum.database.texts import fold

PAGE = 40
LOOKED_AT = 4000
"""Among so many that were deleted last words are looked for: their titles are in no index."""

Named = tuple[str, str]
"""Kind and slug."""


@dataclass(frozen=True)
class Search:
    """What is looked for: words in last titles and slugs, a kind, who deleted it. Empty is anything."""

    words: str = ""
    kind: str = ""
    person: str = ""


@dataclass(frozen=True)
class Page:
    """Deletions, the latest first, each with the title that the record had; whether there are `more`; and whether words were looked for
    among the latest only."""

    rows: list[tuple[Revision, dict[str, str]]]
    more: bool
    latest_only: bool


@dataclass
class Returned(Restored):
    """What came of bringing back many: also why some did not come back, by slug."""

    refused: list[tuple[str, Refused]] = field(default_factory=list)


def _deletions(search: Search, *columns: Any) -> Any:
    """A statement for what is deleted and did not come back, the latest first, but for the words looked for."""
    later = aliased(Revision)
    came_back = exists().where(later.kind == Revision.kind, later.slug == Revision.slug, later.id > Revision.id)
    # As a literal, so that the index of what was deleted is found.
    found: list[ColumnElement[bool]] = [Revision.action == literal_column("'deleted'"), ~came_back]
    if search.kind in SHAPES:
        found.append(Revision.kind == search.kind)
    if search.person:
        found.append(Revision.person == search.person)
    return select(*columns).where(*found).order_by(Revision.id.desc())


async def page_of(session: AsyncSession, search: Search, page: int = 1) -> Page:
    """One page of what is deleted."""
    start, latest_only = (page - 1) * PAGE, False
    if fold(search.words):
        numbers, latest_only = await _named_like(session, search)
        numbers = numbers[start : start + PAGE + 1]
    else:
        numbers = list(await session.scalars(_deletions(search, Revision.id).offset(start).limit(PAGE + 1)))
    query = select(Revision).where(Revision.id.in_(numbers[:PAGE])).order_by(Revision.id.desc())
    found = list(await session.scalars(query))
    titles = await revisions.last_titles(session, [(one.kind, one.slug) for one in found])
    return Page([(one, titles.get((one.kind, one.slug), {})) for one in found], len(numbers) > PAGE, latest_only)


async def _named_like(session: AsyncSession, search: Search) -> tuple[list[int], bool]:
    """Numbers of the deletions of what was called so, and whether there are earlier ones that were not looked at."""
    was = aliased(Revision)
    title = (
        select(was.snapshot["texts"]["title"])
        .where(was.kind == Revision.kind, was.slug == Revision.slug, was.id < Revision.id, was.action != "deleted")
        .order_by(was.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = _deletions(search, Revision.id, Revision.slug, title).limit(LOOKED_AT + 1)
    rows: list[tuple[int, str, Any]] = [(*row,) for row in await session.execute(query)]
    folded = fold(search.words)

    def called_so(slug: str, titles: Any) -> bool:
        return folded in slug or any(folded in fold(value) for value, _ in (titles or {}).values())

    found = [number for number, slug, titles in rows[:LOOKED_AT] if called_so(slug, titles)]
    return found, len(rows) > LOOKED_AT


async def people(session: AsyncSession) -> list[str]:
    """The names of those who deleted something lately that is deleted still."""
    lately = _deletions(Search(), Revision.person).limit(LOOKED_AT).subquery()
    return sorted(name for name in await session.scalars(select(lately.c.person).distinct()) if name)


async def bring_back(session: AsyncSession, numbers: Sequence[int], person: Person) -> Returned:
    """Bring records back as drafts, by the numbers of the revisions that say that they were deleted, with what led to them. What others
    can't be without comes first; what can't come back hinders no other. Raises Refused where nothing is chosen, or too much."""
    check_chosen(numbers)
    query = select(Revision).where(Revision.id.in_(numbers), Revision.action == "deleted")
    chosen = list(await session.scalars(query.execution_options(populate_existing=True)))
    chosen.sort(key=lambda one: (list(SHAPES).index(one.kind), -one.id))
    done = Returned()
    incomplete: list[tuple[str, str, Snapshot]] = []
    for revision in chosen:
        try:
            async with session.begin_nested():
                snapshot, lost = await _make(session, revision, person)
        except Refused as refused:
            done.refused.append((revision.slug, refused))
            continue
        done.records.append((revision.kind, revision.slug))
        if lost:
            incomplete.append((revision.kind, revision.slug, snapshot))
    for kind, slug, snapshot in incomplete:
        # Once more, now that everything is there that they refer to.
        record = await snapshot_rows.load(session, kind, slug, change=True)
        await revisions.write(session, kind, record, {**snapshot, "state": record.state}, done)
    await _lead_to(session, {one.act for one in chosen}, set(done.records), person, done)
    away = await _deleted_in(session, {one.act for one in chosen})
    # What went along and was not chosen comes back with all that leads to it when its turn comes.
    done.lost = [one for one in done.lost if one not in away]
    return done


async def _make(session: AsyncSession, revision: Revision, person: Person) -> tuple[Snapshot, bool]:
    """The record as it was before its deletion; and whether something is missing to which it refers. Raises Refused."""
    if await snapshot_rows.load(session, revision.kind, revision.slug) is not None:
        raise Refused("there-already")
    was = await revisions.before(session, revision)
    if was is None or not was.snapshot:
        raise Refused("revision-empty")
    made = Restored()
    record = await revisions.make(session, revision.kind, revision.slug, was.snapshot, made)
    roles.demand_change(person, record)
    await promised.demand(session, changes.actor_of(session), revision.kind, [revision.slug])
    return was.snapshot, bool(made.lost)


async def _lead_to(session: AsyncSession, acts: set[str], back: set[Named], person: Person, done: Returned) -> None:
    """Give back to other records what they lost of those that are `back` when these were deleted, in one of the `acts`."""
    query = select(Revision).where(Revision.act.in_(acts), Revision.action != "deleted").order_by(Revision.id.desc())
    for revision in list(await session.scalars(query.execution_options(populate_existing=True))):
        was = await revisions.before(session, revision)
        if was is None or not was.snapshot:
            continue
        shape = SHAPES[revision.kind]
        lost = set(_named_in(shape, was.snapshot)) - set(_named_in(shape, revision.snapshot))
        if not lost & back:
            continue
        try:
            async with session.begin_nested():
                await revisions.take_back(session, revision, was, person, done)
        except Refused as refused:
            done.refused.append((revision.slug, refused))


async def _deleted_in(session: AsyncSession, acts: set[str]) -> set[Named]:
    query = select(Revision.kind, Revision.slug).where(Revision.act.in_(acts), Revision.action == "deleted")
    return {(row[0], row[1]) for row in await session.execute(query)}


def _named_in(shape: Shape, snapshot: Snapshot) -> Iterator[Named]:
    """All records that a snapshot refers to."""
    for column, kind in shape.references.items():
        named = snapshot.get(key_of(column))
        if named is not None and kind != ASSET:
            yield kind, str(named)
    for name, part in shape.parts.items():
        for one in snapshot.get(name, ()):
            yield from _named_in(part, one)
