"""Children: what they return and raise, and what they can't do."""

from __future__ import annotations

import asyncio
import os
import socket
import time
from pathlib import Path

import pytest

from museum.jobs.child import ChildFailed, Limits, run_in_child, run_program
from museum.jobs.queue import JobRefused


def add(a: int, b: int) -> int:
    return a + b


def refuse() -> None:
    raise JobRefused("too-large", width=9)


def fail() -> None:
    raise KeyError("nothing here")


def crash() -> None:
    os.abort()


def eat_memory() -> int:
    return len(bytearray(800_000_000))


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def leave_pid(path: str) -> None:
    Path(path).write_text(str(os.getpid()))
    time.sleep(60)


def read(path: str) -> str:
    return Path(path).read_text()


def write(path: str) -> None:
    Path(path).write_text("x")


def connect(port: int) -> None:
    socket.create_connection(("127.0.0.1", port), timeout=2).close()


def execute() -> int:
    return os.posix_spawn("/bin/true", ["true"], {})


async def test_returns_what_the_function_returns() -> None:
    assert await run_in_child(add, 2, 3) == 5


async def test_a_refusal_comes_through_whole() -> None:
    with pytest.raises(JobRefused) as caught:
        await run_in_child(refuse)
    assert (caught.value.code, caught.value.detail) == ("too-large", {"width": 9})


@pytest.mark.parametrize(
    ("function", "limits", "reason"),
    [
        (fail, Limits(), "crash"),
        (crash, Limits(), "crash"),
        (eat_memory, Limits(memory=400_000_000), "memory"),
    ],
)
async def test_what_goes_wrong_is_named(function, limits, reason) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ChildFailed) as caught:
        await run_in_child(function, limits=limits)
    assert caught.value.reason == reason


async def test_the_clock_is_limited() -> None:
    began = time.monotonic()
    with pytest.raises(ChildFailed) as caught:
        await run_in_child(sleep, 60.0, limits=Limits(seconds=1))
    assert caught.value.reason == "timeout"
    assert time.monotonic() - began < 10


async def test_cancelling_ends_the_child(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    waiting = asyncio.create_task(run_in_child(leave_pid, str(note), writable=[tmp_path]))
    while not (note.exists() and note.read_text()):
        await asyncio.sleep(0.02)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    with pytest.raises(ProcessLookupError):
        for _ in range(100):
            os.kill(int(note.read_text()), 0)
            await asyncio.sleep(0.05)


async def test_cancelling_ends_a_child_that_is_only_being_started(tmp_path: Path) -> None:
    for number in range(5):
        folder = tmp_path / str(number)
        waiting = asyncio.create_task(run_in_child(leave_pid, str(folder / "pid"), writable=[folder]))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    # Had one been left alone, it would have come to its work by the time that another has.
    assert await run_in_child(add, 1, 2) == 3
    for note in tmp_path.glob("*/pid"):
        with pytest.raises(ProcessLookupError):
            for _ in range(100):
                os.kill(int(note.read_text()), 0)
                await asyncio.sleep(0.05)


async def test_only_its_own_files(tmp_path: Path) -> None:
    mine, other = tmp_path / "mine", tmp_path / "other"
    mine.mkdir()
    other.mkdir()
    (other / "secret").write_text("secret")
    (mine / "note").write_text("note")
    assert await run_in_child(read, str(mine / "note"), readable=[mine]) == "note"
    for function in (read, write):
        with pytest.raises(ChildFailed, match="PermissionError"):
            await run_in_child(function, str(other / "secret"), writable=[mine])
    assert (other / "secret").read_text() == "secret"


async def test_no_network_and_no_programs(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, pytest.raises(ChildFailed, match="PermissionError"):
        await run_in_child(connect, listener.getsockname()[1])
    with pytest.raises(ChildFailed, match="PermissionError"):
        await run_in_child(execute)


async def test_a_program_runs_in_place_of_a_child_and_no_other_does(tmp_path: Path) -> None:
    (tmp_path / "note").write_text("well")
    await run_program(Path("/usr/bin/cat"), str(tmp_path / "note"), writable=[tmp_path])
    assert (tmp_path / "program.log").read_text() == "well"
    with pytest.raises(ChildFailed, match="ended with status") as caught:
        await run_program(Path("/bin/sh"), "-c", "/usr/bin/cat note && exit 3", writable=[tmp_path])
    assert "denied" in caught.value.text
    with pytest.raises(ChildFailed) as late:
        await run_program(Path("/usr/bin/sleep"), "60", limits=Limits(seconds=0.5), writable=[tmp_path])
    assert late.value.reason == "timeout"
