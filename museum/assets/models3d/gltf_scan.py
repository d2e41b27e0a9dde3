"""glTF that nobody vouches for: what it claims is held against what is there, before anything is made of it.

A file of 600 bytes can claim an array of 11 GiB, nodes can be each other's children, and a URI can name any file or address.
glTF 2.0, https://registry.khronos.org/glTF/specs/2.0/glTF-2.0.html
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from museum.assets.models3d.archive import Files
from museum.assets.models3d.caps import Caps
from museum.assets.models3d.refusals import refuse

DRACO, MESHOPT, QUANTIZATION = "KHR_draco_mesh_compression", "EXT_meshopt_compression", "KHR_mesh_quantization"
MESHOPT_KHR = "KHR_meshopt_compression"
TRANSFORM, WEBP, BASISU = "KHR_texture_transform", "EXT_texture_webp", "KHR_texture_basisu"
PACKED = (DRACO, MESHOPT)
"""What `model-tools decode` must undo before the file is read here."""
READABLE = frozenset((*PACKED, QUANTIZATION, TRANSFORM, WEBP, BASISU, "KHR_lights_punctual"))
"""Extensions that may be required, with all of KHR_materials_*."""
COMPONENT_BYTES = {5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4}
COMPONENTS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT2": 4, "MAT3": 9, "MAT4": 16}
_SCHEME = re.compile(r"^(?:[a-zA-Z][a-zA-Z0-9+.-]{1,}:|//)")
_GLB_JSON, _GLB_BIN = 0x4E4F534A, 0x004E4942


@dataclass
class Gltf:
    """A glTF whose JSON has been scanned: its buffers, and the bytes or the file of each image (None where it is missing)."""

    json: dict[str, Any]
    buffers: list[memoryview]
    images: list[memoryview | Path | None]
    mended: int = 0
    """References to files that had to be looked for."""

    def used(self, *extensions: str) -> bool:
        return any(name in self.json.get("extensionsUsed", []) for name in extensions)


def open_gltf(path: Path, name: str, files: Files, caps: Caps) -> Gltf:
    """Read and scan a .glb or a .gltf. Raises JobRefused."""
    document, binary = _chunks(path, caps)
    try:
        _check_shape(document, caps)
        _check_extensions(document)
        gltf = Gltf(document, [], [])
        for number, buffer in enumerate(document.get("buffers", [])):
            gltf.buffers.append(_buffer(gltf, number, buffer, binary, name, files))
        _check_views(document, gltf.buffers)
        _check_accessors(document, caps)
        _check_nodes(document, caps)
        for image in document.get("images", []):
            gltf.images.append(_image(gltf, image, name, files))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        refuse("damaged", reason=f"{type(error).__name__}: {error}"[:200])
    return gltf


def _chunks(path: Path, caps: Caps) -> tuple[dict[str, Any], memoryview]:
    """The JSON and the binary chunk."""
    data = memoryview(path.read_bytes())
    if bytes(data[:4]) != b"glTF":
        return _parse(data, caps), memoryview(b"")
    if len(data) < 20 or struct.unpack_from("<I", data, 4)[0] != 2:
        refuse("damaged", reason="not glTF 2.0")
    if struct.unpack_from("<I", data, 8)[0] > len(data):
        refuse("damaged", reason="shorter than it says")
    at, document, binary = 12, None, memoryview(b"")
    while at + 8 <= len(data):
        length, kind = struct.unpack_from("<II", data, at)
        chunk = data[at + 8 : at + 8 + length]
        if len(chunk) < length:
            refuse("damaged", reason="a chunk is cut off")
        if kind == _GLB_JSON and document is None:
            document = _parse(chunk, caps)
        elif kind == _GLB_BIN and not binary:
            binary = chunk
        at += 8 + length + (-length) % 4
    if document is None:
        refuse("damaged", reason="no JSON chunk")
    return document, binary


def _parse(text: memoryview, caps: Caps) -> dict[str, Any]:
    if len(text) > caps.json:
        refuse("model-claims-too-much", what="json", bytes=len(text))
    try:
        document = json.loads(bytes(text))
    except RecursionError:
        refuse("model-too-deep", what="json")
    except ValueError as error:
        refuse("damaged", reason=str(error)[:200])
    if not isinstance(document, dict) or not isinstance(document.get("asset"), dict):
        refuse("model-format-unknown", found="json")
    return document


def _check_shape(document: dict[str, Any], caps: Caps) -> None:
    version = str(document["asset"].get("version", ""))
    if not version.startswith("2."):
        refuse("model-format-unknown", found=f"glTF {version[:8]}")
    for key in (
        "accessors",
        "bufferViews",
        "buffers",
        "images",
        "materials",
        "meshes",
        "nodes",
        "samplers",
        "scenes",
        "textures",
    ):
        entries = document.setdefault(key, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            refuse("damaged", reason=f"{key} is no list of objects")
        if len(entries) > caps.items:
            refuse("model-claims-too-much", what=key, count=len(entries))


def _check_extensions(document: dict[str, Any]) -> None:
    for name in document.get("extensionsRequired", []):
        if name not in READABLE and not str(name).startswith("KHR_materials_"):
            refuse("model-extension-unknown", name=str(name)[:80])


def _local(gltf: Gltf, uri: Any, name: str, files: Files) -> memoryview | Path | None:
    """What a URI stands for: data in the URI itself, or a file that came along. Never anything else."""
    if not isinstance(uri, str):
        refuse("damaged", reason="a uri is no text")
    if uri.startswith("data:"):
        try:
            return memoryview(base64.b64decode(uri.partition(",")[2], validate=False))
        except binascii.Error as error:
            refuse("damaged", reason=f"data uri: {error}"[:200])
    if _SCHEME.match(uri) and not re.match(r"^[a-zA-Z]:[\\/]", uri):
        refuse("model-outside-file", uri=uri[:200])
    path, searched = files.find(uri, name)
    gltf.mended += searched and path is not None
    return path


def _buffer(gltf: Gltf, number: int, buffer: dict[str, Any], binary: memoryview, name: str, files: Files) -> memoryview:
    wanted = _count(buffer["byteLength"])
    if "uri" not in buffer:
        if number == 0:
            return binary if len(binary) >= wanted else refuse("damaged", reason="the binary chunk is cut off")
        if MESHOPT in buffer.get("extensions", {}) or MESHOPT_KHR in buffer.get("extensions", {}):
            return memoryview(b"")  # stands for what is unpacked, and holds nothing
        refuse("damaged", reason=f"buffer {number} has no data")
    found = _local(gltf, buffer["uri"], name, files)
    if found is None:
        refuse("model-file-missing", name=str(buffer["uri"])[:200])
    data = memoryview(found.read_bytes()) if isinstance(found, Path) else found
    if len(data) < wanted:
        refuse("damaged", reason=f"buffer {number} has {len(data)} bytes instead of {wanted}")
    return data


def _count(value: Any) -> int:
    """A number of bytes or elements."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{value!r} is no count")
    return value


