"""IIIF Change Discovery 1.0, level 2, for harvesters: `/iiif/discovery/activity/all-changes`, and pages of what changed."""

from __future__ import annotations

import re
from datetime import UTC, timedelta
from typing import Any

from aiohttp import web

from museum.collection.changes_query import Change, Mark, Part, ends, read_part
from museum.database.base import now
from museum.web.answers import add_public
from museum.web.iiif.presentation import linked_answer, parts
from museum.web.iiif.presentation.parts import Json
from museum.web.keys import DATABASE
from museum.web.rendering import base_url

CONTEXT = "http://iiif.io/api/discovery/1/context.json"
PER_PAGE = 500
SETTLING = timedelta(minutes=1)
"""How old a change must be to be told: no ordinary transaction takes longer."""
_MARK = re.compile(r"(?P<moment>[0-9]{1,17})(?:\.(?P<stream>[0-9]{1,2})\.(?P<slug>[a-z0-9-]{1,120}))?")


def write_mark(mark: Mark) -> str:
    """A mark as it stands in the address of the page before it."""
    return f"{mark.moment}.{mark.stream}.{mark.slug}" if mark.slug else str(mark.moment)


def read_mark(text: str) -> Mark:
    """The mark that the last part of a page's address, which has the form of one, states."""
    found = _MARK.fullmatch(text)
    assert found is not None  # the route says so
    return Mark(int(found["moment"]), int(found["stream"] or 0), found["slug"] or "")


def collection(base: str, first: Mark, last: Mark) -> Json:
    """The collection of all pages, § 3.1. Pure, as is `page`."""
    return {
        "@context": CONTEXT,
        "id": _collection_address(base),
        "type": "OrderedCollection",
        "first": _page_reference(base, first),
        "last": _page_reference(base, last),
        "seeAlso": [
            {
                "id": parts.collection_address(base),
                "type": "Dataset",
                "format": f'application/ld+json;profile="{parts.CONTEXT}"',
            }
        ],
    }


def page(base: str, mark: Mark, part: Part) -> Json:
    """The changes before a mark, § 3.2."""
    document: Json = {
        "@context": CONTEXT,
        "id": _page_address(base, mark),
        "type": "OrderedCollectionPage",
        "partOf": {"id": _collection_address(base), "type": "OrderedCollection"},
    }
    if part.before is not None:
        document["prev"] = _page_reference(base, part.before)
    if part.after is not None:
        document["next"] = _page_reference(base, part.after)
    return {**document, "orderedItems": [_activity(base, change) for change in part.changes]}


def _activity(base: str, change: Change) -> Json:
    what: dict[str, Any] = {"id": parts.manifest_address(base, change.kind, change.slug), "type": "Manifest"}
    if change.action != "Delete":
        what["seeAlso"] = parts.see_also(base, f"/api/v1/{change.kind}/{change.slug}")
    moment = change.moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return {"type": change.action, "object": what, "endTime": moment}


def _collection_address(base: str) -> str:
    return f"{base}/iiif/discovery/activity/all-changes"


def _page_address(base: str, mark: Mark) -> str:
    return f"{base}/iiif/discovery/activity/page/{write_mark(mark)}"


def _page_reference(base: str, mark: Mark) -> Json:
    return {"id": _page_address(base, mark), "type": "OrderedCollectionPage"}


async def all_changes(request: web.Request) -> web.Response:
    """Where harvesters begin: they read the last page, and from there back to what they know."""
    async with request.app[DATABASE].read() as session:
        first, last = await ends(session, now() - SETTLING, PER_PAGE)
    return linked_answer(request, collection(base_url(request), first, last), CONTEXT)


async def changes_page(request: web.Request) -> web.Response:
    """The changes before the mark in the address."""
    mark = read_mark(request.match_info["mark"])
    async with request.app[DATABASE].read() as session:
        part = await read_part(session, mark, now() - SETTLING, PER_PAGE)
    return linked_answer(request, page(base_url(request), mark, part), CONTEXT)


def register(app: web.Application) -> None:
    add_public(app, "/iiif/discovery/activity/all-changes", all_changes)
    add_public(
        app,
        r"/iiif/discovery/activity/page/{mark:[0-9]{1,17}(?:\.[0-9]{1,2}\.[a-z0-9-]{1,120})?}",
        changes_page,
    )
