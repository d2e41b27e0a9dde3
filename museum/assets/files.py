"""Finding files of ready assets by what they are for, or by their own digest."""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models import Asset, AssetBlob


class StoredFile(msgspec.Struct, frozen=True):
    """A file in the store, `bytes` long."""

    digest: str
    bytes: int
    media_type: str


async def find_role(session: AsyncSession, asset_digest: str, role: str) -> StoredFile | None:
    """The file with this role of the ready asset whose main derivative has `asset_digest`."""
    row = (
        await session.execute(
            select(AssetBlob.digest, AssetBlob.bytes, AssetBlob.media_type)
            .join(Asset, Asset.id == AssetBlob.asset_id)
            .where(Asset.digest == asset_digest, Asset.state == "ready", AssetBlob.role == role)
            .order_by(Asset.id)
            .limit(1)
        )
    ).first()
    return None if row is None else StoredFile(*row)


async def find_file(session: AsyncSession, digest: str, roles: Collection[str]) -> StoredFile | None:
    """The file with this digest, if it has one of `roles` in a ready asset."""
    row = (
        await session.execute(
            select(AssetBlob.digest, AssetBlob.bytes, AssetBlob.media_type)
            .join(Asset, Asset.id == AssetBlob.asset_id)
            .where(AssetBlob.digest == digest, Asset.state == "ready", AssetBlob.role.in_(roles))
            .order_by(Asset.id)
            .limit(1)
        )
    ).first()
    return None if row is None else StoredFile(*row)
