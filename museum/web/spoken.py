"""Languages as scripts know them: what the viewer says in a language that was added comes as a file, since its scripts hold but the
museum's own languages."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec
from aiohttp import web
from markupsafe import Markup

from museum.languages import Language, Registry, current
from museum.languages.builtin import ORDER
from museum.web.answers import IMMUTABLE, add_public, json_answer, tag_of

AREAS = ("viewer", "viewer-model", "viewer-comparison")
"""What the viewer says."""


class SpokenLanguage(msgspec.Struct, frozen=True, kw_only=True):
    """A language of the museum. `name` and `short` are what it calls itself; `fallbacks` are the languages whose texts stand in for its,
    the nearest first, `also` other tags that it answers to, `voices` tags of voices that speak it. `comma` stands between what is listed,
    `space` between sentences. `words` is the address of what the viewer says in it, null where its scripts hold that."""

    tag: str
    name: str
    short: str
    direction: Literal["ltr", "rtl"]
    fallbacks: list[str]
    also: list[str]
    voices: list[str]
    comma: str
    space: str
    words: str | None


class SpokenLanguages(msgspec.Struct, frozen=True, kw_only=True):
    """The languages of the museum, in the order in which visitors are offered them; all falls back to the first."""

    languages: list[SpokenLanguage]


@cache
def _words(spoken: Registry, tag: str) -> tuple[str, bytes]:
    """Address and content of what the viewer says in a language, or in those that stand in for it: `{area: {key: text}}`."""
    chain = [spoken.named(one) for one in reversed(spoken.chain(tag))]
    said = {area: {key: text for one in chain for key, text in one.areas.get(area, {}).items()} for area in AREAS}
    body = msgspec.json.encode(said)
    return f"/static/languages/{tag}-{tag_of(body)}.json", body


@cache
def _listed(spoken: Registry) -> list[SpokenLanguage]:
    return [_described(spoken, one) for one in spoken.languages]


def _described(spoken: Registry, one: Language) -> SpokenLanguage:
    return SpokenLanguage(
        tag=one.tag,
        name=one.name,
        short=one.short,
        direction="rtl" if one.direction == "rtl" else "ltr",
        fallbacks=list(spoken.chain(one.tag)[1:]),
        also=list(one.also),
        voices=list(one.voices),
        comma=one.comma,
        space=one.space,
        words=None if one.tag in ORDER else _words(spoken, one.tag)[0],
    )


@cache
def _head(spoken: Registry, language: str) -> Markup:
    if spoken.tags == ORDER:
        return Markup()
    body = msgspec.json.encode(_listed(spoken)).decode().replace("<", "\\u003c")
    listed = Markup('<script type="application/json" id="languages">{}</script>').format(Markup(body))  # noqa: S704
    if language in ORDER:
        return listed
    preload = Markup('<link rel="preload" as="fetch" crossorigin fetchpriority="low" href="{}">')
    return preload.format(_words(spoken, language)[0]) + Markup("\n") + listed


def languages_head(language: str) -> Markup:
    """What the head of a page in `language` tells scripts of languages that were added; nothing where none was."""
    return _head(current(), language)


async def words(request: web.Request) -> web.Response:
    """What the viewer says in a language that was added."""
    tag = request.match_info["tag"]
    spoken = current()
    if tag not in spoken.tags or tag in ORDER:
        raise web.HTTPNotFound
    address, body = _words(spoken, tag)
    # Servers that have not heard of the newest file yet answer with theirs, but nobody keeps it under that name.
    return json_answer(request, body, cache=IMMUTABLE if request.path == address else "public, no-cache")


def spoken_languages() -> SpokenLanguages:
    """The languages of the museum, for scripts."""
    return SpokenLanguages(languages=_listed(current()))


def words_addresses() -> list[tuple[str, int]]:
    """Addresses and sizes of what the viewer says in the languages that were added."""
    found = [_words(current(), tag) for tag in current().tags if tag not in ORDER]
    return [(address, len(body)) for address, body in found]


def register(app: web.Application) -> None:
    add_public(app, "/static/languages/{tag:[A-Za-z0-9-]{2,16}}-{digest:[0-9a-f]{24}}.json", words)
