"""Doing the jobs that a test has enqueued."""

from __future__ import annotations

import asyncio

from sqlalchemy import func, select

from museum.assets.ingest.handlers import handlers
from museum.assets.models3d import handlers as model_handlers
from museum.assets.recordings import handlers as recording_handlers
from museum.assets.store import Store
from museum.database import Database
from museum.jobs.models import Job
from museum.jobs.worker import Worker


async def work_off(database: Database, store: Store, concurrency: int = 1, seconds: float = 300) -> None:
    """Run a worker until no job is left to do."""
    stop = asyncio.Event()
    known = {**handlers(store), **model_handlers(store), **recording_handlers(store)}
    worker = asyncio.create_task(Worker(database, known, concurrency).run(stop))
    try:
        async with asyncio.timeout(seconds):
            while True:
                async with database.read() as session:
                    left = await session.scalar(
                        select(func.count()).select_from(Job).where(Job.state.in_(("queued", "running")))
                    )
                if not left:
                    return
                await asyncio.sleep(0.02)
    finally:
        stop.set()
        await worker
