"""The sheet that may lie beside a folder of pictures: a row for each file, with what its name cannot tell.

CSV with a heading; columns may come in any order and be missing. Headings are English, or Chinese as a museum's own lists have them.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from museum.curation.tables import decode
from museum.languages import LANGUAGES

DEFAULT_NAME = "images.csv"
LARGEST_SHEET = 64 << 20
TEXT_FIELDS = {"title": 200, "caption": 4000, "alt": 1000}
"""Texts of an image, and the most characters of each."""
_PLAIN = ("file", "slug", "category", "rights", "rights_until", "width_mm", "height_mm", "artifact")
_ALIASES = {
    "文件": "file",
    "文件名": "file",
    "檔案": "file",
    "檔名": "file",
    "标题": "title_zh-Hans",
    "名称": "title_zh-Hans",
    "標題": "title_zh-Hant",
    "名稱": "title_zh-Hant",
    "说明": "caption_zh-Hans",
    "說明": "caption_zh-Hant",
    "类别": "category",
    "類別": "category",
    "权利截止": "rights_until",
    "權利截止": "rights_until",
    "权利": "rights",
    "權利": "rights",
    "宽(mm)": "width_mm",
    "寬(mm)": "width_mm",
    "高(mm)": "height_mm",
    "总登记号": "artifact",
    "總登記號": "artifact",
}
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_CATEGORY = re.compile(r"[a-z][a-z-]{0,31}")


@dataclass(frozen=True)
class SheetRow:
    """What a sheet says of one file. `artifact` is an accession number; sizes are of the thing itself, in millimetres."""

    line: int
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    slug: str = ""
    category: str = ""
    rights: str | None = None
    rights_until: str | None = None
    width_mm: float | None = None
    height_mm: float | None = None
    artifact: str | None = None


@dataclass(frozen=True)
class Fault:
    """Something in a sheet that has to be put right first. `code` has a text `import.sheet-{code}`."""

    line: int
    code: str
    values: Mapping[str, object] = field(default_factory=dict)


def read_sheet(path: Path) -> tuple[dict[str, SheetRow], list[Fault]]:
    """Rows by what they say in `file`, and everything that is wrong. Raises OSError."""
    with path.open("rb") as file:
        raw = file.read(LARGEST_SHEET + 1)
    if len(raw) > LARGEST_SHEET:
        return {}, [Fault(1, "large", {"most": LARGEST_SHEET >> 20})]
    return parse_sheet(raw)


def parse_sheet(raw: bytes) -> tuple[dict[str, SheetRow], list[Fault]]:
    """See `read_sheet`. UTF-8, or GB 18030 as spreadsheet programs save in China; commas, semicolons or tabs."""
    text = decode(raw)
    if text is None:
        return {}, [Fault(1, "encoding")]
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        heading = [_column(name) for name in next(reader, [])]
        if "file" not in heading:
            return {}, [Fault(1, "no-file-column")]
        faults = [Fault(1, "column", {"name": name}) for name in heading if name and not _is_column(name)]
        rows: dict[str, SheetRow] = {}
        for cells in reader:
            values = {name: cell.strip() for name, cell in zip(heading, cells, strict=False) if name}
            if not any(values.values()):
                continue
            name = values.get("file", "").replace("\\", "/").removeprefix("./")
            if not name:
                faults.append(Fault(reader.line_num, "no-file"))
            elif name in rows:
                faults.append(Fault(reader.line_num, "twice", {"name": name}))
            else:
                rows[name] = _row(reader.line_num, values, faults)
    except csv.Error as error:
        return {}, [Fault(reader.line_num, "malformed", {"reason": str(error)})]
    return rows, faults


def _column(name: str) -> str:
    name = name.strip()
    name = _ALIASES.get(name, name)
    # A language without its script is the one that the museum falls back to.
    kind, _, language = name.partition("_")
    return f"{kind}_zh-Hans" if language == "zh" else name


def _is_column(name: str) -> bool:
    kind, _, language = name.partition("_")
    return name in _PLAIN or (kind in TEXT_FIELDS and language in LANGUAGES)


def _row(line: int, values: Mapping[str, str], faults: list[Fault]) -> SheetRow:
    texts: dict[str, dict[str, str]] = {}
    for kind, most in TEXT_FIELDS.items():
        for language in LANGUAGES:
            words = values.get(f"{kind}_{language}", "")
            if len(words) > most:
                faults.append(Fault(line, "long", {"name": f"{kind}_{language}", "most": most}))
            elif words:
                texts.setdefault(kind, {})[language] = words
    slug, category, rights = values.get("slug", ""), values.get("category", ""), values.get("rights", "")
    if slug and (not _SLUG.fullmatch(slug) or len(slug) > 80):
        faults.append(Fault(line, "slug", {"value": slug[:80]}))
    if category and not _CATEGORY.fullmatch(category):
        faults.append(Fault(line, "category", {"value": category[:80]}))
    if len(rights) > 500:
        faults.append(Fault(line, "long", {"name": "rights", "most": 500}))
    return SheetRow(
        line,
        texts,
        slug,
        category,
        rights or None,
        _day(line, values, "rights_until", faults),
        _length(line, values, "width_mm", faults),
        _length(line, values, "height_mm", faults),
        values.get("artifact") or None,
    )


def _day(line: int, values: Mapping[str, str], name: str, faults: list[Fault]) -> str | None:
    """A day, as ISO 8601 or as spreadsheet programs write it in China (2027/1/31, 2027年1月31日)."""
    words = values.get(name, "")
    if not words:
        return None
    parts = _DAY.fullmatch(words)
    try:
        return date(*map(int, parts.groups())).isoformat() if parts else date.fromisoformat(words).isoformat()
    except ValueError:
        faults.append(Fault(line, "day", {"name": name, "value": words[:40]}))
        return None


def _length(line: int, values: Mapping[str, str], name: str, faults: list[Fault]) -> float | None:
    words = values.get(name, "")
    if not words:
        return None
    try:
        length = float(words.replace(",", "."))
    except ValueError:
        length = math.nan
    if not 0 < length < 1e7:
        faults.append(Fault(line, "length", {"name": name, "value": words[:40]}))
        return None
    return length
