"""Sending records for review, sending them back, and talking about them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection.models import GRADES, Artifact
from museum.collection.moving.values import CATEGORIES
from museum.curation import (
    answering,
    exhibiting,
    forewarning,
    listing,
    overview,
    photographs,
    presence,
    previews,
    readiness,
    remaking,
    review,
    roles,
    schedule,
    snapshot_rows,
    wording,
    working,
)
from museum.curation.errors import NotFound
from museum.curation.models import Person
from museum.curation.snapshots import SHAPES
from museum.web.admin import access, flash, kinds, pages
from museum.web.admin.difference_words import field_name
from museum.web.keys import DATABASE

routes = access.Routes()


Act = Callable[[AsyncSession, Any, dict[str, str]], Awaitable[object]]


async def _act(request: web.Request, said: str, act: Act) -> web.StreamResponse:
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        await act(session, await pages.named_to_change(request, session), form)
    return flash.redirect(request, kinds.page(*kinds.named(request)), "done", pages.say(request, said))


Step = Callable[[AsyncSession, Any, Person, str, int | None], Awaitable[object]]


def _stepping(said: str, step: Step) -> access.View:
    """The handler of one step between draft and public, taken with what there is to say about it."""

    async def view(request: web.Request) -> web.StreamResponse:
        person = access.person_of(request)
        return await _act(
            request,
            said,
            lambda session, record, form: step(session, record, person, form.get("body", ""), pages.version_from(form)),
        )

    return view


for _word, _needs, _said, _step in (
    ("send", "draft", "review.sent", review.send),
    ("return", "draft", "review.returned", review.send_back),
    ("withdraw", "publish", "withdrawn", review.withdraw),
):
    routes.post(f"{kinds.PATTERN}/review/{_word}", needs=_needs, scoped=True)(_stepping(_said, _step))


@routes.post(f"{kinds.PATTERN}/review/publish", needs="publish", scoped=True)
async def publish(request: web.Request) -> web.StreamResponse:
    """Show a record to visitors, an artifact with those of its photographs that can be shown where it is asked; of a working copy it is
    the original's page that follows."""
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        record = await pages.named_to_change(request, session)
        person = access.person_of(request)
        shown = await review.publish(session, record, person, form.get("body", ""), pages.version_from(form))
        page = kinds.page(kinds.kind_of(shown), shown.slug)
        said, undo = [pages.say(request, "published")], None
        if form.get("photographs") == "yes" and isinstance(shown, Artifact):
            said += await _publish_photographs(request, session, shown)
            undo = pages.undo(session, page)
    return flash.redirect(request, page, "done", pages.sentences(request, *said), undo)


async def _publish_photographs(request: web.Request, session: AsyncSession, artifact: Artifact) -> list[str]:
    """Show an artifact's photographs that can be shown too; the sentences that tell it."""
    await session.flush()
    slugs = [one.slug for one in await photographs.unshown(session, artifact) if not one.obstacles][: listing.MOST]
    if not slugs:
        return []
    done = await listing.act(session, "image", slugs, "publish", access.person_of(request))
    said = [pages.say(request, "review.photographs-published", count=len(done.slugs))] if done.slugs else []
    return said + pages.not_done(request, done.refused)


@routes.post(f"{kinds.PATTERN}/copy", needs="draft", scoped=True)
async def begin_copy(request: web.Request) -> web.StreamResponse:
    """Change what is public in a copy, while visitors go on seeing it as it is."""
    async with pages.changing(request) as session:
        copy = await working.begin(session, await pages.named_to_change(request, session), access.person_of(request))
    page = kinds.page(kinds.kind_of(copy), copy.slug)
    return flash.redirect(request, page, "done", pages.say(request, "review.copy-begun"))


@routes.post(f"{kinds.PATTERN}/review/say", needs="look")
async def say(request: web.Request) -> web.StreamResponse:
    person = access.person_of(request)
    return await _act(
        request,
        "review.said",
        lambda session, record, form: review.say(session, record, person, form.get("body", "")),
    )


