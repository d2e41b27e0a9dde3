"""Texts that lie inside a column of their record or part: answers to choose from, what is told with them, and the names of rooms.

They know no states: what is there counts as read, and does not grow stale. There are few of them, so that they are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation.bearers import Bearer
from museum.languages import LANGUAGES

Texts = dict[str, dict[str, str]]
"""By what names them in their record or part (`answer-2`, `explanation`, `room-east`) and language."""

COLUMNS: Mapping[str, str] = {"stop": "choices", "step": "data", "venue": "plan"}
"""By bearer the column that holds some."""
GROUPS: Mapping[str, tuple[str, ...]] = {"stop": ("answers",), "step": ("answers", "explanation"), "venue": ("rooms",)}
"""By bearer what they are called together."""
LONGEST = {"answers": 400, "explanation": 2000, "rooms": 200}
_PREFIXES = {"answers": "answer-", "rooms": "room-", "explanation": "explanation"}


def group_of(bearer: str, name: str) -> str | None:
    """What a text is called together with others of its kind; None where it is none of these."""
    return next((group for group in GROUPS.get(bearer, ()) if name.startswith(_PREFIXES[group])), None)


def texts_in(bearer: str, column: Callable[[str], Any]) -> Texts:
    """The texts inside a record or part, whose columns `column` gives."""
    if bearer not in COLUMNS:
        return {}
    found = {name: _words(holder.get(key)) for name, (holder, key) in _places(bearer, column(COLUMNS[bearer])).items()}
    return {name: words for name, words in found.items() if words}


def put(bearer: str, one: Any, name: str, language: str, value: str) -> None:
    """Make `value` the text in a language."""
    held = deepcopy(getattr(one, COLUMNS[bearer]))
    holder, key = _places(bearer, held)[name]
    holder[key] = {**_words(holder.get(key)), language: value}
    setattr(one, COLUMNS[bearer], held)


def _words(value: Any) -> dict[str, str]:
    """The words by language. Names of rooms may be given as one word, which then is the museum's first language's."""
    if isinstance(value, str) and value:
        return {LANGUAGES[0]: value}
    return {tag: words for tag, words in value.items() if words} if isinstance(value, dict) else {}


def _places(bearer: str, held: Any) -> dict[str, tuple[dict[str, Any], str]]:
    """Where the texts of a column lie: a part of it, and the key in that."""
    found: dict[str, tuple[dict[str, Any], str]] = {}
    if bearer == "venue":
        for room in (held or {}).get("rooms", ()):
            found[f"room-{room.get('key', '')}"] = (room, "title")
        return found
    choices = held if bearer == "stop" else (held or {}).get("choices")
    for number, choice in enumerate(choices or (), 1):
        found[f"answer-{number}"] = (choice, "text")
    if bearer == "step" and held:
        found["explanation"] = (held, "answer")
    return found


async def lacking(
    session: AsyncSession, bearer: Bearer, group: str, language: str, *conditions: ColumnElement[bool]
) -> list[tuple[int, str]]:
    """(id, name) of the texts of a group that there are in some language and not in this one, in the order of the ids."""
    held = await _held(session, bearer, *conditions)
    return [
        (number, name)
        for number, texts in held
        for name, words in texts.items()
        if group_of(bearer.name, name) == group and language not in words
    ]


async def numbers(session: AsyncSession, bearer: Bearer, *conditions: ColumnElement[bool]) -> dict[str, dict[str, int]]:
    """By group and language how many texts are lacking; only groups of which there is some text."""
    found: dict[str, dict[str, int]] = {}
    if bearer.name not in COLUMNS:
        return found
    for _, texts in await _held(session, bearer, *conditions):
        for name, words in texts.items():
            group = group_of(bearer.name, name)
            assert group is not None
            counts = found.setdefault(group, dict.fromkeys(LANGUAGES, 0))
            for language in LANGUAGES:
                counts[language] += language not in words
    return found


async def _held(session: AsyncSession, bearer: Bearer, *conditions: ColumnElement[bool]) -> list[tuple[int, Texts]]:
    rows, name = bearer.rows, COLUMNS[bearer.name]
    query = select(rows.id, getattr(rows, name)).where(*conditions).order_by(rows.id)
    if bearer.part:
        record = bearer.owner.record
        query = query.join(record, record.id == bearer.belongs_to)
    return [(number, texts_in(bearer.name, {name: held}.get)) for number, held in await session.execute(query)]
