"""What a museum's curators should see to: links that lead nowhere, and texts that a language lacks.

Counting goes through whole tables, so that it is done beside the requests (`museum.curation.beside`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from museum.assets.models import Asset
from museum.curation import inlaid
from museum.curation.bearers import BEARERS
from museum.curation.languages import Choice, numbers
from museum.scenes.models import Link, Scene, Venue

SHOWN = 12


@dataclass(frozen=True)
class BrokenLink:
    """A link in a published scene that visitors don't see, since they may not enter what it leads to."""

    source: str
    target: str


@dataclass(frozen=True)
class Findings:
    """`missing` are numbers of published records, and of the parts of these that visitors see, by (bearer, field, language) that lack the
    text; none where nothing is missing."""

    broken: list[BrokenLink] = field(default_factory=list)
    broken_count: int = 0
    missing: dict[tuple[str, str, str], int] = field(default_factory=dict)


def _broken() -> Select[str, str, int]:
    """Both ends of each link that visitors don't see, and how many there are."""
    source, target, shut, venue = aliased(Scene), aliased(Scene), aliased(Scene), aliased(Venue)
    # Few scenes are shut: the links to them are found by their targets.
    closed = (
        select(shut.id)
        .join(venue, venue.id == shut.venue_id)
        .outerjoin(Asset, Asset.id == shut.panorama_id)
        .where(or_(shut.state != "published", venue.state != "published", func.coalesce(Asset.state, "") != "ready"))
    )
    return (
        select(source.slug, target.slug, func.count().over())
        .select_from(Link)
        .join(target, target.id == Link.target_id)
        .join(source, source.id == Link.source_id)
        .where(Link.target_id.in_(closed), source.state == "published")
        .order_by(Link.id.desc())
        .limit(SHOWN)
    )


async def look(session: AsyncSession, _: None = None) -> Findings:
    """All of it."""
    broken = (await session.execute(_broken())).all()
    missing: dict[tuple[str, str, str], int] = {}
    for bearer in BEARERS.values():
        for name in bearer.asked:
            lacked = await numbers(session, bearer, name, Choice("published"))
            missing |= {(bearer.name, name, language): number for language, number in lacked.items() if number}
        public = bearer.owner.record.state == "published"
        for group, counts in (await inlaid.numbers(session, bearer, public)).items():
            missing |= {(bearer.name, group, language): number for language, number in counts.items() if number}
    return Findings([BrokenLink(row[0], row[1]) for row in broken], broken[0][2] if broken else 0, missing)
