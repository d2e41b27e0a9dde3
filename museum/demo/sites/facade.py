"""Elevations drawn in metres: masonry, windows, roofs, trees, people, as sheets for panels."""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, sin

import cv2
import numpy as np

from museum.demo.art.brush import generator
from museum.demo.art.lettering import glyph
from museum.demo.sites.heaven import Colour, cloudy
from museum.demo.sites.panel import Pixels, Sheet

GREY_BRICK: Colour = (128, 130, 130)
RED_BRICK: Colour = (150, 84, 66)
STONE: Colour = (190, 180, 158)
STUCCO: Colour = (214, 196, 156)
TILE: Colour = (92, 96, 100)
RED_TILE: Colour = (158, 82, 58)
TIMBER: Colour = (98, 50, 40)
SLATE: Colour = (84, 92, 102)


def tone(colour: Colour, factor: float) -> Colour:
    return tuple(int(min(255, max(0, c * factor))) for c in colour)  # type: ignore[return-value]


class Elevation:
    """A drawing in metres, `scale` pixels each, x from the left and y from the ground up; open where nothing is drawn."""

    def __init__(self, width: float, height: float, scale: float) -> None:
        self.width, self.height, self.scale = width, height, scale
        self.pixels: Pixels = np.zeros((round(height * scale), round(width * scale), 4), np.uint8)

    def points(self, points: list[tuple[float, float]]) -> np.ndarray:
        return np.round((np.array(points) * (1, -1) + (0, self.height)) * self.scale * 16 - 8).astype(np.int32)

    def poly(self, points: list[tuple[float, float]], colour: Colour) -> None:
        cv2.fillPoly(self.pixels, [self.points(points)], (*colour, 255), cv2.LINE_AA, 4)

    def rect(self, x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
        self.poly([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], colour)

    def line(self, points: list[tuple[float, float]], colour: Colour, thick: float) -> None:
        size = max(1, round(thick * self.scale))
        cv2.polylines(self.pixels, [self.points(points)], False, (*colour, 255), size, cv2.LINE_AA, 4)

    def disc(self, x: float, y: float, rx: float, ry: float, colour: Colour) -> None:
        self.poly([(x + rx * cos(a), y + ry * sin(a)) for a in np.linspace(0, 2 * pi, 40)], colour)

    def arch(self, x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
        """A rectangle with a round head that rises over y1 by half its width."""
        r = (x1 - x0) / 2
        head = [(x0 + r + r * cos(a), y1 + r * sin(a)) for a in np.linspace(0, pi, 20)]
        self.poly([(x0, y0), (x1, y0), *head], colour)

    def masonry(self, x0: float, y0: float, x1: float, y1: float, colour: Colour, course: float, seed: int) -> None:
        """A wall in courses `course` metres high, weathered in clouds."""
        top, bottom = max(0, round((self.height - y1) * self.scale)), round((self.height - y0) * self.scale)
        left, right = max(0, round(x0 * self.scale)), round(x1 * self.scale)
        part = self.pixels[top:bottom, left:right]
        if not part.size:
            return
        height, width = part.shape[:2]
        value = 0.86 + 0.26 * cloudy(seed, height, width, 7)
        if course:
            step = course * self.scale
            row = (np.arange(height) / step).astype(int)[:, None]
            column = ((np.arange(width)[None] / step / 2) + 0.5 * (row % 2)).astype(int)
            table = generator(seed, "bricks").normal(1, 0.055, 4096)
            value = value * table[(row * 131 + column * 17) % 4096]
            joint = (np.arange(height) % step) < max(1, step * 0.12)
            if step >= 4:
                value[joint] *= 0.88
        value *= 1 - 0.22 * np.exp(-np.arange(height)[::-1] / (0.5 * self.scale))[:, None]
        part[..., :3] = np.clip(np.array(colour) * value[..., None], 0, 255)
        part[..., 3] = 255

    def shadow(self, y: float, deep: float, strength: float = 0.5) -> None:
        """Shade below a cornice or eave at height y, fading over `deep` metres."""
        top, bottom = round((self.height - y) * self.scale), round((self.height - y + deep) * self.scale)
        part = self.pixels[max(0, top) : bottom]
        fall = 1 - strength * np.linspace(1, 0, len(part))[:, None, None]
        part[..., :3] = (part[..., :3] * fall).astype(np.uint8)

    def cornice(self, y: float, height: float, colour: Colour, x0: float = 0, x1: float | None = None) -> None:
        x1 = self.width if x1 is None else x1
        self.rect(x0, y, x1, y + height, colour)
        self.rect(x0, y + height * 0.72, x1, y + height, tone(colour, 1.16))
        self.rect(x0, y, x1, y + height * 0.3, tone(colour, 0.74))

    def window(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        frame: Colour,
        trim: Colour | None = None,
        arched: bool = False,
        lit: float = 0.0,
    ) -> None:
        """A window w × h with its sill at y, its middle at x."""
        draw = self.arch if arched else self.rect
        top = y + h - (w / 2 if arched else 0)
        if trim:
            draw(x - w / 2 - 0.16, y - 0.1, x + w / 2 + 0.16, top + 0.16, trim)
        draw(x - w / 2, y, x + w / 2, top, tone(frame, 0.5))
        glass = (34 + int(lit * 150), 42 + int(lit * 110), 52 + int(lit * 50))
        draw(x - w / 2 + 0.06, y + 0.05, x + w / 2 - 0.06, top - 0.06, glass)
        self.poly(
            [
                (x - w / 2 + 0.08, y + 0.1),
                (x - w * 0.1, y + 0.1),
                (x + w * 0.3, y + h * 0.62),
                (x - w / 2 + 0.08, y + h * 0.62),
            ],
            tone(glass, 1.5),
        )
        for part in (0.0,) if w < 1.3 else (-w / 6, w / 6):
            self.line([(x + part, y), (x + part, y + h - 0.05)], frame, 0.07)
        for part in (0.35, 0.68):
            self.line([(x - w / 2 + 0.04, y + h * part), (x + w / 2 - 0.04, y + h * part)], frame, 0.06)
        if trim:
            self.rect(x - w / 2 - 0.25, y - 0.2, x + w / 2 + 0.25, y - 0.06, tone(trim, 1.1))
            self.rect(x - w / 2 - 0.25, y - 0.3, x + w / 2 + 0.25, y - 0.2, tone(trim, 0.55))

    def write(self, text: str, x: float, y: float, size: float, colour: Colour, upright: bool = False) -> None:
        """Characters of `size` metres from the middle (x, y), in a row, or one below another."""
        pixels = max(8, round(size * self.scale))
        for number, character in enumerate(text):
            offset = (number - (len(text) - 1) / 2) * size * 1.12
            cx, cy = (x, y - offset) if upright else (x + offset, y)
            ink = glyph(character, pixels)
            left, top = (
                round(cx * self.scale - ink.shape[1] / 2),
                round((self.height - cy) * self.scale - ink.shape[0] / 2),
            )
            part = self.pixels[max(0, top) : top + ink.shape[0], max(0, left) : left + ink.shape[1]]
            cover = ink[: part.shape[0], : part.shape[1], None] / 255.0
            part[..., :3] = (part[..., :3] * (1 - cover) + np.array(colour) * cover).astype(np.uint8)

    def roof(self, x0: float, x1: float, y0: float, y1: float, inset: float, colour: Colour, lift: float = 0.0) -> None:
        """A hipped roof in elevation, in rows of tiles; `lift` raises the ends of its eaves in a curve."""
        s = np.linspace(0, 1, 30)
        eave = [(x0 + (x1 - x0) * t, y0 + lift * abs(2 * t - 1) ** 5) for t in s]
        sag = 0.28 * (y1 - y0) * (lift > 0)
        right = [(x1 - inset * t, y0 + lift + (y1 - y0 - lift) * t - sag * sin(pi * t)) for t in s]
        left = [(x0 + inset * t, y0 + lift + (y1 - y0 - lift) * t - sag * sin(pi * t)) for t in s[::-1]]
        self.poly([*eave, *right, *left], colour)
        step = 0.3 if lift else 0.36
        count = int((x1 - x0) / step)
        for k in range(count + 1):
            t = k / count
            foot = (x0 + (x1 - x0) * t, y0 + lift * abs(2 * t - 1) ** 5)
            head = (x0 + inset + (x1 - x0 - 2 * inset) * t, y1)
            bend = [
                (foot[0] + (head[0] - foot[0]) * q, foot[1] + (head[1] - foot[1]) * q - sag * sin(pi * q))
                for q in (0, 0.25, 0.5, 0.75, 1)
            ]
            self.line(bend, tone(colour, 0.7 if k % 2 else 1.18), step * 0.3)
        self.line(eave, tone(colour, 0.5), 0.22)
        self.line([(x, y - 0.16) for x, y in eave], tone(colour, 0.34), 0.12)
        if lift:
            for x in (x0, x1):
                bend = right if x == x1 else left
                self.line(bend, tone(colour, 1.3), 0.26)
        self.line([(x0 + inset, y1), (x1 - inset, y1)], tone(colour, 1.3), 0.34 if lift else 0.24)

    def sheet(self) -> Sheet:
        return Sheet(self.pixels)


@lru_cache(maxsize=64)
def chinese_shop(width: float, seed: int, upper: bool, era: int) -> Sheet:
    """A shop of the old town: grey brick piers, a timber front, tiles above."""
    rng = generator(seed, "shop")
    high = 6.6 if upper else 4.2
    e = Elevation(width, high + 2.6, 34)
    e.masonry(0, 0, width, high, tone(GREY_BRICK, rng.uniform(0.86, 1.12)), 0.075, seed)
    red = (TIMBER, (122, 44, 34), (78, 60, 46), (52, 72, 62))[int(rng.integers(4))]
    for floor in range(2 if upper else 1):
        base = 0.25 + 3.3 * floor
        bays = max(2, round(width / 1.6))
        step = (width - 0.9) / bays
        e.rect(0.45, base, width - 0.45, base + 2.75, tone(red, 0.5))
        for bay in range(bays):
            x0 = 0.45 + bay * step
            dark = floor == 0 and bay == bays // 2
            e.rect(x0 + 0.08, base, x0 + step - 0.08, base + 2.6, (24, 20, 18) if dark else tone(red, 0.85))
            if not dark:
                e.rect(
                    x0 + 0.16,
                    base + 1.05,
                    x0 + step - 0.16,
                    base + 2.45,
                    (186, 168, 128) if era < 2 else (212, 176, 110),
                )
                for k in range(1, 6):
                    x = x0 + 0.16 + (step - 0.32) * k / 6
                    e.line([(x, base + 1.05), (x, base + 2.45)], tone(red, 0.8), 0.035)
                for k in range(1, 5):
                    e.line(
                        [(x0 + 0.16, base + 1.05 + 0.28 * k), (x0 + step - 0.16, base + 1.05 + 0.28 * k)],
                        tone(red, 0.8),
                        0.035,
                    )
                e.rect(x0 + 0.2, base + 0.2, x0 + step - 0.2, base + 0.9, tone(red, 0.66))
            e.rect(x0 - 0.07, base - 0.2, x0 + 0.09, base + 2.9, tone(red, 1.2))
        e.cornice(base + 2.62, 0.3, ((60, 96, 90) if era == 2 else tone(red, 1.1)), 0.2, width - 0.2)
    name = ("瑞蚨祥", "同升和", "老美華", "正興德", "桂順齋", "謙祥益", "元隆號", "亨得利", "隆順榕", "達仁堂")[
        int(rng.integers(10))
    ]
    e.rect(width / 2 - 1.5, 2.95, width / 2 + 1.5, 3.85, (30, 26, 24))
    e.rect(width / 2 - 1.42, 3.03, width / 2 + 1.42, 3.77, (24, 30, 40))
    e.write(name, width / 2, 3.4, 0.56, (214, 176, 92))
    e.shadow(high, 1.1, 0.6)
    e.roof(-0.3, width + 0.3, high - 0.05, high + 2.2, 0.2, tone(TILE, rng.uniform(0.85, 1.1)))
    return e.sheet()


@lru_cache(maxsize=64)
def western(width: float, floors: int, seed: int) -> Sheet:
    """A trading house or villa in Western dress."""
    rng = generator(seed, "western")
    high = floors * 3.9 + 0.8
    e = Elevation(width, high + 2.2, 26)
    wall = (RED_BRICK, STONE, STUCCO, GREY_BRICK, (168, 148, 120))[int(rng.integers(5))]
    wall = tone(wall, rng.uniform(0.88, 1.06))
    trim = STONE if wall[0] - wall[2] > 60 or wall == GREY_BRICK else tone(wall, 1.15)
    e.masonry(0, 0, width, high, wall, 0.075 if wall[2] < 90 or wall[0] < 140 else 0.34, seed)
    e.masonry(0, 0, width, 1.0, tone(STONE, 0.72), 0.4, seed + 1)
    bays = max(2, round(width / 2.9))
    step = width / bays
    arched = int(rng.integers(floors + 1))
    for floor in range(floors):
        y = 1.3 + floor * 3.9
        for bay in range(bays):
            x = (bay + 0.5) * step
            if floor == 0 and bay == bays // 2:
                e.arch(x - 0.95, 0, x + 0.95, 2.6, trim)
                e.arch(x - 0.72, 0, x + 0.72, 2.5, (52, 36, 28))
                continue
            e.window(
                x,
                y,
                min(1.25, step * 0.5),
                2.1,
                (206, 198, 180),
                trim,
                floor == arched,
                float(rng.random() < 0.06) * 0.6,
            )
        e.cornice(y + 2.72, 0.24, trim)
    for bay in range(bays + 1):
        x = min(max(bay * step, 0.2), width - 0.2)
        e.rect(x - 0.16, 1.0, x + 0.16, high, tone(trim, 0.94))
        e.rect(x + 0.16, 1.0, x + 0.24, high, tone(wall, 0.7))
    e.cornice(high - 0.5, 0.75, trim)
    e.shadow(high - 0.5, 0.8, 0.45)
    if rng.random() < 0.55:
        for k in range(int(width / 0.34)):
            e.rect(k * 0.34 + 0.1, high + 0.2, k * 0.34 + 0.24, high + 0.9, trim)
        e.cornice(high + 0.85, 0.22, trim)
    else:
        e.roof(0, width, high + 0.22, high + 2.1, 1.4, SLATE if rng.random() < 0.5 else RED_TILE)
    return e.sheet()


@lru_cache(maxsize=32)
def tower(width: float, height: float, seed: int) -> Sheet:
    """A high-rise of today in glass and pale stone."""
    rng = generator(seed, "tower")
    e = Elevation(width, height, 7)
    rows, columns = e.pixels.shape[:2]
    glass = np.array(
        ((112, 142, 164), (132, 156, 168), (150, 160, 162), (104, 128, 150))[int(rng.integers(4))], np.float32
    )
    sheen = 0.78 + 0.42 * np.linspace(1, 0, rows)[:, None] + 0.14 * cloudy(seed, rows, columns, 4)
    panes = rng.normal(1, 0.05, (rows // 12 + 1, columns // 9 + 1)).astype(np.float32)
    value = sheen * np.kron(panes, np.ones((12, 9), np.float32))[:rows, :columns]
    e.pixels[..., :3] = np.clip(glass * value[..., None], 0, 255)
    e.pixels[..., 3] = 255
    pale = (206, 206, 200)
    for k in range(int(height / 3.6) + 1):
        e.rect(
            0,
            k * 3.6,
            width,
            k * 3.6 + (0.9 if seed % 2 else 0.35),
            tone(pale, 0.9) if seed % 2 else tone((110, 120, 128), 0.9),
        )
    for k in range(int(width / 3) + 1):
        e.rect(k * 3, 0, k * 3 + (0.5 if seed % 3 == 0 else 0.16), height, tone(pale, 0.82))
    e.rect(0, height - 2.5, width, height, tone(pale, 0.7))
    return e.sheet()


@lru_cache(maxsize=24)
def tree(seed: int, kind: str = "plane") -> Sheet:
    """A tree, 8 × 10 in its own metres: plane tree, willow, or bare-ish sapling by `kind`."""
    rng = generator(seed, "tree")
    e = Elevation(8, 10, 48)
    bark = (84, 70, 56) if kind != "plane" else (126, 116, 98)
    e.poly([(3.78, 0), (4.24, 0), (4.12, 4.4), (3.9, 4.4)], bark)
    for _ in range(9):
        x, y = 4 + rng.normal(0, 1.6), rng.uniform(5.2, 8.6)
        e.line([(4.02, rng.uniform(2.6, 4.2)), ((x + 4) / 2, y - 1.4), (x, y)], tone(bark, 0.75), 0.1)
    rows, columns = e.pixels.shape[:2]
    soft = cloudy(seed, rows, columns, 5)
    fine = cv2.GaussianBlur(rng.random((rows, columns), dtype=np.float32), (0, 0), 2.2)
    fine = (fine - fine.min()) / (fine.max() - fine.min())
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    x, y = x / 48, 10 - y / 48
    round_ = 1 - ((x - 4) / 3.7) ** 2 - ((y - 6.5) / 3.3) ** 2
    if kind == "willow":
        round_ = 1 - ((x - 4) / 3.6) ** 2 - ((y - 6.0) / 3.9) ** 2
        fine = cv2.GaussianBlur(fine, (0, 0), sigmaX=0.6, sigmaY=12)
        fine = (fine - fine.min()) / (fine.max() - fine.min())
    body = round_ * 1.1 + (soft - 0.5) * 1.5 + (fine - 0.5) * 1.5
    cover = np.clip((body - 0.34) * 7, 0, 1)
    dark, light = ((38, 52, 26), (132, 148, 70)) if kind != "willow" else ((52, 68, 34), (154, 166, 86))
    shade = np.clip(0.15 + 0.5 * (soft - 0.25) + 0.75 * (fine - 0.3) + 0.07 * (y - 6) - 0.04 * (x - 4), 0, 1)[..., None]
    leaf = np.array(dark) + (np.array(light) - np.array(dark)) * shade
    c = cover[..., None]
    e.pixels[..., :3] = e.pixels[..., :3] * (1 - c) + leaf * c
    e.pixels[..., 3:] = np.maximum(e.pixels[..., 3:], (c * 255))
    return e.sheet()


@lru_cache(maxsize=64)
def person(seed: int, era: int) -> Sheet:
    """Somebody standing or walking, 0.9 × 1.8 m."""
    rng = generator(seed, "person")
    e = Elevation(0.9, 1.8, 90)
    cloth = (
        ((52, 62, 84), (70, 66, 60), (44, 46, 52), (108, 92, 70)),
        ((60, 62, 66), (92, 84, 74), (44, 50, 62), (130, 116, 96)),
        ((186, 60, 52), (52, 78, 122), (226, 222, 212), (60, 60, 64), (206, 160, 70)),
    )[era]
    coat = cloth[int(rng.integers(len(cloth)))]
    skin = (196, 152, 122)
    stride = rng.uniform(0.04, 0.16)
    e.poly([(0.4 - stride, 0), (0.5 - stride, 0), (0.5, 0.85), (0.36, 0.85)], tone(coat, 0.45))
    e.poly([(0.42 + stride, 0), (0.53 + stride, 0), (0.56, 0.85), (0.42, 0.85)], tone(coat, 0.55))
    hem = (0.3, 0.62, 0.8)[era] if rng.random() < 0.7 else 0.8
    e.poly([(0.27, hem), (0.64, hem), (0.62, 1.3), (0.56, 1.45), (0.36, 1.45), (0.29, 1.3)], coat)
    e.poly([(0.52, hem), (0.64, hem), (0.62, 1.3), (0.56, 1.45)], tone(coat, 0.72))
    e.line([(0.31, 1.36), (0.22, 1.08), (0.26, 0.84)], tone(coat, 0.85), 0.09)
    e.line([(0.61, 1.36), (0.69, 1.08), (0.64, 0.86)], tone(coat, 0.65), 0.09)
    e.disc(0.455, 1.59, 0.085, 0.115, skin)
    e.disc(0.455, 1.65, 0.095, 0.075, (28, 24, 22))
    if era < 2 and rng.random() < 0.6:
        e.disc(0.455, 1.68, 0.17 if era == 0 else 0.15, 0.04, (150, 132, 92) if era == 0 else (66, 58, 50))
        e.disc(0.455, 1.72, 0.09, 0.06, (160, 142, 100) if era == 0 else (72, 62, 54))
    return e.sheet()


@lru_cache(maxsize=8)
def lamp(era: int) -> Sheet:
    """A street lamp or, in the middle era, a pole with wires' arms; 2 × 7 m."""
    e = Elevation(2, 7, 48)
    iron = ((70, 58, 46), (62, 60, 58), (56, 66, 66))[era]
    e.poly([(0.9, 0), (1.1, 0), (1.04, 6.2), (0.96, 6.2)], iron)
    e.rect(0.82, 0, 1.18, 0.5, tone(iron, 0.8))
    if era == 1:
        for y in (5.4, 6.0):
            e.rect(0.25, y, 1.75, y + 0.1, tone(iron, 0.8))
            for x in (0.3, 0.7, 1.3, 1.7):
                e.rect(x - 0.04, y + 0.1, x + 0.04, y + 0.26, (196, 196, 186))
    else:
        e.line([(0.35, 5.5), (0.6, 5.9), (1, 5.7), (1.4, 5.9), (1.65, 5.5)], iron, 0.07)
        for x, y in ((0.35, 5.3), (1.65, 5.3), (1.0, 6.45)):
            e.disc(x, y, 0.2, 0.26, (238, 228, 196))
            e.disc(x - 0.05, y + 0.06, 0.09, 0.12, (255, 250, 232))
            e.rect(x - 0.12, y + 0.22, x + 0.12, y + 0.3, iron)
    return e.sheet()
