"""The job `ingest.recording`: one asset, from a sound or film as it was delivered to one that every browser plays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from museum.assets.deriving import derive_once
from museum.assets.ingest.handlers import failed
from museum.assets.ingest.workplace import abandoned, clear, open_workplace
from museum.assets.models import Asset
from museum.assets.recordings import make
from museum.assets.recordings.refusals import refuse
from museum.assets.store import Store
from museum.jobs.task import ChildFailed, Handler, Limits, Task

TYPES = {"mp4": "video/mp4", "m4a": "audio/mp4", "mp3": "audio/mpeg"}
"""Media types of recordings by their format."""
_PROBING = Limits(memory=1 << 30, cpu_seconds=20, seconds=120)


def handlers(store: Store) -> dict[str, Handler]:
    """What a worker does with jobs `ingest.recording`."""

    async def run(task: Task) -> None:
        await derive_once(task, store, "recording", lambda asset: _derive(task, store, asset))

    return {"ingest.recording": Handler(run, failed)}


async def _derive(task: Task, store: Store, asset: Asset) -> dict[str, Any]:
    for left in await abandoned(task.database, store):
        await clear(left)
    place = await open_workplace(task, store.scratch)
    try:
        [entry] = asset.originals
        async with store.local(entry.original.digest) as original:
            kind = asset.options["kind"]
            seconds = await _in_child(task, make.probe, original, kind, place.folder, _PROBING)
            info = await _in_child(task, make.make, original, kind, place.folder, limits_for(kind, seconds))
        await task.report(0.98, "store")
        return {"info": info, "blobs": await _keep(store, place.folder, info["format"])}
    finally:
        await clear(place.folder)


async def _keep(store: Store, folder: Path, form: str) -> list[dict[str, Any]]:
    files = [("recording", folder / f"{make.NAME}.{form}", TYPES[form])]
    if (folder / make.POSTER).exists():
        files.append(("poster", folder / make.POSTER, "image/jpeg"))
    blobs: list[dict[str, Any]] = []
    for role, path, media_type in files:
        blob = await store.put(path)
        blobs.append({"role": role, "digest": blob.digest, "bytes": blob.bytes, "media_type": media_type})
    return blobs


async def _in_child(task: Task, function: Any, original: Path, kind: str, work: Path, limits: Limits) -> Any:
    try:
        return await task.in_child(
            function, str(original), kind, str(work), limits=limits, readable=[original], writable=[work]
        )
    except ChildFailed as failure:
        if not failure.blames_input:
            raise
        slow = failure.reason in ("cpu", "timeout")
        refuse("recording-took-too-long" if slow else "recording-damaged", reason=failure.text[-300:])


def limits_for(kind: str, seconds: float) -> Limits:
    """What making a recording of so many seconds may take: CPU time rather than the clock, so that a busy machine refuses nothing."""
    cpu = 60 + round(seconds * (12 if kind == "video" else 1))
    return Limits(memory=(3 << 30) // 2, cpu_seconds=cpu, seconds=10 * cpu)
