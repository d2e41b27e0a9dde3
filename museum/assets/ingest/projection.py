"""From the equirectangular sphere to six cube faces: where each pixel of a face is found in the source.

Rays of the faces, x to the right and y up in [-1, 1] (Marzipano's and Pannellum's, see docs): f=(x,y,-1) r=(1,y,x) b=(-x,y,1) l=(-1,y,-x)
u=(x,1,y) d=(x,-1,-y); yaw = atan2(X, -Z) clockwise, pitch = atan2(Y, hypot(X, Z)) upwards. The source's column 0 begins at yaw -180°,
its row 0 at pitch +90°. Pixel centres are at integers throughout: pixel i of n covers [i - ½, i + ½].

Everything here is pure; arrays are float32 maps of shape (rows, columns, 2) holding (column, row) in the source.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from museum.assets.info import TILE

Map = NDArray[np.float32]
Floats = NDArray[np.float64]

SIDES = "frbl"
COARSE = 8
"""Pixels between nodes of a coarse map. Linear interpolation over h pixels is wrong by at most h² / 8 × the second derivative:
under 0.01 source pixels on the sides; on the poles by h² / (8 r) at r pixels from the pole, hence the exact centre there."""


def face_size(source_width: int) -> int:
    """Pixels of a face's edge that keep the source's resolution where it is finest for its bytes, the equator: width / π, in whole tiles.
    Up to 4% less is taken before another row of tiles is spent."""
    return TILE * max(1, math.ceil(0.96 * source_width / math.pi / TILE))


def ray(face: str, x: float, y: float) -> tuple[float, float, float]:
    """The ray (X right, Y up, Z back) through the point (x, y) of a face, not normalised."""
    return {
        "f": (x, y, -1.0),
        "r": (1.0, y, x),
        "b": (-x, y, 1.0),
        "l": (-1.0, y, -x),
        "u": (x, 1.0, y),
        "d": (x, -1.0, -y),
    }[face]


def angles(face: str, x: float, y: float) -> tuple[float, float]:
    """Yaw and pitch in degrees of the point (x, y) of a face."""
    right, up, back = ray(face, x, y)
    return math.degrees(math.atan2(right, -back)), math.degrees(math.atan2(up, math.hypot(right, back)))


def centre(pixels: Floats, size: int) -> Floats:
    """Where positions of pixels of a face lie in [-1, 1]: (2 i + 1) / n - 1."""
    return (2.0 * pixels + 1.0) / size - 1.0


def source_column(yaw: Floats, width: int) -> Floats:
    return (yaw / (2 * np.pi) + 0.5) * width - 0.5


def source_row(pitch: Floats, height: int) -> Floats:
    return (0.5 - pitch / np.pi) * height - 0.5


def node_positions(start: int, stop: int) -> Floats:
    """Pixel positions of the nodes for pixels `start` to `stop` (multiples of COARSE): the middle of every COARSE pixels, and one more on
    either side, so that an enlargement by COARSE with its outer COARSE cut off gives each pixel's value."""
    return np.arange(start - COARSE, stop + COARSE, COARSE, dtype=np.float64) + (COARSE - 1) / 2


def side_map(columns: Floats, rows: Floats, size: int, width: int, height: int) -> Map:
    """The front face at pixels `columns` × `rows`. r, b and l are the same with a quarter, a half and three quarters of `width` added to
    the column."""
    x = centre(columns, size)[None, :]
    y = -centre(rows, size)[:, None]
    return _stack(source_column(np.arctan(x), width), source_row(np.arctan2(y, np.hypot(x, 1.0)), height))


def pole_map(columns: Floats, rows: Floats, size: int, width: int, height: int) -> Map:
    """The right half of the up face at pixels `columns` × `rows`.

    In this half yaw runs from 0 at the foot to 180° at the head without a break, and a little beyond for nodes just left of the middle.
    The left half is its mirror image, with column' = width - 1 - column; the down face is the up face upside down, with
    row' = height - 1 - row.
    """
    x = centre(columns, size)[None, :]
    y = -centre(rows, size)[:, None]
    yaw = np.arctan2(x, -y)
    yaw = np.where(yaw < -np.pi / 2, yaw + 2 * np.pi, yaw)
    return _stack(source_column(yaw, width), source_row(np.arctan2(1.0, np.hypot(x, y)), height))


def pole_reach(size: int) -> int:
    """How many pixels from the pole a coarse map is not exact enough and every pixel has to be computed."""
    return min(size // 2, max(size // 8, 160))


def _stack(column: Floats, row: Floats) -> Map:
    stacked = np.empty((*np.broadcast_shapes(column.shape, row.shape), 2), np.float32)
    stacked[..., 0] = column
    stacked[..., 1] = row
    return stacked
