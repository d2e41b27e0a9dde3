"""All that waits for somebody to look at it: by kind and hall, and published or sent back, many at once."""

from __future__ import annotations

from urllib.parse import urlencode

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation import listing, overview, review, roles
from museum.curation.errors import Refused
from museum.curation.listing import Done
from museum.curation.models import Person
from museum.curation.review import Search
from museum.curation.snapshots import SHAPES
from museum.database.texts import writable
from museum.web import forms
from museum.web.admin import access, flash, pages
from museum.web.keys import DATABASE

routes = access.Routes()

HOME = "/admin/reviews"
ACTIONS = ("publish", "return")


@routes.get(HOME, needs="look")
async def reviews_page(request: web.Request) -> web.StreamResponse:
    person, page = access.person_of(request), pages.page_of(request)
    kind, venue = request.query.get("kind", ""), request.query.get("venue", "")
    async with request.app[DATABASE].read() as session:
        numbers = await overview.venue_numbers(session)
        search = Search(kind if kind in SHAPES else "", numbers.get(venue))
        waiting, more = await review.waiting(session, search, page)
        counts = await review.waiting_in_venues(session)
        venues = await overview.venue_names(session)
    halls = [
        (slug, title, count)
        for slug, title in venues
        if (count := counts.get(numbers[slug], 0)) > 1 and roles.may(person, "open", numbers[slug])
    ]
    said = {"kind": search.kind, "venue": venue if venue in numbers else ""}
    query = urlencode({name: value for name, value in said.items() if value})
    return await pages.render(
        request,
        "reviews.html",
        halls=sorted(halls, key=lambda hall: -hall[2]),
        waiting=[(one, roles.may(person, review.wanted(one), one.venue_id)) for one in waiting],
        kinds=tuple(SHAPES),
        venues=venues,
        chosen=said,
        longest=review.LONGEST,
        query=query,
        page=page,
        more=more,
        back=pages.with_page(HOME, query, page),
    )


@routes.post(HOME, needs="draft", scoped=True)
async def act(request: web.Request) -> web.StreamResponse:
    """Publish all that are chosen, or send them back with one comment, in one act that can be taken back."""
    form = await forms.sent(request)
    action = str(form.get("action", ""))
    if action not in ACTIONS:
        raise Refused("action-unknown")
    chosen = [writable(str(one)) for one in form.getall("record", [])]
    listing.check_chosen(chosen)
    back = flash.safe_path(str(form.get("back", "")), HOME)
    async with pages.changing(request) as session:
        body = writable(str(form.get("body", "")))
        done = await _act_on_all(session, chosen, action, access.person_of(request), body)
        undo = pages.undo(session, back) if done.slugs else None
    said = pages.say(request, f"review.done-{action}", count=len(done.slugs))
    text = pages.sentences(request, said, *pages.not_done(request, done.refused))
    return flash.redirect(request, back, "done" if done.slugs else "refused", text, undo)


async def _act_on_all(session: AsyncSession, chosen: list[str], action: str, person: Person, body: str) -> Done:
    """Do it to records of several kinds, each named as `scene/lobby`."""
    whole = Done()
    # Halls come last: they can be shown once something in them is.
    for kind in sorted(SHAPES, key=lambda kind: kind == "venue"):
        slugs = [slug for one, _, slug in (name.partition("/") for name in chosen) if one == kind]
        if slugs:
            done = await listing.act(session, kind, slugs, action, person, body)
            whole.slugs += done.slugs
            whole.refused += done.refused
    return whole
