"""Two scenes of one photograph, the second its mirror image, in a museum of their own: the same tiles for every viewer."""

from __future__ import annotations

import asyncio
import io
import json
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import pyvips
from PIL import Image

from museum.assets.info import FACES
from museum.assets.ingest.panorama import make_panorama
from museum.assets.models import Asset, AssetBlob
from museum.assets.store import Store, open_store
from museum.collection.house import describe_house
from museum.database import Database
from museum.database.migrate import migrate
from museum.database.texts import set_texts
from museum.scenes.models import Link, Scene, Venue
from museum.settings import Settings
from tests.support import RunningServer, start_server

WIDTH = 12868
"""4096 × π: a sphere this wide has faces of 4096 px, a number of tiles that every viewer can do."""
VIEW = {"yaw": 20.0, "pitch": -5.0, "fov": 75.0}
SCENES = ("first", "second")


class Pyramid(NamedTuple):
    """A panorama as it lies in the museum."""

    digest: str
    levels: list[int]
    strip: bytes
    strip_size: int


def make(data: Path, panorama: Path) -> tuple[Settings, list[Pyramid]]:
    """The museum in `data`, made where it is not there yet."""
    settings = Settings(data=data, port=0, workers=0, min_free_bytes=0)
    known = data / "pyramids.json"
    if not known.exists():
        data.mkdir(parents=True, exist_ok=True)
        known.write_text(json.dumps(asyncio.run(_fill(settings, panorama))))
    pyramids = [
        Pyramid(made["digest"], made["levels"], (data / f"strip-{made['digest']}.jpg").read_bytes(), made["strip"])
        for made in json.loads(known.read_text())
    ]
    return settings, pyramids


def serve(settings: Settings) -> RunningServer:
    return start_server(settings, "serve")


def preview(pyramid: Pyramid) -> bytes:
    """The strip as Marzipano takes it: the faces b d f l r u one below the other, and no more bytes."""
    strip = Image.open(io.BytesIO(pyramid.strip)).convert("RGB")
    side = pyramid.strip_size
    column = Image.new("RGB", (side, side * 6))
    for row, face in enumerate("bdflru"):
        left = FACES.index(face) * side
        column.paste(strip.crop((left, 0, left + side, side)), (0, row * side))
    for quality in range(80, 20, -5):
        file = io.BytesIO()
        column.save(file, "JPEG", quality=quality)
        if file.tell() <= len(pyramid.strip):
            break
    return file.getvalue()


async def _fill(settings: Settings, panorama: Path) -> list[dict[str, Any]]:
    database = Database(settings.resolved_database_url)
    store = open_store(settings.resolved_store_url)
    await migrate(database.engine)
    made: list[dict[str, Any]] = []
    async with database.write() as session:
        await describe_house(session, {"title": {"zh-Hans": "测", "en": "Bench"}})
        venue = Venue(slug="hall", kind="hall", state="published", position=0)
        venue.texts = []
        set_texts(venue, "title", {"zh-Hans": "大厅", "zh-Hant": "大廳", "en": "The hall"})
        session.add(venue)
        await session.flush()
        scenes: list[Scene] = []
        for number, slug in enumerate(SCENES):
            asset, info = await _panorama(store, settings.data, panorama, mirrored=number == 1)
            session.add(asset)
            await session.flush()
            scene = Scene(slug=slug, venue_id=venue.id, state="published", position=number, panorama_id=asset.id)
            scene.initial_yaw, scene.initial_pitch, scene.initial_fov = VIEW["yaw"], VIEW["pitch"], VIEW["fov"]
            scene.texts = []
            set_texts(scene, "title", {"zh-Hans": "图书馆", "zh-Hant": "圖書館", "en": "The library"})
            session.add(scene)
            scenes.append(scene)
            made.append({"digest": asset.digest, "levels": info["levels"], "strip": info["strip"]})
        await session.flush()
        for here, there in (scenes, scenes[::-1]):
            # Behind one's back, so that it lies over none of the pictures that are compared.
            session.add(Link(kind="walk", source_id=here.id, target_id=there.id, yaw=-160.0, pitch=-10.0, texts=[]))
    await store.close()
    await database.close()
    return made


async def _panorama(store: Store, data: Path, original: Path, mirrored: bool) -> tuple[Asset, dict[str, Any]]:
    image: Any = pyvips.Image.thumbnail(str(original), WIDTH, height=WIDTH // 2, size="force")
    with tempfile.TemporaryDirectory() as work:
        path = Path(work) / "panorama.jpg"
        (image.fliphor() if mirrored else image).jpegsave(str(path), Q=92)
        info = make_panorama([(str(path), "whole")], {}, work)
        strip = (Path(work) / "strip.jpg").read_bytes()
        blobs = {}
        for role, name in (("pyramid", "pyramid.tif"), ("strip", "strip.jpg"), ("preview", "preview.jpg")):
            blobs[role] = await store.put(Path(work) / name)
        digest = blobs["pyramid"].digest
        (data / f"strip-{digest}.jpg").write_bytes(strip)
    asset = Asset(kind="panorama", state="ready", digest=digest, info=info)
    asset.blobs = [
        AssetBlob(
            role=role,
            digest=blob.digest,
            bytes=blob.bytes,
            media_type="image/tiff" if role == "pyramid" else "image/jpeg",
        )
        for role, blob in blobs.items()
    ]
    return asset, info
