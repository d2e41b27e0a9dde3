"""From an uploaded file to a scene's panorama: starting the work, following it, answering its questions, trying again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models import Asset
from museum.assets.originals import answer, begin_asset, newer_asset
from museum.curation.errors import NotFound, Refused
from museum.curation.unmade import FOR_GOOD, question_in
from museum.curation.visibility import forget_with_commit
from museum.jobs import queue
from museum.jobs.models import Job
from museum.scenes.models import Scene

PRIORITY = 10
"""Before work that nobody is waiting for."""
STEREO = ("mono", "over-under", "side-by-side")
"""Answers to the question how a picture of two eyes is laid out; `mono` says that it is none."""


@dataclass(frozen=True)
class Production:
    """How the panorama of a scene is getting on.

    `state` is missing, queued, running, ready, failed or cancelled; `error` has the code of what went wrong; `question` asks for an
    answer, e.g. `stereo`. `replacing` says that this one is to take the place of a ready one, `for_good` that only another file helps.
    """

    state: str
    progress: float = 0.0
    step: str = ""
    error: dict[str, Any] | None = None
    question: str | None = None
    job_id: int | None = None
    replacing: bool = False
    for_good: bool = False


async def newer_panorama(session: AsyncSession, scene: Scene) -> Asset | None:
    """The panorama that is to replace the ready one of `scene`; None where there is none newer."""
    return await newer_asset(session, f"scene:{scene.id}", scene.panorama_id)


async def asset_progress(session: AsyncSession, asset: Asset) -> queue.Progress | None:
    """How the making of an asset is getting on."""
    return await queue.progress_of(session, f"asset:{asset.id}")


async def begin_panorama(session: AsyncSession, scene: Scene, originals: list[tuple[int, str]]) -> Asset:
    """Make a panorama of `(original's id, role)`, one `whole` or the six faces of a cube. A scene without a ready one shows it as
    soon as it is made.

    A ready one stays until the curator takes the new one: visitors never look at a hole, nor at something unseen.
    """
    asset = await begin_asset(session, "panorama", originals, priority=PRIORITY, owner=f"scene:{scene.id}")
    present = await session.get(Asset, scene.panorama_id) if scene.panorama_id else None
    if present is None or present.state != "ready":
        scene.panorama_id = asset.id
        scene.version += 1
    return asset


async def current(session: AsyncSession, scene: Scene) -> Asset | None:
    """The asset that the curator is waiting for: a newer one where there is one, else the scene's own."""
    newer = await newer_panorama(session, scene)
    if newer is not None and not newer.options.get("dismissed"):
        return newer
    return await session.get(Asset, scene.panorama_id) if scene.panorama_id else None


async def production_of(session: AsyncSession, scene: Scene) -> Production:
    """How the panorama is getting on."""
    asset = await current(session, scene)
    if asset is None:
        return Production("missing")
    return await follow(session, asset, replacing=asset.id != scene.panorama_id, for_good=FOR_GOOD)


async def follow(session: AsyncSession, asset: Asset, *, replacing: bool, for_good: frozenset[str]) -> Production:
    """How the making of any asset is getting on; with a code in `for_good` only another file helps."""
    if asset.state == "ready":
        return Production("ready", 1.0, replacing=replacing)
    progress = await asset_progress(session, asset)
    error = asset.error or (progress.error if progress else None)
    state = "failed" if asset.state == "failed" else (progress.state if progress else "queued")
    if state == "done":
        # Between the job's commit and this reading; the next look says ready.
        state = "running"
    code = str((error or {}).get("code", ""))
    return Production(
        state,
        progress.progress if progress else 0.0,
        progress.step if progress else "",
        error if state in ("failed", "cancelled") else None,
        question_in(error) if state == "failed" else None,
        progress.job_id if progress else None,
        replacing,
        state == "failed" and code in for_good,
    )


async def answer_stereo(session: AsyncSession, scene: Scene, layout: str) -> Asset:
    """Go on with the curator's answer how the picture is laid out. Raises Refused, NotFound."""
    if layout not in STEREO:
        raise Refused("answer-unknown")
    asset = await current(session, scene)
    if asset is None:
        raise NotFound("no-panorama")
    if asset.state != "failed":
        raise Refused("answer-late")
    await answer(session, asset.id, {"stereo": layout}, priority=PRIORITY)
    return asset


async def use_newer(session: AsyncSession, scene: Scene) -> None:
    """Show the newer panorama from now on. Raises NotFound, or Refused where it is not ready."""
    newer = await newer_panorama(session, scene)
    if newer is None:
        raise NotFound("no-panorama")
    if newer.state != "ready":
        raise Refused("panorama-not-ready")
    scene.panorama_id = newer.id
    scene.version += 1
    forget_with_commit(session)


async def dismiss_newer(session: AsyncSession, scene: Scene) -> None:
    """Keep the present panorama, and stop the making of the newer one. Raises NotFound."""
    newer = await newer_panorama(session, scene)
    if newer is None:
        raise NotFound("no-panorama")
    newer.options = {**newer.options, "dismissed": True}
    progress = await asset_progress(session, newer)
    if progress is not None and newer.state == "pending":
        await queue.request_cancel(session, progress.job_id)


async def retry_panorama(session: AsyncSession, scene: Scene) -> bool:
    """Try again what failed or was cancelled, from its last finished step on."""
    return await retry_asset(session, await current(session, scene))


async def cancel_panorama(session: AsyncSession, scene: Scene) -> bool:
    """Stop the making of the panorama."""
    return await cancel_asset(session, await current(session, scene))


async def retry_asset(session: AsyncSession, asset: Asset | None) -> bool:
    """Try again the making of `asset`. False where there is nothing to do."""
    progress = await asset_progress(session, asset) if asset else None
    return progress is not None and await retry_job(session, progress.job_id)


async def cancel_asset(session: AsyncSession, asset: Asset | None) -> bool:
    """Stop the making of `asset`. False where there is nothing to do."""
    progress = await asset_progress(session, asset) if asset else None
    return progress is not None and await queue.request_cancel(session, progress.job_id)


async def retry_job(session: AsyncSession, job_id: int) -> bool:
    """Queue a failed or cancelled job again; what it was making counts as under way. False where there is nothing to do."""
    subject = await session.scalar(select(Job.subject).where(Job.id == job_id))
    if not await queue.retry(session, job_id):
        return False
    kind, _, number = (subject or "").partition(":")
    if kind == "asset" and number.isdigit():
        await session.execute(
            update(Asset).where(Asset.id == int(number), Asset.state == "failed").values(state="pending", error=None)
        )
    return True


async def cancel_job(session: AsyncSession, job_id: int) -> bool:
    """Cancel a job; False where it is over already."""
    return await queue.request_cancel(session, job_id)
