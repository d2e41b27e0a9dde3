"""The steps of an activity: what each shows and asks, and their order."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection.models import STEP_KINDS, Activity
from museum.curation import drafting, guiding, roles, teaching
from museum.curation.teaching import StepForm
from museum.web.admin import access, conflict, flash, pages, review
from museum.web.admin.tours import answers_from
from museum.web.keys import DATABASE

routes = access.Routes()

HOME = "/admin/activities/{slug}/steps"
STEP = HOME + "/{id:[0-9]+}"


def home_of(request: web.Request) -> str:
    """The page of the activity's steps."""
    return HOME.format(slug=request.match_info["slug"])


@routes.get(HOME, needs="look")
async def steps_page(request: web.Request) -> web.StreamResponse:
    async with request.app[DATABASE].read() as session:
        activity = await teaching.load_activity(session, request.match_info["slug"])
        return await pages.render(
            request,
            "steps.html",
            activity=activity,
            shown=await teaching.shown_in(session, activity),
            answers={step.id: teaching.answers_in(step) for step in activity.steps if step.kind == "answer"},
            most_answers=guiding.MOST_ANSWERS,
            step_kinds=STEP_KINDS,
            copying=await review.copying_of(session, "activity", activity),
            editable=roles.may_change(access.person_of(request), activity),
        )


async def _to_change(request: web.Request, session: AsyncSession, version: int | None = None) -> Activity:
    return await teaching.load_activity(session, request.match_info["slug"], access.person_of(request), version)


@routes.post(HOME, needs="draft")
async def add(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        activity = await _to_change(request, session)
        texts = pages.texts_from(form, "title")
        step = await teaching.add_step(session, activity, kind=form.get("kind", ""), texts=texts)
        undo = pages.undo(session, home_of(request))
    place = f"{home_of(request)}#step-{step.id}"
    return flash.redirect(request, place, "done", pages.say(request, "exhibits.step-made"), undo)


@routes.post(STEP, needs="draft")
async def save(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    number = pages.identifier(request)

    async def write(form: dict[str, str]) -> web.StreamResponse:
        async with pages.changing(request) as session:
            activity = await _to_change(request, session, pages.version_from(form))
            step = teaching.find_step(activity, number)
            texts = pages.texts_from(form, *teaching.STEP_FIELDS)
            await teaching.update_step(session, activity, step, _step_from(form), texts)
        return flash.redirect(request, f"{home_of(request)}#step-{number}", "done", pages.say(request, "saved"))

    return await conflict.settle(request, "activity", home_of(request), form, write, ("steps", number))


def _step_from(form: dict[str, str]) -> StepForm:
    angles = [drafting.numbers(form, name)[0] if form.get(name, "").strip() else None for name in ("yaw", "pitch")]
    told = pages.texts_from(form, "explanation")["explanation"]
    return StepForm(form.get("image", ""), form.get("scene", ""), angles[0], angles[1], answers_from(form), told)


@routes.post(STEP + "/{way:earlier|later|delete}", needs="draft")
async def arrange(request: web.Request) -> web.StreamResponse:
    """Have a step come earlier or later, or take it out."""
    form, way = await pages.read_form(request), request.match_info["way"]
    async with pages.changing(request) as session:
        activity = await _to_change(request, session, pages.version_from(form))
        step = teaching.find_step(activity, pages.identifier(request))
        if way == "delete":
            teaching.remove_step(activity, step)
        else:
            teaching.move_step(activity, step, -1 if way == "earlier" else 1)
        undo = pages.undo(session, home_of(request))
    said = "exhibits.step-removed" if way == "delete" else "exhibits.moved"
    return flash.redirect(request, home_of(request), "done", pages.say(request, said), undo)
