"""The floor plans of a venue for drawing, in metres with y downwards."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from museum.scenes.cards import SceneCard
from museum.scenes.models import MAIN_FLOOR
from museum.scenes.venues_query import FloorCard, VenuePage

Plan = dict[str, Any]


def room_title(room: Mapping[str, Any]) -> dict[str, str]:
    """The title of a room of `Venue.plan` by language."""
    title = room.get("title") or {}
    return title if isinstance(title, dict) else {"zh-Hans": str(title)}


def plans_of(page: VenuePage) -> list[Plan]:
    """A plan of each floor on which scenes stand and of which rooms or a picture are drawn: `{"title", "picture", "box", "rooms", "doors",
    "scenes", "unit"}`. `unit` is the radius of a scene's dot."""
    floors = page.floors or [FloorCard(MAIN_FLOOR, {}, None, 1.0, 0.0, 0.0, 1.0, 0.0)]
    return [plan for floor in floors if (plan := _plan_of(page, floor)) is not None]


def _plan_of(page: VenuePage, floor: FloorCard) -> Plan | None:
    drawn = {name: _on(floor, (page.plan or {}).get(name, ())) for name in ("rooms", "doors")}
    rooms = [room for room in drawn["rooms"] if len(room.get("outline", ())) > 2]
    standing = [scene for scene in page.scenes if scene.plan and scene.floor == floor.key]
    if not standing or not (rooms or floor.source):
        return None
    left, right, low, high = _extent(rooms, standing, floor)
    unit = round(math.hypot(right - left, high - low) * 0.006, 2)
    margin = max(right - left, high - low) * 0.03
    return {
        "title": floor.title,
        "picture": floor if floor.source else None,
        "box": f"{left - margin:.2f} {-high - margin:.2f} {right - left + 2 * margin:.2f} {high - low + 2 * margin:.2f}",
        "unit": unit,
        "rooms": [
            {
                "title": room_title(room),
                "points": " ".join(f"{x:.2f},{-y:.2f}" for x, y in room["outline"]),
                "x": round(min(x for x, _ in room["outline"]) + unit * 1.4, 2),
                "y": round(-max(y for _, y in room["outline"]) + unit * 3.4, 2),
            }
            for room in rooms
        ],
        "doors": [(door["x"], -door["y"], door.get("width", 1.2) / 2) for door in drawn["doors"]],
        "scenes": [(scene, scene.plan[0], -scene.plan[1]) for scene in standing if scene.plan],
    }


def _on(floor: FloorCard, parts: Iterable[Plan]) -> list[Plan]:
    return [part for part in parts if part.get("floor", MAIN_FLOOR) == floor.key]


def _extent(rooms: list[Plan], standing: list[SceneCard], floor: FloorCard) -> tuple[float, float, float, float]:
    points = [corner for room in rooms for corner in room["outline"]]
    points += [scene.plan for scene in standing if scene.plan]
    if floor.source:
        points += corners_of(floor)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), max(xs), min(ys), max(ys)


def corners_of(floor: FloorCard) -> list[tuple[float, float]]:
    """The corners of a plan's picture, metres east and north."""
    sin, cos = math.sin(math.radians(floor.turned)), math.cos(math.radians(floor.turned))
    across, up = floor.metres / 2, floor.metres * floor.ratio / 2
    return [
        (floor.x + x * cos + y * sin, floor.y - x * sin + y * cos)
        for x, y in ((-across, up), (across, up), (across, -up), (-across, -up))
    ]
