"""What pages, records and scripts say of addresses, said so that a copy is whole by itself wherever it lies. Pure."""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from typing import Any

import msgspec

from museum.assets.info import FACES
from museum.web.copying.places import Place, link_to, place_of

Found = Callable[[Place], None]
"""Hears of everything that the copy needs."""

_ATTRIBUTE = re.compile(r'(\s)([a-z][\w-]*)="(/(?!/)[^"]*)"')
_STYLE_ADDRESS = re.compile(r"url\((['\"]?)(/[^)'\"]+)\1\)")
_JSON_SCRIPT = re.compile(r'(<script type="application/json"[^>]*>)(.*?)(</script>)', re.DOTALL)
_SEARCH = re.compile(r'<form[^>]*role="search".*?</form>', re.DOTALL)
_INTERFACE = re.compile(r'<a [^>]*href="/(?:(?:api|search)[^"]*|[^"]*\?compare=[^"]*)"[^>]*>.*?</a>', re.DOTALL)
_SHARED = re.compile(
    r'<(?:meta property="og:(?:url|image)[^>]*|meta name="twitter:image[^>]*|link rel="(?:canonical|alternate)"[^>]*)>\n?'
    r'|<script type="application/ld\+json">.*?</script>\n?',
    re.DOTALL,
)
_SET_PART = re.compile(r",\s+(?=/)")
_PRELOAD = re.compile(r"return\s*[`\"']/static/build/[`\"']\s*\+\s*(\w+)")
_BUILT = re.compile(r"([`\"'])/static/build/([\w./-]+)\1")
_SERVICE = re.compile(r"/iiif/3/[a-z0-9-]{1,120}")
_BUILD = "/static/build"


class Unmovable(Exception):
    """A script names places on a server in a way that is not known here."""


def page(text: str, place: Place, found: Found) -> str:
    """A page without what needs a server: its search, its interfaces for programs, what other sites are told of its address."""
    root = posixpath.relpath(".", posixpath.dirname(place.path) or ".")
    text = text.replace("<html ", f'<html data-copy="{root}/" ', 1)
    for gone in (_SEARCH, _INTERFACE, _SHARED):
        text = gone.sub("", text)

    def attribute(match: re.Match[str]) -> str:
        before, name, value = match[1], match[2], unescape(match[3])
        if name == "srcset":
            parts = [one.partition(" ") for one in _SET_PART.split(value)]
            words = [f"{_link(address, place, found) or ''}{space}{size}" for address, space, size in parts]
            return f'{before}srcset="{escape(", ".join(words))}"'
        link = _link(value, place, found)
        return f'{before}{name}="{escape(link)}"' if link is not None else ""

    def script(match: re.Match[str]) -> str:
        said = values(msgspec.json.decode(match[2]), place, found)
        return match[1] + msgspec.json.encode(said).decode().replace("<", "\\u003c") + match[3]

    text = _JSON_SCRIPT.sub(script, text)
    return style(_ATTRIBUTE.sub(attribute, text), place, found)


def style(text: str, place: Place, found: Found) -> str:
    """A style sheet, or the styles in a page."""
    return _STYLE_ADDRESS.sub(lambda match: f"url({_link(match[2], place, found) or match[2]})", text)


def script(text: str) -> str:
    """A built script: chunks are found beside it. Raises Unmovable."""
    made = _PRELOAD.sub(lambda match: f'return new URL("../"+{match[1]},import.meta.url).href', text)
    made = _BUILT.sub(lambda match: f'new URL("../{match[2]}",import.meta.url).href', made)
    if _BUILD in made:
        raise Unmovable
    return made


def values(said: Any, place: Place, found: Found, most: int = 1 << 20) -> Any:
    """What a record says, addresses in it as seen from `place`. Panoramas are kept up to faces of `most` pixels."""
    if isinstance(said, dict):
        made = {name: values(value, place, found, most) for name, value in said.items()}
        if isinstance(said.get("tiles"), str) and isinstance(said.get("levels"), list):
            sizes = [size for size in said["levels"] if size <= most] or said["levels"][:1]
            made["levels"] = sizes
            for address in face_tiles(said["tiles"], sizes, said.get("tile") or 512):
                _link(address, place, found)
        if "downloads" in made:
            # Regions and sizes that nobody has made cannot be asked of plain files.
            made["downloads"] = []
        return made
    if isinstance(said, list):
        return [values(one, place, found, most) for one in said]
    if isinstance(said, str) and said.startswith("/") and not said.startswith("//"):
        if "{" in said:
            target = place_of(said, place.language)
            return link_to(target, said, place.path) if target else said
        return _service(said, place, found) or _link(said, place, found) or said
    return said


def _service(address: str, place: Place, found: Found) -> str | None:
    """An image service's own address, and with it the page and record of the image, which viewers find by it; None for any other."""
    if not _SERVICE.fullmatch(address):
        return None
    slug = address.rpartition("/")[2]
    for other in (f"/images/{slug}", f"/api/v1/images/{slug}"):
        _link(other, place, found)
    info = _link(f"{address}/info.json", place, found)
    return info and info.removesuffix("/info.json")


def face_tiles(pattern: str, sizes: list[int], tile: int) -> Iterator[str]:
    """Addresses of all tiles of a panorama."""
    for level, size in enumerate(sizes):
        count = math.ceil(size / tile)
        for face in FACES:
            for row in range(count):
                for column in range(count):
                    yield (
                        pattern.replace("{level}", str(level))
                        .replace("{face}", face)
                        .replace("{row}", str(row))
                        .replace("{column}", str(column))
                    )


def service(info: dict[str, Any], place: Place, found: Found) -> dict[str, Any]:
    """info.json of level 0, with all its tiles. A copy's own address is not known: what it calls itself is seen from where it lies, as
    our own viewer understands it."""
    path = f"iiif/3/{place.path.split('/')[-2]}"
    [tiles] = info["tiles"]
    for words in image_tiles(info["width"], info["height"], tiles["width"], tiles["scaleFactors"]):
        _link(f"/{path}/{words}/0/default.jpg", place, found)
    kept = ("@context", "type", "protocol", "width", "height", "tiles", "rights")
    name = posixpath.relpath(path, posixpath.dirname(place.path))
    return {"id": name, "profile": "level0"} | {field: info[field] for field in kept if field in info}


def image_tiles(width: int, height: int, tile: int, factors: list[int]) -> Iterator[str]:
    """`region/size` of every tile in the canonical form of the Image API 3.0, section 4.7."""
    for factor in factors:
        across, down = math.ceil(width / factor), math.ceil(height / factor)
        for top in range(0, down, tile):
            for left in range(0, across, tile):
                x, y = left * factor, top * factor
                box = x, y, min(tile * factor, width - x), min(tile * factor, height - y)
                size = min(tile, across - left), min(tile, down - top)
                region = "full" if box == (0, 0, width, height) else ",".join(map(str, box))
                yield f"{region}/{'max' if size == (width, height) else ','.join(map(str, size))}"


def _link(address: str, place: Place, found: Found) -> str | None:
    target = place_of(address, place.language)
    if target is None:
        return None
    found(target)
    return link_to(target, address, place.path)
