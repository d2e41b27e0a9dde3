"""What the visitors' pages show of one scene, and in which scenes something hangs. Only what is published; the rest counts as absent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.collection.cards import Card, Texts
from museum.curation.visibility import (
    is_shown,
)
from museum.database.texts import texts_by_field
from museum.scenes.cards import SceneCard, scene_card, visible_scenes
from museum.scenes.models import Hotspot, Link, Place, Scene, Venue
from museum.scenes.places_query import moments_of
from museum.scenes.tour_texts import way_title


@dataclass(frozen=True)
class Way:
    """A link as readers meet it: to a scene of this museum, or to the page at `url` of another."""

    kind: str
    title: Texts
    yaw: float
    pitch: float
    scene: SceneCard | None
    url: str | None


@dataclass(frozen=True)
class Spot:
    """A hotspot as readers meet it. The ids name what it opens."""

    kind: str
    title: Texts
    description: Texts
    yaw: float
    pitch: float
    artifact_id: int | None
    image_id: int | None
    model_id: int | None
    exhibition_id: int | None
    url: str | None


@dataclass(frozen=True)
class ScenePage:
    card: SceneCard
    description: Texts
    place: Card | None
    moments: list[SceneCard]
    ways: list[Way]
    spots: list[Spot]


@dataclass(frozen=True)
class Hanging:
    """Where something hangs: a scene, and the direction in it."""

    scene: SceneCard
    yaw: float
    pitch: float


async def read_scene(session: AsyncSession, slug: str) -> ScenePage | None:
    """A scene that visitors may enter, with the ways on that are open and what can be opened in it."""
    scene = await session.scalar(
        visible_scenes()
        .where(Scene.slug == slug)
        .options(
            selectinload(Scene.links).selectinload(Link.texts),
            selectinload(Scene.hotspots).selectinload(Hotspot.texts),
            selectinload(Scene.place).selectinload(Place.texts),
        )
    )
    if scene is None:
        return None
    targets = [link.target_id for link in scene.links if link.target_id is not None]
    neighbours = {
        target.id: scene_card(target) for target in await session.scalars(visible_scenes().where(Scene.id.in_(targets)))
    }
    place = scene.place if scene.place and is_shown(scene.place) else None
    return ScenePage(
        card=scene_card(scene),
        description=texts_by_field(scene.texts).get("description", {}),
        place=Card("place", place.slug, texts_by_field(place.texts).get("title", {})) if place else None,
        moments=(await moments_of(session, [place.id])).get(place.id, []) if place else [],
        ways=[way for link in scene.links if (way := _way(link, scene.venue, neighbours))],
        spots=[_spot(hotspot) for hotspot in scene.hotspots if not hotspot.unplaced],
    )


def _way(link: Link, venue: Venue, neighbours: dict[int, SceneCard]) -> Way | None:
    scene = neighbours.get(link.target_id) if link.target_id is not None else None
    if scene is None and link.target_url is None:
        return None
    title = texts_by_field(link.texts).get("title", {})
    if scene is not None:
        title = way_title(link.kind, title, scene.title, scene.venue_title, scene.venue == venue.slug)
    return Way(link.kind, title, link.yaw, link.pitch, scene, link.target_url)


def _spot(hotspot: Hotspot) -> Spot:
    texts = texts_by_field(hotspot.texts)
    return Spot(
        kind=hotspot.kind,
        title=texts.get("title", {}),
        description=texts.get("description", {}),
        yaw=hotspot.yaw,
        pitch=hotspot.pitch,
        artifact_id=hotspot.artifact_id,
        image_id=hotspot.image_id,
        model_id=hotspot.model_id,
        exhibition_id=hotspot.exhibition_id,
        url=hotspot.url,
    )


async def find_hangings(
    session: AsyncSession, *, artifact_id: int | None = None, image_ids: Collection[int] = (), limit: int = 6
) -> list[Hanging]:
    """Open scenes with a hotspot on the artifact or on one of the images, each once, and where in the scene the first of them is."""
    wanted: list[ColumnElement[bool]] = [Hotspot.image_id.in_(image_ids)]
    if artifact_id is not None:
        wanted.append(Hotspot.artifact_id == artifact_id)
    turn = func.row_number().over(partition_by=Hotspot.scene_id, order_by=(Hotspot.position, Hotspot.id)).label("turn")
    hung = select(Hotspot.scene_id, Hotspot.yaw, Hotspot.pitch, turn).where(or_(*wanted), Hotspot.unplaced.is_(False))
    first = hung.subquery()
    statement = (
        visible_scenes()
        .join(first, first.c.scene_id == Scene.id)
        .where(first.c.turn == 1)
        .add_columns(first.c.yaw, first.c.pitch)
        .order_by(Scene.id)
        .limit(limit)
    )
    return [Hanging(scene_card(scene), yaw, pitch) for scene, yaw, pitch in await session.execute(statement)]
