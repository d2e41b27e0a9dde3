"""The job `ingest.model`: one asset, from its original to published levels, stills, a package for iOS and a report.

As with pictures, an asset shows nothing until the last transaction, and whatever dies before leaves at most files that no record mentions.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from pathlib import Path
from typing import Any

import msgspec

from museum.assets.deriving import derive_once
from museum.assets.info import ModelInfo, ModelLevel
from museum.assets.ingest.handlers import failed
from museum.assets.ingest.workplace import abandoned, clear, open_workplace
from museum.assets.models import Asset
from museum.assets.models3d import stages
from museum.assets.models3d.caps import Caps
from museum.assets.models3d.levels import LEVELS
from museum.assets.models3d.node import run_tool
from museum.assets.models3d.refusals import refuse
from museum.assets.models3d.standing import orbit_of
from museum.assets.store import Store
from museum.jobs.child import run_in_child
from museum.jobs.task import ChildFailed, Handler, Limits, Task

log = logging.getLogger(__name__)
GLTF_BINARY, WEBP, USDZ = "model/gltf-binary", "image/webp", "model/vnd.usdz+zip"
MEMORY = 1400 << 20
_MOST_ISSUES = 20
_REASONS = {"memory": "too-much-memory", "cpu": "took-too-long", "timeout": "took-too-long", "crash": "decoder-failed"}


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
            making = _Making(task, original, place.folder, asset.options, caps)
            info = await making.all_stages()
        await task.report(0.97, "store")
        return await _keep(store, place.folder, info)
    finally:
        await clear(place.folder)


class _Making:
    """One model in the making."""

    def __init__(self, task: Task, original: Path, work: Path, options: dict[str, Any], caps: Caps) -> None:
        self._task, self._original, self._work = task, original, work
        self._options, self._caps = options, caps
        self._limits = limits_for(original.stat().st_size)
        self._from, self._to = 0.0, 0.1

    async def all_stages(self) -> dict[str, Any]:
        """From the original to files in the work folder; what goes into the asset's info."""
        original, work = str(self._original), str(self._work)
        seconds: dict[str, float] = {}
        found = await self._stage(stages.look, original, work, self._caps, to=0.05, step="unpack")
        findings = None
        if found["gltf"]:
            started = time.monotonic()
            findings = await self._validate([stages.PACKED], blame=True)
            if found["packed"]:
                order = {"from": str(self._work / stages.PACKED), "to": str(self._work / stages.DECODED)}
                await run_tool("decode", order, self._work, self._limits, blame=True)
            seconds["decode"] = round(time.monotonic() - started, 2)
        facts = await self._stage(stages.shape, original, work, found, self._options, self._caps, to=0.45, step="read")
        for order in facts.pop("orders", ()):
            await run_tool("simplify", order, self._work, self._limits, blame=False)
        await self._bake(facts)
        view = self._options.get("view")
        seen = msgspec.to_builtins(orbit_of(facts["matrix"], view)) if view else None
        made = await self._stage(stages.finish, work, seen, to=0.85, step="levels")
        await self._task.report(0.86, "compress")
        started = time.monotonic()
        node_tools = await self._compress(made["levels"])
        seconds["compress"] = round(time.monotonic() - started, 2)
        facts["seconds"] = {**seconds, **facts["seconds"], **made["seconds"]}
        facts["validator"] = None if findings is None else _summary(findings[stages.PACKED])
        facts |= {"format": found["format"], "tools": {**made["tools"], **node_tools}}
        return {"levels": made["levels"], "facts": facts}

    async def _bake(self, facts: dict[str, Any]) -> None:
        """Paint the light levels anew, at the same time; what can't be painted within the limits keeps the textures that it has."""
        levels = facts.pop("bake")
        started = time.monotonic()
        if levels:
            await self._task.report(self._from, "bake")
        painted = await asyncio.gather(*map(self._painted, levels))
        self._from = 0.65
        facts["seconds"]["bake"] = round(time.monotonic() - started, 2)
        for note, count in (("textures-baked", sum(painted)), ("not-baked", len(levels) - sum(painted))):
            facts["notes"] |= {note: count} if count else {}

    async def _painted(self, level: int) -> bool:
        work = [self._work]
        try:
            await run_in_child(stages.paint, str(self._work), level, limits=self._limits, readable=work, writable=work)
        except ChildFailed as failure:
            if failure.is_others_doing:
                raise
            log.warning("level %d of a model was not baked: %s", level, failure.text[-500:])
            return False
        return True

    async def _stage(self, function: Any, *args: Any, to: float, step: str) -> dict[str, Any]:
        """Run a stage in a child; what it reports moves the job's progress towards `to`."""
        start = self._from

        async def heard(fraction: float, name: str) -> None:
            await self._task.report(start + (to - start) * fraction, name)

        await self._task.report(start, step)
        try:
            made = await run_in_child(
                function, *args, limits=self._limits, readable=[self._original], writable=[self._work], heard=heard
            )
        except ChildFailed as failure:
            if not failure.blames_input:
                raise
            refuse(_REASONS.get(failure.reason, "decoder-failed"), reason=failure.text[-300:])
        self._from = to
        return made

    async def _compress(self, levels: list[dict[str, Any]]) -> dict[str, str]:
        """Hold what was written to the standard, and only then make it small; the versions of what did it."""
        plain = [f"{level['role']}.plain.glb" for level in levels]
        reports = await self._validate(plain, blame=False)
        for name, report in reports.items():
            if report["issues"]["numErrors"]:
                raise RuntimeError(f"{name} is not valid glTF: {json.dumps(report['issues']['messages'][:3])}")
        files = [
            [str(self._work / name), str(self._work / f"{level['role']}.glb")]
            for name, level in zip(plain, levels, strict=True)
        ]
        await run_tool("compress", {"files": files}, self._work, self._limits, blame=False)
        report = reports[plain[0]]
        return {"gltf-validator": report["validatorVersion"], "gltf-transform": report["transformVersion"].lstrip("v")}

    async def _validate(self, names: list[str], *, blame: bool) -> dict[str, Any]:
        files = [[str(self._work / name), str(self._work / f"{name}.report.json")] for name in names]
        await run_tool("validate", {"files": files, "most": _MOST_ISSUES}, self._work, self._limits, blame=blame)
        return {name: json.loads((self._work / f"{name}.report.json").read_bytes()) for name in names}


