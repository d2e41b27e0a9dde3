"""Annotations on 3D models, and the view that a model opens with: what the curator points at in her page."""

from __future__ import annotations

import asyncio
import math

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models3d.framing import MOST_BYTES, keep_poster
from museum.assets.models3d.standing import Orbit
from museum.assets.workshop import Workshop
from museum.collection.models import Model
from museum.curation import annotating, modelling
from museum.curation.errors import Refused
from museum.jobs.queue import JobRefused
from museum.web import forms
from museum.web.admin import access, flash, pages
from museum.web.keys import DATABASE, STORE

routes = access.Routes()
_FIELD_BYTES = 2000


def several(form: dict[str, str], name: str, count: int) -> list[float]:
    """So many finite numbers in one field, with spaces between. Raises Refused."""
    try:
        found = [float(number) for number in form.get(name, "").split()]
    except ValueError:
        raise Refused("answer-unknown") from None
    if len(found) != count or not all(map(math.isfinite, found)):
        raise Refused("answer-unknown")
    return found


def _orbit(form: dict[str, str]) -> Orbit:
    across, down, radius = several(form, "orbit", 3)
    x, y, z = several(form, "target", 3)
    return Orbit((across, down, radius), (x, y, z), several(form, "fov", 1)[0])


async def _to_change(request: web.Request, session: AsyncSession) -> Model:
    return await modelling.load_model(session, request.match_info["slug"], access.person_of(request))


def _back(request: web.Request, key: str, undo: flash.Undo | None = None) -> web.Response:
    # Where something can be undone, the page begins where that is offered.
    home = f"/admin/models/{request.match_info['slug']}{'' if undo else '#annotations'}"
    return flash.redirect(request, home, "done", pages.say(request, key), undo)


@routes.post("/admin/models/{slug}/annotations", needs="draft")
async def add(request: web.Request) -> web.StreamResponse:
    """A new annotation: `point`, `normal`, `orbit`, `target` and `fov` as `asset` stands before her, and its words."""
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        model = await _to_change(request, session)
        await annotating.add(
            session,
            model,
            await annotating.matrix_of(session, model, pages.whole(form, "asset")),
            point=several(form, "point", 3),
            normal=several(form, "normal", 3),
            view=_orbit(form),
            texts=pages.texts_from(form, "title", "description"),
        )
    return _back(request, "saved")


@routes.post("/admin/models/{slug}/annotations/{id:[0-9]+}", needs="draft")
async def change(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        model = await _to_change(request, session)
        annotation = await annotating.load(session, model, pages.identifier(request))
        annotating.change(session, model, annotation, pages.texts_from(form, "title", "description"))
    return _back(request, "saved")


@routes.post("/admin/models/{slug}/annotations/{id:[0-9]+}/place", needs="draft")
async def move(request: web.Request) -> web.StreamResponse:
    """An annotation elsewhere: `point`, `normal`, `orbit`, `target` and `fov` as `asset` stands before her."""
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        model = await _to_change(request, session)
        annotating.move(
            session,
            model,
            await annotating.load(session, model, pages.identifier(request)),
            await annotating.matrix_of(session, model, pages.whole(form, "asset")),
            point=several(form, "point", 3),
            normal=several(form, "normal", 3),
            view=_orbit(form),
        )
        undo = pages.undo(session, f"/admin/models/{model.slug}")
    return _back(request, "models.annotation-moved", undo)


@routes.post("/admin/models/{slug}/annotations/{id:[0-9]+}/{way:earlier|later}", needs="draft")
async def reorder(request: web.Request) -> web.StreamResponse:
    by = -1 if request.match_info["way"] == "earlier" else 1
    async with pages.changing(request) as session:
        model = await _to_change(request, session)
        annotation = await annotating.load(session, model, pages.identifier(request))
        annotating.reorder(session, model, annotation, by)
    return _back(request, "saved")


@routes.post("/admin/models/{slug}/annotations/{id:[0-9]+}/delete", needs="draft")
async def remove(request: web.Request) -> web.StreamResponse:
    async with pages.changing(request) as session:
        model = await _to_change(request, session)
        await annotating.remove(session, model, await annotating.load(session, model, pages.identifier(request)))
        undo = pages.undo(session, f"/admin/models/{model.slug}")
    return _back(request, "models.annotation-deleted", undo)


@routes.post("/admin/models/{slug}/view", needs="draft")
async def frame(request: web.Request) -> web.StreamResponse:
    """The view that the model opens with (`orbit`, `target`, `fov`), and the `poster` that shows it from there."""
    async with request.app[DATABASE].read() as session:
        await modelling.load_model(session, request.match_info["slug"], access.person_of(request))
    store = request.app[STORE]
    form, picture = await _receive(request)
    view = _orbit(form)
    with Workshop(store.scratch) as workshop:
        upload = workshop.folder() / "poster"
        await asyncio.to_thread(upload.write_bytes, picture)
        try:
            poster = await keep_poster(store, upload)
        except JobRefused:
            raise Refused("poster-damaged") from None
    async with pages.changing(request) as session:
        model = await _to_change(request, session)
        asset = pages.whole(form, "asset")
        matrix = await annotating.matrix_of(session, model, asset)
        await annotating.frame(session, model, matrix, asset or 0, view, poster, "image/webp")
    return flash.redirect(request, f"/admin/models/{model.slug}", "done", pages.say(request, "models.framed"))


async def _receive(request: web.Request) -> tuple[dict[str, str], bytes]:
    """The fields of a form, and the `poster` in it. Raises Refused."""
    fields: dict[str, str] = {}
    picture = b""
    if request.content_type != "multipart/form-data":
        raise Refused("file-missing")
    async for part in forms.parts(request):
        if not part.name:
            continue
        content = bytearray()
        async for chunk in forms.chunks_of(part):
            content += chunk
            if len(content) > (MOST_BYTES if part.name == "poster" else _FIELD_BYTES):
                raise Refused("poster-damaged")
        if part.name == "poster":
            picture = bytes(content)
        else:
            fields[part.name] = content.decode(errors="replace")
    if not picture:
        raise Refused("file-missing")
    return fields, picture
