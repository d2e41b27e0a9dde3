"""What stands free in a room: plinths, glass, benches, cut-outs that turn to the visitor, and solid models."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from museum.demo.plan.model import CasePlan, RoomPlan, StandingPoint
from museum.demo.plan.sight import facing
from museum.demo.render.bake import cut_out, standing
from museum.demo.render.frames import PictureTexture
from museum.demo.render.solid import Solid, paint_solid
from museum.demo.render.texture import Texture, paint_level, paint_upright, stretched
from museum.demo.render.view import Pixels, Point, Upright, View, Window


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
def _top(warm: bool, empty: bool, width: float) -> Texture:
    y, x = np.mgrid[-1:1:64j, -1:1:64j]
    pool = np.exp(-(x * x + y * y) * 0.7)
    colour = np.array((112, 80, 54) if warm else (206, 198, 182), np.float32)
    contact = 1.0 if warm or empty else 1 - 0.6 * np.exp(-(x * x + y * y) * 9)
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
    treasures: Mapping[int, Solid],
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
        _top(warm, case.kind == "plinth", case.width),
    )
    if warm or case.kind == "plinth":
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
        paint_solid(target, view, window, case, treasures[case.treasure])
    for pane in panes:
        paint_upright(target, view, window, pane, _pane(True, pane.width))
