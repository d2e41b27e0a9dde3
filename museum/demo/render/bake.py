"""A room's six surfaces, each drawn and lit once for all of its scenes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import cv2
import numpy as np

from museum.demo.plan.model import WALLS, RoomPlan, Wall
from museum.demo.render.box import Box
from museum.demo.render.frames import PictureTexture, Sheet, frame, label, panel
from museum.demo.render.light import ceiling_light, floor_light, lit, wall_light
from museum.demo.render.material import THEMES, Theme, cover, flooring, plaster
from museum.demo.render.texture import Texture, over, reduced
from museum.demo.render.view import Pixels

ACCENT = (190, 150, 84)
SKIRTING = 0.12


@dataclass
class BakedRoom:
    room: RoomPlan
    box: Box
    scale: float


class Walls(Mapping[Wall, Texture]):
    """A room's walls, each drawn when it is first seen."""

    def __init__(self, draw: Callable[[Wall], Texture]) -> None:
        self._draw = cache(draw)

    def __getitem__(self, wall: Wall) -> Texture:
        return self._draw(wall)

    def __iter__(self) -> Iterator[Wall]:
        return iter(WALLS)

    def __len__(self) -> int:
        return len(WALLS)


def bake_room(
    room: RoomPlan, textures: Mapping[int, PictureTexture], scale: float, titles: Mapping[int, str] | None = None
) -> BakedRoom:
    """Draws and lights a room at `scale` pixels per metre of wall. What `textures` lacks hangs as soft tones."""
    theme = THEMES[room.theme]
    walls = Walls(lambda wall: Texture(_wall(room, wall, theme, textures, scale, titles or {}), scale))
    ground = min(scale * 0.6, 170.0)
    seed = sum(room.key.encode())
    kind = "terrazzo" if room.key.endswith("lobby") else theme.floor
    colour = (118, 116, 114) if room.key.endswith("lobby") else theme.ground
    floor = lit(flooring(kind, colour, room.width, room.depth, ground, seed), floor_light(room, theme))
    above = min(scale * 0.5, 90.0)
    ceiling = _ceiling(room, theme, above)
    box = Box(
        room.x,
        room.y,
        room.width,
        room.depth,
        0.0,
        room.height,
        walls,
        Texture(floor, ground),
        Texture(ceiling, above),
    )
    return BakedRoom(room, box, scale)


def _wall(
    room: RoomPlan,
    wall: Wall,
    theme: Theme,
    textures: Mapping[int, PictureTexture],
    scale: float,
    titles: Mapping[int, str],
) -> Pixels:
    length = room.wall_length(wall)
    wide, tall = round(length * scale), round(room.height * scale)
    sheet = Sheet(cover(plaster(theme.wall), tall, wide), scale, room.height, titles)
    sheet.fill(0, 0, length, SKIRTING, theme.trim)
    sheet.fill(0, SKIRTING - 0.012, length, SKIRTING, _brighter(theme.trim, 1.7))
    sheet.fill(0, room.height - 0.14, length, room.height, _brighter(theme.wall, 0.6))
    sheet.fill(0, room.height - 0.155, length, room.height - 0.14, ACCENT)
    for niche in room.niches:
        if niche.wall == wall:
            (u, v), w, h = niche.position, niche.width / 2, niche.height / 2
            sheet.fill(u - w - 0.035, v - h - 0.035, u + w + 0.035, v + h + 0.035, (74, 60, 42))
            sheet.fill(u - w - 0.035, v + h + 0.026, u + w + 0.035, v + h + 0.035, (150, 122, 78))
            sheet.fill(u - w, v - h, u + w, v + h, theme.silk)
    light = wall_light(room, wall, theme)
    for niche in room.niches:
        if niche.wall == wall:
            (u, v), w, h = niche.position, niche.width / 2, niche.height / 2
            rows = slice(round((room.height - v - h) * 16), round((room.height - v + h) * 16))
            light[rows, round((u - w) * 16) : round((u + w) * 16)] = 0.62
    for hanging in room.hangings:
        if hanging.wall != wall or hanging.case is not None:
            continue
        if not hanging.cut_out:
            frame(sheet, hanging, textures.get(hanging.picture))
            continue
        _flat_cut_out(sheet, hanging.position, hanging.width, hanging.height, textures.get(hanging.picture))
        label(sheet, hanging, hanging.position[0], 0.86)
    for door in room.doors:
        if door.wall == wall:
            left, right = door.position - door.width / 2, door.position + door.width / 2
            sheet.fill(left - 0.09, 0, right + 0.09, door.height + 0.09, (44, 36, 30))
            sheet.fill(left - 0.09, door.height + 0.078, right + 0.09, door.height + 0.09, (96, 80, 60))
            sheet.fill(left, 0, right, door.height, (70, 56, 42))
    for lettered in room.panels:
        if lettered.wall == wall:
            panel(sheet, lettered, ACCENT)
            if lettered.kind == "screen":
                continue
            _light_panel(light, room, lettered.position, lettered.width, lettered.height, lettered.kind == "title")
    return lit(sheet.pixels, light)


