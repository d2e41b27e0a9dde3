"""Reading what stands behind the `?` of an address: known names, once each, with values that make sense.

What makes no sense is refused rather than passed over: a misspelt filter would look like an answer to the question asked.
"""

from __future__ import annotations

from aiohttp import web

from museum.collection.models import GRADES
from museum.scenes.models import VENUE_KINDS
from museum.web.errors import Problem

ALWAYS = "lang"
"""What every address takes: the language of messages."""
LONGEST_VALUE = 200
CHOICES = {
    ("venues", "kind"): VENUE_KINDS,
    ("scenes", "kind"): VENUE_KINDS,
    ("artifacts", "grade"): GRADES,
}
"""Filters that take one of a few words, by the kind of record."""


def check_names(request: web.BaseRequest, *known: str) -> None:
    """Raises Problem 400 where the query holds a name that is not in `known`, or one of them twice."""
    names = [name for name, _ in request.query.items()]
    for name in names:
        if name != ALWAYS and name not in known:
            raise Problem(400, "query-unknown", name=name[:LONGEST_VALUE], known=", ".join((*known, ALWAYS)))
        if names.count(name) > 1:
            raise Problem(400, "query-twice", name=name)


def read_number(request: web.BaseRequest, name: str, default: int, least: int, most: int) -> int:
    """The whole number that the query gives as `name`. Raises Problem 400 where it is none in [least, most]."""
    text = request.query.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 12 and least <= int(text) <= most):
        raise Problem(400, "query-number", name=name, least=least, most=most)
    return int(text)


def read_words(request: web.BaseRequest, name: str) -> str:
    """The text that the query gives as `name`. Raises Problem 400 where it is too long."""
    text = request.query.get(name, "")
    if len(text) > LONGEST_VALUE:
        raise Problem(400, "query-text", name=name, most=LONGEST_VALUE)
    return text


def read_filter(request: web.BaseRequest, kind: str, name: str) -> str:
    """The value of a filter of `kind`. Raises Problem 400 where it is none of those that there are, or as `read_words` does."""
    choices = CHOICES.get((kind, name))
    text = read_words(request, name)
    if choices is not None and text not in choices:
        raise Problem(400, "query-choice", name=name, known=", ".join(choices))
    return text
