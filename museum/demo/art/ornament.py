# ruff: noqa: RUF005 (offsets are added to arrays here, nothing is joined)
"""Chinese ornament as polygons on a canvas: flowers, scrolls, clouds, waves, frets and borders.

All motifs are drawn from simple curves, so that they stay sharp at every size. A canvas may be seamless: what leaves it
at the left comes back at the right, as it must around a vessel.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Colour = tuple[int, int, int]
_SHIFT = 4


@dataclass(frozen=True)
class Palette:
    """Colours (RGB) by their part in a pattern."""

    ground: Colour
    outline: Colour
    wash: Colour
    light: Colour
    leaf: Colour
    accent: Colour
    gold: Colour


@dataclass(frozen=True)
class Canvas:
    """Pixels (H, W, 3) uint8 to draw on, in pixel coordinates; `seamless` joins the left and the right edge."""

    pixels: NDArray[np.uint8]
    seamless: bool = False

    @property
    def width(self) -> int:
        return self.pixels.shape[1]

    @property
    def height(self) -> int:
        return self.pixels.shape[0]

    def _shifts(self, points: Points) -> list[float]:
        if not self.seamless:
            return [0.0]
        low, high = float(points[:, 0].min()) - 4, float(points[:, 0].max()) + 4
        shifts = [0.0]
        if low < 0:
            shifts.append(float(self.width))
        if high > self.width:
            shifts.append(-float(self.width))
        return shifts

    def fill(self, points: Points, colour: Colour) -> None:
        """Fill a polygon (n, 2)."""
        for shift in self._shifts(points):
            moved = np.rint((points + (shift, 0)) * (1 << _SHIFT)).astype(np.int32)
            cv2.fillPoly(self.pixels, [moved], colour, cv2.LINE_AA, _SHIFT)

    def line(self, points: Points, colour: Colour, thickness: float = 1, closed: bool = False) -> None:
        """Draw a polyline (n, 2)."""
        for shift in self._shifts(points):
            moved = np.rint((points + (shift, 0)) * (1 << _SHIFT)).astype(np.int32)
            cv2.polylines(self.pixels, [moved], closed, colour, max(1, round(thickness)), cv2.LINE_AA, _SHIFT)

    def shape(self, points: Points, colour: Colour, outline: Colour, thickness: float = 1) -> None:
        """Fill a polygon and draw its outline."""
        self.fill(points, colour)
        self.line(points, outline, thickness, closed=True)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Fill a circle."""
        self.fill(circle(x, y, radius), colour)


def place(points: Points, x: float, y: float, scale: float, angle: float = 0.0, flip: bool = False) -> Points:
    """Points scaled, turned by `angle` (radians) and moved; `flip` mirrors them first."""
    c, s = np.cos(angle) * scale, np.sin(angle) * scale
    sign = -1.0 if flip else 1.0
    return np.column_stack(
        (points[:, 0] * sign * c - points[:, 1] * s + x, points[:, 0] * sign * s + points[:, 1] * c + y)
    )


def circle(x: float, y: float, radius: float, n: int = 28) -> Points:
    """Points of a circle."""
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    return np.column_stack((x + radius * np.cos(t), y + radius * np.sin(t)))


def curve(points: Points, n: int = 12) -> Points:
    """Catmull–Rom curve through points (k, 2), with n points for each piece."""
    padded = np.vstack((2 * points[0] - points[1], points, 2 * points[-1] - points[-2]))
    t = np.linspace(0, 1, n, endpoint=False)[None, :, None]
    a, b, c, d = (padded[i : len(padded) - 3 + i, None, :] for i in range(4))
    smooth = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
    return np.vstack((smooth.reshape(-1, 2), points[-1:]))


def ribbon(points: Points, widths: NDArray[np.float64]) -> Points:
    """The polygon of a line (n, 2) that is `widths` (n) wide."""
    step = np.gradient(points, axis=0)
    step /= np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-6)[:, None]
    normal = np.column_stack((-step[:, 1], step[:, 0])) * (widths / 2)[:, None]
    return np.vstack((points + normal, (points - normal)[::-1]))


