"""`/api/v1/museum`: the museum in numbers; `/api/v1/languages`: what it speaks."""

from __future__ import annotations

from aiohttp import web

from museum.collection.counts import museum_counts
from museum.web.answers import add_public, json_answer
from museum.web.api.query import check_names
from museum.web.keys import DATABASE
from museum.web.spoken import spoken_languages


async def museum(request: web.Request) -> web.Response:
    """How much of everything there is to see."""
    check_names(request)
    async with request.app[DATABASE].read() as session:
        return json_answer(request, await museum_counts(session))


async def languages(request: web.Request) -> web.Response:
    """The languages that the museum speaks."""
    check_names(request)
    return json_answer(request, spoken_languages())


def register(app: web.Application) -> None:
    add_public(app, "/api/v1/museum", museum)
    add_public(app, "/api/v1/languages", languages)
