"""Setting a partial panorama into a whole sphere, the rest softly filled with what its edges lead one to expect."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

FILL_WIDTH, FILL_HEIGHT = 512, 256
"""The fill is as soft as this is coarse."""
FEATHER = 0.012
_BAND = 256


def filled_sphere_size(
    width: int, height: int, coverage: tuple[float, float, float, float], widest: int = 32_000
) -> tuple[int, int]:
    """Size of the whole sphere in which a picture of `width` × `height` pixels keeps its resolution, at most `widest` pixels wide."""
    left, right, low, high = coverage
    full_width = min(widest, round(width * 360 / (right - left)))
    full_height = min(widest // 2, round(height * 180 / (high - low)))
    return max(512, full_width), max(256, full_height)


def fill_sphere(picture: NDArray[np.uint8], coverage: tuple[float, float, float, float], sphere: NDArray[Any]) -> None:
    """Write the whole sphere into `sphere`: `picture` where `coverage` says, and elsewhere a soft continuation of it."""
    height, width, _ = sphere.shape
    columns, rows = _spans(coverage, width, height)
    small = soft_fill(picture, coverage)
    _enlarge(small, sphere)
    target_width, target_height = columns[1] - columns[0], rows[1] - rows[0]
    across = _ramp(target_width, round(FEATHER * width), coverage[1] - coverage[0] < 359.9)
    down = _ramp(target_height, round(FEATHER * height), True, coverage[3] < 89.9, coverage[2] > -89.9)
    for top in range(0, target_height, _BAND):
        bottom = min(target_height, top + _BAND)
        band = _scaled_band(picture, target_width, target_height, top, bottom)
        place = sphere[rows[0] + top : rows[0] + bottom, columns[0] : columns[1]]
        weight = (down[top:bottom, None] * across[None, :])[..., None]
        place[...] = np.rint(place * (1 - weight) + band * weight).astype(np.uint8)


def soft_fill(picture: NDArray[np.uint8], coverage: tuple[float, float, float, float]) -> NDArray[np.uint8]:
    """The whole sphere at FILL_WIDTH × FILL_HEIGHT: the picture's own colours where it lies, and beyond its edges their average over a
    width that grows with the distance, which ends in the mean colour. (Push–pull: averages are pushed up a pyramid of halved
    sizes, and gaps take what they lack from the coarser level.)"""
    columns, rows = _spans(coverage, FILL_WIDTH, FILL_HEIGHT)
    canvas = np.zeros((FILL_HEIGHT, FILL_WIDTH, 4), np.float32)
    size = (max(1, columns[1] - columns[0]), max(1, rows[1] - rows[0]))
    place = canvas[rows[0] : rows[0] + size[1], columns[0] : columns[0] + size[0]]
    place[..., :3] = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    place[..., 3] = 1.0
    return np.clip(np.rint(_pull(canvas)), 0, 255).astype(np.uint8)


def _pull(level: NDArray[np.float32]) -> NDArray[np.float32]:
    """Colours (premultiplied by weight in the fourth band) with every gap filled."""
    weight = level[..., 3:]
    if min(level.shape[:2]) == 1:
        total = level.sum(axis=(0, 1))
        return np.broadcast_to(total[:3] / max(float(total[3]), 1e-6), (*level.shape[:2], 3)).astype(np.float32)
    halved = level.reshape(level.shape[0] // 2, 2, level.shape[1] // 2, 2, 4).mean(axis=(1, 3))
    coarse = _pull(halved)
    padded = np.concatenate([coarse[:, -1:], coarse, coarse[:, :1]], axis=1)
    smooth = cv2.resize(padded, (padded.shape[1] * 2, padded.shape[0] * 2), interpolation=cv2.INTER_LINEAR)[:, 2:-2]
    smooth = cv2.GaussianBlur(smooth, (3, 3), 0, borderType=cv2.BORDER_REPLICATE)
    return (level[..., :3] + (1 - np.minimum(weight, 1)) * smooth).astype(np.float32)


def _spans(
    coverage: tuple[float, float, float, float], width: int, height: int
) -> tuple[tuple[int, int], tuple[int, int]]:
    left, right, low, high = coverage
    columns = (round((left + 180) / 360 * width), round((right + 180) / 360 * width))
    rows = (round((90 - high) / 180 * height), round((90 - low) / 180 * height))
    return (min(columns[0], width - 1), max(columns[1], columns[0] + 1)), (
        min(rows[0], height - 1),
        max(rows[1], rows[0] + 1),
    )


def _ramp(length: int, feather: int, soft: bool, first: bool = True, last: bool = True) -> NDArray[np.float32]:
    """Weights that rise from the ends to 1 over `feather` pixels, at the ends that lie against the fill."""
    ramp = np.ones(length, np.float32)
    feather = min(feather, length // 4)
    if soft and feather:
        rise = (np.arange(feather, dtype=np.float32) + 0.5) / feather
        if first:
            ramp[:feather] = rise
        if last:
            ramp[-feather:] = rise[::-1]
    return ramp


def _enlarge(small: NDArray[np.uint8], sphere: NDArray[Any]) -> None:
    height, width, _ = sphere.shape
    wrapped = np.concatenate([small[:, -1:], small, small[:, :1]], axis=1)
    for top in range(0, height, _BAND):
        bottom = min(height, top + _BAND)
        x, y = FILL_WIDTH / width, FILL_HEIGHT / height
        matrix = np.array([[x, 0, 0.5 * x - 0.5 + 1], [0, y, (top + 0.5) * y - 0.5]])
        sphere[top:bottom] = cv2.warpAffine(
            wrapped,
            matrix,
            (width, bottom - top),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )


def _scaled_band(picture: NDArray[np.uint8], width: int, height: int, top: int, bottom: int) -> NDArray[np.uint8]:
    """Rows `top` to `bottom` of the picture scaled to `width` × `height`."""
    if (height, width) == picture.shape[:2]:
        return picture[top:bottom]
    scale = picture.shape[0] / height
    first, last = max(0, int(top * scale) - 2), min(picture.shape[0], int(np.ceil(bottom * scale)) + 2)
    matrix = np.array(
        [
            [picture.shape[1] / width, 0, 0.5 * picture.shape[1] / width - 0.5],
            [0, scale, (top + 0.5) * scale - 0.5 - first],
        ]
    )
    return cv2.warpAffine(
        np.ascontiguousarray(picture[first:last]),
        matrix,
        (width, bottom - top),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    ).astype(np.uint8)
