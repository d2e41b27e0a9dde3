"""Until when the rights to a record hold."""

from __future__ import annotations

from aiohttp import web

from museum.curation import lapsing, snapshot_rows
from museum.curation.errors import NotFound
from museum.web.admin import access, flash, kinds, pages

routes = access.Routes()


@routes.post(f"{kinds.PATTERN}/rights", needs="draft", scoped=True)
async def set_until(request: web.Request) -> web.StreamResponse:
    kind, slug = kinds.named(request)
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        record = await snapshot_rows.load(session, kind, slug, change=True)
        if record is None:
            raise NotFound(f"no-such-{kind}")
        lapsing.set_until(session, record, access.person_of(request), form.get("until", ""))
        undo = pages.undo(session, kinds.page(kind, slug))
    text = pages.say(request, "review.rights-set" if form.get("until") else "review.rights-unset")
    return flash.redirect(request, kinds.page(kind, slug), "done", text, undo=undo)
