"""Originals to a cube pyramid, stage by stage. Runs in child processes; writes only in its work folder and returns plain data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyvips
from numpy.typing import NDArray

from museum.assets.info import FACES
from museum.assets.ingest.cube import cube_from_files
from museum.assets.ingest.faces import Pixels, Sphere, new_column, project_sphere
from museum.assets.ingest.fill import fill_sphere, filled_sphere_size
from museum.assets.ingest.first_paint import STRIP_FACE, encode_strip, glimpse_of, hash_of, preview_of, strip_of
from museum.assets.ingest.image import level_sizes, save_pyramid
from museum.assets.ingest.layout import Layout, check_stereo, lay_out
from museum.assets.ingest.normalise import IN_MEMORY, to_srgb, upright
from museum.assets.ingest.open_picture import available_threads, decode_budget, decoding, open_picture, prepare_process
from museum.assets.ingest.photosphere import read_photosphere
from museum.assets.ingest.projection import face_size
from museum.jobs.child import report

Image = Any
DECODED, PROJECTED, ENCODED = 0.15, 0.72, 0.94
"""Shares of the whole time, as measured at 16384 × 8192, after which a panorama is decoded, projected, encoded."""
_BAND = 16
"""Rows decoded at a time: as many as a row of JPEG blocks, so that they are copied while they lie in the processor's cache."""
SPHERE_IN_MEMORY = 450_000_000
"""Bytes of sphere up to which it lies in memory: writing into a mapped file costs the kernel four times the time of the decoding."""
_MANY_PIXELS = 24_000_000


def make_panorama(originals: list[tuple[str, str]], options: dict[str, Any], work: str) -> dict[str, Any]:
    """All stages one after another: `pyramid.tif`, `strip.jpg` and `preview.jpg` in `work`; returns a PanoramaInfo's fields."""
    made = decode(originals, options, work)
    while made["next"]:
        made = STAGES[made["next"]](made, work)
    return made["info"]


def decode(originals: list[tuple[str, str]], options: dict[str, Any], work: str) -> dict[str, Any]:
    """The first stage: originals, whole or the faces of a cube, to upright sRGB pixels, and on from there as far as memory goes.

    Every stage returns `{"next": …}` with the name of the one in `STAGES` that goes on from the file it left in `work`, and whatever that
    needs; the last one `{"next": "", "info": …}`. Where pixels fit in memory nothing is written to a file only to be read again: what
    is small is done in one stage, most large panoramas in two, the largest in three. Raises JobRefused.
    """
    folder = Path(work)
    if len(originals) > 1:
        prepare_process(available_threads())
        size, column, notes, source = cube_from_files(originals, folder)
        facts = {"coverage": None, "heading": None, "sourceWidth": source, "sourceHeight": source, "notes": notes}
        return _faces_made(column, size, facts, folder)
    prepare_process(1)
    report(0.0, "decode")
    sphere, facts = _sphere(originals[0][0], options, folder)
    if sphere.is_mapped:
        return {"next": "project", **facts}
    return _project(sphere, facts, folder)


def project(facts: dict[str, Any], work: str) -> dict[str, Any]:
    """From `sphere.raw`, for spheres that do not fit in memory: `faces.raw`."""
    folder = Path(work)
    return _project(Sphere.reopen(facts["width"], facts["height"], folder / "sphere.raw"), facts, folder)


def encode(facts: dict[str, Any], work: str) -> dict[str, Any]:
    """From `faces.raw`, for faces that do not fit in memory: the finished files."""
    folder, size = Path(work), facts["size"]
    column = np.memmap(folder / "faces.raw", np.uint8, "r", shape=(len(FACES) * size, size, 3))
    return _encode(column, size, facts, folder)


STAGES = {"project": project, "encode": encode}
LEAVINGS = {"project": "sphere.raw", "encode": "faces.raw"}
"""The file in the work folder from which each stage goes on."""


def _sphere(original: str, options: dict[str, Any], folder: Path) -> tuple[Sphere, dict[str, Any]]:
    path = Path(original)
    with decode_budget(path.stat().st_size):
        return _decoded_sphere(path, options, folder)


