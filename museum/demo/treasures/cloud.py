"""A treasure as points, for the renderer of the rooms."""

from __future__ import annotations

import numpy as np

from museum.demo.records import treasure_record
from museum.demo.render import TreasureMesh
from museum.demo.treasures.glb import parts_of, textures_of

POINTS_PER_SQUARE_METRE = 2_500_000
FEWEST_POINTS, MOST_POINTS = 60_000, 600_000


def treasure_points(index: int, seed: int) -> TreasureMesh:
    """A treasure as the room's renderer wants it: points spread evenly over its surface."""
    record = treasure_record(index)
    colours, _ = textures_of(record, seed)
    random = np.random.default_rng(index)
    clouds = []
    surface = 0.0
    for part in parts_of(record, seed):
        corners = part.vertices[part.faces]
        areas = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1) / 2
        surface += float(areas.sum())
        count = int(np.clip(areas.sum() * POINTS_PER_SQUARE_METRE, FEWEST_POINTS, MOST_POINTS))
        chosen = random.choice(len(areas), count, p=areas / areas.sum())
        a, b = np.sqrt(random.random(count)), random.random(count)
        weights = np.stack([1 - a, a * (1 - b), a * b], axis=1)[..., None]
        faces = part.faces[chosen]
        uv = (part.uv[faces] * weights).sum(axis=1)
        texture = colours[part.material]
        height, width = texture.shape[:2]
        columns = np.clip(uv[:, 0] % 1.0 * width, 0, width - 1).astype(int)
        rows = np.clip((1 - uv[:, 1]) * height, 0, height - 1).astype(int)
        clouds.append(
            (
                (part.vertices[faces] * weights).sum(axis=1),
                (part.normals[faces] * weights).sum(axis=1),
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
