"""The queue: enqueueing in the caller's transaction, claiming under a lease, and asking how work is getting on.

The lease follows the usual shape of a table queue: one `UPDATE … WHERE id = (SELECT … FOR UPDATE SKIP LOCKED) RETURNING`. Every
later write names owner and attempt, so that a worker whose lease ran out changes nothing any more.
"""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession

from museum.database.base import now
from museum.jobs.models import JOB_STATES, Job

LEASE = timedelta(seconds=30)
MAX_FAILURES = 3
"""How often a job may raise before it has failed for good."""
MAX_ATTEMPTS = 500
"""How often a job may be claimed: the limit for one that takes its whole worker down each time."""
RETRY_DELAYS = (timedelta(seconds=2), timedelta(seconds=20))


class JobRefused(Exception):
    """The work can't be done and trying again would not help, e.g. a broken upload. `code` is kebab-case, `detail` JSON."""

    def __init__(self, code: str, **detail: Any) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    def __reduce__(self) -> tuple[Any, ...]:
        return _refused, (self.code, self.detail)


def _refused(code: str, detail: dict[str, Any]) -> JobRefused:
    return JobRefused(code, **detail)


class LeaseLost(Exception):
    """Somebody else holds this job by now; nothing of what was about to be written has been."""


class CancelRequested(Exception):
    """Somebody asked for this job to be cancelled."""


@dataclass(frozen=True)
class Claim:
    """A job in the hands of a worker."""

    job_id: int
    kind: str
    payload: dict[str, Any]
    checkpoints: dict[str, Any]
    owner: str
    attempt: int
    failures: int


@dataclass(frozen=True)
class Progress:
    """How the work on a subject is getting on. `state` is running while any job is unfinished."""

    state: str
    progress: float
    step: str
    error: dict[str, Any] | None
    done: int
    total: int
    job_id: int
    """The latest of the subject's jobs: the one to cancel or retry."""


