"""The files of uploads: made, written and named so that a power cut costs nothing that was acknowledged."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

BUFFER = 1024**2
"""Bytes that are written at once."""


async def gather(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same bytes in pieces of about a mebibyte: sockets bring them in crumbs. What came before an error, or before the connection was
    cut, comes first."""
    buffer = bytearray()
    try:
        async for chunk in chunks:
            buffer += chunk
            if len(buffer) >= BUFFER:
                yield bytes(buffer)
                buffer.clear()
    except (Exception, asyncio.CancelledError):
        if buffer:
            yield bytes(buffer)
        raise
    if buffer:
        yield bytes(buffer)


def clean_filename(name: str) -> str:
    """The last part of a file's name as the browser gave it, without control characters, at most 255 characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(character for character in last if character.isprintable()).strip()[:255] or "upload"


def make_file(path: Path) -> None:
    """An empty file that outlives a power cut: it and its folder are on disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.fsync(descriptor)
    os.close(descriptor)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def open_at(path: Path, position: int) -> int:
    """A descriptor to write from `position` on; what lies behind it goes."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    os.ftruncate(descriptor, position)
    return descriptor


def write_at(descriptor: int, chunk: bytes, position: int) -> None:
    """Write all of `chunk` at `position`."""
    rest = memoryview(chunk)
    while rest:
        written = os.pwrite(descriptor, rest, position)
        rest, position = rest[written:], position + written


def second_name(path: Path, second: Path) -> None:
    """The same file under a second name, as a copy where the file system has no links."""
    second.unlink(missing_ok=True)
    try:
        os.link(path, second)
    except OSError:
        shutil.copyfile(path, second)


def remove_file(path: Path) -> None:
    """Remove a file, if there is one."""
    path.unlink(missing_ok=True)


def remove_older(folder: Path, moment: float) -> None:
    """Remove parts and whole files last written before `moment`, in seconds since 1970."""
    for path in folder.glob("*.*"):
        with contextlib.suppress(FileNotFoundError):
            if path.suffix in (".part", ".whole") and path.stat().st_mtime < moment:
                path.unlink()
