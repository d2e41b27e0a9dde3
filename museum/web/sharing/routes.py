"""The addresses that other sites and search engines ask for."""

from __future__ import annotations

from aiohttp import web

from museum.web.sharing import element, embed, oembed, qr, sitemap, views


def register(app: web.Application) -> None:
    for module in (views, qr, embed, element, oembed, sitemap):
        module.register(app)
