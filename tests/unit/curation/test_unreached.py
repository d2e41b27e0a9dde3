"""To which scenes of a hall no way leads."""

from __future__ import annotations

from museum.curation.unreached import unreached

WAYS = {2: {1}, 3: {2, 9}, 5: {4}, 4: {5}}
"""By scene those with a link to it: 1 to 2 to 3, and a circle of 4 and 5; 9 is not shown."""


def test_one_comes_from_the_entrance_as_far_as_links_lead() -> None:
    assert unreached([1, 2, 3, 4, 5, 6], WAYS, (), 1) == [4, 5, 6]
    assert unreached([4, 3, 2, 1], WAYS, (), 2) == [4, 1], "in the hall's order; nothing leads back"


def test_without_an_entrance_that_is_shown_the_first_scene_is_one() -> None:
    assert unreached([4, 1, 2, 5], WAYS, (), None) == [1, 2]
    assert unreached([4, 1, 2, 5], WAYS, (), 9) == [1, 2]


def test_one_comes_in_by_doors_too() -> None:
    assert unreached([1, 2, 3, 4, 5, 6], WAYS, (6, 5), 1) == []
    assert unreached([1, 3], WAYS, (2,), 1) == [3], "a door that is not shown is none, and neither is it a way through"
    assert unreached([], WAYS, (), 1) == []
