"""Reading the index of a pyramidal TIFF: where each tile of each level of each page lies.

Formulas and tags: TIFF 6.0, Adobe's TIFF technical notes 1 (SubIFDs) and 2 (JPEG), and the BigTIFF extension. Only what our own
ingest writes is read (tiled, JPEG-compressed, levels in sub-IFDs), but nothing in the file is believed: every count and
offset is checked against the file's length first.
"""

from __future__ import annotations

import asyncio
import struct
from array import array
from collections.abc import Awaitable, Callable

ReadRange = Callable[[int, int], Awaitable[bytes]]
Tags = dict[int, tuple[int, ...]]

_WIDTH, _HEIGHT, _COMPRESSION = 256, 257, 259
_TILE_WIDTH, _TILE_LENGTH, _TILE_OFFSETS, _TILE_COUNTS = 322, 323, 324, 325
_SUB_IFDS, _JPEG_TABLES = 330, 347
_WANTED = {
    _WIDTH,
    _HEIGHT,
    _COMPRESSION,
    _TILE_WIDTH,
    _TILE_LENGTH,
    _TILE_OFFSETS,
    _TILE_COUNTS,
    _SUB_IFDS,
    _JPEG_TABLES,
}
_FORMATS = {1: "B", 3: "H", 4: "I", 7: "B", 13: "I", 16: "Q", 18: "Q"}
_JPEG = 7
_MAX_PAGES = 64
_MAX_LEVELS = 24
_MAX_VALUES = 1 << 20
_WINDOW = 1 << 14
_AT_ONCE = 8


class NotAPyramid(ValueError):
    """The file is not a pyramid as our ingest writes it."""


class Level:
    """One level of one page. Tile (row, column) has the bytes `counts[i]` at `offsets[i]`, i = row × columns + column;
    `tables` are the JPEG tables that its tiles share, without the end marker, ready to be put in front of a tile's scan."""

    __slots__ = ("columns", "counts", "height", "offsets", "rows", "tables", "tile", "width")

    def __init__(
        self, width: int, height: int, tile: int, tables: bytes, offsets: array[int], counts: array[int]
    ) -> None:
        self.width = width
        self.height = height
        self.tile = tile
        self.columns = -(-width // tile)
        self.rows = -(-height // tile)
        self.tables = tables
        self.offsets = offsets
        self.counts = counts
        if len(offsets) != self.rows * self.columns or len(counts) != len(offsets):
            raise NotAPyramid("the tables of tiles do not fit the size of the level")

    @property
    def weight(self) -> int:
        """Roughly the bytes of memory that this level's index takes."""
        return 200 + 16 * len(self.offsets) + len(self.tables)


class _Windows:
    """Reads of any range through windows that are kept: a directory comes with the tables that stand behind it."""

    def __init__(self, read: ReadRange, size: int) -> None:
        self._read = read
        self._size = size
        self._windows: list[tuple[int, bytes]] = []
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def get(self, offset: int, length: int) -> bytes:
        if offset < 0 or offset + length > self._size:
            raise NotAPyramid("an offset points outside the file")
        for start, data in self._windows:
            if start <= offset and offset + length <= start + len(data):
                return data[offset - start : offset - start + length]
        async with self._turns:
            data = await self._read(offset, min(max(length, _WINDOW), self._size - offset))
        self._windows.append((offset, data))
        return data[:length]


async def read_index(read: ReadRange, size: int) -> list[list[Level]]:
    """The pages of a BigTIFF of `size` bytes, each a list of levels, coarsest first. Raises NotAPyramid."""
    windows = _Windows(read, size)
    head = await windows.get(0, 16)
    if head[:4] != b"II\x2b\x00" or head[4:8] != b"\x08\x00\x00\x00":
        raise NotAPyramid("not a little-endian BigTIFF")
    (offset,) = struct.unpack_from("<Q", head, 8)
    pages: list[Tags] = []
    seen: set[int] = set()
    while offset:
        if offset in seen or len(pages) >= _MAX_PAGES:
            raise NotAPyramid("the directories form a ring")
        seen.add(offset)
        tags, offset = await _read_directory(windows, offset)
        if len(tags.get(_SUB_IFDS, ())) > _MAX_LEVELS:
            raise NotAPyramid("too many levels")
        pages.append(tags)
    if not pages:
        raise NotAPyramid("no pages")
    # Only directories lead from page to page; where the levels' lie is known by now, and a store that is far away is asked for all at once.
    found = iter(
        await asyncio.gather(*(_read_directory(windows, sub) for tags in pages for sub in tags.get(_SUB_IFDS, ())))
    )
    return [[*reversed([_level(next(found)[0]) for _ in tags.get(_SUB_IFDS, ())]), _level(tags)] for tags in pages]


async def _read_directory(windows: _Windows, offset: int) -> tuple[Tags, int]:
    (entries,) = struct.unpack("<Q", await windows.get(offset, 8))
    if entries > 256:
        raise NotAPyramid("a directory has too many entries")
    body = await windows.get(offset + 8, entries * 20 + 8)
    tags: Tags = {}
    for entry in range(entries):
        tag, kind, count = struct.unpack_from("<HHQ", body, entry * 20)
        if tag not in _WANTED:
            continue
        code = _FORMATS.get(kind)
        if code is None or count > _MAX_VALUES:
            raise NotAPyramid(f"tag {tag} has an unknown form")
        length = struct.calcsize(f"<{code}") * count
        if length <= 8:
            data = body[entry * 20 + 12 : entry * 20 + 12 + length]
        else:
            (at,) = struct.unpack_from("<Q", body, entry * 20 + 12)
            data = await windows.get(at, length)
        tags[tag] = struct.unpack(f"<{count}{code}", data)
    (following,) = struct.unpack_from("<Q", body, entries * 20)
    return tags, following


def _level(tags: Tags) -> Level:
    try:
        width, height = tags[_WIDTH][0], tags[_HEIGHT][0]
        tile, tile_height = tags[_TILE_WIDTH][0], tags[_TILE_LENGTH][0]
        compression, tables = tags[_COMPRESSION][0], bytes(tags[_JPEG_TABLES])
        offsets, counts = array("Q", tags[_TILE_OFFSETS]), array("I", tags[_TILE_COUNTS])
    except (KeyError, IndexError, OverflowError) as error:
        raise NotAPyramid("a directory lacks a tag that tiles need") from error
    if compression != _JPEG or tile != tile_height or not tile or not tables.endswith(b"\xff\xd9"):
        raise NotAPyramid("not square JPEG tiles")
    return Level(width, height, tile, tables[:-2], offsets, counts)
