"""The inside of a rectangular room, passage or niche, ray by ray."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np

from museum.demo.plan.model import WALLS, Wall
from museum.demo.render.texture import Texture, blend, sample_columns
from museum.demo.render.view import Floats, Pixels, View, Window


@dataclass
class Box:
    """A room's inside: south-west corner, size and the height of its floor; six textures (floor and ceiling: top row north)."""

    x: float
    y: float
    width: float
    depth: float
    low: float
    high: float
    walls: Mapping[Wall, Texture]
    floor: Texture
    ceiling: Texture


def exits(view: View, box: Box, first: int, last: int) -> tuple[Floats, Floats, Floats]:
    """Per column: the distance at which its ray leaves the box, the wall's number in WALLS, and u on that wall."""
    dx, dy = view.directions(first, last)
    small = np.float32(1e-7)
    dx, dy = np.where(np.abs(dx) < small, small, dx), np.where(np.abs(dy) < small, small, dy)
    tx = (np.where(dx > 0, box.x + box.width, box.x) - view.x) / dx
    ty = (np.where(dy > 0, box.y + box.depth, box.y) - view.y) / dy
    distance = np.minimum(tx, ty)
    number = np.where(tx < ty, np.where(dx > 0, 1, 3), np.where(dy > 0, 0, 2))
    x, y = view.x + distance * dx - box.x, view.y + distance * dy - box.y
    u = np.choose(number, (x, box.depth - y, box.width - x, y))
    return np.maximum(distance, 1e-3).astype(np.float32), number.astype(np.float32), u.astype(np.float32)


def paint_box(view: View, box: Box, window: Window) -> Pixels:
    """The window filled with the inside of the box."""
    out = np.zeros((*window.shape, 3), np.uint8)
    distance, number, u = exits(view, box, window.left, window.right)
    top, bottom = view.row(box.high, distance), view.row(box.low, distance)
    _level(out, view, box, window, box.high, box.ceiling, int(np.ceil(top.max())) + 1, False)
    _level(out, view, box, window, box.low, box.floor, int(np.floor(bottom.min())), True)
    starts = [0, *(np.flatnonzero(np.diff(number)) + 1).tolist(), len(number)]
    for first, last in itertools.pairwise(starts):
        wall = WALLS[int(number[first])]
        rows = (int(np.floor(top[first:last].min())), int(np.ceil(bottom[first:last].max())) + 1)
        part = Window(window.left + first, window.left + last, rows[0], rows[1]).meet(window)
        if part is None:
            continue
        colour = sample_columns(
            view, part, distance[first:last], u[first:last], box.high, box.high - box.low, box.walls[wall]
        )
        _lay(out[part.inside(window)], colour, part.top, top[first:last], bottom[first:last])
    return out


def _lay(under: Pixels, colour: Pixels, first: int, top: Floats, bottom: Floats) -> None:
    """Lays wall over ceiling and floor, soft over one pixel along the two edges, which bend."""
    rows = under.shape[0]
    upper = min(rows, max(0, int(np.ceil(top.max())) + 2 - first))
    lower = max(upper, min(rows, int(np.floor(bottom.min())) - 1 - first))
    under[upper:lower] = colour[upper:lower]
    for start, end in ((0, upper), (lower, rows)):
        if start < end:
            at = np.arange(first + start, first + end, dtype=np.float32)[:, None]
            cover = at - (top - np.float32(0.5))
            np.minimum(cover, bottom + np.float32(0.5) - at, out=cover)
            blend(under[start:end], colour[start:end], np.clip(cover, 0, 1, out=cover))


BAND = 48
MOST_ROWS = 3


def _level(
    out: Pixels, view: View, box: Box, window: Window, z: float, texture: Texture, edge: int, below: bool
) -> None:
    """Floor or ceiling in bands of rows; rows near the horizon, where it is seen flat, are averaged from several."""
    first, last = (max(window.top, edge), window.bottom) if below else (window.top, min(window.bottom, edge))
    if abs(z - view.eye) < 0.02:
        return
    dx, dy = view.directions(window.left, window.right)
    for start in range(first, last, BAND):
        end = min(start + BAND, last)
        slope = abs(float(view.slopes((start + end) // 2, (start + end) // 2 + 1)[0]))
        # Seen flat, a pixel covers a long strip: a few rows of it averaged, and for the rest a coarser level.
        long = float(np.sqrt(1 + 1 / max(slope, 0.05) ** 2))
        repeat = int(np.clip(round(long), 1, MOST_ROWS))
        coarser = max(1.0, long / (repeat + 1)) ** 0.5
        at = (np.arange(start * repeat, end * repeat, dtype=np.float32) + 0.5) / repeat
        slopes = np.tan((0.5 - at / view.rows) * np.pi).astype(np.float32)
        far = np.minimum(np.abs((z - view.eye) / np.where(np.abs(slopes) < 1e-5, 1e-5, slopes)), 80.0)
        need = view.pixel_density() / max(abs(z - view.eye) / max(slope, 0.05), 0.3)
        source, scale = texture.level(need * 1.1 / coarser)
        fy = source.shape[0] / box.depth
        # Towards the pole a row has fewer different pixels: every n-th column is enough.
        thin = 1 if slope < 2.2 else (2 if slope < 6 else 8)
        cx, cy = dx[thin // 2 :: thin], dy[thin // 2 :: thin]
        if thin > 1 and len(cx) < 8:
            thin, cx, cy = 1, dx, dy
        map_x = far[:, None] * (cx * np.float32(scale)) + np.float32((view.x - box.x) * scale - 0.5)
        map_y = np.float32((box.y + box.depth - view.y) * fy - 0.5) - far[:, None] * (cy * np.float32(fy))
        band = cv2.remap(source, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        size = (window.right - window.left, end - start)
        if repeat > 1 or thin > 1:
            if repeat > 1:
                band = cv2.resize(band, (band.shape[1], size[1]), interpolation=cv2.INTER_AREA)
            if thin > 1:
                band = cv2.resize(band, size, interpolation=cv2.INTER_LINEAR)
        out[start - window.top : end - window.top] = band
