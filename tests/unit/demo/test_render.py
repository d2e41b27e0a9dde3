"""The renderer against the plan's geometry: what is drawn where the plan says that it is seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import trimesh
from numpy.typing import NDArray

from museum.demo.plan import MuseumPlan, RoomPlan, StandingPoint, hotspots, plan_museum
from museum.demo.plan.sight import direction
from museum.demo.render import PictureTexture, Solid, Studio, Surface, jpeg

COLUMNS = 1024
GREEN = (0, 255, 0)


@pytest.fixture(scope="module")
def plan() -> MuseumPlan:
    return plan_museum(1, 10)


def flat(colour: tuple[int, int, int]) -> PictureTexture:
    return PictureTexture(np.full((64, 64, 3), colour, np.uint8))


def pixel(yaw: float, pitch: float, columns: int = COLUMNS) -> tuple[float, float]:
    """(column, row) of pixel edges."""
    return (yaw / 360 + 0.5) * columns, (0.5 - pitch / 180) * columns / 2


def greenish(picture: NDArray[np.uint8]) -> NDArray[np.bool_]:
    r, g, b = (picture[..., i].astype(int) for i in range(3))
    return (g > 2 * r + 20) & (g > 2 * b + 20)


def best_view(plan: MuseumPlan, cut_out: bool) -> tuple[RoomPlan, StandingPoint, int]:
    """The scene that sees a framed picture, or one in a niche, largest, away from the panorama's seam."""
    found: list[tuple[float, RoomPlan, StandingPoint, int]] = []
    for room, point in plan.scenes():
        hung = {h.picture: h for h in room.hangings if h.cut_out == cut_out and h.case is None}
        for spot in hotspots(plan, point.key):
            yaws = [yaw for yaw, _ in spot.polygon]
            if spot.kind == "hanging" and spot.number in hung and max(map(abs, yaws)) < 150:
                found.append((spot.distance, room, point, spot.number))
    _, room, point, number = min(found, key=lambda entry: entry[0])
    return room, point, number


@pytest.mark.parametrize(("cut_out", "size"), [(False, 1024), (True, 1024), (False, 4096)])
def test_a_picture_is_seen_where_its_hotspot_says(plan: MuseumPlan, cut_out: bool, size: int) -> None:
    room, point, number = best_view(plan, cut_out)
    hanging = next(h for h in room.hangings if h.picture == number)
    texture = PictureTexture(np.full((round(640 * hanging.height / hanging.width), 640, 3), GREEN, np.uint8))
    picture = Studio(plan, {number: texture}, columns=size).render(room, point)
    found = greenish(picture)
    _rows, columns = np.nonzero(found)
    spot = next(s for s in hotspots(plan, point.key) if s.kind == "hanging" and s.number == number)
    corners = [pixel(yaw, pitch, size) for yaw, pitch in spot.polygon]
    assert columns.min() == pytest.approx(min(x for x, _ in corners), abs=1.0)
    assert columns.max() + 1 == pytest.approx(max(x for x, _ in corners), abs=1.0)
    for at, (x, y) in zip(("top", "top", "bottom", "bottom"), corners, strict=True):
        inward = 1 if x == min(x for x, _ in corners) else -2
        column = np.flatnonzero(found[:, round(x) + inward])
        edge = column.min() if at == "top" else column.max() + 1
        assert edge == pytest.approx(y, abs=1.5), at


def test_a_cut_out_shows_what_its_mask_keeps(plan: MuseumPlan) -> None:
    """A round object in a niche: green where the mask is white, the niche's silk where it is black."""
    room, point, number = best_view(plan, cut_out=True)
    hanging = next(h for h in room.hangings if h.picture == number)
    side = 256
    y, x = np.mgrid[:side, :side] + 0.5 - side / 2
    mask = (((x * x + y * y) < (side / 2) ** 2) * 255).astype(np.uint8)
    texture = PictureTexture(np.full((side, side, 3), GREEN, np.uint8), mask)
    found = greenish(Studio(plan, {number: texture}, columns=COLUMNS).render(room, point))
    spot = next(s for s in hotspots(plan, point.key) if s.kind == "hanging" and s.number == number)
    corners = np.array([pixel(yaw, pitch) for yaw, pitch in spot.polygon])
    # The object stands on the lower edge of its hotspot, as wide as the smaller of its sides allows.
    upright = hanging.height / hanging.width
    share = min(1.0, 1 / upright)
    foot, head = corners[2:].mean(axis=0), corners[:2].mean(axis=0)
    middle = foot + (head - foot) * share / 2
    assert found[int(middle[1]), int(middle[0])]
    half = abs(corners[:, 0].max() - corners[:, 0].min()) * min(1.0, upright) / 2
    tall = abs(foot[1] - head[1]) * share / 2
    for sx in (-1, 1):
        for sy in (-1, 1):
            assert not found[int(middle[1] + sy * tall * 0.85), int(middle[0] + sx * half * 0.85)]
            assert found[int(middle[1] + sy * tall * 0.55), int(middle[0] + sx * half * 0.55)]


