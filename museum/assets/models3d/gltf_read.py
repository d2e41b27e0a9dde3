"""Scanned glTF to a solid: every mesh where its node puts it, in one piece for each material. Animations and skins stand still."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from museum.assets.models3d.caps import Caps
from museum.assets.models3d.gltf_scan import (
    BASISU,
    COMPONENT_BYTES,
    COMPONENTS,
    MESHOPT,
    MESHOPT_KHR,
    WEBP,
    Gltf,
)
from museum.assets.models3d.pictures import keep_picture
from museum.assets.models3d.refusals import refuse
from museum.assets.models3d.solid import Faces, Floats, Part, Solid, joined, moved, unit

_TYPES = {5120: np.int8, 5121: np.uint8, 5122: np.int16, 5123: np.uint16, 5125: np.uint32, 5126: np.float32}
TRIANGLES, STRIP, FAN = 4, 5, 6
_MOST_UVS = 2
_SPECULAR = "KHR_materials_pbrSpecularGlossiness"


def read_gltf(gltf: Gltf, folder: Path, caps: Caps) -> Solid:
    """The solid that a glTF shows; its pictures are written into `folder`. Raises JobRefused."""
    try:
        return _read(gltf, folder, caps)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        refuse("damaged", reason=f"{type(error).__name__}: {error}"[:200])


def _read(gltf: Gltf, folder: Path, caps: Caps) -> Solid:
    solid = Solid(metres=1.0, up_from="file")
    solid.note("path-mended", gltf.mended)
    solid.note("animation-dropped", len(gltf.json.get("animations", [])))
    solid.note("skin-dropped", len(gltf.json.get("skins", [])))
    _read_pictures(gltf, solid, folder, caps)
    solid.materials = [_material(material, solid) for material in gltf.json["materials"]]
    parts: list[Part] = []
    triangles = 0
    for mesh, matrix in _placed_meshes(gltf):
        for primitive in gltf.json["meshes"][mesh].get("primitives", []):
            part = _part(gltf, primitive, solid)
            if part is not None:
                triangles += len(part.faces)
                if triangles > caps.triangles:
                    refuse("model-too-many-triangles", triangles=triangles, most=caps.triangles)
                parts.append(moved(part, matrix))
    solid.parts = joined(parts)
    if not solid.parts:
        refuse("model-point-cloud" if solid.notes.get("points-dropped") else "model-no-surface")
    return solid


def pack(gltf: Gltf) -> bytes:
    """The glTF with all that belongs to it as one GLB."""
    document = json.loads(json.dumps(gltf.json))
    chunks: list[bytes] = []
    starts: list[int] = []
    length = 0

    def add(data: memoryview) -> int:
        nonlocal length
        start = length
        padded = bytes(data) + b"\0" * (-len(data) % 4)
        chunks.append(padded)
        length += len(padded)
        return start

    kept = [{"byteLength": 0}]
    places: list[int] = []
    for buffer, data in zip(document["buffers"], gltf.buffers, strict=True):
        hollow = not data and buffer["byteLength"]
        if hollow:
            kept.append(buffer)
        places.append(len(kept) - 1 if hollow else 0)
        starts.append(0 if hollow else add(data))
    for view in document["bufferViews"]:
        for part in (view, *(view.get("extensions", {}).get(name, {}) for name in (MESHOPT, MESHOPT_KHR))):
            if "buffer" in part:
                part["byteOffset"] = part.get("byteOffset", 0) + starts[part["buffer"]]
                part["buffer"] = places[part["buffer"]]
    for image, found in zip(document["images"], gltf.images, strict=True):
        if "bufferView" in image:
            continue
        data = memoryview(found.read_bytes()) if isinstance(found, Path) else found or memoryview(b"")
        document["bufferViews"].append({"buffer": 0, "byteOffset": add(data), "byteLength": max(1, len(data))})
        image.pop("uri", None)
        image["bufferView"] = len(document["bufferViews"]) - 1
        image["mimeType"] = "image/png" if bytes(data[:4]) == b"\x89PNG" else "image/jpeg"
    add(memoryview(b"\0\0\0\0"))
    kept[0]["byteLength"] = length
    document["buffers"] = kept
    return glb({key: value for key, value in document.items() if value != []}, b"".join(chunks))


def glb(document: dict[str, Any], binary: bytes) -> bytes:
    """A GLB file of a JSON and a binary chunk (glTF 2.0 §4)."""
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 4)
    binary += b"\0" * (-len(binary) % 4)
    total = 28 + len(text) + len(binary)
    head = struct.pack("<4sIIII", b"glTF", 2, total, len(text), 0x4E4F534A)
    return head + text + struct.pack("<II", len(binary), 0x004E4942) + binary


def _read_pictures(gltf: Gltf, solid: Solid, folder: Path, caps: Caps) -> None:
    """Keep what can be read of the pictures; textures whose picture is gone go as well."""
    places: dict[int, int] = {}
    for number, (image, found) in enumerate(zip(gltf.json["images"], gltf.images, strict=True)):
        picture = keep_picture(found, folder / f"texture-{number}", caps, solid)
        if picture is not None:
            picture.name = (
                str(image.get("name") or image.get("uri", "")[:80])
                if not str(image.get("uri", "")).startswith("data:")
                else ""
            )
            places[number] = len(solid.pictures)
            solid.pictures.append(picture)
    for texture in gltf.json["textures"]:
        source = texture.get("source")
        for name in (WEBP, BASISU):
            source = texture.get("extensions", {}).get(name, {}).get("source", source)
        sampler = texture.get("sampler")
        solid.textures.append(
            {
                "source": places.get(source if isinstance(source, int) else -1, -1),
                "sampler": gltf.json["samplers"][sampler] if isinstance(sampler, int) else {},
            }
        )


def _material(material: dict[str, Any], solid: Solid) -> dict[str, Any]:
    """The material without textures that are not there; the old glossy kind becomes the present rough one."""
    made = _without_missing(json.loads(json.dumps(material)), solid)
    made.pop("extras", None)
    glossy = made.get("extensions", {}).pop(_SPECULAR, None)
    if glossy is not None:
        solid.note("specular-converted")
        rough: dict[str, Any] = {
            "metallicFactor": 0.0,
            "roughnessFactor": 1 - 0.7 * float(glossy.get("glossinessFactor", 1.0)),
        }
        rough["baseColorFactor"] = glossy.get("diffuseFactor", [1, 1, 1, 1])
        if "diffuseTexture" in glossy:
            rough["baseColorTexture"] = glossy["diffuseTexture"]
        made["pbrMetallicRoughness"] = rough
    if not made.get("extensions"):
        made.pop("extensions", None)
    return made


def _without_missing(value: Any, solid: Solid) -> Any:
    """JSON of a material without references to textures that have no picture, or coordinates beyond the second set."""
    if not isinstance(value, dict):
        return value
    kept = {}
    for key, entry in value.items():
        if key.endswith("Texture") and isinstance(entry, dict):
            index = entry.get("index", -1)
            there = isinstance(index, int) and 0 <= index < len(solid.textures) and solid.textures[index]["source"] >= 0
            if not there or entry.get("texCoord", 0) >= _MOST_UVS:
                continue
        kept[key] = _without_missing(entry, solid)
    return kept


def _placed_meshes(gltf: Gltf) -> list[tuple[int, NDArray[np.float64]]]:
    """Mesh and world matrix of every node of the scene that is shown."""
    nodes, scenes = gltf.json["nodes"], gltf.json["scenes"]
    children = {child for node in nodes for child in node.get("children", [])}
    roots = [number for number in range(len(nodes)) if number not in children]
    if scenes:
        scene = gltf.json.get("scene", 0)
        roots = scenes[scene].get("nodes", []) if isinstance(scene, int) and 0 <= scene < len(scenes) else roots
    placed: list[tuple[int, NDArray[np.float64]]] = []
    waiting = [(number, np.eye(4)) for number in reversed(dict.fromkeys(roots))]
    while waiting:
        number, above = waiting.pop()
        node = nodes[number]
        matrix = above @ _matrix(node)
        if isinstance(node.get("mesh"), int):
            placed.append((node["mesh"], matrix))
        waiting += [(child, matrix) for child in reversed(node.get("children", []))]
    return placed


def _matrix(node: dict[str, Any]) -> NDArray[np.float64]:
    """A node's own matrix: given column by column, or as translation, rotation (a quaternion) and scale."""
    if "matrix" in node:
        return np.array(node["matrix"], np.float64).reshape(4, 4).T
    x, y, z, w = np.array(node.get("rotation", (0, 0, 0, 1)), np.float64)
    turn = np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )
    matrix = np.eye(4)
    matrix[:3, :3] = turn * np.array(node.get("scale", (1, 1, 1)), np.float64)
    matrix[:3, 3] = node.get("translation", (0, 0, 0))
    return matrix


