"""Opening a hall as one act: what would become visible, said beforehand, and then all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation import (
    beforehand,
    belongings,
    overview,
    publication,
    readiness,
    roles,
    snapshot_rows,
    working,
)
from museum.curation.beforehand import Known
from museum.curation.errors import NotFound, Overtaken, Refused
from museum.curation.models import Person
from museum.curation.readiness import Standing
from museum.curation.snapshots import KINDS, SHAPES
from museum.database.base import HIDDEN
from museum.database.engine import Database
from museum.scenes.models import Venue

Named = tuple[str, str]
"""Kind and slug."""

ORDER = ("venue", "artifact", "image", "model", "exhibition", "place", "scene")
"""Each can be published once those before it are."""
LISTED = 60
"""Of a kind so many are listed one by one."""


@dataclass(frozen=True)
class Candidate:
    """Something that would become visible. `obstacles` stand in the way; `mine` says whether this person may publish it."""

    kind: str
    slug: str
    version: int
    title: dict[str, str]
    obstacles: list[str]
    mine: bool


@dataclass(frozen=True)
class Offer:
    """What of a kind would become visible. `listed` are taken or left one by one, first those about which there is something to decide;
    `rest`, by slug the versions of all others that she can publish, is taken or left as a whole. `kept` more can't be published, or not
    by her."""

    kind: str
    listed: list[Candidate]
    rest: Mapping[str, int]
    kept: int
    blocked: int
    versions: Mapping[int, int]
    """Of all these, by id."""

    @property
    def count(self) -> int:
        """How many records that is."""
        return len(self.listed) + len(self.rest) + self.kept

    @property
    def ready(self) -> set[str]:
        """The slugs of those that she can publish."""
        return {one.slug for one in self.listed if one.mine and not one.obstacles}.union(self.rest)

    @property
    def token(self) -> str:
        """What the form says of the rest: another one as soon as anything of it is another."""
        return hashlib.sha256(repr(sorted(self.rest.items())).encode()).hexdigest()[:32]


async def offers(session: AsyncSession, venue: Venue, person: Person) -> list[Offer]:
    """The venue, its places and scenes and all that is to be opened in them, as far as visitors don't see it yet; by kind, none empty."""
    found: list[Offer] = []
    shows = await session.scalar(_shown_in_hall("exhibition"), {"hall": venue.id}) is not None
    none = () if shows else ("exhibition",)
    for kind in ORDER:
        there = await readiness.standing_by(session, kind, _hidden_in_hall(kind, none), hall=venue.id)
        if there:
            found.append(await _offer(session, kind, there, person))
    return found


@cache
def _shown_in_hall(kind: str) -> Select[int]:
    """A statement for one of a kind that a hall shows. Putting such ones together takes longer than many a hall's answer."""
    record = SHAPES[kind].record
    return select(record.id).where(belongings.is_shown_with(kind, record, "venue", bindparam("hall"))).limit(1)


@cache
def _hidden_in_hall(kind: str, none: tuple[str, ...]) -> Any:
    """A statement for what of a kind belongs to a hall, in which nothing of the kinds `none` does, and is hidden. In a large hall most is
    public: whether they belong to it is asked of the others only."""
    record = SHAPES[kind].record
    belongs = belongings.is_shown_with(kind, record, "venue", bindparam("hall"), none)
    return readiness.statement(kind, record.state.in_(HIDDEN), belongs)


async def _offer(session: AsyncSession, kind: str, there: Sequence[Standing], person: Person) -> Offer:
    allowed = {one: roles.may(person, roles.publishing_of(kind), one) for one in {one.venue_id for one in there}}
    fine = [one for one in there if not _in_the_way(one) and allowed[one.venue_id]]
    ready = {one.id for one in fine}
    others = [one for one in there if one.id not in ready]
    listed = [*others, *fine][:LISTED]
    titles = await overview.titles(session, {(kind, one.slug) for one in listed})
    return Offer(
        kind,
        [
            Candidate(
                kind,
                one.slug,
                one.version,
                titles.get((kind, one.slug), {}),
                _in_the_way(one),
                allowed[one.venue_id],
            )
            for one in listed
        ],
        {one.slug: one.version for one in fine[max(0, LISTED - len(others)) :]},
        len(others[LISTED:]),
        sum(1 for one in others if _in_the_way(one)),
        {one.id: one.version for one in there},
    )


