"""What is known of a finished derivative: the `info` of an asset, by its kind.

Level 0 of every pyramid is the coarsest; the last is the full size. A level halves the one after it (rounding down, as libvips
does), and is cut into tiles of `tile` pixels from the top left; the tiles at the right and lower edges may be smaller.
"""

from __future__ import annotations

from typing import Any

import msgspec

FACES = "frblud"
"""Front, right, back, left, up, down: the order of pages in a panorama's file and of squares in its strip."""

TILE = 512


class PanoramaInfo(msgspec.Struct, frozen=True, rename="camel"):
    """A cube pyramid.

    `levels` are face sizes in pixels, coarsest first. `strip` is the size of one face in the strip, a JPEG of the six faces side by
    side in the order of `FACES`; it has the blob role `strip`. `preview` is a flat view of the front, role `preview`.
    `hash` is base64 of 6 × 4 × 4 RGB bytes: each face in four rows of four pixels. `glimpse` is base64 of a WebP of some 2 KB with the six
    faces side by side, for pages to carry; empty where it was not made.
    `coverage` is what the photograph covered, `[yaw from, yaw to, pitch from, pitch to]` in degrees; None is the whole sphere.
    """

    levels: list[int]
    strip: int
    hash: str
    glimpse: str = ""
    tile: int = TILE
    coverage: tuple[float, float, float, float] | None = None
    heading: float | None = None
    """Heading of the panorama's forward direction in degrees from north, where the original stated one."""
    source_width: int = 0
    source_height: int = 0
    notes: list[str] = []
    """Codes of what was done to the original that the curator should know, e.g. `partial-filled`, `oriented`."""


class ImageInfo(msgspec.Struct, frozen=True, rename="camel"):
    """An image pyramid. `levels` are [width, height], coarsest first; `color` is the mean colour, `#rrggbb`.

    Blob roles: `pyramid`; `preview`, a JPEG of at most 640 × 640 px, of a floor plan's picture (option `plan`) 2048 × 2048.
    """

    width: int
    height: int
    levels: list[tuple[int, int]]
    color: str
    tile: int = TILE
    notes: list[str] = []


class ModelLevel(msgspec.Struct, frozen=True, rename="camel"):
    """A model with at most so many triangles and textures of at most `texture` pixels a side, at `/models/{digest}.glb`.

    `role` is `model` for a desk, `model-25k` for a phone, `model-5k` for a thing far away, `model-headset` with textures that stay
    compressed in the GPU.
    """

    role: str
    digest: str
    bytes: int
    triangles: int
    texture: int = 0


class ModelInfo(msgspec.Struct, frozen=True, rename="camel"):
    """A light model, standing on y = 0. `bounds` are its extents in metres (x, y up, z).

    Blob roles: those of its `levels` (GLB); `poster` (WebP or JPEG); `turntable`, a WebP of 24 frames side by side, one turn to the right;
    `usdz`. `report` is what the curator is told about the original: see `museum.assets.models3d.stages.shape`. `matrix` brings
    points of the uploaded file to where they are in the model: see `museum.assets.models3d.standing`.
    """

    triangles: int
    bounds: tuple[float, float, float]
    levels: list[ModelLevel] = []
    report: dict[str, Any] = {}
    matrix: list[float] = []


class RecordingInfo(msgspec.Struct, frozen=True, rename="camel"):
    """A sound or a film as browsers play it. `kind` is `audio` or `video`, `format` mp4, m4a or mp3; `width` and `height` are
    pixels of a film, 0 of a sound.

    Blob roles: `recording`, MP3, AAC or H.264 in MP4, whose index comes first; of a film `poster`, a JPEG.
    """

    kind: str
    format: str
    seconds: float
    width: int = 0
    height: int = 0
