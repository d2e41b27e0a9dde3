"""Any picture to upright 8-bit sRGB without alpha: what every derivative is made from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyvips

from museum.assets.ingest.open_picture import Picture, decoding
from museum.assets.ingest.profiles import adobe_rgb, is_srgb
from museum.assets.ingest.refusals import refuse

Image = Any
IN_MEMORY = 128 << 20
"""Bytes of decoded pixels up to which they are held in memory rather than in a file."""
_INTEROPERABILITY = "exif-ifd4-InteroperabilityIndex"
_DIRECT = {"srgb", "b-w", "rgb16", "grey16", "cmyk", "rgb"}


def to_srgb(image: Image) -> tuple[Image, list[str]]:
    """Three bands of 8-bit sRGB, and notes on what was done. Transparency is laid on white.

    An embedded profile is followed unless it says sRGB or is broken; CMYK without one is taken for the common offset inks that
    libvips carries a profile of.
    """
    notes: list[str] = []
    image, flattened = _flatten(image)
    if flattened:
        notes.append("alpha-flattened")
    interpretation = str(image.interpretation)
    if interpretation not in _DIRECT:
        if interpretation in ("lab", "labs", "labq", "lch", "xyz", "hsv", "yxy"):
            return image.colourspace("srgb").cast("uchar"), [*notes, "converted-to-srgb"]
        wide = image.format in ("ushort", "short")
        image = image.copy(
            interpretation=("grey16" if wide else "b-w") if image.bands < 3 else "rgb16" if wide else "srgb"
        )
        image = image[0] if image.bands < 3 else image
    profile = _stated_profile(image)
    if str(image.interpretation) == "cmyk":
        return _through_profile(image, profile, [*notes, "converted-to-srgb"], fallback="cmyk")
    if image.format != "uchar":
        notes.append("reduced-to-8-bit")
    if profile and not is_srgb(profile):
        return _through_profile(image, profile, [*notes, "converted-to-srgb"], fallback=None)
    return _plain(image), notes


def _stated_profile(image: Image) -> bytes:
    """The embedded profile; of cameras that were set to Adobe RGB and embed none, that. Empty where nothing is stated.

    Such files say that their colour space is uncalibrated and their interoperability is R03: DCF 2.0 (JEITA CP-3461B) §3.3.2.
    """
    fields = set(image.get_fields())
    if "icc-profile-data" in fields:
        return bytes(image.get("icc-profile-data"))
    interoperability = str(image.get(_INTEROPERABILITY)) if _INTEROPERABILITY in fields else ""
    return adobe_rgb() if interoperability.startswith("R03") and image.bands == 3 else b""


def _flatten(image: Image) -> tuple[Image, bool]:
    if not image.hasalpha():
        return image, False
    white = 65535 if image.format in ("ushort", "short") else 255
    # paper is the absence of ink: white is 0 in CMYK
    background = [0] * (image.bands - 1) if image.bands == 5 else [white] * (image.bands - 1)
    return image.flatten(background=background, max_alpha=white), True


def _through_profile(image: Image, profile: bytes, notes: list[str], fallback: str | None) -> tuple[Image, list[str]]:
    options = {"intent": "relative", "depth": 8, "black_point_compensation": True}
    if profile:
        try:
            image = image.copy()
            image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
            converted = image.icc_transform("srgb", embedded=True, **options)
            if _profile_fits(image, profile):
                return converted, notes
        except pyvips.Error:
            pass
        notes = [*notes, "profile-ignored"]
    if fallback is None:
        return _plain(image), [note for note in notes if note != "converted-to-srgb"]
    return image.icc_transform("srgb", input_profile=fallback, **options), notes


def _profile_fits(image: Image, profile: bytes) -> bool:
    """Whether the profile's colour space (ICC.1 §7.2.6) has as many bands as the picture."""
    bands = {b"RGB ": 3, b"GRAY": 1, b"CMYK": 4}.get(profile[16:20])
    return bands == image.bands


def _plain(image: Image) -> Image:
    if image.bands < 3 and str(image.interpretation) not in ("b-w", "grey16"):
        image = image.copy(interpretation="grey16" if image.format == "ushort" else "b-w")
    return image.colourspace("srgb").cast("uchar")


def upright(picture: Picture, work: Path) -> tuple[Image, list[str]]:
    """The normalised picture, turned as its EXIF orientation says, ready to be read in any order.

    Large pictures lie decoded in a file in `work`, so that they take page cache and not memory. Raises JobRefused.
    """
    with decoding():
        image, notes = to_srgb(picture.image)
        if image.bands != 3:
            refuse("unsupported-pixels", format=str(image.format), bands=int(image.bands))
        image = settled(image, work / "decoded.raw")
        if picture.orientation != 1:
            image = image.copy()
            image.set_type(pyvips.GValue.gint_type, "orientation", picture.orientation)
            image = image.autorot()
            notes = [*notes, "oriented"]
    return image, notes


def settled(image: Image, path: Path) -> Image:
    """The image with its pixels computed: in memory, or in a raw file at `path` if they are many."""
    if image.width * image.height * image.bands <= IN_MEMORY:
        return image.copy_memory()
    image.rawsave(str(path))
    return from_raw(path, image.width, image.height, image.bands)


def from_raw(path: Path, width: int, height: int, bands: int = 3) -> Image:
    """An sRGB image over a file of bare pixels, which the kernel maps in rather than reads."""
    import numpy as np

    pixels = np.memmap(path, np.uint8, "r", shape=(height, width, bands))
    return pyvips.Image.new_from_memory(pixels.data, width, height, bands, "uchar").copy(interpretation="srgb")
