"""Publishing and withdrawing at a moment, and opening a hall as one act."""

from __future__ import annotations

from datetime import datetime

from aiohttp import web

from museum.curation import answering, drafting, forewarning, opening, review, roles, schedule
from museum.curation.bearers import BEARERS
from museum.curation.beside import Beside
from museum.curation.errors import Overtaken, Refused
from museum.curation.forewarning import Opening, Warnings
from museum.web.admin import access, flash, kinds, pages
from museum.web.admin.languages import words_for
from museum.web.keys import DATABASE

WARNINGS: web.AppKey[Beside[Opening, Warnings]] = web.AppKey("warnings", Beside)

routes = access.Routes()


def moment_from(form: dict[str, str], name: str) -> datetime | None:
    """A moment of the form, in the museum's time zone; None where it is empty. Raises Refused for what is none."""
    text = form.get(name, "").strip()
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError):
        raise Refused("moment-malformed") from None


@routes.post(f"{kinds.PATTERN}/schedule", needs="publish", scoped=True)
async def plan(request: web.Request) -> web.StreamResponse:
    """Have a record published at `publish`, withdrawn at `withdraw`, or both."""
    form = await pages.read_form(request)
    kind, slug = kinds.named(request)
    person = access.person_of(request)
    async with pages.changing(request) as session:
        record = await pages.named_to_change(request, session)
        roles.demand(person, review.publishing(record), roles.venue_of(record))
        begins, ends = moment_from(form, "publish"), moment_from(form, "withdraw")
        if begins is None and ends is None:
            raise Refused("moment-needed")
        along: list[opening.Named] | None = None
        if begins is not None and ends is not None:
            # Both moments are new, so that neither is held against the other's old one.
            for one in await schedule.planned(session, kind, slug):
                if one.action == "publish" and one.done_at is None:
                    along = [(other, name) for other, name in one.records]
                await session.delete(one)
            await session.flush()
        if begins is not None:
            await schedule.plan(session, record, person, "publish", begins, along)
            await session.flush()
        if ends is not None:
            await schedule.plan(session, record, person, "withdraw", ends)
    return flash.redirect(request, kinds.page(kind, slug), "done", pages.say(request, "review.planned"))


@routes.post(f"{kinds.PATTERN}/schedule/{{plan:publish|withdraw}}/cancel", needs="publish", scoped=True)
async def call_off(request: web.Request) -> web.StreamResponse:
    """Forget a plan, or what is told of one that was carried out."""
    form = await pages.read_form(request)
    kind, slug = kinds.named(request)
    async with pages.changing(request) as session:
        record = await pages.named_to_change(request, session)
        was_done = await schedule.call_off(session, record, access.person_of(request), request.match_info["plan"])
    said = pages.say(request, "review.plan-was-read" if was_done else "review.called-off")
    return flash.redirect(request, flash.safe_path(form.get("back", ""), kinds.page(kind, slug)), "done", said)


@routes.post(f"{kinds.PATTERN}/schedule/{{plan:publish|withdraw}}/take-over", needs="publish", scoped=True)
async def take_over(request: web.Request) -> web.StreamResponse:
    """Answer for a plan whose maker may not carry it out any more."""
    form = await pages.read_form(request)
    kind, slug = kinds.named(request)
    async with pages.changing(request) as session:
        record = await pages.named_to_change(request, session)
        plans = {one.action: one for one in await schedule.planned(session, kind, slug)}
        plan = plans.get(request.match_info["plan"])
        at_once = await answering.take_over(session, record, access.person_of(request), plan)
    said = pages.say(request, "review.plan-taken-now" if at_once else "review.plan-taken")
    return flash.redirect(request, flash.safe_path(form.get("back", ""), kinds.page(kind, slug)), "done", said)


@routes.get("/admin/venues/{slug}/open", needs="open", scoped=True)
async def opening_page(request: web.Request) -> web.StreamResponse:
    """What would become visible if the hall opened as a whole."""
    return await show_opening(request)


async def show_opening(
    request: web.Request, *, status: int = 200, problem: str = "", form: dict[str, str] | None = None
) -> web.Response:
    person = access.person_of(request)
    async with request.app[DATABASE].read() as session:
        venue = await drafting.load_venue(session, request.match_info["slug"])
        roles.demand(person, "open", venue.id)
        offered = await opening.offers(session, venue, person)
    warned = await request.app[WARNINGS].of(forewarning.of(venue, offered)) if offered else None
    ticked = None if form is None else {name for name in form if name.startswith(("take:", "rest:"))}
    return await pages.render(
        request,
        "opening.html",
        status=status,
        venue=venue,
        offers=offered,
        count=sum(one.count for one in offered),
        ready=sum(len(one.ready) for one in offered),
        blocked=sum(one.blocked for one in offered),
        plurals=kinds.PLURALS,
        ticked=lambda name: ticked is None or name in ticked,
        problem=problem,
        form=form or {},
        warned=warned,
        in_venue=lambda kind: BEARERS[kind].may_be_in_venue,
        **words_for(request),
    )


@routes.post("/admin/venues/{slug}/open", needs="open", scoped=True)
async def open_whole(request: web.Request) -> web.StreamResponse:
    """Show what was chosen, all or none of it, now or at a moment."""
    form = await pages.read_form(request)
    slug = request.match_info["slug"]
    person = access.person_of(request)
    home = f"/admin/venues/{slug}"
    undo: flash.Undo | None = None
    try:
        at, ends = moment_from(form, "publish"), moment_from(form, "withdraw")
        database = request.app[DATABASE]
        async with database.read() as session:
            venue = await drafting.load_venue(session, slug)
            roles.demand(person, "open", venue.id)
            versions = opening.chosen(await opening.offers(session, venue, person), *_taken(form))
        known = await opening.look(database, versions) if at is None else {}
        async with pages.changing(request) as session:
            venue = await drafting.load_venue(session, slug, change=True)
            roles.demand(person, "open", venue.id)
            if at is None:
                count = (await opening.publish_all(session, versions, person, versions, known)).count
                undo = pages.undo(session, home)
            else:
                count = len(versions)
                await opening.demand(session, versions, person)
                await schedule.plan(session, venue, person, "publish", at, list(versions))
            if ends is not None:
                await session.flush()
                await schedule.plan(session, venue, person, "withdraw", ends)
    except Overtaken:
        return await show_opening(request, status=409, problem=pages.say(request, "review.opening-overtaken"))
    except Refused as refused:
        if type(refused) is not Refused:
            raise
        problem = access.refusal_text(request["language"], refused)
        return await show_opening(request, status=422, problem=problem, form=form)
    said = pages.say(request, "review.opened" if at is None else "review.opening-planned", count=count)
    return flash.redirect(request, home, "done", said, undo)


def _taken(form: dict[str, str]) -> tuple[dict[opening.Named, int], dict[str, str]]:
    """What is ticked: the versions of what is listed, and the tokens of the rests by their kinds."""
    versions: dict[opening.Named, int] = {}
    rests: dict[str, str] = {}
    for field, value in form.items():
        way, _, name = field.partition(":")
        kind, _, slug = name.partition(":")
        if way == "take" and kind in opening.ORDER:
            versions[kind, slug] = pages.whole({"version": value}, "version") or 0
        elif way == "rest" and name in opening.ORDER:
            rests[name] = value
    return versions, rests


async def _close(app: web.Application) -> None:
    await app[WARNINGS].close()


def register(app: web.Application) -> None:
    app[WARNINGS] = Beside(app[DATABASE], forewarning.look, fresh=True)
    app.on_cleanup.append(_close)
