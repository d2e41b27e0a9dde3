"""Panoramas too large for memory are made in stages, and nothing that is done is done again."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select, update

from museum.assets.info import FACES
from museum.assets.ingest import faces, panorama, workplace
from museum.assets.ingest.handlers import handlers
from museum.assets.models import Asset
from museum.assets.originals import begin_asset, keep_original
from museum.assets.store_local import LocalStore
from museum.database import Database
from museum.jobs import child, queue
from museum.jobs.models import Job
from museum.jobs.task import Task
from museum.jobs.worker import Worker
from tests.unit.assets.pictures import chart, save


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "store")


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the stages as they are begun. They run in this process, for which any panorama is too large for memory."""
    names: list[str] = []

    async def run_here(function: Any, *args: Any, **_: Any) -> Any:
        names.append(function.__name__)
        return await asyncio.to_thread(function, *args)

    monkeypatch.setattr(panorama, "SPHERE_IN_MEMORY", 0)
    monkeypatch.setattr(faces, "IN_MEMORY", 0)
    monkeypatch.setattr(panorama, "prepare_process", lambda threads: None)
    monkeypatch.setattr("museum.jobs.task.run_in_child", run_here)
    return names


async def begin(database: Database, store: LocalStore, folder: Path) -> int:
    original = await keep_original(database, store, save(chart(1024), folder / "chart.png"), "chart.png")
    async with database.write() as session:
        return (await begin_asset(session, "panorama", [(original.id, "whole")])).id


async def attempt(database: Database, store: LocalStore) -> None:
    """One attempt at the next job, by a worker of its own."""
    async with database.write() as session:
        claimed = await queue.claim(session, queue.owner_name(), ["ingest.panorama"])
    assert claimed is not None
    await handlers(store)["ingest.panorama"].run(Task(database, claimed))


async def lose_lease(database: Database) -> None:
    async with database.write() as session:
        await session.execute(update(Job).values(lease_until=queue.now() - queue.LEASE))


async def state_of(database: Database, id: int) -> str:
    async with database.read() as session:
        return (await session.scalars(select(Asset.state).where(Asset.id == id))).one()


async def test_every_stage_is_done_once_however_often_the_process_dies(
    database: Database, store: LocalStore, tmp_path: Path, called: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    id = await begin(database, store, tmp_path)
    notes = workplace.Workplace.note

    async def note_and_die(self: workplace.Workplace, *args: Any) -> None:
        await notes(self, *args)
        raise asyncio.CancelledError

    monkeypatch.setattr(workplace.Workplace, "note", note_and_die)
    for left in ("sphere.raw", "faces.raw"):
        with pytest.raises(asyncio.CancelledError):
            await attempt(database, store)
        assert [path.name for path in store.scratch.glob("job-*/*")] == [left]
        await lose_lease(database)
    await attempt(database, store)
    assert called == ["decode", "project", "encode"]
    assert await state_of(database, id) == "ready"
    assert not list(store.scratch.iterdir())


@pytest.mark.parametrize("spoil", ["file", "boot"])
async def test_what_is_no_longer_certain_is_done_again(
    database: Database,
    store: LocalStore,
    tmp_path: Path,
    called: list[str],
    monkeypatch: pytest.MonkeyPatch,
    spoil: str,
) -> None:
    id = await begin(database, store, tmp_path)
    with monkeypatch.context() as patched, pytest.raises(OSError, match="the power"):
        patched.setitem(panorama.STAGES, "encode", fail)
        await attempt(database, store)
    if spoil == "file":
        next(store.scratch.glob("job-*/faces.raw")).write_bytes(b"torn")
    else:
        monkeypatch.setattr(workplace, "boot_id", lambda: "another")
    await lose_lease(database)
    await attempt(database, store)
    assert called == ["decode", "project", "fail", "decode", "project", "encode"]
    assert await state_of(database, id) == "ready"


def fail(_made: dict[str, Any], _work: str) -> dict[str, Any]:
    raise OSError("the power has gone")


def test_stages_make_what_one_go_makes(tmp_path: Path, called: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    original = [(str(save(chart(1024), tmp_path / "chart.png")), "whole")]
    (tmp_path / "staged").mkdir()
    staged = panorama.make_panorama(original, {}, str(tmp_path / "staged"))
    monkeypatch.undo()
    monkeypatch.setattr(panorama, "prepare_process", lambda threads: None)
    (tmp_path / "whole").mkdir()
    assert panorama.make_panorama(original, {}, str(tmp_path / "whole")) == staged
    for name in ("pyramid.tif", "strip.jpg", "preview.jpg"):
        assert (tmp_path / "staged" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes(), name


def test_a_full_disk_is_noticed_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"No space|File too large"):
        faces.mapped(tmp_path / "faces.raw", (1 << 30, 1 << 20, 3))


async def test_a_cancelled_panorama_says_so_soon_and_leaves_no_files(
    database: Database, store: LocalStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real child, that would report for ever."""
    monkeypatch.setattr(panorama, "decode", report_for_ever)
    monkeypatch.setattr("museum.jobs.worker.HEARTBEAT_SECONDS", 3600.0)
    id = await begin(database, store, tmp_path)
    stop = asyncio.Event()
    worker = asyncio.create_task(Worker(database, handlers(store), 1).run(stop))
    seen: set[str] = set()
    async with asyncio.timeout(60):
        while (job := await job_of(database)).state in ("queued", "running"):
            seen.add(job.step)
            if job.step == "faces":
                async with database.write() as session:
                    await queue.request_cancel(session, job.id)
            await asyncio.sleep(0.05)
    stop.set()
    await worker
    assert job.state == "cancelled"
    assert job.progress == 0.5
    assert "faces" in seen
    assert await state_of(database, id) == "failed"
    assert not list(store.scratch.iterdir())


def report_for_ever(_originals: Any, _options: Any, _work: str) -> dict[str, Any]:
    while True:
        child.report(0.5, "faces")


async def job_of(database: Database) -> Job:
    async with database.read() as session:
        return (await session.scalars(select(Job))).one()


def test_faces_in_a_file_are_those_in_memory(tmp_path: Path) -> None:
    sphere = faces.Sphere(64, 32)
    sphere.pixels[...] = chart(64)
    sphere.close()
    columns = [
        np.zeros((len(FACES) * 64, 64, 3), np.uint8),
        faces.mapped(tmp_path / "faces.raw", (len(FACES) * 64, 64, 3)),
    ]
    for column in columns:
        faces.project_sphere(sphere, 64, column)
    assert np.array_equal(*columns)
