"""Directions between standing points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from museum.scenes.geometry import bearing, distance, heading_of, keep_heading, relevel, wrap, yaw_towards

ANGLES = st.floats(-1e4, 1e4)


@pytest.mark.parametrize(
    ("end", "heading"), [((0, 1), 0), ((1, 0), 90), ((0, -1), -180), ((-1, 0), -90), ((1, 1), 45), ((0, 0), 0)]
)
def test_bearings_go_clockwise_from_north(end: tuple[float, float], heading: float) -> None:
    assert bearing((0, 0), end) == pytest.approx(heading)


def test_distance_is_in_metres() -> None:
    assert distance((1, 1), (4, 5)) == 5


@given(ANGLES)
def test_wrapped_angles_stay_the_same_direction(angle: float) -> None:
    assert -180 <= wrap(angle) < 180
    assert abs((wrap(angle) - angle + 180) % 360 - 180) < 1e-6


@given(ANGLES, ANGLES, ANGLES)
def test_the_heading_is_kept_on_arrival(yaw: float, north: float, other: float) -> None:
    there = keep_heading(yaw, north, other)
    assert abs(wrap(heading_of(there, other) - heading_of(yaw, north))) < 1e-6
    assert abs(wrap(yaw_towards(heading_of(yaw, north), north) - yaw)) < 1e-6


def test_a_tiny_negative_angle_does_not_round_out_of_range() -> None:
    assert wrap(-180 - 1e-14) == -180


LEVELS = st.tuples(st.floats(-45, 45), st.floats(-45, 45))


@given(st.floats(-180, 179), st.floats(-80, 80), LEVELS, LEVELS)
def test_what_is_levelled_comes_back(
    yaw: float, pitch: float, before: tuple[float, float], after: tuple[float, float]
) -> None:
    there = relevel(yaw, pitch, before, after)
    back = relevel(*there, after, before)
    assert back[1] == pytest.approx(pitch, abs=1e-6)
    assert abs(wrap(back[0] - yaw)) < 1e-5


def test_levels_lift_what_is_ahead_and_turn_clockwise() -> None:
    assert relevel(0, 0, (0, 0), (10, 0)) == pytest.approx((0, 10))
    assert relevel(90, 0, (0, 0), (10, 0)) == pytest.approx((90, 0)), "what lies at the right is the hinge"
    assert relevel(90, 0, (0, 0), (0, 10)) == pytest.approx((90, -10)), "clockwise: the right side sinks"
    assert relevel(0, 30, (0, 0), (0, 90))[0] == pytest.approx(30)
