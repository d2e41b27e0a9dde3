"""What a surface is where it is met: its colour, its normal, its gloss. One eye for stills, for comparing, and for baking."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.assets.models3d.raster import Hits
from museum.assets.models3d.solid import Faces, Floats, Part, unit

Pixels = NDArray[Any]
"""Of bytes, (h, w, 3) RGB."""
Textures = dict[int, Pixels]
"""Pixels of textures by number, (h, w, 3) or (h, w, 4)."""


class Pyramids(dict[int, list[Pixels]]):
    """The same, each with its halves down to a pixel; and how many pixels each triangle of a part has of one, once that was asked for."""

    def __init__(self, textures: Textures) -> None:
        super().__init__({number: _pyramid(pixels) for number, pixels in textures.items()})
        self._densities: dict[tuple[int, int, int], Floats] = {}

    def density(self, number: int, uvs: Floats, part: Part) -> Floats:
        """Pixels of the finest level for a length of 1 on each triangle of the part, which lives as long as this does."""
        key = number, id(uvs), id(part.positions)
        if key not in self._densities:
            height, width = self[number][0].shape[:2]
            space = np.maximum(_areas(part.positions, part.faces), _LEAST)
            self._densities[key] = np.sqrt(_areas(uvs, part.faces) * np.float32(width * height) / space)
        return self._densities[key]


_ROW = 1024
"""OpenCV looks up rows of places, and no row may be long."""
_LEAST = np.float32(1e-20)


def _pyramid(pixels: Pixels) -> list[Pixels]:
    levels = [pixels]
    while max(levels[-1].shape[:2]) > 1:
        height, width = levels[-1].shape[:2]
        half = max(1, width // 2), max(1, height // 2)
        smaller = cv2.resize(levels[-1], half, interpolation=cv2.INTER_AREA)
        levels.append(smaller.reshape(half[1], half[0], -1))
    return levels


def of_part(hits: Hits, owner: NDArray[np.int64], number: int) -> tuple[NDArray[np.bool_], Hits]:
    """Which hits are of one part, and those, counted in its own triangles."""
    own = owner[hits.faces] == number
    before = int((owner < number).sum())
    return own, Hits(hits.pixels[own], hits.faces[own] - before, hits.weights[own], hits.reach[own])


def at(layer: Floats, part: Part, hits: Hits) -> Floats:
    """What a vertex has, at the hits."""
    corners = part.faces[hits.faces]
    made = layer[corners[:, 0]] * hits.weights[:, :1]
    made += layer[corners[:, 1]] * hits.weights[:, 1:2]
    made += layer[corners[:, 2]] * hits.weights[:, 2:]
    return made


def texel(reference: dict[str, Any] | None, part: Part, hits: Hits, textures: Pyramids) -> Floats | None:
    """What a texture that a material refers to holds at the hits, 0 to 1, (n, 3); None where it can't show."""
    if not reference or reference["index"] not in textures or reference.get("texCoord", 0) >= len(part.uvs):
        return None
    return _sample(reference["index"], part.uvs[reference.get("texCoord", 0)], part, hits, textures)[:, :3]


def albedo(part: Part, material: dict[str, Any], hits: Hits, textures: Pyramids) -> Floats:
    """Linear colour, (n, 3)."""
    rough = material.get("pbrMetallicRoughness", {})
    made = np.tile(np.array(rough.get("baseColorFactor", [1, 1, 1, 1])[:3], np.float32), (len(hits.pixels), 1))
    painted = texel(rough.get("baseColorTexture"), part, hits, textures)
    if painted is not None:
        made = made * linear(painted)
    if part.colors is not None:
        made = made * at(part.colors, part, hits)[:, :3]
    return made


def gloss(part: Part, material: dict[str, Any], hits: Hits, textures: Pyramids) -> Floats:
    """Occlusion, roughness and metal, (n, 3), in the order of glTF's channels."""
    rough = material.get("pbrMetallicRoughness", {})
    factors = (1.0, float(rough.get("roughnessFactor", 1.0)), float(rough.get("metallicFactor", 1.0)))
    made = np.tile(np.array(factors, np.float32), (len(hits.pixels), 1))
    painted = texel(rough.get("metallicRoughnessTexture"), part, hits, textures)
    if painted is not None:
        made[:, 1:] *= painted[:, 1:]
    shaded = material.get("occlusionTexture", {})
    dark = texel(shaded, part, hits, textures)
    if dark is not None:
        made[:, 0] = 1 + np.float32(shaded.get("strength", 1.0)) * (dark[:, 0] - 1)
    return made


