"""The power fails again and again while pictures are being ingested: nothing is lost, nothing half published."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import simplejpeg
from sqlalchemy import func, select

from museum.assets.models import Asset, AssetBlob, Original
from museum.assets.originals import begin_asset, keep_original
from museum.assets.store import Store, open_store
from museum.database import Database
from museum.jobs.models import Job
from museum.settings import Settings
from tests.unit.assets.solids import ball

KILLS = {"sqlite": 30, "postgresql": 12}
AT_WORK = 4
"""Assets in the making whenever the worker starts."""


def picture(path: Path, number: int, width: int, height: int) -> Path:
    """A JPEG like no other."""
    noise = np.random.default_rng(number).integers(0, 255, (height // 16, width // 16, 3), np.uint8)
    pixels = np.ascontiguousarray(np.kron(noise, np.ones((16, 16, 1), np.uint8)))
    path.write_bytes(simplejpeg.encode_jpeg(pixels, quality=90))
    return path


async def top_up(database: Database, store: Store, folder: Path, number: int) -> int:
    """Have AT_WORK assets pending; the number of the next picture."""
    async with database.read() as session:
        pending = await session.scalar(select(func.count()).select_from(Asset).where(Asset.state == "pending"))
    for _ in range(AT_WORK - (pending or 0)):
        kind, size = ("panorama", (1024, 512)) if number % 2 else ("image", (960, 640))
        path = picture(folder / f"{number}.jpg", number, *size)
        original = await keep_original(database, store, path, path.name)
        async with database.write() as session:
            await begin_asset(session, kind, [(original.id, "whole")])
        number += 1
    return number


def start_worker(settings: Settings) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "museum",
            "worker",
            "--data",
            str(settings.data),
            "--log-level",
            "error",
            "--database-url",
            settings.resolved_database_url,
        ],
        start_new_session=True,
        cwd=Path(__file__).parents[2],
    )


def kill(worker: subprocess.Popen[bytes]) -> None:
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


async def at_work(database: Database, process_id: int) -> None:
    """Wait until the worker holds a job."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        async with database.read() as session:
            owners = await session.scalars(select(Job.owner).where(Job.state == "running"))
        if any(owner and owner.split(":")[1] == str(process_id) for owner in owners):
            return
        time.sleep(0.01)
    raise AssertionError("the worker took no job for a minute")


async def seconds_undisturbed(settings: Settings, database: Database) -> float:
    """How long a worker takes on this machine, as busy as it is, from its first job to the end of its last."""
    worker = start_worker(settings)
    await at_work(database, worker.pid)
    began = time.monotonic()
    await all_done(database)
    worker.terminate()
    assert worker.wait(90) == 0
    return time.monotonic() - began


async def all_done(database: Database) -> None:
    """Wait until no job is left."""
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        async with database.read() as session:
            left = await session.scalar(
                select(func.count()).select_from(Job).where(Job.state.in_(("queued", "running")))
            )
        if not left:
            return
        time.sleep(0.05)
    raise AssertionError("jobs are left after four minutes")


async def nothing_is_half_published(database: Database, store: Store) -> int:
    """Every ready asset has all its files, whole; how many there are."""
    async with database.read() as session:
        ready = (await session.scalars(select(Asset).where(Asset.state == "ready"))).all()
        blobs = (await session.scalars(select(AssetBlob))).all()
        failed = (await session.scalars(select(Asset.error).where(Asset.state == "failed"))).all()
    assert failed == []
    for asset in ready:
        roles = {blob.role for blob in blobs if blob.asset_id == asset.id}
        assert roles >= ({"pyramid", "strip", "preview"} if asset.kind == "panorama" else {"pyramid", "preview"})
    assert {blob.asset_id for blob in blobs} == {asset.id for asset in ready}
    for blob in blobs:
        assert await store.size(blob.digest) == blob.bytes
    return len(ready)


