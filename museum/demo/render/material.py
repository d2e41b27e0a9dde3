"""Materials and colours: what walls, floors and ceilings of each theme are made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.demo.render.view import Floats, Pixels

Colour = tuple[int, int, int]
Kind = TypeVar("Kind", bound=np.generic)


@dataclass(frozen=True)
class Theme:
    """Colours (sRGB) of a hall. `dusk` tints what the lamps do not reach."""

    wall: Colour
    trim: Colour
    floor: Literal["planks", "slabs", "terrazzo"]
    ground: Colour
    ceiling: Colour
    silk: Colour
    dusk: tuple[float, float, float]


THEMES = {
    "indigo": Theme(
        (74, 82, 108), (40, 36, 38), "planks", (122, 84, 56), (40, 43, 54), (150, 152, 168), (0.8, 0.92, 1.25)
    ),
    "ink": Theme(
        (118, 116, 112), (34, 33, 33), "slabs", (112, 110, 106), (44, 44, 45), (176, 170, 158), (0.95, 1, 1.08)
    ),
    "oxblood": Theme(
        (128, 58, 50), (52, 32, 24), "planks", (92, 58, 42), (46, 38, 37), (188, 160, 128), (1.1, 0.92, 0.9)
    ),
    "celadon": Theme(
        (116, 140, 126), (46, 50, 44), "terrazzo", (142, 146, 138), (42, 47, 45), (196, 204, 192), (0.88, 1.04, 1)
    ),
    "ochre": Theme(
        (156, 122, 78), (52, 40, 28), "slabs", (126, 108, 86), (47, 43, 39), (186, 164, 124), (1.05, 0.98, 0.9)
    ),
}
LAMP: tuple[float, float, float] = (1.06, 0.99, 0.86)
"""The lamps' light, warm white, as it stays after the eye has got used to it."""


@lru_cache(maxsize=16)
def noise(seed: int, size: int, blur_x: float, blur_y: float) -> Floats:
    """A tile of (size, size) that repeats, of deviation 1, softened by the two blurs in pixels."""
    tile = np.random.default_rng(seed).standard_normal((size, size), dtype=np.float32)
    if blur_x or blur_y:
        wide = cv2.copyMakeBorder(tile, 64, 64, 64, 64, cv2.BORDER_WRAP)
        tile = cv2.GaussianBlur(wide, (0, 0), max(blur_x, 0.01), sigmaY=max(blur_y, 0.01))[64:-64, 64:-64]
        tile = tile / tile.std()
    return tile


def _repeated(tile: NDArray[Kind], height: int, width: int) -> NDArray[Kind]:
    out = np.empty((height, width, *tile.shape[2:]), tile.dtype)
    rows, columns = tile.shape[:2]
    for top in range(0, height, rows):
        for left in range(0, width, columns):
            part = out[top : top + rows, left : left + columns]
            part[...] = tile[: part.shape[0], : part.shape[1]]
    return out


def spread(tile: Floats, height: int, width: int) -> Floats:
    """The tile repeated over (height, width)."""
    return _repeated(tile, height, width)


@lru_cache(maxsize=12)
def plaster(colour: Colour) -> Pixels:
    """A repeating tile (512, 512, 3) of brushed plaster."""
    grain = noise(1, 512, 0.7, 0.7) * 0.022 + noise(2, 512, 9, 3) * 0.006 + noise(3, 512, 24, 24) * 0.005
    return np.clip(np.array(colour, np.float32) * (1 + grain[..., None]), 0, 255).astype(np.uint8)


def cover(tile: Pixels, height: int, width: int) -> Pixels:
    """The RGB tile repeated over (height, width)."""
    return _repeated(tile, height, width)


def flooring(kind: str, colour: Colour, width: float, depth: float, scale: float, seed: int) -> Pixels:
    """A floor's own colours, `scale` pixels per metre: planks of wood, slabs of stone, or terrazzo with brass strips."""
    rng = np.random.default_rng(seed)
    wide, deep = round(width * scale), round(depth * scale)
    shade = np.ones((deep, wide), np.float32)
    if kind == "planks":
        board, long = max(4, round(0.19 * scale)), round(1.9 * scale)
        for i, top in enumerate(range(0, deep, board)):
            end = -int(rng.integers(long))
            while end < wide:
                start, end = max(end, 0), end + long
                tone = rng.uniform(0.80, 1.12)
                shade[top : top + board, start:end] = tone
                shade[top : top + board, max(end - 1, 0) : max(end, 0)] *= 0.62
            shade[top : top + 1] *= 0.6 if i else 1.0
        grain = spread(noise(5, 512, 30, 0.8), deep, wide) * 0.05 + spread(noise(6, 512, 12, 2), deep, wide) * 0.045
    elif kind == "slabs":
        slab = max(8, round(0.9 * scale))
        for top in range(0, deep, slab):
            for left in range(0, wide, slab):
                shade[top : top + slab, left : left + slab] = rng.uniform(0.90, 1.08)
        shade[::slab] *= 0.66
        shade[:, ::slab] *= 0.66
        grain = spread(noise(7, 512, 3, 3), deep, wide) * 0.03 + spread(noise(8, 512, 24, 10), deep, wide) * 0.05
    else:
        grain = spread(noise(9, 512, 0.9, 0.9), deep, wide)
        grain = np.sign(grain) * np.abs(grain) ** 1.5 * 0.035 + spread(noise(8, 512, 24, 10), deep, wide) * 0.02
    tone = np.multiply(shade, grain + np.float32(1), out=shade)
    pixels = cv2.merge([cv2.multiply(tone, float(value), dtype=cv2.CV_8U) for value in colour])
    if kind == "terrazzo":
        for i in range(0, deep, max(8, round(2.4 * scale))):
            pixels[i : i + max(1, round(0.012 * scale))] = (150, 122, 70)
        for i in range(0, wide, max(8, round(2.4 * scale))):
            pixels[:, i : i + max(1, round(0.012 * scale))] = (150, 122, 70)
    return pixels
