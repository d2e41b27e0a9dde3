"""What visitors may see. Reading for the public filters by these conditions; files go out by `PublicFiles`.

A scene is visible if it and its venue are published and its panorama is ready. An image or a model is visible if it is
published, its asset is ready, and the artifact that it shows, if any, is published. All else is visible if it is
published; a place needs its venue to be so too.
"""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models import Asset, AssetBlob
from museum.collection.models import Artifact, Image, Model
from museum.database import Database
from museum.database.generation import Generation, advance_with_commit
from museum.scenes.models import Place, Scene, Venue

PUBLISHED = "published"
READY = "ready"
REMEMBER_SECONDS = 2.0
"""For how long a file that was public counts as public without asking. Withdrawing ends it sooner; this holds for what becomes hidden
otherwise, as when the panorama of a scene is being made again."""
REMEMBER_DIGESTS = 20_000


def asset_is_ready(asset_id: Any) -> ColumnElement[bool]:
    """Whether the asset with this id has been made."""
    return exists(select(1).where(Asset.id == asset_id, Asset.state == READY).correlate_except(Asset))


def scene_is_visible(scene: Any = Scene) -> ColumnElement[bool]:
    """Whether visitors may enter a scene (or an alias of the table)."""
    return and_(
        scene.state == PUBLISHED,
        exists(select(1).where(Venue.id == scene.venue_id, Venue.state == PUBLISHED).correlate_except(Venue)),
        asset_is_ready(scene.panorama_id),
    )


def place_is_visible() -> ColumnElement[bool]:
    """Whether visitors may see a place: it may still have no visible moment."""
    return and_(
        Place.state == PUBLISHED,
        exists(select(1).where(Venue.id == Place.venue_id, Venue.state == PUBLISHED).correlate_except(Venue)),
    )


def image_is_visible() -> ColumnElement[bool]:
    """Whether visitors may see an image."""
    return and_(Image.state == PUBLISHED, asset_is_ready(Image.asset_id), _artifact_allows(Image.artifact_id))


def model_is_visible() -> ColumnElement[bool]:
    """Whether visitors may see a model."""
    return and_(Model.state == PUBLISHED, asset_is_ready(Model.asset_id), _artifact_allows(Model.artifact_id))


def _artifact_allows(artifact_id: Any) -> ColumnElement[bool]:
    shown = exists(select(1).where(Artifact.id == artifact_id, Artifact.state == PUBLISHED).correlate_except(Artifact))
    return or_(artifact_id.is_(None), shown)


WITHDRAWALS = "withdrawals"
"""The generation that is advanced whenever something is withdrawn: see `museum.database.generation`."""


def forget_with_commit(session: AsyncSession) -> None:
    """Have every process forget what is public once the transaction of `session` stands: something is being withdrawn."""
    advance_with_commit(session, WITHDRAWALS)


class PublicFiles:
    """Which files visitors may have. A yes is remembered until something is withdrawn, by whatever process, and for REMEMBER_SECONDS
    at most; a no never."""

    def __init__(self, database: Database) -> None:
        self.withdrawals = Generation(database, WITHDRAWALS)
        self._database = database
        self._known: dict[str, tuple[int, float]] = {}

    def knows(self, digest: str) -> bool:
        """Whether a file is known to be public without asking the database."""
        found = self._known.get(digest)
        return found is not None and found[0] == self.withdrawals.known() and found[1] > time.monotonic()

    async def includes(self, digest: str) -> bool:
        """Whether a file belongs to something that visitors may see."""
        if self.knows(digest):
            return True
        number = await self.withdrawals.current()
        if self.knows(digest):
            return True
        moment = time.monotonic()
        async with self._database.read() as session:
            found = await digest_is_public(session, digest)
        if found:
            if len(self._known) >= REMEMBER_DIGESTS:
                self._known.clear()
            self._known[digest] = (number, moment + REMEMBER_SECONDS)
        return found


async def digest_is_public(session: AsyncSession, digest: str) -> bool:
    """Whether a file belongs to something that visitors may see, asking the database."""
    assets = union(
        select(Asset.id).where(Asset.digest == digest), select(AssetBlob.asset_id).where(AssetBlob.digest == digest)
    ).subquery()
    # The conditions ask once more whether the asset is ready: it is the one found here.
    found = await session.scalar(
        select(
            or_(
                exists(select(1).where(Scene.panorama_id.in_(select(assets.c.id)), scene_is_visible())),
                exists(select(1).where(Image.asset_id.in_(select(assets.c.id)), image_is_visible())),
                exists(select(1).where(Model.asset_id.in_(select(assets.c.id)), model_is_visible())),
            )
        )
    )
    return bool(found)
