"""Making a backup while the museum goes on."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select, union

from museum.assets.models import AssetBlob, Original
from museum.assets.store import BlobMissing, Store
from museum.backup.languages import add_files
from museum.backup.manifest import BackupError, Manifest, Table
from museum.backup.places import Writer, open_writer, room_for
from museum.backup.rows import Snapshot, dump, tables
from museum.database import Database, now

Told = Callable[[int, int], None]
"""Hears how many bytes of how many are done."""


async def make_backup(
    database: Database,
    store: Store,
    path: Path,
    told: Told = lambda done, whole: None,
    *,
    languages: Path | None = None,
) -> Manifest:
    """Write a whole backup to `path`, a folder or a tar archive, with the files of the languages in a folder. Raises BackupError.

    The rows are those of one moment. Files never change and are added before the rows that mention them, so those which the rows mention
    are there when the rows have been read.
    """
    writer = await asyncio.to_thread(open_writer, path)
    try:
        with tempfile.TemporaryDirectory(prefix="museum-backup-") as folder:
            return await _write(database, store, writer, path, Path(folder), told, languages)
    except BaseException:
        await asyncio.to_thread(writer.give_up)
        raise


async def _write(
    database: Database, store: Store, writer: Writer, path: Path, folder: Path, told: Told, languages: Path | None
) -> Manifest:
    moment = now()
    stamp = f"{moment:%Y%m%dT%H%M%S%f}"
    kept: dict[str, Table] = {}
    async with database.snapshot() as connection:
        snapshot = Snapshot(connection)
        revision = await snapshot.revision()
        for table in tables():
            count = await dump(snapshot, table, folder / table.name)
            part = await asyncio.to_thread(writer.add, f"tables-{stamp}/{table.name}.jsonl", folder / table.name)
            kept[table.name] = Table(count, part)
            (folder / table.name).unlink()
        rows = await connection.execute(
            union(select(Original.digest, Original.bytes), select(AssetBlob.digest, AssetBlob.bytes))
        )
        files = sorted((str(digest), int(size)) for digest, size in rows)
    listed = folder / "files"
    listed.write_text("".join(f"{digest}\t{size}\n" for digest, size in files))
    part = await asyncio.to_thread(writer.add, f"files-{stamp}.tsv", listed)
    whole = sum(size for _, size in files)
    await _copy_files(store, writer, path, files, told)
    spoken = await asyncio.to_thread(add_files, writer, languages, stamp)
    manifest = Manifest(moment, revision, kept, part, len(files), whole, spoken)
    names = {
        part.name,
        *(one.name for one in spoken.values()),
        *(table.part.name for table in kept.values()),
        *(file_name(digest) for digest, _ in files),
    }
    await asyncio.to_thread(writer.finish, manifest.encode(), names)
    return manifest


async def _copy_files(store: Store, writer: Writer, path: Path, files: list[tuple[str, int]], told: Told) -> None:
    whole = sum(size for _, size in files)
    wanted = [entry for entry in files if not writer.has(file_name(entry[0]), entry[1])]
    room_for(path, sum(size for _, size in wanted))
    done = whole - sum(size for _, size in wanted)
    for digest, size in wanted:
        try:
            async with store.local(digest) as source:
                part = await asyncio.to_thread(writer.add, file_name(digest), source)
        except BlobMissing:
            raise BackupError(f"the store lacks {digest}; see `museum check --repair`") from None
        if (part.sha256, part.bytes) != (digest, size):
            raise BackupError(f"{digest} is damaged in the store; see `museum check --repair`")
        done += size
        told(done, whole)


def file_name(digest: str) -> str:
    """Where a file of the store lies in a backup."""
    return f"files/{digest[:2]}/{digest[2:4]}/{digest}"
