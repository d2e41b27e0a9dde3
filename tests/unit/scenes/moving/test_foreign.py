"""Tours of Pannellum and Marzipano: a chart whose colours say the direction, so that faces and angles show what they are."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as Picture

from museum.assets.info import FACES
from museum.assets.ingest.panorama import make_panorama
from museum.assets.store_local import LocalStore
from museum.curation.snapshots import SHAPES
from museum.database import Database
from museum.scenes.models import Scene
from museum.scenes.moving.bringing import Bringer
from museum.scenes.moving.checking import check_record
from museum.scenes.moving.kinds import read_tour
from museum.scenes.moving.paths import BadTour
from museum.scenes.moving.tour import Tour
from tests.unit.assets.pictures import chart, chart_face, save
from tests.unit.scenes.moving.test_round_trip import count

SIZE, TILE = 300, 256


@pytest.fixture(scope="module")
def faces() -> dict[str, np.ndarray]:
    return {face: np.rint(chart_face(face, SIZE)).astype(np.uint8) for face in FACES}


def cut(faces: dict[str, np.ndarray], folder: Path, name: str) -> None:
    """Tiles of all faces at addresses like `2/{f}/{y}_{x}.png`."""
    for face, pixels in faces.items():
        for y in range(2):
            for x in range(2):
                path = folder / name.format(f=face, x=x, y=y)
                path.parent.mkdir(parents=True, exist_ok=True)
                save(np.ascontiguousarray(pixels[y * TILE : (y + 1) * TILE, x * TILE : (x + 1) * TILE]), path, Q=98)


def pannellum(folder: Path, faces: dict[str, np.ndarray]) -> Path:
    """Three scenes, one of each type."""
    folder.mkdir()
    save(chart(1024), folder / "whole.jpg", Q=95)
    for face, pixels in faces.items():
        save(pixels, folder / f"side {face}.png")
    cut(faces, folder / "tiles", "2/{f}{y}_{x}.jpg")
    spots: list[Any] = [
        {
            "yaw": 90,
            "pitch": 30,
            "type": "scene",
            "sceneId": "cube",
            "text": "On <b>now</b>",
            "targetYaw": 240,
            "targetPitch": 5,
        },
        {"yaw": -60, "pitch": -10, "type": "scene", "sceneId": "many", "targetYaw": "sameAzimuth"},
        {"yaw": 10, "pitch": 0, "type": "scene", "sceneId": "cube"},
        {"yaw": 0, "pitch": 0, "type": "scene", "sceneId": "nowhere"},
        {"yaw": 200, "pitch": 1, "type": "info", "text": "屋顶", "URL": "https://example.org/"},
        {"yaw": 5, "pitch": 2, "type": "info", "text": "Words", "URL": "javascript:alert(1)"},
    ]
    multires = {
        "basePath": "tiles",
        "path": "/%l/%s%y_%x",
        "extension": "jpg",
        "tileResolution": TILE,
        "maxLevel": 2,
        "cubeResolution": SIZE,
    }
    config = {
        "default": {"firstScene": "whole", "hfov": 110},
        "scenes": {
            "cube": {
                "type": "cubemap",
                "cubeMap": [f"side%20{face}.png" for face in FACES],
                "yaw": 40,
                "pitch": -3,
                "hfov": 90,
            },
            "many": {"type": "multires", "multiRes": multires},
            "whole": {"title": "整体", "panorama": "whole.jpg", "northOffset": 289, "hotSpots": spots},
        },
    }
    (folder / "tour.json").write_text(json.dumps(config))
    return folder


def marzipano(folder: Path, faces: dict[str, np.ndarray]) -> Path:
    """Two scenes as the tool packs them."""
    for scene in ("0-hall", "1-yard"):
        cut(faces, folder / "app-files" / "tiles" / scene, "1/{f}/{y}/{x}.jpg")
    levels = [{"tileSize": 256, "size": 256, "fallbackOnly": True}, {"tileSize": TILE, "size": SIZE}]
    scenes = [
        {
            "id": "0-hall",
            "name": "Hall",
            "levels": levels,
            "initialViewParameters": {"yaw": math.pi / 2, "pitch": 0.25, "fov": 1.0},
            "linkHotspots": [{"yaw": -math.pi / 2, "pitch": -0.5, "rotation": 0, "target": "1-yard"}],
            "infoHotspots": [{"yaw": 0.1, "pitch": 0.2, "title": "Lamp", "text": "Of <i>gas</i>"}],
        },
        {
            "id": "1-yard",
            "name": "Yard",
            "levels": levels,
            "initialViewParameters": {"yaw": -1, "pitch": 0, "fov": 1.2},
        },
    ]
    (folder / "app-files" / "data.js").write_text(
        f"var APP_DATA = {json.dumps({'name': 'House', 'scenes': scenes})};\n"
    )
    return folder


def check_faces(tour: Tour, key: str, folder: Path) -> None:
    """Make the panorama: what its strip shows must be the chart."""
    folder.mkdir()
    asset = tour.assets[key]
    make_panorama([(str(file.path), file.role) for file in asset.originals], asset.options, str(folder))
    strip = np.asarray(Picture.open(folder / "strip.jpg").convert("RGB")).astype(float)
    for face, seen in zip(FACES, np.split(strip, 6, axis=1), strict=True):
        assert np.abs(seen - chart_face(face, seen.shape[0])).mean() < 4, (key, face)


def check_records(tour: Tour) -> None:
    for kind, records in tour.records.items():
        for slug, snapshot in records.items():
            check_record(kind, slug, SHAPES[kind], snapshot)


async def test_pannellum(faces: dict[str, np.ndarray], database: Database, tmp_path: Path) -> None:
    tour = await read_tour(pannellum(tmp_path / "in", faces), tmp_path)
    check_records(tour)
    scenes = tour.records["scene"]
    assert list(scenes) == ["in-whole", "in-cube", "in-many"]
    for number, scene in enumerate(scenes.values()):
        check_faces(tour, scene["panorama"], tmp_path / f"faces-{number}")
    whole = scenes["in-whole"]
    assert whole["north"] == 289 and whole["texts"]["title"] == {"zh-Hans": ["整体", "source"]}
    # 110 degrees across a screen of 16:9 are 77.6 from top to bottom.
    assert whole["initial_fov"] == pytest.approx(
        math.degrees(2 * math.atan(math.tan(math.radians(55)) * 9 / 16)), abs=0.01
    )
    first, second, third = whole["links"]
    assert (first["yaw"], first["pitch"], first["target"], first["arrival_yaw"], first["arrival_pitch"]) == (
        90,
        30,
        "in-cube",
        -120,
        5,
    )
    assert first["texts"]["title"] == {"en": ["On now", "source"]}
    assert (second["yaw"], second["target"], second["arrival_yaw"]) == (-60, "in-many", None)
    assert (third["arrival_yaw"], third["arrival_pitch"]) == (40, -3), "a scene opens at its own first view"
    web, words = whole["hotspots"]
    assert (web["kind"], web["yaw"], web["url"], words["kind"]) == ("web", -160, "https://example.org/", "text")
    assert [one.code for one in tour.left_out] == ["target", "address"]
    store = LocalStore(tmp_path / "store")
    done = await Bringer(database, store, tour).run(tmp_path)
    assert len(done.making) == 3 and await count(database, Scene) == 3
    again = await read_tour(tmp_path / "in" / "tour.json", tmp_path / "faces-0")
    known = await Bringer(database, store, again).run(tmp_path)
    assert (known.made, known.differing, known.making, len(known.known)) == ([], [], [], 4)


async def test_marzipano(faces: dict[str, np.ndarray], tmp_path: Path) -> None:
    tour = await read_tour(marzipano(tmp_path / "in", faces), tmp_path)
    check_records(tour)
    hall, yard = tour.records["scene"].values()
    check_faces(tour, hall["panorama"], tmp_path / "faces")
    # Its pitch counts downwards.
    assert (hall["initial_yaw"], hall["initial_pitch"], hall["initial_fov"]) == pytest.approx(
        (90, -14.324, 57.296), abs=0.001
    )
    [link] = hall["links"]
    assert (link["yaw"], link["pitch"], link["arrival_yaw"]) == pytest.approx(
        (-90, 28.648, yard["initial_yaw"]), abs=0.001
    )
    [spot] = hall["hotspots"]
    assert spot["texts"]["title"]["en"][0] == "Lamp" and spot["texts"]["description"]["en"][0] == "Of gas"
    assert tour.left_out == [] and tour.records["venue"]["house"]["entrance"] == "house-0-hall"


async def test_what_is_missing_or_hostile_is_said(faces: dict[str, np.ndarray], tmp_path: Path) -> None:
    folder = pannellum(tmp_path / "in", faces)
    config = json.loads((folder / "tour.json").read_text())
    scenes = config["scenes"]
    scenes["up"] = {"panorama": "../outside.jpg"}
    scenes["away"] = {"panorama": "https://example.org/a.jpg"}
    scenes["video"] = {"type": "equirectangularvideo"}
    scenes["wide"] = {"type": "multires", "multiRes": {**scenes["many"]["multiRes"], "cubeResolution": 10**9}}
    scenes["torn"] = {"type": "multires", "multiRes": {**scenes["many"]["multiRes"], "basePath": "torn"}}
    cut(faces, folder / "torn", "2/{f}{y}_{x}.jpg")
    (folder / "torn" / "2" / "f0_0.jpg").write_bytes(b"<svg/>")
    (tmp_path / "outside.jpg").write_bytes((folder / "whole.jpg").read_bytes())
    (folder / "tiles" / "2" / "f0_0.jpg").unlink()
    (folder / "tour.json").write_text(json.dumps(config))
    tour = await read_tour(folder, tmp_path)
    said = {
        one.where: getattr(one.values.get("because"), "code", one.code) for one in tour.left_out if one.where != "whole"
    }
    assert said == {
        "up": "path-outside",
        "away": "path-elsewhere",
        "video": "type",
        "wide": "tiles-large",
        "torn": "tiles-bad",
        "many": "file-missing",
    }
    assert len(tour.assets) == 2 and len(tour.records["scene"]) == 8
    assert tour.records["scene"]["in-up"]["state"] == "draft"
    with_parent = await read_tour(folder, tmp_path / "in", tmp_path)
    assert with_parent.records["scene"]["in-up"]["panorama"] is not None
    with pytest.raises(BadTour):
        await read_tour(tmp_path / "in" / "tiles", tmp_path)
