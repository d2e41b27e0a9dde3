"""`/oembed?url=…`: what to show in the place of a link to one of the museum's pages, after https://oembed.com/.

A scene is `rich`: a frame to look around in. An image, and an artifact with a photograph, is a `photo`. All other pages are a `link`.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from aiohttp import web
from markupsafe import escape

from museum.collection import exhibitions_query as shows
from museum.collection import pages_query as collection
from museum.collection.cards import Picture, Texts
from museum.database.texts import pick
from museum.languages import match_language
from museum.scenes.places_query import read_place
from museum.scenes.scenes_query import read_scene
from museum.scenes.venues_query import read_venue
from museum.web.answers import add_public, json_answer
from museum.web.errors import Problem, not_found
from museum.web.keys import DATABASE
from museum.web.language import translate
from museum.web.pages.addresses import FOLDERS, Box, fitted, fitted_address, region_of, scene_address
from museum.web.rendering import base_url
from museum.web.sharing.views import HEIGHT, SHORTEST, WIDTH, lenient_view, view_address

FRAME = (960, 540)
"""The size of an embedded scene where nobody asks for less."""
PHOTO = 1600
THUMBNAIL = 640
CACHE_SECONDS = 3600
LONGEST_ADDRESS = 2000
LARGEST = 10_000
ALLOWED = "fullscreen; accelerometer; gyroscope; xr-spatial-tracking"
"""What an embedded scene may use of the page's rights: to fill the screen, to turn with the phone, and headsets."""


async def oembed(request: web.Request) -> web.Response:
    """The answer for the page that `url` names. 404 for addresses of other sites and of what visitors may not see."""
    if request.query.get("format", "json") != "json":
        raise Problem(501, "oembed-format")
    most = (_most(request, "maxwidth"), _most(request, "maxheight"))
    folder, slug, query = read_address(request.query.get("url", ""), base_url(request))
    language = match_language(query.get("lang", "")) or request["language"]
    found = await _describe(request, folder, slug, query, language, most)
    if found is None:
        raise not_found()
    answer = {
        "version": "1.0",
        "provider_name": translate(language, "pages.museum"),
        "provider_url": f"{base_url(request)}/",
        "cache_age": CACHE_SECONDS,
        **found,
    }
    return json_answer(request, answer, cache="public, max-age=300")


def _most(request: web.BaseRequest, name: str) -> int:
    text = request.query.get(name)
    if text is None:
        return LARGEST
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) > 0):
        raise Problem(400, "query-number", name=name, least=1, most=LARGEST)
    return min(int(text), LARGEST)


def read_address(url: str, base: str) -> tuple[str, str, dict[str, str]]:
    """Folder, slug and query of one of the museum's own pages, e.g. `scenes`, `lobby`. Raises Problem."""
    if not url or len(url) > LONGEST_ADDRESS or "\0" in url:
        raise Problem(400, "oembed-url", most=LONGEST_ADDRESS)
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Problem(400, "oembed-url", most=LONGEST_ADDRESS) from None
    # One museum is reached with and without TLS while it moves; its host is what names it.
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != urlsplit(base).netloc.lower():
        raise not_found()
    steps = parts.path.strip("/").split("/")
    if len(steps) != 2 or steps[0] not in FOLDERS.values():
        raise not_found()
    return steps[0], steps[1], dict(parse_qsl(parts.query, max_num_fields=50))


async def _describe(
    request: web.Request, folder: str, slug: str, query: dict[str, str], language: str, most: tuple[int, int]
) -> dict[str, Any] | None:
    """The part of the answer that depends on the kind of page; None where visitors may see no such page."""
    base = base_url(request)
    async with request.app[DATABASE].read() as session:
        match folder:
            case "scenes":
                scene = await read_scene(session, slug)
                if scene is None:
                    return None
                title = pick(scene.card.title, language) or slug
                return _frame(base, slug, title, pick(scene.card.venue_title, language), query, language, most)
            case "images":
                image = await collection.read_image(session, slug)
                if image is None:
                    return None
                region = region_of(image.picture, query.get("region", ""))
                return _photo(base, image.picture, image.texts["title"], language, most, region)
            case "artifacts":
                artifact = await collection.read_artifact(session, slug)
                if artifact is None:
                    return None
                title = artifact.texts["title"]
                if not artifact.images:
                    return {"type": "link", "title": pick(title, language) or slug}
                return _photo(base, artifact.images[0][0], title, language, most)
            case "venues":
                return _link(base, await read_venue(session, slug), language, most)
            case "places":
                return _link(base, await read_place(session, slug), language, most)
            case "exhibitions":
                return _link(base, await shows.read_exhibition(session, slug), language, most)
            case _:
                return _link(base, await shows.read_activity(session, slug), language, most)


def _frame(
    base: str, slug: str, title: str, venue: str, query: dict[str, str], language: str, most: tuple[int, int]
) -> dict[str, Any]:
    view = lenient_view(query)
    width = min(FRAME[0], most[0])
    height = min(round(width * FRAME[1] / FRAME[0]), most[1])
    asked = {**view, **({"lang": language} if "lang" in query else {})}
    source = f"{base}/embed{scene_address(slug)}" + (f"?{urlencode(asked)}" if asked else "")
    name = f"{title} · {venue}" if venue else title
    style = f"border:0;max-width:100%;height:auto;aspect-ratio:{width}/{height}"
    frame = (
        f'<iframe src="{escape(source)}" width="{width}" height="{height}" title="{escape(name)}" '
        f'style="{style}" loading="lazy" allow="{ALLOWED}" allowfullscreen></iframe>'
    )
    thumbnail = fitted(WIDTH, HEIGHT, *most)
    small = _thumbnail(base + view_address(slug, view, thumbnail), thumbnail) if min(thumbnail) >= SHORTEST else {}
    return {
        "type": "rich",
        "title": name,
        "html": frame,
        "width": width,
        "height": height,
        **small,
    }


def _photo(
    base: str, picture: Picture, title: Texts, language: str, most: tuple[int, int], region: Box | None = None
) -> dict[str, Any]:
    """A picture, or a region of it."""
    whole = region[2:] if region else (picture.width, picture.height)
    size = fitted(*whole, min(PHOTO, most[0]), min(PHOTO, most[1]))
    small = fitted(*whole, min(THUMBNAIL, most[0]), min(THUMBNAIL, most[1]))
    return {
        "type": "photo",
        "title": pick(title, language) or picture.slug or "",
        "url": base + fitted_address(picture, size, region),
        "width": size[0],
        "height": size[1],
        **_thumbnail(base + fitted_address(picture, small, region), small),
    }


def _link(base: str, page: Any, language: str, most: tuple[int, int]) -> dict[str, Any] | None:
    if page is None:
        return None
    found: dict[str, Any] = {"type": "link", "title": pick(page.title, language) or page.slug}
    cover: Picture | None = getattr(page, "cover", None)
    if cover is not None:
        size = fitted(cover.width, cover.height, min(THUMBNAIL, most[0]), min(THUMBNAIL, most[1]))
        found |= _thumbnail(base + fitted_address(cover, size), size)
    return found


def _thumbnail(address: str, size: tuple[int, int]) -> dict[str, Any]:
    return {"thumbnail_url": address, "thumbnail_width": size[0], "thumbnail_height": size[1]}


def register(app: web.Application) -> None:
    add_public(app, "/oembed", oembed)
