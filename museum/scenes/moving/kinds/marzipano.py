"""What the Marzipano Tool exports: `data.js` beside `tiles/{scene}/{level}/{face}/{row}/{column}.jpg`.

Written from the tool's own exports and Marzipano's reference (https://www.marzipano.net/reference/). Its angles are radians, yaw clockwise
as ours, but pitch downwards; its fields of view are vertical. A link opens the next scene at that one's first view.
"""

from __future__ import annotations

import asyncio
import math
from pathlib import Path
from typing import Any

from museum.assets.info import FACES
from museum.scenes.moving.foreign import Builder, fov_of, number, pitch_of, plain_words, spot_texts, yaw_of
from museum.scenes.moving.kinds import Kind
from museum.scenes.moving.paths import BadTour, file_in, read_document, read_json
from museum.scenes.moving.stitch import LARGEST_FACE, Face, stitch
from museum.scenes.moving.tour import Tour

NAME = "data.js"
_MARK = b"APP_DATA"
MOST_SCENES = 5000

Data = dict[str, Any]


def find(path: Path) -> Path | None:
    """`data.js`, in the folder or in `app-files` below it, as the tool packs it."""
    places = [path] if path.is_file() else [path / NAME, path / "app-files" / NAME]
    for file in places:
        if file.name == NAME and file.is_file():
            with file.open("rb") as opened:
                if _MARK in opened.read(4096):
                    return file
    return None


async def read(file: Path, root: Path, workplace: Path) -> Tour:
    """The tour of an export."""
    data = await asyncio.to_thread(_data, file)
    scenes = [one for one in data.get("scenes") or [] if isinstance(one, dict) and isinstance(one.get("id"), str)]
    if not 0 < len(scenes) <= MOST_SCENES:
        raise BadTour("no-scenes", name=file.name)
    title = plain_words(data.get("name"))
    folder = file.parent.parent.name if file.parent.name == "app-files" else file.parent.name
    build = Builder("marzipano", title, [one["id"] for one in scenes], folder)
    views = {one["id"]: _view(one.get("initialViewParameters")) for one in scenes}
    for place, scene in enumerate(scenes):
        await _scene(file.parent, build, scene, views, workplace / str(place))
    return build.tour


def _data(file: Path) -> Data:
    """The object that `var APP_DATA = {…};` assigns: the tool writes it as JSON."""
    content = read_document(file)
    start, end = content.find(b"{", content.find(_MARK)), content.rfind(b"}")
    return read_json(content[start : end + 1], file.name)


async def _scene(root: Path, build: Builder, scene: Data, views: dict[str, Any], folder: Path) -> None:
    name = scene["id"]
    yaw, pitch, fov = views[name]
    try:
        faces = await stitch(await asyncio.to_thread(_faces, root, scene), folder, name)
        panorama = build.add_panorama(name, faces)
    except BadTour as bad:
        build.leave("panorama", name, because=bad)
        panorama = None
    build.add_scene(
        name,
        plain_words(scene.get("name")),
        panorama,
        initial_yaw=yaw,
        initial_pitch=pitch,
        initial_fov=fov,
        links=_links(build, scene, views),
        hotspots=_spots(build, scene),
    )


def _faces(root: Path, scene: Data) -> list[Face]:
    """The finest level; `fallbackOnly` ones lie in preview.jpg and have no tiles."""
    levels = scene.get("levels")
    chosen = [
        (number_, one["size"], one["tileSize"])
        for number_, one in enumerate(levels if isinstance(levels, list) else [])
        if isinstance(one, dict)
        and not one.get("fallbackOnly")
        and _is_size(one.get("size"))
        and _is_size(one.get("tileSize"))
    ]
    if not chosen:
        raise BadTour("tiles-missing", where=scene["id"], name="levels")
    level, size, tile = max(chosen, key=lambda one: one[1])
    across = math.ceil(size / tile)
    return [
        Face(
            face,
            size,
            tile,
            across,
            [
                file_in(root, f"tiles/{scene['id']}/{level}/{face}/{row}/{column}.jpg")
                for row in range(across)
                for column in range(across)
            ],
        )
        for face in FACES
    ]


def _is_size(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 64 <= value <= LARGEST_FACE


def _links(build: Builder, scene: Data, views: dict[str, Any]) -> list[Data]:
    links: list[Data] = []
    for one in _listed(scene, "linkHotspots"):
        target = build.slug(one.get("target"))
        if target is None or one.get("target") == scene["id"]:
            build.leave("target", scene["id"], target=str(one.get("target"))[:80])
            continue
        yaw, pitch, fov = views[one["target"]]
        arrival = {"arrival_yaw": yaw, "arrival_pitch": pitch, "arrival_fov": fov}
        links.append({"kind": "walk", "target": target, **_direction(one), **arrival})
    return links


def _spots(build: Builder, scene: Data) -> list[Data]:
    spots: list[Data] = []
    for one in _listed(scene, "infoHotspots"):
        title, words = plain_words(one.get("title")), plain_words(one.get("text"))
        at = _direction(one)
        if title and words:
            texts = spot_texts(title) | {
                "description": spot_texts(words).get("description", spot_texts(words).get("title", {}))
            }
            spots.append({"kind": "text", **at, "texts": texts})
        elif title or words:
            spots.append({"kind": "text", **at, "texts": spot_texts(title or words)})
        else:
            build.leave("empty-spot", scene["id"], yaw=at["yaw"], pitch=at["pitch"])
    return spots


def _listed(scene: Data, name: str) -> list[Data]:
    found = scene.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _direction(one: Data) -> Data:
    """Yaw and pitch in degrees, pitch upwards."""
    yaw, pitch = (math.degrees(number(one.get(name), 0.0) or 0.0) for name in ("yaw", "pitch"))
    return {"yaw": yaw_of(yaw), "pitch": pitch_of(-pitch)}


def _view(parameters: object) -> tuple[float, float, float]:
    found = parameters if isinstance(parameters, dict) else {}
    at = _direction(found)
    return at["yaw"], at["pitch"], fov_of(math.degrees(number(found.get("fov"), math.radians(75)) or math.radians(75)))


KIND = Kind("marzipano", 5, find, read)
