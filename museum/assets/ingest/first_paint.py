"""What stands for a panorama before its tiles are there: the strip of its six faces, a glimpse and the hash of that, and a flat preview.

All of it is made from the column of faces: `frblud` below one another, `size` pixels each.
"""

from __future__ import annotations

import base64
from typing import Any

import cv2
import numpy as np
import simplejpeg
from numpy.typing import NDArray

from museum.assets.info import FACES
from museum.assets.ingest.faces import Pixels

STRIP_FACE = 256
STRIP_BYTES = 30_000
GLIMPSE_FACE = 64
PREVIEW = (640, 360)


def strip_of(column: NDArray[Any], size: int) -> Pixels:
    """The six faces side by side, STRIP_FACE pixels each."""
    faces = [column[number * size : (number + 1) * size] for number in range(len(FACES))]
    small = [cv2.resize(face, (STRIP_FACE, STRIP_FACE), interpolation=cv2.INTER_AREA) for face in faces]
    return np.ascontiguousarray(np.concatenate(small, axis=1), np.uint8)


def encode_strip(strip: Pixels) -> bytes:
    """The strip as JPEG, within STRIP_BYTES as far as quality 20 goes."""
    encoded = b""
    for quality in (55, 45, 35, 27, 20):
        encoded = simplejpeg.encode_jpeg(strip, quality, "RGB", "420")
        if len(encoded) <= STRIP_BYTES:
            break
    return encoded


def glimpse_of(strip: Pixels) -> str:
    """Base64 of the strip as a WebP, GLIMPSE_FACE pixels a face."""
    small = cv2.resize(strip, (GLIMPSE_FACE * len(FACES), GLIMPSE_FACE), interpolation=cv2.INTER_AREA)
    _, encoded = cv2.imencode(".webp", cv2.cvtColor(small, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_WEBP_QUALITY, 40])
    return base64.b64encode(encoded.tobytes()).decode()


def preview_of(column: NDArray[Any], size: int) -> bytes:
    """The middle of the front face as JPEG: 90° wide, 16:9."""
    width, height = PREVIEW
    rows = round(size * height / width)
    top = (size - rows) // 2
    view = cv2.resize(column[top : top + rows, :size], PREVIEW, interpolation=cv2.INTER_AREA)
    return simplejpeg.encode_jpeg(np.ascontiguousarray(view), 80, "RGB", "420")


def hash_of(strip: Pixels) -> str:
    """Base64 of 6 × 4 × 4 RGB bytes: each face of the strip in four rows of four pixels."""
    faces = np.split(strip, len(FACES), axis=1)
    tiny = [cv2.resize(face, (4, 4), interpolation=cv2.INTER_AREA) for face in faces]
    return base64.b64encode(np.ascontiguousarray(np.stack(tiny), np.uint8).tobytes()).decode()
