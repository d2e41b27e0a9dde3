# ruff: noqa: RUF005 (offsets are added to arrays here, nothing is joined)
"""Old city maps: a walled town, the river, concessions with streets, railway, names, scale, compass and cartouche."""

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.demo.art import ornament
from museum.demo.art.brush import Colour, darken, generator
from museum.demo.art.lettering import column, row, width_of
from museum.demo.art.ornament import Canvas
from museum.demo.art.picture import Picture, Traits, choose
from museum.demo.art.sheet import press_seal, sheet

Points = NDArray[np.float64]
_TINTS: tuple[tuple[Colour, ...], ...] = (
    ((226, 198, 160), (206, 212, 178), (228, 206, 196), (204, 208, 214), (232, 220, 172)),
    ((214, 192, 150), (196, 200, 160), (220, 188, 170), (190, 198, 196), (224, 208, 150)),
    ((232, 214, 184), (214, 220, 196), (236, 214, 208), (212, 216, 224), (238, 228, 190)),
)
_QUARTERS = ("英租界", "法租界", "日租界", "德租界", "俄租界", "意租界", "奧租界", "比租界")
_STREETS = (
    "大沽路",
    "河北大街",
    "估衣街",
    "宮北大街",
    "東馬路",
    "南門外",
    "北門內",
    "西門內",
    "鼓樓東",
    "鼓樓西",
    "維多利亞道",
    "大法國路",
    "旭街",
    "山西路",
    "河沿路",
    "海大道",
    "錦衣衛橋",
    "三條石",
    "侯家後",
    "小白樓",
)
_SIGNS = (
    "鼓樓",
    "文廟",
    "天后宮",
    "老龍頭車站",
    "電報局",
    "海關",
    "望海樓",
    "金鋼橋",
    "萬國橋",
    "審判廳",
    "水師營",
    "大悲院",
    "廣東會館",
    "造幣廠",
)


def _blocks(
    canvas: Canvas,
    rng: np.random.Generator,
    origin: Points,
    along: Points,
    across: Points,
    size: tuple[int, int],
    tint: Colour,
    ink: Colour,
    gap: float,
) -> None:
    """City blocks between streets: a bent grid of quadrilaterals, hatched or built up with houses."""
    columns, rows = size
    u, v = np.cumsum(rng.uniform(0.7, 1.4, columns + 1)), np.cumsum(rng.uniform(0.7, 1.4, rows + 1))
    u, v = (u - u[0]) / (u[-1] - u[0]), (v - v[0]) / (v[-1] - v[0])
    jitter = rng.normal(0, 0.008, (columns + 1, rows + 1, 2))
    knots = origin + (u[:, None, None] + jitter[..., :1]) * along + (v[None, :, None] + jitter[..., 1:]) * across
    houses: list[NDArray[np.int32]] = []
    for i in range(columns):
        for j in range(rows):
            block = np.array([knots[i, j], knots[i + 1, j], knots[i + 1, j + 1], knots[i, j + 1]])
            middle = block.mean(0)
            span = np.hypot(*(block - middle).T)
            block = middle + (block - middle) * np.clip(1 - gap / span, 0.2, 1)[:, None]
            shade = tuple(int(c * rng.uniform(0.94, 1.03)) for c in tint)
            if rng.random() < 0.05:
                canvas.shape(block, (182, 198, 152), ink, 1)
                for _ in range(14):
                    spot = middle + (block[int(rng.integers(4))] - middle) * rng.uniform(0.1, 0.8)
                    canvas.line(ornament.circle(spot[0], spot[1], gap * 0.7, 8), (96, 124, 80), 1, closed=True)
                continue
            canvas.shape(block, tuple(min(255, c) for c in shade), ink, 1)  # type: ignore[arg-type]
            a, b, c, d = block
            parts = np.linspace(0.04, 0.92, int(rng.integers(5, 10)))
            for depth in (0.08, 0.62):
                near, deep = np.full_like(parts, depth), depth + rng.uniform(0.12, 0.3, len(parts))
                ends = parts + rng.uniform(0.05, 0.1, len(parts))
                u4 = np.stack((parts, ends, ends, parts), 1)[..., None]
                v4 = np.stack((near, near, deep, deep), 1)[..., None]
                corners = (a + (b - a) * u4) * (1 - v4) + (d + (c - d) * u4) * v4
                houses += list(np.rint(corners * 16).astype(np.int32))
    cv2.polylines(canvas.pixels, houses, True, tuple(int(c * 0.5 + 90) for c in ink), 1, cv2.LINE_AA, 4)
    for house in houses[:: int(rng.integers(3, 7))]:
        cv2.fillPoly(canvas.pixels, [house], tuple(int(c * 0.62) for c in tint), cv2.LINE_AA, 4)


