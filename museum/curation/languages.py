"""Which texts a language lacks, and filling them side by side.

Simplified and Traditional are proposed from each other by machine. A proposal is no text of the record until somebody has taken it; taken
as it was it is a `draft`, written or changed by a person it is `reviewed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.curation import gaps, roles
from museum.curation.beside import Beside
from museum.curation.errors import Refused
from museum.curation.models import Person
from museum.curation.snapshots import SHAPES
from museum.database.base import PUBLICATION_STATES, TEXT_STATES
from museum.database.chinese import OTHER_SCRIPT, into_script
from museum.database.engine import Database
from museum.database.texts import pick_language, set_texts, texts_by_field
from museum.languages import LANGUAGES
from museum.scenes.models import Venue

PAGE = 20
UNREAD = ("draft", "stale")
"""States of texts that somebody has still to read."""
READ = tuple(state for state in TEXT_STATES if state not in UNREAD)
NOT_STALE = tuple(state for state in TEXT_STATES if state != "stale")
MOST_TOGETHER = 500
"""Records that are written in one act."""
LONGEST = 20_000


@dataclass(frozen=True)
class Choice:
    """Which records are looked at: of a state, of a venue (a slug); empty for all."""

    state: str = ""
    venue: str = ""

    def __post_init__(self) -> None:
        if self.state and self.state not in PUBLICATION_STATES:
            raise Refused("state-unknown")


@dataclass(frozen=True)
class Pair:
    """A record with a text beside the one that is wanted. `source` is in `language`; `proposal` is the machine's, empty where it has none;
    `draft` where a proposal was taken unread, `stale` where the source has changed since. `slug` names it in forms."""

    slug: str
    title: dict[str, str]
    state: str
    language: str
    source: str
    present: str
    proposal: str
    draft: bool
    stale: bool = False


Matrix = Mapping[tuple[str, str], Mapping[str, int]]
"""By (kind, field) and language the number of records that lack the text or have a stale one; only fields that some record has."""


def _chosen(kind: str, choice: Choice) -> list[ColumnElement[bool]] | None:
    """What records of `kind` have to fulfil; None where none of the kind can."""
    record = SHAPES[kind].record
    wanted: list[ColumnElement[bool]] = [record.state == choice.state] if choice.state else []
    if choice.venue:
        if kind == "venue":
            wanted.append(record.slug == choice.venue)
        elif hasattr(record, "venue_id"):
            wanted.append(record.venue_id.in_(select(Venue.id).where(Venue.slug == choice.venue)))
        else:
            return None
    return wanted


async def count(session: AsyncSession, choice: Choice) -> Matrix:
    """The numbers of all kinds. Goes through whole tables."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for kind, shape in SHAPES.items():
        wanted = _chosen(kind, choice)
        if wanted is None or await session.scalar(select(shape.record.id).where(*wanted).limit(1)) is None:
            continue
        for field in (*gaps.asked(kind), *await _others(session, kind, wanted)):
            found[kind, field] = {
                language: await session.scalar(
                    gaps.count(gaps.lacking(session, kind, field, language, *wanted, states=NOT_STALE))
                )
                or 0
                for language in LANGUAGES
            }
    return found


async def _others(session: AsyncSession, kind: str, wanted: list[ColumnElement[bool]]) -> list[str]:
    """The texts that some record has, beside those that all need."""
    record, text = SHAPES[kind].record, SHAPES[kind].text
    found: list[str] = []
    for field in await gaps.others(session, kind):
        some = gaps.there(kind, field).join(record, record.id == text.record_id).where(*wanted)
        if await session.scalar(some.limit(1)) is not None:
            found.append(field)
    return found


def counted(database: Database) -> Beside[Choice, Matrix]:
    """Matrices as counted last."""
    return Beside(database, count)


def _lacking(
    session: AsyncSession,
    kind: str,
    field: str,
    language: str,
    choice: Choice,
    *conditions: ColumnElement[bool],
    **more: Any,
) -> Select[int]:
    # Where no record of the kind can be in a venue, none is.
    chosen = _chosen(kind, choice)
    wanted = chosen if chosen is not None else [SHAPES[kind].record.id < 0]
    return gaps.lacking(session, kind, field, language, *wanted, *conditions, **more)


