"""`museum demo`: the demonstration museum, built while it is served."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from museum.settings import Settings, add_options


def add_parser(commands: Any) -> None:
    """Mount `demo`."""
    parser = commands.add_parser("demo", help="build the demonstration museum if DIR lacks it, and serve it meanwhile")
    parser.add_argument("--scale", default="full", metavar="N|full", help="about how many scenes (default: full, 468)")
    parser.set_defaults(run=run)
    add_options(parser)


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Serve, after asking the queue for the demonstration museum, and show how its building gets on."""
    from museum.app import Services
    from museum.curation.people import list_people
    from museum.serving import serve_museum

    try:
        from museum.demo import build
    except ImportError as missing:
        print(f"museum: the demonstration museum needs: pip install 'museum[demo]' ({missing})", file=sys.stderr)
        return 1
    scale = None if options.scale == "full" else int(options.scale)

    async def before(services: Services) -> None:
        await build.begin(services.database, scale)
        async with services.database.read() as session:
            if not await list_people(session):
                print(invitation(services.settings), flush=True)

    return serve_museum(settings, before=before, beside=build.show_progress)


def invitation(settings: Settings) -> str:
    """How to get an account, which nobody has in a new museum."""
    return (
        "To add something of your own, give yourself an account in another terminal, then open /admin/:\n"
        f"  {sys.argv[0]} user add ada --role administrator --data {settings.data}"
    )
