"""How complete a language is, and a file to begin one with."""

from __future__ import annotations

import json
from pathlib import Path

from museum.languages.builtin import builtin_languages
from museum.languages.language import Language
from museum.languages.reading import Fault, read_language
from museum.languages.reference import is_for_visitors, known_places, places_of, wanted_places
from museum.languages.registry import Registry, languages

_ONE = ".one"


def wanted_keys(*, for_visitors: bool = True) -> list[tuple[str, str]]:
    """Areas and keys of the texts that visitors read, or of all others. Texts for one thing are not among them: not every language tells
    one from many."""
    return [
        (area, key)
        for area, texts in known_places().items()
        for key in texts
        if is_for_visitors(area, key) == for_visitors and not key.endswith(_ONE)
    ]


def completeness(language: Language, *, for_visitors: bool = True) -> tuple[int, int]:
    """How many of the texts it has, and how many there are."""
    keys = wanted_keys(for_visitors=for_visitors)
    return sum(key in language.areas.get(area, {}) for area, key in keys), len(keys)


def check_file(path: Path) -> tuple[Language | None, list[Fault], list[str]]:
    """The language of a file, what is wrong with it, and the texts that visitors will read in another language."""
    language, faults = read_language(path)
    if language is None:
        return None, faults, []
    if language.tag in (one.tag for one in builtin_languages()):
        faults.append(Fault(path, 1, "taken", {"tag": language.tag, "name": language.name}, fatal=True))
        return None, faults, []
    known = {language.tag, *(one.tag for one in languages())}
    faults += [
        Fault(path, 0, "fallback-unknown", {"tag": tag, "known": ", ".join(Registry(builtin_languages()).tags)})
        for tag in language.fallbacks
        if tag not in known
    ]
    faults += _saying_too_little(language, path)
    lacking = [f"{area}.{key}" for area, key in wanted_keys() if key not in language.areas.get(area, {})]
    return language, faults, lacking


def _saying_too_little(language: Language, path: Path) -> list[Fault]:
    """Texts without what is filled in in all other languages."""
    from museum.languages.lines import Lines

    wanted, lines = wanted_places(), Lines(path.read_text("utf-8-sig"))
    return [
        Fault(path, lines.of("texts", area, key), "place-missing", {"name": f"{area}.{key}", "place": place})
        for area, texts in language.areas.items()
        for key, words in texts.items()
        for place in sorted(wanted[area].get(key, frozenset()) - places_of(words))
        if not key.endswith(_ONE)
    ]


def template(tag: str, source: str, *, curators: bool = False) -> str:
    """A file for the language `tag`, its texts still in the language `source`."""
    from_language = next(one for one in builtin_languages() if one.tag == source)
    texts = {
        area: {key: words for key, words in found.items() if curators or is_for_visitors(area, key)}
        for area, found in from_language.areas.items()
    }
    head = {
        "language": tag,
        "name": tag,
        "short": tag.upper(),
        "locale": tag.replace("-", "_"),
        "direction": "ltr",
        "fallbacks": [source],
        "also": [],
        "voices": [tag],
        "comma": ", ",
        "space": " ",
        "numbers": {"thousands": ",", "decimal": "."},
        "texts": {area: found for area, found in texts.items() if found},
    }
    return json.dumps(head, ensure_ascii=False, indent=2) + "\n"
