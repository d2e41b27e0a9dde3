"""Where in a pyramid the pixels of a request lie, and what making them costs. Pure functions.

`levels` are [width, height], coarsest first; each halves the next, rounding down, and is cut into tiles from the upper left.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from museum.web.iiif.parameters import Box, ImageRequest, canvas_size

Levels = Sequence[tuple[int, int]]

ENCODING = {"jpg": 1, "png": 8, "webp": 12}
"""What encoding a pixel costs, where decoding one from JPEG costs 1; measured with libvips 8.18."""


class TilePlace(NamedTuple):
    """A tile of the pyramid; level 0 is the coarsest. `width` and `height` are the pixels asked for: as many as are
    stored, or one more at a right or lower edge."""

    level: int
    row: int
    column: int
    width: int
    height: int


def stored_tile(request: ImageRequest, levels: Levels, tile: int) -> TilePlace | None:
    """The stored tile that is what is asked for; None where there is none.

    Clients round the size of a tile at the edge up, and the pyramid's levels are rounded down: both sizes are that tile.
    """
    if request.rotation != (False, 0) or request.quality not in ("default", "color") or request.format != "jpg":
        return None
    full_width, full_height = levels[-1]
    x, y, box_width, box_height = request.box
    for level, (width, height) in enumerate(levels):
        scale = 1 << (len(levels) - 1 - level)
        span = tile * scale
        if x % span or y % span or box_width != min(span, full_width - x) or box_height != min(span, full_height - y):
            continue
        row, column = y // span, x // span
        stored = min(tile, width - column * tile), min(tile, height - row * tile)
        fits_across = request.width in (stored[0], -(-box_width // scale))
        if stored[0] > 0 and stored[1] > 0 and fits_across and request.height in (stored[1], -(-box_height // scale)):
            return TilePlace(level, row, column, request.width, request.height)
    return None


def best_level(request: ImageRequest, count: int) -> int:
    """The coarsest of `count` levels that still has as many pixels as are asked for."""
    for level in range(count):
        factor = 1 << (count - 1 - level)
        if request.box.width >= request.width * factor and request.box.height >= request.height * factor:
            return level
    return count - 1


def level_box(request: ImageRequest, levels: Levels, level: int) -> Box:
    """The pixels of `level` that show the region: at least one, and none outside the level."""
    factor = 1 << (len(levels) - 1 - level)
    width, height = levels[level]
    x, y, box_width, box_height = request.box
    # Levels are rounded down, so that the last column of an image may have none of its own in a coarse one.
    left, top = min(x // factor, width - 1), min(y // factor, height - 1)
    right = min(width, max(left + 1, -(-(x + box_width) // factor)))
    bottom = min(height, max(top + 1, -(-(y + box_height) // factor)))
    return Box(left, top, right - left, bottom - top)


def cost(request: ImageRequest, count: int, tile: int) -> int:
    """What making the picture takes, in pixels decoded: those of every tile that it touches, and those that are encoded."""
    span = tile << (count - 1 - best_level(request, count))
    x, y, width, height = request.box
    columns = (x + width - 1) // span - x // span + 1
    rows = (y + height - 1) // span - y // span + 1
    canvas = canvas_size(request.width, request.height, request.rotation)
    return columns * rows * tile * tile + canvas[0] * canvas[1] * ENCODING[request.format]
