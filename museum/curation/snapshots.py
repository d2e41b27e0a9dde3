"""Snapshots: a whole record as JSON, and back. Pure.

`SHAPES` says what belongs to a record: its columns, the records that it refers to, its texts and its parts. In a snapshot another record
is named by its slug, which outlives it, and an asset by its number: assets are never removed while anything might need them.

    {"state": "draft", "venue": "lobby", "panorama": 17, "north": 90.0, …,
     "texts": {"title": {"en": ["The lobby", "source"]}},
     "links": [{"id": 5, "target": "stairs", "yaw": 12.0, …, "texts": {}}], "hotspots": […]}
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from museum.assets.models import Asset
from museum.collection.models import (
    Activity,
    ActivityStep,
    Artifact,
    Exhibition,
    ExhibitionItem,
    ExhibitionSection,
    Image,
    Model,
    ModelAnnotation,
)
from museum.guiding.models import GuidedTour, TourStop
from museum.scenes.models import Floor, Hotspot, Link, Place, Scene, Venue

Snapshot = dict[str, Any]
Row = Mapping[str, Any]

BOOKKEEPING = frozenset({"id", "slug", "version", "created_at", "updated_at", "published_at"})
"""Columns of records that no snapshot holds: they are about the saving, not about what is saved."""


@dataclass(frozen=True)
class Shape:
    """What belongs to a record, or to a part of one. `references` maps columns to the kinds of record that they lead to; `owner` is the
    column by which a part belongs to its record; `parts` are named as the relationships that hold them."""

    record: Any
    plain: tuple[str, ...]
    references: Mapping[str, str] = field(default_factory=dict)
    owner: str = ""
    parts: Mapping[str, Shape] = field(default_factory=dict)

    @property
    def text(self) -> Any:
        """The class of its texts; None where it has none."""
        texts = getattr(self.record, "texts", None)
        return texts.property.mapper.class_ if texts is not None else None


@dataclass(frozen=True)
class Whole:
    """The rows of a record or part: its columns, its texts as (field, language, value, state), and its parts in their order."""

    row: Row
    texts: list[tuple[str, str, str, str]] = field(default_factory=list)
    parts: Mapping[str, list[Whole]] = field(default_factory=dict)


_ITEM = Shape(ExhibitionItem, ("position",), {"artifact_id": "artifact", "image_id": "image"}, "section_id")

SHAPES: Mapping[str, Shape] = {
    "venue": Shape(
        Venue,
        ("state", "kind", "position", "plan"),
        {"entrance_id": "scene"},
        parts={
            "floors": Shape(
                Floor, ("key", "position", "x", "y", "metres", "turned"), {"picture_id": "asset"}, "venue_id"
            )
        },
    ),
    "artifact": Shape(
        Artifact, ("state", "accession_number", "category", "edtf", "year_from", "year_to", "grade", "rights_until")
    ),
    "image": Shape(
        Image,
        ("state", "category", "position", "rights", "rights_until", "width_mm", "height_mm"),
        {"artifact_id": "artifact", "asset_id": "asset"},
    ),
    "model": Shape(
        Model,
        ("state", "height_m", "rights", "rights_until", "view"),
        {"artifact_id": "artifact", "asset_id": "asset"},
        parts={"annotations": Shape(ModelAnnotation, ("position", "point", "normal", "view"), owner="model_id")},
    ),
    "exhibition": Shape(
        Exhibition,
        ("state", "position"),
        {"cover_id": "image"},
        parts={"sections": Shape(ExhibitionSection, ("position",), owner="exhibition_id", parts={"items": _ITEM})},
    ),
    "place": Shape(Place, ("state",), {"venue_id": "venue"}),
    "scene": Shape(
        Scene,
        (
            *("state", "year", "room", "position", "north", "level_pitch", "level_roll"),
            *("initial_yaw", "initial_pitch", "initial_fov", "floor", "plan_x", "plan_y", "nadir_kind", "nadir_radius"),
        ),
        {"venue_id": "venue", "place_id": "place", "panorama_id": "asset"},
        parts={
            "links": Shape(
                Link,
                ("kind", "position", "yaw", "pitch", "arrival_yaw", "arrival_pitch", "arrival_fov", "target_url"),
                {"target_id": "scene"},
                "source_id",
            ),
            "hotspots": Shape(
                Hotspot,
                ("kind", "position", "yaw", "pitch", "unplaced", "polygon", "url", "distance", "turned"),
                {
                    **{f"{kind}_id": kind for kind in ("artifact", "image", "model", "exhibition")},
                    "recording_id": "asset",
                },
                "scene_id",
            ),
        },
    ),
    "activity": Shape(
        Activity,
        ("state", "position"),
        {"cover_id": "image"},
        parts={
            "steps": Shape(
                ActivityStep,
                ("position", "kind", "data"),
                {"image_id": "image", "scene_id": "scene"},
                "activity_id",
            )
        },
    ),
    "tour": Shape(
        GuidedTour,
        ("state", "position"),
        parts={
            "stops": Shape(
                TourStop,
                ("position", "yaw", "pitch", "fov", "choices"),
                {"scene_id": "scene", "image_id": "image"},
                "tour_id",
            )
        },
    ),
}
"""By kind; each refers only to kinds before it, but for a venue's entrance."""

