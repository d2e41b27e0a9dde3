"""Settings → a running museum: web server, background worker, and a shutdown that loses nothing."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from museum.assets.ingest import handlers as ingest_handlers
from museum.assets.models3d import handlers as model_handlers
from museum.assets.recordings import handlers as recording_handlers
from museum.assets.store import Store, open_store
from museum.curation import schedule
from museum.database import Database
from museum.database.migrate import migrate
from museum.jobs.task import Handler
from museum.jobs.worker import Worker
from museum.settings import Settings
from museum.web.application import build_application
from museum.web.connection import Runner

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Services:
    """What every command works with."""

    settings: Settings
    database: Database
    store: Store


Before = Callable[[Services], Awaitable[None]]
Beside = Callable[[Database, asyncio.Event], Coroutine[None, None, None]]


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


def serve_museum(settings: Settings, before: Before | None = None, beside: Beside | None = None) -> int:
    """Serve and do background work until told to stop, after `before` and meanwhile doing `beside`; the exit status."""

    async def serve(services: Services) -> int:
        stop = asyncio.Event()
        stop_on_signals(stop)
        if before is not None:
            await before(services)
        async with asyncio.TaskGroup() as group:
            group.create_task(run_web(services, stop, announce))
            if settings.workers:
                group.create_task(run_worker(services, stop))
            if beside is not None:
                group.create_task(beside(services.database, stop))
        return 0

    return in_museum(settings, serve)


def announce(address: str) -> None:
    """Say where the museum is. Scripts wait for this line."""
    print(f"The museum is at {address}", flush=True)


async def run_web(services: Services, stop: asyncio.Event, listening: Callable[[str], None]) -> None:
    """Serve until `stop`, then finish the requests under way. `listening` hears the address once it answers."""
    settings = services.settings
    app = build_application(settings, services.database, services.store)
    runner = Runner(app, handle_signals=False, shutdown_timeout=settings.shutdown_seconds)
    await runner.setup()
    # What fell due while nobody served is done before anybody sees that it was not.
    await schedule.act_on_due(services.database)
    planned = asyncio.create_task(schedule.keep(services.database, stop))
    try:
        site = web.SockSite(runner, listen(settings.host, settings.port, shared=settings.processes > 1))
        await site.start()
        host, port = runner.addresses[0][:2]
        settle_memory()
        listening(f"http://{host}:{port}")
        await stop.wait()
    finally:
        planned.cancel()
        await asyncio.gather(planned, return_exceptions=True)
        await runner.cleanup()


def settle_memory() -> None:
    """What stands now stays: looking through all of it again and again for garbage would stop every answer for 20 to 80 ms."""
    gc.collect()
    gc.freeze()


def listen(host: str, port: int, *, shared: bool) -> socket.socket:
    """A listening socket; `shared` lets several processes listen on the same port and has the kernel spread connections."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.bind((host, port))
    listener.listen(1024)
    listener.setblocking(False)
    return listener


def stop_on_signals(stop: asyncio.Event) -> None:
    """SIGTERM and SIGINT ask for an orderly end; a second one ends at once."""
    loop = asyncio.get_running_loop()

    def asked(number: signal.Signals) -> None:
        log.info("stopping", extra={"signal": number.name})
        stop.set()
        loop.remove_signal_handler(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked, number)
