"""What stands around each landmark in each era."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from museum.demo.art.brush import generator
from museum.demo.sites import landmarks
from museum.demo.sites.facade import (
    GREY_BRICK,
    RED_BRICK,
    STONE,
    Elevation,
    chinese_shop,
    lamp,
    person,
    tone,
    tower,
    tree,
    western,
)  # fmt: skip
from museum.demo.sites.heaven import Colour
from museum.demo.sites.landmarks import facing, wall
from museum.demo.sites.panel import Panel, Sheet
from museum.demo.sites.street_sheets import banner, car, cruiser, dome, junk, lantern, rickshaw, tram

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
            stage.stand(x, y, 2.6, 2.0, rickshaw(), 1.0, 0.9 + 0.05 * (k % 3))
    if era == 1:
        stage.trees([(-28, 12), (-28, 24), (29, 12), (29, 24)], 9, "plane", 1)
        stage.add(tram(-20, 27), far=33)
        stage.add(tram(20, -15), far=24)
        for x, y in ((-10, 18), (12, 14)):
            stage.stand(x, y, 2.6, 2.0, rickshaw(), 1.0)
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
                stage.stand(x, y, 0.8, 3.9, lantern(), 0.2)
            elif (k + side) % 2:
                stage.stand(x, y, 0.8, 4.0, banner(k + side + 3), 0.15)
    if era == 1:
        stage.lamps([(side * (half - 0.9), y) for y in (-27, -9, 9, 23) for side in (-1, 1)])
    if era == 0:
        stage.trees([(-16, 31), (17, 30)], 11, "willow", 1)
        stage.stand(3.6, 11, 2.6, 2.0, rickshaw(), 1.0)
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
            stage.stand(x, 98, 26, 30, dome())
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
        stage.add(facing(x, y, 13 * size, 12 * size, junk(), landmarks.WATER - 0.15))
    if era == 2:
        stage.add(facing(30, 34, 17, 4.4, cruiser(), landmarks.WATER - 0.1))
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
        stage.stand(-5.2, 14, 2.6, 2.0, rickshaw(), 1.0)
    if era:
        for x, y in (((6.6, -12),), ((-6.8, -10), (6.9, -16), (-6.8, -23)))[era - 1]:
            stage.stand(x, y, 4.4, 1.7, car(era, int(abs(y)) % 3), 1.9)
    if era == 2:
        stage.skyline(7, 150, 260, 12, (-70, 70))
        stage.skyline(7, 150, 260, 13, (100, 260))
