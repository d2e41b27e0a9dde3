"""Pictures of views against what their directions say must be seen there."""

from __future__ import annotations

import math

import numpy as np
import pytest
import simplejpeg
from numpy.typing import NDArray

from museum.assets.view import Place, View, encode, paint, pieces_of
from museum.scenes.geometry import relevel
from tests.browser.tour_site import rays as face_rays

TILE = 128
LEVELS = [100, 201, 403]
"""Halved and rounded down, as real pyramids are: the last tiles of a face are narrower."""


def direction(yaw: float, pitch: float) -> NDArray[np.float64]:
    yaw, pitch = math.radians(yaw), math.radians(pitch)
    return np.array([math.sin(yaw) * math.cos(pitch), math.sin(pitch), -math.cos(yaw) * math.cos(pitch)])


def rays(view: View) -> NDArray[np.float64]:
    """Unit vectors of a view's pixels by trigonometry: turn up by the pitch, then about the vertical by the yaw."""
    focal = view.height / 2 / math.tan(math.radians(view.fov / 2))
    x, y = np.meshgrid(np.arange(view.width) + 0.5 - view.width / 2, view.height / 2 - 0.5 - np.arange(view.height))
    pitch, yaw = math.radians(view.pitch), math.radians(view.yaw)
    up, ahead = y * math.cos(pitch) + focal * math.sin(pitch), focal * math.cos(pitch) - y * math.sin(pitch)
    stacked = np.stack(
        [x * math.cos(yaw) + ahead * math.sin(yaw), up, x * math.sin(yaw) - ahead * math.cos(yaw)], axis=-1
    )
    return stacked / np.linalg.norm(stacked, axis=-1, keepdims=True)


