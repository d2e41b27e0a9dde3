"""How much of everything there is for visitors to see."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection.models import Activity, Artifact, Exhibition, Image, Model
from museum.curation.visibility import image_is_visible, model_is_visible, place_is_visible, scene_is_visible
from museum.guiding.models import GuidedTour
from museum.guiding.query import tour_is_visible
from museum.scenes.models import Place, Scene, Venue


class MuseumCounts(msgspec.Struct, frozen=True, rename="camel"):
    """Numbers of what visitors may see. `venues` and `scenes` are the museum's halls and what is in them; `sites` and `site_scenes` the
    real-world places outside. `images` are all display images, photographs of artifacts among them."""

    venues: int
    scenes: int
    images: int
    artifacts: int
    exhibitions: int
    models: int
    activities: int
    places: int
    sites: int
    site_scenes: int
    tours: int


async def museum_counts(session: AsyncSession) -> MuseumCounts:
    """The counts, in one statement."""

    def count(table: Any, *conditions: Any) -> Any:
        return select(func.count()).select_from(table).where(*conditions).scalar_subquery()

    def scenes(kind: str) -> Any:
        statement: Select[Any] = select(func.count()).select_from(Scene).join(Venue, Venue.id == Scene.venue_id)
        return statement.where(Venue.kind == kind, scene_is_visible()).scalar_subquery()

    row = (
        await session.execute(
            select(
                count(Venue, Venue.kind == "hall", Venue.state == "published"),
                scenes("hall"),
                count(Image, image_is_visible()),
                count(Artifact, Artifact.state == "published"),
                count(Exhibition, Exhibition.state == "published"),
                count(Model, model_is_visible()),
                count(Activity, Activity.state == "published"),
                count(Place, place_is_visible()),
                count(Venue, Venue.kind == "site", Venue.state == "published"),
                scenes("site"),
                count(GuidedTour, tour_is_visible()),
            )
        )
    ).one()
    return MuseumCounts(*row)
