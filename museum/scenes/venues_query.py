"""What the visitors' pages show of venues. Everything here is published; the rest counts as absent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.assets.models import ASSET_STATES, Asset
from museum.collection.cards import Card, Texts
from museum.curation.visibility import (
    PUBLISHED,
    READY,
    is_granting,
    is_published,
    scene_is_visible,
)
from museum.database.texts import texts_by_field
from museum.scenes.cards import SceneCard, scene_card, visible_scenes
from museum.scenes.models import Floor, Place, Scene, Venue
from museum.scenes.places_query import list_places


@dataclass(frozen=True)
class FloorCard:
    """A floor of a venue, and the picture of its plan where there is one: see `museum.scenes.models.Floor`. `ratio` is its height by its
    width."""

    key: str
    title: Texts
    source: str | None
    ratio: float
    x: float
    y: float
    metres: float
    turned: float


@dataclass(frozen=True)
class VenuePage:
    """A venue with its scenes, all of them or a part, and their `count` in all. `plan` is as in `Venue.plan`; `entrance` is the scene where
    a visit begins; there are no `floors` where nobody has arranged any."""

    slug: str
    kind: str
    title: Texts
    description: Texts
    plan: dict[str, Any] | None
    floors: list[FloorCard]
    entrance: SceneCard | None
    scenes: list[SceneCard]
    count: int
    places: list[Card]


def is_lobby() -> ColumnElement[bool]:
    """Whether a scene is where a visit begins: the entrance of the first venue that has one open, else the first scene that is open of the
    first venue that has any. Halls come before sites."""
    order = ((Venue.kind == "hall").desc(), Venue.position, Venue.id)
    # Venue by venue: all scenes of the museum are many to be sorted for the first.
    open_door = select(1).where(Scene.id == Venue.entrance_id, scene_is_visible()).correlate_except(Scene)
    doors = select(Venue.entrance_id).where(exists(open_door))
    inside = select(1).where(Scene.venue_id == Venue.id, scene_is_visible()).correlate_except(Scene)
    venue = select(Venue.id).where(exists(inside)).order_by(*order).limit(1).scalar_subquery()
    firsts = select(Scene.id).where(Scene.venue_id == venue, scene_is_visible()).order_by(Scene.position, Scene.id)
    door, first = (one.limit(1).correlate(None).scalar_subquery() for one in (doors.order_by(*order), firsts))
    return Scene.id == func.coalesce(door, first)


async def read_lobby(session: AsyncSession) -> SceneCard | None:
    """Where a visit begins."""
    scene = await session.scalar(visible_scenes().where(is_lobby()))
    return scene_card(scene) if scene else None


async def list_venues(session: AsyncSession) -> list[Card]:
    """Published venues that are open, halls before sites, each with the picture of its entrance and how many scenes it has."""
    venues = (
        await session.scalars(
            select(Venue)
            .where(is_published(Venue))
            .order_by(Venue.kind, Venue.position, Venue.id)
            .options(selectinload(Venue.texts))
        )
    ).all()
    counts = await _open_scenes(session)
    pictures = {number: scene_card(scene).picture for number, scene in (await _entrances(session, venues)).items()}
    cards: list[Card] = []
    for venue in venues:
        texts = texts_by_field(venue.texts)
        cards.append(
            Card(
                kind=venue.kind,
                slug=venue.slug,
                title=texts.get("title", {}),
                note=texts.get("description", {}),
                picture=pictures.get(venue.id),
                count=counts.get(venue.id, 0),
            )
        )
    return cards


async def _open_scenes(session: AsyncSession) -> dict[int, int]:
    """How many scenes of each open venue visitors may enter."""
    numbers = select(Scene.venue_id, func.count()).group_by(Scene.venue_id)
    if is_granting():
        open_scenes = visible_scenes().with_only_columns(Scene.id)
        return dict((await session.execute(numbers.where(Scene.id.in_(open_scenes)))).all())
    # All that are published, but for the few whose panorama is being made: their panoramas are not looked at one by one.
    inside = select(func.count()).select_from(Scene).where(Scene.venue_id == Venue.id, Scene.state == PUBLISHED)
    public = select(Venue.id, inside.correlate(Venue).scalar_subquery())
    unready = select(Asset.id).where(Asset.state.in_([state for state in ASSET_STATES if state != READY]))
    counts = dict((await session.execute(public)).all())
    hidden = select(Scene.id).where(Scene.panorama_id.in_(unready))
    for venue, count in await session.execute(numbers.where(Scene.state == PUBLISHED, Scene.id.in_(hidden))):
        counts[venue] -= count
    return counts


async def _entrances(session: AsyncSession, venues: Sequence[Venue]) -> dict[int, Scene]:
    """By venue the scene that one enters by: its entrance where that is open, else the first scene that is."""
    doors = visible_scenes().where(Scene.id.in_([venue.entrance_id for venue in venues if venue.entrance_id]))
    found = {scene.venue_id: scene for scene in await session.scalars(doors.where(Venue.entrance_id == Scene.id))}
    firsts: list[int] = []
    for venue in venues:
        if venue.id not in found:
            inside = select(Scene.id).where(Scene.venue_id == venue.id, scene_is_visible())
            firsts += await session.scalars(inside.order_by(Scene.position, Scene.id).limit(1))
    if firsts:
        found |= {
            scene.venue_id: scene for scene in await session.scalars(visible_scenes().where(Scene.id.in_(firsts)))
        }
    return found


async def read_venue(
    session: AsyncSession, slug: str, *, offset: int = 0, limit: int | None = None
) -> VenuePage | None:
    """A published venue with the places in it that are open and of its open scenes `limit` behind the first `offset`."""
    venue = await session.scalar(
        select(Venue).where(Venue.slug == slug, is_published(Venue)).options(selectinload(Venue.texts))
    )
    if venue is None:
        return None
    texts = texts_by_field(venue.texts)
    inside = visible_scenes().where(Scene.venue_id == venue.id)
    shown = inside.order_by(Scene.position, Scene.id).offset(offset).limit(limit)
    scenes = [scene_card(scene) for scene in await session.scalars(shown)]
    count = offset + len(scenes)
    if limit is not None and (len(scenes) == limit or not scenes):
        numbers = inside.with_only_columns(Scene.id).order_by(None).subquery()
        count = await session.scalar(select(func.count()).select_from(numbers)) or 0
    entrance = (await _entrances(session, [venue])).get(venue.id)
    return VenuePage(
        slug=venue.slug,
        kind=venue.kind,
        title=texts.get("title", {}),
        description=texts.get("description", {}),
        plan=venue.plan,
        floors=await floor_cards(session, venue.id),
        entrance=scene_card(entrance) if entrance else None,
        scenes=scenes,
        count=count,
        places=await list_places(session, Place.venue_id == venue.id),
    )


async def floor_cards(session: AsyncSession, venue_id: int) -> list[FloorCard]:
    """The floors of a venue in their order; none where nobody has arranged any."""
    query = select(Floor).where(Floor.venue_id == venue_id).order_by(Floor.position, Floor.id)
    floors = (await session.scalars(query.options(selectinload(Floor.texts)))).all()
    wanted = {floor.picture_id for floor in floors if floor.picture_id is not None}
    hung = select(Asset).where(Asset.id.in_(wanted), Asset.state == "ready").options(selectinload(Asset.blobs))
    assets = {asset.id: asset for asset in await session.scalars(hung)} if wanted else {}
    return [_floor_card(floor, assets.get(floor.picture_id or 0)) for floor in floors]


def _floor_card(floor: Floor, asset: Asset | None) -> FloorCard:
    preview = next((blob.digest for blob in asset.blobs if blob.role == "preview"), None) if asset else None
    return FloorCard(
        floor.key,
        texts_by_field(floor.texts).get("title", {}),
        f"/files/{preview}.jpg" if preview else None,
        asset.info["height"] / asset.info["width"] if asset and preview else 1.0,
        floor.x,
        floor.y,
        floor.metres,
        floor.turned,
    )
