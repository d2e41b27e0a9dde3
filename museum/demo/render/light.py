"""Light maps: how much light falls on walls, floor and ceiling.

Light is summed linearly, then raised to 1/2.2: colours in files are close to that power of light, so that multiplying them by the result
is the same as lighting their linear values.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from museum.demo.plan.model import LampPlan, RoomPlan, Wall
from museum.demo.render.material import LAMP, Theme
from museum.demo.render.view import Floats, Pixels

GRID = 16
"""Light map pixels per metre."""
AMBIENT = 0.065
STRONGEST = 1.25
"""Light (after the power) that a light map's 255 stands for."""


def _grid(width: float, height: float) -> tuple[Floats, Floats]:
    across, down = max(2, round(width * GRID)), max(2, round(height * GRID))
    u = (np.arange(across, dtype=np.float32) + 0.5) / across * np.float32(width)
    v = np.float32(height) - (np.arange(down, dtype=np.float32) + 0.5) / down * np.float32(height)
    return u[None, :], v[:, None]


def corner_shade(u: Floats, v: Floats, width: float, height: float, reach: float, strength: float) -> Floats:
    """Ambient occlusion: darker towards the four edges of a rectangle."""
    shade = np.ones(np.broadcast(u, v).shape, np.float32)
    for away in (u, width - u, v, height - v):
        shade *= 1 - strength * np.exp(-np.maximum(away, 0) / reach)
    return shade


def wall_light(room: RoomPlan, wall: Wall, theme: Theme) -> Floats:
    """Light (rows, columns, 3) on a wall: inverse-square spots, a little from everything else, corners in shade."""
    width = room.wall_length(wall)
    u, v = _grid(width, room.height)
    spots = np.zeros((v.shape[0], u.shape[1]), np.float32)
    for lamp in room.lamps:
        if lamp.wall == wall:
            _add_spot(spots, u, v, room, lamp, wall)
    glow = np.zeros_like(spots)
    for niche in room.niches:
        if niche.wall == wall:
            away = ((u - niche.position[0]) / (niche.width * 0.75)) ** 2 + ((v - niche.position[1]) / niche.height) ** 2
            glow += 0.10 * np.exp(-away)
    fill = AMBIENT * (1.25 - 0.5 * v / room.height) + 0.02 * min(2.0, float(spots.mean()) * 8)
    shade = corner_shade(u, v, width, room.height, 0.35, 0.45)
    warm = np.array(LAMP, np.float32)
    return (fill * shade)[..., None] * np.array(theme.dusk, np.float32) + ((spots + glow) * (0.6 + 0.4 * shade))[
        ..., None
    ] * warm


def _add_spot(spots: Floats, u: Floats, v: Floats, room: RoomPlan, lamp: LampPlan, wall: Wall) -> None:
    away = min(1.5, 0.35 * min(room.width, room.depth))
    du, dv = u - lamp.aim[0], v - lamp.z
    square = du * du + dv * dv + away * away
    ax, ay = 0.0, lamp.aim[1] - lamp.z
    reach = (ay * ay + away * away) ** 0.5
    cosine = (du * ax + dv * ay + away * away) / (np.sqrt(square) * reach)
    spread = float(np.clip(0.24 + 0.16 * lamp.power, 0.3, 0.62))
    # A diffuser has no edge: a bell of light, so that neighbouring lamps melt into one another.
    off_axis = np.arccos(np.clip(cosine, -1, 1)) / (spread * 0.85)
    spots += np.exp(-0.5 * off_axis * off_axis) * (reach / np.sqrt(square)) ** 3 * 0.82


def floor_light(room: RoomPlan, theme: Theme) -> Floats:
    """Light on the floor, top row north: what the walls give back, lamps' pools, and the shade under what stands there."""
    x, y = _grid(room.width, room.depth)
    warm = np.array(LAMP, np.float32)
    spill = np.zeros((y.shape[0], x.shape[1]), np.float32)
    for lamp in room.lamps:
        lx, ly = lamp.x - room.x, lamp.y - room.y
        if lamp.wall is None:
            spill += 0.36 * np.exp(-((x - lx) ** 2 + (y - ly) ** 2) / 1.1)
        else:
            spill += 0.07 * lamp.power * np.exp(-((x - lx) ** 2 + (y - ly) ** 2) / 1.6)
    shade = corner_shade(x, y, room.width, room.depth, 0.3, 0.4)
    for case in room.cases:
        dx = np.maximum(np.abs(x - (case.x - room.x)) - case.width / 2, 0)
        dy = np.maximum(np.abs(y - (case.y - room.y)) - case.depth / 2, 0)
        shade *= 1 - 0.72 * np.exp(-np.sqrt(dx * dx + dy * dy) / 0.16)
    return (AMBIENT * 1.5 * shade)[..., None] * np.array(theme.dusk, np.float32) + (spill * shade)[..., None] * warm


def ceiling_light(room: RoomPlan, theme: Theme) -> Floats:
    """Light on the ceiling: what comes back from the walls."""
    x, y = _grid(room.width, room.depth)
    shade = corner_shade(x, y, room.width, room.depth, 0.6, -0.6) * 0.03 + 0.02
    return shade[..., None] * np.array(theme.dusk, np.float32)


def to_map(light: Floats) -> Pixels:
    """Light as 8 bits, with gentle shoulders: twice the light of a well lit picture is only a little brighter."""
    soft = light * (1 + light * 0.12) / (1 + light * 0.25)
    return np.clip(np.power(soft, 1 / 2.2) * (255 / STRONGEST) + 0.5, 0, 255).astype(np.uint8)


def lit(albedo: Pixels, light: Floats) -> Pixels:
    """Colours under light; the light map may be of any size."""
    size = (albedo.shape[1], albedo.shape[0])
    wide = cv2.resize(to_map(light), size, interpolation=cv2.INTER_LINEAR)
    return cv2.multiply(albedo, wide, scale=STRONGEST / 255)


def mean_colour(light: Floats) -> Sequence[float]:
    return [float(value) for value in light.reshape(-1, 3).mean(axis=0)]
