"""The landmarks: each stands at the same heading in every era."""

from __future__ import annotations

from math import cos, hypot, pi, sin

import numpy as np

from museum.demo.sites.facade import GREY_BRICK, RED_BRICK, RED_TILE, SLATE, STONE, STUCCO, Elevation, tone
from museum.demo.sites.heaven import Colour
from museum.demo.sites.panel import Panel, Sheet


def facing(
    x: float,
    y: float,
    width: float,
    height: float,
    sheet: Sheet,
    z: float = 0.0,
    mark: bool = False,
    shade: float = 1.0,
) -> Panel:
    """A panel that stands at (x, y) and looks at the camera."""
    far = hypot(x, y)
    ex, ey = y / far, -x / far
    return Panel(
        (x - ex * width / 2, y - ey * width / 2, z), (ex * width, ey * width, 0), (0, 0, height), sheet, shade, mark
    )


def wall(
    a: tuple[float, float], b: tuple[float, float], height: float, sheet: Sheet, z: float = 0.0, shade: float = 1.0
) -> Panel:
    """An upright panel from a (left, as seen from its front) to b."""
    return Panel((*a, z), (b[0] - a[0], b[1] - a[1], 0), (0, 0, height), sheet, shade)


def station(era: int) -> list[Panel]:
    """A long low station of brick and stone with a clock tower in its middle."""
    wing = Elevation(74, 15, 26)
    brick = tone(RED_BRICK, (0.95, 0.9, 1.05)[era])
    wing.masonry(0, 0, 74, 10, brick, 0.1, 5)
    wing.masonry(0, 0, 74, 1.1, tone(STONE, 0.8), 0.5, 6)
    for k in range(17):
        x = 2.2 + k * 4.35
        wing.arch(x - 1.25, 0.2, x + 1.25, 3.4, STONE)
        wing.arch(x - 1.0, 0.2, x + 1.0, 3.35, (42, 40, 42))
        wing.window(x, 0.9, 1.7, 3.2, (188, 180, 160), None, True, 0.25 if k % 3 == 0 else 0)
        wing.window(x - 0.75, 6.0, 1.05, 2.4, (206, 198, 180), STONE, True)
        wing.window(x + 0.75, 6.0, 1.05, 2.4, (206, 198, 180), STONE, True)
        wing.rect(x - 2.42, 0, x - 1.95, 10, tone(STONE, 0.94))
        wing.rect(x - 1.95, 0, x - 1.86, 10, tone(brick, 0.62))
    wing.cornice(5.0, 0.42, STONE)
    wing.cornice(9.5, 0.7, STONE)
    wing.shadow(9.5, 0.9)
    wing.roof(0, 74, 10.1, 13.6, 3, SLATE)
    for k in range(9):
        x = 5 + k * 8
        wing.poly([(x - 1.1, 10.6), (x + 1.1, 10.6), (x + 1.1, 12.0), (x, 13.1), (x - 1.1, 12.0)], STONE)
        wing.disc(x, 11.6, 0.55, 0.55, (44, 50, 58))
    hall = Elevation(18, 17, 30)
    hall.masonry(0, 0, 18, 14, tone(STONE, 0.97), 0.42, 7)
    for x in (3.2, 9, 14.8):
        hall.arch(x - 2.1, 0, x + 2.1, 4.9, tone(STONE, 1.15))
        hall.arch(x - 1.75, 0, x + 1.75, 4.85, (40, 36, 34))
        for k in range(-3, 4):
            hall.line([(x + k * 0.5, 0), (x + k * 0.5, 6.3)], (96, 84, 66), 0.06)
        hall.line([(x - 1.7, 3.1), (x + 1.7, 3.1)], (96, 84, 66), 0.14)
        hall.window(x, 8.7, 2.0, 3.2, (206, 198, 180), tone(STONE, 1.12), True)
    hall.rect(3.2, 7.15, 14.8, 8.2, (58, 34, 28))
    hall.write("老龍頭車站", 9, 7.68, 0.86, (226, 196, 128))
    for x in (0.5, 6.1, 11.9, 17.5):
        hall.rect(x - 0.42, 0, x + 0.42, 13.2, tone(STONE, 1.08))
        hall.rect(x + 0.42, 0, x + 0.58, 13.2, tone(STONE, 0.7))
    hall.cornice(13.0, 0.9, STONE)
    hall.shadow(13.0, 1.0)
    hall.poly([(0.4, 13.9), (17.6, 13.9), (9, 16.9)], tone(STONE, 0.9))
    hall.poly([(2.6, 14.2), (15.4, 14.2), (9, 16.3)], tone(STONE, 0.72))
    clock = Elevation(7.4, 19, 36)
    clock.masonry(0.5, 0, 6.9, 11, tone(STONE, 0.98), 0.42, 8)
    clock.cornice(0.2, 0.5, STONE)
    for x in (2.2, 3.7, 5.2):
        clock.window(x, 1.5, 0.8, 2.6, (150, 140, 120), tone(STONE, 1.1), True)
    clock.cornice(4.7, 0.45, STONE)
    clock.disc(3.7, 7.4, 2.0, 2.0, tone(STONE, 0.62))
    clock.disc(3.7, 7.4, 1.8, 1.8, (238, 230, 208))
    for k in range(12):
        a = k * pi / 6
        clock.line(
            [(3.7 + 1.45 * sin(a), 7.4 + 1.45 * cos(a)), (3.7 + 1.7 * sin(a), 7.4 + 1.7 * cos(a))], (30, 26, 24), 0.13
        )
    clock.line([(3.7, 7.4), (3.7 + 0.85 * sin(5.2), 7.4 + 0.85 * cos(5.2))], (24, 20, 18), 0.17)
    clock.line([(3.7, 7.4), (3.7 + 1.4 * sin(0.9), 7.4 + 1.4 * cos(0.9))], (24, 20, 18), 0.11)
    clock.cornice(10.4, 0.9, STONE, 0, 7.4)
    dome = [(0.9 + 5.6 * t, 11.3 + 4.6 * sin(pi * t) ** 0.72) for t in np.linspace(0, 1, 40)]
    clock.poly(dome, (96, 118, 108))
    for t in np.linspace(-1, 1, 9):
        clock.line(
            [(3.7 + 2.8 * t * cos(q), 11.3 + 4.5 * sin(q)) for q in np.linspace(0, pi / 2, 12)],
            tone((96, 118, 108), 0.8 if t > 0 else 1.2),
            0.07,
        )
    clock.rect(3.25, 15.6, 4.15, 17.0, STONE)
    clock.poly([(3.1, 17.0), (4.3, 17.0), (3.7, 18.1)], (96, 118, 108))
    clock.line([(3.7, 18), (3.7, 18.95)], (60, 56, 50), 0.07)
    return [
        facing(0, 40, 74, 15, wing.sheet()),
        facing(0, 38.6, 18, 17, hall.sheet()),
        facing(0, 39.2, 7.4, 19, clock.sheet(), 14.6, True),
    ]


