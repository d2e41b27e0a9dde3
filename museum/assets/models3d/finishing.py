"""The last stages: light levels painted, all levels written, and pictures taken of them. Each is called in a child process with limits,
may run beside the others, and leaves files in the job's folder."""

from __future__ import annotations

import platform
import time
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import msgspec
import numpy as np

from museum.assets.ingest.open_picture import prepare_process
from museum.assets.models3d import bake, levels, pictures, standing, still
from museum.assets.models3d.gltf_write import write_glb
from museum.assets.models3d.handover import (
    BUNDLE,
    POINTS,
    POSTER,
    SOLID,
    TURNTABLE,
    USDZ,
    dump_solid,
    load,
    load_solid,
    since,
)
from museum.assets.models3d.solid import Solid
from museum.jobs.child import report

_STILL_TEXTURE = 2048
Cache = dict[tuple[str, bool, int], pictures.Image]
"""Textures by their path, whether they are colours, and the pixels of their longer side."""


def paint(work: str, number: int) -> dict[str, Any]:
    """Give level `number` coordinates and textures of its own, baked from the original; the seconds that it took."""
    prepare_process(1)
    cv2.setNumThreads(1)
    folder = Path(work)
    report(0.0, "bake")
    started = time.monotonic()
    solid = load_solid(folder, SOLID)
    size = bake.texture_size(solid, levels.small(number).texture)
    faces = np.fromfile(folder / f"bare-{number}.bin", "<u4").reshape(-1, 3)
    part = bake.unwrapped(np.load(folder / POINTS), faces, size)
    report(0.4, "bake")
    sizes = {number: solid.pictures[texture["source"]] for number, texture in enumerate(solid.textures)}
    largest = min(max((max(picture.width, picture.height) for picture in sizes.values()), default=0), 2 * size)
    pixels = _arrays(solid, largest, {})
    low, high = solid.bounds()
    made = folder / f"baked-{number}"
    made.mkdir(exist_ok=True)
    light = bake.baked(solid, pixels, part, size, levels.ASTRAY * float((high - low).max()), made)
    dump_solid(light, folder, f"baked-{number}.pickle")
    return {"seconds": since(started)}


def show(work: str, view: dict[str, Any] | None = None) -> dict[str, Any]:
    """Write the finest level, its package for iOS, and the poster, from the `Orbit` in `view` if any; what the level holds."""
    writing = _Writing(work)
    made = writing.write(levels.LEVELS[0])
    fine, folder = writing.light(0), writing.folder
    report(0.4, "usdz")
    started = time.monotonic()
    _usdz(fine, writing.cache, folder)
    made["seconds"]["usdz"] = since(started)
    report(0.7, "picture")
    started = time.monotonic()
    camera = still.seen_from(msgspec.convert(view, standing.Orbit)) if view else None
    _save_webp(still.poster(fine, _arrays(fine, _STILL_TEXTURE, writing.cache), camera=camera), folder / POSTER)
    made["seconds"]["picture"] = since(started)
    return made


