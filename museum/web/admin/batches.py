"""Many panoramas at once: the page that takes them, what became of them, and taking a whole batch back."""

from __future__ import annotations

import asyncio
import base64
import binascii
import contextlib
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import BodyPartReader, hdrs, web

from museum.curation import batches, batches_query, drafting, overview, production, roles
from museum.curation.batch_orders import Offered
from museum.curation.batches import Plan
from museum.curation.batches_query import FileRow
from museum.curation.errors import Refused
from museum.curation.scene_sheet import HEADINGS, Sheet, read_rows
from museum.curation.tables import LARGEST, read_table
from museum.curation.whole_files import whole_files
from museum.database.texts import pick
from museum.scenes.models import Scene
from museum.web import forms
from museum.web.admin import access, batch_words, flash, pages, tus
from museum.web.admin.history import restored_words
from museum.web.admin.making import explain
from museum.web.keys import DATABASE, SETTINGS

routes = access.Routes()

BATCH = "/admin/batches/{batch:[0-9a-f]{32}}"
LONGEST_LIST = 4 << 20
"""Bytes of what a browser may tell about the files of a batch before it sends them."""


class Told(msgspec.Struct):
    """A file as a script tells of it before sending it; `head` are its first bytes in base64."""

    name: str
    bytes: int
    head: str = ""
    digest: str = ""


@dataclass
class Brought:
    """What a form brought: files told of or sent along, the sheet, and the other fields."""

    told: list[Offered] = field(default_factory=list)
    sent: list[Offered] = field(default_factory=list)
    originals: list[int] = field(default_factory=list)
    sheet: Path | None = None
    sheet_name: str = ""
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def files(self) -> list[Offered]:
        """The files that are there already, or else those that are told of."""
        return self.sent or self.told


@routes.get("/admin/venues/{slug}/upload", needs="draft", scoped=True)
async def new_page(request: web.Request) -> web.StreamResponse:
    return await _show_new(request)


@routes.get("/admin/uploads/sheet.csv", needs="draft", scoped=True)
async def empty_sheet(request: web.Request) -> web.StreamResponse:
    """A spreadsheet with its headings in her language, to be filled in."""
    heading = HEADINGS.get(request["language"], HEADINGS["en"])
    # Without a byte order mark spreadsheet programs spoil Chinese.
    headers = {hdrs.CONTENT_DISPOSITION: 'attachment; filename="panoramas.csv"'}
    return web.Response(text=f"\ufeff{heading}\r\n", content_type="text/csv", headers=headers)


async def _show_new(
    request: web.Request, *, status: int = 200, problem: str = "", plan: dict[str, Any] | None = None
) -> web.Response:
    async with request.app[DATABASE].read() as session:
        venue = await drafting.load_venue(session, request.match_info["slug"])
        roles.demand(access.person_of(request), "draft", venue.id)
        return await pages.render(
            request, "batch_new.html", status=status, venue=venue, problem=problem, plan=plan, batch=None, files=[]
        )