def drum_tower(era: int) -> list[Panel]:
    """A timber hall of two roofs on a brick base with an arch."""
    base = Elevation(22, 10, 34)
    base.masonry(0, 0, 22, 9, tone(GREY_BRICK, (0.86, 0.8, 0.96)[era]), 0.1, 15)
    base.poly([(0, 0), (0.9, 9), (0, 9)], (0, 0, 0))
    base.arch(8.1, 0, 13.9, 3.6, tone(STONE, 0.86))
    base.arch(8.6, 0, 13.4, 3.55, (36, 32, 30))
    base.arch(9.9, 0, 12.1, 2.1, (150, 144, 130))  # daylight at the far end of the passage
    base.rect(8.9, 7.15, 13.1, 8.2, (40, 44, 50))
    base.write("鎮東", 11, 7.68, 0.8, (214, 186, 112))
    base.cornice(8.5, 0.5, tone(STONE, 0.85))
    for k in range(22):
        base.rect(k + 0.12, 9, k + 0.74, 9.95, tone(GREY_BRICK, 0.92))
    house = Elevation(19, 17, 34)
    red, green = (148, 46, 36), (58, 104, 92)
    if era == 1:
        red, green = (124, 56, 46), (70, 96, 88)
    for x0, x1, low, high in ((2.4, 16.6, 0.0, 4.4), (4.0, 15.0, 6.6, 9.8)):
        house.rect(x0, low, x1, high, tone(red, 0.44))
        bays = 5
        step = (x1 - x0) / bays
        for k in range(bays):
            a = x0 + k * step
            house.rect(a + 0.3, low + 0.9, a + step - 0.3, high - 0.9, (176, 132, 72))
            for q in range(1, 8):
                x = a + 0.3 + (step - 0.6) * q / 8
                house.line([(x, low + 0.9), (x, high - 0.9)], tone(red, 0.7), 0.05)
            for q in range(1, 6):
                y = low + 0.9 + (high - low - 1.8) * q / 6
                house.line([(a + 0.3, y), (a + step - 0.3, y)], tone(red, 0.7), 0.05)
            house.rect(a + 0.25, low + 0.25, a + step - 0.25, low + 0.8, tone(red, 0.7))
        for k in range(bays + 1):
            a = x0 + k * step
            house.rect(a - 0.2, low, a + 0.2, high, red)
            house.rect(a + 0.08, low, a + 0.2, high, tone(red, 0.6))
        house.rect(x0 - 0.3, high - 0.85, x1 + 0.3, high - 0.2, green)
        for k in range(int((x1 - x0) / 0.55)):
            a = x0 + k * 0.55
            house.rect(a, high - 0.75, a + 0.34, high - 0.32, (44, 70, 128) if k % 2 else (188, 148, 70))
            house.rect(a + 0.05, high - 0.2, a + 0.4, high + 0.25, tone(green, 0.7 + 0.3 * (k % 2)))
    tiles = (96, 98, 98) if era < 2 else (104, 110, 104)
    house.roof(0.2, 18.8, 4.5, 7.3, 3.2, tiles, 1.0)
    house.roof(1.6, 17.4, 9.9, 15.0, 4.6, tiles, 1.3)
    house.poly([(6.0, 14.8), (6.5, 15.9), (7.0, 14.8)], tone(tiles, 0.8))
    house.poly([(12.0, 14.8), (12.5, 15.9), (13.0, 14.8)], tone(tiles, 0.8))
    house.rect(7.6, 7.2, 11.4, 8.5, (30, 34, 60))
    house.rect(7.75, 7.33, 11.25, 8.37, (24, 34, 74))
    house.write("鼓樓", 9.5, 7.85, 0.9, (228, 192, 104))
    for x in (2.4, 16.6):
        house.line([(x, 0.0), (x, 1.1)], tone(STONE, 1.0), 0.12)
    for x in np.arange(0.4, 18.8, 0.6):
        house.line([(float(x), 0), (float(x), 1.0)], tone(STONE, 0.9), 0.1)
    house.line([(0.2, 1.0), (18.8, 1.0)], STONE, 0.14)
    return [facing(0, 34, 22, 10, base.sheet()), facing(0, 35, 19, 17, house.sheet(), 9.0, True)]


