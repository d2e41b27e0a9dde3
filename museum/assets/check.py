"""`museum check`: does the store hold what the records say, whole, and nothing else?

Read in batches throughout, so that a museum of any size is checked in the memory of a small one. Repairing never removes anything
that a record mentions, nor anything that might be the only copy of something: it makes damaged derivatives again from sound originals,
and removes files that nothing has referred to for an hour, as a power cut in the middle of ingest leaves them.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import exists, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.ingest.workplace import abandoned
from museum.assets.models import Asset, AssetBlob, AssetOriginal, Original
from museum.assets.originals import make_again
from museum.assets.store import BlobMissing, Store, digest_in_thread
from museum.assets.workshop import deserted
from museum.database import Database
from museum.jobs.models import Job

BATCH = 200
GRACE_SECONDS = 3600
"""Age below which a file that no record mentions is taken for one whose record is about to be written."""
_AT_A_TIME = 4


class Finding(msgspec.Struct):
    """Something amiss. `code` is missing, wrong-size, damaged, no-main-file, orphan or abandoned; `mended` says what was done about it,
    and is empty where nothing was."""

    code: str
    text: str
    mended: str = ""


class Report(msgspec.Struct):
    """What a check has seen: distinct files, their bytes, and what was amiss."""

    files: int = 0
    bytes: int = 0
    findings: list[Finding] = []

    @property
    def sound(self) -> bool:
        """Whether nothing is left amiss."""
        return all(finding.mended for finding in self.findings)


class _Uses(msgspec.Struct):
    """Who says what about the file with one digest."""

    digest: str
    sizes: set[int]
    original: str = ""
    assets: dict[int, tuple[str, str]] = {}
    """Ready assets by id, each with its kind and the role that the file has there."""

    @property
    def text(self) -> str:
        names = [f"original {self.original!r}"] if self.original else []
        names += [f"{role} of {kind} {id}" for id, (kind, role) in self.assets.items()]
        return f"{' and '.join(names)} ({self.digest[:12]}…)"


async def check_store(
    database: Database, store: Store, *, repair: bool = False, grace: float = GRACE_SECONDS
) -> Report:
    """Compare records and store, every file's checksum included; with `repair`, mend what can be mended without a loss."""
    report = Report()
    broken: dict[int, list[Finding]] = {}
    lost: set[str] = set()
    async for uses in _uses(database):
        for start in range(0, len(uses), _AT_A_TIME):
            some = uses[start : start + _AT_A_TIME]
            for use, found in zip(some, await asyncio.gather(*(_verify(store, use) for use in some)), strict=True):
                report.files += 1
                if isinstance(found, int):
                    report.bytes += found
                    continue
                report.findings.append(found)
                if use.original:
                    lost.add(use.digest)
                for id in use.assets:
                    broken.setdefault(id, []).append(found)
    async for id, kind in _headless(database):
        finding = Finding("no-main-file", f"{kind} {id} is ready, but none of its files is the one that it is known by")
        report.findings.append(finding)
        broken.setdefault(id, []).append(finding)
    if repair:
        await _make_again(database, broken, lost)
    report.findings += await _orphans(database, store, repair, grace)
    for folder in [*await abandoned(database, store), *deserted(store.scratch)]:
        finding = Finding("abandoned", f"work folder {folder.name} of a job or an import that is over")
        if repair:
            await asyncio.to_thread(shutil.rmtree, folder, True)
            finding.mended = "removed"
        report.findings.append(finding)
    return report


async def _uses(database: Database) -> AsyncIterator[list[_Uses]]:
    """Every file that originals and ready assets mention, in the order of digests, a batch at a time."""
    mentioned = union(
        select(Original.digest.label("digest")),
        select(AssetBlob.digest).join(Asset, Asset.id == AssetBlob.asset_id).where(Asset.state == "ready"),
    ).subquery()
    last = ""
    while True:
        page = select(mentioned.c.digest).where(mentioned.c.digest > last).order_by(mentioned.c.digest).limit(BATCH)
        async with database.read() as session:
            uses = {digest: _Uses(digest, set()) for digest in await session.scalars(page)}
            originals = select(Original.digest, Original.bytes, Original.filename).where(Original.digest.in_(uses))
            for digest, size, filename in await session.execute(originals):
                uses[digest].sizes.add(size)
                uses[digest].original = filename
            blobs = (
                select(AssetBlob.digest, AssetBlob.bytes, AssetBlob.role, Asset.id, Asset.kind)
                .join(Asset, Asset.id == AssetBlob.asset_id)
                .where(AssetBlob.digest.in_(uses), Asset.state == "ready")
            )
            for digest, size, role, id, kind in await session.execute(blobs):
                uses[digest].sizes.add(size)
                uses[digest].assets[id] = (kind, role)
        if not uses:
            return
        last = next(reversed(uses))
        yield list(uses.values())


