"""Texts in three languages: written in Traditional Chinese and English, Simplified Chinese converted by phrase."""

from __future__ import annotations

from functools import cache

from museum.database.chinese import into_script

Texts = dict[str, str]
"""A text by language: zh-Hans, zh-Hant, en."""
Term = tuple[str, str]
"""A word of the vocabulary: Traditional Chinese, English."""

RIGHTS = "https://creativecommons.org/publicdomain/zero/1.0/"
"""Everything in the demonstration museum is computed, and free to use."""
MARK: Term = (
    "演示藏品，由程式依種子計算生成，並非實物。",
    "A demonstration record, computed from a seed; no such object exists.",
)

_QUOTES = str.maketrans("「」『』", "“”‘’")


_MAINLAND = {"程式": "程序"}
"""Words that are others, not only written otherwise, where one writes Simplified Chinese."""


@cache
def simplified(traditional: str) -> str:
    """The same words in Simplified Chinese. By phrase, so that 乾隆 keeps its 乾."""
    converted = into_script(traditional, "zh-Hans").translate(_QUOTES)
    for word, there in _MAINLAND.items():
        converted = converted.replace(word, there)
    return converted


def say(traditional: str, english: str) -> Texts:
    """One text in all languages."""
    return {"zh-Hans": simplified(traditional), "zh-Hant": traditional, "en": english}


def sentences(*terms: Term) -> Texts:
    """Sentences one after another, with a space between them in English only. Each is converted once and remembered."""
    return {
        "zh-Hans": "".join(simplified(term[0]) for term in terms),
        "zh-Hant": "".join(term[0] for term in terms),
        "en": " ".join(term[1] for term in terms),
    }


def plural(count: int, one: str, many: str | None = None) -> str:
    """`3 knobs`, `1 knob`."""
    return f"{count} {one if count == 1 else many or one + 's'}"
