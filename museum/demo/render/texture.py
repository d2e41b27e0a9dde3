"""Textures with ready halvings, resampled so that nothing flickers and nothing is blurred more than it must."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np

from museum.demo.render.view import Pixels, Upright, View, Window


@dataclass
class Texture:
    """A picture of `scale` pixels per metre, top row first; RGB, or RGBA with colours already multiplied by alpha."""

    pixels: Pixels
    scale: float
    _halves: list[Pixels] = field(default_factory=list[Pixels])

    def level(self, scale: float) -> tuple[Pixels, float]:
        """The coarsest halving that still has `scale` pixels per metre, and its scale across (rounding counted)."""
        number = max(0, int(np.floor(np.log2(max(self.scale / max(scale, 1e-6), 1.0)))))
        if not self._halves:
            self._halves.append(self.pixels)
        while len(self._halves) <= number and min(self._halves[-1].shape[:2]) > 3:
            last = self._halves[-1]
            size = ((last.shape[1] + 1) // 2, (last.shape[0] + 1) // 2)
            # Halved, a linear step is the mean of two by two, and fast also where a side is odd.
            self._halves.append(cv2.resize(last, size, interpolation=cv2.INTER_LINEAR))
        chosen = self._halves[min(number, len(self._halves) - 1)]
        return chosen, self.scale * chosen.shape[1] / self.pixels.shape[1]


SHARPNESS = 1.2
"""Texels per pixel before the last bilinear step: a little more than one keeps lettering crisp."""


def runs(distance: np.ndarray, u: np.ndarray) -> list[tuple[int, int]]:
    """Cuts columns into runs over which distance and density hardly change."""
    cuts = [0]
    density = np.abs(np.gradient(u)) + 1e-9 if u.size > 1 else np.ones_like(u)
    start = 0
    for i in range(8, len(u), 8):
        part = density[start : i + 8]
        if (
            i - start >= 96
            or part.max() / part.min() > 1.25
            or distance[i] / distance[start] > 1.25
            or (distance[start] / distance[i] > 1.25)
        ):
            cuts.append(i)
            start = i
    return list(zip(cuts, [*cuts[1:], len(u)], strict=True))


def sample_upright(view: View, window: Window, quad: Upright, texture: Texture) -> Pixels:
    """The window filled with a vertical rectangle's texture (its edge pixels beyond its edges), without aliasing."""
    distance, u = quad.hits(view, window.left, window.right)
    return sample_columns(view, window, distance, u, quad.high, quad.high - quad.low, texture)


