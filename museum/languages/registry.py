"""Which languages there are. The built-in ones are there from the start; `use` adds to them, once, before anything is served."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from museum.languages.builtin import builtin_languages
from museum.languages.language import Language, Texts
from museum.languages.plurals import form_of
from museum.languages.tags import candidates


class Registry:
    """Languages by their tags, in the order in which they are offered; the first is the one that all fall back to."""

    def __init__(self, found: Sequence[Language]) -> None:
        self.languages = tuple(found)
        self.tags = tuple(one.tag for one in found)
        self._by_tag = {one.tag: one for one in found}
        self._chains = {one.tag: self._chain(one) for one in found}
        self._answers: dict[str, str] = {}
        # A language's own tag counts before what another also answers to, and any before one that has but the language in common.
        for tags in (
            [(one.tag, one) for one in found],
            [(tag, one) for one in found for tag in one.also],
            [(one.tag.partition("-")[0], one) for one in found],
        ):
            for tag, one in tags:
                self._answers.setdefault(tag.lower(), one.tag)

    def _chain(self, language: Language) -> tuple[str, ...]:
        known = [tag for tag in language.fallbacks if tag in self._by_tag]
        return tuple(dict.fromkeys([language.tag, *known, *self.tags]))

    def named(self, tag: str) -> Language:
        """The language of a tag. Raises KeyError."""
        return self._by_tag[tag]

    def chain(self, tag: str) -> tuple[str, ...]:
        """The tag, and then those whose texts stand in for its; for a language that is not there, all."""
        return self._chains.get(tag) or tuple(dict.fromkeys([tag, *self.tags]))

    def match(self, tag: str) -> str | None:
        """The tag of the language for a visitor's BCP 47 tag, e.g. zh-Hant for `zh-HK`; None where there is none."""
        return next((self._answers[one] for one in candidates(tag) if one in self._answers), None)

    def text(self, tag: str, key: str, count: object = None) -> str:
        """The text `key` (`area.key`), from the first language of the chain that has it; where `count` is a whole number, in the form
        that so many things take there, `key.few` for instance. Raises KeyError for a key that none has."""
        for one in self.chain(tag):
            texts = self._by_tag[one].texts if one in self._by_tag else {}
            if isinstance(count, int) and (found := _counted(one, texts, key, count)):
                return found
            if key in texts:
                return texts[key]
        raise KeyError(key)


def _counted(tag: str, texts: Texts, key: str, count: int) -> str | None:
    """The text for so many things. One thing has a text of its own also where a language counts it as any other number; and what
    names no number is for one alone."""
    form = "one" if count == 1 else form_of(tag, count)
    found = texts.get(f"{key}.{form}")
    return None if found and form == "one" and count != 1 and "{" not in found else found


_used: list[Registry] = []


def current() -> Registry:
    """The languages that are used now."""
    if not _used:
        _used.append(Registry(builtin_languages()))
    return _used[0]


def use(found: Registry) -> None:
    """Use other languages from now on."""
    _used[:] = [found]


def languages() -> tuple[Language, ...]:
    """All languages, in the order in which they are offered."""
    return current().languages


def language_named(tag: str) -> Language:
    """The language of a tag. Raises KeyError."""
    return current().named(tag)


def match_language(tag: str) -> str | None:
    """The museum's language for a BCP 47 tag, e.g. zh-Hant for `zh-HK`; None where it has none."""
    return current().match(tag)


def chain(tag: str) -> tuple[str, ...]:
    """A language, and then those whose texts stand in for its."""
    return current().chain(tag)


def has_area(tag: str, area: str) -> bool:
    """Whether a language has texts of its own in an area: the curators' pages are there in those that have them."""
    return area in language_named(tag).areas


def text(tag: str, key: str, /, **values: object) -> str:
    """The text `key` in a language or what stands in for it, its `{placeholders}` filled. Raises KeyError for a key that none has."""
    found = current().text(tag, key, values.get("count"))
    return found.format_map(values) if values else found


class _Tags(Sequence[str]):
    """The tags of the languages that are used when somebody looks."""

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        return current().tags[index]

    def __len__(self) -> int:
        return len(current().tags)

    def __iter__(self) -> Iterator[str]:
        return iter(current().tags)

    def __contains__(self, value: object) -> bool:
        return value in current().tags

    def __repr__(self) -> str:
        return repr(current().tags)


LANGUAGES: Sequence[str] = _Tags()
"""BCP 47 tags of the languages that the museum speaks, the first being the one that it falls back to."""
