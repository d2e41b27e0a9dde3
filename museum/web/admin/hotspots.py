"""The list of all hotspots: found, filtered, and removed many at once."""

from __future__ import annotations

from urllib.parse import urlencode

from aiohttp import web

from museum.curation import hotspots, listing, overview
from museum.curation.hotspots import WANTING, Search
from museum.scenes.models import HOTSPOT_KINDS
from museum.web import forms
from museum.web.admin import access, flash, kinds, pages
from museum.web.keys import DATABASE

routes = access.Routes()

HOME = "/admin/hotspots"


def _search(request: web.Request) -> Search:
    query = request.query
    kind, wanting = query.get("kind", ""), query.get("wanting", "")
    return Search(
        query.get("q", "").replace("\0", "")[:200],
        kind if kind in HOTSPOT_KINDS else "",
        query.get("venue", "").replace("\0", "")[:120],
        wanting if wanting in WANTING else "",
    )


def _query(search: Search) -> str:
    said = {"q": search.words, "kind": search.kind, "venue": search.venue, "wanting": search.wanting}
    return urlencode({name: value for name, value in said.items() if value})


@routes.get(HOME, needs="look")
async def list_page(request: web.Request) -> web.StreamResponse:
    search, page = _search(request), pages.page_of(request)
    async with request.app[DATABASE].read() as session:
        rows, more = await hotspots.page_of(session, search, page)
        venues = await overview.venue_names(session)
    return await pages.render(
        request,
        "hotspots.html",
        rows=rows,
        more=more,
        page=page,
        search=search,
        search_query=_query(search),
        venues=venues,
        spot_kinds=HOTSPOT_KINDS,
        wanting=WANTING,
        plurals=kinds.PLURALS,
        most=listing.MOST,
        may=pages.may_among(request, "scene"),
    )


@routes.post(HOME, needs="draft", scoped=True)
async def remove(request: web.Request) -> web.StreamResponse:
    """Remove all that are chosen, in one act that can be taken back as a whole."""
    form = await forms.sent(request)
    chosen = [str(number) for number in form.getall("hotspot", [])]
    numbers = {int(number) for number in chosen if number.isascii() and number.isdigit() and len(number) < 16}
    back = flash.safe_path(str(form.get("back", "")), HOME)
    async with pages.changing(request) as session:
        done = await hotspots.remove(session, numbers, access.person_of(request))
        undo = pages.undo(session, back) if done.count else None
    said = pages.say(request, "review.hotspots-removed", count=done.count)
    text = pages.sentences(request, said, *pages.not_done(request, list(done.refused.items())))
    return flash.redirect(request, back, "done" if done.count or not done.refused else "refused", text, undo)
