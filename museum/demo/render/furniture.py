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
def _plinth(light: float) -> Texture:
    """A plinth's side: dark lacquer, lighter above, with a bright upper edge."""
    colour = np.array((66, 61, 57), np.float32)
    fall = np.linspace(1.0, 0.42, 128)[:, None, None] ** 1.2
    side = colour * fall * light * np.ones((1, 64, 1), np.float32)
    side[:3] *= 1.7
    side[-8:] *= 0.5
    return Texture(np.clip(side, 0, 255).astype(np.uint8), 64.0)


LEATHER = np.array((124, 86, 56), np.float32)
CUSHION = 0.62
"""Metres of a bench's seat from one seam to the next, about."""


@lru_cache(maxsize=8)
def _seat(width: float, depth: float) -> Texture:
    """A bench's seat from above: leather in cushions, lit evenly to its edges, so that it is a bench also to whoever sees it end on."""
    tall, wide = max(16, round(160 * depth)), max(16, round(160 * width))
    y, x = np.mgrid[0.5:tall, 0.5:wide] / 160
    along, across, length, breadth = (x, y, width, depth) if width >= depth else (y, x, depth, width)
    count = max(1, round(length / CUSHION))
    within = np.abs((along / length * count) % 1 - 0.5) * 2
    swell = 0.93 + 0.07 * np.cos(within * np.pi / 2) * np.cos((across / breadth - 0.5) * np.pi)
    seam = 1 - 0.42 * np.exp(-(((1 - within) * length / count / 2 / 0.008) ** 2))
    rim = np.minimum.reduce([along, length - along, across, breadth - across])
    piping = 1 + 0.25 * np.exp(-(((rim - 0.014) / 0.007) ** 2)) - 0.3 * np.exp(-((rim / 0.006) ** 2))
    light = swell * np.where(rim > 0.03, seam, 1.0) * piping
    return stretched(np.clip(LEATHER * light[..., None], 0, 255).astype(np.uint8), width)


@lru_cache(maxsize=8)
def _leather(light: float) -> Texture:
    """A seat's side."""
    fall = np.linspace(1.0, 0.68, 16)[:, None, None]
    return Texture(
        np.clip(LEATHER * fall * light * 0.86 * np.ones((1, 64, 1), np.float32), 0, 255).astype(np.uint8), 64.0
    )


def _paint_bench(target: Pixels, view: View, window: Window, case: CasePlan) -> None:
    """A seat that stands out over its dark foot."""
    lights = (1.0, 0.8, 0.9, 0.72)
    for number, side in enumerate(_sides(case, 0.02, case.base, 0.07)):
        paint_upright(target, view, window, side, _plinth(0.62 * lights[number]))
    for number, side in enumerate(_sides(case, case.base, case.height)):
        paint_upright(target, view, window, side, _leather(lights[number]))
    corner = (case.x - case.width / 2, case.y - case.depth / 2)
    paint_level(target, view, window, corner, (case.width, case.depth), case.height, _seat(case.width, case.depth))


@lru_cache(maxsize=64)
def _top(empty: bool, width: float) -> Texture:
    y, x = np.mgrid[-1:1:64j, -1:1:64j]
    pool = np.exp(-(x * x + y * y) * 0.7)
    colour = np.array((206, 198, 182), np.float32)
    contact = 1.0 if empty else 1 - 0.6 * np.exp(-(x * x + y * y) * 9)
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
    if case.kind == "bench":
        _paint_bench(target, view, window, case)
        return
    base = case.base
    for number, side in enumerate(_sides(case, 0.02, base)):
        paint_upright(target, view, window, side, _plinth((1.0, 0.8, 0.9, 0.72)[number]))
    paint_level(
        target,
        view,
        window,
        (case.x - case.width / 2, case.y - case.depth / 2),
        (case.width, case.depth),
        base,
        _top(case.kind == "plinth", case.width),
    )
    if case.kind == "plinth":
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
