"""What hangs on a wall, drawn flat: frames and scroll mounts, labels, lettering, lamps' shadows under them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import cv2
import noto_cjk_sans_otc
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from museum.demo.plan.model import HangingPlan, PanelPlan
from museum.demo.render.texture import reduced
from museum.demo.render.view import Pixels

_FONT = Path(noto_cjk_sans_otc.__file__).parent / "NotoSansCJK-Regular.ttc"
_TRADITIONAL = 3
LABEL = (0.15, 0.085)
"""Width and height of a picture's label, metres."""
LONG = 6
"""Characters that a label's line holds at full size."""
LEGIBLE = 140.0
"""Pixels per metre below which a label's lettering could not be read."""
CATEGORY_NAMES = {
    "photograph": "照片",
    "map": "輿圖",
    "poster": "招貼",
    "calligraphy": "法書",
    "landscape": "山水",
    "seal": "璽印",
    "bronze": "青銅",
    "jade": "玉器",
    "porcelain": "瓷器",
    "coin": "錢幣",
}


@dataclass(frozen=True, eq=False)
class PictureTexture:
    """A picture as it is shown on the wall: pixels (H, W, 3) RGB; mask (H, W), 255 on the object, none for flat works."""

    pixels: NDArray[np.uint8]
    mask: NDArray[np.uint8] | None = None


@lru_cache(maxsize=64)
def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONT), size, index=_TRADITIONAL)


@lru_cache(maxsize=512)
def lettering(text: str, size: int) -> Pixels:
    """One line of text as coverage (rows, columns)."""
    left, top, right, bottom = font(size).getbbox(text)
    picture = Image.new("L", (max(1, int(right - left) + 2), max(1, int(bottom - top) + 2)))
    ImageDraw.Draw(picture).text((1 - left, 1 - top), text, fill=255, font=font(size))
    return np.asarray(picture).copy()


def write(
    pixels: Pixels, text: str, middle: tuple[float, float], size: float, colour: tuple[int, int, int], widest: float
) -> None:
    """Writes a line in place around `middle` (x, y), smaller where it would be wider than `widest` pixels."""
    ink = lettering(text, max(8, round(size)))
    factor = min(1.0, widest / ink.shape[1], size / max(8, round(size)))
    if factor < 1:
        small = (max(1, int(ink.shape[1] * factor)), max(1, int(ink.shape[0] * factor)))
        ink = cv2.resize(ink, small, interpolation=cv2.INTER_AREA)
    y, x = round(middle[1] - ink.shape[0] / 2), round(middle[0] - ink.shape[1] / 2)
    top, left = max(0, y), max(0, x)
    under = pixels[top : y + ink.shape[0], left : x + ink.shape[1]]
    if under.size:
        weight = ink[top - y : top - y + under.shape[0], left - x : left - x + under.shape[1], None] / np.float32(255)
        under[...] = (under * (1 - weight) + np.array(colour, np.float32) * weight).astype(np.uint8)


@dataclass
class Sheet:
    """A wall's own colours being drawn: `scale` pixels per metre, `height` metres from its top row to the floor. `titles` are
    what the labels say, by picture number."""

    pixels: Pixels
    scale: float
    height: float
    titles: Mapping[int, str] = field(default_factory=dict[int, str])

    def spot(self, u: float, v: float) -> tuple[float, float]:
        return u * self.scale, (self.height - v) * self.scale

    def cut(self, u0: float, v0: float, u1: float, v1: float) -> tuple[slice, slice]:
        """Rows and columns of a rectangle given by its lower left and upper right corners, metres."""
        left, low = self.spot(u0, v0)
        right, high = self.spot(u1, v1)
        return slice(max(0, round(high)), max(0, round(low))), slice(max(0, round(left)), max(0, round(right)))

    def fill(self, u0: float, v0: float, u1: float, v1: float, colour: tuple[int, int, int]) -> None:
        self.pixels[self.cut(u0, v0, u1, v1)] = colour

    def shadow(self, u0: float, v0: float, u1: float, v1: float, soft: float, strength: float) -> None:
        """Darkens around a rectangle, softly over `soft` metres."""
        rows, columns = self.cut(u0 - 2 * soft, v0 - 2 * soft, u1 + 2 * soft, v1 + 2 * soft)
        part = self.pixels[rows, columns]
        if not part.size:
            return
        x = (np.arange(columns.start, columns.start + part.shape[1]) + 0.5) / self.scale
        y = self.height - (np.arange(rows.start, rows.start + part.shape[0]) + 0.5) / self.scale
        across = _ramp(x, u0, u1, soft)
        down = _ramp(y, v0, v1, soft)
        weight = 1 - strength * down[:, None] * across[None, :]
        part[...] = cv2.multiply(part, cv2.merge([weight.astype(np.float32)] * 3), dtype=cv2.CV_8U)


