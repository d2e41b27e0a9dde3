"""A whole panorama unrolled into one equirectangular picture, 2:1, made of tiles of its cube pyramid. Pure.

The scene's forward direction is in the middle: column x of width w looks to yaw (x / w - ½) · 360°, row y of height h to pitch
(½ - y / h) · 180°. Faces and angles are those of `museum.assets.ingest.projection`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.assets.info import FACES
from museum.assets.view import Floats, Pixels, Place, joined, leveller, onto_face

SPHERE_WIDTH = 2048
"""The width of the pictures that are offered: at 2048 the six faces are decoded from 24 tiles."""
_BAND = 128
"""Rows computed at a time, to keep double precision's memory small."""


class Sphere(NamedTuple):
    """The picture wanted: its width in pixels, and how the photograph is put upright, as in `museum.scenes.models.Scene`."""

    width: int
    level_pitch: float = 0.0
    level_roll: float = 0.0

    @property
    def height(self) -> int:
        return self.width // 2


def level_for(width: int, levels: Sequence[int]) -> int:
    """The coarsest level as fine as the picture in the middle of a face, where size / 2 pixels cover what width / 2π do."""
    wanted = 0.9 * width / math.pi
    return next((number for number, size in enumerate(levels) if size >= wanted), len(levels) - 1)


def places_of(sphere: Sphere, levels: Sequence[int], tile: int) -> list[Place]:
    """All tiles of the level that serves. `levels` are face sizes in pixels, coarsest first, cut into tiles of `tile` pixels."""
    level = level_for(sphere.width, levels)
    return [place for face in FACES for place in _places(level, face, levels[level], tile)]


def unroll(sphere: Sphere, levels: Sequence[int], tile: int, tiles: Mapping[Place, bytes]) -> Pixels:
    """The picture, from the JPEGs of its `places_of`. Raises ValueError where one of them is damaged."""
    level = level_for(sphere.width, levels)
    size = levels[level]
    faces = [joined(_places(level, face, size, tile), size, tile, tiles) for face in FACES]
    column = np.concatenate(faces)
    where, between = _map(sphere, size)
    picture = np.empty((sphere.height, sphere.width, 3), np.uint8)
    cv2.remap(column, where, between, cv2.INTER_LINEAR, dst=picture)
    return picture


def _places(level: int, face: str, size: int, tile: int) -> list[Place]:
    count = -(-size // tile)
    return [Place(level, face, row, column) for row in range(count) for column in range(count)]


@lru_cache(maxsize=2)
def _map(sphere: Sphere, size: int) -> tuple[NDArray[np.int16], NDArray[np.uint16]]:
    """Where each pixel is found in the column of the six faces, in the fixed-point form that remapping is fastest with: 6 bytes each.

    Positions stay half a pixel inside their face, so that no neighbour in the column shines through.
    """
    where = np.empty((sphere.height, sphere.width, 2), np.int16)
    between = np.empty((sphere.height, sphere.width), np.uint16)
    for top in range(0, sphere.height, _BAND):
        rows = slice(top, min(top + _BAND, sphere.height))
        at = _positions(_rays(sphere, rows), size)
        where[rows], between[rows] = cv2.convertMaps(at[..., 0], at[..., 1], cv2.CV_16SC2)
    return where, between


def _rays(sphere: Sphere, rows: slice) -> Floats:
    """The photograph's rays (X right, Y up, Z back) of the pixels of some rows, with the last axis X, Y, Z."""
    yaw = ((np.arange(sphere.width) + 0.5) / sphere.width - 0.5) * 2 * np.pi
    pitch = (0.5 - (np.arange(rows.start, rows.stop) + 0.5) / sphere.height) * np.pi
    flat = np.cos(pitch)[:, None]
    upright = np.stack(
        [flat * np.sin(yaw), np.repeat(np.sin(pitch)[:, None], sphere.width, axis=1), -flat * np.cos(yaw)], axis=-1
    )
    return upright @ leveller(sphere.level_pitch, sphere.level_roll)


def _positions(rays: Floats, size: int) -> NDArray[np.float32]:
    """Columns and rows in the column of faces that rays meet, the centres of pixels at whole numbers."""
    found = np.empty((*rays.shape[:2], 2), np.float32)
    seen = np.stack([rays @ onto_face(face).T for face in FACES])
    nearest = seen[..., 2].argmax(axis=0)
    for number in range(len(FACES)):
        here = nearest == number
        x, y, depth = seen[number][here].T
        column = np.clip((x / depth + 1) / 2 * size - 0.5, 0, size - 1)
        row = np.clip((1 - y / depth) / 2 * size - 0.5, 0, size - 1)
        found[here] = np.stack([column, row + number * size], axis=-1)
    return found
