"""The order in which visitors see exhibitions, activities and guided tours one after the other."""

from __future__ import annotations

from aiohttp import web

from museum.curation import queueing, roles
from museum.curation.errors import Refused
from museum.web.admin import access, flash, kinds, pages
from museum.web.admin.records import HOME
from museum.web.keys import DATABASE

routes = access.Routes()

ORDER = f"{HOME}/{{queue:{'|'.join(kinds.PLURALS[kind] for kind in queueing.KINDS)}}}/order"


@routes.get(ORDER, needs="look")
async def order_page(request: web.Request) -> web.StreamResponse:
    kind, page = kinds.KINDS[request.match_info["queue"]], pages.page_of(request)
    async with request.app[DATABASE].read() as session:
        queue = await queueing.page_of(session, kind, page)
    return await pages.render(
        request,
        "order.html",
        kind=kind,
        plural=kinds.PLURALS[kind],
        queue=queue,
        page=page,
        more=queue.first + len(queue.rows) - 1 < queue.total,
        editable=roles.may(access.person_of(request), "arrange"),
    )


@routes.post(f"{ORDER}/{{slug}}/{{way:earlier|later|place}}", needs="arrange")
async def move(request: web.Request) -> web.StreamResponse:
    """Have one come earlier or later by one, or at the `place` that the form says."""
    kind, way = kinds.KINDS[request.match_info["queue"]], request.match_info["way"]
    place = None
    if way == "place":
        place = pages.whole(await pages.read_form(request), "place")
        if place is None:
            raise Refused("number-needed", field=pages.say(request, "exhibits.place-in-order"))
    async with pages.changing(request) as session:
        by = {"earlier": -1, "later": 1}.get(way, 0)
        place = await queueing.move(session, kind, request.match_info["slug"], by=by, place=place)
        page = -(-place // queueing.PAGE)
        home = f"{HOME}/{kinds.PLURALS[kind]}/order" + (f"?page={page}" if page > 1 else "")
        undo = pages.undo(session, home)
    return flash.redirect(request, home, "done", pages.say(request, "exhibits.moved-to", place=place), undo)
