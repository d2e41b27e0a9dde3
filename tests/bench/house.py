"""Measures the curators' pages on the server: `python tests/bench/house.py [SCENES]` (46,800 unless told: a hundred reference museums).

Makes a museum of that many scenes, with five times as many images and half as many artifacts as images, in a SQLite file of its own, and
asks for every list and form in turn as an administrator, through the whole application. The clock is the server's and the client's
together.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from pathlib import Path

from aiohttp import CookieJar
from aiohttp.test_utils import TestClient, TestServer

from museum.assets.store import open_store
from museum.curation import people
from museum.database import Database
from museum.database.migrate import migrate
from museum.settings import Settings
from museum.web.application import build_application
from tests.bench.tour import fill

PASSWORD = "lantern under snow"
TIMES = 7
LIMIT_MS = 150
PAGES = (
    "/admin/",
    "/admin/venues",
    "/admin/venues/hall-1",
    "/admin/venues/hall-1?page=100",
    "/admin/venues/hall-1/scenes/new",
    "/admin/scenes/scene-777",
    "/admin/scenes/scene-777/neighbours",
    "/admin/images/image-777/review",
    "/admin/artifacts/artifact-777/review",
    "/admin/artifacts/artifact-777/history",
    "/admin/records/scenes",
    "/admin/records/artifacts",
    "/admin/records/images",
    "/admin/records/images?state=draft",
    "/admin/records/images?q=777",
    "/admin/records/images?q=nothing+like+this",
    "/admin/records/images?page=4000",
    "/admin/records/scenes?venue=hall-1&state=published",
    "/admin/languages",
    "/admin/languages/image/alt/en",
    "/admin/languages/image/title/zh-Hant?state=published",
    "/admin/tours",
    "/admin/models",
    "/admin/batches",
    "/admin/reviews",
    "/admin/jobs",
    "/admin/sessions",
    "/admin/people",
    "/admin/account",
    "/admin/deleted",
    "/admin/audit",
    "/admin/museum",
)


async def measure(client: TestClient, path: str) -> tuple[int, float]:  # type: ignore[type-arg]
    """The answer's status and the median of its times in milliseconds, the first left out."""
    taken: list[float] = []
    status = 0
    for _ in range(TIMES + 1):
        began = time.perf_counter()
        async with client.get(path, allow_redirects=False) as answer:
            await answer.read()
            status = answer.status
        taken.append((time.perf_counter() - began) * 1000)
    return status, statistics.median(taken[1:])


async def run(scenes: int, folder: Path) -> None:
    settings = Settings(data=folder, port=0)
    database = Database(settings.resolved_database_url)
    if not (folder / "filled").exists():
        began = time.perf_counter()
        await migrate(database.engine)
        await fill(database, scenes)
        await people.add_person(database, "head", PASSWORD, role="administrator")
        (folder / "filled").touch()
        print(f"{scenes} scenes made in {time.perf_counter() - began:.0f} s", flush=True)
    server = TestServer(build_application(settings, database, open_store(settings.resolved_store_url)))
    async with TestClient(server, cookie_jar=CookieJar(unsafe=True)) as client:
        await client.post("/admin/login", data={"name": "head", "password": PASSWORD})
        over = 0
        for path in PAGES:
            status, milliseconds = await measure(client, path)
            over += milliseconds > LIMIT_MS
            print(f"{path:60} {status} {milliseconds:8.1f} ms{' !' if milliseconds > LIMIT_MS else ''}", flush=True)
        print(f"{len(PAGES)} pages, {over} over {LIMIT_MS} ms")
    await database.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenes", nargs="?", type=int, default=46_800)
    parser.add_argument("--keep", type=Path, help="folder in which the museum is kept for the next time")
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        asyncio.run(run(options.scenes, options.keep))
        return
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        asyncio.run(run(options.scenes, Path(folder)))


if __name__ == "__main__":
    main()
