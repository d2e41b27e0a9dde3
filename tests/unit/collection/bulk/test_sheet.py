"""Names of files, and the sheet that may lie beside them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from museum.collection.bulk.files import find_files, name_in, title_of, wanted_slug
from museum.collection.bulk.sheet import parse_sheet
from museum.web.language import has_text

DIGEST = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("name", "title", "slug"),
    [
        ("青花瓶_正面.jpg", {"zh-Hans": "青花瓶 正面"}, "image-0123456789ab"),
        ("a/b/天津衛城.tif", {"zh-Hant": "天津衛城"}, "image-0123456789ab"),
        ("Map of Tientsin (1912).png", {"en": "Map of Tientsin (1912)"}, "map-of-tientsin-1912"),
        ("IMG_0042.JPG", {"en": "IMG 0042"}, "img-0042"),
        ("0042.jpg", {"en": "0042"}, "image-0042"),
        ("___.jpg", {"en": "___"}, "image-0123456789ab"),
        ("x" * 300 + ".jpg", {"en": "x" * 200}, "x" * 80),
    ],
)
def test_a_file_s_name_gives_title_and_slug(name: str, title: dict[str, str], slug: str) -> None:
    assert title_of(name) == title
    assert wanted_slug(title.get("en", ""), DIGEST) == slug


def test_files_are_found_below_the_folder_and_rubbish_is_not(tmp_path: Path) -> None:
    for name in (
        ".DS_Store",
        "Thumbs.db",
        "__MACOSX/a.jpg",
        ".git/x",
        "b.jpg",
        "sub/deep/a.jpg",
        "images.csv",
        "._b.jpg",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "ring").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nowhere")
    found = find_files(tmp_path, tmp_path / "images.csv")
    assert [name_in(tmp_path, path) for path in found] == ["b.jpg", "gone.jpg", "sub/deep/a.jpg"]
    with pytest.raises(OSError, match="none"):
        find_files(tmp_path / "none")


def test_names_are_composed(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "Café.jpg")
    assert name_in(tmp_path, tmp_path / name) == "Café.jpg"


SHEET = """文件,标题,title_en,宽(mm),height_mm,artifact,rights
a.jpg,"青花, 瓶",Vase,120,"80,5",津博-瓷-00001,https://example.org/licence

sub\\b.jpg,,,,,,
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_sheet_is_read_as_spreadsheet_programs_save_it(encoding: str) -> None:
    rows, faults = parse_sheet(SHEET.encode(encoding))
    assert faults == [] and set(rows) == {"a.jpg", "sub/b.jpg"}
    row = rows["a.jpg"]
    assert row.texts == {"title": {"zh-Hans": "青花, 瓶", "en": "Vase"}}
    assert (row.width_mm, row.height_mm, row.artifact, row.line) == (120.0, 80.5, "津博-瓷-00001", 2)
    semicolons = "file;title_zh-Hant\na.jpg;瓶\n"
    assert parse_sheet(semicolons.encode())[0]["a.jpg"].texts == {"title": {"zh-Hant": "瓶"}}


def test_every_fault_of_a_sheet_is_named_with_its_line() -> None:
    bad = "file,slug,category,width_mm,title_en,colour\n" + "\n".join(
        ["a.jpg,A b,x,1,,", ",,,,t,", "b.jpg,,Ding!,-3,,", "b.jpg,,,,,", f"c.jpg,,,nan,{'x' * 201},"]
    )
    _, faults = parse_sheet(bad.encode())
    assert [(fault.line, fault.code) for fault in faults] == [
        (1, "column"),
        (2, "slug"),
        (3, "no-file"),
        (4, "category"),
        (4, "length"),
        (5, "twice"),
        (6, "long"),
        (6, "length"),
    ]
    assert [fault.code for fault in parse_sheet(b"name\na")[1]] == ["no-file-column"]
    assert [fault.code for fault in parse_sheet(b"file\n\xff\xff\xff\x80")[1]] == ["encoding"]
    assert [fault.code for fault in parse_sheet(b'file\n"' + b"x" * 200_000)[1]] == ["malformed"]
    codes = [
        "column",
        "slug",
        "no-file",
        "category",
        "length",
        "twice",
        "long",
        "no-file-column",
        "encoding",
        "malformed",
        "large",
    ]
    assert [code for code in codes if not has_text(f"import.sheet-{code}")] == []
