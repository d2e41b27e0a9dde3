"""What a record shows: the records that whoever sees it sees with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection.models import Activity, ActivityStep, Exhibition, ExhibitionItem, ExhibitionSection, Image, Model
from museum.scenes.models import Hotspot, Place, Scene

TOGETHER = 5000

Ids = dict[str, set[int]]

SHOWS: dict[str, tuple[tuple[str, Any, Any], ...]] = {
    "venue": (("place", Place.id, Place.venue_id), ("scene", Scene.id, Scene.venue_id)),
    "scene": tuple(
        (kind, getattr(Hotspot, f"{kind}_id"), Hotspot.scene_id)
        for kind in ("artifact", "image", "model", "exhibition")
    ),
    "exhibition": (
        ("image", Exhibition.cover_id, Exhibition.id),
        ("artifact", ExhibitionItem.artifact_id, ExhibitionSection.exhibition_id),
        ("image", ExhibitionItem.image_id, ExhibitionSection.exhibition_id),
    ),
    "activity": (
        ("image", Activity.cover_id, Activity.id),
        ("image", ActivityStep.image_id, ActivityStep.activity_id),
        ("scene", ActivityStep.scene_id, ActivityStep.activity_id),
    ),
    "artifact": (("image", Image.id, Image.artifact_id), ("model", Model.id, Model.artifact_id)),
}
"""By kind: the kind of what it shows, the column that names it, and the column that says whose it is."""


def _statement(wanted: Any, owner: Any, ids: list[int]) -> Select[Any]:
    statement = select(wanted).where(owner.in_(ids), wanted.is_not(None))
    if wanted.class_ is ExhibitionItem:
        statement = statement.join(ExhibitionSection, ExhibitionSection.id == ExhibitionItem.section_id)
    return statement


async def shown_with(session: AsyncSession, kind: str, number: int) -> Ids:
    """Ids by kind of a record and of all that it shows, and what these show, whether visitors may see it or not."""
    found: Ids = {kind: {number}}
    fresh: Ids = {kind: {number}}
    while fresh:
        coming: Ids = {}
        for one, ids in fresh.items():
            for other, wanted, owner in SHOWS.get(one, ()):
                for some in parts(ids):
                    coming.setdefault(other, set()).update(await session.scalars(_statement(wanted, owner, some)))
        fresh = {other: ids - found.get(other, set()) for other, ids in coming.items()}
        fresh = {other: ids for other, ids in fresh.items() if ids}
        for other, ids in fresh.items():
            found.setdefault(other, set()).update(ids)
    return found


def parts(ids: Iterable[int]) -> list[list[int]]:
    """The ids in their order, so many as go into one statement at a time."""
    ordered = sorted(ids)
    return [ordered[start : start + TOGETHER] for start in range(0, len(ordered), TOGETHER)]
