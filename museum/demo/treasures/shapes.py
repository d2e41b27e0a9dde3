"""Surfaces as triangles with texture coordinates: turned, extruded, swept. Metres, y up."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import trimesh
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Part:
    """One smooth surface: vertices (n, 3), faces (m, 3), texture coordinates (n, 2) with v up, and the name of its material.

    Normals (n, 3) are averaged over vertices at the same spot, so that texture seams do not show; edges between parts stay crisp.
    """

    vertices: Floats
    faces: NDArray[np.int64]
    uv: Floats
    material: str = "body"
    normals: Floats = field(default_factory=lambda: np.zeros((0, 3)))


def smoothed(part: Part) -> Part:
    """The part without its degenerate triangles, and with its normals."""
    a, b, c = (part.vertices[part.faces[:, k]] for k in range(3))
    across = np.cross(b - a, c - a)
    kept = np.linalg.norm(across, axis=1) > 1e-14
    faces, across = part.faces[kept], across[kept]
    _, spot = np.unique(np.round(part.vertices, 6), axis=0, return_inverse=True)
    spot = spot.reshape(-1)
    sums = np.zeros((spot.max() + 1, 3))
    for k in range(3):
        np.add.at(sums, spot[faces[:, k]], across)
    normals = sums[spot]
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    normals = np.where(lengths > 1e-15, normals / np.maximum(lengths, 1e-15), (0.0, 1.0, 0.0))
    used, faces = np.unique(faces, return_inverse=True)
    return Part(part.vertices[used], faces.reshape(-1, 3), part.uv[used], part.material, normals[used])


def grid(points: Floats, uv: Floats, material: str = "body") -> Part:
    """Triangles over a (rows, columns, 3) grid of points; the outside is where rows × columns turn counter-clockwise."""
    rows, columns = points.shape[:2]
    index = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
    faces = np.concatenate((np.stack((a, b, c), -1).reshape(-1, 3), np.stack((a, c, d), -1).reshape(-1, 3)))
    return Part(points.reshape(-1, 3), faces, uv.reshape(-1, 2), material)


def along(line: Floats) -> Floats:
    """The length along a line of points, 0 to 1."""
    steps = np.hypot(*np.diff(line, axis=0).T) if line.shape[1] == 2 else np.linalg.norm(np.diff(line, axis=0), axis=1)
    total = np.concatenate(([0.0], np.cumsum(steps)))
    return total / max(total[-1], 1e-12)


def turned(line: Floats, segments: int = 96, flat: float = 1.0, material: str = "body", flip_v: bool = False) -> Part:
    """A (radius, height) line turned about y, its outside on the right of the line's way up; `flat` squeezes the depth."""
    angles = np.linspace(0, 2 * np.pi, segments + 1)
    circle = np.stack((np.sin(angles), np.cos(angles)), -1)
    circle[-1] = circle[0]
    points = np.empty((len(line), segments + 1, 3))
    points[..., 0] = line[:, :1] * circle[:, 0]
    points[..., 1] = line[:, 1:]
    points[..., 2] = line[:, :1] * circle[:, 1] * flat
    v = along(line)
    u = np.linspace(0, 1, segments + 1)
    uv = np.stack(np.broadcast_arrays(u[None, :], (1 - v if flip_v else v)[:, None]), -1)
    return grid(points, uv, material)


def hollow(outside: Floats, wall: float, floor: float) -> tuple[Floats, Floats, Floats]:
    """The lines of a vessel's outside, its rounded lip and inside, and its foot, which together close it.

    `outside` is (radius, height) from foot to lip; `wall` the thickness, `floor` the height of the inner bottom, metres.
    """
    lip_r, lip_y = outside[-1]
    bow = np.linspace(0, np.pi, 7)[1:-1]
    lip = np.stack((lip_r - wall / 2 + wall / 2 * np.cos(bow), lip_y + wall / 2 * np.sin(bow)), -1)
    inner = outside[outside[:, 1] > floor + wall][::-1].copy()
    inner[:, 0] = np.maximum(inner[:, 0] - wall, wall * 0.5)
    bottom = np.array([[inner[-1, 0] * 0.6, floor + wall * 0.35], [0.0, floor]])
    foot_r = outside[0, 0]
    ring = min(wall * 1.2, foot_r * 0.3)
    foot = np.array([[0.0, floor * 0.5], [foot_r - ring - 0.0005, floor * 0.45], [foot_r - ring, 0.0], [foot_r, 0.0]])
    return outside, np.concatenate((outside[-1:], lip, inner, bottom)), foot


def vessel(
    outside: Floats, wall: float, floor: float, segments: int = 96, flat: float = 1.0, inside: str = "plain"
) -> list[Part]:
    """A closed turned vessel: pattern outside, material `inside` within, plain foot."""
    outer, inner, foot = hollow(outside, wall, floor)
    return [
        turned(outer, segments, flat),
        turned(inner, segments, flat, inside, flip_v=True),
        turned(foot, segments, flat, "plain"),
    ]


