from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
import trimesh

from museum.demo.records.treasures import TreasureRecord
from museum.demo.treasures import build_glb, treasure_record, treasures
from museum.demo.treasures.glb import parts_of
from museum.demo.treasures.shapes import closed
from museum.demo.treasures.spots import spots_of

TURNED = (
    "meiping",
    "gourd",
    "moonflask",
    "plate",
    "bottle",
    "bowl",
    "gu",
    "cash",
    "spade",
    "bi",
    "ding",
    "bell",
    "teapot",
)


@pytest.mark.parametrize("index", range(15))
def test_a_model_stands_at_its_real_height(index: int) -> None:
    content = build_glb(index, 20)
    assert len(content) < 2_000_000
    scene = trimesh.load(BytesIO(content), file_type="glb")
    assert isinstance(scene, trimesh.Scene)
    low, high = scene.bounds
    assert low[1] == pytest.approx(0, abs=1e-5)
    assert high[1] == pytest.approx(treasure_record(index).height_m, rel=1e-3)
    for mesh in scene.geometry.values():
        assert mesh.visual.uv.shape == (len(mesh.vertices), 2)
        assert mesh.visual.material.baseColorTexture is not None


@pytest.mark.parametrize("record", [r for r in treasures() if r.form in TURNED], ids=lambda r: r.form)
def test_surfaces_close(record) -> None:
    assert closed(parts_of(record, 20))


def test_normals_are_unit_vectors_that_look_outward() -> None:
    outside = parts_of(treasure_record(0), 20)[0]
    assert np.allclose(np.linalg.norm(outside.normals, axis=1), 1, atol=1e-6)
    away = outside.vertices * (1, 0, 1)
    middle = slice(len(away) // 3, len(away) // 2)
    assert (np.sum(away[middle] * outside.normals[middle], axis=1) > 0).all()


@pytest.mark.parametrize("record", treasures(), ids=lambda r: r.form)
def test_notes_lie_on_the_surface(record: TreasureRecord) -> None:
    points = np.concatenate([part.vertices for part in parts_of(record, 1)])
    low, high = points.min(axis=0), points.max(axis=0)
    for spot in spots_of(record, 1):
        place, eye = np.array(spot["point"]), np.array(spot["view"]["eye"])
        assert (place >= low - 1e-5).all() and (place <= high + 1e-5).all()
        assert np.linalg.norm(points - place, axis=1).min() < 0.3 * (high - low).max()
        assert (eye - place) @ np.array(spot["normal"]) > 0, "it is seen from outside"
