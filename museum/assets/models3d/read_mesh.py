"""PLY, STL, COLLADA and 3MF, read by trimesh."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from museum.assets.models3d.archive import Files
from museum.assets.models3d.caps import Caps
from museum.assets.models3d.formats import DAE, PLY, STL, THREE_MF, Delivery
from museum.assets.models3d.pictures import keep_picture
from museum.assets.models3d.read_obj import linear
from museum.assets.models3d.refusals import refuse
from museum.assets.models3d.solid import Floats, Part, Solid, flipped, joined, moved, unit
from museum.jobs.queue import JobRefused

_DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_UP = {"X_UP": "x", "Y_UP": "y", "Z_UP": "z"}
_METRES = {"micron": 1e-6, "millimeter": 1e-3, "centimeter": 1e-2, "inch": 0.0254, "foot": 0.3048, "meter": 1.0}
"""3MF Core Specification, §3.4: a file that names no unit means millimetres."""


def read_mesh(delivery: Delivery, folder: Path, caps: Caps) -> Solid:
    """The solid in a PLY, STL, DAE or 3MF. Raises JobRefused."""
    import trimesh

    solid = Solid()
    data = delivery.path.read_bytes()
    if delivery.format == PLY:
        _check_ply(data)
    _units(delivery, data, solid)
    resolver: Any = _Resolver(delivery.files, delivery.name, solid)
    try:
        scene = trimesh.load_scene(io.BytesIO(data), file_type=delivery.format, resolver=resolver)
    except (JobRefused, MemoryError):
        raise
    except Exception as error:
        refuse("damaged", reason=f"{type(error).__name__}: {error}"[:200])
    pictures: dict[int, int] = {}
    for name in scene.graph.nodes_geometry:
        matrix, geometry = scene.graph[name]
        mesh = scene.geometry[geometry]
        faces = getattr(mesh, "faces", None)
        if faces is None or not len(faces):
            solid.note("points-dropped")
            continue
        if solid.triangles + len(faces) > caps.triangles:
            refuse("model-too-many-triangles", triangles=solid.triangles + len(faces), most=caps.triangles)
        solid.parts.append(moved(_part(mesh, solid, folder, caps, pictures), np.asarray(matrix, np.float64)))
    if not solid.parts:
        refuse("model-point-cloud" if solid.notes.get("points-dropped") else "model-no-surface")
    solid.parts = joined(solid.parts)
    return solid


class _Resolver:
    """What trimesh asks for the files beside a model: only those that came along."""

    def __init__(self, files: Files, name: str, solid: Solid) -> None:
        self._files, self._name, self._solid = files, name, solid

    def get(self, name: str) -> bytes:
        path, searched = self._files.find(str(name), self._name)
        if path is None:
            self._solid.note("texture-missing")
            raise FileNotFoundError(name)
        self._solid.note("path-mended", int(searched))
        return path.read_bytes()

    def __getitem__(self, name: str) -> bytes:
        return self.get(name)

    def keys(self) -> list[str]:
        return self._files.names()

    def namespaced(self, _: str) -> _Resolver:
        return self


def _check_ply(data: bytes) -> None:
    """What the header claims against what is there: two bytes for each element at the least."""
    head = data[: data.find(b"end_header") + 1] if b"end_header" in data[:100_000] else b""
    if not head:
        refuse("damaged", reason="no end of the header")
    for count in re.findall(rb"(?m)^element[ \t]+\S+[ \t]+(\d+)", head):
        if len(count) > 12 or int(count) * 2 > len(data):
            refuse("model-claims-too-much", what="element", count=count[:20].decode())


def _units(delivery: Delivery, data: bytes, solid: Solid) -> None:
    """Which way is up and how large a unit is, where the format says so."""
    if delivery.format == DAE:
        if _DECLARATION.search(data):
            refuse("damaged", reason="XML with declarations of its own")
        head = data[:200_000].decode("utf-8", errors="replace")
        up = re.search(r"<up_axis>\s*([XYZ]_UP)\s*</up_axis>", head)
        unit_of = re.search(r"<unit\b[^>]*\bmeter\s*=\s*[\"']([0-9.eE+-]+)[\"']", head)
        solid.up, solid.up_from = _UP[up[1]] if up else "y", "file"
        solid.metres = float(unit_of[1]) if unit_of else 1.0
    elif delivery.format == THREE_MF:
        solid.up, solid.up_from, solid.metres = "z", "file", _three_mf_unit(delivery.path)
    elif delivery.format == STL:
        solid.up = "z"


def _three_mf_unit(path: Path) -> float:
    with zipfile.ZipFile(path) as opened:
        for entry in opened.infolist():
            if not entry.filename.lower().endswith((".model", ".rels", ".xml")):
                continue
            with opened.open(entry) as file:
                head = file.read(100_000)
            if _DECLARATION.search(head):
                refuse("damaged", reason="XML with declarations of its own")
            found = re.search(rb"<model\b[^>]*\bunit\s*=\s*[\"'](\w+)[\"']", head)
            if found:
                return _METRES.get(found[1].decode(), 1e-3)
    return 1e-3


def _part(mesh: Any, solid: Solid, folder: Path, caps: Caps, pictures: dict[int, int]) -> Part:
    visual = mesh.visual
    positions = np.asarray(mesh.vertices, np.float32)
    faces = np.asarray(mesh.faces, np.uint32)
    normals = mesh._cache.cache.get("vertex_normals") if "vertex_normals" in mesh._cache.cache else None
    uvs, colors, material = (), None, -1
    if visual.kind == "texture":
        uv = visual.uv
        if uv is not None and len(uv) == len(positions):
            uvs = (flipped(np.asarray(uv, np.float32)),)
        material = _material(visual.material, solid, folder, caps, pictures)
    elif visual.kind == "face":
        positions, normals = positions[faces.ravel()], None
        colors = np.repeat(_rgba(visual.face_colors), 3, axis=0)
        faces = np.arange(len(positions), dtype=np.uint32).reshape(-1, 3)
    elif visual.kind == "vertex":
        colors = _rgba(visual.vertex_colors)
    if normals is not None and len(normals) != len(positions):
        normals = None
    return Part(
        positions=positions,
        faces=faces,
        normals=None if normals is None else unit(np.asarray(normals, np.float32)),
        uvs=uvs,
        colors=colors,
        material=material,
    )


def _rgba(colors: Any) -> Floats:
    share = np.asarray(colors, np.float32) / 255
    return np.concatenate([linear(share[:, :3]), share[:, 3:4]], axis=1)


def _material(material: Any, solid: Solid, folder: Path, caps: Caps, pictures: dict[int, int]) -> int:
    """The material's place in the solid, made of what trimesh knows of it."""
    known = pictures.get(id(material))
    if known is not None:
        return known
    physical = material.to_pbr() if hasattr(material, "to_pbr") else material
    rough: dict[str, Any] = {
        "metallicFactor": _number(physical.metallicFactor, 0.0),
        "roughnessFactor": _number(physical.roughnessFactor, 0.9),
    }
    if physical.baseColorFactor is not None:
        factor = np.asarray(physical.baseColorFactor, np.float32)
        factor = factor / 255 if factor.max(initial=0) > 1 else factor
        rough["baseColorFactor"] = [*(round(float(v), 5) for v in linear(factor[:3])), round(float(factor[3]), 4)]
    if physical.baseColorTexture is not None:
        path = folder / f"texture-{len(solid.pictures)}.png"
        try:
            physical.baseColorTexture.convert("RGBA" if "A" in physical.baseColorTexture.getbands() else "RGB").save(
                path, compress_level=1
            )
        except (OSError, ValueError, SyntaxError):
            solid.note("texture-unreadable")
        else:
            picture = keep_picture(path, path, caps, solid)
            if picture is not None:
                rough["baseColorTexture"] = {"index": len(solid.textures)}
                rough.pop("baseColorFactor", None)
                solid.textures.append({"source": len(solid.pictures), "sampler": {}})
                solid.pictures.append(picture)
    pictures[id(material)] = len(solid.materials)
    solid.materials.append({"name": str(getattr(material, "name", "") or "")[:80], "pbrMetallicRoughness": rough})
    return pictures[id(material)]


def _number(value: Any, otherwise: float) -> float:
    return float(np.clip(float(value), 0, 1)) if value is not None and np.isfinite(float(value)) else otherwise
