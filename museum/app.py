"""Settings → a museum that a command works with, and its background worker. Its web server is in `museum.serving`."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from museum.assets.ingest import handlers as ingest_handlers
from museum.assets.models3d import handlers as model_handlers
from museum.assets.recordings import handlers as recording_handlers
from museum.assets.store import Store, open_store
from museum.database import Database
from museum.database.migrate import migrate
from museum.jobs.task import Handler
from museum.jobs.worker import Worker
from museum.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Services:
    """What every command works with."""

    settings: Settings
    database: Database
    store: Store


@asynccontextmanager
async def open_services(settings: Settings, *, migrated: bool = True) -> AsyncIterator[Services]:
    """Database, at its newest revision, and store; closed at the end of the block."""
    for folder in (settings.data, settings.uploads, settings.work):
        folder.mkdir(parents=True, exist_ok=True)
    database = Database(settings.resolved_database_url)
    try:
        if migrated:
            await migrate(database.engine)
        yield Services(settings, database, open_store(settings.resolved_store_url))
    finally:
        await database.close()


def in_museum(settings: Settings, act: Callable[[Services], Awaitable[int]]) -> int:
    """Do something that ends in a museum that is opened for it; what it returns, the exit status."""

    async def run() -> int:
        async with open_services(settings) as services:
            return await act(services)

    return asyncio.run(run())


def all_handlers(services: Services) -> dict[str, Handler]:
    """Every kind of job this process can do; those of the demonstration museum where its extra is installed."""
    store = services.store
    handlers = {**ingest_handlers(store), **model_handlers(store), **recording_handlers(store)}
    with contextlib.suppress(ImportError):
        from museum.demo.build import handlers as demo_handlers

        handlers.update(demo_handlers(services.store, services.settings))
    return handlers


async def run_worker(services: Services, stop: asyncio.Event) -> None:
    """Do background work until `stop`."""
    await Worker(services.database, all_handlers(services), services.settings.workers or 2).run(stop)


def stop_on_signals(stop: asyncio.Event) -> None:
    """SIGTERM and SIGINT ask for an orderly end; a second one ends at once."""
    loop = asyncio.get_running_loop()

    def asked(number: signal.Signals) -> None:
        log.info("stopping", extra={"signal": number.name})
        stop.set()
        loop.remove_signal_handler(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked, number)
