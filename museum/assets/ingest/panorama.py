"""Originals to a cube pyramid. Runs in child processes; writes only in its work folder and returns plain data."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pyvips
import simplejpeg
from numpy.typing import NDArray

from museum.assets.info import FACES
from museum.assets.ingest.cube import cube_from_files
from museum.assets.ingest.faces import Pixels, Sphere, project
from museum.assets.ingest.fill import fill_sphere, filled_sphere_size
from museum.assets.ingest.image import level_sizes, save_pyramid
from museum.assets.ingest.layout import Layout, check_stereo, lay_out
from museum.assets.ingest.normalise import IN_MEMORY, to_srgb, upright
from museum.assets.ingest.open_picture import available_threads, decode_budget, decoding, open_picture, prepare_process
from museum.assets.ingest.photosphere import read_photosphere
from museum.assets.ingest.projection import face_size

Image = Any
STRIP_FACE = 256
STRIP_BYTES = 30_000
PREVIEW = (640, 360)
_BAND = 16
"""Rows decoded at a time: as many as a row of JPEG blocks, so that they are copied while they lie in the processor's cache."""
SPHERE_IN_MEMORY = 450_000_000
"""Bytes of sphere up to which it lies in memory: writing into a mapped file costs the kernel four times the time of the decoding."""
_MANY_PIXELS = 24_000_000


def make_panorama(originals: list[tuple[str, str]], options: dict[str, Any], work: str) -> dict[str, Any]:
    """Both steps in one process: for all but the largest, whose sphere would not fit in memory."""
    folder = Path(work)
    if len(originals) > 1:
        return _cube_map(originals, folder)
    prepare_process(1)
    sphere, facts = _sphere(originals[0][0], options, folder, in_file=False)
    if sphere.width * sphere.height > _MANY_PIXELS:
        prepare_process(available_threads())
    return _cube(sphere, facts, folder)


def lay_sphere(original: str, options: dict[str, Any], work: str) -> dict[str, Any]:
    """First step of a large panorama: `sphere.raw` in `work`, upright sRGB with its margins. Returns what `cut_sphere` needs."""
    prepare_process(available_threads())
    _, facts = _sphere(original, options, Path(work), in_file=True)
    return facts


def cut_sphere(facts: dict[str, Any], work: str) -> dict[str, Any]:
    """Second step of a large panorama: `pyramid.tif`, `strip.jpg` and `preview.jpg` in `work` from what `lay_sphere` left there.
    Returns a PanoramaInfo's fields."""
    prepare_process(available_threads())
    folder = Path(work)
    sphere = Sphere.reopen(facts["width"], facts["height"], folder / "sphere.raw")
    return _cube(sphere, facts, folder)


def _sphere(original: str, options: dict[str, Any], folder: Path, in_file: bool) -> tuple[Sphere, dict[str, Any]]:
    path = Path(original)
    with decode_budget(path.stat().st_size):
        return _decoded_sphere(path, options, folder, in_file)


def _decoded_sphere(
    original: Path, options: dict[str, Any], folder: Path, in_file: bool
) -> tuple[Sphere, dict[str, Any]]:
    picture = open_picture(original)
    width, height = picture.turned_size
    layout = lay_out(width, height, read_photosphere(picture.xmp) if picture.xmp else None, options)
    in_file = in_file or width * height * 3 > SPHERE_IN_MEMORY
    path = folder / "sphere.raw" if in_file else None
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


def _cube(sphere: Sphere, facts: dict[str, Any], folder: Path) -> dict[str, Any]:
    size = face_size(sphere.width)
    column = _column(size, folder)
    project(sphere, size, column, available_threads() if size * size * len(FACES) > _MANY_PIXELS else 1)
    return _derive(column, size, facts, folder)


def _column(size: int, folder: Path) -> NDArray[np.uint8]:
    shape = (len(FACES) * size, size, 3)
    if shape[0] * shape[1] * 3 <= IN_MEMORY:
        return np.empty(shape, np.uint8)
    return np.memmap(folder / "faces.raw", np.uint8, "w+", shape=shape)


def _cube_map(originals: list[tuple[str, str]], folder: Path) -> dict[str, Any]:
    prepare_process(available_threads())
    size, column, notes, source = cube_from_files(originals, folder)
    facts = {"coverage": None, "heading": None, "sourceWidth": source, "sourceHeight": source, "notes": notes}
    return _derive(column, size, facts, folder)


def _derive(column: NDArray[np.uint8], size: int, facts: dict[str, Any], folder: Path) -> dict[str, Any]:
    if column.shape[0] * column.shape[1] > _MANY_PIXELS:
        pyvips.concurrency_set(available_threads())  # pyright: ignore[reportAttributeAccessIssue]
    image = pyvips.Image.new_from_memory(column.data, size, column.shape[0], 3, "uchar").copy(interpretation="srgb")
    with decoding():
        save_pyramid(image, folder / "pyramid.tif", size)
    strip = strip_of(column, size)
    (folder / "strip.jpg").write_bytes(encode_strip(strip))
    (folder / "preview.jpg").write_bytes(preview_of(column, size))
    for name in ("sphere.raw", "faces.raw"):
        (folder / name).unlink(missing_ok=True)
    return {
        "levels": [width for width, _ in level_sizes(size, size)],
        "strip": STRIP_FACE,
        "hash": hash_of(strip),
        "coverage": facts["coverage"],
        "heading": facts["heading"],
        "sourceWidth": facts["sourceWidth"],
        "sourceHeight": facts["sourceHeight"],
        "notes": facts["notes"],
    }


def strip_of(column: NDArray[np.uint8], size: int) -> Pixels:
    """The six faces side by side, STRIP_FACE pixels each."""
    faces = [column[number * size : (number + 1) * size] for number in range(len(FACES))]
    small = [cv2.resize(face, (STRIP_FACE, STRIP_FACE), interpolation=cv2.INTER_AREA) for face in faces]
    return np.ascontiguousarray(np.concatenate(small, axis=1), np.uint8)


def encode_strip(strip: Pixels) -> bytes:
    """The strip as JPEG, within STRIP_BYTES as far as quality 20 goes."""
    encoded = b""
    for quality in (55, 45, 35, 27, 20):
        encoded = simplejpeg.encode_jpeg(strip, quality, "RGB", "420")
        if len(encoded) <= STRIP_BYTES:
            break
    return encoded


def preview_of(column: NDArray[np.uint8], size: int) -> bytes:
    """The middle of the front face as JPEG: 90° wide, 16:9."""
    width, height = PREVIEW
    rows = round(size * height / width)
    top = (size - rows) // 2
    view = cv2.resize(column[top : top + rows, :size], PREVIEW, interpolation=cv2.INTER_AREA)
    return simplejpeg.encode_jpeg(np.ascontiguousarray(view), 80, "RGB", "420")


def hash_of(strip: Pixels) -> str:
    """Base64 of 6 × 4 × 4 RGB bytes: each face of the strip in four rows of four pixels."""
    faces = np.split(strip, len(FACES), axis=1)
    tiny = [cv2.resize(face, (4, 4), interpolation=cv2.INTER_AREA) for face in faces]
    return base64.b64encode(np.ascontiguousarray(np.stack(tiny), np.uint8).tobytes()).decode()


__all__ = ["cut_sphere", "lay_sphere", "make_panorama"]