@routes.get(f"{kinds.PATTERN}/review", needs="look")
async def record_page(request: web.Request) -> web.StreamResponse:
    """A record of any kind, to look at, to talk about and to publish."""
    kind, slug = kinds.named(request)
    if kind in kinds.OWN_PAGE:
        raise web.HTTPSeeOther(kinds.home(kind, slug))
    person = access.person_of(request)
    async with request.app[DATABASE].read() as session:
        record = await snapshot_rows.load(session, kind, slug)
        if record is None:
            raise NotFound(f"no-such-{kind}")
        return await pages.render(
            request,
            "record.html",
            record=record,
            kind=kind,
            plural=kinds.PLURALS[kind],
            address=f"/{kinds.PLURALS[kind]}/{slug}",
            field_name=lambda name: field_name(request, name),
            fields=wording.FIELDS.get(kind, ()),
            long=wording.LONG,
            categories=CATEGORIES,
            grades=GRADES,
            picture=await overview.picture_of(session, record),
            obstacles=await readiness.obstacles_of(session, record),
            failure=await remaking.failure_of(session, record),
            may_publish=roles.may(person, review.publishing(record), roles.venue_of(record)),
            editable=roles.may_change(person, record),
            shows=exhibiting.SHOWS,
            exhibitions=await exhibiting.exhibitions_with(session, kind, record.id) if kind in exhibiting.SHOWS else [],
            unshown=await photographs.unshown(session, record) if kind == "artifact" else [],
            unseen=await exhibiting.count_unseen(session, record) if kind == "exhibition" else 0,
            **await panel_values(session, record),
        )


@routes.post(f"{kinds.PATTERN}/preview", needs="draft", scoped=True)
async def make_preview(request: web.Request) -> web.StreamResponse:
    """Make a link by which others see the record before visitors do."""
    person = access.person_of(request)
    return await _act(
        request,
        "review.preview-made",
        lambda session, record, form: previews.make(session, record, person, pages.whole(form, "days") or 0),
    )


@routes.post(f"{kinds.PATTERN}/preview/{{id:[0-9]+}}/end", needs="draft", scoped=True)
async def end_preview(request: web.Request) -> web.StreamResponse:
    person = access.person_of(request)
    return await _act(
        request,
        "review.preview-ended",
        lambda session, record, _: previews.revoke(session, record, person, pages.identifier(request)),
    )


@routes.post(f"{kinds.PATTERN}/presence", needs="look")
async def here(request: web.Request) -> web.StreamResponse:
    """Say that her page is open: `{"words": …}` tells who else's is; empty where nobody's is."""
    kind, slug = kinds.named(request)
    record = SHAPES[kind].record
    async with request.app[DATABASE].write() as session:
        if await session.scalar(select(record.id).where(record.slug == slug)) is None:
            raise NotFound(f"no-such-{kind}")
        names = await presence.arrive(session, kind, slug, access.person_of(request))
    words = (
        pages.say(request, "review.also-here", names=pages.say(request, "history.comma").join(names)) if names else ""
    )
    return web.json_response({"words": words})


async def copying_of(session: AsyncSession, kind: str, record: Any) -> dict[str, Any]:
    """What `_review.html` says of working copies: what the record is a copy of, with what both have changed, or what copy it has."""
    found: dict[str, Any] = {"original": None, "contested": [], "working_copy": None, "possible": False}
    if kind in working.COPIED:
        found["original"] = original = await working.of_copy(session, kind, record.slug)
        if original is not None:
            found["contested"] = await working.contested(session, original)
        else:
            found["working_copy"] = await working.of_original(session, kind, record.slug)
            found["possible"] = record.state == "published"
    return found


async def panel_values(session: AsyncSession, record: Any) -> dict[str, Any]:
    """What `_review.html` needs to know of a record: what was said about it, what is planned, and what visitors would not find written in
    all languages."""
    kind = kinds.kind_of(record)
    plans = await schedule.planned(session, kind, record.slug)
    lost = await answering.unanswered(session, plans)
    return {
        "comments": await review.comments(session, kind, record.slug),
        "lacks": await forewarning.lacks_alone(session, record) if record.state != "published" else {},
        "plans": [(plan, plan.id in lost) for plan in plans],
        "preview_links": await previews.links(session, kind, record.slug),
        "may_preview": kind in previews.PREVIEWED,
        "copying": await copying_of(session, kind, record),
    }
