"""Pages of artifacts, images, exhibitions and activities."""

from __future__ import annotations

import msgspec
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection import exhibitions_query as shows
from museum.collection import pages_query as collection
from museum.collection.comparing import comparable_models
from museum.collection.model_files import ModelFiles
from museum.collection.pages_query import ArtifactPage
from museum.collection.rights import use_of
from museum.scenes.cards import scenes_by_id
from museum.scenes.scenes_query import find_hangings
from museum.web.api.shapes import model_file
from museum.web.keys import DATABASE
from museum.web.language import has_text
from museum.web.pages.addresses import helpers
from museum.web.pages.paging import Paging, page_number
from museum.web.rendering import render
from museum.web.sharing import about

PER_PAGE = 48


async def artifact(request: web.Request) -> web.StreamResponse:
    """An artifact: its pictures and model, its record, and where it is shown; with `?compare=` its model beside that of another, or
    others to choose from."""
    compared = request.query.get("compare")
    async with request.app[DATABASE].read() as session:
        page = await collection.read_artifact(session, request.match_info["slug"])
        if page is None:
            raise web.HTTPNotFound
        if compared is not None:
            return await _compare(request, session, page, compared)
        image_ids = await collection.image_ids(session, page.id)
        hangings = await find_hangings(session, artifact_id=page.id, image_ids=image_ids)
    return await render(
        request,
        "pages/artifact.html",
        about=about.of_artifact(request, page, category_key(page.category)),
        artifact=page,
        model_json=model_json,
        use_of=use_of,
        hangings=hangings,
        category_key=category_key,
        **helpers(),
    )


async def _compare(request: web.Request, session: AsyncSession, page: ArtifactPage, slug: str) -> web.StreamResponse:
    other = await collection.read_artifact(session, slug) if slug and slug != page.slug else None
    if not page.models or (slug and (other is None or not other.models)):
        raise web.HTTPNotFound
    words = request.query.get("q", "").strip()[:100]
    return await render(
        request,
        "pages/compare-models.html",
        about=about.of_artifact(request, page, category_key(page.category)),
        artifact=page,
        other=other,
        words=words,
        choices=[] if other else await comparable_models(session, page, words),
        model_json=model_json,
        **helpers(),
    )


def model_json(files: ModelFiles) -> str:
    """A model as the API tells of it, for the viewer's element."""
    return msgspec.json.encode(model_file(files)).decode()


async def exhibition(request: web.Request) -> web.StreamResponse:
    """An online exhibition, section by section."""
    async with request.app[DATABASE].read() as session:
        page = await shows.read_exhibition(session, request.match_info["slug"])
    if page is None:
        raise web.HTTPNotFound
    head = about.of_exhibition(request, page)
    return await render(request, "pages/exhibition.html", about=head, exhibition=page, **helpers())


async def activity(request: web.Request) -> web.StreamResponse:
    """An activity, step by step."""
    async with request.app[DATABASE].read() as session:
        page = await shows.read_activity(session, request.match_info["slug"])
        if page is None:
            raise web.HTTPNotFound
        wanted = {step.scene_id for step in page.steps if step.scene_id is not None}
        found = await scenes_by_id(session, wanted)
    head = about.of_activity(request, page)
    return await render(request, "pages/activity.html", about=head, activity=page, scenes=found, **helpers())


async def browse(request: web.Request) -> web.StreamResponse:
    """The collection by category, a page at a time."""
    category = request.query.get("category") or None
    number = page_number(request)
    async with request.app[DATABASE].read() as session:
        listing = await collection.list_collection(session, category, (number - 1) * PER_PAGE, PER_PAGE)
    if not listing.cards and (number > 1 or category is not None):
        raise web.HTTPNotFound
    paging = Paging(request, number, PER_PAGE, listing.total)
    query = {**({"category": category} if category else {}), **({"page": str(number)} if number > 1 else {})}
    title = category_key(category) if category else "pages.collection"
    return await render(
        request,
        "pages/collection.html",
        about=about.of_list(request, title, "pages.museum-note", listing.cards, query),
        listing=listing,
        category=category,
        paging=paging,
        category_key=category_key,
        **helpers(),
    )


def category_key(category: str) -> str:
    """Key of a category's name; categories that the texts do not know yet are all `other`."""
    key = f"pages.category-{category}"
    return key if has_text(key) else "pages.category-other"


def register(app: web.Application) -> None:
    app.router.add_get("/artifacts/{slug}", artifact)
    app.router.add_get("/exhibitions/{slug}", exhibition)
    app.router.add_get("/activities/{slug}", activity)
    app.router.add_get("/collection", browse)
