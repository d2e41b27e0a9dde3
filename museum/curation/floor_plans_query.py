"""What the page of a venue's floor plans shows: its scenes with a picture of each, the links between them, and the plans' own pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.assets.models import Asset, AssetBlob
from museum.curation import floor_plans, roles, working
from museum.curation.floor_plans import Leaves
from museum.curation.models import Person
from museum.curation.overview import Texts, preview_of, scene_titles
from museum.curation.production import Production, follow
from museum.curation.unmade import FOR_GOOD
from museum.scenes.models import Link, Scene, Venue

MOST_SCENES = 1000
"""Scenes of a venue that its page arranges."""


@dataclass(frozen=True)
class PinnedScene:
    """A scene: where its first view looks, a picture of it, and whether this person may move it."""

    slug: str
    title: Texts
    thumbnail: str | None
    yaw: float
    state: str
    editable: bool


@dataclass(frozen=True)
class Picture:
    """A picture of a plan; `file` is the digest of its JPEG once it is made."""

    id: int
    made: Production
    file: str | None
    width: int
    height: int


@dataclass(frozen=True)
class Arranged:
    """All of a venue's plans. `links` are pairs of scenes' slugs; `more` says that there are more scenes than are shown."""

    leaves: Leaves
    scenes: list[PinnedScene]
    links: list[tuple[str, str]]
    pictures: list[Picture]
    more: bool


async def read(session: AsyncSession, venue: Venue, person: Person) -> Arranged:
    """The plans of a venue (loaded with its floors), as a person may arrange them."""
    leaves: Leaves = {}
    for floor in floor_plans.floors_of(venue):
        leaves |= floor_plans.leaves_of_floor(floor)
    rows = await _scenes(session, venue)
    found = rows[:MOST_SCENES]
    for row in found:
        leaves |= floor_plans.leaves_of_scene(row)
    titles = await scene_titles(session, [row.id for row in found])
    scenes = [
        PinnedScene(
            row.slug,
            titles.get(row.id, {}),
            row.thumbnail,
            row.initial_yaw,
            row.state,
            roles.may_change(person, row),
        )
        for row in found
    ]
    slugs = {row.id: row.slug for row in found}
    links = await _links(session, venue, slugs)
    return Arranged(leaves, scenes, links, await pictures(session, venue), len(rows) > MOST_SCENES)


async def _scenes(session: AsyncSession, venue: Venue) -> list[Any]:
    preview = and_(AssetBlob.asset_id == Scene.panorama_id, AssetBlob.role == "preview")
    columns = (Scene.id, Scene.slug, Scene.venue_id, Scene.state, Scene.floor, Scene.plan_x, Scene.plan_y)
    query = (
        select(*columns, Scene.north, Scene.initial_yaw, AssetBlob.digest.label("thumbnail"))
        .outerjoin(AssetBlob, preview)
        .where(Scene.venue_id == venue.id, working.is_original(Scene))
        .order_by(Scene.position, Scene.id)
        .limit(MOST_SCENES + 1)
    )
    return list(await session.execute(query))


async def _links(session: AsyncSession, venue: Venue, slugs: dict[int, str]) -> list[tuple[str, str]]:
    """The links from one of the scenes `slugs` (by id) of a venue to another."""
    query = select(Link.source_id, Link.target_id).join(Scene, Scene.id == Link.source_id)
    rows = await session.execute(query.where(Scene.venue_id == venue.id, Link.target_id.is_not(None)))
    return sorted({(slugs[source], slugs[target]) for source, target in rows if source in slugs and target in slugs})


async def pictures(session: AsyncSession, venue: Venue) -> list[Picture]:
    """All pictures that the venue's plans have or had, so that taking one back finds it."""
    hung = [floor.picture_id for floor in venue.floors if floor.picture_id is not None]
    query = select(Asset).where(or_(Asset.owner == floor_plans.owner_of(venue), Asset.id.in_(hung)))
    assets = await session.scalars(query.order_by(Asset.id).options(selectinload(Asset.blobs)))
    return [await _picture(session, asset) for asset in assets.all()]


async def _picture(session: AsyncSession, asset: Asset) -> Picture:
    made = await follow(session, asset, replacing=False, for_good=FOR_GOOD)
    return Picture(asset.id, made, preview_of(asset), asset.info.get("width", 0), asset.info.get("height", 0))


async def picture(session: AsyncSession, venue: Venue, number: int) -> Picture | None:
    """One picture of a venue's plans, None where it is none."""
    query = select(Asset).where(Asset.id == number, Asset.owner == floor_plans.owner_of(venue))
    asset = await session.scalar(query.options(selectinload(Asset.blobs)))
    return None if asset is None else await _picture(session, asset)
