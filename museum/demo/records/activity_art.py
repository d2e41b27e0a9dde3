# ruff: noqa: E501 (sentences in two languages side by side)
"""The sheets of the activities: flat illustrations, and a vessel's pattern in steps."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.demo.art.brush import fbm, generator
from museum.demo.art.ornament import Canvas, circle, flower, leaf, meander, scroll, waves
from museum.demo.art.pattern import palette, profile, vessel_pattern
from museum.demo.records.words import Term, Texts, say, sentences

Pixels = NDArray[np.uint8]
Colour = tuple[int, int, int]
INK: Colour = (38, 44, 54)
PAPER: Colour = (244, 236, 218)
SEA: Colour = (44, 104, 122)
RED: Colour = (198, 72, 50)
GOLD: Colour = (222, 170, 82)
SAND: Colour = (222, 198, 150)
COMPUTED: Term = ("插圖由程式計算生成。", "A computed illustration.")


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


def _tone(colour: Colour, factor: float) -> Colour:
    return tuple(int(min(255, c * factor)) for c in colour)  # type: ignore[return-value]


def _fish(p: Poster, x: float, y: float, size: float, colour: Colour, flip: int = 1) -> None:
    def at(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x + flip * a * size, y + b * size) for a, b in points]

    body = [(0.5 * cos(a), 0.19 * sin(a) * (1 - 0.25 * cos(a))) for a in np.linspace(0, 2 * pi, 60)]
    p.poly(at([(-0.42, 0), (-0.72, -0.2), (-0.64, 0), (-0.72, 0.2)]), _tone(colour, 0.72))
    p.poly(at([(-0.12, -0.18), (0.12, -0.32), (0.24, -0.16)]), _tone(colour, 0.72))
    p.poly(at([(-0.02, 0.16), (0.06, 0.29), (0.17, 0.16)]), _tone(colour, 0.72))
    p.poly(at(body), colour)
    p.poly(at([(a, abs(b)) for a, b in body]), _tone(colour, 1.22))
    for k in range(4):
        for q in range(3):
            a, b = -0.28 + 0.12 * k, -0.08 + 0.08 * q
            p.line(
                at([(a + 0.04 * cos(t), b + 0.045 * sin(t)) for t in np.linspace(pi / 2, 3 * pi / 2, 9)]),
                _tone(colour, 0.74),
                0.006 * size + 0.0012,
            )
    p.line(
        at([(0.27 - 0.05 * sin(t), 0.14 * cos(t)) for t in np.linspace(0, pi, 12)]),
        _tone(colour, 0.6),
        0.012 * size + 0.001,
    )
    p.oval(x + flip * 0.37 * size, y - 0.045 * size, 0.04 * size, 0.04 * size, (250, 246, 234))
    p.oval(x + flip * 0.376 * size, y - 0.043 * size, 0.021 * size, 0.021 * size, INK)


def _crab(p: Poster, x: float, y: float, size: float, colour: Colour = RED) -> None:
    for side in (-1, 1):
        for k in range(4):
            a = 0.1 + 0.22 * k
            p.line(
                [
                    (x + side * 0.2 * size, y + 0.05 * size),
                    (x + side * (0.44 - 0.02 * k) * size, y + (a - 0.3) * size),
                    (x + side * (0.52 - 0.04 * k) * size, y + a * size * 0.8),
                ],
                _tone(colour, 0.76),
                0.03 * size,
            )
        p.line(
            [
                (x + side * 0.2 * size, y - 0.1 * size),
                (x + side * 0.42 * size, y - 0.24 * size),
                (x + side * 0.38 * size, y - 0.4 * size),
            ],
            colour,
            0.06 * size,
        )
        p.oval(x + side * 0.36 * size, y - 0.44 * size, 0.085 * size, 0.13 * size, colour, side * 0.3)
        p.poly(
            [
                (x + side * 0.36 * size, y - 0.46 * size),
                (x + side * 0.30 * size, y - 0.62 * size),
                (x + side * 0.40 * size, y - 0.62 * size),
            ],
            p_under(p, x + side * 0.35 * size, y - 0.68 * size),
        )
        p.line(
            [(x + side * 0.07 * size, y - 0.16 * size), (x + side * 0.09 * size, y - 0.3 * size)],
            _tone(colour, 0.8),
            0.02 * size,
        )
        p.oval(x + side * 0.09 * size, y - 0.31 * size, 0.032 * size, 0.032 * size, INK)
    p.oval(x, y, 0.33 * size, 0.22 * size, colour)
    p.oval(x, y - 0.04 * size, 0.27 * size, 0.14 * size, _tone(colour, 1.18))
    for k in (-1, 0, 1):
        p.oval(x + k * 0.1 * size, y - 0.03 * size, 0.022 * size, 0.022 * size, _tone(colour, 0.8))


def p_under(p: Poster, x: float, y: float) -> Colour:
    """The colour at a place, to cut a notch with."""
    column = int(np.clip((x + p.w) * p.unit, 0, p.pixels.shape[1] - 1))
    row = int(np.clip((y + p.h) * p.unit, 0, p.pixels.shape[0] - 1))
    r, g, b = (int(value) for value in p.pixels[row, column])
    return r, g, b


def _shrimp(p: Poster, x: float, y: float, size: float, colour: Colour, turn: float = 0.0) -> None:
    for k in range(7):
        a = turn + 0.2 + k * 0.42
        r = 0.26 * size
        p.oval(
            x + r * cos(a),
            y + r * sin(a),
            (0.115 - 0.01 * k) * size,
            (0.085 - 0.006 * k) * size,
            _tone(colour, 1.12 if k % 2 else 0.94),
            a,
        )
    a = turn + 3.2
    p.poly(
        [
            (x + 0.26 * size * cos(a), y + 0.26 * size * sin(a)),
            (x + 0.42 * size * cos(a + 0.35), y + 0.42 * size * sin(a + 0.35)),
            (x + 0.2 * size * cos(a + 0.6), y + 0.2 * size * sin(a + 0.6)),
        ],
        _tone(colour, 0.8),
    )
    for k in (-1, 1):
        p.line(
            [
                (x + 0.3 * size * cos(turn), y + 0.3 * size * sin(turn)),
                (x + 0.5 * size * cos(turn - 0.5), y + 0.5 * size * sin(turn - 0.5)),
                (x + 0.56 * size * cos(turn - 1 + 0.16 * k), y + 0.56 * size * sin(turn - 1 + 0.16 * k)),
            ],
            _tone(colour, 0.75),
            0.009 * size,
        )
    p.oval(x + 0.28 * size * cos(turn + 0.08), y + 0.28 * size * sin(turn + 0.08), 0.02 * size, 0.02 * size, INK)


def _clam(p: Poster, x: float, y: float, size: float, colour: Colour) -> None:
    p.oval(x, y, 0.3 * size, 0.24 * size, _tone(colour, 0.74), 0, (0, 2 * pi))
    p.oval(x, y - 0.03 * size, 0.3 * size, 0.22 * size, colour)
    for k in range(1, 5):
        r = k / 5
        p.line(
            [
                (x + 0.3 * r * size * cos(a), y + 0.18 * size - 0.36 * r * size * sin(a))
                for a in np.linspace(0.35, pi - 0.35, 16)
            ],
            _tone(colour, 0.8),
            0.012 * size,
        )


def _plate(p: Poster, x: float, y: float, r: float) -> None:
    p.oval(x + 0.008, y + 0.022, r, r * 0.84, (120, 62, 42))
    p.oval(x, y, r, r * 0.84, (246, 242, 232))
    p.oval(x, y, r * 0.9, r * 0.75, (62, 96, 156))
    p.oval(x, y, r * 0.87, r * 0.72, (250, 247, 240))
    for k in range(24):
        a = k * pi / 12
        p.oval(x + r * 0.95 * cos(a), y + r * 0.795 * sin(a), r * 0.022, r * 0.018, (62, 96, 156))


def _table(p: Poster) -> None:
    p.fade((176, 102, 66), (148, 78, 50))
    for k in range(-8, 9):
        p.line([(-p.w, k * 0.13), (p.w, k * 0.13 + 0.01)], (138, 72, 46), 0.004)
    w, h = p.w, p.h
    _plate(p, -w * 0.58, -h * 0.42, 0.23)
    _fish(p, -w * 0.58, -h * 0.42, 0.31, (150, 152, 146))
    for k in range(3):
        p.line(
            [(-w * 0.58 + 0.05 * k - 0.06, -h * 0.42 - 0.05), (-w * 0.58 + 0.05 * k - 0.02, -h * 0.42 + 0.03)],
            (96, 148, 82),
            0.012,
        )
    _plate(p, w * 0.6, -h * 0.44, 0.22)
    for k in range(4):
        a = k * pi / 2 + 0.4
        _shrimp(p, w * 0.6 + 0.085 * cos(a), -h * 0.44 + 0.07 * sin(a), 0.16, (230, 122, 84), a)
    _plate(p, w * 0.01, -h * 0.1, 0.25)
    _crab(p, w * 0.01, -h * 0.1 + 0.03, 0.34)
    _plate(p, -w * 0.56, h * 0.46, 0.21)
    for k in range(7):
        _clam(
            p,
            -w * 0.56 + 0.085 * cos(k * 1.05) * (k > 0),
            h * 0.46 + 0.075 * sin(k * 1.05) * (k > 0),
            0.13,
            ((214, 188, 148), (186, 156, 122))[k % 2],
        )
    p.oval(w * 0.56 + 0.01, h * 0.5 + 0.025, 0.17, 0.145, (112, 58, 40))
    p.oval(w * 0.56, h * 0.5, 0.17, 0.145, (44, 72, 120))
    p.oval(w * 0.56, h * 0.5, 0.152, 0.128, (248, 246, 238))
    rng = generator(3, "rice")
    for _ in range(260):
        a, r = rng.uniform(0, 2 * pi), 0.12 * rng.uniform(0, 1) ** 0.5
        p.oval(
            w * 0.56 + r * cos(a),
            h * 0.5 + r * 0.82 * sin(a),
            0.011,
            0.005,
            (255, 254, 248) if rng.random() < 0.6 else (226, 220, 204),
            rng.uniform(0, 3),
        )
    for k in (0, 1):
        p.line([(w * 0.2 + k * 0.03, h * 0.92), (w * 0.36 + k * 0.02, h * 0.3)], (60, 34, 28), 0.011)
        p.line([(w * 0.2 + k * 0.03, h * 0.92), (w * 0.235 + k * 0.028, h * 0.79)], GOLD, 0.011)
    p.oval(w * 0.04, h * 0.68, 0.075, 0.063, (58, 44, 40))
    p.oval(w * 0.04, h * 0.68, 0.06, 0.05, (96, 40, 26))


def _boat(p: Poster, x: float, y: float, s: float) -> None:
    p.poly(
        [(x - 0.3 * s, y), (x + 0.3 * s, y), (x + 0.22 * s, y + 0.12 * s), (x - 0.22 * s, y + 0.12 * s)], (112, 66, 46)
    )
    p.poly([(x - 0.3 * s, y), (x + 0.3 * s, y), (x + 0.29 * s, y + 0.025 * s), (x - 0.29 * s, y + 0.025 * s)], GOLD)
    p.line([(x, y), (x, y - 0.5 * s)], (70, 46, 38), 0.014 * s)
    p.poly(
        [
            (x - 0.02 * s, y - 0.05 * s),
            (x - 0.02 * s, y - 0.48 * s),
            (x - 0.23 * s, y - 0.36 * s),
            (x - 0.26 * s, y - 0.07 * s),
        ],
        (206, 112, 66),
    )
    for k in range(1, 5):
        p.line(
            [(x - 0.02 * s, y - 0.05 * s - 0.09 * s * k), (x - 0.255 * s + 0.006 * k * s, y - 0.07 * s - 0.06 * s * k)],
            (160, 78, 48),
            0.008 * s,
        )


def _pier(p: Poster) -> None:
    p.fade((232, 180, 132), (246, 226, 184))
    w, h = p.w, p.h
    for k, r in enumerate((0.3, 0.24, 0.17)):
        p.oval(w * 0.35, -h * 0.08, r, r, ((240, 196, 144), (244, 186, 116), (232, 112, 66))[k])
    p.rect(-w, -h * 0.02, w, h, (86, 140, 148))
    for k in range(26):
        y = -h * 0.02 + h * (k / 26) ** 1.5
        for q in range(5):
            x = -w + 2 * w * ((k * 0.37 + q * 0.21) % 1)
            p.line(
                [(x, y), (x + 0.03 + 0.1 * k / 26, y)],
                (126, 174, 172) if abs(x - w * 0.35) > 0.18 else (246, 196, 138),
                0.002 + 0.005 * k / 26,
            )
    _boat(p, -w * 0.1, h * 0.06, 0.3)
    _boat(p, w * 0.66, h * 0.16, 0.52)
    _boat(p, -w * 0.42, h * 0.02, 0.18)
    p.poly([(-w, h * 0.42), (w * 0.1, h * 0.3), (w * 0.2, h * 0.34), (-w, h * 0.62)], (146, 102, 72))
    p.poly([(-w, h * 0.62), (w * 0.2, h * 0.34), (w * 0.2, h * 0.4), (-w, h * 0.72)], (104, 70, 52))
    for k in range(9):
        x = -w + (w * 1.15) * k / 8
        y = h * (0.66 - 0.3 * k / 8)
        p.rect(x - 0.014, y, x + 0.014, y + 0.26 - 0.015 * k, (82, 56, 44))
    for k, (x, y) in enumerate(((-0.86, 0.36), (-0.6, 0.33), (-0.38, 0.31))):
        p.poly(
            [(x * w - 0.08, y * h), (x * w + 0.08, y * h), (x * w + 0.06, y * h + 0.09), (x * w - 0.06, y * h + 0.09)],
            (196, 152, 92),
        )
        for q in range(3):
            _fish(
                p,
                x * w - 0.03 + 0.03 * q,
                y * h - 0.012,
                0.1,
                ((136, 152, 158), (214, 140, 96), (120, 140, 150))[(k + q) % 3],
            )
    for x, y in ((-0.5, -0.62), (-0.3, -0.7), (0.05, -0.55), (0.7, -0.66)):
        p.line(
            [
                (x * w - 0.06, y * h - 0.02),
                (x * w - 0.02, y * h - 0.035),
                (x * w, y * h),
                (x * w + 0.02, y * h - 0.035),
                (x * w + 0.06, y * h - 0.02),
            ],
            (60, 62, 70),
            0.007,
        )


def _sea(p: Poster) -> None:
    p.fade((112, 184, 184), (18, 52, 78))
    w, h = p.w, p.h
    glow = p.pixels.copy()
    rays = Poster(p.pixels.shape[1], p.pixels.shape[0], (0, 0, 0))
    for k in range(6):
        x = -w * 0.8 + k * w * 0.32
        rays.poly([(x, -h), (x + 0.07, -h), (x + 0.34, h * 0.7), (x + 0.1, h * 0.7)], (34, 40, 34))
    fall = np.linspace(1, 0, len(glow))[:, None, None]
    soft = cv2.GaussianBlur(rays.pixels, (0, 0), p.unit * 0.012)
    p.pixels[:] = np.clip(glow + soft * fall, 0, 255).astype(np.uint8)
    _boat(p, w * 0.5, -h * 0.86, 0.36)
    p.poly(
        [
            (-w, -h * 0.8),
            *[(-w + 2 * w * t, -h * 0.8 + 0.012 * sin(t * 40)) for t in np.linspace(0, 1, 80)],
            (w, -h * 0.74),
            (-w, -h * 0.74),
        ],
        (150, 206, 200),
    )
    for k in range(14):
        a = k * 2.4
        _fish(
            p,
            -w * 0.35 + 0.3 * cos(a) * (0.4 + 0.05 * k),
            -h * 0.3 + 0.17 * sin(a),
            0.1,
            ((206, 220, 216), (178, 204, 206))[k % 2],
        )
    _fish(p, w * 0.45, -h * 0.1, 0.34, (226, 150, 84), -1)
    _fish(p, w * 0.05, h * 0.24, 0.26, (126, 164, 172))
    _fish(p, -w * 0.66, h * 0.12, 0.22, (216, 190, 112), -1)
    p.poly(
        [
            (-w, h),
            *[(-w + 2 * w * t, h * 0.7 - 0.03 * sin(t * 9) - 0.014 * sin(t * 23)) for t in np.linspace(0, 1, 80)],
            (w, h),
        ],
        SAND,
    )
    p.poly(
        [(-w, h), *[(-w + 2 * w * t, h * 0.82 - 0.02 * sin(t * 11 + 2)) for t in np.linspace(0, 1, 80)], (w, h)],
        _tone(SAND, 0.88),
    )
    for k, x in enumerate((-0.95, -0.86, 0.3, 0.84, 0.93)):
        for q in range(3):
            weed = [
                (x * w + 0.03 * q + 0.022 * sin(t * 9 + k + q), h * 0.8 - t * (0.36 - 0.07 * q))
                for t in np.linspace(0, 1, 24)
            ]
            p.line(weed, ((60, 120, 84), (44, 96, 76), (96, 142, 84))[q], 0.018)
    _crab(p, w * 0.52, h * 0.76, 0.28)
    _shrimp(p, -w * 0.14, h * 0.62, 0.2, (232, 160, 130), -0.6)
    _shrimp(p, w * 0.16, h * 0.66, 0.16, (236, 172, 142), 0.4)
    for k in range(4):
        _clam(p, -w * 0.8 + k * w * 0.14, h * 0.87 + 0.012 * (k % 2), 0.14, ((206, 172, 132), (170, 140, 112))[k % 2])
        p.oval(-w * 0.8 + k * w * 0.14, h * 0.87 + 0.05 + 0.012 * (k % 2), 0.06, 0.018, _tone(SAND, 0.88))
    for k in range(9):
        p.oval(
            w * (0.1 + 0.04 * (k % 3)),
            h * (0.4 - 0.13 * k),
            0.006 + 0.002 * (k % 3),
            0.006 + 0.002 * (k % 3),
            (190, 222, 220),
        )


def _classroom(p: Poster) -> None:
    p.pixels[:] = (236, 224, 198)
    w, h = p.w, p.h
    p.rect(-w, h * 0.5, w, h, (186, 138, 92))
    p.rect(-w, h * 0.48, w, h * 0.52, (132, 92, 62))
    p.rect(-w * 0.62, -h * 0.72, w * 0.62, h * 0.2, (140, 98, 64))
    p.rect(-w * 0.6, -h * 0.69, w * 0.6, h * 0.17, (46, 84, 76))
    for k, (x, colour) in enumerate(((-0.4, (252, 248, 236)), (0.0, (240, 228, 200)), (0.4, (250, 244, 230)))):
        p.rect(x * w - 0.125 * w / 0.66, -h * 0.52, x * w + 0.125 * w / 0.66, h * 0.0, colour)
        p.oval(x * w, -h * 0.52, 0.012, 0.012, RED)
        if k == 0:
            _fish(p, x * w, -h * 0.26, 0.2, (72, 118, 150))
        elif k == 1:
            for q in range(8):
                a = q * pi / 4
                p.oval(x * w + 0.05 * cos(a), -h * 0.26 + 0.05 * sin(a), 0.045, 0.022, (52, 86, 156), a)
            p.oval(x * w, -h * 0.26, 0.026, 0.026, GOLD)
        else:
            _crab(p, x * w, -h * 0.24, 0.2)
    p.rect(w * 0.7, -h * 0.7, w * 0.96, h * 0.1, (250, 246, 236))
    p.rect(w * 0.72, -h * 0.67, w * 0.94, h * 0.07, (152, 204, 214))
    p.line([(w * 0.83, -h * 0.67), (w * 0.83, h * 0.07)], (250, 246, 236), 0.014)
    p.oval(-w * 0.8, -h * 0.45, 0.1, 0.1, (250, 246, 236))
    p.oval(-w * 0.8, -h * 0.45, 0.088, 0.088, (226, 206, 160))
    p.line([(-w * 0.8, -h * 0.45 - 0.06), (-w * 0.8, -h * 0.45), (-w * 0.8 + 0.04, -h * 0.45 + 0.01)], INK, 0.009)
    for k in range(4):
        x = -w * 0.72 + k * w * 0.48
        hair, coat = ((34, 28, 28), (52, 36, 30))[k % 2], (RED, SEA, GOLD, (96, 130, 88))[k]
        p.poly(
            [
                (x - 0.12, h),
                (x - 0.1, h * 0.68),
                (x - 0.05, h * 0.6),
                (x + 0.05, h * 0.6),
                (x + 0.1, h * 0.68),
                (x + 0.12, h),
            ],
            coat,
        )
        p.oval(x, h * 0.46, 0.072, 0.082, hair)
        p.rect(x - 0.02, h * 0.46 + 0.07, x + 0.02, h * 0.46 + 0.1, (226, 178, 144))
        if k % 2:
            p.oval(x - 0.085, h * 0.5, 0.026, 0.05, hair, 0.3)
            p.oval(x + 0.085, h * 0.5, 0.026, 0.05, hair, -0.3)
        p.rect(x - w * 0.19, h * 0.86, x + w * 0.19, h * 0.92, (122, 82, 54))


def _food_chain(p: Poster) -> None:
    p.pixels[:] = PAPER
    w, h = p.w, p.h
    for k in range(4):
        x = -w * 0.735 + k * w * 0.49
        p.oval(x, 0, w * 0.2, w * 0.2, ((196, 216, 190), (240, 214, 190), (196, 218, 222), (244, 226, 180))[k])
        if k < 3:
            a = x + w * 0.215
            p.poly(
                [
                    (a, -0.012),
                    (a + w * 0.035, -0.012),
                    (a + w * 0.035, -0.03),
                    (a + w * 0.065, 0),
                    (a + w * 0.035, 0.03),
                    (a + w * 0.035, 0.012),
                    (a, 0.012),
                ],
                RED,
            )
    s = w * 0.38
    for q in range(5):
        p.line(
            [
                (
                    -w * 0.735 + (q - 2) * s * 0.12 + 0.03 * s * sin(t * 8 + q),
                    s * 0.34 - t * s * (0.72 - 0.1 * abs(q - 2)),
                )
                for t in np.linspace(0, 1, 30)
            ],
            ((64, 124, 84), (96, 146, 84))[q % 2],
            s * 0.055,
        )
    _shrimp(p, -w * 0.245, 0, s * 0.9, (230, 136, 100))
    _fish(p, w * 0.255, 0, s * 0.72, (72, 122, 146))
    x = w * 0.735
    p.line([(x + s * 0.3 * cos(a), s * 0.3 * sin(a)) for a in np.linspace(0, 2 * pi, 26)[::1]], (150, 120, 90), 0.004)
    p.line([(x - s * 0.1, -s * 0.06), (x - s * 0.1, -s * 0.02)], INK, 0.006)
    p.line([(x + s * 0.1, -s * 0.06), (x + s * 0.1, -s * 0.02)], INK, 0.006)
    p.line([(x + s * 0.13 * cos(a), s * 0.06 + s * 0.09 * sin(a)) for a in np.linspace(0.2, pi - 0.2, 14)], INK, 0.006)
    for y in (-h * 0.82, h * 0.82):
        for k in range(40):
            q = -w + 2 * w * (k + 0.5) / 40
            p.line([(q + w * 0.02 * cos(a), y + w * 0.012 * sin(a)) for a in np.linspace(pi, 2 * pi, 10)], SEA, 0.005)


_STEPS = {"pattern-outline": 0, "pattern-ornament": 1, "pattern-coloured": 2}


def _pattern(p: Poster, stage: int) -> None:
    """The same drawing in outline, with its ornaments, and coloured: outlines are the edges of the coloured one."""
    height, width = p.pixels.shape[:2]
    colours = palette("famille-rose", 5)
    sheet = np.empty_like(p.pixels)
    sheet[:] = (248, 242, 228)
    canvas = Canvas(sheet)
    size = p.unit
    band = height * 0.12
    if stage:
        meander(canvas, height * 0.05, band * 0.62, max(6, round(width / (band * 0.62))), SEA)
        waves(canvas, height * 0.83, band, max(5, round(width / band)), colours)
    scroll(canvas, height * 0.2, height * 0.16, max(3, round(width / size * 3)), colours, "lotus")
    for k in range(4):
        x, y = width / 2 + size * (0.17 + 0.075 * k), height * (0.44 + 0.09 * k)
        leaf(canvas, x, y, size * 0.17, 0.7 * k - 1.0, colours, 0.3)
    flower(canvas, width * 0.83, height * 0.6, size * 0.1, colours, "peony")
    if stage:
        for k in range(5):
            canvas.fill(circle(width * (0.72 + 0.05 * k), height * (0.76 - 0.05 * (k % 2)), size * 0.012), RED)
    main = sheet[round(height * 0.365) : round(height * 0.83)]
    main[:, : width // 2] = main[:, ::-1][:, : width // 2]  # both sides alike
    flower(canvas, width / 2, height * 0.52, size * 0.2, colours, "lotus")
    if stage < 2:
        grey = cv2.GaussianBlur(cv2.cvtColor(sheet, cv2.COLOR_RGB2LAB), (0, 0), max(0.8, size / 1100))
        edge = np.zeros((height, width), np.float32)
        for channel in range(3):
            gx, gy = cv2.Scharr(grey[..., channel], cv2.CV_32F, 1, 0), cv2.Scharr(grey[..., channel], cv2.CV_32F, 0, 1)
            edge = np.maximum(edge, cv2.magnitude(gx, gy))
        ink = np.clip(cv2.GaussianBlur(edge, (0, 0), max(0.6, size / 1800)) / 260 - 0.12, 0, 1)[..., None]
        sheet = (np.array((248, 242, 228)) * (1 - ink) + np.array(INK) * ink).astype(np.uint8)
    rim = round(size * 0.03)
    p.pixels[:] = (226, 210, 178)
    p.pixels[rim : height - rim, rim : width - rim] = cv2.resize(
        sheet, (width - 2 * rim, height - 2 * rim), interpolation=cv2.INTER_AREA
    )
    cv2.rectangle(p.pixels, (rim, rim), (width - rim - 1, height - rim - 1), (96, 72, 56), max(1, size // 300))


def _unrolled(p: Poster) -> None:
    height, width = p.pixels.shape[:2]
    p.pixels[:] = (58, 52, 50)
    deep, wide = round(height * 0.8), round(width * 0.9)
    top, left = (height - deep) // 2, (width - wide) // 2
    p.pixels[top : top + deep, left : left + wide] = vessel_pattern(11, "blue-and-white", wide, deep)
    for x in (left, left + wide):
        cv2.line(
            p.pixels, (x, top - height // 30), (x, top + deep + height // 30), GOLD, max(1, height // 300), cv2.LINE_AA
        )


def _vase(p: Poster) -> None:
    height, width = p.pixels.shape[:2]
    p.fade((52, 46, 46), (96, 78, 62))
    noise = fbm(generator(5, "wall"), height // 8 + 2, width // 8 + 2, 5, 3)
    p.pixels[:] = np.clip(p.pixels * (0.9 + 0.2 * cv2.resize(noise, (width, height))[..., None]), 0, 255).astype(
        np.uint8
    )
    p.rect(-p.w, p.h * 0.74, p.w, p.h, (64, 44, 36))
    shape = profile("meiping", 4)
    tall = 0.78 * height
    scale = tall / shape[-1, 1]
    rows = np.arange(round(tall))
    radius = np.interp(rows[::-1], shape[:, 1] * scale, shape[:, 0] * scale)
    most = int(radius.max()) + 2
    x = np.arange(-most, most + 1, dtype=np.float32)[None]
    u = x / radius[:, None].astype(np.float32)
    painted = vessel_pattern(11, "blue-and-white", round(2 * pi * radius.max()), round(tall))
    turn = np.arcsin(np.clip(u, -1, 1)) / (2 * pi) + 0.5
    down = np.broadcast_to(rows[:, None], turn.shape).astype(np.float32)
    seen = cv2.remap(
        painted, (turn * painted.shape[1]).astype(np.float32), down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    ).astype(np.float32)
    light = 0.32 + 0.74 * np.sqrt(np.clip(1 - (u + 0.3) ** 2 / 1.7, 0, 1))
    shine = np.exp(-(((u + 0.42) / 0.07) ** 2)) * 120
    seen = seen * light[..., None] + shine[..., None]
    cover = np.clip((1 - np.abs(u)) * radius[:, None] + 0.5, 0, 1)[..., None]
    top = round(height * 0.1)
    p.oval(0.03, (top + tall) / p.unit - p.h, radius[-1] / p.unit * 1.9, 0.022, (34, 24, 22))
    middle = width // 2
    left, right = max(0, middle - most), min(width, middle + most + 1)
    cut = slice(left - (middle - most), left - (middle - most) + right - left)
    part = p.pixels[top : top + len(rows), left:right]
    part[...] = np.clip(part * (1 - cover[:, cut]) + seen[:, cut] * cover[:, cut], 0, 255).astype(np.uint8)


_DRAW: dict[str, tuple[Callable[[Poster], None], Term, Term]] = {
    "table": (_table, ("北塘家宴", "A table in Beitang"), ("木桌上的魚、蟹、蝦、蛤與一碗米飯。", "Fish, crab, shrimp, clams and a bowl of rice on a wooden table.")),
    "pier": (_pier, ("碼頭清晨", "Morning at the pier"), ("朝陽下的漁船、木棧橋與魚筐。", "Fishing boats, a wooden pier and baskets of fish at sunrise.")),
    "sea": (_sea, ("渤海灣底", "Under the Bohai Bay"), ("從水面到沙底：魚群、蝦、蟹與蛤蜊。", "From the surface to the sand: fish, shrimp, a crab and clams.")),
    "food-chain": (_food_chain, ("一條食物鏈", "A food chain"), ("海藻、蝦、魚與人，由箭頭連成一行。", "Seaweed, shrimp, fish and a person, joined by arrows.")),
    "classroom": (_classroom, ("教室", "The classroom"), ("黑板上貼著三張畫，四個孩子坐在桌前。", "Three drawings on the board, four children at their desks.")),
    "vase": (_vase, ("青花梅瓶", "A blue-and-white vase"), ("燈下的青花梅瓶，花紋分成幾層。", "A blue-and-white vase under a lamp, its pattern in bands.")),
    "pattern-unrolled": (_unrolled, ("展開的瓶身", "The vase unrolled"), ("瓶身花紋攤平成一張長方形的畫。", "The vase's pattern laid flat as a rectangle.")),
    "pattern-outline": (lambda p: _pattern(p, 0), ("裝飾畫：起稿", "Decorative painting: outlines"), ("只有輪廓線的花與葉。", "Flowers and leaves in outline only.")),
    "pattern-ornament": (lambda p: _pattern(p, 1), ("裝飾畫：花紋", "Decorative painting: patterns"), ("添上回紋、水波與小花的線稿。", "The outlines with meanders, waves and small flowers.")),
    "pattern-coloured": (lambda p: _pattern(p, 2), ("裝飾畫：填色", "Decorative painting: coloured"), ("填滿顏色的裝飾畫，正中一朵大蓮花。", "The painting in full colour, a great lotus in its middle.")),
}  # fmt: skip


def activity_pictures() -> list[str]:
    """The keys of all sheets."""
    return list(_DRAW)


def activity_picture_texts(key: str) -> dict[str, Texts]:
    """Title, caption and alternative text of a sheet. Raises KeyError for an unknown one."""
    _, title, words = _DRAW[key]
    return {"title": say(*title), "caption": sentences(words, COMPUTED), "alt": say(*words)}


def draw_activity_picture(key: str, width: int = 2000, height: int = 1500) -> Pixels:
    """Draw a sheet at any size and shape: (height, width, 3) RGB. Raises KeyError for an unknown key."""
    poster = Poster(width, height, PAPER)
    _DRAW[key][0](poster)
    return poster.pixels
