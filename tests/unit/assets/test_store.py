"""One contract for every store: local files, and a real S3 server where its package is installed."""

from __future__ import annotations

import asyncio
import hashlib
import os
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from museum.assets.store import BlobMissing, Store, open_store
from museum.assets.store_local import OPEN_FILES, LocalStore
from tests.s3_server import KEYS, make_bucket, s3_server


@pytest.fixture(scope="module")
def s3_endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with s3_server(tmp_path_factory.mktemp("s3")) as address:
        yield address


@pytest.fixture(params=["local", "s3"])
async def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Store]:
    if request.param == "local":
        opened: Store = open_store(str(tmp_path / "store"))
    else:
        monkeypatch.setenv("AWS_ENDPOINT_URL", request.getfixturevalue("s3_endpoint"))
        for name, value in KEYS.items():
            monkeypatch.setenv(name, value)
        bucket = f"museum-{os.urandom(4).hex()}"
        await asyncio.to_thread(make_bucket, os.environ["AWS_ENDPOINT_URL"], bucket)
        opened = open_store(f"s3://{bucket}/kept", tmp_path / "scratch")
    yield opened
    await opened.close()


async def put(store: Store, content: bytes) -> str:
    path = store.scratch / f"upload-{os.urandom(4).hex()}"
    path.write_bytes(content)
    blob = await store.put(path)
    assert blob.digest == hashlib.sha256(content).hexdigest()
    assert blob.bytes == len(content)
    assert not path.exists()
    return blob.digest


async def test_what_is_put_can_be_read_in_any_range(store: Store) -> None:
    content = os.urandom(700_000)
    digest = await put(store, content)
    assert await store.size(digest) == len(content)
    assert abs(await store.written_at(digest) - time.time()) < 60
    assert await store.read(digest) == content
    assert await store.read(digest, 1000, 5) == content[1000:1005]
    assert await store.read(digest, len(content) - 3, 100) == content[-3:]
    assert await store.read(digest, len(content) + 5, 10) == b""
    async with store.local(digest) as path:
        assert path.read_bytes() == content


async def test_putting_twice_is_putting_once(store: Store) -> None:
    digest = await put(store, b"the same")
    assert await put(store, b"the same") == digest
    assert [found async for found in store.digests()] == [digest]


async def test_what_is_not_there_is_missing(store: Store) -> None:
    digest = await put(store, b"soon gone")
    assert await store.read(digest, 0, 4) == b"soon"
    await store.delete(digest)
    await store.delete(digest)
    for name in (digest, "0" * 64, "../../etc/passwd", "", digest.upper()):
        with pytest.raises(BlobMissing):
            await store.read(name, 0, 4)
        with pytest.raises(BlobMissing):
            await store.size(name)
        with pytest.raises(BlobMissing):
            await store.written_at(name)
        with pytest.raises(BlobMissing):
            async with store.local(name):
                pass
    assert [found async for found in store.digests()] == []


async def test_an_empty_file_is_kept(store: Store) -> None:
    digest = await put(store, b"")
    assert await store.size(digest) == 0
    assert await store.read(digest) == b""


async def test_a_torn_copy_is_replaced(tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "store")
    digest = await put(store, b"whole and sound")
    assert await store.read(digest, 0, 5) == b"whole"
    path = store.path_of(digest)
    path.chmod(0o644)
    path.write_bytes(b"who")
    await put(store, b"whole and sound")
    assert await store.read(digest) == b"whole and sound"


async def test_descriptors_stay_within_bounds(tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "store")
    digests = [await put(store, str(number).encode()) for number in range(OPEN_FILES + 40)]
    before = len(list(Path("/proc/self/fd").iterdir()))
    for number, digest in enumerate(digests):
        assert await store.read(digest, 0, 9) == str(number).encode()
    assert len(list(Path("/proc/self/fd").iterdir())) - before <= OPEN_FILES
    await store.close()
    assert len(list(Path("/proc/self/fd").iterdir())) <= before


async def test_a_file_from_another_disk_is_taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = LocalStore(tmp_path / "store")
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self.parent == store.scratch:
            raise OSError(18, "another disk")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    digest = await put(store, b"from afar")
    assert await store.read(digest) == b"from afar"
