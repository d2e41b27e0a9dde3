"""Solid models in a panorama: triangles drawn with a depth buffer, three samples across a pixel, and textured once they are seen.

Between the corners of a triangle the panorama's curvature is neglected: models are cut finely where they are round, and what is
flat and large on them stays well under a pixel off at the distances at which cases are seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.demo.plan.model import CasePlan
from museum.demo.render.texture import over
from museum.demo.render.view import Floats, Pixels, View, Window

FINE = 3
"""Samples across a pixel."""
CHUNK = 2_000_000
"""Samples tried at a time."""
LARGEST = 1024
"""Samples across the largest triangle; a camera inside a model would ask for more."""


@dataclass(frozen=True, eq=False)
class Surface:
    """Triangles with one texture: vertices (n, 3) in metres, z up; unit normals (n, 3); texture coordinates (n, 2), v up; faces
    (m, 3), counter-clockwise from outside; texture (H, W, 3), sRGB, which repeats."""

    vertices: NDArray[np.float32]
    normals: NDArray[np.float32]
    uv: NDArray[np.float32]
    faces: NDArray[np.int64]
    texture: Pixels


@dataclass(frozen=True, eq=False)
class Solid:
    """A model standing on z = 0."""

    surfaces: tuple[Surface, ...]

    @property
    def size(self) -> Floats:
        """Metres along x, y and z."""
        everything = np.concatenate([surface.vertices for surface in self.surfaces])
        return everything.max(axis=0) - everything.min(axis=0)


class Samples(NamedTuple):
    """Where triangles cover the canvas: flat places, triangles, and their corners' shares (k, 3), right in space and not only on screen."""

    place: NDArray[np.int64]
    face: NDArray[np.int64]
    share: Floats


