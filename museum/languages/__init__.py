"""The languages that the museum speaks: its own, and those that an operator has added with a file each.

All else asks here: which there are, what they call themselves, which of them stands in for a text that another lacks, and what the
pages say in them. What a language's file holds says `museum.languages.reading`.
"""

from museum.languages.language import Language
from museum.languages.registry import (
    LANGUAGES,
    Registry,
    chain,
    current,
    has_area,
    language_named,
    languages,
    match_language,
    text,
    use,
)
from museum.languages.tags import canonical_tag

__all__ = [
    "LANGUAGES",
    "Language",
    "Registry",
    "canonical_tag",
    "chain",
    "current",
    "has_area",
    "language_named",
    "languages",
    "match_language",
    "text",
    "use",
]
