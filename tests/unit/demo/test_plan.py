"""The museum's plan: sizes, doors, ways, and what is seen from where."""

from __future__ import annotations

from collections import defaultdict
from math import hypot

import pytest

from museum.demo.plan import EYE, MuseumPlan, floor_plan_json, hotspots, links, plan_museum
from museum.demo.plan.halls import HALLS
from museum.demo.plan.sight import counterpart, direction


@pytest.fixture(scope="module", params=[None, 8, 10, 24, 60], ids=lambda scale: f"scale-{scale}")
def plan(request: pytest.FixtureRequest) -> MuseumPlan:
    return plan_museum(1, request.param)


@pytest.fixture(scope="module")
def full() -> MuseumPlan:
    return plan_museum(1)


def test_reference_sizes(full: MuseumPlan) -> None:
    assert [hall.key for hall in full.halls] == [
        "tianjin-century",
        "tianjin-origins",
        "treasures",
        "porcelain",
        "coins",
    ]
    assert len(full.scenes()) == 468
    assert [hanging.picture for hanging in full.pictures()] == list(range(2342))
    assert [artifact.index for artifact in full.artifacts] == list(range(1123))
    assert [treasure.index for treasure in full.treasures] == list(range(15))
    assert sum(treasure.room == "tianjin-century-lobby" for treasure in full.treasures) in (5, 6)


def test_equal_seeds_give_equal_plans(full: MuseumPlan) -> None:
    assert plan_museum(1) == full
    assert plan_museum(2) != full


@pytest.mark.parametrize("seed", range(2, 8))
def test_other_seeds_fit_too(seed: int) -> None:
    plan = plan_museum(seed)
    assert len(plan.scenes()) == 468
    assert len(plan.pictures()) == 2342


def test_scales(plan: MuseumPlan) -> None:
    scenes = len(plan.scenes())
    assert scenes in (8, 10, 24, 60, 468)
    assert len(plan.halls) == 5
    for hall, given in zip(plan.halls, HALLS, strict=True):
        shown = {hanging.category for room in hall.rooms for hanging in room.hangings}
        assert shown == set(given.categories)
        assert {artifact.category for artifact in plan.artifacts if artifact.hall == hall.key} == set(given.categories)
    assert len(plan.treasures) >= 4
    assert len({treasure.hall for treasure in plan.treasures}) >= 2


def test_too_small_is_refused() -> None:
    with pytest.raises(ValueError, match="8 are the least"):
        plan_museum(1, 7)


def test_keys_are_unique_and_pictures_belong_to_their_artifacts(plan: MuseumPlan) -> None:
    keys = [point.key for _, point in plan.scenes()]
    assert len(set(keys)) == len(keys)
    rooms = [room.key for room in plan.rooms()]
    assert len(set(rooms)) == len(rooms)
    pictures = plan.pictures()
    for artifact in plan.artifacts:
        assert 1 <= len(artifact.pictures) <= 3
        assert all(pictures[number].artifact == artifact.index for number in artifact.pictures)
    assert all(hanging.artifact is not None for hanging in pictures if hanging.cut_out)


def test_doors_are_openings_of_both_rooms_at_one_place(plan: MuseumPlan) -> None:
    for room in plan.rooms():
        for door in room.doors:
            behind, other = counterpart(plan, room, door)
            assert (other.width, other.height) == (door.width, door.height)
            assert door.height < min(room.height, behind.height)
            assert door.position - door.width / 2 > 0.3
            assert door.position + door.width / 2 < room.wall_length(door.wall) - 0.3
            if not door.portal:
                here, there = room.on_wall(door.wall, door.position, 0.36), behind.on_wall(other.wall, other.position)
                assert here == pytest.approx(there, abs=0.01)


