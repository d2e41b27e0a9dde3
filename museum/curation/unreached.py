"""Scenes that visitors would see if a hall opened, and to which no way leads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, String, and_, bindparam, cast, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from museum.assets.models import Asset
from museum.collection.models import Activity, ActivityStep
from museum.curation import belongings, overview
from museum.curation.models import WorkingCopy
from museum.curation.visibility import scene_is_visible
from museum.guiding.models import GuidedTour, TourStop
from museum.scenes.models import Link, Place, Scene, Venue
from museum.scenes.report import follow

NAMED = 5
"""Of so many scenes the titles are read."""


@dataclass(frozen=True)
class Unreached:
    """Scenes to which no way would lead: `first` are slug and title of the first few in the hall's order, `count` is how many all are."""

    count: int
    first: list[tuple[str, dict[str, str]]]

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.count - len(self.first)


def unreached(
    shown: Sequence[int], incoming: Mapping[int, Iterable[int]], doors: Collection[int], entrance: int | None
) -> list[int]:
    """Those of the scenes `shown`, in the hall's order, to which no way leads from its `entrance`, which is the first where that is not
    shown, nor from `doors`, by which visitors come in too. `incoming` are by scene those with a link to it."""
    inside = set(shown)
    if not inside:
        return []
    ways: dict[int, list[int]] = {}
    for target, sources in incoming.items():
        for source in sources:
            ways.setdefault(source, []).append(target)
    found = follow({entrance if entrance in inside else shown[0], *doors}, ways, inside)
    return [number for number in shown if number not in found]


async def after_opening(session: AsyncSession, venue: Venue, opened: Mapping[str, Collection[str]]) -> Unreached:
    """What no way would lead to if of the hall's records those `opened` (slugs by kind) opened beside what is public."""
    connection, hall = await session.connection(), {"hall": venue.id}
    scenes, places = opened.get("scene", ()), opened.get("place", ())
    # What was changed in a copy is the original's then.
    stands_for = {copy: number for copy, slug, number in await connection.execute(_copies(), hall) if slug in scenes}
    rows = (await connection.execute(_scenes(), hall)).all()
    shown = [one for one in rows if one.ready and (one.state == "published" or one.slug in scenes)]
    shown = [one for one in shown if one.id not in stands_for]
    doors = {one.id for one in shown if one.told or one.place_shown or one.place in places}
    incoming: dict[int, set[int]] = {}
    for target, sources in await connection.execute(_incoming(), hall):
        there = (int(number) for number in sources.split(","))
        incoming.setdefault(stands_for.get(target, target), set()).update(stands_for.get(one, one) for one in there)
    numbers = [one.id for one in shown]
    left = set(unreached(numbers, incoming, doors, venue.entrance_id))
    # Most are reached from within: of the others alone it is asked what leads to them from elsewhere.
    outside = {source for number in left for source in incoming.get(number, ())}.difference(one.id for one in rows)
    if seen := await _seen(session, outside):
        doors |= {number for number in left if not seen.isdisjoint(incoming.get(number, ()))}
        left = set(unreached(numbers, incoming, doors, venue.entrance_id))
    slugs = [one.slug for one in shown if one.id in left]
    titles = await overview.titles(session, {("scene", slug) for slug in slugs[:NAMED]})
    return Unreached(len(slugs), [(slug, titles.get(("scene", slug), {})) for slug in slugs[:NAMED]])


@cache
def _scenes() -> Select[*tuple[Any, ...]]:
    """The scenes of a hall in its order; `told` are those to which a public guided tour or activity leads."""
    ready = exists(select(1).where(Asset.id == Scene.panorama_id, Asset.state == "ready").correlate(Scene))
    stops = select(TourStop.scene_id).join(GuidedTour, GuidedTour.id == TourStop.tour_id)
    steps = select(ActivityStep.scene_id).join(Activity, Activity.id == ActivityStep.activity_id)
    told = or_(
        Scene.id.in_(stops.where(GuidedTour.state == "published")),
        Scene.id.in_(steps.where(Activity.state == "published", ActivityStep.scene_id.is_not(None))),
    )
    open_place = and_(Place.state == "published", or_(Place.venue_id == Scene.venue_id, _is_open(Place.venue_id)))
    return (
        select(
            Scene.id,
            Scene.slug,
            Scene.state,
            ready.label("ready"),
            told.label("told"),
            Place.slug.label("place"),
            open_place.label("place_shown"),
        )
        .outerjoin(Place, Place.id == Scene.place_id)
        .where(Scene.venue_id == bindparam("hall"))
        .order_by(Scene.position, Scene.id)
    )


def _is_open(venue_id: Any) -> Any:
    hall = aliased(Venue)
    return exists(select(1).where(hall.id == venue_id, hall.state == "published"))


@cache
def _incoming() -> Select[*tuple[Any, ...]]:
    """By scene of a hall the numbers, with commas, of the scenes with a link to it. As one text they are read several times as fast as in
    rows of their own."""
    sources = func.aggregate_strings(cast(Link.source_id, String), ",")
    query = select(Link.target_id, sources).join(Scene, Scene.id == Link.target_id)
    return query.where(Scene.venue_id == bindparam("hall")).group_by(Link.target_id)


async def _seen(session: AsyncSession, scenes: Collection[int]) -> set[int]:
    """Those of the scenes that visitors see."""
    found: set[int] = set()
    for some in belongings.parts(scenes):
        found.update(await session.scalars(select(Scene.id).where(Scene.id.in_(some), scene_is_visible())))
    return found


@cache
def _copies() -> Select[*tuple[Any, ...]]:
    """The working copies in a hall, and the numbers of what they are copies of."""
    copy, original = aliased(Scene), aliased(Scene)
    return (
        select(copy.id, copy.slug, original.id)
        .join(WorkingCopy, and_(WorkingCopy.kind == "scene", WorkingCopy.copy_slug == copy.slug))
        .join(original, original.slug == WorkingCopy.slug)
        .where(copy.venue_id == bindparam("hall"))
    )