def _decoded_sphere(original: Path, options: dict[str, Any], folder: Path) -> tuple[Sphere, dict[str, Any]]:
    picture = open_picture(original)
    width, height = picture.turned_size
    layout = lay_out(width, height, read_photosphere(picture.xmp) if picture.xmp else None, options)
    if width * height > _MANY_PIXELS:
        prepare_process(available_threads())
    path = folder / "sphere.raw" if width * height * 3 > SPHERE_IN_MEMORY else None
    with decoding():
        if picture.orientation == 1 and not layout.eye and layout.coverage is None and width == 2 * height:
            image, notes = to_srgb(picture.image)
        else:
            image, notes = upright(picture, folder)
            image = _eye(image, layout)
        sphere = _filled(image, layout, path) if layout.coverage is not None else _laid(image, path)
    if layout.suspect:
        check_stereo(_thumbnail(sphere.pixels), width, height, layout.suspect)
    sphere.close()
    (folder / "decoded.raw").unlink(missing_ok=True)
    return sphere, {
        "width": sphere.width,
        "height": sphere.height,
        "coverage": layout.coverage,
        "heading": layout.heading,
        "sourceWidth": picture.width,
        "sourceHeight": picture.height,
        "notes": [*layout.notes, *notes],
    }


def _eye(image: Image, layout: Layout) -> Image:
    if layout.eye == "top":
        return image.crop(0, 0, image.width, image.height // 2)
    if layout.eye == "left":
        return image.crop(0, 0, image.width // 2, image.height)
    return image


def _laid(image: Image, path: Path | None) -> Sphere:
    """Decode band by band straight to where the pixels will be sampled from."""
    sphere = Sphere(image.width, image.height, path)
    _decode_into(image, sphere.pixels)
    return sphere


def _decode_into(image: Image, target: NDArray[Any]) -> None:
    if image.width * image.height * 3 <= IN_MEMORY:
        target[...] = np.frombuffer(image.write_to_memory(), np.uint8).reshape(image.height, image.width, 3)
        return
    region = pyvips.Region.new(image)
    for top in range(0, image.height, _BAND):
        rows = min(_BAND, image.height - top)
        band = region.fetch(0, top, image.width, rows)
        target[top : top + rows] = np.frombuffer(band, np.uint8).reshape(rows, image.width, 3)
        report(DECODED * top / image.height, "decode")


def _filled(image: Image, layout: Layout, path: Path | None) -> Sphere:
    assert layout.coverage is not None
    sphere = Sphere(*filled_sphere_size(image.width, image.height, layout.coverage), path)
    pixels = np.empty((image.height, image.width, 3), np.uint8)
    _decode_into(image, pixels)
    fill_sphere(pixels, layout.coverage, sphere.pixels)
    return sphere


def _thumbnail(pixels: NDArray[Any]) -> Pixels:
    step = max(1, pixels.shape[1] // 1024)
    return np.ascontiguousarray(pixels[::step, ::step])


def _project(sphere: Sphere, facts: dict[str, Any], folder: Path) -> dict[str, Any]:
    size = face_size(sphere.width)
    column = new_column(size, folder)
    project_sphere(sphere, size, column, lambda done: report(DECODED + (PROJECTED - DECODED) * done, "faces"))
    sphere.discard()
    return _faces_made(column, size, facts, folder)


def _faces_made(column: NDArray[np.uint8], size: int, facts: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Encode what lies in memory at once; leave what lies in a file to the next stage."""
    if isinstance(column, np.memmap):
        return {**facts, "next": "encode", "size": size}
    return _encode(column, size, facts, folder)


def _encode(column: NDArray[np.uint8], size: int, facts: dict[str, Any], folder: Path) -> dict[str, Any]:
    report(PROJECTED, "pyramid")
    prepare_process(available_threads() if column.shape[0] * size > _MANY_PIXELS else 1)
    image = pyvips.Image.new_from_memory(column.data, size, column.shape[0], 3, "uchar").copy(interpretation="srgb")
    with decoding():
        save_pyramid(image, folder / "pyramid.tif", size)
    report(ENCODED, "strip")
    strip = strip_of(column, size)
    (folder / "strip.jpg").write_bytes(encode_strip(strip))
    (folder / "preview.jpg").write_bytes(preview_of(column, size))
    info = {
        "levels": [width for width, _ in level_sizes(size, size)],
        "strip": STRIP_FACE,
        "hash": hash_of(strip),
        "glimpse": glimpse_of(strip),
        **{name: facts[name] for name in ("coverage", "heading", "sourceWidth", "sourceHeight", "notes")},
    }
    return {"next": "", "info": info}
