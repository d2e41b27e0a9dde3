"""Light on solid things: materials as pictures of a lit sphere, relief from height maps, grounds and shadows."""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.demo.art.brush import Colour, Pixels, darken, fbm, tiled

_BALL = 256


@dataclass(frozen=True)
class Material:
    """How a surface answers light: base and shadow colours, strength and sharpness of highlights, light at the rim."""

    base: Colour
    shade: Colour
    shine: float
    sharp: float
    rim: float = 0.15
    glow: float = 0.0


@lru_cache(maxsize=64)
def ball(material: Material) -> Pixels:
    """A sphere of the material (256, 256, 3) under a window to the upper left and a fill light to the right."""
    axis = (np.arange(_BALL, dtype=np.float32) - (_BALL - 1) / 2) / (_BALL / 2 - 1)
    nx, ny = np.meshgrid(axis, axis)
    nz = np.sqrt(np.clip(1 - nx * nx - ny * ny, 0.0004, 1))
    key = np.clip(nx * -0.52 + ny * -0.58 + nz * 0.63, 0, 1)
    fill = np.clip(nx * 0.75 + ny * 0.1 + nz * 0.4, 0, 1) * 0.26
    light = np.clip(0.1 + 0.86 * key + fill + material.glow * (1 - nz) * 0.6, 0, 1.25)
    base, shade = np.array(material.base, np.float32), np.array(material.shade, np.float32)
    mix = np.clip(light, 0, 1)[..., None] ** 1.15
    colour = shade * (1 - mix) + base * mix
    half = np.clip(nx * -0.29 + ny * -0.33 + nz * 0.9, 0, 1)
    shine = material.shine * half**material.sharp
    side = np.clip(nx * 0.62 + ny * -0.12 + nz * 0.77, 0, 1)
    shine += material.shine * 0.28 * side ** (material.sharp * 1.4)
    rim = material.rim * (1 - nz) ** 3
    return np.clip(colour + (shine + rim)[..., None] * (235, 240, 250), 0, 255).astype(np.uint8)


