"""Which texts a language lacks, of records and of their parts, and what there is of them in others.

Simplified and Traditional are proposed from each other by machine. A proposal is no text of the record until somebody has taken it; taken
as it was it is a `draft`, written or changed by a person it is `reviewed`: see `museum.curation.translating`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.curation import gaps, inlaid, snapshot_rows
from museum.curation.bearers import BEARERS, Bearer, parts_of
from museum.curation.beside import Beside
from museum.curation.errors import NotFound, Refused
from museum.curation.naming_parts import PartName, names_of
from museum.database.base import PUBLICATION_STATES, TEXT_STATES
from museum.database.chinese import OTHER_SCRIPT, into_script
from museum.database.engine import Database
from museum.database.texts import pick_language, texts_by_field
from museum.languages import LANGUAGES

PAGE = 20
UNREAD = ("draft", "stale")
"""States of texts that somebody has still to read."""
READ = tuple(state for state in TEXT_STATES if state not in UNREAD)
NOT_STALE = tuple(state for state in TEXT_STATES if state != "stale")


@dataclass(frozen=True)
class Choice:
    """Which records are looked at: of a state, of a venue (a slug); empty for all."""

    state: str = ""
    venue: str = ""

    def __post_init__(self) -> None:
        if self.state and self.state not in PUBLICATION_STATES:
            raise Refused("state-unknown")


@dataclass(frozen=True)
class Words:
    """A text beside the one that is wanted. `source` is in `language`; `present` is what there is, in `state` (empty where there is none);
    `proposal` is the machine's, empty where it has none."""

    field: str
    language: str
    source: str
    present: str
    state: str
    proposal: str


@dataclass(frozen=True)
class Pair:
    """A text of the record `slug`, which is in `state` at `version`; with `number` it is one of that part of the record."""

    slug: str
    title: dict[str, str]
    state: str
    version: int
    words: Words
    number: int = 0
    part: PartName | None = None


@dataclass(frozen=True)
class Group:
    """All texts of a record, or with `number` of a part of it."""

    words: list[Words]
    number: int = 0
    part: PartName | None = None


Matrix = Mapping[tuple[str, str], Mapping[str, int]]
"""By (bearer, field) and language the number of those that lack the text or have a stale one; only fields that some have."""


def _chosen(bearer: Bearer, choice: Choice) -> list[ColumnElement[bool]] | None:
    """What the records have to fulfil; None where none of the kind can."""
    wanted: list[ColumnElement[bool]] = [bearer.owner.record.state == choice.state] if choice.state else []
    if choice.venue:
        within = bearer.in_venue(choice.venue)
        if within is None:
            return None
        wanted.append(within)
    return wanted