def petal(width: float = 0.5, tip: float = 0.6) -> Points:
    """A pointed petal from (0, 0) to (0, -1)."""
    t = np.linspace(0, 1, 12)
    half = width * np.sin(np.pi * t**tip) * (1 - 0.25 * t)
    return np.vstack((np.column_stack((half, -t)), np.column_stack((-half, -t))[::-1]))


def spiral(turns: float = 1.5, n: int = 30, start: float = 1.0, end: float = 0.12) -> Points:
    """A spiral from radius `start`, at the angle 0, inwards."""
    t = np.linspace(0, 1, n)
    radius = start + (end - start) * t
    return np.column_stack((radius * np.cos(2 * np.pi * turns * t), radius * np.sin(2 * np.pi * turns * t)))


def flower(canvas: Canvas, x: float, y: float, size: float, palette: Palette, kind: str, angle: float = 0.0) -> None:
    """A blossom seen from the front: lotus, peony, chrysanthemum, prunus or rosette."""
    line = max(1.0, size * 0.035)
    rings: tuple[tuple[int, float, float, Colour], ...] = {
        "lotus": ((9, 1.0, 0.22, palette.wash), (8, 0.76, 0.22, palette.light), (6, 0.5, 0.2, palette.accent)),
        "peony": ((9, 1.0, 0.38, palette.accent), (8, 0.78, 0.34, palette.light), (6, 0.52, 0.28, palette.accent)),
        "chrysanthemum": (
            (22, 1.0, 0.11, palette.accent),
            (18, 0.74, 0.11, palette.light),
            (12, 0.48, 0.11, palette.accent),
        ),
        "prunus": ((5, 0.95, 0.44, palette.light),),
        "rosette": ((8, 1.0, 0.3, palette.wash), (8, 0.6, 0.2, palette.light)),
    }[kind]
    for ring, (count, radius, width, colour) in enumerate(rings):
        shape = petal(width, 1.9 if kind in ("prunus", "peony") else 1.0)
        vein = np.array([[0.0, -0.25], [0.0, -0.72]])
        for k in range(count):
            turn = angle + 2 * np.pi * (k + 0.5 * (ring % 2)) / count
            canvas.shape(place(shape, x, y, radius * size, turn), colour, palette.outline, line)
            if size > 14:
                canvas.line(
                    place(vein, x, y, radius * size, turn), palette.wash if colour != palette.wash else palette.outline
                )
    canvas.disc(x, y, size * 0.2, palette.gold)
    canvas.line(circle(x, y, size * 0.2), palette.outline, line, closed=True)
    if size > 10:
        for k in range(7):
            turn = angle + 2 * np.pi * k / 7
            canvas.disc(
                x + np.cos(turn) * size * 0.11, y + np.sin(turn) * size * 0.11, max(0.8, size * 0.025), palette.outline
            )


def leaf(canvas: Canvas, x: float, y: float, size: float, angle: float, palette: Palette, bend: float = 0.3) -> None:
    """A curved leaf with its veins, growing from (x, y) towards `angle`."""
    t = np.linspace(0, 1, 11)
    spine = np.column_stack((bend * np.sin(np.pi * t * 0.9) ** 1.0 * t, -t))
    shape = ribbon(spine, 0.46 * np.sin(np.pi * t**0.8))
    canvas.shape(place(shape, x, y, size, angle), palette.leaf, palette.outline, max(1.0, size * 0.03))
    if size > 12:
        canvas.line(place(spine, x, y, size, angle), palette.outline)
        for k in (3, 5, 7):
            for side in (-1, 1):
                rib = np.vstack((spine[k], spine[k] + (side * 0.16, -0.13)))
                canvas.line(place(rib, x, y, size, angle), palette.outline)


