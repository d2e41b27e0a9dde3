"""Guided tours: the list, a tour with its stops in their order, and one stop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation import drafting, guiding, overview, publication, readiness, roles, snapshot_rows, usage
from museum.curation.errors import Refused
from museum.curation.guiding import AnswerForm, View
from museum.guiding.models import GuidedTour, TourStop
from museum.languages import LANGUAGES
from museum.web.admin import access, conflict, flash, pages, review
from museum.web.keys import DATABASE

routes = access.Routes()


def home_of(request: web.Request) -> str:
    """The tour's page."""
    return f"/admin/tours/{request.match_info['slug']}"


def stop_home(request: web.Request, number: int) -> str:
    """The page of one of its stops."""
    return f"{home_of(request)}/stops/{number}"


@routes.get("/admin/tours", needs="look")
async def tours_page(request: web.Request) -> web.StreamResponse:
    return await show_list(request)


async def show_list(
    request: web.Request, *, status: int = 200, problem: str = "", form: dict[str, str] | None = None
) -> web.Response:
    async with request.app[DATABASE].read() as session:
        tours = await guiding.list_tours(session)
        return await pages.render(request, "tours.html", status=status, tours=tours, problem=problem, form=form)


@routes.post("/admin/tours", needs="draft")
async def create(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    try:
        async with pages.changing(request) as session:
            texts = pages.texts_from(form, "title", "description")
            tour = await guiding.create_tour(session, texts=texts, slug=form.get("slug", ""))
    except Refused as refused:
        if type(refused) is not Refused:
            raise
        words = access.refusal_text(request["language"], refused)
        return await show_list(request, status=422, problem=words, form=form)
    return flash.redirect(
        request, f"/admin/tours/{tour.slug}", "done", pages.say_made(request, "tour-made", form, tour.slug)
    )


@routes.get("/admin/tours/{slug}", needs="look")
async def tour_page(request: web.Request) -> web.StreamResponse:
    return await show(request)


async def show(
    request: web.Request, *, status: int = 200, problem: str = "", form: dict[str, str] | None = None
) -> web.Response:
    """The tour's page; with `form` what she typed stands in it, and `problem` says why it was not saved."""
    async with request.app[DATABASE].read() as session:
        tour = await guiding.load_tour(session, request.match_info["slug"])
        return await pages.render(
            request,
            "tour.html",
            status=status,
            tour=tour,
            previews={stop.id: overview.preview_of(stop.scene.panorama) for stop in tour.stops},
            **await review.panel_values(session, tour),
            obstacles=await readiness.obstacles_of(session, tour),
            editable=roles.may_change(access.person_of(request), tour),
            problem=problem,
            form=form,
        )


@routes.post("/admin/tours/{slug}", needs="draft")
async def save(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)

    async def write(form: dict[str, str]) -> web.StreamResponse:
        async with pages.changing(request) as session:
            person, version = access.person_of(request), pages.version_from(form)
            tour = await guiding.load_tour(session, request.match_info["slug"], person, version)
            guiding.update_tour(tour, pages.texts_from(form, "title", "description"))
        return flash.redirect(request, home_of(request), "done", pages.say(request, "saved"))

    try:
        return await conflict.settle(request, "tour", home_of(request), form, write)
    except Refused as refused:
        if type(refused) is not Refused:
            raise
        return await show(request, status=422, problem=access.refusal_text(request["language"], refused), form=form)


@routes.post("/admin/tours/{slug}/publish", needs="publish")
async def publish(request: web.Request) -> web.StreamResponse:
    return await _settle_state(request, publication.publish, "published")


@routes.post("/admin/tours/{slug}/unpublish", needs="publish")
async def unpublish(request: web.Request) -> web.StreamResponse:
    return await _settle_state(request, publication.withdraw, "withdrawn")


async def _settle_state(
    request: web.Request, act: Callable[[AsyncSession, Any, int], Awaitable[None]], said: str
) -> web.StreamResponse:
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        tour = await guiding.load_tour(session, request.match_info["slug"], access.person_of(request))
        await act(session, tour, pages.version_from(form))
    return flash.redirect(request, home_of(request), "done", pages.say(request, said))


@routes.post("/admin/tours/{slug}/delete", needs="draft")
async def delete(request: web.Request) -> web.StreamResponse:
    """Delete a tour that visitors don't see; the notice offers to take it back."""
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        person, version = access.person_of(request), pages.version_from(form)
        tour = await guiding.load_tour(session, request.match_info["slug"], person, version)
        await usage.remove(session, "tour", await snapshot_rows.load(session, "tour", tour.slug))
        undo = pages.undo(session, home_of(request))
    return flash.redirect(request, "/admin/tours", "done", pages.say(request, "tour-deleted"), undo)


@routes.post("/admin/tours/{slug}/stops", needs="draft")
async def add_stop(request: web.Request) -> web.StreamResponse:
    """A new last stop at a scene, which is then to be written."""
    form = await pages.read_form(request)
    return await _add(request, form, request.match_info["slug"], form.get("target", ""), None)


@routes.post("/admin/scenes/{slug}/stops", needs="draft")
async def add_view(request: web.Request) -> web.StreamResponse:
    """A new last stop of the tour that the form names, at this scene and with the view that the curator has."""
    form = await pages.read_form(request)
    return await _add(request, form, form.get("tour", ""), request.match_info["slug"], view_from(form))


async def _add(
    request: web.Request, form: Mapping[str, str], tour_slug: str, scene: str, view: View | None
) -> web.StreamResponse:
    async with pages.changing(request) as session:
        tour = await guiding.load_tour(session, tour_slug, access.person_of(request))
        texts = pages.texts_from(form, "title")
        stop = await guiding.add_stop(session, tour, scene=scene, view=view, texts=texts)
    page = f"/admin/tours/{tour.slug}/stops/{stop.id}"
    return flash.redirect(request, page, "done", pages.say(request, "stop-made"))


def view_from(form: Mapping[str, str]) -> View:
    """The view that a form states."""
    return View(*drafting.numbers(form, "yaw", "pitch", "fov"))


def answers_from(form: Mapping[str, str]) -> list[AnswerForm]:
    """The answers that a form holds, the empty ones too."""
    return [
        AnswerForm({tag: form.get(f"answer-{n}:{tag}", "") for tag in LANGUAGES}, form.get(f"right-{n}") == "yes")
        for n in range(guiding.MOST_ANSWERS)
    ]


@routes.get("/admin/tours/{slug}/stops/{id:[0-9]+}", needs="look")
async def stop_page(request: web.Request) -> web.StreamResponse:
    return await show_stop(request)


async def show_stop(
    request: web.Request, *, status: int = 200, problem: str = "", form: dict[str, str] | None = None
) -> web.Response:
    """The page of a stop, where its view is taken from the viewer and its words are written."""
    async with request.app[DATABASE].read() as session:
        tour = await guiding.load_tour(session, request.match_info["slug"])
        stop = guiding.find_stop(tour, pages.identifier(request))
        return await pages.render(
            request,
            "tour_stop.html",
            status=status,
            tour=tour,
            stop=stop,
            number=tour.stops.index(stop) + 1,
            fields=form or fields_of(stop),
            ready=stop.scene.panorama is not None and stop.scene.panorama.state == "ready",
            most_answers=guiding.MOST_ANSWERS,
            editable=roles.may_change(access.person_of(request), tour),
            problem=problem,
        )


def fields_of(stop: TourStop) -> dict[str, str]:
    """A stop as the fields of its form."""
    fields = {"scene": stop.scene.slug, "image": stop.image.slug if stop.image else ""}
    fields |= {name: f"{getattr(stop, name):.2f}" for name in ("yaw", "pitch", "fov")}
    for n, choice in enumerate(stop.choices):
        fields |= {f"answer-{n}:{tag}": words for tag, words in choice["text"].items()}
        if choice["right"]:
            fields[f"right-{n}"] = "yes"
    return {**fields, **conflict.texts_as_fields(stop)}


@routes.post("/admin/tours/{slug}/stops/{id:[0-9]+}", needs="draft")
async def save_stop(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    number = pages.identifier(request)
    home = stop_home(request, number)

    async def write(form: dict[str, str]) -> web.StreamResponse:
        async with pages.changing(request) as session:
            person, version = access.person_of(request), pages.version_from(form)
            tour = await guiding.load_tour(session, request.match_info["slug"], person, version)
            await guiding.update_stop(
                session,
                tour,
                guiding.find_stop(tour, number),
                scene=form.get("scene", ""),
                view=view_from(form),
                image=form.get("image", ""),
                texts=pages.texts_from(form, *guiding.STOP_FIELDS),
                answers=answers_from(form),
            )
        return flash.redirect(request, home, "done", pages.say(request, "saved"))

    try:
        return await conflict.settle(request, "tour", home, form, write, ("stops", number))
    except Refused as refused:
        if type(refused) is not Refused:
            raise
        words = access.refusal_text(request["language"], refused)
        return await show_stop(request, status=422, problem=words, form=form)


Act = Callable[[GuidedTour, TourStop], None]


def _arranging(act: Act, said: str) -> access.View:
    """The handler of an act on one stop, with what there is to say about it."""

    async def view(request: web.Request) -> web.StreamResponse:
        version = pages.version_from(await pages.read_form(request))

        async def do(session: AsyncSession) -> None:
            tour = await guiding.load_tour(session, request.match_info["slug"], access.person_of(request), version)
            act(tour, guiding.find_stop(tour, pages.identifier(request)))

        return await pages.act(request, home_of(request), said, do)

    return view


for _word, _act, _said in (
    ("earlier", lambda tour, stop: guiding.move_stop(tour, stop, -1), "stop-moved"),
    ("later", lambda tour, stop: guiding.move_stop(tour, stop, 1), "stop-moved"),
    ("delete", guiding.remove_stop, "stop-deleted"),
):
    routes.post(f"/admin/tours/{{slug}}/stops/{{id:[0-9]+}}/{_word}", needs="draft")(_arranging(_act, _said))
