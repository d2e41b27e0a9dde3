"""Wavefront OBJ with its MTL: the format of most scanning companies, and of no standard.

Faces are gathered by material before anything else, so that a file that changes its material at every face costs no more than another.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from museum.assets.models3d.archive import Files
from museum.assets.models3d.caps import Caps
from museum.assets.models3d.pictures import keep_picture
from museum.assets.models3d.refusals import refuse
from museum.assets.models3d.solid import Floats, Part, Solid, flipped, unit

_LINE = re.compile(rb"(?m)^[ \t]*(f|usemtl)[ \t]+([^\r\n]*)")
_MOST_MATERIALS = 2000
_OPTION_VALUES = {"-o": 3, "-s": 3, "-t": 3, "-mm": 2}
_OPTION = re.compile(r"^-[a-z]+$")
"""Options of a texture in a MTL stand before its name, most with one value."""


def read_obj(path: Path, name: str, files: Files, folder: Path, caps: Caps) -> Solid:
    """The solid in an OBJ. Raises JobRefused."""
    text = path.read_bytes().replace(b"\\\r\n", b" ").replace(b"\\\n", b" ")
    solid = Solid()
    points = _numbers(text, b"v", 3)
    if points is None:
        refuse("model-no-surface")
    uvs, normals = _numbers(text, b"vt", 2), _numbers(text, b"vn", 3)
    groups = _faces_by_material(text, solid, (len(points), _length(uvs), _length(normals)), caps)
    if not groups:
        refuse("model-point-cloud" if len(points) else "model-no-surface")
    materials = _materials(text, name, files, folder, caps, solid)
    for material, corners in groups.items():
        solid.parts.append(_part(corners, points, uvs, normals, materials.get(material, -1)))
    return solid


def _length(rows: NDArray[np.float32] | None) -> int:
    return 0 if rows is None else len(rows)


def _numbers(text: bytes, word: bytes, least: int) -> NDArray[np.float32] | None:
    """The rows of numbers after `word`, as wide as the widest; what is missing at the end of a row is 0."""
    lines = re.findall(rb"(?m)^[ \t]*" + word + rb"[ \t]+([^\r\n#]*)", text)
    if not lines:
        return None
    width = len(lines[0].split())
    whole = _quickly(b" ".join(lines), np.float64) if width >= least else np.zeros(0)
    if len(whole) == width * len(lines):
        return whole.reshape(-1, width).astype(np.float32)
    width = max(least, *(len(line.split()) for line in lines[:1000]))
    rows = np.zeros((len(lines), width), np.float32)
    for number, line in enumerate(lines):
        for column, value in enumerate(line.split()[: rows.shape[1]]):
            try:
                rows[number, column] = float(value)
            except ValueError:
                rows[number, column] = np.nan
    return rows


def _quickly(text: bytes, kind: Any) -> NDArray[Any]:
    """All numbers of a text; none where one of them is no number."""
    try:
        return np.fromstring(text, kind, sep=" ")
    except ValueError:
        return np.zeros(0, kind)


def _faces_by_material(
    text: bytes, solid: Solid, lengths: tuple[int, int, int], caps: Caps
) -> dict[bytes, NDArray[np.int64]]:
    """Corners of triangles as (n, 3, 3) places of position, texture coordinate and normal (-1 without), by material."""
    lines: dict[bytes, list[bytes]] = {}
    present = lines.setdefault(b"", [])
    for kind, rest in _LINE.findall(text):
        if kind == b"f":
            present.append(rest)
        else:
            present = lines.setdefault(rest.strip(), [])
            if len(lines) > _MOST_MATERIALS:
                refuse("model-claims-too-much", what="materials", count=len(lines))
    groups: dict[bytes, NDArray[np.int64]] = {}
    triangles = 0
    for material, faces in lines.items():
        corners = _corners(faces, solid, lengths)
        triangles += len(corners)
        if triangles > caps.triangles:
            refuse("model-too-many-triangles", triangles=triangles, most=caps.triangles)
        if len(corners):
            groups[material] = corners
    return groups


def _corners(lines: list[bytes], solid: Solid, lengths: tuple[int, int, int]) -> NDArray[np.int64]:
    if not lines:
        return np.zeros((0, 3, 3), np.int64)
    found = _uniform(lines)
    if found is None:
        found = _various(lines)
    # counted from 1, or backwards from the end where negative; 0 where there is none
    sizes = np.array(lengths)
    if (found < 0).any():
        solid.note("negative-indices")
    places = np.where(found < 0, found + sizes, found - 1)
    places = np.where((found == 0) | (places >= sizes) | (places < 0), -1, places)
    sound = (places[:, :, 0] >= 0).all(axis=1)
    solid.note("faces-dropped", int((~sound).sum()))
    return places[sound]


def _uniform(lines: list[bytes]) -> NDArray[np.int64] | None:
    """The quick way, for files all of whose faces are written alike."""
    tokens = lines[0].split()
    slashes = tokens[0].count(b"/") if tokens else 0
    empty = b"//" in lines[0]
    whole = b" ".join(lines)
    per_face = len(tokens)
    if per_face not in (3, 4) or whole.count(b"/") != slashes * per_face * len(lines) or (b"//" in whole) != empty:
        return None
    width = 2 if empty else slashes + 1
    values = _quickly(whole.replace(b"//", b" ").replace(b"/", b" "), np.int64)
    if len(values) != per_face * width * len(lines):
        return None
    values = values.reshape(-1, per_face, width)
    full = np.zeros((*values.shape[:2], 3), np.int64)
    full[:, :, [0, 2] if empty else list(range(width))] = values
    return full if per_face == 3 else np.concatenate([full[:, [0, 1, 2]], full[:, [0, 2, 3]]])


def _various(lines: list[bytes]) -> NDArray[np.int64]:
    triangles: list[list[tuple[int, int, int]]] = []
    for line in lines:
        try:
            corners = [_corner(token) for token in line.split(b"#")[0].split()]
        except ValueError:
            continue
        triangles += [[corners[0], corners[k], corners[k + 1]] for k in range(1, len(corners) - 1)]
    return np.array(triangles, np.int64).reshape(-1, 3, 3)


def _corner(token: bytes) -> tuple[int, int, int]:
    pieces = [int(piece) if piece else 0 for piece in token.split(b"/")] + [0, 0]
    return pieces[0], pieces[1], pieces[2]


def _part(
    corners: NDArray[np.int64],
    points: NDArray[np.float32],
    uvs: NDArray[np.float32] | None,
    normals: NDArray[np.float32] | None,
    material: int,
) -> Part:
    """One vertex for each combination of position, texture coordinate and normal."""
    keys = corners.reshape(-1, 3)
    has_uv = uvs is not None and bool((keys[:, 1] >= 0).all())
    has_normal = normals is not None and bool((keys[:, 2] >= 0).all())
    code = keys[:, 0].copy()
    if has_uv:
        code = code * (_length(uvs) + 1) + keys[:, 1]
    if has_normal:
        code = code * (_length(normals) + 1) + keys[:, 2]
    _, first, where = np.unique(code, return_index=True, return_inverse=True)
    chosen = keys[first]
    rows = points[chosen[:, 0]]
    colors = None
    if points.shape[1] >= 6:
        rgb = np.nan_to_num(rows[:, 3:6])
        rgb = np.clip(rgb / 255 if rgb.max(initial=0) > 1 else rgb, 0, 1)
        colors = np.concatenate([linear(rgb), np.ones((len(rgb), 1), np.float32)], axis=1)
    uv = None
    if has_uv and uvs is not None:
        uv = flipped(uvs[chosen[:, 1], :2])
    return Part(
        positions=np.ascontiguousarray(rows[:, :3]),
        faces=where.reshape(-1, 3).astype(np.uint32),
        normals=unit(normals[chosen[:, 2], :3]) if has_normal and normals is not None else None,
        uvs=() if uv is None else (uv,),
        colors=colors,
        material=material,
    )


def linear(srgb: Floats) -> Floats:
    """Linear light of sRGB values from 0 to 1 (IEC 61966-2-1), as glTF's vertex colours are."""
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4).astype(np.float32)


