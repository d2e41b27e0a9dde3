"""Resumable uploads: the part of tus that is not HTTP.

An upload's bytes lie in `{folder}/{id}.part`. What is acknowledged is on disk first: write, fsync, then the row. After a crash
the file may hold more than the row says, never less, and the surplus is written again. One request at a time writes to an
upload, under a lease in the database, so that any process may take the next part.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import CursorResult, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models import Original
from museum.curation import upload_files
from museum.curation.errors import NotFound, Refused
from museum.curation.models import Person, Upload
from museum.database.base import now
from museum.database.engine import Database
from museum.jobs import queue

LEASE = timedelta(seconds=10)
RENEW_EVERY = timedelta(seconds=3)
LIFETIME = timedelta(days=2)
MOST_UNFINISHED = 50
FLUSH = 16 * 1024**2
"""Bytes after which a part is put on disk and acknowledged, so that a broken connection costs little."""

Keep = Callable[[Path, str], Awaitable[Original]]
"""Takes over a whole file under its name, and returns its original, kept for good."""


class Locked(Refused):
    """Another request is writing to this upload."""


class WrongOffset(Refused):
    """The part does not begin where the upload has come to."""


class WrongChecksum(Refused):
    """The part arrived damaged; nothing of it was kept."""


class TooLarge(Refused):
    """Larger than this server takes."""


class DiskFull(Refused):
    """There is no room for it on the server."""


class QuotaFull(DiskFull):
    """All originals together would take more than this museum may."""


class Uploads:
    """Uploads under way in `folder`. `keep` makes an original of each whole file. `quota_bytes` is what all originals together may take,
    0 where nothing says so."""

    def __init__(
        self,
        database: Database,
        folder: Path,
        keep: Keep,
        *,
        max_bytes: int,
        min_free_bytes: int,
        quota_bytes: int = 0,
    ) -> None:
        self.database = database
        self.folder = folder
        self.keep = keep
        self.max_bytes = max_bytes
        self.min_free_bytes = min_free_bytes
        self.quota_bytes = quota_bytes

    def path(self, upload_id: str) -> Path:
        """Where the bytes of an upload lie."""
        return self.folder / f"{upload_id}.part"

    def check_room(self, length: int) -> None:
        """Raise TooLarge or DiskFull where `length` more bytes must not come."""
        if length > self.max_bytes:
            raise TooLarge("upload-large", most=self.max_bytes)
        self.folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self.folder).free - length < self.min_free_bytes:
            raise DiskFull("disk-full")

    async def create(self, person: Person, length: int, filename: str, media_type: str = "") -> Upload:
        """A new upload of `length` bytes. Raises TooLarge, DiskFull, or Refused at too many unfinished ones."""
        await self.sweep()
        self.check_room(length)
        upload = Upload(
            id=secrets.token_hex(16),
            person_id=person.id,
            length=length,
            filename=upload_files.clean_filename(filename),
            media_type=media_type[:80] or "application/octet-stream",
            expires_at=now() + LIFETIME,
        )
        async with self.database.write() as session:
            unfinished, promised = (
                await session.execute(
                    select(func.count(), func.coalesce(func.sum(Upload.length - Upload.received), 0)).where(
                        Upload.state == "receiving"
                    )
                )
            ).one()
            hers = await session.scalar(
                select(func.count()).where(Upload.state == "receiving", Upload.person_id == person.id)
            )
            if (hers or 0) >= MOST_UNFINISHED:
                raise Refused("uploads-many", most=MOST_UNFINISHED)
            if unfinished:
                # Room promised to others is not free, even though their bytes are not there yet.
                self.check_room_beside(length, int(promised))
            await self.check_quota(session, length + int(promised))
            session.add(upload)
        await asyncio.to_thread(upload_files.make_file, self.path(upload.id))
        return upload

    def check_room_beside(self, length: int, promised: int) -> None:
        """As `check_room`, with `promised` bytes of other uploads still to come."""
        if shutil.disk_usage(self.folder).free - length - promised < self.min_free_bytes:
            raise DiskFull("disk-full")

    async def check_quota(self, session: AsyncSession, length: int) -> None:
        """Raise QuotaFull where `length` more bytes of originals are more than the museum may have."""
        if self.quota_bytes:
            kept = await session.scalar(select(func.coalesce(func.sum(Original.bytes), 0)))
            if int(kept or 0) + length > self.quota_bytes:
                raise QuotaFull("quota-full", most=self.quota_bytes)

    async def find(self, upload_id: str, person: Person) -> Upload:
        """Her upload, with `received` what really is on disk. Raises NotFound, also where it has expired."""
        async with self.database.read() as session:
            upload = await session.get(Upload, upload_id)
        if upload is None or upload.person_id != person.id or upload.expires_at <= now():
            raise NotFound("no-such-upload")
        if upload.state == "receiving":
            try:
                upload.received = min(upload.received, self.path(upload.id).stat().st_size)
            except FileNotFoundError:
                upload.received = 0
        return upload

    async def append(
        self,
        upload_id: str,
        person: Person,
        offset: int,
        chunks: AsyncIterator[bytes],
        checksum: tuple[str, bytes] | None = None,
    ) -> Upload:
        """Write `chunks` from `offset` on; returns the upload with its new `received`, complete when all is there.

        With `checksum` (algorithm, digest) the part counts whole or not at all. When `chunks` breaks off with an error what came
        before is kept. Raises NotFound, Locked, WrongOffset, WrongChecksum, TooLarge, DiskFull.
        """
        owner = queue.owner_name()
        upload = await self._lease(upload_id, person, owner)
        try:
            if upload.received != offset:
                raise WrongOffset("wrong-offset", offset=upload.received)
            self.check_room(upload.length - offset)
            await self._write(upload, owner, chunks, checksum)
            if upload.received == upload.length:
                await self._finish(upload, owner)
        finally:
            await asyncio.shield(self._release(upload_id, owner))
        return upload

    async def finish(self, upload_id: str, person: Person) -> int:
        """The original's id of a whole upload, also where the server died between its last byte and keeping it.
        Raises Refused where bytes are missing."""
        upload = await self.find(upload_id, person)
        if upload.state != "complete":
            if upload.received != upload.length:
                raise Refused("upload-incomplete")
            owner = queue.owner_name()
            upload = await self._lease(upload_id, person, owner)
            try:
                await self._finish(upload, owner)
            finally:
                await asyncio.shield(self._release(upload_id, owner))
        if upload.original_id is None:
            raise NotFound("no-such-upload")
        return upload.original_id

    async def remove(self, upload_id: str, person: Person) -> None:
        """Forget an upload and its bytes; an original made of it stays. Raises NotFound, Locked."""
        owner = queue.owner_name()
        await self._lease(upload_id, person, owner)
        async with self.database.write() as session:
            upload = await session.get(Upload, upload_id)
            if upload is not None:
                await session.delete(upload)
        await asyncio.to_thread(upload_files.remove_file, self.path(upload_id))

    async def sweep(self) -> int:
        """Remove expired uploads, and files so old that no upload can own them; returns how many uploads went."""
        moment = now()
        async with self.database.write() as session:
            expired = list(
                await session.scalars(
                    select(Upload).where(
                        Upload.expires_at <= moment, or_(Upload.lease_until.is_(None), Upload.lease_until < moment)
                    )
                )
            )
            for upload in expired:
                await session.delete(upload)
        for upload in expired:
            await asyncio.to_thread(upload_files.remove_file, self.path(upload.id))
        await asyncio.to_thread(upload_files.remove_older, self.folder, time.time() - 2 * LIFETIME.total_seconds())
        return len(expired)

    async def release_dead_owners(self) -> int:
        """Free uploads held by processes of this host that are gone, so that after a restart they go on at once; how many."""
        async with self.database.write() as session:
            held = (await session.execute(select(Upload.id, Upload.owner).where(Upload.owner.is_not(None)))).all()
            dead = [upload_id for upload_id, owner in held if queue.is_dead_owner(owner)]
            if dead:
                await session.execute(update(Upload).where(Upload.id.in_(dead)).values(owner=None, lease_until=None))
        return len(dead)

    async def _lease(self, upload_id: str, person: Person, owner: str) -> Upload:
        await self.find(upload_id, person)
        moment = now()
        async with self.database.write() as session:
            if not await _changed(
                session,
                update(Upload)
                .where(Upload.id == upload_id, or_(Upload.lease_until.is_(None), Upload.lease_until < moment))
                .values(owner=owner, lease_until=moment + LEASE),
            ):
                raise Locked("upload-busy")
        # Only the lease makes the offset certain.
        return await self.find(upload_id, person)

    async def _release(self, upload_id: str, owner: str) -> None:
        async with self.database.write() as session:
            await session.execute(
                update(Upload).where(Upload.id == upload_id, Upload.owner == owner).values(owner=None, lease_until=None)
            )

    async def _record(self, upload: Upload, owner: str, received: int) -> None:
        """Acknowledge bytes that are on disk, and renew the lease. Raises Locked where the lease was lost."""
        async with self.database.write() as session:
            if not await _changed(
                session,
                update(Upload)
                .where(Upload.id == upload.id, Upload.owner == owner)
                .values(received=received, lease_until=now() + LEASE, expires_at=now() + LIFETIME),
            ):
                raise Locked("upload-busy")
        upload.received = received

    async def _write(
        self, upload: Upload, owner: str, chunks: AsyncIterator[bytes], checksum: tuple[str, bytes] | None
    ) -> None:
        path = self.path(upload.id)
        hasher = hashlib.new(checksum[0], usedforsecurity=False) if checksum else None
        position = upload.received
        renewed = now()
        descriptor = await asyncio.to_thread(upload_files.open_at, path, position)
        try:
            try:
                async for chunk in upload_files.gather(chunks):
                    if position + len(chunk) > upload.length:
                        raise TooLarge("upload-longer")
                    if hasher:
                        hasher.update(chunk)
                    # At its own offset: should the lease ever be lost, the next holder writes the same bytes there.
                    await asyncio.to_thread(upload_files.write_at, descriptor, chunk, position)
                    position += len(chunk)
                    if hasher:
                        if now() - renewed > RENEW_EVERY:
                            await self._record(upload, owner, upload.received)
                            renewed = now()
                    elif position - upload.received >= FLUSH or now() - renewed > RENEW_EVERY:
                        await asyncio.to_thread(os.fsync, descriptor)
                        await self._record(upload, owner, position)
                        renewed = now()
            except BaseException:
                if not hasher and position > upload.received:
                    await asyncio.shield(self._keep_so_far(upload, owner, descriptor, position))
                raise
            if hasher and checksum and hasher.digest() != checksum[1]:
                raise WrongChecksum("wrong-checksum")
            await asyncio.to_thread(os.fsync, descriptor)
            await self._record(upload, owner, position)
        finally:
            os.close(descriptor)

    async def _keep_so_far(self, upload: Upload, owner: str, descriptor: int, position: int) -> None:
        with contextlib.suppress(Locked):
            await asyncio.to_thread(os.fsync, descriptor)
            await self._record(upload, owner, position)

    async def _finish(self, upload: Upload, owner: str) -> None:
        """Make an original of the whole file. The part itself goes only when the row knows its original: dying in between
        costs a second look at the file, not a second upload."""
        path = self.path(upload.id)
        whole = path.with_suffix(".whole")
        async with _renewing(lambda: self._record(upload, owner, upload.received)):
            await asyncio.to_thread(upload_files.second_name, path, whole)
            original = await self.keep(whole, upload.filename)
        async with self.database.write() as session:
            if not await _changed(
                session,
                update(Upload)
                .where(Upload.id == upload.id, Upload.owner == owner)
                .values(state="complete", original_id=original.id, media_type=original.media_type[:80]),
            ):
                raise Locked("upload-busy")
        upload.state, upload.original_id = "complete", original.id
        await asyncio.to_thread(upload_files.remove_file, path)


@contextlib.asynccontextmanager
async def _renewing(renew: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Renew a lease while the block takes its time."""

    async def again() -> None:
        while True:
            await asyncio.sleep(RENEW_EVERY.total_seconds())
            await renew()

    task = asyncio.create_task(again())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError, Refused):
            await task


async def _changed(session: AsyncSession, statement: object) -> bool:
    result = await session.execute(statement)  # pyright: ignore
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


def parse_metadata(header: str) -> dict[str, str]:
    """The tus header Upload-Metadata: `key base64, key base64`. Raises Refused where it is malformed."""
    values: dict[str, str] = {}
    for pair in header.split(","):
        key, _, value = pair.strip().partition(" ")
        if not key:
            continue
        try:
            values[key] = base64.b64decode(value, validate=True).decode()
        except ValueError:
            raise Refused("metadata-malformed") from None
    return values
