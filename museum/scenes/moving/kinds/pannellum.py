"""Pannellum's configuration: a tour of `scenes`, or one panorama; equirectangular, cube map or multires.

Written from Pannellum's reference (https://pannellum.org/documentation/reference/, and `examples/` there). Its angles are ours: degrees,
yaw clockwise from the middle of the panorama, pitch upwards; `northOffset` is the heading of the middle. Its fields of view are
horizontal. A scene that a hot spot leads to opens at its own first view unless the hot spot says otherwise.
"""

from __future__ import annotations

import asyncio
import math
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from museum.assets.info import FACES
from museum.scenes.moving.foreign import (
    Builder,
    number,
    pitch_of,
    plain_words,
    spot_texts,
    vertical,
    yaw_of,
)
from museum.scenes.moving.kinds import Kind
from museum.scenes.moving.paths import BadTour, file_in, read_document, read_json
from museum.scenes.moving.stitch import LARGEST_FACE, Face, stitch
from museum.scenes.moving.tour import Tour

HFOV = 100.0
"""Pannellum's own default, in degrees."""
MOST_SCENES = 5000
MOST_LEVELS = 16
_PLAIN_NAMES = ("tour", "config")
"""Of files, which tell nothing of what is in them."""
_TYPES = ("equirectangular", "cubemap", "multires")
_LEFT = ("horizonPitch", "horizonRoll")
"""Properties of scenes that do not come along."""

Config = dict[str, Any]


def find(path: Path) -> Path | None:
    """A JSON file that looks like a configuration; in a folder the only one, or the one called tour.json or config.json."""
    if path.is_file():
        return path if path.suffix.lower() == ".json" and _looks_like_one(path) else None
    found = [file for file in sorted(path.glob("*.json")) if _looks_like_one(file)]
    named = [file for file in found if file.stem in _PLAIN_NAMES]
    return found[0] if len(found) == 1 else named[0] if named else None


def _looks_like_one(path: Path) -> bool:
    try:
        config = read_json(read_document(path), path.name)
    except (BadTour, OSError):
        return False
    scenes = config.get("scenes")
    if isinstance(scenes, dict):
        return any(
            isinstance(one, dict) and (one.get("type") in _TYPES or "panorama" in one) for one in scenes.values()
        )
    return config.get("type") in _TYPES


async def read(file: Path, root: Path, workplace: Path) -> Tour:
    """The tour of a configuration; addresses in it are read as Pannellum does, from where the configuration lies."""
    config = await asyncio.to_thread(lambda: read_json(read_document(file), file.name))
    return await _Reading(file, config, root, workplace).run()


