"""The background work as the curators' pages show it, each job with the record for which it is done; and trying many of them again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models import Asset
from museum.collection.models import Image, Model
from museum.curation import changes, overview, production
from museum.curation.snapshots import ASSET
from museum.curation.unmade import Making, may_try_again
from museum.jobs.models import JOB_STATES, Job
from museum.scenes.models import Floor, Hotspot, Scene, Venue

Named = tuple[str, str]
"""Kind and slug."""

PAGE = 50
MOST_AGAIN = 200
"""Jobs that are tried again at once."""
LOOKED_AT = 5000
"""So many that failed are looked through for those that may be tried again."""
KINDS = ("ingest.panorama", "ingest.image", "ingest.model", "ingest.recording")
"""Kinds of work that curators give."""
OVER = ("failed", "cancelled")

SHOWN = {
    "scene": (Scene, Scene.panorama_id),
    "image": (Image, Image.asset_id),
    "model": (Model, Model.asset_id),
    "hotspot": (Hotspot, Hotspot.recording_id),
    "floor": (Floor, Floor.picture_id),
}
"""What may show an asset, and the column with the asset's number."""
ON_PAGE_OF = {"hotspot": ("scene", Scene, Hotspot.scene_id), "floor": ("venue", Venue, Floor.venue_id)}
"""What has no page of its own, and the record that has."""


@dataclass(frozen=True)
class JobRow(Making):
    """A job. `record` is kind and slug of what it is done for, None where that is nothing that has a page; `name` its title, or what the
    uploaded file is called, empty where nothing is known."""

    id: int
    kind: str
    state: str
    step: str
    progress: float
    error: dict[str, Any] | None
    record: Named | None
    name: dict[str, str]


async def rows(session: AsyncSession, state: str, kind: str = "", *, most: int = PAGE, page: int = 1) -> list[JobRow]:
    """The latest jobs in `state`, of one kind or of any: of page `page`, where `PAGE` are on each, at most `most`."""
    # Found by the index alone, since there may be pages of hundreds of thousands that are done.
    numbers = select(Job.id).where(*_conditions(state, kind)).order_by(Job.id.desc())
    numbers = numbers.offset((page - 1) * PAGE).limit(most)
    query = select(Job).where(Job.id.in_(numbers.subquery().select())).order_by(Job.id.desc())
    jobs = list(await session.scalars(query))
    assets = {job.id: number for job in jobs if (number := _asset_of(job)) is not None}
    records = await _shown_in(session, set(assets.values()))
    files = {(ASSET, str(number)) for number in set(assets.values()) - set(records)}
    titles = await overview.titles(session, files.union(records.values()))

    def row(job: Job) -> JobRow:
        asset = assets.get(job.id)
        record = records.get(asset) if asset is not None else None
        name = titles.get(record or (ASSET, str(asset)), {})
        return JobRow(job.id, job.kind, job.state, job.step, job.progress, job.error, record, name)

    return [row(job) for job in jobs]


def _conditions(state: str, kind: str) -> list[ColumnElement[bool]]:
    return [Job.state == state, *([Job.kind == kind] if kind else [])]


async def may_help(session: AsyncSession, state: str, kind: str = "") -> list[int]:
    """Numbers of the latest jobs in `state`, one of `OVER`, that may be tried again with hope: at most one more than `MOST_AGAIN`."""
    query = select(Job.id, Job.error).where(*_conditions(state, kind)).order_by(Job.id.desc()).limit(LOOKED_AT)
    found = [number for number, error in await session.execute(query) if may_try_again(error)]
    return found[: MOST_AGAIN + 1]


async def again(session: AsyncSession, state: str, kind: str = "") -> tuple[int, bool]:
    """Queue again the latest of these jobs for which it may help, at most `MOST_AGAIN`: how many, and whether there are more."""
    found = await may_help(session, state, kind)
    done = [number for number in found[:MOST_AGAIN] if await production.retry_job(session, number)]
    for number in done:
        changes.note(session, "job-retried", "job", str(number))
    return len(done), len(found) > MOST_AGAIN


def _asset_of(job: Job) -> int | None:
    kind, _, number = (job.subject or "").partition(":")
    return int(number) if kind == "asset" and number.isdigit() else None


async def _shown_in(session: AsyncSession, numbers: Collection[int]) -> dict[int, Named]:
    """By the numbers of assets the records for which they were ordered, or that show them."""
    wanted: dict[str, dict[int, int]] = {}
    ordered: set[int] = set()
    query = select(Asset.id, Asset.owner).where(Asset.id.in_(numbers), Asset.owner.is_not(None))
    for number, owner in await session.execute(query):
        what, _, record = (owner or "").partition(":")
        wanted.setdefault(what, {})[number] = int(record)
        ordered.add(number)
    others = set(numbers) - ordered
    found: dict[int, Named] = {}
    for what, (record, column) in SHOWN.items():
        query = select(column, record.id).where(column.in_(others))
        shown = dict((await session.execute(query)).all()) if others else {}
        found |= await _named(session, what, {**shown, **wanted.get(what, {})})
    return found


async def _named(session: AsyncSession, what: str, wanted: Mapping[int, int]) -> dict[int, Named]:
    """Kind and slug, by asset, of the records that have a page: of a hotspot its scene, of a floor its hall."""
    if not wanted:
        return {}
    one = SHOWN[what][0]
    kind, record, belongs = ON_PAGE_OF.get(what, (what, one, None))
    query = select(one.id, record.slug).where(one.id.in_(wanted.values()))
    if belongs is not None:
        query = query.join(record, record.id == belongs)
    slugs = dict((await session.execute(query)).all())
    return {asset: (kind, slugs[number]) for asset, number in wanted.items() if number in slugs}


async def counts(session: AsyncSession) -> dict[str, int]:
    """Numbers of jobs by state, but for those that are done: all that there ever was."""
    states = [state for state in JOB_STATES if state != "done"]
    query = select(Job.state, func.count()).where(Job.state.in_(states)).group_by(Job.state)
    return {row[0]: row[1] for row in await session.execute(query)}