def relight(relief: NDArray[np.float32], material: Material, depth: float) -> Pixels:
    """Light a height map (H, W) made of one material; `depth` is pixels of height per unit."""
    height, width = relief.shape
    pixels = np.empty((height, width, 3), np.uint8)
    middle, scale = (_BALL - 1) / 2, -(_BALL / 2 - 2)
    strip = max(16, 60_000 // width)  # rows that stay in the cache
    for top in range(0, height, strip):
        bottom = min(top + strip, height)
        above = max(0, top - 1)
        part = relief[above : min(bottom + 1, height)]
        dx = cv2.Sobel(part, cv2.CV_32F, 1, 0, ksize=3, scale=depth / 8)
        dy = cv2.Sobel(part, cv2.CV_32F, 0, 1, ksize=3, scale=depth / 8)
        length = cv2.sqrt(cv2.add(cv2.add(cv2.multiply(dx, dx), cv2.multiply(dy, dy)), 1.0))
        lit = look_up(cv2.divide(dx, length, scale=scale), cv2.divide(dy, length, scale=scale), material, middle)
        pixels[top:bottom] = lit[top - above : bottom - above]
    return pixels


def look_up(
    nx: NDArray[np.float32], ny: NDArray[np.float32], material: Material, middle: float = (_BALL - 1) / 2
) -> Pixels:
    """Colours of a material for normals given in pixels from the middle of its ball."""
    return cv2.remap(
        ball(material), cv2.add(nx, middle), cv2.add(ny, middle), cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE
    )


_GROUNDS: tuple[tuple[Colour, Colour], ...] = (
    ((74, 72, 74), (22, 22, 25)),
    ((92, 84, 74), (26, 23, 21)),
    ((64, 76, 84), (17, 21, 26)),
    ((110, 106, 100), (34, 33, 33)),
    ((84, 70, 66), (24, 18, 18)),
    ((70, 80, 72), (19, 23, 21)),
)


def ground(rng: np.random.Generator, height: int, width: int, which: int, horizon: float | None = 0.78) -> Pixels:
    """A photographer's backdrop with a pool of light, and a table edge that melts away at `horizon`."""
    bright, dark = (np.array(c, np.float32) for c in _GROUNDS[which % len(_GROUNDS)])
    small_h, small_w = max(32, height // 16), max(32, width // 16)
    y, x = np.mgrid[0:small_h, 0:small_w].astype(np.float32)
    x, y = x / small_w - rng.uniform(0.4, 0.6), y / small_h
    pool = np.exp(-(x * x * 3.2 + (y - 0.42) ** 2 * 3.4))
    if horizon is not None:
        table = 1 / (1 + np.exp(-(y - horizon) * 26))
        pool = pool * (1 - 0.4 * table) + table * np.exp(-(x * x * 5 + (y - horizon - 0.06) ** 2 * 20)) * 0.75
    small = np.clip(dark + (bright - dark) * pool[..., None], 0, 255).astype(np.uint8)
    out = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)  # the grain below hides the steps
    return cv2.add(
        out,
        cv2.cvtColor(
            cv2.convertScaleAbs(cv2.subtract(tiled("grain", height, width, rng), 118), alpha=0.22), cv2.COLOR_GRAY2RGB
        ),
    )


def contact_shadow(
    pixels: Pixels, centre: tuple[float, float], axes: tuple[float, float], strength: float = 0.8
) -> None:
    """Darken the table under an object in place: a dark core and a wide soft edge around an ellipse."""
    height, width = pixels.shape[:2]
    scale = 8
    soft = np.zeros((height // scale + 1, width // scale + 1), np.float32)
    middle = (int(centre[0] / scale), int(centre[1] / scale))
    for grow, value in ((1.5, 0.3), (1.15, 0.6), (0.96, 1.0)):
        size = (max(1, int(axes[0] * grow / scale)), max(1, int(axes[1] * grow / scale)))
        layer = np.zeros_like(soft)
        cv2.ellipse(layer, middle, size, 0, 0, 360, value, -1, cv2.LINE_AA)
        soft = np.maximum(soft, cv2.GaussianBlur(layer, (0, 0), max(1.0, axes[1] * 0.35 * grow / scale)))
    darken(pixels, cv2.resize((np.clip(soft, 0, 1) * strength * 255).astype(np.uint8), (width, height)), (4, 4, 6))


def cast_shadow(pixels: Pixels, mask: Pixels, offset: tuple[float, float], blur: float, strength: float = 0.7) -> None:
    """Darken the ground by the blurred and shifted outline of an object that lies on it, in place."""
    height, width = mask.shape
    scale = 8
    small = cv2.resize(mask, (max(8, width // scale), max(8, height // scale)), interpolation=cv2.INTER_AREA)
    moved = cv2.warpAffine(
        small, np.array([[1, 0, offset[0] / scale], [0, 1, offset[1] / scale]], np.float32), small.shape[::-1]
    )
    soft = cv2.GaussianBlur(moved, (0, 0), max(0.8, blur / scale))
    darken(pixels, cv2.convertScaleAbs(cv2.resize(soft, (width, height)), alpha=strength), (3, 3, 4))


def compose(under: Pixels, over: Pixels, mask: Pixels) -> Pixels:
    """Lay `over` onto `under` where the mask is 255; changes `under` and returns it."""
    x, y, width, height = cv2.boundingRect(mask)
    strip = max(16, 120_000 // max(1, width))
    for top in range(y, y + height, strip):
        box = (slice(top, min(top + strip, y + height)), slice(x, x + width))
        soft = cv2.multiply(mask[box], 1.0, scale=1 / 255, dtype=cv2.CV_32F)
        under[box] = cv2.blendLinear(over[box], under[box], soft, cv2.subtract(1.0, soft))
    return under


def patina(pixels: Pixels, rng: np.random.Generator, colours: tuple[Colour, ...], amount: float) -> None:
    """Grow patches of corrosion in place, one cloud of each colour, with sharp crumbly edges."""
    height, width = pixels.shape[:2]
    speck = cv2.convertScaleAbs(tiled("stone", height, width, rng), alpha=0.8)
    for colour in colours:
        cloud = fbm(rng, max(8, height // 6), max(8, width // 6), rng.uniform(3, 8), 6, 0.62)
        wide = cv2.resize((cloud * 255).astype(np.uint8), (width, height), interpolation=cv2.INTER_LINEAR)
        edge = cv2.subtract(cv2.addWeighted(wide, 1.0, speck, 0.42, -43), int(255 * (1 - 0.62 * amount)))
        darken(pixels, cv2.min(cv2.convertScaleAbs(edge, alpha=4.2), 205), colour)
