"""Backups: what goes in comes out, on either database, and nothing half or damaged passes for whole."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import tarfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from museum.assets.check import check_store
from museum.assets.originals import begin_asset, keep_original
from museum.assets.store import Store
from museum.assets.store_local import LocalStore
from museum.backup import backup as backup_module
from museum.backup.backup import make_backup
from museum.backup.manifest import NAME, BackupError
from museum.backup.places import FolderWriter
from museum.backup.restore import check_backup, restore
from museum.backup.rows import TRANSIENT, tables
from museum.curation.people import add_person
from museum.database import Database
from museum.database.migrate import migrate
from museum.database.tables import metadata
from museum.jobs import queue
from museum.jobs.models import Job
from museum.scenes.models import Scene, Venue
from tests.pages_sample import Sample
from tests.support import unguard_audit


@pytest.fixture
async def store(database: Database, tmp_path: Path) -> Store:
    """The store of a museum with one of everything, somebody who may log in, and a job that is being worked on."""
    store = LocalStore(tmp_path / "store")
    (tmp_path / "sample").mkdir()
    await Sample(database, store, tmp_path / "sample").fill()
    await add_person(database, "ada", "a long enough password", role="administrator")
    (tmp_path / "new.jpg").write_bytes(b"\xff\xd8\xff original")
    original = await keep_original(database, store, tmp_path / "new.jpg", "new.jpg")
    async with database.write() as session:
        await begin_asset(session, "panorama", [(original.id, "whole")])
        assert await queue.claim(session, "somewhere:1:abc", ["ingest.panorama"])
    return store


@pytest.fixture
async def other(tmp_path: Path, request: pytest.FixtureRequest, database_kind: str) -> Any:
    """An empty museum: on SQLite, whatever the first one is kept in."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'other.db'}")
    await migrate(database.engine)
    yield database
    await database.close()


