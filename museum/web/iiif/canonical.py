"""The canonical form of a request: the one address that every way of asking for the same picture comes down to.

§ 4.7 of https://iiif.io/api/image/3.0/ and of https://iiif.io/api/image/2.1/.
"""

from __future__ import annotations

from museum.web.iiif.parameters import ImageRequest, Rotation, Version


def canonical(version: Version, request: ImageRequest, width: int, height: int) -> str:
    """`region/size/rotation/quality.format` of `request` for an image of `width` × `height`."""
    box = request.box
    region = "full" if box == (0, 0, width, height) else f"{box.x},{box.y},{box.width},{box.height}"
    quality = "default" if request.quality == "color" else request.quality
    size = _size_3(request) if version == 3 else _size_2(request)
    return f"{region}/{size}/{_turned(request.rotation)}/{quality}.{request.format}"


def _size_3(request: ImageRequest) -> str:
    box, width, height = request.box, request.width, request.height
    if (width, height) == (box.width, box.height):
        return "max"
    return f"{'^' if width > box.width or height > box.height else ''}{width},{height}"


def _size_2(request: ImageRequest) -> str:
    box, width, height = request.box, request.width, request.height
    if (width, height) == (box.width, box.height):
        return "full"
    # As the reader of `w,` rounds: half a pixel up.
    keeps_ratio = max(1, (2 * width * box.height + box.width) // (2 * box.width)) == height
    return f"{width}," if keeps_ratio else f"{width},{height}"


def _turned(rotation: Rotation) -> str:
    """A whole number where it is one, and otherwise no needless zeros."""
    degrees = f"{rotation.degrees:.9f}".rstrip("0").rstrip(".")
    return f"{'!' if rotation.mirrored else ''}{degrees}"
