"""Sounds and films of a scene's hotspots: their files and captions."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation import changes, drafting, placing, production, recordings
from museum.curation.errors import Refused
from museum.scenes.models import Hotspot, Scene
from museum.web.admin import access, flash, pages, tus
from museum.web.admin.making import explain
from museum.web.admin.scenes import home_of
from museum.web.keys import DATABASE

HERE = "/admin/scenes/{slug}/hotspots/{id:[0-9]+}/recording"

routes = access.Routes()


async def _to_change(request: web.Request, session: AsyncSession, version: int | None = None) -> tuple[Scene, Hotspot]:
    scene = await drafting.load_scene(session, request.match_info["slug"], access.person_of(request), version)
    return scene, await placing.load_hotspot(session, scene, pages.identifier(request))


def _home(request: web.Request) -> str:
    return f"{home_of(request)}#recordings"


@routes.get(f"{HERE}.json", needs="look")
async def status(request: web.Request) -> web.StreamResponse:
    """How a recording is getting on: `Production`, with words for her."""
    async with request.app[DATABASE].read() as session:
        scene = await drafting.load_scene(session, request.match_info["slug"])
        hotspot = await placing.load_hotspot(session, scene, pages.identifier(request))
        made = await recordings.production_of(session, hotspot)
    answer: dict[str, Any] = {
        "state": made.state,
        "progress": round(made.progress, 4),
        "replacing": made.replacing,
        "words": explain(request, "panorama", made),
    }
    return web.json_response(answer)


@routes.post(HERE, needs="draft", scoped=True)
async def file(request: web.Request) -> web.StreamResponse:
    """Make the recording of a finished upload (`upload`), or of a file in the form itself."""
    async with request.app[DATABASE].read() as session:
        # Before a long upload, not after it.
        await _to_change(request, session)
    files = await tus.files_of(request)
    if len(files) != 1:
        raise Refused("recording-one" if files else "file-missing")
    original = files[0][0]
    async with pages.changing(request) as session:
        scene, hotspot = await _to_change(request, session)
        await recordings.begin_recording(session, scene, hotspot, original)
        changes.note(session, "uploaded", "scene", scene.slug, originals=[original])
    return flash.redirect(request, _home(request), "done", pages.say(request, "recording-begun"))


@routes.post(f"{HERE}/{{verb:retry|cancel|use|keep}}", needs="draft", scoped=True)
async def verb(request: web.Request) -> web.StreamResponse:
    what = request.match_info["verb"]
    done = True
    async with pages.changing(request) as session:
        scene, hotspot = await _to_change(request, session)
        if what == "retry":
            done = await production.retry_asset(session, await recordings.current(session, hotspot))
        elif what == "cancel":
            done = await production.cancel_asset(session, await recordings.current(session, hotspot))
        elif what == "use":
            await recordings.use_newer(session, scene, hotspot)
        else:
            await recordings.dismiss_newer(session, hotspot)
    said = {"retry": "job-queued", "cancel": "job-cancelling", "use": "recording-used", "keep": "recording-kept"}[what]
    return flash.redirect(
        request, _home(request), "done" if done else "refused", pages.say(request, said if done else "job-over")
    )


@routes.post(f"{HERE}/captions", needs="draft", scoped=True)
async def captions(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        scene, hotspot = await _to_change(request, session, pages.version_from(form))
        placing.caption(scene, hotspot, pages.texts_from(form, "captions")["captions"])
    return flash.redirect(request, _home(request), "done", pages.say(request, "saved"))