def light_levels(work: str) -> dict[str, Any]:
    """Write the levels for small screens, and the turntable; what they hold."""
    writing = _Writing(work)
    made = writing.write(*(level for level in levels.LEVELS[1:] if not level.ktx2))
    report(0.4, "picture")
    started = time.monotonic()
    middle = writing.light(1)
    frames = still.turntable(middle, _arrays(middle, _STILL_TEXTURE // 2, writing.cache))
    _save_webp(frames, writing.folder / TURNTABLE)
    made["seconds"]["turntable"] = since(started)
    return made


def for_headsets(work: str) -> dict[str, Any]:
    """Write the level whose textures stay packed on the GPU; what it holds."""
    return _Writing(work).write(*(level for level in levels.LEVELS if level.ktx2))


class _Writing:
    """The levels in a job's folder as one child has them."""

    def __init__(self, work: str) -> None:
        prepare_process(1)
        cv2.setNumThreads(1)
        self.folder = Path(work)
        self.cache: Cache = {}
        self._solid = load_solid(self.folder, SOLID)
        self._lights: dict[int, Solid] = {}

    def write(self, *wanted: levels.Level) -> dict[str, Any]:
        """Write them as plain glTF, but for those that would be what a finer one is, and packed textures where there is no packing."""
        made: list[dict[str, Any]] = []
        seconds: dict[str, float] = {}
        for level in wanted:
            report(0.0, "levels")
            started = time.monotonic()
            number = levels.TARGETS.index(level.triangles)
            light = self.light(number)
            if not (light.textures and find_spec("alktx2")) if level.ktx2 else self._is_there_finer(number):
                continue
            files = textures(light, level, self.cache)
            path = self.folder / f"{level.role}.plain.glb"
            path.write_bytes(write_glb(light, files, "image/ktx2" if level.ktx2 else "image/webp"))
            seconds[level.role] = since(started)
            made.append(
                {"role": level.role, "triangles": light.triangles, "vertices": light.vertices,
                 "texture": _texture_size(light, level), "materials": len(light.parts)}
            )  # fmt: skip
        return {"levels": made, "seconds": seconds}

    def light(self, number: int) -> Solid:
        """The level of so many triangles as TARGETS has at `number`, baked where it has been."""
        if number not in self._lights:
            if self._is_baked(number):
                self._lights[number] = load_solid(self.folder, f"baked-{number}.pickle")
            else:
                faces = np.fromfile(self.folder / f"level-{number}.bin", "<u4").reshape(-1, 3)
                self._lights[number] = levels.split(self._solid, load(self.folder / BUNDLE), faces)
        return self._lights[number]

    def _is_baked(self, number: int) -> bool:
        return (self.folder / f"baked-{number}.pickle").exists()

    def _is_there_finer(self, number: int) -> bool:
        """Whether a finer level has as many triangles, and textures no larger."""

        def kind(level: int) -> tuple[int, int]:
            return (self.folder / f"level-{level}.bin").stat().st_size, _texture_size(self._solid, levels.small(level))

        return not self._is_baked(number) and any(kind(finer) == kind(number) for finer in range(number))


def _texture_size(light: Solid, level: levels.Level) -> int:
    sides = max((max(picture.width, picture.height) for picture in light.pictures), default=0)
    return min(sides, level.texture)


def _pixels(solid: Solid, number: int, color: bool, largest: int, cache: Cache) -> pictures.Image:
    """A texture at most `largest` pixels a side; the smaller ones are made of the larger ones."""
    picture = solid.pictures[solid.textures[number]["source"]]
    path = str(picture.path)
    if (path, color, largest) not in cache:
        whole = cache.get((path, color, 0))
        if whole is None:
            whole = cache[path, color, 0] = pictures.load(picture, levels.LEVELS[0].texture, color=color)
        scale = largest / max(whole.width, whole.height)
        cache[path, color, largest] = whole.resize(scale, kernel="lanczos3").copy_memory() if scale < 1 else whole
    return cache[path, color, largest]


def _arrays(solid: Solid, largest: int, cache: Cache) -> still.Textures:
    """All textures as (h, w, 3 or 4) bytes."""
    roles = pictures.roles_of(solid.materials)
    arrays = {
        number: np.asarray(_pixels(solid, number, roles.get(number, True), largest, cache).numpy())
        for number in range(len(solid.textures))
    }
    return {
        number: pixels
        if pixels.ndim == 3 and pixels.shape[2] > 2
        else np.repeat(pixels.reshape(*pixels.shape[:2], -1)[..., :1], 3, axis=2)
        for number, pixels in arrays.items()
    }


def textures(solid: Solid, level: levels.Level, cache: Cache) -> list[bytes]:
    """The solid's textures as files for the level: WebP, or KTX2 where they stay packed."""
    roles = pictures.roles_of(solid.materials)
    made = []
    for number in range(len(solid.textures)):
        color = roles.get(number, True)
        normal = level.ktx2 and _is_normal(solid, number)
        largest = min(level.texture, pictures.NORMALS_LARGEST) if normal else level.texture
        image = _pixels(solid, number, color, largest, cache)
        if level.ktx2:
            made.append(pictures.as_ktx2(image, color=color, normal=normal))
        else:
            made.append(pictures.as_webp(image, color=color))
    return made


def _is_normal(solid: Solid, number: int) -> bool:
    return any(material.get("normalTexture", {}).get("index") == number for material in solid.materials)


def _usdz(solid: Solid, cache: Cache, folder: Path) -> None:
    try:
        from pxr import Usd  # noqa: F401

        from museum.assets.models3d.usdz import TEXTURE, write_usdz
    except ImportError:
        return
    roles = pictures.roles_of(solid.materials)
    images = {
        number: _pixels(solid, number, roles.get(number, True), TEXTURE, cache) for number in range(len(solid.textures))
    }
    write_usdz(solid, images, folder, folder / USDZ)


def _save_webp(pixels: still.Pixels, path: Path) -> None:
    pictures.from_pixels(pixels).webpsave(str(path), Q=84, effort=3, keep="none")


def tools() -> dict[str, str]:
    """What made it, and in which version."""
    found = {"python": platform.python_version()}
    for name in ("museum", "almeshopt", "xatlas", "embreex", "alktx2", "trimesh", "usd-core", "pyvips"):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
