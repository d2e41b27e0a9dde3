"""Which standing points on a floor plan are neighbours, so that links between them can be proposed. Pure.

Two points are relative neighbours (Toussaint 1980) where no third one is nearer to both of them than they are to each other. That joins
everything that is near without crossing and doubling ways.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from museum.scenes.geometry import Point, bearing, yaw_towards

FARTHEST = 25.0
"""Metres beyond which nobody walks in one step."""
NEXT = 9
"""Of so many points that are nearest to one, itself among them, it is asked first whether they come between."""
PARTS = 8
"""In which the pairs are held against all points, for the memory that it takes."""

Floats = NDArray[np.float64]
Numbers = NDArray[np.intp]


@dataclass(frozen=True)
class Standing:
    """A scene on the plan: metres east and north, and the heading of its forward direction."""

    at: Point
    north: float


@dataclass(frozen=True)
class Way:
    """A proposed pair of links: each end with the yaw at which the other is seen, and the metres between them."""

    first: str
    second: str
    yaw: float
    yaw_back: float
    metres: float


@dataclass(frozen=True)
class Step:
    """A proposed pair of links between a scene and the following one, of which nobody knows where they see each other. `alone` says that
    one of them has no link at all yet."""

    first: str
    second: str
    alone: bool


def in_order(names: Sequence[str], linked: Collection[tuple[str, str]], placed: Collection[str]) -> list[Step]:
    """Steps from each scene to the following one (by slug) that are not `linked` in both directions yet. Between two that are `placed` on a
    plan, that tells who their neighbours are."""
    known, there, joined = set(linked), set(placed), {name for pair in linked for name in pair}
    return [
        Step(first, second, not {first, second} <= joined)
        for first, second in pairwise(names)
        if not ({first, second} <= there or {(first, second), (second, first)} <= known)
    ]


def propose(
    scenes: Mapping[str, Standing], linked: Collection[tuple[str, str]], farthest: float = FARTHEST
) -> list[Way]:
    """Ways between neighbours (by slug) that are not `linked` in both directions yet, the shortest first."""
    names, known = sorted(scenes), set(linked)
    points = np.array([scenes[name].at for name in names], dtype=np.float64).reshape(-1, 2)
    apart = np.hypot(*(points[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
    found: list[Way] = []
    for number, other in zip(*_neighbours(apart, farthest), strict=True):
        first, second = names[number], names[other]
        if {(first, second), (second, first)} <= known:
            continue
        a, b = scenes[first], scenes[second]
        yaws = yaw_towards(bearing(a.at, b.at), a.north), yaw_towards(bearing(b.at, a.at), b.north)
        found.append(Way(first, second, *yaws, float(apart[number, other])))
    return sorted(found, key=lambda way: (way.metres, way.first, way.second))


def _neighbours(apart: Floats, farthest: float) -> tuple[Numbers, Numbers]:
    """The numbers of the points of all pairs, by how far apart all points are from each other."""
    may_be = np.triu((apart <= farthest) & (apart > 0))
    # Of most pairs one of those next to the first is nearer to both: few are left to be held against all.
    for nearest in np.argsort(apart, axis=1)[:, 1:NEXT].T:
        may_be &= np.maximum(apart[np.arange(len(apart)), nearest][:, None], apart[nearest]) >= apart
    first, second = np.nonzero(may_be)
    alone = [
        (np.maximum(apart[a], apart[b]) >= apart[a, b][:, None]).all(axis=1)
        for a, b in zip(np.array_split(first, PARTS), np.array_split(second, PARTS), strict=True)
    ]
    kept = np.concatenate(alone)
    return first[kept], second[kept]
