"""The addresses that other sites and search engines ask for."""

from __future__ import annotations

from aiohttp import web

from museum.web.sharing import embed, oembed, sitemap, views


def register(app: web.Application) -> None:
    for module in (views, embed, oembed, sitemap):
        module.register(app)
