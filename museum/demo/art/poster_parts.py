"""What posters advertise: ships, trains, tins and the city's skyline."""

import numpy as np

from museum.demo.art import ornament
from museum.demo.art.brush import Colour
from museum.demo.art.ornament import Canvas, Palette


def mix(a: Colour, b: Colour, t: float) -> Colour:
    """The colour between `a` and `b`."""
    return (int(a[0] + (b[0] - a[0]) * t), int(a[1] + (b[1] - a[1]) * t), int(a[2] + (b[2] - a[2]) * t))


def ship(canvas: Canvas, x: float, y: float, s: float, deep: Colour, light: Colour, accent: Colour) -> None:
    """A steamer on the line y, about three s long."""
    hull = ornament.curve(
        np.array(
            [
                [-1.5, -0.34],
                [-1.4, 0.1],
                [-0.4, 0.2],
                [1.1, 0.2],
                [1.4, -0.2],
                [1.55, -0.42],
                [0.8, -0.3],
                [-0.9, -0.28],
                [-1.5, -0.34],
            ]
        ),
        5,
    ) * s + (x, y)
    canvas.shape(hull, deep, deep, 2)
    canvas.fill(np.array([[-1.42, 0.06], [1.2, 0.08], [1.12, 0.2], [-1.1, 0.2]]) * s + (x, y), accent)
    for k, (a, b) in enumerate(((-0.95, 0.95), (-0.75, 0.7), (-0.5, 0.4))):
        box = np.array([[a, -0.28 - 0.2 * k], [b, -0.28 - 0.2 * k], [b, -0.48 - 0.2 * k], [a, -0.48 - 0.2 * k]]) * s + (
            x,
            y,
        )
        canvas.shape(box, light, deep, 2)
        for port in np.linspace(a + 0.08, b - 0.08, 16 - 3 * k):
            canvas.disc(x + port * s, y - (0.38 + 0.2 * k) * s, s * 0.025, deep)
    for k in (-0.4, -0.02, 0.34):
        funnel = np.array([[-0.1, 0], [0.1, 0], [0.06, -0.62], [-0.13, -0.62]]) * s + (x + k * s, y - 0.84 * s)
        canvas.shape(funnel, accent, deep, 2)
        canvas.fill(
            np.array([[-0.118, -0.42], [0.076, -0.42], [0.06, -0.62], [-0.13, -0.62]]) * s + (x + k * s, y - 0.84 * s),
            deep,
        )
        for puff in range(9):
            canvas.disc(
                x + (k - 0.08 - puff * 0.17) * s,
                y - (1.52 + puff * 0.07 + 0.05 * (puff % 2)) * s,
                s * (0.09 + puff * 0.022),
                mix(light, deep, 0.25 + 0.05 * (puff % 3)),
            )
    for mast in (-1.1, 1.05):
        canvas.line(np.array([[mast, -0.3], [mast, -1.9]]) * s + (x, y), deep, max(2, s * 0.02))
        for tip in (-0.7, 0.7):
            canvas.line(np.array([[mast, -1.85], [tip, -0.68]]) * s + (x, y), deep, 1)


def train(canvas: Canvas, x: float, y: float, s: float, deep: Colour, light: Colour, accent: Colour) -> None:
    """A train that comes out of the picture at (x, y)."""
    for k in range(3):
        back = 0.9 + k * 1.02
        canvas.shape(
            np.array([[back, -0.95], [back + 0.96, -0.95], [back + 0.96, -0.2], [back, -0.2]]) * s + (x, y),
            accent,
            deep,
            2,
        )
        canvas.shape(
            np.array([[back - 0.02, -1.02], [back + 0.98, -1.02], [back + 0.98, -0.93], [back - 0.02, -0.93]]) * s
            + (x, y),
            deep,
            deep,
            2,
        )
        for pane in range(5):
            canvas.shape(
                np.array([[0.08, -0.8], [0.2, -0.8], [0.2, -0.52], [0.08, -0.52]]) * s
                + (x + (back + pane * 0.172) * s, y),
                light,
                deep,
                2,
            )
    canvas.shape(np.array([[-1.3, -0.82], [0.3, -0.82], [0.3, -0.3], [-1.3, -0.3]]) * s + (x, y), deep, deep, 2)
    canvas.shape(np.array([[0.25, -1.15], [0.86, -1.15], [0.86, -0.25], [0.25, -0.25]]) * s + (x, y), accent, deep, 3)
    canvas.shape(np.array([[0.36, -1.02], [0.72, -1.02], [0.72, -0.72], [0.36, -0.72]]) * s + (x, y), light, deep, 2)
    canvas.shape(np.array([[-1.15, -0.8], [-1.2, -1.28], [-0.86, -1.28], [-0.92, -0.8]]) * s + (x, y), deep, deep, 2)
    for dome in (-0.62, -0.2):
        canvas.disc(x + dome * s, y - 0.84 * s, s * 0.12, accent)
    for band in (-1.0, -0.7, -0.4, -0.1):
        canvas.line(np.array([[band, -0.82], [band, -0.3]]) * s + (x, y), light, max(1, s * 0.015))
    canvas.fill(np.array([[-1.3, -0.3], [-1.75, 0.06], [-1.2, 0.06]]) * s + (x, y), accent)
    canvas.disc(x - 1.3 * s, y - 0.72 * s, s * 0.11, light)
    for wheel, r in (
        (-1.05, 0.16),
        (-0.62, 0.24),
        (-0.1, 0.24),
        (0.42, 0.24),
        (1.1, 0.15),
        (1.65, 0.15),
        (2.1, 0.15),
        (2.7, 0.15),
        (3.2, 0.15),
        (3.7, 0.15),
    ):
        for part, colour in ((1.0, deep), (0.8, accent), (0.7, deep), (0.18, light)):
            canvas.disc(x + wheel * s, y + (0.06 - r + 0.12) * s, s * r * part, colour)
        for k in range(6):
            turn = k * np.pi / 3 + wheel
            canvas.line(
                np.array([[0, 0], [np.cos(turn) * r * 0.75, np.sin(turn) * r * 0.75]]) * s
                + (x + wheel * s, y + (0.18 - r) * s),
                accent,
                max(1, s * 0.016),
            )
    for puff in range(14):
        canvas.disc(
            x + (-1.0 + puff * 0.3) * s,
            y - (1.5 + 0.34 * np.sqrt(puff) + 0.07 * (puff % 3)) * s,
            s * (0.14 + 0.026 * puff),
            mix(light, deep, 0.08 + 0.06 * (puff % 4)),
        )
    canvas.line(np.array([[-4, 0.2], [6, 0.2]]) * s + (x, y), deep, max(2, s * 0.05))


