"""IIIF Presentation API 3.0: `/iiif/presentation/3/{kind}/{slug}/manifest` for everything that has pictures, and collections of those;
3D models after the draft of 4.0."""

from __future__ import annotations

from functools import partial
from typing import Any

from aiohttp import hdrs, web
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection import manifests_query as lists
from museum.collection.records_query import get_record
from museum.scenes.scenes_query import read_scene
from museum.scenes.venues_query import read_venue
from museum.web.answers import REVALIDATE, add_public, json_answer
from museum.web.errors import not_found
from museum.web.iiif.presentation import artifacts, collections, exhibitions, halls, models
from museum.web.iiif.presentation.parts import CONTEXT, Json
from museum.web.keys import DATABASE
from museum.web.rendering import base_url

_SLUG = "{slug:[a-z0-9-]{1,120}}"


def linked_answer(request: web.Request, document: Json, context: str = CONTEXT) -> web.Response:
    """`document` as JSON-LD, or called plain JSON to whoever asks for that and not for the other, Presentation 3.0 § 6.2."""
    accepted = request.headers.get(hdrs.ACCEPT, "*/*")
    plain = "application/json" in accepted and "application/ld+json" not in accepted
    return json_answer(
        request,
        document,
        cache=REVALIDATE,
        content_type="application/json" if plain else f'application/ld+json;profile="{context}"',
        headers={hdrs.VARY: "Accept, Accept-Encoding"},
    )


async def _build(session: AsyncSession, base: str, kind: str, slug: str) -> Json | None:
    """The manifest of a record; None where there is none that visitors may see."""
    found: Any
    match kind:
        case "venues":
            found, build = await read_venue(session, slug), halls.venue
        case "scenes":
            found, build = await read_scene(session, slug), halls.scene
        case "exhibitions":
            found, build = await get_record(session, kind, slug), exhibitions.exhibition
        case "artifacts":
            found, build = await get_record(session, kind, slug), artifacts.artifact
        case "images":
            found, build = await get_record(session, kind, slug), artifacts.image
        case _:
            raise ValueError(f"no manifests of kind {kind!r}")
    return None if found is None else build(base, found)


async def manifest(request: web.Request, kind: str) -> web.Response:
    """The manifest of one record."""
    async with request.app[DATABASE].read() as session:
        document = await _build(session, base_url(request), kind, request.match_info["slug"])
    if document is None:
        raise not_found()
    return linked_answer(request, document)


async def solid(request: web.Request) -> web.Response:
    """The manifest of a 3D model, a preview of Presentation 4."""
    async with request.app[DATABASE].read() as session:
        record = await lists.read_model(session, request.match_info["slug"])
        if record is None:
            raise not_found()
        document = models.model(base_url(request), record)
    return linked_answer(request, document, models.CONTEXT)


async def everything(request: web.Request) -> web.Response:
    """The collection of all collections."""
    async with request.app[DATABASE].read() as session:
        totals = await lists.count_manifests(session)
    return linked_answer(request, collections.everything(base_url(request), totals))


async def of_kind(request: web.Request, kind: str) -> web.Response:
    """All manifests of a kind."""
    async with request.app[DATABASE].read() as session:
        total = await lists.count_kind(session, kind)
        shown = collections.PER_PAGE if total <= collections.PER_PAGE else 0
        cards = await lists.list_kind(session, kind, shown, 0) if shown else []
    return linked_answer(request, collections.of_kind(base_url(request), kind, cards, total))


async def page_of_kind(request: web.Request, kind: str) -> web.Response:
    """A page of the manifests of a kind."""
    page = int(request.match_info["page"])
    async with request.app[DATABASE].read() as session:
        total = await lists.count_kind(session, kind)
        if not 1 <= page <= collections.pages(total):
            raise not_found()
        cards = await lists.list_kind(session, kind, collections.PER_PAGE, (page - 1) * collections.PER_PAGE)
    return linked_answer(request, collections.page_of_kind(base_url(request), kind, page, cards, total))


def register(app: web.Application) -> None:
    add_public(app, f"/iiif/presentation/4/models/{_SLUG}/manifest", solid)
    root = "/iiif/presentation/3"
    add_public(app, f"{root}/collection", everything)
    for kind in lists.LISTED:
        add_public(app, f"{root}/collection/{kind}", partial(of_kind, kind=kind))
        add_public(app, f"{root}/collection/{kind}/{{page:[0-9]{{1,6}}}}", partial(page_of_kind, kind=kind))
        add_public(app, f"{root}/{kind}/{_SLUG}/manifest", partial(manifest, kind=kind))
