"""Whole files of assets: strips, previews, posters, recordings and light models. Ranges work, and nothing ever changes."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

from aiohttp import hdrs, web

from museum.assets.files import StoredFile, find_file, find_role
from museum.assets.models3d.levels import LEVELS
from museum.assets.recordings.handlers import TYPES as FORMATS
from museum.assets.store import BlobMissing
from museum.collection.model_files import original_of
from museum.web.answers import CORS, IMMUTABLE, PRIVATE, REVALIDATE, add_public, in_private, is_known, sees_drafts
from museum.web.errors import Problem, not_found
from museum.web.keys import DATABASE, PUBLIC_FILES, STORE

CHUNK = 1 << 18
MODEL_ROLES = tuple(level.role for level in LEVELS)
FOR = {
    "phone": ("model-25k", "model"),
    "far": ("model-5k", "model-25k", "model"),
    "headset": ("model-headset", "model-25k", "model"),
}
"""Which level of a model suits whom: the first that there is, since a small thing needs few."""
_DIGEST = "[0-9a-f]{64}"
_RANGE = re.compile(r"bytes=([0-9]*)-([0-9]*)")


class Part(NamedTuple):
    """`length` bytes from `offset`."""

    offset: int
    length: int


def read_range(header: str | None, size: int) -> Part | None:
    """The part that a Range header asks of a file of `size` bytes; None for the whole file.

    Headers of other units, of several parts or that make no sense are passed over, as RFC 9110 § 14.2 allows. Raises
    Problem 416 where the part lies beyond the end.
    """
    match = _RANGE.fullmatch(header.strip()) if header else None
    if match is None or not (match[1] or match[2]) or max(len(match[1]), len(match[2])) > 18:
        return None
    if match[1]:
        first, last = int(match[1]), int(match[2]) if match[2] else size - 1
        if last < first and match[2]:
            return None
    else:
        first, last = max(0, size - int(match[2])), size - 1
    if first >= size or (not match[1] and int(match[2]) == 0):
        raise Problem(416, "http-416", {hdrs.CONTENT_RANGE: f"bytes */{size}"})
    return Part(first, min(last, size - 1) - first + 1)


async def strip(request: web.Request) -> web.StreamResponse:
    """The six faces of a panorama side by side, for the first paint."""
    return await _by_role(request, "strip")


async def preview(request: web.Request) -> web.StreamResponse:
    """The small picture of a panorama or an image."""
    return await _by_role(request, "preview")


async def _by_role(request: web.Request, role: str) -> web.StreamResponse:
    digest = request.match_info["digest"]
    await _check(request, digest)
    async with request.app[DATABASE].read() as session:
        file = await find_role(session, digest, role)
    return await send(request, file)


async def small_file(request: web.Request) -> web.StreamResponse:
    """A preview, poster or turntable by its own digest."""
    return await _by_digest(request, ("preview", "poster", "strip", "turntable"))


async def model(request: web.Request) -> web.StreamResponse:
    """A level of a light model (GLB)."""
    return await _by_digest(request, MODEL_ROLES)


async def model_for(request: web.Request) -> web.StreamResponse:
    """The level of a model for a phone, for a thing far away or for a headset; the digest is that of its finest level."""
    digest = request.match_info["digest"]
    await _check(request, digest)
    file: StoredFile | None = None
    async with request.app[DATABASE].read() as session:
        for role in FOR[request.match_info["whom"]]:
            file = file or await find_role(session, digest, role)
    return await send(request, file)


async def original(request: web.Request) -> web.StreamResponse:
    """The file that a model was made of, to be kept and never shown by a browser: it is as it was uploaded."""
    async with request.app[DATABASE].read() as session:
        found = await original_of(session, request.match_info["digest"])
    if found is None:
        raise not_found()
    name = quote(re.sub(r"[^\w.()-]+", "_", found.filename))
    disposition = f"attachment; filename*=UTF-8''{name}"
    return await send(
        request,
        StoredFile(found.digest, found.bytes, "application/octet-stream"),
        {hdrs.CONTENT_DISPOSITION: disposition, hdrs.CACHE_CONTROL: REVALIDATE},
    )


async def package(request: web.Request) -> web.StreamResponse:
    """A model as iPhones put it into the room (USDZ)."""
    return await _by_digest(request, ("usdz",))


async def recording(request: web.Request) -> web.StreamResponse:
    """A sound or film, of which players ask for parts."""
    return await _by_digest(request, ("recording",))


async def _by_digest(request: web.Request, roles: tuple[str, ...]) -> web.StreamResponse:
    digest = request.match_info["digest"]
    await _check(request, digest)
    async with request.app[DATABASE].read() as session:
        file = await find_file(session, digest, roles)
    return await send(request, file)


async def _check(request: web.Request, digest: str) -> None:
    if not sees_drafts(request) and not await request.app[PUBLIC_FILES].includes(digest):
        raise not_found()


async def send(
    request: web.Request, file: StoredFile | None, more: Mapping[str, str] | None = None
) -> web.StreamResponse:
    """`file`, or the part of it that is asked for; with headers `more`."""
    if file is None:
        raise not_found()
    headers = {
        **CORS,
        hdrs.CACHE_CONTROL: PRIVATE if in_private(request) else IMMUTABLE,
        hdrs.ETAG: f'"{file.digest}"',
        hdrs.ACCEPT_RANGES: "bytes",
        **(more or {}),
    }
    if is_known(request, file.digest):
        return web.Response(status=304, headers=headers)
    headers[hdrs.CONTENT_TYPE] = file.media_type
    part = asked_part(request, file.digest, file.bytes)
    status = 200 if part is None else 206
    if part is not None:
        headers[hdrs.CONTENT_RANGE] = f"bytes {part.offset}-{part.offset + part.length - 1}/{file.bytes}"
    else:
        part = Part(0, file.bytes)
    store = request.app[STORE]
    if request.method == hdrs.METH_HEAD:
        headers[hdrs.CONTENT_LENGTH] = str(part.length)
        return web.Response(status=status, headers=headers)
    try:
        first = await store.read(file.digest, part.offset, min(part.length, CHUNK))
    except BlobMissing:
        raise not_found() from None
    if part.length <= CHUNK:
        return web.Response(status=status, body=first, headers=headers)
    headers[hdrs.CONTENT_LENGTH] = str(part.length)
    response = web.StreamResponse(status=status, headers=headers)
    await response.prepare(request)
    async for chunk in _chunks(request, file.digest, part, first):
        await response.write(chunk)
    await response.write_eof()
    return response


def asked_part(request: web.Request, tag: str, size: int) -> Part | None:
    """The part that is asked of an answer with the entity tag `tag` and `size` bytes; None for all of it.

    If-Range must name this very answer; dates never do, since answers are known by their content alone. Raises Problem 416.
    """
    condition = request.headers.get(hdrs.IF_RANGE)
    if condition is not None and condition.strip() != f'"{tag}"':
        return None
    return read_range(request.headers.get(hdrs.RANGE), size)


async def _chunks(request: web.Request, digest: str, part: Part, first: bytes) -> AsyncIterator[bytes]:
    yield first
    sent = len(first)
    while sent < part.length:
        chunk = await request.app[STORE].read(digest, part.offset + sent, min(CHUNK, part.length - sent))
        if not chunk:
            raise BlobMissing(digest)
        yield chunk
        sent += len(chunk)


def register(app: web.Application) -> None:
    add_public(app, f"/tiles/{{digest:{_DIGEST}}}/strip.jpg", strip)
    add_public(app, f"/tiles/{{digest:{_DIGEST}}}/preview.jpg", preview)
    add_public(app, f"/files/{{digest:{_DIGEST}}}.{{ending:jpg|webp}}", small_file)
    add_public(app, f"/recordings/{{digest:{_DIGEST}}}.{{form:{'|'.join(FORMATS)}}}", recording)
    add_public(app, f"/models/{{digest:{_DIGEST}}}.glb", model)
    add_public(app, f"/models/{{digest:{_DIGEST}}}/{{whom:{'|'.join(FOR)}}}.glb", model_for)
    add_public(app, f"/models/{{digest:{_DIGEST}}}.usdz", package)
    add_public(app, f"/models/{{digest:{_DIGEST}}}/original", original)
