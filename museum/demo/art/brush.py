# ruff: noqa: RUF005 (offsets are added to arrays here, nothing is joined)
"""What all pictures are made with: random numbers by name, cloudy noise, grain, paper, silk, ink and light."""

import hashlib
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Colour = tuple[int, int, int]
_TILE = 1024


def generator(seed: int, *names: str) -> np.random.Generator:
    """A random generator of its own for a seed and names; the same arguments give the same numbers everywhere."""
    digest = hashlib.sha256("\0".join((str(seed), *names)).encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))


def fbm(
    rng: np.random.Generator, height: int, width: int, coarse: float, octaves: int, gain: float = 0.55
) -> NDArray[np.float32]:
    """Cloudy noise (height, width) in 0..1; `coarse` is about how many of the largest clouds fit the longer side."""
    longest = max(height, width)
    total = np.zeros((height, width), np.float32)
    amplitude, norm = 1.0, 0.0
    for octave in range(octaves):
        cells = coarse * 2**octave
        if cells > longest:
            break
        shape = (max(3, round(cells * height / longest) + 2), max(3, round(cells * width / longest) + 2))
        grid = rng.random(shape, dtype=np.float32)
        total += cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC) * np.float32(amplitude)
        norm += amplitude
        amplitude *= gain
    low, high = float(total.min()), float(total.max())
    return (total - low) / max(high - low, 1e-6)


def _wrap_blur(tile: NDArray[np.float32], sigma_x: float, sigma_y: float) -> NDArray[np.float32]:
    pad = 128  # wider than the widest blur reaches
    padded = np.pad(tile, pad, mode="wrap")
    return cv2.GaussianBlur(padded, (0, 0), sigmaX=sigma_x, sigmaY=sigma_y)[pad:-pad, pad:-pad]


def _normal(tile: NDArray[np.float32], deviation: float) -> Pixels:
    spread = (tile - tile.mean()) / tile.std() * deviation + 128
    return np.clip(spread, 0, 255).astype(np.uint8)


@lru_cache(maxsize=16)
def _tile(kind: str) -> Pixels:
    """A seamless 1024 × 1024 texture, mean 128 for noises, 0 where nothing is for nets and fibres."""
    rng = generator(0, "tile", kind)
    white = rng.standard_normal((_TILE, _TILE), dtype=np.float32)
    if kind == "grain":
        return _normal(_wrap_blur(white, 0.6, 0.6), 22)
    if kind == "film":
        return _normal(_wrap_blur(white, 0.8, 0.8) * 3 + _wrap_blur(white[::-1], 1.7, 1.7) * 3, 24)
    if kind == "silk":  # warp and weft, with threads of uneven thickness
        weft = np.sin(np.arange(_TILE, dtype=np.float32) * (2 * np.pi * 256 / _TILE))[:, None]
        warp = np.sin(np.arange(_TILE, dtype=np.float32) * (2 * np.pi * 256 / _TILE))[None, :]
        threads = _wrap_blur(white, 26, 0.7) * 7 + _wrap_blur(white.T.copy(), 0.7, 26) * 5
        return _normal(weft * 0.6 + warp * 0.6 + weft * warp + threads * 1.2 + white * 0.3, 26)
    if kind == "dry":  # the streaks of a drying brush, running across
        return _normal(_wrap_blur(white, 30, 0.9) * 8 + _wrap_blur(white, 4, 0.6), 52)
    if kind == "stone":
        return _normal(_wrap_blur(white, 9, 9) * 14 + _wrap_blur(white, 2.5, 2.5) * 3 + white * 0.22, 40)
    if kind == "fibre":
        canvas = np.zeros((_TILE, _TILE), np.uint8)
        for _ in range(1500):
            x, y, turn, length, bend = rng.uniform(0, 1, 5) * (_TILE, _TILE, 2 * np.pi, 46, 2.4)
            t = np.linspace(0, 1, 7)
            path = np.column_stack((x + np.cos(turn + t * bend) * length * t, y + np.sin(turn + t * bend) * length * t))
            shade = int(rng.integers(40, 190))
            for dx in (-_TILE, 0, _TILE):
                for dy in (-_TILE, 0, _TILE):
                    moved = path + (dx, dy)
                    if moved.max() > 0 and moved.min() < _TILE:
                        cv2.polylines(canvas, [np.rint(moved * 16).astype(np.int32)], False, shade, 1, cv2.LINE_AA, 4)
        return canvas
    if kind == "crackle":
        return _crackle_net(rng)
    raise KeyError(kind)


def _crackle_net(rng: np.random.Generator) -> Pixels:
    """Cracks between the cells of a Voronoi diagram that wraps around."""
    points = rng.uniform(0, _TILE, (190, 2)).astype(np.float32)
    copies = np.vstack([points + (dx, dy) for dx in (-_TILE, 0, _TILE) for dy in (-_TILE, 0, _TILE)]).astype(np.float32)
    plane = cv2.Subdiv2D((-_TILE - 1, -_TILE - 1, 3 * _TILE + 2, 3 * _TILE + 2))
    plane.insert(copies.tolist())
    facets, _ = plane.getVoronoiFacetList([])
    net = np.zeros((_TILE, _TILE), np.uint8)
    for facet in facets:
        outline = np.asarray(facet)
        if outline.max() > 0 and outline.min() < _TILE and outline[:, 0].min() < _TILE:
            cv2.polylines(net, [np.rint(outline * 16).astype(np.int32)], True, 230, 1, cv2.LINE_AA, 4)
    return net


def tiled(kind: str, height: int, width: int, rng: np.random.Generator) -> Pixels:
    """A texture (height, width) from a cached tile: grain, film, silk, dry, stone, fibre or crackle.

    Shifted and mirrored by the generator; joins at the sides where width is a multiple of the tile or smaller pieces are
    repeated by mirroring.
    """
    tile = _tile(kind)
    flips = int(rng.integers(4))
    if flips & 1:
        tile = tile[:, ::-1]
    if flips & 2:
        tile = tile[::-1]
    x, y = int(rng.integers(_TILE)), int(rng.integers(_TILE))
    tile = np.roll(tile, (y, x), (0, 1))
    return np.tile(tile, (height // _TILE + 1, width // _TILE + 1))[:height, :width]


def darken(pixels: Pixels, amount: Pixels, colour: Colour) -> None:
    """Blend `pixels` (H, W, 3) in place towards `colour` by `amount` (H, W), 0..255."""
    x, y, width, height = cv2.boundingRect(amount)
    if not width or not height:
        return
    strip = max(16, 120_000 // width)  # rows that stay in the cache
    ink = plain(min(strip, height), width, colour)
    for top in range(y, y + height, strip):
        bottom = min(top + strip, y + height)
        box = (slice(top, bottom), slice(x, x + width))
        weight = cv2.multiply(amount[box], 1.0, scale=1 / 255, dtype=cv2.CV_32F)
        pixels[box] = cv2.blendLinear(ink[: bottom - top], pixels[box], weight, cv2.subtract(1.0, weight))


def plain(height: int, width: int, colour: Colour) -> Pixels:
    """Pixels of one colour."""
    pixels = np.empty((height, width, 3), np.uint8)
    cv2.rectangle(pixels, (0, 0), (width, height), colour, -1)
    return pixels
