"""Levels of detail: the whole model at once, so that triangles stay where they are seen, by meshoptimizer.

The finest level keeps the coordinates of the textures: PERMISSIVE without seams, which stay where they are as long as that leaves enough
triangles to take; PRUNE takes away crumbs; borders between materials stay joined. The others are surfaces without coordinates, for baking.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from museum.assets.models3d.mend import alike, smooth_normals, taken, welded
from museum.assets.models3d.solid import Faces, Floats, Part, Solid, together

NORMAL_WEIGHT, UV_WEIGHT, COLOR_WEIGHT = 0.5, 0.6, 0.5
"""What an error in an attribute counts against the same error of position, in shares of the model's size."""
ERROR = 1.0
"""No limit: the number of triangles decides."""
PROTECT, SEAM = 2, 4
"""Flags of vertices: of those where materials meet, which always stay, and of those at seams of a texture."""
ENOUGH = 1.02
"""Levels that get no nearer than this to their number of triangles give up their seams."""
STEP = 0.7
BARE_WEIGHT = 0.02
"""What an error in normals counts where only the shape matters. Each step of 0.7 measures errors anew, from the surface as it is then:
that finds better triangles than one way down from the original."""


class Level(msgspec.Struct, frozen=True):
    """`triangles` at most, textures of at most `texture` pixels a side, for a `screen` of that kind; packed for the GPU in `ktx2`."""

    role: str
    triangles: int
    texture: int
    ktx2: bool = False


LEVELS = (
    Level("model", 100_000, 4096),
    Level("model-25k", 25_000, 2048),
    Level("model-5k", 5_000, 1024),
    Level("model-headset", 25_000, 2048, ktx2=True),
)
"""For a desk, a phone, a thing far away in a hall, a headset."""

TARGETS = [level.triangles for level in LEVELS if not level.ktx2]
ASTRAY = 0.02
"""Of a thing's longest side: how far a light surface may be from its original where that is looked up."""


def small(number: int) -> Level:
    """The level with so many triangles as TARGETS has at `number`."""
    return next(level for level in LEVELS if level.triangles == TARGETS[number])


class Bundle(msgspec.Struct):
    """All parts as one list of triangles: `owner` says which part a vertex is of, `flags` which are PROTECT or SEAM."""

    positions: Floats
    attributes: Floats
    weights: Floats
    faces: NDArray[np.uint32]
    owner: NDArray[np.int32]
    starts: NDArray[np.int64]
    flags: NDArray[np.uint8]


def can_simplify_here() -> bool:
    """Whether almeshopt runs on this machine: its wheels need AVX2."""
    try:
        if "avx2" not in Path("/proc/cpuinfo").read_text().split("flags", 1)[-1].split("\n", 1)[0].split():
            return False
        import almeshopt  # noqa: F401
    except (OSError, ImportError):
        return False
    return True


def simplified(bundle: Bundle, targets: Sequence[int]) -> list[NDArray[np.uint32]]:
    """Triangles for each target, each made from the one before, by almeshopt."""
    made: list[NDArray[np.uint32]] = []
    indices = np.ascontiguousarray(bundle.faces.ravel(), np.uint32)
    for target in targets:
        if 3 * target < len(indices):
            held = ((bundle.flags > 0) * PROTECT).astype(np.uint8)
            indices = _simplified(indices, bundle, held, target)
            if len(indices) > ENOUGH * 3 * target:
                indices = _simplified(indices, bundle, (bundle.flags & PROTECT).astype(np.uint8), target)
        made.append(indices.reshape(-1, 3))
    return made


def _simplified(
    indices: NDArray[np.uint32], bundle: Bundle, flags: NDArray[np.uint8], target: int
) -> NDArray[np.uint32]:
    almeshopt: Any = import_module("almeshopt")
    options = almeshopt.SIMPLIFY_PERMISSIVE | almeshopt.SIMPLIFY_PRUNE
    return almeshopt.simplify_with_attributes(
        indices, bundle.positions, bundle.attributes, bundle.weights, 3 * target, ERROR, flags, options
    )[0]


