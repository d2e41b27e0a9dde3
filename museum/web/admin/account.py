"""One's own account: password and second factor."""

from __future__ import annotations

from datetime import timedelta

import segno
from aiohttp import web
from markupsafe import Markup

from museum.curation import passkeys, people, second_factor, sessions, throttle
from museum.curation.errors import Refused
from museum.curation.models import NO_PASSWORD
from museum.database.base import now
from museum.web.admin import access, flash, pages
from museum.web.keys import DATABASE

routes = access.Routes()

HOME = "/admin/account"
FRESH = timedelta(minutes=10)
"""How long ago somebody without a password may have logged in to change how she does."""


@routes.get(HOME, needs="look")
async def account_page(request: web.Request) -> web.StreamResponse:
    return await show(request)


async def show(
    request: web.Request, *, status: int = 200, problem: str = "", secret: str = "", codes: list[str] | None = None
) -> web.Response:
    """The page; with `codes` the recovery codes that are shown this once."""
    person = access.person_of(request)
    async with request.app[DATABASE].read() as session:
        factor = await second_factor.of(session, person)
        held = await passkeys.of(session, person)
    secret = secret or second_factor.new_secret()
    address = second_factor.address(secret, person, pages.say(request, "pages.museum"))
    drawn = segno.make(address, error="m").svg_inline(scale=4, border=2, dark="#0f0d0b", light="#fff", omitsize=True)
    return await pages.render(
        request,
        "account.html",
        status=status,
        factor=factor,
        passkeys=held,
        has_password=person.password_hash != NO_PASSWORD,
        secret=secret,
        code_picture=Markup(drawn),  # noqa: S704 (drawn here, of squares)
        codes=codes,
        least=people.SHORTEST_PASSWORD,
        problem=problem,
    )


async def check(request: web.Request, password: str) -> None:
    """Raise Refused unless it is her password that was typed: a browser left alone is not enough. Throttled like logging in.
    Whoever has none has to have logged in just now."""
    person = access.person_of(request)
    if person.password_hash == NO_PASSWORD:
        if now() - request["login"].created_at > FRESH:
            raise Refused("log-in-again")
        return
    database, address = request.app[DATABASE], access.client_address(request)
    browser = request.cookies.get(access.KNOWN_COOKIE, "")
    if await throttle.admit(database, person.name, address, browser):
        raise Refused("too-often")
    if await people.authenticate(database, person.name, password) is None:
        raise Refused("password-wrong")
    await throttle.forgive(database, person.name, address, browser)


@routes.post(HOME + "/password", needs="look")
async def set_password(request: web.Request) -> web.StreamResponse:
    """A new password; all other browsers are logged out."""
    form = await pages.read_form(request)
    person = access.person_of(request)
    try:
        await check(request, form.get("password", ""))
        await people.set_password(request.app[DATABASE], person.name, form.get("new", ""), actor=pages.actor(request))
    except Refused as refused:
        return await show(request, status=422, problem=access.refusal_text(request["language"], refused))
    token = await sessions.open_session(
        request.app[DATABASE],
        person,
        address=access.client_address(request),
        agent=request.headers.get("User-Agent", ""),
        means=request["login"].means,
    )
    response = flash.redirect(request, HOME, "done", pages.say(request, "account.password-set"))
    access.set_session_cookie(request, response, token)
    return response


@routes.post(HOME + "/second", needs="look")
async def begin(request: web.Request) -> web.StreamResponse:
    """Ask for codes from now on."""
    form = await pages.read_form(request)
    secret = form.get("secret", "")[:64]
    try:
        await check(request, form.get("password", ""))
        async with pages.changing(request) as session:
            codes = await second_factor.begin(session, access.person_of(request), secret, form.get("code", ""))
    except Refused as refused:
        return await show(
            request, status=422, problem=access.refusal_text(request["language"], refused), secret=_kept(secret)
        )
    return await show(request, codes=codes)


def _kept(secret: str) -> str:
    """The secret that she has scanned already, so that she need not do so again; a new one for what is none."""
    return secret if len(secret) >= 16 and set(secret) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") else ""


@routes.post(HOME + "/second/end", needs="look")
async def end(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    try:
        await check(request, form.get("password", ""))
    except Refused as refused:
        return await show(request, status=422, problem=access.refusal_text(request["language"], refused))
    async with pages.changing(request) as session:
        await second_factor.end(session, access.person_of(request))
    return flash.redirect(request, HOME, "done", pages.say(request, "account.second-ended"))
