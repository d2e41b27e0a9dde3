"""A tour as an open folder: `museum-tour.json`, a file of JSON lines for each kind of record, and the pictures under their digests.

    museum-tour.json       {"format": "museum-tour", "version": 1, "origin": …, "parts": [{"kind", "name", "rows", "bytes", "sha256"}]}
    records/scene.jsonl    a record a line: {"slug": …, "state": …, "north": …, "texts": {field: {language: [words, state]}}, …}
    records/asset.jsonl    {"key", "kind", "options", "originals": [file…], "ready": {"digest", "info", "files": [file…]} | null}
    files/ab/abcd….jpg     named by SHA-256; a file is {"role", "path", "digest", "bytes", "media_type", "filename"}

Records name one another by slug and assets by key; angles are degrees, years astronomical, lengths metres, as everywhere in the museum.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from museum.assets.store import BlobMissing, Store, digest_file
from museum.curation.snapshots import SHAPES
from museum.scenes.moving.paths import SLUG, BadTour, file_in, read_document, read_json
from museum.scenes.moving.tour import Ready, Tour, TourAsset, TourFile, add_record, all_files

NAME = "museum-tour.json"
FORMAT = "museum-tour"
VERSION = 1
LARGEST_PART = 2 << 30
LONGEST_LINE = 16 << 20
FILES = ("all", "originals", "ready")
_ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/tiff": ".tif",
    "image/avif": ".avif",
    "image/heic": ".heic",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "video/mp4": ".mp4",
    "model/gltf-binary": ".glb",
    "model/vnd.usdz+zip": ".usdz",
}
_BEGUN = {"records", "files"}

Told = Callable[[int, int], None]
"""Hears how many bytes of how many are done."""


class Part(msgspec.Struct, frozen=True):
    """A file of records."""

    kind: str
    name: str
    rows: int
    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """`museum-tour.json`."""

    origin: str
    parts: list[Part]
    format: str = FORMAT
    version: int = VERSION


class FileRow(msgspec.Struct, frozen=True):
    """A file as the assets' lines name it."""

    role: str
    path: str
    digest: str
    bytes: int
    media_type: str
    filename: str = ""


class ReadyRow(msgspec.Struct, frozen=True):
    digest: str
    info: dict[str, Any]
    files: list[FileRow]


class AssetRow(msgspec.Struct, frozen=True):
    key: str
    kind: str
    options: dict[str, Any]
    originals: list[FileRow]
    ready: ReadyRow | None = None


def path_of(file: TourFile) -> str:
    """Where a file of the store lies in the folder."""
    return f"files/{file.digest[:2]}/{file.digest}{_ENDINGS.get(file.media_type, '.bin')}"


def chosen_files(asset: TourAsset, files: str) -> TourAsset:
    """The asset with its originals alone, with what was made of them alone, or with both. What has only the one keeps it."""
    if files == "originals" and asset.originals:
        return replace(asset, ready=None)
    if files == "ready" and asset.ready:
        return replace(asset, originals=[])
    return asset


async def write_folder(
    tour: Tour, store: Store, folder: Path, told: Told = lambda done, whole: None, *, files: str = "all"
) -> Manifest:
    """Write a tour to `folder`, which is empty or holds an earlier export, whose files serve again. Raises BadTour, and OSError."""
    await asyncio.to_thread(_prepare, folder)
    assets = {key: chosen_files(asset, files) for key, asset in tour.assets.items()}
    wanted = {path_of(file): file for asset in assets.values() for file in all_files(asset)}
    whole, done = sum(file.bytes for file in wanted.values()), 0
    told(0, whole)
    for name, file in sorted(wanted.items()):
        await _copy(store, file, folder / name)
        done += file.bytes
        told(done, whole)
    return await asyncio.to_thread(_finish, tour, assets, folder, set(wanted))


def _prepare(folder: Path) -> None:
    if folder.exists():
        if not folder.is_dir():
            raise BadTour("folder-taken", folder=str(folder))
        there = {entry.name for entry in folder.iterdir()}
        if NAME not in there and not there <= _BEGUN:
            raise BadTour("folder-taken", folder=str(folder))
    (folder / "records").mkdir(parents=True, exist_ok=True)
    (folder / "files").mkdir(exist_ok=True)


async def _copy(store: Store, file: TourFile, target: Path) -> None:
    # What an interrupted export left is looked at, not believed.
    if await asyncio.to_thread(_holds, target, file.digest):
        return
    beside = target.with_name(f"{target.name}.part")
    try:
        async with store.local(file.digest) as source:
            await asyncio.to_thread(shutil.copyfile, source, beside)
    except BlobMissing:
        raise BadTour("store-lacks", digest=file.digest) from None
    if (await asyncio.to_thread(digest_file, beside)).digest != file.digest:
        raise BadTour("store-lacks", digest=file.digest)
    beside.rename(target)


