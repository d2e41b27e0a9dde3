"""One sentence carried over a redirect, in a cookie that the next page takes away, with the form that undoes what was done."""

from __future__ import annotations

import base64
from typing import Any

import msgspec
from aiohttp import web

COOKIE = "museum_notice"


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
    encoded = _encode(Notice(kind, text, undo, kept))
    if len(encoded) > 3500:
        encoded = _encode(Notice(kind, text[:500], kept=kept))
    response = web.Response(status=303, headers={"Location": path})
    response.set_cookie(COOKIE, encoded, max_age=60, path="/admin", httponly=True, samesite="Lax")
    return response


def take(request: web.Request) -> Notice | None:
    """The notice for this page, if any. The page's answer must `clear` it."""
    value = request.cookies.get(COOKIE)
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
    if COOKIE in request.cookies:
        response.del_cookie(COOKIE, path="/admin")


def _encode(notice: Notice) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(notice)).decode()


def describe(values: dict[str, Any]) -> dict[str, str]:
    """Form fields of `values`: what is None is left out."""
    return {name: str(value) for name, value in values.items() if value is not None}
