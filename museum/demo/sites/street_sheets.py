"""What stands in the streets: vehicles, boats, lanterns and banners, each a flat drawing."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from museum.demo.sites.facade import (
    STONE,
    TIMBER,
    Elevation,
    tone,
)  # fmt: skip
from museum.demo.sites.landmarks import facing
from museum.demo.sites.panel import Panel, Sheet


@lru_cache(maxsize=1)
def rickshaw() -> Sheet:
    """A rickshaw."""
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


def tram(x: float, y: float) -> Panel:
    """A tram at (x, y) metres."""
    return facing(x, y, 10, 4.6, _tram_sheet())


@lru_cache(maxsize=1)
def lantern() -> Sheet:
    """A lantern."""
    e = Elevation(0.8, 3.9, 70)
    e.rect(0.36, 0, 0.44, 3.9, (60, 44, 38))
    for y in (3.2, 2.3):
        e.disc(0.4, y, 0.34, 0.38, (196, 40, 34))
        e.disc(0.32, y + 0.08, 0.16, 0.24, (236, 92, 62))
        e.rect(0.22, y + 0.34, 0.58, y + 0.42, (212, 172, 84))
        e.rect(0.22, y - 0.42, 0.58, y - 0.34, (212, 172, 84))
    return e.sheet()


@lru_cache(maxsize=12)
def banner(number: int) -> Sheet:
    """A shop's banner."""
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
def junk() -> Sheet:
    """A junk."""
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
def cruiser() -> Sheet:
    """A river cruiser."""
    e = Elevation(17, 4.4, 36)
    e.poly([(0.3, 1.4), (16.7, 1.6), (15.4, 0.05), (1.2, 0.05)], (232, 234, 234))
    e.rect(1.4, 1.4, 14.6, 3.1, (214, 222, 226))
    for k in range(9):
        e.rect(1.9 + k * 1.4, 1.9, 3.0 + k * 1.4, 2.8, (60, 82, 96))
    e.rect(0.9, 3.05, 15.0, 3.3, (188, 60, 48))
    e.rect(3.0, 3.3, 9.0, 4.3, (226, 230, 230))
    return e.sheet()


@lru_cache(maxsize=6)
def car(era: int, number: int) -> Sheet:
    """A car of the era."""
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
def dome() -> Sheet:
    """A dome."""
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
