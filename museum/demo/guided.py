"""Where the stops of the demonstration museum's guided tours are: worked out from the plan, so that they hold at every scale."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from museum.demo.catalogue import Row, activity_pictures, image_slug, shown_pictures
from museum.demo.plan import MuseumPlan, hotspots
from museum.demo.plan.model import HotspotPlan
from museum.demo.records.tours import StopRecord, guided_tours
from museum.demo.sites import sites
from museum.demo.world import moment_slug
from museum.demo.writing import Ids, write_rows
from museum.scenes.geometry import wrap

ENTRANCE_FOV = 80.0
FRAMED = 2.6
"""How many times as high as the picture the view is that a stop takes of it."""


async def write_guided_tours(session: AsyncSession, plan: MuseumPlan, ids: Ids) -> None:
    """Write the tours. Scenes, images and sites must be written."""
    places = Places(plan)
    rows: list[Row] = []
    stops: list[Row] = []
    for position, tour in enumerate(guided_tours()):
        rows.append(Row({"slug": tour.slug, "position": position, "state": "published"}, tour.texts(), {}))
        for number, stop in enumerate(tour.stops):
            values, references = places.find(stop)
            references["tour_id"] = ("guided_tour", tour.slug)
            stops.append(Row({"position": number, "choices": stop.choices(), **values}, stop.texts(), references))
    await write_rows(session, "guided_tour", rows, ids)
    await write_rows(session, "tour_stop", stops, ids)


class Places:
    """Finds the view of a stop."""

    def __init__(self, plan: MuseumPlan) -> None:
        shown = shown_pictures(plan)
        lessons = set(activity_pictures(plan))
        self._entrances = {hall.key: hall.entrance for hall in plan.halls}
        self._seen: dict[str, list[HotspotPlan]] = {}
        self._nearest: dict[str, tuple[str, HotspotPlan]] = {}
        self._sites = {site.slug: site for site in sites()}
        for point in (point for room in plan.rooms() for point in room.standing_points):
            spots = self._seen[point.key] = list(hotspots(plan, point.key))
            for spot in spots:
                if spot.kind != "hanging" or spot.number in lessons:
                    continue
                category = shown[spot.number].hanging.category
                if category not in self._nearest or spot.distance < self._nearest[category][1].distance:
                    self._nearest[category] = (point.key, spot)

    def find(self, stop: StopRecord) -> tuple[dict[str, Any], dict[str, tuple[str, str]]]:
        """Columns and references of a stop."""
        if stop.where == "moment":
            site = self._sites[stop.key]
            moment = site.moments[stop.moment]
            yaw, pitch, fov = moment.portal_view
            return _view(yaw, pitch, fov), {"scene_id": ("scene", moment_slug(site.slug, moment.year))}
        if stop.where == "category":
            scene, spot = self._nearest[stop.key]
            return _view(spot.yaw, spot.pitch, _framing(spot)), {
                "scene_id": ("scene", scene),
                "image_id": ("image", image_slug(spot.number)),
            }
        scene = self._entrances[stop.key]
        facing = max(self._seen[scene], key=lambda spot: spot.distance, default=None)
        return _view(facing.yaw if facing else 0.0, 0.0, ENTRANCE_FOV), {"scene_id": ("scene", scene)}


def _view(yaw: float, pitch: float, fov: float) -> dict[str, Any]:
    return {"yaw": round(wrap(yaw), 2), "pitch": round(pitch, 2), "fov": round(fov, 2)}


def _framing(spot: HotspotPlan) -> float:
    heights = [pitch for _, pitch in spot.polygon]
    return min(max((max(heights) - min(heights)) * FRAMED, 40.0), 85.0)
