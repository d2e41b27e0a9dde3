"""Unrolled panoramas against what their directions say must be seen there."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from museum.assets.sphere import Sphere, level_for, places_of, unroll
from museum.assets.view import Place
from museum.scenes.geometry import relevel
from tests.browser.tour_site import rays as face_rays
from tests.unit.assets.test_view import LEVELS, TILE, cut, direction


@pytest.fixture(scope="module")
def charts() -> dict[Place, bytes]:
    """Tiles of all levels of a chart whose colour is the direction."""
    tiles: dict[Place, bytes] = {}
    for level, size in enumerate(LEVELS):
        tiles |= cut({face: np.rint(128 + 120 * face_rays(face, size)).astype(np.uint8) for face in "frblud"}, level)
    return tiles


def directions(sphere: Sphere) -> NDArray[np.float64]:
    """Unit vectors that the pixels of a picture must show, upright, by the picture's own definition."""
    rows = [
        [
            direction((x + 0.5) / sphere.width * 360 - 180, 90 - (y + 0.5) / sphere.height * 180)
            for x in range(sphere.width)
        ]
        for y in range(sphere.height)
    ]
    return np.array(rows)


@pytest.mark.parametrize("width", [128, 600, 1200])
def test_every_pixel_shows_its_direction(width: int, charts: dict[Place, bytes]) -> None:
    sphere = Sphere(width)
    picture = unroll(sphere, LEVELS, TILE, charts)
    assert picture.shape == (width // 2, width, 3)
    wrong = np.abs(picture.astype(float) - (128 + 120 * directions(sphere)))
    # At the edges of the cube half a pixel of the face is missing.
    assert wrong.max() < 6
    assert wrong.mean() < 1


def test_a_tilted_photograph_is_put_upright(charts: dict[Place, bytes]) -> None:
    sphere = Sphere(256, 12.0, -20.0)
    picture = unroll(sphere, LEVELS, TILE, charts).astype(float)
    for yaw, pitch in ((0, 0), (90, 30), (-135, -60), (175, 5)):
        x, y = int((yaw / 360 + 0.5) * sphere.width), int((0.5 - pitch / 180) * sphere.height)
        exact = ((x + 0.5) / sphere.width * 360 - 180, 90 - (y + 0.5) / sphere.height * 180)
        # where in the photograph lies what is seen upright in this direction
        photographed = direction(*relevel(*exact, (12.0, -20.0), (0, 0)))
        assert np.abs(picture[y, x] - (128 + 120 * photographed)).max() < 4


def test_the_level_is_as_fine_as_the_picture() -> None:
    levels = [512, 1024, 2048, 4096]
    assert [level_for(width, levels) for width in (1000, 1700, 2048, 4096, 20_000)] == [0, 0, 1, 2, 3]
    assert len(places_of(Sphere(2048), levels, 512)) == 6 * 4
    assert len(places_of(Sphere(1024), levels, 512)) == 6


def test_a_damaged_tile_is_an_error(charts: dict[Place, bytes]) -> None:
    sphere = Sphere(128)
    place = places_of(sphere, LEVELS, TILE)[0]
    with pytest.raises(ValueError):
        unroll(sphere, LEVELS, TILE, {**charts, place: charts[place][:60]})
