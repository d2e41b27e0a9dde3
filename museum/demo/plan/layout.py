"""Halls tiled into rooms, and the doors between them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from random import Random

from museum.demo.plan.halls import Hall
from museum.demo.plan.model import WALL_THICKNESS, DoorPlan, Wall

OPPOSITE: dict[Wall, Wall] = {"n": "s", "s": "n", "e": "w", "w": "e"}


@dataclass
class Cell:
    """A room while it is being planned: (x, y) is the south-west corner inside the walls, metres."""

    key: str
    x: float
    y: float
    width: float
    depth: float
    height: float
    lobby: bool = False
    doors: list[DoorPlan] = field(default_factory=list[DoorPlan])

    @property
    def area(self) -> float:
        return self.width * self.depth

    def length(self, wall: Wall) -> float:
        return self.width if wall in "ns" else self.depth

    def along(self, wall: Wall, x: float, y: float) -> float:
        """u on `wall` of the hall's point (x, y)."""
        return {
            "n": x - self.x,
            "e": self.y + self.depth - y,
            "s": self.x + self.width - x,
            "w": y - self.y,
        }[wall]


def lay_out(hall: Hall, scenes: int, lobby_scenes: int, random: Random) -> list[Cell]:
    """The rooms of a hall, in the order of its rows, with the doors among them.

    The lobby's hall grows north from the lobby's row; the others grow south from the row that their entrance opens into, so that the
    lobby's south doors and their north doors look at each other. The first cell is the lobby, or the entrance room.
    """
    count = min(len(hall.rooms), max(1, round((scenes - lobby_scenes) / 7)))
    area = max((scenes - lobby_scenes) * 17.5, 58.0 * count)
    width = max(8.0, (area * 1.25) ** 0.5)
    bands: list[list[float]] = []
    depths: list[float] = []
    if lobby_scenes:
        lobby_width, lobby_depth = (22.0, 14.0) if lobby_scenes > 5 else (15.0, 10.0)
        flanks = 2 if count >= 6 else 0
        width = max(width, lobby_width + 16.0) if flanks else lobby_width
        bands.append([(width - lobby_width) / 2, lobby_width, (width - lobby_width) / 2] if flanks else [lobby_width])
        depths.append(lobby_depth)
        area -= flanks * (width - lobby_width) / 2 * lobby_depth
        count -= flanks
    _add_bands(bands, depths, count, width, area, random)
    cells = _place(hall, bands, depths, bool(lobby_scenes), random)
    _join(cells, random)
    entrance = next((cell for row in cells for cell in row if cell.lobby), None)
    if entrance is None:
        entrance = min(cells[0], key=lambda cell: abs(cell.x + cell.width / 2 - width / 2))
    return [entrance, *(cell for row in cells for cell in row if cell is not entrance)]


def _add_bands(
    bands: list[list[float]], depths: list[float], count: int, width: float, area: float, random: Random
) -> None:
    rows = max(1, round(count**0.5 * 0.9)) if count else 0
    per_row = [count // rows + (row < count % rows) for row in range(rows)]
    random.shuffle(per_row)
    weights = [random.uniform(0.8, 1.25) for _ in per_row]
    for rooms, weight in zip(per_row, weights, strict=True):
        shares = [random.uniform(0.75, 1.45) for _ in range(rooms)]
        bands.append([width * share / sum(shares) for share in shares])
        depths.append(max(5.6, area / width * weight / sum(weights)))


def _place(hall: Hall, bands: list[list[float]], depths: list[float], north: bool, random: Random) -> list[list[Cell]]:
    half = WALL_THICKNESS / 2
    y = 0.0 if north else sum(depths)
    cells: list[list[Cell]] = []
    number = 0
    for row, (widths, depth) in enumerate(zip(bands, depths, strict=True)):
        if not north:
            y -= depth
        x = 0.0
        cells.append([])
        for column, wide in enumerate(widths):
            lobby = north and row == 0 and column == len(widths) // 2
            number += 0 if lobby else 1
            key = f"{hall.key}-lobby" if lobby else f"{hall.key}-r{number:02d}"
            height = 6.0 if lobby else round(random.uniform(3.9, 5.2), 1)
            cells[-1].append(
                Cell(key, x + half, y + half, wide - WALL_THICKNESS, depth - WALL_THICKNESS, height, lobby)
            )
            x += wide
        if north:
            y += depth
    return cells


def _join(cells: list[list[Cell]], random: Random) -> None:
    """Doors: along a row all in one line, so that one looks through several rooms; between rows wherever walls overlap enough."""
    for row in cells:
        line = row[0].y + row[0].depth * random.uniform(0.4, 0.6)
        for west, east in itertools.pairwise(row):
            _door(west, east, "e", east.x, line, random)
    for near, far in itertools.pairwise(cells):
        shared: list[tuple[float, Cell, Cell]] = []
        for a in near:
            for b in far:
                left, right = max(a.x, b.x), min(a.x + a.width, b.x + b.width)
                if right - left > 3.6:
                    shared.append((right - left, a, b))
        shared.sort(key=lambda pair: -pair[0])
        for rank, (_, a, b) in enumerate(shared):
            if rank and not a.lobby and random.random() < 0.35:
                continue
            left, right = max(a.x, b.x), min(a.x + a.width, b.x + b.width)
            middle = (left + right) / 2 + random.uniform(-0.5, 0.5) * max(0.0, right - left - 4.0) * 0.5
            _door(a, b, "n" if b.y > a.y else "s", middle, a.y, random)


def _door(a: Cell, b: Cell, wall: Wall, x: float, y: float, random: Random) -> None:
    width = 2.4 if a.lobby or b.lobby else random.choice((1.7, 1.9, 2.2))
    height = 3.0 if a.lobby or b.lobby else 2.7
    a.doors.append(DoorPlan(wall, a.along(wall, x, y), width, height, b.key))
    b.doors.append(DoorPlan(OPPOSITE[wall], b.along(OPPOSITE[wall], x, y), width, height, a.key))


def join_lobby(lobby: Cell, entrances: list[Cell]) -> None:
    """Portals from the lobby's south wall to the north walls of the other halls' entrance rooms."""
    step = lobby.width / len(entrances)
    for i, entrance in enumerate(entrances):
        lobby.doors.append(DoorPlan("s", lobby.width - step * (i + 0.5), 2.4, 3.0, entrance.key, True))
        entrance.doors.append(DoorPlan("n", entrance.width / 2, 2.4, 3.0, lobby.key, True))
