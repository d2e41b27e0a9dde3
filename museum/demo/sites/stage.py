"""What stands around each landmark in each era, and what lies on the ground."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import cv2
import numpy as np

from museum.demo.art.brush import generator
from museum.demo.sites import landmarks
from museum.demo.sites.facade import (
    GREY_BRICK,
    RED_BRICK,
    STONE,
    TIMBER,
    Elevation,
    chinese_shop,
    lamp,
    person,
    tone,
    tower,
    tree,
    western,
)  # fmt: skip
from museum.demo.sites.heaven import Colour, cloudy
from museum.demo.sites.landmarks import facing, wall
from museum.demo.sites.panel import Panel, Pixels, Sheet

GROUNDS: dict[str, tuple[Colour, Colour, Colour]] = {
    # Earth, setts, paving of today: per era of a site the street and its footway
    "old-railway-station": ((158, 136, 104), (136, 130, 120), (170, 168, 160)),
    "drum-tower": ((152, 132, 104), (142, 136, 126), (150, 148, 144)),
    "hai-river-bridge": ((150, 130, 102), (150, 142, 128), (168, 162, 152)),
    "five-avenues": ((148, 132, 106), (124, 120, 114), (104, 106, 108)),
}


@dataclass
class Stage:
    """Groups of panels, far to near by their middle; the landmark is one group."""

    site: str
    era: int
    groups: list[tuple[float, list[Panel]]] = field(default_factory=list[tuple[float, list[Panel]]])
    shadows: list[tuple[float, float, float]] = field(default_factory=list[tuple[float, float, float]])

    def add(self, *panels: Panel, far: float | None = None) -> None:
        distance = far if far is not None else min(float(np.hypot(*panel.middle()[:2])) for panel in panels)
        self.groups.append((distance, list(panels)))

    def stand(
        self, x: float, y: float, width: float, height: float, sheet: Sheet, foot: float = 0.0, shade: float = 1.0
    ) -> None:
        """Something flat that looks at the camera, with a soft shadow of radius `foot` on the ground."""
        self.add(facing(x, y, width, height, sheet, shade=shade))
        if foot:
            self.shadows.append((x, y, foot))

    def row(self, x: float, start: float, end: float, kinds: str, seed: int) -> None:
        """Houses side by side along a street in y, at x: left of it where x < 0. `kinds`: s shops, w Western houses."""
        rng = generator(seed, "row")
        y = start
        while y < end:
            kind = kinds[int(rng.integers(len(kinds)))]
            width = float(rng.uniform(6.5, 9.5) if kind == "s" else rng.uniform(10, 15))
            number = int(rng.integers(1 << 20))
            if kind == "s":
                upper = bool(rng.random() < 0.45)
                sheet, height = chinese_shop(round(width), number % 12, upper, self.era), (6.6 if upper else 4.2) + 2.6
            else:
                floors = int(rng.integers(2, 4))
                sheet, height = western(round(width), floors, number % 10), floors * 3.9 + 3.0
            a, b = ((x, y), (x, y + width)) if x < 0 else ((x, y + width), (x, y))
            self.add(wall(a, b, height, sheet, 0, 0.78 if x < 0 else 1.0))
            y += width + (0.0 if rng.random() < 0.8 else 1.2)

    def front(self, y: float, start: float, end: float, kinds: str, seed: int) -> None:
        """Houses side by side along x at y, facing the camera."""
        rng = generator(seed, "front")
        x = start
        while x < end:
            kind = kinds[int(rng.integers(len(kinds)))]
            width = float(rng.uniform(7, 10) if kind == "s" else rng.uniform(11, 18))
            number = int(rng.integers(1 << 20))
            if kind == "s":
                sheet, height = (
                    chinese_shop(round(width), number % 12, bool(number % 2), self.era),
                    (6.6 if number % 2 else 4.2) + 2.6,
                )
            else:
                floors = int(rng.integers(2, 5))
                sheet, height = western(round(width), floors, number % 10), floors * 3.9 + 3.0
            a, b = ((x, y), (x + width, y)) if y > 0 else ((x + width, y), (x, y))
            self.add(wall(a, b, height, sheet, 0, 0.95 if y > 0 else 0.8))
            x += width

    def skyline(self, count: int, near: float, far: float, seed: int, span: tuple[float, float] = (-180, 180)) -> None:
        """High-rises of today, two visible sides each."""
        rng = generator(seed, "skyline")
        for k in range(count):
            angle = np.radians(span[0] + (span[1] - span[0]) * (k + rng.uniform(0.1, 0.9)) / count)
            distance, width, height = rng.uniform(near, far), rng.uniform(22, 40), rng.uniform(60, 150)
            x, y = distance * np.sin(angle), distance * np.cos(angle)
            number = int(rng.integers(6))
            front, side = tower(24, 110, number), tower(16, 110, number)
            ex, ey = y / distance, -x / distance
            turn = rng.uniform(0.2, 0.6)
            corner = (float(x), float(y))
            left = (float(x - (ex + turn * -ey) * width), float(y - (ey + turn * ex) * width))
            left = (
                float(x - ex * width + turn * width * x / distance),
                float(y - ey * width + turn * width * y / distance),
            )
            right = (
                float(x + ex * width * turn + 0.7 * width * x / distance),
                float(y + ey * width * turn + 0.7 * width * y / distance),
            )
            self.add(
                wall(left, corner, float(height), front),
                wall(corner, right, float(height), side, 0, 0.72),
                far=float(distance),
            )

    def trees(self, places: list[tuple[float, float]], height: float, kind: str, seed: int) -> None:
        for k, (x, y) in enumerate(places):
            scale = height / 10 * (0.88 + 0.24 * ((k * 7 + seed) % 5) / 4)
            self.stand(x, y, 8 * scale, 10 * scale, tree((k + seed) % 5, kind), 2.6 * scale)

    def people(self, places: list[tuple[float, float]], seed: int) -> None:
        for k, (x, y) in enumerate(places):
            self.stand(x, y, 0.9, 1.8, person((k * 5 + seed) % 17, self.era), 0.35)

    def lamps(self, places: list[tuple[float, float]]) -> None:
        for x, y in places:
            self.stand(x, y, 2, 7, lamp(self.era), 0.3)


def build(site: str, era: int) -> Stage:
    """The stage of a site in an era. Raises KeyError for an unknown site."""
    stage = Stage(site, era)
    {"old-railway-station": _square, "drum-tower": _street, "hai-river-bridge": _river, "five-avenues": _corner}[site](
        stage
    )
    return stage


def _scatter(
    seed: int, count: int, box: tuple[float, float, float, float], clear: float = 4.0
) -> list[tuple[float, float]]:
    rng = generator(seed, "scatter")
    found: list[tuple[float, float]] = []
    while len(found) < count:
        x, y = float(rng.uniform(box[0], box[1])), float(rng.uniform(box[2], box[3]))
        if np.hypot(x, y) > clear and not (abs(x) < 1.2 and y > 0):
            found.append((x, y))
    return found


def _square(stage: Stage) -> None:
    era = stage.era
    stage.add(*landmarks.station(era), far=38)
    stage.front(-27, -70, 70, ("s", "sw", "w")[era], 3)
    stage.row(-34, -30, 34, ("s", "w", "w")[era], 4)
    stage.row(36, -30, 34, ("ss", "ws", "w")[era], 5)
    stage.people(_scatter(21 + era, (26, 30, 34)[era], (-24, 24, -20, 33), 5), era)
    stage.lamps([(-15, 26), (15, 26), (-24, 6), (24, 6), (-18, -18), (18, -18)][: (2, 6, 6)[era]])
    if era == 0:
        stage.trees([(-29, 30), (28, 27), (-24, -20), (26, -19)], 9, "willow", 2)
        for k, (x, y) in enumerate(((-9, 15), (10, 20), (-17, 31), (19, 11), (7, -12))):
            stage.stand(x, y, 2.6, 2.0, _rickshaw(), 1.0, 0.9 + 0.05 * (k % 3))
    if era == 1:
        stage.trees([(-28, 12), (-28, 24), (29, 12), (29, 24)], 9, "plane", 1)
        stage.add(_tram(-20, 27), far=33)
        stage.add(_tram(20, -15), far=24)
        for x, y in ((-10, 18), (12, 14)):
            stage.stand(x, y, 2.6, 2.0, _rickshaw(), 1.0)
    if era == 2:
        stage.skyline(9, 130, 240, 6, (-75, 75))
        stage.skyline(10, 110, 220, 7, (90, 270))
        stage.trees(
            [(s * x, y) for x, y in ((25, 30), (26, 19), (26, 8), (26, -3), (26, -14)) for s in (-1, 1)], 10, "plane", 3
        )


def _street(stage: Stage) -> None:
    era = stage.era
    half = (6.5, 7.5, 9.0)[era]
    stage.add(*landmarks.drum_tower(era), far=34)
    for x, seed in ((-half, 31), (half, 32)):
        stage.row(x, -70, 22, ("s", "ssw", "s")[era], seed)
        stage.row(x * 2.4, 56, 90, "s", seed + 5)
    stage.front(34, -60, -17, ("s", "sw", "s")[era], 36)
    stage.front(34, 17, 60, ("s", "sw", "s")[era], 37)
    stage.front(-78, -20, 20, "s", 38)
    stage.people(_scatter(41 + era, (20, 24, 28)[era], (-half + 1, half - 1, -36, 27), 4), era + 3)
    for k in range(7):
        for side in (-1, 1):
            y = -32 + 8 * k
            if abs(y) < 3:
                continue
            x = side * (half - 0.75)
            if era == 2:
                stage.stand(x, y, 0.8, 3.9, _lantern(), 0.2)
            elif (k + side) % 2:
                stage.stand(x, y, 0.8, 4.0, _banner(k + side + 3), 0.15)
    if era == 1:
        stage.lamps([(side * (half - 0.9), y) for y in (-27, -9, 9, 23) for side in (-1, 1)])
    if era == 0:
        stage.trees([(-16, 31), (17, 30)], 11, "willow", 1)
        stage.stand(3.6, 11, 2.6, 2.0, _rickshaw(), 1.0)
    if era == 2:
        stage.skyline(9, 170, 280, 8, (-80, 80))
        stage.skyline(7, 160, 260, 9, (110, 250))
        stage.trees([(side * 13, y) for y in (30, 32) for side in (-1, 1)], 9, "plane", 2)


def _river(stage: Stage) -> None:
    era = stage.era
    stage.add(*landmarks.bridge(era), far=20)
    bank = Elevation(60, 3.4, 14)
    bank.masonry(0, 0, 60, 3.2, (130, 118, 100) if era == 0 else tone(STONE, 0.74), 0.0 if era == 0 else 0.45, 51)
    bank.cornice(3.0, 0.4, tone(STONE, 0.9))
    for k in range(-5, 5):
        stage.add(wall((k * 60, 84), (k * 60 + 60, 84), 3.4, bank.sheet(), landmarks.WATER), far=86)
    stage.front(96, -170, 14, ("s", "w", "w")[era], 52)
    stage.front(96, 38, 190, ("sw", "w", "w")[era], 53)
    stage.front(-26, -80, 80, ("s", "w", "w")[era], 54)
    if era == 1:
        for x in (-60, 88):
            stage.stand(x, 98, 26, 30, _dome())
    if era == 2:
        stage.skyline(14, 150, 260, 10, (-85, 85))
        stage.skyline(9, 90, 200, 11, (110, 250))
        stage.trees([(x, 88) for x in range(-120, 140, 9) if not 16 < x < 38], 8, "plane", 4)
        stage.trees([(x, -12) for x in range(-50, 60, 11)], 9, "willow", 2)
        stage.lamps([(x, 4.9) for x in (-34, -22, 16, 28, 40)])
    else:
        stage.trees([(x, -15) for x in range(-60, 66, 17)], 8, "willow", era)
        stage.trees([(x, 89) for x in (-90, -62, -35, -8, 52, 80, 108)], 8, "willow", era + 1)
    for x, y, size in (
        ((-30, 40, 1.0), (24, 24, 1.0), (-58, 62, 1.0), (58, 58, 1.0), (-16, 66, 0.9)),
        ((34, 34, 0.9), (-44, 60, 1.0)),
        (),
    )[era]:
        stage.add(facing(x, y, 13 * size, 12 * size, _junk(), landmarks.WATER - 0.15))
    if era == 2:
        stage.add(facing(30, 34, 17, 4.4, _cruiser(), landmarks.WATER - 0.1))
    rail = Elevation(20, 1.15, 40)
    metal = ((112, 92, 68), (120, 114, 104), (96, 108, 112))[era]
    for k in range(11):
        rail.rect(k * 1.98, 0, k * 1.98 + 0.14, 1.15, metal)
    for y in (0.35, 0.7, 1.03):
        rail.line([(0, y), (20, y)], tone(metal, 1.1), 0.06)
    if era:
        for k in range(-4, 4):
            stage.add(wall((k * 20, 5.6), (k * 20 + 20, 5.6), 1.15, rail.sheet()), far=5.6)
    stage.people(_scatter(61 + era, (14, 18, 22)[era], (-34, 34, -20, 4.6), 4), era + 6)


def _corner(stage: Stage) -> None:
    era = stage.era
    stage.add(*landmarks.villa(era), far=25)
    brick = Elevation(24, 2.4, 30)
    brick.masonry(0, 0, 24, 2.2, tone(RED_BRICK if era != 1 else GREY_BRICK, 0.95), 0.075, 71)
    brick.rect(0, 2.1, 24, 2.35, tone(STONE, 0.95))
    sheet = brick.sheet()
    for a, b in (((-20, 37), (-1.7, 20)), ((1.7, 20), (20, 37)), ((-38, 54), (-20, 37)), ((20, 37), (38, 54))):
        stage.add(wall(a, b, 2.4, sheet, 0, 0.85 if a[0] < 0 else 1.0), far=21 if abs(a[0] + b[0]) < 30 else 50)
    stage.row(-22, -60, 8, "w", 73)
    stage.row(22, -60, 8, "w", 74)
    stage.front(-64, -22, 22, "w", 76)
    stage.add(wall((-54, 34), (-30, 58), 11, western(15, 2, 3), 0, 0.9), far=60)
    stage.add(wall((30, 58), (54, 34), 11, western(15, 2, 6), 0, 0.95), far=60)
    size, kind = ((4.6, "sapling"), (9.5, "plane"), (12.0, "plane"))[era]
    stage.trees([(side * 9.2, y) for y in (-46, -36, -26, -16, -7) for side in (-1, 1)], size, kind, 2)
    stage.trees([(side * x, y) for x, y in ((12.4, 22), (20, 29.5), (28, 37.5)) for side in (-1, 1)], size, kind, 1)
    stage.trees([(-6.5, 33), (7, 34), (-18, 44), (19, 45)], (5, 8.5, 10.5)[era], "willow", 3)
    stage.people(_scatter(81 + era, (8, 12, 14)[era], (-11, 11, -34, 15), 4), era + 9)
    stage.lamps([(-9.6, -21), (9.6, -21), (-8.6, 13), (8.6, 13)])
    if era < 2:
        stage.stand(-5.2, 14, 2.6, 2.0, _rickshaw(), 1.0)
    if era:
        for x, y in (((6.6, -12),), ((-6.8, -10), (6.9, -16), (-6.8, -23)))[era - 1]:
            stage.stand(x, y, 4.4, 1.7, _car(era, int(abs(y)) % 3), 1.9)
    if era == 2:
        stage.skyline(7, 150, 260, 12, (-70, 70))
        stage.skyline(7, 150, 260, 13, (100, 260))


@lru_cache(maxsize=1)
def _rickshaw() -> Sheet:
    e = Elevation(2.6, 2.0, 60)
    for a in np.linspace(0, np.pi, 8, endpoint=False):
        e.line(
            [(0.8 - 0.55 * np.cos(a), 0.58 - 0.55 * np.sin(a)), (0.8 + 0.55 * np.cos(a), 0.58 + 0.55 * np.sin(a))],
            (92, 74, 52),
            0.03,
        )
    e.line(
        [(0.8 + 0.55 * np.cos(a), 0.58 + 0.55 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 40)], (54, 42, 34), 0.08
    )
    e.line([(0.7, 0.62), (2.55, 0.82)], (70, 52, 38), 0.07)
    e.poly([(0.4, 0.7), (1.3, 0.7), (1.35, 0.95), (0.62, 0.98), (0.5, 1.35), (0.3, 1.35)], (62, 40, 34))
    e.poly([(0.2, 1.2), (0.3, 1.75), (0.75, 1.92), (1.25, 1.78), (1.3, 1.6), (0.8, 1.66), (0.5, 1.3)], (44, 44, 48))
    return e.sheet()


@lru_cache(maxsize=1)
def _tram_sheet() -> Sheet:
    e = Elevation(10, 4.6, 44)
    e.rect(0.3, 0.7, 9.7, 3.3, (186, 172, 132))
    e.rect(0.3, 0.7, 9.7, 1.75, (92, 104, 74))
    for k in range(8):
        e.window(1.1 + k * 1.11, 1.85, 0.92, 1.2, (120, 96, 62))
    e.rect(0.1, 3.25, 9.9, 3.55, (110, 104, 92))
    for x in (2.2, 3.6, 6.4, 7.8):
        e.disc(x, 0.42, 0.42, 0.42, (44, 42, 40))
    e.rect(0.6, 0.42, 9.4, 0.74, (52, 48, 46))
    e.line([(5, 3.5), (7.6, 4.55)], (50, 48, 46), 0.06)
    e.write("電車公司", 5, 1.22, 0.5, (224, 206, 150))
    return e.sheet()


def _tram(x: float, y: float) -> Panel:
    return facing(x, y, 10, 4.6, _tram_sheet())


@lru_cache(maxsize=1)
def _lantern() -> Sheet:
    e = Elevation(0.8, 3.9, 70)
    e.rect(0.36, 0, 0.44, 3.9, (60, 44, 38))
    for y in (3.2, 2.3):
        e.disc(0.4, y, 0.34, 0.38, (196, 40, 34))
        e.disc(0.32, y + 0.08, 0.16, 0.24, (236, 92, 62))
        e.rect(0.22, y + 0.34, 0.58, y + 0.42, (212, 172, 84))
        e.rect(0.22, y - 0.42, 0.58, y - 0.34, (212, 172, 84))
    return e.sheet()


@lru_cache(maxsize=12)
def _banner(number: int) -> Sheet:
    e = Elevation(0.8, 4.0, 60)
    e.rect(0.04, 0, 0.12, 4.0, TIMBER)
    cloth = ((178, 150, 96), (64, 76, 104), (158, 64, 48))[number % 3]
    e.rect(0.14, 1.5, 0.74, 3.85, cloth)
    e.write(
        ("茶莊", "綢緞", "老酒", "藥舖", "書局")[number % 5],
        0.44,
        2.75,
        0.46,
        (34, 28, 24) if number % 3 == 0 else (232, 214, 170),
        True,
    )
    return e.sheet()


@lru_cache(maxsize=1)
def _junk() -> Sheet:
    e = Elevation(13, 12, 34)
    e.poly([(0.4, 2.3), (2.2, 1.7), (9.8, 1.5), (12.7, 2.6), (11.6, 0.1), (1.8, 0.1)], (92, 66, 44))
    e.line([(0.4, 2.3), (2.2, 1.75), (9.8, 1.55), (12.7, 2.6)], (140, 108, 74), 0.16)
    e.rect(8.0, 1.6, 10.6, 2.9, (112, 84, 56))
    e.line([(4.6, 1.6), (4.6, 11.8)], (74, 56, 42), 0.16)
    sail = [(3.0, 2.7), (6.9, 2.3), (7.4, 9.0), (5.6, 11.2), (3.7, 10.6)]
    e.poly(sail, (182, 150, 104))
    for k in range(1, 8):
        e.line([(3.0 + 0.1 * k, 2.7 + k * 1.0), (6.9 + 0.07 * k, 2.35 + k * 1.0)], (118, 90, 60), 0.07)
    return e.sheet()


@lru_cache(maxsize=1)
def _cruiser() -> Sheet:
    e = Elevation(17, 4.4, 36)
    e.poly([(0.3, 1.4), (16.7, 1.6), (15.4, 0.05), (1.2, 0.05)], (232, 234, 234))
    e.rect(1.4, 1.4, 14.6, 3.1, (214, 222, 226))
    for k in range(9):
        e.rect(1.9 + k * 1.4, 1.9, 3.0 + k * 1.4, 2.8, (60, 82, 96))
    e.rect(0.9, 3.05, 15.0, 3.3, (188, 60, 48))
    e.rect(3.0, 3.3, 9.0, 4.3, (226, 230, 230))
    return e.sheet()


@lru_cache(maxsize=6)
def _car(era: int, number: int) -> Sheet:
    e = Elevation(4.4, 1.7, 70)
    paint = (
        ((34, 34, 36), (44, 40, 36), (52, 48, 52))[number]
        if era == 1
        else ((168, 174, 178), (128, 40, 38), (44, 62, 92))[number]
    )
    e.poly(
        [(0.1, 0.35), (4.3, 0.35), (4.3, 0.82), (3.5, 0.98), (2.95, 1.6), (1.3, 1.62), (0.75, 1.0), (0.1, 0.86)], paint
    )
    e.poly([(1.05, 1.0), (1.45, 1.5), (2.05, 1.5), (2.05, 1.0)], (50, 60, 68))
    e.poly([(2.15, 1.0), (2.15, 1.5), (2.85, 1.48), (3.25, 1.0)], (58, 68, 76))
    e.line([(0.15, 0.9), (4.2, 0.86)], tone(paint, 1.5), 0.04)
    for x in (0.95, 3.4):
        e.disc(x, 0.34, 0.34, 0.34, (24, 24, 26))
        e.disc(x, 0.34, 0.17, 0.17, (150, 150, 150))
    return e.sheet()


@lru_cache(maxsize=1)
def _dome() -> Sheet:
    e = Elevation(26, 30, 18)
    e.masonry(0, 0, 26, 17, tone(STONE, 0.94), 0.5, 58)
    for k in range(8):
        e.rect(1.2 + k * 3.2, 2.5, 2.2 + k * 3.2, 14.5, tone(STONE, 1.14))
        e.rect(2.2 + k * 3.2, 2.5, 2.5 + k * 3.2, 14.5, tone(STONE, 0.66))
        if k < 7:
            e.window(3.3 + k * 3.2, 3.2, 1.0, 3.4, (120, 112, 96), None, True)
            e.window(3.3 + k * 3.2, 9.0, 1.0, 3.2, (120, 112, 96))
    e.cornice(14.6, 1.3, STONE)
    e.shadow(14.6, 1.2)
    e.masonry(8, 17, 18, 21, STONE, 0.5, 59)
    e.poly([(8 + 10 * t, 21 + 5.4 * np.sin(np.pi * t) ** 0.7) for t in np.linspace(0, 1, 30)], (104, 122, 112))
    e.rect(12.4, 26.2, 13.6, 28.2, STONE)
    e.poly([(12.2, 28.2), (13.8, 28.2), (13, 29.8)], (104, 122, 112))
    return e.sheet()


def ground(stage: Stage, reach: float, scale: float) -> Pixels:
    """The plan of the ground, `reach` metres to each side, at so many pixels per metre; open where the river runs."""
    side = round(2 * reach * scale)
    era, site = stage.era, stage.site
    base = GROUNDS[site][era]
    value = 0.84 + 0.3 * cloudy(90 + era, side, side, 9 if reach > 60 else 5)
    plan = np.empty((side, side, 4), np.uint8)
    plan[..., 3] = 255
    value = _paved(value, era, site, scale)
    plan[..., :3] = np.clip(np.array(base) * value[..., None], 0, 255)

    def at(x: float, y: float) -> tuple[int, int]:
        return round((x + reach) * scale * 16), round((reach - y) * scale * 16)

    def box(x0: float, y0: float, x1: float, y1: float, colour: Colour, keep: float = 0.0) -> None:
        a, b = at(x0, y1), at(x1, y0)
        rows = slice(max(0, a[1] // 16), max(0, b[1] // 16))
        columns = slice(max(0, a[0] // 16), max(0, b[0] // 16))
        part = plan[rows, columns, :3]
        part[...] = np.clip(
            np.array(colour) * (0.9 + 0.2 * value[rows, columns] - 0.1)[..., None] * (1 - keep) + part * keep, 0, 255
        )

    def line(x0: float, y0: float, x1: float, y1: float, colour: Colour, thick: float) -> None:
        if thick * scale >= 0.4:
            cv2.line(plan, at(x0, y0), at(x1, y1), (*colour, 255), max(1, round(thick * scale)), cv2.LINE_AA, 4)

    if site in ("drum-tower", "five-avenues"):
        half = (6.5, 7.5, 9.0)[era] if site == "drum-tower" else 10.5
        foot = 1.6 if site == "drum-tower" else 3.4
        pale = tone(base, 1.16) if site == "drum-tower" else ((146, 134, 112), (150, 144, 134), (168, 160, 150))[era]
        for s in (-1, 1):
            low, high = sorted((s * (half - foot), s * half * 3))
            box(low, -300, high, 22 if site == "drum-tower" else 12, pale)
            line(s * (half - foot), -300, s * (half - foot), 22 if site == "drum-tower" else 12, tone(STONE, 0.7), 0.24)
    if site == "five-avenues":
        for s in (-1, 1):
            line(0, 18.2, s * 60, 74, ((146, 134, 112), (150, 144, 134), (168, 160, 150))[era], 3.0)
        if era == 2:
            for k in (*range(-40, -1), 1):
                line(0, k * 5.0, 0, k * 5.0 + 2.4, (224, 218, 200), 0.14)
            for k in range(-6, 7):
                line(k * 0.95, 9.0, k * 0.95, 11.6, (224, 222, 214), 0.45)
    if era == 0 or (site == "five-avenues" and era == 1):
        rng = generator(97, "ruts", site)
        for k in range(10):
            x = rng.uniform(-4.5, 4.5) + (0.7 if k % 2 else -0.7)
            bend = rng.uniform(-1.2, 1.2)
            points = np.array([at(x + bend * np.sin(y / 14 + k), y) for y in range(-120, 40, 2)], np.int32)
            if site != "hai-river-bridge" and scale > 8:
                cv2.polylines(
                    plan,
                    [points],
                    False,
                    (*tone(base, 0.8 if era == 0 else 0.9), 255),
                    max(1, round(0.11 * scale)),
                    cv2.LINE_AA,
                    4,
                )
    if site == "old-railway-station" and era == 1:
        for x0, x1, y in ((-200, 200, 28.0), (-200, 200, 29.4), (-200, 200, -11.0), (-200, 200, -12.4)):
            line(x0, y, x1, y, (84, 78, 74), 0.34)
            line(x0, y, x1, y, (186, 184, 178), 0.08)
    if site == "old-railway-station" and era == 2:
        for s in (-1, 1):
            box(min(s * 26, s * 38), -30, max(s * 26, s * 38), 44, (96, 116, 66))
        for k in range(-4, 10):
            line(-26, k * 5.0, 26, k * 5.0, tone(base, 0.8), 0.3)
    shade = np.zeros((side, side), np.uint8)
    for x, y, radius in stage.shadows:
        cx, cy = at(x, y)
        cv2.ellipse(
            shade,
            (cx // 16 + round(radius * 0.5 * scale), cy // 16),
            (max(1, round(radius * 1.25 * scale)), max(1, round(radius * 0.8 * scale))),
            0,
            0,
            360,
            150,
            -1,
        )
    blur = 0.35 * scale
    shade = cv2.GaussianBlur(shade, (0, 0), max(0.8, blur))
    plan[..., :3] = (plan[..., :3] * (1 - shade[..., None] / 340.0)).astype(np.uint8)
    if site == "hai-river-bridge":
        box(-300, 4.6, 300, 6.0, tone(STONE, 0.9))
        line(-300, 4.6, 300, 4.6, tone(STONE, 0.6), 0.08)
        top, bottom = at(0, 84)[1] // 16, at(0, 6)[1] // 16
        plan[max(0, top) : max(0, bottom)] = 0
    return plan


def _paved(value: np.ndarray, era: int, site: str, scale: float) -> np.ndarray:
    """Setts, flags or slabs set into the tone of the ground, where they are large enough to be seen."""
    size = {
        ("drum-tower", 1): 0.9,
        ("drum-tower", 2): 0.8,
        ("five-avenues", 0): 0,
        ("five-avenues", 1): 0,
        ("five-avenues", 2): 0,
    }.get((site, era), (0, 0.32, 1.2)[era])
    step = size * scale
    if step < 5:
        return value
    side = value.shape[0]
    row = (np.arange(side) / step).astype(int)[:, None]
    across = np.arange(side)[None] / step + 0.5 * (row % 2)
    table = generator(98, "setts").normal(1, 0.06, 4096).astype(np.float32)
    value = value * table[(row * 37 + across.astype(int) * 101) % 4096]
    joint = ((np.arange(side) % step) < max(1.0, 0.03 * scale + 0.04 * step))[:, None] | (
        (across % 1) * step < max(1.0, 0.03 * scale + 0.04 * step)
    )
    return np.where(joint, value * 0.78, value)
