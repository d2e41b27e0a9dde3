"""Neighbours on a floor plan."""

from __future__ import annotations

import itertools
import math
import random

import pytest

from museum.scenes.neighbours import Standing, Step, in_order, propose


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


def test_they_are_those_to_which_no_third_is_nearer() -> None:
    random_ = random.Random(5)
    for count in (3, 12, 60):
        at = {f"s{n}": (random_.randrange(12) * 1.5, random_.random() * 18) for n in range(count)}

        def joined(first: str, second: str, at: dict[str, tuple[float, float]] = at) -> bool:
            apart = math.dist(at[first], at[second])
            third = (max(math.dist(at[first], one), math.dist(at[second], one)) for one in at.values())
            return first < second and apart <= 9 and all(far >= apart for far in third)

        ways = {(way.first, way.second) for way in propose({s: Standing(at[s], 0.0) for s in at}, [], farthest=9)}
        assert ways == {pair for pair in itertools.product(at, at) if joined(*pair)}


def test_without_a_plan_each_scene_leads_to_the_following_one() -> None:
    assert in_order("abc", [], "") == [Step("a", "b", True), Step("b", "c", True)]
    both = [("a", "b"), ("b", "a")]
    assert in_order("abc", both, "") == [Step("b", "c", True)]
    assert in_order("abc", [("a", "b"), ("c", "a")], "") == [Step("a", "b", False), Step("b", "c", False)]
    assert in_order("abcd", [], "bcd") == [Step("a", "b", True)], "on the plan they have neighbours of their own"
    assert in_order("a", [], "") == in_order("", [], "") == []
