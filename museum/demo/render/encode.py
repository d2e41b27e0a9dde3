"""Panoramas as files."""

from __future__ import annotations

import numpy as np
import simplejpeg
from numpy.typing import NDArray


def jpeg(pixels: NDArray[np.uint8], quality: int = 88) -> bytes:
    """RGB pixels (rows, columns, 3) as a JPEG with full colour resolution, so that lettering on colour stays clean."""
    return simplejpeg.encode_jpeg(
        np.ascontiguousarray(pixels), quality=quality, colorspace="RGB", colorsubsampling="444"
    )
