"""`museum export records DIR`: artifacts as CSV, JSON and LIDO."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from museum.saying import add_language, speaker
from museum.settings import Settings

if TYPE_CHECKING:
    from museum.app import Services


def add_parser(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Mount `records`."""
    from museum.commands.exports import add_kind

    parser = add_kind(kinds, "records", run, "write out the records of artifacts: CSV, JSON and LIDO")
    parser.add_argument("--published", action="store_true", help="only what visitors see (default: drafts too)")
    add_language(parser)


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Write the records."""
    from museum.app import in_museum
    from museum.collection.moving.writing import gather_records, write_records

    async def act(services: Services) -> int:
        async with services.database.snapshot() as connection:
            entries = await connection.run_sync(gather_records, published=options.published)
        names = write_records(entries, options.folder)
        say = speaker(options.language, "records")
        print(
            say(
                "written", count=len(entries), number=f"{len(entries):,}", folder=options.folder, files=", ".join(names)
            )
        )
        return 0

    return in_museum(settings, act)
