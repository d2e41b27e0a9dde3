"""Logging in and out."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from aiohttp import hdrs, web

from museum.curation import changes, invitations, people, previews, roles, second_factor, sessions, throttle
from museum.curation.errors import Refused
from museum.curation.models import Person
from museum.database.base import now
from museum.web.admin import access, flash, pages
from museum.web.keys import DATABASE, SESSION_COOKIE, SETTINGS

routes = access.Routes()

HALF_MINUTES = 5


@routes.get("/admin/login", needs=access.ANYBODY)
async def login_page(request: web.Request) -> web.StreamResponse:
    if roles.may(request["person"], "look"):
        raise web.HTTPSeeOther(flash.safe_path(request.query.get("next", ""), "/admin/"))
    return await show(request, request.query.get("next", ""))


async def show(
    request: web.Request,
    following: str,
    *,
    name: str = "",
    status: int = 200,
    refused: Refused | None = None,
    wait: int = 0,
) -> web.Response:
    """The page, with why the last try let nobody in; `wait` are the seconds until the next may be made."""
    problem = access.refusal_text(request["language"], refused) if refused else ""
    response = await pages.render(
        request,
        "login.html",
        status=status,
        next=following,
        name=name,
        problem=problem,
        sign_on=sign_on_offered(request, next=following),
        left=request.query.get("left") == "1",
    )
    if wait:
        response.headers[hdrs.RETRY_AFTER] = str(wait)
    return response


@routes.get("/admin/logged-in", needs="look")
async def logged_in(request: web.Request) -> web.StreamResponse:
    """Where a window ends up in which somebody logged in for the sake of a form in another one."""
    return await pages.render(request, "logged_in.html")


@routes.post("/admin/login", needs=access.ANYBODY)
async def log_in(request: web.Request) -> web.StreamResponse:
    """Open a session, or ask for the second factor first. A wrong name and a wrong password get the same answer."""
    form = await pages.read_form(request)
    name, password = form.get("name", "")[:200], form.get("password", "")
    database, address, browser = request.app[DATABASE], access.client_address(request), _browser(request)
    wait = await throttle.admit(database, name, address, browser)
    person = None if wait else await people.authenticate(database, name, password)
    following = form.get("next", "")
    if person is None:
        if wait:
            return await show(
                request, following, name=name, status=429, refused=Refused("login-wait", wait=wait), wait=wait
            )
        await note_failure(request, name)
        return await show(request, following, name=name, status=401, refused=Refused("login-wrong"))
    async with database.read() as session:
        factor = await second_factor.of(session, person)
    if factor is not None:
        # What was right is forgiven only with the second half, lest a password alone opens any number of tries at it.
        half = await _half(request, person)
        return await pages.render(request, "second.html", half=half, next=following, problem="", wait=0)
    return await enter(request, person, following)


@routes.post("/admin/login/second", needs=access.ANYBODY)
async def second(request: web.Request) -> web.StreamResponse:
    """The second half of logging in: a code of now, or a recovery code."""
    form = await pages.read_form(request)
    database, half, following = request.app[DATABASE], form.get("half", ""), form.get("next", "")
    person = await _person_of_half(request, half)
    if person is None:
        return flash.redirect(request, "/admin/login", "refused", pages.say(request, "account.too-late"))
    wait = await throttle.admit(database, person.name, access.client_address(request), _browser(request))
    accepted = False
    if not wait:
        async with pages.changing(request) as session:
            accepted = await second_factor.accept(session, person, form.get("code", ""))
    if not accepted:
        if not wait:
            await note_failure(request, person.name)
        return await _again(request, wait, half=half, next=following)
    return await enter(request, person, following)


def sign_on_offered(request: web.Request, **query: str) -> dict[str, str] | None:
    """The link to log in by single sign-on, and what it is called; None where the settings name no provider."""
    settings = request.app[SETTINGS]
    if not settings.oidc_issuer:
        return None
    name = settings.oidc_name or urlsplit(settings.oidc_issuer).hostname or ""
    return {"address": f"/admin/sign-on?{urlencode(query)}", "name": name}


async def enter(request: web.Request, person: Person, following: str, *, means: str = "password") -> web.Response:
    """Open a session for somebody who has shown who she is, and know her browser from now on."""
    database, address, browser = request.app[DATABASE], access.client_address(request), _browser(request)
    await throttle.forgive(database, person.name, address, browser)
    # A session that this browser still had ends with it: tokens never pass from one log-in to the next.
    if request["login"] is not None:
        await sessions.revoke_token(database, request.cookies[SESSION_COOKIE])
    agent = request.headers.get(hdrs.USER_AGENT, "")
    token = await sessions.open_session(database, person, address=address, agent=agent, means=means)
    async with database.write() as session:
        known = await throttle.remember(session, person, browser)
    response = web.Response(status=303, headers={hdrs.LOCATION: flash.safe_path(following, "/admin/")})
    access.set_session_cookie(request, response, token)
    access.set_known_cookie(request, response, known)
    return response


def _browser(request: web.Request) -> str:
    return request.cookies.get(access.KNOWN_COOKIE, "")[:100]


async def note_failure(request: web.Request, name: str) -> None:
    """Leave a line in the audit of a log-in that failed; without a name where nobody said one."""
    async with pages.changing(request) as session:
        changes.note(session, "login-failed", "person", name[:120])


async def _again(request: web.Request, wait: int, **values: object) -> web.Response:
    problem = "admin.login-wait" if wait else "account.code-wrong"
    status = 429 if wait else 401
    response = await pages.render(request, "second.html", status=status, problem=problem, wait=wait, **values)
    if wait:
        response.headers[hdrs.RETRY_AFTER] = str(wait)
    return response


async def _half(request: web.Request, person: Person) -> str:
    """What shows for HALF_MINUTES that this person's password was given; with the password's hash in it, a new one ends it."""
    async with request.app[DATABASE].write() as session:
        key = await previews.signing_key(session, make=True)
    assert key is not None
    return previews.sign(key + person.password_hash.encode(), person.id, now() + timedelta(minutes=HALF_MINUTES))


async def _person_of_half(request: web.Request, half: str) -> Person | None:
    number = previews.number_in(half)
    async with request.app[DATABASE].read() as session:
        key = await previews.signing_key(session)
        person = await session.get(Person, number) if number is not None and number < 1 << 62 else None
    if person is None or key is None or person.disabled_at is not None:
        return None
    return person if previews.read_token(key + person.password_hash.encode(), half) == person.id else None


@routes.get("/admin/invitation/{token}", needs=access.ANYBODY)
async def invitation_page(request: web.Request) -> web.StreamResponse:
    return await _show_invitation(request)


async def _show_invitation(
    request: web.Request, *, status: int = 200, problem: str = "", form: dict[str, str] | None = None
) -> web.Response:
    async with request.app[DATABASE].read() as session:
        found = await invitations.find(session, request.match_info["token"])
    return await pages.render(
        request,
        "invitation.html",
        status=status,
        role=found.role,
        sign_on=sign_on_offered(request, invitation=request.match_info["token"]),
        least=people.SHORTEST_PASSWORD,
        problem=problem,
        form=form or {},
    )


@routes.post("/admin/invitation/{token}", needs=access.ANYBODY)
async def follow_invitation(request: web.Request) -> web.StreamResponse:
    """Make the account, and log in with it."""
    form = await pages.read_form(request)
    try:
        person = await invitations.follow(
            request.app[DATABASE],
            request.match_info["token"],
            name=form.get("name", ""),
            password=form.get("password", ""),
            display_name=form.get("display_name", ""),
            language=request["language"],
            address=access.client_address(request),
        )
    except Refused as refused:
        if type(refused) is not Refused:
            raise
        problem = access.refusal_text(request["language"], refused)
        return await _show_invitation(request, status=422, problem=problem, form=form)
    return await enter(request, person, "")


@routes.post("/admin/logout", needs=access.ANYBODY)
async def log_out(request: web.Request) -> web.StreamResponse:
    token = request.cookies.get(SESSION_COOKIE)
    if token:
        await sessions.revoke_token(request.app[DATABASE], token)
    if request["person"] is not None:
        async with pages.changing(request) as session:
            changes.note(session, "logged-out", "person", request["person"].name)
    left = request["login"] is not None and request["login"].means == "sign-on" and sign_on_offered(request)
    response = web.Response(status=303, headers={hdrs.LOCATION: "/admin/login?left=1" if left else "/admin/login"})
    response.del_cookie(SESSION_COOKIE, path="/")
    return response
