"""Tiles and small pictures: files that never change, addressed by the digest of what they were made of or of themselves."""

from __future__ import annotations

from collections import OrderedDict

from aiohttp import hdrs, web

from museum.assets.tiles import TileMissing
from museum.web import files
from museum.web.answers import CORS, IMMUTABLE, PRIVATE, add_public, is_known, sees_drafts
from museum.web.errors import not_found
from museum.web.keys import PUBLIC_FILES, TILES

HOT_BYTES = 64 << 20
_NUMBER = "[0-9]{1,5}"
_DIGEST = "[0-9a-f]{64}"

JPEG_HEADERS = {**CORS, hdrs.CONTENT_TYPE: "image/jpeg", hdrs.CACHE_CONTROL: IMMUTABLE}


class HotTiles:
    """Tiles asked for lately, the oldest dropped once all of them exceed `limit` bytes."""

    def __init__(self, limit: int = HOT_BYTES) -> None:
        self._limit = limit
        self._tiles: OrderedDict[tuple[str, int, str, int, int], bytes] = OrderedDict()
        self._bytes = 0

    def get(self, key: tuple[str, int, str, int, int]) -> bytes | None:
        tile = self._tiles.get(key)
        if tile is not None:
            self._tiles.move_to_end(key)
        return tile

    def put(self, key: tuple[str, int, str, int, int], tile: bytes) -> None:
        if key in self._tiles:
            return
        self._tiles[key] = tile
        self._bytes += len(tile)
        while self._bytes > self._limit:
            self._bytes -= len(self._tiles.popitem(last=False)[1])


HOT_TILES = web.AppKey("hot_tiles", HotTiles)


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
    hot = request.app[HOT_TILES]
    tile = hot.get(key)
    if tile is None:
        try:
            tile = await request.app[TILES].face_tile(*key)
        except TileMissing:
            raise not_found() from None
        hot.put(key, tile)
    return picture(request, tile, f"{digest[:24]}-{key[1]}{face}{key[3]}-{key[4]}")


def picture(request: web.Request, body: bytes, tag: str) -> web.Response:
    """A JPEG that never changes. A draft's stays out of shared caches."""
    headers = {**JPEG_HEADERS, hdrs.ETAG: f'"{tag}"'}
    if sees_drafts(request):
        headers[hdrs.CACHE_CONTROL] = PRIVATE
    if is_known(request, tag):
        del headers[hdrs.CONTENT_TYPE]
        return web.Response(status=304, headers=headers)
    return web.Response(body=body, headers=headers)


def register(app: web.Application) -> None:
    app[HOT_TILES] = HotTiles()
    add_public(
        app,
        f"/tiles/{{digest:{_DIGEST}}}/{{level:{_NUMBER}}}/{{face:[frblud]}}/{{row:{_NUMBER}}}/{{column:{_NUMBER}}}.jpg",
        face_tile,
    )
    files.register(app)
