"""The paper of the activity sheets: flat shapes and few colours."""

from __future__ import annotations

from math import cos, pi, sin

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Colour = tuple[int, int, int]
INK: Colour = (38, 44, 54)
PAPER: Colour = (244, 236, 218)
SEA: Colour = (44, 104, 122)
RED: Colour = (198, 72, 50)
GOLD: Colour = (222, 170, 82)
SAND: Colour = (222, 198, 150)


class Poster:
    """A sheet drawn in units of its shorter side; (0, 0) its middle, y downward; `w` and `h` half its width and height."""

    def __init__(self, width: int, height: int, ground: Colour) -> None:
        self.pixels: Pixels = np.empty((height, width, 3), np.uint8)
        self.pixels[:] = ground
        self.unit = min(width, height)
        self.w, self.h = width / self.unit / 2, height / self.unit / 2

    def _at(self, points: list[tuple[float, float]]) -> NDArray[np.int32]:
        return np.round(((np.array(points) + np.array((self.w, self.h))) * self.unit - 0.5) * 16).astype(np.int32)

    def poly(self, points: list[tuple[float, float]], colour: Colour) -> None:
        cv2.fillPoly(self.pixels, [self._at(points)], colour, cv2.LINE_AA, 4)

    def rect(self, x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
        self.poly([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], colour)

    def oval(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        colour: Colour,
        turn: float = 0.0,
        part: tuple[float, float] = (0, 2 * pi),
    ) -> None:
        c, s = cos(turn), sin(turn)
        self.poly(
            [
                (x + rx * cos(a) * c - ry * sin(a) * s, y + rx * cos(a) * s + ry * sin(a) * c)
                for a in np.linspace(*part, 48)
            ],
            colour,
        )

    def line(self, points: list[tuple[float, float]], colour: Colour, thick: float) -> None:
        cv2.polylines(self.pixels, [self._at(points)], False, colour, max(1, round(thick * self.unit)), cv2.LINE_AA, 4)

    def fade(self, top: Colour, bottom: Colour) -> None:
        t = np.linspace(0, 1, len(self.pixels))[:, None]
        self.pixels[:] = (np.array(top) * (1 - t) + np.array(bottom) * t).astype(np.uint8)[:, None]


def tone(colour: Colour, factor: float) -> Colour:
    """A colour made darker or lighter."""
    return tuple(int(min(255, c * factor)) for c in colour)  # type: ignore[return-value]


def p_under(p: Poster, x: float, y: float) -> Colour:
    """The colour at a place, to cut a notch with."""
    column = int(np.clip((x + p.w) * p.unit, 0, p.pixels.shape[1] - 1))
    row = int(np.clip((y + p.h) * p.unit, 0, p.pixels.shape[0] - 1))
    r, g, b = (int(value) for value in p.pixels[row, column])
    return r, g, b
