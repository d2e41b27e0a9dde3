"""Venues and the scenes in them."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation import drafting, entering, overview, publication, roles, schedule, working
from museum.curation.errors import Refused
from museum.curation.venue_steps import steps_done
from museum.scenes.models import Venue
from museum.web.admin import access, conflict, flash, pages, review
from museum.web.keys import DATABASE

routes = access.Routes()


async def _to_change(request: web.Request, session: AsyncSession, action: str) -> Venue:
    """The venue in the address, locked, for somebody who may do `action` in it. Raises NotFound, NotAllowed."""
    venue = await drafting.load_venue(session, request.match_info["slug"], change=True)
    roles.demand(access.person_of(request), action, venue.id)
    return venue


@routes.get("/admin/venues", needs="look")
async def venues_page(request: web.Request) -> web.StreamResponse:
    async with request.app[DATABASE].read() as session:
        venues, opens = await overview.venue_rows(session), await schedule.openings(session)
    return await pages.render(request, "venues.html", venues=venues, opens=opens)


@routes.post("/admin/venues", needs="arrange")
async def create(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        venue = await drafting.create_venue(
            session,
            kind=form.get("kind", "hall"),
            texts=pages.texts_from(form, "title", "description"),
            slug=form.get("slug", ""),
        )
    return flash.redirect(
        request, f"/admin/venues/{venue.slug}", "done", pages.say_made(request, "venue-made", form, venue.slug)
    )


@routes.get("/admin/venues/{slug}", needs="look")
async def venue_page(request: web.Request) -> web.StreamResponse:
    return await show(request)


async def show(
    request: web.Request, *, status: int = 200, problem: str = "", form: dict[str, str] | None = None
) -> web.Response:
    """The venue's page; with `form` what she typed stands in it, and `problem` says why it was not saved."""
    number = request.query.get("page", "1")
    page = min(max(int(number) if number.isascii() and number.isdigit() else 1, 1), 10_000)
    async with request.app[DATABASE].read() as session:
        venue = await drafting.load_venue(session, request.match_info["slug"])
        row = next(row for row in await overview.venue_rows(session) if row.slug == venue.slug)
        scenes = await overview.venue_scenes(session, venue, page)
        return await pages.render(
            request,
            "venue.html",
            status=status,
            may=pages.may_in(request, venue),
            venue=venue,
            row=row,
            steps_done=await steps_done(session, venue),
            scenes=scenes,
            copies=await working.copies_among(session, "scene", [scene.slug for scene in scenes]),
            entrance=await entering.entrance_of(session, venue),
            page=page,
            last_page=max(1, -(-row.scenes // overview.PAGE)),
            problem=problem,
            form=form,
            **await review.panel_values(session, venue),
        )


@routes.post("/admin/venues/{slug}", needs="arrange", scoped=True)
async def save(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    home = f"/admin/venues/{request.match_info['slug']}"

    async def write(form: dict[str, str]) -> web.StreamResponse:
        async with pages.changing(request) as session:
            venue = await _to_change(request, session, "arrange")
            await drafting.update_venue(
                session, venue, pages.version_from(form), texts=pages.texts_from(form, "title", "description")
            )
        return flash.redirect(request, home, "done", pages.say(request, "saved"))

    try:
        return await conflict.settle(request, "venue", home, form, write)
    except Refused as refused:
        if type(refused) is not Refused:
            raise
        return await show(request, status=422, problem=access.refusal_text(request["language"], refused), form=form)


@routes.post("/admin/venues/{slug}/entrance", needs="arrange", scoped=True)
async def enter_by(request: web.Request) -> web.StreamResponse:
    """Have visitors enter by the `scene` that the form names; `back` is the page to be seen then."""
    form = await pages.read_form(request)
    home = flash.safe_path(form.get("back", ""), f"/admin/venues/{request.match_info['slug']}")
    async with pages.changing(request) as session:
        venue = await _to_change(request, session, "arrange")
        await entering.enter_by(session, venue, form.get("scene", ""))
        undo = pages.undo(session, home)
    return flash.redirect(request, home, "done", pages.say(request, "entrance-made"), undo)


@routes.post("/admin/venues/{slug}/publish", needs="open", scoped=True)
async def publish(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        venue = await _to_change(request, session, "open")
        await publication.publish(session, venue, pages.version_from(form))
    return flash.redirect(request, f"/admin/venues/{venue.slug}", "done", pages.say(request, "published"))


@routes.post("/admin/venues/{slug}/unpublish", needs="open", scoped=True)
async def unpublish(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        venue = await _to_change(request, session, "open")
        await publication.withdraw(session, venue, pages.version_from(form))
    return flash.redirect(request, f"/admin/venues/{venue.slug}", "done", pages.say(request, "withdrawn"))


@routes.get("/admin/venues/{slug}/scenes/new", needs="draft", scoped=True)
async def new_scene_page(request: web.Request) -> web.StreamResponse:
    return await show_new(request)


async def show_new(
    request: web.Request, *, status: int = 200, problem: str = "", form: dict[str, str] | None = None
) -> web.Response:
    async with request.app[DATABASE].read() as session:
        venue = await drafting.load_venue(session, request.match_info["slug"])
    roles.demand(access.person_of(request), "draft", venue.id)
    return await pages.render(request, "scene_new.html", status=status, venue=venue, problem=problem, form=form or {})


@routes.post("/admin/venues/{slug}/scenes/new", needs="draft", scoped=True)
async def create_scene(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    try:
        async with pages.changing(request) as session:
            venue = await _to_change(request, session, "draft")
            scene = await drafting.create_scene(
                session, venue, texts=pages.texts_from(form, "title"), slug=form.get("slug", "")
            )
    except Refused as refused:
        if type(refused) is not Refused:
            raise
        return await show_new(request, status=422, problem=access.refusal_text(request["language"], refused), form=form)
    return flash.redirect(
        request, f"/admin/scenes/{scene.slug}", "done", pages.say_made(request, "scene-made", form, scene.slug)
    )
