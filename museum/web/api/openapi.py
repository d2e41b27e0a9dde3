"""`/api/openapi.json`: the API described in OpenAPI 3.1, made of the very structs that it answers with."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from aiohttp import web

from museum.collection.counts import MuseumCounts
from museum.collection.records_query import KINDS
from museum.scenes.tour import Tour
from museum.web.answers import add_public, json_answer
from museum.web.api import openapi_iiif
from museum.web.api.openapi_parts import SLUG, TEXT, error_responses, in_path, in_query, operation
from museum.web.api.query import CHOICES, LONGEST_VALUE
from museum.web.api.records import FARTHEST, LIMIT, MOST
from museum.web.api.schema import RECORDS, ErrorAnswer, Page
from museum.web.spoken import SpokenLanguages


def _list_parameters(kind: str) -> list[dict[str, Any]]:
    words = {**TEXT, "maxLength": LONGEST_VALUE}
    number = {"type": "integer"}
    told = " Each may also name the category, era or material." if kind in ("artifacts", "images") else ""
    found = [
        in_query("limit", "How many records.", {**number, "minimum": 1, "maximum": MOST, "default": LIMIT}),
        in_query("offset", "From which record on.", {**number, "minimum": 0, "maximum": FARTHEST, "default": 0}),
        in_query("q", f"Words that the title must hold, in one language.{told}", words),
    ]
    for name in KINDS[kind].filters:
        choices = CHOICES.get((kind, name))
        schema = {"type": "string", "enum": list(choices)} if choices else words
        found.append(in_query(name, f"Only those of this {name}.", schema))
    return found


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document."""
    types: list[Any] = [
        MuseumCounts,
        SpokenLanguages,
        Tour,
        ErrorAnswer,
        *RECORDS.values(),
        *(Page[kind] for kind in RECORDS.values()),
    ]
    schemas, components = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    counts, spoken, tour, error, *rest = schemas
    records = dict(zip(RECORDS, rest[: len(RECORDS)], strict=True))
    pages = dict(zip(RECORDS, rest[len(RECORDS) :], strict=True))
    paths: dict[str, Any] = {
        "/api/v1/museum": operation("getMuseum", "How much of everything there is to see.", counts),
        "/api/v1/languages": operation("getLanguages", "The languages that the museum speaks.", spoken),
        "/api/v1/scenes/{slug}/tour.json": operation(
            "getTour",
            "All that a viewer needs for one scene, its neighbours' first paint included.",
            tour,
            [in_path("slug", SLUG), in_query("preview", "Drafts too, for somebody logged in.", TEXT)],
        ),
    }
    for kind in RECORDS:
        title = kind.capitalize()
        first = {"operationId": f"get{title}", "parameters": {"slug": "$response.body#/items/0/slug"}}
        paths[f"/api/v1/{kind}"] = operation(
            f"list{title}",
            f"{title} that visitors may see.",
            pages[kind],
            _list_parameters(kind),
            links={"first": first},
        )
        paths[f"/api/v1/{kind}/{{slug}}"] = operation(
            f"get{title}", f"One of the {kind}.", records[kind], [in_path("slug", SLUG)]
        )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Museum",
            "version": "1",
            "summary": "Halls, panorama scenes, the collection shown in them, and the ways between.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": {**paths, **openapi_iiif.paths()},
        "components": {"schemas": {**components, **openapi_iiif.SCHEMAS}, "responses": error_responses(error)},
    }


async def openapi(request: web.Request) -> web.Response:
    """The API's description."""
    return json_answer(request, document())


def register(app: web.Application) -> None:
    add_public(app, "/api/openapi.json", openapi)
