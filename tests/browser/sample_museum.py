"""The sample museum on a server of its own, with charts that state their directions in the two scenes of its first hall, a map to look at
closely, a vase in the round, a film, and a fourth language."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import trimesh
from sqlalchemy import select

from museum.assets.ingest.image import make_image
from museum.assets.ingest.panorama import make_panorama
from museum.assets.models import Asset, AssetBlob
from museum.assets.store import Store, open_store
from museum.collection.models import Image, Model
from museum.database import Database
from museum.database.migrate import migrate
from museum.database.texts import set_texts
from museum.scenes.models import Hotspot, Scene
from museum.settings import Settings
from tests import arabic
from tests.http.conftest import keep_derivatives
from tests.pages_sample import Sample
from tests.support import RunningServer, start_server
from tests.unit.assets.pictures import chart, save
from tests.unit.assets.recordings import record

CHARTED = ("lobby", "prologue")


async def _fill(settings: Settings) -> None:
    database = Database(settings.resolved_database_url)
    await migrate(database.engine)
    store = open_store(settings.resolved_store_url)
    work = settings.data / "sample"
    work.mkdir()
    await Sample(database, store, work).fill()
    for number, slug in enumerate(CHARTED):
        folder = work / slug
        folder.mkdir()
        original = save(chart(2048 - 512 * number), folder / "chart.png")
        info = await asyncio.to_thread(make_panorama, [(str(original), "whole")], {}, str(folder))
        async with database.write() as session:
            scene = (await session.scalars(select(Scene).where(Scene.slug == slug))).one()
            await keep_derivatives(session, store, await session.get_one(Asset, scene.panorama_id), folder, info)
    await _show(database, store, work)
    await database.close()


async def _show(database: Database, store: Store, work: Path) -> None:
    """Make what the hall's hotspots open."""
    box = trimesh.creation.box().export(file_type="glb")
    film = record(work / "film.mp4", film="libx264", sound="aac", seconds=4)
    async with database.write() as session:
        for slug, width in (("wall-map", 5200), ("vase-front", 800)):
            folder = work / slug
            folder.mkdir()
            info = await asyncio.to_thread(make_image, str(save(chart(width), folder / "chart.png")), str(folder))
            image = (await session.scalars(select(Image).where(Image.slug == slug))).one()
            await keep_derivatives(session, store, await session.get_one(Asset, image.asset_id), folder, info)
        asset = (await session.scalars(select(Asset).join(Model, Model.asset_id == Asset.id))).one()
        blob = await _keep(store, "model", "model/gltf-binary", box)
        asset.digest, blob.asset_id = blob.digest, asset.id
        session.add(blob)
        blob = await _keep(store, "recording", "video/mp4", film.read_bytes())
        info = {"kind": "video", "format": "mp4", "seconds": 4.0}
        recorded = Asset(kind="recording", state="ready", digest=blob.digest, info=info, blobs=[blob])
        session.add(recorded)
        await session.flush()
        lobby = (await session.scalars(select(Scene).where(Scene.slug == "lobby"))).one()
        spot = Hotspot(scene_id=lobby.id, kind="video", yaw=120.0, recording_id=recorded.id, texts=[])
        set_texts(spot, "title", {"zh-Hans": "影", "en": "A film"})
        session.add(spot)


async def _keep(store: Store, role: str, media_type: str, content: bytes) -> AssetBlob:
    """Put a file into the store."""
    (store.scratch / role).write_bytes(content)
    blob = await store.put(store.scratch / role)
    return AssetBlob(role=role, digest=blob.digest, bytes=blob.bytes, media_type=media_type)


@contextmanager
def sample_museum(data: Path) -> Iterator[RunningServer]:
    """Serve it from `data`."""
    settings = Settings(data=data, port=0, workers=0, min_free_bytes=0)
    arabic.write_file(settings.resolved_languages)
    # Playwright's synchronous interface keeps a loop of its own in this thread.
    thread = threading.Thread(target=lambda: asyncio.run(_fill(settings)))
    thread.start()
    thread.join()
    running = start_server(settings)
    try:
        yield running
    finally:
        running.stop()
