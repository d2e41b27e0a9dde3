"""Publishing and withdrawing: the only ways by which something becomes visible to visitors, or stops being so.

Functions work inside the caller's transaction; visitors see the change with its commit.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models import Asset
from museum.curation.errors import Overtaken, Refused
from museum.curation.visibility import forget_with_commit
from museum.database.base import now
from museum.scenes.models import Scene, Venue


def _has_title(rows: Iterable[Any]) -> bool:
    return any(row.field == "title" and row.value.strip() for row in rows)


async def scene_obstacles(session: AsyncSession, scene: Scene) -> list[str]:
    """Codes of what stands in the way of showing `scene` (texts and venue loaded); empty when it can be published."""
    obstacles: list[str] = []
    asset = await session.get(Asset, scene.panorama_id) if scene.panorama_id else None
    if asset is None:
        obstacles.append("panorama-missing")
    elif asset.state != "ready":
        obstacles.append("panorama-pending" if asset.state == "pending" else "panorama-failed")
    if not _has_title(scene.texts):
        obstacles.append("title-missing")
    if scene.venue.state != "published":
        obstacles.append("venue-unpublished")
    return obstacles


def _check_version(record: Scene | Venue, version: int | None) -> None:
    if version is not None and record.version != version:
        raise Overtaken


async def publish_scene(session: AsyncSession, scene: Scene, version: int | None = None) -> Scene:
    """Show a scene to visitors. The first one of a venue becomes its entrance. Raises Overtaken, or Refused with the obstacles."""
    _check_version(scene, version)
    obstacles = await scene_obstacles(session, scene)
    if obstacles:
        raise Refused("not-publishable", obstacles=obstacles)
    if scene.state != "published":
        scene.state, scene.published_at = "published", now()
        scene.version += 1
    if scene.venue.entrance_id is None:
        scene.venue.entrance_id = scene.id
    return scene


async def unpublish_scene(session: AsyncSession, scene: Scene, version: int | None = None) -> Scene:
    """Withdraw a scene. If it was its venue's entrance, the first scene still shown takes its place."""
    _check_version(scene, version)
    forget_with_commit(session)
    if scene.state == "published":
        scene.state = "draft"
        scene.version += 1
    if scene.venue.entrance_id == scene.id:
        scene.venue.entrance_id = await session.scalar(
            select(Scene.id)
            .where(Scene.venue_id == scene.venue_id, Scene.state == "published", Scene.id != scene.id)
            .order_by(Scene.position, Scene.id)
            .limit(1)
        )
    return scene


async def publish_venue(session: AsyncSession, venue: Venue, version: int | None = None) -> Venue:
    """Show a venue, with those of its scenes that are published. Raises Overtaken, or Refused with the obstacles."""
    _check_version(venue, version)
    if not _has_title(venue.texts):
        raise Refused("not-publishable", obstacles=["title-missing"])
    if venue.state != "published":
        venue.state, venue.published_at = "published", now()
        venue.version += 1
    return venue


async def unpublish_venue(session: AsyncSession, venue: Venue, version: int | None = None) -> Venue:
    """Withdraw a venue, and with it all its scenes, which keep their own state."""
    _check_version(venue, version)
    forget_with_commit(session)
    if venue.state == "published":
        venue.state = "draft"
        venue.version += 1
    return venue
