"""Fish, crab, shrimp and clam, as the activity sheets draw them."""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np

from museum.demo.records.activity_poster import INK, RED, Colour, Poster, p_under, tone


def fish(p: Poster, x: float, y: float, size: float, colour: Colour, flip: int = 1) -> None:
    """A fish that looks to the right, or with `flip` -1 to the left."""

    def at(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x + flip * a * size, y + b * size) for a, b in points]

    body = [(0.5 * cos(a), 0.19 * sin(a) * (1 - 0.25 * cos(a))) for a in np.linspace(0, 2 * pi, 60)]
    p.poly(at([(-0.42, 0), (-0.72, -0.2), (-0.64, 0), (-0.72, 0.2)]), tone(colour, 0.72))
    p.poly(at([(-0.12, -0.18), (0.12, -0.32), (0.24, -0.16)]), tone(colour, 0.72))
    p.poly(at([(-0.02, 0.16), (0.06, 0.29), (0.17, 0.16)]), tone(colour, 0.72))
    p.poly(at(body), colour)
    p.poly(at([(a, abs(b)) for a, b in body]), tone(colour, 1.22))
    for k in range(4):
        for q in range(3):
            a, b = -0.28 + 0.12 * k, -0.08 + 0.08 * q
            p.line(
                at([(a + 0.04 * cos(t), b + 0.045 * sin(t)) for t in np.linspace(pi / 2, 3 * pi / 2, 9)]),
                tone(colour, 0.74),
                0.006 * size + 0.0012,
            )
    p.line(
        at([(0.27 - 0.05 * sin(t), 0.14 * cos(t)) for t in np.linspace(0, pi, 12)]),
        tone(colour, 0.6),
        0.012 * size + 0.001,
    )
    p.oval(x + flip * 0.37 * size, y - 0.045 * size, 0.04 * size, 0.04 * size, (250, 246, 234))
    p.oval(x + flip * 0.376 * size, y - 0.043 * size, 0.021 * size, 0.021 * size, INK)


def crab(p: Poster, x: float, y: float, size: float, colour: Colour = RED) -> None:
    """A crab from above."""
    for side in (-1, 1):
        for k in range(4):
            a = 0.1 + 0.22 * k
            p.line(
                [
                    (x + side * 0.2 * size, y + 0.05 * size),
                    (x + side * (0.44 - 0.02 * k) * size, y + (a - 0.3) * size),
                    (x + side * (0.52 - 0.04 * k) * size, y + a * size * 0.8),
                ],
                tone(colour, 0.76),
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
            tone(colour, 0.8),
            0.02 * size,
        )
        p.oval(x + side * 0.09 * size, y - 0.31 * size, 0.032 * size, 0.032 * size, INK)
    p.oval(x, y, 0.33 * size, 0.22 * size, colour)
    p.oval(x, y - 0.04 * size, 0.27 * size, 0.14 * size, tone(colour, 1.18))
    for k in (-1, 0, 1):
        p.oval(x + k * 0.1 * size, y - 0.03 * size, 0.022 * size, 0.022 * size, tone(colour, 0.8))


def shrimp(p: Poster, x: float, y: float, size: float, colour: Colour, turn: float = 0.0) -> None:
    """A shrimp, bent."""
    for k in range(7):
        a = turn + 0.2 + k * 0.42
        r = 0.26 * size
        p.oval(
            x + r * cos(a),
            y + r * sin(a),
            (0.115 - 0.01 * k) * size,
            (0.085 - 0.006 * k) * size,
            tone(colour, 1.12 if k % 2 else 0.94),
            a,
        )
    a = turn + 3.2
    p.poly(
        [
            (x + 0.26 * size * cos(a), y + 0.26 * size * sin(a)),
            (x + 0.42 * size * cos(a + 0.35), y + 0.42 * size * sin(a + 0.35)),
            (x + 0.2 * size * cos(a + 0.6), y + 0.2 * size * sin(a + 0.6)),
        ],
        tone(colour, 0.8),
    )
    for k in (-1, 1):
        p.line(
            [
                (x + 0.3 * size * cos(turn), y + 0.3 * size * sin(turn)),
                (x + 0.5 * size * cos(turn - 0.5), y + 0.5 * size * sin(turn - 0.5)),
                (x + 0.56 * size * cos(turn - 1 + 0.16 * k), y + 0.56 * size * sin(turn - 1 + 0.16 * k)),
            ],
            tone(colour, 0.75),
            0.009 * size,
        )
    p.oval(x + 0.28 * size * cos(turn + 0.08), y + 0.28 * size * sin(turn + 0.08), 0.02 * size, 0.02 * size, INK)


def clam(p: Poster, x: float, y: float, size: float, colour: Colour) -> None:
    """A clam, closed."""
    p.oval(x, y, 0.3 * size, 0.24 * size, tone(colour, 0.74), 0, (0, 2 * pi))
    p.oval(x, y - 0.03 * size, 0.3 * size, 0.22 * size, colour)
    for k in range(1, 5):
        r = k / 5
        p.line(
            [
                (x + 0.3 * r * size * cos(a), y + 0.18 * size - 0.36 * r * size * sin(a))
                for a in np.linspace(0.35, pi - 0.35, 16)
            ],
            tone(colour, 0.8),
            0.012 * size,
        )
