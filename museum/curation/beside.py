"""What takes long to count, counted beside the requests: each page shows what was counted last."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from museum.database.engine import Database

logger = logging.getLogger(__name__)

HOLDS_SECONDS = 30.0
"""For how long what was counted is good enough."""
AGAIN_SECONDS = 5.0
"""After a failure."""
PATIENCE = 0.08
"""Seconds that a page waits for a count under way, where that may be enough, before it shows what was counted last."""
REMEMBERED = 40

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass
class _Known(Generic[V]):
    """What was counted last, if anything; good until a moment (monotonic seconds); counting took so many seconds."""

    answer: V | None = None
    until: float = float("-inf")
    took: float = 0.0


class Beside(Generic[K, V]):
    """What `count` answers for a key, counted anew at the first look after HOLDS_SECONDS; with `fresh` at every look,
    where counting takes no time."""

    def __init__(
        self, database: Database, count: Callable[[AsyncSession, K], Awaitable[V]], fresh: bool = False
    ) -> None:
        self._database = database
        self._count = count
        self._fresh = fresh
        self._known: OrderedDict[K, _Known[V]] = OrderedDict()
        self._counting: dict[K, asyncio.Task[None]] = {}

    def forget(self) -> None:
        """Count anew at the next look: somebody has just changed something."""
        for known in self._known.values():
            known.until = float("-inf")

    async def of(self, key: K) -> V | None:
        """What was counted last; None where nothing has been counted yet and counting takes long."""
        known = self._known.setdefault(key, _Known())
        if time.monotonic() >= known.until and key not in self._counting:
            self._counting[key] = asyncio.create_task(self._run(key, known))
        task = self._counting.get(key)
        # In a large museum a page that has something to show waits for nothing.
        if task is not None and (known.answer is None or known.took < PATIENCE):
            await asyncio.wait({task}, timeout=PATIENCE)
        return known.answer

    async def _run(self, key: K, known: _Known[V]) -> None:
        began = time.monotonic()
        try:
            async with self._database.read() as session:
                known.answer = await self._count(session, key)
            known.took = time.monotonic() - began
            good_enough = HOLDS_SECONDS if not self._fresh or known.took > PATIENCE else 0.0
            known.until = time.monotonic() + good_enough
            self._known.move_to_end(key)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        except Exception:
            logger.exception("what a page of the curators' shows could not be counted")
            known.until = time.monotonic() + AGAIN_SECONDS
        finally:
            self._counting.pop(key, None)

    async def close(self) -> None:
        """Give up what is being counted."""
        tasks = list(self._counting.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
