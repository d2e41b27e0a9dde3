"""`/scenes/{slug}/view.jpg`: what a scene shows in one direction, as a picture; `/view.jpg`: the museum's own, from its entrance;
`/scenes/{slug}/sphere.jpg`: all directions at once."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Mapping
from urllib.parse import urlencode

from aiohttp import hdrs, web

from museum.assets.sphere import SPHERE_WIDTH, Sphere
from museum.assets.tiles import TileMissing
from museum.assets.view import QUALITY, View
from museum.scenes.geometry import wrap
from museum.scenes.view_source import ViewSource, find_view_source
from museum.web.answers import CORS, add_public, is_known, tag_of
from museum.web.errors import Problem, not_found
from museum.web.iiif.lanes import Busy
from museum.web.iiif.pictures import RENDERER
from museum.web.keys import DATABASE, TILES
from museum.web.sharing.view_maker import ViewMaker

logger = logging.getLogger(__name__)

WIDTH, HEIGHT = 1200, 630
"""The size that link previews show without cutting anything off."""
SHORTEST, LONGEST = 16, 4096
MOST_PIXELS = 4_194_304
ANGLES = {"yaw": (-360.0, 360.0), "pitch": (-90.0, 90.0), "fov": (5.0, 120.0)}
FRESH = "public, max-age=300"
"""A slug outlives its picture, so that copies are asked for again."""

_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{0,9})?")
_WHOLE = re.compile(r"[0-9]{1,9}")

MAKER = web.AppKey("view_maker", ViewMaker)


def read_view(query: Mapping[str, str], source: ViewSource) -> View:
    """The view that a query asks of a scene: what it leaves out is the scene's first view, WIDTH × HEIGHT pixels. Raises Problem."""
    angles = {name: _angle(query, name, getattr(source, name)) for name in ANGLES}
    width, height = _length(query, "w"), _length(query, "h")
    if width is None and height is None:
        width, height = WIDTH, HEIGHT
    elif width is None:
        assert height is not None
        width = min(LONGEST, round(height * WIDTH / HEIGHT))
    elif height is None:
        height = max(SHORTEST, round(width * HEIGHT / WIDTH))
    if width * height > MOST_PIXELS:
        raise Problem(413, "view-size", most=MOST_PIXELS, longest=LONGEST)
    level = (source.level_pitch, source.level_roll)
    return View(wrap(angles["yaw"]), angles["pitch"], angles["fov"], width, height, *level)


def _angle(query: Mapping[str, str], name: str, otherwise: float) -> float:
    text = query.get(name)
    if text is None:
        return otherwise
    least, most = ANGLES[name]
    if not _DEGREES.fullmatch(text) or not least <= float(text) <= most:
        raise Problem(400, "view-angle", name=name, least=f"{least:g}", most=f"{most:g}")
    # Finer than a pixel, and few enough to be asked for twice.
    return round(float(text), 2)


def _length(query: Mapping[str, str], name: str) -> int | None:
    text = query.get(name)
    if text is None:
        return None
    if not _WHOLE.fullmatch(text) or int(text) < SHORTEST:
        raise Problem(400, "query-number", name=name, least=SHORTEST, most=LONGEST)
    if int(text) > LONGEST:
        raise Problem(413, "view-size", most=MOST_PIXELS, longest=LONGEST)
    return int(text)


def lenient_view(query: Mapping[str, str]) -> dict[str, float]:
    """What of a view the address of a scene's page states, understood as the viewer does: turned and clamped into range, nonsense
    passed over."""
    found: dict[str, float] = {}
    for name, (least, most) in ANGLES.items():
        try:
            value = float(query.get(name, ""))
        except ValueError:
            continue
        if math.isfinite(value):
            found[name] = round(wrap(value) if name == "yaw" else min(max(value, least), most), 2)
    return found


def view_address(slug: str | None, view: Mapping[str, float], size: tuple[int, int] = (WIDTH, HEIGHT)) -> str:
    """Address of the picture of a scene, or without a slug of the museum; what `view` leaves out is the scene's first view."""
    query: dict[str, float] = {name: view[name] for name in ANGLES if name in view}
    if size != (WIDTH, HEIGHT):
        query |= {"w": size[0], "h": size[1]}
    words = urlencode({name: f"{value:g}" for name, value in query.items()})
    return (f"/scenes/{slug}/view.jpg" if slug else "/view.jpg") + (f"?{words}" if words else "")


async def view(request: web.Request) -> web.Response:
    """The picture. Nothing that visitors may not enter has one, whoever asks."""
    source = await request.app[DATABASE].read_with(find_view_source, request.match_info.get("slug"))
    if source is None:
        raise not_found()
    return await _picture(request, source, read_view(request.query, source))


async def sphere(request: web.Request) -> web.Response:
    """The whole panorama unrolled, equirectangular, its forward direction in the middle."""
    source = await request.app[DATABASE].read_with(find_view_source, request.match_info["slug"])
    if source is None:
        raise not_found()
    return await _picture(request, source, Sphere(SPHERE_WIDTH, source.level_pitch, source.level_roll))


async def _picture(request: web.Request, source: ViewSource, asked: View | Sphere) -> web.Response:
    tag = tag_of(f"{source.digest} {asked} {QUALITY}".encode())
    headers = {**CORS, hdrs.CACHE_CONTROL: FRESH, hdrs.ETAG: f'"{tag}"'}
    if is_known(request, tag):
        return web.Response(status=304, headers=headers)
    try:
        body = await request.app[MAKER].picture(source, asked)
    except TileMissing as error:
        logger.error("the panorama of scene %s cannot be read: %s", request.match_info.get("slug", ""), error)
        raise Problem(500, "iiif-damaged") from None
    except Busy as busy:
        raise Problem(503, "http-503", {hdrs.RETRY_AFTER: str(busy.retry_after)}) from None
    return web.Response(body=body, content_type="image/jpeg", headers=headers)


async def _close(app: web.Application) -> None:
    await app[MAKER].close()


def register(app: web.Application) -> None:
    app[MAKER] = ViewMaker(app[TILES], app[RENDERER])
    app.on_cleanup.append(_close)
    add_public(app, "/scenes/{slug:[a-z0-9-]{1,120}}/view.jpg", view)
    add_public(app, "/scenes/{slug:[a-z0-9-]{1,120}}/sphere.jpg", sphere)
    add_public(app, "/view.jpg", view)
