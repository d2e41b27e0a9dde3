"""Pictures to lay beside a picture: of the same artifact, of the same walls, or found by words; and models to set beside a model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection.cards import Card, Texts, image_card, visible_images, visible_models
from museum.collection.model_files import files_of
from museum.collection.models import Artifact, ArtifactText, Image, ImageText, Model
from museum.collection.pages_query import ArtifactPage, ImagePage
from museum.curation.visibility import is_published
from museum.database.grams import ids_holding
from museum.database.texts import fold
from museum.scenes.models import Hotspot

LONGEST_WORDS = 8


@dataclass(frozen=True)
class ComparableModel:
    """A model of the artifact `slug`; `poster` is the digest of its still, `height_m` its real height where it is known."""

    slug: str
    title: Texts
    poster: str | None
    height_m: float | None


async def comparable_models(
    session: AsyncSession, artifact: ArtifactPage, words: str, limit: int = 48
) -> list[ComparableModel]:
    """Other artifacts that visitors may turn in the round, each with its first model; those of the same category first. With `words` only
    those whose title has every word."""
    first = select(func.min(Model.id)).where(Model.artifact_id.is_not(None)).group_by(Model.artifact_id)
    statement = (
        visible_models()
        .join(Artifact, Artifact.id == Model.artifact_id)
        .where(Model.id.in_(first), Artifact.id != artifact.id, is_published(Artifact))
        .order_by((Artifact.category == artifact.category).desc(), Model.id)
        .limit(limit)
        .add_columns(Artifact.slug)
    )
    folded = fold(words).split()[:LONGEST_WORDS]
    if folded:
        statement = statement.where(Artifact.id.in_(_titled(session, Artifact, ArtifactText, folded)))
    return [
        ComparableModel(slug, files.title, files.poster, files.height_m)
        for model, slug in await session.execute(statement)
        if (files := files_of(model))
    ]


async def comparable(session: AsyncSession, image: ImagePage, words: str, limit: int = 24) -> list[Card]:
    """Other pictures that visitors may see. Without `words` those come first that show the same artifact, then those that hang in the
    same scenes, then others of the same category; with them those whose title has every word."""
    statement = visible_images().where(Image.id != image.id)
    folded = fold(words).split()[:LONGEST_WORDS]
    if folded:
        own = Image.id.in_(_titled(session, Image, ImageText, folded))
        shown = Image.artifact_id.in_(_titled(session, Artifact, ArtifactText, folded))
        statement = statement.where(or_(own, shown)).order_by(Image.id)
    else:
        scenes = select(Hotspot.scene_id).where(Hotspot.image_id == image.id)
        beside = select(Hotspot.image_id).where(Hotspot.scene_id.in_(scenes), Hotspot.image_id.is_not(None))
        same_artifact = Image.artifact_id == select(Image.artifact_id).where(Image.id == image.id).scalar_subquery()
        statement = statement.where(
            or_(same_artifact, Image.id.in_(beside), Image.category == image.category)
        ).order_by(func.coalesce(same_artifact, False).desc(), Image.id.in_(beside).desc(), Image.id)
    return [card for found in await session.scalars(statement.limit(limit)) if (card := image_card(found)).picture]


def _titled(
    session: AsyncSession, record: Any, text: type[ImageText] | type[ArtifactText], words: list[str]
) -> Select[int]:
    """Records with a title that holds every word."""
    holds = [text.folded.contains(word, autoescape=True) for word in words]
    candidates = ids_holding(session, record, words)
    if candidates is not None:
        holds.append(text.record_id.in_(candidates))
    return select(text.record_id).where(text.field == "title", *holds)
