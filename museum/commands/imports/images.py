"""`museum import images DIR`: a folder of pictures, with all below it, as images of the collection."""

from __future__ import annotations

import argparse
import asyncio
import csv
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from museum.saying import add_language, speaker
from museum.settings import Settings, add_options

if TYPE_CHECKING:
    from museum.app import Services
    from museum.collection.bulk.importer import File, Outcome
    from museum.collection.bulk.sheet import SheetRow

SHOWN = 40
"""Refusals that are printed; a report holds all of them."""
STATES = ("made", "known", "double", "refused")


def add_parser(kinds: Any) -> None:
    """Mount `images`."""
    from museum.commands.imports import add_kind

    parser = add_kind(kinds, "images", run, "take in all pictures in a folder; may be stopped and started again")
    parser.add_argument("--publish", action="store_true", help="show them to visitors at once (default: as drafts)")
    parser.add_argument(
        "--category",
        default="other",
        metavar="NAME",
        help="category of those that no sheet says one of (default: other)",
    )
    parser.add_argument(
        "--sheet",
        type=Path,
        metavar="CSV",
        help="a row for each file; default: images.csv in the folder, if it is there",
    )
    parser.add_argument("--report", type=Path, metavar="CSV", help="write there what became of each file")
    add_language(parser)
    add_options(parser, "min_free_bytes")


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Take in the pictures; exit status 1 where some were refused, 2 where nothing could be begun."""
    from museum.app import in_museum
    from museum.database import statistics

    folder: Path = options.path
    say = speaker(options.language, "import", "errors.ingest.internal")
    if not folder.is_dir():
        print(say("no-folder", folder=folder), file=sys.stderr)
        return 2
    rows = _read_rows(options, say)
    if rows is None:
        return 2

    async def act(services: Services) -> int:
        done = await _import(services, options, rows, say)
        if not options.dry_run:
            await statistics.gather(services.database)
        return done

    return in_museum(settings, act)


def _read_rows(options: argparse.Namespace, say: Any) -> dict[str, SheetRow] | None:
    """The sheet's rows; None, after saying so, where it has to be put right first."""
    from museum.collection.bulk.sheet import DEFAULT_NAME, read_sheet

    sheet = options.sheet or options.path / DEFAULT_NAME
    if options.sheet is None and not sheet.is_file():
        return {}
    rows, faults = read_sheet(sheet)
    if not faults:
        return rows
    print(say("sheet-faults", sheet=sheet, count=len(faults), number=len(faults)), file=sys.stderr)
    for fault in faults[:SHOWN]:
        words = say(f"sheet-{fault.code}", **fault.values)
        print(f"  {say('line', line=fault.line, fault=words)}", file=sys.stderr)
    return None


async def _import(services: Services, options: argparse.Namespace, rows: dict[str, SheetRow], say: Any) -> int:
    from museum.collection.bulk.files import find_files
    from museum.collection.bulk.importer import Importer
    from museum.collection.bulk.records import ImageWriter, missing_artifacts

    sheet = options.sheet or options.path / "images.csv"
    files = _named(options.path, await asyncio.to_thread(find_files, options.path, sheet), rows)
    async with services.database.read() as session:
        missing = await missing_artifacts(session, {row.artifact for row in rows.values() if row.artifact})
    if missing:
        print(say("artifacts-missing", numbers="、".join(missing[:SHOWN])), file=sys.stderr)
        return 2
    for name in sorted(rows.keys() - {file.name for file in files} - {file.path.name for file in files})[:SHOWN]:
        print(say("sheet-unused", line=rows[name].line, name=name), file=sys.stderr)
    outcomes: list[Outcome] = []
    with _Bar(len(files), say, outcomes) as bar:
        writer = ImageWriter(options.category, options.publish)
        importer = Importer(
            services.database,
            services.store,
            writer,
            bar.hear,
            dry_run=options.dry_run,
            spare=services.settings.min_free_bytes,
        )
        stopped = ""
        try:
            await importer.run(files)
        except asyncio.CancelledError:
            stopped = say("interrupted")
        except OSError as error:
            stopped = say("stopped", reason=error.strerror or error)
    _tell(outcomes, len(files), options, say)
    if options.report:
        _write_report(options.report, outcomes, say)
    if stopped:
        print(stopped, file=sys.stderr)
        return 1
    return 1 if any(one.state == "refused" for one in outcomes) else 0


