# ruff: noqa: RUF005 (offsets are added to arrays here, nothing is joined)
"""Ink landscapes: ranges of mountains in mist, texture strokes, pines, houses, boats, seals and a verse."""

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.demo.art import ornament
from museum.demo.art.brush import Colour, darken, fbm, generator, tiled
from museum.demo.art.picture import Picture, Traits, choose
from museum.demo.art.sheet import PAPERS, POEMS, SEALS, inscribe, mount, press_seal, sheet

Lines = list[NDArray[np.int32]]
_INKS: tuple[Colour, ...] = ((26, 26, 28), (38, 32, 28), (24, 30, 38))


_TURNS = np.linspace(-1.35, 1.35, 11)
_FAN = np.stack((np.zeros((11, 2)), np.stack((np.sin(_TURNS), -0.8 * np.cos(_TURNS)), -1)), 1)  # a pine's needles


def _ridge(rng: np.random.Generator, width: int, peaks: int, rough: float) -> NDArray[np.float32]:
    """Heights 0..1 of a skyline: a few peaks with broken shoulders."""
    x = np.linspace(0, 1, width, dtype=np.float32)
    line = np.zeros(width, np.float32)
    for _ in range(peaks):
        centre, spread, tall = rng.uniform(-0.1, 1.1), rng.uniform(0.06, 0.2), rng.uniform(0.35, 1.0)
        line = np.maximum(
            line, tall * np.exp(-(np.abs((x - centre) / spread) ** rng.uniform(1.2, 2.2))).astype(np.float32)
        )
    for octave in range(6):
        cells = 6 * 2**octave
        knots = rng.random(cells + 3).astype(np.float32)[None, :]
        line += (cv2.resize(knots, (width, 1), interpolation=cv2.INTER_CUBIC)[0] - 0.5) * np.float32(
            rough * 0.52**octave
        )
    return line


def _many(ink: NDArray[np.uint8], lines: Lines, shade: int, thickness: int) -> None:
    if lines:
        cv2.polylines(ink, lines, False, shade, thickness, cv2.LINE_AA, 4)


def _fixed(points: NDArray[np.float64]) -> NDArray[np.int32]:
    return np.rint(points * 16).astype(np.int32)


def _strokes(
    rng: np.random.Generator,
    xs: NDArray[np.float64],
    ys: NDArray[np.float64],
    length: float,
    slant: NDArray[np.float64],
) -> Lines:
    """Short bent strokes hanging from points, as rocks are textured (皴)."""
    t = np.linspace(0, 1, 4)
    reach = rng.uniform(0.4, 1.2, len(xs)) * length
    bend = rng.normal(0, 0.25, len(xs))
    px = xs[:, None] + (slant[:, None] * t + bend[:, None] * t * t) * reach[:, None]
    py = ys[:, None] + t * reach[:, None]
    return list(np.rint(np.stack((px, py), -1) * 16).astype(np.int32))


def _pine(ink: NDArray[np.uint8], rng: np.random.Generator, x: float, y: float, size: float) -> None:
    trunk = ornament.curve(
        np.array(
            [[0, 0], [rng.uniform(-0.1, 0.1), -0.4], [rng.uniform(-0.2, 0.2), -0.75], [rng.uniform(-0.15, 0.25), -1.1]]
        ),
        6,
    ) * size + (x, y)
    cv2.fillPoly(
        ink, [_fixed(ornament.ribbon(trunk, np.linspace(size * 0.075, size * 0.02, len(trunk))))], 205, cv2.LINE_AA, 4
    )
    needles: Lines = []
    branches: Lines = []
    for level in range(6):
        at = trunk[6 + level * 2]
        side = -1 if level % 2 else 1
        reach = size * (0.55 - 0.06 * level) * rng.uniform(0.8, 1.2)
        tip = at + (side * reach, -size * rng.uniform(-0.02, 0.1))
        branches.append(_fixed(np.vstack((at, (at + tip) / 2 + (0, size * 0.04), tip))))
        hearts = at + (tip - at) * np.linspace(0.25, 1, 5)[:, None]
        needles += list(
            np.rint((hearts[:, None, None, :] + _FAN * size * 0.12).reshape(-1, 2, 2) * 16).astype(np.int32)
        )
    _many(ink, branches, 190, max(1, int(size * 0.018)))
    _many(ink, needles, 165, max(1, int(size * 0.006)))


