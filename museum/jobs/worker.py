"""The worker: claims jobs, keeps their leases, ends them, and gives back what it can't finish when it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import traceback
from collections.abc import Mapping
from typing import Any

from museum.database import Database
from museum.database.base import now
from museum.jobs import queue
from museum.jobs.child import ChildFailed
from museum.jobs.queue import CancelRequested, Claim, JobRefused, LeaseLost
from museum.jobs.task import Handler, Task

log = logging.getLogger(__name__)

IDLE_SECONDS = 0.4
HEARTBEAT_SECONDS = queue.LEASE.total_seconds() / 6


class Worker:
    """Runs up to `concurrency` jobs of the kinds in `handlers` at a time."""

    def __init__(self, database: Database, handlers: Mapping[str, Handler], concurrency: int = 2) -> None:
        self._database = database
        self._handlers = handlers
        self._concurrency = concurrency
        self._owner = queue.owner_name()
        self._call = asyncio.Event()
        """Set while there may be something to do."""

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set; then running jobs are given back and their children ended."""
        async with self._database.write() as session:
            released = await queue.release_dead_owners(session)
        if released:
            log.info("took over jobs of a process that is gone", extra={"jobs": released})
        slots = [asyncio.create_task(self._work()) for _ in range(self._concurrency)]
        slots.append(asyncio.create_task(self._watch()))
        await stop.wait()
        for slot in slots:
            slot.cancel()
        await asyncio.gather(*slots, return_exceptions=True)

    async def _watch(self) -> None:
        """Calls the slots when there is something to do. One look for all of them that locks nothing: a museum in which nothing is made
        costs next to nothing."""
        while True:
            await asyncio.sleep(IDLE_SECONDS)
            if self._call.is_set():
                continue
            try:
                async with self._database.read() as session:
                    if await queue.is_waiting(session, list(self._handlers)):
                        self._call.set()
            except Exception:
                log.exception("the queue could not be looked at; trying again")
                await asyncio.sleep(2)

    async def _work(self) -> None:
        while True:
            self._call.clear()
            try:
                async with self._database.write() as session:
                    claimed = await queue.claim(session, self._owner, list(self._handlers))
                if claimed is not None:
                    await self._attempt(claimed)
                    continue
            except Exception:
                log.exception("the queue could not be worked on; trying again")
                await asyncio.sleep(2)
                continue
            await self._call.wait()

    async def _attempt(self, claimed: Claim) -> None:
        handler = self._handlers[claimed.kind]
        task = Task(self._database, claimed)
        try:
            if claimed.attempt > queue.MAX_ATTEMPTS:
                raise JobRefused("abandoned", attempts=claimed.attempt)
            await self._run_with_heartbeat(handler, task)
            if not task.finished:
                async with task.finish():
                    pass
        except LeaseLost as loss:
            log.warning("another worker has this job by now", extra={"job": claimed.job_id, "loss": str(loss)})
        except asyncio.CancelledError:
            await asyncio.shield(self._give_back(claimed))
            raise
        except CancelRequested:
            await self._end(handler, claimed, "cancelled", {"code": "cancelled", "detail": {}})
        except JobRefused as refusal:
            await self._end(handler, claimed, "failed", {"code": refusal.code, "detail": refusal.detail})
        except Exception as error:
            await self._fail(handler, claimed, error)

    async def _run_with_heartbeat(self, handler: Handler, task: Task) -> None:
        """Run the handler; end it when its lease is lost or when it is to be cancelled."""
        work = asyncio.ensure_future(handler.run(task))
        try:
            while True:
                done, _ = await asyncio.wait({work}, timeout=HEARTBEAT_SECONDS)
                if done:
                    return work.result()
                try:
                    async with self._database.write() as session:
                        cancelled = await queue.renew(session, task.claim, **task.take_unwritten())
                except LeaseLost:
                    # It may just have ended, while this waited for the last transaction of the job itself.
                    done, _ = await asyncio.wait({work}, timeout=1)
                    if done:
                        return work.result()
                    raise
                if cancelled:
                    raise CancelRequested(task.job_id)
        finally:
            if not work.done():
                work.cancel()
                with contextlib.suppress(asyncio.CancelledError, Exception):
                    await work

    async def _give_back(self, claimed: Claim) -> None:
        with contextlib.suppress(LeaseLost):
            async with self._database.write() as session:
                await queue.give_back(session, claimed, failures=claimed.failures)

    async def _fail(self, handler: Handler, claimed: Claim, error: Exception) -> None:
        failures = claimed.failures + 1
        log.error(
            "job failed", extra={"job": claimed.job_id, "kind": claimed.kind, "failures": failures}, exc_info=error
        )
        if failures < queue.MAX_FAILURES:
            delay = queue.RETRY_DELAYS[min(failures, len(queue.RETRY_DELAYS)) - 1]
            with contextlib.suppress(LeaseLost):
                async with self._database.write() as session:
                    await queue.give_back(session, claimed, after=delay, failures=failures)
            return
        text = error.text if isinstance(error, ChildFailed) else "".join(traceback.format_exception_only(error))
        code = f"child-{error.reason}" if isinstance(error, ChildFailed) else "internal"
        await self._end(handler, claimed, "failed", {"code": code, "detail": {"text": text[-2000:]}})

    async def _end(self, handler: Handler, claimed: Claim, state: str, error: dict[str, Any]) -> None:
        with contextlib.suppress(LeaseLost):
            async with self._database.write() as session:
                if handler.failed is not None:
                    await handler.failed(session, claimed.payload, error)
                await queue.write_claimed(
                    session, claimed, state=state, error=error, finished_at=now(), lease_until=None
                )
