"""What was: the revisions of a record, any two of them compared, one of them restored, and an act undone."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from aiohttp import hdrs, web
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.info import PanoramaInfo
from museum.assets.models import Asset
from museum.assets.tiles import TileMissing
from museum.assets.view import View
from museum.curation import hiding, overview, revisions, roles, snapshot_rows
from museum.curation.differences import compare
from museum.curation.errors import NotFound
from museum.curation.models import Revision
from museum.curation.revisions import Restored
from museum.curation.snapshots import SHAPES, Snapshot
from museum.scenes.geometry import seen_at
from museum.scenes.view_source import ViewSource
from museum.web.admin import access, flash, kinds, pages
from museum.web.admin.difference_words import Line, Teller, fields_changed, refers_to
from museum.web.errors import Problem
from museum.web.keys import DATABASE
from museum.web.sharing.view_maker import Busy
from museum.web.sharing.views import MAKER

routes = access.Routes()

SIZE = (960, 540)


@dataclass(frozen=True)
class Mark:
    """A link or hotspot in the picture of a scene's first view, in pixels; `changed` where the other side has it otherwise."""

    x: float
    y: float
    changed: bool


@dataclass(frozen=True)
class Side:
    """One of two revisions beside each other; scenes have a picture."""

    revision: Revision
    picture: str | None
    marks: list[Mark]


@routes.get(f"{kinds.PATTERN}/history", needs="look")
async def history_page(request: web.Request) -> web.StreamResponse:
    kind, slug = kinds.named(request)
    page = pages.page_of(request)
    async with request.app[DATABASE].read() as session:
        record = await snapshot_rows.load(session, kind, slug)
        found, more = await revisions.history(session, kind, slug, page)
        if record is None and not found:
            raise NotFound(f"no-such-{kind}")
        return await pages.render(
            request,
            "history.html",
            kind=kind,
            slug=slug,
            home=kinds.home(kind, slug),
            record=record,
            title=overview.title_of(record) if record else {},
            revisions=found,
            page=page,
            more=more,
            fields=lambda revision: fields_changed(request, revision.changed),
            may_change=record is None or roles.may_change(access.person_of(request), record),
        )


@routes.get(f"{kinds.PATTERN}/compare", needs="look")
async def compare_page(request: web.Request) -> web.StreamResponse:
    """Two revisions beside each other: `b`, and `a` or the one before it."""
    kind, slug = kinds.named(request)
    async with request.app[DATABASE].read() as session:
        later = await _revision(session, request, "b")
        if later is None:
            raise NotFound("no-such-revision")
        earlier = await _revision(session, request, "a") or await revisions.before(session, later, act=True)
        if earlier is not None and earlier.id > later.id:
            earlier, later = later, earlier
        lines, sides = await _told(session, request, kind, earlier, later)
        record = await snapshot_rows.load(session, kind, slug)
        return await pages.render(
            request,
            "compare.html",
            kind=kind,
            slug=slug,
            home=kinds.home(kind, slug),
            record=record,
            title=overview.title_of(record) if record else {},
            earlier=earlier,
            later=later,
            lines=lines,
            sides=sides,
            size=SIZE,
            may_change=record is None or roles.may_change(access.person_of(request), record),
        )


async def _revision(session: AsyncSession, request: web.Request, name: str) -> Revision | None:
    text = request.query.get(name, "")
    if not text:
        return None
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    revision = await revisions.get(session, number)
    if (revision.kind, revision.slug) != kinds.named(request):
        raise NotFound("no-such-revision")
    return revision


async def _told(
    session: AsyncSession, request: web.Request, kind: str, earlier: Revision | None, later: Revision
) -> tuple[list[Line], list[Side]]:
    """The differences in words, and both sides with their pictures."""
    empty: Snapshot = {}
    before, after = earlier.snapshot if earlier else empty, later.snapshot
    changes = compare(SHAPES[kind], before, after) if before and after else []
    titles = await overview.titles(session, refers_to(kind, (before, after)))
    lines = Teller(request, kind, before, after, titles).lines(changes)
    touched = {change.path[:2] for change in changes}
    sides = [
        Side(
            revision,
            f"{kinds.home(kind, revision.slug)}/history/{revision.id}/view.jpg" if _pictured(revision) else None,
            marks_of(revision.snapshot, touched) if _pictured(revision) else [],
        )
        for revision in (earlier, later)
        if revision is not None
    ]
    return lines, sides


