"""Photo-sphere metadata: what Google's GPano properties in XMP say about a panorama, checked against its pixels.

Properties as in Google's "Photo Sphere XMP Metadata": FullPanoWidthPixels/HeightPixels, CroppedAreaImageWidthPixels/HeightPixels,
CroppedAreaLeftPixels/TopPixels, ProjectionType, PoseHeadingDegrees (clockwise from north, of the middle of the full panorama).
"""

from __future__ import annotations

import math
import re

import msgspec

_PROPERTY = re.compile(rb"GPano:(\w{1,40})\s*(?:=\s*[\"']([^\"'<>]{0,80})[\"']|>\s*([^<]{0,80})<)")


class PhotoSphere(msgspec.Struct, frozen=True):
    """The properties that count here. Pixels refer to the size of the full panorama that the metadata state."""

    projection: str = "equirectangular"
    full_width: float | None = None
    full_height: float | None = None
    crop_width: float | None = None
    crop_height: float | None = None
    left: float = 0.0
    top: float = 0.0
    heading: float | None = None


class Placement(msgspec.Struct, frozen=True):
    """Where a picture lies in its sphere, in degrees: yaw from and to within [-180, 180], pitch from and to within [-90, 90].
    `notes` are codes of what was found on the way."""

    coverage: tuple[float, float, float, float] | None
    heading: float | None = None
    notes: tuple[str, ...] = ()


def read_photosphere(xmp: bytes) -> PhotoSphere | None:
    """The GPano properties in an XMP packet, None where it has none. Numbers that are none are left out."""
    found: dict[str, str] = {}
    for match in _PROPERTY.finditer(xmp[: 1 << 20]):
        name, attribute, element = match.groups()
        found.setdefault(name.decode(), (attribute or element or b"").decode("utf-8", "replace").strip())
    if not found:
        return None

    def number(name: str) -> float | None:
        try:
            value = float(found[name])
        except (KeyError, ValueError):
            return None
        return value if math.isfinite(value) else None

    return PhotoSphere(
        projection=found.get("ProjectionType", "equirectangular").lower() or "equirectangular",
        full_width=number("FullPanoWidthPixels"),
        full_height=number("FullPanoHeightPixels"),
        crop_width=number("CroppedAreaImageWidthPixels"),
        crop_height=number("CroppedAreaImageHeightPixels"),
        left=number("CroppedAreaLeftPixels") or 0.0,
        top=number("CroppedAreaTopPixels") or 0.0,
        heading=number("PoseHeadingDegrees"),
    )


def place(sphere: PhotoSphere, width: int, height: int) -> Placement | None:
    """Where a picture of `width` × `height` pixels lies according to its metadata.

    A picture that was scaled after the metadata were written is recognised by its unchanged proportions. None where the metadata
    contradict the pixels or themselves, so that they are no ground to place anything.
    """
    heading = None if sphere.heading is None else sphere.heading % 360.0
    full_width, full_height = sphere.full_width, sphere.full_height
    crop_width, crop_height = sphere.crop_width, sphere.crop_height
    if not full_width or not full_height or not crop_width or not crop_height:
        return None
    notes: list[str] = []
    if min(full_width, full_height, crop_width, crop_height) <= 0 or not near(full_width, 2 * full_height):
        return None
    scale = width / crop_width
    if abs(height - crop_height * scale) > max(2.0, 0.005 * height):
        return None
    if abs(scale - 1) > 1e-3:
        notes.append("metadata-scaled")
    slack = 2.0
    if sphere.left < -slack or sphere.top < -slack:
        return None
    if sphere.left + crop_width > full_width + slack or sphere.top + crop_height > full_height + slack:
        return None
    if crop_width >= full_width - slack and crop_height >= full_height - slack:
        return Placement(None, heading, tuple(notes))
    yaw = sphere.left / full_width * 360 - 180
    pitch = 90 - sphere.top / full_height * 180
    coverage = (
        max(-180.0, yaw),
        min(180.0, yaw + crop_width / full_width * 360),
        max(-90.0, pitch - crop_height / full_height * 180),
        min(90.0, pitch),
    )
    return Placement(coverage, heading, (*notes, "partial-filled"))


def near(value: float, wanted: float, tolerance: float = 0.01) -> bool:
    """Whether `value` is `wanted` within a share of it."""
    return abs(value - wanted) <= tolerance * abs(wanted)
