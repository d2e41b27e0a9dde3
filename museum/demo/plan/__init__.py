"""Floor plans of the demonstration museum: pure, from a seed."""

from museum.demo.plan.floors import floor_plan_json
from museum.demo.plan.model import (
    EYE,
    ArtifactPlan,
    CasePlan,
    DoorPlan,
    HallPlan,
    HangingPlan,
    HotspotPlan,
    LampPlan,
    LinkPlan,
    MuseumPlan,
    NichePlan,
    PanelPlan,
    RoomPlan,
    StandingPoint,
    TreasurePlan,
)
from museum.demo.plan.museum import plan_museum
from museum.demo.plan.panels import seen_panel
from museum.demo.plan.sight import direction, hotspots, links

__all__ = [
    "EYE",
    "ArtifactPlan",
    "CasePlan",
    "DoorPlan",
    "HallPlan",
    "HangingPlan",
    "HotspotPlan",
    "LampPlan",
    "LinkPlan",
    "MuseumPlan",
    "NichePlan",
    "PanelPlan",
    "RoomPlan",
    "StandingPoint",
    "TreasurePlan",
    "direction",
    "floor_plan_json",
    "hotspots",
    "links",
    "plan_museum",
    "seen_panel",
]
