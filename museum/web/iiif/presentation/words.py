"""Texts as IIIF writes them: language maps, `{"zh-Hans": ["…"], "en": ["…"]}`. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from museum.languages import LANGUAGES
from museum.web.language import has_text, translate

Words = dict[str, list[str]]


def plain(text: str) -> str:
    """`text` as it is meant: a blank keeps what begins with `<` and ends with `>` from being read as HTML, Presentation 3.0 § 4.5."""
    text = text.strip()
    return f"{text} " if text.startswith("<") and text.endswith(">") else text


def words(texts: Mapping[str, str]) -> Words:
    """The language map of a record's texts; languages without a text are left out."""
    return {language: [plain(texts[language])] for language in LANGUAGES if texts.get(language, "").strip()}


def unspoken(text: str) -> Words:
    """The language map of what is in no language: a number, a name in a catalogue."""
    return {"none": [plain(text)]}


def spoken(make: Callable[[str], str]) -> Words:
    """The language map of a text that is made anew for each language."""
    return {language: [plain(make(language))] for language in LANGUAGES}


def named(key: str) -> Words:
    """The language map of a text of the pages, by its key."""
    return spoken(lambda language: translate(language, key))


def label(texts: Mapping[str, str], otherwise: str) -> Words:
    """A label, which must hold something: `otherwise` where the record has no title yet."""
    return words(texts) or unspoken(otherwise)


def pair(key: str, value: Words) -> list[dict[str, Any]]:
    """A line of metadata: the name of a field by its key in the pages' texts, and what it holds. None where it holds nothing."""
    return [{"label": named(key), "value": value}] if value else []


def category(name: str) -> Words:
    """The name of a category; those that the texts do not know yet are called by themselves."""
    key = f"pages.category-{name}"
    return named(key) if has_text(key) else unspoken(name)
