"""Taking back that many records were shown at once: not one by one, so that undoing the opening of a large hall holds nobody up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from museum.curation import beforehand, publication, readiness, roles
from museum.curation.beforehand import Known
from museum.curation.models import Person, Revision
from museum.curation.readiness import Standing
from museum.database.engine import Database

Named = tuple[str, str]
"""Kind and slug."""


class Shown(NamedTuple):
    """That a record was shown, and nothing else of it changed: by the revision with the number `id`; its state was `before`."""

    id: int
    kind: str
    slug: str
    before: str


async def shown_by(session: AsyncSession, act: str) -> list[Shown]:
    """What one act showed, but for venues, whose scenes and entrances go with them."""
    earlier = aliased(Revision)
    before = select(earlier.state).where(
        earlier.kind == Revision.kind, earlier.slug == Revision.slug, earlier.id < Revision.id
    )
    before = before.order_by(earlier.id.desc()).limit(1).scalar_subquery()
    query = select(Revision.id, Revision.kind, Revision.slug, before, Revision.changed).where(
        Revision.act == act, Revision.action == "published", Revision.kind != "venue"
    )
    rows = await session.execute(query.order_by(Revision.id))
    return [Shown(*row[:4]) for row in rows if row[4] == ["state"] and row[3]]


async def look(database: Database, act: str) -> Mapping[str, Known]:
    """Read beforehand, by kind, what `take_back` is to hide."""
    known: dict[str, Known] = {}
    async with database.read() as session:
        shown = await shown_by(session, act)
        ids = {
            kind: [one.id for one in await readiness.standing(session, kind, [one.slug for one in of_kind])]
            for kind, of_kind in _by_kind(shown).items()
        }
    for kind, numbers in ids.items():
        known[kind] = await beforehand.look(database, kind, numbers)
    return known


async def take_back(
    session: AsyncSession, shown: Sequence[Shown], person: Person, known: Mapping[str, Known]
) -> dict[str, list[Named]]:
    """Hide again what was shown, in the state in which it was. What became of it: `hidden`, what is `lost`, and what is `kept` as somebody
    has put it since. Raises NotAllowed."""
    became: dict[str, list[Named]] = {"hidden": [], "lost": [], "kept": []}
    for kind, of_kind in _by_kind(shown).items():
        slugs = [one.slug for one in of_kind]
        there = {one.slug: one for one in await readiness.standing(session, kind, slugs, change=True)}
        for venue in {one.venue_id for one in there.values() if one.state == "published"}:
            roles.demand(person, "publish", venue)
        groups: dict[str, list[Standing]] = {}
        for one in of_kind:
            now = there.get(one.slug)
            if now is None:
                became["lost"].append((kind, one.slug))
            elif now.state == "published":
                groups.setdefault(one.before, []).append(now)
            elif now.state != one.before:
                became["kept"].append((kind, one.slug))
        for state, some in groups.items():
            await publication.withdraw_many(session, kind, some, state, known.get(kind))
            became["hidden"] += [(kind, one.slug) for one in some]
    return became


def _by_kind(shown: Sequence[Shown]) -> dict[str, list[Shown]]:
    groups: dict[str, list[Shown]] = {}
    for one in shown:
        groups.setdefault(one.kind, []).append(one)
    return groups
