"""Search by title over everything that visitors may see, of artifacts also by number, and like images by category and time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, literal, literal_column, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.collection.cards import (
    Card,
    artifact_card,
    artifact_options,
    exhibition_cards,
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
from museum.collection.readings import readings, renamed
from museum.collection.told import told_by
from museum.curation.visibility import PUBLISHED, image_is_visible, place_is_visible, scene_is_visible
from museum.database.grams import ids_holding, newest_holding
from museum.database.texts import begins_with, fold, texts_by_field
from museum.guiding.models import GuidedTour, GuidedTourText
from museum.guiding.query import list_tours, tour_is_visible
from museum.scenes.cards import scene_card, visible_scenes
from museum.scenes.models import Place, PlaceText, Scene, SceneText, Venue, VenueText
from museum.scenes.places_query import list_places
from museum.scenes.venues_query import list_venues

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


LITTLE = 12
"""Where fewer are found, a query is also read as the words that it may be run together of."""
WHOLE_RANKS = 4
"""What is found by the query as it stands has ranks below this."""
MOST = 1000
"""Of a kind so many are found: nobody goes through more, and to know how many more there are would take seconds in a large museum."""


async def search_titles(session: AsyncSession, query: str, kind: str | None, offset: int, limit: int) -> Listing:
    """Records whose title, in one language, holds every word of `query`, or that every word tells of otherwise (see `told`); of one kind
    where it is given.

    Titles that are the query come first, then those that begin with it, then those that hold it. Simplified and Traditional count as the
    same.
    Where that is little, what the query may mean besides follows (see `readings`).
    `counts` are all results by kind; where they are MOST there may be more.
    """
    words = fold(query).split()[:LONGEST_WORDS]
    if not words:
        return Listing([], 0)
    order = {name: index for index, name in enumerate(KINDS)}
    best = await _ranked(session, renamed(words))
    if len(best) < LITTLE:
        await _read_otherwise(session, words, best)
    rows = sorted((rank, order[name], number) for (name, number), rank in best.items())
    counts = {name: sum(1 for _, index, _ in rows if index == order[name]) for name in KINDS}
    chosen = [(KINDS[index], number) for _, index, number in rows if kind not in KINDS or KINDS[index] == kind]
    there = {name: count for name, count in counts.items() if count}
    return Listing(await _cards(session, chosen[offset : offset + limit]), len(chosen), there)


async def _ranked(session: AsyncSession, queries: Sequence[Sequence[str]]) -> dict[tuple[str, int], int]:
    """Kinds and ids of what any of `queries`, each of folded words, finds, with the best rank."""
    kinds = _searched().items()
    found = union_all(
        *[await _matches(session, name, searched, words) for words in queries for name, searched in kinds]
    )
    best: dict[tuple[str, int], int] = {}
    for name, number, rank in await session.execute(found):
        best[name, number] = min(rank, best.get((name, number), rank))
    return best


async def _read_otherwise(session: AsyncSession, words: Sequence[str], best: dict[tuple[str, int], int]) -> None:
    """Adds to `best` what the first other reading of `words` that finds anything new finds, behind all else."""
    for reading in readings(words):
        found = await _ranked(session, renamed(reading))
        if new := found.keys() - best.keys():
            best.update((one, found[one] + WHOLE_RANKS) for one in new)
            return


async def _matches(session: AsyncSession, kind: str, searched: Searched, words: Sequence[str]) -> Select[str, int, int]:
    """Rows (kind, id, rank) of one kind, MOST at most, the best; rank 0 is the very title, 1 begins with the query, or the number
    holds it, 2 the title holds it, 3 is told of."""
    record, text = searched.record, searched.text
    whole = " ".join(words)
    # As a literal, so that the index of titles is found.
    titles = select(text.record_id.label("id")).distinct().where(text.field == literal_column("'title'"))
    titles = titles.where(exists(select(1).where(record.id == text.record_id, searched.visible).correlate(text)))
    # Each way ends as soon as it has found enough.
    ways = [
        (0, titles.where(text.folded == whole)),
        (1, titles.where(*begins_with(session, text.folded, whole))),
        (2, await _holding(session, searched, words)),
        *((3, way) for way in told_by(session, record, words, searched.visible)),
        *((1, way) for way in _numbered(session, searched, whole)),
    ]
    ranked = [
        select(one.c.id, literal(rank).label("rank"))
        for rank, one in ((rank, way.limit(MOST).subquery()) for rank, way in ways)
    ]
    found = union_all(*ranked).subquery()
    best = func.min(found.c.rank).label("rank")
    some = select(found.c.id, best).group_by(found.c.id).order_by(best, found.c.id).limit(MOST).subquery()
    return select(literal(kind).label("kind"), some.c.id, some.c.rank)


def _numbered(session: AsyncSession, searched: Searched, whole: str) -> list[Select[int]]:
    """Ids of those whose accession number holds the query; asked for where there is a digit in it."""
    record = searched.record
    if not hasattr(record, "accession_number") or not any(letter.isdigit() for letter in whole):
        return []
    number = func.lower(record.accession_number).contains(whole, autoescape=True)
    candidates = ids_holding(session, record, [whole], names=True)
    return [select(record.id).where(record.id.in_(candidates), number, searched.visible)]


async def _holding(session: AsyncSession, searched: Searched, words: Sequence[str]) -> Any:
    """Ids of those of a kind of which one title holds all words, some of them where they are very many."""
    record, text = searched.record, searched.text
    if len(words) == 1:
        newest = await newest_holding(session, record, words[0], MOST, searched.visible)
        if newest is not None:
            return newest
    holding = select(record.id).where(searched.visible)
    candidates = ids_holding(session, record, words)
    if candidates is not None:
        holding = holding.where(record.id.in_(candidates))
    held = select(1).where(text.record_id == record.id, text.field == "title")
    held = held.where(*(text.folded.contains(word, autoescape=True) for word in words))
    return holding.where(exists(held.correlate_except(text)))


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
        return await exhibition_cards(session, select(Exhibition).where(Exhibition.id.in_(ids)))
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
