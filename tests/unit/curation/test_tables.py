"""Curators' tables: read as they were meant, with limits that no file gets around, and faults that say what to do."""

from __future__ import annotations

import random
import time
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from museum.curation import tables
from museum.curation.scene_sheet import HEADINGS, Sheet, column_of, file_key, read_rows
from museum.curation.tables import BadTable, Table, read_table
from museum.jobs.queue import JobRefused
from museum.jobs.task import Limits


def save(path: Path, rows: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def repacked(path: Path, entry: str, change: Any) -> Path:
    """The archive with one of its entries changed."""
    with zipfile.ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    contents[entry] = change(contents[entry])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


async def test_xlsx_and_csv_say_the_same(tmp_path: Path) -> None:
    rows = [
        ["文件", "标题", "north", "plan_x"],
        ["a.jpg", "大厅", 90, 1.5],
        [None, None, None, None],
        ["b.jpg", "侧厅", "", -2],
    ]
    book = await read_table(save(tmp_path / "a.xlsx", rows).rename(tmp_path / "named.otherwise"))
    assert book == Table(
        ["文件", "标题", "north", "plan_x"], [(2, ["a.jpg", "大厅", "90", "1.5"]), (4, ["b.jpg", "侧厅", "", "-2"])]
    )
    text = "文件,标题,north,plan_x\r\na.jpg,大厅,90,1.5\r\n,,,\r\nb.jpg,侧厅,,-2\r\n"
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(text.encode(encoding))
        assert await read_table(path) == book
    (tmp_path / "tab.csv").write_text(text.replace(",", "\t"))
    assert await read_table(tmp_path / "tab.csv") == book


async def test_formulas_count_by_their_results(tmp_path: Path) -> None:
    path = save(tmp_path / "f.xlsx", [["file", "north"], ["a.jpg", "=45*2"]])
    sheet = read_rows(await read_table(path))
    assert [(fault.line, fault.column, fault.code) for fault in sheet.faults] == [(2, "north", "formula")]
    repacked(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"<v />", b"<v>90</v>").replace(b"<v></v>", b"<v>90</v>"),
    )
    assert read_rows(await read_table(path)).rows["a.jpg"].north == 90


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.csv", b"", "table-empty"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "table-old-excel"),
        ("torn.xlsx", b"PK\x03\x04" + bytes(300), "table-unreadable"),
        ("zeros.csv", b"file,title_en\n\x00\x00", "table-encoding"),
        ("wide.csv", b"," * 150 + b"x", "table-columns"),
        ("cell.csv", b"file\n" + b"x" * 20_000, "table-cell-long"),
        ("rows.csv", b"file\n" + b"a.jpg\n" * 5100, "table-rows"),
        ("large.csv", b"file\n" * (4 << 20), "table-large"),
    ],
)
async def test_what_is_no_table_is_said(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadTable) as refused:
        await read_table(tmp_path / name)
    assert refused.value.code == code


async def test_bombs_are_not_unpacked(tmp_path: Path) -> None:
    path = save(tmp_path / "bomb.xlsx", [["file"], ["a.jpg"]])
    repacked(path, "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * (tables.UNPACKED + 1))
    assert path.stat().st_size < 1 << 20
    with pytest.raises(BadTable, match="table-heavy"):
        await read_table(path)


async def test_entities_do_not_multiply(tmp_path: Path) -> None:
    path = save(tmp_path / "laughs.xlsx", [["file"], ["a.jpg"]])
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY l0 "haha">{levels}]>'.encode()
    repacked(path, "xl/worksheets/sheet1.xml", lambda xml: head + xml.replace(b"a.jpg", b"&l9;"))
    with pytest.raises(BadTable) as refused:
        await read_table(path)
    assert refused.value.code in ("table-unreadable", "table-heavy")