class _Reading:
    def __init__(self, file: Path, config: Config, root: Path, workplace: Path) -> None:
        self._file = file
        self._root = root
        self._workplace = workplace
        default = config.get("default")
        self._default: Config = default if isinstance(default, dict) else {}
        scenes = config.get("scenes")
        self._scenes: dict[str, Config] = (
            {name: {**self._default, **one} for name, one in scenes.items() if isinstance(one, dict)}
            if isinstance(scenes, dict)
            else {file.stem: config}
        )
        if not 0 < len(self._scenes) <= MOST_SCENES:
            raise BadTour("no-scenes", name=file.name)
        title = plain_words(config.get("title") or self._default.get("title")) or (
            file.parent.name if file.stem in _PLAIN_NAMES else file.stem
        )
        first = self._default.get("firstScene")
        order = sorted(self._scenes, key=lambda name: name != first)
        self._build = Builder("pannellum", title, order, file.parent.name)

    async def run(self) -> Tour:
        for place, name in enumerate(sorted(self._scenes, key=lambda one: one != self._default.get("firstScene"))):
            await self._scene(name, self._scenes[name], self._workplace / str(place))
        return self._build.tour

    async def _scene(self, name: str, scene: Config, folder: Path) -> None:
        yaw, pitch, fov = _first_view(scene)
        links, spots = self._spots(name, scene)
        for word in _LEFT:
            if number(scene.get(word)):
                self._build.leave("horizon", name, value=scene[word])
        self._build.add_scene(
            name,
            plain_words(scene.get("title")),
            await self._panorama(name, scene, folder),
            north=(number(scene.get("northOffset"), 0.0) or 0.0) % 360.0,
            initial_yaw=yaw,
            initial_pitch=pitch,
            initial_fov=fov,
            links=links,
            hotspots=spots,
        )

    async def _panorama(self, name: str, scene: Config, folder: Path) -> str | None:
        kind = scene.get("type", "equirectangular")
        try:
            if kind == "equirectangular":
                return self._whole(name, scene)
            if kind == "cubemap":
                return self._cube(name, scene)
            if kind == "multires":
                return await self._multires(name, scene, folder)
        except BadTour as bad:
            self._build.leave("panorama", name, because=bad)
            return None
        self._build.leave("type", name, type=str(kind)[:40])
        return None

    def _whole(self, name: str, scene: Config) -> str:
        path = self._at(scene, scene.get("panorama"))
        wide, high = number(scene.get("haov"), 360.0) or 360.0, number(scene.get("vaov"), 180.0) or 180.0
        options: dict[str, Any] = {}
        if wide < 359.5 or high < 179.5:
            middle = number(scene.get("vOffset"), 0.0) or 0.0
            low, top = max(middle - high / 2, -90.0), min(middle + high / 2, 90.0)
            options["coverage"] = [-wide / 2, wide / 2, low, top]
        return self._build.add_panorama(name, {"whole": path}, options)

    def _cube(self, name: str, scene: Config) -> str:
        faces = scene.get("cubeMap")
        if not isinstance(faces, list) or len(faces) != len(FACES):
            raise BadTour("cube-faces", where=name)
        # In the order front, right, back, left, up, down.
        return self._build.add_panorama(
            name, {face: self._at(scene, one) for face, one in zip(FACES, faces, strict=True)}
        )

    async def _multires(self, name: str, scene: Config, folder: Path) -> str:
        levels = scene.get("multiRes")
        if not isinstance(levels, dict):
            raise BadTour("tiles-missing", where=name, name="multiRes")
        size, tile, finest = (levels.get(key) for key in ("cubeResolution", "tileResolution", "maxLevel"))
        if not all(isinstance(one, int) and not isinstance(one, bool) for one in (size, tile, finest)):
            raise BadTour("tiles-missing", where=name, name="multiRes")
        assert isinstance(size, int) and isinstance(tile, int) and isinstance(finest, int)
        if not (0 < size <= LARGEST_FACE and 64 <= tile <= size * 2 and 1 <= finest <= MOST_LEVELS):
            raise BadTour("tiles-large", where=name, most=LARGEST_FACE)
        missing: BadTour | None = None
        for level in range(finest, 0, -1):
            try:
                faces = self._faces(scene, levels, level, size >> (finest - level), tile)
            except BadTour as bad:
                missing = missing or bad
                continue
            if missing is not None:
                self._build.leave("finest", name, size=size, used=size >> (finest - level), because=missing)
            return self._build.add_panorama(name, await stitch(faces, folder, name))
        assert missing is not None
        raise missing

    def _faces(self, scene: Config, levels: Config, level: int, size: int, tile: int) -> list[Face]:
        """The faces of one level; every tile must be there."""
        across = math.ceil(size / tile)
        pattern = (
            f"{levels.get('basePath') or ''}{levels.get('path') or '/%l/%s%y_%x'}.{levels.get('extension') or 'jpg'}"
        )
        made: list[Face] = []
        for face in FACES:
            names = [
                pattern.replace("%s", face).replace("%l", str(level)).replace("%x", str(x)).replace("%y", str(y))
                for y in range(across)
                for x in range(across)
            ]
            made.append(Face(face, size, tile, across, [self._at(scene, one) for one in names]))
        return made

    def _at(self, scene: Config, address: object) -> Path:
        """The file at an address of the configuration."""
        base = scene.get("basePath")
        if not isinstance(address, str):
            raise BadTour("path-bad", name=str(address)[:80])
        whole = f"{base or ''}{address}"
        if urlsplit(whole).scheme or whole.startswith("//"):
            raise BadTour("path-elsewhere", name=whole[:200])
        return file_in(self._file.parent, unquote(urlsplit(whole).path), within=self._root)

    def _spots(self, name: str, scene: Config) -> tuple[list[Config], list[Config]]:
        links: list[Config] = []
        spots: list[Config] = []
        listed = scene.get("hotSpots")
        for one in listed if isinstance(listed, list) else []:
            if not isinstance(one, dict):
                continue
            at = {
                "yaw": yaw_of(number(one.get("yaw"), 0.0) or 0.0),
                "pitch": pitch_of(number(one.get("pitch"), 0.0) or 0.0),
            }
            if one.get("type") == "scene":
                self._link(name, one, at, links)
            else:
                self._spot(name, one, at, spots)
        return links, spots

    def _link(self, name: str, one: Config, at: Config, links: list[Config]) -> None:
        target = self._build.slug(one.get("sceneId"))
        if target is None or one.get("sceneId") == name:
            self._build.leave("target", name, target=str(one.get("sceneId") or one.get("URL"))[:80])
            return
        first = _first_view(self._scenes[one["sceneId"]])
        yaw = number(one.get("targetYaw"), first[0])
        arrival: Config = {"arrival_yaw": None if yaw is None else yaw_of(yaw)}
        if one.get("targetYaw") in ("same", "sameAzimuth"):
            # The heading is kept, as it is of links that say nothing.
            arrival["arrival_yaw"] = None
        pitch = number(one.get("targetPitch"), first[1] if arrival["arrival_yaw"] is not None else None)
        wide = number(one.get("targetHfov"))
        arrival["arrival_pitch"] = None if pitch is None else pitch_of(pitch)
        arrival["arrival_fov"] = vertical(wide) if wide is not None else None
        links.append({"kind": "walk", "target": target, **at, **arrival, "texts": spot_texts(one.get("text") or "")})

    def _spot(self, name: str, one: Config, at: Config, spots: list[Config]) -> None:
        words = one.get("text") or ""
        address = one.get("URL")
        for word in ("image", "video"):
            if one.get(word):
                self._build.leave("embedded", name, what=word, name=str(one[word])[:120])
        if isinstance(address, str) and urlsplit(address).scheme in ("http", "https"):
            title = words if plain_words(words) else address
            spots.append({"kind": "web", "url": address, **at, "texts": spot_texts(title)})
        elif plain_words(words):
            if address:
                self._build.leave("address", name, address=str(address)[:120])
            spots.append({"kind": "text", **at, "texts": spot_texts(words)})
        else:
            self._build.leave("empty-spot", name, yaw=at["yaw"], pitch=at["pitch"])


def _first_view(scene: Config) -> tuple[float, float, float]:
    """Yaw, pitch and vertical field of view, in degrees."""
    return (
        yaw_of(number(scene.get("yaw"), 0.0) or 0.0),
        pitch_of(number(scene.get("pitch"), 0.0) or 0.0),
        vertical(number(scene.get("hfov"), HFOV) or HFOV),
    )


KIND = Kind("pannellum", 10, find, read)
