"""`museum check`: finds what is amiss in the store, mends what can be mended, and loses nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.orm import selectinload

from museum.assets import check
from museum.assets.check import check_store, print_report
from museum.assets.models import Asset, Original
from museum.assets.originals import begin_asset, keep_original
from museum.assets.store_local import LocalStore
from museum.database import Database
from tests.unit.assets.pictures import busy, save
from tests.unit.assets.work import work_off


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "store")


async def ready_image(database: Database, store: LocalStore, tmp_path: Path, seed: int = 5) -> tuple[Asset, Original]:
    """A ready image with all its files."""
    path = save(busy(700, 500, seed), tmp_path / f"picture-{seed}.jpg")
    original = await keep_original(database, store, Path(shutil.move(path, store.scratch / path.name)), path.name)
    async with database.write() as session:
        id = (await begin_asset(session, "image", [(original.id, "whole")])).id
    await work_off(database, store)
    return await asset_of(database, id), original


async def asset_of(database: Database, id: int) -> Asset:
    async with database.read() as session:
        asset = await session.get(Asset, id, options=[selectinload(Asset.blobs)])
    assert asset is not None
    assert asset.state == "ready", asset.error
    return asset


def overwrite(store: LocalStore, digest: str, content: bytes) -> None:
    path = store.path_of(digest)
    path.chmod(0o644)
    path.write_bytes(content)


async def codes(database: Database, store: LocalStore, repair: bool = False, grace: float = 0) -> list[str]:
    return sorted(f.code for f in (await check_store(database, store, repair=repair, grace=grace)).findings)


async def test_a_sound_store_is_found_sound(
    database: Database,
    store: LocalStore,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(check, "BATCH", 2)
    assets = [(await ready_image(database, store, tmp_path, seed))[0] for seed in (1, 2)]
    report = await check_store(database, store, repair=True, grace=0)
    assert report.findings == []
    assert report.files == 6
    total = sum(path.stat().st_size for path in store.root.rglob("*") if path.is_file())
    assert report.bytes == total
    assert print_report(report) == 0
    assert "all sound" in capsys.readouterr().out
    for asset in assets:
        assert (await asset_of(database, asset.id)).ready_at == asset.ready_at


async def test_damaged_derivatives_are_made_again(database: Database, store: LocalStore, tmp_path: Path) -> None:
    asset, _ = await ready_image(database, store, tmp_path)
    files = {blob.role: blob.digest for blob in asset.blobs}
    sound = {role: await store.read(digest) for role, digest in files.items()}
    overwrite(store, files["pyramid"], sound["pyramid"][:-100])
    overwrite(store, files["preview"], bytes([sound["preview"][0] ^ 1]) + sound["preview"][1:])
    assert await codes(database, store) == ["damaged", "wrong-size"]
    assert (await asset_of(database, asset.id)).digest == asset.digest
    report = await check_store(database, store, repair=True)
    assert report.sound
    assert print_report(report) == 0
    await work_off(database, store)
    assert await codes(database, store) == []
    assert {blob.role: blob.digest for blob in (await asset_of(database, asset.id)).blobs} == files
    assert {role: await store.read(digest) for role, digest in files.items()} == sound
    await store.delete(files["pyramid"])
    assert await codes(database, store, repair=True) == ["missing"]
    await work_off(database, store)
    assert await codes(database, store) == []


async def test_a_lost_original_is_told_and_costs_nothing_else(
    database: Database, store: LocalStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asset, original = await ready_image(database, store, tmp_path)
    content = await store.read(original.digest)
    overwrite(store, original.digest, content[: len(content) // 2])
    for blob in asset.blobs:
        if blob.role == "preview":
            await store.delete(blob.digest)
    before = {digest async for digest in store.digests()}
    report = await check_store(database, store, repair=True, grace=0)
    assert sorted(finding.code for finding in report.findings) == ["missing", "wrong-size"]
    assert not report.sound
    assert print_report(report) == 1
    assert original.filename in capsys.readouterr().out
    assert {digest async for digest in store.digests()} == before
    assert (await asset_of(database, asset.id)).digest == asset.digest
    again = store.scratch / "again.jpg"
    again.write_bytes(content)
    await keep_original(database, store, again, "again.jpg")
    assert (await check_store(database, store, repair=True)).sound
    await work_off(database, store)
    assert await codes(database, store) == []


async def test_what_no_record_mentions_goes_after_an_hour(
    database: Database, store: LocalStore, tmp_path: Path
) -> None:
    await ready_image(database, store, tmp_path)
    kept = {digest async for digest in store.digests()}
    path = store.scratch / "left.jpg"
    path.write_bytes(b"left behind")
    left = await store.put(path)
    folder = store.scratch / "job-987654-1"
    folder.mkdir()
    (folder / "half.tif").write_bytes(b"half")
    assert await codes(database, store, repair=True, grace=3600) == ["abandoned"]
    assert not folder.exists()
    assert await codes(database, store) == ["orphan"]
    assert await store.size(left.digest) == 11
    assert await codes(database, store, repair=True) == ["orphan"]
    assert {digest async for digest in store.digests()} == kept


async def test_what_a_running_job_has_noted_is_kept(database: Database, store: LocalStore, tmp_path: Path) -> None:
    from museum.jobs import queue
    from museum.jobs.models import Job

    path = store.scratch / "made.tif"
    path.write_bytes(b"made, and its record not yet written")
    blob = await store.put(path)
    async with database.write() as session:
        id = await queue.enqueue(session, "ingest.image", {"asset": 1})
        noted = {"derive": {"info": {}, "blobs": [{"role": "pyramid", "digest": blob.digest}]}}
        await session.execute(update(Job).where(Job.id == id).values(checkpoints=noted))
    assert await codes(database, store, repair=True) == []
    assert await store.size(blob.digest) == blob.bytes


async def test_a_ready_asset_without_its_main_file_is_made_again(
    database: Database, store: LocalStore, tmp_path: Path
) -> None:
    asset, _ = await ready_image(database, store, tmp_path)
    async with database.write() as session:
        await session.execute(update(Asset).where(Asset.id == asset.id).values(digest="0" * 64))
    assert await codes(database, store) == ["no-main-file"]
    assert (await check_store(database, store, repair=True)).sound
    await work_off(database, store)
    assert (await asset_of(database, asset.id)).digest == asset.digest
    assert await codes(database, store) == []
