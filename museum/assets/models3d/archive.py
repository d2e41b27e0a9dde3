"""Archives that nobody vouches for: judged by their directory first, then unpacked with a hand on the tap.

Nothing is written under a name from the archive: files become `000.obj`, `001.jpg` …, and are found by what models call them.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from museum.assets.models3d.caps import Caps
from museum.assets.models3d.refusals import refuse

_CHUNK = 1 << 20
_END = b"PK\x05\x06"
_DIRECTORY_ENTRY = 46
_MODELS = (
    "gltf",
    "glb",
    "bin",
    "obj",
    "mtl",
    "ply",
    "stl",
    "dae",
    "3mf",
    "usd",
    "usda",
    "usdc",
    "usdz",
    "fbx",
    "model",
    "rels",
    "xml",
)
_PICTURES = ("jpg", "jpeg", "png", "webp", "tif", "tiff", "tga", "bmp", "ktx2", "avif")
_USEFUL = frozenset((*_MODELS, *_PICTURES))
_MODES = {0, 0o100000, 0o040000}
"""Plain files and folders; what has no mode comes from a system without them."""


class Files:
    """The files that came together, by the names that models have for them."""

    def __init__(self) -> None:
        self._paths: dict[str, Path] = {}
        self._folded: dict[str, Path] = {}
        self._bare: dict[str, Path] = {}

    def add(self, name: str, path: Path) -> None:
        self._paths[name] = path
        self._folded.setdefault(name.casefold(), path)
        self._bare.setdefault(PurePosixPath(name).name.casefold(), path)

    def names(self) -> list[str]:
        return list(self._paths)

    def __getitem__(self, name: str) -> Path:
        return self._paths[name]

    def find(self, reference: str, beside: str = "") -> tuple[Path | None, bool]:
        """The file that `reference`, as written in the file named `beside`, means; and whether one had to look for it.

        Absolute paths of the scanning company's machine, backslashes, escapes and wrong case are looked past.
        """
        folder = PurePosixPath(beside).parent
        plain = reference.strip().replace("\\", "/")
        for text in (plain, unquote(plain)):
            exact = _inside(folder / text) if not text.startswith("/") else None
            if exact is not None and exact in self._paths:
                return self._paths[exact], False
        for text in (plain, unquote(plain)):
            close = _inside(folder / text)
            if close is not None and close.casefold() in self._folded:
                return self._folded[close.casefold()], True
            bare = PurePosixPath(text).name.casefold()
            if bare in self._bare:
                return self._bare[bare], True
        return None, True


def _inside(path: PurePosixPath) -> str | None:
    """The path without its detours; None where it leaves the archive."""
    kept: list[str] = []
    for piece in path.parts:
        if piece == "..":
            if not kept:
                return None
            kept.pop()
        elif piece not in (".", "/"):
            kept.append(piece)
    return "/".join(kept)


def unpack(archive: Path, folder: Path, caps: Caps) -> Files:
    """Unpack what belongs to a model into `folder`. Raises JobRefused."""
    size = archive.stat().st_size
    _check_directory(archive, caps)
    allowed = min(caps.unpacked, max(caps.unpacked_free, caps.ratio * size))
    files = Files()
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = opened.infolist()
            _check_entries(entries, allowed, caps)
            left = allowed
            for number, entry in enumerate(entry for entry in entries if _is_useful(entry)):
                name = readable_name(entry)
                path = folder / f"{number:03}.{_ending(name)}"
                left -= _write(opened, entry, path, left)
                files.add(name, path)
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, UnicodeDecodeError) as error:
        refuse("archive-damaged", reason=str(error)[:200])
    return files


def _check_directory(archive: Path, caps: Caps) -> None:
    """Judge the directory's size before the directory is read."""
    size = archive.stat().st_size
    with archive.open("rb") as file:
        file.seek(max(0, size - 65_557))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        refuse("archive-damaged", reason="no directory at its end")
    entries, length = struct.unpack_from("<HI", tail, at + 10)
    if length == 0xFFFFFFFF:
        refuse("archive-too-large", most=caps.unpacked)
    if entries > caps.entries or length > caps.entries * (_DIRECTORY_ENTRY + 4 * caps.name):
        refuse("archive-too-many", most=caps.entries)


def _check_entries(entries: list[zipfile.ZipInfo], allowed: int, caps: Caps) -> None:
    for entry in entries:
        name = readable_name(entry)
        if (
            len(name) > caps.name
            or "\x00" in name
            or _inside(PurePosixPath(name)) is None
            or name.startswith("/")
            or name[1:3] == ":/"
        ):
            refuse("archive-names", name=name[:80])
        if entry.external_attr >> 16 & 0o170000 not in _MODES:
            refuse("archive-names", name=name[:80])
        if entry.flag_bits & 1:
            refuse("archive-encrypted")
    if sum(entry.file_size for entry in entries) > allowed:
        refuse("archive-too-large", most=allowed)


def readable_name(entry: zipfile.ZipInfo) -> str:
    """The entry's name; Windows in China writes GBK without saying so, which zipfile takes for the code page of the first PCs."""
    name = entry.filename.replace("\\", "/")
    if entry.flag_bits & 0x800 or name.isascii():
        return name
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower().lstrip(".")


def _is_useful(entry: zipfile.ZipInfo) -> bool:
    name = readable_name(entry)
    hidden = any(piece.startswith(".") or piece == "__MACOSX" for piece in PurePosixPath(name).parts)
    return not entry.is_dir() and not hidden and _ending(name) in _USEFUL


def _write(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, left: int) -> int:
    """Bytes written; the directory may lie about them."""
    written = 0
    with opened.open(entry) as source, path.open("xb") as target:
        while chunk := source.read(_CHUNK):
            written += len(chunk)
            if written > left:
                refuse("archive-too-large", most=left)
            target.write(chunk)
    return written
