"""Where a thing stands: from the coordinates of its file to metres on the ground, y up, its front towards +z; and back. Pure.

A matrix is 16 numbers row by row, for column vectors; it turns, scales evenly and moves, and nothing else. An orientation is a unit
quaternion `[x, y, z, w]` that turns the file's axes upright.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from museum.assets.models3d.solid import UPRIGHT

Vector = Sequence[float]
IDENTITY = [1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0]
_FOV = (5.0, 90.0)
_FARTHEST = 1e9


class Orbit(msgspec.Struct, frozen=True):
    """A camera around a thing, as `<model-viewer>` says it: `orbit` is degrees from the front to the right, degrees from straight above,
    and metres from the `target`, which is in metres; `fov` is the vertical field of view in degrees."""

    orbit: tuple[float, float, float]
    target: tuple[float, float, float]
    fov: float


def turning(orientation: Vector) -> NDArray[np.float64]:
    """The 3 × 3 matrix of an orientation."""
    x, y, z, w = np.asarray(orientation, float) / np.linalg.norm(orientation)
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )


def orientation_of(turn: NDArray[Any]) -> list[float]:
    """The orientation of a 3 × 3 matrix that only turns."""
    m = np.asarray(turn, float)
    squares = np.array(
        [1 + m[0, 0] - m[1, 1] - m[2, 2], 1 - m[0, 0] + m[1, 1] - m[2, 2], 1 - m[0, 0] - m[1, 1] + m[2, 2]]
    )
    most = int(np.argmax([*squares, 1 + np.trace(m)]))
    if most == 3:
        found = [m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1], 1 + np.trace(m)]
    else:
        a, b, c = most, (most + 1) % 3, (most + 2) % 3
        found = [0.0, 0.0, 0.0, m[c, b] - m[b, c]]
        found[a], found[b], found[c] = squares[a], m[a, b] + m[b, a], m[a, c] + m[c, a]
    length = float(np.linalg.norm(found))
    return [round(float(value) / length, 9) for value in found]


def facing(up: str, front: float = 0.0) -> list[float]:
    """The orientation that brings an axis of the file (a key of UPRIGHT) up and then the side at `front` degrees, counted to the right of
    what faces the visitor then, to the front."""
    yaw = np.radians(-front)
    around = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    return orientation_of(around @ UPRIGHT[up])


def placing(turn: NDArray[Any], middle: Vector, scale: float) -> list[float]:
    """The matrix that turns, puts the (turned) point `middle` of the file in the origin, and scales."""
    made = np.eye(4)
    made[:3, :3] = np.asarray(turn, float) * scale
    made[:3, 3] = -np.asarray(middle, float) * scale
    return [float(value) for value in made.ravel()]


def scale_of(matrix: Vector) -> float:
    """Metres for one unit of the file."""
    return float(np.linalg.norm(_square(matrix)[:3, 0]))


def turn_of(matrix: Vector) -> NDArray[np.float64]:
    """The turn alone, 3 × 3."""
    return _square(matrix)[:3, :3] / scale_of(matrix)


def placed(matrix: Vector, point: Vector) -> tuple[float, float, float]:
    """A point of the file in metres."""
    return _three(_square(matrix) @ [*point, 1.0])


def directed(matrix: Vector, direction: Vector) -> tuple[float, float, float]:
    """A direction of the file, of length 1."""
    return _three(turn_of(matrix) @ np.asarray(direction, float))


def in_file(matrix: Vector, point: Vector) -> list[float]:
    """A point in metres as the file has it."""
    square = _square(matrix)
    return [float(value) for value in turn_of(matrix).T @ (np.asarray(point, float) - square[:3, 3]) / scale_of(matrix)]


def in_file_directed(matrix: Vector, direction: Vector) -> list[float]:
    """A direction as the file has it, of length 1."""
    found = turn_of(matrix).T @ np.asarray(direction, float)
    return [float(value) for value in found / max(float(np.linalg.norm(found)), 1e-12)]


def orbit_of(matrix: Vector, view: Mapping[str, Any]) -> Orbit:
    """A view kept in the coordinates of the file, around the thing as it stands."""
    eye, target = np.array(placed(matrix, view["eye"])), np.array(placed(matrix, view["target"]))
    reach = eye - target
    radius = float(np.linalg.norm(reach))
    across = float(np.degrees(np.arctan2(reach[0], reach[2])))
    down = float(np.degrees(np.arccos(np.clip(reach[1] / max(radius, 1e-12), -1, 1))))
    return Orbit((round(across, 3), round(down, 3), round(radius, 6)), _three(target), float(view["fov"]))


def kept_view(matrix: Vector, orbit: Orbit) -> dict[str, Any]:
    """A camera around the thing as it stands, in the coordinates of the file. Raises ValueError where it is nowhere."""
    numbers = [*orbit.orbit, *orbit.target, orbit.fov]
    across, down, radius = orbit.orbit
    if (
        not np.isfinite(numbers).all()
        or max(map(abs, numbers)) > _FARTHEST
        or radius <= 0
        or not _FOV[0] <= orbit.fov <= _FOV[1]
    ):
        raise ValueError("a camera that is nowhere")
    yaw, pitch = np.radians(across), np.radians(down)
    away = np.array([np.sin(yaw) * np.sin(pitch), np.cos(pitch), np.cos(yaw) * np.sin(pitch)])
    eye = np.asarray(orbit.target) + radius * away
    return {"eye": in_file(matrix, list(eye)), "target": in_file(matrix, orbit.target), "fov": orbit.fov}


def _square(matrix: Vector) -> NDArray[np.float64]:
    return np.asarray(matrix, float).reshape(4, 4)


def _three(values: Any) -> tuple[float, float, float]:
    x, y, z = (round(float(value), 6) for value in values[:3])
    return x, y, z
