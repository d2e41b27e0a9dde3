"""Making a museum of a backup, in a database and a store that hold none yet."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import IO

from museum.assets.store import DIGEST, BlobMissing, Store
from museum.assets.store_local import LocalStore
from museum.backup.backup import Told, file_name
from museum.backup.languages import bring_files
from museum.backup.manifest import NAME, BackupError, Manifest, Part, decode_manifest
from museum.backup.places import Reader, hash_stream, open_reader, room_for
from museum.backup.rows import Filling, Snapshot, is_empty, read_rows, tables
from museum.database import Database

_CHUNK = 1 << 20


async def check_backup(path: Path, told: Told = lambda done, whole: None) -> Manifest:
    """Read a backup from end to end, comparing every checksum. Raises BackupError for the first thing amiss."""
    with contextlib.closing(await asyncio.to_thread(open_reader, path)) as reader:
        manifest = await asyncio.to_thread(_check_parts, reader)
        done = 0
        for digest, size in await asyncio.to_thread(_listed, reader, manifest):
            await asyncio.to_thread(_check, reader, Part(file_name(digest), size, digest))
            done += size
            told(done, manifest.file_bytes)
    return manifest


async def restore(
    database: Database,
    store: Store,
    path: Path,
    told: Told = lambda done, whole: None,
    *,
    languages: Path | None = None,
) -> Manifest:
    """Fill an empty museum from the backup at `path`, and a folder with the languages that were added. Raises BackupError.

    Files come first and rows last, all rows in one transaction: whatever ends this in between leaves an empty museum, in which the same
    command can be given again. Every checksum is compared before what it stands for is used.
    """
    with contextlib.closing(await asyncio.to_thread(open_reader, path)) as reader:
        manifest = await asyncio.to_thread(_check_parts, reader)
        await _check_target(database, manifest)
        if languages:
            await asyncio.to_thread(bring_files, reader, manifest.languages, languages)
        await _bring_files(store, reader, manifest, told)
        async with database.write() as session:
            filling = Filling(session)
            for table in tables():
                kept = manifest.tables[table.name]
                with reader.open(kept.part.name) as lines:
                    count = await filling.fill(table, read_rows(table, lines))
                if count != kept.rows:
                    raise BackupError(f"the table {table.name} has {count} rows instead of {kept.rows}")
            await filling.finish()
    return manifest


async def _check_target(database: Database, manifest: Manifest) -> None:
    async with database.snapshot() as connection:
        revision = await Snapshot(connection).revision()
    if manifest.revision != revision or set(manifest.tables) != {table.name for table in tables()}:
        raise BackupError(
            f"this backup is of another version of the museum (revision {manifest.revision}, here {revision}); "
            "restore it with that version, then start this one on it"
        )
    if not await is_empty(database):
        raise BackupError(
            "there is a museum here already, and nothing is ever written over one; choose an empty folder"
        )


def _check_parts(reader: Reader) -> Manifest:
    with reader.open(NAME) as file:
        manifest = decode_manifest(file.read())
    for part in (manifest.files, *manifest.languages.values(), *(table.part for table in manifest.tables.values())):
        _check(reader, part)
    return manifest


def _check(reader: Reader, wanted: Part) -> None:
    with reader.open(wanted.name) as file:
        _compare(hash_stream(wanted.name, file), wanted)


def _compare(found: Part, wanted: Part) -> None:
    if found != wanted:
        raise BackupError(f"{wanted.name} is damaged in the backup; take an earlier one")


def _listed(reader: Reader, manifest: Manifest) -> list[tuple[str, int]]:
    with reader.open(manifest.files.name) as file:
        pairs = [line.split("\t") for line in file.read().decode().splitlines()]
    files = [(digest, int(size)) for digest, size in pairs]
    if len(files) != manifest.file_count or not all(DIGEST.fullmatch(digest) for digest, _ in files):
        raise BackupError(f"{manifest.files.name} does not list the files of this backup")
    return files


async def _bring_files(store: Store, reader: Reader, manifest: Manifest, told: Told) -> None:
    files = await asyncio.to_thread(_listed, reader, manifest)
    sizes = [size for _, size in files] or [0]
    room_for(store.scratch, sum(sizes) if isinstance(store, LocalStore) else max(sizes))
    done = 0
    for digest, size in files:
        if not await _is_there(store, digest, size):
            wanted = Part(file_name(digest), size, digest)
            copy = store.scratch / f"restore-{digest}"
            try:
                await asyncio.to_thread(_copy, reader, wanted, copy)
                await store.put(copy)
            finally:
                copy.unlink(missing_ok=True)
        done += size
        told(done, manifest.file_bytes)


async def _is_there(store: Store, digest: str, size: int) -> bool:
    try:
        return await store.size(digest) == size
    except BlobMissing:
        return False


def _copy(reader: Reader, wanted: Part, target: Path) -> None:
    with reader.open(wanted.name) as file, target.open("wb") as copy:
        found = hash_stream(wanted.name, _Tee(file, copy))  # pyright: ignore[reportArgumentType]
    _compare(found, wanted)


class _Tee:
    """Writes to `copy` whatever is read."""

    def __init__(self, file: IO[bytes], copy: IO[bytes]) -> None:
        self._file = file
        self._copy = copy

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self._copy.write(chunk)
        return chunk
