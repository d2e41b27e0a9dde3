"""Forms of tours that can be read: a module of this folder for each, found by its being here.

`find(path)` is the file that makes the path a tour of the form, None where it is none; `read(file, root, workplace)` is the tour in it,
whose addresses may lead to nothing but files in `root` or below.
"""

from __future__ import annotations

import asyncio
import pkgutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from museum.scenes.moving.paths import BadTour
from museum.scenes.moving.tour import Tour


@dataclass(frozen=True)
class Kind:
    """One form. Where a folder looks like several, the one with the least `order` has it."""

    name: str
    order: int
    find: Callable[[Path], Path | None]
    read: Callable[[Path, Path, Path], Awaitable[Tour]]


def kinds() -> list[Kind]:
    """All forms."""
    modules = (import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return sorted((module.KIND for module in modules), key=lambda kind: kind.order)


async def read_tour(path: Path, workplace: Path, within: Path | None = None) -> Tour:
    """The tour at `path`, a folder or the file that describes one; `workplace` is an empty folder for what has to be put together,
    `within` the one that its addresses may lead to, where that is not its own. Raises BadTour."""
    kind, found = await asyncio.to_thread(_find, path)
    return await kind.read(found, within or found.parent, workplace)


def _find(path: Path) -> tuple[Kind, Path]:
    if not path.exists():
        raise BadTour("no-path", path=str(path))
    for kind in kinds():
        found = kind.find(path)
        if found is not None:
            return kind, found
    raise BadTour("no-kind", path=str(path))