def test_links_lead_from_the_lobby_everywhere_and_back(plan: MuseumPlan) -> None:
    ways: dict[str, set[str]] = defaultdict(set)
    for link in links(plan):
        assert link.source != link.target
        ways[link.source].add(link.target)
    assert all(source in ways[target] for source, targets in ways.items() for target in targets)
    assert max(len(targets) for targets in ways.values()) <= 6
    reached, waiting = set[str](), [plan.halls[0].entrance]
    while waiting:
        scene = waiting.pop()
        if scene not in reached:
            reached.add(scene)
            waiting += ways[scene]
    assert reached == {point.key for _, point in plan.scenes()}


def test_the_lobby_has_portals_to_the_other_halls(plan: MuseumPlan) -> None:
    halls = {point.key: room.hall for room, point in plan.scenes()}
    portals = {(halls[link.source], halls[link.target]) for link in links(plan) if link.kind == "portal"}
    others = {hall.key for hall in plan.halls[1:]}
    assert portals == {("tianjin-century", key) for key in others} | {(key, "tianjin-century") for key in others}


def test_walks_within_a_room_point_at_the_other_scene(full: MuseumPlan) -> None:
    where = {point.key: (room, point) for room, point in full.scenes()}
    checked = 0
    for link in links(full):
        (room, source), (other, target) = where[link.source], where[link.target]
        if room is other:
            assert (link.yaw, link.pitch) == direction(source, (target.x, target.y, 0.35))
            assert link.distance == pytest.approx(hypot(source.x - target.x, source.y - target.y))
            checked += 1
    assert checked > 468


def test_every_picture_and_treasure_can_be_opened(plan: MuseumPlan) -> None:
    opened = {("hanging", picture.picture) for picture in plan.pictures()}
    opened |= {("treasure", treasure.index) for treasure in plan.treasures}
    for _, point in plan.scenes():
        spots = hotspots(plan, point.key)
        opened -= {(spot.kind, spot.number) for spot in spots}
        for spot in spots:
            assert -180 <= spot.yaw < 180
            assert len(spot.polygon) == 4
            pitches = [pitch for _, pitch in spot.polygon]
            assert min(pitches) < spot.pitch < max(pitches)
    assert opened == set()


def test_pictures_do_not_overlap_each_other_or_doors(full: MuseumPlan) -> None:
    for room in full.rooms():
        boxes: dict[str, list[tuple[float, float, float, float]]] = defaultdict(list)
        for hanging in room.hangings:
            if hanging.case is None:
                (u, v), w, h = hanging.position, hanging.width / 2, hanging.height / 2
                assert u - w > 0 and u + w < room.wall_length(hanging.wall)
                assert v - h > 0.4 and v + h < room.height
                boxes[hanging.wall].append((u - w, v - h, u + w, v + h))
        for door in room.doors:
            boxes[door.wall].append((door.position - door.width / 2, 0.0, door.position + door.width / 2, door.height))
        for wall in boxes.values():
            for i, a in enumerate(wall):
                for b in wall[i + 1 :]:
                    assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], room.key


def test_standing_points_are_clear_of_walls_and_cases(full: MuseumPlan) -> None:
    for room, point in full.scenes():
        assert room.x + 0.9 < point.x < room.x + room.width - 0.9
        assert room.y + 0.9 < point.y < room.y + room.depth - 0.9
        assert point.forward % 15 == 0
        for case in room.cases:
            dx, dy = abs(point.x - case.x) - case.width / 2, abs(point.y - case.y) - case.depth / 2
            assert max(dx, dy) > 0.5
    assert len({point.forward for _, point in full.scenes()}) == 24


def test_floor_plans(full: MuseumPlan) -> None:
    for hall in full.halls:
        drawn = floor_plan_json(hall)
        assert [room["key"] for room in drawn["rooms"]] == [room.key for room in hall.rooms]
        for room in drawn["rooms"]:
            assert all(0 <= x <= drawn["width"] and 0 <= y <= drawn["depth"] for x, y in room["outline"])
        assert len(drawn["doors"]) >= len(hall.rooms) - 1
    assert EYE == 1.6
