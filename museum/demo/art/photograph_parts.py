"""What old photographs show: fronts, people, water, boats, and the ground they stand on."""

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.demo.art import ornament
from museum.demo.art.brush import Colour, Pixels, tiled
from museum.demo.art.ornament import Canvas

Points = NDArray[np.float64]


def grey(value: float) -> Colour:
    """The colour of a grey, 0 to 255."""
    v = int(np.clip(value, 0, 255))
    return (v, v, v)


def facade(rng: np.random.Generator, bays: int, storeys: int, tone: float) -> Pixels:
    """A front of 96 pixels for each bay and storey: cornices, windows, balconies, shops with signs."""
    cell = 96
    width, height = bays * cell, storeys * cell + 40
    canvas = Canvas(np.full((height, width, 3), int(tone), np.uint8))
    for y in range(0, height, 7):  # courses of brick
        canvas.line(np.array([[0, y], [width, y]]), grey(tone * 0.9), 1)
    arched = bool(rng.random() < 0.4)
    for storey in range(storeys):
        top = 34 + storey * cell
        canvas.fill(np.array([[0, top - 8], [width, top - 8], [width, top - 1], [0, top - 1]]), grey(tone * 1.2))
        canvas.line(np.array([[0, top], [width, top]]), grey(tone * 0.5), 2)
        ground = storey == storeys - 1
        for bay in range(bays):
            x = bay * cell
            if ground and rng.random() < 0.75:
                canvas.fill(
                    np.array([[x + 8, top + 26], [x + 88, top + 26], [x + 88, top + 96], [x + 8, top + 96]]),
                    grey(tone * 0.28),
                )
                canvas.shape(
                    np.array([[x + 4, top + 4], [x + 92, top + 4], [x + 92, top + 22], [x + 4, top + 22]]),
                    grey(rng.uniform(30, 230)),
                    grey(30),
                    2,
                )
                continue
            pane = np.array([[x + 28, top + 20], [x + 68, top + 20], [x + 68, top + 76], [x + 28, top + 76]])
            canvas.fill((pane - pane.mean(0)) * 1.2 + pane.mean(0), grey(tone * 1.15))
            if arched:
                canvas.fill(ornament.circle(x + 48, top + 22, 20, 30), grey(tone * 0.35))
            canvas.fill(pane, grey(tone * rng.uniform(0.22, 0.5)))
            canvas.line(np.array([[x + 48, top + 20], [x + 48, top + 76]]), grey(tone * 1.1), 2)
            canvas.line(np.array([[x + 28, top + 44], [x + 68, top + 44]]), grey(tone * 1.1), 2)
            if rng.random() < 0.2:
                canvas.fill(
                    np.array([[x + 16, top + 74], [x + 80, top + 74], [x + 80, top + 90], [x + 16, top + 90]]),
                    grey(tone * 0.7),
                )
                for k in range(9):
                    canvas.line(
                        np.array([[x + 18 + k * 7.5, top + 74], [x + 18 + k * 7.5, top + 90]]), grey(tone * 1.2), 1
                    )
    canvas.fill(np.array([[0, 0], [width, 0], [width, 12], [0, 12]]), grey(tone * 1.25))
    return canvas.pixels


def hang(pixels: Pixels, texture: Pixels, corners: Points) -> None:
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


def person(canvas: Canvas, rng: np.random.Generator, x: float, y: float, s: float) -> None:
    """Somebody who stands at (x, y), `s` high."""
    tone = rng.uniform(20, 110)
    robe = np.array([[-0.13, -0.78], [0.13, -0.78], [0.19, -0.1], [-0.19, -0.1]]) * s + (x, y)
    canvas.fill(ornament.circle(0, 0, 1, 20) * (s * 0.32, s * 0.045) + (x + s * 0.16, y), grey(58))
    for k in (-0.07, 0.07):
        canvas.line(
            np.array([[x + k * s, y - 0.12 * s], [x + (k + rng.normal(0, 0.05)) * s, y]]), grey(26), max(1, s * 0.06)
        )
    canvas.fill(robe, grey(tone))
    canvas.disc(x, y - s * 0.88, s * 0.085, grey(130))
    canvas.fill(np.array([[-0.14, -0.9], [0.14, -0.9], [0.07, -1.0], [-0.07, -1.0]]) * s + (x, y), grey(28))


