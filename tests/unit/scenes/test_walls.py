"""The same walls as in `viewer/tests/tour/wall.test.ts`: server and viewer read them in one order."""

from museum.scenes.walls import Hung, beside, wall_order

HUNG = [Hung(1, "a", 60, 0), Hung(2, "b", -40, -10), Hung(3, "c", -41, 12), Hung(5, "e", 150, 0)]


def test_pictures_follow_one_another_from_left_to_right_and_columns_from_the_top() -> None:
    assert [one.image for one in wall_order(HUNG, initial_yaw=10)] == ["c", "b", "a", "e"]


def test_they_go_round_the_room() -> None:
    order = wall_order(HUNG, initial_yaw=10)
    assert beside(order, "c") == ("e", "b")
    assert beside(order, "e") == ("a", "c")


def test_one_alone_has_none_beside_it_though_it_hang_twice() -> None:
    assert beside([HUNG[0], HUNG[0]._replace(id=9, yaw=-90)], "a") is None
    assert beside(HUNG, "z") is None
