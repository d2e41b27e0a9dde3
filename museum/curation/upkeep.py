"""What a museum's curators should see to: links that lead nowhere, and texts that a language lacks.

Counting goes through whole tables, so that it is done beside the requests: each sees what was found last.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from museum.assets.models import Asset
from museum.curation.snapshots import SHAPES
from museum.database.engine import Database
from museum.languages import LANGUAGES
from museum.scenes.models import Link, Scene, Venue

logger = logging.getLogger(__name__)

HOLDS_SECONDS = 30.0
"""For how long what was counted is good enough."""
PATIENCE = 0.08
"""Seconds that a page waits for a count under way, before it shows what was found last."""
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


def _lacks(kind: str, name: str, language: str) -> ColumnElement[bool]:
    text = SHAPES[kind].text
    record = SHAPES[kind].record
    found = select(1).where(
        text.record_id == record.id, text.field == name, text.language == language, text.value != ""
    )
    return and_(record.state == "published", ~exists(found.correlate_except(text)))


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


async def look(session: AsyncSession) -> Findings:
    """All of it."""
    broken = _broken()
    count = await session.scalar(select(func.count()).select_from(broken.subquery())) or 0
    rows = await session.execute(broken.order_by(Link.id.desc()).limit(SHOWN))
    counted = [
        select(literal(kind), literal(name), literal(language), func.count())
        .select_from(SHAPES[kind].record)
        .where(_lacks(kind, name, language))
        for kind in SHAPES
        for name in asked(kind)
        for language in LANGUAGES
    ]
    missing = {(row[0], row[1], row[2]): row[3] for row in await session.execute(union_all(*counted)) if row[3]}
    return Findings([BrokenLink(*row) for row in rows], count, missing)


class Upkeep:
    """What was found last, counted anew beside the requests when it is older than HOLDS_SECONDS."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._found: Findings | None = None
        self._until = 0.0
        self._counting: asyncio.Task[None] | None = None

    async def findings(self) -> Findings | None:
        """What was found last; None where nothing has been counted yet and counting takes long."""
        if time.monotonic() >= self._until and self._counting is None:
            self._counting = asyncio.create_task(self._count())
        if self._counting is not None:
            await asyncio.wait({self._counting}, timeout=PATIENCE)
        return self._found

    async def _count(self) -> None:
        try:
            async with self._database.read() as session:
                self._found = await look(session)
            self._until = time.monotonic() + HOLDS_SECONDS
        except Exception:
            logger.exception("what is to be seen to could not be counted")
            self._until = time.monotonic() + 5.0
        finally:
            self._counting = None

    async def close(self) -> None:
        """Give up a count under way."""
        task = self._counting
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
