"""Heavy work in a child process with limits: a decoder's bug, bomb or hang stays there, and cancelling is real.

Children are forked from a server process that has the libraries loaded already, so that starting one takes milliseconds.
Each gets resource limits, a low priority, and Landlock where the kernel has it; it dies with the process that started it.
"""

from __future__ import annotations

import asyncio
import ctypes
import errno
import multiprocessing
import os
import pickle
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec

from museum.jobs.landlock import confine
from museum.jobs.queue import JobRefused

PR_SET_PDEATHSIG = 1
PRELOAD = ("museum.jobs.preload", "museum.app", "museum.cli")
"""The application brings in whatever the functions called in children need. The command line is there since multiprocessing runs the
main module again in every child: with all that it imports at hand that takes 1 ms. By name only: nothing here uses them."""

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(list(PRELOAD))


@dataclass(frozen=True)
class Limits:
    """What one child may use: anonymous memory and any one file in bytes, seconds of CPU and of the clock, open files."""

    memory: int = 2 * 1024**3
    file: int = 8 * 1024**3
    cpu_seconds: int = 600
    seconds: float = 900
    open_files: int = 256
    nice: int = 10


class ChildFailed(Exception):
    """The child did not come to an end of its own. `reason` is timeout, memory, cpu, disk or crash; `text` is for the operator."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(f"{reason}: {text}")
        self.reason = reason
        self.text = text

    @property
    def is_others_doing(self) -> bool:
        """Whether the disk was full or somebody killed the child, so that another try may succeed."""
        return self.reason == "disk" or "SIGKILL" in self.text

    @property
    def blames_input(self) -> bool:
        """Whether it broke down over what it was given: it went over a limit, or a library in it was ended by a signal. An exception is a
        fault of ours."""
        return not self.is_others_doing and (self.reason != "crash" or "was ended by" in self.text)


T = TypeVar("T")
Heard = Callable[[float, str], Awaitable[None]]
"""Hears how far a child is, from 0 to 1, and in which step."""

REPORT_SECONDS = 0.25
_parent: Connection | None = None
"""In a child the way to its parent."""
_reported = 0.0
"""When this child last reported."""


def report(fraction: float, step: str) -> None:
    """Tell the parent how far this child is, from 0 to 1, and in which step; now and then, however often it is called. Nothing happens
    outside a child."""
    global _reported  # noqa: PLW0603  (one child, one parent)
    if _parent is None or time.monotonic() - _reported < REPORT_SECONDS:
        return
    _reported = time.monotonic()
    _send(_parent, "progress", (fraction, step))


def _send(to: Connection, kind: str, value: Any) -> None:
    to.send_bytes(msgspec.msgpack.encode((kind, value)))


async def run_in_child(
    function: Callable[..., T],
    *args: Any,
    limits: Limits = Limits(),
    readable: Sequence[Path] = (),
    writable: Sequence[Path] = (),
    heard: Heard | None = None,
) -> T:
    """Call a top-level `function` in a child that may read `readable` and write below `writable`, and return what it returns.

    That must be plain data: it comes as MessagePack and not as pickle, so that a decoder gone astray in the child can tell the parent lies
    but give it no orders. Tuples arrive as lists. `heard` is told what the child tells by `report`.

    Raises what the child raised where that is a JobRefused, ChildFailed otherwise. Cancelling the awaiting task kills the child.
    """
    return await _watch(function, args, limits, readable, writable, heard=heard)


async def run_program(
    program: Path,
    *arguments: str,
    limits: Limits = Limits(),
    readable: Sequence[Path] = (),
    writable: Sequence[Path],
) -> None:
    """Run `program` in place of a child, under the same limits as `run_in_child`; it may run no other.

    What it says goes to `program.log` in the first of `writable`, which is also where it works. Raises ChildFailed unless it ends with 0,
    with the end of what it said. Cancelling the awaiting task kills it.
    """
    log = writable[0] / "program.log"
    order = (str(program), list(arguments), str(log))
    try:
        await _watch(_become, order, limits, [*readable, program], writable, programs=[program])
    except ChildFailed as failure:
        said = await asyncio.to_thread(_tail, log)
        raise ChildFailed(
            failure.reason, f"{program.name} {' '.join(arguments)[:200]}: {failure.text}; {said}"
        ) from None


async def _watch(
    function: Callable[..., T],
    args: tuple[Any, ...],
    limits: Limits,
    readable: Sequence[Path],
    writable: Sequence[Path],
    *,
    programs: Sequence[Path] = (),
    heard: Heard | None = None,
) -> T:
    """Call `function` in a child and return its answer, which is None where the child became a program and that ended well."""
    receiver, sender = _context.Pipe(duplex=False)
    folders = [[*map(str, paths)] for paths in (readable, writable, programs)]
    order = pickle.dumps((function, args, limits, folders))
    child = _context.Process(target=_serve, args=(sender, order), daemon=True)
    starting = asyncio.ensure_future(asyncio.to_thread(child.start))
    try:
        await asyncio.shield(starting)
        sender.close()
        async with asyncio.timeout(limits.seconds):
            kind, value = await _receive(receiver)
            while kind == "progress":
                if heard is not None:
                    await heard(float(value[0]), str(value[1]))
                kind, value = await _receive(receiver)
    except TimeoutError:
        raise ChildFailed("timeout", f"{function.__qualname__} took more than {limits.seconds:g} s") from None
    except EOFError:
        await asyncio.to_thread(child.join, 5)
        if programs and child.exitcode == 0:
            return cast(T, None)
        raise _explain(child.exitcode, function.__qualname__) from None
    finally:
        # Whoever cancels while the child is being started ends it too.
        await starting
        sender.close()
        if child.exitcode is None:
            child.kill()
        receiver.close()
        await asyncio.to_thread(child.join, 5)
    if kind == "done":
        return value
    if kind == "refused":
        raise JobRefused(value[0], **value[1])
    raise ChildFailed(kind, value)


def _become(program: str, arguments: list[str], log: str) -> None:
    """Replace this child by a program. The way to the parent stays open in it, unused: its closing tells that the program has ended."""
    assert _parent is not None
    os.set_inheritable(_parent.fileno(), True)
    said = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (said, 1), (said, 2)):
        os.dup2(source, target)
    folder = str(Path(log).parent)
    os.chdir(folder)
    os.execve(program, [program, *arguments], {"PATH": "", "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"})  # noqa: S606  (no shell)


def _tail(log: Path) -> str:
    try:
        return log.read_bytes()[-1500:].decode(errors="replace").strip()
    except OSError:
        return ""


async def _receive(receiver: Connection) -> tuple[str, Any]:
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    loop.add_reader(receiver.fileno(), ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(receiver.fileno())
    # what follows is at hand or nearly so: the child sends each message in one piece
    return msgspec.msgpack.decode(await asyncio.to_thread(receiver.recv_bytes), type=tuple[str, Any])


def _explain(exit_code: int | None, name: str) -> ChildFailed:
    if exit_code is not None and exit_code < 0:
        ended_by = signal.Signals(-exit_code)
        reason = {signal.SIGXCPU: "cpu", signal.SIGKILL: "memory"}.get(ended_by, "crash")
        return ChildFailed(reason, f"{name} was ended by {ended_by.name}")
    return ChildFailed("crash", f"{name} ended with status {exit_code}")


def _serve(sender: Connection, order: bytes) -> None:
    global _parent, _reported
    _parent, _reported = sender, time.monotonic()
    answer: tuple[str, Any]
    try:
        function, args, limits, folders = pickle.loads(order)  # noqa: S301  (written by _watch)
        _limit(limits, *([Path(path) for path in paths] for paths in folders))
        answer = ("done", function(*args))
    except JobRefused as refusal:
        answer = ("refused", (refusal.code, refusal.detail))
    except MemoryError:
        answer = ("memory", traceback.format_exc(limit=3))
    except BaseException as error:
        full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
        answer = ("disk" if full else "crash", traceback.format_exc())
    _send(sender, *answer)
    sender.close()
    sys.stdout.flush()
    os._exit(0)


def _limit(limits: Limits, readable: list[Path], writable: list[Path], programs: list[Path]) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(limits.nice)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file, limits.file))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_NOFILE, (limits.open_files, limits.open_files))
    for path in writable:
        path.mkdir(parents=True, exist_ok=True)
    if writable:
        os.environ["TMPDIR"] = str(writable[0])
        tempfile.tempdir = str(writable[0])
    confine(readable, writable, programs)
