"""What somebody should know before she opens a hall: which texts visitors would miss, and which scenes they would never find.

Nothing of it hinders the opening. In a large hall it takes longer to find than the page may, so that it is found beside it (`beside`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation import belongings, gaps, unreached
from museum.curation.bearers import BEARERS
from museum.curation.opening import Offer
from museum.curation.snapshots import KINDS, SHAPES
from museum.curation.unreached import Unreached
from museum.languages import LANGUAGES
from museum.scenes.models import Venue


@dataclass(frozen=True)
class Opening:
    """What opening a hall would show. Two are the same if they would show the same."""

    venue_id: int
    token: str
    opened: Mapping[str, Collection[str]] = field(compare=False)
    """By kind the slugs of what can be shown."""
    ids: Mapping[str, Collection[int]] = field(compare=False)
    """By kind all that visitors don't see yet."""


@dataclass(frozen=True)
class Warnings:
    """`lacks` are by kind, field and language how many of all that is to be shown lack the text, none where no one does."""

    lacks: Mapping[tuple[str, str, str], int]
    astray: Unreached


def of(venue: Venue, offered: Sequence[Offer]) -> Opening:
    """The opening that is offered."""
    opened = {one.kind: one.ready for one in offered}
    said = [(one.kind, sorted(one.ready), sorted(one.versions.items())) for one in offered]
    token = hashlib.sha256(repr(said).encode()).hexdigest()
    return Opening(venue.id, token, opened, {one.kind: list(one.versions) for one in offered})


async def look(session: AsyncSession, wanted: Opening) -> Warnings:
    """All of it."""
    lacks: dict[tuple[str, str, str], int] = {}
    for kind, ids in wanted.ids.items():
        lacks |= {(kind, *what): number for what, number in (await lacking(session, kind, ids)).items()}
    venue = await session.get_one(Venue, wanted.venue_id)
    return Warnings(lacks, await unreached.after_opening(session, venue, wanted.opened))


async def lacking(session: AsyncSession, kind: str, ids: Collection[int]) -> dict[tuple[str, str], int]:
    """By field and language how many of the records with these ids lack the text, none where no one does."""
    bearer = BEARERS[kind]
    return {
        (name, language): number
        for name in bearer.asked
        for language, number in (await gaps.among(session, bearer, name, ids)).items()
        if number
    }


async def lacks_alone(session: AsyncSession, record: Any) -> dict[tuple[str, str, str], int]:
    """By kind, field and language how much lacks a text of all that showing this record alone makes visible: itself, and with a hall what
    is public in it already. A title that it has in no language is an obstacle, and said as that."""
    kind = KINDS[type(record)]
    found = {(kind, *what): count for what, count in (await lacking(session, kind, [record.id])).items()}
    if all((kind, "title", language) in found for language in LANGUAGES):
        found = {what: count for what, count in found.items() if what[1] != "title"}
    for one, _, whose in belongings.SHOWS["venue"] if kind == "venue" else ():
        shown = whose == record.id, SHAPES[one].record.state == "published"
        for name in BEARERS[one].asked:
            lacks = await gaps.numbers(session, BEARERS[one], name, *shown)
            found |= {(one, name, language): count for language, count in lacks.items() if count}
    return found
