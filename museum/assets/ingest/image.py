"""An original to an image pyramid. Runs in a child process; writes only in its work folder and returns plain data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyvips

from museum.assets.info import TILE
from museum.assets.ingest.normalise import upright
from museum.assets.ingest.open_picture import available_threads, decode_budget, decoding, open_picture, prepare_process

Image = Any
PREVIEW = 640
PLAN = 2048
"""Pixels of the preview of a floor plan's picture, which is drawn as a whole."""
_MANY_PIXELS = 24_000_000


def make_plan(original: str, work: str) -> dict[str, Any]:
    """`make_image` of the picture of a floor plan."""
    return make_image(original, work, PLAN)


def make_image(original: str, work: str, largest: int = PREVIEW) -> dict[str, Any]:
    """Write `pyramid.tif` and `preview.jpg`, of `largest` pixels a side at most, into `work` and return an ImageInfo's fields. Raises
    JobRefused."""
    prepare_process(1)
    path, folder = Path(original), Path(work)
    with decode_budget(path.stat().st_size):
        picture = open_picture(path)
        if picture.width * picture.height > _MANY_PIXELS:
            prepare_process(available_threads())
        image, notes = upright(picture, folder)
    pyramid = folder / "pyramid.tif"
    with decoding():
        save_pyramid(image, pyramid)
        levels = level_sizes(image.width, image.height)
        small = load_level(pyramid, levels, largest) if max(levels[-1]) > 2 * largest else image
        preview = small.thumbnail_image(largest, height=largest, size="down")
        preview.jpegsave(str(folder / "preview.jpg"), Q=82, keep="none", optimize_coding=True)
        red, green, blue = (round(float(value)) for value in np.asarray(preview.numpy()).reshape(-1, 3).mean(axis=0))
    (folder / "decoded.raw").unlink(missing_ok=True)
    return {
        "width": image.width,
        "height": image.height,
        "levels": levels,
        "color": f"#{red:02x}{green:02x}{blue:02x}",
        "notes": notes,
    }


def level_sizes(width: int, height: int) -> list[tuple[int, int]]:
    """Width and height of the levels that libvips writes, coarsest first: halved and rounded down until one tile holds the picture."""
    sizes = [(width, height)]
    while sizes[-1][0] > TILE or sizes[-1][1] > TILE:
        sizes.append((max(1, sizes[-1][0] // 2), max(1, sizes[-1][1] // 2)))
    return sizes[::-1]


def load_level(path: Path, levels: list[tuple[int, int]], least: int, page: int = 0) -> Image:
    """The coarsest level of a pyramid that is at least `least` pixels wide or high."""
    number = next((n for n, size in enumerate(levels) if max(size) >= least), len(levels) - 1)
    subifd = len(levels) - 2 - number
    return pyvips.Image.tiffload(str(path), page=page, subifd=subifd)


def save_pyramid(image: Image, path: Path, page_height: int | None = None) -> None:
    """Write a pyramidal BigTIFF of JPEG tiles without metadata; in pages of `page_height` rows if given."""
    options = {} if page_height is None else {"page_height": page_height}
    # libvips does not read back a picture whose one tile is more than four times as large as it.
    tile = TILE if max(image.width, image.height) > TILE // 4 else TILE // 4
    image.tiffsave(
        str(path),
        tile=True,
        tile_width=tile,
        tile_height=tile,
        pyramid=True,
        subifd=True,
        bigtiff=True,
        compression="jpeg",
        Q=80,
        keep="none",
        **options,
    )
