"""Single sign-on: the way to the provider and back."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator

from aiohttp import web

from museum.curation import ceremonies, identities
from museum.curation.errors import NotFound, Refused
from museum.curation.sessions import digest_token
from museum.web.admin import access, login, pages
from museum.web.keys import DATABASE, PROVIDER, SETTINGS
from museum.web.provider import Provider

routes = access.Routes()

HOME = "/admin/sign-on"
COOKIE = "museum_sign_on"
"""Ties the way back to the browser that went."""
RULES: web.AppKey[identities.Rules] = web.AppKey("sign-on-rules", identities.Rules)


def register(app: web.Application) -> None:
    """Know the provider that the settings name. Raises ValueError where they don't fit together."""
    settings = app[SETTINGS]
    app[RULES] = identities.read_rules(settings.oidc_role_claim, settings.oidc_roles)
    if bool(settings.oidc_issuer) != bool(settings.oidc_client_id):
        raise ValueError("MUSEUM_OIDC_ISSUER and MUSEUM_OIDC_CLIENT_ID need each other")
    app[PROVIDER] = provider = Provider(settings)

    async def closing(_: web.Application) -> AsyncIterator[None]:
        yield
        await provider.close()

    app.cleanup_ctx.append(closing)


def _provider(request: web.Request) -> Provider:
    provider = request.app[PROVIDER]
    if not provider.issuer:
        raise web.HTTPNotFound
    return provider


def _back(request: web.Request) -> str:
    return f"{access.origin(request)}{HOME}/back"


@routes.get(HOME, needs=access.ANYBODY)
async def go(request: web.Request) -> web.StreamResponse:
    """Send the browser to the provider."""
    provider = _provider(request)
    following, invitation = request.query.get("next", "")[:2000], request.query.get("invitation", "")[:100]
    nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    detail = {
        "nonce": nonce,
        "verifier": verifier,
        "next": following,
        "invitation": digest_token(invitation) if invitation else "",
    }
    async with request.app[DATABASE].write() as session:
        state = await ceremonies.begin(session, "sign-on", detail)
    try:
        address = await provider.address(back=_back(request), state=state, nonce=nonce, verifier=verifier)
    except Refused as refused:
        return await login.show(request, following, status=502, refused=refused)
    response = web.Response(status=303, headers={"Location": address})
    response.set_cookie(
        COOKIE,
        state,
        max_age=ceremonies.MINUTES * 60,
        path=HOME,
        httponly=True,
        samesite="Lax",
        secure=access.is_secure(request),
    )
    return response


@routes.get(HOME + "/back", needs=access.ANYBODY)
async def come_back(request: web.Request) -> web.StreamResponse:
    """The browser comes back from the provider: with a code, or with why there is none."""
    provider = _provider(request)
    following = ""
    try:
        detail = await _finish(request)
        following = detail["next"]
        _check_answer(request, provider)
        claims = await provider.claims(
            code=request.query.get("code", ""),
            back=_back(request),
            nonce=detail["nonce"],
            verifier=detail["verifier"],
        )
        async with pages.changing(request) as session:
            person = await identities.log_in(
                session,
                request.app[RULES],
                claims,
                invitation=detail["invitation"],
                language=request["language"],
            )
    except Refused as refused:
        await login.note_failure(request, "")
        status = 502 if refused.code == "sign-on-unreachable" else 401
        response = await login.show(request, following, status=status, refused=refused)
    else:
        response = await login.enter(request, person, following, means="sign-on")
    response.del_cookie(COOKIE, path=HOME)
    return response


async def _finish(request: web.Request) -> dict[str, str]:
    """What was kept when this browser went. Raises Refused where it is another's, or too long ago."""
    state = request.query.get("state", "")
    if not state or not secrets.compare_digest(state.encode(), request.cookies.get(COOKIE, "").encode()):
        raise Refused("ceremony-over")
    async with request.app[DATABASE].write() as session:
        return await ceremonies.finish(session, "sign-on", state)


def _check_answer(request: web.Request, provider: Provider) -> None:
    """Raise Refused where the provider says no, or where another one answers (RFC 9207)."""
    if request.query.get("iss", provider.issuer) != provider.issuer:
        raise Refused("sign-on-wrong")
    error = request.query.get("error")
    if error is not None:
        raise Refused("sign-on-denied" if error == "access_denied" else "sign-on-wrong")


@routes.get(HOME + "/leave", needs=access.ANYBODY)
async def leave(request: web.Request) -> web.StreamResponse:
    """Log out at the provider, too, by a link: browsers let no form lead to another site."""
    try:
        address = await _provider(request).leave_address(f"{access.origin(request)}/admin/login")
    except Refused as refused:
        return await login.show(request, "", status=502, refused=refused)
    if address is None:
        raise NotFound("no-such-page")
    raise web.HTTPSeeOther(address)
