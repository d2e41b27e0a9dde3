"""The background work: found by state and kind, to the last of it, and tried again all at once where that may help."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import func, select

from museum.curation import background
from museum.curation.models import AuditEvent
from museum.jobs.models import Job
from tests.http.conftest import LogIn, Museum

HOME = "/admin/jobs"


async def page(client: Any, path: str) -> str:
    answer = await client.get(path)
    assert answer.status == 200, path
    return await answer.text()


def jobs_in(text: str) -> list[int]:
    return [int(number) for number in re.findall(r'data-job="(\d+)"', text)]


async def add(museum: Museum, count: int, state: str, kind: str = "ingest.image", code: str = "") -> list[int]:
    """Jobs that have come to this, the earliest first."""
    error = {"code": code} if code else None
    jobs = [Job(kind=kind, state=state, payload={}, error=error) for _ in range(count)]
    async with museum.database.write() as session:
        session.add_all(jobs)
        await session.flush()
        return [job.id for job in jobs]


async def in_state(museum: Museum, numbers: list[int], state: str) -> int:
    async with museum.database.read() as session:
        query = select(func.count()).select_from(Job).where(Job.id.in_(numbers), Job.state == state)
        return await session.scalar(query) or 0


async def test_jobs_are_found_by_state_and_kind_to_the_last(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    done = await add(museum, background.PAGE + 3, "done")
    models = await add(museum, 2, "done", "ingest.model")
    running = await add(museum, 1, "running", "ingest.model")
    whole = await page(curator, HOME)
    assert ">Waiting</option>" in await page(curator, f"{HOME}?lang=en") and "{count}" not in whole
    assert set(running) <= set(jobs_in(whole))
    assert not {done[0]} & set(jobs_in(whole)), "the latest only"
    assert 'href="?state=done"' in whole, "but there is a way to the rest"
    first = await page(curator, f"{HOME}?state=done")
    assert jobs_in(first) == [*reversed(models), *reversed(done[5:])]
    assert 'href="?state=done&amp;page=2"' in first
    last = await page(curator, f"{HOME}?state=done&page=2")
    assert set(done[:5]) <= set(jobs_in(last))
    assert 'rel="next"' not in last
    assert jobs_in(await page(curator, f"{HOME}?state=done&kind=ingest.model")) == models[::-1]
    both = jobs_in(await page(curator, f"{HOME}?kind=ingest.model"))
    assert both == [*running, *models[::-1]]
    assert "data-jobs" in await page(curator, f"{HOME}?state=running"), "their bars move"
    nothing = await page(curator, f"{HOME}?state=cancelled&kind=ingest.recording")
    assert jobs_in(nothing) == []
    assert f'class="button" href="{HOME}"' in nothing, "the filter can be cleared"
    assert jobs_in(await page(curator, f"{HOME}?state=nonsense&kind=nonsense")) == jobs_in(whole)


async def test_all_for_which_it_may_help_are_tried_again(museum: Museum, log_in: LogIn) -> None:
    curator, guest = await log_in("curator"), await log_in("guest")
    hopeless = await add(museum, 2, "failed", code="damaged")
    asking = await add(museum, 1, "failed", "ingest.panorama", "stereo")
    may_help = await add(museum, 3, "failed", code="worker-lost")
    others = await add(museum, 1, "failed", "ingest.model", "worker-lost")
    cancelled = await add(museum, 1, "cancelled", code="worker-lost")
    assert "/admin/jobs/retry" not in await page(guest, HOME)
    assert (await guest.post(f"{HOME}/retry", data={"state": "failed"})).status == 403
    assert "/admin/jobs/retry" not in await page(curator, f"{HOME}?state=failed&kind=ingest.panorama"), "it asks"

    back = f"{HOME}?state=failed&kind=ingest.image&page=1"
    form = {"state": "failed", "kind": "ingest.image", "back": back}
    answer = await curator.post(f"{HOME}/retry?lang=en", data=form)
    assert str(answer.url).endswith(back)
    assert "3 jobs queued again." in await answer.text()
    assert await in_state(museum, may_help, "queued") == 3
    assert await in_state(museum, [*hopeless, *asking, *others], "failed") == 4
    assert await in_state(museum, cancelled, "cancelled") == 1, "somebody had it stopped"
    async with museum.database.read() as session:
        told = select(AuditEvent.slug).where(AuditEvent.action == "job-retried", AuditEvent.person == "curator")
        assert set(await session.scalars(told)) == {str(number) for number in may_help}
    await curator.post(f"{HOME}/retry", data={"state": "failed"})
    assert await in_state(museum, others, "queued") == 1
    await curator.post(f"{HOME}/retry", data={"state": "cancelled"})
    assert await in_state(museum, cancelled, "queued") == 1


async def test_so_many_are_tried_again_at_once(museum: Museum, log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "MOST_AGAIN", 2)
    curator = await log_in("curator")
    failed = await add(museum, 5, "failed", code="worker-lost")
    for left in (3, 1):
        text = await (await curator.post(f"{HOME}/retry?lang=en", data={"state": "failed"})).text()
        assert "2 jobs queued again. There are more" in text
        assert await in_state(museum, failed, "failed") == left
    text = await (await curator.post(f"{HOME}/retry?lang=en", data={"state": "failed"})).text()
    assert "One job queued again." in text
    assert "There are more" not in text


async def test_what_is_done_to_one_returns_to_the_list_as_it_was(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    (failed,) = await add(museum, 1, "failed", code="worker-lost")
    path = f"{HOME}?state=failed&kind=ingest.image"
    assert f'value="{path.replace("&", "&amp;")}"' in await page(curator, path)
    for act, state in (("retry", "queued"), ("cancel", "cancelled")):
        answer = await curator.post(f"{HOME}/{failed}/{act}", data={"back": path})
        assert str(answer.url).endswith(path)
        assert await in_state(museum, [failed], state) == 1
    elsewhere = await curator.post(f"{HOME}/{failed}/retry", data={"back": "https://elsewhere.example/"})
    assert str(elsewhere.url).endswith(HOME)
