"""Addresses of scenes: this museum's own, and what those of other museums' servers say."""

from __future__ import annotations

import math
import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from museum.scenes.geometry import wrap

_PAGE = re.compile(r"(?P<base>.*)/scenes/(?P<slug>[a-z0-9-]{1,120})/?")
_TOUR = re.compile(r"(?P<base>.*)/api/v1/scenes/(?P<slug>[a-z0-9-]{1,120})/tour\.json")


def tour_address(slug: str) -> str:
    """Where this museum answers the tour of a scene."""
    return f"/api/v1/scenes/{slug}/tour.json"


def scene_page(slug: str) -> str:
    """The page of a scene of this museum."""
    return f"/scenes/{slug}"


def recording_address(digest: str, form: str) -> str:
    """Where the file of a sound or film lies; `form` is mp4, m4a or mp3."""
    return f"/recordings/{digest}.{form}"


class SceneAddress(NamedTuple):
    """What an address on another museum's server leads to: its tour.json, its page, and the view that the address asks for.

    Both are the address itself where it is no scene of a museum like this one.
    """

    tour: str
    page: str
    view: tuple[float, float, float] | None = None
    """Yaw, pitch and vertical field of view in degrees."""


def read_scene_address(address: str) -> SceneAddress:
    """What the absolute address of a scene's page, or of its tour.json, on another server says. `?yaw=&pitch=&fov=` is the view."""
    parts = urlsplit(address)
    # The tour first: its path ends like a page's no less.
    found = _TOUR.fullmatch(parts.path) or _PAGE.fullmatch(parts.path)
    if found is None:
        return SceneAddress(address, address)
    server = f"{parts.scheme}://{parts.netloc}{found['base']}"
    return SceneAddress(server + tour_address(found["slug"]), server + scene_page(found["slug"]), _view(parts.query))


def _view(query: str) -> tuple[float, float, float] | None:
    fields = parse_qs(query)
    yaw, pitch, fov = (_number(fields, name) for name in ("yaw", "pitch", "fov"))
    if yaw is None:
        return None
    return (
        wrap(yaw),
        0.0 if pitch is None else min(max(pitch, -90.0), 90.0),
        75.0 if fov is None else min(max(fov, 5.0), 120.0),
    )


def _number(fields: dict[str, list[str]], name: str) -> float | None:
    try:
        value = float(fields[name][0])
    except (KeyError, ValueError):
        return None
    return value if math.isfinite(value) else None
