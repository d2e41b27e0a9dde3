"""`/sitemap.xml` and `/robots.txt`: where search engines find everything, in all languages and with its pictures.

The index names parts of at most a few thousand pages; formats: https://www.sitemaps.org/protocol.html, with Google's extensions for
languages (xhtml:link) and images.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape

from aiohttp import hdrs, web

from museum.collection.records_query import KINDS
from museum.collection.sitemap_query import Entry, list_parts, read_part
from museum.languages import LANGUAGES
from museum.web.answers import json_answer
from museum.web.errors import not_found
from museum.web.keys import DATABASE
from museum.web.pages.addresses import fitted, picture_at
from museum.web.rendering import base_url
from museum.web.sharing.structured import LARGE
from museum.web.sharing.views import view_address

LISTS = ("/", "/venues", "/tours", "/collection", "/exhibitions", "/activities", "/places")
"""Pages that are no records."""
FRESH = "public, max-age=600"
_NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


async def robots(request: web.Request) -> web.Response:
    """Everything but searches and the curators' pages may be read by machines."""
    lines = ("User-agent: *", "Disallow: /admin/", "Disallow: /search", f"Sitemap: {base_url(request)}/sitemap.xml", "")
    return web.Response(text="\n".join(lines), headers={hdrs.CACHE_CONTROL: "public, max-age=3600"})


async def index(request: web.Request) -> web.Response:
    """The parts."""
    parts = await request.app[DATABASE].read_with(list_parts)
    base = escape(base_url(request))
    lines = [f"<sitemap><loc>{base}/sitemaps/pages.xml</loc></sitemap>"]
    lines += [
        f"<sitemap><loc>{base}/sitemaps/{part.kind}-{part.number}.xml</loc>"
        f"<lastmod>{_moment(part.changed)}</lastmod></sitemap>"
        for part in parts
    ]
    return _answer(request, "sitemapindex", 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"', lines)


async def pages(request: web.Request) -> web.Response:
    """The part of the pages that are no records."""
    base = escape(base_url(request))
    return _answer(request, "urlset", _NAMESPACES, [_url(base + path, None, ()) for path in LISTS])


async def part(request: web.Request) -> web.Response:
    """The records of a part."""
    kind, number = request.match_info["kind"], int(request.match_info["number"])
    if kind not in KINDS:
        raise not_found()
    entries = await request.app[DATABASE].read_with(read_part, kind, number)
    if not entries:
        raise not_found()
    base = escape(base_url(request))
    lines = await asyncio.to_thread(lambda: [_record(base, kind, entry) for entry in entries])
    return _answer(request, "urlset", _NAMESPACES, lines)


def _record(base: str, kind: str, entry: Entry) -> str:
    if kind == "scenes":
        shown = [base + escape(view_address(entry.slug, {}))]
    else:
        shown = [
            base
            + escape(picture_at(seen.slug, (seen.width, seen.height), fitted(seen.width, seen.height, LARGE, LARGE)))
            for seen in entry.pictures
        ]
    return _url(f"{base}/{kind}/{entry.slug}", entry.changed, shown)


def _url(address: str, changed: datetime | None, shown: Iterable[str]) -> str:
    """One page, by an address whose signs XML knows: its languages and its pictures."""
    languages = "".join(
        f'<xhtml:link rel="alternate" hreflang="{tag}" href="{address}?lang={tag}"/>' for tag in LANGUAGES
    )
    languages += f'<xhtml:link rel="alternate" hreflang="x-default" href="{address}"/>'
    moment = f"<lastmod>{_moment(changed)}</lastmod>" if changed else ""
    images = "".join(f"<image:image><image:loc>{picture}</image:loc></image:image>" for picture in shown)
    return f"<url><loc>{address}</loc>{moment}{languages}{images}</url>"


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _answer(request: web.Request, root: str, namespaces: str, lines: list[str]) -> web.Response:
    body = "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', f"<{root} {namespaces}>", *lines, f"</{root}>", ""])
    return json_answer(request, body.encode(), cache=FRESH, content_type="application/xml")


def register(app: web.Application) -> None:
    app.router.add_get("/robots.txt", robots)
    app.router.add_get("/sitemap.xml", index)
    app.router.add_get("/sitemaps/pages.xml", pages)
    app.router.add_get("/sitemaps/{kind:[a-z]+}-{number:[0-9]{1,9}}.xml", part)
