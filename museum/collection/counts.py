"""How much of everything there is for visitors to see."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, ScalarSelect, func, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models import ASSET_STATES, Asset
from museum.collection.models import Activity, Artifact, Exhibition, Image, Model
from museum.curation.visibility import PUBLISHED, READY, model_is_visible, place_is_visible
from museum.database.base import HIDDEN
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
    statement = select(
        _count(Venue, Venue.kind == "hall", Venue.state == PUBLISHED),
        _open_scenes("hall"),
        _open_images(),
        _count(Artifact, Artifact.state == PUBLISHED),
        _count(Exhibition, Exhibition.state == PUBLISHED),
        _count(Model, model_is_visible()),
        _count(Activity, Activity.state == PUBLISHED),
        _count(Place, place_is_visible()),
        _count(Venue, Venue.kind == "site", Venue.state == PUBLISHED),
        _open_scenes("site"),
        _count(GuidedTour, tour_is_visible()),
    )
    return MuseumCounts(*(await session.execute(statement)).one())


def _count(record: Any, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(record).where(*conditions).scalar_subquery()


# Of hundreds of thousands the published are counted by an index, and the few taken off that something else hides: nobody looks at each
# one's asset and artifact.


def _unready(column: Any) -> ColumnElement[bool]:
    return column.in_(select(Asset.id).where(Asset.state.in_([state for state in ASSET_STATES if state != READY])))


def _open_scenes(kind: str) -> ColumnElement[int]:
    venues = select(Venue.id).where(Venue.kind == kind, Venue.state == PUBLISHED)
    public = (Scene.state == PUBLISHED, Scene.venue_id.in_(venues))
    hidden = union(
        select(Scene.id).where(_unready(Scene.panorama_id)), select(Scene.id).where(Scene.panorama_id.is_(None))
    )
    return _count(Scene, *public) - _count(Scene, *public, Scene.id.in_(hidden))


def _open_images() -> ColumnElement[int]:
    unseen = select(Artifact.id).where(Artifact.state.in_(HIDDEN))
    hidden = union(
        select(Image.id).where(_unready(Image.asset_id)),
        select(Image.id).where(Image.asset_id.is_(None)),
        select(Image.id).where(Image.artifact_id.in_(unseen)),
    )
    public = Image.state == PUBLISHED
    return _count(Image, public) - _count(Image, public, Image.id.in_(hidden))