def scroll(canvas: Canvas, y: float, height: float, waves: int, palette: Palette, kind: str) -> None:
    """A winding stem around the vessel with a blossom in each bend, leaves and tendrils."""
    width = canvas.width
    t = np.linspace(0, waves * 2 * np.pi, waves * 40 + 1)
    x = t / t[-1] * width
    amplitude = height * 0.3
    stem = np.column_stack((x, y + amplitude * np.sin(t)))
    thick = max(1.5, height * 0.028)
    canvas.line(stem, palette.outline, thick + 2)
    canvas.line(stem, palette.leaf, max(1.0, thick - 1))
    tendril = spiral(1.4, 26)
    for k in range(waves * 2):
        up = k % 2 == 0  # the stem runs below the blossom in the even bends
        cx = (k + 0.5) * width / (waves * 2)
        cy = y - height * 0.12 if up else y + height * 0.12
        sign = 1.0 if up else -1.0
        half = width / (waves * 4)
        for side in (-1, 1):
            root_x = cx + side * half * 0.95
            canvas.line(
                place(
                    tendril,
                    root_x + side * half * 0.05,
                    y - sign * height * 0.27,
                    height * 0.09,
                    np.pi / 2 * sign,
                    side > 0,
                ),
                palette.outline,
                thick * 0.7,
            )
            for j, (reach, lift) in enumerate(((0.62, 0.32), (0.9, 0.05), (0.45, 0.42))):
                leaf(
                    canvas,
                    cx + side * half * reach,
                    cy + sign * height * lift * 0.9,
                    height * (0.17 - 0.02 * j),
                    side * (0.7 + 0.5 * j) + (np.pi if not up else 0),
                    palette,
                    0.35 * side,
                )
        size = min(height * 0.25, half * 0.62)
        flower(canvas, cx, cy, size, palette, kind, 0.0 if up else np.pi)


def meander(canvas: Canvas, y: float, height: float, count: int, colour: Colour) -> None:
    """A border of square spirals (回紋)."""
    cell = canvas.width / count
    fret = np.array([[0, 1], [0, 0], [0.8, 0], [0.8, 0.76], [0.25, 0.76], [0.25, 0.32], [0.53, 0.32], [0.53, 0.52]])
    for k in range(count):
        points = fret * (cell, height) + (k * cell + cell * 0.1, y)
        canvas.line(points, colour, max(1.0, min(cell, height) * 0.1))


def ruyi(canvas: Canvas, y: float, height: float, count: int, palette: Palette, down: bool = True) -> None:
    """A border of hanging (or standing) ruyi heads (如意雲頭)."""
    cell = canvas.width / count
    half = curve(
        np.array(
            [[0, 1.0], [0.12, 0.82], [0.34, 0.86], [0.48, 0.62], [0.4, 0.4], [0.22, 0.42], [0.26, 0.2], [0.5, 0.0]]
        ),
        5,
    )
    head = np.vstack((half, (half * (-1, 1))[::-1]))
    for k in range(count):
        for scale, colour in ((1.0, palette.wash), (0.72, palette.light), (0.4, palette.accent)):
            points = head * (cell * 0.98 * scale, height * scale)
            if not down:
                points = points * (1, -1) + (0, height)
            points = points + ((k + 0.5) * cell, y)
            canvas.shape(points, colour, palette.outline, max(1.0, height * 0.02))


def panels(canvas: Canvas, y: float, height: float, count: int, palette: Palette, pointed: bool = False) -> None:
    """A border of lotus panels (蓮瓣紋), or of banana leaves (蕉葉紋) when `pointed`."""
    cell = canvas.width / count
    if pointed:
        half = curve(np.array([[0.47, 1.0], [0.44, 0.72], [0.3, 0.34], [0.0, 0.0]]), 6)
    else:
        half = curve(np.array([[0.46, 1.0], [0.46, 0.4], [0.4, 0.14], [0.2, 0.05], [0.0, 0.0]]), 6)
    outline = np.vstack((half, (half * (-1, 1))[::-1]))
    for k in range(count):
        x = (k + 0.5) * cell
        for scale, colour in ((1.0, palette.ground), (0.8, palette.wash), (0.6, palette.light)):
            points = np.column_stack((outline[:, 0] * cell * scale, 1 - (1 - outline[:, 1]) * scale)) * (1, height) + (
                x,
                y,
            )
            canvas.shape(points, colour, palette.outline, max(1.0, height * 0.015))
        if pointed:
            canvas.line(np.array([[x, y + height * 0.3], [x, y + height]]), palette.outline, max(1.0, cell * 0.03))
            for j in range(5):
                base = y + height * (0.5 + j * 0.1)
                for side in (-1, 1):
                    canvas.line(np.array([[x, base], [x + side * cell * 0.22, base - height * 0.09]]), palette.outline)
        else:
            canvas.line(
                place(spiral(1.2, 20), x, y + height * 0.66, cell * 0.2), palette.outline, max(1.0, cell * 0.04)
            )
            canvas.disc(x, y + height * 0.36, cell * 0.07, palette.accent)


