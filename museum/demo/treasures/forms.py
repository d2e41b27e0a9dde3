"""The shapes of the treasures, of about the right proportions; `models` scales them to their real heights."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from museum.demo.art.ornament import curve
from museum.demo.art.pattern import FORMS, profile
from museum.demo.treasures.shapes import Floats, Part, ball, block, extruded, tube, turned, vessel


def _line(*points: tuple[float, float], n: int = 10) -> Floats:
    return np.asarray(curve(np.array(points, float), n), float)


def _ring(radius: float, n: int = 96, squareness: float = 0.0) -> Floats:
    angle = np.linspace(0, 2 * np.pi, n, endpoint=False) + np.pi / 4
    points = np.stack((np.cos(angle), np.sin(angle)), -1)
    if squareness:
        points /= np.maximum(np.abs(points).max(1, keepdims=True), 1e-9)
    return points * radius


def _drawn(form: str, seed: int) -> list[Part]:
    outside = profile(form, seed)
    height = outside[-1, 1]
    wall = height * (0.05 if form in ("bowl", "plate") else 0.012)
    inside = "body" if form == "plate" else "plain"
    return vessel(outside, wall, height * (0.16 if form in ("bowl", "plate") else 0.04), inside=inside)


def _moonflask(seed: int) -> list[Part]:
    outside = _line(
        (0.055, 0),
        (0.06, 0.012),
        (0.085, 0.03),
        (0.13, 0.11),
        (0.12, 0.18),
        (0.07, 0.228),
        (0.026, 0.245),
        (0.024, 0.27),
        (0.029, 0.296),
    )
    parts = vessel(outside, 0.004, 0.012, flat=0.52)
    for side in (-1, 1):
        path = _line((0.026 * side, 0.272), (0.058 * side, 0.268), (0.066 * side, 0.235), (0.062 * side, 0.222), n=8)
        parts += tube(np.column_stack((path, np.zeros(len(path)))), np.full(len(path), 0.0055), 14)
    return parts


def _teapot(seed: int) -> list[Part]:
    outside = _line(
        (0.036, 0), (0.038, 0.004), (0.058, 0.025), (0.068, 0.055), (0.058, 0.088), (0.035, 0.1), (0.033, 0.104)
    )
    lid = _line(
        (0.034, 0.104), (0.03, 0.112), (0.012, 0.119), (0.007, 0.122), (0.011, 0.131), (0.006, 0.14), (0.0005, 0.142)
    )
    lid = np.concatenate(([[0.0, 0.103]], lid, [[0.0, 0.142]]))
    spout = _line((0.055, 0.042), (0.085, 0.052), (0.1, 0.085), (0.122, 0.104), n=10)
    handle = _line((-0.055, 0.088), (-0.09, 0.1), (-0.11, 0.07), (-0.09, 0.036), (-0.058, 0.03), n=10)
    parts = [*vessel(outside, 0.003, 0.006), turned(lid, 64)]
    parts += tube(np.column_stack((spout, np.zeros(len(spout)))), np.linspace(0.015, 0.0062, len(spout)), 24)
    parts += tube(np.column_stack((handle, np.zeros(len(handle)))), np.full(len(handle), 0.0062), 18)
    return parts


def _ding(seed: int) -> list[Part]:
    outside = _line((0.02, 0.088), (0.07, 0.092), (0.105, 0.12), (0.115, 0.16), (0.112, 0.196), n=10)
    outside = np.concatenate((outside, [[0.122, 0.197], [0.122, 0.208]]))
    inner = np.array([[0.108, 0.208], [0.104, 0.15], [0.09, 0.118], [0.05, 0.1], [0.0, 0.098]])
    parts = [
        turned(outside, 96),
        turned(np.concatenate((outside[-1:], inner)), 96, material="plain"),
        turned(np.array([[0.0, 0.088], [0.02, 0.088]]), 96, material="plain"),
    ]
    for angle in (np.pi / 2, np.pi / 2 + 2 * np.pi / 3, np.pi / 2 + 4 * np.pi / 3):
        x, z = np.cos(angle) * 0.078, np.sin(angle) * 0.078
        levels = np.linspace(0, 0.115, 12)
        path = np.column_stack((np.full(12, x), levels, np.full(12, z)))
        parts += tube(path, 0.0135 + 0.004 * np.cos(levels / 0.115 * 2 * np.pi) ** 2, 20)
    for side in (-1, 1):
        arch = np.array(
            [[-0.024, 0.2], [-0.026, 0.235], [-0.022, 0.25], [0, 0.2535], [0.022, 0.25], [0.026, 0.235], [0.024, 0.2]]
        )
        arch = np.asarray(curve(arch, 8), float)
        parts += tube(
            np.column_stack((np.full(len(arch), 0.112 * side), arch[:, 1], arch[:, 0])), np.full(len(arch), 0.0062), 14
        )
    return parts


def _gu(seed: int) -> list[Part]:
    outside = _line(
        (0.048, 0),
        (0.047, 0.012),
        (0.03, 0.06),
        (0.024, 0.1),
        (0.027, 0.122),
        (0.024, 0.145),
        (0.032, 0.2),
        (0.058, 0.255),
        (0.078, 0.276),
    )
    return vessel(outside, 0.003, 0.05)


def _bell(seed: int) -> list[Part]:
    outside = _line((0.118, 0), (0.115, 0.04), (0.102, 0.14), (0.086, 0.235), n=12)
    outside = np.concatenate((outside, [[0.084, 0.24], [0.0, 0.24]]))
    inner = np.array([[0.0, 0.232], [0.078, 0.232], [0.094, 0.14], [0.108, 0.03], [0.118, 0.0]])
    flat = 0.76
    parts = [turned(outside, 96, flat), turned(inner, 96, flat, "plain")]
    loop = np.asarray(
        curve(
            np.array(
                [
                    [-0.032, 0.236],
                    [-0.034, 0.29],
                    [-0.02, 0.325],
                    [0, 0.33],
                    [0.02, 0.325],
                    [0.034, 0.29],
                    [0.032, 0.236],
                ]
            ),
            10,
        ),
        float,
    )
    parts += tube(np.column_stack((loop, np.zeros(len(loop)))), np.full(len(loop), 0.0085), 18)
    for row in range(3):
        for k in range(4):
            for face in (-1, 1):
                for side in (-1, 1):
                    y = 0.12 + row * 0.036
                    radius = np.interp(y, outside[:-1, 1], outside[:-1, 0])
                    angle = side * (0.42 + 0.19 * k)
                    spot = (np.sin(angle) * radius, y, face * np.cos(angle) * radius * flat)
                    parts.append(ball((0.0068, 0.0068, 0.0072), spot, "plain", 10))
    return parts


def _cash(seed: int) -> list[Part]:
    square = _ring(0.0031, 8, 1.0)[::-1]
    parts = extruded(_ring(0.014, 128), [square], 0.0014)
    rim_out, rim_in = _ring(0.014, 128), _ring(0.0122, 128)[::-1]
    return _lifted(parts + extruded(rim_out, [rim_in], 0.002, "side"), 0.014)


def _spade(seed: int) -> list[Part]:
    half = [
        (0.0, 0.054),
        (0.0055, 0.054),
        (0.0048, 0.041),
        (0.0125, 0.0385),
        (0.0155, 0.032),
        (0.0125, 0.018),
        (0.0155, 0.0),
        (0.0055, 0.0015),
        (0.0022, 0.0085),
        (0.0, 0.0105),
    ]
    right = np.array(half)[::-1]
    left = np.array([(-x, y) for x, y in half[1:-1]])
    return extruded(np.concatenate((right, left)), [], 0.0016)


def _bi(seed: int) -> list[Part]:
    return _lifted(extruded(_ring(0.082, 160), [_ring(0.021, 96)[::-1]], 0.006, side="plain"), 0.082)


def _cong(seed: int) -> list[Part]:
    tall, side, bore = 0.118, 0.034, 0.027
    parts: list[Part] = []
    square = _ring(side, 96, 1.0)
    hole = _ring(bore, 96)[::-1]
    tiers, groove = 4, 0.0022
    inner = tall * 0.07
    step = (tall - 2 * inner) / tiers
    for tier in range(tiers):
        low = inner + tier * step
        parts += _upright(extruded(square, [hole], step - groove), low + (step - groove) / 2)
        parts += _upright(
            extruded(_ring(side * 0.965, 96, 1.0), [hole], groove, "plain", "plain"), low + step - groove / 2
        )
    collar = _ring(side * 1.0, 96)
    for middle in (inner / 2, tall - inner / 2):
        parts += _upright(extruded(collar, [hole], inner, "plain", "plain"), middle)
    return parts


def _upright(parts: list[Part], height: float) -> list[Part]:
    """Lay a plate that faces z flat, so that it faces up at a height."""
    return [
        Part(
            np.column_stack((p.vertices[:, 0], p.vertices[:, 2] + height, -p.vertices[:, 1])),
            p.faces,
            p.uv,
            "body" if p.material == "side" else p.material,
        )
        for p in parts
    ]


def _lifted(parts: list[Part], height: float) -> list[Part]:
    return [Part(p.vertices + np.array([0.0, height, 0.0]), p.faces, p.uv, p.material) for p in parts]


def _seal(seed: int) -> list[Part]:
    parts = block((0.034, 0.04, 0.034), (0, 0.02, 0), cells=10)
    parts += block((0.036, 0.004, 0.036), (0, 0.04, 0), "plain", 4)
    parts.append(ball((0.0135, 0.0085, 0.0095), (-0.001, 0.0505, 0), "plain", 28))
    parts.append(ball((0.0078, 0.0074, 0.0074), (0.0115, 0.0605, 0.001), "plain", 24))
    parts.append(ball((0.0042, 0.0034, 0.0046), (0.0182, 0.0585, 0.001), "plain", 16))
    for side in (-1, 1):
        parts.append(ball((0.0058, 0.0034, 0.0028), (0.0105, 0.0444, 0.008 * side), "plain", 16))
        parts.append(ball((0.0062, 0.0062, 0.0036), (-0.009, 0.0465, 0.0075 * side), "plain", 16))
        parts.append(ball((0.0022, 0.0034, 0.0018), (0.009, 0.0672, 0.0048 * side), "plain", 12))
        parts.append(ball((0.0013, 0.0013, 0.0013), (0.0172, 0.0632, 0.0032 * side), "plain", 10))
    tail = np.asarray(
        curve(np.array([[-0.013, 0.049], [-0.0185, 0.055], [-0.017, 0.063], [-0.0115, 0.0645]]), 8), float
    )
    parts += tube(np.column_stack((tail, np.zeros(len(tail)))), np.linspace(0.0032, 0.0016, len(tail)), 14)
    return parts


_SHAPES: dict[str, Callable[[int], list[Part]]] = {
    "moonflask": _moonflask, "teapot": _teapot, "ding": _ding, "gu": _gu, "bell": _bell, "cash": _cash,
    "spade": _spade, "bi": _bi, "cong": _cong, "seal": _seal,
}  # fmt: skip


def shape(form: str, seed: int) -> list[Part]:
    """The surfaces of a form standing at y = 0. Raises KeyError for an unknown form."""
    return _drawn(form, seed) if form in FORMS else _SHAPES[form](seed)
