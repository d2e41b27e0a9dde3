"""`view.jpg`: a chart's own colours say where it looks; and what cannot be had is said in the one shape of errors."""

from __future__ import annotations

import asyncio
import io
import math
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image as Picture
from sqlalchemy import select

from museum.assets.ingest.panorama import make_panorama
from museum.assets.models import Asset
from museum.assets.store import open_store
from museum.assets.view import View
from museum.database import Database
from museum.scenes.models import Scene
from museum.settings import Settings
from museum.web.application import build_application
from museum.web.iiif.lanes import Lane
from museum.web.iiif.pictures import RENDERER
from museum.web.sharing.view_maker import WAITING, ViewMaker
from museum.web.sharing.views import MAKER
from tests.http.conftest import Museum, keep_derivatives
from tests.pages_sample import Sample
from tests.unit.assets.pictures import chart, save

PATH = "/scenes/lobby/view.jpg"


@pytest.fixture(scope="session")
def charted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The derivatives of a panorama whose colours are 128 + 120 × (right, up, back)."""
    work = tmp_path_factory.mktemp("chart")
    original = save(chart(4096), work / "original.png")
    return work, make_panorama([(str(original), "whole")], {}, str(work))


@pytest.fixture
async def museum(
    settings: Settings, database: Database, tmp_path: Path, charted: tuple[Path, dict[str, Any]]
) -> AsyncIterator[Museum]:
    """The sample museum, whose lobby is the chart and looks up to the right at first."""
    (tmp_path / "sample").mkdir()
    store = open_store(settings.resolved_store_url)
    await Sample(database, store, tmp_path / "sample").fill()
    async with database.write() as session:
        for slug in ("lobby", "draft-scene"):
            scene = (await session.scalars(select(Scene).where(Scene.slug == slug))).one()
            asset = await session.get_one(Asset, scene.panorama_id)
            await keep_derivatives(session, store, asset, *charted)
            scene.initial_yaw, scene.initial_pitch, scene.initial_fov = 100.0, 20.0, 60.0
    async with TestClient(TestServer(build_application(settings, database, store))) as client:
        yield Museum(client, database, store, {"lobby": asset.digest or ""})


async def pixels(museum: Museum, query: str = "", path: str = PATH) -> np.ndarray:
    answer = await museum.client.get(path + query)
    assert answer.status == 200, await answer.text()
    assert answer.content_type == "image/jpeg"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return np.asarray(Picture.open(io.BytesIO(await answer.read()))).astype(float)


def expected(yaw: float, pitch: float, fov: float, width: float, height: float) -> np.ndarray:
    """The chart's colours in that view, by trigonometry alone."""
    focal = height / 2 / math.tan(math.radians(fov / 2))
    x, y = np.meshgrid(np.arange(width) + 0.5 - width / 2, height / 2 - 0.5 - np.arange(height))
    tilt, turn = math.radians(pitch), math.radians(yaw)
    up, ahead = y * math.cos(tilt) + focal * math.sin(tilt), focal * math.cos(tilt) - y * math.sin(tilt)
    rays = np.stack([x * math.cos(turn) + ahead * math.sin(turn), up, x * math.sin(turn) - ahead * math.cos(turn)], -1)
    return 128 + 120 * rays / np.linalg.norm(rays, axis=-1, keepdims=True)


VIEWS = [(0, 0, 75, 600, 400), (-133.5, 41, 90, 300, 500), (30, -90, 110, 320, 320)]


async def test_the_picture_looks_where_it_is_told(museum: Museum) -> None:
    for view in VIEWS:
        yaw, pitch, fov, width, height = view
        found = await pixels(museum, f"?yaw={yaw}&pitch={pitch}&fov={fov}&w={width}&h={height}")
        assert found.shape == (height, width, 3)
        wrong = found - expected(*view)
        assert np.percentile(np.abs(wrong), 99) < 6
        # One pixel is half a level of colour: by how much it looks aside is what all pixels together say.
        more, less = [[expected(*np.add(view, sign * change)) for change in np.eye(3, 5)] for sign in (0.1, -0.1)]
        steps = [(one - other) / 0.2 for one, other in zip(more, less, strict=True)]
        turned = np.linalg.lstsq(np.stack([step.ravel() for step in steps], 1), wrong.ravel(), rcond=None)[0]
        pixels_to_a_degree = height / 2 / math.tan(math.radians(fov / 2)) * math.pi / 180
        assert np.abs(turned * pixels_to_a_degree).max() < 1, (view, turned)


async def test_what_is_not_said_is_the_scene_s_first_view(museum: Museum) -> None:
    whole = await pixels(museum)
    assert whole.shape == (630, 1200, 3)
    assert np.abs(whole - expected(100, 20, 60, 1200, 630)).mean() < 1.5
    turned = await pixels(museum, "?yaw=-40&w=300")
    assert turned.shape == (158, 300, 3)
    assert np.abs(turned - expected(-40, 20, 60, 300, 158)).mean() < 1.5
    assert (await pixels(museum, "?h=63")).shape == (63, 120, 3)
    # The museum's own picture is of where a visit begins.
    assert np.array_equal(await pixels(museum, "", "/view.jpg"), whole)