def _in_the_way(one: Standing) -> list[str]:
    """The obstacles but for the hall's being closed, which is what is about to end."""
    return [code for code in one.obstacles if code != "venue-unpublished"]


def chosen(offered: Sequence[Offer], versions: Mapping[Named, int], rests: Mapping[str, str]) -> dict[Named, int]:
    """The versions of all that is to be shown: of `versions`, and of the rests of the kinds whose tokens `rests` are. Raises Overtaken
    where what was chosen is no longer offered, Refused where nothing is chosen."""
    if not versions and not rests:
        raise Refused("nothing-chosen")
    there = {one.kind: one for one in offered}
    found = dict(versions)
    for kind, token in rests.items():
        if kind not in there or there[kind].token != token:
            raise Overtaken
        found |= {(kind, slug): version for slug, version in there[kind].rest.items()}
    known = {(one.kind, slug) for one in offered for slug in (*(each.slug for each in one.listed), *one.rest)}
    if not set(found) <= known:
        raise Overtaken
    return found


@dataclass(frozen=True)
class Opened:
    """What an act has shown: how many records that were hidden before, and which were no longer there, so that it left them out."""

    count: int
    gone: list[Named]


Beforehand = Mapping[str, Known]
"""By kind what was read of records before they are shown."""


async def look(database: Database, records: Collection[Named]) -> Beforehand:
    """Read beforehand what `publish_all` is to show: a large hall is read while others save, and they wait for the writing only."""
    found: dict[str, Known] = {}
    for kind in dict.fromkeys(kind for kind, _ in records):
        async with database.read() as session:
            there = await readiness.standing(session, kind, [slug for other, slug in records if other == kind])
        found[kind] = await beforehand.look(database, kind, [one.id for one in there if one.state != "published"])
    return found


async def demand(session: AsyncSession, records: Collection[Named], person: Person) -> None:
    """Raise NotAllowed unless `person` may show all these records to visitors."""
    for kind in {kind for kind, _ in records}:
        for one in await readiness.standing(session, kind, [slug for other, slug in records if other == kind]):
            roles.demand(person, roles.publishing_of(kind), one.venue_id)


async def publish_all(
    session: AsyncSession,
    records: Collection[Named],
    person: Person | None = None,
    versions: Mapping[Named, int] | None = None,
    known: Beforehand | None = None,
    leave_out: bool = False,
) -> Opened:
    """Show these records to visitors, all or none. With `person` she must be allowed to, with `versions` they must be what they were then;
    `known` is what `look` has read. With `leave_out` nobody is there to be asked, and what is no longer there hinders none of the others.
    Raises NotFound, NotAllowed, Overtaken, and Refused with all that stands in the way."""
    obstacles: dict[str, None] = {}
    gone: list[Named] = []
    count = 0
    rank = {kind: number for number, kind in enumerate(ORDER)}
    for kind in sorted({kind for kind, _ in records}, key=lambda kind: rank.get(kind, len(ORDER))):
        slugs = {slug for one, slug in records if one == kind}
        there = await readiness.standing(session, kind, slugs, change=True)
        gone += [(kind, slug) for slug in sorted(slugs.difference(one.slug for one in there))]
        if gone and not leave_out:
            raise NotFound(f"no-such-{kind}")
        for venue in {one.venue_id for one in there} if person is not None else ():
            roles.demand(person, roles.publishing_of(kind), venue)
        if versions is not None and any(one.version != versions.get((kind, one.slug)) for one in there):
            raise Overtaken
        hidden = [one for one in there if one.state != "published"]
        obstacles |= {code: None for one in hidden for code in one.obstacles}
        if not obstacles:
            await _publish(session, kind, hidden, (known or {}).get(kind))
        count += len(hidden)
    if obstacles:
        raise Refused("not-publishable", obstacles=list(obstacles))
    return Opened(count, gone)


async def _publish(session: AsyncSession, kind: str, hidden: Sequence[Standing], known: Known | None) -> None:
    copies = await working.copies_among(session, kind, [one.slug for one in hidden])
    for slug in sorted(copies):
        await publication.publish(session, await snapshot_rows.load(session, kind, slug, change=True))
        await session.flush()
    await publication.publish_many(session, kind, [one for one in hidden if one.slug not in copies], known)


def named(record: Any) -> Named:
    """Kind and slug of a record."""
    return KINDS[type(record)], record.slug
