"""Tiles out of pyramids in the store: one ranged read each, nothing decoded.

A tile of a JPEG-compressed TIFF is a JPEG without its tables; put in front, they make it whole, byte for byte what was encoded at
ingest. TIFF pads the tiles at the right and lower edges to full size; those are cut once, and kept.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from museum.assets.info import FACES
from museum.assets.pyramid_file import Level, NotAPyramid, read_index
from museum.assets.store import BlobMissing, Store

EDGE_QUALITY = 80
"""The quality that ingest encodes with: at the same one, coefficients of an uncut block come out as they went in."""


class TileMissing(LookupError):
    """There is no such tile: unknown digest, not a pyramid, or a level, face, row or column outside it."""


class TileReader:
    """Reads tiles, keeping the indexes of pyramids and cut edge tiles within `index_bytes` and `edge_bytes` of memory."""

    def __init__(self, store: Store, index_bytes: int = 64 << 20, edge_bytes: int = 64 << 20) -> None:
        self._store = store
        self._index_bytes = index_bytes
        self._edge_bytes = edge_bytes
        self._indexes: OrderedDict[str, list[list[Level]]] = OrderedDict()
        self._index_weight = 0
        self._edges: OrderedDict[tuple[str, int, int, int, int], bytes] = OrderedDict()
        self._edge_weight = 0
        self._parsing: dict[str, asyncio.Task[list[list[Level]]]] = {}
        self._pread = getattr(store, "pread", None)

    async def face_tile(self, digest: str, level: int, face: str, row: int, column: int) -> bytes:
        """A panorama's tile as JPEG. `level` 0 is the coarsest, `face` one of `frblud`. Raises TileMissing."""
        page = FACES.find(face)
        if page < 0 or len(face) != 1:
            raise TileMissing(f"no face {face!r}")
        return await self._tile(digest, page, level, row, column)

    async def image_tile(self, digest: str, level: int, row: int, column: int) -> bytes:
        """An image's tile as JPEG. `level` 0 is the coarsest. Raises TileMissing."""
        return await self._tile(digest, 0, level, row, column)

    async def levels(self, digest: str, face: str = "f") -> list[tuple[int, int]]:
        """Width and height of every level, coarsest first, as they are in the file. Raises TileMissing."""
        pages = await self._index(digest)
        page = FACES.find(face)
        if not 0 <= page < len(pages):
            raise TileMissing(f"no face {face!r}")
        return [(level.width, level.height) for level in pages[page]]

    def local(self, digest: str) -> AbstractAsyncContextManager[Path]:
        """The pyramid's file on this machine, for regions that are no tiles. Raises BlobMissing on entering."""
        return self._store.local(digest)

    def forget(self, digest: str) -> None:
        """Drop what is kept of a pyramid that has been deleted."""
        pages = self._indexes.pop(digest, None)
        if pages is not None:
            self._index_weight -= _weight(pages)
        for key in [key for key in self._edges if key[0] == digest]:
            self._edge_weight -= len(self._edges.pop(key))

    async def _tile(self, digest: str, page: int, level: int, row: int, column: int) -> bytes:
        pages = self._indexes.get(digest)
        if pages is None:
            pages = await self._index(digest)
        else:
            self._indexes.move_to_end(digest)
        if page >= len(pages) or not 0 <= level < len(pages[page]):
            raise TileMissing(f"{digest} has no level {level} of page {page}")
        entry = pages[page][level]
        if not (0 <= row < entry.rows and 0 <= column < entry.columns):
            raise TileMissing(f"level {level} of {digest} has no tile {row}, {column}")
        width = min(entry.tile, entry.width - column * entry.tile)
        height = min(entry.tile, entry.height - row * entry.tile)
        if width == entry.tile and height == entry.tile:
            return await self._whole(digest, entry, row * entry.columns + column)
        key = (digest, page, level, row, column)
        edge = self._edges.get(key)
        if edge is not None:
            self._edges.move_to_end(key)
            return edge
        padded = await self._whole(digest, entry, row * entry.columns + column)
        edge = await asyncio.to_thread(cut, padded, width, height)
        if key not in self._edges:
            self._edges[key] = edge
            self._edge_weight += len(edge)
            while self._edge_weight > self._edge_bytes:
                self._edge_weight -= len(self._edges.popitem(last=False)[1])
        return edge

    async def _whole(self, digest: str, level: Level, index: int) -> bytes:
        offset, count = level.offsets[index], level.counts[index]
        try:
            if self._pread is not None:
                scan = self._pread(digest, offset, count)
            else:
                scan = await self._store.read(digest, offset, count)
        except BlobMissing:
            raise TileMissing(f"no pyramid {digest}") from None
        if len(scan) != count or scan[:2] != b"\xff\xd8":
            raise TileMissing(f"the pyramid {digest} is damaged")
        return level.tables + scan[2:]

    async def _index(self, digest: str) -> list[list[Level]]:
        pages = self._indexes.get(digest)
        if pages is not None:
            return pages
        task = self._parsing.get(digest)
        if task is None:
            task = asyncio.create_task(self._parse(digest))
            self._parsing[digest] = task
            task.add_done_callback(lambda _: self._parsing.pop(digest, None))
        return await asyncio.shield(task)

    async def _parse(self, digest: str) -> list[list[Level]]:
        try:
            size = await self._store.size(digest)
            pages = await read_index(lambda offset, length: self._store.read(digest, offset, length), size)
        except BlobMissing:
            raise TileMissing(f"no pyramid {digest}") from None
        except NotAPyramid as error:
            raise TileMissing(f"{digest}: {error}") from None
        self._indexes[digest] = pages
        self._index_weight += _weight(pages)
        while self._index_weight > self._index_bytes and len(self._indexes) > 1:
            self._index_weight -= _weight(self._indexes.popitem(last=False)[1])
        return pages


def _weight(pages: list[list[Level]]) -> int:
    return sum(level.weight for page in pages for level in page)


def cut(jpeg: bytes, width: int, height: int) -> bytes:
    """The upper left `width` × `height` pixels of a JPEG, as JPEG.

    Chroma is doubled on decoding rather than smoothed, so that halving it again on encoding gives back what it was.
    """
    import simplejpeg

    _, _, _, subsampling = simplejpeg.decode_jpeg_header(jpeg)
    grey = subsampling == "Gray"
    pixels = simplejpeg.decode_jpeg(jpeg, "GRAY" if grey else "RGB", fastupsample=True)
    return simplejpeg.encode_jpeg(
        pixels[:height, :width].copy(), EDGE_QUALITY, "GRAY" if grey else "RGB", "Gray" if grey else "420"
    )
