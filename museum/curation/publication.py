"""Publishing and withdrawing: the only ways by which something becomes visible to visitors, or stops being so.

Functions work inside the caller's transaction; visitors see the change with its commit.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models import Asset
from museum.collection.models import Image, Model
from museum.collection.rights import rights_over
from museum.curation.errors import Overtaken, Refused
from museum.curation.snapshots import KINDS
from museum.curation.visibility import forget_with_commit
from museum.database.base import now
from museum.guiding.models import GuidedTour
from museum.scenes.models import Place, Scene, Venue

ASSETS = {Scene: ("panorama_id", "panorama"), Image: ("asset_id", "picture"), Model: ("asset_id", "model")}
"""Records that are nothing without what was made of an upload: its column, and what messages call it."""


async def obstacles_of(session: AsyncSession, record: Any) -> list[str]:
    """Codes of what stands in the way of showing a record (texts loaded, a tour's stops too); empty when it can be published."""
    obstacles: list[str] = []
    if type(record) in ASSETS:
        column, name = ASSETS[type(record)]
        number = getattr(record, column)
        asset = await session.get(Asset, number) if number else None
        if asset is None:
            obstacles.append(f"{name}-missing")
        elif asset.state != "ready":
            obstacles.append(f"{name}-pending" if asset.state == "pending" else f"{name}-failed")
    if not any(text.field == "title" and text.value.strip() for text in record.texts):
        obstacles.append("title-missing")
    if rights_over(getattr(record, "rights_until", None), now().astimezone().date()):
        obstacles.append("rights-over")
    if isinstance(record, GuidedTour) and not record.stops:
        obstacles.append("stops-missing")
    if isinstance(record, (Scene, Place)):
        venue = await session.get_one(Venue, record.venue_id)
        if venue.state != "published":
            obstacles.append("venue-unpublished")
    return obstacles


async def publish(session: AsyncSession, record: Any, version: int | None = None) -> Any:
    """Show a record (texts loaded) to visitors; what they see then, which for a working copy is its original.

    A venue shows with those of its scenes that are published; its first scene becomes its entrance. Raises Overtaken, or Refused with
    the obstacles.
    """
    if version is not None and record.version != version:
        raise Overtaken
    obstacles = await obstacles_of(session, record)
    if obstacles:
        raise Refused("not-publishable", obstacles=obstacles)
    from museum.curation import working  # which restores, which publishes

    copied = await working.of_copy(session, KINDS[type(record)], record.slug)
    if copied is not None:
        return await working.put_onto_original(session, copied, record)
    if record.state != "published":
        record.state, record.published_at = "published", now()
        record.version += 1
    if isinstance(record, Scene):
        venue = await session.get_one(Venue, record.venue_id)
        if venue.entrance_id is None:
            venue.entrance_id = record.id
    return record


async def withdraw(session: AsyncSession, record: Any, version: int | None = None, state: str = "draft") -> None:
    """Take a record from visitors, or from review, into another state. With a venue all its scenes go, which keep their own state; if a
    scene was its venue's entrance, the first scene still shown takes its place."""
    if version is not None and record.version != version:
        raise Overtaken
    if record.state == state:
        return
    if record.state == "published":
        forget_with_commit(session)
    record.state = state
    record.version += 1
    if isinstance(record, Scene):
        await session.flush()
        venue = await session.get_one(Venue, record.venue_id)
        if venue.entrance_id == record.id:
            venue.entrance_id = await session.scalar(
                select(Scene.id)
                .where(Scene.venue_id == record.venue_id, Scene.state == "published", Scene.id != record.id)
                .order_by(Scene.position, Scene.id)
                .limit(1)
            )
