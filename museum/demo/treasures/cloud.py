"""A treasure as points, for the renderer of the rooms."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from museum.demo.records import treasure_record
from museum.demo.render import TreasureMesh
from museum.demo.treasures.glb import parts_of, textures_of
from museum.demo.treasures.shapes import Part

POINTS_PER_SQUARE_METRE = 2_500_000
FEWEST_POINTS, MOST_POINTS = 60_000, 400_000
FEWEST_OF_A_PART = 500
"""Of a treasure; its parts share them by their surface."""


def _areas(part: Part) -> NDArray[np.float64]:
    corners = part.vertices[part.faces]
    return np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1) / 2


def treasure_points(index: int, seed: int) -> TreasureMesh:
    """A treasure as the room's renderer wants it: points spread evenly over its surface."""
    record = treasure_record(index)
    colours, _ = textures_of(record, seed)
    random = np.random.default_rng(index)
    parts = parts_of(record, seed)
    areas = [_areas(part) for part in parts]
    surface = float(sum(area.sum() for area in areas))
    total = float(np.clip(surface * POINTS_PER_SQUARE_METRE, FEWEST_POINTS, MOST_POINTS))
    clouds = []
    for part, area in zip(parts, areas, strict=True):
        count = max(FEWEST_OF_A_PART, int(total * area.sum() / surface))
        chosen = random.choice(len(area), count, p=area / area.sum())
        a, b = np.sqrt(random.random(count, np.float32)), random.random(count, np.float32)
        weights = np.stack([1 - a, a * (1 - b), a * b], axis=1)
        faces = part.faces[chosen]
        uv = np.einsum("ijk,ij->ik", part.uv.astype(np.float32)[faces], weights)
        texture = colours[part.material]
        height, width = texture.shape[:2]
        columns = np.clip(uv[:, 0] % 1.0 * width, 0, width - 1).astype(int)
        rows = np.clip((1 - uv[:, 1]) * height, 0, height - 1).astype(int)
        clouds.append(
            (
                np.einsum("ijk,ij->ik", part.vertices.astype(np.float32)[faces], weights),
                np.einsum("ijk,ij->ik", part.normals.astype(np.float32)[faces], weights),
                texture[rows, columns],
            )
        )
    points, normals, seen = (np.concatenate(layer) for layer in zip(*clouds, strict=True))
    upright = [0, 2, 1]
    mixed = random.permutation(len(points))
    points, normals, seen = points[mixed], normals[mixed], seen[mixed]
    return TreasureMesh(
        (points[:, upright] * (1, -1, 1)).astype(np.float32),
        (normals[:, upright] * (1, -1, 1)).astype(np.float32),
        seen.astype(np.uint8),
        surface,
    )