def limits_for(size: int) -> Limits:
    """What each stage may take for an original of `size` bytes: CPU time rather than the clock, so that a busy machine refuses nothing."""
    cpu = 20 + 10 * (size >> 20)
    return Limits(memory=MEMORY, cpu_seconds=cpu, seconds=20 * cpu)


def _summary(report: dict[str, Any]) -> dict[str, Any]:
    """The validator's findings: how many of each severity, and the messages, each with where it was first met."""
    issues = report["issues"]
    messages: dict[str, dict[str, Any]] = {}
    for issue in issues["messages"]:
        kept = messages.setdefault(
            issue["code"],
            {"code": issue["code"], "severity": issue["severity"], "text": str(issue["message"])[:300],
             "where": str(issue.get("pointer", ""))[:200], "count": 0},
        )  # fmt: skip
        kept["count"] += 1
    return {
        "errors": issues["numErrors"],
        "warnings": issues["numWarnings"],
        "infos": issues["numInfos"] + issues["numHints"],
        "messages": list(messages.values()),
    }


async def _keep(store: Store, work: Path, made: dict[str, Any]) -> dict[str, Any]:
    """Take the files over into the store; blobs, and the asset's info with the report."""
    files = [(level["role"], f"{level['role']}.glb", GLTF_BINARY) for level in made["levels"]]
    files += [("usdz", stages.USDZ, USDZ), ("poster", stages.POSTER, WEBP), ("turntable", stages.TURNTABLE, WEBP)]
    blobs: list[dict[str, Any]] = []
    for role, name, media_type in files:
        path = work / name
        if await asyncio.to_thread(path.exists):
            blob = await store.put(path)
            blobs.append({"role": role, "digest": blob.digest, "bytes": blob.bytes, "media_type": media_type})
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
