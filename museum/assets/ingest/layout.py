"""How a picture is to be laid on the sphere: decided from its size, its metadata and the curator's answers, before any pixel moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from museum.assets.info import FACES
from museum.assets.ingest.photosphere import PhotoSphere, near, place
from museum.assets.ingest.refusals import refuse

LEAST_WIDTH = 512
SIMILAR = 0.75
"""Correlation of two halves from which they are taken for the pictures of two eyes. Two views of one room reach 0.9, a floor and
its ceiling stay below 0.5."""
STEREO = ("over-under", "side-by-side", "mono")


class Layout(msgspec.Struct, frozen=True):
    """`eye` is the half to take (`top`, `left` or none), `suspect` the stereo layout that the halves must be compared for first.
    `coverage` as in PanoramaInfo."""

    eye: str = ""
    suspect: str = ""
    coverage: tuple[float, float, float, float] | None = None
    heading: float | None = None
    notes: tuple[str, ...] = ()


def lay_out(width: int, height: int, sphere: PhotoSphere | None, options: Mapping[str, Any]) -> Layout:
    """Decide for an upright picture of `width` × `height` pixels. Raises JobRefused if it can't be a panorama, or isn't clearly one.

    `options` are the curator's answers: `stereo` one of STEREO; `coverage` four angles, as in PanoramaInfo.
    """
    if width < LEAST_WIDTH:
        refuse("too-small", width=width, height=height, least=LEAST_WIDTH)
    heading = None if sphere is None or sphere.heading is None else sphere.heading % 360.0
    answer = options.get("stereo")
    if options.get("coverage") is not None:
        return Layout(coverage=checked_coverage(options["coverage"]), heading=heading, notes=("partial-filled",))
    if answer == "over-under":
        return Layout(eye="top", heading=heading, notes=("stereo-halved",))
    if answer == "side-by-side":
        return Layout(eye="left", heading=heading, notes=("stereo-halved",))
    notes: tuple[str, ...] = ()
    if sphere is not None:
        if sphere.projection != "equirectangular":
            refuse("projection-unsupported", projection=sphere.projection)
        placement = place(sphere, width, height)
        if placement is not None:
            return Layout(coverage=placement.coverage, heading=placement.heading, notes=placement.notes)
        if sphere.crop_width is not None or sphere.full_width is not None:
            notes = ("metadata-contradicts-pixels",)
    if near(width, 2 * height, 0.02):
        if abs(width - 2 * height) > 2:
            notes = (*notes, "stretched")
        return Layout(suspect="" if answer == "mono" else "over-under", heading=heading, notes=notes)
    if answer != "mono" and near(width, height, 0.02):
        return Layout(suspect="over-under", heading=heading, notes=notes)
    if answer != "mono" and near(width, 4 * height, 0.02):
        return Layout(suspect="side-by-side", heading=heading, notes=notes)
    return refuse("not-a-panorama", width=width, height=height)


def checked_coverage(value: Any) -> tuple[float, float, float, float]:
    """Four angles as in PanoramaInfo from a curator's answer. Raises JobRefused."""
    try:
        left, right, low, high = (float(angle) for angle in value)
    except (TypeError, ValueError):
        refuse("coverage-invalid", coverage=str(value)[:80])
    if not (-180 <= left < right <= 180 and -90 <= low < high <= 90 and right - left >= 1 and high - low >= 1):
        refuse("coverage-invalid", coverage=[left, right, low, high])
    return left, right, low, high


def check_stereo(small: NDArray[np.uint8], width: int, height: int, suspect: str) -> None:
    """Ask about stereo if the halves of a picture show the same; `small` is the picture at a few hundred pixels, `width` and `height`
    its real size. Raises JobRefused `stereo-question`, or `not-a-panorama` where only stereo could have explained the shape."""
    whole = near(width, 2 * height, 0.02)
    likeness = halves_alike(small, suspect)
    if likeness >= (0.9 if whole else SIMILAR):
        refuse("stereo-question", guess=suspect, width=width, height=height, likeness=round(likeness, 2))
    if not whole:
        refuse("not-a-panorama", width=width, height=height)


def halves_alike(small: NDArray[np.uint8], layout: str) -> float:
    """Correlation of the two halves of a picture, at the best sideways shift of up to 3%: eyes stand apart."""
    grey = cv2.cvtColor(np.ascontiguousarray(small), cv2.COLOR_RGB2GRAY)
    rows, columns = grey.shape
    halves = (
        (grey[: rows // 2], grey[rows - rows // 2 :])
        if layout == "over-under"
        else (grey[:, : columns // 2], grey[:, columns - columns // 2 :])
    )
    first, second = (cv2.resize(half, (128, 64), interpolation=cv2.INTER_AREA).astype(np.float64) for half in halves)
    return max(_correlation(first, np.roll(second, shift, axis=1)) for shift in range(-4, 5))


def _correlation(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    a = a - a.mean()
    b = b - b.mean()
    scale = float(np.sqrt((a * a).sum() * (b * b).sum()))
    return float((a * b).sum()) / scale if scale > 64.0 else 0.0


_NAMES = (
    {"f": "f", "r": "r", "b": "b", "l": "l", "u": "u", "d": "d"},
    {"f": "front", "r": "right", "b": "back", "l": "left", "u": "up", "d": "down"},
    {"f": "front", "r": "right", "b": "back", "l": "left", "u": "top", "d": "bottom"},
    {"f": "pz", "r": "px", "b": "nz", "l": "nx", "u": "py", "d": "ny"},
    {"f": "posz", "r": "posx", "b": "negz", "l": "negx", "u": "posy", "d": "negy"},
    {"f": "0", "r": "1", "b": "2", "l": "3", "u": "4", "d": "5"},
)


def faces_by_name(filenames: Sequence[str]) -> dict[str, int] | None:
    """Which of six files is which face: {face: position}, None if their names do not say.

    Known are `f r b l u d`, `front right back left up|top down|bottom`, `px nx py ny pz nz`, `posx …` and Pannellum's and
    krpano's `0`–`5`, each alone or at the end of a name after `_`, `-`, `.` or a space. +x is right, +y up, +z front.
    """
    if len(filenames) != len(FACES):
        return None
    stems = [filename.rsplit("/", 1)[-1].rsplit(".", 1)[0].lower() for filename in filenames]
    endings = [stem.replace("-", "_").replace(" ", "_").replace(".", "_").rsplit("_", 1)[-1] for stem in stems]
    for names in _NAMES:
        found = {face: endings.index(name) for face, name in names.items() if name in endings}
        if len(found) == len(FACES):
            return found
    return None
