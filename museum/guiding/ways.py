"""Walking from one scene to another over links, and how long it takes to hear what is told. Pure."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, Sequence

MOST_STEPS = 6
"""From so many links on a visitor is taken there at once: a tour is not a march."""
_HAN = re.compile(r"[㐀-鿿]")
_WORD = re.compile(r"[A-Za-z0-9']+")
HAN_A_SECOND = 4.5
WORDS_A_SECOND = 2.4
PAUSE = 4.0
"""Seconds for turning to a stop and looking."""


def find_way(links: Mapping[str, Sequence[str]], start: str, goal: str, most: int = MOST_STEPS) -> list[str] | None:
    """The scenes between `start` and `goal`, both left out, on a shortest way of at most `most` links; None where there is none."""
    came_from: dict[str, str] = {start: start}
    waiting = deque([(start, 0)])
    while waiting:
        here, steps = waiting.popleft()
        if here == goal:
            way: list[str] = []
            while came_from[here] != here:
                way.append(here)
                here = came_from[here]
            return way[:0:-1]
        if steps == most:
            continue
        for other in links.get(here, ()):
            if other not in came_from:
                came_from[other] = here
                waiting.append((other, steps + 1))
    return None


def telling_seconds(text: str) -> float:
    """About how long it takes to say a text, in Chinese, in Latin letters or in both."""
    return len(_HAN.findall(text)) / HAN_A_SECOND + len(_WORD.findall(text)) / WORDS_A_SECOND
