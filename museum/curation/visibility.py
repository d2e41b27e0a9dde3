"""What visitors may see. Reading for the public filters by these conditions; files go out by `PublicFiles`.

A scene is visible if it and its venue are published and its panorama is ready. An image or a model is visible if it is
published, its asset is ready, and the artifact that it shows, if any, is published. The picture of a floor plan is visible
if its venue is published. All else is visible if it is published; a place needs its venue to be so too. Whoever comes with
the link of a preview sees what it grants besides: `granting`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, inspect, or_, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models import Asset, AssetBlob
from museum.collection.models import Activity, Artifact, Exhibition, Image, Model
from museum.database import Database
from museum.database.generation import Generation, advance_with_commit
from museum.database.remembered import Remembered
from museum.scenes.models import Floor, Hotspot, Place, Scene, Venue

PUBLISHED = "published"
READY = "ready"
REMEMBER_DIGESTS = 20_000


Granted = Mapping[str, frozenset[int]]
"""Ids by kind of what somebody sees besides what is public."""

_granted: ContextVar[Granted | None] = ContextVar("granted", default=None)
_KINDS: dict[Any, str] = {
    Venue: "venue",
    Place: "place",
    Scene: "scene",
    Artifact: "artifact",
    Image: "image",
    Model: "model",
    Exhibition: "exhibition",
    Activity: "activity",
}


@contextmanager
def granting(granted: Granted | None) -> Iterator[None]:
    """Have what is asked in the block answered for somebody who sees `granted` besides. What is found so is for nobody else: it must
    not be remembered."""
    token = _granted.set(granted)
    try:
        yield
    finally:
        _granted.reset(token)


def is_granting() -> bool:
    """Whether more is seen than what is public."""
    return _granted.get() is not None


def granted(kind: str) -> frozenset[int]:
    """Ids of records of `kind` that are seen besides those that are public."""
    found = _granted.get()
    return found.get(kind, frozenset()) if found else frozenset()


def or_granted(condition: ColumnElement[bool], kind: str, number: Any) -> ColumnElement[bool]:
    """`condition`, or that the record with the id `number` is granted."""
    ids = granted(kind)
    return or_(condition, number.in_(sorted(ids))) if ids else condition


def is_published(record: Any) -> ColumnElement[bool]:
    """Whether a record (a class or an alias of one) is published, for whoever asks."""
    return or_granted(record.state == PUBLISHED, _KINDS[inspect(record).mapper.class_], record.id)


def is_shown(record: Any) -> bool:
    """Whether a loaded record is published, for whoever asks."""
    return record.state == PUBLISHED or record.id in granted(_KINDS[type(record)])


def asset_is_ready(asset_id: Any) -> ColumnElement[bool]:
    """Whether the asset with this id has been made."""
    return exists(select(1).where(Asset.id == asset_id, Asset.state == READY).correlate_except(Asset))


def _venue_is_published(venue_id: Any) -> ColumnElement[bool]:
    return exists(select(1).where(Venue.id == venue_id, Venue.state == PUBLISHED).correlate_except(Venue))


def scene_is_visible(scene: Any = Scene) -> ColumnElement[bool]:
    """Whether visitors may enter a scene (or an alias of the table)."""
    public = and_(scene.state == PUBLISHED, _venue_is_published(scene.venue_id))
    return and_(or_granted(public, "scene", scene.id), asset_is_ready(scene.panorama_id))


def place_is_visible() -> ColumnElement[bool]:
    """Whether visitors may see a place: it may still have no visible moment."""
    return or_granted(and_(Place.state == PUBLISHED, _venue_is_published(Place.venue_id)), "place", Place.id)


def image_is_visible() -> ColumnElement[bool]:
    """Whether visitors may see an image."""
    public = and_(Image.state == PUBLISHED, _artifact_allows(Image.artifact_id))
    return and_(or_granted(public, "image", Image.id), asset_is_ready(Image.asset_id))


def model_is_visible() -> ColumnElement[bool]:
    """Whether visitors may see a model."""
    public = and_(Model.state == PUBLISHED, _artifact_allows(Model.artifact_id))
    return and_(or_granted(public, "model", Model.id), asset_is_ready(Model.asset_id))


def _artifact_allows(artifact_id: Any) -> ColumnElement[bool]:
    shown = exists(select(1).where(Artifact.id == artifact_id, Artifact.state == PUBLISHED).correlate_except(Artifact))
    return or_(artifact_id.is_(None), shown)


WITHDRAWALS = "withdrawals"
"""The generation that is advanced whenever something is withdrawn: see `museum.database.generation`."""


def forget_with_commit(session: AsyncSession) -> None:
    """Have every process forget what is public once the transaction of `session` stands: something is being withdrawn."""
    advance_with_commit(session, WITHDRAWALS)


class PublicFiles:
    """Which files visitors may have. A yes is remembered until something is withdrawn, by whatever process, and for two seconds at most,
    for what becomes hidden otherwise, as when the panorama of a scene is being made again; a no never."""

    def __init__(self, database: Database) -> None:
        self.withdrawals = Generation(database, WITHDRAWALS)
        self._database = database
        self._public: Remembered[str, bool] = Remembered(self._ask, self.withdrawals, REMEMBER_DIGESTS)

    def knows(self, digest: str) -> bool:
        """Whether a file is known to be public without asking the database."""
        return self._public.recall(digest) is not None

    async def includes(self, digest: str) -> bool:
        """Whether a file belongs to something that visitors may see."""
        if self.knows(digest):
            return True
        if is_granting():
            return await self._ask(digest) is not None
        return await self._public.find(digest) is not None

    async def _ask(self, digest: str) -> bool | None:
        async with self._database.read() as session:
            return await digest_is_public(session, digest) or None


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
                exists(
                    select(1)
                    .select_from(Floor)
                    .join(Venue, Venue.id == Floor.venue_id)
                    .where(Floor.picture_id.in_(select(assets.c.id)), is_published(Venue))
                ),
                exists(
                    select(1)
                    .select_from(Hotspot)
                    .join(Scene, Scene.id == Hotspot.scene_id)
                    .where(
                        Hotspot.recording_id.in_(select(assets.c.id)),
                        asset_is_ready(Hotspot.recording_id),
                        Hotspot.unplaced.is_(False),
                        scene_is_visible(),
                    )
                ),
            )
        )
    )
    return bool(found)
