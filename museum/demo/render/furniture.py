"""What stands free in a room: plinths, glass, benches, cut-outs that turn to the visitor, and solid models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.demo.plan.model import CasePlan, RoomPlan, StandingPoint
from museum.demo.plan.sight import facing
from museum.demo.render.bake import cut_out, standing
from museum.demo.render.frames import PictureTexture
from museum.demo.render.texture import Texture, over, paint_level, paint_upright, stretched
from museum.demo.render.view import Floats, Pixels, Point, Upright, View, Window


@dataclass(frozen=True)
class TreasureMesh:
    """A model as a cloud of points on its surface, dense enough to look closed: positions (n, 3) in metres, z up, standing on z = 0;
    unit normals (n, 3); colours (n, 3), sRGB. In no order, so that every n-th is a thinner cloud."""

    points: NDArray[np.float32]
    normals: NDArray[np.float32]
    colours: NDArray[np.uint8]
    surface: float = 0.0
    """Square metres; 0: as a box of its size."""

    def area(self) -> float:
        if self.surface > 0:
            return self.surface
        x, y, z = (float(side) for side in self.points.max(axis=0) - self.points.min(axis=0))
        return 2 * (x * y + y * z + x * z)


def paint_cut_out(
    target: Pixels,
    view: View,
    window: Window,
    ends: tuple[Point, Point],
    bottom: float,
    height: float,
    texture: PictureTexture,
    ground: float,
) -> None:
    """An object standing upright between `ends`, as wide and high as its own proportion allows, with a shadow at its foot."""
    rgba = cut_out(texture)
    (ax, ay), (bx, by) = ends
    width = float(np.hypot(bx - ax, by - ay))
    wide, tall = standing(width, height, rgba)
    low, high = (1 - wide / width) / 2, (1 + wide / width) / 2
    a = (ax + (bx - ax) * low, ay + (by - ay) * low)
    b = (ax + (bx - ax) * high, ay + (by - ay) * high)
    grow = 0.12
    foot_a = (a[0] - (b[0] - a[0]) * grow, a[1] - (b[1] - a[1]) * grow)
    foot_b = (b[0] + (b[0] - a[0]) * grow, b[1] + (b[1] - a[1]) * grow)
    paint_upright(
        target, view, window, Upright(foot_a, foot_b, ground - 0.02, ground + 0.05), _shadow(wide * (1 + 2 * grow))
    )
    if bottom > ground + 0.01:
        middle = 0.3
        left = (a[0] + (b[0] - a[0]) * middle, a[1] + (b[1] - a[1]) * middle)
        right = (b[0] - (b[0] - a[0]) * middle, b[1] - (b[1] - a[1]) * middle)
        paint_upright(target, view, window, Upright(left, right, ground, bottom + 0.01), _foot())
    paint_upright(target, view, window, Upright(a, b, bottom, bottom + tall), _object(texture, wide))


@lru_cache(maxsize=64)
def _object(texture: PictureTexture, width: float) -> Texture:
    """A cut-out at its size, kept for its coarser levels."""
    return stretched(cut_out(texture), width)


@lru_cache(maxsize=64)
def _shadow(width: float) -> Texture:
    """A soft dark ellipse, RGBA."""
    y, x = np.mgrid[-1:1:32j, -1:1:96j]
    alpha = np.clip(1 - np.sqrt(x * x + y * y), 0, 1) ** 0.8 * 165
    return stretched(np.dstack([np.zeros((32, 96, 3), np.uint8), alpha.astype(np.uint8)]), width)


@lru_cache(maxsize=1)
def _foot() -> Texture:
    """A little wooden stand."""
    tone = np.linspace(62, 30, 8)[:, None, None] * np.array((1.0, 0.74, 0.54))
    return Texture(np.clip(np.repeat(tone, 16, axis=1), 0, 255).astype(np.uint8), 64.0)


@lru_cache(maxsize=8)
def _plinth(light: float, warm: bool) -> Texture:
    """A plinth's side: dark lacquer (or a bench's wood), lighter above, with a bright upper edge."""
    colour = np.array((120, 84, 56) if warm else (66, 61, 57), np.float32)
    fall = np.linspace(1.0, 0.42, 128)[:, None, None] ** 1.2
    side = colour * fall * light * np.ones((1, 64, 1), np.float32)
    side[:3] *= 1.7
    side[-8:] *= 0.5
    return Texture(np.clip(side, 0, 255).astype(np.uint8), 64.0)


@lru_cache(maxsize=64)
def _top(warm: bool, width: float) -> Texture:
    y, x = np.mgrid[-1:1:64j, -1:1:64j]
    pool = np.exp(-(x * x + y * y) * 0.7)
    colour = np.array((112, 80, 54) if warm else (206, 198, 182), np.float32)
    contact = 1.0 if warm else 1 - 0.6 * np.exp(-(x * x + y * y) * 9)
    return stretched(np.clip(colour * (pool * contact)[..., None], 0, 255).astype(np.uint8), width)


@lru_cache(maxsize=64)
def _pane(front: bool, width: float) -> Texture:
    """Glass, RGBA: nearly nothing in the middle, a slanting sheen, polished edges that catch the lamps."""
    size = 256
    y, x = np.mgrid[0:1:256j, 0:1:256j]
    sheen = np.clip(1 - np.abs(x * 1.1 + y * 0.55 - 0.62) / 0.1, 0, 1) + np.clip(
        1 - np.abs(x + y * 0.5 - 0.98) / 0.04, 0, 1
    )
    alpha = 5 + sheen * (17 if front else 7)
    edge = max(1, round(0.006 / width * size))
    alpha[:, :edge] = alpha[:, -edge:] = alpha[:edge] = 92 if front else 52
    colour = np.array((0.92, 0.98, 0.96), np.float32)
    pixels = np.zeros((size, size, 4), np.float32)
    pixels[..., :3], pixels[..., 3] = alpha[..., None] * colour, alpha * 0.7
    return stretched(np.clip(pixels, 0, 255).astype(np.uint8), width)


def _sides(case: CasePlan, low: float, high: float, shrink: float = 0.0) -> list[Upright]:
    """The four sides as seen from outside."""
    w, d = case.width / 2 - shrink, case.depth / 2 - shrink
    corners = [
        (case.x - w, case.y - d),
        (case.x + w, case.y - d),
        (case.x + w, case.y + d),
        (case.x - w, case.y + d),
    ]
    return [Upright(corners[i], corners[(i + 1) % 4], low, high) for i in range(4)]


def paint_case(
    target: Pixels,
    view: View,
    window: Window,
    room: RoomPlan,
    case: CasePlan,
    textures: Mapping[int, PictureTexture],
    treasures: Mapping[int, TreasureMesh],
) -> None:
    """A case, stand or bench with what it holds, from back to front."""
    warm = case.kind == "bench"
    base = case.height if warm else case.base
    for number, side in enumerate(_sides(case, 0.02, base)):
        paint_upright(target, view, window, side, _plinth((1.0, 0.8, 0.9, 0.72)[number], warm))
    paint_level(
        target,
        view,
        window,
        (case.x - case.width / 2, case.y - case.depth / 2),
        (case.width, case.depth),
        base,
        _top(warm, case.width),
    )
    if warm:
        return
    panes = _sides(case, base, case.height, 0.03)
    for pane in panes:
        if not pane.faces(view):
            paint_upright(target, view, window, Upright(pane.b, pane.a, pane.low, pane.high), _pane(False, pane.width))
    here = StandingPoint("", view.x, view.y, 0.0)
    if case.hanging is not None:
        hanging = room.hangings[case.hanging]
        texture = textures.get(hanging.picture)
        if texture is not None:
            bottom = hanging.position[1] - hanging.height / 2
            ends = facing(case, here, hanging.width / 2)
            paint_cut_out(target, view, window, ends, bottom, hanging.height, texture, base)
    if case.treasure is not None and case.treasure in treasures:
        _paint_mesh(target, view, window, case, treasures[case.treasure])
    for pane in panes:
        paint_upright(target, view, window, pane, _pane(True, pane.width))


SPLATS = 1.6
"""Points drawn per part of a pixel that the model's whole surface would fill: enough to leave only lone holes."""