def _truss(length: float, height: float, panels: int, colour: Colour) -> Sheet:
    e = Elevation(length, height, 22)
    step = length / panels
    rise = [height * (0.62 + 0.36 * sin(pi * k / panels)) for k in range(panels + 1)]
    for k in range(panels):
        a, b = k * step, (k + 1) * step
        e.line([(a, 0.5), (b, rise[k + 1])], tone(colour, 0.75), 0.22)
        e.line([(b, 0.5), (a, rise[k])], tone(colour, 0.85), 0.22)
        e.line([(a, rise[k]), (b, rise[k + 1])], colour, 0.5)
    for k in range(panels + 1):
        e.line(
            [(min(max(k * step, 0.2), length - 0.2), 0.3), (min(max(k * step, 0.2), length - 0.2), rise[k])],
            tone(colour, 1.12),
            0.34,
        )
    e.rect(0, 0, length, 0.95, tone(colour, 0.9))
    for k in range(int(length / 0.6)):
        e.disc(k * 0.6 + 0.3, 0.48, 0.06, 0.06, tone(colour, 0.6))
    e.rect(0, 0.86, length, 0.98, tone(colour, 1.25))
    for k in range(int(length / 0.5)):
        e.line([(k * 0.5, 0.95), (k * 0.5, 2.0)], tone(colour, 0.7), 0.05)
    e.line([(0, 2.0), (length, 2.0)], tone(colour, 1.1), 0.1)
    return e.sheet()


