"""What the visitors' pages show of places. Everything here is published; the rest counts as absent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.collection.cards import Card, Texts
from museum.curation.visibility import place_is_visible, scene_is_visible
from museum.database.texts import texts_by_field
from museum.scenes.cards import SceneCard, scene_card, scenes_by_id, visible_scenes
from museum.scenes.models import Place, Scene, Venue


@dataclass(frozen=True)
class PlacePage:
    """A place with its moments, the earliest first."""

    slug: str
    title: Texts
    description: Texts
    venue: Card
    moments: list[SceneCard]


def place_is_listed() -> ColumnElement[bool]:
    """Whether a visible place has a moment that visitors may see."""
    moments = select(1).select_from(Scene).where(Scene.place_id == Place.id, scene_is_visible())
    return and_(place_is_visible(), exists(moments.correlate_except(Scene)))


async def list_places(
    session: AsyncSession, *conditions: ColumnElement[bool], offset: int = 0, limit: int | None = None
) -> list[Card]:
    """Published places with their earliest moment's picture and the number of their moments; those without any are left out."""
    places = (
        await session.scalars(
            select(Place)
            .join(Venue, Place.venue_id == Venue.id)
            .where(place_is_listed(), *conditions)
            .order_by(Venue.position, Place.id)
            .offset(offset)
            .limit(limit)
            .options(selectinload(Place.texts))
        )
    ).all()
    named = select(Scene.place_id, Scene.id, Scene.year).where(Scene.place_id.in_([place.id for place in places]))
    rows = (await session.execute(named.order_by(Scene.year, Scene.id))).all()
    # In a second statement: in one SQLite may begin with all scenes that are published.
    seen = select(Scene.id).where(Scene.id.in_([row[1] for row in rows]), scene_is_visible())
    shown_ids = set(await session.scalars(seen))
    moments: dict[int, list[tuple[int, int | None]]] = {}
    for number, scene, year in rows:
        if number is not None and scene in shown_ids:
            moments.setdefault(number, []).append((scene, year))
    firsts = await scenes_by_id(session, {shown[0][0] for shown in moments.values()})
    cards: list[Card] = []
    for place in places:
        shown = moments.get(place.id, [])
        # Somebody may have withdrawn it since the statement before.
        first = firsts.get(shown[0][0]) if shown else None
        if first is not None:
            title = texts_by_field(place.texts).get("title", {})
            years = tuple(year for _, year in shown if year is not None)
            cards.append(Card("place", place.slug, title, {}, first.picture, len(shown), years))
    return cards


async def moments_of(session: AsyncSession, place_ids: Collection[int]) -> dict[int, list[SceneCard]]:
    """Open scenes of places by place, the earliest first."""
    found: dict[int, list[SceneCard]] = {}
    if not place_ids:
        return found
    scenes = await session.scalars(visible_scenes().where(Scene.place_id.in_(place_ids)).order_by(Scene.year, Scene.id))
    for scene in scenes:
        if scene.place_id is not None:
            found.setdefault(scene.place_id, []).append(scene_card(scene))
    return found


async def read_place(session: AsyncSession, slug: str) -> PlacePage | None:
    """A published place of a published venue."""
    place = await session.scalar(
        select(Place)
        .join(Venue, Place.venue_id == Venue.id)
        .where(Place.slug == slug, place_is_visible())
        .options(selectinload(Place.texts))
    )
    if place is None:
        return None
    venue = await session.get_one(Venue, place.venue_id, options=[selectinload(Venue.texts)])
    texts = texts_by_field(place.texts)
    return PlacePage(
        slug=place.slug,
        title=texts.get("title", {}),
        description=texts.get("description", {}),
        venue=Card(venue.kind, venue.slug, texts_by_field(venue.texts).get("title", {})),
        moments=(await moments_of(session, [place.id])).get(place.id, []),
    )
