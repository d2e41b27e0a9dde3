"""Dividing whole numbers among halls and rooms in proportion."""

from __future__ import annotations

from collections.abc import Sequence


def apportion(total: int, weights: Sequence[float], least: int = 0) -> list[int]:
    """Divides `total` in proportion to `weights` by largest remainders, nobody getting less than `least`.

    `total` must be at least `least * len(weights)`.
    """
    if total < least * len(weights):
        raise ValueError(f"{total} does not give {least} to each of {len(weights)}")
    spare = total - least * len(weights)
    whole = sum(weights)
    exact = [spare * weight / whole for weight in weights]
    shares = [int(value) for value in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: (shares[i] - exact[i], i))
    for i in by_remainder[: spare - sum(shares)]:
        shares[i] += 1
    return [least + share for share in shares]
