"""Tiles out of pyramids in the store: one ranged read each, nothing decoded.

A tile of a JPEG-compressed TIFF is a JPEG without its tables; put in front, they make it whole, byte for byte what was encoded at
ingest. TIFF pads the tiles at the right and lower edges to full size; those are cut once, and kept.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from museum.assets.info import FACES
from museum.assets.pyramid_file import Level, NotAPyramid, read_index
from museum.assets.store import BlobMissing, Store

Size = tuple[int, int]
"""Width and height in pixels."""
EdgeKey = tuple[str, int, int, int, int, Size]
EDGE_QUALITY = 80
"""The quality that ingest encodes with: at the same one, coefficients of an uncut block come out as they went in."""


class TileMissing(LookupError):
    """There is no such tile: unknown digest, not a pyramid, or a level, face, row or column outside it."""


class PyramidDamaged(TileMissing):
    """The pyramid that should be there is gone, cut short, or no pyramid: something for the operator to mend."""


class TileReader:
    """Reads tiles, keeping the indexes of pyramids and cut edge tiles within `index_bytes` and `edge_bytes` of memory."""

    def __init__(self, store: Store, index_bytes: int = 64 << 20, edge_bytes: int = 64 << 20) -> None:
        self._store = store
        self._index_bytes = index_bytes
        self._edge_bytes = edge_bytes
        self._indexes: OrderedDict[str, list[list[Level]]] = OrderedDict()
        self._index_weight = 0
        self._edges: OrderedDict[EdgeKey, bytes] = OrderedDict()
        self._edge_weight = 0
        self._parsing: dict[str, asyncio.Task[list[list[Level]]]] = {}
        self._pread = getattr(store, "pread", None)

    async def face_tile(self, digest: str, level: int, face: str, row: int, column: int) -> bytes:
        """A panorama's tile as JPEG. `level` 0 is the coarsest, `face` one of `frblud`. Raises TileMissing."""
        page = FACES.find(face)
        if page < 0 or len(face) != 1:
            raise TileMissing(f"no face {face!r}")
        return await self._tile(digest, page, level, row, column, None)

    async def image_tile(self, digest: str, level: int, row: int, column: int, size: Size | None = None) -> bytes:
        """An image's tile as JPEG. `level` 0 is the coarsest. Raises TileMissing.

        At an edge it may be had a pixel larger than it is stored, as clients count that round up: the last pixels are doubled.
        """
        return await self._tile(digest, 0, level, row, column, size)

    async def padded_tile(self, digest: str, level: int, row: int, column: int) -> bytes:
        """An image's tile as JPEG, at the edges too as large as all others: what lies beyond the image is filled with something.

        Raises TileMissing.
        """
        entry = _entry(await self._index(digest), 0, level, row, column)
        return await self._whole(digest, entry, row * entry.columns + column)

    def image_tile_at_once(
        self, digest: str, level: int, row: int, column: int, size: Size | None = None
    ) -> bytes | None:
        """`image_tile` where it needs no waiting: on a local store, once the index was read and an edge tile cut; else None.

        Raises TileMissing.
        """
        return self._tile_at_once(digest, 0, level, row, column, size)

    def face_tile_at_once(self, digest: str, level: int, face: str, row: int, column: int) -> bytes | None:
        """`face_tile` where it needs no waiting, as `image_tile_at_once`. Raises TileMissing."""
        return self._tile_at_once(digest, FACES.index(face), level, row, column, None)

    def _tile_at_once(
        self, digest: str, page: int, level: int, row: int, column: int, size: Size | None
    ) -> bytes | None:
        pages = self._indexes.get(digest)
        if pages is None or self._pread is None:
            return None
        self._indexes.move_to_end(digest)
        entry = _entry(pages, page, level, row, column)
        stored = _size(entry, row, column)
        if stored == (entry.tile, entry.tile):
            return self._read_whole(digest, entry, row * entry.columns + column, self._pread)
        return self._edges.get((digest, page, level, row, column, size or stored))

    async def levels(self, digest: str, face: str = "f") -> list[tuple[int, int]]:
        """Width and height of every level, coarsest first, as they are in the file. Raises TileMissing."""
        pages = await self._index(digest)
        page = FACES.find(face)
        if not 0 <= page < len(pages):
            raise TileMissing(f"no face {face!r}")
        return [(level.width, level.height) for level in pages[page]]

    @property
    def near(self) -> bool:
        """Whether pyramids lie on this machine."""
        return self._pread is not None

    async def level(self, digest: str, level: int) -> Level:
        """Where the tiles of an image's level lie in its file. Raises TileMissing."""
        return _entry(await self._index(digest), 0, level, 0, 0)

    async def read(self, digest: str, offset: int, length: int) -> bytes:
        """A part of a pyramid's file, as the store gives it. Raises PyramidDamaged where there is no file."""
        try:
            return await self._store.read(digest, offset, length)
        except BlobMissing:
            raise PyramidDamaged(f"no pyramid {digest}") from None

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

    async def _tile(self, digest: str, page: int, level: int, row: int, column: int, size: Size | None) -> bytes:
        pages = self._indexes.get(digest)
        if pages is None:
            pages = await self._index(digest)
        else:
            self._indexes.move_to_end(digest)
        entry = _entry(pages, page, level, row, column)
        stored = _size(entry, row, column)
        if stored == (entry.tile, entry.tile):
            return await self._whole(digest, entry, row * entry.columns + column)
        key = (digest, page, level, row, column, size or stored)
        edge = self._edges.get(key)
        if edge is not None:
            self._edges.move_to_end(key)
            return edge
        padded = await self._whole(digest, entry, row * entry.columns + column)
        edge = await asyncio.to_thread(_cut_or_damaged, digest, padded, stored, size or stored)
        if key not in self._edges:
            self._edges[key] = edge
            self._edge_weight += len(edge)
            while self._edge_weight > self._edge_bytes:
                self._edge_weight -= len(self._edges.popitem(last=False)[1])
        return edge

    async def _whole(self, digest: str, level: Level, index: int) -> bytes:
        if self._pread is not None:
            return self._read_whole(digest, level, index, self._pread)
        offset, count = level.offsets[index], level.counts[index]
        try:
            return _joined(digest, level, await self._store.read(digest, offset, count), count)
        except BlobMissing:
            raise PyramidDamaged(f"no pyramid {digest}") from None

    @staticmethod
    def _read_whole(digest: str, level: Level, index: int, pread: Callable[[str, int, int], bytes]) -> bytes:
        offset, count = level.offsets[index], level.counts[index]
        try:
            return _joined(digest, level, pread(digest, offset, count), count)
        except BlobMissing:
            raise PyramidDamaged(f"no pyramid {digest}") from None

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
            raise PyramidDamaged(f"no pyramid {digest}") from None
        except NotAPyramid as error:
            raise PyramidDamaged(f"{digest}: {error}") from None
        self._indexes[digest] = pages
        self._index_weight += _weight(pages)
        while self._index_weight > self._index_bytes and len(self._indexes) > 1:
            self._index_weight -= _weight(self._indexes.popitem(last=False)[1])
        return pages


