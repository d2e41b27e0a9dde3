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
"""The most pixels that a region is scaled to; `maxArea` in info.json."""
MAX_CANVAS = 2 * MAX_PIXELS
"""The most pixels of an answer: a square takes up twice its area when it is turned by 45 degrees."""

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
    """Mirrored first, if at all, then turned clockwise by `degrees`, at least 0 and less than 360."""

    mirrored: bool
    degrees: float

    @property
    def upright(self) -> bool:
        """Whether the turned picture is a rectangle without corners to fill."""
        return self.degrees % 90 == 0


class ImageRequest(NamedTuple):
    """What to send: `box` of the image, scaled to `width` × `height`, then turned."""

    box: Box
    width: int
    height: int
    rotation: Rotation
    quality: str
    format: str


def read_request(
    version: Version, size: tuple[int, int], region: str, scale: str, rotation: str, quality: str, format: str
) -> ImageRequest:
    """The request in pixels for an image of `size`. Raises BadParameter."""
    box = read_region(region, *size)
    ending = read_format(format)
    turned = read_rotation(rotation)
    width, height = read_size(version, scale, box, LONGEST_SIDE[ending])
    canvas = canvas_size(width, height, turned)
    if max(canvas) > LONGEST_SIDE[ending] or canvas[0] * canvas[1] > MAX_CANVAS:
        raise BadParameter("size", 413)
    return ImageRequest(box, width, height, turned, read_quality(quality), ending)


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
        parts = text.split(",")
        if len(parts) != 4 or not all(_WHOLE.fullmatch(part) for part in parts):
            raise BadParameter("region")
        box = Box(*map(int, parts))
    box = Box(box.x, box.y, min(box.width, width - box.x), min(box.height, height - box.y))
    if box.width <= 0 or box.height <= 0:
        raise BadParameter("region")
    return box


def read_size(version: Version, text: str, box: Box, longest: int) -> tuple[int, int]:
    """§ 4.2: width and height in pixels for a region, no side above `longest`. Raises BadParameter.

    Version 3 enlarges only where `^` says so; version 2 has no such sign and enlarges where it is told to.
    """
    enlarges = version == 2
    if version == 3 and text.startswith("^"):
        enlarges, text = True, text[1:]
    if text == "max":
        return _fit(box, _limit(box, longest), grows=enlarges and version == 3)
    if text.startswith("!"):
        width, height = _pair(text[1:])
        within = min(Fraction(width, box.width), Fraction(height, box.height), _limit(box, longest))
        # Version 2.1 has no word for growing into a box, and leaves whether to grow to the server.
        return _fit(box, within, grows=enlarges and version == 3)
    width, height = _exact_size(version, text, box)
    if width <= 0 or height <= 0 or (not enlarges and (width > box.width or height > box.height)):
        raise BadParameter("size")
    if width * height > MAX_PIXELS:
        raise BadParameter("size", 413)
    return width, height


def _exact_size(version: Version, text: str, box: Box) -> tuple[int, int]:
    """The forms of a size that say what it is to be, not what it must keep within."""
    if version == 2 and text == "full":
        return box.width, box.height
    if text.startswith("pct:"):
        (percent,) = _numbers(text[4:], 1, "size")
        return _round(box.width * percent / 100), _round(box.height * percent / 100)
    left, comma, right = text.partition(",")
    if not comma or not (left or right):
        raise BadParameter("size")
    if not right:
        width = _whole(left)
        return width, max(1, _round(Fraction(width * box.height, box.width)))
    if not left:
        height = _whole(right)
        return max(1, _round(Fraction(height * box.width, box.height))), height
    return _whole(left), _whole(right)


def _limit(box: Box, longest: int) -> Fraction:
    """How much larger than `box` an answer may be, at most."""
    return min(
        Fraction(math.sqrt(MAX_PIXELS / (box.width * box.height))), Fraction(longest, max(box.width, box.height))
    )


def _fit(box: Box, factor: Fraction, *, grows: bool) -> tuple[int, int]:
    """`box` scaled by `factor`; no larger than it is unless it grows."""
    if factor >= 1 and not grows:
        return box.width, box.height
    width, height = max(1, _round(box.width * factor)), max(1, _round(box.height * factor))
    if width * height > MAX_PIXELS:
        width, height = max(1, int(box.width * factor)), max(1, int(box.height * factor))
    return width, height


def read_rotation(text: str) -> Rotation:
    """§ 4.3: degrees from 0 to 360, which is 0; mirrored with `!`. Raises BadParameter."""
    mirrored = text.startswith("!")
    if not _NUMBER.fullmatch(text[mirrored:]) or float(text[mirrored:]) > 360:
        raise BadParameter("rotation")
    return Rotation(mirrored, float(text[mirrored:]) % 360)


def canvas_size(width: int, height: int, rotation: Rotation) -> tuple[int, int]:
    """The pixels that a picture takes up once it is turned, § 4.3; within one pixel of what a renderer makes it."""
    if rotation.upright:
        return (height, width) if rotation.degrees % 180 else (width, height)
    angle = math.radians(rotation.degrees)
    across, along = abs(math.cos(angle)), abs(math.sin(angle))
    return math.ceil(width * across + height * along), math.ceil(width * along + height * across)


def read_quality(text: str) -> str:
    """§ 4.4. Raises BadParameter."""
    if text not in QUALITIES:
        raise BadParameter("quality")
    return text


def read_format(text: str) -> str:
    """§ 4.5. Raises BadParameter, 501 for formats that are not offered."""
    if text not in FORMATS:
        raise BadParameter("format", 501 if text in OTHER_FORMATS else 400)
    return text


def _numbers(text: str, count: int, part: str) -> list[Fraction]:
    parts = text.split(",")
    if len(parts) != count or not all(_NUMBER.fullmatch(number) for number in parts):
        raise BadParameter(part)
    return [Fraction(number) for number in parts]


def _whole(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise BadParameter("size")
    return int(text)


def _pair(text: str) -> tuple[int, int]:
    left, _, right = text.partition(",")
    width, height = _whole(left), _whole(right)
    if not width or not height:
        raise BadParameter("size")
    return width, height


def _round(value: Fraction) -> int:
    return math.floor(value + Fraction(1, 2))
