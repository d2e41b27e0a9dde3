"""Who asks, and whether she may: the session's cookie, forged requests, and an action that every route under /admin declares.

A route that declares nothing is closed to everybody.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from museum.curation import roles, sessions, throttle
from museum.curation.errors import NotAllowed, NotFound, Overtaken, Refused
from museum.curation.models import Person
from museum.curation.uploads import DiskFull, Locked, TooLarge, WrongChecksum, WrongOffset
from museum.web.admin import flash, kept_forms, kinds
from museum.web.errors import Problem
from museum.web.keys import DATABASE, SESSION_COOKIE, SETTINGS
from museum.web.language import has_text, sentences, translate

KNOWN_COOKIE = "museum_browser"
"""Tells a browser in which somebody has logged in before; it opens nothing."""
PREFIX = "/admin"
ANYBODY = "anybody"
"""What the log-in page needs: nothing."""
SAFE = frozenset({hdrs.METH_GET, hdrs.METH_HEAD, hdrs.METH_OPTIONS})

View = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Route(NamedTuple):
    """A route and the action, of `museum.curation.roles`, that it needs. What is `scoped` lets in whoever may do that in some venue; its
    handler asks for the venue at hand."""

    method: str
    path: str
    needs: str
    handler: View
    scoped: bool


class Routes(list[Route]):
    """Routes of one module, collected by decorators."""

    def get(self, path: str, *, needs: str, scoped: bool = False) -> Callable[[View], View]:
        return self.on(hdrs.METH_GET, path, needs=needs, scoped=scoped)

    def post(self, path: str, *, needs: str, scoped: bool = False) -> Callable[[View], View]:
        return self.on(hdrs.METH_POST, path, needs=needs, scoped=scoped)

    def put(self, path: str, *, needs: str, scoped: bool = False) -> Callable[[View], View]:
        return self.on(hdrs.METH_PUT, path, needs=needs, scoped=scoped)

    def on(self, method: str, path: str, *, needs: str, scoped: bool = False) -> Callable[[View], View]:
        if needs != ANYBODY and needs not in roles.ACTIONS:
            raise KeyError(needs)

        def add(handler: View) -> View:
            self.append(Route(method, path, needs, handler, scoped))
            return handler

        return add


NEEDS: web.AppKey[dict[tuple[str, str], str]] = web.AppKey("admin-needs", dict)
SCOPED: web.AppKey[set[tuple[str, str]]] = web.AppKey("admin-scoped", set)


def mount(app: web.Application, routes: Routes) -> None:
    """Add `routes` and what they need to the application."""
    for route in routes:
        resource = app.router.add_route(route.method, route.path, route.handler).resource
        assert resource is not None
        app[NEEDS][route.method, resource.canonical] = route.needs
        if route.scoped:
            app[SCOPED].add((route.method, resource.canonical))


def needs_of(request: web.Request) -> str | None:
    """The action that the request's route declares; None where it declares none or there is no such route."""
    resource = request.match_info.route.resource
    if resource is None:
        return None
    method = hdrs.METH_GET if request.method == hdrs.METH_HEAD else request.method
    table = request.app[NEEDS]
    return table.get((request.method, resource.canonical)) or table.get((method, resource.canonical))


def is_scoped(request: web.Request) -> bool:
    """Whether the request's route asks for the venue itself."""
    resource = request.match_info.route.resource
    method = hdrs.METH_GET if request.method == hdrs.METH_HEAD else request.method
    return resource is not None and (method, resource.canonical) in request.app[SCOPED]


def person_of(request: web.Request) -> Person:
    """The person who asks, on a route that needs one."""
    person: Person | None = request["person"]
    if person is None:
        raise Problem(401, "http-401")
    return person


def is_secure(request: web.BaseRequest) -> bool:
    """Whether the browser reached us over https, perhaps through a proxy."""
    assert isinstance(request, web.Request)
    settings = request.app[SETTINGS]
    forwarded = settings.trusted_proxies > 0 and request.headers.get("X-Forwarded-Proto") == "https"
    return request.secure or forwarded or settings.public_url.startswith("https://")


def origin(request: web.Request) -> str:
    """The origin under which browsers see the museum, e.g. `https://tour.example.org`."""
    public = request.app[SETTINGS].public_url
    return public.rstrip("/") if public else f"{'https' if is_secure(request) else 'http'}://{request.host}"


def client_address(request: web.Request) -> str:
    """The visitor's address: what the outermost of our own proxies saw, never what the visitor says."""
    proxies = request.app[SETTINGS].trusted_proxies
    if proxies > 0:
        forwarded = [part.strip() for part in ",".join(request.headers.getall("X-Forwarded-For", [])).split(",")]
        if len(forwarded) >= proxies and forwarded[-proxies]:
            return forwarded[-proxies]
    return request.remote or ""


def set_session_cookie(request: web.Request, response: web.StreamResponse, token: str) -> None:
    """Give the browser its token, out of reach of scripts and of other sites' forms."""
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=int(sessions.ABSOLUTE.total_seconds()),
        path="/",
        httponly=True,
        samesite="Lax",
        secure=is_secure(request),
    )


def set_known_cookie(request: web.Request, response: web.StreamResponse, token: str) -> None:
    """Have the browser say at the next log-in that it is known; only the log-in page hears it."""
    response.set_cookie(
        KNOWN_COOKIE,
        token,
        max_age=int(throttle.KNOWN_FOR.total_seconds()),
        path=PREFIX,
        httponly=True,
        samesite="Lax",
        secure=is_secure(request),
    )


