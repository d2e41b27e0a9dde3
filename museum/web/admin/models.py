"""The pages of 3D models: what is there, and of one its making, its report, its size, and whether visitors see it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models3d.solid import UPRIGHT
from museum.assets.models3d.standing import facing
from museum.collection.model_notes import notes_of, opening_of
from museum.collection.models import Model
from museum.curation import changes, modelling, publication, readiness, roles
from museum.curation.drafting import numbers
from museum.curation.errors import Refused
from museum.web.admin import access, conflict, flash, marking, pages, review, tus
from museum.web.admin.making import explain
from museum.web.keys import DATABASE

routes = access.Routes()

ENDINGS = ".glb,.gltf,.zip,.obj,.ply,.stl,.dae,.zae,.3mf,.usdz,.usd,.usda,.usdc"
DESK_WORDS = (
    *(
        "look",
        "annotate",
        "length",
        "straighten",
        "frame",
        "here",
        "annotate-hint",
        "move-hint",
        "length-first",
        "length-second",
    ),
    *(
        "length-is",
        "length-real",
        "set-length",
        "again",
        "missed",
        "straighten-hint",
        "forward",
        "back",
        "left",
        "right",
    ),
    *(
        "turn-left",
        "turn-right",
        "front",
        "step",
        "set-upright",
        "as-was",
        "frame-hint",
        "save-frame",
        "failed",
        "tools",
    ),
    *("loading", "refused"),
)
"""What the tools around the model say."""
UNITS = ((1.0, "metres"), (0.01, "centimetres"), (0.001, "millimetres"))
"""What one unit of a file may be, offered where the file doesn't say or says what can't be."""


def home_of(request: web.Request) -> str:
    """The model's page."""
    return f"/admin/models/{request.match_info['slug']}"


async def _to_change(request: web.Request, session: AsyncSession) -> Model:
    return await modelling.load_model(session, request.match_info["slug"], access.person_of(request))