def tin(
    canvas: Canvas, x: float, y: float, s: float, deep: Colour, light: Colour, accent: Colour, warm: Colour
) -> None:
    """The advertised thing itself: a labelled bottle between two flowers."""
    half = ornament.curve(
        np.array(
            [[0.13, -2.0], [0.13, -1.55], [0.2, -1.35], [0.46, -1.1], [0.5, -0.8], [0.5, 0.2], [0.44, 0.3], [0, 0.32]]
        ),
        8,
    )
    body = np.vstack((half, (half * (-1, 1))[::-1])) * s + (x, y)
    canvas.shape(body, warm, deep, max(2, s * 0.02))
    canvas.fill(
        np.array([[-0.36, -0.95], [-0.24, -1.05], [-0.24, 0.22], [-0.36, 0.18]]) * s + (x, y), mix(warm, light, 0.6)
    )
    canvas.shape(np.array([[-0.16, -2.16], [0.16, -2.16], [0.16, -1.86], [-0.16, -1.86]]) * s + (x, y), accent, deep, 2)
    canvas.shape(
        np.array([[-0.5, -0.72], [0.5, -0.72], [0.5, 0.05], [-0.5, 0.05]]) * s + (x, y), light, deep, max(2, s * 0.016)
    )
    canvas.line(
        np.array([[-0.45, -0.67], [0.45, -0.67], [0.45, 0.0], [-0.45, 0.0]]) * s + (x, y),
        accent,
        max(1, s * 0.014),
        closed=True,
    )
    flowers = Palette(light, deep, warm, light, mix(deep, (60, 140, 90), 0.6), accent, warm)
    for side in (-1, 1):
        for k in range(6):
            ornament.leaf(
                canvas,
                x + side * s * (0.75 + 0.12 * k),
                y - s * 0.1,
                s * 0.5,
                side * (0.2 + 0.42 * k) - side * 0.8,
                flowers,
                0.25 * side,
            )
        ornament.flower(canvas, x + side * s * 1.02, y - s * 0.25, s * 0.46, flowers, "peony")
        ornament.flower(canvas, x + side * s * 0.74, y + s * 0.14, s * 0.28, flowers, "chrysanthemum")


def city(canvas: Canvas, rng: np.random.Generator, y: float, s: float, tone: Colour, light: Colour) -> None:
    """The waterfront: banks with columns and domes, chimneys, a clock tower."""
    x = -s * 0.1
    while x < canvas.width:
        w, h = s * rng.uniform(0.1, 0.26), s * rng.uniform(0.14, 0.4)
        canvas.fill(np.array([[x, y], [x, y - h], [x + w, y - h], [x + w, y]]), tone)
        kind = int(rng.integers(4))
        if kind == 0:
            canvas.fill(ornament.circle(0, 0, 1, 40)[20:] * (w * 0.32, w * 0.4) + (x + w / 2, y - h), tone)
            canvas.line(np.array([[x + w / 2, y - h], [x + w / 2, y - h - w * 0.6]]), tone, 3)
        elif kind == 1:
            canvas.fill(np.array([[x - w * 0.05, y - h], [x + w / 2, y - h - w * 0.3], [x + w * 1.05, y - h]]), tone)
        elif kind == 2:
            canvas.fill(
                np.array(
                    [
                        [x + w * 0.35, y - h],
                        [x + w * 0.35, y - h * 1.5],
                        [x + w * 0.5, y - h * 1.8],
                        [x + w * 0.65, y - h * 1.5],
                        [x + w * 0.65, y - h],
                    ]
                ),
                tone,
            )
        for i in range(int(w / (s * 0.026)) - 1):
            for j in range(int(h / (s * 0.045)) - 1):
                a, b = x + (i + 0.75) * s * 0.026, y - h + (j + 0.7) * s * 0.045
                canvas.fill(
                    np.array([[a, b], [a + s * 0.011, b], [a + s * 0.011, b + s * 0.022], [a, b + s * 0.022]]), light
                )
        x += w * rng.uniform(0.95, 1.15)
