"""What is drawn up of an artifact before it has a number, and the words and chances that all drafts share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from museum.demo.records.chronology import Era
from museum.demo.records.words import Term

_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Draft:
    """What a category decides about a thing: depth 0 for flat works."""

    title: Term
    era: Era
    material: Term
    size: tuple[float, float, float]
    stories: Sequence[Term]
    opening: Term
    inscription: str | None = None
    keywords: tuple[str, ...] = ()
    year: int | None = None
    round: bool = False


def weighted(random: Random, rows: Sequence[tuple[_Item, int]]) -> _Item:
    """One of the things of `rows`, each as likely as its weight says."""
    return random.choices([row[0] for row in rows], [row[1] for row in rows])[0]


def about(random: Random, value: float, spread: float = 0.06) -> float:
    """A number of millimetres near `value`, off by at most `spread` of it."""
    return round(value * random.uniform(1 - spread, 1 + spread), 1)


def places_in(name: str) -> tuple[str, ...]:
    """What a name says of where it lies, as keywords."""
    return tuple(place for place in ("北塘", "大沽口", "運河", "海河") if place in name)


def capital(text: str) -> str:
    """The text with a capital letter."""
    return text[:1].upper() + text[1:]


def article(text: str) -> str:
    """The noun with its article."""
    return f"{'an' if text[0] in 'aeiou' else 'a'} {text}"


def lower_article(text: str) -> str:
    """The text with a small letter and the article it needs."""
    first, _, rest = text.partition(" ")
    return f"{first.lower()} {rest}" if first in ("A", "The") else text
