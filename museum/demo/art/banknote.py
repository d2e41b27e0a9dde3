"""Banknotes: guilloches, a framed view, denominations, numbers and seals in two printed colours."""

import cv2
import numpy as np

from museum.demo.art import ornament
from museum.demo.art.brush import Colour, Pixels, darken, fbm, generator, tiled
from museum.demo.art.lettering import column, row, seal_face, width_of
from museum.demo.art.picture import Picture, Traits
from museum.demo.art.solid import cast_shadow, compose, ground

_INKS: tuple[tuple[Colour, Colour], ...] = (
    ((36, 74, 60), (176, 132, 70)),
    ((52, 52, 104), (170, 96, 92)),
    ((112, 44, 40), (140, 150, 96)),
    ((66, 50, 92), (92, 140, 140)),
    ((34, 66, 100), (188, 148, 92)),
)


def _rosette(
    canvas: ornament.Canvas, x: float, y: float, radius: float, lobes: int, rings: int, colour: Colour
) -> None:
    """A guilloche: shifted waves around a circle."""
    t = np.linspace(0, 2 * np.pi, 300, endpoint=False)
    for k in range(rings):
        wave = radius * (0.72 + 0.28 * np.cos(lobes * t + k * 2 * np.pi / rings))
        canvas.line(np.column_stack((x + wave * np.cos(t), y + wave * np.sin(t))), colour, 1, closed=True)


def _view(
    canvas: ornament.Canvas, box: tuple[float, float, float, float], rng: np.random.Generator, ink: Colour
) -> None:
    """An engraved view of a gate tower or a bridge in an oval of lines."""
    x, y, w, h = box
    for k in range(int(h / 4)):
        level = y + k * 4.0
        part = np.sqrt(max(0.0, 1 - ((level - y - h / 2) / (h / 2)) ** 2))
        wobble = np.linspace(-1, 1, 30)
        canvas.line(np.column_stack((x + w / 2 + wobble * w / 2 * part, level + np.sin(wobble * 9 + k) * 0.8)), ink, 1)
    canvas.line(
        ornament.circle(0, 0, 1, 90) * (w / 2, h / 2) + (x + w / 2, y + h / 2), ink, max(2, w / 120), closed=True
    )
    base, middle = y + h * 0.78, x + w / 2
    paper = (226, 214, 186)
    wall = np.array([[-0.34, 0], [-0.3, -0.26], [0.3, -0.26], [0.34, 0]]) * (w, h) + (middle, base)
    canvas.shape(wall, paper, ink, 2)
    for k in range(1, 9):
        level = base - h * 0.26 * k / 9
        canvas.line(np.array([[middle - w * 0.32, level], [middle + w * 0.32, level]]), ink, 1)
    canvas.fill(
        np.vstack(
            (
                ornament.circle(0, 0, 1, 40)[20:] * (w * 0.07, h * 0.13) + (middle, base - h * 0.05),
                [[middle + w * 0.07, base], [middle - w * 0.07, base]],
            )
        ),
        ink,
    )
    for storey in range(2):
        foot, wide = base - h * (0.26 + 0.2 * storey), w * (0.27 - 0.06 * storey)
        canvas.shape(
            np.array([[-0.8, 0], [-0.8, -0.1 * h / wide], [0.8, -0.1 * h / wide], [0.8, 0]]) * wide + (middle, foot),
            paper,
            ink,
            2,
        )
        for k in range(-6, 7):
            canvas.line(
                np.array([[middle + k * wide * 0.12, foot], [middle + k * wide * 0.12, foot - h * 0.1]]), ink, 1
            )
        roof = ornament.curve(
            np.array([[-1.25, -0.02], [-0.85, 0.02], [-0.5, -0.5], [0.5, -0.5], [0.85, 0.02], [1.25, -0.02]]), 6
        )
        canvas.fill(roof * (wide, h * 0.2) + (middle, foot - h * 0.1), ink)


