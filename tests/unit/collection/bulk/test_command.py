"""`museum import images` as it is typed: what it says, in whose language, and how it ends."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from museum.cli import main
from museum.saying import terminal_language
from tests.unit.assets.pictures import busy, save


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh-Hans"),
        ({"LC_ALL": "zh_TW.UTF-8", "LANG": "en_US.UTF-8"}, "zh-Hant"),
        ({"LC_ALL": "", "LANG": "zh_HK"}, "zh-Hant"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_it_speaks_the_terminal_s_language(environment: dict[str, str], language: str) -> None:
    assert terminal_language(environment) == language


@pytest.fixture(autouse=True)
def no_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command sets up the log of its process, which here is that of all tests."""
    monkeypatch.setattr("museum.cli.set_up_logs", lambda *_: None)


def run(folder: Path, data: Path, *options: str) -> int:
    return main(["import", "images", str(folder), "--data", str(data), "--min-free-bytes", "0", *options])


def test_it_says_what_it_did_and_what_it_refused(tmp_path: Path, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    folder, data = tmp_path / "in", tmp_path / "museum"
    folder.mkdir()
    save(busy(80, 60, 1), folder / "一.png")
    (folder / "=坏.jpg").write_bytes(b"\xff\xd8\xff no picture")
    (folder / "images.csv").write_text("文件,标题,width_mm\n一.png,第一张,300\n二.png,第二张,\n")
    assert run(folder, data, "--dry-run") == 1
    assert "1 个文件可以导入" in capsys.readouterr().out
    assert run(folder, data, "--report", str(tmp_path / "report.csv")) == 1
    said = capsys.readouterr()
    assert "1 张展图已入馆，为草稿" in said.out
    assert "1 个文件没有收下" in said.out and "=坏.jpg" in said.out and "重新导出" in said.out
    assert "没有“二.png”" in said.err
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["file"]: row for row in csv.DictReader(file)}
    assert rows["'=坏.jpg"]["code"] == "damaged" and rows["一.png"]["state"] == "made"
    (folder / "=坏.jpg").unlink()
    assert run(folder, data, "--language", "en") == 0
    assert "1 file was in the museum before." in capsys.readouterr().out


def test_nothing_begins_with_a_faulty_sheet(tmp_path: Path, capsys: Any) -> None:
    folder, data = tmp_path / "in", tmp_path / "museum"
    folder.mkdir()
    save(busy(80, 60, 1), folder / "a.png")
    sheet = folder / "images.csv"
    sheet.write_text("file,width_mm\na.png,wide\n")
    assert run(folder, data, "--language", "zh-Hant") == 2
    assert "第 2 行：「width_mm」應是以毫米為單位的長度" in capsys.readouterr().err
    sheet.write_text("file,artifact\na.png,X-9\n")
    assert run(folder, data, "--language", "en") == 2
    assert "X-9" in capsys.readouterr().err
    assert run(tmp_path / "none", data, "--language", "en") == 2
    assert "There is no folder" in capsys.readouterr().err
    sheet.unlink()
    assert run(folder, data) == 0
