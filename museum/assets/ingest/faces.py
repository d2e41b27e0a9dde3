"""Resampling a sphere into the six faces of a cube, block by block, and nothing else."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.assets.info import FACES
from museum.assets.ingest.normalise import IN_MEMORY
from museum.assets.ingest.open_picture import available_threads
from museum.assets.ingest.projection import COARSE, SIDES, Floats, Map, node_positions, pole_map, pole_reach, side_map

Pixels = NDArray[np.uint8]
"""Rows × columns × 3, sRGB."""

MARGIN = 4
"""Pixels around a sphere that repeat its other side, so that no kernel looks over an edge."""
_BLOCK = 256
_MANY_PIXELS = 24_000_000
"""Pixels of all faces from which more than one thread pays."""


class Sphere:
    """An equirectangular picture with a margin all round. `pixels` is the picture itself, to be written to; then comes `close()`.

    With a path the pixels lie in a file that the kernel may page out, and count for no anonymous memory.
    """

    def __init__(self, width: int, height: int, path: Path | None = None, dtype: Any = np.uint8) -> None:
        shape = (height + 2 * MARGIN, width + 2 * MARGIN, 3)
        self.width = width
        self.height = height
        self.padded: NDArray[Any] = np.empty(shape, dtype) if path is None else mapped(path, shape, dtype)
        self.pixels = self.padded[MARGIN:-MARGIN, MARGIN:-MARGIN]

    @classmethod
    def reopen(cls, width: int, height: int, path: Path) -> Sphere:
        """The closed sphere that lies in a file."""
        sphere = cls.__new__(cls)
        sphere.width, sphere.height = width, height
        sphere.padded = np.memmap(path, np.uint8, "r", shape=(height + 2 * MARGIN, width + 2 * MARGIN, 3))
        sphere.pixels = sphere.padded[MARGIN:-MARGIN, MARGIN:-MARGIN]
        return sphere

    @property
    def is_mapped(self) -> bool:
        """Whether the pixels lie in a file."""
        return isinstance(self.padded, np.memmap)

    def discard(self) -> None:
        """Give the memory of the pixels back; the file stays."""
        self.padded = self.pixels = np.empty((0, 0, 3), np.uint8)

    def close(self) -> None:
        """Fill the margins: beyond a pole lies the other side of the globe, beyond the left edge the right one."""
        inner, padded, margin = self.pixels, self.padded, MARGIN
        half = self.width // 2
        padded[:margin, margin:-margin] = np.roll(inner[:margin][::-1], half, axis=1)
        padded[-margin:, margin:-margin] = np.roll(inner[-margin:][::-1], half, axis=1)
        padded[:, :margin] = padded[:, -2 * margin : -margin]
        padded[:, -margin:] = padded[:, margin : 2 * margin]


class _Window(NamedTuple):
    """Where to sample: whole pixels and 1/32 parts (OpenCV's fixed-point maps), counted from the top left of the smallest window of the
    padded sphere that the kernel needs. OpenCV takes no source beyond 32,767 pixels, so there has to be one."""

    places: NDArray[Any]
    parts: NDArray[Any]
    left: int
    right: int
    top: int
    bottom: int


def mapped(path: Path, shape: tuple[int, ...], dtype: Any = np.uint8) -> NDArray[Any]:
    """A new array in a file whose room on the disk is taken beforehand: OSError here rather than SIGBUS in the midst of the work."""
    with path.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, math.prod(shape) * np.dtype(dtype).itemsize)
    return np.memmap(path, dtype, "r+", shape=shape)


def new_column(size: int, folder: Path) -> NDArray[np.uint8]:
    """Room for six faces of `size` pixels below one another: in memory, or in `faces.raw` where they are large."""
    shape = (len(FACES) * size, size, 3)
    return np.empty(shape, np.uint8) if math.prod(shape) <= IN_MEMORY else mapped(folder / "faces.raw", shape)


def project_sphere(
    sphere: Sphere, size: int, column: NDArray[Any], done: Callable[[float], None] = lambda _: None
) -> None:
    """Write the faces `frblud` of a closed sphere below one another into `column` (6 size × size × 3). `size` is a multiple of 16.
    `done` hears which part of it is done."""
    threads = available_threads() if size * size * len(FACES) > _MANY_PIXELS else 1
    blocks = [(start, min(size, start + _BLOCK)) for start in range(0, size, _BLOCK)]

    def block(rows: tuple[int, int]) -> None:
        _project_sides(sphere, size, rows, column)
        _project_poles(sphere, size, rows, column)

    if threads == 1:
        for rows in blocks:
            block(rows)
        return
    with ThreadPoolExecutor(threads) as pool:
        for number, _ in enumerate(pool.map(block, blocks)):
            done((number + 1) / len(blocks))


def _project_sides(sphere: Sphere, size: int, rows: tuple[int, int], column: NDArray[Any]) -> None:
    """The four sides are one map, shifted: where a quarter of the width is a whole number of pixels the very same one."""
    half = size // 2
    for left in (0, half):
        nodes = side_map(node_positions(left, left + half), node_positions(*rows), size, sphere.width, sphere.height)
        fine = _enlarged(nodes)
        windows: dict[float, _Window] = {}
        for number, face in enumerate(SIDES):
            shift = number * sphere.width / 4
            if number == 3 or (number == 2 and left):
                shift -= sphere.width
            whole = math.floor(shift)
            part = shift - whole
            if part not in windows:
                windows[part] = _window(fine, part)
            top = FACES.index(face) * size
            _resample(sphere, windows[part], whole, column[top + rows[0] : top + rows[1], left : left + half])


def _project_poles(sphere: Sphere, size: int, rows: tuple[int, int], column: NDArray[Any]) -> None:
    half = size // 2
    nodes = pole_map(node_positions(half, size), node_positions(*rows), size, sphere.width, sphere.height)
    right = _enlarged(nodes)
    reach = pole_reach(size)
    first, last = max(rows[0], half - reach), min(rows[1], half + reach)
    if first < last:
        exact = pole_map(_pixels(half, half + reach), _pixels(first, last), size, sphere.width, sphere.height)
        right[first - rows[0] : last - rows[0], :reach] = exact
    left = cv2.flip(right, 1)
    cv2.transform(left, np.array([[-1, 0, sphere.width - 1], [0, 1, 0]], np.float32), left)
    up, down = FACES.index("u") * size, FACES.index("d") * size
    for begin, map in ((0, left), (half, right)):
        _resample(sphere, _window(map), 0, column[up + rows[0] : up + rows[1], begin : begin + half])
        below = cv2.flip(map, 0)
        cv2.transform(below, np.array([[1, 0, 0], [0, -1, sphere.height - 1]], np.float32), below)
        target = column[down + size - rows[1] : down + size - rows[0], begin : begin + half]
        _resample(sphere, _window(below), 0, target)


def _pixels(start: int, stop: int) -> Floats:
    return np.arange(start, stop, dtype=np.float64)


def _enlarged(nodes: Map) -> Map:
    """Every pixel's place, linearly between the nodes."""
    rows, columns, _ = nodes.shape
    fine = cv2.resize(nodes, (columns * COARSE, rows * COARSE), interpolation=cv2.INTER_LINEAR)
    return np.ascontiguousarray(fine[COARSE:-COARSE, COARSE:-COARSE], dtype=np.float32)


def _window(map: NDArray[Any], part: float = 0.0) -> _Window:
    """The map's places, `part` of a pixel to the right, as OpenCV samples fastest."""
    columns, rows = cv2.split(map)
    columns += np.float32(part)
    (left, right), (top, bottom) = _reach(columns), _reach(rows)
    columns -= np.float32(left)
    rows -= np.float32(top)
    places, parts = cv2.convertMaps(columns, rows, cv2.CV_16SC2)
    return _Window(places, parts, left + MARGIN, right + MARGIN, top + MARGIN, bottom + MARGIN)


def _resample(sphere: Sphere, window: _Window, shift: int, target: NDArray[Any]) -> None:
    """Bicubic, `shift` pixels to the right of the window."""
    source = sphere.padded[window.top : window.bottom, window.left + shift : window.right + shift]
    made = cv2.remap(source, window.places, window.parts, cv2.INTER_CUBIC, dst=target, borderMode=cv2.BORDER_REPLICATE)
    if made is not target:
        target[...] = made


def _reach(places: NDArray[Any]) -> tuple[int, int]:
    """The first pixel that the kernel needs at `places`, and the one after the last."""
    low, high, _, _ = cv2.minMaxLoc(places)
    return math.floor(low) - 2, math.ceil(high) + 4
