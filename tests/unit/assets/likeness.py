"""How alike two renderings are: structural similarity (Wang 2004, Gaussian window of 1.5 px, luma), where either shows the thing."""

from __future__ import annotations

import cv2
import numpy as np
from skimage.metrics import structural_similarity

from museum.assets.models3d.still import Pixels


def likeness(one: list[Pixels], other: list[Pixels]) -> float:
    """Mean structural similarity of pairs of pictures."""
    return float(np.mean([_similar(a, b) for a, b in zip(one, other, strict=True)]))


def _similar(first: Pixels, second: Pixels) -> float:
    a, b = (cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) for picture in (first, second))
    _, similar = structural_similarity(
        a, b, data_range=255, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, full=True
    )
    ground = int(a[0, 0])
    shown = (np.abs(a.astype(int) - ground) > 2) | (np.abs(b.astype(int) - ground) > 2)
    return float(similar[shown].mean())