BRIDGE_FROM, BRIDGE_TO = np.array((-26.0, 9.0)), np.array((26.0, 83.0))
WATER = -3.2


def bridge(era: int) -> list[Panel]:
    """Three truss spans on stone piers, obliquely across the river; a portal with the name stands over the middle."""
    iron = ((104, 92, 80), (92, 98, 100), (86, 112, 120))[era]
    along = BRIDGE_TO - BRIDGE_FROM
    length = float(np.hypot(*along))
    unit = along / length
    side = np.array((unit[1], -unit[0])) * 4.2
    truss = _truss(length / 3, 8.4, 9, iron)
    deck = 1.2
    panels: list[Panel] = []
    shaft = Elevation(3, 6, 30)
    shaft.masonry(0.2, 0, 2.8, 5.4, tone(STONE, 0.82), 0.5, 31)
    shaft.cornice(5.2, 0.7, STONE)
    beneath = Elevation(8.4, length, 6)
    beneath.rect(0, 0, 8.4, length, tone(iron, 0.36))
    for k in range(int(length / 3)):
        beneath.rect(0, k * 3, 8.4, k * 3 + 0.6, tone(iron, 0.56))
    far, near = BRIDGE_FROM - side, BRIDGE_FROM + side
    for k in (2, 1, 0):
        a, b = far + along * k / 3, far + along * (k + 1) / 3
        panels.append(wall(tuple(a), tuple(b), 8.4, truss, deck, 0.72))
    for k in range(4):
        for edge in (-1, 1):
            x, y = BRIDGE_FROM + along * k / 3 + side * edge * 0.8
            panels.append(facing(x, y, 3.0, 6 * 0.9, shaft.sheet(), WATER - 0.7, shade=0.72 if edge < 0 else 1))
    panels.append(Panel((*far, deck), (*(side * 2), 0), (*along, 0), beneath.sheet()))
    portal = Elevation(9.4, 12.5, 40)
    for x in (0.1, 8.5):
        portal.rect(x, 0, x + 0.8, 10.4, tone(iron, 1.1))
        for k in range(12):
            portal.line([(x, k * 0.85), (x + 0.8, k * 0.85 + 0.8)], tone(iron, 0.7), 0.09)
        portal.poly([(x - 0.1, 10.4), (x + 0.9, 10.4), (x + 0.4, 12.2)], tone(iron, 0.9))
        portal.disc(x + 0.4, 12.2, 0.22, 0.22, (206, 176, 96))
    portal.rect(0.1, 8.6, 9.3, 10.3, tone(iron, 0.6))
    portal.rect(0.6, 8.8, 8.8, 10.1, (46, 54, 60))
    portal.write("海河鐵橋", 4.7, 9.45, 1.0, (226, 206, 150))
    portal.line([(0.9, 6.9), (2.6, 8.6)], tone(iron, 0.95), 0.2)
    portal.line([(8.5, 6.9), (6.8, 8.6)], tone(iron, 0.95), 0.2)
    middle = (BRIDGE_FROM + BRIDGE_TO) / 2
    panels.append(facing(float(middle[0]), float(middle[1]), 9.4, 12.5, portal.sheet(), deck, True))
    for k in (2, 1, 0):
        a, b = near + along * k / 3, near + along * (k + 1) / 3
        panels.append(wall(tuple(a), tuple(b), 8.4, truss, deck))
    return panels


