"""Finding titles, slugs and numbers that hold some characters anywhere in them, without looking at all of them.

Of every title of the kinds in INDEXED the database keeps the pairs of neighbouring characters, on SQLite in a full-text table for each kind
and on PostgreSQL in an index over the function `title_grams`; triggers, or the index itself, keep them true (see the first migration). A
search asks for all pairs of what is looked for. What it finds may hold them in another order, so that whoever asks looks once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Text,
    bindparam,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
    table,
    text,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

INDEXED = ("artifact", "hotspot", "image", "scene")
"""Kinds so numerous that looking at each takes long. Hotspots have no slugs or numbers: only titles, where somebody gave them one."""
PREFIX = "title_grams"
"""What the names of the tables and indexes begin with."""
SLOTS = 1024
"""A row of a full-text table is numbered id × SLOTS + slot: the slug, the accession number, and the title in each language."""
NUMBER_SLOT = 1
COMMON = 3000
"""What so many titles hold is common."""


def is_ours(name: str | None) -> bool:
    """Whether a table or index is one of those that models know nothing of."""
    return (name or "").startswith(PREFIX)


def grams_of(word: str) -> set[str]:
    """The pairs of neighbouring characters; a single character is its own."""
    return {word[at : at + 2] for at in range(max(1, len(word) - 1))} if word else set()


def ids_holding(session: AsyncSession, record: Any, words: Sequence[str], *, names: bool = False) -> Any:
    """A statement for the ids of all records that have a title which may hold every one of `words` (folded), with `names` also a slug or
    number; None where there is no index for the kind, or nothing is looked for."""
    kind = record.__tablename__
    grams = sorted(set().union(*(grams_of(word) for word in words)))
    if kind not in INDEXED or not grams:
        return None
    if session.get_bind().dialect.name == "sqlite":
        return _in_full_text(kind, grams, names)
    return union_all(*_in_expressions(record, grams, names))


async def newest_holding(
    session: AsyncSession, record: Any, word: str, most: int, *conditions: ColumnElement[bool], names: bool = False
) -> Any:
    """A statement for ids of records that fulfil `conditions` and have a title that holds the folded `word`, with `names` also a slug or
    number: at least the `most` made last of them. Where very many do it has them long before all are put together. None as
    `ids_holding`."""
    candidates = ids_holding(session, record, [word], names=names)
    if candidates is None:
        return None
    if session.get_bind().dialect.name != "sqlite":
        return await _newest_by_expressions(session, record, word, most, conditions, names)
    if not is_told_by([word]):
        holds = names_hold(record, word) if names else [is_titled(record, word)]
        return _newest(record, record.id.in_(candidates), most, [or_(*holds), *conditions])
    name = f"{PREFIX}_{record.__tablename__}"
    # In the order of its own numbers the table gives its rows, and no other.
    beside = record.id == literal_column(f"{name}.rowid / {SLOTS}")
    found = select(record.id).distinct().select_from(table(name)).join(record, beside)
    found = found.where(_matches(name, sorted(grams_of(word))), *_of_titles(name, names), *conditions)
    return found.order_by(literal_column(f"{name}.rowid").desc()).limit(most)


def _newest(
    record: Any, condition: ColumnElement[bool], most: int, conditions: Sequence[ColumnElement[bool]]
) -> Select[int]:
    return select(record.id).where(condition, *conditions).order_by(record.id.desc()).limit(most)


async def _newest_by_expressions(
    session: AsyncSession,
    record: Any,
    word: str,
    most: int,
    conditions: Sequence[ColumnElement[bool]],
    names: bool,
) -> Any:
    """Each way by itself: of several at once the planner would put all together."""
    # With an offset each is planned for itself: for the first few in order all would be gone through, grams made of each.
    grams = sorted(grams_of(word))
    by_title, *by_names = (way.offset(0) for way in _in_expressions(record, grams, names, word))
    titled = record.id.in_(by_title)
    if len(word) == 1:
        some = select(func.count()).select_from(by_title.limit(COMMON).subquery())
        if await session.scalar(some) == COMMON:
            # The index has no order: what so many hold is met with sooner by looking at one after the other.
            titled = is_titled(record, word)
    ways = [titled, *(record.id.in_(way) for way in by_names)]
    return union_all(*(select(_newest(record, way, most, conditions).subquery().c.id) for way in ways))


def names_hold(record: Any, word: str) -> list[ColumnElement[bool]]:
    """Ways of holding a folded word: in the slug, the number, or a title."""
    found = [record.slug.contains(word, autoescape=True)] if hasattr(record, "slug") else []
    if hasattr(record, "accession_number"):
        found.append(func.lower(record.accession_number).contains(word, autoescape=True))
    # Last, since it looks at other rows.
    return [*found, is_titled(record, word)]


def is_titled(record: Any, word: str) -> ColumnElement[bool]:
    """Whether a title holds a folded word."""
    text = record.texts.property.mapper.class_
    holding = select(1).where(
        text.record_id == record.id, text.field == "title", text.folded.contains(word, autoescape=True)
    )
    return exists(holding.correlate_except(text))


def is_told_by(words: Sequence[str]) -> bool:
    """Whether what `ids_holding` finds, without names, holds the words for certain: they are one of at most two characters."""
    return len(words) == 1 and len(words[0]) <= 2


def _in_full_text(kind: str, grams: list[str], names: bool) -> Select[int]:
    name = f"{PREFIX}_{kind}"
    found = select(literal_column(f"rowid / {SLOTS}")).select_from(table(name)).where(_matches(name, grams))
    return found.where(*_of_titles(name, names))


def _of_titles(name: str, names: bool) -> list[Any]:
    return [] if names else [literal_column(f"{name}.rowid % {SLOTS} > {NUMBER_SLOT}")]


def _matches(name: str, grams: list[str]) -> Any:
    """Tokens are the characters in UTF-8 as hexadecimal digits, so that none is a word of the query language. The last character of a
    title is a token of its own: a single one is looked for as the beginning of a token."""
    wanted = " ".join(gram.encode().hex() + ("*" if len(gram) == 1 else "") for gram in grams)
    return text(f"{name} MATCH :wanted").bindparams(bindparam("wanted", wanted, unique=True))


def _in_expressions(record: Any, grams: list[str], names: bool, word: str = "") -> list[Select[int]]:
    """Statements for the ids of records whose title, slug or number has all the grams; those that hold `word` if one is given."""
    wanted = cast(grams, ARRAY(Text))
    texts = record.texts.property.mapper.class_

    def holds(column: Any) -> Any:
        found = func.title_grams(column).op("@>")(wanted)
        return found if is_told_by([word]) else found & column.contains(word, autoescape=True)

    # As a literal, so that the index over titles alone is found.
    found = [select(texts.record_id).where(texts.field == literal_column("'title'"), holds(texts.folded))]
    if names and hasattr(record, "slug"):
        found.append(select(record.id).where(holds(record.slug)))
        if hasattr(record, "accession_number"):
            found.append(select(record.id).where(holds(func.lower(record.accession_number))))
    return found
