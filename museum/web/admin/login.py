"""Logging in and out."""

from __future__ import annotations

from aiohttp import hdrs, web

from museum.curation import changes, people, roles, sessions, throttle
from museum.web.admin import access, flash, pages
from museum.web.keys import DATABASE

routes = access.Routes()


@routes.get("/admin/login", needs=access.ANYBODY)
async def login_page(request: web.Request) -> web.StreamResponse:
    if roles.may(request["person"], "look"):
        raise web.HTTPSeeOther(flash.safe_path(request.query.get("next", ""), "/admin/"))
    return await pages.render(request, "login.html", next=request.query.get("next", ""), name="", problem="", wait=0)


@routes.post("/admin/login", needs=access.ANYBODY)
async def log_in(request: web.Request) -> web.StreamResponse:
    """Open a session. A wrong name and a wrong password get the same answer."""
    form = await pages.read_form(request)
    name, password = form.get("name", "")[:200], form.get("password", "")
    database, address = request.app[DATABASE], access.client_address(request)
    wait = await throttle.admit(database, name, address)
    person = None if wait else await people.authenticate(database, name, password)
    if person is None:
        if not wait:
            async with pages.changing(request) as session:
                changes.note(session, "login-failed", "person", name[:120])
        response = await pages.render(
            request,
            "login.html",
            status=429 if wait else 401,
            next=form.get("next", ""),
            name=name,
            problem="login-wait" if wait else "login-wrong",
            wait=wait,
        )
        if wait:
            response.headers[hdrs.RETRY_AFTER] = str(wait)
        return response
    await throttle.forgive(database, name, address)
    # A session that this browser still had ends with it: tokens never pass from one log-in to the next.
    if request["login"] is not None:
        await sessions.revoke_token(database, request.cookies[access.COOKIE])
    token = await sessions.open_session(
        database, person, address=address, agent=request.headers.get(hdrs.USER_AGENT, "")
    )
    response = web.Response(status=303, headers={hdrs.LOCATION: flash.safe_path(form.get("next", ""), "/admin/")})
    access.set_session_cookie(request, response, token)
    return response


@routes.post("/admin/logout", needs=access.ANYBODY)
async def log_out(request: web.Request) -> web.StreamResponse:
    token = request.cookies.get(access.COOKIE)
    if token:
        await sessions.revoke_token(request.app[DATABASE], token)
    if request["person"] is not None:
        async with pages.changing(request) as session:
            changes.note(session, "logged-out", "person", request["person"].name)
    response = web.Response(status=303, headers={hdrs.LOCATION: "/admin/login"})
    response.del_cookie(access.COOKIE, path="/")
    return response
