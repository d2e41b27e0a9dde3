"""A museum as the operator hands it over: empty, with nobody but an administrator."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from museum.settings import Settings
from tests.browser.show.walk import PASSWORD
from tests.support import RunningServer, start_server


@contextmanager
def empty_museum(data: Path) -> Iterator[RunningServer]:
    """Serve it from the folder `data`, which is not there yet."""
    settings = Settings(data=data, port=0, min_free_bytes=0)
    command = [sys.executable, "-m", "museum", "user", "add", "head", "--role", "administrator", "--password-stdin"]
    subprocess.run([*command, "--data", str(data)], input=PASSWORD, text=True, check=True, capture_output=True)
    running = start_server(settings)
    try:
        yield running
    finally:
        running.stop()
