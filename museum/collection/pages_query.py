"""What the visitors' pages show of the collection. Everything here is published; the rest counts as absent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.collection.cards import (
    Card,
    Picture,
    Texts,
    artifact_card,
    artifact_options,
    exhibition_cards,
    image_card,
    picture_of,
    visible_images,
    visible_models,
)
from museum.collection.model_files import ModelFiles, files_of
from museum.collection.models import (
    Artifact,
    Exhibition,
    ExhibitionItem,
    ExhibitionSection,
    Image,
    Model,
)
from museum.curation.visibility import is_published, is_shown
from museum.database.texts import TextRow, texts_by_field

ARTIFACT_FIELDS = ("title", "period", "material", "dimensions", "source", "condition", "description")
IMAGE_FIELDS = ("title", "caption", "alt")


def _texts(rows: Iterable[TextRow], fields: tuple[str, ...]) -> dict[str, Texts]:
    """Texts by field, empty where a field has none."""
    found = texts_by_field(rows)
    return {field: found.get(field, {}) for field in fields}


@dataclass(frozen=True)
class ArtifactPage:
    """A collection record with its pictures. `texts` has the fields of `ArtifactText`."""

    id: int
    slug: str
    accession_number: str
    category: str
    grade: str
    edtf: str | None
    year_from: int | None
    year_to: int | None
    texts: dict[str, Texts]
    images: list[tuple[Picture, Texts]]
    models: list[ModelFiles]
    exhibitions: list[Card]
    related: list[Card]


@dataclass(frozen=True)
class ImagePage:
    """A display image, with the artifact it shows, if any."""

    id: int
    slug: str
    category: str
    texts: dict[str, Texts]
    picture: Picture
    rights: str | None
    width_mm: float | None
    height_mm: float | None
    artifact: Card | None
    exhibitions: list[Card]


@dataclass(frozen=True)
class Listing:
    """One page of a longer list. `counts` are all records by category, largest first."""

    cards: list[Card]
    total: int
    counts: dict[str, int] = field(default_factory=dict)


async def list_treasures(session: AsyncSession, limit: int) -> list[Card]:
    """Published artifacts that have a model to turn in the hand."""
    models = visible_models().with_only_columns(Model.artifact_id)
    statement = (
        select(Artifact)
        .where(is_published(Artifact), Artifact.id.in_(models))
        .order_by(Artifact.id)
        .limit(limit)
        .options(*artifact_options())
    )
    return [artifact_card(artifact) for artifact in await session.scalars(statement)]


async def list_collection(session: AsyncSession, category: str | None, offset: int, limit: int) -> Listing:
    """Published artifacts, of one category where it is given, `limit` of them from `offset` on."""
    counted = await session.execute(
        select(Artifact.category, func.count())
        .where(is_published(Artifact))
        .group_by(Artifact.category)
        .order_by(func.count().desc(), Artifact.category)
    )
    counts = dict(counted.all())
    statement = select(Artifact).where(is_published(Artifact))
    if category:
        statement = statement.where(Artifact.category == category)
    statement = statement.order_by(Artifact.id).offset(offset).limit(limit).options(*artifact_options())
    total = counts.get(category, 0) if category else sum(counts.values())
    return Listing([artifact_card(artifact) for artifact in await session.scalars(statement)], total, counts)


async def read_artifact(session: AsyncSession, slug: str) -> ArtifactPage | None:
    """A published artifact with its pictures, models, exhibitions and up to six others of its kind and time."""
    statement = select(Artifact).where(Artifact.slug == slug, is_published(Artifact))
    artifact = await session.scalar(statement.options(*artifact_options()))
    if artifact is None:
        return None
    models = await session.scalars(visible_models().where(Model.artifact_id == artifact.id).order_by(Model.id))
    pictures = [(picture_of(image), texts_by_field(image.texts)) for image in artifact.images]
    return ArtifactPage(
        id=artifact.id,
        slug=artifact.slug,
        accession_number=artifact.accession_number,
        category=artifact.category,
        grade=artifact.grade,
        edtf=artifact.edtf,
        year_from=artifact.year_from,
        year_to=artifact.year_to,
        texts=_texts(artifact.texts, ARTIFACT_FIELDS),
        images=[(picture, texts.get("caption") or texts.get("title") or {}) for picture, texts in pictures if picture],
        models=[found for model in models if (found := files_of(model))],
        exhibitions=await _exhibitions_with(session, ExhibitionItem.artifact_id == artifact.id),
        related=await _related(session, artifact),
    )


async def _exhibitions_with(session: AsyncSession, condition: Any) -> list[Card]:
    sections = select(ExhibitionSection.exhibition_id).join(ExhibitionItem).where(condition)
    statement = (
        select(Exhibition)
        .where(is_published(Exhibition), Exhibition.id.in_(sections))
        .order_by(Exhibition.position, Exhibition.id)
        .limit(6)
    )
    return list((await exhibition_cards(session, statement)).values())


async def _related(session: AsyncSession, artifact: Artifact, limit: int = 6) -> list[Card]:
    """Artifacts of the same category, those nearest in time first, then those registered next to it."""
    others = select(Artifact).where(
        is_published(Artifact), Artifact.category == artifact.category, Artifact.id != artifact.id
    )
    if artifact.year_from is not None:
        apart = func.abs(func.coalesce(Artifact.year_from, 99999) - artifact.year_from)
        others = others.order_by(apart, func.abs(Artifact.id - artifact.id))
    else:
        others = others.order_by(func.abs(Artifact.id - artifact.id))
    return [artifact_card(other) for other in await session.scalars(others.limit(limit).options(*artifact_options()))]


async def read_image(session: AsyncSession, slug: str) -> ImagePage | None:
    """A published image that is ready to be looked at."""
    image = await session.scalar(
        visible_images().where(Image.slug == slug).options(selectinload(Image.artifact).options(*artifact_options()))
    )
    picture = picture_of(image)
    if image is None or picture is None:
        return None
    artifact = image.artifact
    return ImagePage(
        id=image.id,
        slug=image.slug,
        category=image.category,
        texts=_texts(image.texts, IMAGE_FIELDS),
        picture=picture,
        rights=image.rights,
        width_mm=image.width_mm,
        height_mm=image.height_mm,
        artifact=artifact_card(artifact) if artifact is not None and is_shown(artifact) else None,
        exhibitions=await _exhibitions_with(session, ExhibitionItem.image_id == image.id),
    )


@dataclass(frozen=True)
class Opened:
    """Cards of things by their ids, as hotspots name them; a model stands for its artifact."""

    artifacts: dict[int, Card]
    images: dict[int, Card]
    models: dict[int, Card]
    exhibitions: dict[int, Card]


async def read_opened(
    session: AsyncSession, artifacts: set[int], images: set[int], models: set[int], exhibitions: set[int]
) -> Opened:
    """What hotspots open, as far as visitors may see it."""
    found_models: dict[int, int] = {}
    if models:
        for model in await session.scalars(visible_models().where(Model.id.in_(models))):
            if model.artifact_id is not None:
                found_models[model.id] = model.artifact_id
    wanted = artifacts | set(found_models.values())
    statement = select(Artifact).where(Artifact.id.in_(wanted), is_published(Artifact)).options(*artifact_options())
    artifact_cards = {one.id: artifact_card(one) for one in await session.scalars(statement)} if wanted else {}
    image_cards = (
        {one.id: image_card(one) for one in await session.scalars(visible_images().where(Image.id.in_(images)))}
        if images
        else {}
    )
    shown = select(Exhibition).where(Exhibition.id.in_(exhibitions), is_published(Exhibition))
    return Opened(
        artifacts=artifact_cards,
        images=image_cards,
        models={model: artifact_cards[one] for model, one in found_models.items() if one in artifact_cards},
        exhibitions=await exhibition_cards(session, shown) if exhibitions else {},
    )


async def image_ids(session: AsyncSession, artifact_id: int) -> list[int]:
    """The photographs of an artifact."""
    return list(await session.scalars(select(Image.id).where(Image.artifact_id == artifact_id)))
