"""Hanging the pictures of a room: bays on the free stretches of its walls, niches for objects, lamps above."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from museum.demo.plan.content import Item
from museum.demo.plan.layout import Cell
from museum.demo.plan.model import WALLS, HangingPlan, LampPlan, NichePlan, PanelPlan, Wall

MIDDLE = 1.58
"""Height of the middle of a picture, metres: a little below the eye of a standing adult."""
SILL = 1.02
NICHE_DEPTH = 0.42
MARGIN = 0.6


@dataclass
class Stretch:
    """A free stretch of a wall, from `start` to `end` in u."""

    wall: Wall
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


@dataclass
class Bay:
    """What hangs together: a column of framed pictures, or a niche with a row of objects."""

    items: list[Item]
    niche: bool

    def width(self, scale: float) -> float:
        if self.niche:
            return sum(item.width for item in self.items) * scale + 0.2 * (len(self.items) + 1) + 0.3
        return max(item.width for item in self.items) * scale + 0.42


@dataclass
class Hung:
    hangings: list[HangingPlan]
    niches: list[NichePlan]
    lamps: list[LampPlan]


def stretches(cell: Cell, panels: list[PanelPlan]) -> list[Stretch]:
    """What doors, lettering and the screen leave free on the four walls."""
    free: list[Stretch] = []
    for wall in WALLS:
        blocked = [
            (door.position - door.width / 2 - 0.4, door.position + door.width / 2 + 0.4)
            for door in cell.doors
            if door.wall == wall
        ]
        blocked += [
            (panel.position[0] - panel.width / 2 - 0.25, panel.position[0] + panel.width / 2 + 0.25)
            for panel in panels
            if panel.wall == wall and panel.kind != "sign"
        ]
        start = MARGIN
        for left, right in [*sorted(blocked), (cell.length(wall) - MARGIN, 0.0)]:
            if left - start > 0.5:
                free.append(Stretch(wall, start, left))
            start = max(start, right)
    return free


def hang(cell: Cell, items: list[Item], panels: list[PanelPlan], random: Random) -> Hung:
    """Hangs all items, stacking and finally shrinking them until they fit.

    Raises ValueError where even a tenth of their size would not fit.
    """
    free = stretches(cell, panels)
    scale, stack = 1.0, 1
    while scale > 0.1:
        bays = _bays(items, stack, cell.height, scale, Random(random.random()))
        placed = _fit(bays, free, scale)
        if placed is not None:
            return _hung(cell, placed, scale)
        if stack < 3:
            stack += 1
        else:
            scale *= 0.93
    raise ValueError(f"{len(items)} pictures do not fit into {cell.key}")


def _bays(items: list[Item], stack: int, ceiling: float, scale: float, random: Random) -> list[Bay]:
    bays: list[Bay] = []
    row: list[Item] = []
    column: list[Item] = []
    room_above = min(ceiling - 0.9, 3.1) - 0.75
    limit = random.choice((1, 3, 4)) if stack == 1 else 5
    for item in items:
        if item.cut_out:
            row.append(item)
            if len(row) >= limit:
                bays.append(Bay(row, True))
                row, limit = [], (random.choice((1, 2, 3, 4)) if stack == 1 else 5)
            continue
        tall = sum(other.height * scale + 0.22 for other in column) + item.height * scale
        if column and (len(column) >= stack or tall > room_above):
            bays.append(Bay(column, False))
            column = []
        column.append(item)
    if row:
        bays.append(Bay(row, True))
    if column:
        bays.append(Bay(column, False))
    random.shuffle(bays)
    return bays


def _fit(bays: list[Bay], free: list[Stretch], scale: float) -> list[tuple[Stretch, list[Bay]]] | None:
    """Widest bays first, each into the stretch with the most room left, which spreads them evenly over the walls."""
    left = [stretch.length for stretch in free]
    inside: list[list[Bay]] = [[] for _ in free]
    for bay in sorted(bays, key=lambda bay: -bay.width(scale)):
        best = max(range(len(free)), key=lambda i: left[i])
        if left[best] < bay.width(scale):
            return None
        left[best] -= bay.width(scale)
        inside[best].append(bay)
    order = {id(bay): i for i, bay in enumerate(bays)}
    return [
        (stretch, sorted(chosen, key=lambda bay: order[id(bay)])) for stretch, chosen in zip(free, inside, strict=True)
    ]


def _hung(cell: Cell, placed: list[tuple[Stretch, list[Bay]]], scale: float) -> Hung:
    hung = Hung([], [], [])
    for stretch, bays in placed:
        if not bays:
            continue
        gap = (stretch.length - sum(bay.width(scale) for bay in bays)) / len(bays)
        u = stretch.start
        for bay in bays:
            width = bay.width(scale)
            middle = u + (width + gap) / 2
            if bay.niche:
                _niche(hung, stretch.wall, middle, bay, scale)
            else:
                _column(hung, cell, stretch.wall, middle, bay, scale)
            u += width + gap
    return hung


def _column(hung: Hung, cell: Cell, wall: Wall, middle: float, bay: Bay, scale: float) -> None:
    heights = [item.height * scale for item in bay.items]
    whole = sum(heights) + 0.22 * (len(heights) - 1)
    top = max(MIDDLE + whole / 2, 0.72 + whole)
    for item, height in zip(bay.items, heights, strict=True):
        _add(hung, wall, (middle, top - height / 2), item, scale, 0.0)
        top -= height + 0.22
    hung.lamps.append(lamp_over(cell, wall, middle, MIDDLE, 0.8 + 0.25 * whole))


def _niche(hung: Hung, wall: Wall, middle: float, bay: Bay, scale: float) -> None:
    inner = bay.width(scale) - 0.3
    height = max(item.height for item in bay.items) * scale + 0.34
    u = middle - inner / 2 + 0.2
    first = len(hung.hangings)
    for item in bay.items:
        width = item.width * scale
        _add(hung, wall, (u + width / 2, SILL + 0.05 + item.height * scale / 2), item, scale, NICHE_DEPTH * 0.5)
        u += width + 0.2
    numbers = tuple(range(first, len(hung.hangings)))
    hung.niches.append(NichePlan(wall, (middle, SILL + height / 2), inner, height, NICHE_DEPTH, numbers))


def _add(hung: Hung, wall: Wall, position: tuple[float, float], item: Item, scale: float, inset: float) -> None:
    hung.hangings.append(
        HangingPlan(
            len(hung.hangings),
            wall,
            position,
            item.width * scale,
            item.height * scale,
            item.category,
            item.artifact,
            item.picture,
            item.cut_out,
            inset,
        )
    )


def lamp_over(cell: Cell, wall: Wall, u: float, v: float, power: float) -> LampPlan:
    """A track light in front of the wall, under the ceiling, aimed at (u, v)."""
    away = min(1.5, 0.35 * min(cell.width, cell.depth))
    x, y = {
        "n": (cell.x + u, cell.y + cell.depth - away),
        "e": (cell.x + cell.width - away, cell.y + cell.depth - u),
        "s": (cell.x + cell.width - u, cell.y + away),
        "w": (cell.x + away, cell.y + u),
    }[wall]
    return LampPlan(x, y, cell.height - 0.3, wall, (u, v), power)