def _compass(canvas: Canvas, x: float, y: float, size: float, ink: Colour, red: Colour) -> None:
    for part in (1.0, 0.92, 0.42):
        canvas.line(ornament.circle(x, y, size * part, 80), ink, 1, closed=True)
    for k in range(16):
        turn, long = k * np.pi / 8, (1.25 if k % 4 == 0 else 0.88 if k % 2 == 0 else 0.62) * size
        tip = np.array([x + np.sin(turn) * long, y - np.cos(turn) * long])
        for side, colour in ((-1, ink), (1, red if k == 0 else (236, 226, 200))):
            foot = np.array([x + np.sin(turn + side * 0.3) * size * 0.26, y - np.cos(turn + side * 0.3) * size * 0.26])
            canvas.shape(np.vstack((tip, foot, [x, y])), colour, ink, 1)
    for k in range(72):
        turn = k * np.pi / 36
        ray = np.array([np.sin(turn), -np.cos(turn)])
        canvas.line(np.vstack((ray * size * 0.92, ray * size)) + (x, y), ink, 1)


def draw(seed: int, width: int, height: int, traits: Traits) -> Picture:
    """One printed and hand-tinted sheet."""
    rng = generator(seed, "map")
    tints = _TINTS[choose(traits.palette, rng, len(_TINTS))]
    ink: Colour = ((52, 42, 36), (40, 44, 56), (62, 40, 32))[int(rng.integers(3))]
    red: Colour = (168, 52, 40)
    pixels = sheet(rng, height, width, (236, 222, 188), float(rng.uniform(0.4, 1.0)))
    canvas = Canvas(pixels)
    unit = float(min(width, height))
    gap = unit * 0.0062
    far = width + height
    bends = rng.normal(0, 0.09, 6)
    start = rng.uniform(0.2, 0.4)
    knots = np.array(
        [
            [-0.05, start],
            [0.2, start + bends[0]],
            [0.42, 0.42 + bends[1]],
            [0.55, 0.5 + bends[2]],
            [0.66, 0.66 + bends[3]],
            [0.86, 0.74 + bends[4] / 2],
            [1.06, 0.9 + bends[5] / 2],
        ]
    ) * (width, height)
    river = ornament.curve(knots, 26)
    side = np.gradient(river, axis=0)
    side = np.column_stack((-side[:, 1], side[:, 0])) / np.maximum(np.hypot(*side.T), 1e-6)[:, None]
    canal = ornament.curve(
        np.array([[0.34, -0.05], [0.37, 0.14], [0.33, 0.26], [knots[2, 0] / width, knots[2, 1] / height]])
        * (width, height),
        20,
    )
    field = [
        np.rint((np.array([[x, y], [x + unit * 0.012, y]])) * 16).astype(np.int32)
        for x, y in rng.uniform(0, 1, (700, 2)) * (width, height)
    ]
    cv2.polylines(pixels, field, False, (172, 156, 112), 1, cv2.LINE_AA, 4)
    # the quarters lie along both banks
    for k in range(9):
        at = 14 + k * 15
        foot, normal = river[at], side[at]
        along = river[min(at + 14, len(river) - 1)] - foot
        for bank in (-1, 1):
            depth = unit * rng.uniform(0.17, 0.34)
            origin = foot + normal * bank * unit * 0.034
            if bank == 1 and k < 3:
                continue
            _blocks(
                canvas,
                rng,
                origin,
                along * 0.96,
                normal * bank * depth,
                (int(rng.integers(3, 6)), int(rng.integers(4, 9))),
                tints[int(rng.integers(len(tints)))],
                ink,
                gap,
            )
    # the walled town with its cross of streets and the drum tower
    wall_w, wall_h = unit * rng.uniform(0.36, 0.44), unit * rng.uniform(0.28, 0.34)
    centre = np.array([width * 0.2, min(height * 0.84 - wall_h / 2, river[30, 1] + unit * 0.12 + wall_h / 2)])
    box = np.array([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]]) * (wall_w, wall_h) + centre
    canvas.fill((box - centre) * 1.1 + centre, (186, 200, 196))
    canvas.line((box - centre) * 1.1 + centre, ink, 1, closed=True)
    canvas.fill(box, (234, 216, 178))
    for qx in (-1, 1):
        for qy in (-1, 1):
            origin = centre + np.array([qx * gap * 1.6, qy * gap * 1.6])
            _blocks(
                canvas,
                rng,
                origin,
                np.array([qx * wall_w * 0.465, 0]),
                np.array([0, qy * wall_h * 0.465]),
                (5, 5),
                tints[0],
                ink,
                gap * 0.8,
            )
    canvas.line(box, ink, unit * 0.006, closed=True)
    teeth = []
    for a, b in zip(box, np.roll(box, -1, axis=0), strict=True):
        n = int(np.hypot(*(b - a)) / (unit * 0.012))
        out = ((a + b) / 2 - centre) / np.hypot(*((a + b) / 2 - centre)) * unit * 0.006
        teeth += [
            np.rint(np.vstack((a + (b - a) * p, a + (b - a) * p + out)) * 16).astype(np.int32)
            for p in np.linspace(0, 1, n)
        ]
    cv2.polylines(pixels, teeth, False, ink, max(1, int(unit * 0.003)), cv2.LINE_AA, 4)
    for dx, dy in ((0, -0.5), (0, 0.5), (-0.5, 0), (0.5, 0), (0, 0)):
        x, y = centre + (dx * wall_w, dy * wall_h)
        s = unit * 0.011
        canvas.shape(np.array([[-s, -s], [s, -s], [s, s], [-s, s]]) + (x, y), (196, 120, 84), ink, 2)
    # water over the streets: banks, tint and the engraver's lines
    for path, wide in ((canal, unit * 0.018), (river, unit * 0.05)):
        canvas.fill(ornament.ribbon(path, np.full(len(path), wide)), (176, 198, 202))
        normal = np.gradient(path, axis=0)
        normal = np.column_stack((-normal[:, 1], normal[:, 0])) / np.maximum(np.hypot(*normal.T), 1e-6)[:, None]
        for part in np.linspace(-0.5, 0.5, 11):
            edge = abs(part) > 0.49
            canvas.line(path + normal * wide * part, ink if edge else (120, 150, 164), unit * 0.002 if edge else 1)
    for at in (52, 78, 104):
        a, b = river[at] - side[at] * unit * 0.032, river[at] + side[at] * unit * 0.032
        canvas.fill(ornament.ribbon(np.vstack((a, b)), np.full(2, unit * 0.011)), (232, 216, 180))
        for sign in (-1, 1):
            canvas.line(
                np.vstack((a, b))
                + (river[at + 1] - river[at]) / np.hypot(*(river[at + 1] - river[at])) * sign * unit * 0.0055,
                ink,
                2,
            )
    rail = ornament.curve(
        np.array([[0.3, 1.05], [0.5, 0.9], [0.62, 0.36], [0.8, 0.22], [1.06, 0.1]]) * (width, height)
        + (0, -unit * 0.05),
        40,
    )
    canvas.line(rail, ink, unit * 0.0052)
    canvas.line(rail, (238, 228, 200), max(1.0, unit * 0.0028))
    ties = np.gradient(rail, axis=0)
    ties = np.column_stack((-ties[:, 1], ties[:, 0])) / np.hypot(*ties.T)[:, None] * unit * 0.005
    cv2.polylines(
        pixels,
        [np.rint(np.vstack((p - t, p + t)) * 16).astype(np.int32) for p, t in zip(rail, ties, strict=True)],
        False,
        ink,
        max(1, int(unit * 0.0012)),
        cv2.LINE_AA,
        4,
    )
    words, reds = np.zeros((height, width), np.uint8), np.zeros((height, width), np.uint8)
    for k, name in enumerate(rng.permutation(_QUARTERS)[:7]):
        at = 20 + k * 16
        x, y = river[at] + side[at] * (1 if k % 2 else -1) * unit * 0.17
        row(
            reds,
            str(name),
            int(x - width_of(str(name), int(unit * 0.03), 1.5) / 2),
            int(y),
            int(unit * 0.03),
            "sans",
            max(1, int(unit * 0.0007)),
            1.5,
        )
    for k, name in enumerate(rng.permutation(_STREETS)[:16]):
        x, y = river[8 + k * 9] + side[8 + k * 9] * rng.choice([-1, 1]) * unit * rng.uniform(0.06, 0.26)
        (column if rng.random() < 0.5 else row)(words, str(name), int(x), int(y), int(unit * 0.0135))
    for name in rng.permutation(_SIGNS)[:12]:
        x, y = rng.uniform(0.08, 0.92) * width, rng.uniform(0.12, 0.9) * height
        canvas.disc(x, y, unit * 0.004, red)
        row(words, str(name), int(x + unit * 0.007), int(y - unit * 0.008), int(unit * 0.016), "sans", 1)
    for k in range(3):
        at = river[24 + 52 * k]
        column(
            words,
            "海河"[:2] if k else "三岔河口",
            int(at[0] - unit * 0.012),
            int(at[1] - unit * 0.02),
            int(unit * 0.024),
            "brush",
        )
    for name, (dx, dy) in zip(
        ("北門", "南門", "西門", "東門", "鼓樓"), ((0, -0.5), (0, 0.5), (-0.5, 0), (0.5, 0), (0, 0)), strict=True
    ):
        x, y = centre + (dx * wall_w, dy * wall_h)
        row(words, name, int(x + unit * 0.014), int(y - unit * 0.011), int(unit * 0.02), "sans", 1)
    # the margin: frame with degrees, cartouche, scale, compass
    margin = int(unit * 0.045)
    for inset, thick in ((0.35, 2), (0.5, 1), (1.0, 3)):
        d = margin * inset
        canvas.line(
            np.array([[d, d], [width - d, d], [width - d, height - d], [d, height - d]]), ink, thick, closed=True
        )
    for edge in (
        (0, 0, width, margin),
        (0, height - margin, width, height),
        (0, 0, margin, height),
        (width - margin, 0, width, height),
    ):
        cv2.rectangle(pixels, edge[:2], edge[2:], (233, 220, 188), -1)
    for inset, thick in ((0.35, 2), (0.5, 1), (1.0, 3)):
        d = margin * inset
        canvas.line(
            np.array([[d, d], [width - d, d], [width - d, height - d], [d, height - d]]), ink, thick, closed=True
        )
    tick = unit * 0.03
    for k in range(int(far / tick)):
        if k % 2 == 0:
            for y in (margin * 0.5, height - margin):
                if (k + 1) * tick < width - margin:
                    canvas.fill(
                        np.array(
                            [
                                [k * tick + margin, y],
                                [(k + 1) * tick + margin, y],
                                [(k + 1) * tick + margin, y + margin * 0.5],
                                [k * tick + margin, y + margin * 0.5],
                            ]
                        ),
                        ink,
                    )
    title = traits.title or "天津城廂全圖"
    cell = int(min(unit * 0.05, unit * 0.62 / max(1, len(title))))
    wide = cell * 2.6
    tall = cell * 1.12 * len(title) + cell * 1.6
    x0, y0 = width - margin * 1.6 - wide, margin * 1.6
    for grow, colour in ((0.14, tints[1]), (0.0, (242, 232, 206))):
        g = cell * grow
        canvas.shape(
            np.array(
                [[x0 - g, y0 - g], [x0 + wide + g, y0 - g], [x0 + wide + g, y0 + tall + g], [x0 - g, y0 + tall + g]]
            ),
            colour,
            ink,
            2,
        )
    words[int(y0) : int(y0 + tall), int(x0) : int(x0 + wide)] = 0
    reds[int(y0) : int(y0 + tall), int(x0) : int(x0 + wide)] = 0
    column(words, title, int(x0 + wide - cell * 1.5), int(y0 + cell * 0.5), cell, "brush", 0, 1.12)
    year = (
        traits.inscription
        or ("光緒" if traits.period == "qing" else "民國") + "元二三四五六七八九十"[int(rng.integers(10))] + "年測繪"
    )
    column(
        words, year, int(x0 + cell * 0.4), int(y0 + tall * 0.32), int(min(cell * 0.5, tall * 0.6 / len(year))), "sans"
    )
    _compass(canvas, margin * 2 + unit * 0.09, height - margin * 2 - unit * 0.1, unit * 0.065, ink, red)
    bar = unit * 0.05
    for k in range(6):
        b = np.array([[k * bar, 0], [(k + 1) * bar, 0], [(k + 1) * bar, unit * 0.008], [k * bar, unit * 0.008]]) + (
            width - margin * 2 - bar * 6,
            height - margin * 2,
        )
        canvas.shape(b, ink if k % 2 else (240, 230, 204), ink, 1)
        row(words, str(k * 200), int(b[0, 0]), int(b[0, 1] - unit * 0.022), int(unit * 0.016))
    row(
        words,
        "比例尺 米",
        int(width - margin * 2 - bar * 6),
        int(height - margin * 2 - unit * 0.046),
        int(unit * 0.018),
    )
    darken(pixels, words, ink)
    darken(pixels, reds, red)
    press_seal(pixels, rng, "測繪之印", int(x0 + cell * 0.2), int(y0 + tall + cell * 0.4), int(unit * 0.05))
    folds = np.zeros((height // 4, width // 4), np.uint8)
    for k in range(1, 4):
        cv2.line(folds, (k * width // 16, 0), (k * width // 16, height // 4), 90, 1)
    cv2.line(folds, (0, height // 8), (width // 4, height // 8), 110, 1)
    darken(pixels, cv2.resize(folds, (width, height)), (150, 124, 84))
    return Picture(pixels)
