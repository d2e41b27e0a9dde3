"""Previews for visitors: a signed link opens one record that is not public yet, and what it shows, in this browser until it ends."""

from __future__ import annotations

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from museum.curation.previews import Preview
from museum.curation.visibility import granting
from museum.database.base import now
from museum.web.admin.access import is_admin, is_secure
from museum.web.errors import Problem
from museum.web.keys import PREVIEWS

COOKIE = "museum_preview"
FOLDERS = {
    "venue": "venues",
    "scene": "scenes",
    "place": "places",
    "artifact": "artifacts",
    "image": "images",
    "exhibition": "exhibitions",
    "activity": "activities",
}
PART = "{token:[A-Za-z0-9_-]{20,100}}"


@web.middleware
async def see_preview(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let a browser that holds a preview's token see what it shows, and no cache keep it."""
    token = request.cookies.get(COOKIE, "")
    if not 20 <= len(token) <= 100 or is_admin(request.path) or request.path.startswith(("/static/", "/preview/")):
        return await handler(request)
    preview = await request.app[PREVIEWS].find(token)
    if preview is None:
        return await handler(request)
    request["preview"] = preview
    with granting(preview.granted):
        response = await handler(request)
    if not response.prepared:
        response.headers[hdrs.CACHE_CONTROL] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "same-origin"
    return response


def _private() -> dict[str, str]:
    return {hdrs.CACHE_CONTROL: "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


async def open_preview(request: web.Request) -> web.StreamResponse:
    """Keep the token in this browser, and see the record."""
    preview: Preview | None = await request.app[PREVIEWS].find(request.match_info["token"])
    if preview is None:
        raise Problem(404, "preview-over")
    address = f"/{FOLDERS[preview.kind]}/{preview.slug}"
    response = web.Response(status=303, headers={hdrs.LOCATION: address, **_private()})
    response.set_cookie(
        COOKIE,
        request.match_info["token"],
        max_age=max(1, int((preview.expires_at - now()).total_seconds())),
        path="/",
        httponly=True,
        samesite="Lax",
        secure=is_secure(request),
    )
    return response


async def leave(_request: web.Request) -> web.StreamResponse:
    """Be an ordinary visitor again."""
    response = web.Response(status=303, headers={hdrs.LOCATION: "/", **_private()})
    response.del_cookie(COOKIE, path="/")
    return response


def register(app: web.Application) -> None:
    app.middlewares.append(see_preview)
    app.router.add_get(f"/preview/{PART}", open_preview)
    app.router.add_post("/preview/leave", leave)