def draw(seed: int, width: int, height: int, traits: Traits) -> Picture:
    """One banknote lying on a dark ground."""
    rng = generator(seed, "banknote")
    under = ground(rng, height, width, int(rng.integers(6)), None)
    w = int(width * 0.9)
    h = int(min(height * 0.84, w * rng.uniform(0.52, 0.6)))
    ink, second = _INKS[(traits.palette if traits.palette is not None else int(rng.integers(len(_INKS)))) % len(_INKS)]
    paper: Pixels = np.empty((h, w, 3), np.uint8)
    paper[:] = (230, 220, 196)
    tone = cv2.resize((fbm(rng, h // 8, w // 8, 4, 4) * 70).astype(np.uint8), (w, h))
    darken(paper, tone, (168, 132, 84))
    canvas = ornament.Canvas(paper)
    pale = tuple(int(c * 0.5 + 115) for c in second)
    for k in range(6):
        _rosette(canvas, w * (0.1 + 0.16 * k), h * 0.5, h * 0.42, int(rng.integers(7, 15)), 7, pale)  # type: ignore[arg-type]
    for inset, thick in ((0.025, 3), (0.032, 1), (0.1, 2), (0.106, 1)):
        d = h * inset
        canvas.line(np.array([[d, d], [w - d, d], [w - d, h - d], [d, h - d]]), ink, thick, closed=True)
    step = h * 0.058
    for k in range(int((w - h * 0.2) / step)):
        for y in (h * 0.068, h * 0.932):
            _rosette(canvas, h * 0.1 + (k + 0.5) * step, y, step * 0.55, 6, 2, ink)
    for k in range(int((h * 0.8) / step)):
        for x in (h * 0.068, w - h * 0.068):
            _rosette(canvas, x, h * 0.1 + (k + 0.5) * step, step * 0.55, 6, 2, ink)
    _view(canvas, (w * 0.32, h * 0.3, w * 0.36, h * 0.44), rng, ink)
    value = ("壹圓", "伍圓", "拾圓", "伍角", "壹百圓")[int(rng.integers(5))]
    digits = {"壹圓": "1", "伍圓": "5", "拾圓": "10", "伍角": "50", "壹百圓": "100"}[value]
    for x in (w * 0.18, w * 0.82):
        _rosette(canvas, x, h * 0.5, h * 0.24, 12, 9, ink)
        _rosette(canvas, x, h * 0.5, h * 0.17, 9, 6, second)
    lettering, numbers = np.zeros((h, w), np.uint8), np.zeros((h, w), np.uint8)
    size = int(h * 0.12)
    bank = (
        traits.inscription or ("天津銀號", "北洋銀行", "直隸省銀行", "津沽商業銀行", "河北銀錢局")[int(rng.integers(5))]
    )
    row(
        lettering,
        bank[::-1],
        (w - width_of(bank, size, 1.2)) // 2,
        int(h * 0.135),
        size,
        "sans",
        max(1, size // 40),
        1.2,
    )
    each = int(h * (0.16 if len(value) < 3 else 0.12))
    for x in (w * 0.18, w * 0.82):
        column(
            lettering,
            value,
            int(x - each / 2),
            int(h * 0.5 - each * 1.05 * len(value) / 2),
            each,
            "brush",
            max(1, each // 40),
        )
    corner = int(h * 0.085)
    for x, y in ((0.135, 0.14), (0.865, 0.14), (0.135, 0.86), (0.865, 0.86)):
        row(
            lettering,
            digits,
            int(w * x - width_of(digits, corner) / 2),
            int(h * y - corner / 2),
            corner,
            "sans",
            max(1, corner // 20),
        )
    serial = f"{'ABCDEFGHJKLM'[int(rng.integers(12))]}{int(rng.integers(10**6, 10**7))}"
    for x in (0.3, 0.62):
        row(numbers, serial, int(w * x), int(h * 0.27 - size * 0.2), int(h * 0.05))
    year = "中華民國" + ("十", "十五", "二十", "十八", "二十四")[int(rng.integers(5))] + "年印"
    row(lettering, year, (w - width_of(year, int(h * 0.05))) // 2, int(h * 0.83), int(h * 0.05))
    darken(paper, cv2.convertScaleAbs(lettering, alpha=0.95), ink)
    darken(paper, numbers, (150, 34, 36))
    for x in (0.37, 0.6):
        s = int(h * 0.09)
        face = seal_face("行長之印" if x < 0.5 else "副理之章", s, False, rng)
        top, left = int(h * 0.735), int(w * x - s * 0.2)
        patch = np.ascontiguousarray(paper[top : top + s, left : left + s])
        darken(patch, face, (178, 40, 36))
        paper[top : top + s, left : left + s] = patch
    folds = np.zeros((h, w), np.uint8)
    for x in (0.5, 0.26, 0.75):
        cv2.line(folds, (int(w * x), 0), (int(w * (x + rng.normal(0, 0.004))), h), 120, max(2, w // 400), cv2.LINE_AA)
    cv2.line(folds, (0, int(h * 0.5)), (w, int(h * 0.5)), 90, max(2, w // 400), cv2.LINE_AA)
    darken(paper, cv2.GaussianBlur(folds, (0, 0), 2), (120, 96, 66))
    darken(paper, cv2.convertScaleAbs(tiled("fibre", h, w, rng), alpha=0.24), (120, 100, 72))
    darken(paper, cv2.convertScaleAbs(cv2.subtract(tiled("stone", h, w, rng), 150), alpha=0.6), (110, 88, 60))
    body, mask = np.zeros((height, width, 3), np.uint8), np.zeros((height, width), np.uint8)
    top, left = (height - h) // 2, (width - w) // 2
    body[top : top + h, left : left + w] = paper
    mask[top : top + h, left : left + w] = 255
    cast_shadow(under, mask, (width * 0.006, width * 0.008), width * 0.01, 0.8)
    return Picture(compose(under, body, mask), mask)