def test_a_treasure_stands_where_its_hotspot_says(plan: MuseumPlan) -> None:
    """A green ball on a stand, seen from nearby: closed, within its hotspot, and nowhere else."""
    found: list[tuple[float, RoomPlan, StandingPoint, int]] = []
    for room, point in plan.scenes():
        held = {case.treasure for case in room.cases if case.treasure is not None}
        for spot in hotspots(plan, point.key):
            yaws = [yaw for yaw, _ in spot.polygon]
            if spot.kind == "treasure" and spot.turned is None and spot.number in held and max(map(abs, yaws)) < 150:
                found.append((spot.distance, room, point, spot.number))
    _, room, point, number = min(found, key=lambda entry: entry[0])
    mesh = trimesh.creation.icosphere(4, 0.2)
    normals = np.array(mesh.vertices / 0.2, np.float32)
    points = np.add(mesh.vertices, (0, 0, 0.2)).astype(np.float32)
    colour = np.full((4, 4, 3), GREEN, np.uint8)
    ball = Solid((Surface(points, normals, np.zeros((len(points), 2), np.float32), np.array(mesh.faces), colour),))
    green = greenish(Studio(plan, {}, {number: ball}, COLUMNS).render(room, point))
    spot = next(s for s in hotspots(plan, point.key) if s.kind == "treasure" and s.number == number)
    corners = np.array([pixel(yaw, pitch) for yaw, pitch in spot.polygon])
    rows, columns = np.nonzero(green[: COLUMNS * 3 // 8])
    assert corners[:, 0].min() - 1 <= columns.min() and columns.max() <= corners[:, 0].max() + 1
    assert corners[:, 1].min() - 1 <= rows.min()
    middle = corners.mean(axis=0)[0]
    assert abs(columns.mean() - middle) < 2
    radius = (columns.max() - columns.min() + 1) / 2
    centre = (rows.min() + radius, (columns.max() + columns.min()) / 2)
    y, x = np.mgrid[: green.shape[0], : green.shape[1]]
    inner = (y - centre[0]) ** 2 + (x - centre[1]) ** 2 < (radius * 0.8) ** 2
    assert inner.sum() > 50
    assert green[inner].mean() > 0.98


def test_the_edges_of_a_panorama_agree(plan: MuseumPlan) -> None:
    room, point = plan.scenes()[0]
    picture = Studio(plan, {}, columns=COLUMNS).render(room, point).astype(int)
    seam = np.abs(picture[:, 0] - picture[:, -1]).mean()
    inside = np.abs(np.diff(picture, axis=1)).mean(axis=(0, 2))
    assert seam <= np.percentile(inside, 99) + 1


def test_turning_the_camera_shifts_the_panorama(plan: MuseumPlan) -> None:
    room, point = plan.scenes()[0]
    studio = Studio(plan, {}, columns=COLUMNS)
    first = studio.render(room, replace(point, forward=0.0)).astype(int)
    turned = studio.render(room, replace(point, forward=90.0)).astype(int)
    assert np.abs(np.roll(first, -COLUMNS // 4, axis=1) - turned).mean() < 2.0


def test_a_door_shows_the_next_room(plan: MuseumPlan) -> None:
    """The pictures of the room behind are seen within the opening, and only there."""
    lobby = plan.rooms()[0]
    door = next(door for door in lobby.doors if door.portal)
    behind = plan.room(door.to_room)
    green = {hanging.picture: flat(GREEN) for hanging in behind.hangings}
    gate = lobby.on_wall(door.wall, door.position)
    point = StandingPoint("test", gate[0] + 0.4, gate[1] + 2.0, 0.0)
    found = greenish(Studio(plan, green, columns=COLUMNS).render(lobby, point))
    assert found.sum() > 100
    half = door.width / 2
    ends = [direction(point, (*lobby.on_wall(door.wall, door.position + s * half), 1.6))[0] % 360 for s in (-1, 1)]
    columns = np.flatnonzero(found.any(axis=0))
    yaws = (columns + 0.5) / COLUMNS * 360 - 180
    assert all(ends[0] - 0.5 <= yaw % 360 <= ends[1] + 0.5 for yaw in yaws)


def test_panoramas_are_written_whole(plan: MuseumPlan) -> None:
    import simplejpeg

    room, point = plan.scenes()[-1]
    picture = Studio(plan, {}, columns=512).render(room, point)
    assert picture.shape == (256, 512, 3)
    back = simplejpeg.decode_jpeg(jpeg(picture))
    assert np.abs(back.astype(int) - picture).mean() < 2
