"""How batches of panoramas are getting on, each in a handful of queries however many files it has."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.assets.models import Asset
from museum.curation import overview
from museum.curation.batches import TAKEN_BACK
from museum.curation.errors import NotFound
from museum.curation.models import BatchFile, Person, Upload, UploadBatch
from museum.curation.unmade import Making
from museum.jobs.models import Job
from museum.scenes.models import Scene

PAGE = 30
TOGETHER = 500


@dataclass(frozen=True)
class FileRow(Making):
    """A file of a batch. `state` is waiting, known, refused, gone (taken back, or its scene was deleted), or of its panorama: queued,
    running, ready, failed, cancelled. `received` are the bytes that have come; `arrived` says that all have and only the scene is still
    to be made."""

    position: int
    name: str
    bytes: int
    state: str
    upload: str | None
    received: int
    arrived: bool
    scene: str
    title: dict[str, str]
    preview: str | None
    progress: float
    error: dict[str, Any] | None

    @property
    def group(self) -> str:
        """Whether it needs somebody's `attention`, is `moving`, is `waiting` for its bytes, or is `done`."""
        if self.state in ("failed", "cancelled", "refused"):
            return "attention"
        if self.state in ("queued", "running"):
            return "moving"
        return "waiting" if self.state == "waiting" else "done"


GROUPS = ("attention", "moving", "waiting", "done")


@dataclass(frozen=True)
class BatchRow:
    """A batch in a list, with the numbers of its files by state."""

    id: str
    venue: str
    person: str
    created_at: datetime
    counts: dict[str, int]


def _with_something_left() -> Any:
    """A statement for the ids of batches of which a file is still to come, was refused, or has no panorama yet."""
    code = func.coalesce(BatchFile.error["code"].as_string(), "")
    refused = (BatchFile.state == "refused") & code.not_in(TAKEN_BACK)
    scene = BatchFile.scene == Scene.slug
    unmade = select(BatchFile.batch_id).join(Scene, scene).join(Asset, Asset.id == Scene.panorama_id)
    return union(
        select(BatchFile.batch_id).where(BatchFile.state == "waiting"),
        select(BatchFile.batch_id).where(refused),
        unmade.where(Asset.state.in_(("pending", "failed")), BatchFile.state == "made"),
    )


async def batch_rows(
    session: AsyncSession, page: int = 1, venue: str = "", *, left: bool = False
) -> tuple[list[BatchRow], bool]:
    """One page of batches, the latest first, and whether there are earlier ones: of the hall `venue`, by its slug, or of any; with `left`
    those with something left to do."""
    conditions = [*([UploadBatch.venue == venue] if venue else [])]
    if left:
        conditions.append(UploadBatch.id.in_(_with_something_left()))
    query = (
        select(UploadBatch, Person.display_name)
        .join(Person, Person.id == UploadBatch.person_id)
        .where(*conditions)
        .order_by(UploadBatch.created_at.desc())
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    )
    found = (await session.execute(query)).all()
    ids = [batch.id for batch, _ in found[:PAGE]]
    counts: dict[str, dict[str, int]] = {}
    states = (
        select(BatchFile.batch_id, BatchFile.state, func.count())
        .where(BatchFile.batch_id.in_(ids))
        .group_by(BatchFile.batch_id, BatchFile.state)
    )
    for batch_id, state, count in await session.execute(states):
        counts.setdefault(batch_id, {})[state] = count
    rows = [
        BatchRow(batch.id, batch.venue, name, batch.created_at, counts.get(batch.id, {}))
        for batch, name in found[:PAGE]
    ]
    return rows, len(found) > PAGE


async def load_batch(session: AsyncSession, batch_id: str) -> UploadBatch:
    """Raises NotFound."""
    batch = await session.get(UploadBatch, batch_id)
    if batch is None:
        raise NotFound("no-such-batch")
    return batch


async def file_rows(session: AsyncSession, batch_id: str) -> list[FileRow]:
    """All files of a batch in their order."""
    files = list(
        await session.scalars(select(BatchFile).where(BatchFile.batch_id == batch_id).order_by(BatchFile.position))
    )
    uploads = await _by(session, Upload, Upload.id, {file.upload_id for file in files if file.upload_id})
    options = (selectinload(Scene.texts), selectinload(Scene.panorama).selectinload(Asset.blobs))
    scenes = await _by(session, Scene, Scene.slug, {file.scene for file in files if file.scene}, *options)
    subjects = {f"asset:{scene.panorama_id}" for scene in scenes.values() if scene.panorama_id}
    # Of several jobs of one panorama the last one counts.
    jobs = await _by(session, Job, Job.subject, subjects)
    return [_row(file, uploads.get(file.upload_id or ""), scenes.get(file.scene), jobs) for file in files]


async def _by(
    session: AsyncSession, record: Any, column: Any, values: Collection[str], *options: Any
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    wanted = sorted(values)
    for start in range(0, len(wanted), TOGETHER):
        some = wanted[start : start + TOGETHER]
        query = select(record).where(column.in_(some)).options(*options)
        query = query.order_by(record.id) if record is Job else query
        for one in await session.scalars(query):
            found[getattr(one, column.key)] = one
    return found


def _row(file: BatchFile, upload: Upload | None, scene: Scene | None, jobs: dict[str, Job]) -> FileRow:
    asset = scene.panorama if scene else None
    job = jobs.get(f"asset:{asset.id}") if asset else None
    state, error = file.state, file.error
    if file.state == "made":
        state, error = _making(scene, asset, job)
    elif str((error or {}).get("code", "")) in TAKEN_BACK:
        state, error = "gone", None
    return FileRow(
        file.position,
        file.name,
        file.bytes,
        state,
        file.upload_id,
        upload.received if upload else 0,
        bool(upload and upload.state == "complete" and file.state == "waiting"),
        file.scene if scene else "",
        overview.title_of(scene) if scene else dict(file.row.get("title", {})),
        overview.preview_of(asset),
        job.progress if job else 0.0,
        error,
    )


def _making(scene: Scene | None, asset: Asset | None, job: Job | None) -> tuple[str, dict[str, Any] | None]:
    if scene is None:
        return "gone", None
    if asset is None:
        return "failed", None
    if asset.state == "ready":
        return "ready", None
    state = "failed" if asset.state == "failed" else job.state if job else "queued"
    if state == "done":
        state = "running"
    return state, (asset.error or (job.error if job else None)) if state in ("failed", "cancelled") else None
