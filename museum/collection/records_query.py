"""Whole records for programs: one at a time, or a part of a list. Everything here is published; the rest counts as absent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.assets.models import Asset
from museum.collection.cards import artifact_options, exhibition_options, image_options
from museum.collection.models import (
    Activity,
    ActivityStep,
    ActivityText,
    Artifact,
    ArtifactText,
    Exhibition,
    ExhibitionItem,
    ExhibitionSection,
    ExhibitionText,
    Image,
    ImageText,
    Model,
    ModelAnnotation,
)
from museum.collection.readings import readings, renamed
from museum.collection.told import tells, told
from museum.curation.visibility import image_is_visible, is_published, place_is_visible, scene_is_visible
from museum.database.grams import ids_holding, is_told_by
from museum.database.texts import fold
from museum.guiding.models import GuidedTour, GuidedTourText
from museum.guiding.query import passes, tour_is_visible, tour_options
from museum.scenes.models import Place, PlaceText, Scene, SceneText, Venue, VenueText

Condition = Callable[[str], ColumnElement[bool]]


@dataclass(frozen=True)
class Kind:
    """How records of one kind are listed. `options` load what a list shows, `whole` what one record adds."""

    record: Any
    text: Any
    visible: Callable[[], ColumnElement[bool]]
    order: tuple[Any, ...]
    filters: Mapping[str, Condition] = field(default_factory=dict)
    options: Callable[[], tuple[Any, ...]] = tuple
    whole: Callable[[], tuple[Any, ...]] = tuple


def _at_venue(column: Any) -> Condition:
    return lambda slug: exists(select(1).where(Venue.id == column, Venue.slug == slug).correlate_except(Venue))


def _in_kind_of_venue(kind: str) -> ColumnElement[bool]:
    return exists(select(1).where(Venue.id == Scene.venue_id, Venue.kind == kind).correlate_except(Venue))


def _of_artifact(slug: str) -> ColumnElement[bool]:
    return exists(select(1).where(Artifact.id == Image.artifact_id, Artifact.slug == slug).correlate_except(Artifact))


def _at_place(slug: str) -> ColumnElement[bool]:
    return exists(select(1).where(Place.id == Scene.place_id, Place.slug == slug).correlate_except(Place))


def _artifact_whole() -> tuple[Any, ...]:
    models = selectinload(Artifact.models)
    return (
        models.selectinload(Model.texts),
        models.selectinload(Model.asset).selectinload(Asset.blobs),
        models.selectinload(Model.annotations).selectinload(ModelAnnotation.texts),
    )


def _scene_options() -> tuple[Any, ...]:
    return (
        selectinload(Scene.texts),
        selectinload(Scene.venue),
        selectinload(Scene.place),
        selectinload(Scene.panorama).selectinload(Asset.blobs),
    )


def _exhibition_whole() -> tuple[Any, ...]:
    sections = selectinload(Exhibition.sections)
    items = sections.selectinload(ExhibitionSection.items)
    return (
        sections.selectinload(ExhibitionSection.texts),
        items.selectinload(ExhibitionItem.artifact).options(*artifact_options()),
        items.selectinload(ExhibitionItem.image).options(*image_options()),
    )


def _activity_options() -> tuple[Any, ...]:
    return (selectinload(Activity.texts), selectinload(Activity.cover).options(*image_options()))


def _activity_whole() -> tuple[Any, ...]:
    steps = selectinload(Activity.steps)
    return (steps.selectinload(ActivityStep.texts), steps.selectinload(ActivityStep.image).options(*image_options()))


KINDS: dict[str, Kind] = {
    "venues": Kind(
        Venue,
        VenueText,
        lambda: is_published(Venue),
        (Venue.kind, Venue.position, Venue.id),
        {"kind": lambda kind: Venue.kind == kind},
        lambda: (selectinload(Venue.texts), selectinload(Venue.entrance)),
    ),
    "scenes": Kind(
        Scene,
        SceneText,
        scene_is_visible,
        (Scene.id,),
        {"venue": _at_venue(Scene.venue_id), "place": _at_place, "kind": _in_kind_of_venue},
        _scene_options,
    ),
    "artifacts": Kind(
        Artifact,
        ArtifactText,
        lambda: is_published(Artifact),
        (Artifact.id,),
        {"category": lambda category: Artifact.category == category, "grade": lambda grade: Artifact.grade == grade},
        artifact_options,
        _artifact_whole,
    ),
    "images": Kind(
        Image,
        ImageText,
        image_is_visible,
        (Image.id,),
        {"category": lambda category: Image.category == category, "artifact": _of_artifact},
        image_options,
    ),
    "exhibitions": Kind(
        Exhibition,
        ExhibitionText,
        lambda: is_published(Exhibition),
        (Exhibition.position, Exhibition.id),
        options=exhibition_options,
        whole=_exhibition_whole,
    ),
    "activities": Kind(
        Activity,
        ActivityText,
        lambda: is_published(Activity),
        (Activity.position, Activity.id),
        options=_activity_options,
        whole=_activity_whole,
    ),
    "places": Kind(
        Place,
        PlaceText,
        place_is_visible,
        (Place.id,),
        {"venue": _at_venue(Place.venue_id)},
        lambda: (selectinload(Place.texts),),
    ),
    "tours": Kind(
        GuidedTour,
        GuidedTourText,
        tour_is_visible,
        (GuidedTour.position, GuidedTour.id),
        {"scene": passes},
        tour_options,
    ),
}


async def list_records(
    session: AsyncSession, kind: str, filters: Mapping[str, str], query: str, limit: int, offset: int
) -> tuple[list[Any], int]:
    """Loaded records of `kind` in their order, and how many there are in all.

    `filters` are by the names in `KINDS`; `query` keeps records whose title holds each of its words in one language, of
    artifacts and images those that each of its words tells of (see `told`). Where there are none, it is read as the words that it may be
    run together of (see `readings`).
    """
    listed = KINDS[kind]
    conditions = [listed.visible(), *(listed.filters[name](value) for name, value in filters.items())]
    words = fold(query).split()
    if words:
        conditions.append(or_(*(_said_by(session, listed, one) for one in renamed(words))))
    total = await session.scalar(select(func.count()).select_from(listed.record).where(*conditions))
    for reading in () if total else readings(words):
        conditions[-1] = or_(*(_said_by(session, listed, one) for one in renamed(reading)))
        total = await session.scalar(select(func.count()).select_from(listed.record).where(*conditions))
        if total:
            break
    statement = select(listed.record).where(*conditions).order_by(*listed.order).limit(limit).offset(offset)
    return list(await session.scalars(statement.options(*listed.options()))), total or 0


def _said_by(session: AsyncSession, listed: Kind, words: Sequence[str]) -> ColumnElement[bool]:
    """The condition for records that every one of the folded `words` says something of."""
    if tells(listed.record):
        return and_(*told(session, listed.record, words))
    text = listed.text
    conditions: list[ColumnElement[bool]] = []
    candidates = ids_holding(session, listed.record, words)
    if candidates is not None:
        conditions.append(listed.record.id.in_(candidates))
    if candidates is None or not is_told_by(words):
        titled = select(1).where(text.record_id == listed.record.id, text.field == "title")
        titled = titled.where(*(text.folded.contains(word, autoescape=True) for word in words))
        conditions.append(exists(titled.correlate_except(text)))
    return and_(*conditions)


async def get_record(session: AsyncSession, kind: str, slug: str) -> Any:
    """The loaded record of `kind` with all that belongs to it; None where there is none that visitors may see."""
    listed = KINDS[kind]
    statement = select(listed.record).where(listed.record.slug == slug, listed.visible())
    return await session.scalar(statement.options(*listed.options(), *listed.whole()))


async def moments_of(session: AsyncSession, place_ids: list[int]) -> dict[int, list[Scene]]:
    """The visible scenes of places, the earliest first."""
    found: dict[int, list[Scene]] = {}
    if place_ids:
        statement = (
            select(Scene).where(Scene.place_id.in_(place_ids), scene_is_visible()).order_by(Scene.year, Scene.id)
        )
        for scene in await session.scalars(statement.options(selectinload(Scene.texts))):
            assert scene.place_id is not None
            found.setdefault(scene.place_id, []).append(scene)
    return found


async def slugs_of(session: AsyncSession, table: type[Venue], ids: set[int]) -> dict[int, str]:
    """Slugs of venues by id."""
    rows = await session.execute(select(table.id, table.slug).where(table.id.in_(ids)))
    return dict(rows.all())


async def visible_scene_slugs(session: AsyncSession, ids: set[int]) -> dict[int, str]:
    """Slugs by id of those scenes among `ids` that visitors may enter."""
    if not ids:
        return {}
    rows = await session.execute(select(Scene.id, Scene.slug).where(Scene.id.in_(ids), scene_is_visible()))
    return dict(rows.all())


async def count_scenes(session: AsyncSession, venue_ids: list[int]) -> dict[int, int]:
    """How many visible scenes each venue has."""
    rows = await session.execute(
        select(Scene.venue_id, func.count())
        .where(Scene.venue_id.in_(venue_ids), scene_is_visible())
        .group_by(Scene.venue_id)
    )
    return dict(rows.all())