KINDS: Mapping[Any, str] = {shape.record: kind for kind, shape in SHAPES.items()}
"""The kind of each class of records."""

ASSET = "asset"
RECORDS: Mapping[str, Any] = {**{kind: shape.record for kind, shape in SHAPES.items()}, ASSET: Asset}


def key_of(column: str) -> str:
    """What a reference is called in a snapshot: `venue` for `venue_id`."""
    return column.removesuffix("_id")


def shapes_below(shape: Shape) -> Iterator[Shape]:
    """The shape itself and all its parts'."""
    yield shape
    for part in shape.parts.values():
        yield from shapes_below(part)


def referred(shape: Shape, whole: Whole) -> Iterator[tuple[str, int]]:
    """(kind, id) of every record that the rows lead to."""
    for column, kind in shape.references.items():
        if whole.row[column] is not None:
            yield kind, whole.row[column]
    for name, part in shape.parts.items():
        for one in whole.parts.get(name, ()):
            yield from referred(part, one)


def to_snapshot(shape: Shape, whole: Whole, names: Mapping[tuple[str, int], Any]) -> Snapshot:
    """The rows as JSON. `names` are the slugs of what they refer to by (kind, id)."""
    made: Snapshot = {} if not shape.owner else {"id": whole.row["id"]}
    made |= {column: whole.row[column] for column in shape.plain}
    for column, kind in shape.references.items():
        number = whole.row[column]
        made[key_of(column)] = None if number is None else number if kind == ASSET else names[kind, number]
    if shape.text is not None:
        texts: dict[str, dict[str, list[str]]] = {}
        for name, language, value, state in sorted(whole.texts):
            texts.setdefault(name, {})[language] = [value, state]
        made["texts"] = texts
    for name, part in shape.parts.items():
        made[name] = [to_snapshot(part, one, names) for one in whole.parts.get(name, ())]
    return made


Find = Callable[[str, Any], int | None]
"""The id of the record of a kind that a snapshot names, None where it is there no longer."""


class Missing(Exception):
    """Something that cannot be without what it leads to, and that is there no longer."""

    def __init__(self, kind: str, name: object) -> None:
        super().__init__(kind, name)
        self.kind = kind
        self.name = str(name)


def from_snapshot(shape: Shape, snapshot: Snapshot, find: Find, lost: list[tuple[str, str]]) -> Whole:
    """The rows of a snapshot. References to what is gone are left empty, parts that can't be without them are left out; both are
    noted in `lost` as (kind, name). Raises Missing where the record itself can't be without one.

    Columns that a snapshot of an earlier release lacks are absent from the rows.
    """
    row: dict[str, Any] = {column: snapshot[column] for column in shape.plain if column in snapshot}
    if shape.owner:
        row["id"] = snapshot["id"]
    for column, kind in shape.references.items():
        named = snapshot.get(key_of(column))
        row[column] = None if named is None else find(kind, named)
        if named is not None and row[column] is None:
            if needs(shape, column):
                raise Missing(kind, named)
            lost.append((kind, str(named)))
    texts = [
        (name, language, value, state)
        for name, values in snapshot.get("texts", {}).items()
        for language, (value, state) in values.items()
    ]
    parts: dict[str, list[Whole]] = {}
    for name, part in shape.parts.items():
        parts[name] = []
        for one in snapshot.get(name, ()):
            try:
                parts[name].append(from_snapshot(part, one, find, lost))
            except Missing as missing:
                lost.append((missing.kind, missing.name))
    return Whole(row, sorted(texts), parts)


def needs(shape: Shape, column: str) -> bool:
    """Whether a record can't be without what `column` leads to: a scene its venue; a link, a hotspot or an item what it opens."""
    needed = shape.record in (Link, Hotspot, ExhibitionItem)
    return needed or not shape.record.__table__.c[column].nullable
