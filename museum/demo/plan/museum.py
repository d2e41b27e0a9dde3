"""The whole museum from a seed."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from museum.demo.plan.content import Item, fill_rooms
from museum.demo.plan.furnish import furnish, standing_points
from museum.demo.plan.halls import (
    FULL_ARTIFACTS,
    FULL_PICTURES,
    FULL_SCENES,
    FULL_TREASURES,
    HALLS,
    LOBBY_TITLE,
    Hall,
)
from museum.demo.plan.hanging import hang, stretches
from museum.demo.plan.layout import Cell, join_lobby, lay_out
from museum.demo.plan.model import (
    WALL_THICKNESS,
    ArtifactPlan,
    HallPlan,
    MuseumPlan,
    PanelPlan,
    RoomPlan,
    TreasurePlan,
)
from museum.demo.plan.shares import apportion

LEAST_SCENES = 8
SCREEN = (1.92, 1.08)
"""Metres of the screen in the lobby."""

Title = tuple[str, str, str]


def plan_museum(seed: int = 1, scale: int | None = None) -> MuseumPlan:
    """The plan of the museum: the reference sizes, or `scale` scenes with all else in proportion.

    Equal arguments give equal plans. Raises ValueError for a scale below 8, which is too few for a lobby and five halls.
    """
    scenes = FULL_SCENES if scale is None else scale
    if scenes < LEAST_SCENES:
        raise ValueError(f"a museum of {scenes} scenes has no room for five halls: {LEAST_SCENES} are the least")
    share = scenes / FULL_SCENES
    kinds = sum(len(hall.categories) for hall in HALLS)
    pictures = max(2 * kinds, round(FULL_PICTURES * share))
    artifacts = max(kinds, round(FULL_ARTIFACTS * share))
    treasures = min(FULL_TREASURES, max(4, round(FULL_TREASURES * share)))

    random = Random(f"museum-{seed}")
    lobby_scenes = min(9, max(2, round(scenes / 8)))
    weights = [hall.scenes - (9 if number == 0 else 0) for number, hall in enumerate(HALLS)]
    hall_scenes = apportion(scenes - lobby_scenes, weights, 1)
    cells = [
        lay_out(hall, count + (lobby_scenes if number == 0 else 0), lobby_scenes if number == 0 else 0, random)
        for number, (hall, count) in enumerate(zip(HALLS, hall_scenes, strict=True))
    ]
    join_lobby(cells[0][0], [rooms[0] for rooms in cells[1:]])
    titles = {cell.key: title for hall, rooms in zip(HALLS, cells, strict=True) for cell, title in _titles(hall, rooms)}

    hall_pictures = apportion(pictures, [hall.scenes for hall in HALLS], 5)
    hall_artifacts = _artifact_shares(artifacts, hall_pictures)
    hall_treasures = apportion(treasures, [0.40, 0.12, 0.24, 0.12, 0.12])
    halls: list[HallPlan] = []
    stands: list[TreasurePlan] = []
    first_picture = first_artifact = 0
    for number, hall in enumerate(HALLS):
        plan, placed = _hall(
            hall,
            cells[number],
            hall_scenes[number],
            lobby_scenes if number == 0 else 0,
            (hall_pictures[number], hall_artifacts[number], hall_treasures[number]),
            (first_picture, first_artifact, len(stands)),
            titles,
            random,
        )
        halls.append(plan)
        stands += placed
        first_picture += hall_pictures[number]
        first_artifact += hall_artifacts[number]
    return MuseumPlan(seed, tuple(halls), _artifacts(halls), tuple(stands))


def _titles(hall: Hall, cells: list[Cell]) -> list[tuple[Cell, Title]]:
    rooms = iter(hall.rooms)
    return [(cell, LOBBY_TITLE if cell.lobby else next(rooms)) for cell in cells]


def _artifact_shares(artifacts: int, pictures: list[int]) -> list[int]:
    least = [len(hall.categories) for hall in HALLS]
    weights = [count * hall.artifact_share for count, hall in zip(pictures, HALLS, strict=True)]
    spare = apportion(artifacts - sum(least), weights)
    return [min(a + b, count) for a, b, count in zip(least, spare, pictures, strict=True)]


def _hall(
    hall: Hall,
    cells: list[Cell],
    scenes: int,
    lobby_scenes: int,
    amounts: tuple[int, int, int],
    firsts: tuple[int, int, int],
    titles: dict[str, Title],
    random: Random,
) -> tuple[HallPlan, list[TreasurePlan]]:
    panels = [_panels(hall, cell, titles, number == 0) for number, cell in enumerate(cells)]
    walls = [
        sum(stretch.length for stretch in stretches(cell, room_panels)) * (0.35 if cell.lobby else 1.0)
        for cell, room_panels in zip(cells, panels, strict=True)
    ]
    items = fill_rooms(hall, amounts[0], amounts[1], walls, firsts[0], firsts[1], random)
    others = [cell.area for cell in cells if not cell.lobby]
    counts = ([lobby_scenes] if lobby_scenes else []) + apportion(scenes, others, 1)
    treasures: list[list[int]] = [[] for _ in cells]
    for i in range(amounts[2]):
        room = 0 if lobby_scenes else (i * 2 + (0 if len(cells) == 1 else 1)) % len(cells)
        treasures[room].append(firsts[2] + i)

    rooms: list[RoomPlan] = []
    stands: list[TreasurePlan] = []
    for cell, room_panels, room_items, count, placed in zip(cells, panels, items, counts, treasures, strict=True):
        room = _room(hall, cell, room_panels, room_items, count, placed, titles[cell.key], random)
        rooms.append(room)
        stands += [TreasurePlan(c.treasure, hall.key, cell.key, c.key) for c in room.cases if c.treasure is not None]
    width = max(cell.x + cell.width for cell in cells) + WALL_THICKNESS / 2
    depth = max(cell.y + cell.depth for cell in cells) + WALL_THICKNESS / 2
    plan = HallPlan(
        hall.key, hall.title, tuple(rooms), round(width, 3), round(depth, 3), rooms[0].standing_points[0].key
    )
    return plan, stands


def _panels(hall: Hall, cell: Cell, titles: dict[str, Title], entrance: bool) -> list[PanelPlan]:
    signs = [
        PanelPlan(
            door.wall,
            (door.position, door.height + 0.24),
            door.width,
            0.26,
            "sign",
            titles[door.to_room][0],
            titles[door.to_room][2],
        )
        for door in cell.doors
    ]
    if door_halls := {door.to_room: _hall_of(door.to_room) for door in cell.doors if door.portal and cell.lobby}:
        signs = [
            PanelPlan(s.wall, s.position, s.width, 0.4, "sign", h.title[0], h.title[2])
            if (h := door_halls.get(door.to_room))
            else s
            for s, door in zip(signs, cell.doors, strict=True)
        ]
    title = hall.title if entrance else titles[cell.key]
    width, height = (2.8, 1.5) if entrance else (1.3, 0.9)
    free = [stretch for stretch in stretches(cell, []) if stretch.length > width + 0.5]
    if not free:
        return signs
    # The entrance's title faces the one who comes in from the lobby; a room's is beside its first door.
    facing = "n" if cell.lobby else "s"
    best = max(free, key=lambda s: (s.wall == facing, s.length)) if entrance else min(free, key=lambda s: s.length)
    u = (best.start + best.end) / 2 if entrance else best.start + 0.3 + width / 2
    panels = [*signs, PanelPlan(best.wall, (u, 1.75), width, height, "title", title[0], title[2])]
    return [*panels, *_screen(cell, panels)] if cell.lobby else panels


def _screen(cell: Cell, panels: list[PanelPlan]) -> list[PanelPlan]:
    """The film's place: in the middle of the shortest stretch that is long enough, so that the pictures keep the others."""
    free = [stretch for stretch in stretches(cell, panels) if stretch.length > SCREEN[0] + 0.5]
    if not free:
        return []
    best = min(free, key=lambda stretch: stretch.length)
    return [PanelPlan(best.wall, ((best.start + best.end) / 2, 1.8), *SCREEN, "screen", "", "")]