def is_forged(request: web.Request) -> bool:
    """Whether a request that changes something was sent by another site's page.

    Browsers say where a request comes from in Sec-Fetch-Site, older ones in Origin; what sends neither is no browser
    and carries nobody's cookie by accident.
    """
    if request.method in SAFE:
        return False
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get(hdrs.ORIGIN)
    if origin is None:
        return False
    public = request.app[SETTINGS].public_url
    return urlsplit(origin).netloc != request.host and (not public or origin != public.rstrip("/"))


@web.middleware
async def identify(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Set `request["person"]` and `request["login"]` from the session's cookie; None for visitors."""
    request["person"] = request["login"] = None
    token = request.cookies.get(SESSION_COOKIE)
    if token and len(token) <= 100 and not request.path.startswith("/static/"):
        login = await sessions.find_session(request.app[DATABASE], token)
        if login is not None:
            request["login"], request["person"] = login, login.person
    return await handler(request)


def is_admin(path: str) -> bool:
    """Whether the address is one of the curators'."""
    return path == PREFIX or path.startswith(PREFIX + "/")


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let through only who may, under /admin; and let no cache keep what she sees."""
    if not is_admin(request.path):
        return await handler(request)
    try:
        response = await _guarded(request, handler)
    except web.HTTPException as answer:
        answer.headers[hdrs.CACHE_CONTROL] = "no-store"
        raise
    if not response.prepared:
        response.headers[hdrs.CACHE_CONTROL] = "no-store"
        response.headers.popall(hdrs.ETAG, None)
    return response


async def _guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    if is_forged(request):
        raise Problem(403, "forged-request")
    needed = needs_of(request)
    if needed is None:
        # Unknown addresses answer as the router says; known ones that declare nothing are closed.
        if request.match_info.http_exception is not None:
            return await handler(request)
        raise Problem(403, "http-403")
    person: Person | None = request["person"]
    if needed != ANYBODY:
        if person is None:
            if request.method in SAFE and not wants_json(request):
                raise web.HTTPSeeOther(f"{PREFIX}/login?next={quote(request.path_qs, safe='')}")
            if not wants_json(request):
                sent = await kept_forms.fields_of(request)
                if page := await kept_forms.send_again(request, sent, _page_of(request, dict(sent))):
                    return page
            raise Problem(401, "http-401")
        if not (roles.may_somewhere if is_scoped(request) else roles.may)(person, needed):
            raise Problem(403, "http-403")
    try:
        return await handler(request)
    except Refused as refused:
        return await answer_refused(request, refused)


def wants_json(request: web.BaseRequest) -> bool:
    """Whether a script asks."""
    return "application/json" in request.headers.get(hdrs.ACCEPT, "") or "Tus-Resumable" in request.headers


STATUS: tuple[tuple[type[Refused], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (Overtaken, 409),
    (WrongOffset, 409),
    (Locked, 423),
    (WrongChecksum, 460),
    (TooLarge, 413),
    (DiskFull, 507),
)


def refusal_text(language: str, refused: Refused) -> str:
    """Why something was not done, and what to do, in her language."""
    values = dict(refused.values)
    if "obstacles" in values:
        codes: object = values["obstacles"]
        assert isinstance(codes, list)
        values["obstacles"] = sentences(language, *(translate(language, f"admin.obstacle-{code}") for code in codes))  # pyright: ignore
    for name, value in values.items():
        if name == "most" and isinstance(value, int) and value > 1024**2:
            values[name] = f"{value / 1024**3:.3g} GB"
    key = f"admin.refused-{refused.code}"
    return translate(language, key if has_text(key) else "admin.refused-other", **values)


async def answer_refused(request: web.Request, refused: Refused) -> web.StreamResponse:
    """JSON for scripts; for a form the page it came from, with the reason on top and what was typed in its fields. Where somebody else
    has saved meanwhile the page shows hers alone: see `museum.web.admin.conflict`."""
    status = next((code for kind, code in STATUS if isinstance(refused, kind)), 422)
    message = refusal_text(request["language"], refused)
    if wants_json(request):
        error = {"status": status, "code": refused.code, "message": message}
        response = web.json_response({"error": error}, status=status)
        if status == 460:
            response.set_status(460, "Checksum Mismatch")
        return response
    if request.method in SAFE or isinstance(refused, NotAllowed):
        raise Problem(status, f"http-{status}")
    sent = await kept_forms.fields_of(request)
    wrong = str(refused.values.get("field", ""))
    kept = "" if isinstance(refused, Overtaken) else await kept_forms.keep(request, sent, wrong)
    return flash.redirect(request, _page_of(request, dict(sent)), "refused", message, kept=kept)


def _page_of(request: web.Request, sent: Mapping[str, str]) -> str:
    """The curators' page that a form was sent from, as the form says or else the browser. Where neither does, or the page was itself the
    answer to a form, it is what the form calls `back`, else the page of the record in the address."""
    named = sent.get(kept_forms.PAGE)
    referer = request.headers.get(hdrs.REFERER, "")
    if not named and urlsplit(referer).path == request.path and not _can_be_seen(request):
        referer = ""
    came = urlsplit(named or referer or sent.get("back", ""))
    path = flash.safe_path(came.path, "") or _home_of(request)
    query = flash.without_refused(came.query)
    return flash.safe_path(f"{path}?{query}", path) if query and path == came.path else path


def _can_be_seen(request: web.Request) -> bool:
    resource = request.match_info.route.resource
    return resource is not None and (hdrs.METH_GET, resource.canonical) in request.app[NEEDS]


def _home_of(request: web.Request) -> str:
    _, _, plural, slug, *_ = [*request.path.split("/"), "", ""]
    return kinds.page(kinds.KINDS[plural], slug) if slug and plural in kinds.KINDS else f"{PREFIX}/"
