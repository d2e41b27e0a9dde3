"""`/api/openapi.json`: the API described in OpenAPI 3.1, made of the very structs that it answers with."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from aiohttp import web

from museum.collection.counts import MuseumCounts
from museum.collection.models import GRADES
from museum.collection.records_query import KINDS
from museum.scenes.models import VENUE_KINDS
from museum.scenes.tour import Tour
from museum.web.answers import add_public, json_answer
from museum.web.api.records import FARTHEST, LIMIT, LONGEST_VALUE, MOST
from museum.web.api.schema import RECORDS, ErrorAnswer, Page

SLUG = {"type": "string", "pattern": "^[a-z0-9-]{1,120}$"}
_CHOICES = {("venues", "kind"): VENUE_KINDS, ("artifacts", "grade"): GRADES}


def _answer(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "description": description,
        "headers": {"ETag": {"schema": {"type": "string"}}},
        "content": {"application/json": {"schema": schema}},
    }


_ERRORS = {
    "400": {"$ref": "#/components/responses/Error"},
    "404": {"$ref": "#/components/responses/Error"},
    "405": {"$ref": "#/components/responses/Error"},
}


def _operation(
    name: str, summary: str, schema: dict[str, Any], parameters: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": parameters or [],
            "responses": {
                "200": _answer(summary, schema),
                "304": {"description": "The client has it already (If-None-Match)."},
                **_ERRORS,
            },
        }
    }


def _path_slug() -> dict[str, Any]:
    return {"name": "slug", "in": "path", "required": True, "schema": SLUG}


def _query(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _list_parameters(kind: str) -> list[dict[str, Any]]:
    words = {"type": "string", "maxLength": LONGEST_VALUE, "pattern": "^[^\\u0000]*$"}
    number = {"type": "integer"}
    found = [
        _query("limit", "How many records.", {**number, "minimum": 1, "maximum": MOST, "default": LIMIT}),
        _query("offset", "From which record on.", {**number, "minimum": 0, "maximum": FARTHEST, "default": 0}),
        _query("q", "Words that the title must hold, in one language.", words),
    ]
    for name in KINDS[kind].filters:
        choices = _CHOICES.get((kind, name))
        hint = f"Only those of this {name}" + (f", e.g. {', '.join(choices)}." if choices else ".")
        found.append(_query(name, hint, words))
    return found


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document."""
    types: list[Any] = [MuseumCounts, Tour, ErrorAnswer, *RECORDS.values(), *(Page[kind] for kind in RECORDS.values())]
    schemas, components = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    counts, tour, error, *rest = schemas
    records = dict(zip(RECORDS, rest[: len(RECORDS)], strict=True))
    pages = dict(zip(RECORDS, rest[len(RECORDS) :], strict=True))
    paths: dict[str, Any] = {
        "/api/v1/museum": _operation("getMuseum", "How much of everything there is to see.", counts),
        "/api/v1/scenes/{slug}/tour.json": _operation(
            "getTour",
            "All that a viewer needs for one scene, its neighbours' first paint included.",
            tour,
            [_path_slug()],
        ),
    }
    for kind in RECORDS:
        title = kind.capitalize()
        paths[f"/api/v1/{kind}"] = _operation(
            f"list{title}", f"{title} that visitors may see.", pages[kind], _list_parameters(kind)
        )
        paths[f"/api/v1/{kind}/{{slug}}"] = _operation(
            f"get{title}", f"One of the {kind}.", records[kind], [_path_slug()]
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
        "paths": paths,
        "components": {
            "schemas": components,
            "responses": {"Error": {"description": "An error.", "content": {"application/json": {"schema": error}}}},
        },
    }


async def openapi(request: web.Request) -> web.Response:
    """The API's description."""
    return json_answer(request, document())


def register(app: web.Application) -> None:
    add_public(app, "/api/openapi.json", openapi)
