"""Importing folders: real children, a real store, both databases."""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from museum.assets.check import check_store
from museum.assets.ingest import batch
from museum.assets.models import Asset, Original
from museum.assets.store_local import LocalStore
from museum.assets.workshop import Workshop
from museum.collection.bulk import importer, making
from museum.collection.bulk.files import find_files, name_in
from museum.collection.bulk.importer import File, Importer, Outcome
from museum.collection.bulk.records import ImageWriter
from museum.collection.bulk.sheet import SheetRow
from museum.collection.models import Artifact, Image
from museum.database import Database
from museum.database.texts import texts_by_field
from tests.unit.assets.pictures import busy, save


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "store")


async def take_in(
    database: Database, store: LocalStore, folder: Path, rows: dict[str, SheetRow] | None = None, **options: Any
) -> dict[str, Outcome]:
    """Import a folder; what became of each file, by name."""
    outcomes: list[Outcome] = []
    writer = ImageWriter("other", options.pop("publish", False))
    files = [File(path, name_in(folder, path), (rows or {}).get(name_in(folder, path))) for path in find_files(folder)]
    await Importer(database, store, writer, outcomes.append, **options).run(files)
    assert sorted(one.name for one in outcomes) == sorted(file.name for file in files), "each file has one outcome"
    assert [path for path in store.scratch.iterdir() if path.name.startswith("import-")] == []
    return {one.name: one for one in outcomes}


async def images(database: Database) -> dict[str, Image]:
    async with database.read() as session:
        found = await session.scalars(
            select(Image).options(selectinload(Image.texts), selectinload(Image.asset).selectinload(Asset.blobs))
        )
        return {image.slug: image for image in found}


