"""What lies on the ground around a landmark: paving, rails, water and grass."""

from __future__ import annotations

import cv2
import numpy as np

from museum.demo.art.brush import generator
from museum.demo.sites.facade import (
    STONE,
    tone,
)  # fmt: skip
from museum.demo.sites.heaven import Colour, cloudy
from museum.demo.sites.panel import Pixels
from museum.demo.sites.stage import GROUNDS, Stage


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
