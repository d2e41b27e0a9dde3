"""What languages lack, as a table; and filling it side by side."""

from __future__ import annotations

from urllib.parse import urlencode

from aiohttp import web

from museum.curation import languages, overview
from museum.curation.beside import Beside
from museum.curation.languages import Choice, Matrix
from museum.curation.snapshots import SHAPES
from museum.database.base import PUBLICATION_STATES
from museum.database.chinese import OTHER_SCRIPT
from museum.languages import LANGUAGES, language_named
from museum.languages import languages as languages_of_museum
from museum.web.admin import access, flash, pages
from museum.web.admin.difference_words import field_name
from museum.web.keys import DATABASE

routes = access.Routes()

HOME = "/admin/languages"
ONE = HOME + "/{record:[a-z]+}/{field:[a-z_]+}/{language}"
COUNTED: web.AppKey[Beside[Choice, Matrix]] = web.AppKey("languages-counted", Beside)


def register(app: web.Application) -> None:
    app[COUNTED] = languages.counted(app[DATABASE])

    async def close(app: web.Application) -> None:
        await app[COUNTED].close()

    app.on_cleanup.append(close)


def _choice(request: web.Request) -> Choice:
    state = request.query.get("state", "")
    return Choice(state if state in PUBLICATION_STATES else "", request.query.get("venue", "")[:120])


def _query(choice: Choice) -> str:
    """The choice as it goes on in addresses, with what joins it."""
    said = {name: value for name, value in (("state", choice.state), ("venue", choice.venue)) if value}
    return f"{urlencode(said)}&" if said else ""


@routes.get(HOME, needs="look")
async def matrix_page(request: web.Request) -> web.StreamResponse:
    choice = _choice(request)
    matrix = await request.app[COUNTED].of(choice)
    async with request.app[DATABASE].read() as session:
        venues = await overview.venue_names(session)
    only = request.query.get("kind", "")
    return await pages.render(
        request,
        "languages.html",
        matrix=None if matrix is None else {key: row for key, row in matrix.items() if only in ("", key[0])},
        kinds=list(SHAPES),
        only=only,
        venues=venues,
        choice=choice,
        states=PUBLICATION_STATES,
        choice_query=_query(choice),
        field_name=lambda name: field_name(request, name),
    )


def _named(request: web.Request) -> tuple[str, str, str]:
    kind, field, language = (request.match_info[name] for name in ("record", "field", "language"))
    if kind not in SHAPES or language not in LANGUAGES or len(field) > 40:
        raise web.HTTPNotFound
    return kind, field, language


@routes.get(ONE, needs="look")
async def pairs_page(request: web.Request) -> web.StreamResponse:
    """The records that lack a text: on the left what there is, on the right what is wanted."""
    kind, field, language = _named(request)
    choice, page = _choice(request), pages.page_of(request)
    async with request.app[DATABASE].read() as session:
        found, more = await languages.pairs(session, kind, field, language, choice, page)
    return await pages.render(
        request,
        "translate.html",
        may=pages.may_among(request, kind),
        kind=kind,
        field=field,
        tag=language,
        tag_name=language_named(language).name,
        names={one.tag: one.name for one in languages_of_museum()},
        field_name=lambda name: field_name(request, name),
        pairs=found,
        proposing=language in OTHER_SCRIPT,
        most=languages.MOST_TOGETHER,
        choice_query=_query(choice),
        here=_here(request, choice),
        page=page,
        more=more,
    )


def _here(request: web.Request, choice: Choice) -> str:
    kind, field, language = _named(request)
    return f"{HOME}/{kind}/{field}/{language}?{_query(choice)}".rstrip("?&")


@routes.post(ONE, needs="draft", scoped=True)
async def save(request: web.Request) -> web.StreamResponse:
    """Write what was typed or taken; `text:SLUG` is a record's text, and with `only` it is that of one record alone."""
    kind, field, language = _named(request)
    form = await pages.read_form(request)
    values = {name.removeprefix("text:"): value for name, value in form.items() if name.startswith("text:")}
    only = form.get("only", "")
    if only:
        values = {only: values.get(only, "")}
    here = _here(request, _choice(request))
    async with pages.changing(request, "translated") as session:
        done = await languages.write(session, kind, field, language, access.person_of(request), values)
        undo = pages.undo(session, here)
    return _said(request, here, done, undo)


@routes.post(ONE + "/take", needs="draft", scoped=True)
async def take_all(request: web.Request) -> web.StreamResponse:
    """Take the machine's proposals for all that is listed, on the pages to come too."""
    kind, field, language = _named(request)
    choice = _choice(request)
    here = _here(request, choice)
    async with pages.changing(request, "translated") as session:
        done = await languages.take_all(session, kind, field, language, choice, access.person_of(request))
        undo = pages.undo(session, here)
    return _said(request, here, done, undo)


def _said(request: web.Request, here: str, done: tuple[int, int], undo: flash.Undo) -> web.Response:
    written, kept = done
    request.app[COUNTED].forget()
    text = pages.say(request, "review.texts-written", count=written)
    if kept:
        text += " " + pages.say(request, "review.texts-kept", count=kept)
    return flash.redirect(request, here, "done" if written else "refused", text, undo if written else None)
