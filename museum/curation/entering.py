"""The scene by which visitors enter a venue, as a curator chooses it.

All functions work inside the caller's transaction.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.curation import overview, working
from museum.curation.errors import NotFound, Refused
from museum.scenes.models import Scene, Venue


@dataclass(frozen=True)
class Entrance:
    """The scene that was chosen; as long as it is not `published`, visitors enter by the first one that is. `preview` is the digest of a
    small JPEG."""

    slug: str
    title: dict[str, str]
    state: str
    preview: str | None


async def entrance_of(session: AsyncSession, venue: Venue) -> Entrance | None:
    """What was chosen, by a curator or with the first publication; None where nothing was."""
    query = select(Scene).where(Scene.id == venue.entrance_id).options(selectinload(Scene.texts))
    scene = await session.scalar(query)
    if scene is None:
        return None
    return Entrance(scene.slug, overview.title_of(scene), scene.state, await overview.picture_of(session, scene))


async def enter_by(session: AsyncSession, venue: Venue, slug: str) -> None:
    """Have visitors enter a venue, locked, by the scene with this slug, a draft as soon as it is public. Raises NotFound, and Refused for
    a scene of another venue or a working copy."""
    scene = await session.scalar(select(Scene).where(Scene.slug == slug))
    if scene is None:
        raise NotFound("no-such-scene")
    if scene.venue_id != venue.id:
        raise Refused("entrance-elsewhere")
    if await working.of_copy(session, "scene", slug) is not None:
        raise Refused("entrance-copy")
    if venue.entrance_id != scene.id:
        venue.entrance_id = scene.id
        venue.version += 1
