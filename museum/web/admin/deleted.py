"""What is deleted: searched, filtered, and brought back, many records at once."""

from __future__ import annotations

from urllib.parse import urlencode

from aiohttp import web

from museum.curation import returning
from museum.curation.returning import Search
from museum.curation.snapshots import SHAPES
from museum.web import forms
from museum.web.admin import access, flash, pages
from museum.web.admin.history import restored_words
from museum.web.keys import DATABASE

routes = access.Routes()

HOME = "/admin/deleted"


def _search(request: web.Request) -> Search:
    query = request.query
    kind = query.get("kind", "")
    return Search(query.get("q", "")[:200], kind if kind in SHAPES else "", query.get("person", "")[:120])


@routes.get(HOME, needs="look")
async def deleted_page(request: web.Request) -> web.StreamResponse:
    """What is deleted and can be brought back."""
    search, page = _search(request), pages.page_of(request)
    async with request.app[DATABASE].read() as session:
        found = await returning.page_of(session, search, page)
        people = await returning.people(session)
    said = {"q": search.words, "kind": search.kind, "person": search.person}
    query = urlencode({name: value for name, value in said.items() if value})
    return await pages.render(
        request,
        "deleted.html",
        found=found,
        search=search,
        looked_at=returning.LOOKED_AT,
        kinds=tuple(SHAPES),
        people=people,
        may_bring=pages.may_among(request, "scene")("draft"),
        query=query,
        page=page,
        back=pages.with_page(HOME, query, page),
    )


@routes.post(HOME, needs="draft", scoped=True)
async def bring_back(request: web.Request) -> web.StreamResponse:
    """Bring back all that are chosen, in one act that can be taken back."""
    form = await forms.sent(request)
    chosen = {str(number) for number in form.getall("id", [])}
    numbers = [int(number) for number in chosen if number.isascii() and number.isdigit() and len(number) < 19]
    back = flash.safe_path(str(form.get("back", "")), HOME)
    async with pages.changing(request, "restored") as session:
        done = await returning.bring_back(session, numbers, access.person_of(request))
        undo = pages.undo(session, back) if done.records else None
    text = pages.sentences(request, restored_words(request, done), *pages.not_done(request, done.refused))
    whole = done.records and not (done.lost or done.kept or done.refused)
    return flash.redirect(request, back, "done" if whole else "refused", text, undo)
