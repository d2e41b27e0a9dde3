"""What an artifact's record says besides words: its number, category, grade and years."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection.models import GRADES, Artifact
from museum.collection.moving.values import CATEGORIES
from museum.curation import roles
from museum.curation.errors import Overtaken, Refused
from museum.curation.models import Person

LONGEST_NUMBER = 64


@dataclass(frozen=True)
class Facts:
    """As a form has them. Years are astronomical; one alone is both."""

    number: str
    category: str
    grade: str
    year_from: int | None
    year_to: int | None


async def free_number(session: AsyncSession, number: str, besides: int = 0) -> str:
    """The accession number without needless blanks. Raises Refused where there is none, or where another artifact than the one with the
    id `besides` has it."""
    number = " ".join(number.split())
    if not number:
        raise Refused("accession-needed")
    if len(number) > LONGEST_NUMBER:
        raise Refused("accession-long", most=LONGEST_NUMBER)
    if await session.scalar(select(Artifact.id).where(Artifact.accession_number == number, Artifact.id != besides)):
        raise Refused("accession-taken", number=number)
    return number


async def write(session: AsyncSession, artifact: Artifact, person: Person, version: int, facts: Facts) -> None:
    """Save them (artifact locked). Raises NotAllowed, Overtaken, Refused. Its date in EDTF follows where the years are others."""
    roles.demand_change(person, artifact)
    if artifact.version != version:
        raise Overtaken
    if facts.category not in (*CATEGORIES, artifact.category) or facts.grade not in GRADES:
        raise Refused("answer-unknown")
    artifact.accession_number = await free_number(session, facts.number, artifact.id)
    artifact.category, artifact.grade = facts.category, facts.grade
    years = _years(facts)
    if years != (artifact.year_from, artifact.year_to):
        artifact.year_from, artifact.year_to = years
        artifact.edtf = edtf_of(*years)
    artifact.version += 1


def _years(facts: Facts) -> tuple[int | None, int | None]:
    given = [year for year in (facts.year_from, facts.year_to) if year is not None]
    if any(not -100_000 <= year <= 10_000 for year in given):
        raise Refused("year-range")
    if given and given[0] > given[-1]:
        raise Refused("years-order")
    return (given[0], given[-1]) if given else (None, None)


def edtf_of(first: int | None, last: int | None) -> str | None:
    """A year or the years between two as EDTF (ISO 8601-2) writes them, `-0220/0009`; None for none, and for years of more than four
    digits."""
    if first is None or last is None or max(abs(first), abs(last)) > 9999:
        return None
    written = [f"{'-' if year < 0 else ''}{abs(year):04}" for year in (first, last)]
    return "/".join(dict.fromkeys(written))
