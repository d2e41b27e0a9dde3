"""One sentence carried over a redirect, with the form that undoes what was done: in a cookie that the page takes away to which the redirect
leads, and no other, so that what happens in one tab is not told in another."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import msgspec
from aiohttp import web
from yarl import URL

COOKIE = "museum_notice"
"""What the names of these cookies begin with; the rest is of the address."""
REFUSED = "refused"
"""The field of a query that tells a page with a kept form from the same page in other tabs."""


class Undo(msgspec.Struct):
    """A form that brings back what was deleted: where it goes, and its fields."""

    action: str
    fields: dict[str, str]


class Notice(msgspec.Struct):
    """What happened. `kind` is `done` or `refused`; `kept` is the token of the form that was refused: see `kept_forms`."""

    kind: str
    text: str
    undo: Undo | None = None
    kept: str = ""


def safe_path(path: str, otherwise: str) -> str:
    """`path` where it is one of the curators' own, else `otherwise`: no redirect leads to another site."""
    fine = path == "/admin" or path.startswith("/admin/")
    return path if fine and "\\" not in path and not any(ord(character) < 33 for character in path) else otherwise


def redirect(
    request: web.Request, path: str, kind: str, text: str, undo: Undo | None = None, kept: str = ""
) -> web.Response:
    """See `path` next, with `text` on top."""
    if kept:
        path = _among_tabs(path, kept)
    encoded = _encode(Notice(kind, text, undo, kept))
    if len(encoded) > 3500:
        encoded = _encode(Notice(kind, text[:500], kept=kept))
    response = web.Response(status=303, headers={"Location": path})
    page = URL(path)
    response.set_cookie(_cookie_of(page), encoded, max_age=60, path=page.raw_path, httponly=True, samesite="Lax")
    return response


def take(request: web.Request) -> Notice | None:
    """The notice for this page, if any. The page's answer must `clear` it."""
    value = request.cookies.get(_cookie_of(request.rel_url))
    if not value:
        return None
    try:
        notice = msgspec.json.decode(base64.urlsafe_b64decode(value), type=Notice)
    except (ValueError, msgspec.DecodeError):
        return None
    if notice.kind not in ("done", "refused") or (notice.undo and safe_path(notice.undo.action, "") == ""):
        return None
    return notice


def clear(request: web.Request, response: web.StreamResponse) -> None:
    """Let a notice be shown once."""
    name = _cookie_of(request.rel_url)
    if name in request.cookies:
        response.del_cookie(name, path=request.rel_url.raw_path)


def _cookie_of(page: URL) -> str:
    """The cookie's name, by the address as far as servers see it, however it is written and in whichever language."""
    address = repr((page.path, sorted(field for field in page.query.items() if field[0] != "lang")))
    return f"{COOKIE}_{hashlib.sha256(address.encode(errors='replace')).hexdigest()[:16]}"


def _among_tabs(path: str, kept: str) -> str:
    before, sharp, part = path.partition("#")
    return f"{before}{'&' if '?' in before else '?'}{REFUSED}={kept[:8]}{sharp}{part}"


def without_refused(query: str) -> str:
    """The query as it is without the field that a kept form added to it."""
    return "&".join(field for field in query.split("&") if not field.startswith(f"{REFUSED}="))


def _encode(notice: Notice) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(notice)).decode()


def describe(values: dict[str, Any]) -> dict[str, str]:
    """Form fields of `values`: what is None is left out."""
    return {name: str(value) for name, value in values.items() if value is not None}
