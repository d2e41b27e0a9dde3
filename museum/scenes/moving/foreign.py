"""What tours of other programs come to: one hall with its scenes, said in our words."""

from __future__ import annotations

import math
import re
from html import unescape
from pathlib import Path
from typing import Any

from museum.curation.drafting import slug_of, turn
from museum.database.texts import language_of
from museum.scenes.moving.tour import LeftOut, Tour, TourAsset, TourFile, add_record, origin_of, texts_of

ASPECT = 16 / 9
"""Of the screen for which a horizontal field of view is taken to be meant: ours are vertical."""
LONGEST_TITLE = 200
_TAG = re.compile(r"<[^<>]{0,2000}>")


class Builder:
    """A tour in the making. Scenes go by what the other program calls them."""

    def __init__(self, form: str, title: str, scenes: list[str], fallback: str) -> None:
        self.tour = Tour(origin_of(form, title, *sorted(scenes)), form)
        self.hall = slug_of(title) or slug_of(fallback) or "tour"
        self._slugs = _slugs(self.hall, scenes)
        entrance = self._slugs[scenes[0]] if scenes else None
        texts = texts_of(title=titled(title or fallback))
        add_record(self.tour, "venue", self.hall, {"state": "published", "texts": texts, "entrance": entrance})

    def slug(self, scene: object) -> str | None:
        """What a scene is called here; None where the tour has none such."""
        return self._slugs.get(scene) if isinstance(scene, str) else None

    def leave(self, code: str, where: str, /, **values: object) -> None:
        """Note something that does not come along."""
        self.tour.left_out.append(LeftOut(code, where, values))

    def add_scene(self, name: str, title: str, panorama: str | None, **values: Any) -> None:
        """A scene of the hall, after those before it. `panorama` is the key of an asset."""
        links, spots = values.pop("links", []), values.pop("hotspots", [])
        snapshot = {
            "state": "published" if panorama else "draft",
            "venue": self.hall,
            "position": len(self.tour.records.get("scene", {})),
            "panorama": panorama,
            "texts": texts_of(title=titled(title or name)),
            "links": [{**one, "position": number} for number, one in enumerate(links)],
            "hotspots": [{**one, "position": number} for number, one in enumerate(spots)],
            **values,
        }
        add_record(self.tour, "scene", self._slugs[name], snapshot)

    def add_panorama(self, name: str, files: dict[str, Path], options: dict[str, Any] | None = None) -> str:
        """An asset of one picture under `whole`, or of six under their faces; its key."""
        key = f"panorama-of-{name}"
        stem = self._slugs.get(name, name)
        originals = [
            TourFile(path, role, filename=path.name if role == "whole" else f"{stem}_{role}{path.suffix}")
            for role, path in files.items()
        ]
        self.tour.assets[key] = TourAsset("panorama", options or {}, originals)
        return key


def titled(words: str) -> dict[str, str]:
    """A text in the language that its characters tell."""
    plain = plain_words(words)[:LONGEST_TITLE]
    return {language_of(plain): plain} if plain else {}


def plain_words(markup: object) -> str:
    """What is read of a text that may be HTML."""
    if not isinstance(markup, str):
        return ""
    words = _TAG.sub(" ", markup) if "<" in markup else markup
    return " ".join(unescape(words).replace("\x00", "").split())


def spot_texts(words: str) -> dict[str, dict[str, list[str]]]:
    """A short text as a title; a long one as a description, of which the title is the beginning."""
    plain = plain_words(words)
    if len(plain) <= LONGEST_TITLE:
        return texts_of(title=titled(plain))
    return texts_of(title=titled(plain[:60] + "…"), description={language_of(plain): plain[:4000]})


def number(value: object, default: float | None = None) -> float | None:
    """A finite number, or what stands for it."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return default
    return float(value)


def yaw_of(degrees: float) -> float:
    """An angle in [-180, 180)."""
    return round(turn(degrees), 6)


def pitch_of(degrees: float) -> float:
    """An angle in [-90, 90]."""
    return round(min(max(degrees, -90.0), 90.0), 6)


def vertical(horizontal: float) -> float:
    """The vertical field of view, in degrees, of a screen whose horizontal one this is."""
    half = math.radians(min(max(horizontal, 1.0), 170.0)) / 2
    return fov_of(math.degrees(2 * math.atan(math.tan(half) / ASPECT)))


def fov_of(degrees: float) -> float:
    """A field of view that the viewer can show."""
    return round(min(max(degrees, 5.0), 120.0), 3)


def _slugs(hall: str, scenes: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for position, name in enumerate(scenes, 1):
        wanted = slug_of(name) or f"{position}"
        wanted = f"{hall}-{wanted}"[:80].strip("-")
        slug, count = wanted, 2
        while slug in found.values():
            slug, count = f"{wanted}-{count}", count + 1
        found[name] = slug
    return found