def _paint_mesh(target: Pixels, view: View, window: Window, case: CasePlan, mesh: TreasureMesh) -> None:
    """Shows the nearest point of the cloud in each part of every pixel, lit by a lamp above and one beside the camera.

    A pixel has 2 × 2 parts where the cloud is dense enough for that; of a model far away only as many points are drawn as are seen.
    """
    size = mesh.points.max(axis=0) - mesh.points.min(axis=0)
    room_above = case.height - case.base - 0.16
    factor = min(room_above / float(size[2]), (case.width - 0.2) / float(max(size[0], size[1])), 4.0)
    middle = view.column(case.x, case.y)
    away = float(np.hypot(case.x - view.x, case.y - view.y))
    reach = float(np.hypot(size[0], size[1])) * factor * view.pixel_density() / max(away - case.width / 2, 0.2)
    if not any(middle - reach + turn < window.right and middle + reach + turn > window.left for turn in _turns(view)):
        return
    pixels = (mesh.area() * factor * factor) * (view.pixel_density() / max(away, 0.3)) ** 2
    fine = 2 if len(mesh.points) >= pixels * 4 * SPLATS * 0.5 else 1
    every = max(1, int(len(mesh.points) / (pixels * fine * fine * SPLATS)))
    place = np.array((case.x - view.x, case.y - view.y, case.base + 0.02 - view.eye), np.float32)
    ray = mesh.points[::every] * np.float32(factor) + place
    seen = np.flatnonzero(np.einsum("ij,ij->i", mesh.normals[::every], ray) < 0)
    ray, normals, colours = ray[seen], mesh.normals[::every][seen], mesh.colours[::every][seen]
    distance = np.sqrt(np.einsum("ij,ij->i", ray, ray))
    ray /= distance[:, None]
    yaw = np.arctan2(ray[:, 0], ray[:, 1]) - np.float32(np.arctan2(case.x - view.x, case.y - view.y))
    column = (middle + ((yaw + np.pi) % (2 * np.pi) - np.pi) * view.pixel_density()) * fine
    row = (0.5 - np.arcsin(ray[:, 2]) / np.pi) * (view.rows * fine)
    shaded = _shade(normals, ray, colours)
    left, top = int(column.min() // fine) - 1, int(row.min() // fine) - 1
    wide, tall = int(column.max() // fine) + 3 - left, int(row.max() // fine) + 3 - top
    x, y = (column - fine * left).astype(int), (row - fine * top).astype(int)
    canvas = _gather(x, y, distance, shaded, (tall * fine, wide * fine), 0.06 * factor * float(size.max()))
    small = cv2.resize(canvas, (wide, tall), interpolation=cv2.INTER_AREA)
    for turn in _turns(view):
        box = Window(left + turn, left + wide + turn, top, top + tall)
        part = box.meet(window)
        if part is not None:
            over(target[part.inside(window)], small[part.inside(box)])


def _gather(
    x: NDArray[np.int_], y: NDArray[np.int_], distance: Floats, colours: Pixels, shape: tuple[int, int], deep: float
) -> Pixels:
    """RGBA: in each place the mean of the points of its nearest surface, `deep` metres thick; lone holes closed."""
    far = np.float32(1e6)
    depth = np.full(shape, far, np.float32)
    order = np.argsort(-distance)
    depth[y[order], x[order]] = distance[order]
    # What lies behind shows through the gaps between the points in front unless their neighbours count too.
    front = np.flatnonzero(distance <= cv2.erode(depth, np.ones((5, 5), np.uint8))[y, x] + np.float32(deep))
    place = y[front] * shape[1] + x[front]
    sums = np.zeros((*shape, 4), np.float32)
    for channel in range(3):
        sums[..., channel] = np.bincount(place, colours[front, channel], shape[0] * shape[1]).reshape(shape)
    sums[..., 3] = np.bincount(place, minlength=shape[0] * shape[1]).reshape(shape)
    seen = (sums[..., 3] > 0).astype(np.uint8)
    hole = (cv2.morphologyEx(seen, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)) > seen)[..., None]
    sums = np.where(hole, cv2.GaussianBlur(sums, (5, 5), 0), sums)
    canvas = np.zeros((*shape, 4), np.uint8)
    count = np.maximum(sums[..., 3:], 1e-6)
    whole = (seen[..., None] > 0) | hole
    canvas[...] = np.where(whole, np.concatenate((sums[..., :3] / count, np.full_like(count, 255)), axis=2), 0)
    return canvas


def _turns(view: View) -> tuple[int, int, int]:
    return -view.columns, 0, view.columns


def _shade(normals: Floats, ray: Floats, colours: Pixels) -> Pixels:
    """RGBA of points seen along `ray`."""
    lamp = np.array((0.25, -0.2, 0.95), np.float32)
    lamp /= np.linalg.norm(lamp)
    light = 0.2 + 0.62 * np.clip(normals @ lamp, 0, 1) + 0.42 * np.clip(-np.einsum("ij,ij->i", normals, ray), 0, 1)
    half = lamp - ray
    half /= np.sqrt(np.einsum("ij,ij->i", half, half))[:, None]
    shine = 95 * np.clip(np.einsum("ij,ij->i", normals, half), 0, 1) ** 42
    shaded = np.full((len(ray), 4), 255, np.uint8)
    shaded[:, :3] = np.clip(colours * light[:, None] + shine[:, None], 0, 255)
    return shaded
