"""The API is what its own description says: Schemathesis asks a real server all sorts of things and finds nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from museum.assets.store import open_store
from museum.database import Database
from museum.settings import Settings
from tests.pages_sample import Sample
from tests.support import RunningServer, start_server


@pytest.fixture
async def museum(settings: Settings, database: Database, tmp_path: Path) -> Any:
    """A real server with the sample museum."""
    (tmp_path / "sample").mkdir()
    await Sample(database, open_store(settings.resolved_store_url), tmp_path / "sample").fill()
    running = start_server(settings)
    yield running
    running.stop()


async def test_schemathesis_finds_nothing(museum: RunningServer, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{museum.url}/api/openapi.json"]
    command += ["--checks", "all", "--phases", "coverage,fuzzing,stateful", "--max-examples", "12"]
    command += ["--generation-deterministic", "--continue-on-failure", "--no-color", "--warnings", "off"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=580)
    assert ran.returncode == 0, ran.stdout[-12_000:] + ran.stderr[-2_000:]
    (told,) = [line for line in ran.stdout.splitlines() if "generated" in line]
    assert int(told.split()[0].replace(",", "")) > 500, told
