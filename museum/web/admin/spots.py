"""Links and hotspots of a scene, and choosing what they lead to by its picture."""

from __future__ import annotations

import contextlib

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation import drafting, overview, placing, revisions
from museum.curation.errors import NotFound, Overtaken
from museum.curation.snapshots import Snapshot
from museum.database.texts import pick
from museum.scenes.models import HOTSPOT_KINDS, Hotspot, Link, Scene
from museum.web.admin import access, conflict, flash, pages
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


async def _load_spot(session: AsyncSession, request: web.Request, scene: Scene) -> Link | Hotspot:
    load = placing.load_link if request.match_info["what"] == "links" else placing.load_hotspot
    return await load(session, scene, pages.identifier(request))


async def _to_change(request: web.Request, session: AsyncSession, form: dict[str, str]) -> Scene:
    return await drafting.load_scene(
        session, request.match_info["slug"], access.person_of(request), pages.version_from(form)
    )


async def _show_conflict(request: web.Request, form: dict[str, str]) -> web.Response:
    """What she typed for a link or hotspot beside what is there now; nothing is, of a new one or one deleted meanwhile."""
    now: dict[str, str] = {}
    base: dict[str, str] | None = None
    slug = request.match_info["slug"]
    async with request.app[DATABASE].read() as session:
        scene = await drafting.load_scene(session, slug)
        if "id" in request.match_info:
            with contextlib.suppress(NotFound):
                now = await _fields(session, await _load_spot(session, request, scene))
            was = await revisions.snapshot_at(session, "scene", slug, pages.version_from(form))
            base = _part_fields(request, was) if was else None
    rows = conflict.compare(request, form, base, now)
    return await conflict.answer(
        request, kind="scene", home=home_of(request), version=scene.version, form=form, rows=rows
    )


def _part_fields(request: web.Request, snapshot: Snapshot) -> dict[str, str] | None:
    """The form's fields of the link or hotspot as it was in a snapshot of the scene."""
    for part in snapshot[request.match_info["what"]]:
        if part["id"] == pages.identifier(request):
            texts = {
                f"{field}:{language}": value
                for field, values in part["texts"].items()
                for language, (value, _) in values.items()
            }
            stands = _standing_fields(part.get("distance"), part.get("turned", 0.0))
            return {"yaw": repr(part["yaw"]), "pitch": repr(part["pitch"]), **stands, **texts}
    return None


@routes.post("/admin/scenes/{slug}/links", needs="draft", scoped=True)
async def add_link(request: web.Request) -> web.StreamResponse:
    """A new link to `target`; without scripts `scene` is the one chosen from the list."""
    form = await pages.read_form(request)
    yaw, pitch = drafting.numbers(form, "yaw", "pitch")
    try:
        async with pages.changing(request) as session:
            scene = await _to_change(request, session, form)
            _, back = await placing.add_link(
                session,
                scene,
                target=form.get("target", "").strip() or form.get("scene", ""),
                yaw=yaw,
                pitch=pitch,
                texts=pages.texts_from(form, "title"),
                back=form.get("back", "yes") == "yes",
                person=access.person_of(request),
            )
    except Overtaken:
        return await _show_conflict(request, form)
    return flash.redirect(
        request, home_of(request), "done", pages.say(request, "link-made-back" if back else "link-made")
    )


@routes.post("/admin/scenes/{slug}/hotspots", needs="draft", scoped=True)
async def add_hotspot(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    yaw, pitch = drafting.numbers(form, "yaw", "pitch")
    try:
        async with pages.changing(request) as session:
            scene = await _to_change(request, session, form)
            await placing.add_hotspot(
                session,
                scene,
                kind=form.get("kind", ""),
                target=form.get("target", ""),
                yaw=yaw,
                pitch=pitch,
                texts=pages.texts_from(form, "title", "description"),
            )
    except Overtaken:
        return await _show_conflict(request, form)
    return flash.redirect(request, home_of(request), "done", pages.say(request, "hotspot-made"))


@routes.post("/admin/scenes/{slug}/{what:links|hotspots}/{id:[0-9]+}", needs="draft", scoped=True)
async def change(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    yaw, pitch = drafting.numbers(form, "yaw", "pitch")
    try:
        async with pages.changing(request) as session:
            scene = await _to_change(request, session, form)
            spot = await _load_spot(session, request, scene)
            placing.move(scene, spot, yaw=yaw, pitch=pitch, texts=pages.texts_from(form, "title", "description"))
            if isinstance(spot, Hotspot) and "distance" in form:
                away, turned = _standing(form)
                placing.stand(spot, away, turned)
    except Overtaken:
        return await _show_conflict(request, form)
    return flash.redirect(request, home_of(request), "done", pages.say(request, "saved"))


@routes.post("/admin/scenes/{slug}/{what:links|hotspots}/{id:[0-9]+}/delete", needs="draft", scoped=True)
async def delete(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    what = request.match_info["what"]
    async with pages.changing(request) as session:
        scene = await _to_change(request, session, form)
        spot = await _load_spot(session, request, scene)
        await placing.remove(session, scene, spot)
        undo = pages.undo(session, home_of(request))
    said = "link-deleted" if what == "links" else "hotspot-deleted"
    return flash.redirect(request, home_of(request), "done", pages.say(request, said), undo)


def _standing_fields(away: float | None, turned: float) -> dict[str, str]:
    return {} if away is None else {"distance": repr(away), "turned": repr(turned)}


def _standing(form: dict[str, str]) -> tuple[float | None, float]:
    """Metres and degrees of a standing model; no metres where it stands nowhere."""
    away = drafting.numbers(form, "distance")[0] if form["distance"].strip() else None
    return away, drafting.numbers(form, "turned")[0] if form.get("turned", "").strip() else 0.0


async def _fields(session: AsyncSession, spot: Link | Hotspot) -> dict[str, str]:
    """The form that makes `spot` again."""
    fields = {"yaw": repr(spot.yaw), "pitch": repr(spot.pitch)}
    fields |= conflict.texts_as_fields(spot)
    if isinstance(spot, Link):
        return {**fields, "target": spot.target.slug if spot.target else spot.target_url or "", "back": "no"}
    fields |= _standing_fields(spot.distance, spot.turned)
    target = spot.url or ""
    if spot.kind in placing.OPENS:
        target = (await session.get_one(placing.OPENS[spot.kind][0], getattr(spot, f"{spot.kind}_id"))).slug
    assert spot.kind in HOTSPOT_KINDS
    return {**fields, "kind": spot.kind, "target": target}
