"""Small models for tests, and files of them."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

CUBE_OBJ = """v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nv 0 0 1\nv 1 0 1\nv 1 1 1\nv 0 1 1
vt 0 0\nvt 1 0\nvt 1 1\nvt 0 1
{head}f 1/1 4/4 3/3 2/2
f 5/1 6/2 7/3 8/4
f 1/1 2/2 6/3 5/4
{between}f 2/1 3/2 7/3 6/4
f 3/1 4/2 8/3 7/4
f 4/1 1/2 5/3 8/4
"""


def zipped(files: dict[str, bytes | str]) -> bytes:
    """An archive of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def jpeg(color: tuple[int, int, int] = (200, 60, 40), side: int = 64) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (side, side), color).save(buffer, "JPEG")
    return buffer.getvalue()


def glb(document: dict[str, Any], binary: bytes = b"") -> bytes:
    """A GLB of any JSON, sound or not."""
    text = json.dumps({"asset": {"version": "2.0"}, **document}).encode()
    text += b" " * (-len(text) % 4)
    chunks = struct.pack("<II", len(text), 0x4E4F534A) + text
    if binary:
        binary += b"\0" * (-len(binary) % 4)
        chunks += struct.pack("<II", len(binary), 0x004E4942) + binary
    return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks


def triangle_glb(**changes: Any) -> bytes:
    """One triangle; `changes` replace parts of its JSON."""
    points = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0]], "<f4").tobytes()
    document = {
        "buffers": [{"byteLength": len(points)}],
        "bufferViews": [{"buffer": 0, "byteLength": len(points)}],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3", "min": [0, 0, 0], "max": [1, 1, 0]}
        ],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
        "nodes": [{"mesh": 0}],
        "scenes": [{"nodes": [0]}],
        "scene": 0,
    }
    return glb({**document, **changes}, points)


def ball(rings: int = 60, radius: float = 1.0) -> tuple[NDArray[np.float32], NDArray[np.uint32]]:
    """A closed sphere of `2 × rings × (rings - 1)` triangles."""
    columns = rings
    angle = np.linspace(0, np.pi, rings + 1)[1:-1]
    turn = np.linspace(0, 2 * np.pi, columns, endpoint=False)
    ring = np.stack(
        [
            np.outer(np.sin(angle), np.cos(turn)),
            np.outer(np.cos(angle), np.ones(columns)),
            np.outer(np.sin(angle), np.sin(turn)),
        ],
        -1,
    ).reshape(-1, 3)
    points = np.concatenate([[[0, 1, 0]], ring, [[0, -1, 0]]]) * radius
    faces = []
    last = len(points) - 1
    for k in range(columns):
        following = (k + 1) % columns
        faces.append((0, 1 + following, 1 + k))
        for row in range(rings - 2):
            a, b = 1 + row * columns + k, 1 + row * columns + following
            faces += [(a, b, a + columns), (b, b + columns, a + columns)]
        faces.append((last, 1 + (rings - 2) * columns + k, 1 + (rings - 2) * columns + following))
    return points.astype(np.float32), np.array(faces, np.uint32)