def normal(part: Part, material: dict[str, Any], hits: Hits, textures: Pyramids) -> Floats:
    """Where the surface faces, maps of normals included."""
    made = unit(at(part.normals, part, hits)) if part.normals is not None else _flat(part, hits)
    relief = material.get("normalTexture")
    bumps = texel(relief, part, hits, textures)
    if relief is None or bumps is None:
        return made
    along, across = directions(part, part.uvs[relief.get("texCoord", 0)], hits, made)
    bent = bumps * 2 - 1
    bent[:, :2] *= np.float32(relief.get("scale", 1.0))
    return unit(along * bent[:, :1] + across * bent[:, 1:2] + made * np.maximum(bent[:, 2:], 0.05))


def directions(part: Part, uvs: Floats, hits: Hits, normals: Floats) -> tuple[Floats, Floats]:
    """Along which a map of normals bends: to the right and up in its picture (glTF 2.0 §3.9.3, as three.js does without tangents)."""
    corners = part.faces[hits.faces]
    p = [part.positions[corners[:, k]] for k in range(3)]
    t = [uvs[corners[:, k]] for k in range(3)]
    (e1, e2), (d1, d2) = (p[1] - p[0], p[2] - p[0]), (t[1] - t[0], t[2] - t[0])
    area = d1[:, :1] * d2[:, 1:] - d2[:, :1] * d1[:, 1:]
    sign = np.where(area < 0, np.float32(-1), np.float32(1))
    along = (e1 * d2[:, 1:] - e2 * d1[:, 1:]) * sign
    along = unit(along - normals * (along * normals).sum(axis=1, keepdims=True))
    # v grows downwards in the picture while the map's green points up
    return along, np.cross(along, normals) * sign


def _flat(part: Part, hits: Hits) -> Floats:
    a, b, c = (part.positions[part.faces[hits.faces, k]] for k in range(3))
    return unit(np.cross(b - a, c - a))


def _sample(number: int, uvs: Floats, part: Part, hits: Hits, textures: Pyramids) -> Floats:
    """The texture at every hit, 0 to 1, from the level of which a pixel is about as large as one of the picture there."""
    levels = textures[number]
    shrink = textures.density(number, uvs, part)[hits.faces] * hits.reach
    depth = np.floor(np.log2(np.maximum(shrink, 1)) + 0.3).astype(np.int8).clip(0, len(levels) - 1)
    uv = at(uvs, part, hits)
    made = np.empty((len(uv), levels[0].shape[2]), np.float32)
    for level in np.unique(depth):
        chosen = np.flatnonzero(depth == level)
        made[chosen] = _between(levels[level], uv[chosen])
    return made


def _areas(points: Floats, faces: Faces) -> Floats:
    """Twice the area of each triangle, in the plane or in space."""
    a, b, c = (points[faces[:, k]] for k in range(3))
    one, other = b - a, c - a
    if points.shape[1] == 2:
        return np.abs(one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0])
    across = np.cross(one, other)
    return np.sqrt((across * across).sum(axis=1))


def _between(texture: Pixels, uv: Floats) -> Floats:
    """Bilinear, repeating, 0 to 1."""
    height, width = texture.shape[:2]
    rows = -(-len(uv) // _ROW)
    places = np.zeros((2, rows * _ROW), np.float32)
    for axis, side in ((0, width), (1, height)):
        np.multiply(uv[:, axis] % 1.0, side, out=places[axis, : len(uv)])
    places -= np.float32(0.5)
    x, y = places.reshape(2, rows, _ROW)
    found = cv2.remap(texture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    return found.reshape(rows * _ROW, -1)[: len(uv)].astype(np.float32) / np.float32(255)


def linear(srgb: Floats) -> Floats:
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4).astype(np.float32)


def encoded(light: Floats) -> Floats:
    """Linear light as sRGB, 0 to 1."""
    light = np.clip(light, 0, 1)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055).astype(np.float32)