def _materials(text: bytes, name: str, files: Files, folder: Path, caps: Caps, solid: Solid) -> dict[bytes, int]:
    """Materials by name, from every MTL that the file asks for."""
    found: dict[bytes, int] = {}
    pictures: dict[Path, int] = {}
    for library in dict.fromkeys(re.findall(rb"(?m)^[ \t]*mtllib[ \t]+([^\r\n]+)", text)):
        reference = _decoded(library).strip()
        path, searched = files.find(reference, name)
        if path is None:
            # a library of another name beside a single OBJ is meant by it
            others = [other for other in files.names() if other.lower().endswith(".mtl")]
            path = files[others[0]] if len(others) == 1 else None
        if path is None:
            solid.note("materials-missing")
            continue
        solid.note("path-mended", int(searched))
        present: dict[str, Any] = {}
        for line in _decoded(path.read_bytes()[: 4 << 20]).splitlines():
            word, _, rest = line.strip().partition(" ")
            word, rest = word.lower(), rest.strip()
            if word == "newmtl":
                present = {"name": rest, "pbrMetallicRoughness": {"metallicFactor": 0.0, "roughnessFactor": 0.9}}
                if len(solid.materials) >= _MOST_MATERIALS:
                    break
                found[rest.encode()] = len(solid.materials)
                solid.materials.append(present)
            elif present:
                _say(present, word, rest, name, files, folder, caps, solid, pictures)
    return found


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError:
        return text.decode("gb18030", errors="replace")


