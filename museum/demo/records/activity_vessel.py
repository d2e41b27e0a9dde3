"""A vessel's pattern: in steps, unrolled, and on the vase."""

from __future__ import annotations

from math import pi

import cv2
import numpy as np

from museum.demo.art.brush import fbm, generator
from museum.demo.art.ornament import Canvas, circle, flower, leaf, meander, scroll, waves
from museum.demo.art.pattern import palette, profile, vessel_pattern
from museum.demo.records.activity_poster import GOLD, INK, RED, SEA, Poster


def pattern(p: Poster, stage: int) -> None:
    """The same drawing in outline, with its ornaments, and coloured: outlines are the edges of the coloured one."""
    height, width = p.pixels.shape[:2]
    colours = palette("famille-rose", 5)
    sheet = np.empty_like(p.pixels)
    sheet[:] = (248, 242, 228)
    canvas = Canvas(sheet)
    size = p.unit
    band = height * 0.12
    if stage:
        meander(canvas, height * 0.05, band * 0.62, max(6, round(width / (band * 0.62))), SEA)
        waves(canvas, height * 0.83, band, max(5, round(width / band)), colours)
    scroll(canvas, height * 0.2, height * 0.16, max(3, round(width / size * 3)), colours, "lotus")
    for k in range(4):
        x, y = width / 2 + size * (0.17 + 0.075 * k), height * (0.44 + 0.09 * k)
        leaf(canvas, x, y, size * 0.17, 0.7 * k - 1.0, colours, 0.3)
    flower(canvas, width * 0.83, height * 0.6, size * 0.1, colours, "peony")
    if stage:
        for k in range(5):
            canvas.fill(circle(width * (0.72 + 0.05 * k), height * (0.76 - 0.05 * (k % 2)), size * 0.012), RED)
    main = sheet[round(height * 0.365) : round(height * 0.83)]
    main[:, : width // 2] = main[:, ::-1][:, : width // 2]  # both sides alike
    flower(canvas, width / 2, height * 0.52, size * 0.2, colours, "lotus")
    if stage < 2:
        grey = cv2.GaussianBlur(cv2.cvtColor(sheet, cv2.COLOR_RGB2LAB), (0, 0), max(0.8, size / 1100))
        edge = np.zeros((height, width), np.float32)
        for channel in range(3):
            gx, gy = cv2.Scharr(grey[..., channel], cv2.CV_32F, 1, 0), cv2.Scharr(grey[..., channel], cv2.CV_32F, 0, 1)
            edge = np.maximum(edge, cv2.magnitude(gx, gy))
        ink = np.clip(cv2.GaussianBlur(edge, (0, 0), max(0.6, size / 1800)) / 260 - 0.12, 0, 1)[..., None]
        sheet = (np.array((248, 242, 228)) * (1 - ink) + np.array(INK) * ink).astype(np.uint8)
    rim = round(size * 0.03)
    p.pixels[:] = (226, 210, 178)
    p.pixels[rim : height - rim, rim : width - rim] = cv2.resize(
        sheet, (width - 2 * rim, height - 2 * rim), interpolation=cv2.INTER_AREA
    )
    cv2.rectangle(p.pixels, (rim, rim), (width - rim - 1, height - rim - 1), (96, 72, 56), max(1, size // 300))


def unrolled(p: Poster) -> None:
    """A vase's pattern laid flat."""
    height, width = p.pixels.shape[:2]
    p.pixels[:] = (58, 52, 50)
    deep, wide = round(height * 0.8), round(width * 0.9)
    top, left = (height - deep) // 2, (width - wide) // 2
    p.pixels[top : top + deep, left : left + wide] = vessel_pattern(11, "blue-and-white", wide, deep)
    for x in (left, left + wide):
        cv2.line(
            p.pixels, (x, top - height // 30), (x, top + deep + height // 30), GOLD, max(1, height // 300), cv2.LINE_AA
        )


def vase(p: Poster) -> None:
    """A vase under a lamp."""
    height, width = p.pixels.shape[:2]
    p.fade((52, 46, 46), (96, 78, 62))
    noise = fbm(generator(5, "wall"), height // 8 + 2, width // 8 + 2, 5, 3)
    p.pixels[:] = np.clip(p.pixels * (0.9 + 0.2 * cv2.resize(noise, (width, height))[..., None]), 0, 255).astype(
        np.uint8
    )
    p.rect(-p.w, p.h * 0.74, p.w, p.h, (64, 44, 36))
    shape = profile("meiping", 4)
    tall = 0.78 * height
    scale = tall / shape[-1, 1]
    rows = np.arange(round(tall))
    radius = np.interp(rows[::-1], shape[:, 1] * scale, shape[:, 0] * scale)
    most = int(radius.max()) + 2
    x = np.arange(-most, most + 1, dtype=np.float32)[None]
    u = x / radius[:, None].astype(np.float32)
    painted = vessel_pattern(11, "blue-and-white", round(2 * pi * radius.max()), round(tall))
    turn = np.arcsin(np.clip(u, -1, 1)) / (2 * pi) + 0.5
    down = np.broadcast_to(rows[:, None], turn.shape).astype(np.float32)
    seen = cv2.remap(
        painted, (turn * painted.shape[1]).astype(np.float32), down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    ).astype(np.float32)
    light = 0.32 + 0.74 * np.sqrt(np.clip(1 - (u + 0.3) ** 2 / 1.7, 0, 1))
    shine = np.exp(-(((u + 0.42) / 0.07) ** 2)) * 120
    seen = seen * light[..., None] + shine[..., None]
    cover = np.clip((1 - np.abs(u)) * radius[:, None] + 0.5, 0, 1)[..., None]
    top = round(height * 0.1)
    p.oval(0.03, (top + tall) / p.unit - p.h, radius[-1] / p.unit * 1.9, 0.022, (34, 24, 22))
    middle = width // 2
    left, right = max(0, middle - most), min(width, middle + most + 1)
    cut = slice(left - (middle - most), left - (middle - most) + right - left)
    part = p.pixels[top : top + len(rows), left:right]
    part[...] = np.clip(part * (1 - cover[:, cut]) + seen[:, cut] * cover[:, cut], 0, 255).astype(np.uint8)
