"""Where the annotations of a treasure lie on its surface."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from museum.demo.records.treasure_notes import NoteRecord
from museum.demo.records.treasures import TreasureRecord
from museum.demo.treasures.glb import parts_of

Floats = NDArray[np.float64]
FOV = 25.0
"""Degrees, up and down, of the view that looks at a note."""
SEEN = 0.62
"""How much of the thing that view shows, in shares of its longest side."""


def spots_of(record: TreasureRecord, seed: int) -> list[dict[str, Any]]:
    """Columns `point`, `normal` and `view` of each of the treasure's notes, in the coordinates of its file."""
    triangles = np.concatenate([part.vertices[part.faces] for part in parts_of(record, seed)])
    return [_spot(note, triangles) for note in record.notes]


def _spot(note: NoteRecord, triangles: Floats) -> dict[str, Any]:
    low, high = triangles.min(axis=(0, 1)), triangles.max(axis=(0, 1))
    size = float((high - low).max())
    start, ahead = _ray(note, low, high, size)
    far, face = _first_met(start, ahead, triangles)
    point = start + far * ahead
    a, b, c = triangles[face]
    normal = np.cross(b - a, c - a)
    normal /= np.linalg.norm(normal)
    if normal @ ahead > 0:
        normal = -normal
    # Neither from straight above, where there is no way up, nor from where the ground would be in the way.
    across = np.radians(note.angle)
    away = np.array((np.sin(across), 0.18, np.cos(across))) if note.way == "side" else np.array((0.0, 1.0, 0.75))
    reach = SEEN * size / (2 * np.tan(np.radians(FOV) / 2)) + size * 0.5
    eye = point + reach * away / np.linalg.norm(away)
    return {
        "point": _rounded(point),
        "normal": _rounded(normal),
        "view": {"eye": _rounded(eye), "target": _rounded(point), "fov": FOV},
    }


def _ray(note: NoteRecord, low: Floats, high: Floats, size: float) -> tuple[Floats, Floats]:
    """Where a note's ray begins, and its direction."""
    across = np.radians(note.angle)
    outward = np.array((np.sin(across), 0.0, np.cos(across)))
    if note.way == "side":
        middle = (low + high) / 2
        middle[1] = low[1] + note.at * (high[1] - low[1])
        return middle + 2 * size * outward, -outward
    start = (low + high) / 2 + note.at * max(high[0] - low[0], high[2] - low[2]) / 2 * outward
    start[1] = high[1] + size
    return start, np.array((0.0, -1.0, 0.0))


def _first_met(start: Floats, ahead: Floats, triangles: Floats) -> tuple[float, int]:
    """How far the first triangle is along a ray, and which one (Möller and Trumbore). Raises ValueError where none is met."""
    a, ab, ac = triangles[:, 0], triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]
    across = np.cross(ahead, ac)
    scale = np.einsum("ij,ij->i", ab, across)
    with np.errstate(divide="ignore", invalid="ignore"):
        u = np.einsum("ij,ij->i", start - a, across) / scale
        turned = np.cross(start - a, ab)
        v = turned @ ahead / scale
        far = np.einsum("ij,ij->i", ac, turned) / scale
        met = (np.abs(scale) > 1e-15) & (u >= 0) & (v >= 0) & (u + v <= 1) & (far > 0)
    if not met.any():
        raise ValueError("a note beside the thing")
    face = int(np.argmin(np.where(met, far, np.inf)))
    return float(far[face]), face


def _rounded(values: Floats) -> list[float]:
    return [round(float(value), 6) for value in values]
