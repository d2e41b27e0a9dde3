"""The public API: JSON for programs, described at /api/openapi.json."""

from aiohttp import web

from museum.web.answers import COMPRESSED, Compressed
from museum.web.api import museum, openapi, records, tour


def register(app: web.Application) -> None:
    app[COMPRESSED] = Compressed()
    for module in (museum, tour, records, openapi):
        module.register(app)
