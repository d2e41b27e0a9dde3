"""Answers of the database that hold for a moment: until a generation is advanced, by whatever process, and for some seconds at most."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable
from contextvars import Context
from typing import Generic, NamedTuple, TypeVar

from museum.database.generation import Generation

HOLD_SECONDS = 2.0
RENEW_SECONDS = 0.5

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class _Kept(NamedTuple, Generic[V]):
    """An answer that holds until a moment (monotonic seconds) or until the generation is no longer `number`."""

    until: float
    number: int
    answer: V


class Remembered(Generic[K, V]):
    """What `ask` answers for a key, remembered under `generation`; None is never remembered. At most `limit` answers are kept.

    Whoever recalls an answer late in its time has it asked for again ahead: what is in use is always known, so that the hundreds who
    use it never all wait for the database at once.
    """

    def __init__(self, ask: Callable[[K], Awaitable[V | None]], generation: Generation, limit: int) -> None:
        self._question = ask
        self._generation = generation
        self._limit = limit
        self._kept: dict[K, _Kept[V]] = {}
        self._asking: dict[tuple[K, int], asyncio.Task[V | None]] = {}

    def recall(self, key: K) -> V | None:
        """The answer where it is known without waiting. The same object for as long as the answers are equal."""
        kept = self._kept.get(key)
        if kept is None or kept.number != self._generation.known():
            return None
        left = kept.until - time.monotonic()
        if left < RENEW_SECONDS:
            if left < 0:
                return None
            self._begin(key, kept.number)
        return kept.answer

    async def find(self, key: K) -> V | None:
        """The answer, asked for where need be."""
        number = await self._generation.current()
        answer = self.recall(key)
        if answer is not None:
            return answer
        return await asyncio.shield(self._begin(key, number))

    def forget(self, key: K) -> None:
        """Ask again."""
        self._kept.pop(key, None)

    def _begin(self, key: K, number: int) -> asyncio.Task[V | None]:
        """The question under way. One from before the generation was advanced gives no answer to one from after it."""
        task = self._asking.get((key, number))
        if task is None:
            # In nobody's name: what somebody may see besides must not become what all may see.
            task = asyncio.get_running_loop().create_task(self._ask(key, number), context=Context())
            self._asking[key, number] = task
            task.add_done_callback(lambda done: self._asked(key, number, done))
        return task

    async def _ask(self, key: K, number: int) -> V | None:
        moment = time.monotonic()
        answer = await self._question(key)
        before = self._kept.pop(key, None)
        if answer is None:
            return None
        if before is not None and before.answer == answer:
            answer = before.answer
        if len(self._kept) >= self._limit:
            self._kept.clear()
        self._kept[key] = _Kept(moment + HOLD_SECONDS, number, answer)
        return answer

    def _asked(self, key: K, number: int, task: asyncio.Task[V | None]) -> None:
        del self._asking[key, number]
        if not task.cancelled():
            # Nobody may be waiting for what was asked ahead: whoever asks next hears what is wrong.
            task.exception()
