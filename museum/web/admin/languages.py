"""What languages lack, as a table; and filling it side by side."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from museum.curation import inlaid, languages, overview, translating
from museum.curation.bearers import BEARERS, Bearer
from museum.curation.beside import Beside
from museum.curation.languages import Choice, Matrix, Pair
from museum.curation.snapshots import SHAPES
from museum.curation.translating import Outcome, Sent, Wording
from museum.database.base import PUBLICATION_STATES
from museum.database.chinese import OTHER_SCRIPT
from museum.languages import LANGUAGES, language_named
from museum.languages import languages as languages_of_museum
from museum.web.admin import access, flash, pages
from museum.web.admin.difference_words import bearer_name, bearer_word, field_name, text_name
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
    only, wanting = request.query.get("kind", ""), request.query.get("lacking", "")
    tags = (wanting,) if wanting in LANGUAGES else LANGUAGES if wanting else ()
    shown = matrix and {
        key: row
        for key, row in matrix.items()
        if only in ("", BEARERS[key[0]].kind) and (not tags or any(row[tag] for tag in tags))
    }
    return await pages.render(
        request,
        "languages.html",
        matrix=shown,
        wanting=wanting,
        kinds=list(SHAPES),
        only=only,
        venues=venues,
        choice=choice,
        states=PUBLICATION_STATES,
        choice_query=_query(choice),
        **words_for(request),
    )


def words_for(request: web.Request) -> dict[str, Any]:
    """What templates say of texts and of what bears them."""
    return {
        "field_name": lambda name: field_name(request, name),
        "text_name": lambda name: text_name(request, name),
        "bearer_name": lambda name: bearer_name(request, name),
        "bearer_word": lambda name: bearer_word(request, name),
        "names": {one.tag: one.name for one in languages_of_museum()},
    }


def _named(request: web.Request) -> tuple[Bearer, str, str]:
    name, field, language = (request.match_info[name] for name in ("record", "field", "language"))
    if name not in BEARERS or language not in LANGUAGES or len(field) > 40 or field in BEARERS[name].untold:
        raise web.HTTPNotFound
    return BEARERS[name], field, language


@routes.get(ONE, needs="look")
async def pairs_page(request: web.Request) -> web.StreamResponse:
    """The texts that a language lacks: on the left what there is, on the right what is wanted."""
    bearer, field, language = _named(request)
    choice, page = _choice(request), pages.page_of(request)
    async with request.app[DATABASE].read() as session:
        found, more = await languages.pairs(session, bearer, field, language, choice, page)
    return await _show(request, found, page=page, more=more)


async def _show(
    request: web.Request,
    pairs: list[Pair],
    *,
    status: int = 200,
    page: int = 1,
    more: bool = False,
    outcome: Outcome | None = None,
) -> web.Response:
    bearer, field, language = _named(request)
    choice = _choice(request)
    disputed = outcome.disputed if outcome else {}
    return await pages.render(
        request,
        "translate.html",
        status=status,
        may=pages.may_among(request, bearer.kind),
        bearer=bearer,
        field=field,
        tag=language,
        tag_name=language_named(language).name,
        pairs=pairs,
        proposing=language in OTHER_SCRIPT and field not in inlaid.GROUPS.get(bearer.name, ()),
        most=translating.MOST_TOGETHER,
        longest=translating.longest(bearer, field),
        choice_query=_query(choice),
        here=_here(request, choice),
        page=page,
        more=more,
        outcome=outcome,
        disputed={_key(wording, field): one for wording, one in disputed.items()},
        key_of=lambda pair: _key(Wording(pair.slug, bearer.name, pair.number, pair.words.field), field),
        **words_for(request),
    )


def _here(request: web.Request, choice: Choice) -> str:
    bearer, field, language = _named(request)
    return f"{HOME}/{bearer.name}/{field}/{language}?{_query(choice)}".rstrip("?&")


def _key(wording: Wording, field: str) -> str:
    """What names a text in the form of a list: its record, the number of the part, and its own name where that is not the list's."""
    if wording.field != field:
        return f"{wording.slug}:{wording.number}:{wording.field}"
    return f"{wording.slug}:{wording.number}" if wording.number else wording.slug


def _wording(bearer: Bearer, field: str, key: str) -> Wording:
    slug, _, rest = key.partition(":")
    number, _, own = rest.partition(":")
    if rest and not (number.isascii() and number.isdigit() and len(number) < 19):
        raise web.HTTPBadRequest
    wording = Wording(slug, bearer.name, int(number or 0), own or field)
    if bool(bearer.part) != bool(wording.number) or (own and inlaid.group_of(bearer.name, own) != field):
        raise web.HTTPBadRequest
    return wording


@routes.post(ONE, needs="draft", scoped=True)
async def save(request: web.Request) -> web.StreamResponse:
    """Write what was typed or taken; `text:SLUG` is a record's text, `text:SLUG:NUMBER` that of a part of it, and with `only` it is that
    one alone. With `read` or `only-read` she has read what the machine proposes, too."""
    bearer, field, language = _named(request)
    form = await pages.read_form(request)
    values = {name.removeprefix("text:"): value for name, value in form.items() if name.startswith("text:")}
    only = form.get("only", "") or form.get("only-read", "")
    if only:
        values = {only: values.get(only, "")}
    texts = {_wording(bearer, field, key): value for key, value in values.items()}
    versions = {wording.slug: pages.whole(form, f"version:{wording.slug}") for wording in texts}
    here = _here(request, _choice(request))
    async with pages.changing(request, "translated") as session:
        person = access.person_of(request)
        read = set(texts) if form.keys() & {"read", "only-read"} else None
        done = await translating.write(session, bearer.kind, language, person, Sent(texts, versions, read))
        undo = pages.undo(session, here)
    if not done.disputed:
        return said(request, here, done, undo)
    request.app[COUNTED].forget()
    async with request.app[DATABASE].read() as session:
        texts = await translating.named(session, bearer, done.disputed)
        found = await languages.pairs_of(session, bearer, language, texts)
    return await _show(request, found, status=409, outcome=done)


@routes.post(ONE + "/take", needs="draft", scoped=True)
async def take_all(request: web.Request) -> web.StreamResponse:
    """Take the machine's proposals for all that is listed, on the pages to come too."""
    bearer, field, language = _named(request)
    choice = _choice(request)
    here = _here(request, choice)
    async with pages.changing(request, "translated") as session:
        done = await translating.take_all(session, bearer, field, language, choice, access.person_of(request))
        undo = pages.undo(session, here)
    return said(request, here, done, undo)


def said(request: web.Request, here: str, done: Outcome, undo: flash.Undo) -> web.Response:
    """The page again, with what was done."""
    request.app[COUNTED].forget()
    counts = (("written", done.written), ("kept", done.kept), ("gone", done.gone))
    parts = (
        pages.say(request, f"review.texts-{what}", count=count) for what, count in counts if count or what == "written"
    )
    text = pages.sentences(request, *parts)
    kind = "refused" if not done.written and (done.kept or done.gone) else "done"
    return flash.redirect(request, here, kind, text, undo if done.written else None)