@routes.post("/admin/venues/{slug}/upload", needs="draft", scoped=True)
async def begin(request: web.Request) -> web.StreamResponse:
    """Begin a batch, or with the field `check` only tell what it would do. Scripts tell of their `files` as JSON and send them later;
    forms send them along."""
    async with request.app[DATABASE].read() as session:
        # Before a long upload, not after it.
        venue = await drafting.load_venue(session, request.match_info["slug"])
        roles.demand(access.person_of(request), "draft", venue.id)
    try:
        brought = await _read(request)
    except Refused as refused:
        return await _refused(request, refused)
    try:
        sheet = read_rows(await read_table(brought.sheet)) if brought.sheet else Sheet()
        plan = await batches.begin(
            request.app[DATABASE],
            pages.actor(request),
            access.person_of(request),
            request.match_info["slug"],
            brought.files or [Offered(row.file, 1) for row in sheet.rows.values()],
            sheet,
            sheet_name=brought.sheet_name,
            max_bytes=request.app[SETTINGS].max_upload_bytes,
            dry_run="check" in brought.fields or not brought.files,
        )
    except Refused as refused:
        return await _refused(request, refused)
    finally:
        if brought.sheet:
            await asyncio.to_thread(brought.sheet.unlink, True)
    obstacle = await _obstacle(request, plan, brought)
    if access.wants_json(request):
        return web.json_response(batch_words.told(request, plan, obstacle))
    if not plan.batch:
        problem = "" if brought.files or brought.sheet else pages.say(request, "refused-file-missing")
        status = 422 if plan.faults or problem else 200
        return await _show_new(request, status=status, problem=problem, plan=batch_words.told(request, plan, obstacle))
    await _take_in_at_once(request, plan.batch, brought)
    return flash.redirect(request, f"/admin/batches/{plan.batch}", "done", pages.say(request, "uploads.begun"))


async def _refused(request: web.Request, refused: Refused) -> web.StreamResponse:
    if access.wants_json(request):
        return await access.answer_refused(request, refused)
    return await _show_new(request, status=422, problem=access.refusal_text(request["language"], refused))


async def _obstacle(request: web.Request, plan: Plan, brought: Brought) -> str:
    """Why there is no room for the files that would be sent, in words; empty where there is."""
    wanted = sum(file.bytes for file, line in zip(brought.files, plan.lines, strict=False) if line.state == "made")
    if brought.originals or not wanted:
        return ""
    uploads = request.app[tus.UPLOADS]
    try:
        uploads.folder.mkdir(parents=True, exist_ok=True)
        uploads.check_room_beside(wanted, 0)
        async with request.app[DATABASE].read() as session:
            await uploads.check_quota(session, wanted)
    except Refused as refused:
        return access.refusal_text(request["language"], refused)
    return ""


async def _take_in_at_once(request: web.Request, batch_id: str, brought: Brought) -> None:
    async with request.app[DATABASE].read() as session:
        files = await batches_query.file_rows(session, batch_id)
    for file in files:
        await batches.take_in(
            request.app[DATABASE],
            pages.actor(request),
            access.person_of(request),
            batch_id,
            file.position,
            brought.originals[file.position],
        )


async def _read(request: web.Request) -> Brought:
    brought = Brought()
    if not request.content_type.startswith("multipart/"):
        raise Refused("file-missing")
    try:
        async with whole_files(request.app[tus.UPLOADS]) as files:
            async for part in forms.parts(request):
                if part.name == "file" and part.filename:
                    await files.receive(part.filename, forms.chunks_of(part))
                else:
                    await _read_field(request, part, brought)
            for original, name in await files.keep():
                brought.originals.append(original.id)
                brought.sent.append(Offered(name, original.bytes, digest=original.digest))
    except BaseException:
        if brought.sheet:
            await asyncio.to_thread(brought.sheet.unlink, True)
        raise
    return brought


async def _read_field(request: web.Request, part: BodyPartReader, brought: Brought) -> None:
    if part.name == "sheet" and part.filename:
        brought.sheet, brought.sheet_name = await _keep_sheet(request, part), part.filename[:255]
    elif part.name == "files":
        brought.told = _offered(await _text(part, LONGEST_LIST))
    elif part.name and not part.filename:
        brought.fields[part.name] = (await _text(part, 1000)).decode(errors="replace")


async def _keep_sheet(request: web.Request, part: BodyPartReader) -> Path:
    folder = request.app[SETTINGS].uploads
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{secrets.token_hex(16)}.whole"
    await asyncio.to_thread(path.write_bytes, await _text(part, LARGEST + 1))
    return path


async def _text(part: BodyPartReader, most: int) -> bytes:
    """The bytes of a part; what is longer than `most` is cut there, and refused by whoever reads it."""
    found = bytearray()
    async for chunk in forms.chunks_of(part):
        found += chunk[: most - len(found)]
    return bytes(found)