@routes.get("/admin/models", needs="look")
async def models_page(request: web.Request) -> web.StreamResponse:
    number = request.query.get("page", "1")
    page = min(max(int(number) if number.isascii() and number.isdigit() else 1, 1), 10_000)
    async with request.app[DATABASE].read() as session:
        rows, total = await modelling.model_rows(session, page)
    last = max(1, -(-total // modelling.PAGE))
    return await pages.render(request, "models.html", models=rows, total=total, page=page, last_page=last)


@routes.post("/admin/models", needs="draft")
async def create(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        model = await modelling.create_model(session, texts=pages.texts_from(form, "title"), slug=form.get("slug", ""))
    said = pages.say_made(request, "saved", form, model.slug)
    return flash.redirect(request, f"/admin/models/{model.slug}", "done", said)


@routes.get("/admin/models/{slug}", needs="look")
async def model_page(request: web.Request) -> web.StreamResponse:
    return await show(request)


async def show(
    request: web.Request, *, status: int = 200, problem: str = "", form: dict[str, str] | None = None
) -> web.Response:
    """The model's page; with `form` what she typed stands in it, and `problem` says why it was not saved."""
    async with request.app[DATABASE].read() as session:
        model = await modelling.load_model(session, request.match_info["slug"])
        made = await modelling.production_of(session, model)
        asset = await modelling.current(session, model)
        fresh = await modelling.newer(session, model) if made.replacing and made.state == "ready" else None
        shown = fresh or (model.asset if model.asset and model.asset.state == "ready" else None)
        return await pages.render(
            request,
            "model.html",
            status=status,
            model=model,
            editable=roles.may_change(access.person_of(request), model),
            made=made,
            made_words=explain(request, "making", made),
            steps=await modelling.steps_of(session, made),
            shown=shown,
            options=asset.options if asset else {},
            report=shown.info.get("report", {}) if shown else {},
            blobs={blob.role: blob for blob in shown.blobs} if shown else {},
            notes=[msgspec.to_builtins(note) for note in notes_of(model, shown)] if shown else [],
            opening=msgspec.to_builtins(opening_of(model, shown)) if shown else None,
            desk_words={key: pages.say(request, f"models.desk-{key}") for key in DESK_WORDS},
            heights=_heights(shown.info.get("report", {})) if shown else [],
            obstacles=await readiness.obstacles_of(session, model),
            endings=ENDINGS,
            problem=problem,
            form=form,
            **await review.panel_values(session, model),
        )


def _heights(report: dict[str, Any]) -> list[tuple[str, float]]:
    """The height in metres for each unit that the file may have been made in."""
    units = report.get("unit", {}).get("height", 0.0)
    return [(name, units * metres) for metres, name in UNITS] if units else []


@routes.get("/admin/models/{slug}/status.json", needs="look")
async def status_json(request: web.Request) -> web.StreamResponse:
    """How the model is getting on, with words for her."""
    async with request.app[DATABASE].read() as session:
        made = await modelling.production_of(session, await modelling.load_model(session, request.match_info["slug"]))
        steps = await modelling.steps_of(session, made)
    return web.json_response(
        {
            "state": made.state,
            "progress": round(made.progress, 4),
            "question": None,
            "replacing": made.replacing,
            "steps": steps,
            "words": explain(request, "making", made),
        }
    )


@routes.post("/admin/models/{slug}", needs="draft")
async def save(request: web.Request) -> web.StreamResponse:
    async def write(form: dict[str, str]) -> web.StreamResponse:
        async with pages.changing(request) as session:
            await modelling.update_model(
                session,
                await _to_change(request, session),
                pages.version_from(form),
                texts=pages.texts_from(form, "title", "alt"),
                artifact=form.get("artifact", ""),
                rights=form.get("rights", ""),
            )
        return flash.redirect(request, home_of(request), "done", pages.say(request, "saved"))

    form = await pages.read_form(request)
    try:
        return await conflict.settle(request, "model", home_of(request), form, write)
    except Refused as refused:
        if type(refused) is not Refused:
            raise
        return await show(request, status=422, problem=access.refusal_text(request["language"], refused), form=form)


@routes.post("/admin/models/{slug}/file", needs="draft")
async def file(request: web.Request) -> web.StreamResponse:
    """Make the model of a finished upload (`upload`), or of a file in the form itself."""
    async with request.app[DATABASE].read() as session:
        # Before a long upload, not after it.
        await modelling.load_model(session, request.match_info["slug"], access.person_of(request))
    originals = [number for number, _ in await tus.files_of(request)]
    if len(originals) != 1:
        raise Refused("file-missing" if not originals else "model-file-one")
    async with pages.changing(request) as session:
        model = await _to_change(request, session)
        await modelling.begin_model(session, model, originals[0])
        changes.note(session, "uploaded", "model", model.slug, originals=originals)
    return flash.redirect(request, home_of(request), "done", pages.word(request, "notice", "begun"))


@routes.post("/admin/models/{slug}/file/{verb:retry|cancel|use|keep}", needs="draft")
async def file_verb(request: web.Request) -> web.StreamResponse:
    verb = request.match_info["verb"]
    done = True
    async with pages.changing(request) as session:
        model = await _to_change(request, session)
        if verb == "retry":
            done = await modelling.retry(session, model)
        elif verb == "cancel":
            done = await modelling.cancel(session, model)
        elif verb == "use":
            await modelling.use_newer(session, model)
        else:
            await modelling.dismiss_newer(session, model)
    if not done:
        return flash.redirect(request, home_of(request), "refused", pages.say(request, "job-over"))
    said = {"retry": "job-queued", "cancel": "job-cancelling"}.get(verb)
    text = pages.say(request, said) if said else pages.word(request, "notice", verb)
    return flash.redirect(request, home_of(request), "done", text)


@routes.post("/admin/models/{slug}/size", needs="draft")
async def size(request: web.Request) -> web.StreamResponse:
    """The real height in centimetres (empty: as the file says)."""
    form = await pages.read_form(request)
    height = numbers(form, "height")[0] / 100 if form.get("height", "").strip() else None
    async with pages.changing(request) as session:
        model = await _to_change(request, session)
        pose = modelling.pose_of(await modelling.current(session, model))
        anew = await modelling.set_pose(session, model, replace(pose, height=height, scale=None))
    return _answer_pose(request, anew)


@routes.post("/admin/models/{slug}/upright", needs="draft")
async def upright(request: web.Request) -> web.StreamResponse:
    """Which way is up: a quaternion `turned` of four numbers by which to turn it from how it stands, or the axis `up` of the file that
    points up and the degrees `front` from its front to the side that is to be it."""
    form = await pages.read_form(request)
    turned = marking.several(form, "turned", 4) if form.get("turned", "").strip() else None
    async with pages.changing(request) as session:
        model = await _to_change(request, session)
        anew = await modelling.straighten(session, model, None if turned else _orientation(form), turned)
    return _answer_pose(request, anew)


def _orientation(form: dict[str, str]) -> list[float] | None:
    if form.get("up", "") not in UPRIGHT:
        return None
    [front] = numbers(form, "front") if form.get("front", "").strip() else [0.0]
    return facing(form["up"], front)


@routes.post("/admin/models/{slug}/length", needs="draft")
async def length(request: web.Request) -> web.StreamResponse:
    """Two points of the surface, `shown` centimetres apart now, that are `real` centimetres apart."""
    form = await pages.read_form(request)
    shown, real = numbers(form, "shown", "real")
    async with pages.changing(request) as session:
        anew = await modelling.set_length(session, await _to_change(request, session), shown=shown, real=real)
    return _answer_pose(request, anew)


def _answer_pose(request: web.Request, anew: bool) -> web.Response:
    return flash.redirect(
        request,
        home_of(request),
        "done",
        pages.word(request, "notice", "begun") if anew else pages.say(request, "saved"),
    )


@routes.post("/admin/models/{slug}/publish", needs="publish")
async def publish(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        await publication.publish(session, await _to_change(request, session), pages.version_from(form))
    return flash.redirect(request, home_of(request), "done", pages.say(request, "published"))


@routes.post("/admin/models/{slug}/unpublish", needs="publish")
async def unpublish(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        await publication.withdraw(session, await _to_change(request, session), pages.version_from(form))
    return flash.redirect(request, home_of(request), "done", pages.say(request, "withdrawn"))


@routes.post("/admin/models/{slug}/delete", needs="draft")
async def delete(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    if form.get("sure") != request.match_info["slug"]:
        raise Refused("not-sure")
    async with pages.changing(request) as session:
        await modelling.delete(session, await _to_change(request, session))
        undo = pages.undo(session, home_of(request))
    return flash.redirect(request, "/admin/models", "done", pages.word(request, "notice", "deleted"), undo)
