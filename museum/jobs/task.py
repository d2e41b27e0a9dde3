"""What a handler holds in its hands: one claimed job, with steps that are remembered, progress, children and a fenced end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from museum.database import Database
from museum.database.base import now
from museum.jobs.child import ChildFailed, Limits, run_in_child
from museum.jobs.queue import Claim, JobRefused, LeaseLost, write_claimed

T = TypeVar("T")


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

    async def step(self, name: str, work: Callable[[], Awaitable[T]]) -> T:
        """The result of `work`, which must be JSON; an attempt after this one gets it without doing the work again."""
        if name in self._checkpoints:
            return self._checkpoints[name]
        result = await work()
        self._checkpoints[name] = result
        async with self.database.write() as session:
            await write_claimed(session, self.claim, checkpoints=self._checkpoints, step=name)
        return result

    def forget(self, name: str) -> None:
        """Do step `name` again after all, e.g. since the file that it left has gone."""
        self._checkpoints.pop(name, None)

    async def report(self, fraction: float, step: str = "") -> None:
        """Say how far the job is, from 0 to 1, and in which step."""
        async with self.database.write() as session:
            await write_claimed(session, self.claim, progress=min(max(fraction, 0.0), 1.0), step=step)

    async def in_child(
        self,
        function: Callable[..., T],
        *args: Any,
        limits: Limits = Limits(),  # noqa: B008  (frozen)
        readable: Sequence[Path] = (),
        writable: Sequence[Path] = (),
    ) -> T:
        """See `run_in_child`."""
        return await run_in_child(function, *args, limits=limits, readable=readable, writable=writable)

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
