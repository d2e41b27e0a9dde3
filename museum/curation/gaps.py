"""Which records, and which parts of records, lack a text."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    Subquery,
    case,
    except_,
    exists,
    func,
    literal_column,
    select,
    text,
    union,
)
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation.bearers import Bearer
from museum.curation.belongings import parts
from museum.database.base import TEXT_STATES
from museum.languages import LANGUAGES

_ALL = 2**62


class _Flat(CompoundSelect[Any]):
    """A part of another compound statement, without parentheses around it: SQLite, which works from left to right, knows none there. As a
    statement within a statement it would have to be sorted as a whole, though it comes in order."""

    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:
        return self


async def others(session: AsyncSession, bearer: Bearer) -> list[str]:
    """The texts that some have beside those that are asked for first. Each is found behind the one before it: there are few in very many
    rows."""
    words = bearer.text
    found: list[str] = []
    last = ""
    while True:
        following = select(words.field).where(words.field > last, words.value != literal_column("''"))
        name = await session.scalar(following.order_by(words.field).limit(1))
        if name is None:
            return [name for name in found if name not in bearer.asked and name not in bearer.untold]
        found.append(last := name)


def lacking(
    session: AsyncSession,
    bearer: Bearer,
    name: str,
    language: str,
    *conditions: ColumnElement[bool],
    own: Collection[ColumnElement[bool]] = (),
    states: Collection[str] = TEXT_STATES,
    most: int = _ALL,
    after: int = 0,
) -> Select[int]:
    """Ids, in their order, of those that lack a text in one of `states`, whose record fulfils `conditions` and which themselves fulfil
    `own`; `most` of them behind the first `after`. Of a text that not all need, they are those that have it in some language.

    SQLite goes through the numbers of the records and of the texts side by side, each in the order of an index, and stops when it has
    enough; as a condition on records it would look up each of them, or gather all texts first. PostgreSQL finds as good a way for the other
    form only.
    """
    words = bearer.text
    if session.get_bind().dialect.name == "sqlite":
        having = [bearer.there(name, words.language == language, words.state == state) for state in states]
        if bearer.part:
            # What they belong to is looked at of those only that lack the text.
            found = _candidates(session, bearer, name)
            asked = except_(_Flat(found.keyword, *found.selects), *having).order_by(text("1")).limit(_ALL).subquery()
            # They come in their order; asked for it once more, SQLite would gather them all first.
            return _of_records(bearer, asked, *conditions, own=own).limit(most).offset(after)
        # Bounded even where all are wanted: else the order is left out, and with it the going side by side.
        concerned_ = concerned(session, bearer, name, *conditions, own=own)
        merged = except_(concerned_, *having).order_by(text("1")).limit(most).offset(after).subquery()
        return select(merged.c.id)
    concerned_ = concerned(session, bearer, name, *conditions, own=own)
    found = bearer.there(name, words.language == language, words.state.in_(states))
    if bearer.part:
        # Here too; bounded, so that it is planned for itself.
        (number,) = (asked := _candidates(session, bearer, name).subquery()).c
        lack = ~exists(found.where(words.record_id == number).correlate(asked))
        without = select(number).where(lack).order_by(number).limit(_ALL).subquery()
        (number,) = without.c
        return _of_records(bearer, without, *conditions, own=own).order_by(number).limit(most).offset(after)
    (number,) = concerned_.selected_columns
    found = found.where(words.record_id == number)
    return concerned_.where(~exists(found.correlate_except(words))).limit(most).offset(after).order_by(number)


def concerned(
    session: AsyncSession,
    bearer: Bearer,
    name: str,
    *conditions: ColumnElement[bool],
    own: Collection[ColumnElement[bool]] = (),
) -> Select[int]:
    """Ids of those whose record fulfils `conditions`, and which fulfil `own`, that should have a text in all languages: all that need it,
    and of the others those that have it in some."""
    rows = bearer.rows
    if not bearer.part:
        base = select(rows.id).where(*conditions, *own)
        some = bearer.there(name).where(bearer.text.record_id == rows.id)
        return base if name in bearer.asked else base.where(exists(some.correlate_except(bearer.text)))
    # Few parts have a text of their own: they are found by their texts, and looked at only then.
    asked = _candidates(session, bearer, name).order_by(text("1")).limit(_ALL).subquery()
    return _of_records(bearer, asked, *conditions, own=own)


def _of_records(
    bearer: Bearer, asked: Subquery, *conditions: ColumnElement[bool], own: Collection[ColumnElement[bool]]
) -> Select[int]:
    """Those of the parts `asked` whose record fulfils `conditions`, and which fulfil `own`."""
    (number,) = asked.c
    if not conditions and not own:
        return select(number)
    rows, record = bearer.rows, bearer.owner.record
    whole = select(rows.id).join(record, record.id == bearer.belongs_to).where(rows.id == number, *conditions, *own)
    return select(number).where(exists(whole.correlate(asked)))


def _candidates(session: AsyncSession, bearer: Bearer, name: str) -> CompoundSelect[int]:
    """A statement for the parts that should have a text."""
    return union(*_each_way(session, bearer, name))


def _each_way(session: AsyncSession, bearer: Bearer, name: str) -> Iterator[Select[int]]:
    """Statements that together find the parts that should have a text, each in the order of an index."""
    words = bearer.text
    for condition in bearer.needed.get(name, ()):
        yield select(bearer.rows.id).where(condition)
    sqlite = session.get_bind().dialect.name == "sqlite"
    for language in LANGUAGES:
        for state in TEXT_STATES if sqlite else ():
            yield bearer.there(name, words.language == language, words.state == state)
        if not sqlite:
            yield bearer.there(name, words.language == language)


async def numbers(
    session: AsyncSession,
    bearer: Bearer,
    name: str,
    *conditions: ColumnElement[bool],
    own: Collection[ColumnElement[bool]] = (),
    states: Collection[str] = TEXT_STATES,
) -> dict[str, int]:
    """By language how many lack a text: see `lacking`."""
    if bearer.part:
        return await _numbers_of_parts(session, bearer, name, *conditions, own=own, states=states)
    lacked = {
        language: lacking(session, bearer, name, language, *conditions, own=own, states=states)
        for language in LANGUAGES
    }
    return {language: await session.scalar(count(ids)) or 0 for language, ids in lacked.items()}


async def _numbers_of_parts(
    session: AsyncSession,
    bearer: Bearer,
    name: str,
    *conditions: ColumnElement[bool],
    own: Collection[ColumnElement[bool]],
    states: Collection[str],
) -> dict[str, int]:
    """Of all languages at once: finding the parts that should have the text is most of the work."""
    words = bearer.text
    asked = concerned(session, bearer, name, *conditions, own=own).subquery()
    (number,) = asked.c
    found = bearer.there(name, words.state.in_(states)).where(words.record_id == number)
    lacks = (
        case((exists(found.where(words.language == language).correlate(asked)), 0), else_=1) for language in LANGUAGES
    )
    row = (await session.execute(select(*map(func.sum, lacks)).select_from(asked))).one()
    return {language: lacked or 0 for language, lacked in zip(LANGUAGES, row, strict=True)}


async def among(session: AsyncSession, bearer: Bearer, name: str, ids: Collection[int]) -> dict[str, int]:
    """By language how many of the records with these ids have no such text."""
    words = bearer.text
    found = dict.fromkeys(LANGUAGES, 0)
    sqlite = session.get_bind().dialect.name == "sqlite"
    # No bare column: SQLite would go through all that have the text, since an index has them by language.
    spoken = words.language.concat(literal_column("''"))
    for some in parts(ids):
        # As one value: to name thousands one by one takes longer than to look them all up.
        given = select(func.json_each(json.dumps(some)).table_valued("value").c.value) if sqlite else some
        query = bearer.there(name).where(words.record_id.in_(given)).with_only_columns(spoken, func.count())
        for language, there in await session.execute(query.group_by(spoken)):
            found[language] = found.get(language, 0) + there
    return {language: len(ids) - found[language] for language in LANGUAGES}


def count(lacked: Select[int]) -> Any:
    """How many ids a statement finds, as a part of another statement."""
    return select(func.count()).select_from(lacked.subquery())
