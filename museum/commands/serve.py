"""`museum serve`: the web server and its background work."""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
from typing import Any

from museum.settings import Settings, add_options


def add_parser(commands: Any) -> None:
    """Mount `serve`."""
    parser = commands.add_parser("serve", help="serve the museum and do its background work")
    parser.set_defaults(run=run)
    add_options(parser)


def run(settings: Settings, _options: argparse.Namespace) -> int:
    """Serve; with several processes, this one only watches over the others."""
    from museum.serving import serve_museum

    if settings.processes > 1 and not os.environ.get("MUSEUM_CHILD"):
        return _serve_in_processes(settings)
    return serve_museum(settings)


def _serve_in_processes(settings: Settings) -> int:
    """`processes` web servers on one port as children, the background work in the first of them; all end together."""
    from museum.app import stop_on_signals

    command = [sys.executable, "-m", "museum", *sys.argv[1:]]
    children = [
        subprocess.Popen(  # noqa: S603  (this very command)
            [*command, "--workers", str(settings.workers if number == 0 else 0)], env=os.environ | {"MUSEUM_CHILD": "1"}
        )
        for number in range(settings.processes)
    ]

    async def watch() -> int:
        stop = asyncio.Event()
        stop_on_signals(stop)
        ends = [asyncio.create_task(asyncio.to_thread(child.wait)) for child in children]
        await asyncio.wait([asyncio.create_task(stop.wait()), *ends], return_when=asyncio.FIRST_COMPLETED)
        for child in children:
            child.terminate()
        codes = await asyncio.gather(*ends)
        return 0 if stop.is_set() else max(codes, key=abs)

    return asyncio.run(watch())