async def enqueue(
    session: AsyncSession,
    kind: str,
    payload: Mapping[str, Any],
    *,
    key: str | None = None,
    subject: str | None = None,
    priority: int = 0,
    run_after: datetime | None = None,
) -> int | None:
    """Add a job in the caller's transaction; its id, or None where a job with this `key` is there already."""
    insert = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    statement = (
        insert(Job)
        .values(
            kind=kind,
            payload=dict(payload),
            key=key,
            subject=subject,
            priority=priority,
            run_after=run_after or now(),
            checkpoints={},
        )
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(Job.id)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def is_waiting(session: AsyncSession, kinds: list[str]) -> bool:
    """Whether there is a job of `kinds` that `claim` would take."""
    moment = now()
    abandoned = (Job.state == "running") & (Job.lease_until < moment)
    fresh = (Job.state == "queued") & (Job.run_after <= moment)
    found = await session.scalar(select(Job.id).where(abandoned | fresh, Job.kind.in_(kinds)).limit(1))
    return found is not None


async def claim(session: AsyncSession, owner: str, kinds: list[str]) -> Claim | None:
    """Take the next job of `kinds`: one whose worker has died before a fresh one, then by priority and age."""
    moment = now()
    abandoned = (Job.state == "running") & (Job.lease_until < moment)
    fresh = (Job.state == "queued") & (Job.run_after <= moment)
    for condition in (abandoned, fresh):
        candidate = (
            select(Job.id)
            .where(condition, Job.kind.in_(kinds))
            .order_by(Job.priority.desc(), Job.run_after, Job.id)
            .limit(1)
            .with_for_update(skip_locked=True)
            .scalar_subquery()
        )
        row = (
            await session.execute(
                update(Job)
                .where(Job.id == candidate)
                .values(
                    state="running",
                    owner=owner,
                    attempt=Job.attempt + 1,
                    lease_until=moment + LEASE,
                    started_at=func.coalesce(Job.started_at, moment),
                )
                .returning(Job.id, Job.kind, Job.payload, Job.checkpoints, Job.attempt, Job.failures)
                .execution_options(synchronize_session=False)
            )
        ).one_or_none()
        if row is not None:
            return Claim(row.id, row.kind, row.payload, row.checkpoints, owner, row.attempt, row.failures)
    return None


async def write_claimed(session: AsyncSession, claimed: Claim, **values: Any) -> bool:
    """Change a claimed job; True where somebody asked for it to be cancelled. Raises LeaseLost where it is no longer ours."""
    statement = (
        update(Job)
        .where(
            Job.id == claimed.job_id,
            Job.owner == claimed.owner,
            Job.attempt == claimed.attempt,
            Job.state == "running",
        )
        .values(**values)
        .returning(Job.cancel_requested)
        .execution_options(synchronize_session=False)
    )
    cancelled = (await session.execute(statement)).scalar_one_or_none()
    if cancelled is None:
        raise LeaseLost(f"job {claimed.job_id}, attempt {claimed.attempt}")
    return cancelled


async def renew(session: AsyncSession, claimed: Claim, **values: Any) -> bool:
    """Extend the lease, and change `values`; True where somebody asked for the job to be cancelled. Raises LeaseLost."""
    return await write_claimed(session, claimed, lease_until=now() + LEASE, **values)


async def give_back(
    session: AsyncSession, claimed: Claim, *, after: timedelta = timedelta(), failures: int = 0
) -> None:
    """Let another worker take the job, from its last checkpoint on."""
    await write_claimed(
        session, claimed, state="queued", owner=None, lease_until=None, run_after=now() + after, failures=failures
    )


async def request_cancel(session: AsyncSession, job_id: int) -> bool:
    """Cancel a waiting job at once, a running one as soon as its worker hears of it; False where it is over already."""
    waiting = (
        update(Job)
        .where(Job.id == job_id, Job.state == "queued")
        .values(state="cancelled", finished_at=now(), cancel_requested=True)
        .returning(Job.id)
    )
    if (await session.execute(waiting)).scalar_one_or_none() is not None:
        return True
    running = (
        update(Job).where(Job.id == job_id, Job.state == "running").values(cancel_requested=True).returning(Job.id)
    )
    return (await session.execute(running)).scalar_one_or_none() is not None


async def retry(session: AsyncSession, job_id: int) -> bool:
    """Queue a failed or cancelled job again, from its last checkpoint on; False where it is neither."""
    statement = (
        update(Job)
        .where(Job.id == job_id, Job.state.in_(("failed", "cancelled")))
        .values(
            state="queued",
            owner=None,
            lease_until=None,
            failures=0,
            error=None,
            cancel_requested=False,
            finished_at=None,
            run_after=now(),
        )
        .returning(Job.id)
    )
    return (await session.execute(statement)).scalar_one_or_none() is not None


async def progress_of(session: AsyncSession, subject: str) -> Progress | None:
    """The progress of all jobs of a subject together; None where it never had one."""
    rows = (
        await session.execute(
            select(Job.state, func.count(), func.sum(Job.progress), func.max(Job.id))
            .where(Job.subject == subject)
            .group_by(Job.state)
        )
    ).all()
    if not rows:
        return None
    counts = {state: count for state, count, _, _ in rows}
    total = sum(counts.values())
    latest = await session.get_one(Job, max(row[3] for row in rows))
    unfinished = [state for state in ("running", "queued") if counts.get(state)]
    fraction = sum(count if state == "done" else float(part) for state, count, part, _ in rows) / total
    return Progress(
        next(iter([*unfinished, latest.state])),
        fraction,
        latest.step,
        latest.error,
        counts.get("done", 0),
        total,
        latest.id,
    )


async def counts_by_state(session: AsyncSession) -> dict[str, int]:
    """How many jobs there are in each state, states without any included."""
    rows = await session.execute(select(Job.state, func.count()).group_by(Job.state))
    return dict.fromkeys(JOB_STATES, 0) | {state: count for state, count in rows.all()}  # noqa: C416  (not pairs to dict())


def owner_name() -> str:
    """A name for a worker in this process: host, process and a random part, since hosts reuse process ids."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{os.urandom(4).hex()}"


async def release_dead_owners(session: AsyncSession) -> int:
    """Free jobs held by processes of this host that are gone, so that a restart need not wait for their leases; how many."""
    held = select(Job.id, Job.owner).where(Job.state == "running", Job.owner.is_not(None))
    dead = [job_id for job_id, owner in await session.execute(held) if is_dead_owner(owner)]
    if dead:
        moment = now() - timedelta(seconds=1)
        await session.execute(update(Job).where(Job.id.in_(dead), Job.state == "running").values(lease_until=moment))
    return len(dead)


def is_dead_owner(owner: str | None) -> bool:
    """Whether `owner`, a name from `owner_name`, was a process of this host that is gone. Of other hosts nothing is known."""
    host, _, rest = (owner or "").rpartition(":")[0].rpartition(":")
    return host == socket.gethostname()[:30] and rest.isdigit() and not _is_alive(int(rest))


def _is_alive(process_id: int) -> bool:
    if process_id == os.getpid():
        return False  # asked before this process has claimed anything: an earlier process had the same id
    with contextlib.suppress(ProcessLookupError):
        os.kill(process_id, 0)
        return True
    return False
