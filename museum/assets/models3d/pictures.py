"""Textures: read by the same rules as all pictures, made smaller, and written as WebP, JPEG, PNG or KTX2."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pyvips

from museum.assets.ingest.normalise import to_srgb
from museum.assets.ingest.open_picture import decoding, open_picture
from museum.assets.models3d.caps import Caps
from museum.assets.models3d.solid import Picture, Solid
from museum.jobs.queue import JobRefused

Image = Any
WEBP_QUALITY = 82
_COLORS: dict[str, Any] = {"codec": "etc1s", "quality": 60, "etc1s_compression_level": 0}
"""Level 1 takes twice the time for 4 % less."""
_NORMALS: dict[str, Any] = {"codec": "uastc", "quality": 60, "effort": 0, "zstd_supercompression_level": 6}
NORMALS_LARGEST = 1024
"""Pixels a side of a map of normals that is baked, or shown in the headset: finer ones take seconds to pack and much to send."""
_KTX2 = b"\xabKTX 20\xbb\r\n\x1a\n"


def keep_picture(found: memoryview | Path | None, path: Path, caps: Caps, solid: Solid) -> Picture | None:
    """A texture's bytes as a file at `path`, judged by its header. None, with a note in the solid, where it is missing or no good."""
    if found is None:
        solid.note("texture-missing")
        return None
    if isinstance(found, Path):
        path = found
    else:
        path.write_bytes(found)
    with path.open("rb") as file:
        if file.read(12) == _KTX2:
            path = _from_ktx2(path)
    try:
        picture = open_picture(path)
    except (JobRefused, OSError, pyvips.Error):
        solid.note("texture-unreadable")
        return None
    width, height = picture.turned_size
    if width * height > caps.texture_pixels:
        solid.note("texture-unreadable")
        return None
    return Picture(path, width, height)


def _from_ktx2(path: Path) -> Path:
    import alktx2

    made = path.with_suffix(".png")
    with contextlib.suppress(RuntimeError, ValueError, OSError):
        alktx2.decode_ktx2_to_image(str(path), str(made), format="png")
    return made if made.exists() else path


def load(picture: Picture, largest: int, *, color: bool) -> Image:
    """The picture's pixels, 8-bit, at most `largest` on the longer side. With `color` as sRGB; data keeps its numbers."""
    with decoding():
        image = open_picture(picture.path).image.copy_memory()
        if image.format != "uchar":
            image = (image / 256).cast("uchar") if image.format == "ushort" else image.cast("uchar")
        if color:
            alpha = image[image.bands - 1] if image.hasalpha() else None
            opaque = image[: image.bands - 1] if alpha is not None else image
            image, _ = to_srgb(opaque)
            image = image.bandjoin(alpha) if alpha is not None and alpha.min() < 255 else image
        elif image.bands < 3:
            image = image[0].bandjoin([image[0], image[0]])
        elif image.bands > 3:
            image = image[:3]
        image = image.copy_memory()
        scale = largest / max(image.width, image.height)
        return image.resize(scale, kernel="lanczos3") if scale < 1 else image


def roles_of(materials: list[dict[str, Any]]) -> dict[int, bool]:
    """Which textures the materials use, and whether as colour (True) or as data."""
    roles: dict[int, bool] = {}

    def walk(value: Any, key: str) -> None:
        if not isinstance(value, dict):
            return
        if key.endswith("Texture") and isinstance(value.get("index"), int):
            data = any(
                word in key
                for word in ("ormal", "oughness", "cclusion", "clearcoat", "ransmission", "thickness", "iridescence")
            )
            roles[value["index"]] = roles.get(value["index"], True) and not data
            return
        for name, entry in value.items():
            walk(entry, name)

    for material in materials:
        walk(material, "")
    return roles


def as_webp(image: Image, *, color: bool) -> bytes:
    """WebP; data, where a wrong tint is a wrong dent, finer."""
    return image.webpsave_buffer(Q=WEBP_QUALITY if color else 85, keep="none", effort=3, smart_subsample=not color)


def as_ktx2(image: Image, *, color: bool, normal: bool) -> bytes:
    """KTX2 with all its mipmaps, each side a multiple of four as KHR_texture_basisu asks. It stays compressed in the GPU's memory:
    a quarter of a byte to a byte for a pixel, instead of four."""
    import alktx2

    width, height = (max(4, round(side / 4) * 4) for side in (image.width, image.height))
    image = image.resize(width / image.width, vscale=height / image.height)
    return alktx2.encode_bytes_to_ktx2(
        image.pngsave_buffer(compression=1, keep="none"),
        mime="image/png",
        srgb=color,
        mipmaps=True,
        y_flip=False,
        **(_NORMALS if normal else _COLORS),
    )


def from_pixels_of(image: Image) -> Image:
    """The picture on the ground that posters have, where it is see-through."""
    return image.flatten(background=[15, 13, 11]) if image.hasalpha() else image


def from_pixels(pixels: Any) -> Image:
    """An sRGB image of (h, w, 3) bytes."""
    height, width, bands = pixels.shape
    return pyvips.Image.new_from_memory(pixels.tobytes(), width, height, bands, "uchar").copy(interpretation="srgb")
