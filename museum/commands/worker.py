"""`museum worker`: only the background work."""

from __future__ import annotations

import argparse
import asyncio
from typing import Any

from museum.settings import Settings, add_options


def add_parser(commands: Any) -> None:
    """Mount `worker`."""
    parser = commands.add_parser("worker", help="only the background work")
    parser.set_defaults(run=run)
    add_options(parser)


def run(settings: Settings, _options: argparse.Namespace) -> int:
    """Do background work until told to stop."""
    from museum.app import Services, in_museum, run_worker, stop_on_signals

    async def work(services: Services) -> int:
        stop = asyncio.Event()
        stop_on_signals(stop)
        await run_worker(services, stop)
        return 0

    return in_museum(settings, work)