def _offered(body: bytes) -> list[Offered]:
    try:
        told = msgspec.json.decode(body, type=list[Told])
        return [
            Offered(one.name[:255], one.bytes, base64.b64decode(one.head, validate=True), one.digest.lower()[:64])
            for one in told
        ]
    except (msgspec.DecodeError, binascii.Error, ValueError, RecursionError):
        raise Refused("metadata-malformed") from None


@routes.get(BATCH, needs="draft", scoped=True)
async def batch_page(request: web.Request) -> web.StreamResponse:
    async with request.app[DATABASE].read() as session:
        batch = await batches_query.load_batch(session, request.match_info["batch"])
        files = await batches_query.file_rows(session, batch.id)
        titles = await overview.titles(session, {("venue", batch.venue)})
    return await pages.render(
        request,
        "batch.html",
        batch=batch,
        hers=batch.person_id == access.person_of(request).id,
        venue_title=titles.get(("venue", batch.venue)),
        groups=_groups([_shown(request, file) for file in files]),
        counts=_counts(files),
        unmade=sum(1 for file in files if file.state not in SETTLED),
    )


SETTLED = ("ready", "known", "refused", "gone")
"""States of files of which no panorama is awaited."""
FEW = 20
"""With more files than this what only waits or is done is folded away."""


def _groups(lines: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]], bool]]:
    """The lines by their group, those that need somebody first, and whether the group is unfolded."""
    found = [(group, [line for line in lines if line["group"] == group]) for group in batches_query.GROUPS]
    few = len(lines) <= FEW
    return [(group, some, few or group in ("attention", "moving")) for group, some in found if some]


