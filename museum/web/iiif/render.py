"""Pictures that are no stored tiles: cut from the nearest level of the pyramid, scaled, turned and encoded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyvips
import simplejpeg

from museum.assets.region import Gathered
from museum.assets.tiles import PyramidDamaged
from museum.web.iiif.levels import Levels, best_level, level_box
from museum.web.iiif.parameters import ImageRequest

QUALITY = 80
RECIPE = 1
"""Raise it whenever the same request begins to give other bytes: it goes into entity tags."""
PAPER = 255
"""What fills the corners beside a turned picture where the format has no transparency: white, as when it is printed."""

# One thread for each picture: requests are what runs side by side. What was made is kept as bytes, not as operations.
pyvips.concurrency_set(1)  # pyright: ignore[reportAttributeAccessIssue]  (its star import hides it)
pyvips.cache_set_max(0)


def draw_large(path: Path, request: ImageRequest, levels: Levels) -> bytes:
    """The encoded picture that `request` asks of the pyramid at `path`, of whatever size. Raises PyramidDamaged."""
    level = best_level(request, len(levels))
    box = level_box(request, levels, level)
    try:
        # Sub-IFD 0 is half the size, the next a quarter; -1 is the page itself.
        page: Any = pyvips.Image.tiffload(str(path), page=0, subifd=len(levels) - 2 - level, fail_on="truncated")
        return _drawn(page.crop(*box), request)
    except pyvips.Error as error:
        raise PyramidDamaged(f"{path.name}: {error}") from None


def draw_excerpt(path: Path, box: tuple[int, int, int, int], request: ImageRequest) -> bytes:
    """The same from a file that holds the tiles of the region and no others: it lies at `box`. Raises PyramidDamaged."""
    try:
        page: Any = pyvips.Image.tiffload(str(path), fail_on="truncated")
        return _drawn(page.crop(*box), request)
    except pyvips.Error as error:
        raise PyramidDamaged(f"{path.name}: {error}") from None


def draw_small(region: Gathered, request: ImageRequest) -> bytes:
    """The encoded picture that `request` asks, from the tiles of its region. Raises PyramidDamaged."""
    pixels = region.pixels()
    as_is = (region.width, region.height) == (request.width, request.height) and request.rotation == (False, 0)
    if as_is and request.format == "jpg" and request.quality in ("default", "color"):
        # A detail that nobody asks for twice: quickly made rather than small. With optimised tables it takes four times as long.
        grey = pixels.shape[2] == 1
        return simplejpeg.encode_jpeg(pixels, QUALITY, "GRAY" if grey else "RGB", "Gray" if grey else "420")
    height, width, bands = pixels.shape
    image = pyvips.Image.new_from_memory(pixels.data, width, height, bands, "uchar")
    return _drawn(image.copy(interpretation="b-w" if bands == 1 else "srgb"), request)


def _drawn(image: Any, request: ImageRequest) -> bytes:
    return _encoded(_in_quality(_turned(_scaled(image, request), request), request.quality), request)


def _scaled(image: Any, request: ImageRequest) -> Any:
    if (image.width, image.height) == (request.width, request.height):
        return image
    return image.thumbnail_image(request.width, height=request.height, size="force")


def _turned(image: Any, request: ImageRequest) -> Any:
    rotation = request.rotation
    if rotation.mirrored:
        image = image.fliphor()
    if rotation.degrees:
        # Turning reads the picture against its grain.
        image = image.copy_memory()
    if rotation.upright:
        return image.rot(f"d{rotation.degrees:.0f}") if rotation.degrees else image
    if request.format == "jpg":
        background = [PAPER] * image.bands
    else:
        image = image.bandjoin(255)
        background = [0] * image.bands
    return image.rotate(rotation.degrees, background=background, interpolate=pyvips.Interpolate.new("bicubic"))


def _in_quality(image: Any, quality: str) -> Any:
    if quality not in ("gray", "bitonal"):
        return image
    image = image.colourspace("b-w")
    if quality == "gray":
        return image
    black_or_white = image[0] > 127
    return black_or_white.bandjoin(image[1]) if image.bands == 2 else black_or_white


def _encoded(image: Any, request: ImageRequest) -> bytes:
    if request.format == "png":
        bits = 1 if request.quality == "bitonal" and image.bands == 1 else 8
        return image.pngsave_buffer(compression=6, keep="none", bitdepth=bits)
    if request.format == "webp":
        return image.webpsave_buffer(Q=QUALITY, keep="none", lossless=request.quality == "bitonal")
    return image.jpegsave_buffer(Q=QUALITY, keep="none", optimize_coding=True)