async def count(session: AsyncSession, choice: Choice) -> Matrix:
    """The numbers of all kinds. Goes through whole tables."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for bearer in BEARERS.values():
        wanted = _chosen(bearer, choice)
        if wanted is None or not await _is_some(session, bearer, wanted):
            continue
        for name in await fields_of(session, bearer, wanted):
            found[bearer.name, name] = await numbers(session, bearer, name, choice, NOT_STALE)
        for group, counts in (await inlaid.numbers(session, bearer, *wanted)).items():
            found[bearer.name, group] = counts
    return found


async def _is_some(session: AsyncSession, bearer: Bearer, wanted: list[ColumnElement[bool]]) -> bool:
    return await session.scalar(select(bearer.owner.record.id).where(*wanted).limit(1)) is not None


async def fields_of(session: AsyncSession, bearer: Bearer, wanted: list[ColumnElement[bool]]) -> list[str]:
    """The texts that all need, and those that some have."""
    found = [] if bearer.part else list(bearer.asked)
    names = await gaps.others(session, bearer)
    if bearer.part:
        names = [*bearer.asked, *names]
    for name in names:
        if await session.scalar(gaps.concerned(session, bearer, name, *wanted).limit(1)) is not None:
            found.append(name)
    return found


def counted(database: Database) -> Beside[Choice, Matrix]:
    """Matrices as counted last."""
    return Beside(database, count)


def lacking(
    session: AsyncSession,
    bearer: Bearer,
    name: str,
    language: str,
    choice: Choice,
    *conditions: ColumnElement[bool],
    **more: Any,
) -> Select[int]:
    """Ids of those of the choice that lack a text: see `gaps.lacking`. Of what is public only the parts that visitors see."""
    chosen = _chosen(bearer, choice)
    # Where no record of the kind can be in a venue, none is.
    wanted = chosen if chosen is not None else [bearer.owner.record.id < 0]
    own = (*conditions, *(bearer.seen if choice.state == "published" else ()))
    return gaps.lacking(session, bearer, name, language, *wanted, own=own, **more)


async def numbers(
    session: AsyncSession, bearer: Bearer, name: str, choice: Choice, states: Collection[str] = TEXT_STATES
) -> dict[str, int]:
    """By language how many of the choice lack a text in one of `states`. Of what is public only the parts that visitors see."""
    wanted = _chosen(bearer, choice)
    if wanted is None:
        return dict.fromkeys(LANGUAGES, 0)
    own = bearer.seen if choice.state == "published" else ()
    return await gaps.numbers(session, bearer, name, *wanted, own=own, states=states)


async def pairs(
    session: AsyncSession, bearer: Bearer, name: str, language: str, choice: Choice, page: int
) -> tuple[list[Pair], bool]:
    """One page of those that lack a text, or have a machine's in its place, or one that was said of another source; and whether there are
    more."""
    after = (page - 1) * PAGE
    if name in inlaid.GROUPS.get(bearer.name, ()):
        chosen = _chosen(bearer, choice)
        texts = [] if chosen is None else await inlaid.lacking(session, bearer, name, language, *chosen)
        here = texts[after : after + PAGE]
        return await pairs_of(session, bearer, language, here), len(texts) > after + PAGE
    ids = list(
        await session.scalars(lacking(session, bearer, name, language, choice, states=READ, most=PAGE + 1, after=after))
    )
    return await pairs_of(session, bearer, language, [(number, name) for number in ids[:PAGE]]), len(ids) > PAGE


async def pairs_of(
    session: AsyncSession, bearer: Bearer, language: str, texts: Sequence[tuple[int, str]]
) -> list[Pair]:
    """Texts by the ids of what bears them and their names, in that order; those that are gone are left out."""
    rows = bearer.rows
    query = select(rows).where(rows.id.in_({number for number, _ in texts})).options(selectinload(rows.texts))
    found = {one.id: one for one in await session.scalars(query)}
    records, names = found, {}
    if bearer.part:
        record = bearer.owner.record
        owners = {getattr(one, bearer.shape.owner) for one in found.values()}
        query = select(record).where(record.id.in_(owners)).options(selectinload(record.texts))
        records = {one.id: one for one in await session.scalars(query)}
        names = await names_of(session, bearer, found.values())
    return [
        _pair(
            records[getattr(found[number], bearer.shape.owner) if bearer.part else number],
            words_of(bearer, found[number], name, language),
            number if bearer.part else 0,
            names.get(number),
        )
        for number, name in texts
        if number in found
    ]


def _pair(record: Any, words: Words, number: int = 0, part: PartName | None = None) -> Pair:
    title = texts_by_field(record.texts).get("title", {})
    return Pair(record.slug, title, record.state, record.version, words, number, part)


def values_of(bearer: Bearer, one: Any, name: str) -> dict[str, str]:
    """The text `name` of a record or part (texts loaded) by language."""
    if inlaid.group_of(bearer.name, name):
        return inlaid.texts_in(bearer.name, lambda column: getattr(one, column)).get(name, {})
    return texts_by_field(one.texts).get(name, {})


def words_of(bearer: Bearer, one: Any, name: str, language: str) -> Words:
    """The text `name` of a record or part (texts loaded) beside that of another language."""
    values = values_of(bearer, one, name)
    others = {tag: value for tag, value in values.items() if tag != language}
    source = pick_language(others, language) or ""
    row = next((row for row in one.texts if row.field == name and row.language == language), None)
    present = values.get(language, "")
    proposal = "" if present else propose(values, language)
    # Those that know no states count as read.
    state = "" if not present else row.state if row else "reviewed"
    return Words(name, source, others.get(source, ""), present, state, proposal)


def propose(values: Mapping[str, str], language: str) -> str:
    """What the machine makes of the text in the other script; empty where there is none."""
    found = values.get(OTHER_SCRIPT.get(language, ""), "")
    return into_script(found, language) if found else ""


async def side_by_side(session: AsyncSession, kind: str, slug: str, language: str) -> tuple[Any, list[Group]]:
    """A record with all its texts, its own and below them those of its parts in their order. Raises NotFound."""
    record = await snapshot_rows.load(session, kind, slug)
    if record is None:
        raise NotFound(f"no-such-{kind}")
    groups = [Group(_all_words(record, BEARERS[kind], language))]
    for bearer in parts_of(kind):
        parts = getattr(record, bearer.part)
        names = await names_of(session, bearer, parts)
        needed = await _needed(session, bearer, record.id)
        groups += [
            Group(_all_words(one, bearer, language, needed.get(one.id, [])), one.id, names[one.id]) for one in parts
        ]
    return record, [group for group in groups if group.words]


async def first_wanting(session: AsyncSession, kind: str, slug: str) -> str | None:
    """The first language in which a text of a record is missing or stale, else the first in which somebody has still to read one; None
    where there is nothing to do. Raises NotFound."""
    unread: str | None = None
    for language in LANGUAGES:
        _, groups = await side_by_side(session, kind, slug, language)
        states = {words.state for group in groups for words in group.words}
        if not states <= set(NOT_STALE):
            return language
        if unread is None and states & set(UNREAD):
            unread = language
    return unread


async def _needed(session: AsyncSession, bearer: Bearer, owner: int) -> dict[int, list[str]]:
    """By the ids of a record's parts the texts that they cannot be without."""
    found: dict[int, list[str]] = {}
    for name, conditions in bearer.needed.items():
        query = select(bearer.rows.id).where(bearer.belongs_to == owner, or_(*conditions))
        for number in await session.scalars(query):
            found.setdefault(number, []).append(name)
    return found


def _all_words(one: Any, bearer: Bearer, language: str, needed: Sequence[str] = ()) -> list[Words]:
    """Those that are needed or asked for first, then the others that there are."""
    there = {name for name, values in texts_by_field(one.texts).items() if any(values.values())}
    wanted = there.union(needed if bearer.part else bearer.asked) - bearer.untold
    names = [*(name for name in bearer.asked if name in wanted), *sorted(wanted.difference(bearer.asked))]
    within = inlaid.texts_in(bearer.name, lambda column: getattr(one, column))
    return [words_of(bearer, one, name, language) for name in (*names, *within)]
