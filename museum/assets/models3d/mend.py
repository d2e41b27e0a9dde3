"""What scanners leave behind, put right where that is safe, and said so: nothing that is not finite, no empty triangles, normals,
vertices once each, upright, and standing on the ground."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from museum.assets.models3d.pictures import roles_of
from museum.assets.models3d.refusals import refuse
from museum.assets.models3d.solid import Faces, Floats, Part, Solid, unit

LOST = 0.02
"""Share of triangles that may go for not being finite; beyond that the file is not what was scanned."""
CREASE = 40.0
"""Normals of a corner follow the surface up to so many degrees, and its own triangle beyond."""


def mend(solid: Solid) -> None:
    """Put the solid right in place. Raises JobRefused where too little is left of it."""
    before = solid.triangles
    solid.parts = [part for part in (_finite(part, solid) for part in solid.parts) if len(part.faces)]
    if before and solid.triangles < (1 - LOST) * before:
        refuse("model-not-finite", lost=before - solid.triangles, triangles=before)
    solid.parts = [part for part in (_without_empty(part, solid) for part in solid.parts) if len(part.faces)]
    if not solid.parts:
        refuse("model-no-surface")
    solid.parts = [welded(_with_normals(_without_idle_uvs(part, solid), solid)) for part in solid.parts]
    if any(not part.uvs and _has_textures(solid, part) for part in solid.parts):
        solid.note("no-uvs")
    _tidy_materials(solid)


def _without_idle_uvs(part: Part, solid: Solid) -> Part:
    """Coordinates that no texture asks for only part vertices that could be one."""
    return part if _has_textures(solid, part) else replace(part, uvs=())


def _has_textures(solid: Solid, part: Part) -> bool:
    return part.material >= 0 and bool(roles_of([solid.materials[part.material]]))


def _finite(part: Part, solid: Solid) -> Part:
    """Without triangles that touch a point which is nowhere; other numbers that are none become neutral ones."""
    wrong: NDArray[np.bool_] = np.logical_not(np.isfinite(part.positions).all(axis=1))
    faces = part.faces
    if wrong.any():
        kept = ~wrong[faces].any(axis=1)
        solid.note("points-not-finite", int((~kept).sum()))
        faces = faces[kept]
    changed: dict[str, Any] = {"faces": faces}
    for name, neutral in (("colors", 1.0), ("normals", 0.0)):
        layer = getattr(part, name)
        if layer is not None and not np.isfinite(layer).all():
            solid.note(f"{name}-not-finite")
            layer = np.nan_to_num(layer, nan=neutral, posinf=neutral, neginf=neutral)
            changed[name] = unit(layer) if name == "normals" else layer
    if part.colors is not None:
        changed["colors"] = np.clip(changed.get("colors", part.colors), 0, 1)
    uvs = []
    for uv in part.uvs:
        if not np.isfinite(uv).all():
            solid.note("uvs-not-finite")
        uvs.append(np.clip(np.nan_to_num(uv), -1000, 1000))
    positions = np.where(wrong[:, None], np.float32(0), part.positions) if wrong.any() else part.positions
    return replace(part, positions=positions, uvs=tuple(uvs), **changed)


def _without_empty(part: Part, solid: Solid) -> Part:
    """Without triangles of no area, which have no normal either."""
    a, b, c = (part.positions[part.faces[:, k]].astype(np.float64) for k in range(3))
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    if not np.isfinite(area).all() or np.abs(part.positions).max(initial=0) > 1e15:
        refuse("model-not-finite", lost=int((~np.isfinite(area)).sum()), triangles=len(area))
    empty = area <= 0
    solid.note("empty-triangles", int(empty.sum()))
    return replace(part, faces=part.faces[~empty]) if empty.any() else part


def _with_normals(part: Part, solid: Solid) -> Part:
    if part.normals is not None:
        return part
    solid.note("normals-made")
    return with_normals(part, CREASE)


def with_normals(part: Part, crease: float) -> Part:
    """With normals, each corner a vertex of its own: smooth where the surface is, sharp at edges of more than `crease` degrees."""
    _, where = np.unique(alike([part.positions]), return_inverse=True)
    flat, smooth = _facing(part.positions, part.faces, where)
    points = where[part.faces]
    corners = smooth[points].reshape(-1, 3)
    own = np.repeat(flat, 3, axis=0)
    sharp = (corners * own).sum(axis=1) < np.cos(np.radians(crease))
    corners[sharp] = own[sharp]
    order = part.faces.ravel()
    return replace(
        part,
        positions=part.positions[order],
        normals=corners,
        uvs=tuple(uv[order] for uv in part.uvs),
        colors=None if part.colors is None else part.colors[order],
        faces=np.arange(len(order), dtype=np.uint32).reshape(-1, 3),
    )


def smooth_normals(part: Part) -> Floats:
    """Normals of the points of a part that has each place once."""
    return _facing(part.positions, part.faces, np.arange(len(part.positions)))[1]


def _facing(positions: Floats, faces: Faces, places: NDArray[np.integer[Any]]) -> tuple[Floats, Floats]:
    """Normals of triangles, and of places, where each triangle counts by its area; `places` has that of each point."""
    a, b, c = (positions[faces[:, k]].astype(np.float64) for k in range(3))
    flat = np.cross(b - a, c - a)
    points = places[faces]
    smooth = np.zeros((int(places.max(initial=-1)) + 1, 3))
    for k in range(3):
        for axis in range(3):
            smooth[:, axis] += np.bincount(points[:, k], flat[:, axis], len(smooth))
    return unit(flat.astype(np.float32)), unit(smooth.astype(np.float32))


def layers_of(part: Part) -> list[Floats]:
    """All that a vertex has, positions first."""
    return [layer for layer in (part.positions, part.normals, *part.uvs, part.colors) if layer is not None]


def welded(part: Part) -> Part:
    """With each vertex once, in the order that they had; unused ones gone."""
    _, first, where = np.unique(alike(layers_of(part)), return_index=True, return_inverse=True)
    faces = where[part.faces]
    used = np.zeros(len(first), bool)
    used[faces.ravel()] = True
    order = np.argsort(first[used])
    places = np.zeros(len(first), np.uint32)
    places[np.flatnonzero(used)[order]] = np.arange(len(order), dtype=np.uint32)
    return taken(part, first[used][order], places[faces])


def alike(layers: list[Floats]) -> NDArray[np.uint64]:
    """A number for each vertex, the same for vertices alike in everything. Of 64 bits: a million vertices collide once in 10⁷ models."""
    total = np.zeros(len(layers[0]), np.uint64)
    with np.errstate(over="ignore"):
        for layer in layers:
            bits = np.ascontiguousarray(layer + np.float32(0)).view(np.uint32)
            for column in range(bits.shape[1]):
                total = (total ^ bits[:, column].astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
                total ^= total >> np.uint64(29)
    return total


def taken(part: Part, chosen: NDArray[np.integer[Any]], faces: Faces) -> Part:
    """The part with only the vertices `chosen`, and `faces` that count in them."""
    return replace(
        part,
        positions=part.positions[chosen],
        normals=None if part.normals is None else part.normals[chosen],
        uvs=tuple(uv[chosen] for uv in part.uvs),
        colors=None if part.colors is None else part.colors[chosen],
        faces=faces,
    )


def _tidy_materials(solid: Solid) -> None:
    """Only the materials, textures and pictures that surfaces use."""
    used = sorted({part.material for part in solid.parts if part.material >= 0})
    solid.note("materials-unused", len(solid.materials) - len(used))
    places = {old: new for new, old in enumerate(used)}
    solid.materials = [solid.materials[old] for old in used]
    solid.parts = [replace(part, material=places.get(part.material, -1)) for part in solid.parts]
    textures = sorted(roles_of(solid.materials))
    texture_places = {old: new for new, old in enumerate(textures)}
    pictures = sorted({solid.textures[old]["source"] for old in textures})
    solid.textures = [
        {**solid.textures[old], "source": pictures.index(solid.textures[old]["source"])} for old in textures
    ]
    solid.pictures = [solid.pictures[old] for old in pictures]
    _renumber(solid.materials, texture_places)


def _renumber(values: Iterable[Any], places: dict[int, int]) -> None:
    for value in values:
        if not isinstance(value, dict):
            continue
        for key, entry in value.items():
            if key.endswith("Texture") and isinstance(entry, dict):
                entry["index"] = places[entry["index"]]
        _renumber(value.values(), places)


def upright(solid: Solid, turn: NDArray[np.floating[Any]]) -> float:
    """Turn the solid; its height in the unit of its file afterwards."""
    turn = turn.astype(np.float32)
    if not np.array_equal(turn, np.eye(3)):
        for part in solid.parts:
            part.positions = part.positions @ turn.T
            part.normals = None if part.normals is None else part.normals @ turn.T
    low, high = solid.bounds()
    return float(high[1] - low[1])


def stand(solid: Solid, scale: float) -> tuple[tuple[float, float, float], NDArray[np.float64]]:
    """Size the solid, and put it on the ground in the middle; its extents x, y, z afterwards, and the point that became the origin."""
    low, high = solid.bounds()
    middle = np.array([(low[0] + high[0]) / 2, low[1], (low[2] + high[2]) / 2])
    for part in solid.parts:
        part.positions = ((part.positions.astype(np.float64) - middle) * scale).astype(np.float32)
    x, y, z = (high - low) * scale
    return (float(x), float(y), float(z)), middle
