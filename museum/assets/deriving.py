"""What all jobs that make a derivative do at their end: see that the files are there, and make the asset ready with them at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models import Asset, AssetBlob
from museum.assets.store import BlobMissing, Store
from museum.database.base import now
from museum.jobs.task import Task

Made = dict[str, Any]
"""`{"info": …, "blobs": [{"role", "digest", "bytes", "media_type"}]}`."""


async def derive_once(task: Task, store: Store, main: str, derive: Callable[[Asset], Awaitable[Made]]) -> None:
    """Have `derive` make the files of the job's asset unless an earlier attempt has, and end the job with the asset ready.
    The asset's digest is that of the file with the role `main`."""
    async with task.database.read() as session:
        asset = (await session.scalars(select(Asset).where(Asset.id == task.payload["asset"]))).one_or_none()
    if asset is None or asset.state == "ready":
        async with task.finish():
            return
    made = await task.step("derive", lambda: derive(asset))
    if not await _all_there(store, made):
        task.forget("derive")
        made = await task.step("derive", lambda: derive(asset))
    async with task.finish() as session:
        await _publish(session, asset.id, main, made)


async def _publish(session: AsyncSession, asset_id: int, main: str, made: Made) -> None:
    asset = await session.get(Asset, asset_id)
    if asset is None:
        return
    await session.execute(delete(AssetBlob).where(AssetBlob.asset_id == asset_id))
    session.add_all(AssetBlob(asset_id=asset_id, **blob) for blob in made["blobs"])
    asset.digest = next(blob["digest"] for blob in made["blobs"] if blob["role"] == main)
    asset.info = made["info"]
    asset.error = None
    asset.ready_at = now()
    asset.state = "ready"


async def _all_there(store: Store, made: Made) -> bool:
    try:
        return all([await store.size(blob["digest"]) == blob["bytes"] for blob in made["blobs"]])
    except BlobMissing:
        return False