def _ramp(at: NDArray[np.float64], low: float, high: float, soft: float) -> NDArray[np.float64]:
    away = np.maximum(np.maximum(low - at, at - high), 0)
    return np.clip(1 - away / (2 * soft), 0, 1) ** 2


def fitted(texture: PictureTexture, proportion: float) -> Pixels:
    """The picture cut, at its middle, to width : height = `proportion`."""
    rows, columns = texture.pixels.shape[:2]
    wide, tall = min(columns, round(rows * proportion)), min(rows, round(columns / proportion))
    left, top = (columns - wide) // 2, (rows - tall) // 2
    return texture.pixels[top : top + tall, left : left + wide]


def unknown(number: int, width: int, height: int) -> Pixels:
    """What stands for a picture too far away to be made out: its paper with a few soft tones."""
    rng = np.random.default_rng(number)
    tones = rng.uniform(0.55, 1.0, (4, 4, 1)) * np.array((196, 184, 160)) * rng.uniform(0.9, 1.0, 3)
    return cv2.resize(tones.astype(np.uint8), (width, height), interpolation=cv2.INTER_LINEAR)


def frame(sheet: Sheet, hanging: HangingPlan, texture: PictureTexture | None) -> None:
    """A framed picture, or a mounted scroll, with its shadow and its label."""
    (u, v), wide, tall = hanging.position, hanging.width, hanging.height
    left, right, low, high = u - wide / 2, u + wide / 2, v - tall / 2, v + tall / 2
    scroll = hanging.category in ("calligraphy", "landscape") and tall > wide * 1.2
    border = 0.05 if scroll else (0.0 if hanging.category == "poster" else 0.045)
    edge = 0.0 if scroll else (0.022 if hanging.category == "poster" else 0.03)
    out = border + edge
    sheet.shadow(left - out, low - out - 0.05, right + out, high + out - 0.03, 0.05, 0.6)
    if scroll:
        _mount(sheet, left, right, low, high)
    else:
        _moulding(sheet, left - out, right + out, low - out, high + out, edge, hanging.picture)
        if border:
            sheet.fill(left - border, low - border, right + border, high + border, (222, 217, 205))
            sheet.fill(left - 0.006, low - 0.006, right + 0.006, high + 0.006, (150, 144, 132))
    cut = sheet.cut(left, low, right, high)
    part = sheet.pixels[cut]
    if texture is None:
        part[...] = unknown(hanging.picture, part.shape[1], part.shape[0])
    else:
        source = fitted(texture, wide / tall)
        part[...] = reduced(source, part.shape[1], part.shape[0])
    label(sheet, hanging, right + out + 0.03 + LABEL[0] / 2, low + 0.05)


def _mount(sheet: Sheet, left: float, right: float, low: float, high: float) -> None:
    silk = (176, 166, 138)
    sheet.fill(left - 0.05, low - 0.10, right + 0.05, high + 0.10, silk)
    sheet.fill(left - 0.008, low - 0.03, right + 0.008, high + 0.03, (206, 196, 170))
    for v, thick, more in ((high + 0.095, 0.014, 0.055), (low - 0.125, 0.032, 0.085)):
        steps = 6
        for i in range(steps):
            glow = 1 - abs(2 * i / (steps - 1) - 0.7) * 0.6
            colour = (int(86 * glow), int(54 * glow), int(36 * glow))
            sheet.fill(left - more, v + thick * i / steps, right + more, v + thick * (i + 1) / steps, colour)


