"""Files that come in one request, as from a browser without scripts: all of them are kept once all have come, else none."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from museum.assets.models import Original
from museum.curation import upload_files
from museum.curation.errors import Refused
from museum.curation.uploads import Uploads


class WholeFiles:
    """The files of one request, in the order in which they come."""

    def __init__(self, uploads: Uploads) -> None:
        self.uploads = uploads
        self.bytes = 0
        self._files: list[tuple[Path, str]] = []

    async def receive(self, filename: str, chunks: AsyncIterator[bytes]) -> None:
        """Take the next file. Raises DiskFull, and Refused for an empty one."""
        self.uploads.check_room(0)
        path = self.uploads.folder / f"{secrets.token_hex(16)}.whole"
        self._files.append((path, filename))
        written = 0
        descriptor = await asyncio.to_thread(os.open, path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            async for chunk in upload_files.gather(chunks):
                self.uploads.check_room(written + len(chunk))
                await asyncio.to_thread(upload_files.write_at, descriptor, chunk, written)
                written += len(chunk)
            await asyncio.to_thread(os.fsync, descriptor)
        finally:
            os.close(descriptor)
        if not written:
            raise Refused("file-empty")
        self.bytes += written

    async def keep(self) -> list[tuple[Original, str]]:
        """Keep all that came, in its order, with the names that it came under. Raises QuotaFull."""
        if self._files:
            async with self.uploads.database.read() as session:
                await self.uploads.check_quota(session, self.bytes)
        return [(await self.uploads.keep(path, upload_files.clean_filename(name)), name) for path, name in self._files]

    async def forget(self) -> None:
        """Remove what was not kept."""
        for path, _ in self._files:
            await asyncio.to_thread(upload_files.remove_file, path)


@asynccontextmanager
async def whole_files(uploads: Uploads) -> AsyncIterator[WholeFiles]:
    """Files to be received and then kept; what was not kept goes in the end."""
    files = WholeFiles(uploads)
    try:
        yield files
    finally:
        await files.forget()
