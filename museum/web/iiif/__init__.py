"""IIIF Image API 3.0 and 2.1, level 2, for every image: `/iiif/3/{slug}/…`, `/iiif/2/{slug}/…`."""

from __future__ import annotations

from functools import partial

from aiohttp import hdrs, web

from museum.assets.excerpt import Excerpts
from museum.assets.region import RegionReader
from museum.web.answers import CORS, PRIVATE, REVALIDATE, add_public, in_private, json_answer
from museum.web.express import EXPRESS, KeptAnswers
from museum.web.iiif.info import CONTEXT_2, CONTEXT_3, LEVEL_2, LEVEL_3, info_2, info_3
from museum.web.iiif.lanes import Renderer
from museum.web.iiif.parameters import Version
from museum.web.iiif.pictures import (
    EXCERPTS,
    KEPT,
    REGIONS,
    RENDERER,
    ROUTES,
    SOURCES,
    PictureLane,
    find_source,
    picture,
    service_address,
)
from museum.web.iiif.sources import Sources
from museum.web.keys import DATABASE, PUBLIC_FILES, STORE, TILES

VERSIONS: tuple[Version, ...] = (3, 2)
_PATTERNS = {"{slug}": "{slug:[a-z0-9-]{1,120}}", "{quality}": "{quality:[^./]+}", "{format}": "{format:[^./]+}"}


async def information(request: web.Request, version: Version) -> web.Response:
    """info.json."""
    source = await find_source(request)
    service = service_address(request, version)
    make, context, level = (info_3, CONTEXT_3, LEVEL_3) if version == 3 else (info_2, CONTEXT_2, LEVEL_2)
    wants_ld = "application/ld+json" in request.headers.get(hdrs.ACCEPT, "")
    links = [f'<{level}>;rel="profile"', f'<{service}/info.json>;rel="canonical"']
    if not wants_ld:
        links.append(f'<{context}>;rel="http://www.w3.org/ns/json-ld#context";type="application/ld+json"')
    linked = f'application/ld+json;profile="{context}"' if version == 3 else "application/ld+json"
    return json_answer(
        request,
        make(service, source.info, source.rights),
        cache=PRIVATE if in_private(request) else REVALIDATE,
        content_type=linked if wants_ld else "application/json",
        headers={hdrs.LINK: ", ".join(links), hdrs.VARY: "Accept, Accept-Encoding"},
    )


async def redirect(request: web.Request, version: Version) -> web.Response:
    """The service's own address leads to its info.json."""
    await find_source(request)
    target = f"{service_address(request, version)}/info.json"
    headers = {
        **CORS,
        hdrs.LOCATION: target,
        hdrs.LINK: f'<{target}>;rel="canonical"',
        hdrs.CACHE_CONTROL: PRIVATE if in_private(request) else REVALIDATE,
    }
    return web.Response(status=303, headers=headers)


async def _close(app: web.Application) -> None:
    app[RENDERER].close()


def _pattern(route: str) -> str:
    for name, pattern in _PATTERNS.items():
        route = route.replace(name, pattern)
    return route


def register(app: web.Application) -> None:
    app[RENDERER] = Renderer()
    app[REGIONS] = RegionReader(app[TILES])
    app[EXCERPTS] = Excerpts(app[TILES], app[STORE].scratch)
    app[SOURCES] = Sources(app[DATABASE], app[PUBLIC_FILES].withdrawals)
    app[KEPT] = KeptAnswers()
    app[EXPRESS].add_lane("iiif", PictureLane(app[SOURCES], app[TILES], app[KEPT]))
    app.on_cleanup.append(_close)
    for version in VERSIONS:
        base = _pattern(f"/iiif/{version}/{{slug}}")
        add_public(app, base, partial(redirect, version=version))
        add_public(app, f"{base}/", partial(redirect, version=version))
        add_public(app, f"{base}/info.json", partial(information, version=version))
        add_public(app, _pattern(ROUTES[version]), partial(picture, version=version))
