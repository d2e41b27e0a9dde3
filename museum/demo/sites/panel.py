"""Flat textured panels in space, seen from one standing point and painted into an equirectangular picture.

x to the right of the landmark's direction, y toward it, z up from the ground, metres; the camera stands at x = y = 0. A ray of the panorama
is (sin a, cos a, tan p) with a the angle from the landmark's direction and p the pitch, so that a panel's t, u and v are each a sum of
a term per column and a term per row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import pi, radians

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Pixels = NDArray[np.uint8]
Vector = tuple[float, float, float]
CHUNK = 96


@dataclass
class Sheet:
    """A texture, RGBA with colours multiplied by alpha, and its reductions in steps of √2 along each side."""

    pixels: Pixels
    _reduced: dict[tuple[int, int], Pixels] = field(default_factory=dict[tuple[int, int], Pixels])

    def reduced(self, across: float, along: float) -> Pixels:
        """The texture made smaller so that about one texel falls on a pixel where `across` × `along` do."""
        steps = [max(0, int(np.floor(2 * np.log2(max(density, 1e-3) / 1.1)))) for density in (across, along)]
        key = (min(steps[0], 22), min(steps[1], 22))
        if key not in self._reduced:
            height, width = self.pixels.shape[:2]
            size = (max(1, round(width / 2 ** (key[0] / 2))), max(1, round(height / 2 ** (key[1] / 2))))
            self._reduced[key] = (
                self.pixels if key == (0, 0) else cv2.resize(self.pixels, size, interpolation=cv2.INTER_AREA)
            )
        return self._reduced[key]


@dataclass(frozen=True)
class Panel:
    """A rectangle: its lower left corner as the camera sees it, and the vectors along its lower and its left side.

    `shade` multiplies its colours; where `mark` is set it belongs to the landmark's own axis.
    """

    origin: Vector
    across: Vector
    up: Vector
    sheet: Sheet
    shade: float = 1.0
    mark: bool = False

    def middle(self) -> NDArray[np.float64]:
        return np.array(self.origin) + np.array(self.across) / 2 + np.array(self.up) / 2


@dataclass(frozen=True)
class Air:
    """What distance does: over `reach` metres 63 % of a thing's colour gives way to `colour`."""

    colour: tuple[float, float, float]
    reach: float


@dataclass(frozen=True)
class Camera:
    """The panorama's forward direction is `forward` degrees to the right of the landmark; `eye` metres above the ground.

    `mirror` is the height of a water surface in which the world is seen upside down, or None.
    """

    forward: float
    eye: float
    columns: int
    mirror: float | None = None

    @property
    def rows(self) -> int:
        return self.columns // 2

    def angles(self, first: int, last: int) -> Floats:
        return (((np.arange(first, last) + 0.5) / self.columns - 0.5) * 2 * pi + radians(self.forward)).astype(
            np.float32
        )

    def slopes(self, first: int, last: int) -> Floats:
        return np.tan((0.5 - (np.arange(first, last) + 0.5) / self.rows) * pi).astype(np.float32)

    def place(self, vector: NDArray[np.float64]) -> NDArray[np.float64]:
        """A point as seen from the eye; upside down in a mirror."""
        z = vector[..., 2] if self.mirror is None else 2 * self.mirror - vector[..., 2]
        return np.stack([vector[..., 0], vector[..., 1], z - self.eye], -1)


_EDGE = np.array(
    [(s, 0) for s in np.linspace(0, 1, 25)] + [(s, 1) for s in np.linspace(0, 1, 25)] + [(0, s) for s in np.linspace(0, 1, 9)]
    + [(1, s) for s in np.linspace(0, 1, 9)]
)  # fmt: skip


