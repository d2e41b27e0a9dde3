"""Porcelain: turned vessels under glaze, their painted pattern wrapped around the form; dishes seen from the front."""

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.demo.art import ornament, pattern
from museum.demo.art.brush import Pixels, darken, generator
from museum.demo.art.lettering import column
from museum.demo.art.picture import Picture, Traits, choose
from museum.demo.art.solid import Material, compose, contact_shadow, ground, look_up

_TILT = 0.16  # sine of the angle that the camera looks down at
_FORMS = ("vase", "meiping", "jar", "bottle", "gourd", "bowl", "plate", "vase")
_GLAZE = Material((250, 250, 250), (58, 60, 70), 0.0, 1.0, 0.05)
_GLOSS = Material((0, 0, 0), (0, 0, 0), 0.95, 110.0, 0.10)


def _lit(albedo: Pixels, nx: NDArray[np.float32], ny: NDArray[np.float32]) -> Pixels:
    lit = np.empty_like(albedo)
    height, width = albedo.shape[:2]
    strip = max(16, 60_000 // width)  # rows that stay in the cache
    for top in range(0, height, strip):
        rows = slice(top, top + strip)
        shaded = cv2.multiply(albedo[rows], look_up(nx[rows], ny[rows], _GLAZE), scale=1 / 238)
        lit[rows] = cv2.add(shaded, look_up(nx[rows], ny[rows], _GLOSS))
    return lit


def _style(rng: np.random.Generator, traits: Traits) -> str:
    by_period = {
        "song": ("celadon", "crackle", "cizhou", "celadon"),
        "yuan": ("blue-and-white", "underglaze-red", "celadon", "cizhou"),
        "ming": ("blue-and-white", "blue-and-white", "doucai", "yellow", "underglaze-red", "monochrome"),
    }
    styles = by_period.get(
        traits.period,
        ("blue-and-white", "famille-rose", "blue-and-white", "doucai", "famille-rose", "monochrome", "celadon"),
    )
    named = {
        "青花": "blue-and-white",
        "粉彩": "famille-rose",
        "鬥彩": "doucai",
        "釉裡紅": "underglaze-red",
        "青瓷": "celadon",
        "青釉": "celadon",
        "紅釉": "monochrome",
        "霽": "monochrome",
        "白地黑花": "cizhou",
        "黃地": "yellow",
        "黃釉": "yellow",
        "哥釉": "crackle",
        "冰裂": "crackle",
        "琺瑯彩": "famille-rose",
        "五彩": "doucai",
    }
    for word, style in named.items():
        if word in traits.title:
            return style
    return styles[choose(traits.palette, rng, len(styles))]


def _form(rng: np.random.Generator, traits: Traits) -> str:
    for words, form in (
        (("盤", "碟", "盆"), "plate"),
        (("碗", "盞", "缽", "杯"), "bowl"),
        (("梅瓶",), "meiping"),
        (("葫蘆",), "gourd"),
        (("玉壺春", "膽瓶", "長頸", "天球"), "bottle"),
        (("罐", "壺", "甕", "尊"), "jar"),
        (("瓶", "觚"), "vase"),
    ):
        if any(word in traits.title for word in words):
            return form
    return _FORMS[choose(traits.variant, rng, len(_FORMS))]


def _turned(
    seed: int, form: str, style: str, width: int, height: int
) -> tuple[Pixels, Pixels, tuple[float, float, float]]:
    """Pixels and mask of a standing vessel, and its foot: x, y, radius."""
    outline = pattern.profile(form, seed)
    radius, level = outline[:, 0], outline[:, 1]
    tall, wide = level[-1] + radius[-1] * _TILT * 2, radius.max() * 2
    scale = min(height * 0.76 / tall, width * 0.72 / wide)
    radius, level = radius * scale, level * scale
    foot_y, centre = height * 0.5 + tall * scale * 0.5 + height * 0.04, width / 2
    arc = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(radius), np.diff(level)))))
    top, bottom = int(foot_y - level[-1] - radius[-1] * _TILT - 4), min(height, int(foot_y + radius[0] * _TILT + 4))
    left, right = max(0, int(centre - radius.max() - 3)), min(width, int(centre + radius.max() + 4))

    grid_h, grid_w = (bottom - top) // 4 + 2, (right - left) // 4 + 2
    ys = np.linspace(top, bottom - 1, grid_h, dtype=np.float32)[:, None]
    xs = np.abs(np.linspace(left, right - 1, grid_w, dtype=np.float32)[None, :] - centre)
    fine = np.linspace(0, level[-1], 1400)
    table_r = np.interp(fine, level, radius).astype(np.float32)
    table_s = np.interp(fine, level, arc).astype(np.float32)
    slope = np.gradient(cv2.GaussianBlur(table_r[None, :], (0, 0), 9)[0], fine).astype(np.float32)
    per = np.float32((len(fine) - 1) / level[-1])
    rise = (foot_y - ys).astype(np.float32) + np.zeros_like(xs)
    at = rise.copy()
    for _ in range(4):  # the front of the ring at height h is seen lower by the depth of the point
        r = table_r[cv2.min(cv2.max(at * per, 0), float(len(fine) - 1)).astype(np.int32)]
        at = 0.5 * at + 0.5 * (rise + _TILT * np.sqrt(np.maximum(r * r - xs * xs, 0)))
    index = cv2.min(cv2.max(at * per, 0), float(len(fine) - 1)).astype(np.int32)
    r = table_r[index]
    side = np.clip((np.linspace(left, right - 1, grid_w, dtype=np.float32)[None, :] - centre) / r, -0.9995, 0.9995)
    turn = np.arcsin(side)
    steep = slope[index]
    norm = np.sqrt(1 + steep * steep)
    lean = steep / norm
    nx, ny = side / norm, lean * 0.97 - np.cos(turn) / norm * _TILT
    reach = np.sqrt(np.maximum(nx * nx + ny * ny, 1e-6))
    shrink = np.minimum(1, 0.995 / reach) * 125

    texture_h = int(np.clip(arc[-1] * 0.8, 300, 1200))
    texture_w = int(np.clip(np.pi * radius.max() * 0.8, 200, 1200))  # the far side is not seen: half the way around
    texture = pattern.vessel_pattern(seed, style, texture_w, texture_h)
    u = (turn / np.pi + 0.5) * (texture_w - 1)
    v = (1 - table_s[index] / arc[-1]) * (texture_h - 1)
    size = (right - left, bottom - top)
    up = [
        cv2.resize(np.ascontiguousarray(m, dtype=np.float32), size, interpolation=cv2.INTER_LINEAR)
        for m in (u, v, nx * shrink, ny * shrink)
    ]
    albedo = cv2.remap(texture, up[0], up[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    lit = _lit(albedo, up[2], up[3])

    pixels, mask = np.zeros((height, width, 3), np.uint8), np.zeros((height, width), np.uint8)
    pixels[top:bottom, left:right] = lit
    body = np.column_stack(
        (np.concatenate((centre + radius, (centre - radius)[::-1])), foot_y - np.concatenate((level, level[::-1])))
    )
    cv2.fillPoly(mask, [np.rint(body * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    for y, r0 in ((foot_y, radius[0]), (foot_y - level[-1], radius[-1])):
        ring = ornament.circle(0, 0, r0, 160) * (1, _TILT) + (centre, y)
        cv2.fillPoly(mask, [np.rint(ring * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    _mouth(pixels, centre, foot_y - level[-1], radius[-1], pattern.palette(style, seed).ground)
    return pixels, mask, (centre, foot_y, float(radius[0]))


def _mouth(pixels: Pixels, x: float, y: float, radius: float, glaze: tuple[int, int, int]) -> None:
    """The rim, and the dark inside with light falling on its far wall."""
    rim = tuple(int(c * 0.93) for c in glaze)
    for part, colour in ((1.0, rim), (0.935, tuple(int(c * 0.36) for c in glaze))):
        ring = ornament.circle(0, 0, radius * part, 160) * (1, _TILT) + (x, y)
        cv2.fillPoly(pixels, [np.rint(ring * 16).astype(np.int32)], colour, cv2.LINE_AA, 4)
    for k in range(10):
        part = 0.93 - k * 0.012
        ring = ornament.circle(0, 0, radius * part, 120) * (1, _TILT * 0.92) + (
            x,
            y + radius * _TILT * (0.03 + 0.05 * k),
        )
        shade = 0.4 - 0.032 * k
        cv2.fillPoly(
            pixels, [np.rint(ring * 16).astype(np.int32)], tuple(int(c * shade) for c in glaze), cv2.LINE_AA, 4
        )
    glint = np.linspace(np.pi * 0.62, np.pi * 0.9, 20)
    points = np.column_stack((x + np.cos(glint) * radius * 0.97, y + np.sin(glint) * radius * 0.97 * _TILT))
    cv2.polylines(
        pixels,
        [np.rint(points * 16).astype(np.int32)],
        False,
        (255, 255, 255),
        max(1, int(radius * 0.014)),
        cv2.LINE_AA,
        4,
    )


def _dish(
    seed: int, style: str, traits: Traits, width: int, height: int
) -> tuple[Pixels, Pixels, tuple[float, float, float]]:
    """A dish from the front, standing: rim and well painted around, a medallion in the middle."""
    rng = generator(seed, "dish")
    size = int(min(width, height) * 0.82)
    radius = size / 2
    colours = pattern.palette(style, seed)
    face = pattern.vessel_pattern(seed, style, max(600, int(size * 2.2)), max(200, size // 2))
    plate = cv2.warpPolar(
        cv2.rotate(face, cv2.ROTATE_90_CLOCKWISE)[:, ::-1].copy(),
        (size, size),
        (radius, radius),
        radius,
        cv2.WARP_INVERSE_MAP | cv2.INTER_LINEAR,
    )
    canvas = ornament.Canvas(plate)
    well = radius * rng.uniform(0.4, 0.5)
    if style not in ("monochrome", "crackle"):
        canvas.disc(radius, radius, well, colours.ground)
        for part in (1.0, 0.96):
            canvas.line(
                ornament.circle(radius, radius, well * part, 120),
                colours.outline,
                max(1.0, radius * 0.006),
                closed=True,
            )
        if rng.random() < 0.5:
            for k in range(6):
                turn = k * np.pi / 3
                ornament.leaf(
                    canvas,
                    radius + np.sin(turn) * well * 0.4,
                    radius - np.cos(turn) * well * 0.4,
                    well * 0.42,
                    turn,
                    colours,
                )
            ornament.flower(canvas, radius, radius, well * 0.56, colours, pattern.FLOWERS[int(rng.integers(4))])
        else:
            part = plate[
                int(radius - well * 0.7) : int(radius + well * 0.7), int(radius - well * 0.7) : int(radius + well * 0.7)
            ]
            inner = ornament.Canvas(part)
            for k in range(7):
                ornament.cloud(
                    inner,
                    rng.uniform(0.1, 0.9) * part.shape[1],
                    rng.uniform(0.05, 0.95) * part.shape[0],
                    well * 0.09,
                    colours,
                    k % 2 == 0,
                )
            ornament.dragon(
                inner, part.shape[0] / 2, part.shape[0] * 0.9, part.shape[1] * 0.16, part.shape[1] * 0.76, colours
            )
    step = max(2, size // 320)
    y, x = np.mgrid[0:size:step, 0:size:step].astype(np.float32)
    x, y = (x - radius) / radius, (y - radius) / radius
    distance = np.sqrt(x * x + y * y) + 1e-6
    lean = -0.62 * np.exp(-(((distance - 0.66) / 0.17) ** 2)) + 0.5 * np.exp(-(((distance - 0.985) / 0.022) ** 2))
    nx, ny = (
        cv2.resize(np.ascontiguousarray(m), (size, size))
        for m in (x / distance * lean * 120, y / distance * lean * 120)
    )
    lit = _lit(plate, nx, ny)
    pixels, mask = np.zeros((height, width, 3), np.uint8), np.zeros((height, width), np.uint8)
    left, top = (width - size) // 2, (height - size) // 2
    pixels[top : top + size, left : left + size] = lit
    cv2.circle(mask, (width * 8, (top * 2 + size) * 8), int((radius - 2) * 16), 255, -1, cv2.LINE_AA, 4)
    return pixels, mask, (width / 2, top + size - 2.0, radius * 0.4)


def _mark(pixels: Pixels, traits: Traits, width: int, height: int) -> None:
    """The reign mark as a small inset of the base, as catalogues show it."""
    text = traits.inscription or (
        f"大{'明' if traits.period == 'ming' else '清'}{traits.reign}年製" if traits.reign else ""
    )
    if not text or len(text) > 8:
        return
    size = max(20, int(min(width, height) * 0.13))
    coverage = np.zeros((size, size), np.uint8)
    columns = 1 if len(text) <= 2 else 2
    rows = -(-len(text) // columns)
    cell = int(size * 0.56 / max(rows, columns))
    for k in range(columns):
        column(
            coverage,
            text[k * rows : (k + 1) * rows],
            size // 2 + int((columns / 2 - 1 - k) * cell),
            (size - rows * cell) // 2,
            cell,
            "brush",
            0,
            1.0,
        )
    x, y = int(width * 0.035), height - size - int(width * 0.035)
    area = pixels[y : y + size, x : x + size]
    cv2.circle(area, (size // 2, size // 2), int(size * 0.48), (228, 233, 236), -1, cv2.LINE_AA)
    for part in (0.42, 0.39):
        cv2.circle(area, (size // 2, size // 2), int(size * part), (48, 70, 142), max(1, size // 90), cv2.LINE_AA)
    patch = np.ascontiguousarray(area)
    darken(patch, coverage, (34, 54, 130))
    area[:] = patch


def draw(seed: int, width: int, height: int, traits: Traits) -> Picture:
    """One piece of porcelain on a backdrop."""
    rng = generator(seed, "porcelain")
    style, form = _style(rng, traits), _form(rng, traits)
    if form == "plate":
        body, mask, (x, y, radius) = _dish(seed, style, traits, width, height)
    else:
        body, mask, (x, y, radius) = _turned(seed, form, style, width, height)
    under = ground(rng, height, width, int(rng.integers(6)), y / height)
    contact_shadow(under, (x + radius * 0.06, y + radius * 0.05), (radius * 1.08, max(4.0, radius * _TILT * 1.25)))
    pixels = compose(under, body, mask)
    _mark(pixels, traits, width, height)
    return Picture(pixels, mask)
