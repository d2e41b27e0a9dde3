"""The demonstration museum's records as plain rows: pure, from a plan. Rows refer to each other by slug; `writing` resolves them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from museum.collection.dates import chinese_number
from museum.demo.art import Traits
from museum.demo.plan import HangingPlan, HotspotPlan, MuseumPlan, RoomPlan, floor_plan_json, hotspots, links
from museum.demo.records import (
    ArtifactRecord,
    ImageRecord,
    activity_picture_texts,
    artifact_record,
    hall_texts,
    image_record,
    scene_texts,
    treasure_artifact,
    treasure_record,
)
from museum.demo.records import activity_pictures as activity_picture_keys

Texts = dict[str, dict[str, str]]
"""Texts of one record: `{field: {language: value}}`."""


@dataclass(frozen=True)
class Row:
    """One record: its slug (or the slug of the record it belongs to), its columns, its texts, and columns to be filled from slugs:
    `{"venue_id": ("venue", "coins")}`."""

    values: dict[str, Any]
    texts: Texts
    references: dict[str, tuple[str, str]]


def artifact_slug(record: ArtifactRecord) -> str:
    """`porcelain-0012`."""
    return f"{record.category}-{record.index:04d}"


def image_slug(picture: int) -> str:
    """`picture-0345`."""
    return f"picture-{picture:04d}"


def treasure_slug(index: int) -> str:
    """`treasure-03`."""
    return f"treasure-{index + 1:02d}"


@dataclass(frozen=True)
class Shown:
    """A picture of the museum: where it hangs and what its record says."""

    hanging: HangingPlan
    image: ImageRecord
    artifact: ArtifactRecord | None


class Namesakes:
    """Numbers what is called the same: 《天津府城圖》, 《天津府城圖》（二）."""

    def __init__(self) -> None:
        self._met: Counter[tuple[str, str]] = Counter()

    def tell_apart(self, title: dict[str, str]) -> dict[str, str]:
        """`title` with a number in each language in which another was the same before."""
        self._met.update(title.items())
        return {language: _numbered(words, language, self._met[language, words]) for language, words in title.items()}


def _numbered(title: str, language: str, number: int) -> str:
    if number == 1:
        return title
    return f"{title} ({number})" if language == "en" else f"{title}（{chinese_number(number)}）"


@lru_cache(maxsize=2)
def shown_pictures(plan: MuseumPlan) -> dict[int, Shown]:
    """Every picture by its number."""
    artifacts = {artifact.index: artifact for artifact in plan.artifacts}
    shown: dict[int, Shown] = {}
    things, sheets = Namesakes(), Namesakes()
    known: dict[int, ArtifactRecord] = {}
    turned = {artifact: treasure for treasure, artifact in treasured_artifacts(plan).items()}
    for hanging in plan.pictures():
        record, view = None, 0
        if hanging.artifact is not None:
            planned = artifacts[hanging.artifact]
            if planned.index not in known:
                record = artifact_record(planned.category, planned.index, plan.seed)
                if planned.index in turned:
                    record = treasure_artifact(treasure_record(turned[planned.index]), record)
                known[planned.index] = replace(record, title=things.tell_apart(record.title))
            record = known[planned.index]
            view = planned.pictures.index(hanging.picture)
        image = image_record(hanging.category, hanging.picture, plan.seed, record, view)
        if record is None:
            image = replace(image, title=sheets.tell_apart(image.title))
        shown[hanging.picture] = Shown(hanging, image, record)
    return shown


@lru_cache(maxsize=2)
def activity_pictures(plan: MuseumPlan) -> dict[int, str]:
    """The sheets of the activities, by picture: they hang in frames among the display images of the first hall."""
    hall = plan.halls[0]
    frames = [h.picture for room in hall.rooms for h in room.hangings if h.artifact is None and not h.cut_out]
    keys = activity_picture_keys()
    return dict(zip(frames[len(frames) - len(keys) :], keys, strict=False))


@lru_cache(maxsize=2)
def treasured_artifacts(plan: MuseumPlan) -> dict[int, int]:
    """The artifact that is each treasure's collection record, by treasure: the first free one of its category."""
    free: dict[str, list[int]] = {}
    for artifact in plan.artifacts:
        free.setdefault(artifact.category, []).append(artifact.index)
    found: dict[int, int] = {}
    for treasure in plan.treasures:
        candidates = free.get(treasure_record(treasure.index).category)
        if candidates:
            found[treasure.index] = candidates.pop(0)
    return found


def drawing_orders(plan: MuseumPlan, room: RoomPlan) -> list[tuple[HangingPlan, Traits | str]]:
    """What is to be drawn for a room, and what each drawing must show: traits, or the key of an activity's sheet."""
    shown, sheets = shown_pictures(plan), activity_pictures(plan)
    return [(hanging, sheets.get(hanging.picture) or shown[hanging.picture].image.traits) for hanging in room.hangings]


def venue_rows(plan: MuseumPlan) -> Iterator[Row]:
    for position, hall in enumerate(plan.halls):
        values = {
            "slug": hall.key,
            "kind": "hall",
            "position": position,
            "plan": floor_plan_json(hall),
            "state": "published",
        }
        yield Row(values, hall_texts(hall.key), {})


