"""Resampling a sphere into the six faces of a cube, block by block, and nothing else."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.assets.info import FACES
from museum.assets.ingest.projection import COARSE, SIDES, Floats, Map, node_positions, pole_map, pole_reach, side_map

Pixels = NDArray[np.uint8]
"""Rows × columns × 3, sRGB."""

MARGIN = 4
"""Pixels around a sphere that repeat its other side, so that no kernel looks over an edge."""
_BLOCK = 256


class Sphere:
    """An equirectangular picture with a margin all round. `pixels` is the picture itself, to be written to; then comes `close()`.

    With a path the pixels lie in a file that the kernel may page out, and count for no anonymous memory.
    """

    def __init__(self, width: int, height: int, path: Path | None = None, dtype: Any = np.uint8) -> None:
        shape = (height + 2 * MARGIN, width + 2 * MARGIN, 3)
        self.width = width
        self.height = height
        self.padded: NDArray[Any] = (
            np.empty(shape, dtype) if path is None else np.memmap(path, dtype=dtype, mode="w+", shape=shape)
        )
        self.pixels = self.padded[MARGIN:-MARGIN, MARGIN:-MARGIN]

    @classmethod
    def reopen(cls, width: int, height: int, path: Path) -> Sphere:
        """The closed sphere that lies in a file."""
        sphere = cls.__new__(cls)
        sphere.width, sphere.height = width, height
        sphere.padded = np.memmap(path, np.uint8, "r", shape=(height + 2 * MARGIN, width + 2 * MARGIN, 3))
        sphere.pixels = sphere.padded[MARGIN:-MARGIN, MARGIN:-MARGIN]
        return sphere

    def close(self) -> None:
        """Fill the margins: beyond a pole lies the other side of the globe, beyond the left edge the right one."""
        inner, padded, margin = self.pixels, self.padded, MARGIN
        half = self.width // 2
        padded[:margin, margin:-margin] = np.roll(inner[:margin][::-1], half, axis=1)
        padded[-margin:, margin:-margin] = np.roll(inner[-margin:][::-1], half, axis=1)
        padded[:, :margin] = padded[:, -2 * margin : -margin]
        padded[:, -margin:] = padded[:, margin : 2 * margin]


def project(sphere: Sphere, size: int, column: NDArray[Any]) -> None:
    """Write the faces `frblud` of a closed sphere below one another into `column` (6 size × size × 3). `size` is a multiple of 16."""
    for start in range(0, size, _BLOCK):
        rows = (start, min(size, start + _BLOCK))
        _project_sides(sphere, size, rows, column)
        _project_poles(sphere, size, rows, column)


def _project_sides(sphere: Sphere, size: int, rows: tuple[int, int], column: NDArray[Any]) -> None:
    half = size // 2
    for left in (0, half):
        nodes = side_map(node_positions(left, left + half), node_positions(*rows), size, sphere.width, sphere.height)
        fine = _enlarged(nodes)
        for number, face in enumerate(SIDES):
            shift = number * sphere.width / 4
            if number == 3 or (number == 2 and left):
                shift -= sphere.width
            top = FACES.index(face) * size
            target = column[top + rows[0] : top + rows[1], left : left + half]
            _resample(sphere, fine, shift, target)


def _project_poles(sphere: Sphere, size: int, rows: tuple[int, int], column: NDArray[Any]) -> None:
    half = size // 2
    nodes = pole_map(node_positions(half, size), node_positions(*rows), size, sphere.width, sphere.height)
    right = _enlarged(nodes)
    reach = pole_reach(size)
    first, last = max(rows[0], half - reach), min(rows[1], half + reach)
    if first < last:
        exact = pole_map(_pixels(half, half + reach), _pixels(first, last), size, sphere.width, sphere.height)
        right[first - rows[0] : last - rows[0], :reach] = exact
    left = right[:, ::-1].copy()
    left[..., 0] = sphere.width - 1 - left[..., 0]
    up, down = FACES.index("u") * size, FACES.index("d") * size
    for begin, map in ((0, left), (half, right)):
        _resample(sphere, map, 0, column[up + rows[0] : up + rows[1], begin : begin + half])
        below = map[::-1].copy()
        below[..., 1] = sphere.height - 1 - below[..., 1]
        _resample(sphere, below, 0, column[down + size - rows[1] : down + size - rows[0], begin : begin + half])


def _pixels(start: int, stop: int) -> Floats:
    return np.arange(start, stop, dtype=np.float64)


def _enlarged(nodes: Map) -> Map:
    """Every pixel's place, linearly between the nodes."""
    rows, columns, _ = nodes.shape
    fine = cv2.resize(nodes, (columns * COARSE, rows * COARSE), interpolation=cv2.INTER_LINEAR)
    return np.ascontiguousarray(fine[COARSE:-COARSE, COARSE:-COARSE], dtype=np.float32)


def _resample(sphere: Sphere, map: Map, shift: float, target: NDArray[Any]) -> None:
    """Bicubic, from the smallest window that holds what is needed: OpenCV takes no source beyond 32,767 pixels."""
    columns, rows = map[..., 0] + np.float32(shift + MARGIN), map[..., 1] + np.float32(MARGIN)
    (left, right), (top, bottom) = _reach(columns), _reach(rows)
    window = sphere.padded[top:bottom, left:right]
    columns -= left
    rows -= top
    target[...] = cv2.remap(window, columns, rows, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def _reach(places: NDArray[np.float32]) -> tuple[int, int]:
    """The first pixel that the kernel needs at `places`, and the one after the last."""
    low, high, _, _ = cv2.minMaxLoc(places)
    return max(0, math.floor(low) - 2), math.ceil(high) + 4
