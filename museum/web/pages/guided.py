"""Guided tours, each with its stops as a page that needs no script."""

from __future__ import annotations

from aiohttp import web

from museum.guiding import query
from museum.web.keys import DATABASE
from museum.web.pages.addresses import helpers
from museum.web.rendering import render
from museum.web.sharing import about
from museum.web.sharing.views import view_address

STILL = (640, 400)


async def tour(request: web.Request) -> web.StreamResponse:
    """A guided tour, stop by stop."""
    async with request.app[DATABASE].read() as session:
        page = await query.read_tour(session, request.match_info["slug"])
    if page is None:
        raise web.HTTPNotFound
    return await render(
        request,
        "pages/tour.html",
        about=about.of_tour(request, page),
        tour=page,
        minutes=max(1, round(page.seconds / 60)),
        stop_address=lambda number: stop_address(page, number),
        stop_view=lambda stop: view_address(
            stop.scene.slug, {"yaw": stop.yaw, "pitch": stop.pitch, "fov": stop.fov}, STILL
        ),
        **helpers(),
    )


def stop_address(page: query.TourPage, number: int) -> str:
    """Where the tour stands at its stop `number`, from 1 on."""
    return f"/scenes/{page.stops[number - 1].scene.slug}?tour={page.slug}&stop={number}"


def register(app: web.Application) -> None:
    app.router.add_get("/tours/{slug}", tour)
