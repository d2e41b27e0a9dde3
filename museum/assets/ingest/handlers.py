"""The jobs `ingest.panorama` and `ingest.image`: one asset each, from its originals to published files.

An asset shows nothing until the last transaction, which makes it ready with all its blobs and ends the job at once. Whatever
dies before that leaves at most files in the store that no record mentions; `museum check --repair` removes those.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.deriving import derive_once
from museum.assets.ingest import panorama
from museum.assets.ingest.image import make_image, make_plan
from museum.assets.ingest.panorama import ENCODED
from museum.assets.ingest.refusals import refusal_of, refuse
from museum.assets.ingest.workplace import Workplace, abandoned, clear, open_workplace
from museum.assets.models import Asset
from museum.assets.store import Store
from museum.jobs.task import ChildFailed, Handler, JobRefused, Limits, Task

Child = Callable[..., Awaitable[dict[str, Any]]]

_MEMORY = 1536 << 20
_FILES = {
    "pyramid": ("pyramid.tif", "image/tiff"),
    "strip": ("strip.jpg", "image/jpeg"),
    "preview": ("preview.jpg", "image/jpeg"),
}


def handlers(store: Store) -> dict[str, Handler]:
    """What a worker does with jobs `ingest.panorama` and `ingest.image`, reading and writing `store`."""

    async def run(task: Task) -> None:
        await derive_once(task, store, "pyramid", lambda asset: _derive(task, store, asset))

    handler = Handler(run, failed)
    return {"ingest.panorama": handler, "ingest.image": handler}


async def failed(session: AsyncSession, payload: dict[str, Any], error: dict[str, Any]) -> None:
    """Say in the asset's record why its job came to nothing."""
    asset = await session.get(Asset, payload["asset"])
    if asset is not None and asset.state == "pending":
        asset.state = "failed"
        asset.error = error


async def _derive(task: Task, store: Store, asset: Asset) -> dict[str, Any]:
    for left in await abandoned(task.database, store):
        await clear(left)
    place = await open_workplace(task, store.scratch)
    try:
        info = await _in_children(task, store, asset, place)
        await task.report(ENCODED, "store")
        blobs = []
        for role, (name, media_type) in _FILES.items():
            path = place.folder / name
            if path.exists():
                blob = await store.put(path)
                blobs.append({"role": role, "digest": blob.digest, "bytes": blob.bytes, "media_type": media_type})
    except JobRefused:
        await clear(place.folder)
        raise
    except BaseException:
        if place.made is None:
            await clear(place.folder)
        raise
    await clear(place.folder)
    return {"info": info, "blobs": blobs}


async def _in_children(task: Task, store: Store, asset: Asset, place: Workplace) -> dict[str, Any]:
    async with AsyncExitStack() as stack:
        originals: list[tuple[str, str]] = []
        size = 0
        for entry in asset.originals:
            path = await stack.enter_async_context(store.local(entry.original.digest))
            originals.append((str(path), entry.role))
            size += entry.original.bytes
        child = _child(task, [Path(path) for path, _ in originals], limits_for(size), place.folder)
        if asset.kind == "image":
            return await child(make_plan if asset.options.get("plan") else make_image, originals[0][0])
        return await _panorama(task, place, child, originals, asset.options)


async def _panorama(
    task: Task, place: Workplace, child: Child, originals: list[tuple[str, str]], options: dict[str, Any]
) -> dict[str, Any]:
    """Stage after stage, each in a child of its own and remembered, from the one that an earlier attempt came to."""
    made = place.made or await child(panorama.decode, originals, options)
    while made["next"]:
        if made is not place.made:
            await place.note(task, made, panorama.LEAVINGS[made["next"]])
        made = await child(panorama.STAGES[made["next"]], made)
    return made["info"]


def _child(task: Task, readable: list[Path], limits: Limits, work: Path) -> Child:
    """A way to call functions that work in `work` in children of this job, which makes refusals of what a file does to them."""

    async def call(function: Any, *args: Any) -> dict[str, Any]:
        try:
            return await task.in_child(function, *args, str(work), limits=limits, readable=readable, writable=[work])
        except ChildFailed as failure:
            code = refusal_of(failure)
            if code is None:
                raise
            refuse(code, reason=failure.text[-300:])

    return call


def limits_for(size: int) -> Limits:
    """What making something of `size` bytes of originals may take. CPU time rather than the clock, so that a busy machine refuses
    nothing. Decoding, the part that a hostile file can drag out, has tighter limits of its own: see `decode_budget`."""
    cpu = 90 + 6 * (size >> 20)
    return Limits(memory=_MEMORY, cpu_seconds=cpu, seconds=10 * cpu)
