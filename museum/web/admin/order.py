"""The order in which visitors see exhibitions, activities and guided tours one after the other, and the scenes of a hall."""

from __future__ import annotations

from aiohttp import web

from museum.curation import drafting, queueing, roles
from museum.curation.errors import Refused
from museum.scenes.models import Venue
from museum.web.admin import access, flash, kinds, pages
from museum.web.admin.records import HOME
from museum.web.keys import DATABASE

routes = access.Routes()

ORDER = f"{HOME}/{{queue:{'|'.join(kinds.PLURALS[kind] for kind in queueing.KINDS)}}}/order"
IN_VENUE = "/admin/venues/{slug}/order"
WAY = "{way:earlier|later|place}"


@routes.get(ORDER, needs="look")
async def order_page(request: web.Request) -> web.StreamResponse:
    kind, page = kinds.KINDS[request.match_info["queue"]], pages.page_of(request)
    async with request.app[DATABASE].read() as session:
        queue = await queueing.page_of(session, kind, page)
    editable = roles.may(access.person_of(request), "arrange")
    return await _show(request, kind, queue, page, editable, venue=None)


@routes.get(IN_VENUE, needs="look")
async def scenes_page(request: web.Request) -> web.StreamResponse:
    """The scenes of a venue in their order."""
    page = pages.page_of(request)
    async with request.app[DATABASE].read() as session:
        venue = await drafting.load_venue(session, request.match_info["slug"])
        queue = await queueing.page_of(session, "scene", page, venue.id)
    editable = roles.may(access.person_of(request), "arrange", venue.id)
    return await _show(request, "scene", queue, page, editable, venue=venue)


async def _show(
    request: web.Request, kind: str, queue: queueing.Queue, page: int, editable: bool, venue: Venue | None
) -> web.Response:
    return await pages.render(
        request,
        "order.html",
        kind=kind,
        plural=kinds.PLURALS[kind],
        venue=venue,
        queue=queue,
        page=page,
        more=queue.first + len(queue.rows) - 1 < queue.total,
        editable=editable,
        here=request.path,
    )


@routes.post(f"{ORDER}/{{slug}}/{WAY}", needs="arrange")
async def move(request: web.Request) -> web.StreamResponse:
    """Have one come earlier or later by one, or at the `place` that the form says."""
    kind, (by, place) = kinds.KINDS[request.match_info["queue"]], await _whither(request)
    async with pages.changing(request) as session:
        place = await queueing.move(session, kind, request.match_info["slug"], by=by, place=place)
        home = _home(f"{HOME}/{kinds.PLURALS[kind]}/order", place)
        undo = pages.undo(session, home)
    return flash.redirect(request, home, "done", pages.say(request, "exhibits.moved-to", place=place), undo)


@routes.post(f"{IN_VENUE}/{{scene}}/{WAY}", needs="arrange", scoped=True)
async def move_scene(request: web.Request) -> web.StreamResponse:
    """The same of a scene among those of its venue."""
    async with pages.changing(request) as session:
        venue = await drafting.load_venue(session, request.match_info["slug"], change=True)
        roles.demand(access.person_of(request), "arrange", venue.id)
        by, place = await _whither(request)
        scene = request.match_info["scene"]
        place = await queueing.move(session, "scene", scene, by=by, place=place, venue=venue.id)
        home = _home(f"/admin/venues/{venue.slug}/order", place)
        undo = pages.undo(session, home)
    return flash.redirect(request, home, "done", pages.say(request, "exhibits.moved-to", place=place), undo)


async def _whither(request: web.Request) -> tuple[int, int | None]:
    """By how many places it is to come later, or at which place."""
    way = request.match_info["way"]
    if way != "place":
        return {"earlier": -1, "later": 1}[way], None
    place = pages.whole(await pages.read_form(request), "place")
    if place is None:
        raise Refused("number-needed", field=pages.say(request, "exhibits.place-in-order"))
    return 0, place


def _home(address: str, place: int) -> str:
    """The page on which what is at `place` stands."""
    return pages.with_page(address, "", -(-place // queueing.PAGE))
