"""The power fails in the midst of a backup, or of a restoration: there is never a half one that looks whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from museum.assets.originals import keep_original
from museum.assets.store import open_store
from museum.backup.backup import make_backup
from museum.backup.manifest import BackupError
from museum.backup.restore import check_backup
from museum.backup.rows import is_empty
from museum.database import Database
from museum.database.migrate import migrate
from museum.settings import Settings

KILLS = 6
FILES = 60


def begin(command: str, path: Path, settings: Settings) -> subprocess.Popen[bytes]:
    """`museum backup` or `museum restore`, once it can be about to begin."""
    options = ["--data", str(settings.data), "--database-url", settings.resolved_database_url]
    return subprocess.Popen(
        [sys.executable, "-m", "museum", command, str(path), *options],
        cwd=Path(__file__).parents[2],
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )


def kill_after(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Kill it if it is still at work by then; whether it was."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        return True
    assert process.returncode == 0
    return False


@pytest.mark.timeout(900)
async def test_killed_backups_and_restorations(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    database = Database(settings.resolved_database_url)
    await migrate(database.engine)
    store = open_store(settings.resolved_store_url)
    chance = random.Random(3)
    for number in range(FILES):
        file = tmp_path / f"{number}.jpg"
        file.write_bytes(b"\xff\xd8\xff" + chance.randbytes(1_000_000))
        await keep_original(database, store, file, file.name)
    began = time.monotonic()
    whole = begin("backup", tmp_path / "first", settings)
    assert whole.wait(120) == 0
    longest = time.monotonic() - began
    hits = 0
    for number in range(KILLS):
        path = tmp_path / ("kept" if number % 2 else f"kept-{number}.tar")
        hits += kill_after(begin("backup", path, settings), chance.uniform(0.3, 1) * longest)
        try:
            assert (await check_backup(path)).file_count == FILES
        except BackupError as error:
            assert "no backup" in str(error)
    assert hits, "backups are made faster than they are killed: keep more files"

    kept = tmp_path / "last.tar"
    made = await make_backup(database, store, kept)
    folder = tmp_path / "restored"
    copy = Settings(data=folder, port=0)
    folder.mkdir()
    empty = Database(copy.resolved_database_url)
    await migrate(empty.engine)
    for _ in range(KILLS):
        kill_after(begin("restore", kept, copy), chance.uniform(0.3, 1) * longest)
        if not await is_empty(empty):
            break
    else:
        assert begin("restore", kept, copy).wait(120) == 0
    again = await make_backup(empty, open_store(copy.resolved_store_url), tmp_path / "again")
    assert {name: table.rows for name, table in again.tables.items()} == {
        name: table.rows for name, table in made.tables.items()
    }
    assert again.file_count == FILES
    await empty.close()
    await database.close()
