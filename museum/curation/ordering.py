"""The parts of a record: one of them, and their order, changed a step at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from museum.curation.errors import NotFound

P = TypeVar("P")


def find(parts: Iterable[P], number: int, missing: str) -> P:
    """The part with this id. Raises NotFound with the code `missing`."""
    for part in parts:
        if getattr(part, "id", None) == number:
            return part
    raise NotFound(missing)


def after(parts: Iterable[Any]) -> int:
    """The position of a new last one."""
    return max((part.position for part in parts), default=-1) + 1


def shift(present: Iterable[Any], one: Any, by: int) -> None:
    """Move `one` of the parts in their `present` order `by` places back or forth, at the ends as far as it goes; their `position`s
    are 0, 1, 2 … then."""
    order = list(present)
    at = order.index(one)
    order.insert(min(max(at + by, 0), len(order) - 1), order.pop(at))
    number(order)


def number(order: Iterable[Any]) -> None:
    """Have the parts' positions say the order that they are in."""
    for position, part in enumerate(order):
        part.position = position