def stairs(targets: Sequence[int]) -> list[int]:
    """Numbers of triangles on the way down to all targets, those among them."""
    made: list[int] = [LEVELS[0].triangles]
    for target in targets:
        while made[-1] * STEP > target * 1.05:
            made.append(int(made[-1] * STEP))
        made.append(target)
    return made


def bare(solid: Solid) -> Bundle:
    """The surface alone, each point once, whatever parts it is of."""
    points, faces, _ = together(solid)
    whole = welded(Part(points, faces))
    return Bundle(
        positions=np.ascontiguousarray(whole.positions),
        attributes=smooth_normals(whole),
        weights=np.full(3, BARE_WEIGHT, np.float32),
        faces=np.ascontiguousarray(whole.faces),
        owner=np.zeros(len(whole.positions), np.int32),
        starts=np.array([0, len(whole.positions)]),
        flags=np.zeros(len(whole.positions), np.uint8),
    )


def bundle(solid: Solid) -> Bundle:
    """All parts of the solid together."""
    starts = np.cumsum([0, *(len(part.positions) for part in solid.parts)])
    positions = np.concatenate([part.positions for part in solid.parts])
    owner = np.repeat(np.arange(len(solid.parts), dtype=np.int32), np.diff(starts))
    attributes = np.zeros((len(positions), 9), np.float32)
    weights = np.zeros(9, np.float32)
    for number, part in enumerate(solid.parts):
        rows = slice(starts[number], starts[number + 1])
        if part.normals is not None:
            attributes[rows, :3] = part.normals
            weights[:3] = NORMAL_WEIGHT
        if part.uvs and part.material >= 0:
            attributes[rows, 3:5] = part.uvs[0]
            weights[3:5] = UV_WEIGHT
        if part.colors is not None:
            attributes[rows, 5:9] = part.colors
            weights[5:9] = COLOR_WEIGHT
    used = weights > 0
    faces = np.concatenate([part.faces + np.uint32(start) for part, start in zip(solid.parts, starts, strict=False)])
    return Bundle(
        positions=np.ascontiguousarray(positions),
        attributes=np.ascontiguousarray(attributes[:, used]),
        weights=weights[used],
        faces=np.ascontiguousarray(faces),
        owner=owner,
        starts=starts,
        flags=_borders(positions, owner) | _seams(positions, attributes[:, 3:5]),
    )


def _borders(positions: Floats, owner: NDArray[np.int32]) -> NDArray[np.uint8]:
    """Protects vertices at places where parts meet, so that no gap opens between two materials."""
    flags = np.zeros(len(positions), np.uint8)
    if owner.max(initial=0) == 0:
        return flags
    _, where = np.unique(alike([positions]), return_inverse=True)
    low = np.full(int(where.max()) + 1, np.iinfo(np.int32).max, np.int32)
    high = np.full(len(low), -1, np.int32)
    np.minimum.at(low, where, owner)
    np.maximum.at(high, where, owner)
    flags[(low != high)[where]] = PROTECT
    return flags


def _seams(positions: Floats, uvs: Floats) -> NDArray[np.uint8]:
    """Marks vertices at places that have several coordinates in a texture."""
    _, places = np.unique(alike([positions]), return_inverse=True)
    _, looks = np.unique(alike([positions, uvs]), return_inverse=True)
    pairs = np.unique(places.astype(np.int64) * len(positions) + looks) // len(positions)
    return (np.bincount(pairs, minlength=len(positions))[places] > 1).astype(np.uint8) * np.uint8(SEAM)


def split(solid: Solid, whole: Bundle, faces: Faces) -> Solid:
    """The solid with only the triangles `faces` of its bundle."""
    owners = whole.owner[faces]
    mixed = ~(owners == owners[:, :1]).all(axis=1)
    parts = []
    for number, part in enumerate(solid.parts):
        own = faces[(owners[:, 0] == number) & ~mixed] - np.uint32(whole.starts[number])
        if not len(own):
            continue
        chosen, places = np.unique(own.ravel(), return_inverse=True)
        parts.append(taken(part, chosen, places.reshape(-1, 3).astype(np.uint32)))
    return Solid(parts, solid.materials, solid.textures, solid.pictures)
