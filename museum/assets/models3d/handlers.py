"""The job `ingest.model`: one asset, from its original to published levels, stills, a package for iOS and a report.

As with pictures, an asset shows nothing until the last transaction, and whatever dies before leaves at most files that no record mentions.
Steps that are done are not done again, by whichever attempt.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import msgspec

from museum.assets.deriving import derive_once
from museum.assets.info import ModelInfo, ModelLevel
from museum.assets.ingest.handlers import failed
from museum.assets.ingest.workplace import abandoned, clear, open_workplace
from museum.assets.models import Asset
from museum.assets.models3d import handover
from museum.assets.models3d.caps import Caps
from museum.assets.models3d.levels import LEVELS
from museum.assets.models3d.making import Making
from museum.assets.store import Store
from museum.jobs.task import Handler, JobRefused, Task

GLTF_BINARY, WEBP, USDZ = "model/gltf-binary", "image/webp", "model/vnd.usdz+zip"


def handlers(store: Store, caps: Caps = Caps()) -> dict[str, Handler]:  # noqa: B008  (frozen)
    """What a worker does with jobs `ingest.model`."""

    async def run(task: Task) -> None:
        await derive_once(task, store, LEVELS[0].role, lambda asset: _derive(task, store, asset, caps))

    return {"ingest.model": Handler(run, failed)}


async def _derive(task: Task, store: Store, asset: Asset, caps: Caps) -> dict[str, Any]:
    for left in await abandoned(task.database, store):
        await clear(left)
    place = await open_workplace(task, store.scratch)
    try:
        [entry] = asset.originals
        async with store.local(entry.original.digest) as original:
            making = Making(task, place, original, asset.options, caps)
            made = await making.all_steps()
        await task.report(0.97, "store")
        found = await _keep(store, making, made)
    except JobRefused:
        await clear(place.folder)
        raise
    except BaseException:
        if place.made is None:
            await clear(place.folder)
        raise
    await clear(place.folder)
    return found


async def _keep(store: Store, making: Making, made: dict[str, Any]) -> dict[str, Any]:
    """Take the files over into the store; blobs, and the asset's info with the report."""
    files = [(level["role"], f"{level['role']}.glb", GLTF_BINARY) for level in made["levels"]]
    files += [("usdz", handover.USDZ, USDZ), ("poster", handover.POSTER, WEBP), ("turntable", handover.TURNTABLE, WEBP)]
    blobs: list[dict[str, Any]] = []
    for role, name, media_type in files:

        async def put(role: str = role, path: Path = making.work / name, media_type: str = media_type) -> Any:
            if not await asyncio.to_thread(path.exists):
                return None  # a package for iOS, where no library makes one
            blob = await store.put(path)
            return {"role": role, "digest": blob.digest, "bytes": blob.bytes, "media_type": media_type}

        blob = await making.kept(f"store-{role}", put)
        if blob is not None:
            blobs.append(blob)
    known = {blob["role"]: blob for blob in blobs}
    levels = [
        ModelLevel(
            role=level["role"],
            digest=known[level["role"]]["digest"],
            bytes=known[level["role"]]["bytes"],
            triangles=level["triangles"],
            texture=level["texture"],
        )
        for level in made["levels"]
    ]
    facts = made["facts"]
    x, y, z = facts["bounds"]
    matrix = facts.pop("matrix")
    info = ModelInfo(triangles=levels[0].triangles, bounds=(x, y, z), levels=levels, report=facts, matrix=matrix)
    return {"info": msgspec.to_builtins(info), "blobs": blobs}