def _moulding(sheet: Sheet, left: float, right: float, low: float, high: float, edge: float, number: int) -> None:
    """Four bevelled bars: lit from above, so that the upper one's face is bright and its inside dark."""
    wood = ((58, 42, 32), (30, 28, 28), (126, 98, 56), (84, 60, 42))[number * 7 % 4]
    base = np.array(wood, np.float32)

    def shade(factor: float) -> tuple[int, int, int]:
        r, g, b = np.clip(base * factor, 0, 255).astype(int)
        return int(r), int(g), int(b)

    sheet.fill(left, low, right, high, shade(1.0))
    sheet.fill(left, high - edge * 0.35, right, high, shade(1.7))
    sheet.fill(left, low, right, low + edge * 0.3, shade(0.6))
    sheet.fill(left, low, left + edge * 0.3, high, shade(1.25))
    sheet.fill(right - edge * 0.3, low, right, high, shade(0.8))
    inside = edge * 0.8
    sheet.fill(left + inside, low + inside, right - inside, high - inside, shade(0.5))


def label(sheet: Sheet, hanging: HangingPlan, u: float, v: float) -> None:
    """The small card beside a picture, the middle of its lower edge at (u, v): its title, in two lines where it is long."""
    wide, tall = LABEL
    sheet.shadow(u - wide / 2, v - 0.008, u + wide / 2, v + tall, 0.012, 0.5)
    cut = sheet.cut(u - wide / 2, v, u + wide / 2, v + tall)
    card = sheet.pixels[cut]
    if not card.size:
        return
    card[...] = (214, 209, 196)
    rows, columns = card.shape[:2]
    if sheet.scale < LEGIBLE:
        card[rows // 3 : rows // 3 + max(1, rows // 6), columns // 6 : columns - columns // 6] = (120, 114, 104)
        return
    ink, faint = (38, 34, 30), (96, 88, 78)
    category = CATEGORY_NAMES[hanging.category]
    title = sheet.titles.get(hanging.picture, category)
    if len(title) <= LONG:
        write(card, title, (columns * 0.5, rows * 0.36), rows * 0.36, ink, columns * 0.88)
        under = category if title != category else f"展品 {hanging.picture + 1:04d}"
        write(card, under, (columns * 0.5, rows * 0.75), rows * 0.22, faint, columns * 0.8)
        return
    half = (len(title) + 1) // 2
    for i, line in enumerate((title[:half], title[half:])):
        write(card, line, (columns * 0.5, rows * (0.3 + 0.4 * i)), rows * 0.32, ink, columns * 0.88)


def panel(sheet: Sheet, plan: PanelPlan, accent: tuple[int, int, int]) -> None:
    """A title in large lettering on the wall, the plate over a door, or a dark screen in its frame."""
    (u, v), wide, tall = plan.position, plan.width, plan.height
    if plan.kind == "screen":
        for edge, colour in ((0.035, (30, 27, 25)), (0.012, accent), (0.004, (12, 12, 14))):
            sheet.fill(u - wide / 2 - edge, v - tall / 2 - edge, u + wide / 2 + edge, v + tall / 2 + edge, colour)
        return
    if plan.kind == "sign":
        sheet.fill(u - wide / 2, v - tall / 2, u + wide / 2, v + tall / 2, (34, 30, 27))
        sheet.fill(u - wide / 2, v - tall / 2, u + wide / 2, v - tall / 2 + 0.012, accent)
    part = sheet.pixels[sheet.cut(u - wide / 2, v - tall / 2, u + wide / 2, v + tall / 2)]
    if not part.size:
        return
    rows, columns = part.shape[:2]
    light = (238, 226, 200)
    if plan.kind == "sign":
        write(part, plan.text, (columns / 2, rows * 0.42), rows * 0.5, light, columns * 0.9)
        write(part, plan.subtext, (columns / 2, rows * 0.8), rows * 0.2, (176, 164, 140), columns * 0.9)
        return
    write(part, plan.text, (columns / 2, rows * 0.36), rows * 0.38, light, columns * 0.96)
    middle = round(rows * 0.66)
    part[middle : middle + max(1, rows // 90), columns * 3 // 8 : columns * 5 // 8] = accent
    write(part, plan.subtext, (columns / 2, rows * 0.82), rows * 0.12, (204, 192, 166), columns * 0.96)
