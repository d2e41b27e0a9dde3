"""Scenes as lists show them. Everything here is published; the rest counts as absent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.collection.cards import Picture, Texts, panorama_picture, shown_asset
from museum.curation.visibility import scene_is_visible
from museum.database.texts import texts_by_field
from museum.scenes.models import MAIN_FLOOR, Scene, Venue


@dataclass(frozen=True)
class Opening:
    """The view that a scene opens with, degrees, and what its panorama shows at once: digest, hash and glimpse, see `PanoramaInfo`."""

    digest: str
    hash: str
    glimpse: str
    yaw: float
    pitch: float
    fov: float
    level_pitch: float
    level_roll: float


@dataclass(frozen=True)
class SceneCard:
    """A scene in a list. `plan` is where it stands on its venue's plan, in metres (x east, y north)."""

    slug: str
    title: Texts
    venue: str
    venue_title: Texts
    picture: Picture | None
    room: str | None = None
    floor: str = MAIN_FLOOR
    plan: tuple[float, float] | None = None
    north: float = 0.0
    year: int | None = None
    kind: str = "scene"
    note: Texts = field(default_factory=dict)
    count: int | None = None
    years: tuple[int, ...] = ()
    opening: Opening | None = None


def visible_scenes() -> Select[Scene]:
    """Scenes that visitors may enter, with what `scene_card` needs."""
    return (
        select(Scene)
        .join(Venue, Scene.venue_id == Venue.id)
        .where(scene_is_visible())
        .options(
            selectinload(Scene.texts),
            selectinload(Scene.venue).selectinload(Venue.texts),
            shown_asset(Scene.panorama),
        )
    )


def scene_card(scene: Scene) -> SceneCard:
    """The card of a loaded scene."""
    title = texts_by_field(scene.texts).get("title", {})
    has_plan = scene.plan_x is not None and scene.plan_y is not None
    return SceneCard(
        slug=scene.slug,
        title=title,
        venue=scene.venue.slug,
        venue_title=texts_by_field(scene.venue.texts).get("title", {}),
        picture=panorama_picture(scene.panorama, title),
        room=scene.room,
        floor=scene.floor,
        plan=(scene.plan_x or 0.0, scene.plan_y or 0.0) if has_plan else None,
        north=scene.north,
        year=scene.year,
        opening=_opening(scene),
    )


def _opening(scene: Scene) -> Opening | None:
    panorama = scene.panorama
    if panorama is None or panorama.digest is None or panorama.state != "ready":
        return None
    return Opening(
        panorama.digest,
        panorama.info["hash"],
        panorama.info.get("glimpse", ""),
        scene.initial_yaw,
        scene.initial_pitch,
        scene.initial_fov,
        scene.level_pitch,
        scene.level_roll,
    )


async def scenes_by_id(session: AsyncSession, ids: Collection[int]) -> dict[int, SceneCard]:
    """Cards of the open scenes among `ids`."""
    if not ids:
        return {}
    return {scene.id: scene_card(scene) for scene in await session.scalars(visible_scenes().where(Scene.id.in_(ids)))}
