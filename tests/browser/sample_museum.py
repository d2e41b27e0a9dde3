"""The sample museum on a server of its own, with charts that state their directions in the two scenes of its first hall."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select

from museum.assets.ingest.panorama import make_panorama
from museum.assets.models import Asset
from museum.assets.store import open_store
from museum.database import Database
from museum.database.migrate import migrate
from museum.scenes.models import Scene
from museum.settings import Settings
from tests.http.conftest import keep_derivatives
from tests.pages_sample import Sample
from tests.support import RunningServer, start_server
from tests.unit.assets.pictures import chart, save

CHARTED = ("lobby", "prologue")


async def _fill(settings: Settings) -> None:
    database = Database(settings.resolved_database_url)
    await migrate(database.engine)
    store = open_store(settings.resolved_store_url)
    work = settings.data / "sample"
    work.mkdir()
    await Sample(database, store, work).fill()
    for number, slug in enumerate(CHARTED):
        folder = work / slug
        folder.mkdir()
        original = save(chart(2048 - 512 * number), folder / "chart.png")
        info = await asyncio.to_thread(make_panorama, [(str(original), "whole")], {}, str(folder))
        async with database.write() as session:
            scene = (await session.scalars(select(Scene).where(Scene.slug == slug))).one()
            await keep_derivatives(session, store, await session.get_one(Asset, scene.panorama_id), folder, info)
    await database.close()


@contextmanager
def sample_museum(data: Path) -> Iterator[RunningServer]:
    """Serve it from `data`."""
    settings = Settings(data=data, port=0, workers=0, min_free_bytes=0)
    # Playwright's synchronous interface keeps a loop of its own in this thread.
    thread = threading.Thread(target=lambda: asyncio.run(_fill(settings)))
    thread.start()
    thread.join()
    running = start_server(settings)
    try:
        yield running
    finally:
        running.stop()