async def _verify(store: Store, use: _Uses) -> int | Finding:
    """The length of a sound file, or what is wrong with it."""
    try:
        size = await store.size(use.digest)
        if use.sizes != {size}:
            wanted = " or ".join(str(wanted) for wanted in sorted(use.sizes))
            return Finding("wrong-size", f"{use.text} has {size} bytes instead of {wanted}")
        async with store.local(use.digest) as path:
            blob = await digest_in_thread(path)
    except BlobMissing:
        return Finding("missing", f"{use.text} is not in the store")
    if blob.digest != use.digest:
        return Finding("damaged", f"{use.text} has another checksum than its name says")
    return size


async def _headless(database: Database) -> AsyncIterator[tuple[int, str]]:
    """Ready assets whose main digest is none of their files: (id, kind)."""
    has_main = exists().where(AssetBlob.asset_id == Asset.id, AssetBlob.digest == Asset.digest)
    last = 0
    while True:
        async with database.read() as session:
            found = await session.execute(
                select(Asset.id, Asset.kind)
                .where(Asset.id > last, Asset.state == "ready", ~has_main)
                .order_by(Asset.id)
                .limit(BATCH)
            )
            page = [(row.id, row.kind) for row in found]
        for entry in page:
            yield entry
        if not page:
            return
        last = page[-1][0]


async def _make_again(database: Database, broken: dict[int, list[Finding]], lost: set[str]) -> None:
    """Order broken assets anew whose originals are all sound. What takes their place has the same name and replaces the damaged file."""
    for id, findings in broken.items():
        async with database.write() as session:
            digests = await session.scalars(
                select(Original.digest)
                .join(AssetOriginal, AssetOriginal.original_id == Original.id)
                .where(AssetOriginal.asset_id == id)
            )
            if not lost.isdisjoint(digests) or not await make_again(session, id):
                continue
        for finding in findings:
            finding.mended = "being made again from its original; it is back once a worker has done so"


async def _orphans(database: Database, store: Store, repair: bool, grace: float) -> list[Finding]:
    findings: list[Finding] = []
    batch: list[str] = []
    async for digest in store.digests():
        batch.append(digest)
        if len(batch) == BATCH:
            findings += await _orphans_among(database, store, batch, repair, grace)
            batch = []
    return findings + await _orphans_among(database, store, batch, repair, grace)


async def _orphans_among(
    database: Database, store: Store, digests: Sequence[str], repair: bool, grace: float
) -> list[Finding]:
    findings: list[Finding] = []
    async with database.read() as session:
        kept = await _mentioned(session, digests)
    for digest in digests:
        if digest in kept:
            continue
        try:
            age = time.time() - await store.written_at(digest)
            size = await store.size(digest)
        except BlobMissing:
            continue
        if age < grace:
            continue
        finding = Finding("orphan", f"no record mentions {digest[:12]}… ({size} bytes)")
        if repair:
            # looked up once more within a write transaction: a record may have come since
            async with database.write() as session:
                if await _mentioned(session, [digest]):
                    continue
                await store.delete(digest)
            finding.mended = "removed"
        findings.append(finding)
    return findings


async def _mentioned(session: AsyncSession, digests: Sequence[str]) -> set[str]:
    """Those of `digests` that a record of any state mentions, or that a job still at work has noted in its checkpoints."""
    found: set[str] = set()
    for column in (Original.digest, AssetBlob.digest, Asset.digest):
        found.update(digest for digest in await session.scalars(select(column).where(column.in_(digests))) if digest)
    left = set(digests) - found
    if left:
        alive = select(Job.checkpoints).where(Job.state.in_(("queued", "running")))
        for checkpoints in await session.scalars(alive):
            found |= left & _strings(checkpoints)
    return found


def _strings(value: Any) -> set[str]:
    """Every string anywhere in a JSON value."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, dict):
        value = list(value.values())
    return set().union(*(_strings(entry) for entry in value)) if isinstance(value, list) else set()


def print_report(report: Report) -> int:
    """Say what was found, a line each; exit status 1 where something is left amiss."""
    for finding in report.findings:
        print(f"{finding.code:13} {finding.text}" + (f": {finding.mended}" if finding.mended else ""))
    print(f"{report.files} files, {report.bytes / 1e6:.1f} MB: ", end="")
    left = sum(1 for finding in report.findings if not finding.mended)
    mended = len(report.findings) - left
    if left:
        print(f"{left} amiss" + (f", {mended} mended" if mended else ""))
        if any(
            finding.code in ("missing", "wrong-size", "damaged") and not finding.mended for finding in report.findings
        ):
            print(
                "Whatever has no sound original has to come from a backup; uploading the same file again mends it, too."
            )
    else:
        print(f"{mended} mended, nothing else amiss" if mended else "all sound")
    return 1 if left else 0