def rickshaw(canvas: Canvas, rng: np.random.Generator, x: float, y: float, s: float) -> None:
    """A rickshaw at (x, y), `s` high."""
    canvas.line(ornament.circle(x, y - s * 0.34, s * 0.34, 40), grey(24), max(1, s * 0.035), closed=True)
    for k in range(10):
        t = k * np.pi / 5
        canvas.line(
            np.array([[x, y - s * 0.34], [x + np.cos(t) * s * 0.33, y - s * 0.34 + np.sin(t) * s * 0.33]]), grey(44), 1
        )
    canvas.fill(ornament.circle(0, 0, 1, 24)[12:] * (s * 0.36, s * 0.45) + (x + s * 0.06, y - s * 0.75), grey(30))
    canvas.fill(np.array([[-0.3, -0.75], [0.42, -0.75], [0.36, -0.42], [-0.26, -0.42]]) * s + (x, y), grey(52))
    canvas.line(np.array([[x - s * 0.2, y - s * 0.45], [x - s * 1.15, y - s * 0.5]]), grey(36), max(1, s * 0.04))
    person(canvas, rng, x - s * 1.1, y, s * 0.95)


def ground(pixels: Pixels, rng: np.random.Generator, horizon: float, tone: float, vanish: float) -> None:
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


def water(pixels: Pixels, rng: np.random.Generator, top: int) -> None:
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


def far_bank(canvas: Canvas, rng: np.random.Generator, y: float, s: float) -> None:
    """The houses of the far bank along `y`."""
    x = -s * 0.3
    while x < canvas.width:
        w, h = s * rng.uniform(0.3, 0.9), s * rng.uniform(0.2, 0.6)
        hang(
            canvas.pixels,
            cv2.convertScaleAbs(
                facade(rng, max(2, round(w / s * 7)), int(rng.integers(2, 4)), rng.uniform(110, 170)),
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
                grey(96),
            )
        x += w * rng.uniform(0.95, 1.1)


def junk(canvas: Canvas, rng: np.random.Generator, x: float, y: float, s: float, sail: bool) -> None:
    """A junk at (x, y), `s` long."""
    hull = ornament.curve(
        np.array([[-1.3, -0.35], [-0.9, 0.08], [0.8, 0.1], [1.35, -0.42], [0.7, -0.12], [-0.8, -0.1], [-1.3, -0.35]]), 6
    ) * s + (x, y)
    canvas.fill(ornament.circle(0, 0, 1, 24) * (s * 1.25, s * 0.09) + (x, y + s * 0.1), grey(40))
    canvas.shape(hull, grey(56), grey(24), 2)
    canvas.fill(ornament.circle(0, 0, 1, 24)[12:] * (s * 0.5, s * 0.34) + (x + s * 0.1, y - s * 0.1), grey(104))
    for k in range(10):
        canvas.line(
            ornament.circle(0, 0, 1, 24)[12:] * (s * 0.05 * k, s * 0.34) + (x + s * 0.1, y - s * 0.1), grey(78), 1
        )
    canvas.line(np.array([[x - s * 0.4, y], [x - s * 0.4, y - s * 2.3]]), grey(36), max(2, s * 0.03))
    if sail:
        cloth = ornament.curve(
            np.array([[-0.5, -0.4], [-0.62, -2.2], [0.55, -2.0], [0.72, -0.5], [-0.5, -0.4]]), 6
        ) * s + (x, y)
        canvas.shape(cloth, grey(176), grey(50), 2)
        for k in np.linspace(0.1, 0.95, 9):
            canvas.line(
                np.array([[-0.52 - 0.1 * k, -0.4 - 1.7 * k], [0.72 - 0.12 * k, -0.5 - 1.5 * k]]) * s + (x, y),
                grey(86),
                max(1, s * 0.016),
            )
    person(canvas, rng, x - s * 0.8, y, s * 0.55)
