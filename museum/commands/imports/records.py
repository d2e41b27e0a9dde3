"""`museum import records PATH`: artifacts from a table, JSON or LIDO."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from museum.saying import SHOWN, Say, add_language, print_some, speaker
from museum.settings import Settings

if TYPE_CHECKING:
    from museum.app import Services
    from museum.collection.moving.bringing import Taken
    from museum.collection.moving.columns import Mapped
    from museum.collection.moving.rows import Fault


def add_parser(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Mount `records`."""
    from museum.commands.imports import add_kind

    parser = add_kind(kinds, "records", run, "take in records of artifacts: CSV, XLSX, JSON or LIDO")
    parser.add_argument("--publish", action="store_true", help="open new records to visitors (default: as drafts)")
    parser.add_argument(
        "--update", action="store_true", help="change records that are here, but for what a curator has written since"
    )
    parser.add_argument("--overwrite", action="store_true", help="change records that are here, whoever wrote them")
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="HEADING=FIELD",
        help="what a column is, where its heading does not tell (title_en, period_zh-Hant, grade …); empty leaves it out",
    )
    parser.add_argument("--category", default="other", metavar="NAME", help="of records that say none (default: other)")
    parser.add_argument("--skip", action="store_true", help="take the sound rows in though others have faults")
    add_language(parser)


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Take the records in; exit status 1 where something was left as it was, 2 where nothing was done."""
    from museum.app import in_museum
    from museum.database import statistics

    async def act(services: Services) -> int:
        done = await _import(services, options)
        if not options.dry_run:
            await statistics.gather(services.database)
        return done

    return in_museum(settings, act)


async def _import(services: Services, options: argparse.Namespace) -> int:
    from museum.collection.moving.bringing import take_records
    from museum.collection.moving.columns import map_columns
    from museum.collection.moving.reading import read_records
    from museum.collection.moving.rows import read_rows
    from museum.curation.errors import Refused

    say = speaker(options.language, "records", "errors.ingest.internal")
    try:
        table = await read_records(options.path)
        mapped = map_columns(table.heading, dict(one.rpartition("=")[::2] for one in options.column))
    except Refused as bad:
        own = f"admin.refused-{bad.code}"
        print(say(own if bad.code != "table-missing" else bad.code, **bad.values), file=sys.stderr)
        return 2
    except KeyError as unknown:
        print(say("no-heading", name=unknown.args[0]), file=sys.stderr)
        return 2
    except ValueError as unknown:
        print(say("no-field", name=unknown.args[0]), file=sys.stderr)
        return 2
    _tell_columns(table.heading, mapped, say)
    if not any(column.field == "accession_number" for column in mapped.columns.values()):
        print(say("no-number-column"), file=sys.stderr)
        return 2
    rows, faults = read_rows(table, mapped)
    if faults:
        _tell_faults(faults, say)
        if not options.skip:
            print(say("nothing-done"), file=sys.stderr)
            return 2
    how = "overwrite" if options.overwrite else "update" if options.update else "none"
    try:
        taken = await take_records(
            services.database,
            rows,
            how=how,
            publish=options.publish,
            category=options.category,
            dry_run=options.dry_run,
        )
    except Refused as bad:
        print(say(bad.code, **bad.values), file=sys.stderr)
        return 2
    _tell(taken, options, say)
    return 1 if faults or taken.kept else 0


def _tell_columns(heading: list[str], mapped: Mapped, say: Say) -> None:
    for place, column in mapped.columns.items():
        name = f"{column.field}_{column.language}" if column.language else column.field
        print(f"  {heading[place]} → {name}")
    if mapped.unknown:
        print(say("unknown", names=say("between").join(mapped.unknown)))


def _tell_faults(faults: list[Fault], say: Say) -> None:
    print(say("faults", count=len(faults), number=f"{len(faults):,}"), file=sys.stderr)
    for fault in faults[:SHOWN]:
        words = say(f"fault-{fault.code}", **fault.values)
        print(f"  {say('place', line=fault.line, column=fault.column)} {words}", file=sys.stderr)
    if len(faults) > SHOWN:
        print(f"  {say('more', number=f'{len(faults) - SHOWN:,}')}", file=sys.stderr)


def _tell(taken: Taken, options: argparse.Namespace, say: Say) -> None:
    for key in ("made", "changed", "kept", "known", "published", "attached"):
        count = len(getattr(taken, key))
        if count or key == "made":
            print(say(key, count=count, number=f"{count:,}"))
    lines = [
        f"{say('place', line=one.line, column=one.name)} {one.number}: "
        f"{say('taken' if one.taken else 'stays', here=one.here[:80], there=one.there[:80])}"
        for one in taken.differences
    ]
    print_some(lines, say)
    missing = sorted(set(taken.images_missing))
    if missing:
        print(say("images-missing", count=len(missing), number=f"{len(missing):,}"))
        print_some(missing, say)
    if options.dry_run:
        print(say("dry"))
    elif taken.made or taken.changed or taken.attached:
        print(say("undo", act=taken.act))
