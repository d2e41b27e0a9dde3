"""Floor plans for the visitor."""

from __future__ import annotations

from typing import Any

from museum.demo.plan.model import HallPlan


def floor_plan_json(hall: HallPlan) -> dict[str, Any]:
    """`Venue.plan` of a hall: metres, x east, y north; titles by language tag. Doors are given once each."""
    rooms = [
        {
            "key": room.key,
            "title": dict(zip(("zh-Hant", "zh-Hans", "en"), room.title, strict=True)),
            "outline": [
                [round(x, 2), round(y, 2)]
                for x, y in (
                    (room.x, room.y),
                    (room.x + room.width, room.y),
                    (room.x + room.width, room.y + room.depth),
                    (room.x, room.y + room.depth),
                )
            ],
        }
        for room in hall.rooms
    ]
    doors: list[dict[str, float]] = []
    for room in hall.rooms:
        for door in room.doors:
            if door.portal or room.key < door.to_room:
                x, y = room.on_wall(door.wall, door.position)
                doors.append({"x": round(x, 2), "y": round(y, 2), "width": door.width})
    return {"width": hall.width, "depth": hall.depth, "rooms": rooms, "doors": doors}
