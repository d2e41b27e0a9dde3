"""A curator's 3D model: from the upload through the question of its size to visitors, and back."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import CookieJar, FormData, web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from museum.assets.models import Asset, AssetBlob
from museum.assets.store_local import LocalStore
from museum.collection.model_notes import notes_of
from museum.collection.models import Model, ModelAnnotation
from museum.curation import people, placing
from museum.database import Database
from museum.scenes.models import Hotspot
from museum.settings import Settings
from museum.web.application import build_application
from tests.unit.assets.solids import CUBE_OBJ, jpeg, zipped
from tests.unit.assets.work import work_off

PASSWORD = "lantern under snow"
SCAN = zipped({"ding.obj": CUBE_OBJ.format(head="mtllib a.mtl\nusemtl skin\n", between=""), "a.mtl": "newmtl skin\nmap_Kd c:\\x\\Skin.jpg\n", "skin.jpg": jpeg()})  # fmt: skip # noqa: E501


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "store")


@pytest.fixture
async def curator(database: Database, store: LocalStore, tmp_path: Path) -> AsyncIterator[Any]:
    settings = Settings(data=tmp_path, min_free_bytes=0, max_upload_bytes=5_000_000)
    app: web.Application = build_application(settings, database, store)
    await people.add_person(database, "mei", PASSWORD, role="curator")
    async with TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True)) as client:
        answer = await client.post("/admin/login", data={"name": "mei", "password": PASSWORD}, allow_redirects=False)
        assert answer.status == 303
        yield client


async def text(client: Any, address: str, language: str = "en") -> str:
    answer = await client.get(address, headers={"Accept-Language": language})
    assert answer.status == 200, address
    return await answer.text()


async def upload(client: Any, content: bytes, name: str) -> None:
    form = FormData()
    form.add_field("file", content, filename=name)
    answer = await client.post("/admin/models/ding/file", data=form, allow_redirects=False)
    assert answer.status == 303


async def the_asset(database: Database) -> Asset:
    async with database.read() as session:
        model = await session.scalar(select(Model))
        assert model is not None
        return await session.get_one(Asset, model.asset_id)


async def test_a_scan_becomes_what_visitors_turn(curator: Any, database: Database, store: LocalStore) -> None:
    answer = await curator.post(
        "/admin/models", data={"title:en": "Ding", "title:zh-Hans": "圆鼎"}, allow_redirects=False
    )
    assert answer.headers["Location"] == "/admin/models/ding"
    assert "Drop the scan here" in await text(curator, "/admin/models/ding")
    await upload(curator, b"Kaydara FBX Binary  \x00\x1a\x00" + bytes(100), "ding.fbx")
    await work_off(database, store)
    assert "导出为 GLB" in await text(curator, "/admin/models/ding", "zh-Hans")
    await upload(curator, SCAN, "ding.zip")
    status = await (await curator.get("/admin/models/ding/status.json")).json()
    assert status["state"] in ("queued", "running") and status["steps"]["unpack"] == "begun"
    assert 'data-step="compress" data-state="waiting"' in await text(curator, "/admin/models/ding")
    await work_off(database, store)
    first = await the_asset(database)
    assert first.state == "ready"
    page = await text(curator, "/admin/models/ding")
    found_there = (
        "How high is the real thing?",
        "Unit is millimetres: 0.1 cm",
        "Closed (watertight)",
        "found by their names",
    )
    for words in (*found_there, first.digest or ""):
        assert words in page, words
    assert "封闭（水密）" in await text(curator, "/admin/models/ding", "zh-Hans")
    assert "封閉（水密）" in await text(curator, "/admin/models/ding", "zh-Hant")
    assert "Ding" in await text(curator, "/admin/models")

    answer = await curator.post("/admin/models/ding/publish", data=await version(curator), allow_redirects=False)
    assert answer.status == 303
    visitor = TestClient(TestServer(curator.app), cookie_jar=CookieJar(unsafe=True))
    async with visitor:
        for address in level_addresses(first):
            assert (await visitor.get(address)).status == 200, address
        lengths = [
            len(await (await visitor.get(f"/models/{first.digest}{whom}.glb")).read())
            for whom in ("", "/phone", "/far", "/headset")
        ]
        assert lengths[:3] == [level["bytes"] for level in first.info["levels"][:1]] * 3 and lengths[3] > 0
        package = await visitor.get(f"/models/{await usdz_of(database)}.usdz")
        assert package.status == 200 and package.content_type == "model/vnd.usdz+zip"
    await curator.post("/admin/models/ding/size", data={"height": "25.4"})
    await work_off(database, store)
    assert (await the_asset(database)).digest == first.digest  # until she takes the new one
    assert "The new model is ready" in await text(curator, "/admin/models/ding")
    await curator.post("/admin/models/ding/file/use")
    second = await the_asset(database)
    assert second.info["bounds"] == pytest.approx([0.254] * 3) and second.digest != first.digest
    await curator.post("/admin/models/ding/unpublish", data=await version(curator))
    answer = await curator.post("/admin/models/ding/delete", data={"sure": "ding"}, allow_redirects=False)
    assert answer.headers["Location"] == "/admin/models"
    assert "No 3D models yet" in await text(curator, "/admin/models")


async def version(curator: Any) -> dict[str, str]:
    """The version that the page's forms are made from."""
    found = re.search(r'name="version" value="([0-9]+)"', await text(curator, "/admin/models/ding"))
    assert found is not None
    return {"version": found[1]}


async def usdz_of(database: Database) -> str | None:
    async with database.read() as session:
        return await session.scalar(select(AssetBlob.digest).where(AssetBlob.role == "usdz"))


def level_addresses(asset: Asset) -> list[str]:
    addresses = [f"/models/{level['digest']}.glb" for level in asset.info["levels"]]
    assert len(addresses) >= 2
    return addresses