def scene_rows(plan: MuseumPlan) -> Iterator[Row]:
    """Scenes are drafts until their panoramas have been rendered."""
    position = 0
    for hall in plan.halls:
        for room in hall.rooms:
            for number, point in enumerate(room.standing_points, 1):
                position += 1
                values = {
                    "slug": point.key,
                    "room": room.key,
                    "position": position,
                    "north": point.forward % 360,
                    "initial_yaw": _first_yaw(plan, point.key),
                    "plan_x": round(point.x, 3),
                    "plan_y": round(point.y, 3),
                }
                texts = scene_texts(hall.key, room.title, number, len(room.standing_points))
                yield Row(values, texts, {"venue_id": ("venue", hall.key)})


FIRST_VIEW = 38.0
"""Half of what a first view shows at least, in degrees."""
BEST_DISTANCE = 3.2
"""Metres at which things look best."""


def _first_yaw(plan: MuseumPlan, scene: str) -> float:
    """Look to where most is to be seen from a good distance; straight on where there is nothing."""
    seen = [spot for spot in hotspots(plan, scene) if spot.distance > 1.2] or hotspots(plan, scene)
    if not seen:
        return 0.0

    def worth(candidate: HotspotPlan) -> float:
        near = [s for s in seen if abs((s.yaw - candidate.yaw + 180) % 360 - 180) < FIRST_VIEW]
        return sum((2 if s.kind == "treasure" else 1) / (0.6 + abs(s.distance - BEST_DISTANCE)) for s in near)

    return round(max(seen, key=worth).yaw, 2)


def link_rows(plan: MuseumPlan) -> Iterator[Row]:
    positions: dict[str, int] = {}
    for link in links(plan):
        positions[link.source] = positions.get(link.source, -1) + 1
        values = {
            "kind": link.kind,
            "position": positions[link.source],
            "yaw": round(link.yaw, 3),
            "pitch": round(link.pitch, 3),
        }
        yield Row(values, {}, {"source_id": ("scene", link.source), "target_id": ("scene", link.target)})


def artifact_rows(plan: MuseumPlan) -> Iterator[Row]:
    records = {shown.artifact.index: shown.artifact for shown in shown_pictures(plan).values() if shown.artifact}
    for record in records.values():
        values = {
            "slug": artifact_slug(record),
            "accession_number": record.accession_number,
            "category": record.category,
            "edtf": record.edtf,
            "year_from": record.year_from,
            "year_to": record.year_to,
            "grade": record.grade,
        }
        yield Row(values, record.texts(), {})


def image_rows(plan: MuseumPlan) -> Iterator[Row]:
    sheets = activity_pictures(plan)
    for number, shown in shown_pictures(plan).items():
        hanging, image = shown.hanging, shown.image
        values = {
            "slug": image_slug(number),
            "category": image.category,
            "position": number,
            "rights": image.rights,
            "height_mm": image.height_mm,
            "width_mm": round(image.height_mm * hanging.width / hanging.height, 1),
        }
        texts = activity_picture_texts(sheets[number]) if number in sheets else image.texts()
        references = {"artifact_id": ("artifact", artifact_slug(shown.artifact))} if shown.artifact else {}
        yield Row(values, texts, references)


def model_rows(plan: MuseumPlan) -> Iterator[Row]:
    artifacts = {shown.artifact.index: shown.artifact for shown in shown_pictures(plan).values() if shown.artifact}
    treasured = treasured_artifacts(plan)
    for treasure in plan.treasures:
        record = treasure_record(treasure.index)
        values = {"slug": treasure_slug(treasure.index), "height_m": record.height_m, "rights": record.rights}
        references = {}
        if treasure.index in treasured:
            references = {"artifact_id": ("artifact", artifact_slug(artifacts[treasured[treasure.index]]))}
        yield Row(values, record.texts(), references)


def hotspot_rows(plan: MuseumPlan) -> Iterator[Row]:
    """An object's chief picture opens its record, every other picture itself, a treasure its model, which stands on an open plinth."""
    shown = shown_pictures(plan)
    for _, point in plan.scenes():
        for position, spot in enumerate(hotspots(plan, point.key)):
            values: dict[str, Any] = {
                "position": position,
                "yaw": round(spot.yaw, 3),
                "pitch": round(spot.pitch, 3),
                "polygon": [[round(yaw, 3), round(pitch, 3)] for yaw, pitch in spot.polygon],
            }
            references = {"scene_id": ("scene", point.key)}
            if spot.kind == "treasure":
                values["kind"], references["model_id"] = "model", ("model", treasure_slug(spot.number))
                if spot.turned is not None:
                    values |= {"distance": round(spot.distance, 3), "turned": round(spot.turned, 2)}
            else:
                picture = shown[spot.number]
                chief = picture.artifact and _is_chief(plan, picture)
                if picture.artifact and chief:
                    values["kind"], references["artifact_id"] = (
                        "artifact",
                        ("artifact", artifact_slug(picture.artifact)),
                    )
                else:
                    values["kind"], references["image_id"] = "image", ("image", image_slug(spot.number))
            yield Row(values, {}, references)


@lru_cache(maxsize=2)
def _chiefs(plan: MuseumPlan) -> frozenset[int]:
    return frozenset(artifact.pictures[0] for artifact in plan.artifacts)


def _is_chief(plan: MuseumPlan, picture: Shown) -> bool:
    return picture.hanging.picture in _chiefs(plan)
