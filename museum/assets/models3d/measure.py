"""What can be said of a surface: whether it is closed, its area, and of a closed one the volume."""

from __future__ import annotations

import math

import msgspec
import numpy as np
from numpy.typing import NDArray

from museum.assets.models3d.solid import Solid

GRID = 2.0**-20
"""Points that fall into one cell of this share of the model's size are one: seams of textures have every point twice."""


class Measures(msgspec.Struct, rename="camel"):
    """`area` in the square of the model's unit; `volume` only of a closed surface. `open_edges` have a triangle on one side only, `crowded`
    ones more than two."""

    watertight: bool
    open_edges: int
    crowded_edges: int
    bodies: int
    area: float
    volume: float | None


def measure(solid: Solid) -> Measures:
    """Measure all parts as one surface, welded by position."""
    points, faces = weld_positions(solid)
    a, b, c = (points[faces[:, k]] for k in range(3))
    cross = np.cross(b - a, c - a)
    area = float(np.linalg.norm(cross, axis=1).sum() / 2)
    faces = faces[(faces[:, 0] != faces[:, 1]) & (faces[:, 1] != faces[:, 2]) & (faces[:, 2] != faces[:, 0])]
    open_edges, crowded, consistent = _edges(faces, len(points))
    watertight = open_edges == 0 and crowded == 0 and consistent and len(faces) > 0
    volume = None
    if watertight:
        middle = points.mean(axis=0)
        a, b, c = (points[faces[:, k]] - middle for k in range(3))
        volume = abs(float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6))
    return Measures(watertight, open_edges, crowded, _bodies(faces, len(points)), area, volume)


def weld_positions(solid: Solid) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Each point once, and triangles that count in them."""
    starts = np.cumsum([0, *(len(part.positions) for part in solid.parts[:-1])])
    points = np.concatenate([part.positions for part in solid.parts]).astype(np.float64)
    faces = np.concatenate(
        [part.faces.astype(np.int64) + start for part, start in zip(solid.parts, starts, strict=True)]
    )
    low, size = points.min(axis=0), float(np.ptp(points, axis=0).max()) or 1.0
    cells = np.round((points - low) / (size * GRID)).astype(np.int64)
    keys = (cells[:, 0] << 42) | (cells[:, 1] << 21) | cells[:, 2]
    _, first, where = np.unique(keys, return_index=True, return_inverse=True)
    return points[first], where[faces]


def _edges(faces: NDArray[np.int64], count: int) -> tuple[int, int, bool]:
    """Edges with one triangle, edges with more than two, and whether neighbours turn the same way."""
    start, end = faces.ravel(), faces[:, [1, 2, 0]].ravel()
    forward = start < end
    keys = np.where(forward, start * count + end, end * count + start)
    order = np.argsort(keys, kind="stable")
    _, first, uses = np.unique(keys[order], return_index=True, return_counts=True)
    turns = np.add.reduceat(np.where(forward[order], 1, -1), first) if len(first) else np.zeros(0)
    return int((uses == 1).sum()), int((uses > 2).sum()), bool((turns[uses == 2] == 0).all())


def _bodies(faces: NDArray[np.int64], count: int) -> int:
    """Pieces that hang together: every point takes the least name among its neighbours until nothing changes."""
    if not len(faces):
        return 0
    label = np.arange(count)
    for _ in range(4 * math.ceil(math.log2(count + 2))):
        least = label[faces].min(axis=1)
        fresh = label.copy()
        for k in range(3):
            np.minimum.at(fresh, faces[:, k], least)
        fresh = fresh[fresh]
        if np.array_equal(fresh, label):
            break
        np.minimum.at(fresh, label, fresh.copy())
        label = fresh
    return len(np.unique(label[np.unique(faces)]))
