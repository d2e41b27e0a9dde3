"""What the records of artifacts and images say besides words: number, category, grade and date; rights and size."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection.models import GRADES, Artifact, Image
from museum.collection.moving.values import CATEGORIES, is_edtf, years_of_edtf
from museum.curation import roles
from museum.curation.errors import Overtaken, Refused
from museum.curation.models import Person
from museum.curation.visibility import forget_with_commit

LONGEST_NUMBER = 64
LONGEST_RIGHTS = 500
LARGEST_MM = 1_000_000


@dataclass(frozen=True)
class Facts:
    """As a form has them. Years are astronomical; one alone is both. `edtf` is the date so written, None where the form does not ask."""

    number: str
    category: str
    grade: str
    year_from: int | None
    year_to: int | None
    edtf: str | None = None


@dataclass(frozen=True)
class ImageFacts:
    """As a form has them: `rights` is the address of a licence, or words; sizes of the thing are in millimetres."""

    category: str
    rights: str
    width_mm: float | None
    height_mm: float | None


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
    """Save them (artifact locked). Raises NotAllowed, Overtaken, Refused. Of years and EDTF the one that she left as it was follows
    the other."""
    roles.demand_change(person, artifact)
    if artifact.version != version:
        raise Overtaken
    if facts.category not in (*CATEGORIES, artifact.category) or facts.grade not in GRADES:
        raise Refused("answer-unknown")
    artifact.accession_number = await free_number(session, facts.number, artifact.id)
    artifact.category, artifact.grade = facts.category, facts.grade
    _date(artifact, facts)
    artifact.version += 1


def _date(artifact: Artifact, facts: Facts) -> None:
    years, stood = _years(facts), (artifact.year_from, artifact.year_to)
    edtf = artifact.edtf if facts.edtf is None else facts.edtf.strip() or None
    if edtf != artifact.edtf:
        if edtf is not None and not is_edtf(edtf):
            raise Refused("edtf-malformed")
        if edtf is not None and years == stood:
            years = _in_order(*years_of_edtf(edtf))
    elif years != stood:
        edtf = edtf_of(*years)
    artifact.year_from, artifact.year_to = years
    artifact.edtf = edtf


async def write_image(session: AsyncSession, image: Image, person: Person, version: int, facts: ImageFacts) -> None:
    """Save them (image locked). Raises NotAllowed, Overtaken, Refused."""
    roles.demand_change(person, image)
    if image.version != version:
        raise Overtaken
    if facts.category not in (*CATEGORIES, image.category):
        raise Refused("answer-unknown")
    if any(size is not None and not 0 < size <= LARGEST_MM for size in (facts.width_mm, facts.height_mm)):
        raise Refused("size-range")
    rights = facts.rights.strip() or None
    if len(rights or "") > LONGEST_RIGHTS:
        raise Refused("text-long", most=LONGEST_RIGHTS)
    if rights != image.rights:
        # What may be taken home is another.
        forget_with_commit(session)
    image.category, image.rights = facts.category, rights
    image.width_mm, image.height_mm = facts.width_mm, facts.height_mm
    image.version += 1


def _years(facts: Facts) -> tuple[int | None, int | None]:
    given = [year for year in (facts.year_from, facts.year_to) if year is not None]
    return _in_order(given[0], given[-1]) if given else (None, None)


def _in_order(first: int, last: int) -> tuple[int, int]:
    if any(not -100_000 <= year <= 10_000 for year in (first, last)):
        raise Refused("year-range")
    if first > last:
        raise Refused("years-order")
    return first, last


def edtf_of(first: int | None, last: int | None) -> str | None:
    """A year or the years between two as EDTF (ISO 8601-2) writes them, `-0220/0009`; None for none, and for years of more than four
    digits."""
    if first is None or last is None or max(abs(first), abs(last)) > 9999:
        return None
    written = [f"{'-' if year < 0 else ''}{abs(year):04}" for year in (first, last)]
    return "/".join(dict.fromkeys(written))
