"""What the stages hand on to each other: files in the job's folder."""

from __future__ import annotations

import pickle
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from museum.assets.models3d.solid import Solid

PACKED, DECODED, SOLID, BUNDLE = "packed.glb", "decoded.glb", "solid.pickle", "bundle.pickle"
POINTS = "points.npy"
POSTER, TURNTABLE, USDZ = "poster.webp", "turntable.webp", "model.usdz"


def dump_solid(solid: Solid, folder: Path, name: str) -> None:
    """Its pictures, which lie in `folder`, are named from there: a later attempt finds the folder under another name."""
    pictures = [replace(picture, path=picture.path.relative_to(folder)) for picture in solid.pictures]
    dump(replace(solid, pictures=pictures), folder / name)


def load_solid(folder: Path, name: str) -> Solid:
    solid: Solid = load(folder / name)
    for picture in solid.pictures:
        picture.path = folder / picture.path
    return solid


def dump(value: Any, path: Path) -> None:
    """Whole or not at all, whenever the child is ended."""
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        pickle.dump(value, file, protocol=5)
    unfinished.rename(path)


def load(path: Path) -> Any:
    with path.open("rb") as file:
        return pickle.load(file)  # noqa: S301  (written by another stage, in a child with the same limits)


def since(started: float) -> float:
    """Seconds since `started` on the monotonic clock."""
    return round(time.monotonic() - started, 2)
