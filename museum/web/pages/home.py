"""The lobby, and the progress of a museum that is being built."""

from __future__ import annotations

from typing import Any

from aiohttp import hdrs, web

from museum.collection import exhibitions_query as shows
from museum.collection import pages_query as collection
from museum.collection.building import Building, building_of
from museum.collection.counts import museum_counts
from museum.guiding import query as guiding
from museum.scenes.places_query import list_places
from museum.scenes.venues_query import list_venues, read_lobby
from museum.web.bundle import BUNDLE
from museum.web.keys import DATABASE
from museum.web.pages.addresses import helpers
from museum.web.pages.first_paint import first_paint, with_first_paint
from museum.web.rendering import render
from museum.web.sharing import about

SHOWN_PLACES = 8
"""Of a long list the first, with a way to all of them."""


async def home(request: web.Request) -> web.StreamResponse:
    """The lobby, live, and the ways from it."""
    async with request.app[DATABASE].read() as session:
        values: dict[str, Any] = {
            "lobby": await read_lobby(session),
            "venues": await list_venues(session),
            "places": await list_places(session, limit=SHOWN_PLACES),
            "exhibitions": await shows.list_exhibitions(session, limit=6),
            "treasures": await collection.list_treasures(session, limit=8),
            "tours": await guiding.list_tours(session, limit=6),
            "activities": await shows.list_activities(session, limit=4),
            "counts": await museum_counts(session),
            "building": under_way(await building_of(session)),
        }
    head = about.of_home(request, values["lobby"], values["venues"])
    lobby = values["lobby"]
    first = first_paint(lobby.opening, {}, request.app[BUNDLE].inline("opening")) if lobby and lobby.opening else None
    response = await render(request, "pages/home.html", about=head, first=first, **helpers(), **values)
    return with_first_paint(response, first)


def under_way(building: Building | None) -> Building | None:
    """How far it is as long as visitors should know of it: while it goes on, or when it failed."""
    return None if building is None or building.state == "done" else building


async def building(request: web.Request) -> web.StreamResponse:
    """The banner alone, for pages that refresh it; 204 once there is nothing to tell."""
    async with request.app[DATABASE].read() as session:
        found = under_way(await building_of(session))
        venues = await list_venues(session)
    if found is None:
        return web.Response(status=204, headers={hdrs.CACHE_CONTROL: "no-store"})
    opened = sum(card.count or 0 for card in venues)
    response = await render(request, "pages/_building.html", building=found)
    response.headers["X-Scenes-Open"] = str(opened)
    return response


def register(app: web.Application) -> None:
    app.router.add_get("/", home, name="home")
    app.router.add_get("/building", building)
