"""What the building of the demonstration museum does in child processes: draws pictures, renders panoramas, turns treasures.

All of it takes paths and numbers and returns plain data; the files that it leaves are originals like those that a curator uploads.
"""

from __future__ import annotations

import pickle
from math import sqrt
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.demo.art import Picture, Traits, draw, size_for
from museum.demo.plan import HangingPlan, MuseumPlan, plan_museum
from museum.demo.records import draw_activity_picture
from museum.jobs.child import Limits

ORIGINAL_QUALITY = 90
TEXTURE_SIDE = 1024
"""Pixels of the longer side of what hangs in the rendered rooms."""
SKETCH_SIDE = 360
"""The same of what hangs in the next room, where that has not been drawn yet."""
PANORAMA = (4096, 2048)
LIMITS = Limits(memory=4 * 1024**3, cpu_seconds=1200, seconds=3600, open_files=4096)
"""Drawing and rendering are our own code on our own numbers: the limits are there for a runaway, not for an attacker."""


def read_plan(path: str) -> MuseumPlan:
    """The plan that `write_plan` left."""
    return pickle.loads(Path(path).read_bytes())  # noqa: S301  (our own file)


def write_plan(path: str, seed: int, scale: int | None) -> None:
    """Plan the museum once for all jobs."""
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    fresh.write_bytes(pickle.dumps(plan_museum(seed, scale)))
    fresh.replace(target)


def picture_size(hanging: HangingPlan) -> tuple[int, int]:
    """Width and height in pixels of the original that hangs here: the picture's megapixels in the hanging's proportions."""
    width, height = size_for(hanging.category, hanging.picture)
    aspect = hanging.width / hanging.height
    return round(sqrt(width * height * aspect)), round(sqrt(width * height / aspect))


def draw_pictures(
    orders: list[tuple[HangingPlan, Traits | str]], originals: str, textures: str
) -> list[dict[str, Any]]:
    """Draw what hangs in a room: a JPEG original each, and a smaller one, with its mask, for the walls."""
    cv2.setNumThreads(1)
    made: list[dict[str, Any]] = []
    for hanging, traits in orders:
        picture = draw_picture(hanging, traits, picture_size(hanging))
        original = Path(originals, f"{hanging.category}-{hanging.picture:04d}.jpg")
        write_jpeg(original, picture.pixels)
        _write_texture(Path(textures), hanging.picture, picture)
        made.append({"picture": hanging.picture, "path": str(original)})
    return made


def draw_picture(hanging: HangingPlan, traits: Traits | str, size: tuple[int, int]) -> Picture:
    """What hangs there, (width, height) pixels large; `traits` is a key where it is an activity's sheet."""
    if isinstance(traits, str):
        return Picture(draw_activity_picture(traits, *size))
    return draw(hanging.category, hanging.picture, *size, traits)


def sketch(hanging: HangingPlan, traits: Traits | str) -> Picture:
    """A picture as it is seen through a door, drawn small, so that a room need not wait for those behind its doors."""
    width, height = picture_size(hanging)
    factor = SKETCH_SIDE / max(width, height)
    return draw_picture(hanging, traits, (max(64, round(width * factor)), max(64, round(height * factor))))


def write_jpeg(path: Path, pixels: NDArray[np.uint8]) -> None:
    """Write RGB pixels as an original."""
    import simplejpeg

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        simplejpeg.encode_jpeg(
            np.ascontiguousarray(pixels), quality=ORIGINAL_QUALITY, colorspace="RGB", colorsubsampling="420"
        )
    )


def _write_texture(folder: Path, number: int, picture: Picture) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    height, width = picture.pixels.shape[:2]
    factor = min(1.0, TEXTURE_SIDE / max(height, width))
    size = (round(width * factor), round(height * factor))
    layers = [cv2.resize(picture.pixels, size, interpolation=cv2.INTER_AREA)]
    if picture.mask is not None:
        layers.append(cv2.resize(picture.mask, size, interpolation=cv2.INTER_AREA)[..., None])
    fresh = folder / f"{number}.new.npy"
    np.save(fresh, np.concatenate(layers, axis=2))
    fresh.replace(folder / f"{number}.npy")


def read_texture(folder: Path, number: int) -> Picture:
    """A picture at the size in which it hangs, read as it is used. Raises FileNotFoundError where it has not been drawn."""
    layers = np.load(folder / f"{number}.npy", mmap_mode="r")
    return Picture(layers[..., :3], layers[..., 3] if layers.shape[2] == 4 else None)


def render_room(plan_file: str, key: str, textures: str, folder: str) -> list[tuple[str, str]]:
    """Render a room's scenes: (scene, path of the original) each."""
    from museum.demo.catalogue import drawing_orders, shown_pictures
    from museum.demo.render import PictureTexture, Studio
    from museum.demo.treasures.standing import treasure_solid

    cv2.setNumThreads(1)
    plan = read_plan(plan_file)
    room = plan.room(key)
    seen = [room, *(plan.room(door.to_room) for door in room.doors)]
    hung: dict[int, PictureTexture] = {}
    for hanging, traits in (order for other in seen for order in drawing_orders(plan, other)):
        try:
            picture = read_texture(Path(textures), hanging.picture)
        except FileNotFoundError:
            picture = sketch(hanging, traits)
        hung[hanging.picture] = PictureTexture(picture.pixels, picture.mask)
    stands = [case.treasure for case in room.cases if case.treasure is not None and case.kind == "stand"]
    shown = shown_pictures(plan)
    titles = {hanging.picture: shown[hanging.picture].image.title["zh-Hant"] for hanging in room.hangings}
    solids = {index: treasure_solid(index, plan.seed) for index in stands}
    studio = Studio(plan, hung, solids, PANORAMA[0], titles)
    made: list[tuple[str, str]] = []
    for point in room.standing_points:
        path = Path(folder, f"{point.key}.jpg")
        write_jpeg(path, studio.render(room, point))
        made.append((point.key, str(path)))
    return made
