"""The first page after logging in, and the background work."""

from __future__ import annotations

from aiohttp import web

from museum.curation import background, changes, lapsing, overview, production, review, roles, schedule, upkeep
from museum.curation.beside import Beside
from museum.curation.upkeep import Findings
from museum.web.admin import access, flash, pages
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
        failed_jobs = [
            job for job in await background.rows(session, ("failed",), MOST_FAILED) if job.record not in told
        ]
        return await pages.render(
            request,
            "dashboard.html",
            venues=await overview.venue_rows(session),
            drafts=await overview.drafts(session),
            failed=failed,
            running=await background.rows(session, ("running",), 8),
            counts=await background.counts(session),
            failed_jobs=failed_jobs[:6],
            waiting=[
                one for one in await review.waiting(session) if roles.may(person, review.wanted(one), one.venue_id)
            ],
            returned=await review.returned_to(session, person),
            plans=[
                (one, roles.may(person, review.publishing_of(one.plan.kind), one.venue_id))
                for one in await schedule.coming(session, 8)
            ],
            ending=await lapsing.ending(session, 12),
            found=found,
            field_name=lambda name: field_name(request, name),
            bearer_name=lambda name: bearer_name(request, name),
        )


@routes.get("/admin/jobs", needs="look")
async def jobs_page(request: web.Request) -> web.StreamResponse:
    async with request.app[DATABASE].read() as session:
        return await pages.render(
            request,
            "jobs.html",
            running=await background.rows(session, ("running",)),
            queued=await background.rows(session, ("queued",), 20),
            failed=await background.rows(session, ("failed", "cancelled")),
            done=await background.rows(session, ("done",), 20),
            counts=await background.counts(session),
        )


@routes.get("/admin/jobs.json", needs="look")
async def jobs_json(request: web.Request) -> web.StreamResponse:
    """Progress of running jobs: `{"counts": {state: n}, "running": [{"id", "progress", "step"}]}`."""
    async with request.app[DATABASE].read() as session:
        running = await background.rows(session, ("running",))
        counts = await background.counts(session)
    return web.json_response(
        {
            "counts": counts,
            "running": [{"id": job.id, "progress": round(job.progress, 4), "step": job.step} for job in running],
        }
    )


@routes.post("/admin/jobs/{id:[0-9]+}/retry", needs="work")
async def retry(request: web.Request) -> web.StreamResponse:
    async with pages.changing(request) as session:
        done = await production.retry_job(session, pages.identifier(request))
        changes.note(session, "job-retried", "job", str(pages.identifier(request)))
    return _said(request, "job-queued" if done else "job-over", done)


@routes.post("/admin/jobs/{id:[0-9]+}/cancel", needs="work")
async def cancel(request: web.Request) -> web.StreamResponse:
    async with pages.changing(request) as session:
        done = await production.cancel_job(session, pages.identifier(request))
        changes.note(session, "job-cancelled", "job", str(pages.identifier(request)))
    return _said(request, "job-cancelling" if done else "job-over", done)


def _said(request: web.Request, key: str, done: bool) -> web.StreamResponse:
    return flash.redirect(request, "/admin/jobs", "done" if done else "refused", pages.say(request, key))


async def _close(app: web.Application) -> None:
    await app[UPKEEP].close()


def register(app: web.Application) -> None:
    app[UPKEEP] = Beside(app[DATABASE], upkeep.look)
    app.on_cleanup.append(_close)
