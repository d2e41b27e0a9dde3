"""What all curators' pages share: rendering with the notice on top, and reading forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from museum.curation import overview, roles
from museum.curation.errors import Refused
from museum.database.base import LANGUAGES
from museum.web import rendering
from museum.web.admin import flash
from museum.web.language import has_text, translate

NO_TEXTS: dict[str, str] = {}


async def render(request: web.Request, template: str, /, *, status: int = 200, **values: Any) -> web.Response:
    """A page under /admin with the person, what she may do, and the notice of what she has just done."""
    person = request["person"]
    response = await rendering.render(
        request,
        f"admin/{template}",
        status=status,
        **{
            "notice": flash.take(request),
            "person": person,
            "may": lambda action: roles.may(person, action),
            "file_address": lambda digest: f"/files/{digest}.jpg",
            "texts_of": overview.texts_of,
            "title_of": overview.title_of,
            "word": lambda prefix, code: word(request, prefix, code),
            **values,
        },
    )
    flash.clear(request, response)
    return response


def word(request: web.Request, prefix: str, code: str) -> str:
    """The text `admin.{prefix}-{code}`, or that of `{prefix}-other`: codes come from parts that may be newer than the texts."""
    key = f"admin.{prefix}-{code}"
    return translate(request["language"], key if has_text(key) else f"admin.{prefix}-other")


def say(request: web.Request, key: str, **values: object) -> str:
    """A text of the curators' pages in her language."""
    return translate(request["language"], f"admin.{key}", **values)


async def read_form(request: web.Request) -> dict[str, str]:
    """The text fields of a form; the first value of each name."""
    form = await request.post()
    fields: dict[str, str] = {}
    for name, value in form.items():
        if isinstance(value, str):
            fields.setdefault(name, value)
    return fields


def texts_from(form: Mapping[str, str], *fields: str) -> dict[str, dict[str, str]]:
    """`{field: {language: value}}` from the form's `field:language`."""
    return {
        field: {language: form[f"{field}:{language}"] for language in LANGUAGES if f"{field}:{language}" in form}
        for field in fields
    }


def whole(form: Mapping[str, str], name: str) -> int | None:
    """A whole number of the form, None where it is empty. Raises Refused for anything else."""
    text = form.get(name, "").strip()
    if not text:
        return None
    try:
        return int(text)
    except ValueError:
        raise Refused("number-needed", field=name) from None


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
