"""The first page after logging in."""

from __future__ import annotations

from aiohttp import web

from museum.curation import background, lapsing, overview, review, roles, schedule, upkeep
from museum.curation.beside import Beside
from museum.curation.upkeep import Findings
from museum.web.admin import access, pages
from museum.web.admin.difference_words import bearer_name, field_name
from museum.web.keys import DATABASE

UPKEEP: web.AppKey[Beside[None, Findings]] = web.AppKey("upkeep", Beside)

routes = access.Routes()

MOST_FAILED = 40
"""Failed jobs that are looked at."""


@routes.get("/admin", needs="look")
async def bare(request: web.Request) -> web.StreamResponse:
    raise web.HTTPSeeOther("/admin/")


@routes.get("/admin/", needs="look")
async def dashboard(request: web.Request) -> web.StreamResponse:
    person = access.person_of(request)
    found = await request.app[UPKEEP].of(None)
    async with request.app[DATABASE].read() as session:
        failed = await overview.failed_scenes(session)
        # What stands among the uploads that need her already is not said twice.
        told = {("scene", one.slug) for one in failed}
        jobs = await background.rows(session, "failed", most=MOST_FAILED)
        failed_jobs = [job for job in jobs if job.record not in told]
        return await pages.render(
            request,
            "dashboard.html",
            venues=await overview.venue_rows(session),
            drafts=await overview.drafts(session),
            failed=failed,
            running=await background.rows(session, "running", most=8),
            counts=await background.counts(session),
            failed_jobs=failed_jobs[:6],
            waiting=[
                one for one in (await review.waiting(session))[0] if roles.may(person, review.wanted(one), one.venue_id)
            ],
            returned=await review.returned_to(session, person),
            plans=[
                (one, roles.may(person, roles.publishing_of(one.plan.kind), one.venue_id))
                for one in await schedule.coming(session, 8)
            ],
            ending=await lapsing.ending(session, 12),
            found=found,
            field_name=lambda name: field_name(request, name),
            bearer_name=lambda name: bearer_name(request, name),
        )


async def _close(app: web.Application) -> None:
    await app[UPKEEP].close()


def register(app: web.Application) -> None:
    app[UPKEEP] = Beside(app[DATABASE], upkeep.look)
    app.on_cleanup.append(_close)
