"""What goes into a picture and what comes out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Traits:
    """What the record says and the picture must show.

    `title` in Traditional Chinese; `period` a key ("ming", "qing", "song", "tang", "han", "warring-states", "republic",
    "modern", …); `palette` and `variant` choose among a category's looks and come from the seed where they are None.
    """

    title: str = ""
    period: str = "qing"
    reign: str | None = None
    inscription: str | None = None
    palette: int | None = None
    variant: int | None = None


@dataclass(frozen=True)
class Picture:
    """`pixels` (H, W, 3) RGB; `mask` (H, W) is 255 where an object is and 0 around it, None for flat works."""

    pixels: NDArray[np.uint8]
    mask: NDArray[np.uint8] | None = None


def choose(given: int | None, rng: np.random.Generator, count: int) -> int:
    """The look that a trait names, or one by chance: 0 .. count-1."""
    drawn = int(rng.integers(count))
    return drawn if given is None else given % count