def fill(folder: Path) -> None:
    (folder / "sub").mkdir(parents=True)
    save(busy(900, 700, 1), folder / "瓶.jpg", Q=90)
    save(busy(640, 480, 2), folder / "sub" / "plan.png")
    save(busy(320, 240, 3), folder / "plan.webp", Q=80)
    shutil.copy(folder / "plan.webp", folder / "sub" / "same.webp")
    whole = (folder / "瓶.jpg").read_bytes()
    (folder / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    (folder / "words.txt").write_text("no picture")
    (folder / "empty.jpg").touch()
    (folder / "gone.jpg").symlink_to(folder / "nowhere.jpg")


async def test_a_folder_becomes_images_once(database: Database, store: LocalStore, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    fill(folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    planned = await take_in(database, store, folder, dry_run=True)
    assert await images(database) == {} and [digest async for digest in store.digests()] == []
    found = await take_in(database, store, folder)
    codes = {name: one.code for name, one in found.items() if one.state == "refused"}
    assert codes == {
        "cut.jpg": "truncated",
        "words.txt": "unsupported-format",
        "empty.jpg": "empty-file",
        "gone.jpg": "no-file",
    }
    # A header cannot tell that the end of a file is missing; all else is known beforehand.
    assert {name: one.state for name, one in planned.items()} | {"cut.jpg": "refused"} == {
        name: one.state for name, one in found.items()
    }
    assert (found["plan.webp"].state, found["sub/same.webp"].state) == ("made", "double")
    assert found["sub/same.webp"].detail == {"same": "plan.webp"}
    made = await images(database)
    assert set(made) == {"plan", "plan-2", found["瓶.jpg"].slug}
    vase = made[str(found["瓶.jpg"].slug)]
    assert (vase.state, vase.category) == ("draft", "other")
    assert texts_by_field(vase.texts) == {"title": {"zh-Hans": "瓶"}}
    assert vase.asset is not None and (vase.asset.state, vase.asset.info["width"]) == ("ready", 900)
    assert {blob.role for blob in vase.asset.blobs} == {"pyramid", "preview"}
    assert await store.read(hashlib.sha256(before[folder / "瓶.jpg"]).hexdigest()) == before[folder / "瓶.jpg"]
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert (await check_store(database, store)).findings == []

    again = await take_in(database, store, folder)
    assert {one.state for one in again.values()} == {"known", "refused"}
    assert again["sub/same.webp"].slug == again["plan.webp"].slug
    assert set(await images(database)) == set(made)


async def test_the_sheet_says_what_names_cannot(database: Database, store: LocalStore, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(3):
        save(busy(200, 150, number), folder / f"{number}.png")
    async with database.write() as session:
        session.add(Artifact(slug="vase", accession_number="A-1", category="porcelain"))
    title = {"title": {"en": "Front", "zh-Hans": "正面"}, "caption": {"en": "In the light of a lamp"}}
    rows = {
        "0.png": SheetRow(2, title, slug="vase-front", rights="https://example.org/l", width_mm=200, artifact="A-1"),
        "1.png": SheetRow(3, {"title": {"en": "Back"}}, artifact="A-1"),
        "2.png": SheetRow(4, category="map"),
    }
    await take_in(database, store, folder, rows, publish=True)
    made = await images(database)
    assert set(made) == {"vase-front", "back", "image-2"}
    front = made["vase-front"]
    assert (front.category, front.rights, front.width_mm) == ("porcelain", "https://example.org/l", 200.0)
    assert front.state == "published" and front.published_at is not None
    assert texts_by_field(front.texts) == title
    assert (front.position, made["back"].position) == (0, 1)
    assert made["image-2"].category == "map" and made["image-2"].artifact_id is None


async def test_many_files_of_one_name_get_addresses_of_their_own(
    database: Database, store: LocalStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "BATCH_FILES", 3)
    for number in range(10):
        (tmp_path / "in" / str(number)).mkdir(parents=True)
        save(busy(64, 48, number), tmp_path / "in" / str(number) / "photo.png")
    found = await take_in(database, store, tmp_path / "in")
    assert {one.slug for one in found.values()} == {"photo", *(f"photo-{n}" for n in range(2, 11))}


def make_or_die(orders: list[tuple[str, str]]) -> Any:
    """As `make_images`, but some files take the process with them."""
    for order in orders:
        kind = Path(order[0]).read_bytes()[-4:]
        if kind == b"kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == b"segv":
            os.kill(os.getpid(), signal.SIGSEGV)
        if kind == b"oops":
            raise RuntimeError("a fault of ours")
        batch.make_images([order])


async def test_a_file_that_takes_its_child_down_takes_nothing_else(
    database: Database, store: LocalStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "make_images", make_or_die)
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(9):
        path = save(busy(80, 60, number), folder / f"{number}.png")
        end = {2: b"segv", 3: b"kill", 7: b"oops"}.get(number, b"")
        path.write_bytes(path.read_bytes() + end)
    found = await take_in(database, store, folder)
    assert {name: one.code for name, one in found.items() if one.code} == {
        "2.png": "decoder-failed",
        "3.png": "too-much-memory",
        "7.png": "internal",
    }
    assert len(await images(database)) == 6
    assert (await check_store(database, store)).findings == []


async def test_a_full_disk_stops_the_import_and_harms_nothing(
    database: Database, store: LocalStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(4):
        save(busy(80, 60, number), folder / f"{number}.png")
    with pytest.raises(OSError, match="nearly full"):
        await take_in(database, store, folder, spare=1 << 60)
    assert await images(database) == {}
    assert [path for path in store.scratch.iterdir() if path.name.startswith("import-")] == []
    await take_in(database, store, folder)
    assert len(await images(database)) == 4


async def test_two_imports_at_once_make_each_image_once(database: Database, store: LocalStore, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(8):
        save(busy(200, 150, number), folder / f"{number}.png")
    files = [File(path, path.name) for path in find_files(folder)]
    outcomes: list[Outcome] = []
    await asyncio.gather(
        *(Importer(database, store, ImageWriter("other", False), outcomes.append).run(files) for _ in range(2))
    )
    assert sorted(one.state for one in outcomes) == ["known"] * 8 + ["made"] * 8
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Image)) == 8
        assert await session.scalar(select(func.count()).select_from(Original)) == 8


async def test_what_a_killed_import_left_is_cleared_away_and_what_a_live_one_has_is_not(
    database: Database, store: LocalStore, tmp_path: Path
) -> None:
    left = store.scratch / "import-of-the-dead"
    left.mkdir()
    (left / ".lock").touch()
    (left / "1").mkdir()
    with Workshop(store.scratch) as alive:
        assert not left.exists()
        left.mkdir()
        (left / ".lock").touch()
        mine = alive.folder()
        report = await check_store(database, store, repair=True)
        assert [finding.code for finding in report.findings] == ["abandoned"]
        assert mine.is_dir() and not left.exists()
    assert list(store.scratch.iterdir()) == []
