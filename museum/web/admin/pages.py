"""What all curators' pages share: rendering with the notice on top, and reading forms."""

from __future__ import annotations

import math
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from aiohttp import web
from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation import audit, changes, drafting, overview, roles, snapshot_rows
from museum.curation.errors import NotFound, Refused
from museum.curation.snapshots import SHAPES
from museum.database.texts import writable
from museum.languages import LANGUAGES
from museum.web import forms, rendering
from museum.web import language as languages
from museum.web.admin import access, flash, kept_forms, kinds
from museum.web.keys import DATABASE
from museum.web.language import has_text, translate

NO_TEXTS: dict[str, str] = {}

LARGEST = 2**31 - 1
"""Of the numbers of forms, such as versions and years."""
TOLD = 3
"""Of what could not be done, so much is told one by one."""

T = TypeVar("T")
_NUL = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")
_LONGEST_REASON = 120


async def render(request: web.Request, template: str, /, *, status: int = 200, **values: Any) -> web.Response:
    """A page under /admin with the person, what she may do, and the notice of what she has just done."""
    person, notice = request["person"], flash.take(request)
    response = await rendering.render(
        request,
        f"admin/{template}",
        status=status,
        **{
            "notice": notice,
            "person": person,
            "may": lambda action: roles.may(person, action),
            "file_address": lambda digest: f"/files/{digest}.jpg",
            "texts_of": overview.texts_of,
            "title_of": overview.title_of,
            "word": lambda prefix, code: word(request, prefix, code),
            "record_home": kinds.home,
            "record_page": kinds.page,
            "moment": lambda at: moment(request, at),
            **values,
        },
    )
    if notice and notice.kept:
        await kept_forms.put_back(request, response, notice.kept, notice.text)
    flash.clear(request, response)
    return response


def may_in(request: web.Request, record: Any) -> Callable[[str], bool]:
    """What whoever asks may do in the venue of `record`, for templates."""
    person, venue = access.person_of(request), roles.venue_of(record)
    return lambda action: roles.may(person, action, venue)


def may_among(request: web.Request, kind: str) -> Callable[[str], bool]:
    """What whoever asks may do to some record of `kind` at least, for lists of what lies in several venues."""
    person = access.person_of(request)
    ask = roles.may_somewhere if kind == "venue" or hasattr(SHAPES[kind].record, "venue_id") else roles.may
    return lambda action: ask(person, action)


def changing(request: web.Request, word: str = "", act: str = "") -> AbstractAsyncContextManager[AsyncSession]:
    """A transaction in which whoever asks changes something: see `museum.curation.changes`."""
    return changes.changing(request.app[DATABASE], actor(request), word, act)


def actor(request: web.Request) -> audit.Actor:
    """Who asks, for the audit."""
    return audit.actor_of(request["person"], access.client_address(request))


async def named_to_change(request: web.Request, session: AsyncSession) -> Any:
    """The record that the address names by kind and slug, locked. Raises NotFound."""
    kind, slug = kinds.named(request)
    record = await snapshot_rows.load(session, kind, slug, change=True)
    if record is None:
        raise NotFound(f"no-such-{kind}")
    return record


def undo(session: AsyncSession, back: str) -> flash.Undo:
    """The form that takes back what the transaction of `session` does, and then shows the page `back`."""
    return flash.Undo(f"/admin/acts/{changes.act_of(session)}/undo", {"back": back})


async def act(
    request: web.Request, home: str, said: str, do: Callable[[AsyncSession], Awaitable[str | None]]
) -> web.Response:
    """Do something on the page `home`, which is seen again then, with what was done and the form that takes it back. `do` may name the
    part of the page that is to be seen, as `#section-7`."""
    async with changing(request) as session:
        part = await do(session)
        back = undo(session, home)
    return flash.redirect(request, home + (part or ""), "done", say(request, said), back)


def word(request: web.Request, prefix: str, code: str) -> str:
    """The text `admin.{prefix}-{code}`, else `models.{prefix}-{code}`, else that of `{prefix}-other`: codes come from parts that may be
    newer than the texts."""
    keys = (f"{area}.{prefix}-{code}" for area in ("admin", "models"))
    return translate(request["language"], next(filter(has_text, keys), f"admin.{prefix}-other"))


