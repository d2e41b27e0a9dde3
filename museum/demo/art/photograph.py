"""Old photographs: a street, a station, a bridge or a harbour in perspective, then lens, emulsion and eighty years."""

import itertools

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.demo.art import ornament
from museum.demo.art.brush import Colour, Pixels, darken, fbm, generator, plain, tiled
from museum.demo.art.lettering import row, width_of
from museum.demo.art.ornament import Canvas
from museum.demo.art.picture import Picture, Traits, choose
from museum.demo.art.poster import ship

Points = NDArray[np.float64]


def _grey(value: float) -> Colour:
    v = int(np.clip(value, 0, 255))
    return (v, v, v)


def _facade(rng: np.random.Generator, bays: int, storeys: int, tone: float) -> Pixels:
    """A front of 96 pixels for each bay and storey: cornices, windows, balconies, shops with signs."""
    cell = 96
    width, height = bays * cell, storeys * cell + 40
    canvas = Canvas(np.full((height, width, 3), int(tone), np.uint8))
    for y in range(0, height, 7):  # courses of brick
        canvas.line(np.array([[0, y], [width, y]]), _grey(tone * 0.9), 1)
    arched = bool(rng.random() < 0.4)
    for storey in range(storeys):
        top = 34 + storey * cell
        canvas.fill(np.array([[0, top - 8], [width, top - 8], [width, top - 1], [0, top - 1]]), _grey(tone * 1.2))
        canvas.line(np.array([[0, top], [width, top]]), _grey(tone * 0.5), 2)
        ground = storey == storeys - 1
        for bay in range(bays):
            x = bay * cell
            if ground and rng.random() < 0.75:
                canvas.fill(
                    np.array([[x + 8, top + 26], [x + 88, top + 26], [x + 88, top + 96], [x + 8, top + 96]]),
                    _grey(tone * 0.28),
                )
                canvas.shape(
                    np.array([[x + 4, top + 4], [x + 92, top + 4], [x + 92, top + 22], [x + 4, top + 22]]),
                    _grey(rng.uniform(30, 230)),
                    _grey(30),
                    2,
                )
                continue
            pane = np.array([[x + 28, top + 20], [x + 68, top + 20], [x + 68, top + 76], [x + 28, top + 76]])
            canvas.fill((pane - pane.mean(0)) * 1.2 + pane.mean(0), _grey(tone * 1.15))
            if arched:
                canvas.fill(ornament.circle(x + 48, top + 22, 20, 30), _grey(tone * 0.35))
            canvas.fill(pane, _grey(tone * rng.uniform(0.22, 0.5)))
            canvas.line(np.array([[x + 48, top + 20], [x + 48, top + 76]]), _grey(tone * 1.1), 2)
            canvas.line(np.array([[x + 28, top + 44], [x + 68, top + 44]]), _grey(tone * 1.1), 2)
            if rng.random() < 0.2:
                canvas.fill(
                    np.array([[x + 16, top + 74], [x + 80, top + 74], [x + 80, top + 90], [x + 16, top + 90]]),
                    _grey(tone * 0.7),
                )
                for k in range(9):
                    canvas.line(
                        np.array([[x + 18 + k * 7.5, top + 74], [x + 18 + k * 7.5, top + 90]]), _grey(tone * 1.2), 1
                    )
    canvas.fill(np.array([[0, 0], [width, 0], [width, 12], [0, 12]]), _grey(tone * 1.25))
    return canvas.pixels