def _hall_of(room: str) -> Hall:
    return next(hall for hall in HALLS if room.startswith(hall.key))


def _room(
    hall: Hall,
    cell: Cell,
    panels: list[PanelPlan],
    items: list[Item],
    count: int,
    treasures: list[int],
    title: Title,
    random: Random,
) -> RoomPlan:
    objects = [item for item in items if item.cut_out]
    vitrines = min(len(objects) // 4, max(0, int(cell.area / 40) - len(treasures)), 6)
    in_cases = random.sample(objects, vitrines)
    hung = hang(cell, [item for item in items if item not in in_cases], panels, random)
    cases, standing, lamps = furnish(cell, treasures, in_cases, len(hung.hangings))
    points = standing_points(cell, cases, count, random)
    return RoomPlan(
        cell.key,
        hall.key,
        round(cell.x, 3),
        round(cell.y, 3),
        round(cell.width, 3),
        round(cell.depth, 3),
        cell.height,
        hall.theme,
        title,
        tuple(cell.doors),
        tuple(hung.hangings + standing),
        tuple(hung.niches),
        tuple(cases),
        tuple(hung.lamps + lamps),
        tuple(panels),
        tuple(points),
    )


def _artifacts(halls: Sequence[HallPlan]) -> tuple[ArtifactPlan, ...]:
    shown: dict[int, list[tuple[int, str, str]]] = {}
    for hall in halls:
        for room in hall.rooms:
            for hanging in room.hangings:
                if hanging.artifact is not None:
                    shown.setdefault(hanging.artifact, []).append((hanging.picture, hanging.category, hall.key))
    return tuple(
        ArtifactPlan(index, entries[0][2], entries[0][1], tuple(sorted(picture for picture, _, _ in entries)))
        for index, entries in sorted(shown.items())
    )
