"""Sky, ground and water of an outdoor panorama."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import pi, radians

import cv2
import numpy as np

from museum.demo.art.brush import fbm, generator
from museum.demo.sites.panel import Air, Camera, Floats, Pixels

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Weather:
    """Colours of the sky at the top and at the horizon, of clouds in light and shade; how much is clouded, 0 … 1; the sun's place
    in degrees (angle from the landmark, height)."""

    top: Colour
    low: Colour
    cloud: Colour
    shade: Colour
    cover: float
    sun: tuple[float, float]
    air: Air


@lru_cache(maxsize=4)
def noise(seed: int, coarse: int = 8, octaves: int = 6, size: int = 512) -> Floats:
    """Cloudy noise 0 … 1 whose edges join, so that it tiles the plane."""
    rng = generator(seed, "site", "noise")
    total = np.zeros((size, size), np.float32)
    weight = 1.0
    for octave in range(octaves):
        cells = min(coarse * 2**octave, size)
        grid = np.pad(rng.random((cells, cells), dtype=np.float32), 2, mode="wrap")
        wide = size + round(4 * size / cells)
        shift = round(2 * size / cells)
        whole = cv2.resize(grid, (wide, wide), interpolation=cv2.INTER_CUBIC)
        total += whole[shift : shift + size, shift : shift + size] * np.float32(weight)
        weight *= 0.55
    total -= total.min()
    return total / total.max()


def tiled(tile: np.ndarray, x: Floats, y: Floats) -> np.ndarray:
    """The tile looked up at places in tiles, repeating without end."""
    size = tile.shape[0]
    wrapped = cv2.copyMakeBorder(tile, 0, 1, 0, 1, cv2.BORDER_WRAP)
    return cv2.remap(
        wrapped, (x - np.floor(x)) * np.float32(size), (y - np.floor(y)) * np.float32(size), cv2.INTER_LINEAR
    )


def paint_sky(camera: Camera, weather: Weather, seed: int) -> Pixels:
    """The upper half of the panorama: (rows / 2, columns, 3)."""
    thin = 2 if camera.columns >= 1024 else 1
    columns, rows = camera.columns // thin, camera.rows // 2 // thin
    small = Camera(camera.forward, camera.eye, columns)
    angle = small.angles(-4, columns + 4)[None]
    pitch = ((0.5 - (np.arange(rows) + 0.5) / small.rows) * pi).astype(np.float32)[:, None]
    rise = np.clip(np.sin(pitch), 0, 1)
    mix = (1 - np.exp(-rise * 3.2))[..., None]
    low, top = np.array(weather.low, np.float32), np.array(weather.top, np.float32)
    sky = np.broadcast_to(low + (top - low) * mix, (rows, angle.shape[1], 3)).copy()
    azimuth, height = (radians(value) for value in weather.sun)
    near = np.cos(pitch) * np.cos(height) * np.cos(angle - azimuth) + rise * np.sin(height)
    warm = np.array((255, 238, 205), np.float32)
    glow = (0.32 * np.exp((near - 1) * 9) + 0.6 * np.exp((near - 1) * 160))[..., None]
    sky += (warm - sky) * np.clip(glow, 0, 1)
    # Clouds lie in a layer, bent down a little toward the horizon so that they crowd there without end.
    far = 1 / (np.sin(pitch) + 0.12)
    x, y = np.sin(angle) * far * np.cos(pitch), np.cos(angle) * far * np.cos(pitch)
    tile = noise(seed, 6, 7)
    x, y = (x * 0.17).astype(np.float32), (y * 0.17).astype(np.float32)
    body = tiled(tile, x, y) * 0.8 + tiled(tile, x * 2.7 + 0.3, y * 2.7) * 0.2
    lit = body - tiled(tile, x + np.float32(0.02 * np.sin(azimuth)), y + np.float32(0.02 * np.cos(azimuth)))
    cover = np.clip((body - (0.78 - 0.45 * weather.cover)) * 4.5, 0, 1) * np.clip(rise * 7, 0, 1)
    light = np.clip(0.62 + lit * 2.4 - (body - 0.5) * 0.5, 0, 1)[..., None]
    white, grey = np.array(weather.cloud, np.float32), np.array(weather.shade, np.float32)
    cover = (cover * cover * (3 - 2 * cover) * 0.9)[..., None]
    sky += (grey + (white - grey) * light - sky) * cover
    disc = np.clip((near - 0.99985) * 16000, 0, 1)[..., None] * (1 - cover)
    sky += (np.array((255, 252, 240), np.float32) - sky) * disc
    sky += generator(seed, "dither").normal(0, 0.7, (rows, angle.shape[1], 1)).astype(np.float32)
    whole = np.clip(sky, 0, 255).astype(np.uint8)
    whole = cv2.resize(whole, ((columns + 8) * thin, camera.rows // 2), interpolation=cv2.INTER_LINEAR)
    return np.ascontiguousarray(whole[:, 4 * thin : 4 * thin + camera.columns])


Draw = Callable[[float], Pixels]
"""Draws the plan of the ground at so many pixels per metre: square, RGBA, y upward, the camera in the middle; open where alpha is 0."""


def paint_ground(target: Pixels, camera: Camera, layers: list[tuple[Pixels, float]], air: Air, grain: Pixels) -> Pixels:
    """Lay the ground into the lower half, coarsest layer first, in place. `layers` are (plan, half its side in metres); `grain` a fine grey
    tile of 2.5 m around 128. Returns how open the ground is per pixel of the lower half (255: water)."""
    half = camera.rows // 2
    angle = camera.angles(0, camera.columns)[None]
    sine, cosine = np.sin(angle), np.cos(angle)
    openness = np.zeros((half, camera.columns), np.uint8)
    band = 32
    for start in range(0, half, band):
        end = min(start + band, half)
        repeat = 4 if start < band else (2 if start < 3 * band else 1)
        at = (np.arange(start * repeat, end * repeat, dtype=np.float32) + 0.5) / repeat
        far = np.minimum(camera.eye / np.tan(at / camera.rows * pi), 3000).astype(np.float32)[:, None]
        x, y = far * sine, far * cosine
        pixel = float(far[len(far) // 2, 0]) * 2 * pi / camera.columns
        rgba: Floats | None = None
        for plan, reach in layers:
            nearest = float(far[-1, 0])
            if rgba is not None and nearest > reach:
                continue
            source = _level(plan, 2 * reach / plan.shape[0], pixel)
            scale = source.shape[0] / (2 * reach)
            part = cv2.remap(
                source, (x + np.float32(reach)) * np.float32(scale) - 0.5, (np.float32(reach) - y) * np.float32(scale) - 0.5,
                cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE,
            ).astype(np.float32)  # fmt: skip
            if rgba is None:
                rgba = part
            else:
                weight = np.clip((reach - far) / (reach * 0.15), 0, 1)[..., None]
                rgba += (part - rgba) * weight
        assert rgba is not None
        if float(far[-1, 0]) < 16:
            fine = tiled(grain, (x * 0.4).astype(np.float32), (y * 0.4).astype(np.float32)).astype(np.float32) - 128
            rgba[..., :3] += (fine * np.clip(1.2 - far / 14, 0, 1) * rgba[..., 3] / 255)[..., None]
        haze = (1 - np.exp(-far / air.reach))[..., None]
        rgba[..., :3] += (np.array(air.colour, np.float32) - rgba[..., :3]) * haze
        if repeat > 1:
            rgba = cv2.resize(rgba, (camera.columns, end - start), interpolation=cv2.INTER_AREA).astype(np.float32)
        cover = rgba[..., 3:] / 255
        part = target[half + start : half + end]
        part[...] = np.clip(part * (1 - cover) + rgba[..., :3] * cover + 0.5, 0, 255).astype(np.uint8)
        openness[start:end] = 255 - rgba[..., 3].astype(np.uint8)
    return openness


_LEVELS: dict[int, tuple[Pixels, list[Pixels]]] = {}


def _level(plan: Pixels, texel: float, pixel: float) -> Pixels:
    if id(plan) not in _LEVELS:
        if len(_LEVELS) > 4:
            _LEVELS.clear()
        _LEVELS[id(plan)] = (plan, [plan])
    levels = _LEVELS[id(plan)][1]
    wanted = max(0, int(np.log2(max(pixel * 1.2 / texel, 1))))
    while len(levels) <= wanted and levels[-1].shape[0] > 8:
        levels.append(cv2.resize(levels[-1], None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))
    return levels[min(wanted, len(levels) - 1)]


def paint_water(
    target: Pixels, mirrored: Pixels, camera: Camera, level: float, colour: Colour, air: Air, ripple: float
) -> None:
    """Fill the lower half of `target` with water at height `level`, in which `mirrored` (lower half, same width) is seen, in place."""
    half = camera.rows // 2
    at = (np.arange(half, dtype=np.float32) + 0.5)[:, None]
    pitch = at / camera.rows * pi
    far = np.minimum((camera.eye - level) / np.tan(pitch), 3000).astype(np.float32)
    angle = camera.angles(0, camera.columns)[None]
    x, y = far * np.sin(angle), far * np.cos(angle)
    tile = noise(77, 8, 5)
    fade = np.clip(40 / far, 0.12, 1).astype(np.float32)
    wave = (tiled(tile, x / 11, y / 5) + 0.6 * tiled(tile, x / 3.1 + 0.4, y / 1.7) - 0.8) * fade
    shift = wave * np.float32(ripple * camera.rows / 2048) * np.clip(at / (camera.rows * 0.02), 0, 1)
    columns = np.broadcast_to(np.arange(camera.columns, dtype=np.float32)[None], x.shape)
    seen = cv2.remap(
        mirrored,
        columns + shift * np.float32(0.25),
        at - 0.5 + shift,
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    mirror = (0.16 + 0.78 * (1 - np.sin(pitch)) ** 4)[..., None].astype(np.float32)
    deep = np.array(colour, np.float32)
    whole = deep + (seen.astype(np.float32) - deep) * mirror + (wave * 20)[..., None]
    haze = (1 - np.exp(-far / (air.reach * 1.5)))[..., None]
    whole += (np.array(air.colour, np.float32) - whole) * haze
    target[half:] = np.clip(whole, 0, 255).astype(np.uint8)


def cloudy(seed: int, height: int, width: int, coarse: float) -> Floats:
    """Noise of a seed, 0 … 1."""
    return fbm(generator(seed, "site", "cloudy"), height, width, coarse, 5)
