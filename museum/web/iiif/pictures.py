"""A region at a size: a stored tile as it lies there, or else a picture made for the asking."""

from __future__ import annotations

import logging
from functools import partial
from io import BytesIO
from typing import NamedTuple

from aiohttp import hdrs, web

from museum.assets.excerpt import Crowded, Excerpts
from museum.assets.region import RegionReader
from museum.assets.store import BlobMissing
from museum.assets.tiles import TileMissing, TileReader
from museum.collection.image_source import ImageSource
from museum.web.answers import CORS, PRIVATE, in_private, is_known, sees_drafts, tag_of
from museum.web.errors import Problem, not_found
from museum.web.express import KeptAnswers, Ready, make_head
from museum.web.files import asked_part
from museum.web.iiif.canonical import canonical
from museum.web.iiif.info import LEVEL_2, LEVEL_3
from museum.web.iiif.lanes import CHEAP, Busy, Renderer
from museum.web.iiif.levels import TilePlace, best_level, cost, level_box, stored_tile
from museum.web.iiif.parameters import FORMATS, BadParameter, ImageRequest, Version, read_request
from museum.web.iiif.render import RECIPE, draw_excerpt, draw_large, draw_small
from museum.web.iiif.sources import Sources
from museum.web.keys import STORE, TILES
from museum.web.rendering import base_url

logger = logging.getLogger(__name__)

FRESH = "public, max-age=300"
"""A slug outlives its picture, so that copies are asked for again."""
PIECE = 128 << 10
_VERSIONS: dict[str, Version] = {"3": 3, "2": 2}
ROUTES: dict[Version, str] = {
    version: f"/iiif/{version}/{{slug}}/{{region}}/{{size}}/{{rotation}}/{{quality}}.{{format}}" for version in (3, 2)
}

RENDERER = web.AppKey("iiif_renderer", Renderer)
SOURCES = web.AppKey("iiif_sources", Sources)
REGIONS = web.AppKey("iiif_regions", RegionReader)
EXCERPTS = web.AppKey("iiif_excerpts", Excerpts)
CROWDED_SECONDS = 5
"""After how long to ask again where too much is being fetched from a store."""


class Asked(NamedTuple):
    """A picture as it is asked for: of what, in pixels, its entity tag, its canonical words, and the stored tile that it is."""

    source: ImageSource
    pixels: ImageRequest
    tag: str
    canonical: str
    place: TilePlace | None


def understand(
    version: Version, source: ImageSource, region: str, size: str, rotation: str, quality: str, format: str
) -> Asked:
    """What the words of an address ask of an image. Raises BadParameter."""
    info = source.info
    pixels = read_request(version, (info.width, info.height), region, size, rotation, quality, format)
    tag = tag_of(f"{source.digest} {pixels} {RECIPE}".encode())
    place = stored_tile(pixels, info.levels, info.tile)
    return Asked(source, pixels, tag, canonical(version, pixels, info.width, info.height), place)


def headers_of(asked: Asked, version: Version, service: str, cache: str) -> dict[str, str]:
    """All headers that every answer with this picture has."""
    level = LEVEL_3 if version == 3 else LEVEL_2
    return {
        **CORS,
        hdrs.CONTENT_TYPE: FORMATS[asked.pixels.format],
        hdrs.CACHE_CONTROL: cache,
        hdrs.ETAG: f'"{asked.tag}"',
        hdrs.ACCEPT_RANGES: "bytes",
        hdrs.LINK: f'<{level}>;rel="profile", <{service}/{asked.canonical}>;rel="canonical"',
    }


async def find_source(request: web.Request) -> ImageSource:
    """The pyramid that the address names. Raises Problem 404."""
    source = await request.app[SOURCES].find(request.match_info["slug"], drafts=sees_drafts(request))
    if source is None:
        raise not_found()
    return source


def service_address(request: web.Request, version: Version) -> str:
    """The absolute address of the image service."""
    return f"{base_url(request)}/iiif/{version}/{request.match_info['slug']}"


