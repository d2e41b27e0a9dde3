"""Texts in languages: reading them by field, writing them with their folded form, and falling back between languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Protocol

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession

from museum.languages import LANGUAGES, chain

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML holds."""


class TextRow(Protocol):
    """A row of any `…_text` table."""

    field: Any
    language: Any
    value: Any


class Texted(Protocol):
    """A record with loaded texts."""

    texts: Any


@lru_cache(maxsize=1)
def _plain() -> dict[int, str]:
    """Characters and what they fold to, one to one: Traditional to simplified, and Latin letters to those without accents.

    By character, since by phrase OpenCC leaves 乾隆 and turns 乾 alone into 干: a search must treat both alike.
    """
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    table: dict[int, str] = {}
    for first, last in ((0x3400, 0x9FFF), (0xF900, 0xFAFF)):
        for code in range(first, last + 1):
            simple = convert(chr(code))
            if len(simple) == 1 and simple != chr(code):
                table[code] = simple
    for first, last in ((0xC0, 0x24F), (0x1E00, 0x1EFF)):
        for code in range(first, last + 1):
            base = unicodedata.normalize("NFD", chr(code))[0]
            if base.isascii():
                table[code] = base
    return table


def fold(text: str) -> str:
    """The form in which texts are compared: NFKC, Simplified by character, without accents and case, one space between words."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_plain()).casefold().split())


def writable(text: str) -> str:
    """`text` without the characters that no XML holds, and some no database: word processors leave them behind where lines were broken."""
    return _UNWRITABLE.sub(lambda one: " " if one[0].isspace() else "", text)


def begins_with(session: AsyncSession, column: Any, beginning: str) -> list[ColumnElement[bool]]:
    """Conditions for what begins with something. PostgreSQL finds it by an index of patterns; SQLite has to be told between what it is."""
    begins = column.startswith(beginning, autoescape=True)
    if session.get_bind().dialect.name != "sqlite":
        return [begins]
    return [begins, column >= beginning, column < beginning + chr(0x10FFFF)]


def language_of(text: str) -> str:
    """The language that a text is in, as far as its characters tell: Han makes it Chinese, the Traditional among them Traditional."""
    han = "".join(_HAN.findall(unicodedata.normalize("NFKC", text)))
    if not han:
        return "en"
    return "zh-Hans" if han.translate(_plain()) == han else "zh-Hant"


def texts_by_field(rows: Iterable[TextRow]) -> dict[str, dict[str, str]]:
    """`{field: {language: value}}` of the text rows of one record."""
    texts: dict[str, dict[str, str]] = {}
    for row in rows:
        texts.setdefault(row.field, {})[row.language] = row.value
    return texts


def source_of(states: Mapping[str, str]) -> str | None:
    """The language of which the texts in the others are translations, by languages' states: the first source in the museum's order."""
    return next((language for language in LANGUAGES if states.get(language) == "source"), None)


def outdated(before: Mapping[str, tuple[str, str]], after: Mapping[str, str]) -> set[str]:
    """The languages whose texts are stale by a change from `before`, (text, state) by language, to the texts `after`: where the source says
    something else, all that were not written anew together with it."""
    source = source_of({language: state for language, (_, state) in before.items()})
    changed = {language for language in {*before, *after} if after.get(language, "") != before.get(language, ("",))[0]}
    return set(before) - changed if source in changed else set()


def tidy(text: str) -> str:
    """A text as it is kept: `writable`, without space around it, its lines ended in one way. Forms, scripts and spreadsheets each
    send other ends."""
    return writable(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def set_texts(record: Texted, field: str, values: Mapping[str, str], state: str = "source") -> None:
    """Make `values` the texts of `field`. An empty value removes that language; languages not named stay as they are, stale where it is
    their source that changes.

    `record.texts` must be loaded, or the record be new.
    """
    row_class = type(record).texts.property.mapper.class_
    present = {row.language: row for row in record.texts if row.field == field}
    before = {language: (row.value, row.state) for language, row in present.items()}
    source = source_of({language: row.state for language, row in present.items()})
    values = {language: tidy(value) for language, value in values.items()}
    for language, value in values.items():
        row = present.get(language)
        if not value:
            if row is not None:
                record.texts.remove(row)
        elif row is None:
            record.texts.append(row_class(field=field, language=language, value=value, folded=fold(value), state=state))
        elif row.value != value:
            row.value, row.folded = value, fold(value)
            row.state = "source" if language == source else state
    after = {language: value for language, (value, _) in before.items()} | values
    for language in outdated(before, after):
        present[language].state = "stale"


def pick_language(texts: Mapping[str, str], language: str) -> str | None:
    """The language in which to show `texts` to a reader of `language`; None where there is no text."""
    for candidate in chain(language):
        if texts.get(candidate):
            return candidate
    # What is only there in a language that is not in use any more is better than nothing.
    return next((tag for tag, words in texts.items() if words), None)


def pick(texts: Mapping[str, str], language: str) -> str:
    """The text for a reader of `language`, in another language where it is missing, empty where there is none."""
    found = pick_language(texts, language)
    return texts[found] if found else ""
