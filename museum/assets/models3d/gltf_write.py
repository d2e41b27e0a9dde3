"""A solid as plain glTF 2.0 in one file, its textures WebP or KTX2."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from museum.assets.models3d.gltf_read import glb
from museum.assets.models3d.gltf_scan import BASISU, WEBP
from museum.assets.models3d.solid import Part, Solid

GENERATOR = "museum"
_FLOAT, _USHORT, _UINT = 5126, 5123, 5125
_ARRAY, _ELEMENTS = 34962, 34963
_TYPES = {1: "SCALAR", 2: "VEC2", 3: "VEC3", 4: "VEC4"}


class _Writer:
    def __init__(self) -> None:
        self.chunks: list[bytes] = []
        self.length = 0
        self.views: list[dict[str, Any]] = []
        self.accessors: list[dict[str, Any]] = []

    def view(self, data: bytes, target: int = 0) -> int:
        padded = data + b"\0" * (-len(data) % 4)
        self.views.append(
            {"buffer": 0, "byteOffset": self.length, "byteLength": len(data)} | ({"target": target} if target else {})
        )
        self.chunks.append(padded)
        self.length += len(padded)
        return len(self.views) - 1

    def accessor(self, values: NDArray[Any], kind: int, target: int, *, bounded: bool = False) -> int:
        view = self.view(np.ascontiguousarray(values).tobytes(), target)
        made = {
            "bufferView": view,
            "componentType": kind,
            "count": len(values),
            "type": _TYPES[1 if values.ndim == 1 else values.shape[1]],
        }
        if bounded:
            made |= {"min": [float(v) for v in values.min(axis=0)], "max": [float(v) for v in values.max(axis=0)]}
        self.accessors.append(made)
        return len(self.accessors) - 1


def write_glb(solid: Solid, textures: list[bytes], media_type: str) -> bytes:
    """The GLB; `textures` are the files of the solid's textures (not of its pictures: each is scaled by what it is for)."""
    writer = _Writer()
    primitives = [_primitive(writer, part) for part in solid.parts]
    extension = {"image/webp": WEBP, "image/ktx2": BASISU}.get(media_type)
    images = [{"bufferView": writer.view(data), "mimeType": media_type} for data in textures]
    samplers: list[dict[str, Any]] = []
    made_textures: list[dict[str, Any]] = []
    for number, texture in enumerate(solid.textures):
        sampler = {
            key: value
            for key, value in texture["sampler"].items()
            if key in ("magFilter", "minFilter", "wrapS", "wrapT")
        }
        if sampler not in samplers:
            samplers.append(sampler)
        source = {"extensions": {extension: {"source": number}}} if extension else {"source": number}
        made_textures.append({"sampler": samplers.index(sampler), **source})
    used = {name for material in solid.materials for name in _extensions(material)}
    required = {extension} if extension and images else set()
    document: dict[str, Any] = {
        "asset": {"version": "2.0", "generator": GENERATOR},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": primitives}],
        "materials": [_usable(number, material, solid) for number, material in enumerate(solid.materials)],
        "textures": made_textures,
        "images": images,
        "samplers": samplers,
        "extensionsUsed": sorted(used | required),
        "extensionsRequired": sorted(required),
        "accessors": writer.accessors,
        "bufferViews": writer.views,
        "buffers": [{"byteLength": writer.length}],
    }
    return glb({key: value for key, value in document.items() if value not in ([], {})}, b"".join(writer.chunks))


def _primitive(writer: _Writer, part: Part) -> dict[str, Any]:
    attributes = {"POSITION": writer.accessor(part.positions, _FLOAT, _ARRAY, bounded=True)}
    if part.normals is not None:
        attributes["NORMAL"] = writer.accessor(part.normals, _FLOAT, _ARRAY)
    for number, uv in enumerate(part.uvs):
        attributes[f"TEXCOORD_{number}"] = writer.accessor(uv, _FLOAT, _ARRAY)
    if part.colors is not None:
        attributes["COLOR_0"] = writer.accessor(part.colors, _FLOAT, _ARRAY)
    small = len(part.positions) < 65535
    indices = part.faces.ravel().astype(np.uint16 if small else np.uint32)
    made = {"attributes": attributes, "indices": writer.accessor(indices, _USHORT if small else _UINT, _ELEMENTS)}
    return made | ({"material": part.material} if part.material >= 0 else {})


def _usable(number: int, material: dict[str, Any], solid: Solid) -> dict[str, Any]:
    """The material as the surface can show it: textures need as many sets of coordinates as they name."""
    sets = min((len(part.uvs) for part in solid.parts if part.material == number), default=0)
    return _without_sets(json.loads(json.dumps(material)), sets)


def _without_sets(value: Any, sets: int) -> Any:
    if not isinstance(value, dict):
        return value
    return {
        key: _without_sets(entry, sets)
        for key, entry in value.items()
        if not (key.endswith("Texture") and isinstance(entry, dict) and entry.get("texCoord", 0) >= sets)
    }


def _extensions(value: Any) -> set[str]:
    """Names of all extensions within a material."""
    if not isinstance(value, dict):
        return set()
    found = set(value.get("extensions", {}))
    for entry in value.values():
        found |= _extensions(entry)
    return found
