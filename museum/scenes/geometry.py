"""Directions and distances between standing points. Degrees; plans are in metres, x east and y north."""

from __future__ import annotations

import math

Point = tuple[float, float]


def wrap(angle: float) -> float:
    """The same direction in [-180, 180)."""
    wrapped = (angle + 180.0) % 360.0 - 180.0
    # A tiny negative angle's remainder rounds up to 360 itself.
    return -180.0 if wrapped >= 180.0 else wrapped


def bearing(start: Point, end: Point) -> float:
    """Heading from `start` to `end`, clockwise from north, in [-180, 180); 0 where both are the same point."""
    return wrap(math.degrees(math.atan2(end[0] - start[0], end[1] - start[1])))


def distance(start: Point, end: Point) -> float:
    """Metres from `start` to `end`."""
    return math.hypot(end[0] - start[0], end[1] - start[1])


def heading_of(yaw: float, north: float) -> float:
    """Heading of direction `yaw` in a scene whose forward direction has heading `north`."""
    return wrap(yaw + north)


def yaw_towards(heading: float, north: float) -> float:
    """Yaw at which a scene whose forward direction has heading `north` shows `heading`."""
    return wrap(heading - north)


def keep_heading(yaw: float, north: float, other_north: float) -> float:
    """Yaw in the other scene that looks where `yaw` looked in this one: yaw' = yaw + north - north'."""
    return wrap(yaw + north - other_north)


Level = tuple[float, float]
"""Pitch and roll by which a photograph is put upright: see `museum.scenes.models.Scene`."""


def relevel(yaw: float, pitch: float, before: Level, after: Level) -> tuple[float, float]:
    """Yaw and pitch, under the level `after`, of what lay at `yaw`, `pitch` under the level `before`.

    The upright direction is Rx(level pitch) · Rz(-level roll) · the photograph's own, with x right, y up and -z forward.
    """
    flat = math.cos(math.radians(pitch))
    x, y, z = (
        math.sin(math.radians(yaw)) * flat,
        math.sin(math.radians(pitch)),
        -math.cos(math.radians(yaw)) * flat,
    )
    y, z = _turned(y, z, -before[0])
    x, y = _turned(x, y, before[1])
    x, y = _turned(x, y, -after[1])
    y, z = _turned(y, z, after[0])
    return wrap(math.degrees(math.atan2(x, -z))), math.degrees(math.atan2(y, math.hypot(x, z)))


def _turned(a: float, b: float, degrees: float) -> tuple[float, float]:
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    return a * cosine - b * sine, a * sine + b * cosine
