"""What the sheets of the sea and of its food show."""

from __future__ import annotations

from math import cos, pi, sin

import cv2
import numpy as np

from museum.demo.art.brush import generator
from museum.demo.records.activity_creatures import clam, crab, fish, shrimp
from museum.demo.records.activity_poster import GOLD, INK, PAPER, RED, SAND, SEA, Poster, tone


def _plate(p: Poster, x: float, y: float, r: float) -> None:
    p.oval(x + 0.008, y + 0.022, r, r * 0.84, (120, 62, 42))
    p.oval(x, y, r, r * 0.84, (246, 242, 232))
    p.oval(x, y, r * 0.9, r * 0.75, (62, 96, 156))
    p.oval(x, y, r * 0.87, r * 0.72, (250, 247, 240))
    for k in range(24):
        a = k * pi / 12
        p.oval(x + r * 0.95 * cos(a), y + r * 0.795 * sin(a), r * 0.022, r * 0.018, (62, 96, 156))


def table(p: Poster) -> None:
    """A laid table."""
    p.fade((176, 102, 66), (148, 78, 50))
    for k in range(-8, 9):
        p.line([(-p.w, k * 0.13), (p.w, k * 0.13 + 0.01)], (138, 72, 46), 0.004)
    w, h = p.w, p.h
    _plate(p, -w * 0.58, -h * 0.42, 0.23)
    fish(p, -w * 0.58, -h * 0.42, 0.31, (150, 152, 146))
    for k in range(3):
        p.line(
            [(-w * 0.58 + 0.05 * k - 0.06, -h * 0.42 - 0.05), (-w * 0.58 + 0.05 * k - 0.02, -h * 0.42 + 0.03)],
            (96, 148, 82),
            0.012,
        )
    _plate(p, w * 0.6, -h * 0.44, 0.22)
    for k in range(4):
        a = k * pi / 2 + 0.4
        shrimp(p, w * 0.6 + 0.085 * cos(a), -h * 0.44 + 0.07 * sin(a), 0.16, (230, 122, 84), a)
    _plate(p, w * 0.01, -h * 0.1, 0.25)
    crab(p, w * 0.01, -h * 0.1 + 0.03, 0.34)
    _plate(p, -w * 0.56, h * 0.46, 0.21)
    for k in range(7):
        clam(
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


def pier(p: Poster) -> None:
    """A pier in the morning."""
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
            fish(
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


def sea(p: Poster) -> None:
    """The sea from its surface to the sand."""
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
        fish(
            p,
            -w * 0.35 + 0.3 * cos(a) * (0.4 + 0.05 * k),
            -h * 0.3 + 0.17 * sin(a),
            0.1,
            ((206, 220, 216), (178, 204, 206))[k % 2],
        )
    fish(p, w * 0.45, -h * 0.1, 0.34, (226, 150, 84), -1)
    fish(p, w * 0.05, h * 0.24, 0.26, (126, 164, 172))
    fish(p, -w * 0.66, h * 0.12, 0.22, (216, 190, 112), -1)
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
        tone(SAND, 0.88),
    )
    for k, x in enumerate((-0.95, -0.86, 0.3, 0.84, 0.93)):
        for q in range(3):
            weed = [
                (x * w + 0.03 * q + 0.022 * sin(t * 9 + k + q), h * 0.8 - t * (0.36 - 0.07 * q))
                for t in np.linspace(0, 1, 24)
            ]
            p.line(weed, ((60, 120, 84), (44, 96, 76), (96, 142, 84))[q], 0.018)
    crab(p, w * 0.52, h * 0.76, 0.28)
    shrimp(p, -w * 0.14, h * 0.62, 0.2, (232, 160, 130), -0.6)
    shrimp(p, w * 0.16, h * 0.66, 0.16, (236, 172, 142), 0.4)
    for k in range(4):
        clam(p, -w * 0.8 + k * w * 0.14, h * 0.87 + 0.012 * (k % 2), 0.14, ((206, 172, 132), (170, 140, 112))[k % 2])
        p.oval(-w * 0.8 + k * w * 0.14, h * 0.87 + 0.05 + 0.012 * (k % 2), 0.06, 0.018, tone(SAND, 0.88))
    for k in range(9):
        p.oval(
            w * (0.1 + 0.04 * (k % 3)),
            h * (0.4 - 0.13 * k),
            0.006 + 0.002 * (k % 3),
            0.006 + 0.002 * (k % 3),
            (190, 222, 220),
        )


def classroom(p: Poster) -> None:
    """A classroom."""
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
            fish(p, x * w, -h * 0.26, 0.2, (72, 118, 150))
        elif k == 1:
            for q in range(8):
                a = q * pi / 4
                p.oval(x * w + 0.05 * cos(a), -h * 0.26 + 0.05 * sin(a), 0.045, 0.022, (52, 86, 156), a)
            p.oval(x * w, -h * 0.26, 0.026, 0.026, GOLD)
        else:
            crab(p, x * w, -h * 0.24, 0.2)
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


def food_chain(p: Poster) -> None:
    """A food chain."""
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
    shrimp(p, -w * 0.245, 0, s * 0.9, (230, 136, 100))
    fish(p, w * 0.255, 0, s * 0.72, (72, 122, 146))
    x = w * 0.735
    p.line([(x + s * 0.3 * cos(a), s * 0.3 * sin(a)) for a in np.linspace(0, 2 * pi, 26)[::1]], (150, 120, 90), 0.004)
    p.line([(x - s * 0.1, -s * 0.06), (x - s * 0.1, -s * 0.02)], INK, 0.006)
    p.line([(x + s * 0.1, -s * 0.06), (x + s * 0.1, -s * 0.02)], INK, 0.006)
    p.line([(x + s * 0.13 * cos(a), s * 0.06 + s * 0.09 * sin(a)) for a in np.linspace(0.2, pi - 0.2, 14)], INK, 0.006)
    for y in (-h * 0.82, h * 0.82):
        for k in range(40):
            q = -w + 2 * w * (k + 0.5) / 40
            p.line([(q + w * 0.02 * cos(a), y + w * 0.012 * sin(a)) for a in np.linspace(pi, 2 * pi, 10)], SEA, 0.005)
