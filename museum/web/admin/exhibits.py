"""What hangs in an exhibition: its sections in their order, the things in each in theirs, and the picture that stands for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection.models import Exhibition
from museum.curation import exhibiting, joining, roles
from museum.web.admin import access, conflict, flash, pages, review
from museum.web.keys import DATABASE

routes = access.Routes()

HOME = "/admin/exhibitions/{slug}/exhibits"
SECTION = HOME + "/sections/{id:[0-9]+}"
ITEM = HOME + "/items/{id:[0-9]+}"


def home_of(request: web.Request) -> str:
    """The page of the exhibition's exhibits."""
    return HOME.format(slug=request.match_info["slug"])


@routes.get(HOME, needs="look")
async def exhibits_page(request: web.Request) -> web.StreamResponse:
    async with request.app[DATABASE].read() as session:
        exhibition = await exhibiting.load_exhibition(session, request.match_info["slug"])
        hung = await exhibiting.hung(session, exhibition)
        pictures = [shown.slug for kind, shown in hung.values() if kind == "image"]
        return await pages.render(
            request,
            "exhibits.html",
            exhibition=exhibition,
            hung=hung,
            asked=await joining.asked_of(session, pictures),
            cover=await exhibiting.cover_of(session, exhibition),
            copying=await review.copying_of(session, "exhibition", exhibition),
            editable=roles.may_change(access.person_of(request), exhibition),
            shows=exhibiting.SHOWS,
        )


async def _to_change(request: web.Request, session: AsyncSession, version: int | None = None) -> Exhibition:
    return await exhibiting.load_exhibition(session, request.match_info["slug"], access.person_of(request), version)


async def _arrange(
    request: web.Request,
    said: str,
    do: Callable[[AsyncSession, Exhibition], Awaitable[str | None]],
    version: int | None = None,
) -> web.Response:
    async def change(session: AsyncSession) -> str | None:
        return await do(session, await _to_change(request, session, version))

    return await pages.act(request, home_of(request), f"exhibits.{said}", change)


@routes.post(HOME, needs="draft")
async def add_item(request: web.Request) -> web.StreamResponse:
    """Hang one more thing."""
    form = await pages.read_form(request)
    section, kind = pages.whole(form, "section"), form.get("kind", "")

    async def do(session: AsyncSession, exhibition: Exhibition) -> str:
        named = form.get("target", "")
        item = await exhibiting.add_item(session, exhibition, section=section, kind=kind, named=named)
        return f"#item-{item.id}"

    return await _arrange(request, "added", do)


@routes.post(f"{HOME}/cover", needs="draft")
async def set_cover(request: web.Request) -> web.StreamResponse:
    named = (await pages.read_form(request)).get("target", "")
    return await _arrange(request, "cover-set", lambda session, one: exhibiting.set_cover(session, one, named))


@routes.post(f"{HOME}/sections", needs="draft")
async def add_section(request: web.Request) -> web.StreamResponse:
    texts = pages.texts_from(await pages.read_form(request), "title")

    async def do(session: AsyncSession, exhibition: Exhibition) -> str:
        section = await exhibiting.add_section(session, exhibition, texts)
        return f"#section-{section.id}"

    return await _arrange(request, "section-made", do)


@routes.post(SECTION, needs="draft")
async def save_section(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    number = pages.identifier(request)

    async def write(form: dict[str, str]) -> web.StreamResponse:
        async with pages.changing(request) as session:
            exhibition = await _to_change(request, session, pages.version_from(form))
            section = exhibiting.find_section(exhibition, number)
            exhibiting.update_section(exhibition, section, pages.texts_from(form, *exhibiting.SECTION_FIELDS))
        return flash.redirect(request, f"{home_of(request)}#section-{number}", "done", pages.say(request, "saved"))

    return await conflict.settle(request, "exhibition", home_of(request), form, write, ("sections", number))


Find = Callable[[Exhibition, int], Any]
Act = Callable[[Exhibition, Any], None]


def _arranging(find: Find, act: Act, said: str) -> access.View:
    """The handler of an act on one part of the exhibition, with what there is to say about it."""

    async def view(request: web.Request) -> web.StreamResponse:
        version = pages.version_from(await pages.read_form(request))

        async def do(_: AsyncSession, exhibition: Exhibition) -> None:
            act(exhibition, find(exhibition, pages.identifier(request)))

        return await _arrange(request, said, do, version)

    return view


for _address, _find, _move, _remove, _gone in (
    (SECTION, exhibiting.find_section, exhibiting.move_section, exhibiting.remove_section, "section-removed"),
    (ITEM, exhibiting.find_item, exhibiting.move_item, exhibiting.remove_item, "removed"),
):
    for _word, _by in (("earlier", -1), ("later", 1)):
        _act = (lambda move, by: lambda whole, part: move(whole, part, by))(_move, _by)
        routes.post(f"{_address}/{_word}", needs="draft")(_arranging(_find, _act, "moved"))
    routes.post(f"{_address}/delete", needs="draft")(_arranging(_find, _remove, _gone))
