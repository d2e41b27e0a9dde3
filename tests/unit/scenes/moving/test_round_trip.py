"""A tour goes out of one museum and into another, and out again the same."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from museum.assets.ingest.image import make_image
from museum.assets.ingest.panorama import make_panorama
from museum.assets.models import Asset, AssetBlob
from museum.assets.originals import keep_original, keep_ready_asset
from museum.assets.store_local import LocalStore
from museum.collection.models import Artifact, Exhibition, ExhibitionItem, ExhibitionSection, Image
from museum.curation import drafting, placing, revisions
from museum.curation.models import Person
from museum.database import Database
from museum.database.base import now
from museum.database.migrate import migrate
from museum.database.texts import set_texts
from museum.guiding.models import GuidedTour, TourStop
from museum.scenes.models import Place, Scene, Venue
from museum.scenes.moving.bringing import Bringer, Brought
from museum.scenes.moving.folder import NAME, write_folder
from museum.scenes.moving.gather import gather
from museum.scenes.moving.kinds import read_tour
from museum.scenes.moving.paths import BadTour
from tests.unit.assets.pictures import busy, chart, save

FILES = {"pyramid": "pyramid.tif", "strip": "strip.jpg", "preview": "preview.jpg"}


async def ready(session: Any, database: Database, store: LocalStore, folder: Path, picture: Path, kind: str) -> Asset:
    """An asset made of a picture by real ingest."""
    work = folder / picture.stem
    work.mkdir()
    make = {
        "panorama": lambda: make_panorama([(str(picture), "whole")], {}, str(work)),
        "image": lambda: make_image(str(picture), str(work)),
    }
    info = make[kind]()
    original = await keep_original(session, store, picture, picture.name)
    blobs = []
    for role, name in FILES.items():
        if (work / name).exists():
            blob = await store.put(work / name)
            media_type = "image/tiff" if role == "pyramid" else "image/jpeg"
            blobs.append(AssetBlob(role=role, digest=blob.digest, bytes=blob.bytes, media_type=media_type))
    return await keep_ready_asset(session, kind, original.id, info, blobs)


async def build(database: Database, store: LocalStore, folder: Path) -> None:
    """Two linked scenes, one a moment of a place, a vase with a photograph on a hotspot and in an exhibition, a guided tour."""
    folder.mkdir()
    moment = now()
    async with database.write() as session:
        hall = await drafting.create_venue(session, kind="hall", texts={"title": {"en": "Hall", "zh-Hans": "大厅"}})
        hall.plan = {"width": 12.0, "depth": 8.0, "rooms": [], "doors": [{"x": 1.0, "y": 2.0, "width": 2.0}]}
        spot = Place(slug="gate", venue_id=hall.id, texts=[])
        set_texts(spot, "title", {"zh-Hans": "门"})
        vase = Artifact(slug="vase", accession_number="1", category="porcelain", year_from=-220, texts=[])
        set_texts(vase, "title", {"en": "Vase"})
        set_texts(vase, "title", {"zh-Hans": "瓶"}, "stale")
        session.add_all([spot, vase])
        await session.flush()
        picture = await ready(session, database, store, folder, save(busy(700, 560, 2), folder / "vase.png"), "image")
        photograph = Image(slug="photo", category="porcelain", artifact_id=vase.id, asset_id=picture.id, texts=[])
        show = Exhibition(slug="show", texts=[], cover=photograph)
        show.sections = [ExhibitionSection(texts=[], items=[ExhibitionItem(artifact=vase)])]
        set_texts(photograph, "title", {"en": "Photo"})
        set_texts(show, "title", {"en": "Show"})
        session.add_all([photograph, show])
        for number, title in enumerate(("One", "Two")):
            scene = await drafting.create_scene(session, hall, texts={"title": {"en": title}})
            asset = await ready(
                session, database, store, folder, save(chart(512 + 256 * number), folder / f"{number}.png"), "panorama"
            )
            scene.panorama_id, scene.north, scene.state, scene.published_at = (
                asset.id,
                90.0 * number,
                "published",
                moment,
            )
        one = await drafting.load_scene(session, "one")
        one.place_id, one.year = spot.id, 1888
        await placing.add_link(session, one, target="two", yaw=10, pitch=-5, texts={"title": {"en": "On"}})
        await placing.add_link(
            session, one, target="https://example.org/scenes/a", yaw=50, pitch=0, texts={"title": {"en": "Away"}}
        )
        await placing.add_hotspot(session, one, kind="artifact", target="vase", yaw=30, pitch=5)
        await placing.add_hotspot(session, one, kind="exhibition", target="show", yaw=60, pitch=5)
        two = await drafting.load_scene(session, "two")
        await placing.add_link(session, two, target="one", yaw=-170, pitch=0, texts={})
        walk = GuidedTour(
            slug="walk", texts=[], state="published", stops=[TourStop(scene_id=two.id, yaw=3, texts=[], choices=[])]
        )
        set_texts(walk, "title", {"en": "Walk"})
        session.add(walk)
        hall.entrance_id = two.id
        for record in (hall, spot, vase, photograph, show, walk):
            record.state, record.published_at = "published", moment


@asynccontextmanager
async def museum(folder: Path) -> AsyncIterator[tuple[Database, LocalStore]]:
    """Another, empty museum."""
    folder.mkdir()
    database = Database(f"sqlite+aiosqlite:///{folder / 'museum.db'}")
    await migrate(database.engine)
    yield database, LocalStore(folder / "store")
    await database.close()


async def out(database: Database, store: LocalStore, folder: Path, **options: Any) -> dict[str, bytes]:
    """Export; all files that come of it."""
    async with database.snapshot() as connection:
        tour = await connection.run_sync(gather, **options)
    assert tour.left_out == []
    await write_folder(tour, store, folder)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def bring(database: Database, store: LocalStore, path: Path, work: Path, **options: Any) -> Brought:
    for number in range(100):
        if not (work / str(number)).exists():
            break
    (work / str(number)).mkdir(parents=True)
    tour = await read_tour(path, work / str(number))
    return await Bringer(database, store, tour, **options).run(work / str(number))


async def count(database: Database, record: Any) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(record)) or 0


async def test_out_and_in_and_out_is_the_same(database: Database, tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "store")
    await build(database, store, tmp_path / "work")
    first = await out(database, store, tmp_path / "first")
    assert {name.partition("/")[0] for name in first} == {NAME, "records", "files"}
    async with museum(tmp_path / "other") as (other, others):
        planned = await bring(other, others, tmp_path / "first", tmp_path / "in", publish=True, dry_run=True)
        assert await count(other, Scene) == 0 and [digest async for digest in others.digests()] == []
        done = await bring(other, others, tmp_path / "first", tmp_path / "in", publish=True)
        assert (done.made, done.published, done.left_out) == (planned.made, planned.published, [])
        assert len(done.made) == len(done.published) == 8 and not done.obstacles and not done.making
        second = await out(other, others, tmp_path / "second")
        assert first == second
        # The same again changes nothing, and a change that somebody made stays until it is asked for.
        assert (await bring(other, others, tmp_path / "first", tmp_path / "in")).made == []
        async with other.write() as session:
            scene = await drafting.load_scene(session, "one")
            scene.north, scene.version = 12.0, scene.version + 1
        kept = await bring(other, others, tmp_path / "first", tmp_path / "in")
        assert kept.differing == [(("scene", "one"), ["north"])] and len(kept.known) == 7
        assert (await bring(other, others, tmp_path / "first", tmp_path / "in", update=True)).updated == [
            ("scene", "one")
        ]
        assert await out(other, others, tmp_path / "second") == first


async def test_drafts_renaming_and_undoing(database: Database, tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "store")
    await build(database, store, tmp_path / "work")
    await out(database, store, tmp_path / "first", venues=["hall"], published=True)
    async with museum(tmp_path / "other") as (other, others):
        async with other.write() as session:
            await drafting.create_venue(session, kind="hall", texts={"title": {"en": "Hall"}})
        done = await bring(other, others, tmp_path / "first", tmp_path / "in")
        [((kind, slug), here)] = done.renamed
        assert (kind, slug) == ("venue", "hall") and here.startswith("hall-")
        again = await bring(other, others, tmp_path / "first", tmp_path / "in")
        assert again.made == [] and len(again.known) == 8 and again.differing == []
        async with other.read() as session:
            states = set(await session.scalars(select(Scene.state))) | set(await session.scalars(select(Venue.state)))
            assert states == {"draft"}
            venue = await session.scalar(select(Venue.slug).join(Scene, Scene.venue_id == Venue.id).distinct())
            assert venue == here
        async with other.write() as session:
            await revisions.undo(session, done.act, Person(role="administrator", venue_roles=[]))
        assert await count(other, Scene) == 0 and await count(other, Artifact) == 0 and await count(other, Venue) == 1


def rewrite(folder: Path, name: str, change: Any) -> None:
    """Change the lines of a file of records, and what the manifest says of it."""
    from hashlib import sha256

    path = folder / "records" / f"{name}.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    change(rows)
    content = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(content)
    manifest = json.loads((folder / NAME).read_text())
    for part in manifest["parts"]:
        if part["kind"] == name:
            part["sha256"], part["bytes"] = sha256(content).hexdigest(), len(content)
    (folder / NAME).write_text(json.dumps(manifest))


async def test_hostile_tours_are_refused_whole(database: Database, tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "store")
    await build(database, store, tmp_path / "work")
    await out(database, store, tmp_path / "first")
    (tmp_path / "secret").write_bytes(b"x" * 10)

    def original(rows: list[Any], **values: Any) -> None:
        rows[0]["originals"][0].update(values)

    spoiled: list[tuple[str, Any, str]] = [
        ("asset", lambda rows: original(rows, path="../secret", bytes=10), "path-outside"),
        ("asset", lambda rows: original(rows, path="/etc/hostname"), "path-outside"),
        ("asset", lambda rows: original(rows, digest="0" * 64), "file-differs"),
        (
            "asset",
            lambda rows: rows[0]["ready"]["info"].update(
                levels=[[9000, 9000]] if "color" in rows[0]["ready"]["info"] else [9000]
            ),
            "asset-unfit",
        ),
        ("scene", lambda rows: rows[0].update(slug="../up"), "document-broken"),
        ("scene", lambda rows: rows[0].update(north="<b>"), "record-unfit"),
        ("scene", lambda rows: rows[0].update(north=720), "database"),
        ("scene", lambda rows: rows[0]["links"][1].update(target_url="javascript:alert(1)"), "record-unfit"),
        ("venue", lambda rows: rows[0].update(plan={"rooms": 3}), "record-unfit"),
        ("scene", lambda rows: rows[0]["texts"]["title"].update({"no tag": ["a", "source"]}), "record-unfit"),
    ]
    async with museum(tmp_path / "other") as (other, others):
        for number, (name, change, code) in enumerate(spoiled):
            folder = tmp_path / f"spoiled-{number}"
            shutil.copytree(tmp_path / "first", folder)
            rewrite(folder, name, change)
            with pytest.raises(BadTour) as refusal:
                await bring(other, others, folder, tmp_path / "in")
            assert refusal.value.code == code, (number, refusal.value.values)
            assert await count(other, Venue) == 0
        link = tmp_path / "first" / "files" / "link"
        link.symlink_to(tmp_path / "secret")
        rewrite(tmp_path / "first", "asset", lambda rows: original(rows, path="files/link", bytes=10))
        with pytest.raises(BadTour) as refusal:
            await bring(other, others, tmp_path / "first", tmp_path / "in")
        assert refusal.value.code == "path-outside"
