"""Which standing points on a floor plan are neighbours, so that links between them can be proposed. Pure.

Two points are relative neighbours (Toussaint 1980) where no third one is nearer to both of them than they are to each other. That joins
everything that is near without crossing and doubling ways.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from museum.scenes.geometry import Point, bearing, distance, yaw_towards

FARTHEST = 25.0
"""Metres beyond which nobody walks in one step."""


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


def propose(
    scenes: Mapping[str, Standing], linked: Collection[tuple[str, str]], farthest: float = FARTHEST
) -> list[Way]:
    """Ways between neighbours (by slug) that are not `linked` in both directions yet, the shortest first."""
    names, known = sorted(scenes), set(linked)
    found: list[Way] = []
    for number, first in enumerate(names):
        for second in names[number + 1 :]:
            a, b = scenes[first], scenes[second]
            apart = distance(a.at, b.at)
            if not 0 < apart <= farthest or {(first, second), (second, first)} <= known:
                continue
            if any(
                max(distance(a.at, other.at), distance(b.at, other.at)) < apart
                for name, other in scenes.items()
                if name not in (first, second)
            ):
                continue
            found.append(
                Way(
                    first,
                    second,
                    yaw_towards(bearing(a.at, b.at), a.north),
                    yaw_towards(bearing(b.at, a.at), b.north),
                    apart,
                )
            )
    return sorted(found, key=lambda way: (way.metres, way.first, way.second))
