"""What is made of the collection: online exhibitions, activities, and the ways out to the sites and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from museum.demo.catalogue import Row, activity_pictures, artifact_slug, image_slug, shown_pictures
from museum.demo.guided import write_guided_tours
from museum.demo.plan import HotspotPlan, MuseumPlan, hotspots
from museum.demo.records import activities, exhibitions
from museum.demo.signs import write_signs
from museum.demo.sites import MomentPlan, SitePlan, sites
from museum.demo.world import moment_slug
from museum.demo.writing import Ids, write_rows
from museum.scenes.geometry import wrap

PORTAL_HALL = "tianjin-century"


async def write_programme(session: AsyncSession, plan: MuseumPlan, ids: Ids) -> None:
    """Write exhibitions, the halls' signs, activities, sites and guided tours. Venues, scenes and the collection must be written."""
    await _write_exhibitions(session, plan, ids)
    await write_signs(session, plan, ids)
    await _write_activities(session, plan, ids)
    await _write_sites(session, plan, ids)
    await write_guided_tours(session, plan, ids)


async def _write_exhibitions(session: AsyncSession, plan: MuseumPlan, ids: Ids) -> None:
    pictures = list(shown_pictures(plan).values())
    chief = {shown.artifact.index: shown for shown in reversed(pictures) if shown.artifact}
    things = [*chief.values(), *(shown for shown in pictures if not shown.artifact)]
    records = [shown.artifact or shown.image for shown in things]
    rows, sections, items = [], [], []
    for position, exhibition in enumerate(exhibitions()):
        chosen = [section.selector.choose(records, position * 7) for section in exhibition.sections]
        cover = next(number for numbers in chosen for number in numbers)
        values = {"slug": exhibition.slug, "position": position}
        reference = {"cover_id": ("image", image_slug(things[cover].hanging.picture))}
        rows.append(Row(values, exhibition.texts(), reference))
        for number, (section, numbers) in enumerate(zip(exhibition.sections, chosen, strict=True)):
            texts = {"title": section.title, "body": section.body}
            sections.append(Row({"position": number}, texts, {"exhibition_id": ("exhibition", exhibition.slug)}))
            items.append([things[index] for index in numbers])
    await write_rows(session, "exhibition", rows, ids)
    section_ids = await write_rows(session, "exhibition_section", sections, ids)
    await write_rows(
        session,
        "exhibition_item",
        [
            Row(
                {"section_id": section_id, "position": position},
                {},
                {"artifact_id": ("artifact", artifact_slug(shown.artifact))}
                if shown.artifact
                else {"image_id": ("image", image_slug(shown.hanging.picture))},
            )
            for section_id, shown_items in zip(section_ids, items, strict=True)
            for position, shown in enumerate(shown_items)
        ],
        ids,
    )


async def _write_activities(session: AsyncSession, plan: MuseumPlan, ids: Ids) -> None:
    numbers = {key: number for number, key in activity_pictures(plan).items()}

    def picture(column: str, key: str | None) -> dict[str, tuple[str, str]]:
        return {column: ("image", image_slug(numbers[key]))} if key in numbers else {}

    rows, steps = [], []
    for position, activity in enumerate(activities()):
        values = {"slug": activity.slug, "position": position, "state": "published"}
        rows.append(Row(values, activity.texts(), picture("cover_id", activity.cover)))
        for number, step in enumerate(activity.steps):
            references = {"activity_id": ("activity", activity.slug), **picture("image_id", step.picture)}
            steps.append(Row({"position": number, "kind": step.kind, "data": step.data}, step.texts(), references))
    await write_rows(session, "activity", rows, ids)
    await write_rows(session, "activity_step", steps, ids)


