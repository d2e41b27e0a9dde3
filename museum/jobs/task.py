"""What a handler holds in its hands: one claimed job, with steps that are remembered, progress, children and a fenced end."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from museum.database import Database
from museum.database.base import now
from museum.jobs.child import ChildFailed, Limits, run_in_child
from museum.jobs.queue import CancelRequested, Claim, JobRefused, LeaseLost, write_claimed

T = TypeVar("T")

REPORT_SECONDS = 0.5


class Task:
    """One attempt at a job."""

    def __init__(self, database: Database, claimed: Claim) -> None:
        self.database = database
        self.claim = claimed
        self.job_id = claimed.job_id
        self.kind = claimed.kind
        self.payload = claimed.payload
        self.attempt = claimed.attempt
        self.finished = False
        self._checkpoints = dict(claimed.checkpoints)
        self._unwritten: dict[str, Any] = {}
        self._written = time.monotonic()

    async def step(self, name: str, work: Callable[[], Awaitable[T]]) -> T:
        """The result of `work`, which must be JSON; an attempt after this one gets it without doing the work again."""
        if name in self._checkpoints:
            return self._checkpoints[name]
        result = await work()
        await self.remember(name, result)
        return result

    def remembered(self, name: str) -> Any:
        """What this attempt or an earlier one remembered under `name`; None where there is nothing."""
        return self._checkpoints.get(name)

    async def remember(self, name: str, result: Any) -> None:
        """Keep `result`, which must be JSON, for attempts after this one. Raises CancelRequested, with the result kept."""
        self._checkpoints[name] = result
        async with self.database.write() as session:
            values = self.take_unwritten()
            cancelled = await write_claimed(session, self.claim, checkpoints=self._checkpoints, **values)
        if cancelled:
            raise CancelRequested(self.job_id)

    def forget(self, name: str) -> None:
        """Do step `name` again after all, e.g. since the file that it left has gone."""
        self._checkpoints.pop(name, None)

    async def report(self, fraction: float, step: str = "") -> None:
        """Say how far the job is, from 0 to 1, and in which step. Raises CancelRequested, so that nobody waits for the next heartbeat.

        Written down at most every REPORT_SECONDS: what is said in between goes along with the next heartbeat, and what is done sooner
        costs no write at all.
        """
        self._unwritten = {"progress": min(max(fraction, 0.0), 1.0), "step": step}
        if time.monotonic() - self._written < REPORT_SECONDS:
            return
        async with self.database.write() as session:
            cancelled = await write_claimed(session, self.claim, **self.take_unwritten())
        if cancelled:
            raise CancelRequested(self.job_id)

    def take_unwritten(self) -> dict[str, Any]:
        """What has been reported and not yet written down, for whoever writes to the job's record now."""
        values, self._unwritten = self._unwritten, {}
        self._written = time.monotonic()
        return values

    async def in_child(
        self,
        function: Callable[..., T],
        *args: Any,
        limits: Limits = Limits(),  # noqa: B008  (frozen)
        readable: Sequence[Path] = (),
        writable: Sequence[Path] = (),
    ) -> T:
        """See `run_in_child`. What the child reports goes into the job's record."""
        return await run_in_child(
            function, *args, limits=limits, readable=readable, writable=writable, heard=self.report
        )

    @asynccontextmanager
    async def finish(self) -> AsyncIterator[AsyncSession]:
        """The last transaction: what it writes and the end of the job are committed together, or neither. Raises LeaseLost."""
        async with self.database.write() as session:
            yield session
            await session.flush()
            await write_claimed(
                session, self.claim, state="done", progress=1.0, finished_at=now(), error=None, lease_until=None
            )
        self.finished = True


Run = Callable[[Task], Awaitable[None]]
OnFailure = Callable[[AsyncSession, dict[str, Any], dict[str, Any]], Awaitable[None]]
"""Called with (session, payload, error) in the transaction in which a job fails for good or is cancelled."""


@dataclass(frozen=True)
class Handler:
    """What a worker does with jobs of one kind."""

    run: Run
    failed: OnFailure | None = None


__all__ = ["ChildFailed", "Handler", "JobRefused", "LeaseLost", "Limits", "OnFailure", "Run", "Task"]
