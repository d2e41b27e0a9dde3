"""Making pictures without letting the dear ones delay the cheap: two lanes, each with its own threads and a bounded queue.

Tiles wait in neither: they are only read. Who asks for a picture that is being made already waits for that one.
"""

from __future__ import annotations

import asyncio
import math
import os
import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor

from prometheus_client import Counter, Gauge

from museum.web.monitoring import REGISTRY

CHEAP = 4_000_000
"""The most that a picture in the cheap lane costs, in pixels decoded: about 20 ms of one core."""
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
LOW_PRIORITY = 19
"""How much nicer than the rest the threads of the dear lane are (`nice`)."""

WAITING = Gauge("museum_pictures_waiting", "Pictures being made or waited for", ("lane",), registry=REGISTRY)
MADE = Counter(
    "museum_pictures_made_total", "Pictures made because no stored tile was one", ("lane",), registry=REGISTRY
)
REFUSED = Counter(
    "museum_pictures_refused_total", "Pictures not made because too many wait", ("lane",), registry=REGISTRY
)


class Busy(Exception):
    """More pictures are waited for than will be made soon; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


class Lane:
    """Makes `at_once` pictures at a time and lets `waiting` more wait, with threads that are `nicer` than the rest."""

    def __init__(self, name: str, at_once: int, waiting: int, nicer: int = 0) -> None:
        self._name = name
        self._at_once = at_once
        self._most = at_once + waiting
        self._threads = ThreadPoolExecutor(at_once, f"pictures-{name}", initializer=_be_nicer, initargs=(nicer,))
        self._count = 0
        self._seconds = 0.1
        """What a picture took lately, on average."""

    def start(self, work: Callable[[], bytes]) -> asyncio.Future[bytes]:
        """Have `work` done in a thread. Raises Busy."""
        if self._count >= self._most:
            REFUSED.labels(self._name).inc()
            raise Busy(min(60, math.ceil(self._count * self._seconds / self._at_once)))
        self._count += 1
        WAITING.labels(self._name).set(self._count)
        future = asyncio.get_running_loop().run_in_executor(self._threads, self._timed, work)
        future.add_done_callback(self._done)
        return future

    def _timed(self, work: Callable[[], bytes]) -> bytes:
        began = time.perf_counter()
        try:
            return work()
        finally:
            self._seconds += 0.1 * (time.perf_counter() - began - self._seconds)

    def _done(self, _future: asyncio.Future[bytes]) -> None:
        self._count -= 1
        WAITING.labels(self._name).set(self._count)
        MADE.labels(self._name).inc()

    def close(self) -> None:
        """Finish what is being made and drop what waits."""
        self._threads.shutdown(wait=True, cancel_futures=True)


class Renderer:
    """The two lanes. Threads beyond the number of cores would only make everybody wait longer."""

    def __init__(self, cheap: Lane | None = None, dear: Lane | None = None) -> None:
        self._cheap = cheap or Lane("cheap", CORES, 64)
        self._dear = dear or Lane("dear", max(1, CORES // 2), 8, LOW_PRIORITY)
        self._making: dict[Hashable, asyncio.Future[bytes]] = {}

    async def render(self, key: Hashable, *, cheap: bool, work: Callable[[], bytes]) -> bytes:
        """What `work` returns for the picture known by `key`. Raises Busy, and what `work` raises."""
        future = self._making.get(key)
        if future is None:
            future = (self._cheap if cheap else self._dear).start(work)
            self._making[key] = future
            future.add_done_callback(lambda _: self._making.pop(key, None))
        return await asyncio.shield(future)

    def close(self) -> None:
        """Let both lanes come to an end."""
        self._cheap.close()
        self._dear.close()


def _be_nicer(by: int) -> None:
    """On Linux each thread has a priority of its own; elsewhere all stay as they are."""
    if by and hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), by)
