"""`/api/v1/{kind}` and `/api/v1/{kind}/{slug}`: lists of records, and records."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection import records_query as query
from museum.guiding import query as guiding
from museum.scenes.models import Venue
from museum.web.answers import add_public, json_answer
from museum.web.api import shapes
from museum.web.api.query import check_names, read_filter, read_number, read_words
from museum.web.api.schema import Document, Page
from museum.web.errors import not_found
from museum.web.keys import DATABASE

LIMIT = 50
MOST = 200
FARTHEST = 10_000_000


async def documents(session: AsyncSession, kind: str, records: Sequence[Any], whole: bool) -> list[Document]:
    """Records of `kind` as documents, with what other tables say of them."""
    match kind:
        case "venues":
            counts = await query.count_scenes(session, [record.id for record in records])
            entrances = {record.entrance_id for record in records if record.entrance_id is not None}
            slugs = await query.visible_scene_slugs(session, entrances)
            return [shapes.venue(record, counts.get(record.id, 0), slugs, whole) for record in records]
        case "scenes":
            return [shapes.scene(record) for record in records]
        case "artifacts":
            return [shapes.artifact(record, whole) for record in records]
        case "images":
            return [shapes.image(record) for record in records]
        case "exhibitions":
            return [shapes.exhibition(record, whole) for record in records]
        case "activities":
            steps = [step for record in records for step in record.steps] if whole else []
            wanted = {step.scene_id for step in steps if step.scene_id is not None}
            scenes = await query.visible_scene_slugs(session, wanted)
            return [shapes.activity(record, scenes, whole) for record in records]
        case "places":
            moments = await query.moments_of(session, [record.id for record in records])
            venues = await query.slugs_of(session, Venue, {record.venue_id for record in records})
            return [shapes.place(record, venues[record.venue_id], moments.get(record.id, [])) for record in records]
        case "tours":
            pages = await guiding.pages_of(session, records, ways=whole)
            return [shapes.tour(page, whole) for page in pages]
        case _:
            raise ValueError(f"no records of kind {kind!r}")


async def listing(request: web.Request, kind: str) -> web.Response:
    """A part of the list of all records of `kind`, narrowed by the filters that its kind knows."""
    known = query.KINDS[kind].filters
    check_names(request, "limit", "offset", "q", *known)
    limit = read_number(request, "limit", LIMIT, 1, MOST)
    offset = read_number(request, "offset", 0, 0, FARTHEST)
    filters = {name: read_filter(request, kind, name) for name in known if name in request.query}
    words = read_words(request, "q")
    async with request.app[DATABASE].read() as session:
        records, total = await query.list_records(session, kind, filters, words, limit, offset)
        items = await documents(session, kind, records, whole=False)
    address = None
    if offset + limit < total:
        asked = {**filters, **({"q": words} if words else {}), "limit": limit, "offset": offset + limit}
        address = f"/api/v1/{kind}?{urlencode(asked)}"
    return json_answer(request, Page(items=items, total=total, limit=limit, offset=offset, next=address))


async def record(request: web.Request, kind: str) -> web.Response:
    """One record with all that belongs to it."""
    check_names(request)
    async with request.app[DATABASE].read() as session:
        found = await query.get_record(session, kind, request.match_info["slug"])
        if found is None:
            raise not_found()
        (document,) = await documents(session, kind, [found], whole=True)
    return json_answer(request, document)


def register(app: web.Application) -> None:
    for kind in query.KINDS:
        add_public(app, f"/api/v1/{kind}", partial(listing, kind=kind))
        add_public(app, f"/api/v1/{kind}/{{slug:[a-z0-9-]{{1,120}}}}", partial(record, kind=kind))
