"""Taking a tour in: files first, which by themselves nobody sees, then all its records in one transaction.

A dry run is the same transaction, rolled back, so that it tells the truth. An import that was ended in any way goes on when it is started
again: files that are here already are not taken over twice, and records stand together or not at all.
"""

from __future__ import annotations

import asyncio
import errno
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.ingest.sniff import media_type_of_file
from museum.assets.models import Asset, AssetBlob, AssetOriginal
from museum.assets.originals import begin_asset, record_original
from museum.assets.store import Blob, BlobMissing, Store, digest_in_thread
from museum.curation import publication, readiness, snapshot_rows
from museum.curation.audit import CONSOLE
from museum.curation.changes import changing
from museum.curation.snapshots import ASSET, SHAPES, Shape, Snapshot, Whole, from_snapshot
from museum.database import Database
from museum.database.base import now
from museum.scenes.moving.checking import check_asset, check_record
from museum.scenes.moving.naming import Here, assets_here, differing, name_records
from museum.scenes.moving.paths import BadTour
from museum.scenes.moving.tour import BARE, LeftOut, Tour, TourFile, all_files, asset_key, renamed

Name = tuple[str, str]
Told = Callable[[int, int], None]


@dataclass
class Brought:
    """What came of an import, or in a dry run would. Records are (kind, slug as it is here): `made`; `known`, the same as here already;
    `differing`, which are here otherwise and were left so, with the paths of what differs; `updated`. `renamed` says what slugs of the
    tour became. `obstacles` are codes of what keeps records from being published; `making` are assets whose making was ordered."""

    act: str = ""
    made: list[Name] = field(default_factory=list)
    known: list[Name] = field(default_factory=list)
    updated: list[Name] = field(default_factory=list)
    differing: list[tuple[Name, list[str]]] = field(default_factory=list)
    renamed: list[tuple[Name, str]] = field(default_factory=list)
    published: list[Name] = field(default_factory=list)
    obstacles: list[tuple[Name, list[str]]] = field(default_factory=list)
    making: list[int] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


class _Never(Exception):
    """Rolls back a dry run."""