def paint_solid(target: Pixels, view: View, window: Window, case: CasePlan, solid: Solid) -> None:
    """Draws the model as large as its case allows, lit by a lamp above and one beside the camera."""
    size = solid.size
    factor = min(
        (case.height - case.base - 0.16) / float(size[2]), (case.width - 0.2) / float(max(size[0], size[1])), 4.0
    )
    middle = view.column(case.x, case.y)
    away = float(np.hypot(case.x - view.x, case.y - view.y))
    reach = float(np.hypot(size[0], size[1])) * factor * view.pixel_density() / max(away - case.width / 2, 0.2)
    if not any(middle - reach + turn < window.right and middle + reach + turn > window.left for turn in turns(view)):
        return
    place = np.array((case.x - view.x, case.y - view.y, case.base + 0.02 - view.eye), np.float32)
    heading = np.float32(np.arctan2(case.x - view.x, case.y - view.y))
    seen: list[tuple[Surface, Floats, Floats]] = []
    for surface in solid.surfaces:
        rays = surface.vertices * np.float32(factor) + place
        distance = np.sqrt(np.einsum("ij,ij->i", rays, rays))
        yaw = (np.arctan2(rays[:, 0], rays[:, 1]) - heading + np.pi) % (2 * np.pi) - np.pi
        column = (middle + yaw * view.pixel_density()) * FINE
        row = (0.5 - np.arcsin(rays[:, 2] / distance) / np.pi) * (view.rows * FINE)
        seen.append((surface, rays, np.stack([column, row, distance], axis=1).astype(np.float32)))
    low = np.min([spots[:, :2].min(axis=0) for _, _, spots in seen], axis=0)
    high = np.max([spots[:, :2].max(axis=0) for _, _, spots in seen], axis=0)
    left, top = (int(edge // FINE) - 1 for edge in low)
    wide, tall = int(high[0] // FINE) + 2 - left, int(high[1] // FINE) + 2 - top
    canvas = np.zeros((tall * FINE, wide * FINE, 4), np.uint8)
    depth = np.full(tall * FINE * wide * FINE, np.inf, np.float32)
    for surface, rays, spots in seen:
        spots[:, :2] -= np.array((left * FINE, top * FINE), np.float32)
        _draw(canvas, depth, surface, rays, spots)
    small = cv2.resize(canvas, (wide, tall), interpolation=cv2.INTER_AREA)
    for turn in turns(view):
        box = Window(left + turn, left + wide + turn, top, top + tall)
        part = box.meet(window)
        if part is not None:
            over(target[part.inside(window)], small[part.inside(box)])


def turns(view: View) -> tuple[int, int, int]:
    """Columns by which a thing near the panorama's seam is drawn again."""
    return -view.columns, 0, view.columns


def _draw(canvas: Pixels, depth: Floats, surface: Surface, rays: Floats, spots: Floats) -> None:
    corners = rays[surface.faces]
    outward = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    faces = surface.faces[np.einsum("ij,ij->i", outward, corners[:, 0]) < 0]
    if not len(faces):
        return
    colours = _Colours(surface, faces, spots)
    flat = canvas.reshape(-1, 4)
    for samples in _covered(spots[faces], canvas.shape[1], canvas.shape[0]):
        away = np.einsum("ij,ij->i", samples.share, spots[faces[samples.face], 2])
        ahead = np.flatnonzero(away < depth[samples.place])
        if not len(ahead):
            continue
        # Of several samples in one place the last to be written stays: the nearest.
        chosen = ahead[np.argsort(-away[ahead], kind="stable")]
        place = samples.place[chosen]
        depth[place] = away[chosen]
        corner = faces[samples.face[chosen]]
        share = samples.share[chosen][..., None]
        normals = (surface.normals[corner] * share).sum(axis=1)
        ray = (rays[corner] * share).sum(axis=1)
        flat[place] = _shade(_unit(normals), _unit(ray), colours.at((surface.uv[corner] * share).sum(axis=1)))


def _covered(corners: Floats, wide: int, tall: int) -> list[Samples]:
    """The samples within each of the triangles `corners` (n, 3, 3: column, row, distance), triangles of one size at a time."""
    low = np.floor(corners[..., :2].min(axis=1) - 0.5).astype(int)
    high = np.ceil(corners[..., :2].max(axis=1) - 0.5).astype(int)
    side = (high - low).max(axis=1) + 1
    found: list[Samples] = []
    reach = 2
    while reach <= LARGEST:
        group = np.flatnonzero((side <= reach) & (side > (reach // 2 if reach > 2 else 0)))
        for first in range(0, len(group), max(1, CHUNK // reach**2)):
            some = group[first : first + max(1, CHUNK // reach**2)]
            samples = _within(corners[some], low[some], reach, wide, tall)
            found.append(samples._replace(face=some[samples.face]))
        reach *= 2
    return found


def _within(corners: Floats, low: NDArray[np.int_], reach: int, wide: int, tall: int) -> Samples:
    across = np.arange(reach)
    x = (low[:, :1] + across)[:, None, :]
    y = (low[:, 1:] + across)[:, :, None]
    (ax, ay), (bx, by), (cx, cy) = ((corners[:, k, 0], corners[:, k, 1]) for k in range(3))
    area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    area = np.where(np.abs(area) < 1e-9, np.float32(1e-9), area)

    def share(px: Floats, py: Floats, qx: Floats, qy: Floats) -> Floats:
        """Twice the area of the triangle that an edge p → q makes with each sample, as a share of the whole."""
        return (
            (qx - px)[:, None, None] * (y + 0.5 - py[:, None, None])
            - (qy - py)[:, None, None] * (x + 0.5 - px[:, None, None])
        ) / area[:, None, None]

    a, b = share(bx, by, cx, cy), share(cx, cy, ax, ay)
    c = 1 - a - b
    slack = np.float32(-1e-4)
    inside = (a >= slack) & (b >= slack) & (c >= slack) & (x >= 0) & (x < wide) & (y >= 0) & (y < tall)
    face, row, column = np.nonzero(inside)
    on_screen = np.stack([a[inside], b[inside], c[inside]], axis=1)
    in_space = on_screen / corners[face, :, 2]
    in_space /= in_space.sum(axis=1, keepdims=True)
    place = (low[face, 1] + row) * wide + low[face, 0] + column
    return Samples(place, face, in_space.astype(np.float32))


class _Colours:
    """The texture of a surface, as coarse as its triangles are seen."""

    def __init__(self, surface: Surface, faces: NDArray[np.int64], spots: Floats) -> None:
        rows, columns = surface.texture.shape[:2]
        texels = _areas(surface.uv[faces] * np.array((columns, rows), np.float32)).sum()
        samples = _areas(spots[faces, :2]).sum()
        shrink = float(np.clip(np.sqrt(samples / max(texels, 1e-6)) * 1.4, 1 / 64, 1.0))
        size = max(4, round(columns * shrink)), max(4, round(rows * shrink))
        self._texture = cv2.resize(surface.texture, size, interpolation=cv2.INTER_AREA)

    def at(self, uv: Floats) -> Pixels:
        rows, columns = self._texture.shape[:2]
        x = uv[:, 0] % 1.0 * columns - 0.5
        y = (1 - uv[:, 1] % 1.0) * rows - 0.5
        wide = 1 << 12
        padding = -len(x) % wide
        grid = [np.pad(part, (0, padding)).astype(np.float32).reshape(-1, wide) for part in (x, y)]
        drawn = cv2.remap(self._texture, grid[0], grid[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
        return drawn.reshape(-1, 3)[: len(x)]


def _areas(corners: Floats) -> Floats:
    p, q = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    return np.abs(p[:, 0] * q[:, 1] - p[:, 1] * q[:, 0]) / 2


def _unit(vectors: Floats) -> Floats:
    return vectors / np.maximum(np.sqrt(np.einsum("ij,ij->i", vectors, vectors)), np.float32(1e-9))[:, None]


def _shade(normals: Floats, ray: Floats, colours: Pixels) -> Pixels:
    """RGBA of places seen along `ray`: a lamp above, a weaker one behind the visitor, a soft gleam and a brighter rim."""
    lamp = np.array((0.25, -0.2, 0.95), np.float32)
    lamp /= np.linalg.norm(lamp)
    towards = np.clip(-np.einsum("ij,ij->i", normals, ray), 0, 1)
    light = 0.2 + 0.62 * np.clip(normals @ lamp, 0, 1) + 0.42 * towards
    half = _unit(lamp - ray)
    gleam = 95 * np.clip(np.einsum("ij,ij->i", normals, half), 0, 1) ** 42
    rim = 14 * (1 - towards) ** 4
    shaded = np.full((len(ray), 4), 255, np.uint8)
    shaded[:, :3] = np.clip(colours * light[:, None] + (gleam + rim)[:, None], 0, 255)
    return shaded
