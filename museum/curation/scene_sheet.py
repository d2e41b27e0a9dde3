"""The spreadsheet that may come with panoramas: a row for each file, with what the picture cannot tell, and a row for each thing that is
to be opened in it. Pure.

Columns may come in any order and be missing. Headings are English, or Chinese as museums' own lists have them. Each fault names its row
and column, and has a text that says what to do.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from museum.curation.tables import NO_VALUE, Table
from museum.database.texts import language_of
from museum.languages import LANGUAGES

TEXTS = {"title": 200, "description": 4000}
"""Texts of a scene, and the most characters of each."""
PLAIN = (
    "file",
    "hall",
    "room",
    "slug",
    "floor",
    "plan_x",
    "plan_y",
    "north",
    "year",
    "place",
    "opens",
    "target",
    "yaw",
    "pitch",
)
SPOT = ("opens", "target", "yaw", "pitch")
"""A row that says any of these is a hotspot in the panorama of its file."""
OF_SCENES = ("hall", "room", "slug", "floor", "plan_x", "plan_y", "north", "year", "place")
MOST_SPOTS = 200
MOST_FAULTS = 200
_ALIASES = {
    **dict.fromkeys(("文件", "文件名", "檔案", "檔名", "文件名称", "filename"), "file"),
    **dict.fromkeys(("标题", "名称", "简体标题", "簡體標題", "title_zh"), "title_zh-Hans"),
    **dict.fromkeys(("標題", "名稱", "繁体标题", "繁體標題"), "title_zh-Hant"),
    **dict.fromkeys(("英文标题", "英文標題", "英文名"), "title_en"),
    **dict.fromkeys(("说明", "简体说明", "description_zh"), "description_zh-Hans"),
    **dict.fromkeys(("說明", "繁体说明", "繁體說明"), "description_zh-Hant"),
    **dict.fromkeys(("英文说明", "英文說明"), "description_en"),
    **dict.fromkeys(("展馆", "展館", "展厅", "展廳", "venue"), "hall"),
    **dict.fromkeys(("房间", "房間"), "room"),
    **dict.fromkeys(("楼层", "樓層", "层", "層", "storey", "level"), "floor"),
    **dict.fromkeys(("平面图x", "平面圖x", "x"), "plan_x"),
    **dict.fromkeys(("平面图y", "平面圖y", "y"), "plan_y"),
    **dict.fromkeys(("北", "朝向", "正前方位角", "方位角", "heading"), "north"),
    **dict.fromkeys(("年份", "年"), "year"),
    **dict.fromkeys(("地点", "地點"), "place"),
    **dict.fromkeys(("网址名", "網址名"), "slug"),
    **dict.fromkeys(("打开", "打開", "热点", "熱點", "hotspot"), "opens"),
    **dict.fromkeys(("内容", "內容", "打开什么", "打開什麼"), "target"),
    **dict.fromkeys(("水平角", "偏航角"), "yaw"),
    **dict.fromkeys(("俯仰角", "仰角"), "pitch"),
}
OPENS = {
    **dict.fromkeys(("text", "文字", "说明", "說明"), "text"),
    **dict.fromkeys(("artifact", "文物", "藏品"), "artifact"),
    **dict.fromkeys(("image", "展图", "展圖", "图片", "圖片"), "image"),
    **dict.fromkeys(("model", "三维模型", "三維模型", "3d模型"), "model"),
    **dict.fromkeys(("exhibition", "线上展览", "線上展覽", "展览", "展覽"), "exhibition"),
    **dict.fromkeys(("web", "网页", "網頁"), "web"),
    **dict.fromkeys(("audio", "声音", "聲音", "音频", "音頻"), "audio"),
    **dict.fromkeys(("video", "影片", "视频", "視頻"), "video"),
}
"""Kinds of hotspots as curators write them."""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RANGES = {
    "plan_x": (-100_000.0, 100_000.0), "plan_y": (-100_000.0, 100_000.0), "north": (-360.0, 360.0), "yaw": (-360.0, 360.0),
    "pitch": (-90.0, 90.0),
}  # fmt: skip


@dataclass(frozen=True)
class SpotRow:
    """A hotspot: its `kind`, the record or address that it opens, and where it is seen; `yaw` is None where that is still to be shown."""

    line: int
    kind: str
    target: str = ""
    yaw: float | None = None
    pitch: float = 0.0
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class SceneRow:
    """What a sheet says of one file. `hall`, `floor` and `place` are as they stand there: a slug, a title or a number. `line` is that of
    its first hotspot where the sheet says nothing of the scene itself."""

    line: int
    file: str
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    hall: str = ""
    room: str = ""
    slug: str = ""
    floor: str = ""
    plan_x: float | None = None
    plan_y: float | None = None
    north: float | None = None
    year: int | None = None
    place: str = ""
    spots: tuple[SpotRow, ...] = ()


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
    spots: dict[str, list[SpotRow]] = {}
    for line, cells in table.rows:
        reader = _Reader(line, headed, {name: cell for name, cell in zip(names, cells, strict=True) if name}, faults)
        name = reader.file()
        if not name:
            continue
        key = file_key(name)
        if reader.is_spot:
            spots.setdefault(key, []).append(reader.spot())
            if len(spots[key]) == MOST_SPOTS + 1:
                faults.append(Fault(line, headed["file"], "spots-many", {"most": MOST_SPOTS}))
            rows.setdefault(key, SceneRow(0, name))
            continue
        row = reader.row(name)
        if key in rows and rows[key].line:
            faults.append(Fault(line, headed["file"], "twice", {"value": row.file, "first": rows[key].line}))
        else:
            rows[key] = row
    for key, found in spots.items():
        rows[key] = replace(rows[key], spots=tuple(found), line=rows[key].line or found[0].line)
    return Sheet(rows, headed, faults[:MOST_FAULTS])


HEADINGS = {
    "en": "file,title_en,title_zh-Hans,title_zh-Hant,hall,floor,plan_x,plan_y,north,year,place,opens,target,yaw,pitch",
    "zh-Hans": "文件,标题,繁体标题,英文标题,展馆,楼层,平面图x,平面图y,方位角,年份,地点,打开,内容,水平角,俯仰角",
    "zh-Hant": "檔案,標題,簡體標題,英文標題,展館,樓層,平面圖x,平面圖y,方位角,年份,地點,打開,內容,水平角,俯仰角",
}
"""The first line of an empty CSV, by the language of whoever fills it in."""


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

    @property
    def is_spot(self) -> bool:
        return any(self.cells.get(name) for name in SPOT)

    def file(self) -> str:
        """The file that the row is about; empty, and a fault, where it names none."""
        for name, cell in self.cells.items():
            if cell == NO_VALUE:
                self._fault(name, "formula")
        name = self._cell("file")
        if not name:
            self._fault("file", "no-file")
        return name

    def spot(self) -> SpotRow:
        for name in OF_SCENES:
            if self._cell(name):
                self._fault(name, "spot-not-scene")
        target, said = self._cell("target"), self._cell("opens")
        kind = (
            OPENS.get(unicodedata.normalize("NFKC", said).casefold(), "") if said else "artifact" if target else "text"
        )
        if not kind:
            self._fault("opens", "opens", value=said[:40], known=", ".join(dict.fromkeys(OPENS.values())))
        texts, yaw = self._texts(), self._number("yaw")
        if kind == "text" and "title" not in texts:
            self._fault(next((name for name in self.headed if name.startswith("title")), "opens"), "spot-untitled")
        elif kind not in ("", "text", "audio", "video") and not target:
            self._fault("target" if "target" in self.headed else "opens", "target-needed")
        return SpotRow(self.line, kind, target, yaw, self._number("pitch") or 0.0, texts)

    def _texts(self) -> dict[str, dict[str, str]]:
        texts: dict[str, dict[str, str]] = {}
        for kind, most in TEXTS.items():
            for name in (kind, *(f"{kind}_{language}" for language in LANGUAGES)):
                words = self._cell(name)
                if len(words) > most:
                    self._fault(name, "long", most=most)
                elif words:
                    language = name.partition("_")[2] or language_of(words)
                    texts.setdefault(kind, {})[language] = words
        return texts

    def row(self, file: str) -> SceneRow:
        texts = self._texts()
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
            self.line, file, texts, self._cell("hall"), room, slug, self._cell("floor"), x, y, self._number("north"),
            year, self._cell("place"),
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
