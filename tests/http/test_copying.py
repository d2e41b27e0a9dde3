"""The copy of plain files: whole by itself, and of nothing but what is published."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from museum.assets.store_local import LocalStore
from museum.curation import drafting
from museum.database import Database
from museum.settings import Settings
from museum.web.application import build_application
from museum.web.copying.copier import MARK, Copier, FolderTaken
from museum.web.copying.places import link_to, place_of
from museum.web.copying.rewriting import image_tiles
from tests.unit.scenes.moving.test_round_trip import build

LINK = re.compile(r'\s(?:href|src|poster|record|page|preview)="([^"]*)"')


def leads(folder: Path, file: Path, address: str) -> bool:
    """Whether an address in a file of the copy leads to a file of it."""
    path = urlsplit(unescape(address)).path
    return not path or (file.parent / path).resolve().is_file()


def broken(folder: Path) -> list[tuple[str, str]]:
    return [
        (file.relative_to(folder).as_posix(), address)
        for file in folder.rglob("*.html")
        for address in LINK.findall(file.read_text())
        if not address.startswith(("http", "#", "data:")) and not leads(folder, file, address)
    ]


async def test_a_copy_is_whole_and_only_of_what_is_published(database: Database, tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "store")
    await build(database, store, tmp_path / "work")
    async with database.write() as session:
        hall = await drafting.load_venue(session, "hall")
        await drafting.create_scene(session, hall, texts={"title": {"en": "Unspoken"}}, slug="unspoken")
    settings, folder = Settings(data=tmp_path), tmp_path / "copy"
    copier = Copier(build_application(settings, database, store), folder)
    count = await copier.run()
    assert copier.missing == []
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) == count + 1
    for page in (
        "index.html",
        "scenes/one/index.html",
        "en/scenes/one/index.html",
        "zh-Hant/artifacts/vase/index.html",
    ):
        assert (folder / page).is_file(), page
    assert broken(folder) == []
    for file in files:
        assert b"unspoken" not in file.read_bytes().lower() or file.suffix not in (".html", ".json"), file
    tour = json.loads((folder / "en/api/v1/scenes/one/tour.json").read_text())
    assert tour["scene"]["url"] == "../../../../scenes/one/index.html"
    tiles = tour["scene"]["panorama"]["tiles"]
    first = tiles.format(level=0, face="f", row=0, column=0)
    assert leads(folder, folder / "en/api/v1/scenes/one/tour.json", first)
    info = json.loads((folder / "en/iiif/3/photo/info.json").read_text())
    assert info["profile"] == "level0" and info["id"] == "../../../../iiif/3/photo"
    # Again: what is withdrawn goes, what is there is not made again.
    kept = folder / first.replace("../../../../../", "")
    before = kept.stat().st_mtime_ns
    async with database.write() as session:
        scene = await drafting.load_scene(session, "two")
        scene.state = "draft"
    await Copier(build_application(settings, database, store), folder).run()
    assert not (folder / "scenes/two/index.html").exists() and kept.stat().st_mtime_ns == before
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "thesis.doc").touch()
    with pytest.raises(FolderTaken):
        await Copier(build_application(settings, database, store), tmp_path / "taken").run()
    assert MARK not in [path.name for path in (tmp_path / "taken").iterdir()]


@pytest.mark.parametrize(
    ("address", "language", "path", "link"),
    [
        ("/", "en", "en/index.html", "../../index.html"),
        ("/scenes/a?yaw=3.0&lang=en", "zh-Hans", "en/scenes/a/index.html", "../a/index.html?yaw=3.0"),
        ("/collection?category=coin&page=2", "en", "en/collection/category-coin/page-2/index.html", None),
        ("/iiif/3/a/full/640,/0/default.jpg", "en", "iiif/3/a/full/640,/0/default.jpg", None),
        ("/api/v1/artifacts/a", "en", "en/api/v1/artifacts/a.json", None),
        ("/recordings/ab.mp3", "en", "recordings/ab.mp3", None),
    ],
)
def test_places(address: str, language: str, path: str, link: str | None) -> None:
    place = place_of(address, language)
    assert place is not None and place.path == path
    assert link is None or link_to(place, address, "en/scenes/b/index.html") == link


@pytest.mark.parametrize(
    "address", ["/search?q=a", "/admin", "/api/openapi.json", "https://example.org/", "/models/a/original"]
)
def test_what_has_no_place(address: str) -> None:
    assert place_of(address, "en") is None


def test_tiles_of_level_zero_are_canonical() -> None:
    assert list(image_tiles(1000, 600, 512, [1, 2])) == [
        "0,0,512,512/512,512",
        "512,0,488,512/488,512",
        "0,512,512,88/512,88",
        "512,512,488,88/488,88",
        "full/500,300",
    ]
