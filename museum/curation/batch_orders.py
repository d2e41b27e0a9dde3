"""What is to become of each file of a batch, by its name and its row of the sheet. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

import msgspec

from museum.curation.scene_sheet import SceneRow, SpotRow
from museum.database.texts import language_of
from museum.scenes.models import MAIN_FLOOR

SPREAD = 60.0
"""Degrees over which hotspots without a direction stand at first."""


@dataclass(frozen=True)
class Offered:
    """A file before it is sent: its name, its size, its first bytes, and its SHA-256 where the browser could tell."""

    name: str
    bytes: int
    head: bytes = b""
    digest: str = ""


class SpotOrder(msgspec.Struct, frozen=True):
    """A hotspot that comes with a scene; `line` of the sheet says it, but not where an `unplaced` one is."""

    line: int
    kind: str
    target: str
    yaw: float
    pitch: float
    texts: dict[str, dict[str, str]]
    unplaced: bool = False


class Order(msgspec.Struct, frozen=True):
    """What is to become of one file. `venue` is a slug; `position` that of the scene among its venue's,
    and `floor` the key of a floor of the venue."""

    venue: str
    position: int
    title: dict[str, str]
    description: dict[str, str] = {}
    slug: str = ""
    room: str = ""
    floor: str = MAIN_FLOOR
    plan_x: float | None = None
    plan_y: float | None = None
    north: float | None = None
    year: int | None = None
    place: str = ""
    spots: tuple[SpotOrder, ...] = ()


def order_of(venue: str, position: int, floor: str, file: Offered, row: SceneRow) -> Order:
    """What becomes of `file`, the one at `position` of the hall `venue` (a slug) on its floor with the key `floor`, by its row of the
    sheet."""
    return Order(
        venue,
        position,
        dict(row.texts.get("title", {})) or title_from(file.name),
        dict(row.texts.get("description", {})),
        row.slug,
        row.room,
        floor,
        row.plan_x,
        row.plan_y,
        row.north,
        row.year,
        row.place,
        _spots(row.spots),
    )


def _spots(rows: Sequence[SpotRow]) -> tuple[SpotOrder, ...]:
    """The hotspots of a scene. Those of which nothing says where they are stand side by side before the front, to be dragged from there."""
    lost = [row for row in rows if row.yaw is None]
    step = min(SPREAD / max(len(lost) - 1, 1), SPREAD / 2)
    first = -step * (len(lost) - 1) / 2
    places = {row.line: first + number * step for number, row in enumerate(lost)}
    return tuple(
        SpotOrder(
            row.line,
            row.kind,
            row.target,
            places[row.line] if row.yaw is None else row.yaw,
            row.pitch,
            {kind: dict(values) for kind, values in row.texts.items()},
            row.yaw is None,
        )
        for row in rows
    )


def title_from(name: str) -> dict[str, str]:
    """A title in one language from a file's name."""
    stem = PurePath(name.replace("\\", "/")).stem
    title = " ".join(stem.replace("_", " ").split())[:200] or stem or name
    return {language_of(title): title}