async def rows_of(database: Database) -> dict[str, list[Any]]:
    async with database.read() as session:
        return {
            table.name: [
                tuple(row) for row in await session.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in tables()
        }


def without_jobs(rows: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {name: values for name, values in rows.items() if name != "job"}


@pytest.mark.parametrize("name", ["kept", "kept.tar"])
async def test_what_goes_in_comes_out(
    database: Database, store: Store, other: Database, tmp_path: Path, name: str
) -> None:
    languages, theirs = tmp_path / "languages", tmp_path / "their-languages"
    languages.mkdir()
    (languages / "pl.json").write_text('{"language": "pl", "name": "Polski"}')
    (languages / "法语.json").write_text('{"language": "fr", "name": "Français"}')
    (languages / "no file.json").mkdir()
    made = await make_backup(database, store, tmp_path / name, languages=languages)
    assert made.tables["scene"].rows > 3
    assert await check_backup(tmp_path / name) == made
    their_store = LocalStore(tmp_path / "their-store")
    theirs.mkdir()
    (theirs / "pl.json").write_text("another")
    with pytest.raises(BackupError, match=r"pl\.json is there already"):
        await restore(other, their_store, tmp_path / name, languages=theirs)
    (theirs / "pl.json").unlink()
    assert await restore(other, their_store, tmp_path / name, languages=theirs) == made
    assert {path.name: path.read_text() for path in theirs.iterdir()} == {
        name: (languages / name).read_text() for name in ("pl.json", "法语.json")
    }
    assert without_jobs(await rows_of(other)) == without_jobs(await rows_of(database))
    report = await check_store(other, their_store)
    # pyramids of the sample are not their assets' own, here as there
    assert {finding.code for finding in report.findings} <= {"no-main-file"}
    assert report.files == made.file_count
    async with other.read() as session:
        (job,) = (await session.scalars(select(Job).where(Job.kind == "ingest.panorama"))).all()
        assert (job.state, job.owner, job.lease_until) == ("queued", None, None)
        assert await session.scalar(select(Venue.entrance_id).where(Venue.slug == "tianjin"))
    with pytest.raises(BackupError, match="museum here already"):
        await restore(other, their_store, tmp_path / name)


async def test_a_restored_museum_goes_on(database: Database, store: Store, other: Database, tmp_path: Path) -> None:
    """From SQLite back into either kind: new rows get numbers of their own."""
    await make_backup(database, store, tmp_path / "first")
    await restore(other, LocalStore(tmp_path / "their-store"), tmp_path / "first")
    await make_backup(other, LocalStore(tmp_path / "their-store"), tmp_path / "second.tar")
    before = without_jobs(await rows_of(database))
    async with database.write() as session:
        await unguard_audit(session)
        for table in reversed(metadata.sorted_tables):
            if table.name == "venue":
                await session.execute(table.update().values(entrance_id=None))
        await session.execute(metadata.tables["venue"].update().values(entrance_id=None))
        for table in reversed(metadata.sorted_tables):
            await session.execute(table.delete())
    await restore(database, store, tmp_path / "second.tar")
    assert without_jobs(await rows_of(database)) == before
    async with database.write() as session:
        venue = Venue(slug="one-more", kind="hall", texts=[])
        session.add(venue)
        await session.flush()
        assert venue.id > max(row[0] for row in await session.execute(select(Venue.id).where(Venue.slug != "one-more")))


async def test_what_is_left_out_is_known(database: Database) -> None:
    assert set(metadata.tables) - {table.name for table in tables()} == TRANSIENT


async def test_the_next_backup_into_a_folder_copies_only_what_is_new(
    database: Database, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await make_backup(database, store, tmp_path / "kept")
    added: list[str] = []
    add = FolderWriter.add
    monkeypatch.setattr(FolderWriter, "add", lambda self, name, path: added.append(name) or add(self, name, path))
    (tmp_path / "more.jpg").write_bytes(b"\xff\xd8\xff more")
    await keep_original(database, store, tmp_path / "more.jpg", "more.jpg")
    second = await make_backup(database, store, tmp_path / "kept")
    assert second.file_count == first.file_count + 1
    assert sum(name.startswith("files/") for name in added) == 1
    assert await check_backup(tmp_path / "kept") == second
    assert len(list((tmp_path / "kept").glob("tables-*"))) == 1
    assert not list((tmp_path / "kept").rglob("*.part"))


@pytest.mark.parametrize("name", ["kept", "kept.tar"])
async def test_what_breaks_off_is_no_backup(
    database: Database, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with monkeypatch.context() as patched, pytest.raises(OSError, match="cut"):
        patched.setattr(backup_module.Manifest, "encode", lambda self: fail())
        await make_backup(database, store, tmp_path / name)
    with pytest.raises(BackupError, match="no backup"):
        await check_backup(tmp_path / name)
    made = await make_backup(database, store, tmp_path / name)
    assert await check_backup(tmp_path / name) == made


def fail() -> bytes:
    raise OSError("the power is cut")


async def test_an_earlier_backup_stays_whole_while_the_next_one_breaks_off(
    database: Database, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await make_backup(database, store, tmp_path / "kept")
    with monkeypatch.context() as patched, pytest.raises(OSError, match="cut"):
        patched.setattr(os, "sync", fail)
        await make_backup(database, store, tmp_path / "kept")
    assert await check_backup(tmp_path / "kept") == first


@pytest.mark.parametrize("name", ["kept", "kept.tar"])
async def test_damage_is_found_and_nothing_restored(
    database: Database, store: Store, other: Database, tmp_path: Path, name: str
) -> None:
    await make_backup(database, store, tmp_path / name)
    path = tmp_path / name
    victim = (
        max((p for p in path.rglob("*") if p.is_file() and p.name != NAME), key=lambda p: p.stat().st_size)
        if path.is_dir()
        else path
    )
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    victim.chmod(0o600)
    victim.write_bytes(content)
    with pytest.raises(BackupError):
        await check_backup(path)
    with pytest.raises(BackupError):
        await restore(other, LocalStore(tmp_path / "their-store"), path)
    async with other.read() as session:
        assert not await session.scalar(select(func.count()).select_from(Scene))


async def test_nothing_is_written_over(database: Database, store: Store, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "to-ada.txt").write_text("dear")
    (tmp_path / "old.tar").write_bytes(b"something")
    for name in ("letters", "old.tar"):
        with pytest.raises(BackupError, match="there already"):
            await make_backup(database, store, tmp_path / name)
    assert (tmp_path / "letters" / "to-ada.txt").read_text() == "dear"


async def test_a_file_missing_from_the_store_ends_the_backup(database: Database, store: Store, tmp_path: Path) -> None:
    await store.delete(await anext(store.digests()))
    with pytest.raises(BackupError, match="museum check"):
        await make_backup(database, store, tmp_path / "kept.tar")
    assert not list(tmp_path.glob("kept*"))


async def test_other_versions_are_refused(database: Database, store: Store, other: Database, tmp_path: Path) -> None:
    await make_backup(database, store, tmp_path / "kept")
    manifest = tmp_path / "kept" / NAME
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"revision": "9999"}))
    with pytest.raises(BackupError, match="another version"):
        await restore(other, LocalStore(tmp_path / "their-store"), tmp_path / "kept")


async def test_names_in_an_archive_lead_nowhere(tmp_path: Path, database: Database, store: Store) -> None:
    """A tar that holds a link in the place of the manifest."""
    with tarfile.open(tmp_path / "evil.tar", "w") as tar:
        link = tarfile.TarInfo(NAME)
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    with pytest.raises(BackupError, match="no backup"):
        await check_backup(tmp_path / "evil.tar")
    (tmp_path / "evil.tar").write_bytes(b"\x1f\x8b not a tar")
    with pytest.raises(BackupError):
        await check_backup(tmp_path / "evil.tar")


async def test_a_full_disk_is_noticed_beforehand(
    database: Database, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 0))  # type: ignore[attr-defined]
    with pytest.raises(BackupError, match="free"):
        await make_backup(database, store, tmp_path / "kept")


async def test_what_is_written_meanwhile_is_not_half_in(database: Database, store: Store, tmp_path: Path) -> None:
    """Artifacts come with their texts in one transaction each; a backup has both or neither."""
    stop = asyncio.Event()

    async def write_on() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            async with database.write() as session:
                from museum.database.texts import set_texts

                venue = Venue(slug=f"new-{number}", kind="hall", texts=[])
                set_texts(venue, "title", {"en": f"New {number}"})
                session.add(venue)

    writing = asyncio.create_task(write_on())
    await asyncio.sleep(0.1)
    made = await make_backup(database, store, tmp_path / "kept")
    stop.set()
    await writing
    lines = (tmp_path / "kept" / made.tables["venue_text"].part.name).read_text().splitlines()
    columns = json.loads(lines[0])
    texts = [dict(zip(columns, json.loads(line), strict=True)) for line in lines[1:]]
    titled = {row["record_id"] for row in texts if row["field"] == "title"}
    assert len(titled) == made.tables["venue"].rows
