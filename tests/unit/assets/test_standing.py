"""Points of a file where the thing stands, and back."""

from __future__ import annotations

import numpy as np
import pytest

from museum.assets.models3d import standing
from museum.assets.models3d.solid import UPRIGHT


def test_orientations_are_turns() -> None:
    for turn in UPRIGHT.values():
        assert standing.turning(standing.orientation_of(turn)) == pytest.approx(turn, abs=1e-6)
    made = standing.turning([0.1, -0.5, 0.3, 0.7])
    assert made @ made.T == pytest.approx(np.eye(3)) and np.linalg.det(made) == pytest.approx(1)
    assert standing.turning(standing.orientation_of(made)) == pytest.approx(made)


def test_what_points_up_in_the_file_stands_on_the_ground() -> None:
    matrix = standing.placing(UPRIGHT["z"], (5, 0, -7), 0.01)
    assert standing.placed(matrix, (5, 7, 0)) == (0, 0, 0)
    assert standing.placed(matrix, (5, 7, 120)) == pytest.approx((0, 1.2, 0))
    assert standing.directed(matrix, (0, 0, 1)) == (0, 1, 0)
    assert standing.in_file(matrix, (0, 1.2, 0)) == pytest.approx([5, 7, 120])
    assert standing.in_file_directed(matrix, (0, 2, 0)) == pytest.approx([0, 0, 1])
    assert standing.scale_of(matrix) == pytest.approx(0.01)


def test_a_camera_keeps_what_it_sees_when_the_thing_is_turned_and_sized() -> None:
    """Whatever becomes of the thing, the camera moves with it: it goes on seeing the same."""
    before = standing.placing(UPRIGHT["y"], (0, 0, 0), 1.0)
    seen = standing.Orbit((30.0, 70.0, 2.0), (0.0, 0.5, 0.1), 32.0)
    kept = standing.kept_view(before, seen)
    assert standing.orbit_of(before, kept) == seen
    quarter = standing.turning([0, np.sqrt(0.5), 0, np.sqrt(0.5)])
    after = standing.placing(quarter, (0, 0, 0), 0.5)
    moved = standing.orbit_of(after, kept)
    assert moved.orbit == pytest.approx((120, 70, 1.0)) and moved.target == pytest.approx((0.05, 0.25, 0))


@pytest.mark.parametrize(
    "orbit",
    [
        standing.Orbit((0, 90, 0), (0, 0, 0), 30),
        standing.Orbit((0, 90, 1), (float("nan"), 0, 0), 30),
        standing.Orbit((0, 90, 1), (0, 0, 1e300), 30),
        standing.Orbit((0, 90, 1), (0, 0, 0), 179),
    ],
)
def test_a_camera_that_is_nowhere(orbit: standing.Orbit) -> None:
    with pytest.raises(ValueError, match="nowhere"):
        standing.kept_view(standing.IDENTITY, orbit)
