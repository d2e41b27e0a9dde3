"""The geometry of the cube: every pixel looks where the design says."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from museum.assets.info import FACES
from museum.assets.ingest.faces import Sphere, project_sphere
from museum.assets.ingest.projection import angles, face_size, ray
from tests.unit.assets.pictures import chart, chart_face, cube_edges

UNIT = st.floats(-1, 1)


def column_of(pixels: np.ndarray, size: int) -> np.ndarray:
    sphere = Sphere(pixels.shape[1], pixels.shape[0])
    sphere.pixels[...] = pixels
    sphere.close()
    column = np.empty((6 * size, size, 3), np.uint8)
    project_sphere(sphere, size, column)
    return column


@pytest.mark.parametrize("width", [1024, 1022, 1001])
def test_every_pixel_of_every_face_shows_its_direction(width: int) -> None:
    size = 320
    column = column_of(chart(width), size)
    for number, face in enumerate(FACES):
        difference = np.abs(column[number * size : (number + 1) * size] - chart_face(face, size))
        assert difference.max() <= 1.6, face


@pytest.mark.parametrize(
    ("face", "yaw", "pitch"),
    [("f", 0, 0), ("r", 90, 0), ("b", 180, 0), ("l", -90, 0), ("u", None, 90), ("d", None, -90)],
)
def test_middles_of_faces(face: str, yaw: float | None, pitch: float) -> None:
    found = angles(face, 0.0, 0.0)
    assert found[1] == pytest.approx(pitch)
    if yaw is not None:
        assert abs(found[0]) == pytest.approx(abs(yaw))


@settings(deadline=None)
@given(UNIT)
def test_edges_of_neighbours_are_the_same_rays(t: float) -> None:
    meetings = [
        (("f", 1, t), ("r", -1, t)),
        (("r", 1, t), ("b", -1, t)),
        (("b", 1, t), ("l", -1, t)),
        (("l", 1, t), ("f", -1, t)),
        (("u", t, -1), ("f", t, 1)),
        (("u", 1, t), ("r", t, 1)),
        (("u", t, 1), ("b", -t, 1)),
        (("u", -1, t), ("l", -t, 1)),
        (("d", t, 1), ("f", t, -1)),
        (("d", 1, t), ("r", -t, -1)),
        (("d", t, -1), ("b", -t, -1)),
        (("d", -1, t), ("l", t, -1)),
    ]
    for (face, x, y), (other, u, v) in meetings:
        assert ray(face, x, y) == pytest.approx(ray(other, u, v)), (face, other)


@settings(deadline=None)
@given(st.sampled_from(FACES), UNIT, UNIT)
def test_angles_name_the_ray(face: str, x: float, y: float) -> None:
    yaw, pitch = (math.radians(angle) for angle in angles(face, x, y))
    direction = np.array(ray(face, x, y)) / math.hypot(*ray(face, x, y))
    named = (math.cos(pitch) * math.sin(yaw), math.sin(pitch), -math.cos(pitch) * math.cos(yaw))
    assert named == pytest.approx(tuple(direction), abs=1e-9)


def test_faces_agree_along_every_edge_of_a_busy_picture() -> None:
    size = 512
    column = column_of(chart(2048), size)
    faces = [column[n * size : (n + 1) * size].astype(int) for n in range(6)]
    for name, (one, other) in cube_edges(faces).items():
        assert np.abs(one - other).max() <= 2, name


def test_no_seam_at_the_back_where_the_picture_begins_and_ends() -> None:
    size = 512
    back = column_of(chart(2048), size)[2 * size : 3 * size].astype(int)
    steps = np.abs(np.diff(back, axis=1)).max(axis=(0, 2))
    assert steps[size // 2 - 1] <= 2


@pytest.mark.parametrize(
    ("width", "size"),
    [(1024, 512), (2048, 1024), (4000, 1536), (4096, 1536), (8192, 2560), (16384, 5120), (32768, 10240)],
)
def test_faces_keep_the_resolution_of_the_source(width: int, size: int) -> None:
    assert face_size(width) == size
