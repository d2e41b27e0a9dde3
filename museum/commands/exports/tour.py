"""`museum export tour DIR`: halls with all that is in them, as an open folder that `museum import tour` reads."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from museum.curation.errors import Refused
from museum.saying import Say, add_language, bytes_bar, print_some, speaker
from museum.settings import Settings

if TYPE_CHECKING:
    from museum.app import Services
    from museum.scenes.moving.tour import LeftOut


def add_parser(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Mount `tour`."""
    from museum.commands.exports import add_kind
    from museum.scenes.moving.folder import FILES

    parser = add_kind(kinds, "tour", run, "write out halls, their scenes and all that opens there, with the pictures")
    parser.add_argument("--venue", action="append", default=[], metavar="SLUG", help="only this hall; may come again")
    parser.add_argument("--published", action="store_true", help="only what visitors see (default: drafts too)")
    parser.add_argument(
        "--files", choices=FILES, default="all", help="originals, what was made of them, or all (default: all)"
    )
    add_language(parser)


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Write the tour; exit status 2 where nothing could be begun."""
    from museum.app import in_museum

    async def act(services: Services) -> int:
        return await _export(services, options)

    return in_museum(settings, act)


async def _export(services: Services, options: argparse.Namespace) -> int:
    from museum.scenes.moving.folder import write_folder
    from museum.scenes.moving.gather import gather
    from museum.scenes.moving.paths import BadTour

    say = speaker(options.language, "moving")
    try:
        async with services.database.snapshot() as connection:
            tour = await connection.run_sync(gather, options.venue, published=options.published)
        with bytes_bar(say("bar-out")) as told:
            await write_folder(tour, services.store, options.folder, told, files=options.files)
    except LookupError as missing:
        print(say("no-venue", slug=missing.args[0]), file=sys.stderr)
        return 2
    except BadTour as bad:
        print(say(bad.code, **bad.values), file=sys.stderr)
        return 2
    counts = {kind: len(records) for kind, records in tour.records.items() if records}
    print(say("written", folder=options.folder, what=counted(counts, say)))
    if tour.left_out:
        print(say("left-out", count=len(tour.left_out), number=f"{len(tour.left_out):,}"))
        print_some([left(one, say) for one in tour.left_out], say)
    return 0


def left(one: LeftOut, say: Say) -> str:
    """What did not come along, and why."""
    reason = one.values.get("because")
    because = {"because": say(reason.code, **reason.values)} if isinstance(reason, Refused) else {}
    return f"{one.where}: {say(f'left-{one.code}', **{**one.values, **because})}"


def counted(counts: dict[str, int], say: Say) -> str:
    """`5 halls, 468 scenes`, in the order of the kinds."""
    from museum.curation.snapshots import SHAPES

    assert callable(say)
    words = [say(f"kind-{kind}", count=counts[kind], number=f"{counts[kind]:,}") for kind in SHAPES if counts.get(kind)]
    return say("between").join(words) or say("nothing")
