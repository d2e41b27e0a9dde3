"""`/captions/{hotspot}/{language}.vtt`."""

from __future__ import annotations

from aiohttp import hdrs, web

from museum.scenes.captions import captions_of
from museum.web.answers import CORS, PRIVATE, REVALIDATE, add_public, in_private, is_known, sees_drafts, tag_of
from museum.web.errors import not_found
from museum.web.keys import DATABASE


async def captions(request: web.Request) -> web.Response:
    """Captions of a sound or film (WebVTT)."""
    async with request.app[DATABASE].read() as session:
        text = await captions_of(
            session, int(request.match_info["id"]), request.match_info["language"], everything=sees_drafts(request)
        )
    if text is None:
        raise not_found()
    body = text.encode()
    tag = tag_of(body)
    headers = {
        **CORS,
        hdrs.CACHE_CONTROL: PRIVATE if in_private(request) or sees_drafts(request) else REVALIDATE,
        hdrs.ETAG: f'"{tag}"',
    }
    if is_known(request, tag):
        return web.Response(status=304, headers=headers)
    return web.Response(body=body, headers=headers, content_type="text/vtt", charset="utf-8")


def register(app: web.Application) -> None:
    add_public(app, "/captions/{id:[0-9]{1,18}}/{language:[A-Za-z0-9-]{2,16}}.vtt", captions)
