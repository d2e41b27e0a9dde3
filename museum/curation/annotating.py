"""What curators say about places on a model, and from where it is first seen.

They point at the model as it stands before them, in metres; kept is where that is in the uploaded file. All functions work inside the
caller's transaction.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.assets.models import Asset, AssetBlob
from museum.assets.models3d.standing import IDENTITY, Orbit, in_file, in_file_directed, kept_view
from museum.assets.store import Blob
from museum.collection.models import Model, ModelAnnotation
from museum.curation.drafting import Texts, check_texts
from museum.curation.errors import NotFound, Refused
from museum.curation.ordering import shift
from museum.curation.visibility import forget_with_commit
from museum.database.texts import set_texts

MOST = 60
"""Annotations of one model."""
_FARTHEST = 1e6


async def matrix_of(session: AsyncSession, model: Model, asset_id: int | None) -> list[float]:
    """From the file to metres, of the asset of `model` that she had before her. Raises Refused."""
    asset = await session.get(Asset, asset_id) if asset_id else None
    if asset is None or (asset.id != model.asset_id and asset.owner != f"model:{model.id}"):
        raise Refused("model-not-ready")
    return asset.info.get("matrix") or IDENTITY


async def add(
    session: AsyncSession,
    model: Model,
    matrix: Sequence[float],
    *,
    point: Sequence[float],
    normal: Sequence[float],
    view: Orbit,
    texts: Mapping[str, Texts],
) -> ModelAnnotation:
    """A new annotation, the last of the model's. Raises Refused."""
    check_texts(texts)
    if not any(value.strip() for value in texts.get("title", {}).values()):
        raise Refused("title-needed", field="title")
    count, last = (
        await session.execute(
            select(func.count(), func.max(ModelAnnotation.position)).where(ModelAnnotation.model_id == model.id)
        )
    ).one()
    if count >= MOST:
        raise Refused("annotations-too-many", most=MOST)
    made = ModelAnnotation(model_id=model.id, position=(last or 0) + 1, texts=[])
    _put(made, matrix, point, normal, view)
    for field, values in texts.items():
        set_texts(made, field, values)
    session.add(made)
    _touch(session, model)
    await session.flush()
    return made


async def load(session: AsyncSession, model: Model, number: int) -> ModelAnnotation:
    """An annotation of `model` with its texts. Raises NotFound."""
    found = await session.scalar(
        select(ModelAnnotation)
        .where(ModelAnnotation.id == number, ModelAnnotation.model_id == model.id)
        .options(selectinload(ModelAnnotation.texts))
    )
    if found is None:
        raise NotFound("no-such-annotation")
    return found


def change(session: AsyncSession, model: Model, annotation: ModelAnnotation, texts: Mapping[str, Texts]) -> None:
    """Save an annotation's words. Raises Refused."""
    check_texts(texts)
    for field, values in texts.items():
        set_texts(annotation, field, values)
    if not any(row.field == "title" for row in annotation.texts):
        raise Refused("title-needed", field="title")
    _touch(session, model)


def move(
    session: AsyncSession,
    model: Model,
    annotation: ModelAnnotation,
    matrix: Sequence[float],
    *,
    point: Sequence[float],
    normal: Sequence[float],
    view: Orbit,
) -> None:
    """Put an annotation elsewhere on the surface, looked at from `view`. Raises Refused."""
    _put(annotation, matrix, point, normal, view)
    _touch(session, model)


def reorder(session: AsyncSession, model: Model, annotation: ModelAnnotation, by: int) -> None:
    """Let an annotation of `model`, which is loaded with all of its own, come earlier (-1) or later (1); the first and the last stay."""
    shift(sorted(model.annotations, key=lambda one: (one.position, one.id)), annotation, by)
    _touch(session, model)


async def remove(session: AsyncSession, model: Model, annotation: ModelAnnotation) -> None:
    """Delete an annotation."""
    await session.delete(annotation)
    _touch(session, model)


async def frame(
    session: AsyncSession,
    model: Model,
    matrix: Sequence[float],
    asset_id: int,
    view: Orbit,
    poster: Blob,
    media_type: str,
) -> None:
    """First see the model from `view`, with `poster` as its still from there. Raises Refused."""
    model.view = _kept(matrix, view)
    row = await session.get(AssetBlob, (asset_id, "poster"))
    if row is None:
        row = AssetBlob(asset_id=asset_id, role="poster")
        session.add(row)
    row.digest, row.bytes, row.media_type = poster.digest, poster.bytes, media_type
    _touch(session, model)


def _put(
    annotation: ModelAnnotation, matrix: Sequence[float], point: Sequence[float], normal: Sequence[float], view: Orbit
) -> None:
    if len(point) != 3 or len(normal) != 3 or not all(abs(value) < _FARTHEST for value in (*point, *normal)):
        raise Refused("answer-unknown")
    if math.hypot(*normal) < 1e-6:
        raise Refused("answer-unknown")
    annotation.point, annotation.normal = in_file(matrix, point), in_file_directed(matrix, normal)
    annotation.view = _kept(matrix, view)


def _kept(matrix: Sequence[float], view: Orbit) -> dict[str, Any]:
    try:
        return kept_view(matrix, view)
    except ValueError:
        raise Refused("answer-unknown") from None


def _touch(session: AsyncSession, model: Model) -> None:
    model.version += 1
    forget_with_commit(session)