async def test_places_on_a_model_stay_where_they_are(curator: Any, database: Database, store: LocalStore) -> None:
    """An annotation and the framed view move with the thing when it is sized and set upright, and visitors get them where it stands."""
    await curator.post("/admin/models", data={"title:en": "Ding"}, allow_redirects=False)
    await upload(curator, SCAN, "ding.zip")
    await work_off(database, store)
    asset = await the_asset(database)
    size = asset.info["bounds"][1]
    seen = {"asset": str(asset.id), "orbit": "80 80 4", "target": f"0 {size / 2} 0", "fov": "30"}
    place = {"point": f"{size / 2} {size} 0", "normal": "0 1 0", "title:en": "Rim", "description:en": "Worn."}
    answer = await curator.post("/admin/models/ding/annotations", data={**seen, **place}, allow_redirects=False)
    assert answer.status == 303
    for wrong in (
        {"point": "1 2"},
        {"point": "nan 0 0"},
        {"normal": "0 0 0"},
        {"fov": "200"},
        {"orbit": "0 0 0"},
        {"title:en": ""},
    ):
        answer = await curator.post(
            "/admin/models/ding/annotations", data={**seen, **place, **wrong}, allow_redirects=False
        )
        assert answer.status in (303, 422) and "Rim" in await text(curator, "/admin/models/ding")
    form = FormData({**seen})
    form.add_field("poster", jpeg(side=1200), filename="poster.webp", content_type="image/webp")
    assert (await curator.post("/admin/models/ding/view", data=form, allow_redirects=False)).status == 303
    form = FormData({**seen})
    form.add_field("poster", b"<svg/>", filename="poster.webp", content_type="image/webp")
    await curator.post("/admin/models/ding/view", data=form, allow_redirects=False)
    async with database.read() as session:
        poster = await session.get_one(AssetBlob, (asset.id, "poster"))
        model = await one_model(session)
        assert (poster.media_type, len(model.annotations)) == ("image/webp", 1) and model.view is not None
        [before] = notes_of(model, asset)
    assert before.position == pytest.approx((size / 2, size, 0), abs=1e-5) and before.view is not None

    half = 0.5**0.5  # a quarter to the left
    await curator.post("/admin/models/ding/length", data={"shown": "1", "real": "2"})
    await work_off(database, store)
    await curator.post("/admin/models/ding/file/use")
    await curator.post("/admin/models/ding/upright", data={"turned": f"0 {half} 0 {half}"})
    await work_off(database, store)
    await curator.post("/admin/models/ding/file/use")
    async with database.read() as session:
        model = await one_model(session)
        assert model.asset is not None and model.height_m == pytest.approx(2 * size)
        [after] = notes_of(model)
    assert after.position == pytest.approx((0, 2 * size, -size), abs=1e-4) and after.normal == (0, 1, 0)
    assert after.view is not None and after.view.orbit == pytest.approx((170, 80, 8), abs=1e-2)

    seen["asset"] = str(model.asset_id)
    await curator.post("/admin/models/ding/annotations", data={**seen, **place, "title:en": "Foot"})
    await curator.post(f"/admin/models/ding/annotations/{after.id}/later")
    await curator.post(
        f"/admin/models/ding/annotations/{after.id}/place", data={**seen, "point": "0 0 0", "normal": "0 0 2"}
    )
    async with database.read() as session:
        foot, moved = notes_of(await one_model(session))
    assert (foot.title["en"], moved.title["en"]) == ("Foot", "Rim")
    assert moved.position == pytest.approx((0, 0, 0), abs=1e-5) and moved.normal == pytest.approx((0, 0, 1), abs=1e-5)
    await curator.post(f"/admin/models/ding/annotations/{after.id}/earlier")
    await curator.post(f"/admin/models/ding/annotations/{foot.id}/delete")
    answer = await curator.post(f"/admin/models/ding/annotations/{after.id}/delete", allow_redirects=False)
    assert "None yet." in await text(curator, "/admin/models/ding") and answer.status == 303


async def one_model(session: Any) -> Model:
    found = await session.scalar(
        select(Model).options(
            selectinload(Model.asset), selectinload(Model.annotations).selectinload(ModelAnnotation.texts)
        )
    )
    assert isinstance(found, Model)
    return found


async def test_a_model_stands_in_a_scene(curator: Any, database: Database) -> None:
    await curator.post("/admin/models", data={"title:en": "Ding"})
    await curator.post("/admin/venues", data={"title:en": "Hall"})
    await curator.post("/admin/venues/hall/scenes/new", data={"title:en": "Door"})
    spot = {"version": "1", "yaw": "10", "pitch": "-30", "kind": "model", "target": "ding"}
    assert (await curator.post("/admin/scenes/door/hotspots", data=spot, allow_redirects=False)).status == 303
    async with database.read() as session:
        where = f"/admin/scenes/door/hotspots/{(await session.scalars(select(Hotspot.id))).one()}"
    assert placing.floor_distance(-30) == 3.2
    moved = {"version": "2", "yaw": "10", "pitch": "-30", "distance": "0.01", "turned": "45"}
    assert "0.2 到 500" in await (await curator.post(where, data=moved)).text()
    answer = await curator.post(where, data={**moved, "distance": "3.2"}, allow_redirects=False)
    assert answer.status == 303
    async with database.read() as session:
        hotspot = (await session.scalars(select(Hotspot))).one()
        assert (hotspot.distance, hotspot.turned) == (3.2, 45)
    back = {**moved, "version": "3", "distance": "", "turned": ""}
    assert (await curator.post(where, data=back, allow_redirects=False)).status == 303
    async with database.read() as session:
        assert (await session.scalars(select(Hotspot))).one().distance is None
