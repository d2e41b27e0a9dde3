"""Guided tours as a curator makes them: the tour, its stops and their order, and what is told and asked at each.

All functions work inside the caller's transaction. A tour and its stops have one version: whoever changes a stop changes the tour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.assets.models import Asset
from museum.collection.models import Image
from museum.curation import drafting, ordering, overview, roles
from museum.curation.errors import NotFound, Refused
from museum.curation.models import Person
from museum.database.base import now
from museum.database.texts import set_texts, tidy
from museum.guiding.models import GuidedTour, TourStop
from museum.languages import LANGUAGES
from museum.scenes.models import Scene, Venue

Texts = Mapping[str, str]
MOST_STOPS = 100
MOST_ANSWERS = 6
STOP_FIELDS = ("title", "body", "narration", "captions", "question", "explanation")


@dataclass(frozen=True)
class View:
    """Where a stop looks, in degrees."""

    yaw: float
    pitch: float
    fov: float


@dataclass(frozen=True)
class AnswerForm:
    """An answer to a stop's question, as the form has it."""

    text: Texts
    right: bool


@dataclass(frozen=True)
class TourRow:
    """A tour in a list."""

    slug: str
    state: str
    title: Texts
    stops: int


async def list_tours(session: AsyncSession) -> list[TourRow]:
    """All tours in their order."""
    stops = select(func.count()).where(TourStop.tour_id == GuidedTour.id).correlate(GuidedTour).scalar_subquery()
    rows = await session.execute(select(GuidedTour.slug, GuidedTour.state, stops))
    known = {slug: (state, count) for slug, state, count in rows}
    return [TourRow(slug, known[slug][0], title, known[slug][1]) for slug, title in await tour_choices(session)]


async def tour_choices(session: AsyncSession) -> list[tuple[str, dict[str, str]]]:
    """Slug and title of every tour, in their order."""
    return await overview.names_of(session, GuidedTour, GuidedTour.position, GuidedTour.id)


async def load_tour(
    session: AsyncSession, slug: str, person: Person | None = None, version: int | None = None
) -> GuidedTour:
    """The tour with its texts and stops, these with their scenes and pictures. With `person` it is locked for a change, which on a
    public tour takes the right to publish. Raises NotFound, NotAllowed, and Overtaken where `version` is no longer the present one."""
    query = select(GuidedTour).where(GuidedTour.slug == slug).options(*_options())
    tour = await session.scalar(query.with_for_update(of=GuidedTour) if person else query)
    if tour is None:
        raise NotFound("no-such-tour")
    roles.admit(tour, person, version)
    return tour


def _options() -> tuple[Any, ...]:
    stops = selectinload(GuidedTour.stops)
    scene = stops.selectinload(TourStop.scene)
    return (
        selectinload(GuidedTour.texts),
        stops.selectinload(TourStop.texts),
        stops.selectinload(TourStop.image).selectinload(Image.texts),
        scene.selectinload(Scene.texts),
        scene.selectinload(Scene.venue).selectinload(Venue.texts),
        scene.selectinload(Scene.panorama).selectinload(Asset.blobs),
    )


async def create_tour(session: AsyncSession, *, texts: Mapping[str, Texts], slug: str = "") -> GuidedTour:
    """A new draft after all other tours."""
    drafting.require_title(texts)
    drafting.check_texts(texts)
    wanted = drafting.wanted_slug(slug, texts) or "tour"
    last = await session.scalar(select(func.max(GuidedTour.position)))
    free = await drafting.free_slug(session, GuidedTour, wanted)
    tour = GuidedTour(slug=free, position=0 if last is None else last + 1, texts=[], stops=[])
    _write_texts(tour, texts)
    session.add(tour)
    await session.flush()
    return tour


def update_tour(tour: GuidedTour, texts: Mapping[str, Texts]) -> None:
    """Save a tour's own texts."""
    drafting.check_texts(texts)
    _write_texts(tour, texts)
    if tour.state == "published" and not any(row.field == "title" for row in tour.texts):
        raise Refused("title-needed", field="title")
    touch(tour)


