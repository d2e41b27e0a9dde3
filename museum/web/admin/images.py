"""Bringing pictures into the collection, many at once."""

from __future__ import annotations

from aiohttp import web

from museum.curation import picturing
from museum.curation.errors import Refused
from museum.web.admin import access, flash, pages, tus

routes = access.Routes()

LIST = "/admin/records/images"


@routes.post("/admin/images", needs="draft")
async def take_in(request: web.Request) -> web.StreamResponse:
    """Make an image of each of the form's files; what is no picture hinders no other."""
    files = await tus.files_of(request)
    if not files:
        raise Refused("file-missing")
    if len(files) > picturing.MOST:
        raise Refused("too-many-chosen", most=picturing.MOST)
    made = known = 0
    refused: list[str] = []
    async with pages.changing(request) as session:
        for original, name in files:
            try:
                fresh = (await picturing.take_in(session, original, name))[1]
            except Refused as refusal:
                refused.append(f"{name}: {access.refusal_text(request['language'], refusal)}")
                continue
            made, known = made + fresh, known + (not fresh)
        undo = pages.undo(session, LIST)
    words = [pages.say(request, "review.images-taken", count=made)] if made else []
    words += [pages.say(request, "review.images-known", count=known)] if known else []
    return flash.redirect(
        request, LIST, "done" if made or known else "refused", " ".join((*words, *refused[:3])), undo if made else None
    )
