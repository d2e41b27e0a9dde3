"""The running museum: web server and background worker together, and a shutdown that loses nothing."""

from __future__ import annotations

import asyncio
import gc
import socket
from collections.abc import Awaitable, Callable, Coroutine

from aiohttp import web

from museum.app import Services, in_museum, run_worker, stop_on_signals
from museum.curation import schedule
from museum.database import Database
from museum.settings import Settings
from museum.web.application import build_application
from museum.web.connection import Runner

Before = Callable[[Services], Awaitable[None]]
Beside = Callable[[Database, asyncio.Event], Coroutine[None, None, None]]


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
