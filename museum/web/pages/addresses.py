"""Addresses of pages and pictures, as templates need them."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from museum.collection.cards import Card, Picture
from museum.scenes.cards import SceneCard

FOLDERS = {
    "hall": "venues",
    "site": "venues",
    "venue": "venues",
    "scene": "scenes",
    "artifact": "artifacts",
    "image": "images",
    "exhibition": "exhibitions",
    "activity": "activities",
    "tour": "tours",
    "place": "places",
}
Box = tuple[int, int, int, int]
"""Left, top, width and height in pixels of the whole picture."""
_REGION = re.compile(r"[0-9]{1,7}(,[0-9]{1,7}){3}")
_HAS_MANIFEST = re.compile(r"/(artifacts|images|exhibitions|venues|scenes)/[a-z0-9-]{1,120}")


def page_address(card: Card | SceneCard) -> str:
    """Address of the page of what `card` stands for."""
    return f"/{FOLDERS[card.kind]}/{card.slug}"


def scene_address(slug: str, yaw: float | None = None, pitch: float = 0.0, fov: float | None = None) -> str:
    """Address of a scene, looking in a direction given in degrees."""
    view: dict[str, str] = {}
    if yaw is not None:
        view = {"yaw": f"{yaw:.1f}", "pitch": f"{pitch:.1f}"}
    if fov is not None:
        view["fov"] = f"{fov:g}"
    return f"/scenes/{slug}" + (f"?{urlencode(view)}" if view else "")


def preview_address(picture: Picture) -> str | None:
    """Address of the small JPEG of a picture; None where there is none."""
    return f"/files/{picture.preview}.jpg" if picture.preview else None


def poster_address(digest: str) -> str:
    """Address of the still of a model."""
    return f"/files/{digest}.jpg"


def picture_address(picture: Picture, width: int) -> str:
    """Address of an image at most `width` pixels wide; never larger than it is."""
    if picture.width and picture.width <= width:
        return f"/iiif/3/{picture.slug}/full/max/0/default.jpg"
    return f"/iiif/3/{picture.slug}/full/{width},/0/default.jpg"


def fitted(width: int, height: int, most_width: int, most_height: int) -> tuple[int, int]:
    """The largest size of the same shape within `most_width` × `most_height`; never larger than `width` × `height`."""
    factor = min(1.0, most_width / max(width, 1), most_height / max(height, 1))
    return max(1, round(width * factor)), max(1, round(height * factor))


def fitted_address(picture: Picture, size: tuple[int, int], region: Box | None = None) -> str:
    """Address of an image, or of a region of it in its own pixels, at one of the sizes that `fitted` gives."""
    return picture_at(picture.slug or "", (picture.width, picture.height), size, region)


def picture_at(slug: str, whole: tuple[int, int], size: tuple[int, int], region: Box | None = None) -> str:
    """Address of the image `slug`, of `whole` pixels, or of a region of it, scaled to `size`."""
    box = region or (0, 0, *whole)
    words = "max" if size == box[2:] else f"{size[0]},{size[1]}"
    part = "full" if box == (0, 0, *whole) else ",".join(map(str, box))
    return f"/iiif/3/{slug}/{part}/{words}/0/default.jpg"


def region_of(picture: Picture, words: str) -> Box | None:
    """The region that an image's page is asked for with `?region=x,y,width,height`, cut to the picture; None where it is none."""
    if not _REGION.fullmatch(words):
        return None
    x, y, width, height = map(int, words.split(","))
    width, height = min(width, picture.width - x), min(height, picture.height - y)
    return (x, y, width, height) if width > 0 and height > 0 else None


def zoom_address(picture: Picture) -> str:
    """Address of the description of an image's pyramid."""
    return f"/iiif/3/{picture.slug}/info.json"


def manifest_address(path: str) -> str | None:
    """Address of the IIIF manifest of what the page at `path` shows; None where it has none."""
    return f"/iiif/presentation/3{path}/manifest" if _HAS_MANIFEST.fullmatch(path) else None


def megabytes(size: int) -> str:
    """A file's size in megabytes, at least 0.1."""
    return f"{max(size / 1e6, 0.1):.1f}"


def helpers() -> dict[str, Any]:
    """The functions of this module by the names that templates use."""
    return {
        "page_address": page_address,
        "scene_address": scene_address,
        "preview_address": preview_address,
        "poster_address": poster_address,
        "picture_address": picture_address,
        "zoom_address": zoom_address,
        "manifest_address": manifest_address,
        "megabytes": megabytes,
    }
