"""The addresses of the visitors' pages."""

from __future__ import annotations

from aiohttp import web

from museum.web.pages import collection, guided, home, images, lists, offline, search, tour


def register(app: web.Application) -> None:
    for module in (home, tour, lists, guided, collection, images, offline, search):
        module.register(app)