def _weight(pages: list[list[Level]]) -> int:
    return sum(level.weight for page in pages for level in page)


def _entry(pages: list[list[Level]], page: int, level: int, row: int, column: int) -> Level:
    if page >= len(pages) or not 0 <= level < len(pages[page]):
        raise TileMissing(f"there is no level {level} of page {page}")
    entry = pages[page][level]
    if not (0 <= row < entry.rows and 0 <= column < entry.columns):
        raise TileMissing(f"level {level} has no tile {row}, {column}")
    return entry


def _size(entry: Level, row: int, column: int) -> Size:
    return min(entry.tile, entry.width - column * entry.tile), min(entry.tile, entry.height - row * entry.tile)


def _joined(digest: str, level: Level, scan: bytes, count: int) -> bytes:
    if len(scan) != count or scan[:2] != b"\xff\xd8":
        raise PyramidDamaged(f"the pyramid {digest} is damaged")
    return level.tables + scan[2:]


def _cut_or_damaged(digest: str, jpeg: bytes, stored: Size, size: Size) -> bytes:
    try:
        return cut(jpeg, stored, size)
    except ValueError as error:
        raise PyramidDamaged(f"the pyramid {digest} is damaged: {error}") from None


def cut(jpeg: bytes, stored: Size, size: Size) -> bytes:
    """The upper left pixels of a JPEG, as JPEG: `size` of them, the outermost of `stored` repeated where it is larger.

    Chroma is doubled on decoding rather than smoothed, so that halving it again on encoding gives back what it was.
    Raises ValueError where it cannot be decoded.
    """
    import numpy
    import simplejpeg

    _, _, _, subsampling = simplejpeg.decode_jpeg_header(jpeg)
    grey = subsampling == "Gray"
    pixels = simplejpeg.decode_jpeg(jpeg, "GRAY" if grey else "RGB", fastupsample=True)
    pixels = pixels[: min(stored[1], size[1]), : min(stored[0], size[0])]
    missing = size[1] - pixels.shape[0], size[0] - pixels.shape[1]
    pixels = numpy.pad(pixels, ((0, missing[0]), (0, missing[1]), (0, 0)), "edge")
    return simplejpeg.encode_jpeg(pixels, EDGE_QUALITY, "GRAY" if grey else "RGB", "Gray" if grey else "420")
