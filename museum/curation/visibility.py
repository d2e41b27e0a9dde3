"""What visitors may see. Reading for the public filters by these conditions; files go out by `digest_is_public`.

A scene is visible if it and its venue are published and its panorama is ready. An image or a model is visible if it is
published, its asset is ready, and the artifact that it shows, if any, is published. All else is visible if it is
published; a place needs its venue to be so too.
"""

from __future__ import annotations

import time
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, and_, event, exists, or_, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models import Asset, AssetBlob
from museum.collection.models import Artifact, Image, Model
from museum.scenes.models import Place, Scene, Venue

PUBLISHED = "published"
READY = "ready"
REMEMBER_SECONDS = 2.0
"""For how long a file that was public counts as public without asking: what is withdrawn is gone after this."""
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


_public: WeakKeyDictionary[Any, dict[str, float]] = WeakKeyDictionary()
"""Moments (monotonic seconds) until which digests are known to be public, by engine."""
_withdrawals: WeakKeyDictionary[Any, int] = WeakKeyDictionary()


def _key(engine: Any) -> Any:
    """What the engines for reading and for writing have in common: their connections."""
    return engine.sync_engine.pool


def recently_public(engine: Any, digest: str) -> bool:
    """Whether a file was found to be public a moment ago, without asking the database of `engine`."""
    return _public.get(_key(engine), {}).get(digest, 0.0) > time.monotonic()


def forget_public(engine: Any) -> None:
    """Ask the database again for every file: something has just been withdrawn."""
    _withdrawals[_key(engine)] = withdrawals(engine) + 1
    _public.pop(_key(engine), None)


def withdrawals(engine: Any) -> int:
    """How often this process has forgotten what is public. What was read before the last time no longer holds."""
    return _withdrawals.get(_key(engine), 0)


def forget_after_commit(session: AsyncSession) -> None:
    """Forget what is public once the transaction of `session` stands."""
    event.listen(session.sync_session, "after_commit", lambda _: forget_public(session.bind), once=True)


async def digest_is_public(session: AsyncSession, digest: str) -> bool:
    """Whether a file belongs to something that visitors may see. A yes is remembered for a moment, a no never."""
    engine = session.bind
    if recently_public(engine, digest):
        return True
    before = withdrawals(engine)
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
    if found and before == withdrawals(engine):
        known = _public.setdefault(_key(engine), {})
        if len(known) >= REMEMBER_DIGESTS:
            known.clear()
        known[digest] = time.monotonic() + REMEMBER_SECONDS
    return bool(found)
