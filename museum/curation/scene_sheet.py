"""The spreadsheet that may come with panoramas: a row for each file, with what the picture cannot tell. Pure.

Columns may come in any order and be missing. Headings are English, or Chinese as museums' own lists have them. Each fault names its row
and column, and has a text that says what to do.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from museum.curation.tables import NO_VALUE, Table
from museum.database.texts import language_of
from museum.languages import LANGUAGES

TEXTS = {"title": 200, "description": 4000}
"""Texts of a scene, and the most characters of each."""
PLAIN = ("file", "hall", "room", "slug", "plan_x", "plan_y", "north", "year", "place")
MOST_FAULTS = 200
_ALIASES = {
    **dict.fromkeys(("文件", "文件名", "檔案", "檔名", "文件名称", "filename"), "file"),
    **dict.fromkeys(("标题", "名称", "简体标题", "title_zh"), "title_zh-Hans"),
    **dict.fromkeys(("標題", "名稱", "繁体标题", "繁體標題"), "title_zh-Hant"),
    **dict.fromkeys(("英文标题", "英文標題", "英文名"), "title_en"),
    **dict.fromkeys(("说明", "简体说明", "description_zh"), "description_zh-Hans"),
    **dict.fromkeys(("說明", "繁体说明", "繁體說明"), "description_zh-Hant"),
    **dict.fromkeys(("英文说明", "英文說明"), "description_en"),
    **dict.fromkeys(("展馆", "展館", "展厅", "展廳", "venue"), "hall"),
    **dict.fromkeys(("房间", "房間"), "room"),
    **dict.fromkeys(("平面图x", "平面圖x", "x"), "plan_x"),
    **dict.fromkeys(("平面图y", "平面圖y", "y"), "plan_y"),
    **dict.fromkeys(("北", "朝向", "正前方位角", "方位角", "heading"), "north"),
    **dict.fromkeys(("年份", "年"), "year"),
    **dict.fromkeys(("地点", "地點"), "place"),
    **dict.fromkeys(("网址名", "網址名"), "slug"),
}
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RANGES = {"plan_x": (-100_000.0, 100_000.0), "plan_y": (-100_000.0, 100_000.0), "north": (-360.0, 360.0)}


@dataclass(frozen=True)
class SceneRow:
    """What a sheet says of one file. `hall` and `place` are as they stand there: a slug or a title."""

    line: int
    file: str
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    hall: str = ""
    room: str = ""
    slug: str = ""
    plan_x: float | None = None
    plan_y: float | None = None
    north: float | None = None
    year: int | None = None
    place: str = ""


@dataclass(frozen=True)
class Sheet:
    """What was read. `headed` are the headings by the names of their columns."""

    rows: Mapping[str, SceneRow] = field(default_factory=dict)
    """By `file_key`."""
    headed: Mapping[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Fault:
    """Something that has to be put right in the sheet. `column` is as it is headed there, empty where the whole row is meant; `code` has
    a text `uploads.fault-{code}`."""

    line: int
    column: str
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


def read_rows(table: Table) -> Sheet:
    """The rows, and all that is wrong with the table."""
    names = [column_of(heading) for heading in table.heading]
    headed = {name: heading for name, heading in zip(names, table.heading, strict=True) if name}
    if "file" not in headed:
        return Sheet(faults=[Fault(1, "", "no-file-column")])
    faults = [
        Fault(1, heading, "column") for name, heading in zip(names, table.heading, strict=True) if heading and not name
    ]
    faults += [Fault(1, headed[name], "column-twice") for name in headed if names.count(name) > 1]
    rows: dict[str, SceneRow] = {}
    for line, cells in table.rows:
        reader = _Reader(line, headed, {name: cell for name, cell in zip(names, cells, strict=True) if name}, faults)
        row = reader.row()
        if row is None:
            continue
        key = file_key(row.file)
        if key in rows:
            faults.append(Fault(line, headed["file"], "twice", {"value": row.file, "first": rows[key].line}))
        else:
            rows[key] = row
    return Sheet(rows, headed, faults[:MOST_FAULTS])


def column_of(heading: str) -> str:
    """The column that a heading means; empty where there is none such."""
    name = unicodedata.normalize("NFKC", heading).strip().casefold().replace(" ", "_").replace("-", "_")
    name = _ALIASES.get(name.replace("_", ""), _ALIASES.get(name, name))
    return _columns().get(name.casefold().replace("-", "_"), "")


def _columns() -> dict[str, str]:
    """Columns by their names as typed in any way. A text without a language is in the one that its characters tell."""
    texts = (f"{kind}_{language}" for kind in TEXTS for language in LANGUAGES)
    return {name.casefold().replace("-", "_"): name for name in (*PLAIN, *TEXTS, *texts)}


def file_key(name: str) -> str:
    """By what a file is found in a sheet: its name without folders, composed, in lower case."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    return last.strip().casefold()


@dataclass
class _Reader:
    line: int
    headed: Mapping[str, str]
    cells: Mapping[str, str]
    faults: list[Fault]

    def row(self) -> SceneRow | None:
        for name, cell in self.cells.items():
            if cell == NO_VALUE:
                self._fault(name, "formula")
        if not self._cell("file"):
            self._fault("file", "no-file")
            return None
        texts: dict[str, dict[str, str]] = {}
        for kind, most in TEXTS.items():
            for name in (kind, *(f"{kind}_{language}" for language in LANGUAGES)):
                words = self._cell(name)
                if len(words) > most:
                    self._fault(name, "long", most=most)
                elif words:
                    language = name.partition("_")[2] or language_of(words)
                    texts.setdefault(kind, {})[language] = words
        slug, room, year = self._cell("slug"), self._cell("room"), self._year()
        if slug and (not _SLUG.fullmatch(slug) or len(slug) > 80):
            self._fault("slug", "slug", value=slug[:80])
        if len(room) > 64:
            self._fault("room", "long", most=64)
        if self._cell("place") and year is None and not self._cell("year"):
            self._fault("year" if "year" in self.headed else "place", "place-needs-year")
        x, y = self._number("plan_x"), self._number("plan_y")
        if (self._cell("plan_x") == "") != (self._cell("plan_y") == ""):
            self._fault("plan_x" if "plan_x" in self.headed else "plan_y", "half-position")
        return SceneRow(
            self.line, self._cell("file"), texts, self._cell("hall"), room, slug, x, y, self._number("north"), year,
            self._cell("place"),
        )  # fmt: skip

    def _cell(self, name: str) -> str:
        cell = self.cells.get(name, "")
        return "" if cell == NO_VALUE else cell

    def _fault(self, name: str, code: str, **values: Any) -> None:
        self.faults.append(Fault(self.line, self.headed.get(name, name), code, values))

    def _number(self, name: str) -> float | None:
        words = self._cell(name)
        if not words:
            return None
        # A comma stands for the point where a museum's spreadsheet program writes so; degrees and metres may carry their sign.
        plain = unicodedata.normalize("NFKC", words).rstrip("°m ").replace(",", ".")
        try:
            number = float(plain)
        except ValueError:
            number = math.nan
        low, high = _RANGES[name]
        if not low <= number <= high:
            self._fault(name, "number", value=words[:40], low=f"{low:g}", high=f"{high:g}")
            return None
        return number

    def _year(self) -> int | None:
        words = self._cell("year")
        if not words:
            return None
        try:
            year = int(unicodedata.normalize("NFKC", words).removesuffix("年"))
        except ValueError:
            year = 10**9
        if not -100_000 <= year <= 10_000:
            self._fault("year", "year", value=words[:40])
            return None
        return year
