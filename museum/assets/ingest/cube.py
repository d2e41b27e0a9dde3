"""Cube maps uploaded as six files: one square picture for each face."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from museum.assets.info import FACES, TILE
from museum.assets.ingest.faces import Pixels, new_column
from museum.assets.ingest.normalise import upright
from museum.assets.ingest.open_picture import decode_budget, decoding, open_picture
from museum.assets.ingest.photosphere import near
from museum.assets.ingest.refusals import refuse

LEAST = 128
_PROBE = 64


def cube_from_files(originals: list[tuple[str, str]], folder: Path) -> tuple[int, Pixels, list[str], int]:
    """Put (path, face) pairs together: the size of a face, the faces `frblud` below one another, notes, and the size that they had.

    Makers disagree on how the up and down faces are turned; they are turned so that their edges fit the sides. Raises JobRefused.
    """
    with decode_budget(sum(Path(path).stat().st_size for path, _ in originals)):
        return _cube_from_files({face: Path(path) for path, face in originals}, len(originals), folder)


def _cube_from_files(paths: dict[str, Path], files: int, folder: Path) -> tuple[int, Pixels, list[str], int]:
    missing = [face for face in FACES if face not in paths]
    if missing or files != len(FACES):
        refuse("cube-incomplete", missing=missing, files=files)
    pictures = {face: open_picture(paths[face]) for face in FACES}
    source = pictures["f"].width
    for face, picture in pictures.items():
        if not near(picture.width, picture.height, 0.005):
            refuse("cube-not-square", face=face, width=picture.width, height=picture.height)
        if not near(picture.width, source, 0.005):
            refuse("cube-sizes-differ", face=face, width=picture.width, others=source)
    if source < LEAST:
        refuse("too-small", width=source, height=source, least=LEAST)
    size = TILE * max(1, math.ceil(0.96 * source / TILE))
    column = new_column(size, folder)
    notes: list[str] = []
    for number, face in enumerate(FACES):
        with decoding():
            image, found = upright(pictures[face], folder)
            if (image.width, image.height) != (size, size):
                image = image.resize(size / image.width, vscale=size / image.height, kernel="lanczos3")
            column[number * size : (number + 1) * size] = np.frombuffer(image.write_to_memory(), np.uint8).reshape(
                size, size, 3
            )
        notes += [note for note in found if note not in notes]
    faces = {face: column[number * size : (number + 1) * size] for number, face in enumerate(FACES)}
    for face in "ud":
        turns = best_turns(faces, face)
        if turns:
            faces[face][...] = np.rot90(faces[face], turns).copy()
            notes.append("cube-face-turned")
    return size, column, list(dict.fromkeys(notes)), source


def best_turns(faces: dict[str, Pixels], face: str) -> int:
    """Quarter turns (anticlockwise) after which the up or down face fits the sides: 0 unless another fits more than twice as well."""
    wanted = _around(faces, face)
    errors = [float(np.abs(_rim(np.rot90(faces[face], turns)) - wanted).mean()) for turns in range(4)]
    best = int(np.argmin(errors))
    return best if errors[best] < 0.5 * errors[0] else 0


def _rim(face: Pixels) -> NDArray[np.float64]:
    """The four edges as f, r, b, l see them from left to right, for an up face: foot, right, head, left."""
    edges = (face[-1], face[::-1, -1], face[0, ::-1], face[:, 0])
    return np.stack([_probe(edge) for edge in edges])


def _around(faces: dict[str, Pixels], face: str) -> NDArray[np.float64]:
    """What the rim of the up or down face should be: the nearest edges of the four sides. The down face is the up face of the
    mirrored cube: its head is the front's foot, so its edges come in another order."""
    if face == "u":
        return np.stack([_probe(faces[side][0]) for side in "frbl"])
    front, right, back, left = (_probe(faces[side][-1]) for side in "frbl")
    return np.stack([back[::-1], right[::-1], front[::-1], left[::-1]])


def _probe(edge: Pixels) -> NDArray[np.float64]:
    """An edge averaged to a few pixels."""
    parts = np.array_split(edge.astype(np.float64), _PROBE)
    return np.stack([part.mean(axis=0) for part in parts])
