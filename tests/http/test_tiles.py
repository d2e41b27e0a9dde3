"""Tiles, small pictures and models: immutable, in parts where asked, and only what is published."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Picture
from sqlalchemy import select, update

from museum.assets.models import AssetOriginal, Original
from museum.assets.store_local import LocalStore
from museum.collection.models import Model
from museum.curation.visibility import forget_with_commit
from museum.scenes.models import Scene
from tests.http.conftest import GLB, Museum, by_express


async def test_every_tile_of_a_face_is_there_and_none_beyond(museum: Museum) -> None:
    tour = await (await museum.client.get("/api/v1/scenes/lobby/tour.json")).json()
    panorama = tour["scene"]["panorama"]
    for level, size in enumerate(panorama["levels"]):
        count = -(-size // 512)
        for face, row, column in (("f", 0, 0), ("d", count - 1, count - 1)):
            path = panorama["tiles"].format(level=level, face=face, row=row, column=column)
            answer = await museum.client.get(path)
            assert answer.status == 200, path
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
            picture = Picture.open(io.BytesIO(await answer.read()))
            assert picture.format == "JPEG"
            assert max(picture.size) <= 512
        beyond = panorama["tiles"].format(level=level, face="f", row=0, column=count)
        assert (await museum.client.get(beyond)).status == 404


async def test_tiles_answer_head_and_conditions(museum: Museum) -> None:
    path = f"/tiles/{museum.digests['lobby']}/0/f/0/0.jpg"
    whole = await museum.client.get(path)
    head = await museum.client.head(path)
    assert head.headers["Content-Length"] == str(len(await whole.read()))
    known = await museum.client.get(path, headers={"If-None-Match": f'"x", {whole.headers["ETag"]}'})
    assert known.status == 304
    assert known.headers["ETag"] == whole.headers["ETag"]


async def test_tiles_by_the_express_lane_are_the_same(museum: Museum) -> None:
    path = f"/tiles/{museum.digests['lobby']}/1/f/0/0.jpg"
    slow = await museum.client.get(path, headers={"If-None-Match": '"x"', "X-Request-Id": "mine"})
    quick = await by_express(museum, path, {"X-Request-Id": "mine"})
    assert await quick.read() == await slow.read()
    assert {**quick.headers, "Date": ""} == {**slow.headers, "Date": ""}


async def test_a_panorama_that_is_gone_from_the_store_is_the_operators_matter(museum: Museum) -> None:
    assert isinstance(museum.store, LocalStore)
    museum.store.path_of(museum.digests["lobby"]).unlink()
    answer = await museum.client.get(f"/tiles/{museum.digests['lobby']}/0/f/0/0.jpg")
    assert (answer.status, answer.headers["Cache-Control"]) == (500, "no-store")


async def test_the_strip_is_six_squares(museum: Museum) -> None:
    answer = await museum.client.get(f"/tiles/{museum.digests['lobby']}/strip.jpg")
    width, height = Picture.open(io.BytesIO(await answer.read())).size
    assert width == 6 * height
    assert (await museum.client.get(f"/tiles/{museum.digests['lobby']}/preview.jpg")).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/tiles/{}/0/f/0/0.jpg",
        "/tiles/{}/strip.jpg",
        "/tiles/{}/preview.jpg",
        "/files/{}.jpg",
        "/models/{}.glb",
    ],
)
async def test_files_of_unpublished_records_are_nowhere(museum: Museum, path: str) -> None:
    for slug in ("draft-scene", "secret-image"):
        assert (await museum.client.get(path.format(museum.digests[slug]))).status == 404
    assert (await museum.client.get(path.format("0" * 64))).status == 404


async def test_what_is_withdrawn_is_gone(museum: Museum) -> None:
    path = f"/tiles/{museum.digests['lobby']}/0/f/0/0.jpg"
    assert (await museum.client.get(path)).status == 200
    async with museum.database.write() as session:
        await session.execute(update(Scene).where(Scene.slug == "lobby").values(state="draft"))
        forget_with_commit(session)
    assert (await museum.client.get(path)).status == 404


async def test_originals_and_pyramids_are_not_files_for_visitors(museum: Museum) -> None:
    for ending in ("jpg", "webp"):
        assert (await museum.client.get(f"/files/{museum.digests['wall-map']}.{ending}")).status == 404


@pytest.mark.parametrize(
    ("range_", "status", "first", "last"),
    [
        (None, 200, 0, len(GLB)),
        ("bytes=0-3", 206, 0, 4),
        ("bytes=100-", 206, 100, len(GLB)),
        ("bytes=-10", 206, len(GLB) - 10, len(GLB)),
        (f"bytes=5-{len(GLB) * 2}", 206, 5, len(GLB)),
        ("bytes=9-3", 200, 0, len(GLB)),
        ("bytes=0-1,5-6", 200, 0, len(GLB)),
        ("lines=1-2", 200, 0, len(GLB)),
    ],
)
async def test_models_come_whole_or_in_part(
    museum: Museum, range_: str | None, status: int, first: int, last: int
) -> None:
    path = f"/models/{museum.digests['vase-model']}.glb"
    headers: dict[str, Any] = {"Range": range_} if range_ else {}
    answer = await museum.client.get(path, headers=headers)
    assert answer.status == status
    assert await answer.read() == GLB[first:last]
    assert answer.headers["Content-Type"] == "model/gltf-binary"
    assert answer.headers["Content-Length"] == str(last - first)
    if status == 206:
        assert answer.headers["Content-Range"] == f"bytes {first}-{last - 1}/{len(GLB)}"


async def test_parts_beyond_the_end_and_of_other_versions(museum: Museum) -> None:
    path = f"/models/{museum.digests['vase-model']}.glb"
    beyond = await museum.client.get(path, headers={"Range": f"bytes={len(GLB)}-"})
    assert beyond.status == 416
    assert beyond.headers["Content-Range"] == f"bytes */{len(GLB)}"
    other = await museum.client.get(path, headers={"Range": "bytes=0-3", "If-Range": '"other"'})
    assert other.status == 200
    same = await museum.client.get(
        path,
        headers={"Range": "bytes=0-3", "If-Range": beyond.headers.get("ETag", f'"{museum.digests["vase-model"]}"')},
    )
    assert (same.status, await same.read()) == (206, b"glTF")


async def test_the_original_of_a_model_goes_out_as_far_as_its_rights_allow(museum: Museum, tmp_path: Path) -> None:
    path = f"/models/{museum.digests['vase-model']}/original"
    assert (await museum.client.get(path)).status == 404, "no rights are stated"
    (tmp_path / "scan.obj").write_bytes(b"v 0 0 0")
    blob = await museum.store.put(tmp_path / "scan.obj")
    async with museum.database.write() as session:
        model = (await session.scalars(select(Model).where(Model.slug == "vase-model"))).one()
        model.rights = "https://creativecommons.org/licenses/by/4.0/"
        original = Original(digest=blob.digest, bytes=blob.bytes, media_type="text/html", filename="瓶 1.obj")
        session.add(original)
        await session.flush()
        session.add(AssetOriginal(asset_id=model.asset_id, original_id=original.id))
    answer = await museum.client.get(path)
    assert (answer.status, await answer.read()) == (200, b"v 0 0 0")
    assert answer.headers["Content-Type"] == "application/octet-stream", "never what the upload claims"
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''%E7%93%B6_1.obj"
    async with museum.database.write() as session:
        model = (await session.scalars(select(Model).where(Model.slug == "vase-model"))).one()
        model.rights = "https://rightsstatements.org/vocab/InC/1.0/"
    assert (await museum.client.get(path)).status == 404
