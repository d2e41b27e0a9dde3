"""A museum with one of everything behind the whole web application, its pictures made by real ingest."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy
import pytest
from aiohttp import CookieJar
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image as Picture
from sqlalchemy import delete, select

from museum.assets.ingest.image import make_image
from museum.assets.ingest.panorama import make_panorama
from museum.assets.models import Asset, AssetBlob
from museum.assets.store import Store, open_store
from museum.collection.models import Image, Model
from museum.curation import people
from museum.database import Database
from museum.scenes.models import Scene
from museum.settings import Settings
from museum.web.application import build_application
from museum.web.connection import Runner
from museum.web.express import EXPRESS_REQUESTS
from tests.conftest import NewDatabase, elsewhere
from tests.pages_sample import Sample

GLB = b"glTF" + bytes(range(256)) * 2400
"""600 KB: longer than what is sent in one piece."""


class MuseumServer(TestServer):
    """Serves as `museum serve` does."""

    async def _make_runner(self, **options: Any) -> Runner:
        return Runner(self.app, **options)


@dataclass
class Museum:
    """The sample museum. `digests` are of the derivatives of scenes, images and models by slug."""

    client: Any
    database: Database
    store: Store
    digests: dict[str, str]


def _noise(width: int, height: int, path: Path) -> None:
    """A smooth picture in colour in which every spot is its own."""
    coarse = numpy.random.default_rng(7).integers(0, 255, (9, 17, 3)).astype(numpy.uint8)
    Picture.fromarray(coarse).resize((width, height), Picture.Resampling.BICUBIC).save(path, quality=95)


PICTURES = {"lobby": (4096, 2048), "draft-scene": (2048, 1024), "wall-map": (1500, 1100), "secret-image": (700, 500)}


Derivatives = dict[str, tuple[Path, dict[str, Any]]]


@pytest.fixture(scope="session")
def derivatives(tmp_path_factory: pytest.TempPathFactory) -> Derivatives:
    """Folders with the derivatives of PICTURES, and their infos."""
    made: Derivatives = {}
    for slug, size in PICTURES.items():
        work = tmp_path_factory.mktemp(slug)
        original = work / "original.jpg"
        _noise(*size, original)
        is_panorama = size[0] == 2 * size[1]
        info = (
            make_panorama([(str(original), "whole")], {}, str(work))
            if is_panorama
            else make_image(str(original), str(work))
        )
        made[slug] = (work, info)
    return made


async def keep_derivatives(session: Any, store: Store, asset: Asset, work: Path, info: dict[str, Any]) -> None:
    """Put the files of `work` into the store in the place of those that `asset` had."""
    await session.execute(delete(AssetBlob).where(AssetBlob.asset_id == asset.id))
    for role, name in (("pyramid", "pyramid.tif"), ("strip", "strip.jpg"), ("preview", "preview.jpg")):
        if (work / name).exists():
            shutil.copy(work / name, store.scratch / name)
            blob = await store.put(store.scratch / name)
            media_type = "image/tiff" if role == "pyramid" else "image/jpeg"
            session.add(
                AssetBlob(asset_id=asset.id, role=role, digest=blob.digest, bytes=blob.bytes, media_type=media_type)
            )
            if role == "pyramid":
                asset.digest = blob.digest
    asset.info = info


class Furnished(NamedTuple):
    """The sample museum, to be copied: its database's file or name, the folder of its store, and the digests of its derivatives."""

    database: str
    store: Path
    digests: dict[str, str]


@pytest.fixture(scope="session")
def furnished(
    newest: str, new_database: NewDatabase, derivatives: Derivatives, tmp_path_factory: pytest.TempPathFactory
) -> Furnished:
    """The sample museum, with real pyramids under the scene `lobby` and the images `wall-map` and `secret-image`."""
    work = tmp_path_factory.mktemp("furnished")
    digests: dict[str, str] = {}

    async def fill() -> None:
        database = Database(url)
        digests.update(await _furnish(database, open_store(str(work / "store")), derivatives, work))
        await database.close()

    made, url = new_database(newest)
    elsewhere(fill())
    return Furnished(made, work / "store", digests)


async def _furnish(database: Database, store: Store, derivatives: Derivatives, work: Path) -> dict[str, str]:
    (work / "sample").mkdir()
    await Sample(database, store, work / "sample").fill()
    digests: dict[str, str] = {}
    async with database.write() as session:
        for slug, (folder, info) in derivatives.items():
            record, column = (Scene, Scene.panorama_id) if "strip" in info else (Image, Image.asset_id)
            asset = (
                await session.scalars(select(Asset).join(record, column == Asset.id).where(record.slug == slug))
            ).one()
            await keep_derivatives(session, store, asset, folder, info)
            assert asset.digest is not None
            digests[slug] = asset.digest
        asset = (await session.scalars(select(Asset).join(Model, Model.asset_id == Asset.id))).one()
        for role, body, media_type in (
            ("model", GLB, "model/gltf-binary"),
            ("usdz", b"PK" + GLB, "model/vnd.usdz+zip"),
        ):
            (work / role).write_bytes(body)
            blob = await store.put(work / role)
            if role == "model":
                asset.digest = digests["vase-model"] = blob.digest
            session.add(
                AssetBlob(asset_id=asset.id, role=role, digest=blob.digest, bytes=blob.bytes, media_type=media_type)
            )
    return digests


@pytest.fixture
def template(template: str | None, request: pytest.FixtureRequest) -> str | None:
    """A test of the furnished museum gets a copy of its database."""
    if "furnished" not in request.fixturenames:
        return template
    furnished: Furnished = request.getfixturevalue("furnished")
    return furnished.database


@pytest.fixture
async def museum(settings: Settings, database: Database, furnished: Furnished) -> AsyncIterator[Museum]:
    """A copy of the sample museum, behind the web application."""
    shutil.copytree(furnished.store, settings.resolved_store_url, dirs_exist_ok=True)
    store = open_store(settings.resolved_store_url)
    async with TestClient(MuseumServer(build_application(settings, database, store))) as client:
        yield Museum(client, database, store, furnished.digests)


PASSWORD = "lantern under snow"
LogIn = Callable[[str], Awaitable[Any]]


@pytest.fixture
async def log_in(museum: Museum) -> AsyncIterator[LogIn]:
    """Gives a client in which somebody of a role is logged in, named as the role."""
    async with AsyncExitStack() as stack:

        async def open_as(role: str) -> Any:
            await people.add_person(museum.database, role, PASSWORD, role=role)
            client = TestClient(museum.client.server, cookie_jar=CookieJar(unsafe=True))
            await stack.enter_async_context(client)
            answer = await client.post("/admin/login", data={"name": role, "password": PASSWORD}, allow_redirects=False)
            assert answer.status == 303
            return client

        yield open_as


async def by_express(museum: Museum, path: str, headers: dict[str, str] | None = None) -> Any:
    """The first answer that comes by the express lane: on a busy machine what is known of an image may just have grown old."""
    for _ in range(200):
        before = EXPRESS_REQUESTS._value.get()
        answer = await museum.client.get(path, headers=headers)
        if EXPRESS_REQUESTS._value.get() > before:
            return answer
    raise AssertionError("nothing comes by the express lane")
