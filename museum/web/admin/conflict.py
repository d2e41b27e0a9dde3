"""When somebody saved in between: what she typed and what is there now, side by side; saving over it takes a second, explicit step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from museum.curation import overview
from museum.database.base import LANGUAGES
from museum.web.admin import pages
from museum.web.language import has_text, translate

NAMES = {"zh-Hans": "简体", "zh-Hant": "繁體", "en": "English"}
UNSHOWN = frozenset({"version", "back"})


@dataclass(frozen=True)
class Row:
    """A field as she typed it and as it is; `same` where nothing has to be decided."""

    label: str
    language: str | None
    mine: str
    now: str
    same: bool


def rows_of(request: web.Request, form: Mapping[str, str], now: Mapping[str, str]) -> list[Row]:
    """Her `form` beside what is there `now`, both by the form's field names; what differs comes first."""
    rows: list[Row] = []
    for name in dict.fromkeys((*form, *now)):
        field, _, tag = name.partition(":")
        if name in UNSHOWN or name not in form:
            continue
        mine, there = form[name].strip(), now.get(name, "").strip()
        if mine or there:
            rows.append(Row(_label(request, field, tag), tag or None, mine, there, _same(mine, there)))
    return sorted(rows, key=lambda row: row.same)


def texts_as_fields(record: Any) -> dict[str, str]:
    """The texts of a record as fields of its form."""
    return {
        f"{field}:{language}": value
        for field, values in overview.texts_of(record).items()
        for language, value in values.items()
    }


def _label(request: web.Request, field: str, tag: str) -> str:
    key = f"admin.field-{field}" if has_text(f"admin.field-{field}") else f"admin.{field}"
    label = translate(request["language"], key)
    return f"{label} ({NAMES[tag]})" if tag in LANGUAGES else label


def _same(mine: str, there: str) -> bool:
    try:
        return abs(float(mine) - float(there)) < 0.005
    except ValueError:
        return mine.replace("\r\n", "\n") == there.replace("\r\n", "\n")


async def answer(
    request: web.Request, *, home: str, version: int, form: Mapping[str, str], now: Mapping[str, str]
) -> web.Response:
    """The page, with status 409, that asks whether what she typed is to take the place of what is there `now` at `version`."""
    return await pages.render(
        request,
        "conflict.html",
        status=409,
        home=home,
        action=request.path,
        rows=rows_of(request, form, now),
        fields={**form, "version": str(version)},
    )
