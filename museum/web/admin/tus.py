"""Resumable uploads by tus 1.0 (https://tus.io/protocols/resumable-upload), with creation, termination, expiration and checksum."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from email.utils import format_datetime
from pathlib import Path

from aiohttp import hdrs, web

from museum.assets.models import Original
from museum.curation import batches, joining
from museum.curation.errors import Refused
from museum.curation.models import Upload
from museum.curation.uploads import TooLarge, Uploads, parse_metadata
from museum.curation.whole_files import whole_files
from museum.web import forms
from museum.web.admin import access, pages
from museum.web.errors import Problem
from museum.web.keys import DATABASE, SETTINGS, STORE

VERSION = "1.0.0"
CHECKSUMS = ("sha1", "sha256", "md5")
UPLOADS = web.AppKey("uploads", Uploads)
PART = "application/offset+octet-stream"

routes = access.Routes()


def _answer(status: int, upload: Upload | None = None, **headers: str) -> web.Response:
    response = web.Response(status=status, headers={"Tus-Resumable": VERSION, **headers})
    if upload is not None:
        response.headers["Upload-Offset"] = str(upload.received)
        if upload.state == "receiving":
            response.headers["Upload-Expires"] = format_datetime(upload.expires_at, usegmt=True)
    return response


def _check_version(request: web.Request) -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise Problem(412, "http-412", headers={"Tus-Version": VERSION})


def _number(request: web.Request, header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise Problem(400, "http-400")
    return int(text)


@routes.on(hdrs.METH_OPTIONS, "/admin/uploads", needs="draft", scoped=True)
@routes.on(hdrs.METH_OPTIONS, "/admin/uploads/{upload}", needs="draft", scoped=True)
async def abilities(request: web.Request) -> web.StreamResponse:
    response = _answer(204)
    response.headers["Tus-Version"] = VERSION
    response.headers["Tus-Extension"] = "creation,termination,expiration,checksum"
    response.headers["Tus-Max-Size"] = str(request.app[SETTINGS].max_upload_bytes)
    response.headers["Tus-Checksum-Algorithm"] = ",".join(CHECKSUMS)
    return response


@routes.post("/admin/uploads", needs="draft", scoped=True)
async def create(request: web.Request) -> web.StreamResponse:
    """A new upload of Upload-Length bytes, its name in Upload-Metadata, which may also say the `position` of the file in a `batch`, or what
    a picture is for (`goal`) and its first bytes in base64 (`head`). Its address is relative, so that proxies do not matter."""
    _check_version(request)
    length = _number(request, "Upload-Length")
    if length == 0:
        raise Refused("file-empty")
    metadata = parse_metadata(request.headers.get("Upload-Metadata", ""))
    goal = metadata.get("goal", "")
    if goal:
        async with request.app[DATABASE].read() as session:
            await joining.check(session, access.person_of(request), goal, _head(metadata.get("head", "")))
    upload = await request.app[UPLOADS].create(
        access.person_of(request), length, metadata.get("filename", ""), metadata.get("filetype", "")
    )
    batch, position = metadata.get("batch", ""), metadata.get("position", "")
    if batch and position.isascii() and position.isdigit() and len(position) < 7:
        await batches.note_upload(request.app[DATABASE], batch, int(position), upload)
    if goal:
        await joining.note(request.app[DATABASE], upload, goal)
    return _answer(201, upload, Location=f"/admin/uploads/{upload.id}")


@routes.on(hdrs.METH_HEAD, "/admin/uploads/{upload}", needs="draft", scoped=True)
async def offset(request: web.Request) -> web.StreamResponse:
    """How far the upload has come."""
    _check_version(request)
    upload = await request.app[UPLOADS].find(request.match_info["upload"], access.person_of(request))
    return _answer(200, upload, **{"Upload-Length": str(upload.length)})


@routes.on(hdrs.METH_PATCH, "/admin/uploads/{upload}", needs="draft", scoped=True)
async def append(request: web.Request) -> web.StreamResponse:
    """The next bytes, from Upload-Offset on."""
    _check_version(request)
    if request.content_type != PART:
        raise Problem(415, "http-415")
    start = _number(request, "Upload-Offset")
    upload = await request.app[UPLOADS].append(
        request.match_info["upload"], access.person_of(request), start, _body(request), _checksum(request)
    )
    if upload.state == "complete":
        await batches.arrived(request.app[DATABASE], pages.actor(request), access.person_of(request), upload)
        await joining.arrived(request.app[DATABASE], pages.actor(request), access.person_of(request), upload.id)
    return _answer(204, upload)


@routes.on(hdrs.METH_DELETE, "/admin/uploads/{upload}", needs="draft", scoped=True)
async def terminate(request: web.Request) -> web.StreamResponse:
    _check_version(request)
    await request.app[UPLOADS].remove(request.match_info["upload"], access.person_of(request))
    return _answer(204)


def _head(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise Refused("metadata-malformed") from None


def _checksum(request: web.Request) -> tuple[str, bytes] | None:
    header = request.headers.get("Upload-Checksum")
    if header is None:
        return None
    algorithm, _, digest = header.partition(" ")
    if algorithm not in CHECKSUMS:
        raise Problem(400, "http-400")
    try:
        return algorithm, base64.b64decode(digest, validate=True)
    except ValueError:
        raise Problem(400, "http-400") from None


async def _body(request: web.Request) -> AsyncIterator[bytes]:
    """The request's bytes as they come. `client_max_size` does not hold here; the upload's own length does."""
    if request.content_length is not None and request.content_length > request.app[SETTINGS].max_upload_bytes:
        raise TooLarge("upload-large", most=request.app[SETTINGS].max_upload_bytes)
    async for chunk in request.content.iter_any():
        yield chunk


async def files_of(request: web.Request) -> list[tuple[int, str]]:
    """(original's id, file's name) of finished uploads (`upload`), or of files in the form itself (`file`)."""
    uploads = request.app[UPLOADS]
    files: list[tuple[int, str]] = []
    if request.content_type == "multipart/form-data":
        async with whole_files(uploads) as received:
            async for part in forms.parts(request):
                if part.name == "file" and part.filename:
                    await received.receive(part.filename, forms.chunks_of(part))
            files = [(original.id, name) for original, name in await received.keep()]
    else:
        person = access.person_of(request)
        for upload_id in (await forms.sent(request)).getall("upload", []):
            upload = await uploads.find(str(upload_id), person)
            files.append((await uploads.finish(upload.id, person), upload.filename))
    return files


def register(app: web.Application) -> None:
    settings = app[SETTINGS]
    database, store = app[DATABASE], app[STORE]

    async def keep(path: Path, filename: str) -> Original:
        from museum.assets.originals import keep_original

        return await keep_original(database, store, path, filename)

    app[UPLOADS] = Uploads(
        database,
        settings.uploads,
        keep,
        max_bytes=settings.max_upload_bytes,
        min_free_bytes=settings.min_free_bytes,
        quota_bytes=settings.quota_bytes,
    )
    app.on_startup.append(_release_dead_owners)


async def _release_dead_owners(app: web.Application) -> None:
    await app[UPLOADS].release_dead_owners()
