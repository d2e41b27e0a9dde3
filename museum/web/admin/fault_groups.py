"""Hundreds of faults of a sheet in a few lines: of each kind the first, and in which rows the others are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from museum.curation.scene_sheet import Fault

SHOWN = 20
"""So many faults are told one by one, of all kinds together."""
FEWEST = 2
"""Of each kind so many, however many kinds there are."""
_RANGES = 12
"""So many stretches of rows are named."""


@dataclass(frozen=True)
class Group:
    """Faults of one kind in one column: the first, and those that are only counted."""

    told: Sequence[Fault]
    more: Sequence[Fault]


def grouped(faults: Sequence[Fault]) -> list[Group]:
    """Faults by kind and column, in the order in which they first come."""
    kinds: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        kinds.setdefault((fault.code, fault.column), []).append(fault)
    each = len(faults) if len(faults) <= SHOWN else max(FEWEST, SHOWN // len(kinds))
    # One left over says more by itself than a line that counts it.
    cut = {kind: len(found) if len(found) <= each + 1 else each for kind, found in kinds.items()}
    return [Group(found[: cut[kind]], found[cut[kind] :]) for kind, found in kinds.items()]


def rows_in_words(lines: Sequence[int]) -> str:
    """`4–18, 23`, the rest of too many stretches as `…`."""
    stretches: list[list[int]] = []
    for line in sorted(set(lines)):
        if stretches and line == stretches[-1][1] + 1:
            stretches[-1][1] = line
        else:
            stretches.append([line, line])
    named = [str(first) if first == last else f"{first}–{last}" for first, last in stretches[:_RANGES]]
    return ", ".join([*named, *(["…"] if len(stretches) > _RANGES else [])])
