"""Neighbours on a floor plan."""

from __future__ import annotations

import pytest

from museum.scenes.neighbours import Standing, propose


def test_a_row_is_joined_step_by_step() -> None:
    row = {name: Standing((4.0 * number, 0.0), 0.0) for number, name in enumerate("abc")}
    assert [(way.first, way.second) for way in propose(row, [])] == [("a", "b"), ("b", "c")]
    assert propose(row, [("a", "b"), ("b", "a"), ("c", "b")])[0].first == "b", "one direction alone is no way"
    assert len(propose(row, [("a", "b"), ("b", "a"), ("c", "b"), ("b", "c")])) == 0


def test_each_end_sees_the_other_where_it_lies() -> None:
    way = propose({"south": Standing((0, 0), 90.0), "north": Standing((0, 5), 0.0)}, [])[0]
    assert (way.first, way.second, way.metres) == ("north", "south", 5.0)
    assert way.yaw == pytest.approx(-180), "the south of a scene that looks north"
    assert way.yaw_back == pytest.approx(-90), "the north of a scene that looks east"


def test_a_square_gets_its_sides_and_not_its_diagonals() -> None:
    corners = {"a": (0, 0), "b": (6, 0), "c": (6, 6), "d": (0, 6)}
    ways = propose({name: Standing(at, 0.0) for name, at in corners.items()}, [])
    assert {(way.first, way.second) for way in ways} == {("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")}


def test_nobody_walks_far_or_nowhere() -> None:
    assert propose({"a": Standing((0, 0), 0), "b": Standing((40, 0), 0)}, []) == []
    assert propose({"a": Standing((0, 0), 0), "b": Standing((0, 0), 0)}, []) == []
