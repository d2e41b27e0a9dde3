"""Around every request: its identifier and language, the headers that keep browsers safe, errors in words, a line in the log."""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
import time
import warnings
from collections.abc import Mapping

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from museum.languages import match_language
from museum.logs import log_access
from museum.web import rendering
from museum.web.answers import CORS
from museum.web.errors import Problem
from museum.web.keys import HOUSE
from museum.web.language import COOKIE, choose_language, has_text, in_studio, own_words, translate
from museum.web.policy import CONTENT_SECURITY_POLICY

# What a request carries is named by plain words that every module of pages knows.
warnings.filterwarnings("ignore", category=web.NotAppKeyWarning)

logger = logging.getLogger(__name__)

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}
PAGE_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(self), gyroscope=(self), fullscreen=(self), xr-spatial-tracking=(self), "
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
}
STUDIO = "/admin"
"""Where the curators' pages are."""
MACHINE_PATHS = ("/api/", "/iiif/", "/tiles/", "/files/", "/models/", "/recordings/", "/captions/", "/oembed")
WORDLESS_PATHS = (
    "/tiles/",
    "/files/",
    "/models/",
    "/recordings/",
    "/captions/",
    "/static/",
    "/healthz",
    "/readyz",
    "/metrics",
)
"""Addresses whose answers hold no words, or that must answer whatever the database does."""
OWN_WORDS = {"title": "pages.museum", "note": "pages.museum-note", "imprint": "pages.imprint"}
"""Keys of the catalogues in whose place the museum's own texts stand, by their fields."""
MACHINE_ENDINGS = ("/view.jpg", "/sphere.jpg", "/qr.svg", "/museum-tour.js", "/museum-tour.d.ts")
"""Addresses that programs read: their errors are JSON, and other museums' pages may read them."""

REQUEST_ID = re.compile(r"[\w.-]{1,64}")
"""What a proxy may name a request; other names are passed over."""
_YEAR = 365 * 24 * 3600


@web.middleware
async def observe(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give the request an identifier and a language, and log it when it is answered."""
    offered = request.headers.get("X-Request-Id", "")
    request["request_id"] = offered if REQUEST_ID.fullmatch(offered) else secrets.token_hex(8)
    language = choose_language(request)
    request["language"] = in_studio(language) if request.path.startswith(STUDIO) else language
    began = time.perf_counter()
    status = 499
    try:
        response = await handler(request)
        status = response.status
        wanted = match_language(request.query.get("lang", ""))
        if wanted and not response.prepared and response.content_type == "text/html":
            response.set_cookie(COOKIE, wanted, max_age=_YEAR, path="/", samesite="Lax", secure=request.secure)
        return response
    except web.HTTPException as answer:
        status = answer.status
        raise
    finally:
        milliseconds = (time.perf_counter() - began) * 1000
        log_access(request["request_id"], request.method, request.path, status, milliseconds, request["language"])


@web.middleware
async def use_own_words(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Have the answer call the museum what it calls itself. Where the database can't say, what it last said holds."""
    if not request.path.startswith(WORDLESS_PATHS):
        house = request.app[HOUSE]
        try:
            await house.current()
        except Exception:
            logger.exception("the museum's own words could not be read", extra={"request_id": request["request_id"]})
        own_words.set({OWN_WORDS[name]: texts for name, texts in house.identity.texts.items() if name in OWN_WORDS})
        request["demonstration"] = house.identity.demonstration
    return await handler(request)


@web.middleware
async def explain_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn what went wrong into a page, or into JSON for programs."""
    try:
        return await handler(request)
    except Problem as problem:
        return await explain(request, problem.status, problem.code, problem.values, problem.headers)
    except web.HTTPException as answer:
        if answer.status < 400 or (answer.body is not None and answer.content_type == "application/json"):
            raise
        kept = {str(name): answer.headers[name] for name in (hdrs.ALLOW, hdrs.RETRY_AFTER) if name in answer.headers}
        return await explain(request, answer.status, f"http-{answer.status}", {}, kept)
    except web.RequestPayloadError:
        # What was sent ended before its announced end, or is not in the pieces that it says.
        return await explain(request, 400, "body-cut", {}, {})
    except (asyncio.CancelledError, ConnectionResetError):
        raise
    except Exception:
        logger.exception(
            "%s %s failed",
            request.method,
            request.path,
            extra={"request_id": request["request_id"], "path": request.path},
        )
        if request.writer.output_size > 0:
            # Part of an answer is on its way. No other can follow it, and what has come must not look whole: the connection ends.
            raise
        return await explain(request, 500, "http-500", {}, {})


@web.middleware
async def refuse_nul(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer 400 where the address holds a NUL, which no text of ours does: PostgreSQL would fail on it, SQLite find what is not there."""
    if "\0" in request.path or "\0" in request.query_string:
        raise Problem(400, "address-nul")
    return await handler(request)


async def explain(
    request: web.Request, status: int, code: str, values: dict[str, object], headers: Mapping[str, str]
) -> web.Response:
    """The answer that tells a person or a program about an error, in the language of the request."""
    known = next(key for key in (code, f"http-{status}", "http-500") if has_text(f"errors.{key}"))
    message = translate(request["language"], f"errors.{known}", **values)
    if wants_page(request):
        family = next(key for key in (status, 500 if status >= 500 else 400) if has_text(f"errors.title-{key}"))
        response = await rendering.render(
            request,
            "pages/error.html",
            status=status,
            family=family,
            message=message,
            request_id=request["request_id"],
            at_desk=request.path.startswith(STUDIO) and request.get("person") is not None,
        )
        response.headers[hdrs.CACHE_CONTROL] = "no-store"
    else:
        error = {"status": status, "code": code, "message": message}
        response = web.json_response({"error": error}, status=status, headers={hdrs.CACHE_CONTROL: "no-store"})
    response.headers.update(headers)
    return response


def is_for_programs(path: str) -> bool:
    """Whether programs read what lies at `path`."""
    return path.startswith(MACHINE_PATHS) or path.endswith(MACHINE_ENDINGS)


def wants_page(request: web.BaseRequest) -> bool:
    """Whether the answer is for a person: not at addresses for programs, nor where JSON is asked for before HTML."""
    if is_for_programs(request.path):
        return False
    accept = request.headers.get(hdrs.ACCEPT, "*/*")
    html, json = accept.find("text/html"), accept.find("application/json")
    return (html >= 0 and (json < 0 or html < json)) or (json < 0 and "*/*" in accept)


async def finish_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Headers of every answer, whoever made it. What a handler has set stays."""
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if "request_id" in request:
        response.headers.setdefault("X-Request-Id", request["request_id"])
    if is_for_programs(request.path):
        # Errors too: another museum's viewer tells a missing scene from a server that is down.
        for name, value in CORS.items():
            response.headers.setdefault(name, value)
    if response.content_type == "text/html":
        for name, value in PAGE_HEADERS.items():
            response.headers.setdefault(name, value)


def register(app: web.Application) -> None:
    app.middlewares.append(observe)
    app.middlewares.append(use_own_words)
    app.middlewares.append(explain_errors)
    app.middlewares.append(refuse_nul)
    app.on_response_prepare.append(finish_headers)
