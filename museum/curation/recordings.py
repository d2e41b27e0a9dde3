"""The sounds and films of hotspots as a curator gives them: from an uploaded file to what visitors hear and see.

All functions work inside the caller's transaction. A recording that is there stays until the curator takes the new one.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models import Asset
from museum.assets.originals import begin_asset, newer_asset
from museum.curation.drafting import touch
from museum.curation.errors import NotFound, Refused
from museum.curation.placing import RECORDED
from museum.curation.production import PRIORITY, Production, follow
from museum.curation.visibility import forget_with_commit
from museum.jobs import queue
from museum.scenes.addresses import recording_address
from museum.scenes.models import Hotspot, Scene

FOR_GOOD = frozenset(
    {
        *("empty-file", "not-a-recording", "recording-damaged", "recording-no-picture", "recording-no-sound"),
        *("recording-too-long", "film-size"),
    }
)
"""Refusals that lie in the file, so that only another file helps."""


async def begin_recording(session: AsyncSession, scene: Scene, hotspot: Hotspot, original_id: int) -> Asset:
    """Make the sound or film of an original, for a hotspot that is one. It plays as soon as it is made, unless another one plays already.
    Raises Refused."""
    if hotspot.kind not in RECORDED:
        raise Refused("answer-unknown")
    originals, options = [(original_id, "whole")], {"kind": hotspot.kind}
    asset = await begin_asset(session, "recording", originals, options, PRIORITY, owner=f"hotspot:{hotspot.id}")
    present = await session.get(Asset, hotspot.recording_id) if hotspot.recording_id else None
    if hotspot.url is None and (present is None or present.state != "ready"):
        hotspot.recording_id = asset.id
        touch(scene)
    return asset


async def newer(session: AsyncSession, hotspot: Hotspot) -> Asset | None:
    """What is to take the place of the recording; None where there is nothing newer."""
    found = await newer_asset(session, f"hotspot:{hotspot.id}", hotspot.recording_id)
    return None if found is None or found.options.get("dismissed") else found


async def current(session: AsyncSession, hotspot: Hotspot) -> Asset | None:
    """The asset that the curator is waiting for: a newer one where there is one, else the hotspot's own."""
    found = await newer(session, hotspot)
    if found is not None or hotspot.recording_id is None:
        return found
    return await session.get(Asset, hotspot.recording_id)


async def production_of(session: AsyncSession, hotspot: Hotspot) -> Production:
    """How a recording is getting on: `missing` where a file is still to come."""
    asset = await current(session, hotspot)
    if asset is None:
        return Production("ready", 1.0) if hotspot.url else Production("missing")
    return await follow(session, asset, replacing=asset.id != hotspot.recording_id, for_good=FOR_GOOD)


async def productions(session: AsyncSession, scene: Scene) -> dict[int, Production]:
    """How the recordings of a scene's hotspots are getting on, by hotspot."""
    spots = await session.scalars(select(Hotspot).where(Hotspot.scene_id == scene.id, Hotspot.kind.in_(RECORDED)))
    return {hotspot.id: await production_of(session, hotspot) for hotspot in spots.all()}


async def playable(session: AsyncSession, scene: Scene) -> dict[int, str]:
    """Addresses of the recordings of a scene's hotspots that are ready, by hotspot."""
    rows = await session.execute(
        select(Hotspot.id, Asset.digest, Asset.info)
        .join(Asset, Asset.id == Hotspot.recording_id)
        .where(Hotspot.scene_id == scene.id, Asset.state == "ready")
    )
    return {number: recording_address(str(digest), info["format"]) for number, digest, info in rows}


async def use_newer(session: AsyncSession, scene: Scene, hotspot: Hotspot) -> None:
    """Play the newer recording from now on. Raises NotFound, or Refused where it is not ready."""
    found = await newer(session, hotspot)
    if found is None:
        raise NotFound("no-such-hotspot")
    if found.state != "ready":
        raise Refused("recording-not-ready")
    hotspot.recording_id, hotspot.url = found.id, None
    touch(scene)
    forget_with_commit(session)


async def dismiss_newer(session: AsyncSession, hotspot: Hotspot) -> None:
    """Keep the present recording, and stop the making of the newer one. Raises NotFound."""
    found = await newer(session, hotspot)
    if found is None:
        raise NotFound("no-such-hotspot")
    found.options = {**found.options, "dismissed": True}
    progress = await queue.progress_of(session, f"asset:{found.id}")
    if progress is not None and found.state == "pending":
        await queue.request_cancel(session, progress.job_id)
