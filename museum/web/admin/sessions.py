"""Browsers that are logged in, and ending their sessions."""

from __future__ import annotations

from aiohttp import web

from museum.curation import changes, roles, sessions
from museum.web.admin import access, flash, pages
from museum.web.keys import DATABASE

routes = access.Routes()


@routes.get("/admin/sessions", needs="look")
async def sessions_page(request: web.Request) -> web.StreamResponse:
    """Her own sessions; everybody's for who may deal with people."""
    person, page = access.person_of(request), pages.page_of(request)
    async with request.app[DATABASE].read() as session:
        found, more = await sessions.page_of(session, None if roles.may(person, "people") else person.id, page)
    return await pages.render(
        request,
        "sessions.html",
        sessions=found,
        page=page,
        more=more,
        handle=sessions.handle,
        current=request["login"].token_digest,
    )


@routes.post("/admin/sessions/{handle}/revoke", needs="look")
async def revoke(request: web.Request) -> web.StreamResponse:
    person = access.person_of(request)
    async with pages.changing(request) as session:
        owner = None if roles.may(person, "people") else person.id
        await sessions.revoke_session(session, request.match_info["handle"], owner)
        changes.note(session, "session-ended", "person", person.name, handle=request.match_info["handle"])
    return flash.redirect(request, "/admin/sessions", "done", pages.say(request, "session-ended"))
