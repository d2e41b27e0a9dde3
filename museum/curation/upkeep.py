"""What a museum's curators should see to: links that lead nowhere, and texts that a language lacks.

Counting goes through whole tables, so that it is done beside the requests (`museum.curation.beside`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, exists, func, literal, literal_column, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from museum.assets.models import Asset
from museum.curation.snapshots import SHAPES
from museum.languages import LANGUAGES
from museum.scenes.models import Link, Scene, Venue

SHOWN = 12
DESCRIBED = ("image", "model")
"""Kinds that need a text in the place of the picture, for those who don't see it."""


@dataclass(frozen=True)
class BrokenLink:
    """A link in a published scene that visitors don't see, since they may not enter what it leads to."""

    source: str
    target: str


@dataclass(frozen=True)
class Findings:
    """`missing` are numbers of published records by (kind, field, language) that lack the text; none where nothing is missing."""

    broken: list[BrokenLink] = field(default_factory=list)
    broken_count: int = 0
    missing: dict[tuple[str, str, str], int] = field(default_factory=dict)


def there(kind: str, name: str, *conditions: ColumnElement[bool]) -> Select[int]:
    """Ids of the records that have a text."""
    text = SHAPES[kind].text
    # As a literal, so that the index of what there is is found.
    return select(text.record_id).where(text.field == name, text.value != literal_column("''"), *conditions)


def without(session: AsyncSession, kind: str, name: str, language: str) -> ColumnElement[bool]:
    """Whether a record lacks a text. SQLite gathers those that have it once, where it would look each of them up again; PostgreSQL puts
    both side by side only in the other form."""
    record, text = SHAPES[kind].record, SHAPES[kind].text
    found = there(kind, name, text.language == language)
    if session.get_bind().dialect.name == "sqlite":
        return record.id.not_in(found)
    return ~exists(found.where(text.record_id == record.id).correlate_except(text))


def _broken() -> Select[str, str]:
    source, target, venue = aliased(Scene), aliased(Scene), aliased(Venue)
    return (
        select(source.slug, target.slug)
        .select_from(target)
        .join(Link, Link.target_id == target.id)
        .join(source, source.id == Link.source_id)
        .join(venue, venue.id == target.venue_id)
        .outerjoin(Asset, Asset.id == target.panorama_id)
        .where(
            source.state == "published",
            or_(target.state != "published", venue.state != "published", func.coalesce(Asset.state, "") != "ready"),
        )
    )


def asked(kind: str) -> tuple[str, ...]:
    """The texts that every record of a kind should have in all languages."""
    return ("title", "alt") if kind in DESCRIBED else ("title",)


async def look(session: AsyncSession, _: None = None) -> Findings:
    """All of it."""
    broken = _broken()
    count = await session.scalar(select(func.count()).select_from(broken.subquery())) or 0
    rows = await session.execute(broken.order_by(Link.id.desc()).limit(SHOWN))
    counted = [
        select(literal(kind), literal(name), literal(language), func.count())
        .select_from(SHAPES[kind].record)
        .where(SHAPES[kind].record.state == "published", without(session, kind, name, language))
        for kind in SHAPES
        for name in asked(kind)
        for language in LANGUAGES
    ]
    missing = {(row[0], row[1], row[2]): row[3] for row in await session.execute(union_all(*counted)) if row[3]}
    return Findings([BrokenLink(*row) for row in rows], count, missing)
