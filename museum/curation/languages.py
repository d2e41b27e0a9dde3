"""Which texts a language lacks, and filling them side by side.

Simplified and Traditional are proposed from each other by machine. A proposal is no text of the record until somebody has taken it; taken
as it was it is a `draft`, written or changed by a person it is `reviewed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, distinct, exists, func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.curation import roles
from museum.curation.beside import Beside
from museum.curation.errors import Refused
from museum.curation.models import Person
from museum.curation.snapshots import SHAPES
from museum.curation.upkeep import asked, there, without
from museum.database.base import PUBLICATION_STATES
from museum.database.chinese import OTHER_SCRIPT, into_script
from museum.database.engine import Database
from museum.database.texts import pick_language, set_texts, texts_by_field
from museum.languages import LANGUAGES
from museum.scenes.models import Venue

PAGE = 20
UNREAD = ("draft", "stale")
"""States of texts that somebody has still to read."""
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
        if wanted is None:
            continue
        record, text = shape.record, shape.text
        total = await session.scalar(select(func.count()).select_from(record).where(*wanted)) or 0
        any_text = text.value != literal_column("''")
        joined = select(text.field, text.language, func.count()).where(
            any_text, text.state != literal_column("'stale'")
        )
        whole = select(text.field, func.count(distinct(text.record_id))).where(any_text)
        if wanted:
            joined, whole = (
                query.join(record, record.id == text.record_id).where(*wanted) for query in (joined, whole)
            )
        has = {(row[0], row[1]): row[2] for row in await session.execute(joined.group_by(text.field, text.language))}
        any_language = {row[0]: row[1] for row in await session.execute(whole.group_by(text.field))}
        for field in dict.fromkeys((*asked(kind), *sorted(any_language))) if total else ():
            of = total if field in asked(kind) else any_language[field]
            found[kind, field] = {language: of - has.get((field, language), 0) for language in LANGUAGES}
    return found


def counted(database: Database) -> Beside[Choice, Matrix]:
    """Matrices as counted last."""
    return Beside(database, count)


def _lacks(session: AsyncSession, kind: str, field: str, language: str) -> ColumnElement[bool]:
    """Records without a text in a language; of fields that not all need only those that have it in another."""
    lacks = without(session, kind, field, language)
    return lacks if field in asked(kind) else and_(lacks, SHAPES[kind].record.id.in_(there(kind, field)))


def _unread(kind: str, field: str, language: str) -> ColumnElement[bool]:
    """Records in which a machine's proposal stands as it was, or what was said of another source."""
    record, text = SHAPES[kind].record, SHAPES[kind].text
    return record.id.in_(there(kind, field, text.language == language, text.state.in_(UNREAD)))


def _query(
    session: AsyncSession, kind: str, field: str, language: str, choice: Choice, *, unread: bool = True
) -> Select[Any]:
    record = SHAPES[kind].record
    lacks = _lacks(session, kind, field, language)
    wanted = or_(lacks, _unread(kind, field, language)) if unread else lacks
    # Where no record of the kind can be in a venue, none is.
    chosen = _chosen(kind, choice)
    query = select(record).where(wanted, *(chosen if chosen is not None else [record.id < 0]))
    return query.order_by(record.id).options(selectinload(record.texts))


async def pairs(
    session: AsyncSession, kind: str, field: str, language: str, choice: Choice, page: int
) -> tuple[list[Pair], bool]:
    """One page of the records that lack a text, or have a machine's in its place; and whether there are more."""
    query = _query(session, kind, field, language, choice).offset((page - 1) * PAGE).limit(PAGE + 1)
    records = list(await session.scalars(query))
    return [_pair(one, field, language) for one in records[:PAGE]], len(records) > PAGE


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
    query = _query(session, kind, field, language, choice, unread=False).where(exists(source.correlate_except(text)))
    taken = kept = 0
    for one in await session.scalars(query.limit(MOST_TOGETHER).with_for_update(of=record)):
        if not roles.may_change(person, one):
            kept += 1
            continue
        taken += _write(one, field, language, propose(texts_by_field(one.texts).get(field, {}), language))
    return taken, kept
