"""What has a manifest of its own, kind by kind, as lists of cards. Everything here is published; the rest counts as absent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.assets.models import Asset
from museum.collection.cards import (
    Card,
    artifact_card,
    artifact_options,
    exhibition_card,
    exhibition_options,
    image_card,
    image_options,
    panorama_picture,
    visible_models,
)
from museum.collection.models import Artifact, Exhibition, Image, Model
from museum.curation.visibility import image_is_visible, is_published, is_shown, scene_is_visible
from museum.database.texts import texts_by_field
from museum.scenes.cards import SceneCard, scene_card
from museum.scenes.models import Scene, Venue


@dataclass(frozen=True)
class Listed:
    """How things of one kind are listed."""

    record: Any
    visible: Callable[[], ColumnElement[bool]]
    order: tuple[Any, ...]
    options: Callable[[], tuple[Any, ...]]
    card: Callable[[Any], Card | SceneCard]


def _panorama_options(scene: Any) -> Any:
    return scene.selectinload(Scene.panorama).selectinload(Asset.blobs)


def _venue_card(venue: Venue) -> Card:
    texts = texts_by_field(venue.texts)
    entrance = venue.entrance
    shown = entrance is not None and is_shown(entrance)
    picture = panorama_picture(entrance.panorama, {}) if entrance is not None and shown else None
    return Card(venue.kind, venue.slug, texts.get("title", {}), texts.get("description", {}), picture)


LISTED: dict[str, Listed] = {
    "venues": Listed(
        Venue,
        lambda: is_published(Venue),
        (Venue.kind, Venue.position, Venue.id),
        lambda: (selectinload(Venue.texts), _panorama_options(selectinload(Venue.entrance))),
        _venue_card,
    ),
    "scenes": Listed(
        Scene,
        scene_is_visible,
        (Scene.venue_id, Scene.position, Scene.id),
        lambda: (
            selectinload(Scene.texts),
            selectinload(Scene.venue).selectinload(Venue.texts),
            selectinload(Scene.panorama).selectinload(Asset.blobs),
        ),
        scene_card,
    ),
    "exhibitions": Listed(
        Exhibition,
        lambda: is_published(Exhibition),
        (Exhibition.position, Exhibition.id),
        exhibition_options,
        exhibition_card,
    ),
    "artifacts": Listed(Artifact, lambda: is_published(Artifact), (Artifact.id,), artifact_options, artifact_card),
    # Photographs of artifacts are in the manifests of those.
    "images": Listed(
        Image, lambda: and_(Image.artifact_id.is_(None), image_is_visible()), (Image.id,), image_options, image_card
    ),
}
"""By their words in addresses."""


async def count_manifests(session: AsyncSession) -> dict[str, int]:
    """How many there are of each kind, in one statement."""
    counts = [
        select(func.count()).select_from(listed.record).where(listed.visible()).scalar_subquery()
        for listed in LISTED.values()
    ]
    return dict(zip(LISTED, (await session.execute(select(*counts))).one(), strict=True))


async def count_kind(session: AsyncSession, kind: str) -> int:
    """How many there are of `kind`."""
    listed = LISTED[kind]
    return await session.scalar(select(func.count()).select_from(listed.record).where(listed.visible())) or 0


async def list_kind(session: AsyncSession, kind: str, limit: int, offset: int) -> list[Card | SceneCard]:
    """Cards of `kind` in their order, `limit` of them from `offset` on."""
    listed = LISTED[kind]
    statement = select(listed.record).where(listed.visible()).order_by(*listed.order).limit(limit).offset(offset)
    return [listed.card(record) for record in await session.scalars(statement.options(*listed.options()))]


async def read_model(session: AsyncSession, slug: str) -> Model | None:
    """A model that visitors may see, with the artifact it is of."""
    artifact = selectinload(Model.artifact).selectinload(Artifact.texts)
    return await session.scalar(visible_models().where(Model.slug == slug).options(artifact))
