"""A museum of nothing but published images, in a folder of its own, for whoever asks a real server for pictures."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy
from PIL import Image as Picture

from museum.assets.ingest.image import make_image
from museum.assets.models import Asset, AssetBlob
from museum.assets.store import open_store
from museum.collection.models import Image
from museum.database import Database
from museum.database.migrate import migrate
from museum.settings import Settings


def paint(width: int, height: int, path: Path, seed: int = 7) -> Path:
    """A picture in colour in which every spot is its own, as finely grained as a photograph; it takes the ending's format."""
    random = numpy.random.default_rng(seed)
    coarse = random.integers(0, 255, (9, 17, 3)).astype(numpy.uint8)
    smooth = Picture.fromarray(coarse).resize((width, height), Picture.Resampling.BICUBIC)
    grain = random.integers(-12, 12, (height, width, 1), dtype=numpy.int16)
    pixels = (numpy.asarray(smooth, dtype=numpy.int16) + grain).clip(0, 255).astype(numpy.uint8)
    Picture.fromarray(pixels).save(path, quality=95)
    return path


async def fill(settings: Settings, pictures: Mapping[str, Path]) -> dict[str, str]:
    database = Database(settings.resolved_database_url)
    store = open_store(settings.resolved_store_url)
    await migrate(database.engine)
    digests: dict[str, str] = {}
    async with database.write() as session:
        for slug, original in pictures.items():
            with tempfile.TemporaryDirectory() as work:
                info = make_image(str(original), work)
                blob = await store.put(Path(work) / "pyramid.tif")
            asset = Asset(kind="image", state="ready", digest=blob.digest, info=info)
            asset.blobs = [AssetBlob(role="pyramid", digest=blob.digest, bytes=blob.bytes, media_type="image/tiff")]
            rights = "https://creativecommons.org/publicdomain/zero/1.0/"
            session.add(Image(slug=slug, state="published", category="map", asset=asset, rights=rights, texts=[]))
            digests[slug] = blob.digest
    await store.close()
    await database.close()
    return digests


def make_image_museum(data: Path, pictures: Mapping[str, Path]) -> tuple[Settings, dict[str, str]]:
    """Publish the files `pictures` by slug in a new museum in `data`: its settings, and the digests of the pyramids."""
    data.mkdir(parents=True, exist_ok=True)
    settings = Settings(data=data, port=0, workers=0, min_free_bytes=0)
    return settings, asyncio.run(fill(settings, pictures))
