# ruff: noqa: RUF005 (offsets are added to arrays here, nothing is joined)
"""Money through the ages: cash, spades and knives, silver dollars, and banknotes."""

from dataclasses import replace

import cv2
import numpy as np

from museum.demo.art import banknote, ornament
from museum.demo.art.brush import Pixels, darken, fbm, generator, tiled
from museum.demo.art.lettering import glyph, hand_for, stamp
from museum.demo.art.ornament import Canvas, Palette
from museum.demo.art.picture import Picture, Traits, choose
from museum.demo.art.solid import Material, cast_shadow, compose, ground, patina, relight

_BRONZE = Material((176, 150, 98), (26, 22, 16), 0.5, 16.0, 0.10)
_BRASS = Material((208, 172, 96), (40, 28, 12), 0.6, 22.0, 0.12)
_DARK = Material((126, 112, 84), (20, 18, 14), 0.4, 12.0, 0.08)
_SILVER = Material((206, 206, 204), (34, 35, 40), 0.85, 34.0, 0.16)
_GREENS = ((84, 134, 108), (58, 98, 90), (118, 88, 54))
_HEIGHTS = Palette(
    (70, 70, 70), (120, 120, 120), (165, 165, 165), (205, 205, 205), (180, 180, 180), (230, 230, 230), (245, 245, 245)
)
_REIGNS = {
    "han": ("五銖", "半兩"),
    "tang": ("開元通寶", "乾元重寶", "開元通寶"),
    "song": ("崇寧通寶", "大觀通寶", "元豐通寶", "宣和通寶", "熙寧元寶"),
    "ming": ("洪武通寶", "永樂通寶", "萬曆通寶", "崇禎通寶", "嘉靖通寶"),
    "qing": ("康熙通寶", "乾隆通寶", "光緒通寶", "道光通寶", "嘉慶通寶", "雍正通寶"),
}


