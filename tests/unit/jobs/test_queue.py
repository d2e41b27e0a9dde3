"""The queue: leases, fences, checkpoints, cancelling, retries, and many workers at once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from museum.database import Database, now
from museum.jobs import queue
from museum.jobs.models import Job
from museum.jobs.task import Handler, JobRefused, LeaseLost, Task
from museum.jobs.worker import Worker


async def add(database: Database, kind: str = "count", **values: object) -> int:
    async with database.write() as session:
        job_id = await queue.enqueue(session, kind, {"n": 1}, **values)  # type: ignore[arg-type]
    assert job_id is not None
    return job_id


async def load(database: Database, job_id: int) -> Job:
    async with database.read() as session:
        return await session.get_one(Job, job_id)


async def work_until(database: Database, handlers: dict[str, Handler], job_id: int, states: set[str]) -> Job:
    stop = asyncio.Event()
    worker = asyncio.create_task(Worker(database, handlers, 2).run(stop))
    try:
        async with asyncio.timeout(30):
            while (job := await load(database, job_id)).state not in states:
                await asyncio.sleep(0.05)
    finally:
        stop.set()
        await worker
    return job


async def test_a_key_is_enqueued_once(database: Database) -> None:
    async with database.write() as session:
        first = await queue.enqueue(session, "count", {}, key="k")
        second = await queue.enqueue(session, "count", {}, key="k")
    assert first is not None
    assert second is None


async def test_a_rolled_back_transaction_enqueues_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.write() as session:
            await queue.enqueue(session, "count", {})
            raise ZeroDivisionError
    async with database.read() as session:
        assert (await session.scalars(select(Job))).all() == []


async def test_claims_go_by_priority_then_age_and_never_twice(database: Database) -> None:
    ids = [await add(database, priority=priority) for priority in (0, 5, 0)]

    async def take() -> int | None:
        async with database.write() as session:
            claimed = await queue.claim(session, queue.owner_name(), ["count"])
        return claimed.job_id if claimed else None

    taken = [await take() for _ in range(4)]
    assert taken == [ids[1], ids[0], ids[2], None]


async def test_many_claims_at_once_take_each_job_once(database: Database) -> None:
    ids = {await add(database) for _ in range(20)}

    async def take() -> int | None:
        async with database.write() as session:
            claimed = await queue.claim(session, "me", ["count"])
        return claimed.job_id if claimed else None

    taken = await asyncio.gather(*(take() for _ in range(30)))
    assert sorted(job for job in taken if job) == sorted(ids)


async def test_whoever_lost_the_lease_changes_nothing(database: Database) -> None:
    job_id = await add(database)
    async with database.write() as session:
        old = await queue.claim(session, "first", ["count"])
    async with database.write() as session:
        await session.execute(update(Job).values(lease_until=now() - timedelta(seconds=1)))
    async with database.write() as session:
        new = await queue.claim(session, "second", ["count"])
    assert old is not None
    assert new is not None
    assert new.attempt == 2
    with pytest.raises(LeaseLost):
        async with Task(database, old).finish() as session:
            await queue.enqueue(session, "leak", {})
    async with database.read() as session:
        assert (await session.scalars(select(Job.kind))).all() == ["count"]
    async with Task(database, new).finish():
        pass
    assert (await load(database, job_id)).state == "done"


async def test_a_step_is_done_once_over_attempts(database: Database) -> None:
    done: list[str] = []

    async def run(task: Task) -> None:
        async def first() -> dict[str, int]:
            done.append("first")
            return {"a": 1}

        assert await task.step("first", first) == {"a": 1}
        if task.attempt == 1:
            raise RuntimeError("the cable was pulled")
        done.append("second")

    queue_delays, queue.RETRY_DELAYS = queue.RETRY_DELAYS, (timedelta(), timedelta())
    try:
        job = await work_until(database, {"count": Handler(run)}, await add(database), {"done", "failed"})
    finally:
        queue.RETRY_DELAYS = queue_delays
    assert job.state == "done"
    assert done == ["first", "second"]
    assert job.attempt == 2


async def test_a_refusal_fails_at_once_and_tells_the_record(database: Database) -> None:
    told: list[tuple[object, object]] = []

    async def run(_task: Task) -> None:
        raise JobRefused("not-a-panorama", width=3)

    async def failed(_session: object, payload: dict[str, object], error: dict[str, object]) -> None:
        told.append((payload, error))

    job = await work_until(database, {"count": Handler(run, failed)}, await add(database), {"done", "failed"})
    assert job.state == "failed"
    assert job.attempt == 1
    assert job.error == {"code": "not-a-panorama", "detail": {"width": 3}}
    assert told == [({"n": 1}, job.error)]


async def test_cancelling_waiting_and_running_jobs(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("museum.jobs.worker.HEARTBEAT_SECONDS", 0.1)
    waiting = await add(database, kind="nobody")
    async with database.write() as session:
        assert await queue.request_cancel(session, waiting)
        assert not await queue.request_cancel(session, waiting)
    assert (await load(database, waiting)).state == "cancelled"

    job_id = await add(database)
    started = asyncio.Event()

    async def run(_task: Task) -> None:
        started.set()
        await asyncio.sleep(60)

    async def cancel() -> None:
        await started.wait()
        async with database.write() as session:
            assert await queue.request_cancel(session, job_id)

    job, _ = await asyncio.gather(
        work_until(database, {"count": Handler(run)}, job_id, {"cancelled", "done"}), cancel()
    )
    assert job.state == "cancelled"


async def test_stopping_gives_a_running_job_back(database: Database) -> None:
    job_id = await add(database)
    started, stop = asyncio.Event(), asyncio.Event()

    async def run(_task: Task) -> None:
        started.set()
        await asyncio.sleep(60)

    worker = asyncio.create_task(Worker(database, {"count": Handler(run)}, 1).run(stop))
    await asyncio.wait_for(started.wait(), 10)
    stop.set()
    await worker
    job = await load(database, job_id)
    assert (job.state, job.owner, job.failures) == ("queued", None, 0)


async def test_jobs_of_dead_processes_are_freed(database: Database) -> None:
    job_id = await add(database)
    async with database.write() as session:
        host = queue.owner_name().split(":")[0]
        await queue.claim(session, f"{host}:4194304:dead", ["count"])
    async with database.write() as session:
        assert await queue.release_dead_owners(session) == 1
    async with database.write() as session:
        claimed = await queue.claim(session, "me", ["count"])
    assert claimed is not None
    assert claimed.job_id == job_id


async def test_progress_adds_up_over_a_subject(database: Database) -> None:
    first = await add(database, subject="demo")
    await add(database, subject="demo")
    async with database.write() as session:
        await session.execute(update(Job).where(Job.id == first).values(state="done", progress=1.0))
    async with database.read() as session:
        progress = await queue.progress_of(session, "demo")
        assert await queue.progress_of(session, "nothing") is None
    assert progress is not None
    assert (progress.state, progress.done, progress.total, progress.progress) == ("queued", 1, 2, 0.5)


async def test_retrying_a_failed_job(database: Database) -> None:
    job_id = await add(database)
    async with database.write() as session:
        assert not await queue.retry(session, job_id)
        await session.execute(update(Job).values(state="failed", failures=3, error={"code": "x", "detail": {}}))
    async with database.write() as session:
        assert await queue.retry(session, job_id)
    job = await load(database, job_id)
    assert (job.state, job.failures, job.error) == ("queued", 0, None)
