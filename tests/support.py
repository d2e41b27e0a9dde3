"""Real processes for tests: the server, and where the browser is."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from museum.settings import Settings

START_SECONDS = 180


@dataclass
class RunningServer:
    """A museum in a process of its own, at `url`."""

    process: subprocess.Popen[str]
    url: str
    settings: Settings
    output: list[str] = field(default_factory=list)
    reader: threading.Thread | None = None

    def get(self, path: str, **options: object) -> httpx.Response:
        """One GET, redirects not followed."""
        return httpx.get(self.url + path, timeout=120, **options)  # type: ignore[arg-type]

    def kill(self) -> None:
        """The power fails."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(60)
        self._close()

    def stop(self) -> int:
        """Ask for an orderly end; the exit status."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(90)
            except subprocess.TimeoutExpired:
                self.kill()
                raise AssertionError("the server did not stop:\n" + "".join(self.output[-50:])) from None
        self._close()
        return self.process.returncode

    def _close(self) -> None:
        """Read what is left of its output, and let go of the pipe."""
        if self.reader is not None:
            self.reader.join(10)
        if self.process.stdout is not None:
            self.process.stdout.close()


def start_server(settings: Settings, command: str = "serve", *arguments: str) -> RunningServer:
    """Start `museum serve` (or another command that serves) and wait until it answers."""
    options = [
        "--data",
        str(settings.data),
        "--port",
        str(settings.port),
        "--database-url",
        settings.resolved_database_url,
    ]
    options += ["--workers", str(settings.workers), "--min-free-bytes", str(settings.min_free_bytes)]
    process = subprocess.Popen(
        [sys.executable, "-m", "museum", command, *options, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        cwd=Path(__file__).parents[1],
    )
    output: list[str] = []
    announced = threading.Event()
    found: list[str] = []

    def read() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            output.append(line)
            if line.startswith("The museum is at "):
                found.append(line.split()[-1])
                announced.set()
        announced.set()

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    announced.wait(START_SECONDS)
    if not found:
        process.kill()
        raise AssertionError("the server did not start:\n" + "".join(output))
    return RunningServer(process, found[0], settings, output, reader)


async def unguard_audit(session: AsyncSession) -> None:
    """Do what takes the database's own password: let the rows of the audit be changed and removed."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    for verb in ("update", "delete") if sqlite else ("update",):
        await session.execute(text(f"DROP TRIGGER audit_event_no_{verb}{'' if sqlite else ' ON audit_event'}"))


def find_chromium() -> str:
    """Where Chromium is. Raises with what to install."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    raise RuntimeError("the browser tests need Chromium: apt-get install chromium fonts-noto-cjk")
