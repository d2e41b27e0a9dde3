"""Originals as uploaded, and the assets made of them.

An asset is one upload's finished form: the panorama of a scene, the pyramid of an image, the light model of an object.
Records point to an asset; replacing a picture makes a new asset and, once that is ready, moves the pointer.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from museum.database.base import Base, BigId, Identified, now, one_of

ASSET_KINDS = ("panorama", "image", "model", "recording")
ASSET_STATES = ("pending", "ready", "failed")


class Original(Identified, Base):
    """An uploaded file, kept byte for byte under its SHA-256."""

    __tablename__ = "original"

    digest: Mapped[str] = mapped_column(String(64), unique=True)
    bytes: Mapped[int] = mapped_column(BigId)
    media_type: Mapped[str] = mapped_column(String(80))
    filename: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime] = mapped_column(default=now)


class Asset(Identified, Base):
    """A derivative in the making, made, or failed. `info` is a `PanoramaInfo`, `ImageInfo`, `ModelInfo` or
    `RecordingInfo`."""

    __tablename__ = "asset"

    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), default="pending")
    digest: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 of the main derivative: the digest in `/tiles/{digest}/…` and `/models/{digest}.glb`."""
    info: Mapped[dict[str, Any]] = mapped_column(default=dict)
    owner: Mapped[str | None] = mapped_column(String(40))
    """The record for which it was ordered, e.g. `scene:12`: the latest of its assets may be a newer one than the record shows."""
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the curator answered to questions about the original, e.g. `{"stereo": "over-under"}`."""
    error: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    ready_at: Mapped[datetime | None]

    originals: Mapped[list[AssetOriginal]] = relationship(order_by="AssetOriginal.position", lazy="selectin")
    blobs: Mapped[list[AssetBlob]] = relationship(lazy="raise")

    __table_args__ = (
        one_of("kind", ASSET_KINDS),
        one_of("state", ASSET_STATES),
        CheckConstraint("state <> 'ready' OR digest IS NOT NULL", name="ready"),
        Index("ix_asset_digest", "digest"),
        Index("ix_asset_owner", "owner", "id"),
        Index("ix_asset_state", "state"),
    )


class AssetOriginal(Base):
    """The originals of an asset in order: one, or the six files of a cube map (`role` then is the face)."""

    __tablename__ = "asset_original"

    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, default=0)
    role: Mapped[str] = mapped_column(String(16), default="whole")
    original_id: Mapped[int] = mapped_column(ForeignKey("original.id"))

    original: Mapped[Original] = relationship(lazy="joined")


class AssetBlob(Base):
    """A file in the store that belongs to an asset, by what it is for: pyramid, strip, preview, poster, model."""

    __tablename__ = "asset_blob"

    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(32), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    bytes: Mapped[int] = mapped_column(BigId)
    media_type: Mapped[str] = mapped_column(String(80))
