"""Search by title."""

from __future__ import annotations

from urllib.parse import urlencode

from aiohttp import web

from museum.collection import exhibitions_query as shows
from museum.collection import search_query
from museum.scenes.venues_query import list_venues
from museum.web.keys import DATABASE
from museum.web.pages.addresses import helpers
from museum.web.pages.paging import Paging, page_number
from museum.web.rendering import render

PER_PAGE = 36
LONGEST_QUERY = 100


async def search(request: web.Request) -> web.StreamResponse:
    """What has the words of `?q=` in its title, of one kind with `?kind=`; without a query, where one might begin."""
    query = " ".join(request.query.get("q", "").split())[:LONGEST_QUERY]
    kind = request.query.get("kind") or None
    number = page_number(request)
    async with request.app[DATABASE].read() as session:
        found = await search_query.search_titles(session, query, kind, (number - 1) * PER_PAGE, PER_PAGE)
        suggestions = [] if found.cards else [*await list_venues(session)][:3]
        if not found.cards:
            suggestions += await shows.list_exhibitions(session, limit=3)
    return await render(
        request,
        "pages/search.html",
        query=query,
        kind=kind if kind in search_query.KINDS else None,
        found=found,
        most=search_query.MOST,
        is_cut=any(count >= search_query.MOST for name, count in found.counts.items() if kind in (None, name)),
        suggestions=suggestions,
        paging=Paging(request, number, PER_PAGE, found.total),
        search_address=search_address,
        **helpers(),
    )


def search_address(query: str, kind: str | None = None) -> str:
    """Address of the results for `query`, of one kind where it is given."""
    return "/search?" + urlencode({"q": query, **({"kind": kind} if kind else {})})


def register(app: web.Application) -> None:
    app.router.add_get("/search", search)
