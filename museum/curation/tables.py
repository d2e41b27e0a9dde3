"""Reading the tables that curators hand in, CSV or XLSX: plain cells of text, under limits.

A spreadsheet is somebody else's file: an XLSX is an archive of XML, which may unpack to a thousand times its size. It is judged by its
directory first and read in a limited child; the directory is binding, since no entry is read beyond the size that it states.
"""

from __future__ import annotations

import asyncio
import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from museum.curation.errors import Refused
from museum.jobs.child import ChildFailed, run_in_child
from museum.jobs.queue import JobRefused
from museum.jobs.task import Limits

LARGEST = 16 << 20
MOST_ROWS = 5000
MOST_COLUMNS = 100
LONGEST_CELL = 10_000
UNPACKED = 128 << 20
"""Bytes of all entries of an XLSX together, and how many there may be."""
ENTRIES = 2000
FLAT, SQUEEZED = 8 << 20, 250
"""An entry larger than so many bytes that is packed to less than this part of them is no table: real ones are packed to a twentieth."""
LIMITS = Limits(memory=768 << 20, cpu_seconds=30, seconds=120)
NO_VALUE = "\x00formula"
"""Stands for a cell with a formula that no spreadsheet program has worked out."""
_XLSX = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Table:
    """A heading and the rows below it, each with its number as spreadsheet programs count, from 1. Rows without any text are left out;
    all have as many cells as the heading."""

    heading: list[str]
    rows: list[tuple[int, list[str]]]


class BadTable(Refused):
    """It can't be read as a table at all; the code has a text that says what to do."""


async def read_table(path: Path, longest: int = LONGEST_CELL) -> Table:
    """The first sheet of the file, no cell of which is longer than `longest`. Raises BadTable."""
    size, head = await asyncio.to_thread(_look, path)
    if size > LARGEST:
        raise BadTable("table-large", most=LARGEST >> 20)
    if head.startswith(_OLD_EXCEL):
        raise BadTable("table-old-excel")
    read = read_xlsx if head.startswith(_XLSX) else read_csv
    try:
        lines = await run_in_child(read, str(path), longest, limits=LIMITS, readable=[path])
    except JobRefused as refusal:
        raise BadTable(refusal.code, **refusal.detail) from None
    except ChildFailed as failure:
        raise BadTable("table-unreadable" if failure.reason == "crash" else "table-heavy") from None
    return _table(lines)


def _look(path: Path) -> tuple[int, bytes]:
    with path.open("rb") as file:
        return path.stat().st_size, file.read(8)


def _table(lines: list[Any]) -> Table:
    found = [(int(number), [str(cell) for cell in cells]) for number, cells in lines]
    if not found:
        raise BadTable("table-empty")
    heading = found[0][1]
    while heading and not heading[-1]:
        heading.pop()
    width = len(heading)
    return Table(heading, [(number, [*cells, *[""] * width][:width]) for number, cells in found[1:]])


def read_csv(path: str, longest: int = LONGEST_CELL) -> list[tuple[int, list[str]]]:
    """(row's number, cells) of every row that holds anything. UTF-8, UTF-16 or GB 18030; commas, semicolons or tabs."""
    text = decode(Path(path).read_bytes())
    if text is None or "\x00" in text:
        raise JobRefused("table-encoding")
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    csv.field_size_limit(1 << 20)
    # Spreadsheet programs count rows, not the lines of a file: a cell may hold several.
    try:
        return _bounded(enumerate(reader, 1), longest)
    except csv.Error as error:
        raise JobRefused("table-malformed", line=reader.line_num, reason=str(error)) from None


def decode(raw: bytes) -> str | None:
    """The text of a file as spreadsheet programs write it: UTF-8, UTF-16, or GB 18030 as in China; None where it is none of them."""
    for encoding in ("utf-8-sig", "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def read_xlsx(path: str, longest: int = LONGEST_CELL) -> list[tuple[int, list[str]]]:
    """As `read_csv`, of the first sheet; of formulas the values that they had when the file was saved."""
    import openpyxl

    try:
        _judge(path)
        # From open files, since of a path openpyxl looks at how the name ends.
        with Path(path).open("rb") as first, Path(path).open("rb") as second:
            shown = openpyxl.load_workbook(first, read_only=True, data_only=True)
            told = openpyxl.load_workbook(second, read_only=True, data_only=False)
            return _bounded(_cells(shown.worksheets[0], told.worksheets[0]), longest)
    except (JobRefused, MemoryError):
        raise
    except Exception:
        # openpyxl answers broken files with whatever goes wrong first.
        raise JobRefused("table-unreadable") from None


def _judge(path: str) -> None:
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED:
            raise JobRefused("table-heavy")
        if any(entry.file_size > max(FLAT, SQUEEZED * entry.compress_size) for entry in entries):
            raise JobRefused("table-heavy")
        if any(entry.flag_bits & 1 for entry in entries):
            raise JobRefused("table-locked")


def _cells(shown: Any, told: Any) -> Iterator[tuple[int, list[str]]]:
    # What a sheet says of its own size may be a lie, or a million empty rows.
    area = {"max_row": MOST_ROWS * 4, "max_col": MOST_COLUMNS + 1, "values_only": True}
    for sheet in (shown, told):
        sheet.reset_dimensions()
    for number, (values, formulas) in enumerate(zip(shown.iter_rows(**area), told.iter_rows(**area), strict=False), 1):
        yield (
            number,
            [
                NO_VALUE if value is None and isinstance(formula, str) and formula.startswith("=") else in_words(value)
                for value, formula in zip(values, formulas, strict=False)
            ],
        )


def in_words(value: Any) -> str:
    """A cell as it reads: whole numbers without a point, dates as ISO 8601 writes them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    return str(value)


def _bounded(lines: Iterable[tuple[int, list[str]]], longest: int) -> list[tuple[int, list[str]]]:
    kept: list[tuple[int, list[str]]] = []
    for number, cells in lines:
        cells = [cell.strip() for cell in cells]
        if not any(cells):
            continue
        if len(kept) > MOST_ROWS:
            raise JobRefused("table-rows", most=MOST_ROWS)
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise JobRefused("table-columns", most=MOST_COLUMNS)
        long = next((cell for cell in cells if len(cell) > longest), None)
        if long is not None:
            raise JobRefused("table-cell-long", line=number, most=longest)
        kept.append((number, cells))
    return kept
