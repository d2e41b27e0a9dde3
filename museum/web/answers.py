"""Answers for programs: any origin may read them, entity tags are strong, and what is asked for again costs nothing."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from typing import Any

import msgspec
from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "public, no-cache"
PRIVATE = "private, no-cache"
COMPRESS_FROM = 1000
COMPRESSED_BYTES = 16 << 20

CORS = {
    hdrs.ACCESS_CONTROL_ALLOW_ORIGIN: "*",
    hdrs.ACCESS_CONTROL_EXPOSE_HEADERS: "ETag, Content-Length, Content-Range, Link, X-Request-Id",
    # Pages isolated by COEP may embed what lies at public addresses.
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_PREFLIGHT = {
    **CORS,
    hdrs.ACCESS_CONTROL_ALLOW_METHODS: "GET, HEAD, OPTIONS",
    hdrs.ACCESS_CONTROL_ALLOW_HEADERS: "*",
    hdrs.ACCESS_CONTROL_MAX_AGE: "86400",
    hdrs.ALLOW: "GET, HEAD, OPTIONS",
}


class Compressed:
    """Gzipped bodies by entity tag, the least recently asked for dropped first once they exceed `limit` bytes."""

    def __init__(self, limit: int = COMPRESSED_BYTES) -> None:
        self._limit = limit
        self._bodies: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0

    def get(self, tag: str, body: bytes) -> bytes:
        """`body` gzipped."""
        kept = self._bodies.get(tag)
        if kept is not None:
            self._bodies.move_to_end(tag)
            return kept
        packed = gzip.compress(body, 6, mtime=0)
        self._bodies[tag] = packed
        self._bytes += len(packed)
        while self._bytes > self._limit:
            self._bytes -= len(self._bodies.popitem(last=False)[1])
        return packed


COMPRESSED = web.AppKey("compressed", Compressed)

_encoder = msgspec.json.Encoder()


async def preflight(request: web.Request) -> web.Response:
    """What a browser asks before it reads from another origin."""
    return web.Response(status=204, headers=_PREFLIGHT)


def add_public(app: web.Application, path: str, handler: Handler) -> None:
    """Let any origin GET and HEAD `path`, and ask beforehand with OPTIONS."""
    resource = app.router.add_resource(path)
    resource.add_route(hdrs.METH_GET, handler)
    resource.add_route(hdrs.METH_HEAD, handler)
    resource.add_route(hdrs.METH_OPTIONS, preflight)


def tag_of(body: bytes) -> str:
    """The entity tag, without quotes, of a body."""
    return hashlib.blake2b(body, digest_size=12).hexdigest()


def is_known(request: web.BaseRequest, tag: str) -> bool:
    """Whether If-None-Match says that the client has the representation of `tag` already."""
    header = request.headers.get(hdrs.IF_NONE_MATCH)
    if header is None:
        return False
    # Weak comparison, RFC 9110 § 13.1.2.
    return header.strip() == "*" or any(part.strip().removeprefix("W/") == f'"{tag}"' for part in header.split(","))


def accepts(request: web.BaseRequest, coding: str) -> bool:
    """Whether Accept-Encoding allows `coding`; `gzip;q=0` forbids it."""
    allowed: dict[str, bool] = {}
    for part in request.headers.get(hdrs.ACCEPT_ENCODING, "").lower().split(","):
        name, _, parameter = part.partition(";")
        key, _, quality = parameter.strip().partition("=")
        allowed[name.strip()] = not (key.strip() == "q" and quality.strip() in ("0", "0.0", "0.00", "0.000"))
    return allowed.get(coding, allowed.get("*", False))


def json_answer(
    request: web.Request,
    value: Any,
    *,
    cache: str = REVALIDATE,
    content_type: str = "application/json",
    headers: dict[str, str] | None = None,
) -> web.Response:
    """`value`, a msgspec struct or whatever JSON holds, or its bytes. 304 where the client has it."""
    body = value if isinstance(value, bytes) else _encoder.encode(value)
    tag = tag_of(body)
    packs = len(body) >= COMPRESS_FROM
    answer_headers = {**CORS, hdrs.CACHE_CONTROL: cache, **(headers or {})}
    if packs:
        answer_headers.setdefault(hdrs.VARY, "Accept-Encoding")
    if packs and accepts(request, "gzip"):
        # Two encodings are two representations, and strong tags tell them apart.
        answer_headers[hdrs.ETAG] = f'"{tag}-gzip"'
        if is_known(request, f"{tag}-gzip"):
            return web.Response(status=304, headers=answer_headers)
        answer_headers[hdrs.CONTENT_ENCODING] = "gzip"
        body = request.app[COMPRESSED].get(tag, body)
    else:
        answer_headers[hdrs.ETAG] = f'"{tag}"'
        if is_known(request, tag):
            return web.Response(status=304, headers=answer_headers)
    answer_headers[hdrs.CONTENT_TYPE] = content_type
    return web.Response(body=body, headers=answer_headers)


def in_private(request: web.BaseRequest) -> bool:
    """Whether the answer may hold what is not public, so that no shared cache may keep it."""
    return sees_drafts(request) or request.get("preview") is not None


def sees_drafts(request: web.BaseRequest) -> bool:
    """Whether somebody is logged in, who may see what is not published yet."""
    return request.get("person") is not None
