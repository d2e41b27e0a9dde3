"""IIIF Image API 3.0 and 2.1 for every image: `/iiif/3/{slug}/…`, `/iiif/2/{slug}/…`."""

from __future__ import annotations

import time
from functools import partial
from typing import NamedTuple

from aiohttp import hdrs, web

from museum.assets.store import BlobMissing
from museum.assets.tiles import TileMissing
from museum.collection.image_source import ImageSource, find_image_source
from museum.web.answers import CORS, PRIVATE, REVALIDATE, add_public, is_known, json_answer, sees_drafts, tag_of
from museum.web.errors import Problem, not_found
from museum.web.iiif.info import CONTEXT_2, CONTEXT_3, LEVEL_2, LEVEL_3, info_2, info_3
from museum.web.iiif.parameters import FORMATS, BadParameter, ImageRequest, Version, read_request, stored_tile
from museum.web.iiif.render import Busy, Renderer, draw
from museum.web.keys import DATABASE, PUBLIC_FILES, STORE, TILES
from museum.web.rendering import base_url

REMEMBER_SECONDS = 2.0
REMEMBER_SOURCES = 5_000
FRESH = "public, max-age=300"
"""A slug outlives its picture, so that copies are asked for again."""


class Kept(NamedTuple):
    """A source that holds until a moment (monotonic seconds) or the next withdrawal."""

    until: float
    withdrawals: int
    source: ImageSource


Sources = dict[str, Kept]
RENDERER = web.AppKey("iiif_renderer", Renderer)
SOURCES: web.AppKey[Sources] = web.AppKey("iiif_sources", dict)
_SLUG = "{slug:[a-z0-9-]{1,120}}"


async def find_source(request: web.Request) -> ImageSource:
    """The pyramid that the address names, asking the database at most every other second. Raises Problem 404."""
    slug, drafts = request.match_info["slug"], sees_drafts(request)
    sources, database = request.app[SOURCES], request.app[DATABASE]
    withdrawn = await request.app[PUBLIC_FILES].withdrawals.current()
    kept = sources.get(slug)
    if kept is not None and not drafts and kept.until > time.monotonic() and kept.withdrawals == withdrawn:
        return kept.source
    source = await database.read_with(find_image_source, slug, drafts)
    if source is None:
        raise not_found()
    if not drafts:
        if len(sources) >= REMEMBER_SOURCES:
            sources.clear()
        sources[slug] = Kept(time.monotonic() + REMEMBER_SECONDS, withdrawn, source)
    return source


def service_address(request: web.Request, version: Version) -> str:
    """The absolute address of the image service."""
    return f"{base_url(request)}/iiif/{version}/{request.match_info['slug']}"


async def information(request: web.Request, version: Version) -> web.Response:
    """info.json."""
    source = await find_source(request)
    make, context, level = (info_3, CONTEXT_3, LEVEL_3) if version == 3 else (info_2, CONTEXT_2, LEVEL_2)
    wants_ld = "application/ld+json" in request.headers.get(hdrs.ACCEPT, "")
    links = [f'<{level}>;rel="profile"']
    if not wants_ld:
        links.append(f'<{context}>;rel="http://www.w3.org/ns/json-ld#context";type="application/ld+json"')
    linked = f'application/ld+json;profile="{context}"' if version == 3 else "application/ld+json"
    return json_answer(
        request,
        make(service_address(request, version), source.info, source.rights),
        cache=PRIVATE if sees_drafts(request) else REVALIDATE,
        content_type=linked if wants_ld else "application/json",
        headers={hdrs.LINK: ", ".join(links), hdrs.VARY: "Accept, Accept-Encoding"},
    )


async def redirect(request: web.Request, version: Version) -> web.Response:
    """The service's own address leads to its info.json."""
    await find_source(request)
    return web.Response(status=303, headers={**CORS, hdrs.LOCATION: f"{service_address(request, version)}/info.json"})


async def picture(request: web.Request, version: Version) -> web.Response:
    """A region at a size: a stored tile as it lies there, or else a picture made for the asking."""
    source = await find_source(request)
    info, match = source.info, request.match_info
    try:
        asked = read_request(
            version,
            (info.width, info.height),
            *(match[part] for part in ("region", "size", "rotation", "quality", "format")),
        )
    except BadParameter as error:
        raise Problem(error.status, f"iiif-{error.part}") from None
    tag = tag_of(f"{source.digest} {asked}".encode())
    level = LEVEL_3 if version == 3 else LEVEL_2
    headers = {
        **CORS,
        hdrs.CACHE_CONTROL: PRIVATE if sees_drafts(request) else FRESH,
        hdrs.ETAG: f'"{tag}"',
        hdrs.LINK: f'<{level}>;rel="profile", <{_canonical(request, version, asked, info.width, info.height)}>;rel="canonical"',
    }
    if is_known(request, tag):
        return web.Response(status=304, headers=headers)
    headers[hdrs.CONTENT_TYPE] = FORMATS[asked.format]
    return web.Response(body=await _body(request, source, asked), headers=headers)


async def _body(request: web.Request, source: ImageSource, asked: ImageRequest) -> bytes:
    levels = source.info.levels
    place = stored_tile(asked, levels, source.info.tile)
    try:
        if place is not None:
            return await request.app[TILES].image_tile(source.digest, place.level, place.row, place.column)
        async with request.app[STORE].local(source.digest) as path:
            work = partial(draw, path, asked, len(levels))
            return await request.app[RENDERER].render(source.digest, asked, work)
    except (TileMissing, BlobMissing):
        raise not_found() from None
    except Busy:
        raise Problem(503, "http-503", {hdrs.RETRY_AFTER: "2"}) from None


def _canonical(request: web.Request, version: Version, asked: ImageRequest, width: int, height: int) -> str:
    """The address that every way of asking for this very picture comes down to, § 4.7 of 3.0 and of 2.1."""
    box = asked.box
    whole = box == (0, 0, width, height)
    region = "full" if whole else f"{box.x},{box.y},{box.width},{box.height}"
    as_is = (asked.width, asked.height) == (box.width, box.height)
    if version == 3:
        enlarged = asked.width > box.width or asked.height > box.height
        size = "max" if as_is else f"{'^' if enlarged else ''}{asked.width},{asked.height}"
    else:
        keeps_ratio = abs(asked.width * box.height / box.width - asked.height) < 1
        size = "full" if as_is else f"{asked.width}," if keeps_ratio else f"{asked.width},{asked.height}"
    turned = f"{'!' if asked.rotation.mirrored else ''}{asked.rotation.degrees}"
    quality = "default" if asked.quality == "color" else asked.quality
    return f"{service_address(request, version)}/{region}/{size}/{turned}/{quality}.{asked.format}"


async def _close(app: web.Application) -> None:
    app[RENDERER].close()


def register(app: web.Application) -> None:
    app[RENDERER] = Renderer()
    app[SOURCES] = {}
    app.on_cleanup.append(_close)
    versions: tuple[Version, ...] = (3, 2)
    for version in versions:
        base = f"/iiif/{version}/{_SLUG}"
        add_public(app, base, partial(redirect, version=version))
        add_public(app, f"{base}/info.json", partial(information, version=version))
        add_public(
            app,
            base + "/{region}/{size}/{rotation}/{quality:[^./]+}.{format:[^./]+}",
            partial(picture, version=version),
        )
