"""HTML answers: one Jinja2 environment, compiled once, and what every template knows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from aiohttp import hdrs, web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from museum.collection.dates import common_era, era_name
from museum.collection.rights import licence_name
from museum.database.texts import pick, pick_language
from museum.languages import Registry, current, has_area, language_named
from museum.web import language as languages
from museum.web.bundle import BUNDLE
from museum.web.spoken import languages_head

TEMPLATES = Path(__file__).parent / "templates"

Texts = Mapping[str, str]


def environment() -> Environment:
    """The environment of all pages, in the languages that are used now."""
    return _environment(current())


@cache
def _environment(spoken: Registry) -> Environment:
    """A name that a template does not get is an error, not an empty string."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["licence_name"] = licence_name
    made.globals["languages"] = [(one.tag, one.name) for one in spoken.languages]
    made.globals["language_named"] = spoken.named
    made.globals["has_area"] = has_area
    return made


def marked(texts: Texts, language: str) -> Markup:
    """The text for a reader of `language`, in a `<span lang>` where it had to be taken from another language."""
    found = pick_language(texts, language)
    if found is None:
        return Markup()
    if found == language:
        return escape(texts[found])
    return Markup('<span lang="{}">{}</span>').format(found, texts[found])


def paragraphs(texts: Texts, language: str) -> Markup:
    """The text as paragraphs, one for each line that holds anything, marked with their language where it is another."""
    found = pick_language(texts, language)
    if found is None:
        return Markup()
    attribute = Markup() if found == language else Markup(' lang="{}"').format(found)
    lines = [line.strip() for line in texts[found].splitlines()]
    return Markup("\n").join(Markup("<p{}>{}</p>").format(attribute, line) for line in lines if line)


def format_number(number: float, language: str) -> str:
    """A number with its thousands set apart as `language` writes it; at most two decimals."""
    one = language_named(language)
    words = f"{round(number, 2):,}".removesuffix(".0")
    return words.translate({ord(","): one.thousands, ord("."): one.decimal})


def address_in(request: web.BaseRequest, language: str) -> str:
    """This page's address in another language."""
    query = [(name, value) for name, value in request.query.items() if name != "lang"]
    return f"{request.path}?{urlencode([*query, ('lang', language)])}"


def context(request: web.Request) -> dict[str, Any]:
    """What every template knows, bound to the language of `request`."""
    language: str = request["language"]
    return {
        "language": language,
        "t": partial(languages.translate, language),
        "text": lambda texts: marked(texts, language),
        "sentences": partial(languages.sentences, language),
        "space": language_named(language).space,
        "plain": lambda texts: pick(texts, language),
        "paragraphs": lambda texts: paragraphs(texts, language),
        "number": lambda number: format_number(number, language),
        "year": lambda year: pick(common_era(year), language),
        "era": lambda year: pick(era_name(year), language),
        "head": request.app[BUNDLE].head,
        "looks": request.app[BUNDLE].looks,
        "scripts": request.app[BUNDLE].scripts,
        "languages_head": languages_head(language),
        "in_language": lambda tag: address_in(request, tag),
        "base_url": base_url(request),
        "path": request.path,
        "demonstration": request.get("demonstration", False),
        "preview": request.get("preview"),
        "query": "",
    }


def base_url(request: web.BaseRequest) -> str:
    """Scheme and host under which the visitor reached the server, for addresses that must be absolute."""
    from museum.web.keys import SETTINGS

    public = request.app[SETTINGS].public_url if isinstance(request, web.Request) else ""
    return base_of(public, request.scheme, request.host)


def base_of(public_url: str, scheme: str, host: str) -> str:
    """The base of absolute addresses, for a request that came by `scheme` to `host`."""
    return (public_url or f"{scheme}://{host}").rstrip("/")


async def render(
    request: web.Request, template: str, /, *, status: int = 200, content_type: str = "text/html", **values: Any
) -> web.Response:
    """`template` as an answer to `request`. Browsers ask each time whether it is still the same: what a curator
    publishes shows at once."""
    text = environment().get_template(template).render({**context(request), **values})
    body = re.sub(r"\n\s*\n+", "\n", text).encode()
    headers = {
        hdrs.CACHE_CONTROL: "private, no-cache",
        hdrs.VARY: "Accept-Language, Cookie",
        hdrs.CONTENT_LANGUAGE: request["language"],
    }
    if status == 200:
        tag = hashlib.blake2b(body, digest_size=12).hexdigest()
        headers[hdrs.ETAG] = f'W/"{tag}"'
        if any(known.value == tag for known in request.if_none_match or ()):
            return web.Response(status=304, headers=headers)
    response = web.Response(body=body, status=status, content_type=content_type, charset="utf-8", headers=headers)
    if len(body) > 1400:
        response.enable_compression()
    return response
