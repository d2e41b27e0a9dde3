"""Sending records for review, sending them back, and talking about them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation import review, roles, snapshot_rows
from museum.curation.errors import NotFound
from museum.curation.models import Comment
from museum.web.admin import access, flash, kinds, pages
from museum.web.keys import DATABASE

routes = access.Routes()


@routes.get("/admin/reviews", needs="look")
async def reviews_page(request: web.Request) -> web.StreamResponse:
    """All that waits for somebody to look at it."""
    person = access.person_of(request)
    async with request.app[DATABASE].read() as session:
        waiting = await review.waiting(session)
    return await pages.render(
        request,
        "reviews.html",
        waiting=[(one, _may_publish(person, one)) for one in waiting],
    )


def _may_publish(person: Any, one: review.Waiting) -> bool:
    return roles.may(person, "open" if one.kind == "venue" else "publish", one.venue_id)


async def _load(request: web.Request, session: AsyncSession) -> Any:
    kind, slug = kinds.named(request)
    record = await snapshot_rows.load(session, kind, slug, change=True)
    if record is None:
        raise NotFound(f"no-such-{kind}")
    return record


Act = Callable[[AsyncSession, Any, dict[str, str]], Awaitable[object]]


async def _act(request: web.Request, said: str, act: Act) -> web.StreamResponse:
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        await act(session, await _load(request, session), form)
    return flash.redirect(request, kinds.home(*kinds.named(request)), "done", pages.say(request, said))


@routes.post(f"{kinds.PATTERN}/review/send", needs="draft", scoped=True)
async def send(request: web.Request) -> web.StreamResponse:
    person = access.person_of(request)
    return await _act(
        request,
        "review.sent",
        lambda session, record, form: review.send(
            session, record, person, form.get("body", ""), pages.version_from(form)
        ),
    )


@routes.post(f"{kinds.PATTERN}/review/return", needs="draft", scoped=True)
async def send_back(request: web.Request) -> web.StreamResponse:
    person = access.person_of(request)
    return await _act(
        request,
        "review.returned",
        lambda session, record, form: review.send_back(
            session, record, person, form.get("body", ""), pages.version_from(form)
        ),
    )


@routes.post(f"{kinds.PATTERN}/review/publish", needs="publish", scoped=True)
async def publish(request: web.Request) -> web.StreamResponse:
    person = access.person_of(request)
    return await _act(
        request,
        "published",
        lambda session, record, form: review.publish(
            session, record, person, form.get("body", ""), pages.version_from(form)
        ),
    )


@routes.post(f"{kinds.PATTERN}/review/say", needs="look")
async def say(request: web.Request) -> web.StreamResponse:
    person = access.person_of(request)
    return await _act(
        request,
        "review.said",
        lambda session, record, form: review.say(session, record, person, form.get("body", "")),
    )


async def comments_of(session: AsyncSession, record: Any) -> list[Comment]:
    """What was said about a record, for the part of its page that `_review.html` makes."""
    return await review.comments(session, kinds.kind_of(record), record.slug)
