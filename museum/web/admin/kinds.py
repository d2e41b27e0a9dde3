"""Addresses of records by kind."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from museum.curation import snapshots

PLURALS = {
    "venue": "venues",
    "scene": "scenes",
    "place": "places",
    "artifact": "artifacts",
    "image": "images",
    "model": "models",
    "exhibition": "exhibitions",
    "activity": "activities",
    "tour": "tours",
}
KINDS = {plural: kind for kind, plural in PLURALS.items()}
PATTERN = f"/admin/{{kind:{'|'.join(KINDS)}}}/{{slug}}"
"""The address of a record of any kind, for routes."""


def home(kind: str, slug: str) -> str:
    """The address of a record's page."""
    return f"/admin/{PLURALS[kind]}/{slug}"


OWN_PAGE = frozenset({"venue", "scene", "model", "tour"})
"""Kinds that are changed on a page of their own; the others are looked at, talked about and published on one that all share."""


def page(kind: str, slug: str) -> str:
    """Where a record is looked at, talked about and published."""
    return home(kind, slug) if kind in OWN_PAGE else f"{home(kind, slug)}/review"


def named(request: web.Request) -> tuple[str, str]:
    """Kind and slug of the record in the address."""
    return KINDS[request.match_info["kind"]], request.match_info["slug"]


def kind_of(record: Any) -> str:
    """The kind of a record."""
    return snapshots.KINDS[type(record)]
