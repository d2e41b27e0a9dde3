"""Lists of records of every kind: searched, filtered, and many changed at once."""

from __future__ import annotations

from urllib.parse import urlencode

from aiohttp import web

from museum.collection.moving.values import CATEGORIES
from museum.curation import beginning, exhibiting, listing, overview, queueing, remaking, roles
from museum.curation.errors import Refused
from museum.curation.listing import Search
from museum.curation.snapshots import SHAPES
from museum.database.base import PUBLICATION_STATES
from museum.database.texts import writable
from museum.web import forms
from museum.web.admin import access, flash, kinds, pages
from museum.web.keys import DATABASE

routes = access.Routes()

HOME = "/admin/records"
ONE = HOME + "/{record:[a-z]+}"
NEW = ONE + "/new"


def _kind(request: web.Request) -> str:
    plural = request.match_info["record"]
    if plural not in kinds.KINDS:
        raise web.HTTPNotFound
    return kinds.KINDS[plural]


def _search(request: web.Request) -> Search:
    query = request.query
    state = query.get("state", "")
    words = query.get("q", "").replace("\0", "")[:200]
    return Search(words, state if state in PUBLICATION_STATES else "", query.get("venue", "")[:120])


def _query(search: Search) -> str:
    said = {"q": search.words, "state": search.state, "venue": search.venue}
    return urlencode({name: value for name, value in said.items() if value})


@routes.get(HOME, needs="look")
async def bare(request: web.Request) -> web.StreamResponse:
    raise web.HTTPSeeOther(f"{HOME}/artifacts")


@routes.get(ONE, needs="look")
async def list_page(request: web.Request) -> web.StreamResponse:
    kind, search, page = _kind(request), _search(request), pages.page_of(request)
    async with request.app[DATABASE].read() as session:
        rows, more = await listing.page_of(session, kind, search, page)
        failed = await remaking.failed(session, kind)
        venues = await overview.venue_names(session) if listing.in_venues(kind) else []
    return await pages.render(
        request,
        "records.html",
        failed=failed,
        may=pages.may_among(request, kind),
        kind=kind,
        plural=kinds.PLURALS[kind],
        plurals=kinds.PLURALS,
        rows=rows,
        search=search,
        states=PUBLICATION_STATES,
        venues=venues,
        search_query=_query(search),
        most=listing.MOST,
        begun=kind in beginning.KINDS,
        ordered=kind in queueing.KINDS,
        hangs=kind in exhibiting.SHOWS,
        page=page,
        more=more,
    )


@routes.get(NEW, needs="draft", scoped=True)
async def new_page(request: web.Request) -> web.StreamResponse:
    return await show_new(request)


async def show_new(
    request: web.Request, *, status: int = 200, problem: str = "", form: dict[str, str] | None = None
) -> web.Response:
    """The form for a new record; with `form` what she typed stands in it, and `problem` says why it was not made."""
    kind, person = _begun(request), access.person_of(request)
    venues: list[tuple[str, overview.Texts]] = []
    if listing.in_venues(kind):
        async with request.app[DATABASE].read() as session:
            numbers = await overview.venue_numbers(session)
            named = await overview.venue_names(session)
        venues = [one for one in named if roles.may(person, "draft", numbers[one[0]])]
    else:
        roles.demand(person, "draft")
    return await pages.render(
        request,
        "record_new.html",
        status=status,
        kind=kind,
        plural=kinds.PLURALS[kind],
        venues=venues,
        categories=CATEGORIES if kind == "artifact" else (),
        chosen=request.query.get("venue", ""),
        problem=problem,
        form=form or {},
    )


@routes.post(NEW, needs="draft", scoped=True)
async def create(request: web.Request) -> web.StreamResponse:
    """Make a draft, and go on where it is filled."""
    kind = _begun(request)
    form = await pages.read_form(request)
    title = pages.texts_from(form, "title")["title"]
    try:
        async with pages.changing(request) as session:
            person = access.person_of(request)
            record = await beginning.begin(session, kind, person, title=title, slug=form.get("slug", ""), plain=form)
    except Refused as refused:
        if type(refused) is not Refused:
            raise
        words = access.refusal_text(request["language"], refused)
        return await show_new(request, status=422, problem=words, form=form)
    within = {"exhibition": "exhibits", "activity": "steps"}
    home = f"{kinds.home(kind, record.slug)}/{within[kind]}" if kind in within else kinds.page(kind, record.slug)
    return flash.redirect(request, home, "done", pages.say_made(request, f"exhibits.made-{kind}", form, record.slug))


def _begun(request: web.Request) -> str:
    """The kind in the address, where a record of it is begun by a form."""
    kind = _kind(request)
    if kind not in beginning.KINDS:
        raise web.HTTPNotFound
    return kind


@routes.post(ONE, needs="draft", scoped=True)
async def act(request: web.Request) -> web.StreamResponse:
    """Do something to all that are chosen. Before anything is deleted, it is said where it is used."""
    kind = _kind(request)
    form = await forms.sent(request)
    slugs = [writable(str(slug)) for slug in form.getall("slug", [])]
    action = str(form.get("action", ""))
    back = flash.safe_path(str(form.get("back", "")), f"{HOME}/{kinds.PLURALS[kind]}")
    if action == "delete" and form.get("sure") != "yes" and slugs:
        return await _ask(request, kind, slugs, back)
    async with pages.changing(request) as session:
        done = await listing.act(session, kind, slugs, action, access.person_of(request))
        # A file that is tried again is nothing to be taken back.
        undo = pages.undo(session, back) if done.slugs and action != "retry" else None
    said = pages.say(request, f"review.done-{action}", count=len(done.slugs))
    text = pages.sentences(request, said, *pages.not_done(request, done.refused))
    return flash.redirect(request, back, "done" if done.slugs or not done.refused else "refused", text, undo)


async def _ask(request: web.Request, kind: str, slugs: list[str], back: str) -> web.StreamResponse:
    async with request.app[DATABASE].read() as session:
        found = await listing.uses(session, kind, slugs)
    return await pages.render(
        request,
        "records_delete.html",
        kind=kind,
        plural=kinds.PLURALS[kind],
        found=found,
        back=back,
    )


assert set(kinds.PLURALS) == set(SHAPES)
