"""Tiles and small pictures: files that never change, addressed by the digest of what they were made of or of themselves."""

from __future__ import annotations

import logging
import re

from aiohttp import hdrs, web

from museum.assets.tiles import PyramidDamaged, TileMissing, TileReader
from museum.curation.visibility import PublicFiles
from museum.web import files
from museum.web.answers import CORS, IMMUTABLE, PRIVATE, add_public, in_private, is_known, sees_drafts
from museum.web.errors import Problem, not_found
from museum.web.express import EXPRESS, KeptAnswers, Ready, make_head
from museum.web.keys import PUBLIC_FILES, TILES

logger = logging.getLogger(__name__)

_NUMBER = "[0-9]{1,5}"
_DIGEST = "[0-9a-f]{64}"
_TARGET = re.compile(rf"/tiles/({_DIGEST})/({_NUMBER})/([frblud])/({_NUMBER})/({_NUMBER})\.jpg")
ROUTE = "/tiles/{digest}/{level}/{face}/{row}/{column}.jpg"

JPEG_HEADERS = {**CORS, hdrs.CONTENT_TYPE: "image/jpeg", hdrs.CACHE_CONTROL: IMMUTABLE}


class FaceLane:
    """Answers requests for tiles of panoramas known to be published in the express lane, where no waiting is needed."""

    def __init__(self, public: PublicFiles, tiles: TileReader) -> None:
        self._public = public
        self._tiles = tiles
        self._kept = KeptAnswers()

    def __call__(self, target: str, _base: str) -> Ready | None:
        match = _TARGET.fullmatch(target)
        if match is None or not self._public.knows(match[1]):
            return None
        found = self._kept.get("", target)
        if found is not None:
            return found[0]
        key = (match[1], int(match[2]), match[3], int(match[4]), int(match[5]))
        try:
            tile = self._tiles.face_tile_at_once(*key)
        except TileMissing:
            # The application says so.
            return None
        return None if tile is None else self.keep(target, tile, tag_of_tile(key))

    def keep(self, target: str, tile: bytes, tag: str) -> Ready:
        """Have a tile sent again without being read."""
        ready = Ready(ROUTE, make_head(headers_of(tag), len(tile)), tile)
        self._kept.put("", target, ready, None)
        return ready


FACE_LANE = web.AppKey("face_lane", FaceLane)


def tag_of_tile(key: tuple[str, int, str, int, int]) -> str:
    """The entity tag of a tile: all that it depends on."""
    digest, level, face, row, column = key
    return f"{digest[:24]}-{level}{face}{row}-{column}"


def headers_of(tag: str) -> dict[str, str]:
    """All headers that a visitor's answer with this tile has."""
    return {**JPEG_HEADERS, hdrs.ETAG: f'"{tag}"'}


async def may_see(request: web.Request, digest: str) -> bool:
    """Whether this visitor may have files of `digest`: published ones, or any for somebody logged in."""
    public = request.app[PUBLIC_FILES]
    return public.knows(digest) or sees_drafts(request) or await public.includes(digest)


async def face_tile(request: web.Request) -> web.Response:
    """A tile of a panorama's face, as it lies in the pyramid."""
    match = request.match_info
    digest, face = match["digest"], match["face"]
    key = (digest, int(match["level"]), face, int(match["row"]), int(match["column"]))
    if not await may_see(request, digest):
        raise not_found()
    try:
        tile = await request.app[TILES].face_tile(*key)
    except PyramidDamaged as error:
        logger.error("the pyramid of a panorama cannot be read: %s", error)
        raise Problem(500, "iiif-damaged") from None
    except TileMissing:
        raise not_found() from None
    tag = tag_of_tile(key)
    if not in_private(request):
        request.app[FACE_LANE].keep(request.raw_path, tile, tag)
    return picture(request, tile, tag)


def picture(request: web.Request, body: bytes, tag: str) -> web.Response:
    """A JPEG that never changes. A draft's stays out of shared caches."""
    headers = headers_of(tag)
    if in_private(request):
        headers[hdrs.CACHE_CONTROL] = PRIVATE
    if is_known(request, tag):
        del headers[hdrs.CONTENT_TYPE]
        return web.Response(status=304, headers=headers)
    return web.Response(body=body, headers=headers)


def register(app: web.Application) -> None:
    app[FACE_LANE] = FaceLane(app[PUBLIC_FILES], app[TILES])
    app[EXPRESS].add_lane("tiles", app[FACE_LANE])
    add_public(
        app,
        f"/tiles/{{digest:{_DIGEST}}}/{{level:{_NUMBER}}}/{{face:[frblud]}}/{{row:{_NUMBER}}}/{{column:{_NUMBER}}}.jpg",
        face_tile,
    )
    files.register(app)
