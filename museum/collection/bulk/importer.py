"""Taking in a folder of pictures: files → batches → limited children → store → records, everything side by side.

Nothing is remembered but the records themselves: an import that was ended in any way goes on when it is started again, since a file whose
content is here already is passed over.
"""

from __future__ import annotations

import asyncio
import errno
import shutil
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from museum.assets.ingest.sniff import media_type_of_file
from museum.assets.store import Blob, Store, digest_file
from museum.assets.workshop import Workshop
from museum.collection.bulk.making import Maker, Order, Result
from museum.collection.bulk.records import ImageWriter, MadeImage, known_images
from museum.collection.bulk.sheet import SheetRow
from museum.database import Database

BATCH_FILES = 16
BATCH_BYTES = 12 << 20
"""A batch is as large as saves starting children, and as small as lets the bar move."""
AHEAD = 2
"""Batches that are copied, stored or recorded while as many as there are cores are being made."""
LOOK_UP = 32
"""Files whose digests are looked up at a time."""
_FILES = {"pyramid": ("pyramid.tif", "image/tiff"), "preview": ("preview.jpg", "image/jpeg")}


@dataclass(frozen=True)
class File:
    """A file to take in; `name` is its path in the folder."""

    path: Path
    name: str
    row: SheetRow | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of a file: `made` (in a dry run: would be), `known` from before, `double` of another in the folder, or `refused` for
    `code` with `detail`, as the texts `errors.ingest.{code}` say it."""

    name: str
    state: str
    slug: str | None = None
    code: str | None = None
    detail: dict[str, Any] = field(default_factory=dict)


Hear = Callable[[Outcome], None]


@dataclass(frozen=True)
class _Wanted:
    """A file whose content is new here."""

    file: File
    blob: Blob


T = TypeVar("T")
_Batches = asyncio.Queue[list[_Wanted] | None]


class Importer:
    """Takes files into one museum. `hear` is told what became of each; in a `dry_run` that is all that happens. `spare` bytes of the
    disk are left free."""

    def __init__(
        self,
        database: Database,
        store: Store,
        writer: ImageWriter,
        hear: Hear,
        *,
        dry_run: bool = False,
        spare: int = 0,
    ) -> None:
        self._database = database
        self._store = store
        self._writer = writer
        self._hear = hear
        self._dry_run = dry_run
        self._spare = spare
        self._maker = Maker()

    async def run(self, files: Sequence[File]) -> None:
        """Take them in. Raises OSError with ENOSPC once the disk is nearly full; everything until then stands."""
        batches: _Batches = asyncio.Queue(1)
        crew = self._maker.cores + AHEAD
        try:
            with Workshop(self._store.scratch) as workshop:
                async with asyncio.TaskGroup() as group:
                    group.create_task(self._hand_out(files, batches, crew))
                    for _ in range(crew):
                        group.create_task(self._work(batches, workshop))
        except ExceptionGroup as errors:
            # The others have been cancelled because of the first.
            raise errors.exceptions[0] from None

    async def _hand_out(self, files: Sequence[File], batches: _Batches, crew: int) -> None:
        batch: list[_Wanted] = []
        async for wanted in self._new(files):
            if batch and (len(batch) == BATCH_FILES or _bytes([*batch, wanted]) > BATCH_BYTES):
                await batches.put(batch)
                batch = []
            batch.append(wanted)
        if batch:
            await batches.put(batch)
        for _ in range(crew):
            await batches.put(None)

    async def _new(self, files: Sequence[File]) -> AsyncIterator[_Wanted]:
        """The files whose content is neither in the museum nor in another of them."""
        seen: dict[str, str] = {}
        for start in range(0, len(files), LOOK_UP):
            digested = [(file, await self._digest(file)) for file in files[start : start + LOOK_UP]]
            async with self._database.read() as session:
                known = await known_images(session, {blob.digest for _, blob in digested if blob})
            for file, blob in digested:
                if blob is None:
                    continue
                if blob.digest in known:
                    self._hear(Outcome(file.name, "known", known[blob.digest]))
                elif blob.digest in seen:
                    self._hear(Outcome(file.name, "double", detail={"same": seen[blob.digest]}))
                else:
                    seen[blob.digest] = file.name
                    yield _Wanted(file, blob)

    async def _digest(self, file: File) -> Blob | None:
        try:
            if file.path.is_file():
                return await asyncio.to_thread(digest_file, file.path)
            self._refuse(file, "no-file")
        except OSError as error:
            self._refuse(file, "unreadable", reason=error.strerror or str(error))
        return None

    def _refuse(self, file: File, code: str, **detail: Any) -> None:
        self._hear(Outcome(file.name, "refused", code=code, detail=detail))

    async def _work(self, batches: _Batches, workshop: Workshop) -> None:
        while (batch := await batches.get()) is not None:
            if self._dry_run:
                results = await self._maker.inspect([(one.file.path, one.blob.bytes) for one in batch])
                for (one, _), info in self._accepted([(one, None) for one in batch], results):
                    self._hear(Outcome(one.file.name, "made", detail=info))
            else:
                await self._take_in(batch, workshop.folder())

    def _accepted(
        self, batch: Sequence[tuple[_Wanted, T]], results: Sequence[Result]
    ) -> Iterator[tuple[tuple[_Wanted, T], dict[str, Any]]]:
        """Those that were not turned away, with what was made of them."""
        for one, result in zip(batch, results, strict=True):
            if "made" in result:
                yield one, result["made"]
            else:
                code, detail = result["refused"]
                self._refuse(one[0].file, code, **detail)

    async def _take_in(self, batch: list[_Wanted], folder: Path) -> None:
        try:
            orders: list[tuple[_Wanted, Order]] = []
            for number, one in enumerate(batch):
                original = folder / f"original-{number}"
                if await self._copy(one, original):
                    orders.append((one, Order(original, one.blob.bytes, folder / f"work-{number}")))
            results = await self._maker.make([order for _, order in orders])
            made = [await self._keep(one, order, info) for (one, order), info in self._accepted(orders, results)]
            async with self._database.write() as session:
                written = await self._writer.write(session, made)
            for one, (slug, new) in zip(made, written, strict=True):
                self._hear(Outcome(one.name, "made" if new else "known", slug))
        finally:
            await asyncio.to_thread(shutil.rmtree, folder, True)

    async def _copy(self, wanted: _Wanted, original: Path) -> bool:
        """Copy the file: what is decoded is what will be kept, whatever happens to the file meanwhile."""
        if shutil.disk_usage(self._store.scratch).free - 3 * wanted.blob.bytes < self._spare:
            raise OSError(errno.ENOSPC, "the disk is nearly full", str(self._store.scratch))
        try:
            await asyncio.to_thread(shutil.copyfile, wanted.file.path, original)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise
            self._refuse(wanted.file, "unreadable", reason=error.strerror or str(error))
            return False
        return True

    async def _keep(self, wanted: _Wanted, order: Order, info: dict[str, Any]) -> MadeImage:
        """Put the file and what was made of it into the store."""
        media_type = await asyncio.to_thread(media_type_of_file, order.original)
        original = await self._store.put(order.original)
        files = {role: (await self._store.put(order.work / name), kind) for role, (name, kind) in _FILES.items()}
        return MadeImage(wanted.file.name, original, media_type, info, files, wanted.file.row)


def _bytes(batch: Sequence[_Wanted]) -> int:
    return sum(one.blob.bytes for one in batch)
