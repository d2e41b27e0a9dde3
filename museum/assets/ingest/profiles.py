"""Colour profiles: which change nothing, and the one that cameras mean without embedding it."""

from __future__ import annotations

import struct
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pyvips

Image = Any

MATTERS = 2
"""Levels of 255 from which a conversion is worth its while."""

_ADOBE_RGB = {
    # Primaries and white of Adobe RGB (1998), §4.3.1, adapted to D50 as ICC profiles state them.
    b"rXYZ": (0.60974, 0.31111, 0.01947),
    b"gXYZ": (0.20528, 0.62567, 0.06087),
    b"bXYZ": (0.14919, 0.06322, 0.74457),
    b"wtpt": (0.95045, 1.0, 1.08905),
}
_ADOBE_GAMMA = 0x0233
"""2.19921875 as u8Fixed8Number: Adobe RGB (1998), §4.3.4.2."""


def is_srgb(profile: bytes) -> bool:
    """Whether an ICC profile says that it is sRGB and takes the colours of pictures for what sRGB has: there are linear ones of that
    name, and others."""
    return says_srgb(profile) and changes_nothing(profile)


def says_srgb(profile: bytes) -> bool:
    """Whether an ICC profile calls itself sRGB in its description (tag `desc`, ICC.1 §9.2.41)."""
    try:
        (count,) = struct.unpack_from(">I", profile, 128)
        for entry in range(min(count, 100)):
            name, offset, length = struct.unpack_from(">4sII", profile, 132 + 12 * entry)
            if name == b"desc":
                return b"sRGB" in profile[offset : offset + min(length, 400)].replace(b"\x00", b"")
    except struct.error:
        return False
    return False


@lru_cache(maxsize=8)
def changes_nothing(profile: bytes) -> bool:
    """Whether no colour changes by as much as MATTERS on the way from this profile to sRGB. One that is broken changes nothing."""
    steps = np.linspace(0, 255, 6).round().astype(np.uint8)
    colours = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(6, 36, 3)
    probe: Image = pyvips.Image.new_from_array(colours).copy(interpretation="srgb")
    probe.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    try:
        seen = probe.icc_transform("srgb", embedded=True, intent="relative", black_point_compensation=True, depth=8)
        found = np.asarray(seen.numpy(), np.int16)
    except pyvips.Error:
        return True
    return found.shape == colours.shape and int(np.abs(found - colours).max()) < MATTERS


@cache
def adobe_rgb() -> bytes:
    """A profile of Adobe RGB (1998): three primaries, one gamma. ICC.1:2001-04, version 2, since everything reads that."""
    tags = {
        b"desc": _description("Adobe RGB (1998) compatible"),
        b"cprt": b"text\0\0\0\0No copyright\0",
        **{name: b"XYZ \0\0\0\0" + b"".join(map(_fixed, values)) for name, values in _ADOBE_RGB.items()},
        **{name: b"curv\0\0\0\0" + struct.pack(">IH", 1, _ADOBE_GAMMA) for name in (b"rTRC", b"gTRC", b"bTRC")},
    }
    at = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        table += struct.pack(">4sII", name, at + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    white = b"".join(map(_fixed, (0.9642, 1.0, 0.8249)))
    head = struct.pack(">I4xI4s4s4s", at + len(body), 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", 2001, 4, 1, 0, 0, 0) + b"acsp" + bytes(28) + white
    return head.ljust(128, b"\0") + table + body


def _fixed(value: float) -> bytes:
    """s15Fixed16Number, ICC.1 §5.3.2."""
    return struct.pack(">i", round(value * 65536))


def _description(words: str) -> bytes:
    """textDescriptionType, ICC.1:2001-04 §6.5.17, in ASCII alone."""
    ascii = words.encode() + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(ascii)) + ascii + bytes(8 + 3 + 67)
