"""Pages of images: one to walk about in, and two side by side."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection import pages_query as collection
from museum.collection.comparing import comparable
from museum.collection.downloads import download_sizes
from museum.collection.pages_query import ImagePage
from museum.collection.rights import use_of
from museum.scenes.scenes_query import find_hangings
from museum.scenes.walls import find_wall
from museum.web.keys import DATABASE
from museum.web.pages.addresses import helpers
from museum.web.pages.collection import category_key
from museum.web.rendering import render
from museum.web.sharing import about


async def image(request: web.Request) -> web.StreamResponse:
    """A display image, large enough to walk about in, with the ways on to those that hang beside it in `?wall=`, a scene; with
    `?compare=` beside another, or with others to choose from."""
    compared = request.query.get("compare")
    async with request.app[DATABASE].read() as session:
        page = await collection.read_image(session, request.match_info["slug"])
        if page is None:
            raise web.HTTPNotFound
        if compared is not None:
            return await _compare(request, session, page, compared)
        hangings = await find_hangings(session, image_ids=[page.id])
        wall = await find_wall(session, page.id, page.slug, request.query.get("wall"))
    return await render(
        request,
        "pages/image.html",
        about=about.of_image(request, page),
        image=page,
        hangings=hangings,
        use=use_of(page.rights),
        sizes=download_sizes(page.picture.width, page.picture.height, page.rights),
        wall=wall,
        category_key=category_key,
        **helpers(),
    )


async def _compare(request: web.Request, session: AsyncSession, page: ImagePage, slug: str) -> web.StreamResponse:
    other = await collection.read_image(session, slug) if slug and slug != page.slug else None
    if slug and other is None:
        raise web.HTTPNotFound
    words = request.query.get("q", "").strip()[:100]
    return await render(
        request,
        "pages/compare.html",
        about=about.of_image(request, page),
        image=page,
        other=other,
        words=words,
        choices=[] if other else await comparable(session, page, words),
        **helpers(),
    )


def register(app: web.Application) -> None:
    app.router.add_get("/images/{slug}", image)
