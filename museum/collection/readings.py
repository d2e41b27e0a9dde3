"""What a query may mean besides its very words: a reign by its name in another language, and words that Chinese writes without spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, product

from museum.collection.told import is_name, other_names

_HAN = re.compile("([\u3400-\u9fff\uf900-\ufaff]+)")
_JOINING = re.compile("[的与及]")
"""What joins words and is none, folded."""
_LONGEST = 12
"""Longer runs of characters are sentences, of which no title holds every word."""
_LONGEST_NAME = 5
READINGS = 4
"""So many ways of cutting a query into words are tried."""


def renamed(words: Sequence[str]) -> list[list[str]]:
    """The folded words themselves, and the same with a reign by its other names: Qianlong is 乾隆."""
    return [list(one) for one in islice(product(*([word, *other_names(word)] for word in words)), READINGS)]


def readings(words: Sequence[str]) -> list[list[str]]:
    """Ways of cutting the runs of Chinese characters in folded words into words, the likeliest first: 青花瓷 is 青花 and 瓷. None where
    there is nothing to cut."""
    cuts = [list(islice(_cuts_of(word), READINGS)) for word in words]
    if not all(cuts):
        return []
    tried = max(map(len, cuts), default=0)
    found = [[part for cut in cuts for part in cut[min(at, len(cut) - 1)]] for at in range(tried)]
    return [reading for reading in found if reading != list(words)]


def _cuts_of(word: str) -> Iterator[list[str]]:
    """The ways of cutting one word; a word that has to stay whole is its own."""
    if len(word) > _LONGEST or not _HAN.search(word):
        yield [word]
        return
    runs = [run for run in _JOINING.split(word) if run]
    pieces = [piece for run in runs for piece in _HAN.split(run) if piece.strip()]
    ways = [_cuts_of_run(piece) if _HAN.fullmatch(piece) else [[piece]] for piece in pieces]
    for at in range(max(map(len, ways), default=0)):
        yield [part for way in ways for part in way[min(at, len(way) - 1)]]


def _cuts_of_run(run: str) -> list[list[str]]:
    if len(run) == 1 or is_name(run):
        return [[run]]
    # Names and pairs are likelier words than single characters that are the name of nothing.
    strays = 1 if len(run) < 4 else 2
    found = sorted(
        (cut for cut in _cut(run, strays) if len(cut) > 1),
        key=lambda cut: sum(_unlikeliness(part) for part in cut),
    )
    return found or [[run]]


def _cut(run: str, strays: int) -> Iterator[list[str]]:
    """All ways to cut a run into names, pairs, and at most `strays` single characters; the longest first words first."""
    if not run:
        yield []
    for length in range(min(_LONGEST_NAME, len(run)), 0, -1):
        part = run[:length]
        named = length == 2 or is_name(part)
        if named or (length == 1 and strays):
            for rest in _cut(run[length:], strays - (not named)):
                yield [part, *rest]


def _unlikeliness(part: str) -> float:
    if is_name(part):
        return 0.5 if len(part) > 1 else 1.5
    return 2 if len(part) > 1 else 2.5
