"""Models that nobody on the project made, sound and broken, and hostile ones, through the queue's real worker."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from museum.assets.models import Asset, Original
from museum.assets.models3d.refusals import CODES
from museum.assets.originals import begin_asset, keep_original
from museum.assets.store_local import LocalStore
from museum.database import Database
from museum.jobs.models import Job
from tests.unit.assets.solids import CUBE_OBJ, triangle_glb, zipped
from tests.unit.assets.work import work_off


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "store")


async def make_all(database: Database, store: LocalStore, files: dict[str, bytes]) -> dict[str, Asset]:
    """Make a model of every file, two at a time. Holds the store to what it may hold afterwards."""
    names: dict[int, str] = {}
    for name, content in files.items():
        path = store.scratch / "upload"
        path.write_bytes(content)
        original = await keep_original(database, store, path, name)
        async with database.write() as session:
            names[(await begin_asset(session, "model", [(original.id, "whole")])).id] = name
    await work_off(database, store, concurrency=2, seconds=580)
    may_hold: set[str] = set()
    made: dict[str, Asset] = {}
    async with database.read() as session:
        may_hold.update(await session.scalars(select(Original.digest)))
        for asset in await session.scalars(select(Asset).options(selectinload(Asset.blobs)).order_by(Asset.id)):
            made[names[asset.id]] = asset
            assert asset.state in ("ready", "failed"), names[asset.id]
            assert bool(asset.blobs) == (asset.state == "ready"), names[asset.id]
            assert asset.error is None or asset.error["code"] in CODES, (names[asset.id], asset.error)
            may_hold.update(blob.digest for blob in asset.blobs)
        for job in await session.scalars(select(Job)):
            assert job.attempt == 1, (names[job.payload["asset"]], job.error)
    assert {digest async for digest in store.digests()} == may_hold
    assert not [path for path in store.scratch.iterdir() if path.name.startswith("job-")]
    return made


def ends(made: dict[str, Asset]) -> dict[str, str]:
    return {name: asset.state if asset.error is None else asset.error["code"] for name, asset in made.items()}


def together(folder: Path, *names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.write(folder / name, name)
    return buffer.getvalue()


@pytest.mark.corpus
async def test_what_is_broken_is_turned_away_or_mended(database: Database, store: LocalStore, corpus: Path) -> None:
    folder = corpus / "models3d" / "trimesh"
    expected = {
        "cube1.3dxml": "archive-no-model",
        "empty.obj": "model-format-unknown",
        "empty.ply": "model-no-surface",
        "empty.stl": "model-no-surface",
        "empty_nodes.glb": "model-no-surface",
        "headless.ctm": "model-format-unknown",
        "points_ascii.ply": "model-point-cloud",
        "points_bin.ply": "model-point-cloud",
        "TestScene.gltf": "model-file-missing",
        "busted.STL": "ready",
        "cube_invalid_shininess.dae": "ready",
        "nancolor.obj": "ready",
        "negative_indices.obj": "ready",
        "notenoughindices.obj": "ready",
        "soup.stl": "ready",
    }
    made = await make_all(database, store, {name: (folder / name).read_bytes() for name in expected})
    assert ends(made) == expected
    assert made["negative_indices.obj"].info["report"]["notes"]["negative-indices"]
    assert not made["soup.stl"].info["report"]["measures"]["watertight"]


@pytest.mark.corpus
async def test_every_format_arrives_with_its_size_and_its_textures(
    database: Database, store: LocalStore, corpus: Path
) -> None:
    folder = corpus / "models3d" / "trimesh"
    files = {
        "scene.zip": together(folder, "TestScene.gltf", "TestScene.bin"),
        "capsule.zip": together(folder, "capsule.obj", "capsule.mtl", "capsule0.jpg"),
        **{name: (folder / name).read_bytes() for name in ("BoxTextured.ply", "cycloidal.ply", "ascii.stl.zip")},
        **{
            name: (folder / name).read_bytes()
            for name in ("duck.dae", "duck.zae", "counterXP.3MF", "CesiumMilkTruck.glb")
        },
        "venus.usdz": (corpus / "models3d" / "iiif3d" / "venus-de-milo-smk.usdz").read_bytes(),
    }
    made = await make_all(database, store, files)
    assert set(ends(made).values()) == {"ready"}, ends(made)
    reports: dict[str, Any] = {name: asset.info["report"] for name, asset in made.items()}
    assert len(reports["capsule.zip"]["textures"]) == 1 and reports["venus.usdz"]["textures"][0]["width"] == 2048
    assert reports["duck.dae"]["unit"]["metres"] == 0.01 and made["duck.dae"].info["bounds"][1] == pytest.approx(
        1.54, abs=0.01
    )
    assert reports["counterXP.3MF"]["unit"]["metres"] == 0.001 and reports["counterXP.3MF"]["up"]["axis"] == "z"
    assert reports["CesiumMilkTruck.glb"]["notes"]["animation-dropped"] == 1
    assert reports["ascii.stl.zip"]["measures"]["volume"] > 0
    for name, asset in made.items():
        assert {"model", "poster", "turntable", "usdz"} <= {blob.role for blob in asset.blobs}, name


@pytest.mark.corpus
async def test_the_venus_arrives_packed_and_leaves_light(database: Database, store: LocalStore, corpus: Path) -> None:
    folder = corpus / "models3d" / "aton-venus"
    names = ("venus.gltf", "Venus_C.bin", "Venus_C_Venus_O_Material_u1_v1.jpg")
    made = await make_all(database, store, {"venus.zip": together(folder, *names)})
    info = made["venus.zip"].info
    assert info["report"]["sourceTriangles"] == 597_703
    assert [level["role"] for level in info["levels"]] == ["model", "model-25k", "model-5k", "model-headset"]
    assert [level["triangles"] for level in info["levels"]] == pytest.approx([100_000, 25_000, 5_000, 25_000], rel=0.01)
    assert [level["bytes"] < most for level, most in zip(info["levels"], (3e6, 1.2e6, 4.2e5, 2.5e6), strict=True)] == [
        True
    ] * 4
    assert info["report"]["validator"]["errors"] == 0
    assert info["report"]["notes"]["textures-baked"] == 2
    assert {"gltf-validator", "gltf-transform", "xatlas", "embreex"} <= set(info["report"]["tools"])


async def test_nothing_outside_is_read_or_fetched(database: Database, store: LocalStore, tmp_path: Path) -> None:
    """Files that ask for an address and for a file of the server get neither, whichever format asks."""
    asked: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.read(200))
        writer.close()

    secret = tmp_path / "secret.mtl"
    secret.write_text("newmtl stolen\nKd 0 1 0\n")
    arrays = "int[] faceVertexCounts = [3]\nint[] faceVertexIndices = [0, 1, 2]\n"
    mesh = f'def Mesh "stolen" {{\n{arrays}point3f[] points = [(0, 0, 0), (1, 0, 0), (0, 1, 0)]\n}}\n'
    (tmp_path / "secret.usda").write_text(f"#usda 1.0\n{mesh}")
    async with await asyncio.start_server(answer, "127.0.0.1", 0) as listener:
        port = listener.sockets[0].getsockname()[1]
        address = f"http://127.0.0.1:{port}"
        textured = CUBE_OBJ.format(
            head=f"mtllib {secret}\nmtllib ../../../secret.mtl\nmtllib a.mtl\nusemtl stolen\n", between=""
        )
        usd = f'#usda 1.0\n(\nsubLayers = [@{tmp_path}/secret.usda@]\n)\ndef Mesh "a" (references = @{address}/x.usda@) {{}}\n'
        collada = f"""<?xml version="1.0"?><COLLADA version="1.4.1" xmlns="http://www.collada.org/2005/11/COLLADASchema">
<library_images><image id="a"><init_from>{address}/a.png</init_from></image></library_images></COLLADA>"""
        made = await make_all(
            database,
            store,
            {
                "a.glb": triangle_glb(buffers=[{"byteLength": 36, "uri": f"{address}/x.bin"}]),
                "b.glb": triangle_glb(images=[{"uri": f"{address}/x.png"}]),
                "c.glb": triangle_glb(buffers=[{"byteLength": 36, "uri": f"{tmp_path}/secret.mtl"}]),
                "d.zip": zipped({"d.obj": textured, "a.mtl": f"newmtl own\nmap_Kd {address}/skin.png\n"}),
                "e.usda": usd.encode(),
                "g.usda": f"#usda 1.0\n{mesh}".encode(),
                "f.dae": collada.encode(),
            },
        )
    assert asked == []
    found = ends(made)
    assert found == {
        "a.glb": "model-outside-file",
        "b.glb": "model-outside-file",
        "c.glb": "model-file-missing",
        "d.zip": "ready",
        "e.usda": "model-no-surface",
        "g.usda": "ready",
        "f.dae": "damaged",
    }
    assert "stolen" not in json.dumps(made["d.zip"].info)
