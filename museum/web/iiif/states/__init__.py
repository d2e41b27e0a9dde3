"""IIIF Content State 1.0. In: every page takes `?iiif-content=` and leads on to what it points at. Out:
`/iiif/content-state/{kind}/{slug}`."""

from __future__ import annotations

import re
from functools import partial
from urllib.parse import urlsplit

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from museum.collection.image_source import find_image_source
from museum.collection.manifests_query import read_model
from museum.collection.records_query import get_record
from museum.web.answers import CORS, add_public
from museum.web.errors import Problem, not_found
from museum.web.iiif.presentation import linked_answer
from museum.web.iiif.states.coding import Unreadable, encode
from museum.web.iiif.states.pages import PAGES, Box, annotation_of, page_address, state_of
from museum.web.iiif.states.target import Elsewhere, Target, read_state
from museum.web.keys import DATABASE
from museum.web.middleware import is_for_programs
from museum.web.rendering import base_url

PARAMETER = "iiif-content"
_BOX = re.compile(r"[0-9]{1,9},[0-9]{1,9},[1-9][0-9]{0,8},[1-9][0-9]{0,8}")


@web.middleware
async def follow_states(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Lead a visitor who comes with a content state to the page that shows what it points at."""
    if PARAMETER not in request.query_string or request.method not in ("GET", "HEAD") or is_for_programs(request.path):
        return await handler(request)
    if PARAMETER not in request.query:
        return await handler(request)
    try:
        target = read_state(request.query[PARAMETER], _hosts(request))
    except Elsewhere as error:
        raise Problem(404, "state-elsewhere", host=error.host) from None
    except Unreadable:
        raise Problem(400, "state-unreadable") from None
    address = await _page(request, target)
    language = request.query.get("lang")
    if language and language.replace("-", "").isalnum():
        address += f"{'&' if '?' in address else '?'}lang={language}"
    return web.Response(status=302, headers={hdrs.LOCATION: address, hdrs.CACHE_CONTROL: "no-cache"})


def _hosts(request: web.Request) -> set[str]:
    return {request.host.lower(), urlsplit(base_url(request)).netloc.lower()}


async def _page(request: web.Request, target: Target) -> str:
    database = request.app[DATABASE]
    if target.kind == "models":
        async with database.read() as session:
            model = await read_model(session, target.slug or "")
        if model is None or model.artifact is None:
            raise not_found()
        return page_address(Target("artifacts", model.artifact.slug))
    if target.kind not in (*PAGES, "collection"):
        raise not_found()
    if target.canvas is None or target.region is None:
        return page_address(target)
    source = await database.read_with(find_image_source, target.canvas, False)
    return page_address(target, (source.info.width, source.info.height) if source else None)


async def state(request: web.Request, kind: str) -> web.Response:
    """The content state of a record, of an image with `?region=` of that part; with `?form=encoded` as it goes into an address."""
    slug = request.match_info["slug"]
    async with request.app[DATABASE].read() as session:
        if await get_record(session, kind, slug) is None:
            raise not_found()
    region = _region(request, kind)
    target = state_of(base_url(request), kind, slug, region)
    if request.query.get("form") == "encoded":
        return web.Response(text=encode(target), headers={**CORS, hdrs.CACHE_CONTROL: "public, no-cache"})
    query = f"?region={request.query['region']}" if region else ""
    return linked_answer(request, annotation_of(f"{base_url(request)}{request.path}{query}", target))


def _region(request: web.Request, kind: str) -> Box | None:
    text = request.query.get("region")
    if text is None:
        return None
    if kind != "images" or not _BOX.fullmatch(text):
        raise Problem(400, "state-region")
    x, y, width, height = (int(number) for number in text.split(","))
    return x, y, width, height


def register(app: web.Application) -> None:
    app.middlewares.append(follow_states)
    for kind in PAGES:
        add_public(app, f"/iiif/content-state/{kind}/{{slug:[a-z0-9-]{{1,120}}}}", partial(state, kind=kind))
