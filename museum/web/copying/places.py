"""Which file of a copy stands for which address, and which addresses have none. Pure.

Pages become folders with an `index.html`, in a tree for each language; what does not depend on the language lies beside those trees once.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from museum.languages import LANGUAGES

_RECORD = r"[a-z0-9-]{1,120}"
_PAGE = re.compile(
    rf"/(?:(?:venues|scenes|artifacts|images|exhibitions|activities|places|tours)(?:/{_RECORD})?|collection)?/?"
)
_API = re.compile(rf"/api/v1/(?:[a-z]+/{_RECORD})(?P<tour>/tour\.json)?")
_INFO = re.compile(rf"/iiif/3/{_RECORD}/info\.json")
_FILE = re.compile(
    rf"/(?:tiles|files|models|recordings|static)/[\w./{{}}-]+|/iiif/3/{_RECORD}/[\w,]+/[\w,]+/0/default\.jpg"
)
_OTHERS = frozenset({"original"})
"""Last steps of addresses of files that no copy holds."""
_SELECTING = ("category", "page")
"""What in a query makes another page; all else is read by the page itself."""


@dataclass(frozen=True)
class Place:
    """A file of the copy and what is to be asked for it: `kind` is page, json, info or file."""

    path: str
    ask: str
    kind: str
    language: str = ""


def tree_of(language: str) -> str:
    """Where the pages of a language lie; those of the first are the copy's own."""
    return "" if language == LANGUAGES[0] else f"{language}/"


def place_of(address: str, language: str) -> Place | None:
    """What stands for an address of this server, as seen from something in `language`; None where a copy has nothing such."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    path, tree = parts.path, tree_of(language)
    if _FILE.fullmatch(path) and path.rpartition("/")[2] not in _OTHERS and ".." not in path:
        return Place(path[1:], path, "file")
    if _INFO.fullmatch(path):
        return Place(tree + path[1:], path, "info", language)
    if found := _API.fullmatch(path):
        return Place(tree + path[1:] + ("" if found["tour"] else ".json"), path, "json", language)
    if not _PAGE.fullmatch(path):
        return None
    query = dict(parse_qsl(parts.query))
    wanted = query.get("lang", language)
    language = wanted if wanted in LANGUAGES else language
    chosen = [(name, query[name]) for name in _SELECTING if re.fullmatch(r"[\w-]{1,40}", query.get(name, ""))]
    folder = path.strip("/") + "".join(f"/{name}-{value}" for name, value in chosen)
    file = posixpath.join(tree_of(language), folder, "index.html")
    return Place(file, f"{path.rstrip('/') or '/'}?{urlencode([*chosen, ('lang', language)])}", "page", language)


def link_to(place: Place, address: str, origin: str) -> str:
    """The relative address of a place as written in the file `origin`, with what of the query and fragment a page reads by itself."""
    parts = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True)]
    kept = [(name, value) for name, value in kept if name not in (*_SELECTING, "lang")] if place.kind == "page" else []
    path = posixpath.relpath(place.path, posixpath.dirname(origin) or ".")
    return path + (f"?{urlencode(kept)}" if kept else "") + (f"#{parts.fragment}" if parts.fragment else "")
