"""The chapters of the curators' guide: what is done, said in the words of the pages themselves, beside the steps that do it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from museum.web.language import translate

_CHAPTERS: list[Chapter] = []
NAMED = re.compile(r"\{([a-z]+\.[a-z-]+)\}")


@dataclass(frozen=True)
class Chapter:
    """What one does in a few steps; by language a title and words, in which `{area.key}` is what a button or page is called."""

    key: str
    pictures: tuple[str, ...]
    said: Mapping[str, tuple[str, str]]
    walk: Callable[[Any], None]

    def title(self, language: str) -> str:
        return _named(self.said[language][0], language)

    def words(self, language: str) -> str:
        return _named(self.said[language][1], language)


def _named(words: str, language: str) -> str:
    # Lines of Chinese go on without a space.
    joined = re.sub(r"\s*\n\s*", "" if language.startswith("zh") else " ", words.strip())
    return NAMED.sub(lambda found: translate(language, found[1]), joined)


def chapter(key: str, *pictures: str, en: tuple[str, str], zh: tuple[str, str]) -> Callable[[Any], Any]:
    """Register a step of the walk under its words; `pictures` are taken on it."""

    def add(walk: Callable[[Any], None]) -> Callable[[Any], None]:
        _CHAPTERS.append(Chapter(key, pictures, {"en": en, "zh-Hans": zh}, walk))
        return walk

    return add


def all_chapters() -> list[Chapter]:
    """All of them in their order."""
    from tests.browser.show import making, opening, placing

    order = [making.__name__, placing.__name__, opening.__name__]
    return sorted(_CHAPTERS, key=lambda one: order.index(one.walk.__module__))