def _named(folder: Path, paths: list[Path], rows: dict[str, SheetRow]) -> list[File]:
    """The files with their rows; a row may name a file without its folder where only one is called so."""
    from museum.collection.bulk.files import name_in
    from museum.collection.bulk.importer import File

    names = [name_in(folder, path) for path in paths]
    short = Counter(name.rpartition("/")[2] for name in names)

    def row_of(name: str) -> SheetRow | None:
        base = name.rpartition("/")[2]
        return rows.get(name) or (rows.get(base) if short[base] == 1 else None)

    return [File(path, name, row_of(name)) for path, name in zip(paths, names, strict=True)]


class _Bar:
    """How far the import is: a bar, or where nobody watches a line for each tenth."""

    def __init__(self, total: int, say: Any, outcomes: list[Outcome]) -> None:
        from tqdm import tqdm

        self._watched = sys.stderr.isatty()
        self._say = say
        self._total = total
        self._outcomes = outcomes
        self._refused = 0
        self._tenth = 0
        self._bar = tqdm(total=total, unit=say("unit"), desc=say("bar"), disable=not self._watched, smoothing=0.05)

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def hear(self, outcome: Outcome) -> None:
        self._outcomes.append(outcome)
        self._refused += outcome.state == "refused"
        if self._refused:
            self._bar.set_postfix_str(self._say("bar-refused", number=self._refused), refresh=False)
        self._bar.update()
        done = len(self._outcomes)
        if not self._watched and 10 * done // self._total > self._tenth:
            self._tenth = 10 * done // self._total
            print(self._say("progress", done=done, total=self._total), file=sys.stderr, flush=True)


def _tell(outcomes: list[Outcome], total: int, options: argparse.Namespace, say: Any) -> None:
    counts = Counter(one.state for one in outcomes)
    key = "would-make" if options.dry_run else "made-published" if options.publish else "made-drafts"
    print(say(key, count=counts["made"], number=f"{counts['made']:,}"))
    for state in ("known", "double"):
        if counts[state]:
            print(say(state, count=counts[state], number=f"{counts[state]:,}"))
    if total > len(outcomes):
        print(say("left", count=total - len(outcomes), number=f"{total - len(outcomes):,}"))
    refused = sorted((one for one in outcomes if one.state == "refused"), key=lambda one: one.name)
    if refused:
        print(say("refused", count=len(refused), number=f"{len(refused):,}"))
    for one in refused[:SHOWN]:
        print(f"  {one.name}\n    {reason_of(one, say)}")
    if len(refused) > SHOWN:
        print(say("more-refused", number=f"{len(refused) - SHOWN:,}"))


def reason_of(outcome: Outcome, say: Any) -> str:
    """Why a file was refused, and what to do."""
    own = ("no-file", "unreadable")
    return say(f"why-{outcome.code}" if outcome.code in own else f"errors.ingest.{outcome.code}", **outcome.detail)


def _write_report(path: Path, outcomes: list[Outcome], say: Any) -> None:
    """All outcomes as a sheet; the mark at its beginning tells spreadsheet programs that it is UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "state", "slug", "code", "reason"])
        for one in sorted(outcomes, key=lambda one: one.name):
            reason = reason_of(one, say) if one.state == "refused" else one.detail.get("same", "")
            writer.writerow([_plain(one.name), one.state, one.slug or "", one.code or "", reason])


def _plain(cell: str) -> str:
    """A name that no spreadsheet program takes for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" else cell