class Bringer:
    """Takes one tour into one museum. `publish` opens to visitors what is public in the tour, `update` makes what is here what the tour
    says; `spare` bytes of the disk are left free."""

    def __init__(
        self,
        database: Database,
        store: Store,
        tour: Tour,
        *,
        publish: bool = False,
        update: bool = False,
        dry_run: bool = False,
        spare: int = 0,
        told: Told = lambda done, whole: None,
    ) -> None:
        self._database = database
        self._store = store
        self._tour = tour
        self._publish = publish
        self._update = update
        self._dry_run = dry_run
        self._spare = spare
        self._told = told
        self._blobs: dict[Path, Blob] = {}
        self._assets: dict[str, int] = {}
        """Numbers of assets by key."""
        self._here = Here()
        self.done = Brought(left_out=list(tour.left_out))

    async def run(self, folder: Path) -> Brought:
        """Do it; `folder` is for files in the making. Raises BadTour, and OSError with ENOSPC once the disk is nearly full."""
        for kind, records in self._tour.records.items():
            for slug, snapshot in records.items():
                check_record(kind, slug, SHAPES[kind], snapshot)
        for key, asset in self._tour.assets.items():
            await check_asset(key, asset)
        await self._take_files(folder)
        self.done.act = self._tour.origin[:16].ljust(16, "0") + secrets.token_hex(8)
        try:
            async with changing(self._database, CONSOLE, act=self.done.act) as session:
                names = await self._find_assets(session)
                connection = await session.connection()
                self._here = await connection.run_sync(name_records, self._tour, names)
                await self._write_records(session)
                if self._publish:
                    await self._show(session)
                if self._dry_run:
                    raise _Never
        except _Never:
            pass
        except SQLAlchemyError as error:
            raise BadTour("database", reason=str(getattr(error, "orig", None) or error)[:300]) from error
        return self.done

    async def publish_rest(self) -> None:
        """Publish what could not be before its pictures were made."""
        self.done.obstacles.clear()
        async with changing(self._database, CONSOLE, act=self.done.act) as session:
            await self._show(session)

    async def _take_files(self, folder: Path) -> None:
        files = {file.path: file for asset in self._tour.assets.values() for file in all_files(asset)}
        sizes = {path: path.stat().st_size for path in files}
        whole, done = sum(sizes.values()), 0
        for path, file in sorted(files.items()):
            if not self._dry_run and shutil.disk_usage(self._store.scratch).free - 2 * sizes[path] < self._spare:
                raise OSError(errno.ENOSPC, "the disk is nearly full", str(self._store.scratch))
            self._blobs[path] = await self._take_file(file, folder)
            done += sizes[path]
            self._told(done, whole)

    async def _take_file(self, file: TourFile, folder: Path) -> Blob:
        """Its digest, having put it into the store: what is kept is what was looked at, whatever happens to the file meanwhile."""
        if not self._dry_run and file.digest:
            try:
                if await self._store.size(file.digest) == file.bytes:
                    return Blob(file.digest, file.bytes)
            except BlobMissing:
                pass
        path = file.path
        if not self._dry_run:
            path = folder / "file"
            await asyncio.to_thread(shutil.copyfile, file.path, path)
        blob = await digest_in_thread(path)
        if file.digest and blob.digest != file.digest:
            raise BadTour("file-differs", name=file.path.name)
        return blob if self._dry_run else await self._store.put(path)

    async def _find_assets(self, session: AsyncSession) -> dict[tuple[str, Any], str]:
        """What the tour's assets are called here, having made or ordered those that are not here."""
        of = {
            name: asset.originals or (asset.ready.files if asset.ready else [])
            for name, asset in self._tour.assets.items()
        }
        digests = sorted({self._blobs[file.path].digest for files in of.values() for file in files})
        connection = await session.connection()
        self._assets = await connection.run_sync(assets_here, digests)
        names: dict[tuple[str, Any], str] = {}
        for name, asset in self._tour.assets.items():
            originals = [(file.role, self._blobs[file.path].digest) for file in asset.originals]
            key = asset_key(asset.kind, asset.options, originals, asset.ready.digest if asset.ready else "")
            if key not in self._assets:
                self._assets[key] = await self._make_asset(session, name)
            names[ASSET, name] = key
        return names

    async def _make_asset(self, session: AsyncSession, name: str) -> int:
        asset = self._tour.assets[name]
        originals: list[tuple[int, str]] = []
        for file in asset.originals:
            media_type = await asyncio.to_thread(media_type_of_file, file.path)
            filename = file.filename or file.path.name
            original = await record_original(session, self._blobs[file.path], media_type, filename)
            originals.append((original.id, file.role))
        if asset.ready is None:
            ordered = await begin_asset(session, asset.kind, originals, asset.options)
            self.done.making.append(ordered.id)
            return ordered.id
        made = Asset(kind=asset.kind, state="ready", digest=asset.ready.digest, info=asset.ready.info, ready_at=now())
        made.options = dict(asset.options)
        made.originals = [
            AssetOriginal(position=position, role=role, original_id=number)
            for position, (number, role) in enumerate(originals)
        ]
        made.blobs = [
            AssetBlob(role=file.role, digest=blob.digest, bytes=blob.bytes, media_type=file.media_type)
            for file, blob in ((file, self._blobs[file.path]) for file in asset.ready.files)
        ]
        session.add(made)
        await session.flush()
        return made.id

    async def _write_records(self, session: AsyncSession) -> None:
        """Make what is not here, first without its parts, since those lead to what may come only after it."""
        fresh: list[tuple[str, Any, Snapshot]] = []
        changed: list[tuple[str, str, Snapshot]] = []
        for kind, shape in SHAPES.items():
            made: dict[str, Any] = {}
            for slug, snapshot in self._tour.records.get(kind, {}).items():
                here = self._here.names[kind, slug]
                wanted = renamed(shape, snapshot, self._here.names)
                if here != slug:
                    self.done.renamed.append(((kind, slug), here))
                present = self._here.present.get((kind, here))
                if present is not None:
                    if self._meet(kind, here, differing(shape, present, wanted)):
                        changed.append((kind, here, wanted))
                    continue
                bare = {name: value for name, value in wanted.items() if name not in shape.parts}
                record = made[here] = snapshot_rows.new_record(shape)
                record.slug = here
                snapshot_rows.write(shape, record, self._rows(shape, {**bare, BARE: "draft"}, []))
                fresh.append((kind, record, wanted))
                self.done.made.append((kind, here))
            session.add_all(made.values())
            await session.flush()
            self._here.ids |= {(kind, slug): record.id for slug, record in made.items()}
        for kind, record, wanted in fresh:
            self._complete(kind, record, {**wanted, BARE: "draft"})
        for kind, here, wanted in changed:
            record = await snapshot_rows.load(session, kind, here, change=True)
            record.version += 1
            self._complete(kind, record, {**wanted, BARE: record.state})
        await session.flush()

    def _meet(self, kind: str, here: str, paths: list[str]) -> bool:
        """A record that is here already, with what differs; whether it is to be changed."""
        if not paths:
            self.done.known.append((kind, here))
        elif self._update:
            self.done.updated.append((kind, here))
        else:
            self.done.differing.append(((kind, here), paths))
        return bool(paths) and self._update

    def _complete(self, kind: str, record: Any, wanted: Snapshot) -> None:
        shape = SHAPES[kind]
        lost: list[tuple[str, str]] = []
        snapshot_rows.write(shape, record, self._rows(shape, _numbered(shape, wanted, record), lost))
        self.done.left_out += [
            LeftOut("reference", f"{kind} {record.slug}", {"kind": other, "name": name}) for other, name in lost
        ]

    def _rows(self, shape: Shape, snapshot: Snapshot, lost: list[tuple[str, str]]) -> Whole:
        def find(kind: str, named: Any) -> int | None:
            return self._assets.get(named) if kind == ASSET else self._here.ids.get((kind, named))

        return from_snapshot(shape, snapshot, find, lost)

    async def _show(self, session: AsyncSession) -> None:
        """Publish what is public in the tour, but for what stands here otherwise."""
        apart = {name for name, _ in self.done.differing}
        for kind, shape in SHAPES.items():
            public = [slug for slug, one in self._tour.records.get(kind, {}).items() if one[BARE] == "published"]
            for here in (self._here.names[kind, slug] for slug in public):
                state = await session.scalar(select(shape.record.state).where(shape.record.slug == here))
                if state in (None, "published") or (kind, here) in apart:
                    continue
                record = await snapshot_rows.load(session, kind, here, change=True)
                obstacles = await readiness.obstacles_of(session, record)
                if obstacles:
                    self.done.obstacles.append(((kind, here), obstacles))
                    continue
                await publication.publish(session, record)
                await session.flush()
                self.done.published.append((kind, here))


def _numbered(shape: Shape, snapshot: Snapshot, record: Any) -> Snapshot:
    """The snapshot with its parts under the numbers of those that stand in their places, so that a changed part is no new one."""
    made = dict(snapshot)
    for name, part in shape.parts.items():
        there = list(getattr(record, name))
        made[name] = []
        for number, one in enumerate(snapshot.get(name, ())):
            present = there[number] if number < len(there) else snapshot_rows.new_record(part)
            made[name].append({**_numbered(part, one, present), "id": present.id})
    return made