def waves(canvas: Canvas, y: float, height: float, count: int, palette: Palette) -> None:
    """Sea waves of nested arcs, row over row (海水紋)."""
    cell = canvas.width / count
    rows = max(2, round(height / (cell * 0.36)))
    arc = np.column_stack((np.cos(np.linspace(np.pi, 2 * np.pi, 16)), np.sin(np.linspace(np.pi, 2 * np.pi, 16))))
    for row in range(rows):
        base = y + height * (row + 1.2) / rows
        for k in range(count + 1):
            x = (k + 0.5 * (row % 2)) * cell
            for radius, colour in (
                (0.52, palette.wash),
                (0.42, palette.light),
                (0.3, palette.wash),
                (0.16, palette.light),
            ):
                canvas.shape(arc * (cell * radius, cell * radius) + (x, base), colour, palette.outline, 1)


def cloud(canvas: Canvas, x: float, y: float, size: float, palette: Palette, flip: bool = False) -> None:
    """A ruyi cloud with a trailing tail."""
    tail = curve(np.array([[-0.2, 0.1], [0.5, 0.32], [1.1, 0.18], [1.7, 0.3]]), 8)
    body = ribbon(tail, np.linspace(0.36, 0.02, len(tail)))
    canvas.shape(place(body, x, y, size, 0, flip), palette.wash, palette.outline, max(1.0, size * 0.04))
    for dx, dy, radius in ((-0.45, 0.05, 0.36), (0.42, 0.05, 0.34), (0.0, -0.25, 0.46)):
        lobe = place(circle(dx, dy, radius, 20), x, y, size, 0, flip)
        canvas.shape(lobe, palette.light, palette.outline, max(1.0, size * 0.04))
        canvas.line(
            place(spiral(1.3, 22) * radius * 0.75 + (dx, dy), x, y, size, 0, flip),
            palette.outline,
            max(1.0, size * 0.035),
        )


