"""The store: finished files under the SHA-256 of their content, on local disk or in an S3 bucket.

A file is only ever added whole and never changed, so whoever holds a digest may read for as long as the digest is referred to.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

import msgspec

DIGEST = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 20


class Blob(msgspec.Struct, frozen=True):
    """A file in the store: SHA-256 of its content as 64 hexadecimal digits, and its length in bytes."""

    digest: str
    bytes: int


class BlobMissing(LookupError):
    """The store has no file under this digest."""

    def __init__(self, digest: str) -> None:
        super().__init__(digest)
        self.digest = digest


class Store(Protocol):
    """What every store does; `tests/unit/assets/test_store.py` holds all of them to it."""

    scratch: Path
    """A folder on this machine for files in the making; `put` takes over from here without copying where it can."""

    async def put(self, path: Path) -> Blob:
        """Take over the finished file at `path`, which is gone afterwards. Once this returns, a power cut loses nothing.
        Putting the same content twice is the same as once; a torn or damaged copy of the same length is replaced."""
        ...

    async def read(self, digest: str, offset: int = 0, length: int | None = None) -> bytes:
        """`length` bytes from `offset`, fewer at the end of the file, all the rest without `length`. Raises BlobMissing."""
        ...

    async def size(self, digest: str) -> int:
        """The length in bytes. Raises BlobMissing."""
        ...

    async def written_at(self, digest: str) -> float:
        """When the file came into the store, in seconds since 1970. Raises BlobMissing."""
        ...

    def local(self, digest: str) -> AbstractAsyncContextManager[Path]:
        """The file's path on this machine while the block lasts, to read only. Raises BlobMissing."""
        ...

    async def delete(self, digest: str) -> None:
        """Remove the file; no error if there is none."""
        ...

    def digests(self) -> AsyncIterator[str]:
        """Every digest in the store, in no order."""
        ...

    async def close(self) -> None:
        """Let go of descriptors and connections."""
        ...


def check_digest(digest: str) -> str:
    """`digest` itself if it has a digest's form; raises BlobMissing otherwise, so that no other path is ever formed from it."""
    if not DIGEST.fullmatch(digest):
        raise BlobMissing(digest)
    return digest


def digest_file(path: Path) -> Blob:
    """SHA-256 and length of a file."""
    digest = hashlib.sha256()
    length = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            length += len(chunk)
    return Blob(digest.hexdigest(), length)


async def digest_in_thread(path: Path) -> Blob:
    return await asyncio.to_thread(digest_file, path)


def open_store(url: str, scratch: Path | None = None) -> Store:
    """The store at a folder's path, `file:///path` or `s3://bucket/prefix`; S3 takes its keys and endpoint from `AWS_*` variables.

    `scratch` is where files in the making lie; in a local store it is a folder of the store itself unless given.
    """
    if url.startswith("s3://"):
        from museum.assets.store_s3 import S3Store

        if scratch is None:
            import tempfile

            scratch = Path(tempfile.gettempdir()) / "museum-scratch"
        return S3Store.open(url, scratch)
    if "://" in url and not url.startswith("file://"):
        raise ValueError(f"MUSEUM_STORE_URL must be a folder, file:// or s3://, not {url!r}")
    from museum.assets.store_local import LocalStore

    return LocalStore(Path(url.removeprefix("file://")), scratch)