def cut(faces: dict[str, NDArray[np.uint8]], level: int) -> dict[Place, bytes]:
    tiles: dict[Place, bytes] = {}
    for face, pixels in faces.items():
        for row in range(-(-len(pixels) // TILE)):
            for column in range(-(-len(pixels) // TILE)):
                piece = pixels[row * TILE : (row + 1) * TILE, column * TILE : (column + 1) * TILE]
                tiles[Place(level, face, row, column)] = simplejpeg.encode_jpeg(
                    np.ascontiguousarray(piece), 98, "RGB", "444"
                )
    return tiles


@pytest.fixture(scope="module")
def charts() -> dict[Place, bytes]:
    """Tiles of all levels of a chart whose colour is the direction."""
    tiles: dict[Place, bytes] = {}
    for level, size in enumerate(LEVELS):
        tiles |= cut({face: np.rint(128 + 120 * face_rays(face, size)).astype(np.uint8) for face in "frblud"}, level)
    return tiles


@pytest.mark.parametrize(
    "view",
    [
        View(0, 0, 75, 240, 126),
        View(45, 35.26, 60, 200, 200),  # a corner of the cube in the middle
        View(-135, 0, 90, 240, 120),
        View(180, -20, 100, 160, 240),
        View(77, 90, 80, 150, 150),
        View(-30, -90, 120, 240, 126),
        View(10, 5, 5, 160, 90),
        View(0, 0, 120, 320, 40),
        View(123.45, 12.3, 75, 17, 16),
    ],
)
def test_every_pixel_shows_its_direction(view: View, charts: dict[Place, bytes]) -> None:
    pieces = pieces_of(view, LEVELS, TILE)
    found = paint(view, pieces, TILE, charts).astype(float)
    wrong = np.abs(found - (128 + 120 * rays(view))).max(axis=-1)
    assert found.shape == (view.height, view.width, 3)
    # two levels of colour are less than a pixel, except where the picture is finer than the chart itself
    assert wrong.max() < 6, np.unravel_index(wrong.argmax(), wrong.shape)
    assert wrong.mean() < 1


@pytest.mark.parametrize("level", [(0.0, 0.0), (12.0, -20.0)])
@pytest.mark.parametrize("yaw", [0.0, 47.0, 135.5, -179.0])
def test_a_mark_stands_where_it_should_to_within_a_part_of_a_pixel(yaw: float, level: tuple[float, float]) -> None:
    shown = [(yaw + dx, dy) for dx, dy in ((0, 0), (-20, 10), (24, -14), (3, 22), (-8, -21))]
    marks = [direction(*relevel(*where, level, (0, 0))) for where in shown]
    faces: dict[str, NDArray[np.uint8]] = {}
    for face in "frblud":
        vectors = face_rays(face, 403)
        glow = sum(np.exp(-((np.arccos(np.clip(vectors @ mark, -1, 1)) / math.radians(1.5)) ** 2)) for mark in marks)
        faces[face] = np.repeat(np.rint(np.clip(glow, 0, 1) * 250)[..., None], 3, axis=-1).astype(np.uint8)
    view = View(yaw + 2, 3, 60, 600, 480, *level)
    picture = paint(view, pieces_of(view, [403], TILE), TILE, cut(faces, 0)).astype(float)[..., 0]
    vectors = rays(view)
    for mark in (direction(*where) for where in shown):
        near = np.arccos(np.clip(vectors @ mark, -1, 1)) < math.radians(4)
        rows, columns = np.nonzero(near)
        weight = picture[near] / picture[near].sum()
        seen = np.array([(columns * weight).sum(), (rows * weight).sum()])
        focal = view.height / 2 / math.tan(math.radians(view.fov / 2))
        wanted = _pixel(mark, view, focal)
        assert np.hypot(*(seen - wanted)) < 0.6, (yaw, mark, seen, wanted)


def _pixel(mark: NDArray[np.float64], view: View, focal: float) -> NDArray[np.float64]:
    """Where a direction appears, by the axes of the camera."""
    ahead = direction(view.yaw, view.pitch)
    right, up = direction(view.yaw + 90, 0), direction(view.yaw, view.pitch + 90)
    depth = mark @ ahead
    return np.array(
        [
            view.width / 2 - 0.5 + focal * (mark @ right) / depth,
            view.height / 2 - 0.5 - focal * (mark @ up) / depth,
        ]
    )


def test_only_what_is_seen_is_read() -> None:
    levels = [512, 1024, 2048, 4096]
    (piece,) = pieces_of(View(0, 0, 20, 400, 200), levels, 512)
    assert (piece.face, piece.size) == ("f", 2048)
    assert len(list(piece.places)) <= 8
    small = pieces_of(View(30, 10, 90, 200, 105), levels, 512)
    assert {piece.level for piece in small} <= {0, 1}
    wide = pieces_of(View(0, 0, 120, 4096, 512), levels, 512)
    assert sum(len(list(piece.places)) * 512 * 512 for piece in wide) < 6 * 8_100_000


def test_a_fine_pattern_is_averaged_and_not_sampled() -> None:
    checks = (np.indices((2048, 2048)).sum(axis=0) % 2 * 255).astype(np.uint8)
    tiles = cut({face: np.repeat(checks[..., None], 3, axis=-1) for face in "f"}, 0)
    view = View(0, 0, 60, 160, 120)
    picture = paint(view, pieces_of(view, [2048], TILE), TILE, tiles)
    assert np.abs(picture.astype(float) - 127.5).max() < 12


def test_a_damaged_tile_is_an_error(charts: dict[Place, bytes]) -> None:
    view = View(0, 0, 75, 100, 60)
    pieces = pieces_of(view, LEVELS, TILE)
    place = next(pieces[0].places)
    with pytest.raises(ValueError):
        paint(view, pieces, TILE, {**charts, place: charts[place][:60]})
    other = next(iter(cut({"f": np.zeros((64, 64, 3), np.uint8)}, 0).values()))
    with pytest.raises(ValueError, match="64 × 64"):
        paint(view, pieces, TILE, {**charts, place: other})


def test_the_picture_is_a_jpeg() -> None:
    assert encode(np.zeros((20, 30, 3), np.uint8))[:2] == b"\xff\xd8"
