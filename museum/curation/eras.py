"""Laying the moments of a place over each other, and joining neighbours on the floor plan: what machines propose and curators accept."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.assets.info import PanoramaInfo
from museum.curation import drafting, placing, roles, working
from museum.curation.errors import NotFound, Overtaken, Refused
from museum.curation.models import Person
from museum.scenes.models import Link, Scene, Venue
from museum.scenes.neighbours import Standing, Step, Way, in_order, propose
from museum.scenes.view_source import ViewSource

LISTED = 60
"""Proposed ways that are taken or left one by one: the longest, about which there is most to decide."""
MOST_SCENES = 600
"""Scenes of a hall among which neighbours are looked for."""
AHEAD, BEHIND = 0.0, -180.0
"""Yaws of the links of a step whose scenes stand on no plan: who takes pictures on a walk looks ahead."""


class Placed(NamedTuple):
    """A scene as far as it matters for who its neighbours are."""

    id: int
    slug: str
    north: float
    place_id: int | None
    year: int | None
    floor: str
    plan_x: float | None
    plan_y: float | None


@dataclass(frozen=True)
class Neighbours:
    """What is proposed for a hall. `unplaced` scenes have no place on the plan yet; `steps` join them with what stands before and after
    them in the hall's order."""

    ways: list[Way]
    scenes: dict[str, Placed]
    unplaced: list[Placed]
    steps: list[Step]

    @property
    def listed(self) -> list[Way]:
        """Those that are listed one by one."""
        return self.ways[-LISTED:]

    @property
    def nearer(self) -> list[Way]:
        """The others, all shorter, which are taken or left as a whole."""
        return self.ways[:-LISTED]

    @property
    def token(self) -> str:
        """What the form says of those: another one as soon as others are proposed."""
        return _token(self.nearer)

    @property
    def first_steps(self) -> list[Step]:
        """Those that are listed one by one."""
        return self.steps[:LISTED]

    @property
    def further(self) -> list[Step]:
        """The steps after those, which are taken or left as a whole."""
        return self.steps[LISTED:]

    @property
    def further_token(self) -> str:
        """What the form says of these."""
        return _token(self.further)


def _token(proposed: Sequence[Way] | Sequence[Step]) -> str:
    return hashlib.sha256(repr([(one.first, one.second) for one in proposed]).encode()).hexdigest()[:32]


def view_source(scene: Scene) -> ViewSource:
    """The pyramid of a scene (panorama loaded), draft or not. Raises Refused where it is not ready."""
    asset = scene.panorama
    if asset is None or asset.state != "ready" or asset.digest is None:
        raise Refused("panorama-not-ready")
    info = msgspec.convert(asset.info, PanoramaInfo)
    looked = (scene.initial_yaw, scene.initial_pitch, scene.initial_fov, scene.level_pitch, scene.level_roll)
    return ViewSource(asset.digest, info.levels, info.tile, *looked)


async def moments(session: AsyncSession, scene: Scene) -> list[Scene]:
    """The other moments of the place of `scene` that have a panorama, by year."""
    if scene.place_id is None:
        return []
    query = (
        select(Scene)
        .where(Scene.place_id == scene.place_id, Scene.id != scene.id, Scene.panorama_id.is_not(None))
        .order_by(Scene.year, Scene.id)
        .options(selectinload(Scene.texts), selectinload(Scene.panorama))
    )
    return [other for other in await session.scalars(query) if other.panorama and other.panorama.state == "ready"]


async def lay_over(session: AsyncSession, scene: Scene, north: float, pitch: float, roll: float) -> None:
    """Turn a scene (locked) as a curator has accepted it. Raises Refused beyond what a level may be."""
    await drafting.set_level(session, scene, pitch, roll)
    scene.north = north % 360.0


async def neighbours(session: AsyncSession, venue: Venue) -> Neighbours:
    """The ways that are proposed between the scenes of a hall."""
    columns = (getattr(Scene, name) for name in Placed._fields)
    own = (Scene.venue_id == venue.id, working.is_original(Scene))
    query = select(*columns).where(*own).order_by(Scene.position, Scene.id).limit(MOST_SCENES)
    scenes = [Placed(*row) for row in await session.execute(query)]
    placed = {scene.slug: scene for scene in scenes if scene.plan_x is not None and scene.plan_y is not None}
    unplaced = [scene for scene in scenes if scene.slug not in placed]
    chain = list(_latest_moments({scene.slug: scene for scene in scenes}))
    placed = _latest_moments(placed)
    slugs = {scene.id: scene.slug for scene in scenes}
    links = await session.execute(
        select(Link.source_id, Link.target_id).where(Link.source_id.in_(slugs), Link.target_id.in_(slugs))
    )
    linked = {(slugs[source], slugs[target]) for source, target in links if target is not None}
    floors: dict[str, dict[str, Standing]] = {}
    for slug, scene in placed.items():
        at = (float(scene.plan_x or 0), float(scene.plan_y or 0))
        floors.setdefault(scene.floor, {})[slug] = Standing(at, scene.north)
    # Nobody walks through a ceiling.
    ways = [way for standing in floors.values() for way in propose(standing, linked)]
    ways.sort(key=lambda way: (way.metres, way.first, way.second))
    return Neighbours(ways, placed, unplaced, in_order(chain, linked, placed))


def _latest_moments(scenes: Mapping[str, Placed]) -> dict[str, Placed]:
    """The scenes without the earlier moments of a spot: one walks from today to today, and through time from there."""
    latest: dict[object, Placed] = {}
    for slug, scene in scenes.items():
        spot = (scene.place_id, scene.floor, scene.plan_x, scene.plan_y) if scene.place_id else slug
        found = latest.get(spot)
        if found is None or (scene.year or 0) > (found.year or 0):
            latest[spot] = scene
    return {scene.slug: scene for scene in latest.values()}


async def join(
    session: AsyncSession,
    venue: Venue,
    person: Person,
    wanted: Collection[tuple[str, str]],
    nearer: str = "",
    further: str = "",
) -> int:
    """Make both links of the proposed ways and steps `wanted`, named by their ends, and with the tokens `nearer` and `further` of all that
    aren't listed one by one; how many links. Raises Refused where nothing is left to do, Overtaken where others are proposed by now,
    NotAllowed in a hall, or at a public scene, that she may not change."""
    roles.demand(person, "draft", venue.id)
    found = await neighbours(session, venue)
    if nearer not in ("", found.token) or further not in ("", found.further_token):
        raise Overtaken
    ways = [way for way in found.listed if (way.first, way.second) in wanted]
    ways += found.nearer if nearer else []
    steps = [step for step in found.first_steps if (step.first, step.second) in wanted]
    steps += found.further if further else []
    ends = [(way.first, way.second, way.yaw, way.yaw_back) for way in ways]
    ends += [(step.first, step.second, AHEAD, BEHIND) for step in steps]
    if not ends:
        raise NotFound("no-such-way")
    made = 0
    for first, second, yaw, back in ends:
        for slug, other, seen_at in ((first, second, yaw), (second, first, back)):
            scene = await drafting.load_scene(session, slug, person)
            roles.demand_change(person, scene)
            there = select(Link.id).join(Scene, Scene.id == Link.target_id)
            if await session.scalar(there.where(Link.source_id == scene.id, Scene.slug == other).limit(1)) is None:
                await placing.add_link(session, scene, target=other, yaw=seen_at, pitch=-8.0, back=False)
                made += 1
    return made
