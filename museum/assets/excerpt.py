"""A part of one level of a pyramid as a small TIFF of its own, for large regions out of a store that is elsewhere: a pyramid may be a
gigabyte where the part is a few megabytes. The tiles go over as they are, undecoded, in few requests; at no time more than
TOGETHER × MOST_TOGETHER of their bytes are in memory.

Tags: TIFF 6.0, Adobe's technical note 2 (JPEG), and the BigTIFF extension.
"""

from __future__ import annotations

import asyncio
import os
import struct
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import accumulate
from pathlib import Path
from tempfile import mkstemp

import simplejpeg

from museum.assets.pyramid_file import Level
from museum.assets.tiles import PyramidDamaged, TileReader

Box = tuple[int, int, int, int]
"""Left, top, width and height in pixels."""
Run = list[tuple[int, int, int]]
"""Offset in the pyramid, length, and number in the excerpt of tiles that are read together."""

GAP = 64 << 10
"""Bytes between tiles that cost less than another request."""
MOST_TOGETHER = 2 << 20
TOGETHER = 4
FETCHING = 2
"""Excerpts that are fetched at a time; WAITING others may wait for it."""
WAITING = 16


class Crowded(Exception):
    """Too many excerpts are asked for at once."""


class Excerpts:
    """Makes excerpts, in the folder `scratch`."""

    def __init__(self, tiles: TileReader, scratch: Path) -> None:
        self._tiles = tiles
        self._scratch = scratch
        self._fetching = asyncio.Semaphore(FETCHING)
        self._asked = 0

    @asynccontextmanager
    async def file(self, digest: str, level: int, box: Box) -> AsyncIterator[tuple[Path, Box]]:
        """A TIFF with the tiles under `box`, which lies within `level` (0 is the coarsest), and where the box lies in it.

        It is gone after the block. Raises TileMissing, or Crowded.
        """
        if self._asked >= FETCHING + WAITING:
            raise Crowded
        handle, name = mkstemp(prefix="excerpt-", suffix=".tif", dir=self._scratch)
        try:
            self._asked += 1
            try:
                async with self._fetching:
                    within = await self._fetch(digest, level, box, handle)
            finally:
                self._asked -= 1
                os.close(handle)
            yield Path(name), within
        finally:
            os.unlink(name)  # noqa: PTH108  (no more than a moment)

    async def _fetch(self, digest: str, number: int, box: Box, handle: int) -> Box:
        level = await self._tiles.level(digest, number)
        left, top, width, height = box
        rows = range(top // level.tile, (top + height - 1) // level.tile + 1)
        columns = range(left // level.tile, (left + width - 1) // level.tile + 1)
        wanted = [row * level.columns + column for row in rows for column in columns]
        counts = [level.counts[index] for index in wanted]
        places = list(accumulate(counts, initial=_head_length(len(wanted), len(level.tables))))[:-1]
        turns = asyncio.Semaphore(TOGETHER)

        async def copy(run: Run) -> None:
            async with turns:
                first, last = run[0], run[-1]
                data = await self._tiles.read(digest, first[0], last[0] + last[1] - first[0])
                for offset, length, number in run:
                    scan = data[offset - first[0] : offset - first[0] + length]
                    if len(scan) != length or scan[:2] != b"\xff\xd8":
                        raise PyramidDamaged(f"the pyramid {digest} is damaged")
                    if number == 0:
                        head = _head(level, (len(columns), len(rows)), places, counts, _subsampling(level, scan))
                        os.pwrite(handle, head, 0)
                    os.pwrite(handle, scan, places[number])

        tiles = sorted((level.offsets[index], level.counts[index], number) for number, index in enumerate(wanted))
        try:
            async with asyncio.TaskGroup() as group:
                for run in runs(tiles):
                    group.create_task(copy(run))
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from None
        return left - columns[0] * level.tile, top - rows[0] * level.tile, width, height


def runs(tiles: Sequence[tuple[int, int, int]]) -> Iterator[Run]:
    """Tiles in the order in which they lie in the file, parted into what is read together. Pure."""
    run: Run = []
    for tile in tiles:
        end = run[-1][0] + run[-1][1] if run else 0
        if run and (tile[0] - end > GAP or tile[0] + tile[1] - run[0][0] > MOST_TOGETHER):
            yield run
            run = []
        run.append(tile)
    yield run


def _subsampling(level: Level, scan: bytes) -> str:
    try:
        return simplejpeg.decode_jpeg_header(level.tables + scan[2:])[3]
    except ValueError as error:
        raise PyramidDamaged(f"a tile is damaged: {error}") from None


_SHORT, _LONG, _UNDEFINED, _LONG8 = 3, 4, 7, 16
_FORMATS = {_SHORT: "H", _LONG: "I", _UNDEFINED: "B", _LONG8: "Q"}
_MOST_TAGS = 12


def _head_length(tiles: int, tables: int) -> int:
    return 16 + 8 + 20 * _MOST_TAGS + 8 + 12 * tiles + tables + 2 + 8


def _head(level: Level, shape: tuple[int, int], places: list[int], counts: list[int], subsampling: str) -> bytes:
    """What stands before the tiles: header, directory, and the values that have no room in it."""
    grey = subsampling == "Gray"
    tags: list[tuple[int, int, Sequence[int]]] = [
        (256, _LONG, [shape[0] * level.tile]),
        (257, _LONG, [shape[1] * level.tile]),
        (258, _SHORT, [8] if grey else [8, 8, 8]),
        (259, _SHORT, [7]),
        (262, _SHORT, [1 if grey else 6]),
        (277, _SHORT, [1 if grey else 3]),
        (322, _LONG, [level.tile]),
        (323, _LONG, [level.tile]),
        (324, _LONG8, places),
        (325, _LONG, counts),
        (347, _UNDEFINED, level.tables + b"\xff\xd9"),
    ]
    if not grey:
        tags.append((530, _SHORT, [1, 1] if subsampling == "444" else [2, 2]))
    directory, values = [struct.pack("<Q", len(tags))], b""
    at = 16 + 8 + 20 * len(tags) + 8
    for tag, kind, numbers in tags:
        value = struct.pack(f"<{len(numbers)}{_FORMATS[kind]}", *numbers)
        directory.append(struct.pack("<HHQ", tag, kind, len(numbers)))
        if len(value) > 8:
            directory.append(struct.pack("<Q", at + len(values)))
            values += value
        else:
            directory.append(value.ljust(8, b"\0"))
    return struct.pack("<2sHHHQ", b"II", 43, 8, 0, 16) + b"".join(directory) + bytes(8) + values
