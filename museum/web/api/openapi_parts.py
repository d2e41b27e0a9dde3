"""What the API's description is built of."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

TEXT: Json = {"type": "string", "pattern": "^[^\\u0000]*$"}
"""Any text; no address may hold a NUL."""
SLUG: Json = {"type": "string", "pattern": "^[a-z0-9-]{1,120}$"}
LANGUAGE: Json = {
    "name": "lang",
    "in": "query",
    "description": "Language of messages, before what Accept-Language says; e.g. zh-Hant.",
    "schema": TEXT,
}
_ERROR: Json = {"$ref": "#/components/responses/Error"}


def error_responses(schema: Json) -> Json:
    """The components that operations refer to for their errors."""
    return {"Error": {"description": "An error.", "content": {"application/json": {"schema": schema}}}}


def operation(
    name: str,
    summary: str,
    schema: Json,
    parameters: list[Json] | None = None,
    media_types: tuple[str, ...] = ("application/json",),
    links: Json | None = None,
) -> Json:
    """A path with one operation, GET, that answers with `schema`; `links` say which operations the answer leads on to."""
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": [*(parameters or []), LANGUAGE],
            "responses": {
                "200": {
                    "description": summary,
                    "headers": {"ETag": {"schema": {"type": "string"}}},
                    "content": {media_type: {"schema": schema} for media_type in media_types},
                    **({"links": links} if links else {}),
                },
                "304": {"description": "The client has it already (If-None-Match)."},
                **dict.fromkeys(("400", "404", "405"), _ERROR),
            },
        }
    }


def in_path(name: str, schema: Json) -> Json:
    """A part of an address."""
    return {"name": name, "in": "path", "required": True, "schema": schema}


def in_query(name: str, description: str, schema: Json) -> Json:
    """A part of an address after its `?`."""
    return {"name": name, "in": "query", "description": description, "schema": schema}
