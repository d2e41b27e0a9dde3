# ruff: noqa: E501 (sentences in two languages side by side)
"""A treasure's poster: drawn back to front, triangle by triangle, under soft light on a dark ground."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.demo.records.treasures import treasure_record
from museum.demo.treasures.glb import parts_of, textures_of
from museum.demo.treasures.shapes import Part
from museum.demo.treasures.surfaces import material_of

_SUN = np.array([-0.45, 0.62, 0.64])
_SHIFT = 4


def poster(index: int, seed: int, side: int = 900) -> NDArray[np.uint8]:
    """(side, side, 3) uint8 RGB. Raises IndexError beyond the last treasure."""
    record = treasure_record(index)
    parts = [_finer(part, record.height_m / 150) for part in parts_of(record, seed)]
    colours, _ = textures_of(record, seed)
    turn, tilt = (
        np.radians(24 if record.category in ("coin", "jade", "seal") else 12),
        np.radians(62 if record.form == "plate" else 17),
    )
    view = np.array(
        [[np.cos(turn), 0, np.sin(turn)], [np.sin(turn) * np.sin(tilt), np.cos(tilt), -np.cos(turn) * np.sin(tilt)], [-np.sin(turn) * np.cos(tilt), np.sin(tilt), np.cos(turn) * np.cos(tilt)]]
    )  # fmt: skip
    corners = np.concatenate([(part.vertices @ view.T)[part.faces] for part in parts])
    normals = np.concatenate([(part.normals @ view.T)[part.faces].mean(1) for part in parts])
    albedo = np.concatenate([_sample(colours[part.material], part.uv[part.faces].mean(1)) for part in parts])
    lit = _light(albedo, normals / np.linalg.norm(normals, axis=1, keepdims=True), record.style)
    canvas = 2 * side
    flat = corners[..., :2].reshape(-1, 2)
    low, high = flat.min(0), flat.max(0)
    scale = canvas * 0.72 / (high - low).max()
    spot = (corners[..., :2] - (low + high) / 2) * scale
    pixels = np.stack((canvas / 2 + spot[..., 0], canvas / 2 - spot[..., 1]), -1)
    picture = _ground(canvas, (canvas / 2, canvas / 2 + (high - low)[1] / 2 * scale), (high - low)[0] * scale / 2)
    edge = pixels[:, 1] - pixels[:, 0], pixels[:, 2] - pixels[:, 0]
    front = edge[0][:, 0] * edge[1][:, 1] - edge[0][:, 1] * edge[1][:, 0] < 0
    order = np.argsort(corners[..., 2].mean(1))
    order = order[front[order]]
    fixed = np.round(pixels * (1 << _SHIFT)).astype(np.int32)
    for k, colour in zip(order, lit[order].tolist(), strict=True):
        cv2.fillConvexPoly(picture, fixed[k], colour, cv2.LINE_8, _SHIFT)
    return cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA)


def _finer(part: Part, longest: float) -> Part:
    """Cut triangles in four until their edges are short, so that the texture can be sampled once each."""
    for _ in range(3):
        corners = part.vertices[part.faces]
        if np.median(np.linalg.norm(corners - np.roll(corners, 1, 1), axis=2)) < longest or len(part.faces) > 60000:
            break
        a, b, c = part.faces.T
        edges = np.sort(np.concatenate((part.faces[:, [0, 1]], part.faces[:, [1, 2]], part.faces[:, [2, 0]])), 1)
        unique, where = np.unique(edges, axis=0, return_inverse=True)
        middle = where.reshape(3, -1) + len(part.vertices)
        ab, bc, ca = middle
        faces = np.concatenate([np.stack(t, -1) for t in ((a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca))])
        join = [np.concatenate((x, x[unique].mean(1))) for x in (part.vertices, part.uv, part.normals)]
        part = Part(join[0], faces, join[1], part.material, join[2])
    return part


def _sample(texture: NDArray[np.uint8], uv: NDArray[np.float64]) -> NDArray[np.float64]:
    height, width = texture.shape[:2]
    x = np.clip((uv[:, 0] % 1.0) * width, 0, width - 1).astype(int)
    y = np.clip((1 - uv[:, 1]) * height, 0, height - 1).astype(int)
    return cv2.GaussianBlur(texture, (0, 0), max(0.6, height / 700))[y, x].astype(float)


def _light(albedo: NDArray[np.float64], normals: NDArray[np.float64], style: str) -> NDArray[np.float64]:
    """A soft key from the upper left, sky from above, a rim from the right, and a highlight as sharp as the surface."""
    metallic, roughness = material_of(style)
    sun = _SUN / np.linalg.norm(_SUN)
    key = np.clip(normals @ sun * 0.85 + 0.15, 0, None)
    sky = 0.5 + 0.5 * normals[:, 1]
    rim = np.clip(normals @ np.array([0.86, 0.2, 0.1]), 0, 1) ** 3
    half = sun + np.array([0.0, 0.0, 1.0])
    shine = np.clip(normals @ (half / np.linalg.norm(half)), 0, 1) ** (8 / max(roughness, 0.05) ** 1.5)
    diffuse = albedo * (0.78 * key + 0.2 * sky + 0.16 * rim)[:, None]
    return np.clip(
        diffuse + (200 * (1 - roughness) * shine)[:, None] * (1 - metallic + metallic * albedo / 200), 0, 255
    )


def _ground(side: int, foot: tuple[float, float], radius: float) -> NDArray[np.uint8]:
    y, x = np.mgrid[0:side, 0:side].astype(np.float32)
    glow = np.exp(-(((x - side * 0.42) / side) ** 2 + ((y - side * 0.4) / side) ** 2) * 5)
    floor = np.clip((y - foot[1] + radius * 0.4) / (side * 0.2), 0, 1)
    shadow = np.exp(-(((x - foot[0]) / (radius * 1.1)) ** 2 + ((y - foot[1]) / max(radius * 0.22, side * 0.012)) ** 2))
    tone = (26 + 38 * glow + 10 * floor) * (1 - 0.7 * shadow)
    return np.stack((tone * 1.03, tone, tone * 0.97), -1).astype(np.uint8)
