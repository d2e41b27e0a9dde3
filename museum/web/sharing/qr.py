"""`/scenes/{slug}/qr.svg`: the address of a scene, looking where the query says, for a phone's camera to read off a screen or a label."""

from __future__ import annotations

import io
from urllib.parse import urlencode

import segno
from aiohttp import hdrs, web

from museum.languages import match_language
from museum.scenes.view_source import find_view_source
from museum.web.answers import CORS, add_public, is_known, tag_of
from museum.web.errors import not_found
from museum.web.keys import DATABASE
from museum.web.pages.addresses import scene_address
from museum.web.rendering import base_url
from museum.web.sharing.views import FRESH, lenient_view


async def qr(request: web.Request) -> web.Response:
    """The code as SVG, error correction M, with the quiet zone of four modules that readers ask for. It leads to this museum and nowhere
    else."""
    slug = request.match_info["slug"]
    if await request.app[DATABASE].read_with(find_view_source, slug) is None:
        raise not_found()
    asked = {name: f"{value:g}" for name, value in lenient_view(request.query).items()}
    language = match_language(request.query.get("lang", ""))
    query = urlencode({**asked, **({"lang": language} if language else {})})
    address = f"{base_url(request)}{scene_address(slug)}" + (f"?{query}" if query else "")
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, "svg", border=4, dark="#0f0d0b", light="#fff", omitsize=True
    )
    body = drawn.getvalue()
    tag = tag_of(body)
    headers = {**CORS, hdrs.CACHE_CONTROL: FRESH, hdrs.ETAG: f'"{tag}"'}
    if is_known(request, tag):
        return web.Response(status=304, headers=headers)
    return web.Response(body=body, content_type="image/svg+xml", headers=headers)


def register(app: web.Application) -> None:
    add_public(app, "/scenes/{slug:[a-z0-9-]{1,120}}/qr.svg", qr)
