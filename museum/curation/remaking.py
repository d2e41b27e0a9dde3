"""What could not be made of the files of records: why, for many at a time, and trying it again.

All functions work inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models import Asset
from museum.curation import changes, production, unmade
from museum.curation.errors import Refused
from museum.curation.readiness import ASSETS
from museum.curation.snapshots import KINDS as KIND_OF
from museum.curation.snapshots import SHAPES
from museum.jobs.models import Job
from museum.scenes.models import Scene

KINDS = ("image", "scene")
"""Kinds of records that can be tried again from a list."""
OVER = ("failed", "cancelled")
MOST = 200


@dataclass(frozen=True)
class Failure:
    """Why something was not made: `state` is failed or cancelled, `code` says what went wrong; `again` that trying again may help."""

    state: str
    code: str
    again: bool


async def failures(session: AsyncSession, assets: Iterable[Asset]) -> dict[int, Failure]:
    """Those of the assets that could not be made, by their ids."""
    unmade = {f"asset:{asset.id}": asset for asset in assets if asset.state != "ready"}
    found = await session.scalars(select(Job).where(Job.subject.in_(unmade)).order_by(Job.id)) if unmade else ()
    jobs = {job.subject: job for job in found}
    told = {asset.id: _failure(asset, jobs.get(subject)) for subject, asset in unmade.items()}
    return {number: failure for number, failure in told.items() if failure is not None}


def _failure(asset: Asset, job: Job | None) -> Failure | None:
    state = "failed" if asset.state == "failed" else job.state if job else ""
    if state not in OVER:
        return None
    error = asset.error or (job.error if job else None) or {}
    code = str(error.get("code", "cancelled" if state == "cancelled" else "other"))
    # A question that only the curator answers is asked on the record's own page.
    again = job is not None and unmade.may_try_again(error)
    return Failure(state, code, again)


async def failed(session: AsyncSession, kind: str) -> list[str]:
    """Slugs of the records of a kind that were not made and may be tried again, the latest made first, at most `MOST`."""
    if kind not in KINDS:
        return []
    record = SHAPES[kind].record
    over = select(Job.subject).where(Job.state.in_(OVER), Job.subject.startswith("asset:"))
    subjects = await session.scalars(over.order_by(Job.id.desc()).limit(MOST))
    numbers = {int(subject.partition(":")[2]) for subject in subjects if subject}
    if not numbers:
        return []
    query = select(record.slug, Asset).join(Asset, Asset.id == getattr(record, ASSETS[record][0]))
    rows = (await session.execute(query.where(Asset.id.in_(numbers)).order_by(record.id.desc()))).all()
    why = await failures(session, [asset for _, asset in rows])
    return [slug for slug, asset in rows if (failure := why.get(asset.id)) and failure.again]


async def failure_of(session: AsyncSession, record: Any) -> Failure | None:
    """Why what is shown of a record was not made; None where it was, or is on its way."""
    number = getattr(record, ASSETS[type(record)][0]) if type(record) in ASSETS else None
    asset = await session.get(Asset, number) if number else None
    return (await failures(session, [asset])).get(asset.id) if asset else None


async def again(session: AsyncSession, record: Any) -> bool:
    """Try again what was not made of a record's file; False where there is nothing to do. Raises Refused where that can't help."""
    kind = KIND_OF[type(record)]
    if kind not in KINDS:
        raise Refused("action-unknown")
    failure = await failure_of(session, record)
    if failure is not None and not failure.again:
        raise Refused("again-senseless")
    asset = await session.get(Asset, record.asset_id) if kind == "image" and record.asset_id else None
    done = await (
        production.retry_panorama(session, record)
        if isinstance(record, Scene)
        else production.retry_asset(session, asset)
    )
    if done:
        changes.note(session, "job-retried", kind, record.slug)
    return done
