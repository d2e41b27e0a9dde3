"""Textures of the treasures: painted glaze, patinated bronze, clouded jade, and their relief."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.demo.art.brush import fbm, generator
from museum.demo.art.lettering import glyph
from museum.demo.art.pattern import palette, vessel_pattern

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]
_TONES: dict[str, tuple[tuple[int, int, int], tuple[int, int, int], float, float]] = {
    # dark, light, metallic, roughness
    "bronze": ((58, 66, 50), (128, 148, 112), 0.35, 0.62),
    "brass": ((96, 70, 38), (176, 138, 78), 0.55, 0.52),
    "jade": ((116, 138, 104), (186, 202, 168), 0.0, 0.28),
    "stone": ((168, 128, 78), (222, 190, 138), 0.0, 0.34),
}
PAINTED = (0.0, 0.16)
"""Metallic and roughness of glaze."""


def material_of(style: str) -> tuple[float, float]:
    """Metallic and roughness."""
    return _TONES[style][2:] if style in _TONES else PAINTED


def body(form: str, style: str, legend: str, seed: int) -> tuple[Pixels, Pixels | None]:
    """Base colour (H, W, 3) and relief (H, W), 128 being level; glaze is smooth and has none."""
    if style not in _TONES:
        size = (2048, 1024) if form not in ("plate", "bowl") else (2048, 512)
        return vessel_pattern(seed, style, *size), None
    height = _relief(form, legend, seed)
    dark, light, _, _ = _TONES[style]
    rng = generator(seed, "patina", form)
    side = height.shape[0]
    cloud = _round(rng, side, 90, 5)[..., None]
    colour = np.array(dark) + (np.array(light, float) - dark) * np.clip(cloud * 1.25 - 0.1, 0, 1)
    lift = (height.astype(np.float32)[..., None] - 128) / 128
    colour = colour * (1 + 0.32 * lift)
    if style == "bronze":
        spot = np.clip((_round(rng, side, 40, 4)[..., None] - 0.58) * 5, 0, 1)
        colour = colour * (1 - spot) + np.array((96, 150, 128)) * spot
    return np.clip(colour, 0, 255).astype(np.uint8), height


def plain(style: str, seed: int) -> Pixels:
    """The same material without ornament, 256 pixels square."""
    if style not in _TONES:
        tone = palette(style, seed).ground if style in ("yellow", "celadon", "monochrome") else (240, 241, 238)
        return np.full((64, 64, 3), tone, np.uint8)
    dark, light, _, _ = _TONES[style]
    cloud = fbm(generator(seed, "plain", style), 256, 256, 40, 4)[..., None]
    return np.clip(np.array(dark) + (np.array(light, float) - dark) * np.clip(cloud * 1.2 - 0.1, 0, 1), 0, 255).astype(
        np.uint8
    )


def normal_map(height: Pixels, strength: float = 2.2) -> Pixels:
    """Tangent-space normals (glTF: x right, y up) of a relief."""
    soft = cv2.GaussianBlur(height, (0, 0), 1.2).astype(np.float32) / 255
    dx = cv2.Sobel(soft, cv2.CV_32F, 1, 0, ksize=3) * strength
    dy = cv2.Sobel(soft, cv2.CV_32F, 0, 1, ksize=3) * strength
    normal = np.stack((-dx, dy, np.ones_like(dx)), -1)
    normal /= np.linalg.norm(normal, axis=2, keepdims=True)
    return ((normal * 0.5 + 0.5) * 255).astype(np.uint8)


def _round(rng: np.random.Generator, side: int, coarse: int, octaves: int) -> Floats:
    """Cloudy noise (side, side) in 0..1 whose left edge joins its right one: it goes round a vessel without a seam."""
    join = side // 8
    cloud = fbm(rng, side, side + join, coarse, octaves)
    share = np.linspace(0, 1, join, dtype=np.float32)
    cloud[:, :join] = cloud[:, side:] * (1 - share) + cloud[:, :join] * share
    return cloud[:, :side]


def _relief(form: str, legend: str, seed: int) -> Pixels:
    side = 1024
    height = np.full((side, side), 128, np.uint8)
    if legend:
        _letter(height, form, legend)
    elif form == "bi":
        for row in range(34):
            for k in range(34):
                x, y = int((k + 0.5 * (row % 2)) * side / 34), int((row + 0.5) * side / 34)
                cv2.circle(height, (x, y), 9, 190, -1, cv2.LINE_AA)
    elif form == "cong":
        for x in (300, 724):
            cv2.circle(height, (x, 420), 52, 205, 8, cv2.LINE_AA)
            cv2.circle(height, (x, 420), 20, 205, -1, cv2.LINE_AA)
        for y in (120, 190, 840):
            cv2.line(height, (40, y), (984, y), 190, 14, cv2.LINE_AA)
    else:
        _fret(height, side)
        _mask(height, side)
    grain = _round(generator(seed, "grain", form), side, 10, 3)
    return np.clip(height + (grain - 0.5) * 26, 0, 255).astype(np.uint8)


def _letter(height: Pixels, form: str, legend: str) -> None:
    if form == "cash":
        cells = zip(legend, ((512, 215), (512, 809), (809, 512), (215, 512)), strict=True)
        size = 270
    elif form == "spade":
        cells, size = zip(legend, ((700, 480), (324, 480)), strict=True), 280
    else:
        spots = ((700, 330), (700, 700), (324, 330), (324, 700))
        cells, size = zip(legend, spots, strict=True), 300
    for character, (x, y) in cells:
        mark = glyph(character, size, "sans", 2)
        top, left = y - size // 2, x - size // 2
        window = height[top : top + size, left : left + size]
        window[:] = np.maximum(window, 128 + (mark.astype(np.uint16) * 110 // 255).astype(np.uint8))


def _fret(height: Pixels, side: int) -> None:
    """A ground of square spirals in two bands."""
    for top, bottom in ((0.2, 0.8),):
        cell = 32
        for y in range(int(top * side), int(bottom * side), cell):
            for x in range(0, side, cell):
                for k, inset in enumerate((3, 8, 13)):
                    box = ((x + inset, y + inset), (x + cell - inset, y + cell - inset))
                    cv2.rectangle(height, *box, 104 if k % 2 else 150, 2)


def _mask(height: Pixels, side: int) -> None:
    """Animal masks around the band: brows, eyes, jaws and curling horns either side of a ridge."""
    count = 4
    for n in range(count):
        centre, y, unit = int((n + 0.5) * side / count), side // 2, side // count // 2
        cv2.line(height, (centre, y - unit), (centre, y + unit), 230, 10, cv2.LINE_AA)
        for flip in (-1, 1):
            eye = (centre + flip * unit // 2, y - unit // 8)
            cv2.ellipse(height, eye, (unit // 5, unit // 7), flip * 12, 0, 360, 240, -1, cv2.LINE_AA)
            cv2.circle(height, eye, unit // 14, 110, -1, cv2.LINE_AA)
            cv2.ellipse(
                height,
                (centre + flip * unit // 2, y - unit // 2),
                (unit // 3, unit // 4),
                0,
                0 if flip > 0 else -90,
                270 if flip > 0 else 180,
                220,
                14,
                cv2.LINE_AA,
            )
            cv2.ellipse(
                height,
                (centre + flip * unit // 3, y + unit // 2),
                (unit // 4, unit // 4),
                0,
                0,
                250,
                215,
                13,
                cv2.LINE_AA,
            )
            cv2.ellipse(
                height,
                (centre + flip * unit * 4 // 5, y + unit // 5),
                (unit // 8, unit // 2),
                0,
                0,
                360,
                205,
                11,
                cv2.LINE_AA,
            )
    for y in (0.14, 0.18, 0.82, 0.86):
        cv2.line(height, (0, int(y * side)), (side, int(y * side)), 215, 10)
