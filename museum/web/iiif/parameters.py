"""The IIIF Image API's parameters, versions 3.0 and 2.1, as pure functions: from words in an address to pixels.

Section numbers are those of https://iiif.io/api/image/3.0/.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Literal, NamedTuple

Version = Literal[2, 3]
QUALITIES = ("default", "color", "gray", "bitonal")
FORMATS = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
OTHER_FORMATS = ("tif", "gif", "jp2", "pdf")
MAX_PIXELS = 36_000_000
"""The most pixels of one answer; `maxArea` in info.json."""

LONGEST_SIDE = {"jpg": 65_500, "png": 65_500, "webp": 16_383}
"""The most pixels that a side has in each format."""

_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?|\.[0-9]{1,9}")
_WHOLE = re.compile(r"[0-9]{1,9}")


class BadParameter(ValueError):
    """What an address asks is not in the specification (400), is not offered (501), or is too large (413)."""

    def __init__(self, part: str, status: int = 400) -> None:
        super().__init__(part)
        self.part = part
        self.status = status


class Box(NamedTuple):
    """Pixels of the full image, from the upper left."""

    x: int
    y: int
    width: int
    height: int


class Rotation(NamedTuple):
    """Mirrored first, if at all, then turned clockwise by a multiple of 90 degrees."""

    mirrored: bool
    degrees: int


class ImageRequest(NamedTuple):
    """What to send: `box` of the image, scaled to `width` × `height`, then turned."""

    box: Box
    width: int
    height: int
    rotation: Rotation
    quality: str
    format: str


class TilePlace(NamedTuple):
    """A tile of the pyramid; level 0 is the coarsest."""

    level: int
    row: int
    column: int


def read_request(
    version: Version, size: tuple[int, int], region: str, scale: str, rotation: str, quality: str, format: str
) -> ImageRequest:
    """The request in pixels for an image of `size`. Raises BadParameter."""
    box = read_region(region, *size)
    width, height = read_size(version, scale, box)
    asked = ImageRequest(
        box, width, height, read_rotation(rotation), read_quality(version, quality), read_format(format)
    )
    if max(width, height) > LONGEST_SIDE[asked.format]:
        raise BadParameter("size", 413)
    return asked


def read_region(text: str, width: int, height: int) -> Box:
    """§ 4.1: `full`, `square`, `x,y,w,h`, `pct:x,y,w,h`, cut at the image's edges. Raises BadParameter."""
    if text == "full":
        return Box(0, 0, width, height)
    if text == "square":
        side = min(width, height)
        return Box((width - side) // 2, (height - side) // 2, side, side)
    if text.startswith("pct:"):
        x, y, w, h = _numbers(text[4:], 4, "region")
        left, top = _round(x * width / 100), _round(y * height / 100)
        box = Box(left, top, _round(w * width / 100), _round(h * height / 100))
    else:
        if not all(_WHOLE.fullmatch(part) for part in text.split(",")):
            raise BadParameter("region")
        x, y, w, h = _numbers(text, 4, "region")
        box = Box(int(x), int(y), int(w), int(h))
    box = Box(box.x, box.y, min(box.width, width - box.x), min(box.height, height - box.y))
    if box.width <= 0 or box.height <= 0:
        raise BadParameter("region")
    return box


def read_size(version: Version, text: str, box: Box) -> tuple[int, int]:
    """§ 4.2: width and height in pixels for a region. Raises BadParameter.

    Version 3 enlarges only where `^` says so; version 2 has no such sign and enlarges where it is told to.
    """
    enlarges = version == 2
    if version == 3 and text.startswith("^"):
        enlarges, text = True, text[1:]
    if text == "max" or (version == 2 and text == "full"):
        return _largest(box, grows=enlarges and version == 3)
    ratio = Fraction(box.height, box.width)
    if text.startswith("pct:"):
        (percent,) = _numbers(text[4:], 1, "size")
        width, height = _round(box.width * percent / 100), _round(box.height * percent / 100)
    elif text.startswith("!"):
        width, height = _whole_pair(text[1:])
        factor = min(Fraction(width, box.width), Fraction(height, box.height))
        if not enlarges or version == 2:
            # Confined in 2.1 and, without `^`, in 3.0: never larger than the region.
            factor = min(factor, Fraction(1))
        width, height = max(1, _round(box.width * factor)), max(1, _round(box.height * factor))
    else:
        left, comma, right = text.partition(",")
        if not comma or not (left or right):
            raise BadParameter("size")
        if not right:
            width = _whole(left)
            height = max(1, _round(width * ratio))
        elif not left:
            height = _whole(right)
            width = max(1, _round(height / ratio))
        else:
            width, height = _whole(left), _whole(right)
    if width <= 0 or height <= 0 or (not enlarges and (width > box.width or height > box.height)):
        raise BadParameter("size")
    if width * height > MAX_PIXELS:
        raise BadParameter("size", 413)
    return width, height


def _largest(box: Box, grows: bool) -> tuple[int, int]:
    """The largest size that MAX_PIXELS allows; no larger than the region unless it grows."""
    factor = math.sqrt(MAX_PIXELS / (box.width * box.height))
    if factor >= 1 and not grows:
        return box.width, box.height
    factor = min(factor, LONGEST_SIDE["jpg"] / max(box.width, box.height))
    return max(1, int(box.width * factor)), max(1, int(box.height * factor))


def read_rotation(text: str) -> Rotation:
    """§ 4.3: `0`, `90`, `180`, `270` (360 is 0), mirrored with `!`. Raises BadParameter, 501 for other angles."""
    mirrored = text.startswith("!")
    if not _NUMBER.fullmatch(text[mirrored:]) or Fraction(text[mirrored:]) > 360:
        raise BadParameter("rotation")
    degrees = Fraction(text[mirrored:])
    if degrees % 90:
        raise BadParameter("rotation", 501)
    return Rotation(mirrored, int(degrees) % 360)


def read_quality(version: Version, text: str) -> str:
    """§ 4.4. Raises BadParameter."""
    if text not in QUALITIES:
        raise BadParameter("quality")
    return text


def read_format(text: str) -> str:
    """§ 4.5. Raises BadParameter, 501 for formats that are not offered."""
    if text not in FORMATS:
        raise BadParameter("format", 501 if text in OTHER_FORMATS else 400)
    return text


def stored_tile(request: ImageRequest, levels: list[tuple[int, int]], tile: int) -> TilePlace | None:
    """The stored tile that is what is asked for; None where there is none.

    `levels` are [width, height], coarsest first, each half of the next, rounded down: at a right or lower edge a client
    that rounds up asks for a pixel more than is stored, and gets a picture of its own.
    """
    if request.rotation != (False, 0) or request.quality not in ("default", "color") or request.format != "jpg":
        return None
    full_width, full_height = levels[-1]
    box = request.box
    for level, (width, height) in enumerate(levels):
        span = tile << (len(levels) - 1 - level)
        row, column = box.y // span, box.x // span
        if (
            box.x % span == 0
            and box.y % span == 0
            and box.width == min(span, full_width - box.x)
            and box.height == min(span, full_height - box.y)
            and request.width == min(tile, width - column * tile)
            and request.height == min(tile, height - row * tile)
        ):
            return TilePlace(level, row, column)
    return None


def best_level(request: ImageRequest, count: int) -> int:
    """The coarsest of `count` levels (0 is the coarsest) that still has as many pixels as are asked for."""
    for level in range(count):
        factor = 1 << (count - 1 - level)
        if request.box.width >= request.width * factor and request.box.height >= request.height * factor:
            return level
    return count - 1


def _numbers(text: str, count: int, part: str) -> list[Fraction]:
    parts = text.split(",")
    if len(parts) != count or not all(_NUMBER.fullmatch(number) for number in parts):
        raise BadParameter(part)
    return [Fraction(number) for number in parts]


def _whole(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise BadParameter("size")
    return int(text)


def _whole_pair(text: str) -> tuple[int, int]:
    left, _, right = text.partition(",")
    width, height = _whole(left), _whole(right)
    if not width or not height:
        raise BadParameter("size")
    return width, height


def _round(value: Fraction) -> int:
    return math.floor(value + Fraction(1, 2))
