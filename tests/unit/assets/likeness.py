"""How alike two renderings are: structural similarity (Wang 2004, Gaussian window, 11 × 11, 1.5 px, luma), where either shows the thing."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from museum.assets.models3d.still import Pixels


def likeness(one: list[Pixels], other: list[Pixels]) -> float:
    """Mean structural similarity of pairs of pictures."""
    return float(np.mean([_ssim(a, b) for a, b in zip(one, other, strict=True)]))


def _ssim(first: Pixels, second: Pixels) -> float:
    a, b = (cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float64) for picture in (first, second))
    ground = a[0, 0]

    def soft(values: Any) -> Any:
        return cv2.GaussianBlur(values, (11, 11), 1.5)

    mean_a, mean_b = soft(a), soft(b)
    var_a, var_b, both = soft(a * a) - mean_a**2, soft(b * b) - mean_b**2, soft(a * b) - mean_a * mean_b
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    similar = ((2 * mean_a * mean_b + c1) * (2 * both + c2)) / ((mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2))
    shown = (np.abs(a - ground) > 2) | (np.abs(b - ground) > 2)
    return float(similar[shown].mean())