def dragon(canvas: Canvas, y: float, height: float, start: float, length: float, palette: Palette) -> None:
    """A four-legged dragon striding through the band, scaled, with spines, claws, mane and horns (雲龍紋)."""
    t = np.linspace(0, 1, 90)
    spine = np.column_stack((start + length * t, y + height * 0.24 * np.sin(t * 4.6 * np.pi + 0.6) * (1 - 0.35 * t)))
    widths = height * 0.17 * np.clip(1.1 - 1.0 * t, 0.08, 1) * np.clip(t * 9 + 0.45, 0, 1)
    line = max(1.0, height * 0.008)
    step = np.gradient(spine, axis=0)
    step /= np.hypot(step[:, 0], step[:, 1])[:, None]
    normal = np.column_stack((step[:, 1], -step[:, 0]))
    for k, (at, down) in enumerate(((16, 1), (24, -1), (52, 1), (60, -1))):
        reach = height * 0.2
        knee = spine[at] + normal[at] * -down * widths[at] * 0.4 + (reach * 0.4, down * reach * 0.65)
        foot = knee + (-reach * 0.65 if k % 2 else reach * 0.5, down * reach * 0.5)
        limb = curve(np.vstack((spine[at], knee, foot)), 6)
        canvas.shape(
            ribbon(limb, np.linspace(widths[at] * 0.55, height * 0.03, len(limb))),
            palette.accent,
            palette.outline,
            line,
        )
        for claw in range(5):
            turn = (claw - 2) * 0.55 + np.pi / 2 * down
            tip = foot + np.array([np.cos(turn), np.sin(turn)]) * height * 0.07
            canvas.line(
                curve(np.vstack((foot, (foot + tip) / 2 + (height * 0.01, 0), tip)), 4), palette.outline, line * 2
            )
    for k in range(6, 86, 2):
        fin = np.vstack(
            (
                spine[k - 2] + normal[k - 2] * widths[k] * 0.45,
                spine[k] + normal[k] * (widths[k] * 0.5 + height * 0.035),
                spine[k + 2] + normal[k + 2] * widths[k] * 0.45,
            )
        )
        canvas.shape(fin, palette.leaf, palette.outline, 1)
    canvas.shape(ribbon(spine, widths), palette.accent, palette.outline, line * 1.5)
    arc = np.column_stack((np.cos(np.linspace(-1.3, 1.3, 7)), np.sin(np.linspace(-1.3, 1.3, 7))))
    for k in range(4, 84):
        angle = float(np.arctan2(step[k, 1], step[k, 0]))
        for lane in (-0.28, 0.0, 0.28) if k % 2 else (-0.14, 0.14):
            centre = spine[k] + normal[k] * lane * widths[k]
            canvas.line(place(arc, centre[0], centre[1], widths[k] * 0.13, angle), palette.outline, 1)
    head = spine[0] - (height * 0.06, 0)
    size = height * 0.15
    for k in range(7):
        turn = -0.9 + 0.3 * k
        mane = curve(np.array([[0.1, 0], [0.8, np.sin(turn) * 0.8 - 0.1], [1.5, np.sin(turn) * 1.5]]), 5)
        canvas.line(place(mane, head[0], head[1], size), palette.leaf, line * 2)
        canvas.line(place(mane, head[0], head[1], size), palette.outline, line)
    skull = curve(
        np.array(
            [
                [0.7, 0.5],
                [0.1, 0.62],
                [-0.5, 0.45],
                [-1.25, 0.5],
                [-0.75, 0.12],
                [-1.4, 0.0],
                [-1.35, -0.3],
                [-0.8, -0.3],
                [-0.3, -0.62],
                [0.5, -0.6],
                [0.75, 0.0],
                [0.7, 0.5],
            ]
        ),
        5,
    )
    canvas.shape(place(skull, head[0], head[1], size), palette.accent, palette.outline, line * 1.5)
    for side in (-0.5, -0.65):
        horn = curve(np.array([[0.2, side], [0.9, side - 0.45], [1.5, side - 0.25]]), 5)
        canvas.line(place(horn, head[0], head[1], size), palette.outline, line * 2.5)
    whisker = curve(np.array([[-1.2, -0.1], [-1.8, -0.6], [-1.5, -1.2], [-1.9, -1.7]]), 6)
    canvas.line(place(whisker, head[0], head[1], size), palette.outline, line * 1.5)
    canvas.disc(head[0] - size * 0.35, head[1] - size * 0.22, size * 0.17, palette.light)
    canvas.disc(head[0] - size * 0.35, head[1] - size * 0.22, size * 0.08, palette.outline)


def pearl(canvas: Canvas, x: float, y: float, size: float, palette: Palette) -> None:
    """The flaming pearl that dragons chase."""
    for k in range(5):
        flame = curve(np.array([[0, 0], [0.5, -0.7], [0.2, -1.3], [0.6, -2.0]]), 5)
        canvas.line(place(flame, x, y, size, (k - 2) * 0.55), palette.accent, max(1.0, size * 0.25))
    canvas.shape(circle(x, y, size), palette.gold, palette.outline, max(1.0, size * 0.1))
    canvas.line(place(spiral(1.5, 20), x, y, size * 0.7), palette.outline, max(1.0, size * 0.1))


def diaper(canvas: Canvas, y: float, height: float, count: int, palette: Palette) -> None:
    """A lattice of lozenges with a dot in each (錦地)."""
    cell = canvas.width / count
    rows = max(1, round(height / cell))
    step = height / rows
    canvas.fill(
        np.array([[-4, y], [canvas.width + 4, y], [canvas.width + 4, y + height], [-4, y + height]], float),
        palette.light,
    )
    for k in range(-rows, count + rows):
        for sign in (0, 1):
            x0, x1 = k * cell, (k + rows) * cell
            a, b = (x0, x1) if sign else (x1, x0)
            cv2.line(
                canvas.pixels, (round(a), round(y)), (round(b), round(y + height)), palette.outline, 1, cv2.LINE_AA
            )
    for row in range(rows):
        for k in range(count):
            canvas.disc((k + 0.5) * cell, y + (row + 1.0) * step, max(1.0, cell * 0.11), palette.accent)
