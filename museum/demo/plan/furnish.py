"""What stands on a room's floor: cases, benches, and the places where a visitor stands."""

from __future__ import annotations

from math import cos, hypot, pi, sin
from random import Random

from museum.demo.plan.content import Item
from museum.demo.plan.layout import Cell
from museum.demo.plan.model import CasePlan, HangingPlan, LampPlan, StandingPoint

CLEARANCE = 0.75
"""Metres that a standing point keeps from any case."""
STAND = (0.95, 2.05)
PLINTH = (0.8, 1.75)
"""Heights of what a treasure stands on, and of the whole: under glass, and open."""


def slots(cell: Cell, count: int) -> list[tuple[float, float]]:
    """Places for `count` free-standing things: in the middle, along the middle line, or on an ellipse."""
    x, y = cell.x + cell.width / 2, cell.y + cell.depth / 2
    if count == 1:
        return [(x, y)]
    if count <= 3:
        places: list[tuple[float, float]] = []
        for i in range(count):
            part = (i + 0.5) / count - 0.5
            along = part * 0.8
            places.append(
                (x + along * cell.width, y) if cell.width >= cell.depth else (x, y + along * cell.depth),
            )
        return places
    wide, deep = cell.width * 0.3, cell.depth * 0.25
    return [(x + wide * sin(2 * pi * i / count), y + deep * cos(2 * pi * i / count)) for i in range(count)]


def furnish(
    cell: Cell, stands: list[int], in_cases: list[Item], first_hanging: int
) -> tuple[list[CasePlan], list[HangingPlan], list[LampPlan]]:
    """Cases for the treasures `stands` and the cut-outs `in_cases`, a bench where the middle stays free; and their lamps."""
    cases: list[CasePlan] = []
    hangings: list[HangingPlan] = []
    for number, (x, y) in enumerate(slots(cell, len(stands) + len(in_cases))):
        key = f"{cell.key}-c{number + 1}"
        if number < len(stands):
            kind, heights = ("plinth", PLINTH) if cell.lobby else ("stand", STAND)
            cases.append(CasePlan(key, kind, x, y, 0.9, 0.9, *heights, treasure=stands[number]))
            continue
        item = in_cases[number - len(stands)]
        index = first_hanging + len(hangings)
        place = (0.0, 1.03 + item.height / 2)
        hangings.append(
            HangingPlan(
                index,
                "n",
                place,
                item.width,
                item.height,
                item.category,
                item.artifact,
                item.picture,
                True,
                0.0,
                key,
            )
        )
        cases.append(CasePlan(key, "vitrine", x, y, 0.8, 0.8, 1.0, 1.95, hanging=index))
    if not cases and cell.area > 60:
        x, y = cell.x + cell.width / 2, cell.y + cell.depth / 2
        lengthwise = cell.width >= cell.depth
        size = (1.8, 0.5) if lengthwise else (0.5, 1.8)
        cases.append(CasePlan(f"{cell.key}-bench", "bench", x, y, *size, 0.36, 0.44))
    lamps = [LampPlan(case.x, case.y, cell.height - 0.3, None, (case.x, case.y), 1.0) for case in cases]
    return cases, hangings, lamps


def standing_points(cell: Cell, cases: list[CasePlan], count: int, random: Random) -> list[StandingPoint]:
    """`count` places spread evenly over the free floor (k-means over a grid), each with a heading of its own."""
    edge = min(1.3, cell.width / 4, cell.depth / 4)
    step = 0.4
    grid = [
        (cell.x + edge + i * step, cell.y + edge + j * step)
        for i in range(int((cell.width - 2 * edge) / step) + 1)
        for j in range(int((cell.depth - 2 * edge) / step) + 1)
    ]
    free = [place for place in grid if all(_away(place, case) >= CLEARANCE for case in cases)]
    centres = random.sample(free, count)
    for _ in range(12):
        groups: list[list[tuple[float, float]]] = [[] for _ in centres]
        for place in free:
            groups[_nearest(centres, place)].append(place)
        centres = [
            (sum(x for x, _ in group) / len(group), sum(y for _, y in group) / len(group)) if group else centre
            for group, centre in zip(groups, centres, strict=True)
        ]
    taken: list[tuple[float, float]] = []
    for centre in centres:
        left = [place for place in free if place not in taken]
        taken.append(left[_nearest(left, centre)])
    taken.sort(key=lambda place: (round(place[1] - cell.y), place[0]))
    return [
        StandingPoint(f"{cell.key}-{i + 1}", round(x, 3), round(y, 3), random.randrange(24) * 15.0)
        for i, (x, y) in enumerate(taken)
    ]


def _nearest(places: list[tuple[float, float]], to: tuple[float, float]) -> int:
    return min(range(len(places)), key=lambda i: hypot(places[i][0] - to[0], places[i][1] - to[1]))


def _away(place: tuple[float, float], case: CasePlan) -> float:
    dx = max(0.0, abs(place[0] - case.x) - case.width / 2)
    dy = max(0.0, abs(place[1] - case.y) - case.depth / 2)
    return hypot(dx, dy)
