"""The museum itself: what it calls itself on every page."""

from __future__ import annotations

from aiohttp import web

from museum.collection.house import FIELDS, describe_house, load_house
from museum.curation import drafting
from museum.curation.errors import Overtaken, Refused
from museum.database.texts import texts_by_field
from museum.web.admin import access, flash, pages
from museum.web.keys import DATABASE

routes = access.Routes()

HOME = "/admin/museum"


@routes.get(HOME, needs="open")
async def museum_page(request: web.Request) -> web.StreamResponse:
    return await show(request)


async def show(
    request: web.Request, *, status: int = 200, problem: str = "", form: dict[str, str] | None = None
) -> web.Response:
    """The form; with `form` what she typed stands in it, and `problem` says why it was not saved."""
    async with request.app[DATABASE].read() as session:
        house = await load_house(session)
    return await pages.render(
        request,
        "museum.html",
        status=status,
        house=texts_by_field(house.texts) if house else {},
        version=house.version if house else 0,
        made_up=house.demonstration if house else False,
        problem=problem,
        form=form,
    )


@routes.post(HOME, needs="open")
async def save(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    texts = pages.texts_from(form, *FIELDS)
    try:
        drafting.check_texts(texts)
        async with request.app[DATABASE].write() as session:
            house = await load_house(session, change=True)
            if (house.version if house else 0) != pages.version_from(form):
                raise Overtaken
            if not any(value.strip() for value in texts.get("title", {}).values()):
                raise Refused("title-needed", field="title")
            await describe_house(session, texts, demonstration="demonstration" in form)
    except Overtaken:
        return await show(request, status=409, problem=pages.say(request, "refused-overtaken"))
    except Refused as refused:
        if type(refused) is not Refused:
            raise
        return await show(request, status=422, problem=access.refusal_text(request["language"], refused), form=form)
    return flash.redirect(request, HOME, "done", pages.say(request, "saved"))
