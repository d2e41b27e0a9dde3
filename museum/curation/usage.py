"""Where a record is used, and removing one with all that leads to it. What refers to what is read off `snapshots.SHAPES`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.collection.models import Image, Model
from museum.curation import changes, promised, publication
from museum.curation.belongings import parts
from museum.curation.errors import Refused
from museum.curation.models import Planned
from museum.curation.snapshots import RECORDS, SHAPES, Shape, key_of, needs
from museum.database.texts import texts_by_field

SHOWN = 12


@dataclass(frozen=True)
class Use:
    """Records of one kind that use something, as `part` says: `links`, `hotspots`, `entrance` … `slugs` with their titles are the first
    of `count`. Where it `falls`, that which uses it goes with it; else only the reference does. A record that can't be without it
    `holds` it: that has to be dealt with first."""

    kind: str
    part: str
    count: int
    falls: bool
    holds: bool
    titles: dict[str, dict[str, str]]


@dataclass(frozen=True)
class Reference:
    """A column by which records of a kind, or parts of them, lead to another. `path` are the shapes from the record down to the part."""

    kind: str
    path: tuple[Shape, ...]
    name: str
    column: str

    @property
    def shape(self) -> Shape:
        return self.path[-1]

    @property
    def needed(self) -> bool:
        return needs(self.shape, self.column)


def references_to(kind: str) -> Iterator[Reference]:
    """Every column that leads to records of `kind`."""
    for owner, shape in SHAPES.items():
        yield from _references(owner, (shape,), "", kind)


def _references(owner: str, path: tuple[Shape, ...], name: str, kind: str) -> Iterator[Reference]:
    for column, target in path[-1].references.items():
        if target == kind:
            yield Reference(owner, path, name or key_of(column), column)
    for part, shape in path[-1].parts.items():
        yield from _references(owner, (*path, shape), part, kind)


def _users(reference: Reference, number: int) -> Any:
    """A statement for the ids of the records that use the record `number` by a reference."""
    below: Any = None
    for shape in reversed(reference.path):
        table = shape.record.__table__
        wanted = table.c[shape.owner] if shape.owner else table.c.id
        condition = table.c[reference.column] == number if below is None else table.c.id.in_(below)
        below = select(wanted).where(condition)
    return below


async def uses_of(session: AsyncSession, kind: str, number: int) -> list[Use]:
    """Where the record is used, those first without which it cannot go."""
    found: list[Use] = []
    for reference in references_to(kind):
        users = _users(reference, number)
        record = RECORDS[reference.kind]
        count = await session.scalar(select(func.count()).select_from(record).where(record.id.in_(users))) or 0
        if not count:
            continue
        first = await session.scalars(
            select(record)
            .where(record.id.in_(users))
            .order_by(record.slug)
            .limit(SHOWN)
            .options(selectinload(record.texts))
        )
        whole = len(reference.path) == 1
        found.append(
            Use(
                reference.kind,
                reference.name,
                count,
                falls=reference.needed and not whole,
                holds=reference.needed and whole,
                titles={one.slug: texts_by_field(one.texts).get("title", {}) for one in first},
            )
        )
    return sorted(found, key=lambda use: (not use.holds, not use.falls))


async def remove(session: AsyncSession, kind: str, record: Any) -> None:
    """Delete a record (loaded with its parts), what can't be without it, and what leads to it. Raises Refused where a record holds it,
    while visitors see it, or where whoever acts may not publish what of this is to become public by itself.

    Pictures and models of an artifact stay, as drafts: they were hidden because it was, and nobody has decided to show them by themselves.
    """
    if record.state == "published":
        raise Refused("published-kept")
    await _demand_unpromised(session, kind, record)
    for reference in references_to(kind):
        shape = reference.shape
        column = getattr(shape.record, reference.column)
        query = select(shape.record).where(column == record.id)
        if shape.text is not None:
            query = query.options(selectinload(shape.record.texts))
        for user in await session.scalars(query):
            if not reference.needed:
                if kind == "artifact" and isinstance(user, (Image, Model)) and user.state == "published":
                    await publication.withdraw(session, user)
                setattr(user, reference.column, None)
            elif len(reference.path) == 1:
                raise Refused("record-held", kind=reference.kind)
            elif user not in session.deleted:
                await session.delete(user)
    await session.flush()
    # What is still to come goes on should it be brought back; what is told of it would stand on the first page for ever.
    told = (
        Planned.kind == kind,
        Planned.slug == record.slug,
        Planned.failed_at.is_not(None) | Planned.done_at.is_not(None),
    )
    await session.execute(delete(Planned).where(*told))
    await session.delete(record)
    await session.flush()


async def _demand_unpromised(session: AsyncSession, kind: str, record: Any) -> None:
    """Ask at once, for this record and the drafts that lose something with it: of many that are deleted together the others go."""
    actor = changes.actor_of(session)
    to_come = await promised.slugs(session) if actor.person_id is not None else {}
    if not to_come:
        return
    await promised.demand(session, actor, kind, [record.slug])
    for reference in references_to(kind):
        user = RECORDS[reference.kind]
        for slugs in parts(to_come.get(reference.kind, set())):
            query = select(user.slug).where(
                user.slug.in_(slugs), user.state == "draft", user.id.in_(_users(reference, record.id))
            )
            await promised.demand(session, actor, reference.kind, list(await session.scalars(query)))
