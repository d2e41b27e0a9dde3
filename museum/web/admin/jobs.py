"""The background work: what is being made, what waits and what came to nothing, by state and kind; and trying it again."""

from __future__ import annotations

from urllib.parse import urlencode

from aiohttp import web

from museum.curation import background, changes, production
from museum.curation.background import KINDS, MOST_AGAIN, OVER, PAGE
from museum.jobs.models import JOB_STATES
from museum.web.admin import access, flash, pages
from museum.web.keys import DATABASE

routes = access.Routes()

HOME = "/admin/jobs"
SECTIONS = {"running": PAGE, "failed": 20, "cancelled": 20, "queued": 20, "done": 20}
"""The states as the whole page shows them, and how many jobs of each."""


def _one_of(value: str, known: tuple[str, ...]) -> str:
    return value if value in known else ""


@routes.get(HOME, needs="look")
async def jobs_page(request: web.Request) -> web.StreamResponse:
    """The latest of every state, or with a state all that are in it, page by page."""
    state = _one_of(request.query.get("state", ""), JOB_STATES)
    kind = _one_of(request.query.get("kind", ""), KINDS)
    page = pages.page_of(request) if state else 1
    shown = {state: PAGE} if state else SECTIONS
    async with request.app[DATABASE].read() as session:
        found = {
            one: await background.rows(session, one, kind, most=most + 1, page=page) for one, most in shown.items()
        }
        again = {one: len(await background.may_help(session, one, kind)) for one in shown if one in OVER}
        counts = await background.counts(session)
    said = {name: value for name, value in (("state", state), ("kind", kind)) if value}
    return await pages.render(
        request,
        "jobs.html",
        sections={one: jobs[: shown[one]] for one, jobs in found.items() if jobs},
        more={one for one, jobs in found.items() if len(jobs) > shown[one]},
        again=again,
        most_again=MOST_AGAIN,
        counts=counts,
        states=tuple(SECTIONS),
        kinds=KINDS,
        state=state,
        kind=kind,
        page=page,
        query=urlencode(said),
        back=pages.with_page(HOME, urlencode(said), page),
    )


@routes.get("/admin/jobs.json", needs="look")
async def jobs_json(request: web.Request) -> web.StreamResponse:
    """Progress of running jobs: `{"counts": {state: n}, "running": [{"id", "progress", "step"}]}`."""
    async with request.app[DATABASE].read() as session:
        running = await background.rows(session, "running")
        counts = await background.counts(session)
    return web.json_response(
        {
            "counts": counts,
            "running": [{"id": job.id, "progress": round(job.progress, 4), "step": job.step} for job in running],
        }
    )


@routes.post("/admin/jobs/retry", needs="work")
async def retry_many(request: web.Request) -> web.StreamResponse:
    """Try again all that failed, or that was cancelled, of one kind or of any, for which it may help."""
    form = await pages.read_form(request)
    state, kind = _one_of(form.get("state", ""), OVER) or "failed", _one_of(form.get("kind", ""), KINDS)
    async with pages.changing(request) as session:
        count, more = await background.again(session, state, kind)
    text = pages.say(request, "jobs-requeued", count=count)
    if more:
        text = pages.sentences(request, text, pages.say(request, "jobs-left"))
    return flash.redirect(request, flash.safe_path(form.get("back", ""), HOME), "done" if count else "refused", text)


@routes.post("/admin/jobs/{id:[0-9]+}/retry", needs="work")
async def retry(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        done = await production.retry_job(session, pages.identifier(request))
        if done:
            changes.note(session, "job-retried", "job", str(pages.identifier(request)))
    return _said(request, form, "job-queued" if done else "job-over", done)


@routes.post("/admin/jobs/{id:[0-9]+}/cancel", needs="work")
async def cancel(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        done = await production.cancel_job(session, pages.identifier(request))
        if done:
            changes.note(session, "job-cancelled", "job", str(pages.identifier(request)))
    return _said(request, form, "job-cancelling" if done else "job-over", done)


def _said(request: web.Request, form: dict[str, str], key: str, done: bool) -> web.StreamResponse:
    back = flash.safe_path(form.get("back", ""), HOME)
    return flash.redirect(request, back, "done" if done else "refused", pages.say(request, key))
