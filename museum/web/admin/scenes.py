"""The page of one scene: its panorama, fields, first view, and whether visitors see it."""

from __future__ import annotations

from typing import Any

import msgspec
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.ingest.layout import faces_by_name
from museum.curation import (
    changes,
    drafting,
    guiding,
    overview,
    placing,
    production,
    publication,
    readiness,
    recordings,
    roles,
    snapshot_rows,
    usage,
)
from museum.curation.errors import Refused
from museum.scenes.models import Scene
from museum.scenes.tour_build import build_tour
from museum.web.admin import access, conflict, flash, pages, review, tus
from museum.web.admin.making import explain
from museum.web.api.tour import museum_title
from museum.web.keys import DATABASE

routes = access.Routes()


def home_of(request: web.Request) -> str:
    """The scene's page."""
    return f"/admin/scenes/{request.match_info['slug']}"


async def _to_change(request: web.Request, session: AsyncSession, version: int | None = None) -> Scene:
    return await drafting.load_scene(session, request.match_info["slug"], access.person_of(request), version)


async def _to_publish(request: web.Request, session: AsyncSession) -> Scene:
    scene = await _to_change(request, session)
    roles.demand(access.person_of(request), "publish", scene.venue_id)
    return scene


@routes.get("/admin/scenes/{slug}", needs="look")
async def scene_page(request: web.Request) -> web.StreamResponse:
    return await show(request)


async def show(
    request: web.Request, *, status: int = 200, problem: str = "", form: dict[str, str] | None = None
) -> web.Response:
    """The scene's page; with `form` what she typed stands in it, and `problem` says why it was not saved."""
    async with request.app[DATABASE].read() as session:
        scene = await overview.scene_to_edit(session, request.match_info["slug"])
        made = await production.production_of(session, scene)
        return await pages.render(
            request,
            "scene.html",
            status=status,
            may=pages.may_in(request, scene),
            editable=roles.may_change(access.person_of(request), scene),
            scene=scene,
            made=made,
            made_words=explain(request, "panorama", made),
            **await _recordings(request, session, scene),
            targets=await overview.hotspot_targets(session, scene.hotspots),
            places=await overview.places(session),
            tours=await guiding.tour_choices(session),
            link_choices=await overview.link_choices(session, scene),
            floor_distance=placing.floor_distance,
            obstacles=await readiness.obstacles_of(session, scene),
            preview=overview.preview_of(scene.panorama),
            problem=problem,
            form=form,
            **await review.panel_values(session, scene),
        )


async def _recordings(request: web.Request, session: AsyncSession, scene: Scene) -> dict[str, Any]:
    """What the page says of the scene's sounds and films."""
    made = await recordings.productions(session, scene)
    return {
        "recordings": made,
        "recording_words": {number: explain(request, "panorama", one) for number, one in made.items()},
        "playable": await recordings.playable(session, scene),
    }


@routes.get("/admin/scenes/{slug}/status.json", needs="look")
async def status_json(request: web.Request) -> web.StreamResponse:
    """How the panorama is getting on: `Production`, with words for her."""
    async with request.app[DATABASE].read() as session:
        scene = await drafting.load_scene(session, request.match_info["slug"])
        made = await production.production_of(session, scene)
    answer: dict[str, Any] = {
        "state": made.state,
        "progress": round(made.progress, 4),
        "question": made.question,
        "replacing": made.replacing,
        "words": explain(request, "panorama", made),
    }
    return web.json_response(answer)


@routes.get("/admin/scenes/{slug}/tour.json", needs="look")
async def tour_json(request: web.Request) -> web.StreamResponse:
    """The scene for the viewer, as visitors would see it if all drafts were published."""
    async with request.app[DATABASE].read() as session:
        tour = await build_tour(
            session,
            request.match_info["slug"],
            "curator",
            museum_title(),
        )
    if tour is None:
        raise web.HTTPNotFound
    return web.Response(body=msgspec.json.encode(tour), content_type="application/json")


@routes.post("/admin/scenes/{slug}", needs="draft", scoped=True)
async def save(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)

    async def write(form: dict[str, str]) -> web.StreamResponse:
        async with pages.changing(request) as session:
            scene = await _to_change(request, session)
            await drafting.update_scene(
                session,
                scene,
                pages.version_from(form),
                texts=pages.texts_from(form, "title", "description"),
                year=pages.whole(form, "year"),
                place=form.get("place", "").strip() or None,
                north=drafting.numbers(form, "north")[0],
            )
        return flash.redirect(request, home_of(request), "done", pages.say(request, "saved"))

    try:
        return await conflict.settle(request, "scene", home_of(request), form, write)
    except Refused as refused:
        if type(refused) is not Refused:
            raise
        return await show(request, status=422, problem=access.refusal_text(request["language"], refused), form=form)


@routes.post("/admin/scenes/{slug}/view", needs="draft", scoped=True)
async def set_first_view(request: web.Request) -> web.StreamResponse:
    async def write(form: dict[str, str]) -> web.StreamResponse:
        async with pages.changing(request) as session:
            scene = await _to_change(request, session, pages.version_from(form))
            drafting.set_first_view(scene, *drafting.numbers(form, "yaw", "pitch", "fov"))
        return flash.redirect(request, home_of(request), "done", pages.say(request, "view-set"))

    return await conflict.settle(request, "scene", home_of(request), await pages.read_form(request), write)


@routes.post("/admin/scenes/{slug}/level", needs="draft", scoped=True)
async def set_level(request: web.Request) -> web.StreamResponse:
    async def write(form: dict[str, str]) -> web.StreamResponse:
        async with pages.changing(request) as session:
            scene = await _to_change(request, session, pages.version_from(form))
            await drafting.set_level(session, scene, *drafting.numbers(form, "level_pitch", "level_roll"))
        return flash.redirect(request, home_of(request), "done", pages.say(request, "saved"))

    return await conflict.settle(request, "scene", home_of(request), await pages.read_form(request), write)