def sample_columns(
    view: View, window: Window, distance: np.ndarray, u: np.ndarray, high: float, tall: float, texture: Texture
) -> Pixels:
    """Columns of a vertical plane: per column its distance and u. Each run of columns gets the texture reduced, across and along, by area
    averaging to just the density at which it is seen."""
    out = np.empty((*window.shape, texture.pixels.shape[2]), np.uint8)
    slopes = view.slopes(window.top, window.bottom)[:, None]
    for first, last in runs(distance, u):
        near = float(distance[first:last].mean())
        need_y = view.pixel_density() / near * SHARPNESS
        span = float(abs(u[last - 1] - u[first])) + 1e-6
        need_x = (last - first) / span * SHARPNESS if last - first > 1 else need_y
        source, scale = texture.level(max(need_x, need_y))
        scale_y = source.shape[0] / tall
        low = max(0, int((float(u[first:last].min())) * scale) - 3)
        end = min(source.shape[1], int(float(u[first:last].max()) * scale) + 4)
        low = min(low, source.shape[1] - 1)
        crop = source[:, low : max(end, low + 1)]
        wide = max(1, round(crop.shape[1] * _reduction(need_x / scale)))
        deep = max(1, round(crop.shape[0] * _reduction(need_y / scale_y)))
        small = (
            cv2.resize(crop, (wide, deep), interpolation=cv2.INTER_AREA)
            if wide < crop.shape[1] or deep < crop.shape[0]
            else crop
        )
        fx, fy = small.shape[1] / crop.shape[1], small.shape[0] / tall
        map_y = ((high - view.eye) - distance[None, first:last] * slopes) * np.float32(fy) - 0.5
        map_x = np.broadcast_to(((u[first:last] * scale - low) * fx - 0.5).astype(np.float32), map_y.shape)
        part = cv2.remap(small, map_x, map_y.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        out[:, first:last] = part.reshape(*map_y.shape, -1)
    return out


ENOUGH = 0.75
"""A reduction that the linear step takes in without aliasing that can be seen."""


def _reduction(factor: float) -> float:
    return factor if factor < ENOUGH else 1.0


def blend(target: Pixels, over: Pixels, alpha: np.ndarray) -> None:
    """Lays `over` onto `target` in place by `alpha` (0 … 1)."""
    whole = alpha > 0.996
    np.copyto(target, over, where=whole[..., None])
    soft = (alpha > 0) & ~whole
    weight = alpha[soft][:, None]
    target[soft] = (target[soft] * (1 - weight) + over[soft] * weight + 0.5).astype(np.uint8)


def over(target: Pixels, rgba: Pixels) -> None:
    """Lays RGBA, colours already multiplied by alpha, onto `target` in place."""
    left = cv2.bitwise_not(np.ascontiguousarray(rgba[..., 3]))
    target[...] = cv2.add(cv2.multiply(target, cv2.merge([left] * 3), scale=1 / 255), rgba[..., :3])


def stretched(pixels: Pixels, width: float) -> Texture:
    """The picture as a texture that fills a rectangle `width` metres wide."""
    return Texture(pixels, pixels.shape[1] / width)


def reduced(pixels: Pixels, width: int, height: int) -> Pixels:
    """The picture resized: halved exactly as often as that goes, which is fast, and only then to measure."""
    while pixels.shape[1] >= 2 * width and pixels.shape[0] >= 2 * height and min(pixels.shape[:2]) > 3:
        even = pixels[: pixels.shape[0] // 2 * 2, : pixels.shape[1] // 2 * 2]
        half = cv2.resize(even, (even.shape[1] // 2, even.shape[0] // 2), interpolation=cv2.INTER_AREA)
        pixels = np.asarray(half, np.uint8)
    shrinks = width < pixels.shape[1] or height < pixels.shape[0]
    return cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)


def paint_upright(target: Pixels, view: View, window: Window, quad: Upright, texture: Texture) -> None:
    """Paints a vertical rectangle, RGB or RGBA, onto `target`, which shows `window`."""
    if not quad.faces(view):
        return
    for part in quad.windows(view, window):
        cover = quad.coverage(view, part)
        colour = sample_upright(view, part, quad, texture)
        under = target[part.inside(window)]
        if colour.shape[2] == 4:
            over(under, cv2.multiply(colour, cv2.merge([cover] * 4), dtype=cv2.CV_8U))
        else:
            blend(under, colour, cover)


def paint_level(
    target: Pixels,
    view: View,
    window: Window,
    corner: tuple[float, float],
    size: tuple[float, float],
    z: float,
    texture: Texture,
) -> None:
    """Paints a level rectangle (a table's top) at height z, `corner` its south-west, texture's top row to the north."""
    slopes = view.slopes(window.top, window.bottom)
    keep = np.flatnonzero(slopes * (z - view.eye) > 0)
    if not keep.size or abs(z - view.eye) < 0.02:
        return
    ends = [(corner[0] + i * size[0], corner[1] + j * size[1]) for i in (0, 1) for j in (0, 1)]
    middle = view.column(corner[0] + size[0] / 2, corner[1] + size[1] / 2)
    half = view.columns / 2
    spread = [(view.column(*end) - middle + half) % view.columns - half for end in ends]
    reach = [float(np.hypot(x - view.x, y - view.y)) for x, y in ends]
    rows = view.row(z, np.array([max(min(reach) * 0.8, 0.05), max(reach)], np.float32))
    top, bottom = int(min(rows)) - 1, int(max(rows)) + 2
    for turn in (-view.columns, 0, view.columns):
        box = Window(int(middle + min(spread) + turn) - 1, int(middle + max(spread) + turn) + 2, top, bottom)
        part = box.meet(window)
        if part is None:
            continue
        dx, dy = view.directions(part.left, part.right)
        far = (z - view.eye) / view.slopes(part.top, part.bottom)[:, None]
        far = np.where(far > 0, far, 1e6)
        x, y = view.x + far * dx - corner[0], view.y + far * dy - corner[1]
        if min(x.shape) < 2:
            continue
        cover = np.ones_like(x)
        for at, long in ((x, size[0]), (y, size[1])):
            down, across = np.gradient(at)
            step = np.maximum(np.abs(down) + np.abs(across), 1e-5)
            cover *= np.clip(np.minimum(at, long - at) / step + 0.5, 0, 1)
        nearest = max(float(np.min(far)), 0.05)
        source, scale = texture.level(view.pixel_density() / nearest)
        fy = source.shape[0] / size[1]
        colour = cv2.remap(
            source,
            (x * scale - 0.5).astype(np.float32),
            ((size[1] - y) * fy - 0.5).astype(np.float32),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        blend(target[part.inside(window)], colour[..., :3], cover)


__all__ = [
    "Texture",
    "blend",
    "over",
    "paint_level",
    "paint_upright",
    "reduced",
    "sample_columns",
    "sample_upright",
    "stretched",
]