def paint_panel(
    target: Pixels, camera: Camera, panel: Panel, air: Air, colour: tuple[int, int, int] | None = None
) -> None:
    """Paint one panel onto the whole panorama in place, if the camera sees its front. `colour` replaces that of the sheet."""
    corner, across, up = (np.array(vector, np.float64) for vector in (panel.origin, panel.across, panel.up))
    if np.dot(np.cross(across, up), corner - (0, 0, camera.eye)) >= 0:
        return
    outline = camera.place(corner + _EDGE[:, :1] * across + _EDGE[:, 1:] * up)
    seen = np.arctan2(outline[:, 0], outline[:, 1]) - radians(camera.forward)
    seen = seen[0] + (seen - seen[0] + pi) % (2 * pi) - pi
    pitch = np.arctan2(outline[:, 2], np.hypot(outline[:, 0], outline[:, 1]))
    left, right = (np.array([seen.min(), seen.max()]) / (2 * pi) + 0.5) * camera.columns
    top, bottom = (0.5 - np.array([pitch.max(), pitch.min()]) / pi) * camera.rows
    rows = max(0, int(top) - 3), min(camera.rows, int(bottom) + 4)
    first, last = int(np.floor(left)) - 1, int(np.ceil(right)) + 1
    for start in range(first, last, CHUNK):
        end = min(start + CHUNK, last)
        cut = (start // camera.columns + 1) * camera.columns
        for a, b in ((start, min(end, cut)), (cut, end)):
            if a < b:
                _paint(target, camera, panel, air, (a, b), rows, colour)


def _paint(
    target: Pixels, camera: Camera, panel: Panel, air: Air, columns: tuple[int, int], rows: tuple[int, int],
    colour: tuple[int, int, int] | None,
) -> None:  # fmt: skip
    corner = camera.place(np.array(panel.origin, np.float64))
    across, up = np.array(panel.across, np.float64), np.array(panel.up, np.float64)
    if camera.mirror is not None:
        across, up = across * (1, 1, -1), up * (1, 1, -1)
    normal = np.cross(across, up)
    angle = camera.angles(*columns)
    sine, cosine = np.sin(angle)[None], np.cos(angle)[None]
    flat = abs(normal[2]) < 1e-6 * np.abs(normal).max()
    facing = (normal[0] * sine + normal[1] * cosine).astype(np.float32)
    distance = np.float32(normal @ corner) / np.where(np.abs(facing) < 1e-6, np.float32(1e-6), facing)
    if flat:
        near = np.clip(distance, 0.3, None)
        z = sorted((corner[2], corner[2] + up[2]))
        high = np.arctan2(z[1], near if z[1] > 0 else near * 0 + near.max()).max()
        low = np.arctan2(z[0], near if z[0] < 0 else near * 0 + near.max()).min()
        rows = (
            max(rows[0], int((0.5 - high / pi) * camera.rows) - 3),
            min(rows[1], int((0.5 - low / pi) * camera.rows) + 4),
        )
    if rows[0] >= rows[1]:
        return
    slope = camera.slopes(*rows)[:, None]
    if not flat:
        facing = facing + np.float32(normal[2]) * slope
        facing = np.where(np.abs(facing) < 1e-6, np.float32(1e-6), facing)
        distance = np.float32(normal @ corner) / facing
    along = (across[0] * sine + across[1] * cosine).astype(np.float32)
    rise = (up[0] * sine + up[1] * cosine).astype(np.float32)
    u = distance * (along + np.float32(across[2]) * slope if across[2] else along) - np.float32(corner @ across)
    u = (u / (across @ across)).astype(np.float32)
    v = ((distance * (rise + np.float32(up[2]) * slope) - corner @ up) / (up @ up)).astype(np.float32)
    u = np.where(distance > 0.05, u, np.float32(-9))
    if u.shape[0] == 1 and not ((u > -0.1) & (u < 1.1)).any():
        return
    height, width = panel.sheet.pixels.shape[:2]
    inside = u.shape[1] // 2
    step_u = float(np.abs(np.diff(u[u.shape[0] // 2])).min() if u.shape[1] > 1 else 0) * width
    step_v = float(np.abs(v[1, inside] - v[0, inside]) if v.shape[0] > 1 else 0) * height
    if v.shape[0] > 8:
        middle = v.shape[0] // 2
        step_v = float(np.abs(v[middle + 1, inside] - v[middle, inside])) * height
    source = panel.sheet.reduced(step_u, step_v)
    map_x = np.broadcast_to(u * np.float32(source.shape[1]) - np.float32(0.5), v.shape).astype(np.float32)
    map_y = (1 - v) * np.float32(source.shape[0]) - np.float32(0.5)
    over = cv2.remap(source, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT).astype(np.float32)
    opaque = over[..., 3:] * np.float32(1 / 255)
    if colour is not None:
        paint = opaque * np.array(colour, np.float32)
    else:
        haze = (1 - np.exp(-np.clip(distance, 0, 4000) / np.float32(air.reach)))[..., None]
        paint = over[..., :3] * (np.float32(panel.shade) * (1 - haze)) + opaque * (
            haze * np.array(air.colour, np.float32)
        )
    place = columns[0] % camera.columns
    part = target[rows[0] : rows[1], place : place + columns[1] - columns[0]]
    part[...] = np.clip(part * (1 - opaque) + paint + 0.5, 0, 255).astype(np.uint8)
