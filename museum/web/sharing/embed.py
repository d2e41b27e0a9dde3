"""`/embed/scenes/{slug}`: a scene alone in its window, the one page that may stand in any other site's frame.

It shows what is published and nothing else, whoever is logged in, and takes no input: there is nothing in it to be tricked into.
"""

from __future__ import annotations

from urllib.parse import urlencode

from aiohttp import hdrs, web

from museum.scenes.scenes_query import read_scene
from museum.web.keys import DATABASE
from museum.web.pages.addresses import helpers
from museum.web.pages.first_paint import first_paint, with_first_paint
from museum.web.policy import EMBEDDED_POLICY
from museum.web.rendering import render
from museum.web.sharing.views import lenient_view


async def scene(request: web.Request) -> web.StreamResponse:
    """The viewer over the whole frame, beginning with the view that the query states, and the way to the scene's own page."""
    async with request.app[DATABASE].read() as session:
        page = await read_scene(session, request.match_info["slug"])
    if page is None:
        raise web.HTTPNotFound
    start = urlencode(lenient_view(request.query))
    first = first_paint(page.card.opening, request.query) if page.card.opening else None
    response = await render(request, "pages/embed.html", scene=page, start=start, first=first, **helpers())
    response.headers["Content-Security-Policy"] = EMBEDDED_POLICY
    with_first_paint(response, first, EMBEDDED_POLICY)
    # Kept out of search results, which lead to the scene's own page.
    response.headers["X-Robots-Tag"] = "noindex"
    # A frame has no cookie of ours, so the answer is the same for all who ask in one language.
    response.headers[hdrs.VARY] = "Accept-Language"
    return response


def register(app: web.Application) -> None:
    app.router.add_get("/embed/scenes/{slug:[a-z0-9-]{1,120}}", scene)
