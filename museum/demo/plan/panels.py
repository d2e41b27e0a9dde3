"""Where a wall's panels are seen: the hall's title, and the screen."""

from __future__ import annotations

from math import hypot, radians, sin

from museum.demo.plan.model import EYE, HotspotPlan, PanelPlan, RoomPlan, StandingPoint
from museum.demo.plan.sight import blocked, direction

STEEPEST = 62.0
"""Degrees off its normal beyond which nobody reads a panel."""


def seen_panel(room: RoomPlan, panel: PanelPlan) -> dict[str, HotspotPlan]:
    """The panel with its corners from each scene of the room that has it in sight, the nearest scene first. Where none has, the nearest."""
    (u, v), half, high = panel.position, panel.width / 2, panel.height / 2
    left, right = room.on_wall(panel.wall, u - half), room.on_wall(panel.wall, u + half)
    places = ((*left, v + high), (*right, v + high), (*right, v - high), (*left, v - high))
    middle = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2, v)
    along = ((right[0] - left[0]) / panel.width, (right[1] - left[1]) / panel.width)
    found: list[tuple[bool, float, StandingPoint, HotspotPlan]] = []
    for point in room.standing_points:
        away = (middle[0] - point.x, middle[1] - point.y)
        flat = hypot(*away)
        aside = abs(along[0] * away[0] + along[1] * away[1]) / max(flat, 0.01)
        hidden = aside > sin(radians(STEEPEST)) or blocked((point.x, point.y), middle[:2], room.cases)
        yaw, pitch = direction(point, middle)
        polygon = tuple(direction(point, place) for place in places)
        spot = HotspotPlan("panel", room.panels.index(panel), yaw, pitch, polygon, hypot(flat, v - EYE))
        found.append((hidden, flat, point, spot))
    found.sort(key=lambda one: one[:2])
    clear = [one for one in found if not one[0]] or found[:1]
    return {point.key: spot for _, _, point, spot in clear}
