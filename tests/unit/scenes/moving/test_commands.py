"""`museum export tour` and `museum import tour`, as typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from museum.cli import main
from tests.unit.assets.pictures import chart, save


def test_in_and_out_as_typed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "old house"
    folder.mkdir()
    save(chart(512), folder / "room.png")
    (folder / "tour.json").write_text(
        '{"scenes": {"room": {"panorama": "room.png"}, "attic": {"panorama": "../attic.png"}}}'
    )
    data = ["--data", str(tmp_path / "a"), "--min-free-bytes", "0", "--language", "zh-Hans"]
    assert main(["import", "tour", str(folder), "--publish", *data]) == 1
    said = capsys.readouterr().out
    assert "已公开：1 个展馆、1 个场景。" in said and "attic: 全景图未能收进" in said and "--within" in said
    assert main(["export", "tour", str(tmp_path / "out"), "--data", str(tmp_path / "a"), "--language", "en"]) == 0
    assert "1 hall, 2 scenes" in capsys.readouterr().out
    assert main(["import", "tour", str(tmp_path / "out"), "--dry-run", *data, "--data", str(tmp_path / "b")]) == 0
    assert "将会收进：1 个展馆、2 个场景" in capsys.readouterr().out
    assert main(["export", "tour", str(folder), "--data", str(tmp_path / "a"), "--language", "en"]) == 2
    assert "holds something else" in capsys.readouterr().err
