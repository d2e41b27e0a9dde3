"""The store on local disk: {root}/ab/cd/{sha256}, written so that a power cut leaves a file whole or absent."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from museum.assets.store import DIGEST, Blob, BlobMissing, check_digest, digest_in_thread

OPEN_FILES = 256


class _Descriptor:
    """An open file that closes when the last reader has let go of it."""

    __slots__ = ("dropped", "file", "readers")

    def __init__(self, file: int) -> None:
        self.file = file
        self.readers = 0
        self.dropped = False


class _Descriptors:
    """At most `limit` files kept open for `pread`, the least recently read closed first; one in use is never closed."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._open: OrderedDict[str, _Descriptor] = OrderedDict()
        self._lock = threading.Lock()

    def acquire(self, key: str, path: str) -> _Descriptor:
        with self._lock:
            entry = self._open.get(key)
            if entry is None:
                entry = _Descriptor(os.open(path, os.O_RDONLY | os.O_CLOEXEC))
                self._open[key] = entry
                while len(self._open) > self._limit:
                    self._drop(self._open.popitem(last=False)[1])
            else:
                self._open.move_to_end(key)
            entry.readers += 1
            return entry

    def release(self, entry: _Descriptor) -> None:
        with self._lock:
            entry.readers -= 1
            if entry.dropped and entry.readers == 0:
                os.close(entry.file)

    def forget(self, key: str) -> None:
        with self._lock:
            entry = self._open.pop(key, None)
            if entry is not None:
                self._drop(entry)

    def clear(self) -> None:
        with self._lock:
            while self._open:
                self._drop(self._open.popitem()[1])

    @staticmethod
    def _drop(entry: _Descriptor) -> None:
        entry.dropped = True
        if entry.readers == 0:
            os.close(entry.file)


class LocalStore:
    """Files under `root`. Several processes may use the same root at once."""

    def __init__(self, root: Path, scratch: Path | None = None) -> None:
        self.root = root
        self.scratch = scratch if scratch is not None else root / "scratch"
        self.root.mkdir(parents=True, exist_ok=True)
        self.scratch.mkdir(parents=True, exist_ok=True)
        self._descriptors = _Descriptors(OPEN_FILES)

    def path_of(self, digest: str) -> Path:
        check_digest(digest)
        return self.root / digest[:2] / digest[2:4] / digest

    async def put(self, path: Path) -> Blob:
        blob = await digest_in_thread(path)
        await asyncio.to_thread(self._take, path, self.path_of(blob.digest), blob.bytes)
        self._descriptors.forget(blob.digest)
        return blob

    def _take(self, path: Path, target: Path, length: int) -> None:
        _make_folder(target.parent, self.root)
        try:
            path.chmod(0o444)
            _fsync(path)
            path.rename(target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            self._take_from_other_disk(path, target, length)
        _fsync(target.parent)

    def _take_from_other_disk(self, path: Path, target: Path, length: int) -> None:
        beside = target.with_name(f".{target.name}.{os.getpid()}.{threading.get_ident()}")
        try:
            shutil.copyfile(path, beside)
            if beside.stat().st_size != length:
                raise OSError(errno.EIO, "the copy is shorter than the file", str(beside))
            beside.chmod(0o444)
            _fsync(beside)
            beside.rename(target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        path.unlink()

    def pread(self, digest: str, offset: int, length: int) -> bytes:
        """`read` without leaving the thread: for callers for whom a tile from the page cache is quicker than a change of threads."""
        check_digest(digest)
        try:
            entry = self._descriptors.acquire(digest, f"{self.root}/{digest[:2]}/{digest[2:4]}/{digest}")
        except FileNotFoundError:
            raise BlobMissing(digest) from None
        try:
            data = os.pread(entry.file, length, offset)
            if len(data) == length or not data:
                return data
            parts = [data]
            got = len(data)
            while got < length and (data := os.pread(entry.file, length - got, offset + got)):
                parts.append(data)
                got += len(data)
            return b"".join(parts)
        finally:
            self._descriptors.release(entry)

    async def read(self, digest: str, offset: int = 0, length: int | None = None) -> bytes:
        if length is None:
            length = max(0, await self.size(digest) - offset)
        if length <= 1 << 18:
            return self.pread(digest, offset, length)
        return await asyncio.to_thread(self.pread, digest, offset, length)

    async def size(self, digest: str) -> int:
        try:
            return self.path_of(digest).stat().st_size
        except FileNotFoundError:
            raise BlobMissing(digest) from None

    async def written_at(self, digest: str) -> float:
        try:
            # taking a file over changes its place and mode, and so this time; that of its content may be much older
            return self.path_of(digest).stat().st_ctime
        except FileNotFoundError:
            raise BlobMissing(digest) from None

    @asynccontextmanager
    async def local(self, digest: str) -> AsyncIterator[Path]:
        path = self.path_of(digest)
        if not path.exists():
            raise BlobMissing(digest)
        yield path

    async def delete(self, digest: str) -> None:
        path = self.path_of(digest)
        self._descriptors.forget(digest)
        with suppress(FileNotFoundError):
            path.unlink()

    async def digests(self) -> AsyncIterator[str]:
        for outer in await asyncio.to_thread(_children, self.root):
            if len(outer) != 2:
                continue
            for inner in await asyncio.to_thread(_children, self.root / outer):
                for name in await asyncio.to_thread(_children, self.root / outer / inner):
                    if DIGEST.fullmatch(name):
                        yield name

    async def close(self) -> None:
        self._descriptors.clear()


def _children(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def _make_folder(folder: Path, root: Path) -> None:
    """Make `folder` and those above it up to `root`, each entry as durable as the file that will lie in it."""
    if folder.is_dir():
        return
    if folder != root:
        _make_folder(folder.parent, root)
    with suppress(FileExistsError):
        folder.mkdir()
    _fsync(folder.parent)


def _fsync(path: Path) -> None:
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(file)
    finally:
        os.close(file)
