"""Passkeys: making them on one's own account's page, and logging in with one."""

from __future__ import annotations

from aiohttp import web

from museum.curation import passkeys, previews
from museum.curation.errors import Refused
from museum.web.admin import access, account, flash, login, pages
from museum.web.keys import DATABASE

routes = access.Routes()

HOME = f"{account.HOME}/passkeys"


def _site(request: web.Request) -> passkeys.Site:
    return passkeys.Site(access.origin(request), pages.say(request, "pages.museum"))


def _begun(begun: passkeys.Begun) -> web.Response:
    return web.json_response({"token": begun.token, "options": begun.options})


@routes.post("/admin/login/passkey/begin", needs=access.ANYBODY)
async def begin_login(request: web.Request) -> web.StreamResponse:
    """What the browser needs to show its passkeys of this museum."""
    async with request.app[DATABASE].write() as session:
        return _begun(await passkeys.begin_login(session, _site(request)))


@routes.post("/admin/login/passkey", needs=access.ANYBODY)
async def log_in(request: web.Request) -> web.StreamResponse:
    """Log in with a passkey. It is no password that could be tried, so nothing is throttled; and it is both factors."""
    form = await pages.read_form(request)
    following = form.get("next", "")
    try:
        async with pages.changing(request) as session:
            key = await previews.signing_key(session, make=True)
            assert key is not None
            token, answer = form.get("token", "")[:100], form.get("answer", "")
            person = await passkeys.log_in(session, _site(request), key, token, answer)
    except Refused as refused:
        await login.note_failure(request, "")
        return await login.show(request, following, status=401, refused=refused)
    return await login.enter(request, person, following, means="passkey")


@routes.post(HOME + "/begin", needs="look")
async def begin(request: web.Request) -> web.StreamResponse:
    """What the browser needs to make a passkey, once she has shown that it is she who sits there."""
    form = await pages.read_form(request)
    await account.check(request, form.get("password", ""))
    async with request.app[DATABASE].write() as session:
        key = await previews.signing_key(session, make=True)
        assert key is not None
        return _begun(
            await passkeys.begin_registration(session, access.person_of(request), _site(request), key),
        )


@routes.post(HOME, needs="look")
async def add(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    otherwise = pages.say(request, "account.passkey")
    async with pages.changing(request) as session:
        passkey = await passkeys.register(
            session,
            access.person_of(request),
            _site(request),
            form.get("token", "")[:100],
            form.get("answer", ""),
            form.get("name", ""),
            otherwise,
        )
    return _said(request, "account.passkey-added", name=passkey.name)


@routes.post(HOME + "/{id:[0-9]+}/name", needs="look")
async def rename(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        await passkeys.rename(session, access.person_of(request), pages.identifier(request), form.get("name", ""))
    return _said(request, "account.passkey-renamed")


@routes.post(HOME + "/{id:[0-9]+}/remove", needs="look")
async def remove(request: web.Request) -> web.StreamResponse:
    async with pages.changing(request) as session:
        await passkeys.remove(session, access.person_of(request), pages.identifier(request))
    return _said(request, "account.passkey-removed")


def _said(request: web.Request, key: str, **values: object) -> web.Response:
    return flash.redirect(request, account.HOME, "done", pages.say(request, key, **values))
