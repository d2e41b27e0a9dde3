"""Faces of a cube put together from the tiles that other programs cut them into. Runs in a child process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from museum.assets.ingest.open_picture import available_threads, decode_budget, decoding, open_picture, prepare_process
from museum.assets.ingest.refusals import refuse
from museum.jobs.child import ChildFailed, run_in_child
from museum.jobs.queue import JobRefused
from museum.jobs.task import Limits
from museum.scenes.moving.paths import BadTour

LARGEST_FACE = 16_384
QUALITY = 95
"""Of the JPEG that a face is kept as, without halving its colours: what it loses beside the tiles, themselves JPEG, nobody sees."""
LIMITS = Limits(memory=2 << 30, cpu_seconds=900, seconds=3600)


@dataclass(frozen=True)
class Face:
    """One face, `size` pixels wide: its tiles row by row, `across` in a row, each `tile` pixels wide but for the last."""

    face: str
    size: int
    tile: int
    across: int
    tiles: list[Path]


async def stitch(faces: list[Face], folder: Path, where: str) -> dict[str, Path]:
    """The faces as files in `folder`. Raises BadTour."""
    orders = [
        {
            "face": one.face,
            "size": one.size,
            "tile": one.tile,
            "across": one.across,
            "tiles": [str(t) for t in one.tiles],
        }
        for one in faces
    ]
    readable = sorted({tile for one in faces for tile in one.tiles})
    folders = sorted({tile.parent for tile in readable})
    try:
        made = await run_in_child(stitch_faces, orders, str(folder), limits=LIMITS, readable=folders, writable=[folder])
    except JobRefused as refusal:
        raise BadTour(
            "tiles-bad", where=where, reason=f"{refusal.code} {msgspec.json.encode(refusal.detail).decode()}"
        ) from None
    except ChildFailed as failure:
        raise BadTour("tiles-bad", where=where, reason=failure.reason) from None
    return {face: folder / name for face, name in made.items()}


def stitch_faces(orders: list[dict[str, Any]], folder: str) -> dict[str, str]:
    """File names by face. Raises JobRefused."""
    prepare_process(available_threads())
    made: dict[str, str] = {}
    for order in orders:
        paths = [Path(tile) for tile in order["tiles"]]
        with decode_budget(sum(path.stat().st_size for path in paths) + (order["size"] ** 2 >> 3)), decoding():
            name = f"{order['face']}.jpg"
            _stitch(paths, order["size"], order["tile"], order["across"]).jpegsave(
                str(Path(folder) / name), Q=QUALITY, subsample_mode="off", keep="none"
            )
        made[order["face"]] = name
    return made


def _stitch(paths: list[Path], size: int, tile: int, across: int) -> Any:
    import pyvips

    images: list[Any] = []
    for number, path in enumerate(paths):
        picture = open_picture(path)
        row, column = divmod(number, across)
        wanted = min(tile, size - column * tile), min(tile, size - row * tile)
        if (picture.width, picture.height) != wanted:
            refuse("tile-size", name=path.name, width=picture.width, height=picture.height, wanted=list(wanted))
        image = picture.image.colourspace("srgb")
        images.append(image.extract_band(0, n=3) if image.bands > 3 else image)
    joined = pyvips.Image.arrayjoin(images, across=across, hspacing=tile, vspacing=tile)
    return joined.crop(0, 0, size, size)
