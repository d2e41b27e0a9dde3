"""What is known of a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

Texts = Mapping[str, str]
"""The texts of a language by `area.key`."""


@dataclass(frozen=True, eq=False)
class Language:
    """A language of the museum.

    `name` and `short` are what it calls itself, in full and on a button; `locale` is its name for Open Graph, `zh_CN`. `also` are tags of
    visitors that it answers to, `fallbacks` the languages that stand in for a text that it lacks, `voices` the tags by which browsers know
    voices that speak it. `comma` stands between what is listed, `space` between sentences. `areas` are its texts by area and key.
    """

    tag: str
    name: str
    short: str
    locale: str
    direction: str = "ltr"
    fallbacks: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    comma: str = ", "
    space: str = " "
    thousands: str = ","
    decimal: str = "."
    areas: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    path: Path | None = None

    @cached_property
    def texts(self) -> Texts:
        """All texts by `area.key`."""
        return MappingProxyType(
            {f"{area}.{key}": text for area, texts in self.areas.items() for key, text in texts.items()}
        )
