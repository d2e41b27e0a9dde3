"""Links and hotspots of a scene, and choosing what they lead to by its picture."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from museum.curation import drafting, overview, placing
from museum.curation.errors import NotFound
from museum.database.texts import pick
from museum.scenes.models import HOTSPOT_KINDS, Hotspot, Link
from museum.web.admin import access, flash, pages
from museum.web.admin.scenes import home_of
from museum.web.keys import DATABASE

routes = access.Routes()


@routes.get("/admin/choices.json", needs="look")
async def choices(request: web.Request) -> web.StreamResponse:
    """What a link (`kind=scene`) or hotspot can lead to: `{"choices": [{"slug", "title", "note", "thumbnail"}]}`."""
    kind = request.query.get("kind", "")
    if kind != "scene" and kind not in placing.OPENS:
        raise NotFound("hotspot-kind-unknown")
    async with request.app[DATABASE].read() as session:
        found = await overview.choices(
            session, kind, request.query.get("q", "")[:100], near=request.query.get("near", "")
        )
    language: str = request["language"]
    return web.json_response(
        {
            "choices": [
                {
                    "slug": choice.slug,
                    "title": pick(choice.title, language) or choice.slug,
                    "note": pick(choice.note, language),
                    "thumbnail": f"/files/{choice.thumbnail}.jpg" if choice.thumbnail else None,
                }
                for choice in found
            ]
        }
    )


@routes.post("/admin/scenes/{slug}/links", needs="draft")
async def add_link(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    yaw, pitch = drafting.numbers(form, "yaw", "pitch")
    async with request.app[DATABASE].write() as session:
        scene = await drafting.load_scene(session, request.match_info["slug"], access.person_of(request))
        _, back = await placing.add_link(
            session,
            scene,
            target=form.get("target", ""),
            yaw=yaw,
            pitch=pitch,
            texts=pages.texts_from(form, "title"),
            back=form.get("back", "yes") == "yes",
        )
    return flash.redirect(
        request, home_of(request), "done", pages.say(request, "link-made-back" if back else "link-made")
    )


@routes.post("/admin/scenes/{slug}/hotspots", needs="draft")
async def add_hotspot(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    yaw, pitch = drafting.numbers(form, "yaw", "pitch")
    async with request.app[DATABASE].write() as session:
        scene = await drafting.load_scene(session, request.match_info["slug"], access.person_of(request))
        await placing.add_hotspot(
            session,
            scene,
            kind=form.get("kind", ""),
            target=form.get("target", ""),
            yaw=yaw,
            pitch=pitch,
            texts=pages.texts_from(form, "title", "description"),
        )
    return flash.redirect(request, home_of(request), "done", pages.say(request, "hotspot-made"))


@routes.post("/admin/scenes/{slug}/{what:links|hotspots}/{id:[0-9]+}", needs="draft")
async def change(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    yaw, pitch = drafting.numbers(form, "yaw", "pitch")
    async with request.app[DATABASE].write() as session:
        scene = await drafting.load_scene(session, request.match_info["slug"], access.person_of(request))
        load = placing.load_link if request.match_info["what"] == "links" else placing.load_hotspot
        spot = await load(session, scene, pages.identifier(request))
        placing.move(scene, spot, yaw=yaw, pitch=pitch, texts=pages.texts_from(form, "title", "description"))
    return flash.redirect(request, home_of(request), "done", pages.say(request, "saved"))


@routes.post("/admin/scenes/{slug}/{what:links|hotspots}/{id:[0-9]+}/delete", needs="draft")
async def delete(request: web.Request) -> web.StreamResponse:
    what = request.match_info["what"]
    async with request.app[DATABASE].write() as session:
        scene = await drafting.load_scene(session, request.match_info["slug"], access.person_of(request))
        if what == "links":
            spot = await placing.load_link(session, scene, pages.identifier(request))
        else:
            spot = await placing.load_hotspot(session, scene, pages.identifier(request))
        fields = await _fields(session, spot)
        await placing.remove(session, scene, spot)
    undo = flash.Undo(f"{home_of(request)}/{what}", fields)
    said = "link-deleted" if what == "links" else "hotspot-deleted"
    return flash.redirect(request, home_of(request), "done", pages.say(request, said), undo)


async def _fields(session: Any, spot: Link | Hotspot) -> dict[str, str]:
    """The form that makes `spot` again."""
    fields = {"yaw": repr(spot.yaw), "pitch": repr(spot.pitch)}
    for field, values in overview.texts_of(spot).items():
        fields.update({f"{field}:{language}": value for language, value in values.items()})
    if isinstance(spot, Link):
        return {**fields, "target": spot.target.slug if spot.target else spot.target_url or "", "back": "no"}
    target = spot.url or ""
    if spot.kind in placing.OPENS:
        record = await session.get(placing.OPENS[spot.kind][0], getattr(spot, f"{spot.kind}_id"))
        target = record.slug
    assert spot.kind in HOTSPOT_KINDS
    return {**fields, "kind": spot.kind, "target": target}
