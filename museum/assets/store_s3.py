"""The store in an S3 bucket, through obstore: one object per file, tiles by range requests."""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import obstore
from obstore.store import S3Store as Bucket

from museum.assets.store import DIGEST, Blob, BlobMissing, check_digest, digest_in_thread

_PART = 8 << 20


class S3Store:
    """Objects {prefix}/ab/cd/{sha256} in a bucket. An object appears when its upload is complete, so none is ever seen in part."""

    def __init__(self, bucket: Any, scratch: Path) -> None:
        self._bucket = bucket
        self.scratch = scratch
        self.scratch.mkdir(parents=True, exist_ok=True)

    @classmethod
    def open(cls, url: str, scratch: Path) -> S3Store:
        """From `s3://bucket/prefix`. Keys, region and endpoint come from `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`
        and `AWS_ENDPOINT_URL`, as every S3 tool has them."""
        parts = urlsplit(url)
        if not parts.netloc:
            raise ValueError(f"no bucket in {url!r}")
        endpoint = os.environ.get("AWS_ENDPOINT_URL") or os.environ.get("AWS_ENDPOINT")
        config: dict[str, Any] = {"virtual_hosted_style_request": False} if endpoint else {}
        if endpoint:
            config["endpoint"] = endpoint
        bucket = Bucket(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            client_options={"allow_http": bool(endpoint and endpoint.startswith("http://")), "timeout": "60s"},
            retry_config={"max_retries": 4, "retry_timeout": timedelta(seconds=60)},
            **config,
        )
        return cls(bucket, scratch)

    @staticmethod
    def key_of(digest: str) -> str:
        check_digest(digest)
        return f"{digest[:2]}/{digest[2:4]}/{digest}"

    async def put(self, path: Path) -> Blob:
        blob = await digest_in_thread(path)
        try:
            present = await self.size(blob.digest) == blob.bytes
        except BlobMissing:
            present = False
        if not present:
            await obstore.put_async(self._bucket, self.key_of(blob.digest), path, chunk_size=_PART)
        await asyncio.to_thread(path.unlink, missing_ok=True)
        return blob

    async def read(self, digest: str, offset: int = 0, length: int | None = None) -> bytes:
        size = None
        if length is None:
            size = await self.size(digest)
            length = max(0, size - offset)
        key = self.key_of(digest)
        if length == 0:
            await self.size(digest)
            return b""
        try:
            return bytes(await obstore.get_range_async(self._bucket, key, start=offset, length=length))
        except FileNotFoundError:
            raise BlobMissing(digest) from None
        except obstore.exceptions.BaseError:
            # past the end S3 answers 416 where a file gives nothing
            size = await self.size(digest)
            if offset >= size:
                return b""
            if offset + length <= size:
                raise
            return bytes(await obstore.get_range_async(self._bucket, key, start=offset, length=size - offset))

    async def size(self, digest: str) -> int:
        try:
            return int((await obstore.head_async(self._bucket, self.key_of(digest)))["size"])
        except FileNotFoundError:
            raise BlobMissing(digest) from None

    async def written_at(self, digest: str) -> float:
        try:
            return (await obstore.head_async(self._bucket, self.key_of(digest)))["last_modified"].timestamp()
        except FileNotFoundError:
            raise BlobMissing(digest) from None

    @asynccontextmanager
    async def local(self, digest: str) -> AsyncIterator[Path]:
        key = self.key_of(digest)
        path = self.scratch / f"local-{digest[:12]}-{uuid.uuid4().hex[:8]}"
        try:
            try:
                answer = await obstore.get_async(self._bucket, key)
            except FileNotFoundError:
                raise BlobMissing(digest) from None
            with path.open("wb") as file:
                async for chunk in answer.stream(min_chunk_size=_PART):
                    await asyncio.to_thread(file.write, chunk)
            yield path
        finally:
            path.unlink(missing_ok=True)

    async def delete(self, digest: str) -> None:
        try:
            await obstore.delete_async(self._bucket, self.key_of(digest))
        except FileNotFoundError:
            return

    async def digests(self) -> AsyncIterator[str]:
        async for page in obstore.list(self._bucket):
            for entry in page:
                name = str(entry["path"]).rsplit("/", 1)[-1]
                if DIGEST.fullmatch(name):
                    yield name

    async def close(self) -> None:
        """Nothing to let go of: the connections close with the bucket."""