def tube(path: Floats, radii: Floats, segments: int = 20, material: str = "plain", depth: float = 1.0) -> list[Part]:
    """A round rod along a path (n, 3) with a radius at each point, closed by caps."""
    tangent = np.gradient(path, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    side = np.cross(tangent, np.array([0.0, 0.0, 1.0]))
    weak = np.linalg.norm(side, axis=1) < 1e-6
    side[weak] = np.array([1.0, 0.0, 0.0])
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    up = np.cross(tangent, side)
    angles = np.linspace(0, 2 * np.pi, segments + 1)
    around = np.cos(angles)[None, :, None] * side[:, None] + depth * np.sin(angles)[None, :, None] * up[:, None]
    around[:, -1] = around[:, 0]
    points = path[:, None] + around * radii[:, None, None]
    uv = np.stack(np.broadcast_arrays(np.linspace(0, 1, segments + 1)[None, :], along(path)[:, None]), -1)
    body = grid(points, uv, material)
    caps: list[Part] = []
    for end, outward in ((0, -tangent[0]), (-1, tangent[-1])):
        rim = np.stack((np.repeat(path[end][None], segments + 1, 0), points[end]))
        cap = grid(rim, uv[:2] * 0.2, material)
        caps.append(cap if _faces_along(cap, outward) > 0 else _reversed(cap))
    return [body, *caps]


def _faces_along(part: Part, direction: Floats) -> float:
    a, b, c = (part.vertices[part.faces[:, k]] for k in range(3))
    return float((np.cross(b - a, c - a).sum(0) * direction).sum())


def _reversed(part: Part) -> Part:
    return Part(part.vertices, part.faces[:, ::-1].copy(), part.uv, part.material)


def extruded(
    outline: Floats, holes: list[Floats], thickness: float, material: str = "body", side: str = "side"
) -> list[Part]:
    """An upright plate: outline (n, 2) counter-clockwise in x, y, with holes (clockwise), `thickness` in z about 0.

    Texture coordinates of the faces are the outline's box; the back is mirrored so that it reads from behind.
    """
    low, high = outline.min(0), outline.max(0)
    rings = [outline, *holes]
    flat = np.concatenate(rings)
    triangles = _triangulate(rings)
    parts: list[Part] = []
    for z, forward in ((thickness / 2, True), (-thickness / 2, False)):
        uv = (flat - low) / (high - low)
        if not forward:
            uv = np.stack((1 - uv[:, 0], uv[:, 1]), -1)
        faces = triangles if forward else triangles[:, ::-1]
        parts.append(Part(np.column_stack((flat, np.full(len(flat), z))), faces.copy(), uv, material))
    for ring in rings:
        closed = np.concatenate((ring, ring[:1]))
        wall = np.stack([np.column_stack((closed, np.full(len(closed), z))) for z in (thickness / 2, -thickness / 2)])
        uv = np.stack(np.broadcast_arrays(along(closed)[None, :] * 4, np.array([[1.0], [0.0]])), -1)
        parts.append(_reversed(grid(wall, uv, side)))
    return parts


def _triangulate(rings: list[Floats]) -> NDArray[np.int64]:
    """Ear clipping with the holes joined in by bridges: indices into the rings one after another, counter-clockwise."""
    import mapbox_earcut as earcut

    ends = np.cumsum([len(ring) for ring in rings]).astype(np.uint32)
    flat = np.concatenate(rings).astype(np.float64)
    triangles = earcut.triangulate_float64(flat, ends).reshape(-1, 3).astype(np.int64)
    a, b, c = (flat[triangles[:, k]] for k in range(3))
    turn = (b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0]
    triangles[turn < 0] = triangles[turn < 0][:, ::-1]
    return triangles


def block(
    size: tuple[float, float, float], centre: tuple[float, float, float], material: str = "body", cells: int = 8
) -> list[Part]:
    """A box of crisp faces, each with the whole texture and `cells`² squares."""
    parts: list[Part] = []
    line = np.linspace(-0.5, 0.5, cells + 1)
    u, v = np.meshgrid(line, line)
    for axis in range(3):
        for sign in (-1, 1):
            points = np.empty((cells + 1, cells + 1, 3))
            points[..., axis] = 0.5 * sign
            if axis == 1:
                points[..., 0], points[..., 2] = u, -v * sign
            else:
                points[..., 2 - axis], points[..., 1] = u * (sign if axis == 2 else -sign), v
            part = grid(points * size + centre, np.stack((u + 0.5, v + 0.5), -1), material)
            direction = np.zeros(3)
            direction[axis] = sign
            parts.append(part if _faces_along(part, direction) > 0 else _reversed(part))
    return parts


def ball(
    radii: tuple[float, float, float], centre: tuple[float, float, float], material: str = "body", n: int = 20
) -> Part:
    """An ellipsoid."""
    angle = np.linspace(-np.pi / 2, np.pi / 2, n)
    part = turned(np.stack((np.maximum(np.cos(angle), 0), np.sin(angle)), -1), n * 2, 1.0, material)
    return Part(part.vertices * radii + centre, part.faces, part.uv, material)


def closed(parts: list[Part]) -> bool:
    """Whether the parts, welded, bound a volume."""
    offset, vertices, faces = 0, [], []
    for part in parts:
        vertices.append(part.vertices)
        faces.append(part.faces + offset)
        offset += len(part.vertices)
    mesh = trimesh.Trimesh(np.round(np.concatenate(vertices), 6), np.concatenate(faces), process=False)
    mesh.merge_vertices(merge_tex=True, merge_norm=True)
    mesh.update_faces(mesh.nondegenerate_faces())
    return bool(mesh.is_watertight and mesh.volume > 0)