def _hang(pixels: Pixels, texture: Pixels, corners: Points) -> None:
    """Warp a texture onto a quadrilateral (top left, top right, bottom right, bottom left) in place."""
    height, width = pixels.shape[:2]
    x0, y0 = np.maximum(np.floor(corners.min(0)).astype(int), 0)
    x1, y1 = np.minimum(np.ceil(corners.max(0)).astype(int) + 1, (width, height))
    if x1 - x0 < 3 or y1 - y0 < 3:
        return
    h, w = texture.shape[:2]
    source = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
    turn = cv2.getPerspectiveTransform(source, (corners - (x0, y0)).astype(np.float32))
    size = (int(x1 - x0), int(y1 - y0))
    area = pixels[y0:y1, x0:x1]
    cover = np.zeros(size[::-1], np.uint8)
    cv2.fillPoly(cover, [np.rint((corners - (x0, y0)) * 16).astype(np.int32)], 255, cv2.LINE_8, 4)
    cv2.copyTo(
        cv2.warpPerspective(texture, turn, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), cover, area
    )


def _person(canvas: Canvas, rng: np.random.Generator, x: float, y: float, s: float) -> None:
    tone = rng.uniform(20, 110)
    robe = np.array([[-0.13, -0.78], [0.13, -0.78], [0.19, -0.1], [-0.19, -0.1]]) * s + (x, y)
    canvas.fill(ornament.circle(0, 0, 1, 20) * (s * 0.32, s * 0.045) + (x + s * 0.16, y), _grey(58))
    for k in (-0.07, 0.07):
        canvas.line(
            np.array([[x + k * s, y - 0.12 * s], [x + (k + rng.normal(0, 0.05)) * s, y]]), _grey(26), max(1, s * 0.06)
        )
    canvas.fill(robe, _grey(tone))
    canvas.disc(x, y - s * 0.88, s * 0.085, _grey(130))
    canvas.fill(np.array([[-0.14, -0.9], [0.14, -0.9], [0.07, -1.0], [-0.07, -1.0]]) * s + (x, y), _grey(28))


def _rickshaw(canvas: Canvas, rng: np.random.Generator, x: float, y: float, s: float) -> None:
    canvas.line(ornament.circle(x, y - s * 0.34, s * 0.34, 40), _grey(24), max(1, s * 0.035), closed=True)
    for k in range(10):
        t = k * np.pi / 5
        canvas.line(
            np.array([[x, y - s * 0.34], [x + np.cos(t) * s * 0.33, y - s * 0.34 + np.sin(t) * s * 0.33]]), _grey(44), 1
        )
    canvas.fill(ornament.circle(0, 0, 1, 24)[12:] * (s * 0.36, s * 0.45) + (x + s * 0.06, y - s * 0.75), _grey(30))
    canvas.fill(np.array([[-0.3, -0.75], [0.42, -0.75], [0.36, -0.42], [-0.26, -0.42]]) * s + (x, y), _grey(52))
    canvas.line(np.array([[x - s * 0.2, y - s * 0.45], [x - s * 1.15, y - s * 0.5]]), _grey(36), max(1, s * 0.04))
    _person(canvas, rng, x - s * 1.1, y, s * 0.95)


def _ground(pixels: Pixels, rng: np.random.Generator, horizon: float, tone: float, vanish: float) -> None:
    """The road, in perspective: coarse near, fine far."""
    height, width = pixels.shape[:2]
    top = int(horizon)
    stone = tiled("stone", 1024, 1024, rng)
    half = cv2.convertScaleAbs(stone, alpha=0.42, beta=tone - 54)
    reach = width * 3.0
    corners = np.array(
        [
            [vanish - width * 0.1, top],
            [vanish + width * 0.1, top],
            [width / 2 + reach, height],
            [width / 2 - reach, height],
        ],
        np.float32,
    )
    turn = cv2.getPerspectiveTransform(
        np.array([[0, 0], [1024, 0], [1024, 1024], [0, 1024]], np.float32) * 1.0,
        (corners - (0, top)).astype(np.float32),
    )
    road = cv2.warpPerspective(half, turn, (width, height - top), borderMode=cv2.BORDER_REFLECT)
    pixels[top:] = cv2.cvtColor(road, cv2.COLOR_GRAY2RGB)