async def pairs(
    session: AsyncSession, kind: str, field: str, language: str, choice: Choice, page: int
) -> tuple[list[Pair], bool]:
    """One page of the records that lack a text, or have a machine's in its place, or one that was said of another source; and whether there
    are more."""
    after = (page - 1) * PAGE
    lacked = _lacking(session, kind, field, language, choice, states=READ, most=PAGE + 1, after=after)
    ids = list(await session.scalars(lacked))
    record = SHAPES[kind].record
    records = select(record).where(record.id.in_(ids[:PAGE])).order_by(record.id).options(selectinload(record.texts))
    return [_pair(one, field, language) for one in await session.scalars(records)], len(ids) > PAGE


def _pair(record: Any, field: str, language: str) -> Pair:
    texts = texts_by_field(record.texts)
    values = texts.get(field, {})
    others = {tag: value for tag, value in values.items() if tag != language}
    source = pick_language(others, language) or ""
    row = next((one for one in record.texts if one.field == field and one.language == language), None)
    present = row.value if row else ""
    proposal = "" if present else propose(values, language)
    state = row.state if row is not None else ""
    return Pair(
        record.slug,
        texts.get("title", {}),
        record.state,
        source,
        others.get(source, ""),
        present,
        proposal,
        state == "draft",
        state == "stale",
    )


def propose(values: Mapping[str, str], language: str) -> str:
    """What the machine makes of the text in the other script; empty where there is none."""
    found = values.get(OTHER_SCRIPT.get(language, ""), "")
    return into_script(found, language) if found else ""


async def write(
    session: AsyncSession, kind: str, field: str, language: str, person: Person, values: Mapping[str, str]
) -> tuple[int, int]:
    """Make `values`, by slug, the texts of `field`; empty ones leave all as it is. What is the machine's proposal, unchanged, is a draft; a
    draft that is sent again is reviewed. How many were written, and how many records she may not change."""
    record = SHAPES[kind].record
    values = {slug: value.strip() for slug, value in values.items() if value.strip()}
    if len(values) > MOST_TOGETHER or any(len(value) > LONGEST for value in values.values()):
        raise Refused("texts-many", most=MOST_TOGETHER)
    query = select(record).where(record.slug.in_(values)).options(selectinload(record.texts))
    written = kept = 0
    for one in await session.scalars(query.with_for_update(of=record)):
        if not roles.may_change(person, one):
            kept += 1
            continue
        written += _write(one, field, language, values[one.slug])
    return written, kept


def _write(record: Any, field: str, language: str, value: str) -> bool:
    values = texts_by_field(record.texts).get(field, {})
    row = next((one for one in record.texts if one.field == field and one.language == language), None)
    if row is not None and row.value == value:
        if row.state not in UNREAD:
            return False
        row.state = "reviewed"
    else:
        fresh = row is None and value == propose(values, language)
        set_texts(record, field, {language: value}, "draft" if fresh else "reviewed")
    record.version += 1
    return True


async def take_all(
    session: AsyncSession, kind: str, field: str, language: str, choice: Choice, person: Person
) -> tuple[int, int]:
    """Take the machine's proposals for up to MOST_TOGETHER records of the choice that lack the text. How many were taken, and how many she
    may not change."""
    if language not in OTHER_SCRIPT:
        raise Refused("no-proposals")
    record, text = SHAPES[kind].record, SHAPES[kind].text
    source = select(1).where(
        text.record_id == record.id, text.field == field, text.language == OTHER_SCRIPT[language], text.value != ""
    )
    proposed = exists(source.correlate_except(text))
    lacked = _lacking(session, kind, field, language, choice, proposed, most=MOST_TOGETHER)
    query = select(record).where(record.id.in_(lacked)).order_by(record.id).options(selectinload(record.texts))
    taken = kept = 0
    for one in await session.scalars(query.with_for_update(of=record)):
        if not roles.may_change(person, one):
            kept += 1
            continue
        taken += _write(one, field, language, propose(texts_by_field(one.texts).get(field, {}), language))
    return taken, kept
