"""Pixels of small regions of image pyramids, put together from their tiles.

libjpeg-turbo by itself decodes a tile in half the time that libvips takes on its way through TIFF, and a tile that was decoded lately
need not be decoded again for the region beside. For large regions libvips, which streams, is the right tool.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from typing import NamedTuple

import numpy as np
import simplejpeg
from numpy.typing import NDArray

from museum.assets.tiles import PyramidDamaged, TileReader

Pixels = NDArray[np.uint8]
"""Rows, columns, and one band (grey) or three (RGB)."""
TileKey = tuple[str, int, int, int]
"""Digest, level, row and column."""


class DecodedTiles:
    """Tiles decoded lately, padded as they are stored, the least recently used dropped once all of them exceed `limit` bytes.
    For any thread."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._tiles: OrderedDict[TileKey, Pixels] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: TileKey) -> Pixels | None:
        with self._lock:
            tile = self._tiles.get(key)
            if tile is not None:
                self._tiles.move_to_end(key)
            return tile

    def put(self, key: TileKey, tile: Pixels) -> None:
        with self._lock:
            if key in self._tiles:
                return
            self._tiles[key] = tile
            self._bytes += tile.nbytes
            while self._bytes > self._limit:
                self._bytes -= self._tiles.popitem(last=False)[1].nbytes


class Gathered(NamedTuple):
    """A region whose tiles are at hand, decoded or as JPEG. `left`, `top`, `width` and `height` are pixels of its level."""

    left: int
    top: int
    width: int
    height: int
    tile: int
    tiles: dict[TileKey, Pixels | bytes]
    decoded: DecodedTiles

    def pixels(self) -> Pixels:
        """The pixels, decoded in the calling thread, which may use them until it calls this again. Raises PyramidDamaged."""
        canvas: Pixels | None = None
        for key, found in self.tiles.items():
            tile = self._decode(key, found) if isinstance(found, bytes) else found
            # Where the tile's upper left corner lies in the region.
            x, y = key[3] * self.tile - self.left, key[2] * self.tile - self.top
            part = tile[max(0, -y) : self.height - y, max(0, -x) : self.width - x]
            if part.shape[:2] == (self.height, self.width):
                return np.ascontiguousarray(part)
            if canvas is None:
                canvas = _canvas(self.height, self.width, tile.shape[2])
            canvas[max(0, y) : max(0, y) + part.shape[0], max(0, x) : max(0, x) + part.shape[1]] = part
        assert canvas is not None, "a region touches at least one tile"
        return canvas

    def _decode(self, key: TileKey, jpeg: bytes) -> Pixels:
        try:
            grey = simplejpeg.decode_jpeg_header(jpeg)[3] == "Gray"
            tile = simplejpeg.decode_jpeg(jpeg, "GRAY" if grey else "RGB")
        except ValueError as error:
            raise PyramidDamaged(f"the pyramid {key[0]} is damaged: {error}") from None
        if tile.shape[:2] != (self.tile, self.tile):
            raise PyramidDamaged(f"the pyramid {key[0]} is damaged: a tile has another size")
        self.decoded.put(key, tile)
        return tile


_kept_by_thread = threading.local()


def _canvas(*shape: int) -> Pixels:
    """Room for pixels, the same memory for a thread each time: to be given fresh pages by the system costs more than to fill them."""
    size = math.prod(shape)
    room: Pixels | None = getattr(_kept_by_thread, "room", None)
    if room is None or room.size < size:
        room = _kept_by_thread.room = np.empty(size, np.uint8)
    return room[:size].reshape(shape)


class RegionReader:
    """Gathers what regions are made of, keeping `decoded_bytes` of decoded tiles."""

    def __init__(self, tiles: TileReader, decoded_bytes: int = 64 << 20) -> None:
        self._tiles = tiles
        self._decoded = DecodedTiles(decoded_bytes)

    async def gather(self, digest: str, level: int, box: tuple[int, int, int, int], tile: int) -> Gathered:
        """The tiles under `box`, which is left, top, width and height in pixels of `level` (0 is the coarsest) and lies within it.

        Raises TileMissing.
        """
        left, top, width, height = box
        tiles: dict[TileKey, Pixels | bytes] = {}
        for row in range(top // tile, (top + height - 1) // tile + 1):
            for column in range(left // tile, (left + width - 1) // tile + 1):
                key = (digest, level, row, column)
                found = self._decoded.get(key)
                tiles[key] = await self._tiles.padded_tile(*key) if found is None else found
        return Gathered(left, top, width, height, tile, tiles, self._decoded)
