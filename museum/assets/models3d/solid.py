"""A model in memory: surfaces of triangles, their materials as glTF has them, and the pictures on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]
"""Of float32: numpy's own types can't follow what arithmetic makes of them."""
Faces = NDArray[np.uint32]


@dataclass
class Part:
    """One surface: `positions` (n, 3) with as many `normals`, `uvs` (n, 2 each) and `colors` (n, 4, linear 0–1); `faces` (m, 3).

    `material` is a place in `Solid.materials`, or -1.
    """

    positions: Floats
    faces: Faces
    normals: Floats | None = None
    uvs: tuple[Floats, ...] = ()
    colors: Floats | None = None
    material: int = -1

    @property
    def kind(self) -> tuple[int, bool, int, bool]:
        """What two parts must share to be made one."""
        return self.material, self.normals is not None, len(self.uvs), self.colors is not None


@dataclass
class Picture:
    """A texture's file, and its size in pixels as its header says."""

    path: Path
    width: int
    height: int
    name: str = ""


@dataclass
class Solid:
    """A whole model. `textures` are `{"source": place in pictures, "sampler": glTF sampler}`; materials name them by `index`."""

    parts: list[Part] = field(default_factory=list)
    materials: list[dict[str, Any]] = field(default_factory=list)
    textures: list[dict[str, Any]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)
    """Codes of what was mended or left out, and how often."""
    metres: float | None = None
    """What one unit of the file is, where the file says so."""
    up: str = "y"
    """The axis that points up in the file: y, z, -y, -z, x or -x."""
    up_from: str = "convention"
    """Whether that is what the file says (`file`), what is usual for its format (`convention`), or what the curator said (`curator`)."""

    def note(self, code: str, count: int = 1) -> None:
        if count:
            self.notes[code] = self.notes.get(code, 0) + count

    @property
    def triangles(self) -> int:
        return sum(len(part.faces) for part in self.parts)

    @property
    def vertices(self) -> int:
        return sum(len(part.positions) for part in self.parts)

    def bounds(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The lowest and the highest corner."""
        low = np.min([part.positions.min(axis=0) for part in self.parts], axis=0).astype(np.float64)
        high = np.max([part.positions.max(axis=0) for part in self.parts], axis=0).astype(np.float64)
        return low, high


def together(solid: Solid) -> tuple[Floats, Faces, NDArray[np.int64]]:
    """All points, all triangles, and for each triangle the part that it is of."""
    starts = np.cumsum([0, *(len(part.positions) for part in solid.parts)])
    points = np.concatenate([part.positions for part in solid.parts])
    faces = np.concatenate([part.faces + np.uint32(start) for part, start in zip(solid.parts, starts, strict=False)])
    return points, faces, np.repeat(np.arange(len(solid.parts)), [len(part.faces) for part in solid.parts])


def joined(parts: Iterable[Part]) -> list[Part]:
    """Parts of one material made one, in the order of their first."""
    groups: dict[tuple[int, bool, int, bool], list[Part]] = {}
    for part in parts:
        groups.setdefault(part.kind, []).append(part)
    return [_join(group) if len(group) > 1 else group[0] for group in groups.values()]


def _join(parts: list[Part]) -> Part:
    first = parts[0]
    starts = np.cumsum([0, *(len(part.positions) for part in parts[:-1])], dtype=np.uint32)

    def all_of(name: str) -> Floats | None:
        layers = [getattr(part, name) for part in parts]
        return None if layers[0] is None else np.concatenate(layers)

    positions = np.concatenate([part.positions for part in parts])
    return replace(
        first,
        positions=positions,
        faces=np.concatenate([part.faces + start for part, start in zip(parts, starts, strict=True)]),
        normals=all_of("normals"),
        colors=all_of("colors"),
        uvs=tuple(np.concatenate([part.uvs[k] for part in parts]) for k in range(len(first.uvs))),
    )


UPRIGHT: dict[str, NDArray[np.float32]] = {
    "y": np.eye(3, dtype=np.float32),
    "-y": np.array([[1, 0, 0], [0, -1, 0], [0, 0, -1]], np.float32),
    "z": np.array([[1, 0, 0], [0, 0, 1], [0, -1, 0]], np.float32),
    "-z": np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]], np.float32),
    "x": np.array([[0, -1, 0], [1, 0, 0], [0, 0, 1]], np.float32),
    "-x": np.array([[0, 1, 0], [-1, 0, 0], [0, 0, 1]], np.float32),
}
"""The turn that brings an axis up to y."""


def moved(part: Part, matrix: NDArray[np.float64]) -> Part:
    """The part after a 4 × 4 matrix (column vectors, as glTF has them); a mirrored one keeps its outside outside."""
    linear, shift = matrix[:3, :3], matrix[:3, 3]
    if np.array_equal(matrix, np.eye(4)):
        return part
    positions = (part.positions @ linear.T.astype(np.float32) + shift.astype(np.float32)).astype(np.float32)
    normals = part.normals
    mirrored = np.linalg.det(linear) < 0
    if normals is not None:
        cofactors = np.linalg.det(linear) * np.linalg.pinv(linear).T
        normals = unit(normals @ (-cofactors if mirrored else cofactors).T.astype(np.float32))
    faces = part.faces[:, ::-1].copy() if mirrored else part.faces
    return replace(part, positions=positions, normals=normals, faces=faces)


def unit(vectors: Floats) -> Floats:
    """The vectors with length 1; those without a direction point up."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    found = np.divide(vectors, length, out=np.zeros_like(vectors), where=length > 1e-20)
    found[(length <= 1e-20)[:, 0]] = (0, 1, 0)
    return found.astype(np.float32)


def flipped(uv: Floats) -> Floats:
    """Texture coordinates counted from the other end: glTF has v downwards, most other formats upwards."""
    return np.stack([uv[:, 0], 1 - uv[:, 1]], axis=1).astype(np.float32)
