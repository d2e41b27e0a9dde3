"""Pictures that are no stored tiles: cut from the nearest level of the pyramid, scaled, turned and encoded by libvips."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyvips

from museum.assets.tiles import PyramidDamaged
from museum.web.iiif.levels import best_level
from museum.web.iiif.parameters import ImageRequest

QUALITY = 80
RECIPE = 1
"""Raise it whenever the same request begins to give other bytes: it goes into entity tags."""
PAPER = 255
"""What fills the corners beside a turned picture where the format has no transparency: white, as when it is printed."""

# One thread for each picture: requests are what runs side by side. What was made is kept as bytes, not as operations.
pyvips.concurrency_set(1)  # pyright: ignore[reportAttributeAccessIssue]  (its star import hides it)
pyvips.cache_set_max(0)


def draw(path: Path, request: ImageRequest, levels: int) -> bytes:
    """The encoded picture that `request` asks of the pyramid at `path`, which has that many `levels`. Raises PyramidDamaged."""
    try:
        image = _scaled(_region(path, request, levels), request)
        return _encoded(_in_quality(_turned(image, request), request.quality), request)
    except pyvips.Error as error:
        raise PyramidDamaged(f"{path.name}: {error}") from None


def _region(path: Path, request: ImageRequest, levels: int) -> Any:
    """The pixels of the region, in the level that is nearest to the size asked for."""
    level = best_level(request, levels)
    factor = 1 << (levels - 1 - level)
    # Sub-IFD 0 is half the size, the next a quarter; -1 is the page itself.
    image: Any = pyvips.Image.tiffload(str(path), page=0, subifd=levels - 2 - level, fail_on="truncated")
    box = request.box
    # Levels are rounded down, so that the last column of an image may have none of its own in a coarse one.
    left, top = min(box.x // factor, image.width - 1), min(box.y // factor, image.height - 1)
    right = min(image.width, max(left + 1, -(-(box.x + box.width) // factor)))
    bottom = min(image.height, max(top + 1, -(-(box.y + box.height) // factor)))
    return image.crop(left, top, right - left, bottom - top)


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
        return image.rot(f"d{rotation.degrees}") if rotation.degrees else image
    if request.format == "jpg":
        background = [PAPER] * image.bands
    else:
        image = image.bandjoin(255)
        background = [0] * image.bands
    return image.rotate(float(rotation.degrees), background=background, interpolate=pyvips.Interpolate.new("bicubic"))


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
