"""info.json of an image in both versions of the Image API."""

from __future__ import annotations

from typing import Any

from museum.assets.info import ImageInfo
from museum.web.iiif.parameters import FORMATS, MAX_PIXELS, QUALITIES

CONTEXT_3 = "http://iiif.io/api/image/3/context.json"
CONTEXT_2 = "http://iiif.io/api/image/2/context.json"
LEVEL_3 = "http://iiif.io/api/image/3/level2.json"
LEVEL_2 = "http://iiif.io/api/image/2/level2.json"
PROTOCOL = "http://iiif.io/api/image"

# Beyond what level 2 has anyway.
_EXTRA_3 = ["canonicalLinkHeader", "mirroring", "profileLinkHeader", "rotationArbitrary", "sizeUpscaling"]
_EXTRA_2 = [
    "canonicalLinkHeader",
    "mirroring",
    "profileLinkHeader",
    "regionSquare",
    "rotationArbitrary",
    "sizeAboveFull",
]


def info_3(address: str, info: ImageInfo, rights: str | None) -> dict[str, Any]:
    """info.json of version 3.0 for the service at `address`."""
    document: dict[str, Any] = {
        "@context": CONTEXT_3,
        "id": address,
        "type": "ImageService3",
        "protocol": PROTOCOL,
        "profile": "level2",
        "width": info.width,
        "height": info.height,
        "maxArea": MAX_PIXELS,
        "sizes": _sizes(info),
        "tiles": _tiles(info),
        "preferredFormats": ["jpg"],
        "extraFormats": [name for name in FORMATS if name not in ("jpg", "png")],
        "extraQualities": [name for name in QUALITIES if name != "default"],
        "extraFeatures": _EXTRA_3,
    }
    if rights:
        document["rights"] = rights
    return document


def info_2(address: str, info: ImageInfo, rights: str | None) -> dict[str, Any]:
    """info.json of version 2.1 for the service at `address`."""
    document: dict[str, Any] = {
        "@context": CONTEXT_2,
        "@id": address,
        "protocol": PROTOCOL,
        "width": info.width,
        "height": info.height,
        "sizes": _sizes(info),
        "tiles": _tiles(info),
        "profile": [
            LEVEL_2,
            {
                "formats": list(FORMATS),
                "qualities": list(QUALITIES),
                "supports": _EXTRA_2,
                "maxArea": MAX_PIXELS,
            },
        ],
    }
    if rights:
        document["license"] = rights
    return document


def _sizes(info: ImageInfo) -> list[dict[str, int]]:
    return [{"width": width, "height": height} for width, height in info.levels if width * height <= MAX_PIXELS]


def _tiles(info: ImageInfo) -> list[dict[str, Any]]:
    factors = [1 << power for power in range(len(info.levels))]
    return [{"width": info.tile, "height": info.tile, "scaleFactors": factors}]
