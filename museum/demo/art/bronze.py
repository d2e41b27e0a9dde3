"""Ritual bronzes: ding, gu, jue and bells with masks and thunder patterns in relief under patina."""

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.demo.art import ornament
from museum.demo.art.brush import Pixels, fbm, generator, tiled
from museum.demo.art.lettering import glyph, stamp
from museum.demo.art.ornament import Canvas
from museum.demo.art.picture import Picture, Traits, choose
from museum.demo.art.solid import Material, compose, contact_shadow, ground, patina, relight

_METALS = (
    Material((150, 128, 86), (18, 17, 13), 0.42, 12.0, 0.10),
    Material((118, 116, 92), (15, 17, 15), 0.36, 10.0, 0.10),
    Material((166, 132, 78), (22, 16, 10), 0.5, 16.0, 0.10),
)
_PATINA = (((76, 128, 104), (52, 92, 86)), ((96, 142, 116), (112, 78, 46)), ((62, 106, 108), (84, 130, 100)))
_HIGH, _MID = (225, 225, 225), (170, 170, 170)
Field = NDArray[np.float32]


class _Body:
    """Heights above the picture plane at half size, and fine relief at full size."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.heights = np.zeros((height // 2, width // 2), np.float32)
        self.mask = np.zeros((height, width), np.uint8)
        self.relief = np.full((height, width), 128, np.uint8)

    def slab(self, points: NDArray[np.float64], lift: float, round_by: float) -> None:
        """A part with a rounded edge, `lift` in front of the plane."""
        part = np.zeros_like(self.heights, dtype=np.uint8)
        cv2.fillPoly(part, [np.rint(points * 8).astype(np.int32)], 255, cv2.LINE_AA, 4)
        cv2.fillPoly(self.mask, [np.rint(points * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
        depth = np.minimum(cv2.distanceTransform((part > 127).astype(np.uint8), cv2.DIST_L2, 5) * 2 / round_by, 1)
        bulge = lift + round_by * np.sqrt(np.maximum(1 - (1 - depth) ** 2, 0))
        self.heights = np.where(part > 127, bulge, self.heights)

    def turned(self, outline: NDArray[np.float64], centre: float, texture: Pixels | None, flat: float = 1.0) -> None:
        """A part turned on a lathe: outline (n, 2) of radius and y downwards; `texture` wraps around its front."""
        polygon = np.column_stack(
            (
                np.concatenate((centre + outline[:, 0], (centre - outline[:, 0])[::-1])),
                np.concatenate((outline[:, 1], outline[::-1, 1])),
            )
        )
        cv2.fillPoly(self.mask, [np.rint(polygon * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
        top, bottom = int(outline[0, 1]) // 2 * 2, min(int(outline[-1, 1]), self.height - 2) // 2 * 2
        reach = int(outline[:, 0].max()) + 2
        left, right = max(0, int(centre) - reach) // 2 * 2, min(self.width, int(centre) + reach) // 2 * 2
        y = np.arange(top, bottom, 2, dtype=np.float32)
        r = np.interp(y, outline[:, 1], outline[:, 0]).astype(np.float32)[:, None]
        x = np.arange(left, right, 2, dtype=np.float32)[None, :] - np.float32(centre)
        inside = np.abs(x) < r
        area = (slice(top // 2, bottom // 2), slice(left // 2, right // 2))
        self.heights[area] = np.where(inside, flat * np.sqrt(np.maximum(r * r - x * x, 0)) + 4, self.heights[area])
        if texture is not None:
            u = (np.arcsin(np.clip(x / r, -1, 1)) / np.pi + 0.5) * (texture.shape[1] - 1)
            v = np.broadcast_to(((y - top) / max(1, bottom - top) * (texture.shape[0] - 1))[:, None], u.shape)
            size = (right - left, bottom - top)
            wrapped = cv2.remap(
                texture,
                cv2.resize(u.astype(np.float32), size),
                cv2.resize(np.ascontiguousarray(v, np.float32), size),
                cv2.INTER_LINEAR,
            )
            within = cv2.resize(inside.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
            cv2.copyTo(wrapped, within, self.relief[top:bottom, left:right])


def _taotie(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    """A monster mask (饕餮紋), both halves of one face, around (x, y)."""
    for side in (-1, 1):

        def part(points: list[list[float]], thick: float, side: int = side) -> None:
            path = ornament.curve(np.array(points), 8) * (side * width / 2, height / 2) + (x, y)
            widths = np.full(len(path), height * thick)
            widths[-6:] *= np.linspace(1, 0.4, 6)
            canvas.shape(ornament.ribbon(path, widths), _HIGH, (60, 60, 60), max(1.0, height * 0.012))
            canvas.line(path, (120, 120, 120), max(1.0, height * 0.018))

        part([[0.12, -0.3], [0.2, -0.78], [0.52, -0.86], [0.62, -0.5], [0.42, -0.42]], 0.15)
        part([[0.62, -0.2], [0.9, -0.5], [0.92, 0.1], [0.72, 0.3], [0.66, 0.05]], 0.12)
        part([[0.1, 0.86], [0.34, 0.5], [0.62, 0.55], [0.7, 0.86], [0.46, 0.9]], 0.13)
        part([[0.16, -0.02], [0.3, -0.3], [0.56, -0.16]], 0.09)
        eye = ornament.circle(0, 0, 1, 30) * (width * 0.07, height * 0.13) + (
            x + side * width * 0.17,
            y + height * 0.05,
        )
        canvas.shape(eye, _HIGH, (50, 50, 50), max(1.0, height * 0.02))
        canvas.shape(
            ornament.circle(x + side * width * 0.17, y + height * 0.05, height * 0.045), (40, 40, 40), (40, 40, 40)
        )
    ridge = np.array([[-0.02, -0.9], [0.02, -0.9], [0.05, 0.4], [0.11, 0.62], [-0.11, 0.62], [-0.05, 0.4]]) * (
        width,
        height / 2,
    ) + (x, y)
    canvas.shape(ridge, (245, 245, 245), (60, 60, 60), max(1.0, height * 0.015))


def _band(rng: np.random.Generator, width: int, height: int, bands: tuple[tuple[float, float, str], ...]) -> Pixels:
    """Relief for half the way around: bands (top, bottom, kind) in parts of the height."""
    canvas = Canvas(np.full((height, width, 3), 128, np.uint8))
    for top, bottom, kind in bands:
        y, tall = top * height, (bottom - top) * height
        canvas.fill(np.array([[0, y], [width, y], [width, y + tall], [0, y + tall]]), (104, 104, 104))
        if kind == "leaves":
            count = 7
            for k in range(count):
                x = (k + 0.5) * width / count
                leaf = np.array([[-0.48, 1], [-0.42, 0.6], [0, 0], [0.42, 0.6], [0.48, 1]]) * (width / count, tall) + (
                    x,
                    y,
                )
                canvas.shape(leaf, _MID, (50, 50, 50), 2)
                for side in (-1, 1):
                    canvas.line(
                        ornament.place(
                            ornament.spiral(1.6, 30), x + side * width / count * 0.18, y + tall * 0.75, tall * 0.13
                        ),
                        (60, 60, 60),
                        max(2, tall * 0.03),
                    )
            continue
        if kind == "bosses":
            for row in range(3):
                for k in range(9):
                    if k == 4:
                        continue
                    canvas.disc((k + 0.5) * width / 9, y + (row + 0.5) * tall / 3, tall * 0.085, (160, 160, 160))
                    canvas.disc((k + 0.5) * width / 9, y + (row + 0.5) * tall / 3, tall * 0.05, (250, 250, 250))
            continue
        rows = max(2, round(tall / (width / 34)))
        for row in range(rows):
            ornament.meander(canvas, y + tall * (row + 0.1) / rows, tall / rows * 0.84, 34, (168, 168, 168))
        if kind == "taotie":
            count = 2 if tall * 3 < width else 1
            for k in range(-1, count + 1):
                _taotie(
                    canvas,
                    (k + 0.5 + 0.5 * (count % 2 == 0)) * width / count,
                    y + tall / 2,
                    width / count * 0.94,
                    tall * 0.92,
                )
        elif kind == "dragons":
            for k in range(4):
                x = (k + 0.5) * width / 4
                side = 1 if k < 2 else -1
                path = ornament.curve(
                    np.array([[-0.45, 0.2], [-0.2, -0.3], [0.1, 0.25], [0.38, -0.1], [0.28, -0.35]]), 8
                ) * (side * width / 4, tall) + (x, y + tall / 2)
                canvas.shape(
                    ornament.ribbon(path, np.linspace(tall * 0.34, tall * 0.12, len(path))), _HIGH, (60, 60, 60), 2
                )
                canvas.disc(path[2, 0], path[2, 1], tall * 0.07, (40, 40, 40))
        for edge in (y, y + tall):
            canvas.line(np.array([[0, edge], [width, edge]]), (220, 220, 220), max(2, height * 0.008))
    return np.ascontiguousarray(canvas.pixels[..., 0])


def _ding(rng: np.random.Generator, body: _Body, size: float, x: float, foot: float) -> None:
    wide = size * rng.uniform(0.36, 0.42)
    rim, low = foot - size * 0.78, foot - size * 0.3
    for side in (-1, 1):
        ear = np.array(
            [
                [0.62, 0],
                [0.6, -0.2],
                [0.68, -0.24],
                [0.86, -0.24],
                [0.94, -0.2],
                [0.92, 0],
                [0.83, 0],
                [0.84, -0.13],
                [0.7, -0.13],
                [0.71, 0],
            ]
        ) * (side * wide, size) + (x, rim + 3)
        body.slab(ear, size * 0.08, size * 0.03)
    for at, lift in ((0.0, 0.02), (-0.68, 0.16), (0.68, 0.16)):
        leg = np.array([[-0.17, -0.1], [-0.1, 0.45], [-0.13, 1.0], [0.13, 1.0], [0.1, 0.45], [0.17, -0.1]]) * (
            size * 0.42,
            foot - low + size * 0.06,
        ) + (x + at * wide, low - size * 0.06 - (size * 0.02 if at == 0 else 0))
        body.slab(leg, size * lift, size * 0.055)
    knots = np.array(
        [
            [wide * 1.04, rim],
            [wide * 1.04, rim + size * 0.035],
            [wide * 0.95, rim + size * 0.05],
            [wide * 1.02, rim + size * 0.3],
            [wide * 0.86, low],
            [wide * 0.2, low + size * 0.05],
        ]
    )
    body.turned(
        ornament.curve(knots, 14),
        x,
        _band(
            rng,
            int(wide * 3),
            int(low - rim + size * 0.05),
            ((0.12, 0.34, "dragons"), (0.37, 0.8, "taotie"))
            if rng.random() < 0.6
            else ((0.12, 0.42, "taotie"), (0.45, 0.92, "leaves")),
        ),
    )


def _gu(rng: np.random.Generator, body: _Body, size: float, x: float, foot: float) -> None:
    mouth = rng.uniform(0.26, 0.31)
    knots = (
        np.array(
            [
                [mouth, 1.0],
                [0.14, 0.72],
                [0.1, 0.56],
                [0.12, 0.52],
                [0.12, 0.38],
                [0.1, 0.34],
                [0.13, 0.14],
                [0.19, 0.05],
                [0.19, 0.0],
            ]
        )
        * size
    )
    knots[:, 1] = foot - knots[:, 1]
    body.turned(
        ornament.curve(knots, 12),
        x,
        _band(
            rng, int(size * 0.62), int(size), ((0.1, 0.44, "leaves"), (0.48, 0.63, "taotie"), (0.68, 0.92, "taotie"))
        ),
    )
    for side in (-1, 1):
        flange = np.array(
            [[0.12, 0.5], [0.15, 0.5], [0.15, 0.46], [0.135, 0.45], [0.15, 0.44], [0.15, 0.4], [0.12, 0.4]]
        ) * (side * size, -size) + (x, foot)
        body.slab(flange, size * 0.02, size * 0.012)


def _jue(rng: np.random.Generator, body: _Body, size: float, x: float, foot: float) -> None:
    for at, lift, lean in ((0.02, 0.02, 0.03), (-0.15, 0.1, -0.1), (0.16, 0.1, 0.11)):
        leg = np.array([[at - 0.045, 0.44], [at + lean - 0.015, 0], [at + lean + 0.015, 0.0], [at + 0.045, 0.44]]) * (
            size,
            -size,
        ) + (x, foot)
        body.slab(leg, size * lift, size * 0.03)
    spout = ornament.curve(np.array([[-0.16, 0.66], [-0.34, 0.83], [-0.47, 0.93], [-0.42, 0.8], [-0.18, 0.58]]), 8) * (
        size,
        -size,
    ) + (x, foot)
    tail = ornament.curve(np.array([[0.16, 0.66], [0.34, 0.84], [0.44, 0.88], [0.34, 0.76], [0.18, 0.58]]), 8) * (
        size,
        -size,
    ) + (x, foot)
    body.slab(spout, size * 0.04, size * 0.07)
    body.slab(tail, size * 0.04, size * 0.06)
    for side in (-1, 1):
        post = np.array([[-0.012, 0.7], [-0.012, 0.92], [0.012, 0.92], [0.012, 0.7]]) * (size, -size) + (
            x + side * size * 0.1,
            foot,
        )
        body.slab(post, size * 0.1, size * 0.012)
        body.slab(
            ornament.circle(x + side * size * 0.1, foot - size * 0.93, size * 0.038) * (1, 1), size * 0.1, size * 0.036
        )
    knots = np.array([[0.215, 0.76], [0.19, 0.7], [0.175, 0.55], [0.18, 0.46], [0.1, 0.39], [0.02, 0.38]]) * size
    knots[:, 1] = foot - knots[:, 1]
    body.turned(ornament.curve(knots, 12), x, _band(rng, int(size * 0.56), int(size * 0.38), ((0.25, 0.78, "taotie"),)))


def _bell(rng: np.random.Generator, body: _Body, size: float, x: float, foot: float) -> None:
    top = foot - size * 0.72
    loop = np.vstack(
        (
            ornament.circle(x, top - size * 0.1, size * 0.12, 40),
            ornament.circle(x, top - size * 0.1, size * 0.07, 40)[::-1],
        )
    )
    body.slab(loop, size * 0.06, size * 0.025)
    knots = np.array([[0.23, 0], [0.25, 0.03], [0.3, 0.5], [0.345, 1.0]]) * (size, size * 0.72) + (0, top)
    body.turned(
        ornament.curve(knots, 14),
        x,
        _band(
            rng, int(size), int(size * 0.72), ((0.02, 0.1, "thunder"), (0.13, 0.55, "bosses"), (0.6, 0.94, "taotie"))
        ),
        0.75,
    )
    cut = ornament.circle(0, 0, 1, 60) * (size * 0.31, size * 0.075) + (x, foot + size * 0.012)
    cv2.fillPoly(body.mask, [np.rint(cut * 16).astype(np.int32)], 0, cv2.LINE_AA, 4)


def draw(seed: int, width: int, height: int, traits: Traits) -> Picture:
    """One bronze standing on a backdrop."""
    rng = generator(seed, "bronze")
    makers = (_ding, _gu, _jue, _bell)
    named = next(
        (
            k
            for k, words in enumerate(("鼎鬲甗簋", "觚尊觶", "爵斝", "鐘鈴鎛鐃"))
            if any(w in traits.title for w in words)
        ),
        None,
    )
    kind = named if named is not None else choose(traits.variant, rng, 4)
    body = _Body(width, height)
    size = min(height * 0.8, width * (0.98, 1.15, 0.98, 1.2)[kind])
    foot = height / 2 + size * (0.47, 0.5, 0.46, 0.42)[kind]
    makers[kind](rng, body, size, width / 2, foot)
    if traits.inscription:
        cell = int(size * 0.05)
        for k, character in enumerate(traits.inscription[:3]):
            stamp(
                body.relief,
                cv2.convertScaleAbs(glyph(character, cell)),
                int(width / 2 - cell / 2),
                int(foot - size * 0.2 + k * cell),
            )
    surface = cv2.resize(cv2.GaussianBlur(body.heights, (0, 0), 1.2), (width, height), interpolation=cv2.INTER_CUBIC)
    soft = cv2.GaussianBlur(body.relief, (0, 0), max(0.8, size / 1400))
    surface = cv2.scaleAdd(soft.astype(np.float32), size / 46 / 255, surface)
    lumps = cv2.resize(fbm(rng, height // 6, width // 6, 16, 4), (width, height))
    surface = cv2.scaleAdd(lumps, size / 120, surface)
    surface = cv2.scaleAdd(tiled("stone", height, width, rng).astype(np.float32), 0.006, surface)
    pixels = relight(surface, _METALS[int(rng.integers(3))], 1.0)
    patina(pixels, rng, _PATINA[choose(traits.palette, rng, 3)], float(rng.uniform(0.45, 0.85)))
    shade = cv2.convertScaleAbs(cv2.subtract(np.full_like(soft, 128), soft), alpha=0.75)
    pixels = cv2.subtract(pixels, cv2.cvtColor(shade, cv2.COLOR_GRAY2RGB))
    under = ground(rng, height, width, int(rng.integers(6)), min(0.95, foot / height))
    contact_shadow(
        under, (width / 2 + size * 0.02, foot + size * 0.005), (size * (0.36, 0.22, 0.24, 0.34)[kind], size * 0.045)
    )
    return Picture(compose(under, pixels, body.mask), body.mask)
