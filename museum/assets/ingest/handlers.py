"""The jobs `ingest.panorama` and `ingest.image`: one asset each, from its originals to published files.

An asset shows nothing until the last transaction, which makes it ready with all its blobs and ends the job at once. Whatever
dies before that leaves at most files in the store that no record mentions; `museum check --repair` removes those.
"""

from __future__ import annotations

import asyncio
import shutil
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.ingest.image import make_image
from museum.assets.ingest.panorama import cut_sphere, lay_sphere, make_panorama
from museum.assets.ingest.refusals import refuse
from museum.assets.models import Asset, AssetBlob
from museum.assets.store import BlobMissing, Store
from museum.database import Database
from museum.database.base import now
from museum.jobs.task import ChildFailed, Handler, Limits, Task

TWO_STEPS = 64 << 20
"""Bytes from which a panorama is made in two steps with progress in between."""
_MEMORY = 1536 << 20
_FILES = {
    "pyramid": ("pyramid.tif", "image/tiff"),
    "strip": ("strip.jpg", "image/jpeg"),
    "preview": ("preview.jpg", "image/jpeg"),
}
_REASONS = {"memory": "too-much-memory", "cpu": "took-too-long", "timeout": "took-too-long", "crash": "decoder-failed"}


def handlers(store: Store) -> dict[str, Handler]:
    """What a worker does with jobs `ingest.panorama` and `ingest.image`, reading and writing `store`."""

    async def run(task: Task) -> None:
        await _ingest(task, store)

    handler = Handler(run, failed)
    return {"ingest.panorama": handler, "ingest.image": handler}


async def failed(session: AsyncSession, payload: dict[str, Any], error: dict[str, Any]) -> None:
    """Say in the asset's record why its job came to nothing."""
    asset = await session.get(Asset, payload["asset"])
    if asset is not None and asset.state == "pending":
        asset.state = "failed"
        asset.error = error


async def _ingest(task: Task, store: Store) -> None:
    async with task.database.read() as session:
        asset = (await session.scalars(select(Asset).where(Asset.id == task.payload["asset"]))).one_or_none()
    if asset is None or asset.state == "ready":
        async with task.finish():
            return
    made = await task.step("derive", lambda: _derive(task, store, asset))
    if not await _all_there(store, made):
        task.forget("derive")
        made = await task.step("derive", lambda: _derive(task, store, asset))
    async with task.finish() as session:
        await _publish(session, asset.id, made)


async def _publish(session: AsyncSession, asset_id: int, made: dict[str, Any]) -> None:
    asset = await session.get(Asset, asset_id)
    if asset is None:
        return
    await session.execute(delete(AssetBlob).where(AssetBlob.asset_id == asset_id))
    session.add_all(AssetBlob(asset_id=asset_id, **blob) for blob in made["blobs"])
    asset.digest = next(blob["digest"] for blob in made["blobs"] if blob["role"] == "pyramid")
    asset.info = made["info"]
    asset.error = None
    asset.ready_at = now()
    asset.state = "ready"


async def _all_there(store: Store, made: dict[str, Any]) -> bool:
    try:
        for blob in made["blobs"]:
            if await store.size(blob["digest"]) != blob["bytes"]:
                return False
    except BlobMissing:
        return False
    return True


async def _derive(task: Task, store: Store, asset: Asset) -> dict[str, Any]:
    work = await asyncio.to_thread(_fresh_folder, store.scratch, task.job_id, task.attempt)
    try:
        async with AsyncExitStack() as stack:
            originals: list[tuple[str, str]] = []
            size = 0
            for entry in asset.originals:
                path = await stack.enter_async_context(store.local(entry.original.digest))
                originals.append((str(path), entry.role))
                size += entry.original.bytes
            info = await _in_children(task, asset, originals, size, work)
        blobs = []
        for role, (name, media_type) in _FILES.items():
            path = work / name
            if path.exists():
                blob = await store.put(path)
                blobs.append({"role": role, "digest": blob.digest, "bytes": blob.bytes, "media_type": media_type})
        return {"info": info, "blobs": blobs}
    finally:
        await asyncio.to_thread(shutil.rmtree, work, True)


async def _in_children(
    task: Task, asset: Asset, originals: list[tuple[str, str]], size: int, work: Path
) -> dict[str, Any]:
    readable = [Path(path) for path, _ in originals]
    limits = limits_for(size)

    async def child(function: Any, *args: Any) -> dict[str, Any]:
        try:
            return await task.in_child(function, *args, str(work), limits=limits, readable=readable, writable=[work])
        except ChildFailed as failure:
            if "SIGKILL" in failure.text or (failure.reason == "crash" and "was ended by" not in failure.text):
                raise  # somebody else's doing, or a fault of ours: neither says anything about the file
            refuse(_REASONS.get(failure.reason, "decoder-failed"), reason=failure.text[-300:])

    if asset.kind == "image":
        return await child(make_image, originals[0][0])
    if len(originals) > 1 or size < TWO_STEPS:
        return await child(make_panorama, originals, asset.options)
    await task.report(0.05, "decode")
    facts = await child(lay_sphere, originals[0][0], asset.options)
    await task.report(0.35, "faces")
    info = await child(cut_sphere, facts)
    await task.report(0.9, "store")
    return info


def limits_for(size: int) -> Limits:
    """What making something of `size` bytes of originals may take. CPU time rather than the clock, so that a busy machine refuses
    nothing. Decoding, the part that a hostile file can drag out, has tighter limits of its own: see `decode_budget`."""
    cpu = 90 + 6 * (size >> 20)
    return Limits(memory=_MEMORY, cpu_seconds=cpu, seconds=10 * cpu)


def _fresh_folder(scratch: Path, job_id: int, attempt: int) -> Path:
    """An empty work folder, after what earlier attempts at this job left behind is gone."""
    for leftover in scratch.glob(f"job-{job_id}-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    folder = scratch / f"job-{job_id}-{attempt}"
    folder.mkdir(parents=True)
    return folder


async def abandoned(database: Database, store: Store) -> list[Path]:
    """Work folders in the store's scratch whose jobs are no longer queued or running."""
    from museum.jobs.models import Job

    folders = {path: int(path.name.split("-")[1]) for path in store.scratch.glob("job-*-*") if path.is_dir()}
    async with database.read() as session:
        alive = set(
            await session.scalars(
                select(Job.id).where(Job.id.in_(list(folders.values())), Job.state.in_(("queued", "running")))
            )
        )
    return [path for path, job_id in folders.items() if job_id not in alive]
