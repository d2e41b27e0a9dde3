"""What the visitors' pages show of exhibitions and activities. Everything here is published; the rest counts as absent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.collection.cards import (
    Card,
    Picture,
    Texts,
    artifact_card,
    artifact_options,
    exhibition_cards,
    exhibition_options,
    image_card,
    image_options,
    picture_of,
)
from museum.collection.models import Activity, ActivityStep, Exhibition, ExhibitionItem, ExhibitionSection
from museum.curation.visibility import is_published, is_shown
from museum.database.texts import texts_by_field


@dataclass(frozen=True)
class Section:
    title: Texts
    body: Texts
    items: list[Card]


@dataclass(frozen=True)
class ExhibitionPage:
    slug: str
    title: Texts
    subtitle: Texts
    description: Texts
    cover: Picture | None
    sections: list[Section]


@dataclass(frozen=True)
class Step:
    """One step of an activity. `scene_id` is the scene that it looks at; `data` what its kind needs."""

    kind: str
    title: Texts
    body: Texts
    picture: Picture | None
    scene_id: int | None
    data: dict[str, Any]


@dataclass(frozen=True)
class ActivityPage:
    slug: str
    title: Texts
    description: Texts
    cover: Picture | None
    steps: list[Step]


async def list_exhibitions(session: AsyncSession, offset: int = 0, limit: int | None = None) -> list[Card]:
    """Published exhibitions in their order, the number of their items with each."""
    statement = (
        select(Exhibition)
        .where(is_published(Exhibition))
        .order_by(Exhibition.position, Exhibition.id)
        .offset(offset)
        .limit(limit)
    )
    return list((await exhibition_cards(session, statement)).values())


async def list_activities(session: AsyncSession, offset: int = 0, limit: int | None = None) -> list[Card]:
    """Published activities in their order."""
    statement = (
        select(Activity)
        .where(is_published(Activity))
        .order_by(Activity.position, Activity.id)
        .offset(offset)
        .limit(limit)
        .options(selectinload(Activity.texts), selectinload(Activity.cover).options(*image_options()))
    )
    cards: list[Card] = []
    for activity in await session.scalars(statement):
        texts = texts_by_field(activity.texts)
        cards.append(
            Card(
                "activity",
                activity.slug,
                texts.get("title", {}),
                texts.get("description", {}),
                picture_of(activity.cover),
            )
        )
    return cards


async def read_exhibition(session: AsyncSession, slug: str) -> ExhibitionPage | None:
    """A published exhibition; of its items those that are published too."""
    items = selectinload(Exhibition.sections).selectinload(ExhibitionSection.items)
    exhibition = await session.scalar(
        select(Exhibition)
        .where(Exhibition.slug == slug, is_published(Exhibition))
        .options(
            *exhibition_options(),
            selectinload(Exhibition.sections).selectinload(ExhibitionSection.texts),
            items.selectinload(ExhibitionItem.artifact).options(*artifact_options()),
            items.selectinload(ExhibitionItem.image).options(*image_options()),
        )
    )
    if exhibition is None:
        return None
    texts = texts_by_field(exhibition.texts)
    sections: list[Section] = []
    for section in exhibition.sections:
        section_texts = texts_by_field(section.texts)
        cards = [card for item in section.items if (card := _item_card(item))]
        sections.append(Section(section_texts.get("title", {}), section_texts.get("body", {}), cards))
    return ExhibitionPage(
        slug=exhibition.slug,
        title=texts.get("title", {}),
        subtitle=texts.get("subtitle", {}),
        description=texts.get("description", {}),
        cover=picture_of(exhibition.cover),
        sections=sections,
    )


def _item_card(item: ExhibitionItem) -> Card | None:
    if item.artifact is not None:
        return artifact_card(item.artifact) if is_shown(item.artifact) else None
    if item.image is not None and picture_of(item.image):
        return image_card(item.image)
    return None


async def read_activity(session: AsyncSession, slug: str) -> ActivityPage | None:
    """A published activity with its steps."""
    steps = selectinload(Activity.steps)
    activity = await session.scalar(
        select(Activity)
        .where(Activity.slug == slug, is_published(Activity))
        .options(
            selectinload(Activity.texts),
            selectinload(Activity.cover).options(*image_options()),
            steps.selectinload(ActivityStep.texts),
            steps.selectinload(ActivityStep.image).options(*image_options()),
        )
    )
    if activity is None:
        return None
    texts = texts_by_field(activity.texts)
    return ActivityPage(
        slug=activity.slug,
        title=texts.get("title", {}),
        description=texts.get("description", {}),
        cover=picture_of(activity.cover),
        steps=[_step(step) for step in activity.steps],
    )


def _step(step: ActivityStep) -> Step:
    texts = texts_by_field(step.texts)
    return Step(
        kind=step.kind,
        title=texts.get("title", {}),
        body=texts.get("body", {}),
        picture=picture_of(step.image),
        scene_id=step.scene_id,
        data=step.data,
    )
