"""Which sizes of a picture are offered for download, as far as its rights allow. Pure."""

from __future__ import annotations

from museum.collection.rights import may_download

SIDES = (1000, 2500)
"""Longest sides in pixels that are offered beside the whole picture."""
MOST_PIXELS = 36_000_000
"""What one answer of the image service holds: `MAX_PIXELS` of `museum/web/iiif/parameters.py`."""


def download_sizes(width: int, height: int, rights: str | None) -> list[tuple[int, int]]:
    """Sizes in pixels in which a picture of `width` × `height` is offered, the smallest first, the last of them the whole as far as
    MOST_PIXELS hold it; nothing where `rights` forbid it or say nothing."""
    if not may_download(rights):
        return []
    whole = _scaled(width, height, min(1.0, (MOST_PIXELS / (width * height)) ** 0.5))
    sides = [side / max(width, height) for side in SIDES]
    smaller = [_scaled(width, height, factor) for factor in sides if factor < 1]
    return [*(size for size in smaller if size[0] < whole[0]), whole]


def _scaled(width: int, height: int, factor: float) -> tuple[int, int]:
    return (width, height) if factor == 1 else (max(1, int(width * factor)), max(1, int(height * factor)))
