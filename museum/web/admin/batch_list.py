"""All uploads of panoramas, by hall and by what is left to do."""

from __future__ import annotations

from urllib.parse import urlencode

from aiohttp import web

from museum.curation import batches_query, overview
from museum.web.admin import access, pages
from museum.web.keys import DATABASE

routes = access.Routes()

HOME = "/admin/batches"


@routes.get(HOME, needs="draft", scoped=True)
async def list_page(request: web.Request) -> web.StreamResponse:
    page, hall, left = pages.page_of(request), request.query.get("venue", "")[:120], bool(request.query.get("left"))
    said = {"venue": hall, "left": "1" if left else ""}
    query = urlencode({name: value for name, value in said.items() if value})
    async with request.app[DATABASE].read() as session:
        rows, more = await batches_query.batch_rows(session, page, hall, left=left)
        titles = await overview.titles(session, {("venue", row.venue) for row in rows})
        venues = await overview.venue_rows(session)
        return await pages.render(
            request,
            "batches.html",
            rows=rows,
            more=more,
            page=page,
            titles=titles,
            venues=venues,
            hall=hall,
            left=left,
            query=query,
        )