def villa(era: int) -> list[Panel]:
    """A house of brick and stucco with a round tower at its corner."""
    brick, stucco = tone(RED_BRICK, (0.95, 0.88, 1.08)[era]), tone(STUCCO, (0.98, 0.88, 1.06)[era])
    body = Elevation(17, 13, 40)
    body.masonry(0, 0, 17, 5, brick, 0.075, 41)
    body.masonry(0, 5, 17, 8.6, stucco, 0, 42)
    for k in range(5):
        x = 1.9 + k * 3.3
        body.window(x, 1.3, 1.5, 2.5, (226, 216, 192), STONE, True, 0.3 if k == 1 else 0)
        body.window(x, 5.6, 1.4, 1.9, (92, 62, 44), tone(STUCCO, 1.08))
        body.rect(x - 1.66, 5.0, x - 1.48, 8.6, (84, 54, 40))
        body.line([(x - 1.57, 5.1), (x - 0.85, 5.6)], (84, 54, 40), 0.14)
    for y in (5.0, 8.3):
        body.rect(0, y, 17, y + 0.24, (84, 54, 40))
    body.shadow(8.5, 0.8)
    body.roof(-0.4, 17.4, 8.5, 12.2, 3.6, RED_TILE)
    for x in (5.2, 11.2):
        body.poly([(x - 1.2, 9.2), (x + 1.2, 9.2), (x + 1.2, 10.3), (x, 11.5), (x - 1.2, 10.3)], stucco)
        body.window(x, 9.4, 1.0, 1.1, (92, 62, 44))
    body.rect(14.0, 10.5, 15.0, 12.9, tone(brick, 0.9))
    turret = Elevation(6.4, 18, 44)
    turret.masonry(0.5, 0, 5.9, 5.2, brick, 0.075, 44)
    turret.masonry(0.5, 5.2, 5.9, 12.2, stucco, 0, 45)
    for floor, y in enumerate((1.3, 5.9, 9.4)):
        for x in (1.35, 3.2, 5.05):
            turret.window(
                x,
                y,
                (0.62, 1.1, 0.62)[round((x - 1.35) / 1.85)],
                2.3 if floor < 2 else 1.9,
                (226, 216, 192),
                STONE,
                floor != 1,
            )
    for y in (4.9, 8.8, 12.0):
        turret.cornice(y, 0.42, STONE, 0.3, 6.1)
    columns = np.linspace(-1, 1, turret.pixels.shape[1])
    bend = np.clip(0.42 + 0.62 * np.sqrt(np.clip(1 - (columns / 0.9) ** 2, 0, 1)) - 0.2 * columns, 0.3, 1.1)
    turret.pixels[..., :3] = np.clip(turret.pixels[..., :3] * bend[None, :, None], 0, 255)
    turret.poly([(0, 12.4), (6.4, 12.4), (3.3, 17.0), (3.1, 17.0)], RED_TILE)
    for k in range(21):
        t = k / 20
        turret.line([(6.4 * t, 12.4), (3.2, 17.0)], tone(RED_TILE, 1.22 - 0.66 * t if k % 2 else 0.98 - 0.5 * t), 0.09)
    turret.line([(3.2, 16.8), (3.2, 17.95)], (70, 66, 60), 0.08)
    gate = Elevation(3.2, 3.4, 60)
    for x in (0, 2.6):
        gate.masonry(x, 0, x + 0.6, 2.8, brick, 0.075, 47)
        gate.rect(x - 0.06, 2.7, x + 0.66, 2.95, STONE)
        gate.disc(x + 0.3, 3.15, 0.2, 0.2, (236, 226, 196))
    for k in range(9):
        gate.line([(0.65 + k * 0.24, 0.1), (0.65 + k * 0.24, 2.3 - 0.3 * abs(k - 4) / 4)], (36, 40, 38), 0.05)
    sheet = body.sheet()
    return [
        wall((-15.6, 40), (-1.6, 27.5), 13, sheet, 0, 0.86),
        wall((1.6, 27.5), (15.6, 40), 13, sheet, 0, 1.0),
        facing(0, 27, 6.4, 18, turret.sheet(), 0, True),
        facing(0, 19.8, 3.2, 3.4, gate.sheet()),
    ]