def _grove(ink: NDArray[np.uint8], rng: np.random.Generator, x: float, y: float, size: float) -> None:
    """A leafy tree: a forked trunk and clouds of dots."""
    twigs: Lines = []
    for _ in range(6):
        tip = np.array([x + rng.normal(0, 0.28) * size, y - rng.uniform(0.55, 1.0) * size])
        twigs.append(
            _fixed(ornament.curve(np.vstack(([x, y], [x + rng.normal(0, 0.04) * size, y - size * 0.4], tip)), 5))
        )
    _many(ink, twigs, 190, max(1, int(size * 0.028)))
    n = 240
    px, py = x + rng.normal(0, 0.27, n) * size, y - size * (0.78 + rng.normal(0, 0.17, n))
    for shade, chosen in ((110, slice(0, n // 2)), (180, slice(n // 2, n))):
        dots = np.stack(
            (np.stack((px[chosen], py[chosen]), -1), np.stack((px[chosen] + size * 0.025, py[chosen]), -1)), 1
        )
        _many(ink, list(np.rint(dots * 16).astype(np.int32)), shade, max(2, int(size * 0.035)))


def _pavilion(ink: NDArray[np.uint8], x: float, y: float, size: float, storeys: int) -> None:
    for storey in range(storeys):
        foot, w = y - storey * size * 0.62, size * (1 - 0.18 * storey)
        posts = [
            _fixed(np.array([[x + k * w * 0.3, foot], [x + k * w * 0.3, foot - size * 0.4]]))
            for k in (-1, -0.35, 0.35, 1)
        ]
        box = np.array([[-0.34, 0], [0.34, 0], [0.34, -0.4 * size / w], [-0.34, -0.4 * size / w]]) * w + (x, foot)
        cv2.fillPoly(ink, [_fixed(box)], 18, cv2.LINE_AA, 4)
        _many(ink, posts, 200, max(1, int(size * 0.035)))
        _many(
            ink,
            [_fixed(np.array([[x - w * 0.36, foot - size * k], [x + w * 0.36, foot - size * k]])) for k in (0, 0.1)],
            180,
            max(1, int(size * 0.02)),
        )
        roof = ornament.curve(
            np.array([[-0.62, -0.34], [-0.36, -0.42], [-0.12, -0.66], [0.12, -0.66], [0.36, -0.42], [0.62, -0.34]]), 6
        ) * (w, size) + (x, foot)
        cv2.fillPoly(ink, [_fixed(roof)], 150, cv2.LINE_AA, 4)
        cv2.polylines(ink, [_fixed(roof)], True, 225, max(1, int(size * 0.03)), cv2.LINE_AA, 4)


def _boat(ink: NDArray[np.uint8], x: float, y: float, size: float, flip: float, sail: bool) -> None:
    hull = ornament.curve(
        np.array([[-1, -0.12], [-0.6, 0.06], [0.5, 0.07], [1.05, -0.16], [0.6, -0.02], [-0.6, -0.03], [-1, -0.12]]), 5
    ) * (size * flip, size) + (x, y)
    cv2.fillPoly(ink, [_fixed(hull)], 190, cv2.LINE_AA, 4)
    if sail:
        cloth = np.array([[-0.05, -0.12], [-0.08, -1.2], [0.55, -1.05], [0.6, -0.15]]) * (size * flip, size) + (x, y)
        cv2.fillPoly(ink, [_fixed(cloth)], 40, cv2.LINE_AA, 4)
        ribs = [
            _fixed(cloth[0] * (1 - k) + cloth[1] * k + np.array([[0, 0], [0.62 * size * flip, 0.06 * size]]))
            for k in np.linspace(0, 1, 8)
        ]
        _many(ink, ribs, 150, max(1, int(size * 0.015)))
        cv2.polylines(ink, [_fixed(cloth)], True, 170, max(1, int(size * 0.02)), cv2.LINE_AA, 4)
    else:
        roof = ornament.circle(0, 0, 1, 24)[12:] * (size * 0.36, size * 0.26) + (x, y - size * 0.03)
        cv2.fillPoly(ink, [_fixed(roof)], 120, cv2.LINE_AA, 4)
        man = np.array([[0.62, -0.04], [0.58, -0.3], [0.68, -0.4], [0.76, -0.3], [0.74, -0.04]]) * (
            size * flip,
            size,
        ) + (x, y)
        cv2.fillPoly(ink, [_fixed(man)], 200, cv2.LINE_AA, 4)
        _many(
            ink,
            [_fixed(np.array([[0.7, -0.25], [1.3, -0.5], [1.34, 0.08]]) * (size * flip, size) + (x, y))],
            150,
            max(1, int(size * 0.015)),
        )


def draw(seed: int, width: int, height: int, traits: Traits) -> Picture:
    """One painting on silk or paper, mounted."""
    rng = generator(seed, "landscape")
    tall = height > width
    look = choose(traits.palette, rng, 5)
    silk = traits.period in ("song", "tang", "yuan") or bool(rng.random() < 0.4)
    pixels = sheet(
        rng,
        height,
        width,
        (205, 178, 132) if silk and rng.random() < 0.6 else PAPERS[int(rng.integers(len(PAPERS)))],
        float(rng.uniform(0.35, 0.9)),
        silk,
    )
    unit = min(width, height)
    step = 4
    h, w = height // step, width // step
    wash = np.zeros((h, w), np.float32)
    mineral = np.zeros((h, w), np.float32)
    grain = fbm(rng, h, w, 9, 7, 0.62)
    streak = cv2.resize(cv2.rotate(tiled("dry", w, h, rng), cv2.ROTATE_90_CLOCKWISE), (w, h)).astype(np.float32) / 255
    ink = np.zeros((height, width), np.uint8)
    layers = int(rng.integers(5, 8))
    rows = np.arange(h, dtype=np.float32)[:, None]
    horizon, shore = (0.16, 0.97) if tall else (0.28, 0.98)
    water_from = rng.uniform(0.66, 0.8)
    for layer in range(layers):
        near = layer / (layers - 1)
        base = h * (horizon + (shore - horizon) * (0.3 + 0.7 * near) ** 1.1)
        lift = h * ((0.34 if tall else 0.42) * (1 - 0.5 * near)) * rng.uniform(0.75, 1.2)
        ridge = _ridge(rng, w, int(rng.integers(2, 5)) + (0 if tall else 2), 0.12 + 0.1 * near)
        if near > 0.6:  # the nearest banks stand at one side and leave the water open
            x = np.linspace(0, 1, w, dtype=np.float32)
            open_at = rng.uniform(0.3, 0.7)
            ridge = (
                ridge * np.clip(np.abs(x - open_at) * 3.4 - 0.35, 0, 1)
                - np.clip(0.55 - np.abs(x - open_at) * 2.2, 0, 1) * 0.7
            )
        sky = base - ridge * lift
        below = rows - sky[None, :]
        inside = below > 0
        fade = lift * (0.5 + 0.5 * near)
        body = np.exp(-np.maximum(below, 0) / fade) * inside
        tone = (0.16 + 0.42 * near**1.3) * body * (0.6 + 0.7 * grain) * (0.75 + 0.5 * streak)
        tone += np.exp(-np.abs(below) / 1.6) * (0.1 + 0.26 * near) * (grain > 0.36)
        veil = np.where(inside, 0.12 + 0.55 * np.clip(below / lift, 0, 1), 1.0)  # mist wipes out what lies behind
        wash = wash * np.where(inside, np.minimum(veil, 0.5), 1) + tone
        mineral = np.where(inside, body * (0.3 + 0.7 * near), mineral)
        if layer:
            below_sky = np.column_stack((np.arange(w) * step, sky * step))
            covered = np.vstack((below_sky, [[width + step, height], [0, height]]))
            cv2.fillPoly(ink, [_fixed(covered)], 0, cv2.LINE_8, 4)
        n = int(700 + 2100 * near)
        xs = rng.uniform(0, w - 1, n)
        slope = np.gradient(cv2.GaussianBlur(sky[None, :], (0, 0), 7)[0])[xs.astype(int)]
        depth = rng.exponential(0.28, n) * lift
        keep = (ridge[xs.astype(int)] > 0.05) | (near < 0.6)
        lines = _strokes(
            rng,
            (xs * step)[keep],
            ((sky[xs.astype(int)] + depth) * step)[keep],
            unit * 0.034 * (0.5 + near),
            -np.clip(slope, -1.4, 1.4)[keep] * 0.7,
        )
        shade = int(58 + 84 * near)
        _many(ink, lines[::2], shade, max(1, int(unit / 1500 * (1 + near))))
        _many(ink, lines[1::2], shade // 2, max(1, int(unit / 800 * (1 + near))))
        outline = np.column_stack((np.arange(w) * step, sky * step)).astype(np.float64)
        for start in range(0, w - 20, max(20, w // 14)):
            end = min(w, start + int(rng.integers(w // 24, w // 11)))
            part = outline[start:end:3]
            if len(part) > 3:
                swell = np.sin(np.linspace(0, np.pi, len(part))) * unit * 0.0042 * (0.4 + near) + 0.8
                cv2.fillPoly(ink, [_fixed(ornament.ribbon(part, swell))], int(80 + 110 * near), cv2.LINE_AA, 4)
        for _ in range(int(2 + 5 * near) if layer else 0):
            cx = int(rng.uniform(0.04, 0.96) * w)
            if ridge[cx] < 0.04 and near > 0.6:
                continue
            size = unit * (0.03 + 0.12 * near**1.5) * rng.uniform(0.7, 1.2)
            (_pine if rng.random() < 0.6 else _grove)(ink, rng, cx * step, sky[cx] * step + size * 0.06, size)
        if layer in (1, layers // 2, layers - 2):
            cx = int(rng.uniform(0.15, 0.85) * w)
            size = unit * (0.03 + 0.05 * near)
            _pavilion(ink, cx * step, sky[cx] * step + size * 0.5, size, int(rng.integers(1, 4)))
    for _ in range(int(rng.integers(1, 4))):
        _boat(
            ink,
            rng.uniform(0.2, 0.8) * width,
            rng.uniform(water_from, 0.95) * height,
            unit * rng.uniform(0.03, 0.055),
            float(rng.choice([-1, 1])),
            bool(rng.random() < 0.5),
        )
    ripples: Lines = []
    for _ in range(60):
        y = rng.uniform(water_from, 0.98) * height
        x, reach = rng.uniform(0.05, 0.9) * width, unit * rng.uniform(0.03, 0.12)
        ripples.append(
            _fixed(np.column_stack((x + np.linspace(0, reach, 10), y + np.sin(np.linspace(0, 9, 10)) * unit * 0.0014)))
        )
    _many(ink, ripples, 46, max(1, unit // 1400))
    birds = [
        _fixed(
            np.array([[-1, -0.4], [-0.4, -0.7], [0, 0], [0.4, -0.7], [1, -0.4]]) * unit * 0.007
            + (rng.uniform(0.3, 0.8) * width, rng.uniform(0.1, 0.25) * height)
        )
        for _ in range(7)
    ]
    _many(ink, birds, 120, max(1, unit // 1200))
    if look in (1, 2):  # blue and green, or autumn ochre, over the ink
        low = cv2.resize((np.clip(mineral * (grain * 1.5 - 0.1), 0, 1) * 165).astype(np.uint8), (width, height))
        darken(pixels, low, ((52, 118, 112), (168, 104, 52))[look - 1])
        blue = cv2.resize((np.clip(mineral * (1.1 - grain * 1.6), 0, 1) * 120).astype(np.uint8), (width, height))
        darken(pixels, blue, ((38, 84, 130), (120, 96, 60))[look - 1])
    tint = _INKS[int(rng.integers(len(_INKS)))]
    darken(
        pixels,
        cv2.resize((np.clip(wash, 0, 0.9) * 255).astype(np.uint8), (width, height), interpolation=cv2.INTER_CUBIC),
        tint,
    )
    dry = cv2.convertScaleAbs(cv2.subtract(tiled("grain", height, width, rng), 70), alpha=2.6)
    darken(pixels, cv2.multiply(ink, dry, scale=1 / 200), tint)
    verse = traits.inscription or POEMS[int(rng.integers(len(POEMS)))]
    cell = int(unit * (0.034 if tall else 0.042))
    per = 7 if len(verse) % 7 == 0 else 5
    lines_of = [verse[k : k + per] for k in range(0, min(len(verse), per * 4), per)]
    if traits.title and not traits.inscription:
        lines_of = [traits.title[:8], *lines_of[:3]]
    on_right = bool(rng.random() < 0.6)
    edge = int(unit * 0.09) if tall else int(unit * 0.19)
    right = width - edge if on_right else edge + int(cell * 1.3 * len(lines_of)) + cell
    top = int(unit * 0.22) if tall else int(unit * 0.1)
    last = inscribe(pixels, rng, lines_of, right, top, cell, tint)
    press_seal(pixels, rng, SEALS[int(rng.integers(len(SEALS)))], last, top + int(cell * 4.4), int(cell * 1.2))
    for _ in range(int(rng.integers(2, 6))):
        press_seal(
            pixels,
            rng,
            SEALS[int(rng.integers(len(SEALS)))],
            int(rng.choice([edge, width - edge - 2 * cell])),
            int(rng.uniform(0.25, 0.86) * height),
            int(cell * rng.uniform(1.0, 2.1)),
        )
    return Picture(
        mount(pixels, rng, ((150, 142, 122), (108, 116, 110), (168, 152, 120), (92, 98, 112))[int(rng.integers(4))])
    )
