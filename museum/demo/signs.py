"""What hangs between the exhibits and can be opened too: a hall's words at its title, an online exhibition to go on with, a page elsewhere;
and where the lobby's film runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from museum.demo.catalogue import Row
from museum.demo.plan import HallPlan, HotspotPlan, MuseumPlan, PanelPlan, RoomPlan, direction, seen_panel
from museum.demo.records import hall_texts
from museum.demo.records.words import say
from museum.demo.sites.film import film_texts
from museum.demo.writing import Ids, write_rows

FIRST = 100
"""Positions from here on come after those of the exhibits."""
ASIDE = 0.22
"""Metres from the edge of a title to what stands beside it."""
_CONTINUED = {
    "tianjin-century": "the-station",
    "tianjin-origins": "rivers-on-paper",
    "treasures": "mountains-and-water",
    "porcelain": "blue-over-the-sea",
    "coins": "five-zhu",
}
"""The online exhibition that goes on with a hall."""
_ELSEWHERE = {
    "tianjin-origins": (
        "https://zh.wikipedia.org/wiki/%E5%A4%A9%E6%B4%A5%E5%B8%82",
        ("維基百科：天津市", "Wikipedia on Tianjin"),
        ("百科全書中的天津，在另一個網站上。", "Tianjin in an encyclopaedia, on another site (in Chinese)."),
    ),
}


async def write_signs(session: AsyncSession, plan: MuseumPlan, ids: Ids) -> None:
    """Write the hotspots of the halls' titles. Scenes and exhibitions must be written."""
    await write_rows(session, "hotspot", [row for hall in plan.halls for row in _title_rows(hall)], ids)


async def write_film(session: AsyncSession, spots: list[dict[str, Any]], recording: int, ids: Ids) -> None:
    """Write the film's hotspots, as `film_spots` found them; scenes are looked up in `ids`."""
    rows = [
        Row({**spot["values"], "recording_id": recording}, film_texts(), {"scene_id": ("scene", spot["scene"])})
        for spot in spots
    ]
    await write_rows(session, "hotspot", rows, ids)


def film_spots(plan: MuseumPlan) -> list[dict[str, Any]]:
    """Where the film is seen: scenes, and columns of a hotspot. On the lobby's screen, or beside its title where there is no room."""
    room = plan.halls[0].rooms[0]
    screens = [panel for panel in room.panels if panel.kind == "screen"]
    if screens:
        return [
            {
                "scene": scene,
                "values": {"kind": "video", "position": FIRST + 3, **_place(spot), "polygon": _corners(spot)},
            }
            for scene, spot in seen_panel(room, screens[0]).items()
        ]
    title = _title(room)
    if title is None:
        return []
    return [
        {"scene": scene, "values": {"kind": "video", "position": FIRST + 3, **_beside(room, title, scene, 1)}}
        for scene in seen_panel(room, title)
    ]


def _title_rows(hall: HallPlan) -> Iterator[Row]:
    room = hall.rooms[0]
    title = _title(room)
    if title is None:
        return
    texts = hall_texts(hall.key)
    for scene, spot in seen_panel(room, title).items():
        here = {"scene_id": ("scene", scene)}
        yield Row({"kind": "text", "position": FIRST, **_place(spot), "polygon": _corners(spot)}, texts, here)
        exhibition = {**here, "exhibition_id": ("exhibition", _CONTINUED[hall.key])}
        yield Row({"kind": "exhibition", "position": FIRST + 1, **_beside(room, title, scene, -1)}, {}, exhibition)
        if hall.key in _ELSEWHERE:
            address, name, words = _ELSEWHERE[hall.key]
            values = {"kind": "web", "position": FIRST + 2, "url": address, **_beside(room, title, scene, 1)}
            yield Row(values, {"title": say(*name), "description": say(*words)}, here)


def _title(room: RoomPlan) -> PanelPlan | None:
    return next((panel for panel in room.panels if panel.kind == "title"), None)


def _place(spot: HotspotPlan) -> dict[str, float]:
    return {"yaw": round(spot.yaw, 3), "pitch": round(spot.pitch, 3)}


def _corners(spot: HotspotPlan) -> list[list[float]]:
    return [[round(yaw, 3), round(pitch, 3)] for yaw, pitch in spot.polygon]


def _beside(room: RoomPlan, panel: PanelPlan, scene: str, side: int) -> dict[str, float]:
    """Where a scene sees the wall beside a panel: left of it (-1) or right (1)."""
    point = next(point for point in room.standing_points if point.key == scene)
    at = room.on_wall(panel.wall, panel.position[0] + side * (panel.width / 2 + ASIDE))
    yaw, pitch = direction(point, (*at, panel.position[1]))
    return {"yaw": round(yaw, 3), "pitch": round(pitch, 3)}
