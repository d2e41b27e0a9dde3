"""How far the building of a demonstration museum is: what the terminal and the home page say, from the same figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models import Asset
from museum.collection.models import Image, Model
from museum.jobs.models import Job
from museum.jobs.queue import progress_of
from museum.scenes.models import Scene

SUBJECT = "demo"
"""The subject of the jobs that build the museum."""
_COUNTED = {"image": Image, "panorama": Scene, "model": Model}


@dataclass(frozen=True)
class Building:
    """`state` is running, done or failed; of the pictures, scenes and models that there will be, `wanted`, so many are `made`."""

    state: str
    made: int
    wanted: int
    error: dict[str, Any] | None = None

    @property
    def percent(self) -> int:
        """Never all of it before it stands."""
        return 100 if self.state == "done" else min(99, 100 * self.made // max(self.wanted, 1))


async def building_of(session: AsyncSession) -> Building | None:
    """How far the building is; None where nobody asked for it."""
    progress = await progress_of(session, SUBJECT)
    if progress is None:
        return None
    made = await session.scalar(select(func.count()).where(Asset.state == "ready", Asset.kind.in_(_COUNTED)))
    if progress.state == "failed":
        state = "failed"
    elif progress.done == progress.total and not await _is_pending(session):
        return Building("done", made or 0, made or 0)
    else:
        state = "running"
    # Of all that there will be, which the records say from the beginning on; not of what happens to be begun.
    counts = [await session.scalar(select(func.count()).select_from(record)) for record in _COUNTED.values()]
    return Building(state, made or 0, sum(count or 0 for count in counts), progress.error)


async def _is_pending(session: AsyncSession) -> bool:
    """Whether something is still in the making that the building handed over; what curators bring afterwards is none of it."""
    last = select(func.max(Job.finished_at)).where(Job.subject == SUBJECT).scalar_subquery()
    pending = select(Asset.id).where(Asset.state == "pending", Asset.created_at <= last).limit(1)
    return await session.scalar(pending) is not None