def _check_views(document: dict[str, Any], buffers: list[memoryview]) -> None:
    for view in document["bufferViews"]:
        packed = view.get("extensions", {}).get(MESHOPT) or view.get("extensions", {}).get(MESHOPT_KHR)
        for part in (packed,) if packed else (view,):
            end = _count(part.get("byteOffset", 0)) + _count(part["byteLength"])
            if end > len(buffers[_count(part["buffer"])]):
                refuse("model-claims-too-much", what="bufferView", bytes=end)


def _check_accessors(document: dict[str, Any], caps: Caps) -> None:
    total = 0
    views = document["bufferViews"]
    packed = any(name in document.get("extensionsUsed", []) for name in PACKED)
    real = sum(_count(view["byteLength"]) for view in views)
    allowed = min(caps.claimed, max(caps.claimed_free, (caps.unpacking if packed else caps.reuse) * real))
    for accessor in document["accessors"]:
        size = COMPONENT_BYTES[accessor["componentType"]] * COMPONENTS[accessor["type"]]
        count = _count(accessor["count"])
        total += count * size
        if total > allowed:
            refuse("model-claims-too-much", what="accessors", bytes=total)
        if "bufferView" in accessor:
            view = views[_count(accessor["bufferView"])]
            stride = _count(view.get("byteStride", 0)) or size
            end = _count(accessor.get("byteOffset", 0)) + stride * (count - 1) + size if count else 0
            if end > view["byteLength"]:
                refuse("model-claims-too-much", what="accessor", bytes=end)
        sparse = accessor.get("sparse")
        if sparse:
            some = _count(sparse["count"])
            for part, each in (
                (sparse["indices"], COMPONENT_BYTES[sparse["indices"]["componentType"]]),
                (sparse["values"], size),
            ):
                if _count(part.get("byteOffset", 0)) + some * each > views[_count(part["bufferView"])]["byteLength"]:
                    refuse("model-claims-too-much", what="sparse accessor", bytes=some * each)


def _check_nodes(document: dict[str, Any], caps: Caps) -> None:
    """Every node has one parent at most, and none is its own ancestor: what the graph shows is no more than what it lists."""
    nodes = document["nodes"]
    parents: dict[int, int] = {}
    for number, node in enumerate(nodes):
        for child in node.get("children", []):
            if _count(child) in parents or child >= len(nodes):
                refuse("model-too-deep", what="a node with two parents")
            parents[child] = number
    depths: dict[int, int] = {}
    for number in range(len(nodes)):
        trail = [number]
        while (parent := parents.get(trail[-1])) is not None and parent not in depths:
            trail.append(parent)
            if len(trail) > caps.depth:
                refuse("model-too-deep", what="nodes")
        base = depths.get(parents.get(trail[-1], -1), -1)
        for offset, one in enumerate(reversed(trail)):
            depths[one] = base + 1 + offset
        if depths[number] > caps.depth:
            refuse("model-too-deep", what="nodes")


def _image(gltf: Gltf, image: dict[str, Any], name: str, files: Files) -> memoryview | Path | None:
    if "bufferView" in image:
        view = gltf.json["bufferViews"][_count(image["bufferView"])]
        start = view.get("byteOffset", 0)
        return gltf.buffers[view["buffer"]][start : start + view["byteLength"]]
    return _local(gltf, image["uri"], name, files) if "uri" in image else None