def _part(gltf: Gltf, primitive: dict[str, Any], solid: Solid) -> Part | None:
    mode = primitive.get("mode", TRIANGLES)
    attributes = primitive["attributes"]
    if mode not in (TRIANGLES, STRIP, FAN) or "POSITION" not in attributes:
        solid.note("points-dropped" if mode == 0 else "lines-dropped")
        return None
    positions = _floats(gltf, attributes["POSITION"])
    indices = _values(gltf, primitive["indices"]).astype(np.uint32).ravel() if "indices" in primitive else None
    faces = _faces(np.arange(len(positions), dtype=np.uint32) if indices is None else indices, mode)
    if len(faces) and int(faces.max()) >= len(positions):
        refuse("damaged", reason="an index beyond the last vertex")
    solid.note("morphs-dropped", len(primitive.get("targets", [])))
    normals = _floats(gltf, attributes["NORMAL"]) if "NORMAL" in attributes else None
    uvs = [_floats(gltf, attributes[key]) for key in ("TEXCOORD_0", "TEXCOORD_1") if key in attributes]
    colors = _floats(gltf, attributes["COLOR_0"]) if "COLOR_0" in attributes else None
    if colors is not None and colors.shape[1] == 3:
        colors = np.concatenate([colors, np.ones((len(colors), 1), np.float32)], axis=1)
    for layer in (normals, colors, *uvs):
        if layer is not None and len(layer) != len(positions):
            refuse("damaged", reason="attributes of different lengths")
    material = primitive.get("material", -1)
    return Part(
        positions=positions,
        faces=faces,
        normals=None if normals is None else unit(normals),
        uvs=tuple(uvs),
        colors=colors,
        material=material if isinstance(material, int) and 0 <= material < len(solid.materials) else -1,
    )


