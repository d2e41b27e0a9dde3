"""When somebody saved in between: what was there, what she typed and what is there now, so that nobody's words are lost.

What only one of the two changed is put together; if that is all, it is saved without a question. What both changed she is asked about,
and saving over it takes a second, explicit step.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from museum.curation import overview, revisions, snapshot_rows
from museum.curation.errors import NotFound, Overtaken
from museum.curation.snapshots import SHAPES, Shape, Snapshot, key_of
from museum.database.texts import tidy
from museum.languages import LANGUAGES, language_named
from museum.web.admin import kept_forms, pages
from museum.web.keys import DATABASE
from museum.web.language import has_text, translate

UNSHOWN = frozenset({"version", "back", kept_forms.PAGE})
TRIES = 4

Fields = Mapping[str, str]
FORMS = {"initial_yaw": "yaw", "initial_pitch": "pitch", "initial_fov": "fov"}
"""Columns that forms call otherwise."""


@dataclass(frozen=True)
class Row:
    """A field as it was, as she typed it and as it is; None where it is not known how it was. `outcome` is same, mine, theirs, or
    disputed: both changed it, each in another way."""

    name: str
    label: str
    language: str | None
    was: str | None
    mine: str
    now: str
    outcome: str


def compare(request: web.Request, form: Fields, base: Fields | None, now: Fields) -> list[Row]:
    """Her `form` beside what she saw when she opened it and what is there `now`, by the form's names; what is disputed comes first."""
    rows: list[Row] = []
    for name in dict.fromkeys((*form, *now)):
        field, _, tag = name.partition(":")
        if name in UNSHOWN or name not in form:
            continue
        mine, there = tidy(form[name]), tidy(now.get(name, ""))
        was = None if base is None else tidy(base.get(name, ""))
        if not (mine or there):
            continue
        if _same(mine, there):
            outcome = "same"
        elif was is not None and _same(mine, was):
            outcome = "theirs"
        elif was is not None and _same(there, was):
            outcome = "mine"
        else:
            outcome = "disputed"
        rows.append(Row(name, _label(request, field, tag), tag or None, was, mine, there, outcome))
    return sorted(rows, key=lambda row: ("disputed", "theirs", "mine", "same").index(row.outcome))


def together(form: Fields, rows: list[Row], version: int) -> dict[str, str]:
    """Her form with what only the other one changed."""
    theirs = {row.name: row.now for row in rows if row.outcome == "theirs"}
    return {**form, **theirs, "version": str(version)}


def fields_of(shape: Shape, snapshot: Snapshot) -> dict[str, str]:
    """A snapshot of a record or part as the fields of its form."""
    fields = {
        f"{field}:{language}": value
        for field, values in snapshot.get("texts", {}).items()
        for language, (value, _) in values.items()
    }
    for column in (*shape.plain, *map(key_of, shape.references)):
        value = snapshot.get(column)
        if value is not None and not isinstance(value, (dict, list)):
            fields[FORMS.get(column, column)] = str(value)
    return fields


def texts_as_fields(record: Any) -> dict[str, str]:
    """The texts of a record as fields of its form."""
    return {
        f"{field}:{language}": value
        for field, values in overview.texts_of(record).items()
        for language, value in values.items()
    }


def _label(request: web.Request, field: str, tag: str) -> str:
    keys = (f"admin.field-{field}", f"admin.{field}", f"history.column-{field}")
    label = translate(request["language"], next((key for key in keys if has_text(key)), "admin.field"))
    return f"{label} ({language_named(tag).name})" if tag in LANGUAGES else label


def _same(mine: str, there: str) -> bool:
    try:
        return abs(float(mine) - float(there)) < 0.005
    except ValueError:
        return mine == there


Save = Callable[[dict[str, str]], Awaitable[web.StreamResponse]]


Part = tuple[str, int]
"""The name of a record's parts, and the id of one of them."""


def _fields(kind: str, snapshot: Snapshot | None, part: Part | None) -> dict[str, str] | None:
    """The form's fields of the record, or of the part, as a snapshot of the record has it; None where it has none."""
    shape = SHAPES[kind]
    if snapshot is None or part is None:
        return fields_of(shape, snapshot) if snapshot else None
    name, number = part
    found = next((one for one in snapshot[name] if one["id"] == number), None)
    return fields_of(shape.parts[name], found) if found else None


async def settle(
    request: web.Request, kind: str, home: str, form: dict[str, str], save: Save, part: Part | None = None
) -> web.StreamResponse:
    """What `save(form)` answers; where the form was overtaken, what it answers to both sides' changes together, or the question. With
    `part` the form is one of that part of the record."""
    slug = request.match_info["slug"]
    for _ in range(TRIES):
        try:
            return await save(form)
        except Overtaken:
            async with request.app[DATABASE].read() as session:
                record = await snapshot_rows.load(session, kind, slug)
                if record is None:
                    raise NotFound(f"no-such-{kind}") from None
                connection = await session.connection()
                kept = (await connection.run_sync(snapshot_rows.read, kind, [record.id]))[record.id]
                base = await revisions.snapshot_at(session, kind, slug, pages.version_from(form))
            rows = compare(request, form, _fields(kind, base, part), _fields(kind, kept.snapshot, part) or {})
            if any(row.outcome == "disputed" for row in rows):
                return await answer(request, kind=kind, home=home, version=kept.version, form=form, rows=rows)
            form = together(form, rows, kept.version)
    raise Overtaken


async def answer(
    request: web.Request, *, kind: str, home: str, version: int, form: Fields, rows: list[Row]
) -> web.Response:
    """The page, with status 409, on which she puts together what both changed and saves it over what is there at `version`."""
    fields = together(form, rows, version)
    async with request.app[DATABASE].read() as session:
        person = await revisions.last_person(session, kind, request.match_info["slug"])
    disputed = {row.name for row in rows if row.outcome == "disputed"}
    return await pages.render(
        request,
        "conflict.html",
        status=409,
        home=home,
        action=request.path,
        rows=rows,
        other=person,
        fields={name: value for name, value in fields.items() if name not in disputed} | {kept_forms.PAGE: home},
    )
