"""Copying the public museum: it is served to nobody but this process, as to any visitor, and what it answers is written down.

Whatever visitors don't see is thus never copied. Files that never change are not asked for twice; pages and records are written anew, and
what no longer belongs to the copy is removed at its end.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path

import msgspec
from aiohttp import ClientSession, ClientTimeout, web

from museum.languages import LANGUAGES
from museum.web.bundle import BUILD
from museum.web.connection import Runner
from museum.web.copying import rewriting
from museum.web.copying.places import Place, place_of

MARK = "museum-site.json"
FORMAT = {"format": "museum-site", "version": 1}
AT_ONCE = 8
PATIENCE = 20
"""Times that a busy server is asked again."""

Told = Callable[[int, int], None]
"""Hears how many files of how many known so far are done."""


class FolderTaken(Exception):
    """The folder holds something else."""


class Copier:
    """Copies what `app` serves to `folder`. `most` bounds the faces of panoramas, in pixels. `missing` are addresses that the museum
    itself names and does not have."""

    def __init__(
        self, app: web.Application, folder: Path, most: int = 1 << 20, told: Told = lambda done, known: None
    ) -> None:
        self._app = app
        self._folder = folder
        self._most = most
        self._told = told
        self._known: dict[str, Place] = {}
        self._waiting: asyncio.Queue[Place] = asyncio.Queue()
        self._done = 0
        self.missing: list[str] = []

    async def run(self) -> int:
        """Copy everything; how many files the copy has. Raises FolderTaken, Unmovable, OSError."""
        await asyncio.to_thread(self._prepare)
        runner = Runner(self._app, handle_signals=False)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            port = runner.addresses[0][1]
            async with ClientSession(f"http://127.0.0.1:{port}", timeout=ClientTimeout(total=120)) as client:
                await self._copy(client)
        finally:
            await runner.cleanup()
        await asyncio.to_thread(self._finish)
        return len(self._known)

    def _prepare(self) -> None:
        if self._folder.exists() and (
            not self._folder.is_dir() or (any(self._folder.iterdir()) and not (self._folder / MARK).is_file())
        ):
            raise FolderTaken
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / MARK).write_bytes(msgspec.json.encode(FORMAT))

    async def _copy(self, client: ClientSession) -> None:
        for language in LANGUAGES:
            self._find(place_of("/", language))
        # Scripts name one another in ways that only a browser follows: all of them come along.
        for file in sorted(path for path in (BUILD / "assets").rglob("*") if path.suffix not in (".br", ".gz", ".map")):
            if file.is_file():
                self._find(place_of(f"/static/build/{file.relative_to(BUILD).as_posix()}", LANGUAGES[0]))
        workers = [asyncio.create_task(self._work(client)) for _ in range(AT_ONCE)]
        finished = asyncio.create_task(self._waiting.join())
        try:
            await asyncio.wait([finished, *workers], return_when=asyncio.FIRST_COMPLETED)
            for worker in workers:
                if worker.done():
                    worker.result()
        finally:
            for task in (finished, *workers):
                task.cancel()
            await asyncio.gather(finished, *workers, return_exceptions=True)

    def _find(self, place: Place | None) -> None:
        if place is not None and place.path not in self._known:
            self._known[place.path] = place
            self._waiting.put_nowait(place)

    async def _work(self, client: ClientSession) -> None:
        while True:
            place = await self._waiting.get()
            await self._take(client, place)
            self._done += 1
            self._told(self._done, len(self._known))
            self._waiting.task_done()

    async def _take(self, client: ClientSession, place: Place) -> None:
        target = self._folder / place.path
        if place.kind == "file" and not place.ask.startswith("/static/") and target.is_file():
            return
        body = await self._ask(client, place.ask)
        if body is None:
            self.missing.append(place.ask)
            return
        await asyncio.to_thread(_write, target, self._moved(place, body))

    async def _ask(self, client: ClientSession, address: str) -> bytes | None:
        for _ in range(PATIENCE):
            async with client.get(address, allow_redirects=False) as answer:
                if answer.status == 200:
                    return await answer.read()
                if answer.status != 503:
                    return None
            await asyncio.sleep(0.5)
        return None

    def _moved(self, place: Place, body: bytes) -> bytes:
        """The answer as it stands in the copy."""
        if place.kind == "page":
            return rewriting.page(body.decode(), place, self._find).encode()
        if place.kind == "json":
            return msgspec.json.encode(rewriting.values(msgspec.json.decode(body), place, self._find, self._most))
        if place.kind == "info":
            return msgspec.json.encode(rewriting.service(msgspec.json.decode(body), place, self._find))
        if place.path.endswith(".css"):
            return rewriting.style(body.decode(), place, self._find).encode()
        if place.path.endswith(".js"):
            return rewriting.script(body.decode()).encode()
        return body

    def _finish(self) -> None:
        """Remove what is no longer part of the copy: it may have been withdrawn."""
        for path in sorted(self._folder.rglob("*"), reverse=True):
            name = path.relative_to(self._folder).as_posix()
            if path.is_dir():
                with contextlib.suppress(OSError):
                    path.rmdir()
            elif name not in self._known and name != MARK:
                path.unlink()


def _write(target: Path, body: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f"{target.name}.part")
    beside.write_bytes(body)
    beside.replace(target)
