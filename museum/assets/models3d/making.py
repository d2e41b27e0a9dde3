"""One model in the making: steps in children, side by side where none waits for another, each remembered with the files that it left."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from museum.assets.ingest.workplace import Workplace
from museum.assets.models3d import finishing, stages
from museum.assets.models3d.caps import Caps
from museum.assets.models3d.handover import BUNDLE, DECODED, PACKED, POINTS, POSTER, SOLID, TURNTABLE, USDZ, since
from museum.assets.models3d.levels import LEVELS, TARGETS
from museum.assets.models3d.node import run_tool
from museum.assets.models3d.refusals import refuse
from museum.assets.models3d.standing import orbit_of
from museum.jobs.child import run_in_child
from museum.jobs.task import ChildFailed, Limits, Task

log = logging.getLogger(__name__)
MEMORY = 1400 << 20
_AT_ONCE = 2
"""Children of one model."""
_LARGE = 1_000_000
"""Triangles of an original beyond which its levels are painted one after the other: each holds the whole of it."""
_MOST_ISSUES = 20
_REASONS = {"memory": "too-much-memory", "cpu": "took-too-long", "timeout": "took-too-long", "crash": "decoder-failed"}
_STEPS = {
    "look": (5, "unpack"),
    "shape": (25, "read"),
    "paint-1": (22, "bake"),
    "paint-2": (22, "bake"),
    "show": (6, "levels"),
    "light": (6, "levels"),
    "headset": (6, "levels"),
    "compress": (8, "compress"),
}
"""Of the whole in hundredths: about what each takes of the time of a scan of half a million triangles; and what the curator reads."""
_MOST_DONE = 0.96
_HEADSET = TARGETS.index(LEVELS[-1].triangles)
_SHAPED = (SOLID, BUNDLE, POINTS, "level-*.bin", "bare-*.bin", "order-*/*", "textures/*", "in/*")


class Making:
    """The steps from an original to the files that are published, in the folder of a job."""

    def __init__(self, task: Task, place: Workplace, original: Path, options: dict[str, Any], caps: Caps) -> None:
        self._task, self._place, self._original = task, place, original
        self.work = place.folder
        self._options, self._caps = options, caps
        self._limits = limits_for(original.stat().st_size)
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._easels = asyncio.Semaphore(_AT_ONCE)
        self._done: dict[str, float] = {}

    async def all_steps(self) -> dict[str, Any]:
        """From the original to files in the work folder: `levels` and `facts` for the asset's info."""
        original, work = str(self._original), str(self.work)
        found = await self._step("look", [PACKED], lambda: self._child("look", stages.look, original, work, self._caps))
        findings, facts = await together(self._findings(found), self._shaped(found))
        if facts["sourceTriangles"] > _LARGE:
            self._easels = asyncio.Semaphore(1)
        painting = {level: asyncio.ensure_future(self._painted(level)) for level in facts["bake"]}
        self._finished(*(f"paint-{level}" for level in range(len(TARGETS)) if level not in painting))
        try:
            parts = await together(
                self._shown(facts["matrix"]),
                self._light(list(painting.values())),
                self._for_headsets([task for level, task in painting.items() if level == _HEADSET]),
            )
            painted = [await task for task in painting.values()]
        finally:
            await end(painting.values())
        found_levels = {level["role"]: level for part in parts for level in part["levels"]}
        levels = [found_levels[level.role] for level in LEVELS if level.role in found_levels]
        packed = [f"{level['role']}.glb" for level in levels]
        tools = await self._step("compress", packed, lambda: self._compressed(levels))
        seconds = dict(facts["seconds"])
        for part in (*painted, *parts, tools):
            seconds |= part["seconds"]
        notes = {"textures-baked": sum(one["baked"] for one in painted)}
        notes["not-baked"] = len(painted) - notes["textures-baked"]
        hidden = ("bake", "orders")
        facts = {name: value for name, value in facts.items() if name not in hidden} | {
            "notes": facts["notes"] | {note: count for note, count in notes.items() if count},
            "seconds": seconds,
            "validator": findings,
            "format": found["format"],
            "tools": {**finishing.tools(), **tools["versions"]},
        }
        return {"levels": levels, "facts": facts}

    async def kept(self, name: str, work: Callable[[], Awaitable[Any]]) -> Any:
        """The result of a step that leaves nothing here."""
        return await self._step(name, [], work)

    async def _step(self, name: str, leaves: Sequence[str], work: Callable[[], Awaitable[Any]]) -> Any:
        result = await self._place.step(self._task, name, leaves, work)
        self._finished(name)
        return result

    async def _findings(self, found: dict[str, Any]) -> dict[str, Any] | None:
        """What the validator says of a glTF as it was delivered."""
        if not found["gltf"]:
            return None

        async def validated() -> dict[str, Any]:
            return _summary((await self._validate([PACKED], blame=True))[PACKED])

        return await self._step("findings", [], validated)

    async def _shaped(self, found: dict[str, Any]) -> dict[str, Any]:
        """The model read, measured and made lighter; facts for the report."""
        original, work = str(self._original), str(self.work)
        seconds: dict[str, float] = {}
        if found["packed"]:
            seconds["decode"] = await self._step("decode", [DECODED], self._decoded)
        facts = await self._step(
            "shape",
            _SHAPED,
            lambda: self._child("shape", stages.shape, original, work, found, self._options, self._caps),
        )
        for number, order in enumerate(facts.get("orders", ())):
            await self._step(
                f"simplify-{number}", _SHAPED, lambda order=order: self._tool("simplify", order, blame=False)
            )
        return {**facts, "seconds": seconds | facts["seconds"]}

    async def _decoded(self) -> float:
        started = time.monotonic()
        order = {"from": str(self.work / PACKED), "to": str(self.work / DECODED)}
        await self._tool("decode", order, blame=True)
        return since(started)

    async def _painted(self, level: int) -> dict[str, Any]:
        """Paint a light level anew; what can't be painted within the limits keeps the textures that it has."""

        async def paint() -> dict[str, Any]:
            try:
                async with self._easels:
                    made = await self._child(f"paint-{level}", finishing.paint, str(self.work), level, blame=False)
            except ChildFailed as failure:
                if failure.is_others_doing:
                    raise
                log.warning("level %d of a model was not baked: %s", level, failure.text[-500:])
                return {"baked": False, "seconds": {}}
            return {"baked": True, "seconds": {f"bake-{level}": made["seconds"]}}

        return await self._step(f"paint-{level}", [f"baked-{level}/*", f"baked-{level}.pickle"], paint)

    async def _shown(self, matrix: list[float]) -> dict[str, Any]:
        view = self._options.get("view")
        seen = msgspec.to_builtins(orbit_of(matrix, view)) if view else None
        leaves = [_plain(LEVELS[0].role), POSTER, USDZ]
        return await self._step("show", leaves, lambda: self._child("show", finishing.show, str(self.work), seen))

    async def _light(self, painted: list[Awaitable[Any]]) -> dict[str, Any]:
        for one in painted:
            await one
        leaves = [*(_plain(level.role) for level in LEVELS[1:] if not level.ktx2), TURNTABLE]
        return await self._step("light", leaves, lambda: self._child("light", finishing.light_levels, str(self.work)))

    async def _for_headsets(self, painted: list[Awaitable[Any]]) -> dict[str, Any]:
        for one in painted:
            await one
        leaves = [_plain(level.role) for level in LEVELS if level.ktx2]
        return await self._step(
            "headset", leaves, lambda: self._child("headset", finishing.for_headsets, str(self.work))
        )

    async def _compressed(self, levels: list[dict[str, Any]]) -> dict[str, Any]:
        """Hold what was written to the standard, and make it small; the versions of what did it."""
        started = time.monotonic()
        await self._progress("compress", 0.0)
        plain = [_plain(level["role"]) for level in levels]
        files = [[str(self.work / name), str(self.work / name.replace(".plain", ""))] for name in plain]
        reports, _ = await together(
            self._validate(plain, blame=False), self._tool("compress", {"files": files}, blame=False)
        )
        for name, report in reports.items():
            if report["issues"]["numErrors"]:
                raise RuntimeError(f"{name} is not valid glTF: {json.dumps(report['issues']['messages'][:3])}")
        report = reports[plain[0]]
        versions = {
            "gltf-validator": report["validatorVersion"],
            "gltf-transform": report["transformVersion"].lstrip("v"),
        }
        return {"versions": versions, "seconds": {"compress": since(started)}}

    async def _validate(self, names: list[str], *, blame: bool) -> dict[str, Any]:
        files = [[str(self.work / name), str(self.work / f"{name}.report.json")] for name in names]
        await self._tool("validate", {"files": files, "most": _MOST_ISSUES}, blame=blame)
        return {name: json.loads((self.work / f"{name}.report.json").read_bytes()) for name in names}

    async def _tool(self, command: str, order: dict[str, Any], *, blame: bool) -> None:
        await run_tool(command, order, self.work, self._limits, blame=blame)

    async def _child(self, step: str, function: Any, *args: Any, blame: bool = True) -> Any:
        """Call a stage in a child; what it reports moves the job's progress. With `blame` what happens to the child lies in the file, which
        is refused."""

        async def heard(fraction: float, name: str) -> None:
            await self._progress(step, fraction, name)

        async with self._slots:
            await self._progress(step, 0.0)
            try:
                return await run_in_child(
                    function, *args, limits=self._limits, readable=[self._original], writable=[self.work], heard=heard
                )
            except ChildFailed as failure:
                if not blame or not failure.blames_input:
                    raise
                refuse(_REASONS.get(failure.reason, "decoder-failed"), reason=failure.text[-300:])

    async def _progress(self, step: str, fraction: float, name: str = "") -> None:
        """Say how far the whole is with one step at `fraction`."""
        share, word = _STEPS[step]
        self._done[step] = share * fraction / 100
        await self._task.report(min(sum(self._done.values()), _MOST_DONE), name or word)

    def _finished(self, *steps: str) -> None:
        self._done |= {step: _STEPS[step][0] / 100 for step in steps if step in _STEPS}


def _plain(role: str) -> str:
    """The file of a level before it is packed."""
    return f"{role}.plain.glb"


async def together(*works: Coroutine[Any, Any, Any]) -> list[Any]:
    """What all come to, side by side. The first in their order to fail is raised, whichever failed sooner, and ends the others."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        return [await task for task in tasks]
    finally:
        await end(tasks)


async def end(tasks: Iterable[asyncio.Future[Any]]) -> None:
    """Cancel what is still under way, and wait for its children to be gone."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


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
