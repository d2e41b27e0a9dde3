"""The wall on which a picture hangs: the pictures of a scene in the order in which a visitor reads them.

The order is the viewer's own: `readingOrder` in `viewer/src/tour/marks.ts`, `wallOrder` in `viewer/src/tour/wall.ts`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection.models import Image
from museum.scenes.cards import SceneCard, scene_card, visible_scenes
from museum.scenes.geometry import wrap
from museum.scenes.models import Hotspot, Scene
from museum.scenes.tour_query import hotspot_statement, image_is_shown

COLUMN = 8
"""Directions within so many degrees are one column."""


class Hung(NamedTuple):
    """The picture `image`, a slug, as the hotspot `id` shows it."""

    id: int
    image: str
    yaw: float
    pitch: float


class Wall(NamedTuple):
    """The pictures before and after one on the walls of `scene`, round the room; slugs of images."""

    scene: SceneCard
    before: str
    after: str


def wall_order(hung: Iterable[Hung], initial_yaw: float) -> list[Hung]:
    """Pictures from left to right, beginning behind the left shoulder of the first view, each column from the top."""

    def column(one: Hung) -> int:
        return math.floor(wrap(one.yaw - initial_yaw) / COLUMN + 0.5)

    return sorted(hung, key=lambda one: (column(one), -one.pitch, one.id))


def beside(order: list[Hung], image: str) -> tuple[str, str] | None:
    """The images before and after `image`, round the room; None where it hangs alone, or not at all."""
    images = list(dict.fromkeys(one.image for one in order))
    if image not in images or len(images) < 2:
        return None
    place = images.index(image)
    return images[place - 1], images[(place + 1) % len(images)]


async def find_wall(session: AsyncSession, image_id: int, image: str, scene: str | None) -> Wall | None:
    """Where the image hangs among others: in `scene` where it does so there, else in the first scene that is open."""
    of_artifact = Hotspot.artifact_id == select(Image.artifact_id).where(Image.id == image_id).scalar_subquery()
    showing = select(Hotspot.scene_id).where(
        or_(Hotspot.image_id == image_id, of_artifact), Hotspot.unplaced.is_(False)
    )
    statement = visible_scenes().where(Scene.id.in_(showing)).order_by(Scene.slug != (scene or ""), Scene.id).limit(1)
    found = await session.scalar(statement)
    if found is None:
        return None
    rows = (await session.execute(hotspot_statement(), {"scene": found.id})).all()
    hung = [
        Hung(row.id, row.image_slug, row.yaw, row.pitch)
        for row in rows
        if row.kind in ("image", "artifact") and row.image_slug is not None and image_is_shown(row)
    ]
    neighbours = beside(wall_order(hung, found.initial_yaw), image)
    return None if neighbours is None else Wall(scene_card(found), *neighbours)
