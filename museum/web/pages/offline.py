"""What a museum needs to be taken along: the manifest with which it is installed, the service worker, and the page of what is kept."""

from __future__ import annotations

from aiohttp import hdrs, web

from museum.languages import match_language
from museum.web.answers import json_answer
from museum.web.bundle import BUILD, BUNDLE, STATIC, address
from museum.web.errors import not_found
from museum.web.language import translate
from museum.web.rendering import render
from museum.web.spoken import words_addresses

GROUND = "#0f0d0b"
ICONS = (
    {"src": "/static/mark.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
    {"src": "/static/icon-192.png", "sizes": "192x192", "type": "image/png", "purpose": "any"},
    {"src": "/static/icon-512.png", "sizes": "512x512", "type": "image/png", "purpose": "any"},
    {"src": "/static/icon-maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
)
ASSETS = ("opening", "site", "tour", "zoom")
"""Entries of the build that a visit without a network needs, with all that they may ask for."""


async def manifest(request: web.Request) -> web.Response:
    """The web app manifest, its names in the language of the request."""
    language = match_language(request.query.get("lang", "")) or request["language"]
    name = translate(language, "pages.museum")
    document = {
        "id": "/",
        "name": name,
        "short_name": name,
        "description": translate(language, "pages.museum-note"),
        "lang": language,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": GROUND,
        "theme_color": GROUND,
        "icons": ICONS,
        "shortcuts": [{"name": translate(language, "pages.kept"), "url": "/offline"}],
    }
    return json_answer(
        request, document, content_type="application/manifest+json", headers={hdrs.VARY: "Accept-Language, Cookie"}
    )


async def worker(request: web.Request) -> web.Response:
    """The service worker. Its address stays; browsers ask for it anew at each visit and take another one when a byte differs."""
    entry = request.app[BUNDLE].entry("worker")
    if entry is None:
        raise not_found()
    body = (BUILD / entry.script).read_bytes()
    headers = {hdrs.CACHE_CONTROL: "no-cache", "Service-Worker-Allowed": "/"}
    return web.Response(body=body, content_type="text/javascript", charset="utf-8", headers=headers)


async def assets(request: web.Request) -> web.Response:
    """`{"files": […], "bytes": …}`: scripts and styles of the visitors' pages, for a browser that keeps them."""
    files = request.app[BUNDLE].closure(*ASSETS)
    known = [(STATIC / "mark.svg", "/static/mark.svg"), *((BUILD / file, address(file)) for file in files)]
    spoken = words_addresses()
    document = {
        "files": [*(where for _, where in known), *(where for where, _ in spoken)],
        "bytes": sum(path.stat().st_size for path, _ in known) + sum(size for _, size in spoken),
    }
    return json_answer(request, document)


async def kept(request: web.Request) -> web.StreamResponse:
    """The page that lists the halls kept in this browser; its script knows which."""
    return await render(request, "pages/offline.html")


def register(app: web.Application) -> None:
    app.router.add_get("/manifest.webmanifest", manifest)
    app.router.add_get("/service-worker.js", worker)
    app.router.add_get("/offline/assets.json", assets)
    app.router.add_get("/offline", kept)
