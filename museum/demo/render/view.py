"""The camera of an equirectangular panorama, and windows of it.

Column c looks at yaw = ((c + 0.5) / columns − 0.5) · 2π, row r at pitch = (0.5 − (r + 0.5) / rows) · π. A vertical edge of a room is a
column of the panorama, so that walls are resampled column by column: one column has one distance and one u.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import atan2, pi, radians

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Pixels = NDArray[np.uint8]
Point = tuple[float, float]


@dataclass(frozen=True)
class View:
    """A camera at (x, y) of a hall and height `eye`, metres; `forward` is its heading in degrees; `columns` = 2 · rows."""

    x: float
    y: float
    eye: float
    forward: float
    columns: int

    @property
    def rows(self) -> int:
        return self.columns // 2

    def moved(self, dx: float, dy: float) -> View:
        return replace(self, x=self.x + dx, y=self.y + dy)

    def directions(self, first: int, last: int) -> tuple[Floats, Floats]:
        """(x, y) of the unit vectors of the columns first … last − 1."""
        yaw = ((np.arange(first, last) + 0.5) / self.columns - 0.5) * (2 * pi) + radians(self.forward)
        return np.sin(yaw).astype(np.float32), np.cos(yaw).astype(np.float32)

    def slopes(self, first: int, last: int) -> Floats:
        """tan(pitch) of the rows first … last − 1."""
        return np.tan((0.5 - (np.arange(first, last) + 0.5) / self.rows) * pi).astype(np.float32)

    def row(self, height: float, distance: Floats) -> Floats:
        """The row (fractional, of pixel centres) at which something `height` metres above the floor is seen at a distance."""
        return ((0.5 - np.arctan2(height - self.eye, distance) / pi) * self.rows - 0.5).astype(np.float32)

    def column(self, x: float, y: float) -> float:
        """The column (fractional, of pixel edges) of a place, in [0, columns)."""
        yaw = atan2(x - self.x, y - self.y) - radians(self.forward)
        return ((yaw / (2 * pi) + 0.5) % 1.0) * self.columns

    def pixel_density(self) -> float:
        """Pixels per radian."""
        return self.columns / (2 * pi)


@dataclass(frozen=True)
class Window:
    """A part of a panorama: columns left … right − 1, rows top … bottom − 1."""

    left: int
    right: int
    top: int
    bottom: int

    def meet(self, other: Window) -> Window | None:
        left, right = max(self.left, other.left), min(self.right, other.right)
        top, bottom = max(self.top, other.top), min(self.bottom, other.bottom)
        return Window(left, right, top, bottom) if left < right and top < bottom else None

    def inside(self, outer: Window) -> tuple[slice, slice]:
        return (
            slice(self.top - outer.top, self.bottom - outer.top),
            slice(self.left - outer.left, self.right - outer.left),
        )

    @property
    def shape(self) -> tuple[int, int]:
        return self.bottom - self.top, self.right - self.left


@dataclass(frozen=True)
class Upright:
    """A vertical rectangle, `a` its left and `b` its right end as the camera sees it, from height `low` to `high`."""

    a: Point
    b: Point
    low: float
    high: float

    @property
    def width(self) -> float:
        return float(np.hypot(self.b[0] - self.a[0], self.b[1] - self.a[1]))

    def faces(self, view: View) -> bool:
        """Whether the camera sees its front."""
        ax, ay = self.a[0] - view.x, self.a[1] - view.y
        bx, by = self.b[0] - view.x, self.b[1] - view.y
        return ax * by - ay * bx < -1e-4

    def hits(self, view: View, first: int, last: int) -> tuple[Floats, Floats]:
        """Per column: the distance at which its ray meets the plane, and u there in metres from the left end."""
        dx, dy = view.directions(first, last)
        ex, ey = (self.b[0] - self.a[0]) / self.width, (self.b[1] - self.a[1]) / self.width
        ox, oy = self.a[0] - view.x, self.a[1] - view.y
        across = dx * ey - dy * ex
        across = np.where(np.abs(across) < 1e-6, np.float32(1e-6), across)
        distance = (ox * ey - oy * ex) / across
        u = distance * (dx * ex + dy * ey) - (ox * ex + oy * ey)
        return np.maximum(distance, 1e-3).astype(np.float32), u.astype(np.float32)

    def windows(self, view: View, within: Window) -> list[Window]:
        """The parts of `within` that it touches: none, one, or two where it lies over the panorama's seam."""
        left = view.column(*self.a)
        right = left + (view.column(*self.b) - left) % view.columns
        found: list[Window] = []
        for turn in (-view.columns, 0, view.columns):
            first, last = int(np.floor(left + turn)), int(np.ceil(right + turn))
            part = Window(first, last, within.top, within.bottom).meet(within)
            if part is None:
                continue
            distance, _ = self.hits(view, part.left, part.right)
            top = int(np.floor(view.row(self.high, distance).min()))
            bottom = int(np.ceil(view.row(self.low, distance).max())) + 1
            part = Window(part.left, part.right, top, bottom).meet(part)
            if part is not None:
                found.append(part)
        return found

    def coverage(self, view: View, window: Window) -> Floats:
        """How much of each pixel of the window it covers, 0 … 1: soft over one pixel at each edge."""
        distance, u = self.hits(view, window.left, window.right)
        rows = np.arange(window.top, window.bottom, dtype=np.float32)[:, None]
        upright = rows - (view.row(self.high, distance) - np.float32(0.5))
        np.minimum(upright, view.row(self.low, distance) + np.float32(0.5) - rows, out=upright)
        np.clip(upright, 0, 1, out=upright)
        step = np.maximum(np.abs(np.gradient(u)) if u.size > 1 else np.full_like(u, 1e-3), 1e-6)
        across = np.clip(u / step + 0.5, 0, 1) * np.clip((self.width - u) / step + 0.5, 0, 1)
        upright *= across.astype(np.float32)
        return upright


__all__ = ["Floats", "Pixels", "Point", "Upright", "View", "Window"]
