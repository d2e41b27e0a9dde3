"""Test pictures whose every pixel is known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyvips
from numpy.typing import NDArray

from museum.assets.ingest.projection import ray

SIZE = 1024


def chart(width: int = SIZE) -> NDArray[np.uint8]:
    """A whole sphere, width × width / 2, whose colour says the direction: red, green and blue are 128 + 120 × (right, up, back)."""
    height = width // 2
    yaw = ((np.arange(width) + 0.5) / width - 0.5) * 2 * np.pi
    pitch = (0.5 - (np.arange(height) + 0.5) / height) * np.pi
    across = np.cos(pitch)[:, None]
    direction = np.stack(
        [across * np.sin(yaw), np.sin(pitch)[:, None] * np.ones(width), -across * np.cos(yaw)], axis=-1
    )
    return np.rint(128 + 120 * direction).astype(np.uint8)


def chart_face(face: str, size: int) -> NDArray[np.float64]:
    """What a face of the chart must look like, computed from the definition of its rays alone."""
    at = (2 * np.arange(size) + 1) / size - 1
    pixels = np.array([[ray(face, x, -y) for x in at] for y in at])
    return 128 + 120 * pixels / np.linalg.norm(pixels, axis=-1, keepdims=True)


def save(pixels: NDArray[np.uint8], path: Path, **options: object) -> Path:
    """Write pixels in the format that the path's ending names."""
    pyvips.Image.new_from_array(pixels).copy(interpretation="srgb" if pixels.ndim == 3 else "b-w").write_to_file(
        str(path), **options
    )
    return path


def busy(width: int, height: int, seed: int = 5) -> NDArray[np.uint8]:
    """Soft coloured blobs, so that no part looks like another and JPEG has something to do."""
    import cv2

    small = np.random.default_rng(seed).integers(0, 256, (max(2, height // 24), max(2, width // 24), 3), np.uint8)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


def cube_edges(faces: Sequence[NDArray[Any]]) -> dict[str, tuple[NDArray[Any], NDArray[Any]]]:
    """The twelve edges of a cube of `frblud`, each as both of its faces have it, in the same order of pixels."""
    f, r, b, left, u, d = faces
    return {
        "fr": (f[:, -1], r[:, 0]),
        "rb": (r[:, -1], b[:, 0]),
        "bl": (b[:, -1], left[:, 0]),
        "lf": (left[:, -1], f[:, 0]),
        "uf": (u[-1], f[0]),
        "ur": (u[::-1, -1], r[0]),
        "ub": (u[0, ::-1], b[0]),
        "ul": (u[:, 0], left[0]),
        "df": (d[0], f[-1]),
        "dr": (d[:, -1], r[-1]),
        "db": (d[-1, ::-1], b[-1]),
        "dl": (d[::-1, 0], left[-1]),
    }
