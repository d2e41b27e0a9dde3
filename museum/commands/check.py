"""`museum check`: database ↔ store, links, checksums."""

from __future__ import annotations

import argparse
from typing import Any

from museum.settings import Settings, add_options


def add_parser(commands: Any) -> None:
    """Mount `check`."""
    parser = commands.add_parser("check", help="database ↔ store, links, checksums")
    parser.add_argument("--repair", action="store_true", help="mend what can be mended")
    parser.set_defaults(run=run)
    add_options(parser)


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Compare database and store, walk the tour, and see that the audit is whole; exit status 1 where something is wrong."""
    from museum.app import Services, in_museum
    from museum.assets.check import check_store, print_report
    from museum.curation import audit
    from museum.scenes import report as tour_report

    async def check(services: Services) -> int:
        report = await check_store(services.database, services.store, repair=options.repair)
        graph = await services.database.read_with(tour_report.read_report)
        async with services.database.read() as session:
            broken = await audit.first_broken(session)
        if broken is not None:
            print(f"the audit has been tampered with: its line {broken} does not follow from the one before it")
        return max(print_report(report), tour_report.print_report(graph), int(broken is not None))

    return in_museum(settings, check)