async def test_a_sheet_that_lies_about_its_size_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = save(tmp_path / "far.xlsx", [["file"], ["a.jpg"]])
    repacked(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"'))
    assert (await read_table(path)).rows == [(2, ["a.jpg"])]


NAMES = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET, SHARED, TYPES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "[Content_Types].xml"
SHARED_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def hostile(path: Path, **entries: bytes) -> Path:
    """A small table with `sheet`, `shared` strings (all of which it then uses), `types` or `macros` of somebody's own."""
    save(path, [["file"], ["a.jpg"]])
    if shared := entries.get("shared"):
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(SHARED, shared)
        added = f'<Override PartName="/{SHARED}" ContentType="{SHARED_TYPE}"/></Types>'.encode()
        repacked(path, TYPES, lambda xml: xml.replace(b"</Types>", added))
        rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{n - 1}</v></c></row>' for n in (1, 2))
        repacked(path, SHEET, lambda _: sheet(rows))
    for name, entry in (("sheet", SHEET), ("types", TYPES)):
        if content := entries.get(name):
            repacked(path, entry, lambda _, content=content: content)
    if macros := entries.get("macros"):
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("xl/vbaProject.bin", macros)
    return path


def sheet(rows: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<worksheet {NAMES}><sheetData>{rows}</sheetData></worksheet>'.encode()


def strings(content: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<sst {NAMES}>{content}</sst>'.encode()


@pytest.mark.parametrize(
    "entries",
    [
        {"shared": strings("<si><t>a</t></si>" * 5_000_000)},
        {"shared": strings(f"<si><t>{'a' * 100_000_000}</t></si>")},
        {"sheet": sheet("<row/>" * 15_000_000)},
        {"sheet": sheet(f"<row>{'<c/>' * 20_000_000}</row>")},
        {"sheet": sheet("<row>" + "<a>" * 30_000_000)},
    ],
    ids=["many-strings", "long-string", "rows", "cells", "depth"],
)
async def test_what_unpacks_to_nothing_but_itself_is_refused_at_once(tmp_path: Path, entries: dict[str, bytes]) -> None:
    path = hostile(tmp_path / "bomb.xlsx", **entries)
    assert path.stat().st_size < 1 << 20
    with zipfile.ZipFile(path) as archive:
        assert sum(one.file_size for one in archive.infolist()) < tables.UNPACKED
    began = time.process_time()
    with pytest.raises(JobRefused, match="table-heavy"):
        tables.read_xlsx(str(path))
    assert time.process_time() - began < 2, "none of it is unpacked"
    with pytest.raises(BadTable) as refused:
        await read_table(path)
    assert refused.value.code == "table-heavy"


async def test_what_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As no ratio shows it."""
    monkeypatch.setattr(tables, "LIMITS", Limits(memory=768 << 20, cpu_seconds=2, seconds=60))
    chance = random.Random(3)
    content = strings("".join(f"<si><t>{chance.getrandbits(64):x}</t></si>" for _ in range(1_500_000)))
    path = hostile(tmp_path / "slow.xlsx", shared=content)
    assert path.stat().st_size < tables.LARGEST
    with pytest.raises(BadTable) as refused:
        await read_table(path)
    assert refused.value.code == "table-heavy"


async def test_no_file_of_the_server_is_read_through_a_sheet(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the keys")
    head = f'<!DOCTYPE x [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>file &x;</t></is></c></row>'
    for entries in (
        {"sheet": sheet(cell, head)},
        {"shared": strings("<si><t>file &x;</t></si><si><t>b</t></si>", head)},
    ):
        with pytest.raises(BadTable) as refused:
            await read_table(hostile(tmp_path / "entity.xlsx", **entries))
        assert refused.value.code == "table-unreadable"


async def test_rows_far_away_and_macros_are_passed_over(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="4000000000"><c r="A4000000000"><v>2</v></c></row>'
    far = await read_table(hostile(tmp_path / "far-row.xlsx", sheet=sheet(rows)))
    assert (far.heading, far.rows) == (["1"], [])
    macros = hostile(tmp_path / "macros.xlsm", macros=b"\xd0\xcf\x11\xe0" + bytes(2000))
    assert (await read_table(macros)).rows == [(2, ["a.jpg"])]


async def test_a_document_of_another_kind_is_said_to_be_none(tmp_path: Path) -> None:
    for types in (b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>', b"no XML"):
        with pytest.raises(BadTable) as refused:
            await read_table(hostile(tmp_path / "types.xlsx", types=types))
        assert refused.value.code == "table-unreadable"


def rows_of(*lines: str) -> Sheet:
    heading, *rows = [line.split("|") for line in lines]
    return read_rows(Table(heading, [(number, row) for number, row in enumerate(rows, 2)]))


def test_columns_go_by_many_names() -> None:
    named = {
        "文件": "file",
        "標題": "title_zh-Hant",
        "Title zh-hans": "title_zh-Hans",
        "TITLE_EN": "title_en",
        "方位角": "north",
    }
    named |= {"平面图X": "plan_x", "ｎｏｒｔｈ": "north", "展馆": "hall", "title": "title", "whatever": ""}
    assert {heading: column_of(heading) for heading in named} == named
    (columns,) = {frozenset(map(column_of, heading.split(","))) for heading in HEADINGS.values()}
    assert "floor" in columns and "" not in columns, "an empty sheet is understood in every language"
    assert file_key("D:\\pictures\\A.JPG") == file_key("a.jpg")


def test_rows_say_what_they_hold() -> None:
    sheet = rows_of("file|title|title_en|hall|plan_x|plan_y|north|year", "A.jpg|序廳|Lobby|east|1,5|-2 m|-90°|公元")
    assert [fault.code for fault in sheet.faults] == ["year"]
    row = sheet.rows["a.jpg"]
    assert row.texts == {"title": {"zh-Hant": "序廳", "en": "Lobby"}}
    assert (row.hall, row.plan_x, row.plan_y, row.north) == ("east", 1.5, -2.0, -90.0)


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (("title_en", "Lobby"), (1, "", "no-file-column")),
        (("file|colour", "a.jpg|red"), (1, "colour", "column")),
        (("file|north|方位角", "a.jpg|1|2"), (1, "方位角", "column-twice")),
        (("file|north", "a.jpg|east"), (2, "north", "number")),
        (("file|north", "a.jpg|nan"), (2, "north", "number")),
        (("file|title_en", "|Lobby"), (2, "file", "no-file")),
        (("file|title_en", "a.jpg|" + "x" * 201), (2, "title_en", "long")),
        (("file|slug", "a.jpg|No Good"), (2, "slug", "slug")),
        (("文件|地点", "a.jpg|北塘"), (2, "地点", "place-needs-year")),
        (("file|plan_x|plan_y", "a.jpg|1|"), (2, "plan_x", "half-position")),
        (("file|north", "a.jpg|1", "A.JPG|2"), (3, "file", "twice")),
    ],
)
def test_faults_name_row_and_column(lines: tuple[str, ...], fault: tuple[int, str, str]) -> None:
    found = rows_of(*lines).faults
    assert [(one.line, one.column, one.code) for one in found] == [fault]


def test_every_fault_has_words() -> None:
    import re

    import museum.curation.scene_sheet as module
    from museum.web.language import catalog

    source = Path(module.__file__).read_text()
    codes = set(re.findall(r'(?:_fault\([^,]*(?: if [^,]*)?, |Fault\([^"]*, (?:"", )?)"([a-z-]+)"', source))
    assert len(codes) > 8
    for language in ("zh-Hans", "zh-Hant", "en"):
        assert not {code for code in codes if f"uploads.fault-{code}" not in catalog(language)}
