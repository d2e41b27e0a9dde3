"""Originals and assets as records: keeping an upload, and ordering what is to be made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.assets.info import FACES
from museum.assets.ingest.sniff import media_type_of_file
from museum.assets.models import Asset, AssetBlob, AssetOriginal, Original
from museum.assets.store import Blob, Store
from museum.database import Database
from museum.database.base import now
from museum.jobs import queue
from museum.jobs.models import Job

REMAKEABLE = ("panorama", "image", "model", "recording")
"""Kinds of assets that ingest makes from originals alone."""


async def keep_original(where: Database | AsyncSession, store: Store, path: Path, filename: str) -> Original:
    """Take over the uploaded file at `path` (gone afterwards) byte for byte, and its record. The same file twice is one original,
    under the name that it had first. With a session the record is part of the caller's transaction."""
    media_type = media_type_of_file(path)
    blob = await store.put(path)
    if isinstance(where, AsyncSession):
        return await record_original(where, blob, media_type, filename)
    async with where.write() as session:
        return await record_original(session, blob, media_type, filename)


async def record_original(session: AsyncSession, blob: Blob, media_type: str, filename: str) -> Original:
    """The record of a file that is in the store; the one that there is already, if any."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    await session.execute(
        insert(Original)
        .values(
            digest=blob.digest,
            bytes=blob.bytes,
            media_type=media_type,
            filename=Path(filename.replace("\\", "/")).name[:255] or "unnamed",
            created_at=now(),
        )
        .on_conflict_do_nothing(index_elements=["digest"])
    )
    return (await session.scalars(select(Original).where(Original.digest == blob.digest))).one()


async def begin_asset(
    session: AsyncSession,
    kind: str,
    originals: Sequence[tuple[int, str]],
    options: Mapping[str, Any] | None = None,
    priority: int = 0,
    owner: str | None = None,
) -> Asset:
    """Make a pending asset of (original id, role) pairs and enqueue the job `ingest.{kind}` for it, in the caller's transaction.

    `role` is `whole`, or for the six files of a cube map the face `f r b l u d`; six times `whole` is sorted out by file names.
    Progress: `queue.progress_of(session, f"asset:{asset.id}")`. `options`: see `museum.assets.ingest.layout.lay_out`.
    """
    if not originals:
        raise ValueError("an asset needs an original")
    pairs = list(originals)
    if len(pairs) == len(FACES) and all(role == "whole" for _, role in pairs):
        pairs = await _faces_by_name(session, pairs)
    asset = Asset(kind=kind, state="pending", options=dict(options or {}), owner=owner)
    session.add(asset)
    await session.flush()
    session.add_all(
        AssetOriginal(asset_id=asset.id, position=position, role=role, original_id=original_id)
        for position, (original_id, role) in enumerate(pairs)
    )
    await session.flush()
    await queue.enqueue(session, f"ingest.{kind}", {"asset": asset.id}, subject=f"asset:{asset.id}", priority=priority)
    return asset


async def newer_asset(session: AsyncSession, owner: str, present: int | None) -> Asset | None:
    """The latest asset that was ordered for the record `owner` (`scene:12`) after the one `present` that it shows, with its files; None
    where there is none."""
    return await session.scalar(
        select(Asset)
        .where(Asset.owner == owner, Asset.id > (present or 0))
        .order_by(Asset.id.desc())
        .limit(1)
        .options(selectinload(Asset.blobs))
    )


async def keep_ready_asset(
    session: AsyncSession, kind: str, original_id: int, info: Mapping[str, Any], blobs: Sequence[AssetBlob]
) -> Asset:
    """Record an asset that has been made already, of one original; one of its `blobs` in the store is the `pyramid`."""
    digest = next(blob.digest for blob in blobs if blob.role == "pyramid")
    asset = Asset(kind=kind, state="ready", digest=digest, info=dict(info), ready_at=now())
    asset.originals = [AssetOriginal(position=0, role="whole", original_id=original_id)]
    asset.blobs = list(blobs)
    session.add(asset)
    await session.flush()
    return asset


async def answer(session: AsyncSession, asset_id: int, options: Mapping[str, Any], priority: int = 0) -> None:
    """Try a failed asset again with the curator's answers added to its options. Raises LookupError if there is none such."""
    asset = await session.get(Asset, asset_id)
    if asset is None or asset.state == "ready":
        raise LookupError(asset_id)
    asset.options = {**asset.options, **options}
    asset.state = "pending"
    asset.error = None
    await session.flush()
    # What asked is answered: nobody need see to it any more.
    await session.execute(delete(Job).where(Job.subject == f"asset:{asset.id}", Job.state == "failed"))
    await queue.enqueue(
        session, f"ingest.{asset.kind}", {"asset": asset.id}, subject=f"asset:{asset.id}", priority=priority
    )


async def make_again(session: AsyncSession, asset_id: int, priority: int = 0) -> bool:
    """Order a ready asset anew from its originals, e.g. since a file of it is damaged. Until it is done it is not ready.
    False for what ingest can't make: an asset of another kind, or without originals."""
    asset = await session.get(Asset, asset_id)
    if asset is None or asset.state != "ready" or asset.kind not in REMAKEABLE or not asset.originals:
        return False
    asset.state = "pending"
    await session.flush()
    await queue.enqueue(
        session, f"ingest.{asset.kind}", {"asset": asset.id}, subject=f"asset:{asset.id}", priority=priority
    )
    return True


async def _faces_by_name(session: AsyncSession, pairs: list[tuple[int, str]]) -> list[tuple[int, str]]:
    from museum.assets.ingest.layout import faces_by_name

    rows = await session.execute(select(Original.id, Original.filename).where(Original.id.in_([id for id, _ in pairs])))
    names = {row.id: row.filename for row in rows}
    found = faces_by_name([names.get(id, "") for id, _ in pairs])
    return pairs if found is None else [(pairs[position][0], face) for face, position in found.items()]