def _faces(indices: NDArray[np.uint32], mode: int) -> Faces:
    """Triangles of a list, a strip (every second one turned) or a fan."""
    if mode == TRIANGLES:
        return indices[: len(indices) // 3 * 3].reshape(-1, 3)
    if len(indices) < 3:
        return np.zeros((0, 3), np.uint32)
    if mode == FAN:
        return np.stack([np.full(len(indices) - 2, indices[0], np.uint32), indices[1:-1], indices[2:]], axis=1)
    faces = np.stack([indices[:-2], indices[1:-1], indices[2:]], axis=1)
    faces[1::2] = faces[1::2][:, [1, 0, 2]]
    return faces


def _values(gltf: Gltf, number: int) -> NDArray[Any]:
    """An accessor's elements, (count, components), as they are stored."""
    accessor = gltf.json["accessors"][number]
    kind = np.dtype(_TYPES[accessor["componentType"]]).newbyteorder("<")
    width, count = COMPONENTS[accessor["type"]], accessor["count"]
    if "bufferView" in accessor:
        values = _view(gltf, accessor["bufferView"], accessor.get("byteOffset", 0), kind, count, width)
    else:
        values = np.zeros((count, width), kind)
    sparse = accessor.get("sparse")
    if sparse:
        values = values.copy()
        places, given = sparse["indices"], sparse["values"]
        index_kind = np.dtype(_TYPES[places["componentType"]]).newbyteorder("<")
        where = _view(gltf, places["bufferView"], places.get("byteOffset", 0), index_kind, sparse["count"], 1).ravel()
        if len(where) and int(where.max()) >= count:
            refuse("damaged", reason="a sparse index beyond the last element")
        values[where] = _view(gltf, given["bufferView"], given.get("byteOffset", 0), kind, sparse["count"], width)
    return values


def _view(gltf: Gltf, number: int, offset: int, kind: np.dtype[Any], count: int, width: int) -> NDArray[Any]:
    view = gltf.json["bufferViews"][number]
    size = kind.itemsize * width
    start = view.get("byteOffset", 0) + offset
    data = gltf.buffers[view["buffer"]][start : view.get("byteOffset", 0) + view["byteLength"]]
    return np.ndarray((count, width), kind, data, strides=(view.get("byteStride") or size, kind.itemsize))


def _floats(gltf: Gltf, number: int) -> Floats:
    """An accessor as floats; normalised integers become what they stand for (glTF 2.0 §3.6.2.2)."""
    accessor = gltf.json["accessors"][number]
    values = _values(gltf, number)
    if accessor.get("normalized") and accessor["componentType"] != 5126:
        most = (1 << (8 * COMPONENT_BYTES[accessor["componentType"]] - (accessor["componentType"] in (5120, 5122)))) - 1
        return np.maximum(values.astype(np.float32) / most, -1.0)
    return np.ascontiguousarray(values, np.float32)