def _holds(target: Path, digest: str) -> bool:
    target.parent.mkdir(exist_ok=True)
    return target.is_file() and digest_file(target).digest == digest


def _finish(tour: Tour, assets: dict[str, TourAsset], folder: Path, wanted: set[str]) -> Manifest:
    lines: dict[str, list[Any]] = {
        kind: [{"slug": slug} | snapshot for slug, snapshot in sorted(records.items())]
        for kind, records in tour.records.items()
        if records
    }
    lines["asset"] = [_asset_row(key, asset) for key, asset in sorted(assets.items())]
    parts = [_write_part(folder, kind, rows) for kind, rows in lines.items()]
    manifest = Manifest(tour.origin, parts)
    keep = {NAME, *wanted, *(part.name for part in parts)}
    beside = folder / f"{NAME}.part"
    beside.write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
    os.sync()
    beside.rename(folder / NAME)
    for place in ("records", "files"):
        for path in list((folder / place).rglob("*")):
            if path.is_file() and path.relative_to(folder).as_posix() not in keep:
                path.unlink()
    for path in list((folder / "files").iterdir()):
        with contextlib.suppress(OSError):
            path.rmdir()
    return manifest


def _write_part(folder: Path, kind: str, rows: list[Any]) -> Part:
    content = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
    name = f"records/{kind}.jsonl"
    beside = folder / f"{name}.part"
    beside.write_bytes(content)
    beside.rename(folder / name)
    return Part(kind, name, len(rows), len(content), hashlib.sha256(content).hexdigest())


def _asset_row(key: str, asset: TourAsset) -> AssetRow:
    def row(file: TourFile) -> FileRow:
        return FileRow(file.role, path_of(file), file.digest, file.bytes, file.media_type, file.filename)

    ready = asset.ready and ReadyRow(asset.ready.digest, asset.ready.info, [row(file) for file in asset.ready.files])
    return AssetRow(key, asset.kind, asset.options, [row(file) for file in asset.originals], ready)


def read_folder(folder: Path) -> Tour:
    """The tour in a folder; that its files are what they claim to be shows when they are taken over. Raises BadTour."""
    try:
        manifest = msgspec.convert(read_json(read_document(file_in(folder, NAME)), NAME), Manifest)
    except msgspec.ValidationError as error:
        raise BadTour("document-broken", name=NAME, reason=str(error)) from None
    if manifest.format != FORMAT or manifest.version != VERSION:
        raise BadTour("version", name=NAME, version=manifest.version)
    tour = Tour(manifest.origin, "museum")
    for part in manifest.parts:
        if part.kind in SHAPES:
            for row in _lines(folder, part, dict[str, Any]):
                slug = row.pop("slug", None)
                if not isinstance(slug, str) or len(slug) > 120 or not SLUG.fullmatch(slug):
                    raise BadTour("document-broken", name=part.name, reason=f"slug {str(slug)[:80]!r}")
                try:
                    add_record(tour, part.kind, slug, row)
                except (AttributeError, TypeError) as error:
                    raise BadTour("document-broken", name=part.name, reason=f"{slug}: {error}") from None
        elif part.kind == "asset":
            tour.assets |= {row.key: _asset(folder, row) for row in _lines(folder, part, AssetRow)}
        else:
            raise BadTour("version", name=part.name, version=manifest.version)
    return tour


def _lines(folder: Path, part: Part, kind: Any) -> Iterator[Any]:
    path = file_in(folder, part.name, LARGEST_PART)
    if digest_file(path).digest != part.sha256:
        raise BadTour("file-differs", name=part.name)
    with path.open("rb") as file:
        while line := file.readline(LONGEST_LINE + 1):
            try:
                if len(line) > LONGEST_LINE:
                    raise BadTour("file-large", name=part.name, most=LONGEST_LINE >> 20)
                yield msgspec.json.decode(line, type=kind)
            except (msgspec.DecodeError, msgspec.ValidationError, RecursionError) as error:
                raise BadTour("document-broken", name=part.name, reason=str(error)[:200]) from None


def _asset(folder: Path, row: AssetRow) -> TourAsset:
    def file(one: FileRow) -> TourFile:
        path = file_in(folder, one.path)
        if path.stat().st_size != one.bytes:
            raise BadTour("file-differs", name=one.path)
        return TourFile(path, one.role, one.media_type, one.filename, one.digest, one.bytes)

    ready = row.ready and Ready(row.ready.digest, row.ready.info, [file(one) for one in row.ready.files])
    return TourAsset(row.kind, row.options, [file(one) for one in row.originals], ready)