def _counts(files: list[FileRow]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for file in files:
        counts[file.state] = counts.get(file.state, 0) + 1
    return counts


@routes.get(BATCH + "/status.json", needs="draft", scoped=True)
async def status_json(request: web.Request) -> web.StreamResponse:
    """How the files are getting on: `{"lines": […]}`, see `_shown`."""
    async with request.app[DATABASE].read() as session:
        batch = await batches_query.load_batch(session, request.match_info["batch"])
        files = await batches_query.file_rows(session, batch.id)
    return web.json_response({"lines": [_shown(request, file) for file in files]})


def _shown(request: web.Request, file: FileRow) -> dict[str, Any]:
    """A file's line for the page."""
    made = production.Production(file.state, file.progress, error=file.error)
    if file.state in ("failed", "cancelled"):
        words = explain(request, "panorama", made)["why"]
    elif file.state == "refused":
        error = file.error or {}
        words = access.refusal_text(
            request["language"], Refused(str(error.get("code", "other")), **error.get("values", {}))
        )
    else:
        words = pages.say(request, f"uploads.state-{file.state}")
    return {
        "position": file.position,
        "name": file.name,
        "bytes": file.bytes,
        "state": file.state,
        "group": file.group,
        "upload": f"/admin/uploads/{file.upload}" if file.upload else None,
        "received": file.received,
        "arrived": file.arrived,
        "title": pick(file.title, request["language"]) or file.name,
        "address": f"/admin/scenes/{file.scene}" if file.scene else None,
        "thumbnail": f"/files/{file.preview}.jpg" if file.preview else None,
        "progress": round(file.progress, 4),
        "words": words,
        "asks": file.asks,
        "retry": file.again,
        "remove": file.state in ("waiting", "failed", "cancelled"),
    }


@routes.post(BATCH + "/answer", needs="draft", scoped=True)
async def answer(request: web.Request) -> web.StreamResponse:
    """Say how the picture of one file, at `position`, is laid out; or with `all` in its place those of all that ask."""
    form = await pages.read_form(request)
    batch_id = request.match_info["batch"]
    async with request.app[DATABASE].read() as session:
        files = await batches_query.file_rows(session, batch_id)
    position = form.get("position", "")
    asking = [
        file for file in files if file.scene and (file.asks if position == "all" else str(file.position) == position)
    ]
    if not asking:
        raise Refused("answer-late")
    async with pages.changing(request) as session:
        for file in asking:
            scene = await drafting.load_scene(session, file.scene, access.person_of(request))
            await production.answer_stereo(session, scene, form.get("layout", ""))
    if access.wants_json(request):
        return web.Response(status=204)
    said = pages.say(request, "uploads.answered", count=len(asking))
    return flash.redirect(request, f"/admin/batches/{batch_id}", "done", said)


@routes.post(BATCH + "/files/{id:[0-9]+}", needs="draft", scoped=True)
async def finish_file(request: web.Request) -> web.StreamResponse:
    """Make the scene of a file that has arrived, should the server have died just before it did."""
    batch_id, position = request.match_info["batch"], pages.identifier(request)
    async with request.app[DATABASE].read() as session:
        files = await batches_query.file_rows(session, batch_id)
    upload_id = next((file.upload for file in files if file.position == position), None)
    person = access.person_of(request)
    original_id = await request.app[tus.UPLOADS].finish(upload_id or "", person)
    await batches.take_in(request.app[DATABASE], pages.actor(request), person, batch_id, position, original_id)
    return web.Response(status=204)


@routes.post(BATCH + "/files/{id:[0-9]+}/remove", needs="draft", scoped=True)
async def remove_file(request: web.Request) -> web.StreamResponse:
    """Take one file out of the batch, whether it has arrived or not."""
    batch_id = request.match_info["batch"]
    home = f"/admin/batches/{batch_id}"
    async with pages.changing(request) as session:
        upload_id = await batches.leave_out(session, batch_id, pages.identifier(request), access.person_of(request))
        again = None if upload_id else pages.undo(session, home)
    if upload_id:
        with contextlib.suppress(Refused):
            await request.app[tus.UPLOADS].remove(upload_id, access.person_of(request))
    if access.wants_json(request):
        return web.Response(status=204)
    return flash.redirect(request, home, "done", pages.say(request, "uploads.removed"), again)


@routes.post(BATCH + "/retry", needs="draft", scoped=True)
async def retry(request: web.Request) -> web.StreamResponse:
    """Try again all panoramas of a batch that failed and that this may help; or only that at `position`."""
    form = await pages.read_form(request)
    batch_id, count = request.match_info["batch"], 0
    async with request.app[DATABASE].read() as session:
        files = await batches_query.file_rows(session, batch_id)
    wanted = [file for file in files if file.scene and file.again]
    async with pages.changing(request) as session:
        for file in wanted:
            if form.get("position", str(file.position)) == str(file.position):
                with contextlib.suppress(Refused):
                    scene: Scene = await drafting.load_scene(session, file.scene, access.person_of(request))
                    count += await production.retry_panorama(session, scene)
    if access.wants_json(request):
        return web.json_response({"retried": count})
    said = pages.say(request, "job-queued" if count else "job-over")
    return flash.redirect(request, f"/admin/batches/{batch_id}", "done" if count else "refused", said)


@routes.post(BATCH + "/undo", needs="draft", scoped=True)
async def undo(request: web.Request) -> web.StreamResponse:
    """Take back everything that the batch made."""
    batch_id = request.match_info["batch"]
    home = f"/admin/batches/{batch_id}"
    async with pages.changing(request, "undone") as session:
        await batches_query.load_batch(session, batch_id)
        done = await batches.take_back(session, batch_id, access.person_of(request))
        again = pages.undo(session, home)
    said = pages.say(request, "uploads.taken-back", count=len(done.records))
    if done.kept or done.lost:
        said = pages.sentences(request, said, restored_words(request, done))
    return flash.redirect(request, home, "done", said, again if done.records else None)