def _street(pixels: Pixels, rng: np.random.Generator) -> None:
    height, width = pixels.shape[:2]
    canvas = Canvas(pixels)
    vx, vy = width * rng.uniform(0.38, 0.62), height * rng.uniform(0.5, 0.58)
    _ground(pixels, rng, vy, 128, vx)
    eye = height - vy
    for side in (-1, 1):
        near, z = width * rng.uniform(0.46, 0.58), 6.5
        fronts = []
        while z > 0.85:
            deep = rng.uniform(0.5, 1.1)
            fronts.append((z, max(0.8, z - deep), int(rng.integers(2, 5)), rng.uniform(90, 190)))
            z -= deep
        for far, close, storeys, tone in fronts:
            tall = eye * (0.62 * storeys + 0.25)
            texture = _facade(rng, max(2, round((far - close) * 5)), storeys, tone * (0.8 if side > 0 else 1.05))
            haze = np.clip((far - 1) / 8, 0, 0.62)
            texture = cv2.convertScaleAbs(texture, alpha=1 - haze, beta=205 * haze)
            x_far, x_close = vx + side * near / far, vx + side * near / close
            quad = np.array(
                [
                    [x_far, vy - (tall - eye) / far],
                    [x_close, vy - (tall - eye) / close],
                    [x_close, vy + eye / close],
                    [x_far, vy + eye / far],
                ]
            )
            _hang(pixels, texture, quad)
            canvas.line(quad[:2], _grey(60 + 120 * haze), max(1, 5 / close))
    for rail in (-0.12, -0.05, 0.05, 0.12):
        canvas.line(
            np.array([[vx + rail * width * 0.12, vy + eye * 0.12], [vx + rail * width * 1.3, height + 2]]),
            _grey(60),
            max(1, width / 700),
        )
    for side in (-1, 1):
        for z in (5.0, 3.4, 2.3, 1.55, 1.08):
            x = vx + side * width * 0.37 / z
            canvas.line(
                np.array([[x, vy + eye / z], [x, vy - eye * 1.5 / z]]),
                _grey(40 + 90 * min(1, z / 6)),
                max(1, width / 170 / z),
            )
            for arm in (1.25, 1.4):
                canvas.line(
                    np.array([[x - eye * 0.16 / z, vy - eye * arm / z], [x + eye * 0.16 / z, vy - eye * arm / z]]),
                    _grey(44),
                    max(1, width / 260 / z),
                )
        for wire in (1.25, 1.4):
            canvas.line(
                np.array(
                    [
                        [vx + side * width * 0.37 / 5, vy - eye * wire / 5],
                        [vx + side * width * 0.37 / 0.7, vy - eye * wire / 0.7],
                    ]
                ),
                _grey(70),
                max(1, width // 1600),
            )
    for z in np.sort(rng.uniform(0.95, 5.5, int(rng.integers(18, 40))))[::-1]:
        x = vx + rng.choice([-1, 1]) * rng.uniform(0.06, 0.42) * width / z
        if rng.random() < 0.16:
            _rickshaw(canvas, rng, x, vy + eye / z, eye * 0.6 / z)
        else:
            _person(canvas, rng, x, vy + eye / z, eye * 0.62 / z)


def _station(pixels: Pixels, rng: np.random.Generator) -> None:
    height, width = pixels.shape[:2]
    canvas = Canvas(pixels)
    base = height * rng.uniform(0.66, 0.72)
    _ground(pixels, rng, base - height * 0.02, 140, width / 2)
    left, right = width * rng.uniform(0.06, 0.14), width * rng.uniform(0.86, 0.94)
    tall = height * rng.uniform(0.24, 0.3)
    bays = int(rng.integers(10, 15))
    _hang(
        pixels,
        _facade(rng, bays, 2, rng.uniform(130, 180)),
        np.array([[left, base - tall], [right, base - tall], [right, base], [left, base]]),
    )
    roof = np.array(
        [
            [left - width * 0.02, base - tall],
            [left + width * 0.05, base - tall * 1.4],
            [right - width * 0.05, base - tall * 1.4],
            [right + width * 0.02, base - tall],
        ]
    )
    canvas.shape(roof, _grey(88), _grey(40), 3)
    for k in np.linspace(0.02, 0.98, 70):
        canvas.line(np.vstack((roof[1] + (roof[2] - roof[1]) * k, roof[0] + (roof[3] - roof[0]) * k)), _grey(70), 1)
    for k, x in enumerate((left + width * 0.1, width * 0.5, right - width * 0.1)):
        w, up = width * (0.075 if k == 1 else 0.055), tall * (1.75 if k == 1 else 1.4)
        _hang(
            pixels,
            _facade(rng, 2, 4, 165),
            np.array([[x - w, base - up], [x + w, base - up], [x + w, base], [x - w, base]]),
        )
        canvas.shape(
            np.array([[x - w * 1.15, base - up], [x, base - up - tall * 0.6], [x + w * 1.15, base - up]]),
            _grey(72),
            _grey(36),
            3,
        )
        canvas.line(
            np.array([[x, base - up - tall * 0.55], [x, base - up - tall * 0.85]]), _grey(40), max(2, width / 500)
        )
    cx, cy = width * 0.5, base - tall * 1.5
    canvas.shape(ornament.circle(cx, cy, width * 0.036, 60), _grey(226), _grey(30), max(2, width / 400))
    for turn, reach in ((rng.uniform(0, 6.28), 0.03), (rng.uniform(0, 6.28), 0.02)):
        canvas.line(
            np.array([[cx, cy], [cx + np.sin(turn) * width * reach, cy - np.cos(turn) * width * reach]]),
            _grey(20),
            max(2, width / 500),
        )
    for k in range(12):
        canvas.disc(
            cx + np.sin(k * np.pi / 6) * width * 0.03,
            cy - np.cos(k * np.pi / 6) * width * 0.03,
            width * 0.0016,
            _grey(20),
        )
    words = np.zeros((height, width), np.uint8)
    name = ("天津車站", "老龍頭站", "津浦鐵路", "天津總站")[int(rng.integers(4))]
    cell = int(width * 0.026)
    row(
        words,
        name[::-1],
        int(width / 2 - width_of(name, cell, 1.4) / 2),
        int(base - tall * 0.62),
        cell,
        "sans",
        max(1, cell // 24),
        1.4,
    )
    canvas.shape(
        np.array([[-0.09, -0.66], [0.09, -0.66], [0.09, -0.45], [-0.09, -0.45]]) * (width, tall) + (width / 2, base),
        _grey(214),
        _grey(40),
        2,
    )
    darken(pixels, words, (24, 24, 24))
    for z in np.sort(rng.uniform(0.0, 1.0, int(rng.integers(26, 60)))):
        y = base + (height - base) * (0.03 + 0.9 * z**1.6)
        s = min(height, width) * (0.045 + 0.1 * z**1.6)
        (_rickshaw if rng.random() < 0.2 else _person)(canvas, rng, rng.uniform(0.03, 0.97) * width, y, s)


def _water(pixels: Pixels, rng: np.random.Generator, top: int) -> None:
    """Water that mirrors what stands above it, broken by ripples."""
    height, width = pixels.shape[:2]
    deep = height - top
    mirror = pixels[max(0, top - deep) : top][::-1]
    mirror = cv2.resize(mirror, (width, deep))
    ripple = cv2.resize(tiled("dry", 512, 512, rng), (width, deep)).astype(np.float32) - 128
    lines = np.linspace(0.15, 1, deep, dtype=np.float32)[:, None]
    x = np.arange(width, dtype=np.float32)[None, :] + ripple * lines * (width / 1500)
    y = np.arange(deep, dtype=np.float32)[:, None] + ripple * lines * (height / 1600)
    broken = cv2.remap(cv2.GaussianBlur(mirror, (1, 9), 0), x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    glint = cv2.convertScaleAbs(np.maximum(ripple - 34, 0) * lines, alpha=0.8)
    pixels[top:] = cv2.add(cv2.convertScaleAbs(broken, alpha=0.72, beta=14), cv2.cvtColor(glint, cv2.COLOR_GRAY2RGB))


def _far_bank(canvas: Canvas, rng: np.random.Generator, y: float, s: float) -> None:
    x = -s * 0.3
    while x < canvas.width:
        w, h = s * rng.uniform(0.3, 0.9), s * rng.uniform(0.2, 0.6)
        _hang(
            canvas.pixels,
            cv2.convertScaleAbs(
                _facade(rng, max(2, round(w / s * 7)), int(rng.integers(2, 4)), rng.uniform(110, 170)),
                alpha=0.7,
                beta=56,
            ),
            np.array([[x, y - h], [x + w, y - h], [x + w, y], [x, y]]),
        )
        if rng.random() < 0.4:
            canvas.fill(
                np.array(
                    [
                        [x + w * 0.4, y - h],
                        [x + w * 0.43, y - h - s * 0.7],
                        [x + w * 0.47, y - h - s * 0.7],
                        [x + w * 0.5, y - h],
                    ]
                ),
                _grey(96),
            )
        x += w * rng.uniform(0.95, 1.1)


def _bridge(pixels: Pixels, rng: np.random.Generator) -> None:
    height, width = pixels.shape[:2]
    canvas = Canvas(pixels)
    water, deck = int(height * 0.66), height * rng.uniform(0.52, 0.56)
    _far_bank(canvas, rng, water, height * 0.26)
    spans = int(rng.integers(2, 4))
    lift = height * rng.uniform(0.14, 0.2)
    edges = np.linspace(-0.04, 1.04, spans + 1) * width
    thick = max(2.0, width / 240)
    for a, b in itertools.pairwise(edges):
        n = 12
        low = np.column_stack((np.linspace(a, b, n + 1), np.full(n + 1, deck)))
        arch = np.sin(np.linspace(0, np.pi, n + 1)) ** (0.6 if rng.random() < 0.5 else 0.9)
        high = low - np.column_stack((np.zeros(n + 1), arch * lift + height * 0.02))
        for offset, tone in ((-height * 0.012, 120), (0.0, 46)):
            shift = np.array([-offset * 0.8, offset])
            canvas.line(high + shift, _grey(tone), thick)
            for k in range(n + 1):
                canvas.line(np.vstack((low[k], high[k])) + shift, _grey(tone), thick * 0.55)
                if k < n:
                    canvas.line(
                        np.vstack((low[k], high[k + 1]) if k < n / 2 else (low[k + 1], high[k])) + shift,
                        _grey(tone),
                        thick * 0.4,
                    )
            for k in np.linspace(0, 1, 90):
                at = low[0] + (low[-1] - low[0]) * k + shift
                canvas.line(np.vstack((at, at - (0, height * 0.022))), _grey(tone + 10), 1)
            canvas.line(low - (0, height * 0.022) + shift, _grey(tone), thick * 0.3)
    canvas.fill(
        np.array([[0, deck], [width, deck], [width, deck + height * 0.022], [0, deck + height * 0.022]]), _grey(40)
    )
    for x in edges[1:-1]:
        pier = np.array([[-0.022, 0], [0.022, 0], [0.03, 1], [-0.03, 1]]) * (width, water - deck + height * 0.015) + (
            x,
            deck + height * 0.02,
        )
        canvas.shape(pier, _grey(136), _grey(50), 3)
        for k in range(7):
            y = deck + (water - deck) * k / 6 + height * 0.02
            canvas.line(np.array([[x - width * 0.026, y], [x + width * 0.026, y]]), _grey(96), 1)
    for _ in range(int(rng.integers(10, 26))):
        _person(canvas, rng, rng.uniform(0, width), deck + 2, height * 0.052)
    _water(pixels, rng, water)
    for _ in range(int(rng.integers(1, 4))):
        _junk(
            canvas,
            rng,
            rng.uniform(0.1, 0.9) * width,
            rng.uniform(0.76, 0.9) * height,
            height * rng.uniform(0.08, 0.14),
            False,
        )


def _junk(canvas: Canvas, rng: np.random.Generator, x: float, y: float, s: float, sail: bool) -> None:
    hull = ornament.curve(
        np.array([[-1.3, -0.35], [-0.9, 0.08], [0.8, 0.1], [1.35, -0.42], [0.7, -0.12], [-0.8, -0.1], [-1.3, -0.35]]), 6
    ) * s + (x, y)
    canvas.fill(ornament.circle(0, 0, 1, 24) * (s * 1.25, s * 0.09) + (x, y + s * 0.1), _grey(40))
    canvas.shape(hull, _grey(56), _grey(24), 2)
    canvas.fill(ornament.circle(0, 0, 1, 24)[12:] * (s * 0.5, s * 0.34) + (x + s * 0.1, y - s * 0.1), _grey(104))
    for k in range(10):
        canvas.line(
            ornament.circle(0, 0, 1, 24)[12:] * (s * 0.05 * k, s * 0.34) + (x + s * 0.1, y - s * 0.1), _grey(78), 1
        )
    canvas.line(np.array([[x - s * 0.4, y], [x - s * 0.4, y - s * 2.3]]), _grey(36), max(2, s * 0.03))
    if sail:
        cloth = ornament.curve(
            np.array([[-0.5, -0.4], [-0.62, -2.2], [0.55, -2.0], [0.72, -0.5], [-0.5, -0.4]]), 6
        ) * s + (x, y)
        canvas.shape(cloth, _grey(176), _grey(50), 2)
        for k in np.linspace(0.1, 0.95, 9):
            canvas.line(
                np.array([[-0.52 - 0.1 * k, -0.4 - 1.7 * k], [0.72 - 0.12 * k, -0.5 - 1.5 * k]]) * s + (x, y),
                _grey(86),
                max(1, s * 0.016),
            )
    _person(canvas, rng, x - s * 0.8, y, s * 0.55)


def _harbour(pixels: Pixels, rng: np.random.Generator) -> None:
    height, width = pixels.shape[:2]
    canvas = Canvas(pixels)
    water = int(height * rng.uniform(0.54, 0.6))
    _far_bank(canvas, rng, water, height * 0.2)
    x, y, s = width * rng.uniform(0.3, 0.7), water + height * 0.04, width * rng.uniform(0.15, 0.2)
    ship(canvas, x, water - height * 0.02, s, _grey(34), _grey(205), _grey(92))
    _water(pixels, rng, water)
    for k in range(int(rng.integers(4, 9))):
        near = (k + 1) / 9
        _junk(
            canvas,
            rng,
            rng.uniform(0.05, 0.95) * width,
            y + (height * 0.95 - y) * near,
            height * (0.05 + 0.11 * near),
            bool(rng.random() < 0.6),
        )


def draw(seed: int, width: int, height: int, traits: Traits) -> Picture:
    """One print with its white border and caption."""
    rng = generator(seed, "photograph")
    scenes = (_street, _station, _bridge, _harbour)
    named = next(
        (
            k
            for k, words in enumerate((("街", "路", "道"), ("站",), ("橋",), ("港", "碼頭", "船")))
            if any(w in traits.title for w in words)
        ),
        None,
    )
    scene = scenes[named if named is not None and traits.variant is None else choose(traits.variant, rng, 4)]
    border = int(min(width, height) * 0.035)
    strip = int(height * 0.07)
    w, h = width - 2 * border, height - border - strip
    small = (max(8, h // 8), max(8, w // 8))
    clouds = np.clip(fbm(rng, *small, 3.5, 6) - 0.35, 0, 1) * np.linspace(1.1, 0.4, small[0], dtype=np.float32)[:, None]
    sky = 168 + np.linspace(0, 52, small[0], dtype=np.float32)[:, None] + clouds * 62
    view = cv2.cvtColor(
        cv2.resize(np.clip(sky, 0, 245).astype(np.uint8), (w, h), interpolation=cv2.INTER_CUBIC), cv2.COLOR_GRAY2RGB
    )
    scene(view, rng)
    grey = np.ascontiguousarray(view[..., 0])
    focus = float(rng.uniform(0.6, 1.3)) * min(w, h) / 1400
    grey = cv2.GaussianBlur(grey, (0, 0), max(0.5, focus))
    yy, xx = np.mgrid[0 : small[0], 0 : small[1]].astype(np.float32)
    radius = ((xx / small[1] - 0.5) ** 2 + (yy / small[0] - 0.5) ** 2) * 2
    light = np.clip((1.06 - 0.62 * radius**1.4) * (0.82 + 0.3 * fbm(rng, *small, 2, 3)), 0, 1) * 255
    grey = cv2.multiply(grey, cv2.resize(light.astype(np.uint8), (w, h)), scale=1 / 236)
    film = tiled("film", h, w, rng)
    grey = cv2.addWeighted(grey, 1.0, film, float(rng.uniform(0.24, 0.42)), -42)
    for _ in range(int(rng.integers(8, 26))):  # scratches and hairs
        at = np.array([rng.uniform(0, w), rng.uniform(0, h)])
        turn, reach = rng.normal(np.pi / 2, 0.5), rng.uniform(0.02, 0.4) * h
        path = ornament.curve(
            np.vstack(
                (
                    at,
                    at + np.array([np.cos(turn), np.sin(turn)]) * reach / 2 + rng.normal(0, reach * 0.03, 2),
                    at + np.array([np.cos(turn), np.sin(turn)]) * reach,
                )
            ),
            6,
        )
        cv2.polylines(
            grey, [np.rint(path * 16).astype(np.int32)], False, int(rng.choice([225, 235, 60])), 1, cv2.LINE_AA, 4
        )
    dust = cv2.convertScaleAbs(cv2.subtract(tiled("stone", h, w, rng), 226), alpha=8)
    grey = cv2.add(grey, dust)
    shadows, lights = (
        ((38, 30, 24), (236, 222, 192)),
        ((28, 28, 30), (226, 224, 216)),
        ((52, 36, 24), (240, 216, 172)),
        ((30, 32, 36), (222, 222, 214)),
    )[choose(traits.palette, rng, 4)]
    ramp = np.linspace(0, 1, 256)[:, None] ** 0.96
    table = (np.array(shadows) * (1 - ramp) + np.array(lights) * ramp).astype(np.uint8)
    toned = cv2.LUT(cv2.merge([grey] * 3), table[None])
    paper = plain(height, width, (232, 224, 204))
    pulp = cv2.convertScaleAbs(cv2.subtract(tiled("grain", height, width, rng), 116), alpha=0.3)
    paper = cv2.subtract(paper, cv2.cvtColor(pulp, cv2.COLOR_GRAY2RGB))
    paper[border : border + h, border : border + w] = toned
    words = np.zeros((strip, width), np.uint8)
    caption = (
        traits.inscription or traits.title or ("天津街景", "天津車站", "海河鐵橋", "紫竹林碼頭")[scenes.index(scene)]
    )
    cell = int(min(strip * 0.46, width * 0.6 / max(1, len(caption))))
    row(words, caption, border + cell, (strip - cell) // 2, cell, "brush", 0, 1.1)
    number = f"No. {int(rng.integers(10, 999))}"
    row(words, number, width - border - width_of(number, cell) - cell, (strip - cell) // 2, cell)
    patch = np.ascontiguousarray(paper[height - strip :])
    darken(patch, words, (58, 48, 40))
    paper[height - strip :] = patch
    stain = cv2.resize(
        (np.clip(fbm(rng, *small, 3, 5) - 0.62, 0, 1) * 260).clip(0, 90).astype(np.uint8), (width, height)
    )
    darken(paper, stain, (176, 132, 78))
    return Picture(paper)
