"""How complete a language is, and a file to begin one with."""

from __future__ import annotations

import json
from pathlib import Path

from museum.languages.builtin import builtin_languages
from museum.languages.language import Language
from museum.languages.lines import Lines
from museum.languages.plurals import OTHER, base_of, numbers_of
from museum.languages.reading import Fault, read_language
from museum.languages.reference import counted, is_for_visitors, known_places, places_of, wanted_places
from museum.languages.registry import Registry, languages

NUMBERS = frozenset({"count", "number"})
"""Places for how many there are."""
SHOWN = 6
"""Numbers that are named as examples of a form."""


def wanted_keys(*, for_visitors: bool = True) -> list[tuple[str, str]]:
    """Areas and keys of the texts that visitors read, or of all others. Forms for so many things are not among them: which there are
    depends on the language."""
    return [
        (area, key)
        for area, texts in known_places().items()
        for key in texts
        if is_for_visitors(area, key) == for_visitors and base_of(key)[1] == OTHER
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
    faults += _counting_too_little(language, path)
    lacking = [f"{area}.{key}" for area, key in wanted_keys() if key not in language.areas.get(area, {})]
    return language, faults, lacking


def _saying_too_little(language: Language, path: Path) -> list[Fault]:
    """Texts without what is filled in in all other languages."""
    wanted, lines = wanted_places(), Lines(path.read_text("utf-8-sig"))
    faults: list[Fault] = []
    for area, texts in language.areas.items():
        for key, words in texts.items():
            base, form = base_of(key)
            places = wanted[area].get(base, frozenset())
            # A form for but one number need not say it.
            if form != OTHER and len(_numbers(language.tag, form)) == 1:
                places -= NUMBERS
            faults += [
                Fault(path, lines.of("texts", area, key), "place-missing", {"name": f"{area}.{key}", "place": place})
                for place in sorted(places - places_of(words))
                # What is no sentence for one thing may leave out all.
                if form != "one" or place in NUMBERS
            ]
    return faults


def _numbers(tag: str, form: str) -> tuple[int, ...]:
    return numbers_of(tag).get(form, (1,))


def _counting_too_little(language: Language, path: Path) -> list[Fault]:
    """Texts that say how many, without a form that the language has."""
    lines = Lines(path.read_text("utf-8-sig"))
    return [
        Fault(
            path,
            lines.of("texts", area, key),
            "form-missing",
            {"name": f"{area}.{key}", "form": form, "numbers": ", ".join(map(str, numbers[:SHOWN]))},
        )
        for area, keys in counted().items()
        for key in sorted(keys)
        if key in language.areas.get(area, {})
        for form, numbers in numbers_of(language.tag).items()
        if f"{key}.{form}" not in language.areas[area]
    ]


def template(tag: str, source: str, *, curators: bool = False) -> str:
    """A file for the language `tag`, its texts still in the language `source`."""
    from_language = next(one for one in builtin_languages() if one.tag == source)
    texts = {
        area: _with_forms(
            tag, area, {key: words for key, words in found.items() if curators or is_for_visitors(area, key)}
        )
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


def _with_forms(tag: str, area: str, texts: dict[str, str]) -> dict[str, str]:
    """The texts with all forms for so many things that the language has, and no others."""
    found: dict[str, str] = {}
    for key, words in texts.items():
        base, form = base_of(key)
        if form == OTHER:
            found[key] = words
        if base == key and key in counted()[area]:
            for each, numbers in numbers_of(tag).items():
                # Of the source's form for one thing nothing is used where the form is for more: it may not say the number.
                found[f"{key}.{each}"] = texts.get(f"{key}.{each}", words) if len(numbers) == 1 else words
    return found
