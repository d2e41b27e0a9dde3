"""`/museum-tour.js`: the script of `<museum-tour>` under an address that stays, for pages anywhere; `/museum-tour.d.ts`: its types."""

from __future__ import annotations

from aiohttp import hdrs, web

from museum.web.answers import CORS, REVALIDATE, add_public, is_known, tag_of
from museum.web.bundle import BUNDLE, STATIC, address
from museum.web.errors import not_found


async def script(request: web.Request) -> web.Response:
    """A module that imports today's build, wherever the page is that asks for it."""
    entry = request.app[BUNDLE].entry("tour")
    if entry is None:
        raise not_found()
    return _answer(request, f'import ".{address(entry.script)}";\n'.encode(), "text/javascript")


async def types(request: web.Request) -> web.Response:
    """TypeScript's declarations of the element, its properties and its events."""
    return _answer(request, (STATIC / "museum-tour.d.ts").read_bytes(), "text/plain")


def _answer(request: web.Request, body: bytes, content_type: str) -> web.Response:
    tag = tag_of(body)
    headers = {**CORS, hdrs.CACHE_CONTROL: REVALIDATE, hdrs.ETAG: f'"{tag}"'}
    if is_known(request, tag):
        return web.Response(status=304, headers=headers)
    return web.Response(body=body, content_type=content_type, charset="utf-8", headers=headers)


def register(app: web.Application) -> None:
    add_public(app, "/museum-tour.js", script)
    add_public(app, "/museum-tour.d.ts", types)
