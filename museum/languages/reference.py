"""Which texts a language may have, and what is filled into each: those of the built-in languages, which have all of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from string import Formatter

from museum.languages.builtin import builtin_languages
from museum.languages.plurals import OTHER, base_of

VISITORS = ("pages", "errors", "iiif", "dates", "viewer", "viewer-model", "viewer-comparison")
"""The areas that visitors read; all others are the curators'."""
_CURATORS_ERRORS = "ingest."
"""Errors whose keys begin so are those of uploads."""


class PlaceholderError(ValueError):
    """Braces that enclose no plain name."""


def places_of(words: str) -> frozenset[str]:
    """Names of the `{placeholders}` in a text. Raises PlaceholderError."""
    names: set[str] = set()
    try:
        parts = list(Formatter().parse(words))
    except ValueError as error:
        raise PlaceholderError from error
    for _, name, form, conversion in parts:
        if name is not None:
            if form or conversion or not name.isidentifier():
                raise PlaceholderError
            names.add(name)
    return frozenset(names)


@cache
def known_places() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """By area and key what may be filled into each text."""
    known: dict[str, dict[str, frozenset[str]]] = {}
    for language in builtin_languages():
        for area, texts in language.areas.items():
            for key, words in texts.items():
                # A text for so many things may say their number, or not.
                base, _ = base_of(key)
                before = known.setdefault(area, {}).get(key, frozenset())
                known[area][key] = places_of(words) | places_of(texts.get(base, "")) | before
    return known


@cache
def counted() -> Mapping[str, frozenset[str]]:
    """By area the keys of the texts that say how many of something there are."""
    return {
        area: frozenset(base for base, form in map(base_of, texts) if form != OTHER)
        for area, texts in known_places().items()
    }


@cache
def wanted_places() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """By area and key what is filled in in every built-in language, so that a text without it says too little."""
    first, *rest = builtin_languages()
    return {
        area: {
            key: frozenset.intersection(places_of(words), *(places_of(other.areas[area][key]) for other in rest))
            for key, words in texts.items()
        }
        for area, texts in first.areas.items()
    }


def is_for_visitors(area: str, key: str) -> bool:
    """Whether visitors may read the text."""
    return area in VISITORS and not (area == "errors" and key.startswith(_CURATORS_ERRORS))
