"""What an upload is, by its content, and the file in it that is the model."""

from __future__ import annotations

import re
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from museum.assets.models3d.archive import Files, unpack
from museum.assets.models3d.caps import Caps
from museum.assets.models3d.refusals import refuse

GLTF, GLB, OBJ, PLY, STL, DAE, THREE_MF, USD = "gltf", "glb", "obj", "ply", "stl", "dae", "3mf", "usd"
_PREFERENCE = (GLB, GLTF, USD, OBJ, DAE, PLY, THREE_MF, STL)
"""Of two files of the same name in an archive the one that says most about the object comes first."""
_ENDINGS = {
    "glb": GLB, "gltf": GLTF, "obj": OBJ, "ply": PLY, "stl": STL, "dae": DAE, "3mf": THREE_MF,
    "usd": USD, "usda": USD, "usdc": USD, "usdz": USD, "fbx": "fbx",
}  # fmt: skip
_OTHER_ARCHIVES = (
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
)
_OBJ_LINE = re.compile(rb"(?m)^\s*(v|f|vn|vt|o|g|usemtl|mtllib)[ \t]+\S")


@dataclass(frozen=True)
class Delivery:
    """The model's file, its format, the name that it has among the files that came with it."""

    path: Path
    format: str
    name: str
    files: Files


def format_of(path: Path) -> str:
    """One of the formats above, `zip`, or what else it was found to be. Empty files are refused."""
    size = path.stat().st_size
    if size == 0:
        refuse("empty-file")
    with path.open("rb") as file:
        head = file.read(65_536)
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, found in (
        (b"glTF", GLB), (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"PXR-USDC", USD), (b"#usda", USD),
        (b"ply\n", PLY), (b"ply\r", PLY), (b"Kaydara FBX", "fbx"), (b"; FBX", "fbx"), (b"BLENDER", "blend"),
    ):  # fmt: skip
        if text.startswith(magic):
            return found
    for magic, found in _OTHER_ARCHIVES:
        if head.startswith(magic):
            refuse("archive-kind", found=found)
    if text.startswith(b"{"):
        return GLTF
    if text.startswith(b"<") and b"COLLADA" in head:
        return DAE
    if len(head) >= 84 and size == 84 + 50 * struct.unpack_from("<I", head, 80)[0]:
        return STL
    if text.startswith(b"solid") and (b"facet" in head or b"endsolid" in head):
        return STL
    if _OBJ_LINE.search(head):
        return OBJ
    # a binary STL whose count of triangles does not fit its length
    if len(head) >= 134 and (size - 84) % 50 == 0 and b"\x00" in head[80:134]:
        return STL
    return "unknown"


def open_delivery(original: Path, folder: Path, caps: Caps) -> Delivery:
    """What was uploaded, unpacked into `folder` where it came packed. Raises JobRefused."""
    found = format_of(original)
    if found == "zip":
        return _from_archive(original, folder, caps)
    name = f"model.{found}"
    files = Files()
    files.add(name, original)
    return _accepted(Delivery(original, found, name, files))


def _accepted(delivery: Delivery) -> Delivery:
    if delivery.format == "fbx":
        refuse("model-format-fbx")
    if delivery.format not in _PREFERENCE:
        refuse("model-format-unknown", found=delivery.format)
    return delivery


def _from_archive(original: Path, folder: Path, caps: Caps) -> Delivery:
    try:
        with zipfile.ZipFile(original) as opened:
            names = opened.namelist()[: caps.entries]
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError) as error:
        refuse("archive-damaged", reason=str(error)[:200])
    if any(name.lower().endswith("3d/3dmodel.model") for name in names):
        return _packed(original, folder, caps, THREE_MF, ".model")
    if names and names[0].lower().endswith((".usdc", ".usda", ".usd")):
        return _packed(original, folder, caps, USD, PurePosixPath(names[0]).suffix)
    files = unpack(original, folder, caps)
    return _accepted(_choose(files))


def _packed(original: Path, folder: Path, caps: Caps, found: str, ending: str) -> Delivery:
    """A format that is an archive itself: unpacked like any other, and so held to the same caps, before a library opens it."""
    files = unpack(original, folder, caps)
    name = next((name for name in files.names() if name.lower().endswith(ending.lower())), "")
    if not name:
        refuse("archive-no-model")
    return Delivery(files[name] if found == USD else original, found, name, files)


def _choose(files: Files) -> Delivery:
    """The one model in an archive. The same thing in several formats counts once; several things are for the curator to part."""
    models = [
        (name, _ENDINGS[name.rpartition(".")[2].lower()])
        for name in files.names()
        if name.rpartition(".")[2].lower() in _ENDINGS
    ]
    if not models:
        refuse("archive-no-model")
    known = [(name, kind) for name, kind in models if kind in _PREFERENCE]
    if not known:
        refuse("model-format-fbx")
    stems = {PurePosixPath(name).stem.casefold() for name, _ in known}
    if len(stems) > 1:
        refuse("archive-several-models", names=sorted(name for name, _ in known)[:8])
    name, _ = min(known, key=lambda entry: (_PREFERENCE.index(entry[1]), entry[0]))
    found = format_of(files[name])
    if found == "zip":
        refuse("archive-no-model", reason="an archive within the archive")
    return Delivery(files[name], found, name, files)