def _say(
    material: dict[str, Any],
    word: str,
    rest: str,
    name: str,
    files: Files,
    folder: Path,
    caps: Caps,
    solid: Solid,
    pictures: dict[Path, int],
) -> None:
    """Take one line of a MTL into the material."""
    rough = material["pbrMetallicRoughness"]
    numbers = _floats(rest)
    if word == "kd" and len(numbers) >= 3:
        color = linear(np.clip(np.array(numbers[:3], np.float32), 0, 1))
        rough["baseColorFactor"] = [
            *(round(float(value), 5) for value in color),
            rough.get("baseColorFactor", [1] * 4)[3],
        ]
    elif word in ("d", "tr") and numbers:
        opacity = numbers[0] if word == "d" else 1 - numbers[0]
        if 0 < opacity < 1:
            rough["baseColorFactor"] = [*rough.get("baseColorFactor", [1, 1, 1, 1])[:3], round(opacity, 4)]
            material["alphaMode"] = "BLEND"
    elif word == "ns" and numbers:
        rough["roughnessFactor"] = round(float(np.clip((2 / (max(numbers[0], 0) + 2)) ** 0.5, 0.25, 1)), 3)
    elif word == "pr" and numbers:
        rough["roughnessFactor"] = float(np.clip(numbers[0], 0, 1))
    elif word == "pm" and numbers:
        rough["metallicFactor"] = float(np.clip(numbers[0], 0, 1))
    elif word in ("map_kd", "norm", "map_ke"):
        texture = _texture(rest, name, files, folder, caps, solid, pictures)
        if texture is None:
            return
        if word == "map_kd":
            rough["baseColorTexture"] = {"index": texture}
            # the factor multiplies the picture in glTF; exporters write any grey beside it
            rough.pop("baseColorFactor", None)
        elif word == "norm":
            material["normalTexture"] = {"index": texture}
        else:
            material["emissiveTexture"], material["emissiveFactor"] = {"index": texture}, [1, 1, 1]


def _floats(rest: str) -> list[float]:
    try:
        return [value for value in (float(piece) for piece in rest.split()[:4]) if np.isfinite(value)]
    except ValueError:
        return []


def _texture(
    rest: str, name: str, files: Files, folder: Path, caps: Caps, solid: Solid, pictures: dict[Path, int]
) -> int | None:
    words = rest.split()
    while words and _OPTION.match(words[0]):
        del words[: 1 + _OPTION_VALUES.get(words[0], 1)]
    reference = rest[rest.find(words[0]) :] if words else rest
    path, searched = files.find(reference, name)
    if path is None:
        solid.note("texture-missing")
        return None
    solid.note("path-mended", int(searched))
    if path not in pictures:
        picture = keep_picture(path, folder / "unused", caps, solid)
        if picture is None:
            return None
        picture.name = reference.replace("\\", "/").rpartition("/")[2][:80]
        pictures[path] = len(solid.textures)
        solid.textures.append({"source": len(solid.pictures), "sampler": {}})
        solid.pictures.append(picture)
    return pictures[path]
