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


def seen_at(yaw: float, pitch: float, view: tuple[float, float, float], size: tuple[int, int]) -> Point | None:
    """Where in a flat picture of `size` pixels a direction appears, from its top left corner; None where it does not. `view` is yaw,
    pitch and the field of view from the lower to the upper edge."""
    flat, turn = math.cos(math.radians(pitch)), math.radians(yaw - view[0])
    right, up, ahead = math.sin(turn) * flat, math.sin(math.radians(pitch)), math.cos(turn) * flat
    up, ahead = _turned(up, ahead, view[1])
    if ahead <= 1e-6:
        return None
    focal = size[1] / 2 / math.tan(math.radians(view[2]) / 2)
    x, y = size[0] / 2 + focal * right / ahead, size[1] / 2 - focal * up / ahead
    return (x, y) if 0 <= x <= size[0] and 0 <= y <= size[1] else None