def say(request: web.Request, key: str, **values: object) -> str:
    """A text of the curators' pages in her language; `key` is in the area `admin` where it names no other."""
    return translate(request["language"], key if "." in key else f"admin.{key}", **values)


def say_made(request: web.Request, key: str, form: Mapping[str, str], slug: str) -> str:
    """The text of `key` for a record that was made of a form; and where the address that it wanted was taken, which one it has now."""
    wanted = drafting.wanted_slug(form.get("slug", ""), texts_from(form, "title"))
    if wanted in ("", slug):
        return say(request, key)
    return sentences(request, say(request, key), say(request, "slug-taken", wanted=wanted, slug=slug))


def sentences(request: web.Request, *parts: str) -> str:
    """Sentences one after the other as her language sets them."""
    return languages.sentences(request["language"], *parts)


def not_done(request: web.Request, refused: Sequence[tuple[str, Refused]]) -> list[str]:
    """Sentences that say to which records, named by their slugs, something could not be done and why: of the first `TOLD`, and of how many
    others."""
    said = [f"{slug}: {access.refusal_text(request['language'], why)}" for slug, why in refused[:TOLD]]
    if len(refused) > TOLD:
        said.append(say(request, "review.not-done", count=len(refused) - TOLD))
    return said


def moment(request: web.Request, at: datetime) -> Markup:
    """A moment as her language writes it, in the museum's time zone."""
    local = at.astimezone()
    shown = f"{local:%Y-%m-%d %H:%M}"
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(timespec="seconds"), shown)


def say_known(request: web.Request, key: str, otherwise: str) -> str:
    """The text of `key`, or `otherwise` where there is none: what was written down may come from a newer release."""
    return say(request, key) if has_text(key) else otherwise


def page_of(request: web.Request) -> int:
    """Which page of a list the address asks for, the first where it says nothing that makes sense."""
    number = request.query.get("page", "1")
    return min(max(int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 1, 1), 100_000)


def with_page(home: str, query: str, page: int) -> str:
    """The address of a list as it is seen, to return to: `query` is what is looked for."""
    said = [query] if query else []
    if page > 1:
        said.append(f"page={page}")
    return f"{home}?{'&'.join(said)}" if said else home


async def read_form(request: web.Request) -> dict[str, str]:
    """The text fields of a form; the first value of each name, without what no document holds."""
    form = await forms.sent(request)
    fields: dict[str, str] = {}
    for name, value in form.items():
        if isinstance(value, str):
            fields.setdefault(writable(name), writable(value))
    return fields


def decode_json(body: bytes, form: type[T]) -> T:
    """What one of our scripts sends, without NULs, as of `read_form`. Raises Refused, with where and why, for what is no JSON, as NaN is
    none, or not of this form, as numbers are not that no float holds."""
    try:
        return msgspec.json.decode(_NUL.sub(rb"\1", body), type=form)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
        raise Refused("draft-malformed", why=str(wrong)[:_LONGEST_REASON]) from None


def texts_from(form: Mapping[str, str], *fields: str) -> dict[str, dict[str, str]]:
    """`{field: {language: value}}` from the form's `field:language`."""
    return {
        field: {language: form[f"{field}:{language}"] for language in LANGUAGES if f"{field}:{language}" in form}
        for field in fields
    }


def whole(form: Mapping[str, str], name: str) -> int | None:
    """A whole number of the form, None where it is empty. Raises Refused for anything else, and for what no database could hold."""
    text = form.get(name, "").strip()
    if not text:
        return None
    try:
        number = int(text)
    except ValueError:
        raise Refused("number-needed", field=name) from None
    if abs(number) > LARGEST:
        raise Refused("number-needed", field=name)
    return number


def decimal(form: Mapping[str, str], name: str) -> float | None:
    """A number of the form, None where it is empty. Raises Refused for anything else, as NaN is."""
    text = form.get(name, "").strip()
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Refused("number-needed", field=name)
    return number


def identifier(request: web.Request) -> int:
    """The number in the address; 404 where no database could hold it."""
    number = int(request.match_info["id"])
    if number >= 2**63:
        raise web.HTTPNotFound
    return number


def version_from(form: Mapping[str, str]) -> int:
    """The version that the form was made from."""
    version = whole(form, "version")
    if version is None:
        raise Refused("number-needed", field="version")
    return version
