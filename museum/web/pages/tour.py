"""Pages of venues, scenes and places."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from museum.collection.cards import Card, Texts
from museum.collection.pages_query import Opened, read_opened
from museum.scenes.cards import SceneCard
from museum.scenes.places_query import list_places, read_place
from museum.scenes.scenes_query import Spot, read_scene
from museum.scenes.venues_query import VenuePage, list_venues, read_venue
from museum.web.bundle import BUNDLE
from museum.web.keys import DATABASE
from museum.web.pages.addresses import helpers, page_address
from museum.web.pages.first_paint import first_paint, with_first_paint
from museum.web.pages.floor_plan import plans_of, room_title
from museum.web.pages.home import SHOWN_PLACES
from museum.web.pages.paging import Paging, page_number
from museum.web.rendering import render
from museum.web.sharing import about

SCENES_PER_PAGE = 240
"""More than halls have: those of a small museum stand on one page, with a plan on which all of them are marked."""


@dataclass(frozen=True)
class Exhibit:
    """A hotspot as a list shows it: `address` is None where there is nothing to open but its words."""

    kind: str
    title: Texts
    description: Texts
    yaw: float
    pitch: float
    card: Card | None
    address: str | None


@dataclass(frozen=True)
class Room:
    """A room of a venue with the scenes in it; `title` is empty for scenes outside all rooms."""

    title: Texts
    scenes: list[SceneCard]


async def venue(request: web.Request) -> web.StreamResponse:
    """A venue: its plan, its rooms and the scenes in them, of very many those of a page."""
    number = page_number(request)
    async with request.app[DATABASE].read() as session:
        page = await read_venue(
            session, request.match_info["slug"], offset=(number - 1) * SCENES_PER_PAGE, limit=SCENES_PER_PAGE
        )
    if page is None or (number > 1 and not page.scenes):
        raise web.HTTPNotFound
    return await render(
        request,
        "pages/venue.html",
        about=about.of_venue(request, page, {"page": str(number)} if number > 1 else {}),
        venue=page,
        rooms=rooms_of(page),
        plans=plans_of(page),
        paging=Paging(request, number, SCENES_PER_PAGE, page.count),
        **helpers(),
    )


def rooms_of(page: VenuePage) -> list[Room]:
    """The venue's scenes by room, rooms in the plan's order and then as they come."""
    titles = {room["key"]: room_title(room) for room in (page.plan or {}).get("rooms", ())}
    order: dict[str | None, list[SceneCard]] = {key: [] for key in titles}
    for scene in page.scenes:
        order.setdefault(scene.room, []).append(scene)
    return [Room(titles.get(key or "", {}), found) for key, found in order.items() if found]


async def scene(request: web.Request) -> web.StreamResponse:
    """A scene: the viewer over the whole window, and everything in it as a page below."""
    async with request.app[DATABASE].read() as session:
        page = await read_scene(session, request.match_info["slug"])
        if page is None:
            raise web.HTTPNotFound
        opened = await read_opened(
            session,
            {spot.artifact_id for spot in page.spots if spot.artifact_id is not None},
            {spot.image_id for spot in page.spots if spot.image_id is not None},
            {spot.model_id for spot in page.spots if spot.model_id is not None},
            {spot.exhibition_id for spot in page.spots if spot.exhibition_id is not None},
        )
    exhibits = [exhibit for spot in page.spots if (exhibit := exhibit_of(spot, opened))]
    shown = [exhibit.card for exhibit in exhibits if exhibit.card]
    first = (
        first_paint(page.card.opening, request.query, request.app[BUNDLE].inline("opening"))
        if page.card.opening
        else None
    )
    response = await render(
        request,
        "pages/scene.html",
        about=about.of_scene(request, page, shown),
        scene=page,
        exhibits=exhibits,
        first=first,
        **helpers(),
    )
    return with_first_paint(response, first)


def exhibit_of(spot: Spot, opened: Opened) -> Exhibit | None:
    """The hotspot with what it opens; None where visitors may not see that."""
    card: Card | None = None
    address = spot.url
    for number, cards in (
        (spot.artifact_id, opened.artifacts),
        (spot.image_id, opened.images),
        (spot.model_id, opened.models),
        (spot.exhibition_id, opened.exhibitions),
    ):
        if number is not None:
            card = cards.get(number)
            if card is None:
                return None
            address = page_address(card)
    title = spot.title or (card.title if card else {})
    return Exhibit(spot.kind, title, spot.description, spot.yaw, spot.pitch, card, address)


async def place(request: web.Request) -> web.StreamResponse:
    """A place with its moments side by side."""
    async with request.app[DATABASE].read() as session:
        page = await read_place(session, request.match_info["slug"])
    if page is None:
        raise web.HTTPNotFound
    return await render(request, "pages/place.html", about=about.of_place(request, page), place=page, **helpers())


async def venues(request: web.Request) -> web.StreamResponse:
    """All halls and sites."""
    async with request.app[DATABASE].read() as session:
        cards = await list_venues(session)
        places = await list_places(session, limit=SHOWN_PLACES)
    head = about.of_list(request, "pages.venues", "pages.home-venues-lead", [*cards, *places])
    return await render(request, "pages/venues.html", about=head, venues=cards, places=places, **helpers())


def register(app: web.Application) -> None:
    app.router.add_get("/venues", venues)
    app.router.add_get("/venues/{slug}", venue)
    app.router.add_get("/scenes/{slug}", scene)
    app.router.add_get("/places/{slug}", place)
