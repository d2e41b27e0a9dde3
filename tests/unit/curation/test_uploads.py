"""Resumable uploads: what is acknowledged is on disk, one writer at a time, and nothing is lost by dying."""

from __future__ import annotations

import hashlib
import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from museum.assets.originals import keep_original
from museum.assets.store import open_store
from museum.curation import people, uploads
from museum.curation.errors import NotFound, Refused
from museum.curation.models import Person, Upload
from museum.curation.uploads import Uploads
from museum.database import Database
from museum.database.base import now

BODY = os.urandom(3_000_000)


async def pieces(body: bytes, size: int = 70_001) -> AsyncIterator[bytes]:
    for start in range(0, len(body), size):
        yield body[start : start + size]


async def broken(body: bytes) -> AsyncIterator[bytes]:
    async for piece in pieces(body):
        yield piece
    raise ConnectionResetError


@pytest.fixture
async def person(database: Database) -> Person:
    return await people.add_person(database, "mei", "lantern under snow", role="curator")


@pytest.fixture
async def under_way(database: Database, tmp_path: Path) -> AsyncIterator[Uploads]:
    store = open_store(str(tmp_path / "store"))

    async def keep(path: Path, filename: str) -> object:
        return await keep_original(database, store, path, filename)

    yield Uploads(database, tmp_path / "uploads", keep, max_bytes=10_000_000, min_free_bytes=0)  # type: ignore[arg-type]
    await store.close()


async def test_parts_become_the_original(
    under_way: Uploads, person: Person, database: Database, tmp_path: Path
) -> None:
    upload = await under_way.create(person, len(BODY), "C:\\pictures\\hall\n.jpg", "image/jpeg")
    assert upload.filename == "hall.jpg"
    first = await under_way.append(upload.id, person, 0, pieces(BODY[:1_234_567]))
    assert first.received == 1_234_567
    done = await under_way.append(upload.id, person, 1_234_567, pieces(BODY[1_234_567:]))
    assert done.state == "complete"
    digest = hashlib.sha256(BODY).hexdigest()
    kept = tmp_path / "store" / digest[:2] / digest[2:4] / digest
    assert kept.read_bytes() == BODY
    assert not list((tmp_path / "uploads").iterdir())
    assert await under_way.finish(upload.id, person) == done.original_id


async def test_broken_connection_keeps_what_came(under_way: Uploads, person: Person) -> None:
    upload = await under_way.create(person, len(BODY), "hall.jpg")
    with pytest.raises(ConnectionResetError):
        await under_way.append(upload.id, person, 0, broken(BODY[:2_000_000]))
    found = await under_way.find(upload.id, person)
    assert found.received == 2_000_000
    with pytest.raises(uploads.WrongOffset):
        await under_way.append(upload.id, person, 0, pieces(BODY))
    assert (await under_way.append(upload.id, person, 2_000_000, pieces(BODY[2_000_000:]))).state == "complete"


async def test_disk_is_believed_before_the_row(under_way: Uploads, person: Person) -> None:
    upload = await under_way.create(person, len(BODY), "hall.jpg")
    await under_way.append(upload.id, person, 0, pieces(BODY[:1_000_000]))
    path = under_way.path(upload.id)
    with path.open("ab") as file:
        file.write(b"written, never acknowledged")
    assert (await under_way.find(upload.id, person)).received == 1_000_000
    os.truncate(path, 400_000)
    assert (await under_way.find(upload.id, person)).received == 400_000
    done = await under_way.append(upload.id, person, 400_000, pieces(BODY[400_000:]))
    assert done.state == "complete"


async def test_dying_before_keeping_costs_no_upload(
    under_way: Uploads, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = await under_way.create(person, len(BODY), "hall.jpg")
    keep = under_way.keep

    async def die(path: Path, filename: str) -> object:
        await keep(path, filename)
        raise KeyboardInterrupt

    monkeypatch.setattr(under_way, "keep", die)
    with pytest.raises(KeyboardInterrupt):
        await under_way.append(upload.id, person, 0, pieces(BODY))
    monkeypatch.undo()
    found = await under_way.find(upload.id, person)
    assert (found.state, found.received) == ("receiving", len(BODY))
    assert await under_way.finish(upload.id, person)


async def test_one_writer_at_a_time(under_way: Uploads, person: Person, database: Database) -> None:
    upload = await under_way.create(person, len(BODY), "hall.jpg")
    async with database.write() as session:
        await session.execute(update(Upload).values(owner="other", lease_until=now() + timedelta(seconds=5)))
    with pytest.raises(uploads.Locked):
        await under_way.append(upload.id, person, 0, pieces(BODY))
    async with database.write() as session:
        await session.execute(update(Upload).values(lease_until=now() - timedelta(seconds=1)))
    assert (await under_way.append(upload.id, person, 0, pieces(BODY))).state == "complete"


async def test_damaged_part_counts_for_nothing(under_way: Uploads, person: Person) -> None:
    upload = await under_way.create(person, len(BODY), "hall.jpg")
    with pytest.raises(uploads.WrongChecksum):
        await under_way.append(upload.id, person, 0, pieces(BODY[:50]), ("sha1", b"x" * 20))
    assert (await under_way.find(upload.id, person)).received == 0
    right = hashlib.sha1(BODY, usedforsecurity=False).digest()
    assert (await under_way.append(upload.id, person, 0, pieces(BODY), ("sha1", right))).state == "complete"


async def test_limits(under_way: Uploads, person: Person, database: Database) -> None:
    with pytest.raises(uploads.TooLarge):
        await under_way.create(person, 10_000_001, "hall.jpg")
    upload = await under_way.create(person, 1000, "hall.jpg")
    with pytest.raises(uploads.TooLarge):
        await under_way.append(upload.id, person, 0, pieces(BODY))
    under_way.min_free_bytes = 1 << 60
    with pytest.raises(uploads.DiskFull):
        await under_way.create(person, 1000, "hall.jpg")
    under_way.min_free_bytes = 0
    other = await people.add_person(database, "tao", "lantern under snow", role="curator")
    with pytest.raises(NotFound):
        await under_way.find(upload.id, other)
    with pytest.raises(Refused, match="upload-incomplete"):
        await under_way.finish(upload.id, person)


async def test_expired_uploads_go(under_way: Uploads, person: Person, database: Database) -> None:
    upload = await under_way.create(person, 1000, "hall.jpg")
    async with database.write() as session:
        await session.execute(update(Upload).values(expires_at=now() - timedelta(seconds=1)))
    with pytest.raises(NotFound):
        await under_way.find(upload.id, person)
    assert await under_way.sweep() == 1
    assert not under_way.path(upload.id).exists()


def test_metadata() -> None:
    assert uploads.parse_metadata("filename aGFsbC5qcGc=, empty ") == {"filename": "hall.jpg", "empty": ""}
    with pytest.raises(Refused):
        uploads.parse_metadata("filename !!!")
