"""What a record shows: the records that whoever sees it sees with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, exists, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from museum.collection.models import Activity, ActivityStep, Exhibition, ExhibitionItem, ExhibitionSection, Image, Model
from museum.scenes.models import Hotspot, Place, Scene

TOGETHER = 5000

N = TypeVar("N", int, str)

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


def is_shown_with(kind: str, record: Any, root: str, number: Any, none: Collection[str] = ()) -> ColumnElement[bool]:
    """Whether a record of `kind` (its class) is the `root` with the id `number`, or is shown with it, for statements about few records:
    they are cheaper than to gather all that is shown. Of the kinds `none` nothing is shown with it, as somebody has found before."""
    return _belongs(kind, record.id, record, root, number, none)


def _belongs(kind: str, wanted: Any, record: Any, root: str, number: Any, none: Collection[str]) -> ColumnElement[bool]:
    """Whether what has the id `wanted` belongs to the root; `record` is its class where that is what is asked for."""
    if kind == root:
        return wanted == number
    found: list[ColumnElement[bool]] = []
    for owner, column, by in _shown_by(kind, root):
        if owner in none:
            continue
        if record is column.class_ is by.class_:
            # It says itself whose it is.
            found.append(_belongs(owner, by, None, root, number, none))
            continue
        table = aliased(column.class_)
        query = select(1).select_from(table).where(getattr(table, column.key) == wanted)
        if by.class_ is ExhibitionSection and column.class_ is ExhibitionItem:
            section = aliased(ExhibitionSection)
            query = query.join(section, section.id == table.section_id)
            table = section
        found.append(exists(query.where(_belongs(owner, getattr(table, by.key), None, root, number, none))))
    return or_(false(), *found)


def _shown_by(kind: str, root: str) -> Iterator[tuple[str, Any, Any]]:
    """What may show records of a kind, if the root may show it in turn: its kind, and the two columns as in SHOWS."""
    for owner, shown in SHOWS.items():
        for other, column, by in shown:
            if other == kind and (owner == root or any(True for _ in _shown_by(owner, root))):
                yield owner, column, by


def parts(ids: Iterable[N]) -> list[list[N]]:
    """Ids, or slugs, in their order, so many as go into one statement at a time."""
    ordered = sorted(ids)
    return [ordered[start : start + TOGETHER] for start in range(0, len(ordered), TOGETHER)]
