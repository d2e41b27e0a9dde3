"""The power fails again and again while a folder is imported: started again it goes on, and in the end each picture is there once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from museum.assets.check import check_store
from museum.assets.models import Asset, Original
from museum.assets.store import Store, open_store
from museum.collection.models import Image
from museum.database import Database
from museum.settings import Settings
from tests.unit.assets.pictures import busy, save

FILES = 60
KILLS = {"sqlite": 5, "postgresql": 2}


def start(folder: Path, settings: Settings) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "museum", "import", "images", str(folder), "--data", str(settings.data)]
    command += ["--database-url", settings.resolved_database_url, "--min-free-bytes", "0", "--log-level", "error"]
    return subprocess.Popen(
        command,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
    )


async def count(database: Database) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(Image)) or 0


async def nothing_is_half_there(database: Database, store: Store) -> None:
    """Every image has its asset, ready and with all its files; what else lies about no record mentions."""
    async with database.read() as session:
        lone = await session.scalar(select(func.count()).select_from(Image).where(Image.asset_id.is_(None)))
        unready = await session.scalar(select(func.count()).select_from(Asset).where(Asset.state != "ready"))
    assert (lone, unready) == (0, 0)
    report = await check_store(database, store)
    # What a kill leaves is rubbish, which `museum check --repair` clears away, and nothing worse.
    assert {finding.code for finding in report.findings} <= {"orphan", "abandoned"}


@pytest.mark.timeout(600)
async def test_an_import_that_is_killed_goes_on(
    settings: Settings, database: Database, database_kind: str, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(FILES):
        save(busy(1200, 900, number), folder / f"{number:03}.jpg", Q=90)
    store = open_store(settings.resolved_store_url)
    chance = random.Random(3)
    kills, seen = 0, 0
    while kills < KILLS[database_kind]:
        process = start(folder, settings)
        deadline = time.monotonic() + 60
        # Somewhere in the work that comes after the first new image.
        while process.poll() is None and await count(database) <= seen and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(chance.uniform(0, 0.3))
        os.killpg(process.pid, signal.SIGKILL)
        if process.wait() == 0:
            break  # a quick machine: all is done
        kills += 1
        await nothing_is_half_there(database, store)
        assert await count(database) > seen, "an import that is started again goes on where the last one was"
        seen = await count(database)
        if seen == FILES:
            break
    assert kills >= 2, "the import was over too soon for the test to mean something"
    assert start(folder, settings).wait(300) == 0
    await nothing_is_half_there(database, store)
    assert await count(database) == FILES
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Original)) == FILES
        assert await session.scalar(select(func.count(func.distinct(Asset.digest)))) == FILES
    assert [path for path in store.scratch.iterdir() if path.name.startswith("import-")] == []