def _letters(
    relief: Pixels, text: str, middle: tuple[float, float], offset: float, size: int, hand: str = "brush"
) -> None:
    """Cash inscriptions are read above, below, right, left; of two characters the first stands right."""
    hand = hand_for(text) if hand == "brush" else hand
    places = ((0, -1), (0, 1), (1, 0), (-1, 0)) if len(text) > 2 else ((1, 0), (-1, 0))
    for character, (dx, dy) in zip(text, places, strict=False):
        stamp(
            relief,
            glyph(character, size, hand, max(1, size // 60)),
            int(middle[0] + dx * offset - size / 2),
            int(middle[1] + dy * offset - size / 2),
        )  # type: ignore[arg-type]


def _cash(rng: np.random.Generator, size: int, text: str, reverse: bool) -> tuple[Pixels, Pixels]:
    relief, mask = np.full((size, size), 60, np.uint8), np.zeros((size, size), np.uint8)
    c, radius = size / 2, size * 0.485
    turn = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    uneven = radius * (1 + 0.006 * np.sin(turn * 3 + rng.uniform(0, 6)) + 0.004 * np.sin(turn * 7 + rng.uniform(0, 6)))
    edge = np.column_stack((c + uneven * np.cos(turn), c + uneven * np.sin(turn)))
    rim = rng.uniform(0.86, 0.91)
    hole = size * rng.uniform(0.115, 0.14)
    lip = hole * rng.uniform(1.16, 1.3)
    canvas = Canvas(cv2.merge([relief] * 3))
    canvas.fill(edge, (215, 215, 215))
    canvas.fill((edge - c) * rim + c, (70, 70, 70))
    square = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], float)
    canvas.fill(square * lip + c, (210, 210, 210))
    relief = np.ascontiguousarray(canvas.pixels[..., 0])
    cell = int((radius * rim - lip) * 0.86)
    if reverse:
        kind = int(rng.integers(3))
        if kind == 0:
            _letters(relief, "寶泉" if rng.random() < 0.5 else "寶源", (c, c), (lip + radius * rim) / 2, cell, "sans")
        elif kind == 1:
            cv2.ellipse(
                relief,
                (int(c), int(c - (lip + radius * rim) / 2)),
                (cell // 3, cell // 5),
                0,
                10,
                170,
                210,
                max(2, size // 90),
                cv2.LINE_AA,
            )
        else:
            cv2.circle(relief, (int(c), int(c + (lip + radius * rim) / 2)), cell // 6, 210, -1, cv2.LINE_AA)
    else:
        _letters(relief, text, (c, c), (lip + radius * rim) / 2, cell)
    cv2.fillPoly(mask, [np.rint(edge * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    hole_points = square * hole * (1, rng.uniform(0.97, 1.03)) + c
    cv2.fillPoly(mask, [np.rint(hole_points * 16).astype(np.int32)], 0, cv2.LINE_AA, 4)
    return relief, mask


def _dollar(rng: np.random.Generator, size: int, text: str, reverse: bool) -> tuple[Pixels, Pixels]:
    c, radius = size / 2, size * 0.485
    canvas = Canvas(np.full((size, size, 3), 60, np.uint8))
    canvas.disc(c, c, radius, (220, 220, 220))
    canvas.fill(ornament.circle(c, c, radius * 0.955, 160), (70, 70, 70))
    beads = 120
    for k in range(beads):
        turn = 2 * np.pi * k / beads
        canvas.disc(
            c + np.cos(turn) * radius * 0.918, c + np.sin(turn) * radius * 0.918, radius * 0.016, (215, 215, 215)
        )
    ring = "天津造幣總廠" if rng.random() < 0.5 else "北洋機器局造"
    if reverse:
        for _ in range(9):
            turn, far = rng.uniform(0, 2 * np.pi), rng.uniform(0.1, 0.5)
            ornament.cloud(
                canvas,
                c + np.cos(turn) * radius * far,
                c + np.sin(turn) * radius * far,
                radius * 0.09,
                _HEIGHTS,
                bool(rng.random() < 0.5),
            )
        ornament.dragon(canvas, c + radius * 0.02, radius * 1.15, c - radius * 0.44, radius * 0.98, _HEIGHTS)
        ornament.pearl(canvas, c - radius * 0.42, c + radius * 0.36, radius * 0.06, _HEIGHTS)
        ring = "TIENTSIN·ONE DOLLAR"
    else:
        canvas.line(ornament.circle(c, c, radius * 0.6, 120), (190, 190, 190), max(2, size // 160), closed=True)
        for k in range(48):
            turn = 2 * np.pi * k / 48
            canvas.disc(
                c + np.cos(turn) * radius * 0.645, c + np.sin(turn) * radius * 0.645, radius * 0.012, (200, 200, 200)
            )
        ornament.flower(canvas, c, c, radius * 0.13, _HEIGHTS, "chrysanthemum")
        for side in (-1, 1):
            ornament.flower(canvas, c + side * radius * 0.78, c, radius * 0.075, _HEIGHTS, "rosette")
    relief = np.ascontiguousarray(canvas.pixels[..., 0])
    if not reverse:
        _letters(relief, text, (c, c), radius * 0.37, int(radius * 0.36), "sans")
    _around(
        relief, ring, c, radius * 0.78, int(radius * (0.17 if reverse else 0.2)), 1.25 if reverse else 1.1, -np.pi / 2
    )
    if not reverse:
        _around(relief, "庫平七錢二分", c, radius * 0.78, int(radius * 0.19), 1.0, np.pi / 2)
    mask = np.zeros((size, size), np.uint8)
    edge = ornament.circle(c, c, radius, 240)
    cv2.fillPoly(mask, [np.rint(edge * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    return relief, mask


def _around(relief: Pixels, text: str, c: float, radius: float, size: int, span: float, middle: float) -> None:
    """Letters along a circle; below the middle they stand upright too."""
    below = middle > 0
    for k, character in enumerate(text):
        if character.isspace():
            continue
        part = (k + 0.5) / len(text) - 0.5
        turn = middle + (-part if below else part) * 2 * span
        shape = glyph(character, size, "sans", max(1, size // 30))
        angle = -np.degrees(turn + (-np.pi / 2 if below else np.pi / 2))
        shape = cv2.warpAffine(shape, cv2.getRotationMatrix2D((size / 2, size / 2), float(angle), 1), (size, size))
        stamp(relief, shape, int(c + np.cos(turn) * radius - size / 2), int(c + np.sin(turn) * radius - size / 2))


def _tool(rng: np.random.Generator, width: int, height: int, knife: bool, text: str) -> tuple[Pixels, Pixels]:
    """A spade (布幣) or a knife (刀幣), cast with ridges along its edge."""
    spine = ornament.curve(np.array([[0.3, 0.04], [0.42, 0.25], [0.5, 0.5], [0.54, 0.62], [0.56, 0.84]]), 12)
    if knife:
        blade = ornament.ribbon(spine, np.concatenate((np.linspace(0.1, 0.2, 24), np.linspace(0.17, 0.075, 25))))
        outline = np.vstack((blade, ornament.circle(0.565, 0.9, 0.075, 40)[:0]))
    else:
        w = rng.uniform(0.25, 0.3)
        half = np.array(
            [
                [0.06, 0.05],
                [0.05, 0.27],
                [w, 0.33 + rng.uniform(0, 0.05)],
                [w * 0.93, 0.6],
                [w * 1.12, 0.95],
                [w * 0.3, 0.85],
                [0, 0.78],
            ]
        )
        outline = np.vstack((half + (0.5, 0), (half * (-1, 1))[::-1] + (0.5, 0)))
    scale = min(width * 1.15, height)
    points = (outline - (0.5, 0.5)) * scale * 0.92 + (width / 2, height / 2)
    mask = np.zeros((height, width), np.uint8)
    cv2.fillPoly(mask, [np.rint(points * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    if knife:
        at = (np.array([0.565, 0.9]) - 0.5) * scale * 0.92 + (width / 2, height / 2)
        middle = (int(at[0]), int(at[1]))
        cv2.circle(mask, middle, int(scale * 0.075), 255, -1, cv2.LINE_AA)
        cv2.circle(mask, middle, int(scale * 0.045), 0, -1, cv2.LINE_AA)
    band = max(3, int(scale * 0.012)) | 1
    inner = cv2.erode(cv2.resize(mask, (width // 2, height // 2)), np.ones((band, band), np.uint8))
    relief = cv2.subtract(
        np.full((height, width), 210, np.uint8), cv2.convertScaleAbs(cv2.resize(inner, (width, height)), alpha=0.55)
    )
    shift = scale * 0.92
    if knife:
        for k, character in enumerate(text[:4]):
            cell = int(scale * 0.115)
            at = spine[8 + k * 7] * shift + (width / 2 - shift / 2, height / 2 - shift / 2)
            stamp(
                relief, glyph(character, cell, "sans", max(1, cell // 40)), int(at[0] - cell / 2), int(at[1] - cell / 2)
            )
    else:
        x, y = width / 2, height / 2 - shift / 2
        cv2.line(
            relief,
            (int(x), int(y + shift * 0.06)),
            (int(x), int(y + shift * 0.74)),
            210,
            max(2, int(scale * 0.008)),
            cv2.LINE_AA,
        )
        cell = int(scale * 0.17)
        for k, character in enumerate(text[:2]):
            stamp(
                relief,
                glyph(character, cell, "sans", max(1, cell // 40)),
                int(x + (0.13 if k == 0 else -0.13) * shift - cell / 2),
                int(y + shift * 0.5 - cell / 2),
            )
    return relief, mask


def _metal(
    rng: np.random.Generator, relief: Pixels, mask: Pixels, material: Material, worn: float, greens: float
) -> Pixels:
    """Light one piece: worn relief, pits, scratches and patina."""
    height, width = relief.shape
    soft = cv2.GaussianBlur(relief, (0, 0), max(0.9, min(height, width) * 0.0022 * (1 + worn)))
    bumps = cv2.resize(fbm(rng, max(8, height // 6), max(8, width // 6), 14, 4), (width, height))
    depth = min(height, width) / 46
    surface = cv2.addWeighted(soft.astype(np.float32), depth / 255, bumps, depth * 0.45 * (0.2 + worn), 0)
    surface = cv2.scaleAdd(tiled("stone", height, width, rng).astype(np.float32), 0.002 + 0.005 * worn, surface)
    pixels = relight(surface, material, 1.6)
    low = cv2.subtract(np.full_like(soft, 150), soft)
    darken(pixels, cv2.convertScaleAbs(low, alpha=1.0), (30, 26, 20))
    if greens > 0:
        patina(pixels, rng, _GREENS, greens)
    return cv2.add(
        pixels,
        cv2.cvtColor(
            cv2.convertScaleAbs(cv2.subtract(tiled("grain", height, width, rng), 140), alpha=0.6), cv2.COLOR_GRAY2RGB
        ),
    )


def _kind(rng: np.random.Generator, traits: Traits) -> str:
    for words, kind in (
        (("刀",), "knife"),
        (("布", "鏟"), "spade"),
        (("銀圓", "銀元", "銀幣", "龍洋"), "dollar"),
        (("鈔", "券", "票"), "note"),
    ):
        if any(word in traits.title for word in words):
            return kind
    kinds = {
        "warring-states": ("knife", "spade"),
        "republic": ("dollar", "note"),
        "modern": ("note",),
        "qing": ("cash", "cash", "dollar", "cash"),
    }.get(traits.period, ("cash",))
    return kinds[choose(traits.variant, rng, len(kinds))]


def draw(seed: int, width: int, height: int, traits: Traits) -> Picture:
    """One piece of money, obverse and, where the picture is wide enough, reverse."""
    rng = generator(seed, "coin")
    kind = _kind(rng, traits)
    if kind == "note":
        return banknote.draw(seed, width, height, traits)
    under = ground(rng, height, width, int(rng.integers(6)), None)
    reigns = _REIGNS.get(traits.period, _REIGNS["qing"])
    text = traits.inscription or next(
        (title for group in _REIGNS.values() for title in group if title in traits.title), None
    )
    text = text or (
        f"{traits.reign}通寶" if traits.reign and kind == "cash" else reigns[int(rng.integers(len(reigns)))]
    )
    body, mask = np.zeros((height, width, 3), np.uint8), np.zeros((height, width), np.uint8)
    worn, greens = float(rng.uniform(0.1, 0.9)), float(rng.uniform(0.2, 0.75))
    if kind in ("knife", "spade"):
        relief, mask = _tool(
            rng,
            width,
            height,
            kind == "knife",
            traits.inscription
            or ("齊法化" if kind == "knife" else ("安陽", "平陽", "晉陽", "離石")[int(rng.integers(4))]),
        )
        body = _metal(rng, relief, mask, _DARK, worn, greens)
    else:
        faces = (False, True) if width > height * 1.15 else (bool(rng.random() < 0.2),)
        size = int(min(height * 0.86, width * 0.94 / len(faces)))
        material = (
            _SILVER
            if kind == "dollar"
            else replace((_BRONZE, _BRASS, _DARK)[int(rng.integers(3))], shine=float(rng.uniform(0.3, 0.6)))
        )
        for k, reverse in enumerate(faces):
            relief, part = (
                _dollar(rng, size, "光緒元寶" if "宣統" not in traits.title else "宣統元寶", reverse)
                if kind == "dollar"
                else _cash(rng, size, text, reverse)
            )
            lit = _metal(
                rng,
                relief,
                part,
                material,
                worn * (0.4 if kind == "dollar" else 1),
                0.0 if kind == "dollar" else greens,
            )
            x, y = int(width * (k + 0.5) / len(faces) - size / 2), (height - size) // 2
            body[y : y + size, x : x + size] = lit
            mask[y : y + size, x : x + size] = part
    reach = min(width, height) * 0.018
    cast_shadow(under, mask, (reach, reach * 1.3), reach * 1.2, 0.85)
    return Picture(compose(under, body, mask), mask)
