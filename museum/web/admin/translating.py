"""One record's texts side by side in two languages, those of its parts below its own."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from museum.curation import languages, roles, snapshot_rows, translating
from museum.curation.bearers import BEARERS
from museum.curation.errors import NotFound
from museum.curation.languages import NOT_STALE, UNREAD, Group
from museum.curation.translating import Outcome, Sent, Wording
from museum.languages import LANGUAGES, language_named
from museum.web.admin import access, kinds, pages
from museum.web.admin.languages import COUNTED, said, words_for
from museum.web.keys import DATABASE

routes = access.Routes()

PATTERN = f"{kinds.PATTERN}/translate/{{language}}"
MISSING = "missing"


def _language(request: web.Request) -> str:
    language = request.match_info["language"]
    if language not in LANGUAGES:
        raise web.HTTPNotFound
    return language


@routes.get(f"{kinds.PATTERN}/translate", needs="look")
async def first(request: web.Request) -> web.StreamResponse:
    """The first language in which there is something to do; where there is none, her own."""
    kind, slug = kinds.named(request)
    async with request.app[DATABASE].read() as session:
        wanting = await languages.first_wanting(session, kind, slug)
    here = request["language"]
    raise web.HTTPSeeOther(f"{request.path}/{wanting or (here if here in LANGUAGES else LANGUAGES[0])}")


@routes.get(PATTERN, needs="look")
async def page(request: web.Request) -> web.StreamResponse:
    kind, slug = kinds.named(request)
    async with request.app[DATABASE].read() as session:
        record, groups = await languages.side_by_side(session, kind, slug, _language(request))
    if request.query.get("only") == MISSING:
        groups = [
            Group([words for words in group.words if words.state not in NOT_STALE], group.number, group.part)
            for group in groups
        ]
    return await _show(request, record, groups)


async def _show(
    request: web.Request, record: Any, groups: list[Group], status: int = 200, outcome: Outcome | None = None
) -> web.Response:
    kind, slug = kinds.named(request)
    tag = _language(request)
    home = f"{kinds.home(kind, slug)}/translate"
    only = request.query.get("only") == MISSING
    return await pages.render(
        request,
        "translate_record.html",
        status=status,
        kind=kind,
        record=record,
        groups=[group for group in groups if group.words],
        editable=roles.may_change(access.person_of(request), record),
        tag=tag,
        tag_name=language_named(tag).name,
        home=home,
        here=f"{home}/{tag}" + (f"?only={MISSING}" if only else ""),
        only=only,
        unread=any(words.state in UNREAD or words.proposal for group in groups for words in group.words),
        longest=lambda bearer, field: translating.longest(BEARERS[bearer], field),
        outcome=outcome,
        disputed={_key(wording): one for wording, one in outcome.disputed.items()} if outcome else {},
        **words_for(request),
    )


def _key(wording: Wording) -> str:
    """What names a text in the form."""
    return f"{wording.bearer}:{wording.number}:{wording.field}"


def _wording(slug: str, key: str) -> Wording:
    bearer, _, rest = key.partition(":")
    number, _, field = rest.partition(":")
    if bearer not in BEARERS or not (number.isascii() and number.isdigit() and len(number) < 19):
        raise web.HTTPBadRequest
    return Wording(slug, bearer, int(number), field)


@routes.post(PATTERN, needs="draft", scoped=True)
async def save(request: web.Request) -> web.StreamResponse:
    """Write what was typed or taken: `text:BEARER:NUMBER:FIELD`, the number 0 for the record's own; `read:…` says that a text that is left
    as it is, or as the machine proposes it, has been read; `read` says so of all."""
    kind, slug = kinds.named(request)
    form = await pages.read_form(request)
    here = request.path_qs
    async with pages.changing(request, "translated") as session:
        record = await snapshot_rows.load(session, kind, slug, change=True)
        if record is None:
            raise NotFound(f"no-such-{kind}")
        roles.demand_change(access.person_of(request), record)
        tag = _language(request)
        texts = {_wording(slug, name[5:]): value for name, value in form.items() if name.startswith("text:")}
        read = set(texts) if "read" in form else {_wording(slug, name[5:]) for name in form if name.startswith("read:")}
        sent = Sent(texts, {slug: pages.version_from(form)}, read)
        done = await translating.write(session, kind, tag, access.person_of(request), sent)
        undo = pages.undo(session, here)
    if not done.disputed:
        return said(request, here, done, undo)
    request.app[COUNTED].forget()
    async with request.app[DATABASE].read() as session:
        record, groups = await languages.side_by_side(session, kind, slug, tag)
    left = [
        Group(
            [one for one in group.words if Wording(slug, bearer, group.number, one.field) in done.disputed],
            group.number,
            group.part,
        )
        for group in groups
        for bearer in [group.part.bearer if group.part else kind]
    ]
    return await _show(request, record, left, 409, done)