async def picture(request: web.Request, version: Version) -> web.Response:
    """The picture that the address asks for."""
    source = await find_source(request)
    words = {part: request.match_info[part] for part in ("region", "size", "rotation", "quality", "format")}
    try:
        asked = understand(version, source, **words)
    except BadParameter as error:
        raise Problem(error.status, f"iiif-{error.part}") from None
    cache = PRIVATE if in_private(request) else FRESH
    headers = headers_of(asked, version, service_address(request, version), cache)
    if is_known(request, asked.tag):
        del headers[hdrs.CONTENT_TYPE]
        return web.Response(status=304, headers=headers)
    try:
        body = await _body(request.app, asked)
    except (TileMissing, BlobMissing) as error:
        return await _without_file(request, version, source, error)
    if cache == FRESH:
        ready = Ready(ROUTES[version], make_head(headers, len(body)), body)
        request.app[KEPT].put(base_url(request), request.raw_path, ready, source)
    part = asked_part(request, asked.tag, len(body))
    if part is None:
        return web.Response(body=in_pieces(body), headers=headers)
    headers[hdrs.CONTENT_RANGE] = f"bytes {part.offset}-{part.offset + part.length - 1}/{len(body)}"
    return web.Response(status=206, body=in_pieces(body[part.offset : part.offset + part.length]), headers=headers)


def in_pieces(body: bytes) -> bytes | BytesIO:
    """A large body for aiohttp to send piece by piece: copying megabytes into a connection at once keeps all others waiting."""
    return body if len(body) <= PIECE else BytesIO(body)


async def _body(app: web.Application, asked: Asked) -> bytes:
    source, pixels, place = asked.source, asked.pixels, asked.place
    if place is not None:
        size = (place.width, place.height)
        return await app[TILES].image_tile(source.digest, place.level, place.row, place.column, size)
    info, key = source.info, (source.digest, pixels)
    try:
        level = best_level(pixels, len(info.levels))
        box = level_box(pixels, info.levels, level)
        if cost(pixels, len(info.levels), info.tile) <= CHEAP:
            region = await app[REGIONS].gather(source.digest, level, box, info.tile)
            return await app[RENDERER].render(key, cheap=True, work=partial(draw_small, region, pixels))
        if not app[TILES].near:
            async with app[EXCERPTS].file(source.digest, level, box) as (path, within):
                work = partial(draw_excerpt, path, within, pixels)
                return await app[RENDERER].render(key, cheap=False, work=work)
        async with app[STORE].local(source.digest) as path:
            work = partial(draw_large, path, pixels, info.levels)
            return await app[RENDERER].render(key, cheap=False, work=work)
    except Busy as busy:
        raise Problem(503, "http-503", {hdrs.RETRY_AFTER: str(busy.retry_after)}) from None
    except Crowded:
        raise Problem(503, "http-503", {hdrs.RETRY_AFTER: str(CROWDED_SECONDS)}) from None


async def _without_file(
    request: web.Request, version: Version, source: ImageSource, error: LookupError
) -> web.Response:
    """Another picture may just have taken the place of one whose file is gone; otherwise that is for the operator."""
    request.app[SOURCES].forget(request.match_info["slug"])
    if (await find_source(request)).digest != source.digest:
        return await picture(request, version)
    logger.error("the pyramid of image %s cannot be read: %s", request.match_info["slug"], error)
    raise Problem(500, "iiif-damaged") from None


class PictureLane:
    """Answers requests for stored tiles, and for whatever was answered before, in the express lane."""

    def __init__(self, sources: Sources, tiles: TileReader, kept: KeptAnswers) -> None:
        self._sources = sources
        self._tiles = tiles
        self._kept = kept

    def __call__(self, target: str, base: str) -> Ready | None:
        """The answer, where the image is known to be published and no waiting is needed."""
        parts = target.split("/")
        if len(parts) != 8 or parts[2] not in _VERSIONS:
            return None
        source = self._sources.recall(parts[3])
        if source is None:
            return None
        found = self._kept.get(base, target)
        if found is not None and found[1] is source:
            return found[0]
        ready = self._read(_VERSIONS[parts[2]], source, parts, base)
        if ready is not None:
            self._kept.put(base, target, ready, source)
        return ready

    def _read(self, version: Version, source: ImageSource, parts: list[str], base: str) -> Ready | None:
        quality, _, ending = parts[7].partition(".")
        try:
            asked = understand(version, source, parts[4], parts[5], parts[6], quality, ending)
            if asked.place is None:
                return None
            level, row, column, width, height = asked.place
            body = self._tiles.image_tile_at_once(source.digest, level, row, column, (width, height))
        except (BadParameter, TileMissing):
            # The application says what is wrong.
            return None
        if body is None:
            return None
        headers = headers_of(asked, version, f"{base}/iiif/{version}/{parts[3]}", FRESH)
        return Ready(ROUTES[version], make_head(headers, len(body)), body)


KEPT = web.AppKey("iiif_kept", KeptAnswers)
