"""`museum export site DIR`: the public museum as plain files for any web server."""

from __future__ import annotations

import argparse
import logging
import sys
from typing import TYPE_CHECKING

from museum.saying import add_language, print_some, speaker
from museum.settings import Settings

if TYPE_CHECKING:
    from museum.app import Services


def add_parser(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Mount `site`."""
    from museum.commands.exports import add_kind

    parser = add_kind(kinds, "site", run, "copy what visitors see to plain files that any web server hands out")
    parser.add_argument(
        "--faces",
        type=int,
        default=1 << 20,
        metavar="PIXELS",
        help="finest level of panoramas that comes along, by the width of a face (default: all levels)",
    )
    add_language(parser)


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Copy the museum; exit status 1 where something that it names is missing, 2 where nothing could be begun."""
    from museum.app import in_museum

    async def act(services: Services) -> int:
        return await _export(services, options)

    return in_museum(settings, act)


async def _export(services: Services, options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from museum.web.application import build_application
    from museum.web.copying.copier import Copier, FolderTaken
    from museum.web.copying.rewriting import Unmovable

    say = speaker(options.language, "moving")
    # What this process asks of itself is nobody's visit.
    logging.getLogger("museum.access").setLevel(logging.WARNING)
    app = build_application(services.settings, services.database, services.store)
    with tqdm(desc=say("bar-out"), disable=not sys.stderr.isatty()) as bar:

        def told(done: int, known: int) -> None:
            bar.total = known
            bar.update(done - bar.n)

        copier = Copier(app, options.folder, options.faces, told)
        try:
            files = await copier.run()
        except FolderTaken:
            print(say("folder-taken", folder=options.folder), file=sys.stderr)
            return 2
        except Unmovable:
            print(say("site-scripts"), file=sys.stderr)
            return 2
    print(say("site-written", folder=options.folder, number=f"{files:,}"))
    if copier.missing:
        print(say("site-missing", count=len(copier.missing), number=f"{len(copier.missing):,}"))
        print_some(sorted(copier.missing), say)
    return 1 if copier.missing else 0
