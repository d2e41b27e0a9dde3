"""Old photographs: a street, a station, a bridge or a harbour in perspective, then lens, emulsion and eighty years."""

import itertools

import cv2
import numpy as np

from museum.demo.art import ornament
from museum.demo.art import photograph_parts as parts
from museum.demo.art.brush import Pixels, darken, fbm, generator, plain, tiled
from museum.demo.art.lettering import row, width_of
from museum.demo.art.ornament import Canvas
from museum.demo.art.picture import Picture, Traits, choose
from museum.demo.art.poster_parts import ship


def _street(pixels: Pixels, rng: np.random.Generator) -> None:
    height, width = pixels.shape[:2]
    canvas = Canvas(pixels)
    vx, vy = width * rng.uniform(0.38, 0.62), height * rng.uniform(0.5, 0.58)
    parts.ground(pixels, rng, vy, 128, vx)
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
            texture = parts.facade(rng, max(2, round((far - close) * 5)), storeys, tone * (0.8 if side > 0 else 1.05))
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
            parts.hang(pixels, texture, quad)
            canvas.line(quad[:2], parts.grey(60 + 120 * haze), max(1, 5 / close))
    for rail in (-0.12, -0.05, 0.05, 0.12):
        canvas.line(
            np.array([[vx + rail * width * 0.12, vy + eye * 0.12], [vx + rail * width * 1.3, height + 2]]),
            parts.grey(60),
            max(1, width / 700),
        )
    for side in (-1, 1):
        for z in (5.0, 3.4, 2.3, 1.55, 1.08):
            x = vx + side * width * 0.37 / z
            canvas.line(
                np.array([[x, vy + eye / z], [x, vy - eye * 1.5 / z]]),
                parts.grey(40 + 90 * min(1, z / 6)),
                max(1, width / 170 / z),
            )
            for arm in (1.25, 1.4):
                canvas.line(
                    np.array([[x - eye * 0.16 / z, vy - eye * arm / z], [x + eye * 0.16 / z, vy - eye * arm / z]]),
                    parts.grey(44),
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
                parts.grey(70),
                max(1, width // 1600),
            )
    for z in np.sort(rng.uniform(0.95, 5.5, int(rng.integers(18, 40))))[::-1]:
        x = vx + rng.choice([-1, 1]) * rng.uniform(0.06, 0.42) * width / z
        if rng.random() < 0.16:
            parts.rickshaw(canvas, rng, x, vy + eye / z, eye * 0.6 / z)
        else:
            parts.person(canvas, rng, x, vy + eye / z, eye * 0.62 / z)


def _station(pixels: Pixels, rng: np.random.Generator) -> None:
    height, width = pixels.shape[:2]
    canvas = Canvas(pixels)
    base = height * rng.uniform(0.66, 0.72)
    parts.ground(pixels, rng, base - height * 0.02, 140, width / 2)
    left, right = width * rng.uniform(0.06, 0.14), width * rng.uniform(0.86, 0.94)
    tall = height * rng.uniform(0.24, 0.3)
    bays = int(rng.integers(10, 15))
    parts.hang(
        pixels,
        parts.facade(rng, bays, 2, rng.uniform(130, 180)),
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
    canvas.shape(roof, parts.grey(88), parts.grey(40), 3)
    for k in np.linspace(0.02, 0.98, 70):
        canvas.line(
            np.vstack((roof[1] + (roof[2] - roof[1]) * k, roof[0] + (roof[3] - roof[0]) * k)), parts.grey(70), 1
        )
    for k, x in enumerate((left + width * 0.1, width * 0.5, right - width * 0.1)):
        w, up = width * (0.075 if k == 1 else 0.055), tall * (1.75 if k == 1 else 1.4)
        parts.hang(
            pixels,
            parts.facade(rng, 2, 4, 165),
            np.array([[x - w, base - up], [x + w, base - up], [x + w, base], [x - w, base]]),
        )
        canvas.shape(
            np.array([[x - w * 1.15, base - up], [x, base - up - tall * 0.6], [x + w * 1.15, base - up]]),
            parts.grey(72),
            parts.grey(36),
            3,
        )
        canvas.line(
            np.array([[x, base - up - tall * 0.55], [x, base - up - tall * 0.85]]), parts.grey(40), max(2, width / 500)
        )
    cx, cy = width * 0.5, base - tall * 1.5
    canvas.shape(ornament.circle(cx, cy, width * 0.036, 60), parts.grey(226), parts.grey(30), max(2, width / 400))
    for turn, reach in ((rng.uniform(0, 6.28), 0.03), (rng.uniform(0, 6.28), 0.02)):
        canvas.line(
            np.array([[cx, cy], [cx + np.sin(turn) * width * reach, cy - np.cos(turn) * width * reach]]),
            parts.grey(20),
            max(2, width / 500),
        )
    for k in range(12):
        canvas.disc(
            cx + np.sin(k * np.pi / 6) * width * 0.03,
            cy - np.cos(k * np.pi / 6) * width * 0.03,
            width * 0.0016,
            parts.grey(20),
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
        parts.grey(214),
        parts.grey(40),
        2,
    )
    darken(pixels, words, (24, 24, 24))
    for z in np.sort(rng.uniform(0.0, 1.0, int(rng.integers(26, 60)))):
        y = base + (height - base) * (0.03 + 0.9 * z**1.6)
        s = min(height, width) * (0.045 + 0.1 * z**1.6)
        (parts.rickshaw if rng.random() < 0.2 else parts.person)(canvas, rng, rng.uniform(0.03, 0.97) * width, y, s)


def _bridge(pixels: Pixels, rng: np.random.Generator) -> None:
    height, width = pixels.shape[:2]
    canvas = Canvas(pixels)
    water, deck = int(height * 0.66), height * rng.uniform(0.52, 0.56)
    parts.far_bank(canvas, rng, water, height * 0.26)
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
            canvas.line(high + shift, parts.grey(tone), thick)
            for k in range(n + 1):
                canvas.line(np.vstack((low[k], high[k])) + shift, parts.grey(tone), thick * 0.55)
                if k < n:
                    canvas.line(
                        np.vstack((low[k], high[k + 1]) if k < n / 2 else (low[k + 1], high[k])) + shift,
                        parts.grey(tone),
                        thick * 0.4,
                    )
            for k in np.linspace(0, 1, 90):
                at = low[0] + (low[-1] - low[0]) * k + shift
                canvas.line(np.vstack((at, at - (0, height * 0.022))), parts.grey(tone + 10), 1)
            canvas.line(low - (0, height * 0.022) + shift, parts.grey(tone), thick * 0.3)
    canvas.fill(
        np.array([[0, deck], [width, deck], [width, deck + height * 0.022], [0, deck + height * 0.022]]), parts.grey(40)
    )
    for x in edges[1:-1]:
        pier = np.array([[-0.022, 0], [0.022, 0], [0.03, 1], [-0.03, 1]]) * (width, water - deck + height * 0.015) + (
            x,
            deck + height * 0.02,
        )
        canvas.shape(pier, parts.grey(136), parts.grey(50), 3)
        for k in range(7):
            y = deck + (water - deck) * k / 6 + height * 0.02
            canvas.line(np.array([[x - width * 0.026, y], [x + width * 0.026, y]]), parts.grey(96), 1)
    for _ in range(int(rng.integers(10, 26))):
        parts.person(canvas, rng, rng.uniform(0, width), deck + 2, height * 0.052)
    parts.water(pixels, rng, water)
    for _ in range(int(rng.integers(1, 4))):
        parts.junk(
            canvas,
            rng,
            rng.uniform(0.1, 0.9) * width,
            rng.uniform(0.76, 0.9) * height,
            height * rng.uniform(0.08, 0.14),
            False,
        )


def _harbour(pixels: Pixels, rng: np.random.Generator) -> None:
    height, width = pixels.shape[:2]
    canvas = Canvas(pixels)
    water = int(height * rng.uniform(0.54, 0.6))
    parts.far_bank(canvas, rng, water, height * 0.2)
    x, y, s = width * rng.uniform(0.3, 0.7), water + height * 0.04, width * rng.uniform(0.15, 0.2)
    ship(canvas, x, water - height * 0.02, s, parts.grey(34), parts.grey(205), parts.grey(92))
    parts.water(pixels, rng, water)
    for k in range(int(rng.integers(4, 9))):
        near = (k + 1) / 9
        parts.junk(
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
