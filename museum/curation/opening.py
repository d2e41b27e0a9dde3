"""Opening a hall as one act: what would become visible, said beforehand, and then all of it or nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.assets.models import Asset
from museum.curation import belongings, publication, review, roles, snapshot_rows
from museum.curation.errors import NotFound, Overtaken, Refused
from museum.curation.models import Person
from museum.curation.snapshots import KINDS, SHAPES
from museum.database.base import PUBLICATION_STATES
from museum.database.texts import texts_by_field
from museum.scenes.models import Scene, Venue

Named = tuple[str, str]
"""Kind and slug."""

HIDDEN = tuple(state for state in PUBLICATION_STATES if state != "published")
ORDER = ("venue", "artifact", "image", "model", "exhibition", "place", "scene")
"""Each can be published once those before it are."""


@dataclass(frozen=True)
class Candidate:
    """Something that would become visible. `obstacles` stand in the way; `mine` says whether this person may publish it."""

    kind: str
    slug: str
    version: int
    title: dict[str, str]
    obstacles: list[str]
    mine: bool


async def candidates(session: AsyncSession, venue: Venue, person: Person) -> list[Candidate]:
    """The venue, its places and scenes and all that is to be opened in them, as far as visitors don't see it yet."""
    ids = await belongings.shown_with(session, "venue", venue.id)
    found: list[Candidate] = []
    for kind in ORDER:
        record = SHAPES[kind].record
        # In a large hall most is public: only the others are loaded.
        hidden = set(await session.scalars(select(record.id).where(record.state.in_(HIDDEN))))
        for some in belongings.parts(ids.get(kind, set()) & hidden):
            query = select(record).where(record.id.in_(some)).order_by(record.id)
            records = list(await session.scalars(query.options(selectinload(record.texts))))
            _made = await _assets(session, records)
            for one in records:
                obstacles = await publication.obstacles_of(session, one)
                found.append(
                    Candidate(
                        kind,
                        one.slug,
                        one.version,
                        texts_by_field(one.texts).get("title", {}),
                        [code for code in obstacles if code != "venue-unpublished"],
                        roles.may(person, review.publishing(one), roles.venue_of(one)),
                    )
                )
    return found


async def _assets(session: AsyncSession, records: Sequence[Any]) -> list[Asset]:
    """What was made of the records' uploads, so that the session knows them as long as they are held here."""
    column, _ = publication.ASSETS.get(type(records[0]), ("", "")) if records else ("", "")
    numbers = {number for one in records if column and (number := getattr(one, column))}
    return list(await session.scalars(select(Asset).where(Asset.id.in_(numbers)))) if numbers else []


async def publish_all(
    session: AsyncSession,
    records: Collection[Named],
    person: Person | None = None,
    versions: dict[Named, int] | None = None,
) -> int:
    """Show these records to visitors, all or none; how many were not shown before. With `person` she must be allowed to, with
    `versions` they must be what they were then. Raises NotFound, NotAllowed, Overtaken, and Refused with all that stands in the way."""
    obstacles: list[str] = []
    count = 0
    for kind, slug in await _in_order(session, records):
        record = await snapshot_rows.load(session, kind, slug, change=True)
        if record is None:
            raise NotFound(f"no-such-{kind}")
        if person is not None:
            roles.demand(person, review.publishing(record), roles.venue_of(record))
        if versions is not None and record.version != versions.get((kind, slug)):
            raise Overtaken
        try:
            if record.state != "published":
                await publication.publish(session, record)
                await session.flush()
                count += 1
        except Refused as refused:
            found: Any = refused.values.get("obstacles", ())
            obstacles += [code for code in found if code not in obstacles]
    if obstacles:
        raise Refused("not-publishable", obstacles=obstacles)
    return count


async def _in_order(session: AsyncSession, records: Collection[Named]) -> list[Named]:
    """The records, those first that others need; scenes in the order of their hall, since the first of them becomes its entrance."""
    slugs = [slug for kind, slug in records if kind == "scene"]
    places: dict[str, int] = {}
    for start in range(0, len(slugs), belongings.TOGETHER):
        some = select(Scene.slug, Scene.position).where(Scene.slug.in_(slugs[start : start + belongings.TOGETHER]))
        places |= dict((await session.execute(some)).all())
    rank = {kind: number for number, kind in enumerate(ORDER)}
    return sorted(set(records), key=lambda one: (rank.get(one[0], len(ORDER)), places.get(one[1], 0), one[1]))


def named(record: Any) -> Named:
    """Kind and slug of a record."""
    return KINDS[type(record)], record.slug
