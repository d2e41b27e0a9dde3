"""The hotspots of all scenes in one list: searched, filtered, and many removed at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.curation import drafting, overview, placing
from museum.curation.errors import Refused
from museum.curation.finding import are_few, named_like, newest, read_page
from museum.curation.listing import MOST, PAGE
from museum.curation.models import Person
from museum.curation.overview import Choice, Texts
from museum.curation.placing import OPENS, RECORDED
from museum.database.base import HIDDEN
from museum.database.texts import fold
from museum.scenes.models import HOTSPOT_KINDS, Hotspot, Scene, Venue

MOST_FOUND = 1000
"""Of each kind of record that hotspots open, so many of those made last are looked at whose names hold the words, unless the other
conditions leave few hotspots."""
WANTING = ("unplaced", "waiting", "hidden")
"""What may be amiss: nobody has said where it is; its sound or film is still to come; it opens what visitors don't see."""


@dataclass(frozen=True)
class Search:
    """What is looked for: words in its title or in the names of what it opens; a kind; a venue's slug; what is amiss with it. Empty is
    anything."""

    words: str = ""
    kind: str = ""
    venue: str = ""
    wanting: str = ""


@dataclass(frozen=True)
class Row:
    """A hotspot in a list. `opens` is the record that it opens, None where it opens none; `address` what lies elsewhere; `amiss` are those
    of WANTING that hold."""

    number: int
    kind: str
    title: Texts
    opens: Choice | None
    address: str
    scene: str
    scene_title: Texts
    amiss: tuple[str, ...]


@dataclass
class Removed:
    """How many hotspots were removed, and by scenes (their slugs) why not others."""

    count: int = 0
    refused: dict[str, Refused] = field(default_factory=dict)


def _is_waiting() -> ColumnElement[bool]:
    # Not by the index of recordings: nearly all hotspots have none.
    recording = func.coalesce(Hotspot.recording_id, 0)
    return Hotspot.kind.in_(RECORDED) & Hotspot.url.is_(None) & (recording == 0)


def _is_hidden() -> ColumnElement[bool]:
    return or_(
        *(
            getattr(Hotspot, f"{kind}_id").in_(select(record.id).where(record.state.in_(HIDDEN)))
            for kind, (record, _) in OPENS.items()
        )
    )


def _conditions(search: Search) -> list[ColumnElement[bool]]:
    """What is looked for but for the words."""
    found: list[ColumnElement[bool]] = []
    if search.kind in HOTSPOT_KINDS:
        found.append(Hotspot.kind == search.kind)
    if search.venue:
        within = select(Scene.id).join(Venue, Venue.id == Scene.venue_id).where(Venue.slug == search.venue)
        found.append(Hotspot.scene_id.in_(within))
    if search.wanting in WANTING:
        amiss = {"unplaced": Hotspot.unplaced.is_(True), "waiting": _is_waiting(), "hidden": _is_hidden()}
        found.append(amiss[search.wanting])
    return found


async def _found(session: AsyncSession, search: Search, most: int) -> list[ColumnElement[bool]]:
    """Conditions for at least the `most` made last of what is looked for."""
    conditions = _conditions(search)
    if not fold(search.words):
        return conditions
    if conditions and await are_few(session, Hotspot, *conditions):
        return [Hotspot.id.in_(_named_among(session, search.words, conditions))]
    return [*conditions, Hotspot.id.in_(await _named(session, search.words, 0 if conditions else most))]


async def _named(session: AsyncSession, words: str, most: int) -> Any:
    """A statement for ids of hotspots whose own title holds the words, all of them or with `most` those made last, or which open what is
    called so."""
    if most:
        found = [select((await newest(session, Hotspot, words, most)).subquery().c.id)]
    else:
        found = [select(Hotspot.id).where(*named_like(session, Hotspot, words))]
    for kind, (record, _) in OPENS.items():
        # Of the table that is bounded the names are asked for once, not for every hotspot.
        named = (await newest(session, record, words, MOST_FOUND)).subquery()
        found.append(select(Hotspot.id).where(getattr(Hotspot, f"{kind}_id").in_(select(named.c.id))))
    return union(*found)


def _named_among(session: AsyncSession, words: str, conditions: Sequence[ColumnElement[bool]]) -> Any:
    """As `_named`, of few hotspots that are looked at one by one: those that fulfil conditions."""
    few = select(Hotspot).where(*conditions).cte("few")
    titled = named_like(session, Hotspot, words, indexed=False)
    found = [select(Hotspot.id).where(Hotspot.id.in_(select(few.c.id)), *titled)]
    for kind, (record, _) in OPENS.items():
        target = few.c[f"{kind}_id"]
        named = select(record.id).where(
            record.id.in_(select(target).where(target.is_not(None))),
            *named_like(session, record, words, indexed=False),
        )
        found.append(select(few.c.id).where(target.in_(named)))
    return union(*found)


async def page_of(session: AsyncSession, search: Search, page: int) -> tuple[list[Row], bool]:
    """One page, the latest made first; and whether there are more."""

    async def find(words: str, page: int) -> list[Hotspot]:
        found = await _found(session, replace(search, words=words), page * PAGE + 1)
        query = select(Hotspot).where(*found).order_by(Hotspot.id.desc()).offset((page - 1) * PAGE).limit(PAGE + 1)
        return list(await session.scalars(query.options(selectinload(Hotspot.texts))))

    spots = await read_page(find, search.words, page)
    return await _rows(session, spots[:PAGE]), len(spots) > PAGE


async def _rows(session: AsyncSession, spots: Collection[Hotspot]) -> list[Row]:
    opened = await overview.hotspot_targets(session, spots)
    ids = {spot.scene_id for spot in spots}
    slugs = {row.id: row.slug for row in await session.execute(select(Scene.id, Scene.slug).where(Scene.id.in_(ids)))}
    titles = await overview.scene_titles(session, ids)
    return [
        Row(
            spot.id,
            spot.kind,
            overview.title_of(spot),
            opened.get(spot.id),
            spot.url or "",
            slugs[spot.scene_id],
            titles.get(spot.scene_id, {}),
            tuple(_amiss(spot, opened.get(spot.id))),
        )
        for spot in spots
    ]


def _amiss(spot: Hotspot, opens: Choice | None) -> Iterable[str]:
    if spot.unplaced:
        yield "unplaced"
    if spot.kind in RECORDED and not spot.url and spot.recording_id is None:
        yield "waiting"
    if opens is not None and opens.state != "published":
        yield "hidden"


async def remove(session: AsyncSession, numbers: Collection[int], person: Person) -> Removed:
    """Remove the hotspots with these ids that are still there; where she may not change the scene, its hotspots stay. Raises Refused where
    nothing is chosen, or more than is changed at once."""
    if not numbers:
        raise Refused("nothing-chosen")
    if len(numbers) > MOST:
        raise Refused("too-many-chosen", most=MOST)
    chosen: dict[str, list[int]] = {}
    query = select(Scene.slug, Hotspot.id).join(Scene, Scene.id == Hotspot.scene_id).where(Hotspot.id.in_(numbers))
    # Locked in the order of their ids, as everywhere.
    for slug, number in await session.execute(query.order_by(Scene.id, Hotspot.id)):
        chosen.setdefault(slug, []).append(number)
    removed = Removed()
    for slug, some in chosen.items():
        try:
            scene = await drafting.load_scene(session, slug, person)
        except Refused as refused:
            removed.refused[slug] = refused
            continue
        for number in some:
            await placing.remove(session, scene, await placing.load_hotspot(session, scene, number))
        removed.count += len(some)
    return removed