@pytest.mark.timeout(2400)
async def test_power_cuts_lose_nothing(
    settings: Settings, database: Database, database_kind: str, tmp_path: Path
) -> None:
    kills = KILLS[database_kind]
    store = open_store(settings.resolved_store_url)
    settings.work.mkdir(parents=True, exist_ok=True)
    (tmp_path / "in").mkdir()
    chance = random.Random(7)
    number = await top_up(database, store, tmp_path / "in", 1)
    longest = await seconds_undisturbed(settings, database)
    finished = AT_WORK
    for _ in range(kills):
        number = await top_up(database, store, tmp_path / "in", number)
        worker = start_worker(settings)
        await at_work(database, worker.pid)
        time.sleep(chance.uniform(0, longest))
        kill(worker)
        before, finished = finished, await nothing_is_half_published(database, store)
        # the machine may be slower now than when it was measured: a later kill lets more come to its end
        longest *= 1.3 if finished == before else 0.9
    assert finished > AT_WORK + kills // 10, "the worker was killed too early each time for the test to mean something"

    number = await top_up(database, store, tmp_path / "in", number)
    worker = start_worker(settings)
    await at_work(database, worker.pid)
    await all_done(database)
    worker.terminate()
    assert worker.wait(90) == 0
    assert await nothing_is_half_published(database, store) == number - 1
    async with database.read() as session:
        originals = (await session.scalars(select(Original))).all()
        attempts = await session.scalar(select(func.max(Job.attempt)))
    assert len(originals) == number - 1
    for original in originals:
        assert hashlib.sha256(await store.read(original.digest)).hexdigest() == original.digest
    assert attempts is not None
    assert attempts > 1, "no kill ever hit a running job"


async def test_a_large_panorama_goes_on_from_the_stage_that_was_done(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    store = open_store(settings.resolved_store_url)
    original = await keep_original(database, store, picture(tmp_path / "large.jpg", 1, 9600, 4800), "large.jpg")
    async with database.write() as session:
        await begin_asset(session, "panorama", [(original.id, "whole")])
    worker = start_worker(settings)
    deadline = time.monotonic() + 120
    while not (await only_job(database)).checkpoints.get("stage"):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    kill(worker)
    died = await only_job(database)
    assert died.state == "running", "tiles are made faster than a process is killed: take a larger picture"
    assert await nothing_is_half_published(database, store) == 0

    worker = start_worker(settings)
    await all_done(database)
    worker.terminate()
    assert worker.wait(90) == 0
    assert await nothing_is_half_published(database, store) == 1
    job = await only_job(database)
    assert job.attempt == 2
    assert job.checkpoints["stage"] == died.checkpoints["stage"], "the faces were made again"
    assert not list(store.scratch.iterdir())


async def test_a_model_goes_on_from_the_steps_that_were_done(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    store = open_store(settings.resolved_store_url)
    points, faces = ball(80)
    path = tmp_path / "ball.obj"
    path.write_text(
        "".join(f"v {x} {y} {z}\n" for x, y, z in points) + "".join(f"f {a} {b} {c}\n" for a, b, c in faces + 1)
    )
    original = await keep_original(database, store, path, "ball.obj")
    async with database.write() as session:
        await begin_asset(session, "model", [(original.id, "whole")])
    worker = start_worker(settings)
    deadline = time.monotonic() + 120
    while "shape" not in (await only_job(database)).checkpoints.get("stage", {}).get("made", {}):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    kill(worker)
    died = await only_job(database)
    assert died.state == "running"

    worker = start_worker(settings)
    await all_done(database)
    worker.terminate()
    assert worker.wait(90) == 0
    job = await only_job(database)
    assert job.attempt == 2 and job.state == "done"
    made = died.checkpoints["stage"]["made"]
    assert {name: job.checkpoints["stage"]["made"][name] for name in made} == made, "a step was done again"
    async with database.read() as session:
        [asset] = await session.scalars(select(Asset))
        assert asset.info["report"]["notes"]["textures-baked"] == 1
    assert not list(store.scratch.iterdir())


async def only_job(database: Database) -> Job:
    async with database.read() as session:
        return (await session.scalars(select(Job))).one()
