"""Search by title over everything that visitors may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.collection.cards import (
    Card,
    artifact_card,
    artifact_options,
    exhibition_card,
    exhibition_options,
    image_card,
    image_options,
    picture_of,
)
from museum.collection.models import (
    Activity,
    ActivityText,
    Artifact,
    ArtifactText,
    Exhibition,
    ExhibitionText,
    Image,
    ImageText,
)
from museum.collection.pages_query import Listing
from museum.curation.visibility import PUBLISHED, image_is_visible, place_is_visible, scene_is_visible
from museum.database.grams import ids_holding
from museum.database.texts import fold, texts_by_field
from museum.guiding.models import GuidedTour, GuidedTourText
from museum.guiding.query import list_tours, tour_is_visible
from museum.scenes.models import Place, PlaceText, Scene, SceneText, Venue, VenueText
from museum.scenes.pages_query import list_places, list_venues, scene_card, visible_scenes

LONGEST_WORDS = 8


@dataclass(frozen=True)
class Searched:
    """A kind of record that search looks through."""

    record: Any
    text: Any
    visible: ColumnElement[bool]


def _searched() -> dict[str, Searched]:
    return {
        "venue": Searched(Venue, VenueText, Venue.state == PUBLISHED),
        "exhibition": Searched(Exhibition, ExhibitionText, Exhibition.state == PUBLISHED),
        "tour": Searched(GuidedTour, GuidedTourText, tour_is_visible()),
        "activity": Searched(Activity, ActivityText, Activity.state == PUBLISHED),
        "place": Searched(Place, PlaceText, place_is_visible()),
        "scene": Searched(Scene, SceneText, scene_is_visible()),
        "artifact": Searched(Artifact, ArtifactText, Artifact.state == PUBLISHED),
        # Photographs of artifacts are found through their artifact.
        "image": Searched(Image, ImageText, image_is_visible() & Image.artifact_id.is_(None)),
    }


KINDS = tuple(_searched())
"""Kinds of records in the order in which equally good results come."""


async def search_titles(session: AsyncSession, query: str, kind: str | None, offset: int, limit: int) -> Listing:
    """Records whose title, in one language, holds every word of `query`; of one kind where it is given.

    Titles that are the query come first, then those that begin with it. Simplified and Traditional count as the same.
    `counts` are all results by kind.
    """
    words = fold(query).split()[:LONGEST_WORDS]
    if not words:
        return Listing([], 0)
    found = union_all(*(_matches(session, name, searched, words) for name, searched in _searched().items())).subquery()
    counted = await session.execute(select(found.c.kind, func.count()).group_by(found.c.kind))
    numbers = dict(counted.all())
    counts = {name: numbers[name] for name in KINDS if name in numbers}
    chosen = select(found.c.kind, found.c.id)
    if kind in KINDS:
        chosen = chosen.where(found.c.kind == kind)
    order = case({name: index for index, name in enumerate(KINDS)}, value=found.c.kind)
    chosen = chosen.order_by(found.c.rank, order, found.c.id).offset(offset).limit(limit)
    rows = (await session.execute(chosen)).all()
    total = counts.get(kind, 0) if kind in KINDS else sum(counts.values())
    return Listing(await _cards(session, rows), total, counts)


def _matches(session: AsyncSession, kind: str, searched: Searched, words: Sequence[str]) -> Select[str, Any, Any]:
    """Rows (kind, id, rank) of one kind; rank 0 is the very title, 1 begins with the query, 2 holds it."""
    record, text = searched.record, searched.text
    whole = " ".join(words)
    rank = case((text.folded == whole, 0), (text.folded.startswith(whole, autoescape=True), 1), else_=2)
    conditions = [text.folded.contains(word, autoescape=True) for word in words]
    candidates = ids_holding(session, record, words)
    if candidates is not None:
        conditions.append(text.record_id.in_(candidates))
    return (
        select(literal(kind).label("kind"), record.id.label("id"), func.min(rank).label("rank"))
        .join(text, text.record_id == record.id)
        .where(text.field == "title", *conditions, searched.visible)
        .group_by(record.id)
    )


async def _cards(session: AsyncSession, rows: Sequence[tuple[str, int]]) -> list[Card]:
    """Cards of (kind, id) in the order given."""
    wanted: dict[str, list[int]] = {}
    for kind, number in rows:
        wanted.setdefault(kind, []).append(number)
    found: dict[tuple[str, int], Card] = {}
    for kind, numbers in wanted.items():
        for number, card in (await _load(session, kind, numbers)).items():
            found[kind, number] = card
    return [found[row] for row in rows if row in found]


async def _load(session: AsyncSession, kind: str, ids: list[int]) -> dict[int, Card]:
    if kind == "artifact":
        artifacts = select(Artifact).where(Artifact.id.in_(ids)).options(*artifact_options())
        return {one.id: artifact_card(one) for one in await session.scalars(artifacts)}
    if kind == "image":
        images = select(Image).where(Image.id.in_(ids)).options(*image_options())
        return {one.id: image_card(one) for one in await session.scalars(images)}
    if kind == "exhibition":
        exhibitions = select(Exhibition).where(Exhibition.id.in_(ids)).options(*exhibition_options())
        return {one.id: exhibition_card(one) for one in await session.scalars(exhibitions)}
    if kind == "activity":
        activities = select(Activity).where(Activity.id.in_(ids))
        activities = activities.options(
            selectinload(Activity.texts), selectinload(Activity.cover).options(*image_options())
        )
        return {one.id: _activity_card(one) for one in await session.scalars(activities)}
    if kind == "scene":
        scenes = await session.scalars(visible_scenes().where(Scene.id.in_(ids)))
        return {one.id: _scene_as_card(one) for one in scenes}
    if kind == "place":
        slugs = dict((await session.execute(select(Place.slug, Place.id).where(Place.id.in_(ids)))).all())
        return {slugs[card.slug]: card for card in await list_places(session, Place.id.in_(ids))}
    if kind == "tour":
        slugs = dict(
            (await session.execute(select(GuidedTour.slug, GuidedTour.id).where(GuidedTour.id.in_(ids)))).all()
        )
        return {slugs[card.slug]: card for card in await list_tours(session, GuidedTour.id.in_(ids))}
    slugs = dict((await session.execute(select(Venue.slug, Venue.id).where(Venue.id.in_(ids)))).all())
    return {slugs[card.slug]: card for card in await list_venues(session) if card.slug in slugs}


def _activity_card(activity: Activity) -> Card:
    texts = texts_by_field(activity.texts)
    return Card(
        "activity", activity.slug, texts.get("title", {}), texts.get("description", {}), picture_of(activity.cover)
    )


def _scene_as_card(scene: Scene) -> Card:
    card = scene_card(scene)
    return Card("scene", card.slug, card.title, card.venue_title, card.picture)
