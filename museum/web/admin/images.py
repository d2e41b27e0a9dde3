"""Bringing pictures into the museum, many at once: into the collection, among an artifact's photographs, or into an exhibition."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from museum.curation import joining, picturing
from museum.curation.errors import Refused
from museum.curation.joining import OnItsWay
from museum.curation.production import Production
from museum.database.texts import pick
from museum.web.admin import access, flash, kinds, pages, tus
from museum.web.admin.making import explain
from museum.web.keys import DATABASE

routes = access.Routes()

HOMES = {
    "image": "/admin/records/images",
    "artifact": "/admin/artifacts/{}/photographs",
    "exhibition": "/admin/exhibitions/{}/exhibits",
    "cover": "/admin/exhibitions/{}/exhibits",
}
"""By the kind of goal the page on which its pictures are seen."""


def _goal(request: web.Request) -> str:
    return request.query.get("goal", "image")


@routes.post("/admin/images", needs="draft")
async def take_in(request: web.Request) -> web.StreamResponse:
    """Make an image of each of the form's files, for the `goal` in the address; what is no picture hinders no other."""
    goal, person = _goal(request), access.person_of(request)
    kind, owner = joining.split(goal)
    home = HOMES[kind].format(owner)
    async with request.app[DATABASE].read() as session:
        # Before a long upload, not after it.
        await joining.check(session, person, goal)
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
                _, fresh, elsewhere = await joining.take_in(session, person, goal, original, name)
            except Refused as refusal:
                refused.append(f"{name}: {access.refusal_text(request['language'], refusal)}")
                continue
            made, known = made + fresh, known + (not fresh)
            if elsewhere is not None:
                refused.append(f"{name}: {access.refusal_text(request['language'], elsewhere)}")
        undo = pages.undo(session, home)
    words = [pages.say(request, "review.images-taken", count=made)] if made else []
    words += [pages.say(request, "review.images-known", count=known)] if known else []
    changed = made or (known and kind != "image")
    return flash.redirect(
        request,
        home,
        "done" if made or known else "refused",
        pages.sentences(request, *words, *refused[:3]),
        undo if changed else None,
    )


@routes.get("/admin/images/uploads.json", needs="draft")
async def on_their_way(request: web.Request) -> web.StreamResponse:
    """How her pictures for a `goal` are getting on: `{"lines": […]}`, see `_shown`."""
    goal = _goal(request)
    joining.split(goal)
    async with request.app[DATABASE].read() as session:
        rows = await joining.on_their_way(session, access.person_of(request), goal)
    return web.json_response({"lines": [_shown(request, row) for row in rows]})


def _shown(request: web.Request, row: OnItsWay) -> dict[str, Any]:
    """A picture's line for the page."""
    if row.state in ("failed", "cancelled"):
        words = explain(request, "panorama", Production(row.state, row.progress, error=row.error))["why"]
    elif row.state == "refused":
        error = row.error or {}
        refused = Refused(str(error.get("code", "other")), **error.get("values", {}))
        words = access.refusal_text(request["language"], refused)
    else:
        words = pages.say(request, f"exhibits.picture-{row.state}")
    return {
        "upload": f"/admin/uploads/{row.upload}",
        "name": row.name,
        "bytes": row.bytes,
        "received": row.received,
        "state": row.state,
        "title": pick(row.title, request["language"]) or row.name,
        "address": kinds.page("image", row.image) if row.image else None,
        "thumbnail": f"/files/{row.preview}.jpg" if row.preview else None,
        "progress": round(row.progress, 4),
        "words": words,
    }


@routes.post("/admin/images/uploads/{upload}", needs="draft")
async def finish(request: web.Request) -> web.StreamResponse:
    """Make the image of a picture that has arrived, should the server have died just before it did."""
    person, upload_id = access.person_of(request), request.match_info["upload"]
    await request.app[tus.UPLOADS].finish(upload_id, person)
    await joining.arrived(request.app[DATABASE], pages.actor(request), person, upload_id)
    return web.Response(status=204)
