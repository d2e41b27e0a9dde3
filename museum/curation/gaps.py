"""Which records lack a text."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, except_, exists, func, literal_column, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation.snapshots import SHAPES
from museum.database.base import TEXT_STATES

DESCRIBED = ("image", "model")
"""Kinds that need a text in the place of the picture, for those who don't see it."""
_ALL = 2**62


def asked(kind: str) -> tuple[str, ...]:
    """The texts that every record of a kind should have in all languages."""
    return ("title", "alt") if kind in DESCRIBED else ("title",)


async def others(session: AsyncSession, kind: str) -> list[str]:
    """The texts that records of a kind have beside those that all should have. Each is found behind the one before it: there are few in
    very many rows."""
    words = SHAPES[kind].text
    found: list[str] = []
    last = ""
    while True:
        following = select(words.field).where(words.field > last, words.value != literal_column("''"))
        name = await session.scalar(following.order_by(words.field).limit(1))
        if name is None:
            return [name for name in found if name not in asked(kind)]
        found.append(last := name)


def there(kind: str, name: str, *conditions: ColumnElement[bool]) -> Select[int]:
    """Ids of the records that have a text."""
    words = SHAPES[kind].text
    # As a literal, so that the index of what there is is found.
    return select(words.record_id).where(words.field == name, words.value != literal_column("''"), *conditions)


def lacking(
    session: AsyncSession,
    kind: str,
    name: str,
    language: str,
    *conditions: ColumnElement[bool],
    states: Collection[str] = TEXT_STATES,
    most: int = _ALL,
    after: int = 0,
) -> Select[int]:
    """Ids, in their order, of the records that lack a text in one of `states` and fulfil `conditions`; `most` of them behind the first
    `after`. Of a text that not all need, they are those that have it in some language.

    SQLite goes through the numbers of the records and of the texts side by side, each in the order of an index, and stops when it has
    enough; as a condition on records it would look up each of them, or gather all texts first. PostgreSQL finds as good a way for the other
    form only.
    """
    record, words = SHAPES[kind].record, SHAPES[kind].text
    base = select(record.id).where(*conditions)
    if name not in asked(kind):
        some = there(kind, name).where(words.record_id == record.id)
        base = base.where(exists(some.correlate_except(words)))
    if session.get_bind().dialect.name != "sqlite":
        found = there(kind, name, words.language == language, words.state.in_(states))
        return (
            base.where(~exists(found.where(words.record_id == record.id).correlate_except(words)))
            .order_by(record.id)
            .limit(most)
            .offset(after)
        )
    having = (there(kind, name, words.language == language, words.state == state) for state in states)
    # Bounded even where all are wanted: else the order is left out, and with it the going side by side.
    merged = except_(base, *having).order_by(text("1")).limit(most).offset(after).subquery()
    return select(merged.c.id)


def count(lacked: Select[int]) -> Any:
    """How many ids a statement finds, as a part of another statement."""
    return select(func.count()).select_from(lacked.subquery())
