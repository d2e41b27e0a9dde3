"""Advertising lithographs of the first half of the century: a bold view, ornament, great letters, printed in dots."""

import cv2
import numpy as np

from museum.demo.art import ornament
from museum.demo.art.brush import Colour, Pixels, darken, fbm, generator, plain, tiled
from museum.demo.art.lettering import Hand, column, row, width_of
from museum.demo.art.ornament import Canvas, Palette
from museum.demo.art.picture import Picture, Traits, choose
from museum.demo.art.poster_parts import city, mix, ship, tin, train

# sky above, sky below, deep, warm, light, accent
_SCHEMES: tuple[tuple[Colour, Colour, Colour, Colour, Colour, Colour], ...] = (
    ((38, 92, 112), (240, 206, 150), (26, 44, 62), (206, 88, 58), (248, 236, 208), (178, 38, 34)),
    ((196, 84, 52), (248, 214, 142), (58, 30, 34), (120, 60, 48), (252, 238, 204), (28, 84, 88)),
    ((52, 78, 66), (226, 218, 170), (24, 42, 36), (196, 142, 62), (246, 238, 212), (172, 52, 40)),
    ((98, 60, 92), (246, 196, 160), (42, 26, 50), (214, 110, 84), (252, 234, 214), (196, 148, 58)),
    ((24, 48, 88), (170, 204, 208), (16, 28, 52), (222, 168, 72), (246, 240, 222), (190, 46, 40)),
)


_SLOGANS = ("名揚四海", "物美價廉", "中華國貨", "馳名中外", "精工細作", "提倡國貨", "老號新裝")
_FIRMS = ("天津仁和公司", "津門北洋商行", "沽上華新工廠", "海河輪船公司", "直隸國貨公司", "天津永盛號")
_GOODS = (
    "海河牌香皂",
    "北洋火柴",
    "津門麵粉",
    "直沽老酒",
    "天津地毯",
    "華北輪船",
    "津浦鐵路",
    "長蘆精鹽",
    "國貨毛呢",
    "飛龍自行車",
)


def _words(
    pixels: Pixels,
    text: str,
    x: float,
    y: float,
    size: float,
    colour: Colour,
    edge: Colour | None,
    hand: Hand = "sans",
    down: bool = False,
    weight: float = 0.03,
) -> None:
    cell = int(size)
    layers: list[tuple[Colour, int]] = [(colour, int(cell * weight))]
    if edge is not None:
        layers.insert(0, (edge, int(cell * (weight + 0.045))))
    long = int(cell * 1.14 * max(1, len(text))) + cell
    wide = cell * 2 if down else width_of(text, cell, 1.14) + cell
    tall = long if down else cell * 2
    left, top = int(x) - cell // 2, int(y) - cell // 2
    x0, y0, x1, y1 = max(0, left), max(0, top), min(pixels.shape[1], left + wide), min(pixels.shape[0], top + tall)
    if x1 <= x0 or y1 <= y0:
        return
    patch = np.ascontiguousarray(pixels[y0:y1, x0:x1])
    for tint, thick in layers:
        coverage = np.zeros(patch.shape[:2], np.uint8)
        (column if down else row)(coverage, text, int(x) - x0, int(y) - y0, cell, hand, thick, 1.14)
        darken(patch, coverage, tint)
    pixels[y0:y1, x0:x1] = patch


