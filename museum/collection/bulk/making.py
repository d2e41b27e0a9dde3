"""Making batches of pictures in limited children, such that a file which breaks its child harms no other."""

from __future__ import annotations

import asyncio
import errno
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from museum.assets.ingest.batch import inspect_images, make_images, read_result
from museum.assets.ingest.handlers import limits_for
from museum.assets.ingest.open_picture import available_threads
from museum.assets.ingest.refusals import refusal_of
from museum.jobs.child import ChildFailed, run_in_child
from museum.jobs.task import Limits

log = logging.getLogger(__name__)

Result = dict[str, Any]
"""{"made": an ImageInfo's fields} or {"refused": [code, detail]}, the code as in the texts `errors.ingest.{code}`."""


@dataclass(frozen=True)
class Order:
    """A file to be made into an image in a folder of its own. What `work` holds of it afterwards: see `make_image`."""

    original: Path
    bytes: int
    work: Path


class Maker:
    """Runs as many children at a time as there are cores."""

    def __init__(self) -> None:
        self.cores = available_threads()
        self._turn = asyncio.Semaphore(self.cores)

    async def make(self, orders: Sequence[Order]) -> list[Result]:
        """What became of each. Raises OSError with ENOSPC where the disk is full."""
        results: dict[Order, Result] = {}
        left = list(orders)
        while left:
            failure = await self._run(left)
            found = {one: read_result(one.work) for one in left}
            results |= {one: result for one, result in found.items() if result is not None}
            unfinished = [one for one in left if found[one] is None]
            if not unfinished:
                break
            assert failure is not None, "a child that comes to its end leaves a result of everything"
            # The first that is unfinished took the child down, or those before it had used up what it may: alone it will show.
            suspect = unfinished[0]
            results[suspect] = _broken(failure) if len(left) == 1 else (await self.make([suspect]))[0]
            left = unfinished[1:]
        return [results[one] for one in orders]

    async def _run(self, orders: Sequence[Order]) -> ChildFailed | None:
        for one in orders:
            one.work.mkdir(parents=True, exist_ok=True)
        try:
            async with self._turn:
                await run_in_child(
                    make_images,
                    [(str(one.original), str(one.work)) for one in orders],
                    limits=_limits([one.bytes for one in orders]),
                    readable=[one.original for one in orders],
                    writable=[one.work for one in orders],
                )
        except ChildFailed as failure:
            return failure
        return None

    async def inspect(self, files: Sequence[tuple[Path, int]]) -> list[Result]:
        """What the headers of files, each with its size in bytes, say: {"made": {"width", "height"}}, or why they would be refused."""
        paths = [path.resolve() for path, _ in files]
        try:
            async with self._turn:
                return await run_in_child(
                    inspect_images,
                    [str(path) for path in paths],
                    limits=_limits([size for _, size in files]),
                    readable=paths,
                )
        except ChildFailed as failure:
            if len(files) == 1:
                return [_broken(failure)]
        return [(await self.inspect([one]))[0] for one in files]


def _broken(failure: ChildFailed) -> Result:
    """What to say of a file over which a child broke down though it had it alone."""
    if failure.reason == "disk":
        raise OSError(errno.ENOSPC, "the disk is full")
    code = refusal_of(failure)
    if code is None:
        log.error("a child of an import failed: %s", failure.text)
        code = "too-much-memory" if "SIGKILL" in failure.text else "internal"
    return {"refused": [code, {"reason": failure.text[-300:]}]}


def _limits(sizes: Sequence[int]) -> Limits:
    """What a child may use for files of these sizes: time for each, memory for one at a time."""
    each = [limits_for(size) for size in sizes]
    cpu, seconds = sum(one.cpu_seconds for one in each), sum(one.seconds for one in each)
    return Limits(memory=each[0].memory, cpu_seconds=cpu, seconds=seconds)
