"""The command `museum`."""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable

from museum.app import Services, open_services, run_web, run_worker, stop_on_signals
from museum.curation import commands as people
from museum.database import Database
from museum.logs import set_up_logs
from museum.settings import Settings, add_options, read_settings

Before = Callable[[Services], Awaitable[None]]
Beside = Callable[[Database, asyncio.Event], Awaitable[None]]


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit status."""
    options = build_parser().parse_args(arguments)
    try:
        settings = read_settings(vars(options))
    except ValueError as error:
        print(f"museum: {error}", file=sys.stderr)
        return 2
    set_up_logs(settings.log_format, settings.log_level)
    try:
        return options.run(settings, options)
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        print(f"museum: {error}", file=sys.stderr)
        return 1


def build_parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    parser = argparse.ArgumentParser(prog="museum", description="An open content server for virtual museum tours.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    demo = commands.add_parser("demo", help="build the demonstration museum if DIR lacks it, and serve it meanwhile")
    demo.add_argument("--scale", default="full", metavar="N|full", help="about how many scenes (default: full, 468)")
    demo.set_defaults(run=run_demo)
    add_options(demo)

    serve = commands.add_parser("serve", help="serve the museum and do its background work")
    serve.set_defaults(run=run_serve)
    add_options(serve)

    worker = commands.add_parser("worker", help="only the background work")
    worker.set_defaults(run=run_only_worker)
    add_options(worker)

    check = commands.add_parser("check", help="database ↔ store, links, checksums")
    check.add_argument("--repair", action="store_true", help="mend what can be mended")
    check.set_defaults(run=run_check)
    add_options(check)

    people.add_parser(commands)
    user = commands.choices["user"]
    user.set_defaults(run=run_user)
    add_options(user, "data", "database_url")
    return parser


def run_demo(settings: Settings, options: argparse.Namespace) -> int:
    """Serve, after asking the queue for the demonstration museum, and show how its building gets on."""
    try:
        from museum.demo import build
    except ImportError as missing:
        print(f"museum: the demonstration museum needs: pip install 'museum[demo]' ({missing})", file=sys.stderr)
        return 1
    scale = None if options.scale == "full" else int(options.scale)

    async def before(services: Services) -> None:
        await build.begin(services.database, scale)

    return _serve(settings, before=before, beside=build.show_progress)


def run_serve(settings: Settings, _options: argparse.Namespace) -> int:
    """Serve; with several processes, this one does the background work and watches over the others."""
    if settings.processes > 1 and not os.environ.get("MUSEUM_CHILD"):
        return _serve_in_processes(settings)
    return _serve(settings)


def run_only_worker(settings: Settings, _options: argparse.Namespace) -> int:
    """Do background work until told to stop."""

    async def work() -> None:
        stop = asyncio.Event()
        stop_on_signals(stop)
        async with open_services(settings) as services:
            await run_worker(services, stop)

    asyncio.run(work())
    return 0


def run_user(settings: Settings, options: argparse.Namespace) -> int:
    """Add, list, disable people, or give one a new password."""

    async def act() -> int:
        async with open_services(settings) as services:
            return await options.handler(services.database, options)

    return asyncio.run(act())


def run_check(settings: Settings, options: argparse.Namespace) -> int:
    """Compare database and store, and walk the tour; exit status 1 where something is wrong."""
    from museum.assets.check import check_store, print_report
    from museum.scenes import report as tour_report

    async def check() -> int:
        async with open_services(settings) as services:
            report = await check_store(services.database, services.store, repair=options.repair)
            graph = await services.database.read_with(tour_report.read_report)
        return max(print_report(report), tour_report.print_report(graph))

    return asyncio.run(check())


def _serve(settings: Settings, before: Before | None = None, beside: Beside | None = None) -> int:
    async def serve() -> None:
        stop = asyncio.Event()
        stop_on_signals(stop)
        async with open_services(settings) as services:
            if before is not None:
                await before(services)
            async with asyncio.TaskGroup() as group:
                group.create_task(run_web(services, stop, announce))
                if settings.workers:
                    group.create_task(run_worker(services, stop))
                if beside is not None:
                    group.create_task(_until_done(beside(services.database, stop)))

    asyncio.run(serve())
    return 0


def announce(address: str) -> None:
    """Say where the museum is. Scripts wait for this line."""
    print(f"The museum is at {address}", flush=True)


async def _until_done(work: Awaitable[None]) -> None:
    await work


def _serve_in_processes(settings: Settings) -> int:
    """`processes` web servers on one port as children, the background work in the first of them; all end together."""
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


if __name__ == "__main__":
    sys.exit(main())
