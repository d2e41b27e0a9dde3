"""The language of a request, and the texts of the pages in it.

A language is chosen by `?lang=`, else by the cookie `language`, else by Accept-Language, else it is the first of
`LANGUAGES`. Catalogs lie in `texts/{language}/{area}.json` as flat objects; a key is `area.key`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec
from aiohttp import web

from museum.database.base import LANGUAGES
from museum.database.texts import pick

COOKIE = "language"
own_words: ContextVar[Mapping[str, Mapping[str, str]]] = ContextVar("own_words", default=MappingProxyType({}))
"""Texts, by key and then by language, that the museum has given itself: while a request is answered they take the place of the
catalogues' own, in whatever module they are asked for."""
TEXTS = Path(__file__).parent / "texts"

NAMES = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}
"""What each language calls itself."""

_TRADITIONAL_REGIONS = {"tw", "hk", "mo"}


def match_language(tag: str) -> str | None:
    """The museum's language for a BCP 47 tag, e.g. zh-Hant for `zh-HK`; None where it has none.

    A script in the tag counts before its region, so `zh-Hans-HK` is zh-Hans. Cantonese (`yue`) is written Traditional
    unless it says otherwise.
    """
    primary, *rest = tag.strip().lower().replace("_", "-").split("-")
    if primary == "en":
        return "en"
    if primary not in ("zh", "yue", "cmn"):
        return None
    if "hans" in rest:
        return "zh-Hans"
    if "hant" in rest or primary == "yue" or not _TRADITIONAL_REGIONS.isdisjoint(rest):
        return "zh-Hant"
    return "zh-Hans"


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


@cache
def catalog(language: str) -> Mapping[str, str]:
    """All texts of `language` by `area.key`, read once."""
    texts: dict[str, str] = {}
    for path in sorted((TEXTS / language).glob("*.json")):
        entries = msgspec.json.decode(path.read_bytes(), type=dict[str, str])
        texts.update({f"{path.stem}.{key}": value for key, value in entries.items()})
    return texts


def translate(language: str, key: str, /, **values: object) -> str:
    """The text `key` (`area.key`) in `language`, its `{placeholders}` filled with `values`.

    A text for exactly one thing may lie beside it under `key.one`; it is taken where `count` is 1. Raises KeyError for a
    key that no catalog has.
    """
    own = pick(own_words.get().get(key, {}), language)
    if own:
        return own
    texts = catalog(language)
    if values.get("count") == 1:
        key = f"{key}.one" if f"{key}.one" in texts else key
    text = texts[key]
    return text.format_map(values) if values else text


def area(language: str, name: str) -> dict[str, str]:
    """All texts of one area by their keys, with their placeholders, for a script that says them itself."""
    prefix = f"{name}."
    return {key.removeprefix(prefix): translate(language, key) for key in catalog(language) if key.startswith(prefix)}


def has_text(key: str) -> bool:
    """Whether the catalogs hold `key`: codes that come from elsewhere may be newer than they."""
    return key in catalog(LANGUAGES[0])
