"""The visitors' pages: server-rendered, complete without JavaScript."""

from __future__ import annotations

from aiohttp import web

from museum.web.pages import collection, home, search, tour


def register(app: web.Application) -> None:
    for module in (home, tour, collection, search):
        module.register(app)