@routes.post("/admin/scenes/{slug}/plan", needs="draft", scoped=True)
async def place_on_plan(request: web.Request) -> web.StreamResponse:
    async def write(form: dict[str, str]) -> web.StreamResponse:
        places = [
            drafting.numbers(form, name)[0] if form.get(name, "").strip() else None for name in ("plan_x", "plan_y")
        ]
        async with pages.changing(request) as session:
            scene = await _to_change(request, session, pages.version_from(form))
            drafting.place_on_plan(scene, *places)
        return flash.redirect(request, home_of(request), "done", pages.say(request, "saved"))

    return await conflict.settle(request, "scene", home_of(request), await pages.read_form(request), write)


@routes.post("/admin/scenes/{slug}/nadir", needs="draft", scoped=True)
async def hide_tripod(request: web.Request) -> web.StreamResponse:
    async def write(form: dict[str, str]) -> web.StreamResponse:
        async with pages.changing(request) as session:
            scene = await _to_change(request, session, pages.version_from(form))
            drafting.hide_tripod(scene, form.get("nadir_kind") or None, *drafting.numbers(form, "nadir_radius"))
        return flash.redirect(request, home_of(request), "done", pages.say(request, "saved"))

    return await conflict.settle(request, "scene", home_of(request), await pages.read_form(request), write)


@routes.post("/admin/scenes/{slug}/panorama", needs="draft", scoped=True)
async def panorama(request: web.Request) -> web.StreamResponse:
    """Make the panorama of finished uploads (`upload`, six times for the faces of a cube map), or of files in the form itself."""
    slug = request.match_info["slug"]
    async with request.app[DATABASE].read() as session:
        # Before a long upload, not after it.
        await drafting.load_scene(session, slug, access.person_of(request))
    originals = _roles(await tus.files_of(request))
    async with pages.changing(request) as session:
        scene = await _to_change(request, session)
        await production.begin_panorama(session, scene, originals)
        changes.note(session, "uploaded", "scene", scene.slug, originals=[number for number, _ in originals])
    return flash.redirect(request, home_of(request), "done", pages.say(request, "panorama-begun"))


def _roles(files: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """(original's id, role) of (original's id, file's name): one whole picture, or six faces by their names."""
    if not files:
        raise Refused("file-missing")
    if len(files) == 1:
        return [(files[0][0], "whole")]
    if len(files) != 6:
        raise Refused("file-one-or-six")
    found = faces_by_name([name for _, name in files])
    if found is None:
        raise Refused("cube-names")
    return [(files[position][0], face) for face, position in found.items()]


@routes.post("/admin/scenes/{slug}/panorama/{verb:retry|cancel|use|keep}", needs="draft", scoped=True)
async def panorama_verb(request: web.Request) -> web.StreamResponse:
    verb = request.match_info["verb"]
    done = True
    async with pages.changing(request) as session:
        scene = await _to_change(request, session)
        if verb == "retry":
            done = await production.retry_panorama(session, scene)
        elif verb == "cancel":
            done = await production.cancel_panorama(session, scene)
        elif verb == "use":
            await production.use_newer(session, scene)
        else:
            await production.dismiss_newer(session, scene)
    said = {"retry": "job-queued", "cancel": "job-cancelling", "use": "panorama-used", "keep": "panorama-kept"}[verb]
    return flash.redirect(
        request, home_of(request), "done" if done else "refused", pages.say(request, said if done else "job-over")
    )


@routes.post("/admin/scenes/{slug}/panorama/stereo", needs="draft", scoped=True)
async def answer_stereo(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        scene = await _to_change(request, session)
        await production.answer_stereo(session, scene, form.get("layout", ""))
    return flash.redirect(request, home_of(request), "done", pages.say(request, "panorama-begun"))


@routes.post("/admin/scenes/{slug}/publish", needs="publish", scoped=True)
async def publish(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        scene = await _to_publish(request, session)
        shown = await publication.publish(session, scene, pages.version_from(form))
    return flash.redirect(request, f"/admin/scenes/{shown.slug}", "done", pages.say(request, "published"))


@routes.post("/admin/scenes/{slug}/unpublish", needs="publish", scoped=True)
async def unpublish(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        scene = await _to_publish(request, session)
        await publication.withdraw(session, scene, pages.version_from(form))
    return flash.redirect(request, home_of(request), "done", pages.say(request, "withdrawn"))


@routes.get("/admin/scenes/{slug}/delete", needs="draft", scoped=True)
async def delete_page(request: web.Request) -> web.StreamResponse:
    """Asks once more: a scene takes its links and hotspots along."""
    async with request.app[DATABASE].read() as session:
        scene = await overview.scene_to_edit(session, request.match_info["slug"])
        roles.demand_change(access.person_of(request), scene)
        return await pages.render(
            request, "scene_delete.html", scene=scene, preview=overview.preview_of(scene.panorama)
        )


@routes.post("/admin/scenes/{slug}/delete", needs="draft", scoped=True)
async def delete(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    if form.get("sure") != request.match_info["slug"]:
        raise Refused("not-sure")
    async with pages.changing(request) as session:
        scene = await _to_change(request, session)
        venue = f"/admin/venues/{scene.venue.slug}"
        await usage.remove(session, "scene", await snapshot_rows.load(session, "scene", scene.slug))
        undo = pages.undo(session, home_of(request))
    return flash.redirect(request, venue, "done", pages.say(request, "scene-deleted"), undo)