def draw(seed: int, width: int, height: int, traits: Traits) -> Picture:
    """One poster."""
    rng = generator(seed, "poster")
    above, below, deep, warm, light, accent = _SCHEMES[choose(traits.palette, rng, len(_SCHEMES))]
    subject = choose(traits.variant, rng, 3)
    for words, which in (
        (("輪船", "航", "海運"), 0),
        (("鐵路", "火車", "車站"), 1),
        (("酒", "皂", "香", "藥", "茶"), 2),
    ):
        if any(word in traits.title for word in words):
            subject = which
    t = np.linspace(0, 1, height // 4)[:, None, None]
    sky = np.array(above) * (1 - t) + np.array(below) * t + np.zeros((1, 8, 1))
    pixels = cv2.resize(sky.astype(np.uint8), (width, height), interpolation=cv2.INTER_LINEAR)
    canvas = Canvas(pixels)
    unit = float(width)
    sun = np.array([width * rng.uniform(0.25, 0.75), height * rng.uniform(0.42, 0.52)])
    if rng.random() < 0.7:
        rays = int(rng.integers(14, 26))
        for k in range(rays):
            a, b = 2 * np.pi * k / rays, 2 * np.pi * (k + 0.5) / rays
            reach = height * 1.2
            canvas.fill(
                np.vstack(
                    (
                        sun,
                        sun + np.array([np.cos(a), np.sin(a)]) * reach,
                        sun + np.array([np.cos(b), np.sin(b)]) * reach,
                    )
                ),
                mix(below, above, 0.28 + 0.2 * (k % 2)),
            )
    canvas.disc(sun[0], sun[1], unit * rng.uniform(0.12, 0.2), mix(light, below, 0.3))
    palette = Palette(light, deep, mix(below, above, 0.4), light, warm, accent, warm)
    for _ in range(int(rng.integers(3, 8))):
        ornament.cloud(
            canvas,
            rng.uniform(0.1, 0.9) * width,
            rng.uniform(0.3, 0.48) * height,
            unit * rng.uniform(0.03, 0.06),
            palette,
            bool(rng.random() < 0.5),
        )
    quay = height * 0.62
    city(canvas, rng, quay, unit * 0.62, mix(deep, below, 0.55), mix(below, light, 0.4))
    if subject != 1:
        city(canvas, rng, quay + 2, unit * 0.46, mix(deep, above, 0.4), warm)
    canvas.fill(np.array([[0, quay], [width, quay], [width, height], [0, height]]), mix(above, deep, 0.3))
    ornament.waves(
        Canvas(pixels[int(quay) : int(height * 0.84)]),
        0,
        height * 0.2,
        int(rng.integers(12, 20)),
        Palette(above, mix(deep, above, 0.3), mix(above, deep, 0.2), mix(above, light, 0.25), above, above, above),
    )
    if subject == 0:
        ship(canvas, width * 0.5, height * 0.71, unit * 0.27, deep, light, accent)
    elif subject == 1:
        canvas.fill(
            np.array([[0, height * 0.7], [width, height * 0.7], [width, height], [0, height]]), mix(deep, warm, 0.35)
        )
        train(canvas, width * 0.42, height * 0.715, unit * 0.22, mix(deep, (0, 0, 0), 0.45), light, accent)
    else:
        canvas.fill(ornament.circle(width / 2, height * 0.56, unit * 0.36, 120), mix(light, below, 0.35))
        canvas.line(ornament.circle(width / 2, height * 0.56, unit * 0.36, 120), accent, unit * 0.012, closed=True)
        for k in range(40):
            turn = k * np.pi / 20
            canvas.disc(
                width / 2 + np.cos(turn) * unit * 0.335,
                height * 0.56 + np.sin(turn) * unit * 0.335,
                unit * 0.006,
                accent,
            )
        tin(canvas, width / 2, height * 0.68, unit * 0.2, deep, light, accent, warm)
    # the frame: fields for the letters above and below, a border of ornament
    margin = unit * 0.035
    head, base = height * 0.25, height * 0.8
    canvas.fill(np.array([[0, 0], [width, 0], [width, head], [0, head]]), deep)
    canvas.fill(
        np.array([[0, base], [width, base], [width, height], [0, height]]), accent if rng.random() < 0.6 else deep
    )
    for y in (head, base):
        canvas.fill(
            np.array(
                [[0, y - unit * 0.008], [width, y - unit * 0.008], [width, y + unit * 0.008], [0, y + unit * 0.008]]
            ),
            warm,
        )
    ornament.ruyi(canvas, head + unit * 0.01, unit * 0.05, 16, Palette(light, deep, warm, light, warm, accent, warm))
    ornament.meander(canvas, base - unit * 0.045, unit * 0.03, 30, light)
    for inset, thick, tint in ((0.35, 0.009, light), (0.75, 0.003, warm)):
        d = margin * inset + unit * 0.008
        canvas.line(
            np.array([[d, d], [width - d, d], [width - d, height - d], [d, height - d]]),
            tint,
            unit * thick,
            closed=True,
        )
    for cx in (margin * 2.2, width - margin * 2.2):
        for cy in (margin * 2.2, height - margin * 2.2):
            ornament.flower(
                canvas, cx, cy, margin * 1.15, Palette(light, deep, warm, light, warm, warm, accent), "rosette"
            )
    title = traits.title or _GOODS[int(rng.integers(len(_GOODS)))]
    cell = min(height * 0.13, width * 0.78 / max(1, len(title)) / 1.14)
    hand: Hand = "brush" if rng.random() < 0.55 else "sans"
    _words(
        pixels,
        title,
        (width - width_of(title, int(cell), 1.14)) / 2,
        head * 0.55 - cell / 2,
        cell,
        warm,
        light,
        hand,
        False,
        0.02 if hand == "brush" else 0.035,
    )
    firm = traits.inscription or _FIRMS[int(rng.integers(len(_FIRMS)))]
    small = min(height * 0.055, width * 0.74 / len(firm) / 1.14)
    _words(
        pixels,
        firm,
        (width - width_of(firm, int(small), 1.14)) / 2,
        base + (height - base) * 0.28 - small / 2,
        small,
        light,
        None,
    )
    tiny = unit * 0.026
    address = (
        "天津"
        + ("法界梨棧", "宮北大街", "估衣街口", "河北大馬路")[int(rng.integers(4))]
        + f"　電話{int(rng.integers(1000, 9999))}"
    )
    _words(
        pixels,
        address,
        (width - width_of(address, int(tiny), 1.14)) / 2,
        base + (height - base) * 0.66,
        tiny,
        light,
        None,
    )
    english = ("TIENTSIN · CHINA", "MADE IN TIENTSIN", "NORTH CHINA TRADING CO.")[int(rng.integers(3))]
    _words(pixels, english, (width - width_of(english, int(tiny), 1.14)) / 2, head * 0.86, tiny, light, None)
    slogan = _SLOGANS[int(rng.integers(len(_SLOGANS)))]
    side = unit * 0.062
    for x in (margin * 2.2, width - margin * 2.2 - side):
        _words(
            pixels,
            slogan if x < width / 2 else _SLOGANS[(_SLOGANS.index(slogan) + 3) % len(_SLOGANS)],
            x,
            head + unit * 0.12,
            side,
            accent,
            light,
            "sans",
            True,
            0.03,
        )
    # the press: chalk grain of the stone, a little misregistration, folds and age
    chalk = cv2.convertScaleAbs(cv2.subtract(tiled("grain", height, width, rng), 112), alpha=1.1)
    pixels = cv2.add(
        pixels, cv2.merge([chalk, cv2.convertScaleAbs(chalk, alpha=0.9), cv2.convertScaleAbs(chalk, alpha=0.72)])
    )
    shifted = np.roll(pixels[..., 0], (1, 2), (0, 1))
    pixels[..., 0] = shifted
    worn = cv2.resize(
        (np.clip(fbm(rng, height // 8, width // 8, 5, 6, 0.65) - 0.6, 0, 1) * 420).clip(0, 150).astype(np.uint8),
        (width, height),
    )
    darken(pixels, worn, (206, 182, 136))
    folds = np.zeros((height // 2, width // 2), np.uint8)
    for k in range(1, 4):
        y = height // 2 * k // 4 + int(rng.normal(0, 3))
        cv2.line(folds, (0, y), (width // 2, y + int(rng.normal(0, 3))), 130, 1, cv2.LINE_AA)
    cv2.line(folds, (width // 4, 0), (width // 4, height // 2), 130, 1, cv2.LINE_AA)
    darken(pixels, cv2.resize(folds, (width, height)), (232, 218, 184))
    pixels = cv2.addWeighted(pixels, 1 - 34 / 255, plain(height, width, (204, 164, 92)), 34 / 255, 0)
    return Picture(pixels)
