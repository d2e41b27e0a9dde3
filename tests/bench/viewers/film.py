"""One visit on film: what was on the screen when, and what had come over the network by then."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.float32]
BOX = (0.15, 0.22, 0.85, 0.72)
"""The part of the window that is looked at: below headers, above captions, left of buttons."""
COARSE = (96, 54)
"""The size, across and down, at which a picture is a picture."""
PICTURE = 0.25
"""A picture is there once it is this near to the last one, beside the empty page's distance from it."""
BLOCKS = (14, 8)
SHARP = 1.5
"""Levels of 255 by which no block may differ on average from the last picture once it is sharp."""


class Frame(NamedTuple):
    at: float
    """Seconds since the epoch."""
    data: str


@dataclass
class Film:
    """Frames of a page and the ends of its requests, while it runs."""

    client: Any
    frames: list[Frame] = field(default_factory=list)
    ends: list[tuple[float, int]] = field(default_factory=list)
    """When a request's last byte came, by the browser's clock, and the bytes it took on the line."""

    def begin(self) -> None:
        self.client.on("Page.screencastFrame", self._keep)
        self.client.on(
            "Network.loadingFinished", lambda event: self.ends.append((event["timestamp"], event["encodedDataLength"]))
        )
        self.client.send("Network.enable")
        self.client.send("Page.enable")
        self.client.send("Page.startScreencast", {"format": "jpeg", "quality": 92, "maxWidth": 1920, "maxHeight": 1080})

    def _keep(self, event: dict[str, Any]) -> None:
        self.frames.append(Frame(event["metadata"]["timestamp"], event["data"]))
        self.client.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})


class Seen(NamedTuple):
    """Seconds from the beginning until anything, a picture, and the whole picture at full sharpness was on the screen."""

    anything: float
    picture: float
    sharp: float


def judge(frames: list[Frame], began: float, empty: Pixels | None = None) -> Seen:
    """Compare every frame with the last. `empty` is what was there before; without it the page's first, black."""
    last = _pixels(frames[-1].data)
    coarse_last = _coarse(last)
    before = np.zeros_like(coarse_last) if empty is None else _coarse(empty)
    distance = float(np.abs(coarse_last - before).mean())
    anything = picture = sharp = None
    for frame in frames:
        if frame.at < began:
            continue
        pixels = _pixels(frame.data)
        if pixels.shape != last.shape:
            continue  # The window is still taking its size.
        coarse = _coarse(pixels)
        at = frame.at - began
        if anything is None and float((np.abs(coarse - before).max(axis=-1) > 10).mean()) > 0.5:
            anything = at
        if picture is None and float(np.abs(coarse - coarse_last).mean()) < PICTURE * distance:
            picture = at
        if _worst_block(pixels, last) > SHARP:
            sharp = None
        elif sharp is None:
            sharp = at
    assert anything is not None and picture is not None and sharp is not None
    return Seen(anything, picture, sharp)


def last_pixels(frames: list[Frame]) -> Pixels:
    return _pixels(frames[-1].data)


def _pixels(data: str) -> Pixels:
    picture = Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")
    width, height = picture.size
    box = tuple(round(share * side) for share, side in zip(BOX, (width, height, width, height), strict=True))
    return np.asarray(picture.crop(box), np.float32)  # type: ignore[arg-type]


def _coarse(pixels: Pixels) -> Pixels:
    picture = Image.fromarray(pixels.astype(np.uint8)).resize(COARSE, Image.Resampling.BOX)
    return np.asarray(picture, np.float32)


def _worst_block(pixels: Pixels, last: Pixels) -> float:
    difference = np.abs(pixels - last).mean(axis=-1).astype(np.float32)
    blocks = Image.fromarray(difference).resize(BLOCKS, Image.Resampling.BOX)
    return float(np.asarray(blocks).max())
