"""Rows of a table of artifacts, and everything that is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from museum.collection.moving.columns import TEXTS, Column, Mapped
from museum.collection.moving.values import category_of, grade_of, is_edtf, years_of, years_of_edtf
from museum.curation.drafting import LONGEST
from museum.curation.tables import NO_VALUE, Table
from museum.database.texts import language_of
from museum.languages import LANGUAGES

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_TEXT = {name: LONGEST.get(name, 1000) for name in TEXTS} | {"description": 10_000}
Values = dict[tuple[str, str], str]


@dataclass(frozen=True)
class ArtifactRow:
    """What a row says of one artifact; what it does not say is absent. `plain` are columns of the record, `texts` by field and language."""

    line: int
    number: str
    plain: Mapping[str, str | int] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    slug: str = ""
    rights: str = ""
    images: tuple[str, ...] = ()
    public: bool = True


@dataclass(frozen=True)
class Fault:
    """Something that has to be put right first, in a row and the column with this heading. `code` has a text `records.fault-{code}`."""

    line: int
    column: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict)


def read_rows(table: Table, mapped: Mapped) -> tuple[list[ArtifactRow], list[Fault]]:
    """The rows that are sound, and the faults of the others."""
    rows: list[ArtifactRow] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for line, cells in table.rows:
        reading = _Reading(line, table.heading, mapped.columns, cells)
        row = reading.row()
        if row.number in seen and row.number:
            reading.fault("accession_number", "twice", number=row.number, line=seen[row.number])
        seen.setdefault(row.number, line)
        faults += reading.faults
        if not reading.faults:
            rows.append(row)
    return rows, faults


class _Reading:
    """One row."""

    def __init__(self, line: int, heading: list[str], columns: Mapping[int, Column], cells: list[str]) -> None:
        self._line = line
        self._heading = heading
        self._columns = columns
        self._cells = {place: cell.strip() for place, cell in enumerate(cells) if place in columns and cell.strip()}
        self.faults: list[Fault] = []

    def row(self) -> ArtifactRow:
        for place, cell in self._cells.items():
            if cell == NO_VALUE or "\x00" in cell:
                self.faults.append(Fault(self._line, self._heading[place], "formula"))
        number = self._cell("accession_number")
        if not number:
            self.fault("accession_number", "number-missing")
        if len(number) > 64:
            self.fault("accession_number", "long", most=64)
        slug = self._cell("slug")
        if slug and (not _SLUG.fullmatch(slug) or len(slug) > 80):
            self.fault("slug", "slug", value=slug[:80])
        rights = self._cell("rights")
        if len(rights) > 500:
            self.fault("rights", "long", most=500)
        texts = self._texts()
        images = tuple(one.strip() for one in re.split(r"[;；\n]", self._cell("images")) if one.strip())
        plain = self._plain(texts)
        return ArtifactRow(
            self._line, number, plain, texts, slug, rights, images, self._cell("state") in ("", "published")
        )

    def fault(self, name: str, code: str, **values: object) -> None:
        """Note a fault in the column of a field."""
        place = next((place for place, column in self._columns.items() if column.field == name), None)
        heading = self._heading[place] if place is not None else name
        self.faults.append(Fault(self._line, heading, code, values))

    def _cell(self, name: str) -> str:
        return next((cell for place, cell in self._cells.items() if self._columns[place].field == name), "")

    def _texts(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, list[str]]] = {}
        for place, cell in self._cells.items():
            column = self._columns[place]
            if column.field in TEXTS:
                parts = found.setdefault(column.field, {}).setdefault(column.language or language_of(cell), [])
                if cell not in parts:
                    parts.append(cell)
        texts = {
            name: {language: "; ".join(parts) for language, parts in values.items()} for name, values in found.items()
        }
        for name, values in texts.items():
            if any(len(words) > LONGEST_TEXT[name] for words in values.values()):
                self.fault(name, "long", most=LONGEST_TEXT[name])
        return texts

    def _plain(self, texts: Mapping[str, Mapping[str, str]]) -> dict[str, str | int]:
        made: dict[str, str | int] = {}
        if self._cell("category"):
            made["category"] = category_of(self._cell("category"))
        if self._cell("grade"):
            grade = grade_of(self._cell("grade"))
            if grade is None:
                self.fault("grade", "grade", value=self._cell("grade")[:80])
            else:
                made["grade"] = grade
        if self._cell("edtf"):
            if is_edtf(self._cell("edtf")):
                made["edtf"] = self._cell("edtf")
            else:
                self.fault("edtf", "edtf", value=self._cell("edtf")[:80])
        return made | self._years(made, texts)

    def _years(self, made: Mapping[str, str | int], texts: Mapping[str, Mapping[str, str]]) -> dict[str, int]:
        """As columns say them, else as the date in EDTF, else as the date in words."""
        years: dict[str, int] = {}
        for name in ("year_from", "year_to"):
            cell = self._cell(name)
            if not cell:
                continue
            try:
                year = int(float(cell))
            except (ValueError, OverflowError):
                year = 1 << 40
            if -100_000 <= year <= 10_000:
                years[name] = year
            else:
                self.fault(name, "year", value=cell[:80])
        if len(years) == 1:
            [only] = years.values()
            years = {"year_from": only, "year_to": only}
        if not years and "edtf" in made:
            years = dict(zip(("year_from", "year_to"), years_of_edtf(str(made["edtf"])), strict=True))
        if not years:
            words = (texts.get("period", {}).get(language, "") for language in LANGUAGES)
            found = next((one for one in map(years_of, words) if one), None)
            years = dict(zip(("year_from", "year_to"), found, strict=True)) if found else {}
        if years and years["year_from"] > years["year_to"]:
            self.fault("year_to", "years-order", first=years["year_from"], last=years["year_to"])
        return years
