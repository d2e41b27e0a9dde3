"""What is remembered of the database holds for a moment, is asked for ahead, and ends with its generation."""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from typing import cast

import pytest

from museum.database import remembered
from museum.database.generation import Generation
from museum.database.remembered import HOLD_SECONDS, RENEW_SECONDS, Remembered


class Number:
    """A generation that is advanced by hand."""

    def __init__(self) -> None:
        self.number = 1

    def known(self) -> int:
        return self.number

    async def current(self) -> int:
        return self.number


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


class Museum:
    """Answers, how often each was asked for, and a door that keeps questions waiting."""

    def __init__(self) -> None:
        self.answers: dict[str, list[int]] = {"a": [1]}
        self.asked: list[str] = []
        self.door = asyncio.Event()
        self.door.set()

    async def ask(self, key: str) -> list[int] | None:
        self.asked.append(key)
        await self.door.wait()
        if key == "broken":
            raise OSError(key)
        found = self.answers.get(key)
        return None if found is None else list(found)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(remembered, "time", clock)
    return clock


@pytest.fixture
def number() -> Number:
    return Number()


def make(museum: Museum, number: Number, limit: int = 10) -> Remembered[str, list[int]]:
    return Remembered(museum.ask, cast(Generation, number), limit)


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_all_who_ask_at_once_wait_for_one_answer(clock: Clock, number: Number) -> None:
    museum = Museum()
    kept = make(museum, number)
    assert kept.recall("a") is None
    first, second = await asyncio.gather(kept.find("a"), kept.find("a"))
    assert first == [1] and first is second and museum.asked == ["a"]
    assert kept.recall("a") is first


async def test_who_recalls_late_has_it_asked_ahead_and_never_waits(clock: Clock, number: Number) -> None:
    museum = Museum()
    kept = make(museum, number)
    first = await kept.find("a")
    clock.now += HOLD_SECONDS - RENEW_SECONDS / 2
    museum.door.clear()
    assert kept.recall("a") is first and kept.recall("a") is first
    await settle()
    assert museum.asked == ["a", "a"]
    museum.door.set()
    await settle()
    clock.now += HOLD_SECONDS - RENEW_SECONDS
    assert kept.recall("a") is first, "an equal answer is the same object, for a whole time again"
    clock.now += HOLD_SECONDS
    assert kept.recall("a") is None


async def test_what_has_changed_is_seen_when_asked_again(clock: Clock, number: Number) -> None:
    museum = Museum()
    kept = make(museum, number)
    await kept.find("a")
    museum.answers = {}
    clock.now += HOLD_SECONDS - RENEW_SECONDS / 2
    kept.recall("a")
    await settle()
    assert kept.recall("a") is None and await kept.find("a") is None


async def test_nothing_outlives_its_generation(clock: Clock, number: Number) -> None:
    museum = Museum()
    kept = make(museum, number)
    museum.door.clear()
    before = asyncio.create_task(kept.find("a"))
    await settle()
    number.number += 1
    museum.answers["a"] = [2]
    after = asyncio.create_task(kept.find("a"))
    await settle()
    museum.door.set()
    await asyncio.gather(before, after)
    assert museum.asked == ["a", "a"], "a question from before the withdrawal is no answer to one from after it"
    assert after.result() == [2]
    number.number += 1
    assert kept.recall("a") is None


async def test_no_is_never_remembered_and_a_failure_reaches_who_asks(clock: Clock, number: Number) -> None:
    museum = Museum()
    kept = make(museum, number)
    assert await kept.find("b") is None and await kept.find("b") is None
    assert museum.asked == ["b", "b"]
    with pytest.raises(OSError, match="broken"):
        await kept.find("broken")


async def test_it_keeps_no_more_than_its_limit(clock: Clock, number: Number) -> None:
    museum = Museum()
    museum.answers = {str(key): [key] for key in range(10)}
    kept = make(museum, number, limit=3)
    for key in museum.answers:
        await kept.find(key)
    assert sum(kept.recall(key) is not None for key in museum.answers) <= 3


async def test_what_is_granted_to_one_is_not_remembered_for_all(clock: Clock, number: Number) -> None:
    granted: ContextVar[bool] = ContextVar("granted", default=False)
    seen: list[bool] = []

    async def ask(key: str) -> str | None:
        seen.append(granted.get())
        return key

    kept: Remembered[str, str] = Remembered(ask, cast(Generation, number), 10)
    await kept.find("a")
    granted.set(True)
    clock.now += HOLD_SECONDS - RENEW_SECONDS / 2
    kept.recall("a")
    await settle()
    await kept.find("b")
    assert seen == [False, False, False]
