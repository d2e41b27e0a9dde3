"""Pictures to lay beside a picture: of the same artifact, of the same walls, or found by words."""

from __future__ import annotations

from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection.cards import Card, image_card, visible_images
from museum.collection.models import ArtifactText, Image, ImageText
from museum.collection.pages_query import ImagePage
from museum.database.texts import fold
from museum.scenes.models import Hotspot

LONGEST_WORDS = 8


async def comparable(session: AsyncSession, image: ImagePage, words: str, limit: int = 24) -> list[Card]:
    """Other pictures that visitors may see. Without `words` those come first that show the same artifact, then those that hang in the
    same scenes, then others of the same category; with them those whose title has every word."""
    statement = visible_images().where(Image.id != image.id)
    folded = fold(words).split()[:LONGEST_WORDS]
    if folded:
        found = [_titled(text, folded) for text in (ImageText, ArtifactText)]
        statement = statement.where(or_(Image.id.in_(found[0]), Image.artifact_id.in_(found[1]))).order_by(Image.id)
    else:
        scenes = select(Hotspot.scene_id).where(Hotspot.image_id == image.id)
        beside = select(Hotspot.image_id).where(Hotspot.scene_id.in_(scenes), Hotspot.image_id.is_not(None))
        same_artifact = Image.artifact_id == select(Image.artifact_id).where(Image.id == image.id).scalar_subquery()
        statement = statement.where(
            or_(same_artifact, Image.id.in_(beside), Image.category == image.category)
        ).order_by(func.coalesce(same_artifact, False).desc(), Image.id.in_(beside).desc(), Image.id)
    return [card for found in await session.scalars(statement.limit(limit)) if (card := image_card(found)).picture]


def _titled(text: type[ImageText] | type[ArtifactText], words: list[str]) -> Select[int]:
    """Records with a title that holds every word."""
    holds = [text.folded.contains(word, autoescape=True) for word in words]
    return select(text.record_id).where(text.field == "title", *holds)
