"""The public API: JSON for programs, described at /api/openapi.json."""

from aiohttp import web

from museum.web.answers import COMPRESSED, Compressed
from museum.web.api import museum, tour


def register(app: web.Application) -> None:
    app[COMPRESSED] = Compressed()
    museum.register(app)
    tour.register(app)