def _light_panel(
    light: np.ndarray, room: RoomPlan, position: tuple[float, float], width: float, height: float, broad: bool
) -> None:
    """A soft wash of its own on lettering."""
    rows, columns = light.shape[:2]
    u = (np.arange(columns) + 0.5) / 16 - position[0]
    v = room.height - (np.arange(rows) + 0.5) / 16 - position[1]
    soft = np.exp(-((u / (width * 0.6)) ** 4))[None, :] * np.exp(-((v / (height * 0.8)) ** 4))[:, None]
    light += (soft * (0.5 if broad else 0.28)).astype(np.float32)[..., None]


def _brighter(colour: tuple[int, int, int], factor: float) -> tuple[int, int, int]:
    r, g, b = (min(255, int(value * factor)) for value in colour)
    return r, g, b


@lru_cache(maxsize=256)
def cut_out(texture: PictureTexture) -> Pixels:
    """The object alone: RGBA with colours multiplied by alpha, cut to what the mask covers."""
    mask = texture.mask
    if mask is None:
        mask = np.full(texture.pixels.shape[:2], 255, np.uint8)
    rows, columns = np.flatnonzero(mask.max(axis=1) > 20), np.flatnonzero(mask.max(axis=0) > 20)
    if not rows.size:
        return np.dstack([texture.pixels, mask])
    cut = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    alpha = mask[cut]
    colour = cv2.multiply(texture.pixels[cut], cv2.merge([alpha, alpha, alpha]), scale=1 / 255)
    return np.dstack([colour, alpha])


def standing(width: float, height: float, rgba: Pixels) -> tuple[float, float]:
    """The size in metres of an object that stands within width × height with its own proportion."""
    proportion = rgba.shape[1] / rgba.shape[0]
    return (width, width / proportion) if proportion > width / height else (height * proportion, height)


def _flat_cut_out(
    sheet: Sheet, position: tuple[float, float], width: float, height: float, texture: PictureTexture | None
) -> None:
    """An object in a niche seen from another room: flat will do."""
    if texture is None:
        return
    rgba = cut_out(texture)
    wide, tall = standing(width, height, rgba)
    u, low = position[0], position[1] - height / 2
    part = sheet.pixels[sheet.cut(u - wide / 2, low, u + wide / 2, low + tall)]
    if part.size:
        over(part, reduced(rgba, part.shape[1], part.shape[0]))


def _ceiling(room: RoomPlan, theme: Theme, scale: float) -> Pixels:
    """Dark coffers, lamp tracks, and the lamps as they glow."""
    wide, deep = round(room.width * scale), round(room.depth * scale)
    pixels = cover(plaster(theme.ceiling), deep, wide)
    step = max(8, round(1.6 * scale))
    for offset in range(step // 2, max(wide, deep), step):
        pixels[:, offset : offset + max(2, round(0.1 * scale))] = _brighter(theme.ceiling, 0.62)
        pixels[offset : offset + max(2, round(0.1 * scale))] = _brighter(theme.ceiling, 0.62)
    light = ceiling_light(room, theme)
    pixels = lit(pixels, light * 1.6)
    glow = np.zeros((deep // 2 + 1, wide // 2 + 1), np.float32)
    away = min(1.5, 0.35 * min(room.width, room.depth))
    track = round(away * scale)
    thick = max(1, round(0.03 * scale))
    cv2.rectangle(pixels, (track, track), (wide - track, deep - track), (9, 9, 10), thick)
    for lamp in room.lamps:
        at = (round((lamp.x - room.x) * scale), round((room.y + room.depth - lamp.y) * scale))
        cv2.circle(pixels, at, max(2, round(0.075 * scale)), (14, 13, 12), -1, cv2.LINE_AA)
        cv2.circle(pixels, at, max(1, round(0.045 * scale)), (255, 238, 205), -1, cv2.LINE_AA)
        cv2.circle(glow, (at[0] // 2, at[1] // 2), max(1, round(0.05 * scale / 2)), 1.0, -1)
    bloom = cv2.GaussianBlur(glow, (0, 0), max(0.4, 0.11 * scale / 2))
    halo = cv2.merge([cv2.multiply(bloom, value, dtype=cv2.CV_8U) for value in (560.0, 470.0, 330.0)])
    return cv2.add(pixels, cv2.resize(halo, (wide, deep)))