def _write_texts(record: GuidedTour | TourStop, texts: Mapping[str, Texts]) -> None:
    for field, values in texts.items():
        set_texts(record, field, values)


def touch(tour: GuidedTour) -> None:
    """Note that something of the tour changed: pages made before this are overtaken."""
    tour.version += 1
    tour.updated_at = now()


def find_stop(tour: GuidedTour, number: int) -> TourStop:
    """The tour's stop with this id. Raises NotFound."""
    return ordering.find(tour.stops, number, "no-such-stop")


async def add_stop(
    session: AsyncSession, tour: GuidedTour, *, scene: str, view: View | None = None, texts: Mapping[str, Texts]
) -> TourStop:
    """A new last stop at the scene with this slug; without a view where the scene itself looks first."""
    if len(tour.stops) >= MOST_STOPS:
        raise Refused("stops-many", most=MOST_STOPS)
    drafting.check_texts(texts)
    found = await _scene(session, scene)
    view = view or View(found.initial_yaw, found.initial_pitch, found.initial_fov)
    position = ordering.after(tour.stops)
    stop = TourStop(scene_id=found.id, position=position, choices=[], texts=[])
    _look(stop, view)
    _write_texts(stop, texts)
    tour.stops.append(stop)
    touch(tour)
    await session.flush()
    return stop


async def update_stop(
    session: AsyncSession,
    tour: GuidedTour,
    stop: TourStop,
    *,
    scene: str,
    view: View,
    image: str,
    texts: Mapping[str, Texts],
    answers: list[AnswerForm],
) -> None:
    """Save a stop. `scene` and `image` are slugs, the latter empty for none; answers without words are left out. Raises Refused where
    a question has no right answer, or where a recording is no address."""
    drafting.check_texts(texts)
    for address in texts.get("narration", {}).values():
        _check_address(address.strip())
    picture = None
    if image.strip():
        picture = await session.scalar(select(Image.id).where(Image.slug == image.strip()))
        if picture is None:
            raise NotFound("no-such-image")
    stop.scene_id, stop.image_id = (await _scene(session, scene)).id, picture
    _look(stop, view)
    stop.choices = choices(answers)
    _write_texts(stop, texts)
    touch(tour)


async def _scene(session: AsyncSession, slug: str) -> Scene:
    scene = await session.scalar(select(Scene).where(Scene.slug == slug.strip()))
    if scene is None:
        raise NotFound("no-such-scene")
    return scene


def _look(stop: TourStop, view: View) -> None:
    stop.yaw = drafting.turn(view.yaw)
    stop.pitch = min(max(view.pitch, -90.0), 90.0)
    stop.fov = min(max(view.fov, 5.0), 120.0)


def _check_address(address: str) -> None:
    """A recording lies on this server, or anywhere by https: other addresses no visitor's browser would load."""
    parts = urlsplit(address)
    if (
        address
        and not (parts.scheme == "https" and parts.netloc)
        and not (address.startswith("/") and not parts.netloc)
    ):
        raise Refused("narration-address")


def choices(answers: Sequence[AnswerForm]) -> list[dict[str, Any]]:
    """The answers that have words, as they are kept. Raises Refused where none of them is right."""
    found: list[dict[str, Any]] = []
    for answer in answers:
        text = {tag: tidy(words)[:400] for tag, words in answer.text.items() if tag in LANGUAGES and words.strip()}
        if text:
            found.append({"text": text, "right": answer.right})
    if found and not any(answer["right"] for answer in found):
        raise Refused("answer-right-needed")
    return found


def move_stop(tour: GuidedTour, stop: TourStop, by: int) -> None:
    """Move a stop `by` places back or forth; at the ends it stays."""
    ordering.shift(tour.stops, stop, by)
    touch(tour)


def remove_stop(tour: GuidedTour, stop: TourStop) -> None:
    """Take a stop out of the tour."""
    tour.stops.remove(stop)
    touch(tour)