async def _write_sites(session: AsyncSession, plan: MuseumPlan, ids: Ids) -> None:
    venues, places, scenes, links = [], [], [], []
    exhibits = _exhibits(plan)
    for position, site in enumerate(sites()):
        values = {"slug": site.slug, "kind": "site", "position": 100 + position, "state": "published"}
        venues.append(Row(values, site.texts(), {}))
        place = Row({"slug": site.slug, "state": "published"}, site.place_texts(), {"venue_id": ("venue", site.slug)})
        places.append(place)
        for number, moment in enumerate(site.moments):
            scenes.append(_moment_row(site, moment, number))
            links += _time_links(site, moment)
        links += _portals(site, position, exhibits.get(site.slug, []), ids)
    await write_rows(session, "venue", venues, ids)
    await write_rows(session, "place", places, ids)
    await write_rows(session, "scene", scenes, ids)
    await write_rows(session, "link", links, ids)


def _moment_row(site: SitePlan, moment: MomentPlan, number: int) -> Row:
    yaw, pitch, fov = moment.portal_view
    values = {
        "slug": moment_slug(site.slug, moment.year),
        "year": moment.year,
        "position": number,
        "north": moment.north % 360,
        "initial_yaw": wrap(yaw),
        "initial_pitch": pitch,
        "initial_fov": fov,
    }
    return Row(values, moment.texts(), {"venue_id": ("venue", site.slug), "place_id": ("place", site.slug)})


def _time_links(site: SitePlan, moment: MomentPlan) -> Iterator[Row]:
    """To every other moment of the place. The heading is kept, so there is no arrival; they point to the landmark, in a fan."""
    others = [other for other in site.moments if other is not moment]
    for position, other in enumerate(others):
        yaw = wrap(site.landmark_heading - moment.north + 14 * (position - 0.5))
        yield Row(
            {"kind": "time", "position": position, "yaw": yaw, "pitch": -12.0},
            {},
            {
                "source_id": ("scene", moment_slug(site.slug, moment.year)),
                "target_id": ("scene", moment_slug(site.slug, other.year)),
            },
        )


def _exhibits(plan: MuseumPlan) -> dict[str, list[tuple[str, HotspotPlan]]]:
    """For each site, pictures of it in the hall of Tianjin's century and the scenes that see them best, one a scene, nearest first.

    In a museum so small that none shows the place, any photograph of the hall will do.
    """
    shown = shown_pictures(plan)
    hall = next(hall for hall in plan.halls if hall.key == PORTAL_HALL)
    seen = [
        (point.key, spot)
        for room in hall.rooms
        for point in room.standing_points
        for spot in hotspots(plan, point.key)
        if spot.kind == "hanging"
    ]
    seen.sort(key=lambda pair: pair[1].distance)
    found: dict[str, list[tuple[str, HotspotPlan]]] = {}
    taken: set[str] = set()
    for site in sites():
        about = [pair for pair in seen if site.keyword in shown[pair[1].number].image.keywords] or seen
        chosen = found.setdefault(site.slug, [])
        for scene, spot in about:
            if scene not in taken and len(chosen) < len(site.moments):
                taken.add(scene)
                chosen.append((scene, spot))
        if not chosen:
            chosen.append(about[len(found) % len(about)])
    return found


def _portals(site: SitePlan, number: int, exhibits: list[tuple[str, HotspotPlan]], ids: Ids) -> Iterator[Row]:
    """From each exhibit out to one moment, and from there back to the view of the exhibit."""
    for moment, (scene, spot) in zip(site.moments, exhibits, strict=False):
        outside = moment_slug(site.slug, moment.year)
        yaw, pitch, fov = moment.portal_view
        out: dict[str, Any] = {
            "kind": "portal",
            "position": 20 + number,
            "yaw": round(spot.yaw, 3),
            "pitch": round(max(spot.pitch - 14, -85), 3),
            "arrival_yaw": wrap(yaw),
            "arrival_pitch": pitch,
            "arrival_fov": fov,
        }
        yield Row(out, {}, {"source_id": ("scene", scene), "target_id": ("scene", outside)})
        back: dict[str, Any] = {
            "kind": "portal",
            "position": 20,
            "yaw": wrap(site.landmark_heading - moment.north + 180),
            "pitch": -12.0,
            "arrival_yaw": round(spot.yaw, 3),
            "arrival_pitch": round(spot.pitch, 3),
            "arrival_fov": 60.0,
        }
        yield Row(back, {}, {"source_id": ("scene", outside), "target_id": ("scene", scene)})
