"""Annotations of a model and the view that it opens with, as they are where the thing stands now. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from museum.assets.models import Asset
from museum.assets.models3d.standing import IDENTITY, Orbit, directed, orbit_of, placed
from museum.collection.models import Model
from museum.database.texts import texts_by_field

Texts = dict[str, str]
Point = tuple[float, float, float]


@dataclass(frozen=True)
class Note:
    """An annotation: `position` in metres on the model's surface, `normal` of length 1, and the camera that looks at it."""

    id: int
    title: Texts
    description: Texts
    position: Point
    normal: Point
    view: Orbit | None


def _matrix(model: Model, asset: Asset | None) -> list[float]:
    asset = asset or model.asset
    return (asset.info.get("matrix") if asset else None) or IDENTITY


def notes_of(model: Model, asset: Asset | None = None) -> list[Note]:
    """The annotations of a model with its asset and annotations loaded, in their order; as they are on another `asset` of it if given."""
    matrix = _matrix(model, asset)
    found: list[Note] = []
    for row in model.annotations:
        texts = texts_by_field(row.texts)
        view = orbit_of(matrix, row.view) if row.view else None
        found.append(
            Note(
                row.id,
                texts.get("title", {}),
                texts.get("description", {}),
                placed(matrix, row.point),
                directed(matrix, row.normal),
                view,
            )
        )
    return found


def opening_of(model: Model, asset: Asset | None = None) -> Orbit | None:
    """The view that the curator framed; None where the model is seen as the museum sees fit."""
    return orbit_of(_matrix(model, asset), model.view) if model.view else None
