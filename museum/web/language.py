"""The language of a request, and the texts of the pages in it.

A language is chosen by `?lang=`, else by the cookie `language`, else by Accept-Language, else it is the first of
`LANGUAGES`. Texts are known by `area.key`: see `museum.languages`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from types import MappingProxyType

from aiohttp import web

from museum.database.texts import pick
from museum.languages import LANGUAGES, chain, has_area, language_named, match_language, text

COOKIE = "language"
own_words: ContextVar[Mapping[str, Mapping[str, str]]] = ContextVar("own_words", default=MappingProxyType({}))
"""Texts, by key and then by language, that the museum has given itself: while a request is answered they take the place of the
catalogues' own, in whatever module they are asked for."""


def negotiate(header: str) -> str:
    """The language that an Accept-Language header likes best, ties going to what it names first.

    Malformed parts are passed over; `*` stands for the first language; without a match that one is taken too.
    """
    best, best_quality = LANGUAGES[0], 0.0
    for part in header[:1000].split(","):
        tag, _, parameter = part.partition(";")
        name, _, value = parameter.strip().partition("=")
        try:
            quality = float(value) if name.strip().lower() == "q" else 1.0
        except ValueError:
            continue
        language = LANGUAGES[0] if tag.strip() == "*" else match_language(tag)
        if language and best_quality < quality <= 1:
            best, best_quality = language, quality
    return best


def choose_language(request: web.BaseRequest) -> str:
    """The language in which to answer `request`."""
    wanted = request.query.get("lang", ""), request.cookies.get(COOKIE, "")
    return first_language(wanted, request.headers.get("Accept-Language", ""))


def first_language(wanted: Iterable[str], accepted: str) -> str:
    """The first of the `wanted` tags that the museum has, or else what an Accept-Language header likes best."""
    for tag in wanted:
        language = match_language(tag) if tag else None
        if language:
            return language
    return negotiate(accepted)


def in_studio(language: str) -> str:
    """The language of the curators' pages for a reader of `language`: a language that was added may have but the visitors' texts."""
    return next(tag for tag in chain(language) if has_area(tag, "admin"))


def catalog(language: str) -> Mapping[str, str]:
    """All of a language's own texts by `area.key`."""
    return language_named(language).texts


def translate(language: str, key: str, /, **values: object) -> str:
    """The text `key` (`area.key`) in `language`, or in the language that stands in for it, its `{placeholders}` filled with `values`.

    A text for exactly one thing may lie beside it under `key.one`; it is taken where `count` is 1. Raises KeyError for a
    key that no language has.
    """
    own = pick(own_words.get().get(key, {}), language)
    return own or text(language, key, **values)


def sentences(language: str, *parts: str) -> str:
    """Sentences one after the other as `language` sets them: Chinese without a space between. Empty ones are left out."""
    return language_named(language).space.join(part for part in parts if part)


def area(language: str, name: str) -> dict[str, str]:
    """All texts of one area by their keys, with their placeholders, for a script that says them itself."""
    prefix = f"{name}."
    keys = {key: None for tag in reversed(chain(language)) for key in catalog(tag) if key.startswith(prefix)}
    return {key.removeprefix(prefix): translate(language, key) for key in keys}


def has_text(key: str) -> bool:
    """Whether the catalogs hold `key`: codes that come from elsewhere may be newer than they."""
    return key in catalog(LANGUAGES[0])
