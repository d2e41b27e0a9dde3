"""The first picture of a scene as a part of its page: six faces on a cube of elements, turned by CSS, before any script is there.

The viewer's own first picture (`viewer/src/tour/poster.ts`) shows the same view, and the renderer after it. Addresses are relative to
the site; lengths are in units of the box that the picture fills.
"""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from aiohttp import web
from markupsafe import Markup
from PIL import Image

from museum.assets.info import FACES
from museum.scenes.cards import Opening
from museum.web.policy import CONTENT_SECURITY_POLICY, allowing_style
from museum.web.sharing.views import lenient_view

HASH_SIDE = 4
NARROWEST, WIDEST = 58.0, 100.0
"""Degrees across that a narrow screen shows at least, as long as that takes no more than so many degrees from top to bottom:
`openingFov` in `viewer/src/panorama/view.ts`."""


@dataclass(frozen=True)
class FirstPaint:
    """`style` is what belongs into the page's head, `strip` the picture to fetch first."""

    style: Markup
    strip: str


def first_paint(opening: Opening, query: Mapping[str, str], looks: str = "") -> FirstPaint:
    """What the page of a scene carries: `looks`, and the view that its address states, or else the scene's own."""
    asked = lenient_view(query)
    focal = _stated(asked["fov"]) if "fov" in asked else _fitting(opening.fov)
    yaw, pitch = asked.get("yaw", opening.yaw), asked.get("pitch", opening.pitch)
    strip = f"/tiles/{opening.digest}/strip.jpg"
    rule = (
        f".first-paint{{--first-focal:{focal};--first-pitch:{pitch:.2f}deg;"
        f"--first-yaw:{yaw:.2f}deg;--first-level:rotateX({0.0 - opening.level_pitch:.2f}deg) rotateZ({opening.level_roll:.2f}deg);"
        f"--first-strip:url({strip}),url({_at_once(opening)})}}"
    )
    return FirstPaint(Markup(looks + rule), strip)  # noqa: S704  (our own build, numbers, a digest and base64)


def _at_once(opening: Opening) -> str:
    """What is shown before anything has been fetched."""
    return f"data:image/webp;base64,{opening.glimpse}" if opening.glimpse else hash_picture(opening.hash)


def with_first_paint(
    response: web.Response, first: FirstPaint | None, policy: str = CONTENT_SECURITY_POLICY
) -> web.Response:
    """`response`, a page that carries `first`, with a policy that lets it."""
    if first is not None and response.status in (200, 304):
        response.headers["Content-Security-Policy"] = allowing_style(policy, first.style)
    return response


def _half_height(fov: float) -> float:
    """The distance of the eye from the screen, in hundredths of the box's height, at a vertical field of view."""
    return 50 / math.tan(math.radians(fov) / 2)


def _stated(fov: float) -> str:
    return f"{_half_height(fov):.2f}cqh"


def _fitting(fov: float) -> str:
    across = 50 / math.tan(math.radians(NARROWEST) / 2)
    return f"min({_half_height(fov):.2f}cqh,max({across:.2f}cqw,{_half_height(WIDEST):.2f}cqh))"


@lru_cache(maxsize=1024)
def hash_picture(text: str) -> str:
    """A panorama's hash (see `PanoramaInfo`) as a `data:` address of a PNG with the six faces side by side."""
    size = HASH_SIDE, HASH_SIDE
    pixels = base64.b64decode(text)
    face = HASH_SIDE * HASH_SIDE * 3
    picture = Image.new("RGB", (HASH_SIDE * len(FACES), HASH_SIDE))
    for number in range(len(FACES)):
        part = Image.frombytes("RGB", size, pixels[number * face : (number + 1) * face])
        picture.paste(part, (number * HASH_SIDE, 0))
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
