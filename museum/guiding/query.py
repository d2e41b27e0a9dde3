"""What visitors see of guided tours. A tour is visible if it is published and a scene of one of its stops is; the others are left out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, selectinload

from museum.collection.cards import Card, Picture, Texts, image_options, picture_of
from museum.curation.visibility import PUBLISHED, scene_is_visible
from museum.database.texts import pick, texts_by_field
from museum.guiding.models import GuidedTour, TourStop
from museum.guiding.ways import PAUSE, find_way, telling_seconds
from museum.languages import LANGUAGES
from museum.scenes.cards import SceneCard, scenes_by_id
from museum.scenes.models import Link, Scene, Venue


@dataclass(frozen=True)
class Answer:
    """One of the answers to a stop's question."""

    text: Texts
    right: bool


@dataclass(frozen=True)
class Stop:
    """A stop whose scene is open. `way` are the slugs of the scenes to walk through from the stop before; None where one doesn't walk.

    `narration` are addresses of recordings and `captions` their WebVTT, by language.
    """

    scene: SceneCard
    yaw: float
    pitch: float
    fov: float
    title: Texts
    body: Texts
    picture: Picture | None
    narration: Texts
    captions: Texts
    question: Texts
    answers: list[Answer]
    explanation: Texts
    way: list[str] | None


@dataclass(frozen=True)
class TourPage:
    """A guided tour; `seconds` is about how long it takes."""

    slug: str
    title: Texts
    description: Texts
    seconds: int
    stops: list[Stop]


def tour_is_visible() -> ColumnElement[bool]:
    """Whether visitors may take a tour."""
    return and_(GuidedTour.state == PUBLISHED, _stops_at(scene_is_visible()))


def passes(slug: str) -> ColumnElement[bool]:
    """Whether a tour stops at the open scene `slug`."""
    return _stops_at(and_(Scene.slug == slug, scene_is_visible()))


def _stops_at(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    stops = select(1).select_from(TourStop).join(Scene, Scene.id == TourStop.scene_id)
    return exists(stops.where(TourStop.tour_id == GuidedTour.id, condition).correlate_except(TourStop, Scene))


def tour_options() -> tuple[Any, ...]:
    """What `pages_of` needs loaded of a tour."""
    stops = selectinload(GuidedTour.stops)
    return (
        selectinload(GuidedTour.texts),
        stops.selectinload(TourStop.texts),
        stops.selectinload(TourStop.image).options(*image_options()),
    )


async def list_tours(
    session: AsyncSession, *conditions: ColumnElement[bool], offset: int = 0, limit: int | None = None
) -> list[Card]:
    """Tours in their order, `limit` of them from `offset` on: the picture of the first stop's scene, and the number of stops."""
    statement = select(GuidedTour).where(tour_is_visible(), *conditions).order_by(GuidedTour.position, GuidedTour.id)
    statement = statement.offset(offset).limit(limit).options(selectinload(GuidedTour.texts))
    tours = list(await session.scalars(statement))
    stops = select(TourStop.tour_id, TourStop.scene_id).where(TourStop.tour_id.in_([tour.id for tour in tours]))
    passed = (await session.execute(stops.order_by(TourStop.position, TourStop.id))).all()
    shown = set(
        await session.scalars(select(Scene.id).where(Scene.id.in_({row[1] for row in passed}), scene_is_visible()))
    )
    ways: dict[int, list[int]] = {}
    for number, scene in passed:
        if scene in shown:
            ways.setdefault(number, []).append(scene)
    firsts = await scenes_by_id(session, {way[0] for way in ways.values()})
    cards: list[Card] = []
    for tour in tours:
        way, texts = ways.get(tour.id, []), texts_by_field(tour.texts)
        # Somebody may have withdrawn it since the statement before.
        first = firsts.get(way[0]) if way else None
        if first is not None:
            title, description = texts.get("title", {}), texts.get("description", {})
            cards.append(Card("tour", tour.slug, title, description, first.picture, len(way)))
    return cards


async def read_tour(session: AsyncSession, slug: str) -> TourPage | None:
    """A tour with its stops; None where visitors may not take it."""
    statement = select(GuidedTour).where(GuidedTour.slug == slug, tour_is_visible()).options(*tour_options())
    tour = await session.scalar(statement)
    return (await pages_of(session, [tour], ways=True))[0] if tour else None


async def pages_of(session: AsyncSession, tours: Sequence[GuidedTour], *, ways: bool = False) -> list[TourPage]:
    """The pages of loaded tours; with `ways` the stops know how one walks there."""
    scenes = await scenes_by_id(session, {stop.scene_id for tour in tours for stop in tour.stops})
    links = await _links(session, {scene.venue for scene in scenes.values()}) if ways else {}
    found: list[TourPage] = []
    for tour in tours:
        stops: list[Stop] = []
        for stop in tour.stops:
            scene = scenes.get(stop.scene_id)
            if scene is not None:
                way = find_way(links, stops[-1].scene.slug, scene.slug) if stops else None
                stops.append(_stop(stop, scene, way))
        texts = texts_by_field(tour.texts)
        seconds = sum(PAUSE + telling_seconds(pick(stop.body, LANGUAGES[0])) for stop in stops)
        found.append(TourPage(tour.slug, texts.get("title", {}), texts.get("description", {}), round(seconds), stops))
    return found


def _stop(stop: TourStop, scene: SceneCard, way: list[str] | None) -> Stop:
    texts = texts_by_field(stop.texts)
    return Stop(
        scene=scene,
        yaw=stop.yaw,
        pitch=stop.pitch,
        fov=stop.fov,
        title=texts.get("title", {}),
        body=texts.get("body", {}),
        picture=picture_of(stop.image),
        narration=texts.get("narration", {}),
        captions=texts.get("captions", {}),
        question=texts.get("question", {}),
        answers=[Answer(choice["text"], choice["right"]) for choice in stop.choices],
        explanation=texts.get("explanation", {}),
        way=way,
    )


async def _links(session: AsyncSession, venues: Collection[str]) -> dict[str, list[str]]:
    """Slugs of open scenes of the venues, and of those to which one walks from each, through doors to other venues too."""
    source, target = aliased(Scene), aliased(Scene)
    statement = (
        select(source.slug, target.slug)
        .select_from(Link)
        .join(source, source.id == Link.source_id)
        .join(target, target.id == Link.target_id)
        .join(Venue, Venue.id == source.venue_id)
        .where(Venue.slug.in_(venues), Link.kind.in_(("walk", "portal")))
        .where(scene_is_visible(source), scene_is_visible(target))
        .order_by(Link.source_id, Link.position)
    )
    links: dict[str, list[str]] = {}
    for here, there in await session.execute(statement):
        links.setdefault(here, []).append(there)
    return links