NONSENSE = [
    ("yaw=north", 400, "view-angle"),
    ("yaw=", 400, "view-angle"),
    ("yaw=nan", 400, "view-angle"),
    ("yaw=1e9", 400, "view-angle"),
    ("pitch=91", 400, "view-angle"),
    ("fov=0", 400, "view-angle"),
    ("fov=121", 400, "view-angle"),
    ("w=0", 400, "query-number"),
    ("w=-5", 400, "query-number"),
    ("h=1.5", 400, "query-number"),
    ("w=4097", 413, "view-size"),
    ("w=999999999&h=999999999", 413, "view-size"),
    ("w=4096&h=4096", 413, "view-size"),
    ("w=99999999999999999999", 400, "query-number"),
]


async def test_nonsense_is_refused(museum: Museum) -> None:
    for query, status, code in NONSENSE:
        answer = await museum.client.get(f"{PATH}?{query}", headers={"Accept": "text/html"})
        assert answer.status == status, query
        error = (await answer.json())["error"]
        assert (error["status"], error["code"]) == (status, code), query
        assert "{" not in error["message"], query
        assert answer.headers["Access-Control-Allow-Origin"] == "*", query


async def test_drafts_have_no_picture_and_a_lost_pyramid_is_the_operator_s(museum: Museum) -> None:
    for slug in ("draft-scene", "behind-closed", "nothing", "%C3%A9", "..%2F"):
        answer = await museum.client.get(f"/scenes/{slug}/view.jpg")
        assert (answer.status, answer.content_type) == (404, "application/json"), slug
    await museum.store.delete(museum.digests["lobby"])
    lost = await museum.client.get(f"{PATH}?yaw=1")
    assert (lost.status, (await lost.json())["error"]["code"]) == (500, "iiif-damaged")


async def test_a_sphere_is_the_whole_panorama_and_known_again(museum: Museum) -> None:
    answer = await museum.client.get("/scenes/lobby/sphere.jpg")
    assert (answer.status, answer.content_type) == (200, "image/jpeg")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    picture = Picture.open(io.BytesIO(await answer.read()))
    assert picture.size == (2048, 1024)
    ahead = Picture.open(io.BytesIO(await (await museum.client.get(f"{PATH}?yaw=0&pitch=0&fov=20&w=64&h=64")).read()))
    there, seen = (
        np.asarray(one.convert("RGB"), float).mean(axis=(0, 1)) for one in (picture.crop((967, 455, 1081, 569)), ahead)
    )
    assert np.abs(there - seen).max() < 3
    known = await museum.client.get("/scenes/lobby/sphere.jpg", headers={"If-None-Match": answer.headers["ETag"]})
    assert known.status == 304
    for slug in ("draft-scene", "behind-closed", "nothing"):
        assert (await museum.client.get(f"/scenes/{slug}/sphere.jpg")).status == 404


async def test_a_picture_is_known_again(museum: Museum) -> None:
    first = await museum.client.get(f"{PATH}?yaw=5&w=64")
    again = await museum.client.get(f"{PATH}?yaw=5.000&w=64", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status == 304 and await again.read() == b""
    other = await museum.client.get(f"{PATH}?yaw=6&w=64", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status == 200 and other.headers["ETag"] != first.headers["ETag"]
    head = await museum.client.head(f"{PATH}?yaw=5&w=64")
    assert head.status == 200 and head.headers["ETag"] == first.headers["ETag"]
    asked = await museum.client.options(PATH)
    assert asked.status == 204 and "GET" in asked.headers["Access-Control-Allow-Methods"]


async def test_each_picture_is_made_once_and_the_last_ones_are_kept(museum: Museum, monkeypatch: Any) -> None:
    made: list[View] = []
    maker = museum.client.app[MAKER]
    original = maker._make

    async def count(source: Any, view: View) -> bytes:
        made.append(view)
        return await original(source, view)

    monkeypatch.setattr(maker, "_make", count)
    answers = await asyncio.gather(*(museum.client.get(f"{PATH}?yaw=7&w=200") for _ in range(12)))
    assert {answer.status for answer in answers} == {200}
    assert len(made) == 1
    await museum.client.get(f"{PATH}?yaw=7&w=200")
    assert len(made) == 1
    body = await answers[0].read()
    maker._kept_bytes = 3 * len(body)
    for yaw in range(20, 30):
        await museum.client.get(f"{PATH}?yaw={yaw}&w=200")
    assert sum(map(len, maker._kept.values())) == maker._weight <= 3 * len(body)


async def test_too_many_at_once_are_asked_to_come_again(museum: Museum, monkeypatch: Any) -> None:
    busy = asyncio.Event()

    async def wait(*_: Any) -> bytes:
        await busy.wait()
        return b"\xff\xd8"

    maker: ViewMaker = museum.client.app[MAKER]
    monkeypatch.setattr(maker, "_make", wait)
    waiting = [asyncio.create_task(museum.client.get(f"{PATH}?yaw={n}")) for n in range(WAITING)]
    while len(maker._making) < WAITING:
        await asyncio.sleep(0.01)
    refused = await museum.client.get(f"{PATH}?yaw=359")
    assert refused.status == 503 and int(refused.headers["Retry-After"]) >= 1
    assert (await refused.json())["error"]["status"] == 503
    busy.set()
    assert {answer.status for answer in await asyncio.gather(*waiting)} == {200}
    assert not maker._making


async def test_pictures_of_views_wait_in_the_dear_lane(museum: Museum, monkeypatch: pytest.MonkeyPatch) -> None:
    renderer = museum.client.app[RENDERER]
    refuse = Lane("none", 1, -1)
    monkeypatch.setattr(renderer, "_dear", refuse)
    refused = await museum.client.get(f"{PATH}?w=16&h=16")
    assert refused.status == 503 and "Retry-After" in refused.headers
    refuse.close()
