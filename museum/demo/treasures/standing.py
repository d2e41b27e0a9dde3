"""A treasure as the renderer of the rooms wants it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from museum.demo.records import treasure_record
from museum.demo.render import Solid, Surface
from museum.demo.treasures.glb import parts_of, textures_of
from museum.demo.treasures.shapes import Part


def treasure_solid(index: int, seed: int) -> Solid:
    """The `index`-th treasure, z up, at its real size. Raises IndexError beyond the last."""
    record = treasure_record(index)
    colours, _ = textures_of(record, seed)
    return Solid(tuple(_surface(part, colours[part.material]) for part in parts_of(record, seed)))


def _surface(part: Part, texture: NDArray[np.uint8]) -> Surface:
    return Surface(_upright(part.vertices), _upright(part.normals), part.uv.astype(np.float32), part.faces, texture)


def _upright(vectors: NDArray[np.float64]) -> NDArray[np.float32]:
    """From y up to z up, the same hand."""
    return (vectors[:, [0, 2, 1]] * (1, -1, 1)).astype(np.float32)
