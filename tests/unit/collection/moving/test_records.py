"""Records go out and in: headings, cells, faults, what a curator wrote, and undoing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from museum.cli import main
from museum.collection.models import Artifact
from museum.collection.moving.bringing import Taken, take_records
from museum.collection.moving.columns import Column, column_of, map_columns
from museum.collection.moving.reading import read_records
from museum.collection.moving.rows import read_rows
from museum.collection.moving.values import category_of, is_edtf, years_of, years_of_edtf
from museum.collection.moving.writing import gather_records, write_records
from museum.curation import revisions
from museum.curation.audit import CONSOLE
from museum.curation.changes import changing
from museum.curation.models import AuditEvent, Person
from museum.curation.tables import BadTable
from museum.database import Database
from museum.database.texts import set_texts, texts_by_field

HEADING = ["總登記號", "藏品名称", "名称（英文）", "文物类别", "级别", "具体年代", "质地", "Dimensions (en)", "备注号"]
ROWS: list[list[Any]] = [
    ["0001", "青花瓶", "Blue vase", "瓷器", "二级", "清乾隆", "瓷", "12 cm", "x"],
    ["0002", "銅鏡", "", "铜器", "未定级", "公元前221年", "铜", "", ""],
]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("总登记号", Column("accession_number")),
        ("Object Number", Column("accession_number")),
        ("文物名称", Column("title")),
        ("題名（繁體）", Column("title", "zh-Hant")),
        ("名称(英)", Column("title", "en")),
        ("title_zh-Hans", Column("title", "zh-Hans")),
        ("dc:title", Column("title")),
        ("Description EN", Column("description", "en")),
        ("Medium", Column("material")),
        ("Remarks on dust", None),
    ],
)
def test_headings_say_what_columns_are(heading: str, column: Column | None) -> None:
    assert column_of(heading) == column


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("18th century", (1701, 1800)),
        ("2nd century BCE", (-199, -100)),
        ("1780–1820", (1780, 1820)),
        ("清乾隆", (1736, 1795)),
        ("明 宣德", (1426, 1435)),
        ("唐代", (618, 906)),
        ("公元前221年", (-220, -220)),
        ("ca. 1850", (1850, 1850)),
        ("long ago", None),
    ],
)
def test_dates_in_words(words: str, years: tuple[int, int] | None) -> None:
    assert years_of(words) == years


def test_dates_in_edtf_and_categories() -> None:
    assert is_edtf("-0220~") and is_edtf("1736/1795") and is_edtf("17XX") and not is_edtf("about 1700")
    assert years_of_edtf("-0220~") == (-220, -220) and years_of_edtf("17XX") == (1700, 1799)
    assert [category_of(one) for one in ("瓷器", "Coins", "Arms & Armor", "杂项")] == [
        "porcelain",
        "coin",
        "arms-armor",
        "other",
    ]


def workbook(path: Path, rows: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    for row in (HEADING, *rows):
        book.active.append(row)  # pyright: ignore[reportOptionalMemberAccess]
    book.save(path)
    return path


async def take(database: Database, path: Path, **options: Any) -> Taken:
    table = await read_records(path)
    rows, faults = read_rows(table, map_columns(table.heading, {}))
    assert faults == []
    return await take_records(database, rows, **options)


async def artifacts(database: Database) -> dict[str, Artifact]:
    async with database.read() as session:
        found = await session.scalars(select(Artifact).options(selectinload(Artifact.texts)))
        return {one.accession_number: one for one in found}


async def test_what_a_curator_wrote_stays(database: Database, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ROWS)
    planned = await take(database, path, dry_run=True)
    assert await artifacts(database) == {}
    first = await take(database, path)
    assert first.made == planned.made == ["blue-vase", "artifact-0002"]
    vase = (await artifacts(database))["0001"]
    assert (vase.category, vase.grade, vase.year_from, vase.year_to, vase.state) == (
        "porcelain",
        "second",
        1736,
        1795,
        "draft",
    )
    texts = texts_by_field(vase.texts)
    assert texts["title"] == {"zh-Hans": "青花瓶", "en": "Blue vase"} and texts["dimensions"] == {"en": "12 cm"}
    assert texts_by_field((await artifacts(database))["0002"].texts)["title"] == {"zh-Hant": "銅鏡"}
    assert len((await take(database, path)).known) == 2
    async with changing(database, CONSOLE) as session:
        record = (
            await session.scalars(
                select(Artifact).where(Artifact.slug == "blue-vase").options(selectinload(Artifact.texts))
            )
        ).one()
        set_texts(record, "title", {"en": "Vase of the curator"})
        record.version += 1
    changed = workbook(
        tmp_path / "b.xlsx", [["0001", "青花瓶", "Blue jar", "瓷器", "一级", "清乾隆", "瓷", "12 cm", ""], ROWS[1]]
    )
    told = await take(database, changed)
    assert told.kept == ["blue-vase"] and [(one.name, one.here, one.taken) for one in told.differences] == [
        ("grade", "second", False),
        ("title.en", "Vase of the curator", False),
    ]
    updated = await take(database, changed, how="update")
    vase = (await artifacts(database))["0001"]
    assert (vase.grade, texts_by_field(vase.texts)["title"]["en"]) == ("first", "Vase of the curator")
    await take(database, changed, how="overwrite")
    assert texts_by_field((await artifacts(database))["0001"].texts)["title"]["en"] == "Blue jar"
    async with changing(database, CONSOLE) as session:
        assert await session.scalar(select(func.count()).where(AuditEvent.slug == "blue-vase")) == 4
        await revisions.undo(session, updated.act, Person(role="administrator", venue_roles=[]))
    assert (await artifacts(database))["0001"].grade == "second"
    async with changing(database, CONSOLE) as session:
        await revisions.undo(session, first.act, Person(role="administrator", venue_roles=[]))
    assert await artifacts(database) == {}


async def test_what_goes_out_comes_in_again(database: Database, tmp_path: Path) -> None:
    await take(database, workbook(tmp_path / "a.xlsx", ROWS), publish=True)

    async def out(folder: Path) -> dict[str, bytes]:
        async with database.snapshot() as connection:
            write_records(await connection.run_sync(gather_records), folder)
        return {file.name: file.read_bytes() for file in folder.iterdir()}

    first = await out(tmp_path / "out")
    assert first["artifacts.csv"].startswith("\ufeffaccession_number,slug,state".encode())
    for name in ("artifacts.csv", "artifacts.json"):
        async with database.write() as session:
            for record in await session.scalars(select(Artifact)):
                await session.delete(record)
        done = await take(database, tmp_path / "out" / name, publish=True)
        assert len(done.published) == 2 and await out(tmp_path / "again") == first, name
    assert len((await take(database, tmp_path / "out" / "lido.xml")).known) == 2


async def test_files_that_mean_harm_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><lido>&b;</lido>')
    (tmp_path / "b.json").write_text('{"artifacts": 3}')
    for name in ("a.xml", "b.json", "nothing.csv"):
        with pytest.raises(BadTable):
            await read_records(tmp_path / name)


def test_faults_are_said_by_row_and_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = [
        ["", "甲", "", "", "", "", "", "", ""],
        ["1", "乙", "", "", "特级", "", "", "", ""],
        ["1", "丙", "", "", "", "", "", "", ""],
    ]
    path = str(workbook(tmp_path / "a.xlsx", [*wrong, *ROWS]))
    command = ["import", "records", path, "--data", str(tmp_path / "m"), "--language", "zh-Hans"]
    assert main(command) == 2
    said = capsys.readouterr()
    assert "第 2 行“總登記號”： 没有登记号。" in said.err and "第 3 行“级别”： “特级”不是级别" in said.err
    assert "登记号 1 在第 3 行已经有了" in said.err and "没有收进的列：备注号" in said.out
    assert main([*command, "--skip", "--dry-run"]) == 1
    assert "新增 2 件文物。" in capsys.readouterr().out
    assert main([*command, "--column", "备注号=nothing"]) == 2
    assert "没有字段“nothing”" in capsys.readouterr().err