def _pictured(revision: Revision) -> bool:
    return revision.kind == "scene" and bool(revision.snapshot.get("panorama"))


def marks_of(snapshot: Snapshot, touched: set[tuple[str, ...]]) -> list[Mark]:
    """Links and hotspots as they lie in the picture of a scene's first view."""
    view = (snapshot["initial_yaw"], snapshot["initial_pitch"], snapshot["initial_fov"])
    found: list[Mark] = []
    for name in ("links", "hotspots"):
        for part in snapshot.get(name, ()):
            point = seen_at(part["yaw"], part["pitch"], view, SIZE)
            if point:
                found.append(Mark(round(point[0], 1), round(point[1], 1), (name, str(part["id"])) in touched))
    return found


@routes.get("/admin/{kind:scenes}/{slug}/history/{id:[0-9]+}/view.jpg", needs="look")
async def view(request: web.Request) -> web.StreamResponse:
    """The first view of a scene as it was at a revision."""
    async with request.app[DATABASE].read() as session:
        revision = await revisions.get(session, pages.identifier(request))
        asset: Asset | None = None
        if (revision.kind, revision.slug) == kinds.named(request) and _pictured(revision):
            asset = await session.get(Asset, revision.snapshot["panorama"])
    if asset is None or asset.state != "ready" or asset.digest is None:
        raise web.HTTPNotFound
    was, info = revision.snapshot, msgspec.convert(asset.info, PanoramaInfo)
    level = (was["level_pitch"], was["level_roll"])
    looked: tuple[float, float, float] = (was["initial_yaw"], was["initial_pitch"], was["initial_fov"])
    source = ViewSource(asset.digest, info.levels, info.tile, *looked, *level)
    try:
        body = await request.app[MAKER].picture(source, View(*looked, *SIZE, *level))
    except TileMissing:
        raise web.HTTPNotFound from None
    except Busy:
        raise Problem(503, "http-503", {hdrs.RETRY_AFTER: "2"}) from None
    return web.Response(body=body, content_type="image/jpeg")


@routes.post(f"{kinds.PATTERN}/history/{{id:[0-9]+}}/restore", needs="draft", scoped=True)
async def restore(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    kind, slug = kinds.named(request)
    async with pages.changing(request, "restored") as session:
        revision = await revisions.get(session, pages.identifier(request))
        if (revision.kind, revision.slug) != (kind, slug):
            raise NotFound("no-such-revision")
        done = await revisions.restore(session, revision, access.person_of(request), pages.whole(form, "version"))
        undo = pages.undo(session, f"{kinds.home(kind, slug)}/history")
    return flash.redirect(request, kinds.home(kind, slug), "done", restored_words(request, done), undo)


@routes.post("/admin/acts/{act:[0-9a-f]{32}}/undo", needs="draft", scoped=True)
async def undo(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    act = request.match_info["act"]
    known = await hiding.look(request.app[DATABASE], act)
    async with pages.changing(request, "undone") as session:
        done = await revisions.undo(session, act, access.person_of(request), known)
    back = flash.safe_path(form.get("back", ""), "/admin/")
    return flash.redirect(request, back, "refused" if done.kept or done.lost else "done", restored_words(request, done))


def restored_words(request: web.Request, done: Restored) -> str:
    """What was brought back, and what could not be."""
    said = [pages.say(request, "history.restored", count=len(done.records))]
    if done.lost:
        said.append(pages.say(request, "history.restored-lost", names=_names(request, done.lost)))
    if done.kept:
        said.append(pages.say(request, "history.restored-kept", names=_names(request, done.kept)))
    return " ".join(said)


def _names(request: web.Request, records: list[tuple[str, str]]) -> str:
    shown = [f"{pages.say(request, f'history.kind-{kind}')} {name}" for kind, name in records[:8]]
    return pages.say(request, "history.comma").join(shown) + (" …" if len(records) > 8 else "")
