"""A software renderer: triangles to pixels with nothing but numpy, so that a still needs no GPU, no browser and no leave to run one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from museum.assets.models3d.solid import Faces, Floats

_SIDES = np.array((1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 2048, 4096))
"""Of the rectangles in which triangles are looked at, many at a time: slender ones would waste most of a square."""
_PIXELS_AT_ONCE = 1 << 18
"""Pixels looked at in one go."""
AT_ONCE = 1 << 16
"""Hits looked at in one go: what is made of so many on the way stays in the processor's cache."""
_HALF = np.float32(0.5)
_NOTHING = np.uint64(0xFFFFFFFFFFFFFFFF)


@dataclass
class Hits:
    """What is seen: the pixels (flat places in the picture), the triangle at each, the weights of its corners, (n, 3), and how far it is
    on the surface from there to the next pixel."""

    pixels: NDArray[np.int64]
    faces: NDArray[np.int64]
    weights: Floats
    reach: Floats

    def some(self, chosen: slice) -> Hits:
        """Those of a stretch."""
        return Hits(self.pixels[chosen], self.faces[chosen], self.weights[chosen], self.reach[chosen])


@dataclass(frozen=True)
class Camera:
    """Looks from `yaw` and `pitch` (degrees) around the vertical axis at `target`, from `distance`, through a lens of `fov` degrees."""

    yaw: float
    pitch: float
    target: NDArray[np.float64]
    distance: float
    fov: float = 28.0

    def axes(self) -> NDArray[np.float64]:
        """Right, up and backwards, as rows."""
        yaw, pitch = np.radians(self.yaw), np.radians(self.pitch)
        back = np.array([np.sin(yaw) * np.cos(pitch), np.sin(pitch), np.cos(yaw) * np.cos(pitch)])
        right = np.array([np.cos(yaw), 0.0, -np.sin(yaw)])
        return np.stack([right, np.cross(back, right), back])

    def lens(self, size: int) -> float:
        """Pixels for a thing as wide as it is far away."""
        return float(size / 2 / np.tan(np.radians(self.fov) / 2))

    def project(self, points: Floats, size: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Pixels (x right, y down) in a square picture, and the distance along the view."""
        seen = (points.astype(np.float64) - self.target) @ self.axes().T
        depth = self.distance - seen[:, 2]
        lens = self.lens(size)
        near = np.maximum(depth, 1e-9)
        return np.stack([size / 2 + seen[:, 0] / near * lens, size / 2 - seen[:, 1] / near * lens], axis=1), depth


def rasterise(points: Floats, faces: Faces, camera: Camera, size: int) -> Hits:
    """The nearest triangle at each pixel's middle of a square picture; both sides of a surface are seen."""
    screen, depth = camera.project(points, size)
    near = depth[faces].astype(np.float32)
    corners = screen[faces].astype(np.float32)
    pixels, seen = _nearest(corners, near, near.min(axis=1) > 0, size)
    weights = _true_weights(corners, near, seen, pixels, size)
    reach = (weights * near[seen]).sum(axis=1) / np.float32(camera.lens(size))
    return Hits(pixels, seen, weights, reach.astype(np.float32))


def flat(points: Floats, faces: Faces, places: Floats, size: int) -> Hits:
    """The triangle at each pixel's middle of a square picture in which the points lie at `places` (0 to 1 each, y down): a texture."""
    corners = (places[faces] * np.float32(size)).astype(np.float32)
    near = np.ones(faces.shape, np.float32)
    pixels, seen = _nearest(corners, near, np.ones(len(faces), bool), size)
    (x1, y1), (x2, y2) = (corners[:, 1] - corners[:, 0]).T, (corners[:, 2] - corners[:, 0]).T
    a, b, c = (points[faces[:, k]] for k in range(3))
    surface = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    reach = np.sqrt(surface / np.maximum(np.abs(x1 * y2 - x2 * y1), 1e-12)).astype(np.float32)
    return Hits(pixels, seen, _true_weights(corners, near, seen, pixels, size), reach[seen])


def _nearest(
    corners: Floats, near: Floats, useful: NDArray[np.bool_], size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pixels whose middle lies in a useful triangle, and for each the nearest of those."""
    low = np.floor(corners.min(axis=1) - 0.5).astype(np.int64)
    high = np.ceil(corners.max(axis=1) - 0.5).astype(np.int64) + 1
    low, high = np.clip(low, 0, size), np.clip(high, 0, size)
    sides = np.searchsorted(_SIDES, high - low)
    chosen = np.flatnonzero(((high - low).min(axis=1) > 0) & useful)
    span = max(float(near.max(initial=1)) - float(near.min(initial=0)), 1e-12)
    shallow = (near - near.min(initial=0)) / span
    buffer = np.full(size * size, _NOTHING)
    kinds = sides[chosen] @ (len(_SIDES), 1)
    order = np.argsort(kinds, kind="stable")
    groups = np.split(chosen[order], np.flatnonzero(np.diff(kinds[order])) + 1)
    for alike in groups if len(chosen) else ():
        width, height = (int(side) for side in _SIDES[sides[alike[0]]])
        step = max(1, _PIXELS_AT_ONCE // (width * height))
        for start in range(0, len(alike), step):
            some = alike[start : start + step]
            _draw(buffer, corners[some], shallow[some], low[some], high[some], some, (width, height), size)
    pixels = np.flatnonzero(buffer != _NOTHING)
    return pixels, (buffer[pixels] & np.uint64(0xFFFFFFFF)).astype(np.int64)


def _weights(corners: Floats, x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    """Weights of the three corners at points of the picture; they add up to 1. Small numbers, please: single precision subtracts here."""
    ax, ay, bx, by, cx, cy = (corners[:, k, axis] for k in range(3) for axis in range(2))
    shape = (-1,) + (1,) * (x.ndim - 1)
    area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    with np.errstate(divide="ignore", invalid="ignore"):
        inverse = np.where(area == 0, np.nan, 1 / area).reshape(shape)
    ax, ay, bx, by, cx, cy = (value.reshape(shape) for value in (ax, ay, bx, by, cx, cy))
    # in this order, columns and rows meet only in the last step
    first = (bx * cy - by * cx + (by - cy) * x) * inverse + (cx - bx) * inverse * y
    second = (cx * ay - cy * ax + (cy - ay) * x) * inverse + (ax - cx) * inverse * y
    return first, second, 1 - first - second


def _draw(
    buffer: NDArray[np.uint64], corners: Floats, depth: Floats, low: NDArray[np.int64], high: NDArray[np.int64],
    numbers: NDArray[np.int64], rectangle: tuple[int, int], size: int,
) -> None:  # fmt: skip
    near = corners - low[:, None, :].astype(np.float32)
    x, y = np.arange(rectangle[0])[None, None, :], np.arange(rectangle[1])[None, :, None]
    first, second, third = _weights(near, x.astype(np.float32) + _HALF, y.astype(np.float32) + _HALF)
    edge = np.float32(-1e-5)
    inside = (first >= edge) & (second >= edge) & (third >= edge)
    inside &= (x < (high - low)[:, 0, None, None]) & (y < (high - low)[:, 1, None, None])
    which = np.nonzero(inside)
    if not len(which[0]):
        return
    n, row, column = which
    far = depth[n, 0] * first[which] + depth[n, 1] * second[which] + depth[n, 2] * third[which]
    key = (np.clip(far, 0, 1) * np.float64(2**31)).astype(np.uint64) << np.uint64(32) | numbers[n].astype(np.uint64)
    np.minimum.at(buffer, (low[n, 1] + row) * size + low[n, 0] + column, key)


def _true_weights(
    corners: Floats, depth: Floats, seen: NDArray[np.int64], pixels: NDArray[np.int64], size: int
) -> Floats:
    """Weights of the triangles `seen` at the pixels that follow the surface rather than the picture: each corner counts by its nearness."""
    made = np.empty((len(pixels), 3), np.float32)
    for start in range(0, len(pixels), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        here, faces = pixels[some], seen[some]
        spots = np.stack([here % size, here // size], axis=1).astype(np.float32) + _HALF
        zero = np.zeros(len(here), np.float32)
        flat = np.stack(_weights(corners[faces] - spots[:, None, :], zero, zero), axis=1)
        true = np.clip(np.nan_to_num(flat, nan=1 / 3), 0, 1) / depth[faces]
        made[some] = true / true.sum(axis=1, keepdims=True)
    return made
