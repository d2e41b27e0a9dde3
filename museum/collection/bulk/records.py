"""Images as records: which are here already, and writing those that have been made."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models import Asset, AssetBlob, AssetOriginal, Original
from museum.assets.originals import keep_ready_asset, record_original
from museum.assets.store import Blob
from museum.collection.bulk.files import title_of, wanted_slug
from museum.collection.bulk.sheet import SheetRow
from museum.collection.models import Artifact, Image
from museum.database.base import now
from museum.database.texts import set_texts

LOCK = 7_316_842_003
"""The advisory lock of whoever writes imported images."""
_CANDIDATES = 40


@dataclass(frozen=True)
class MadeImage:
    """An image whose files are in the store. `name` is the file's path in its folder; `files` are blobs by role, with media types."""

    name: str
    original: Blob
    media_type: str
    info: dict[str, Any]
    files: Mapping[str, tuple[Blob, str]]
    row: SheetRow | None = None


async def known_images(session: AsyncSession, digests: Collection[str]) -> dict[str, str]:
    """Slugs of images by the digests of their originals, for those that have been taken in before and not failed."""
    rows = await session.execute(
        select(Original.digest, Image.slug)
        .join(AssetOriginal, AssetOriginal.original_id == Original.id)
        .join(Asset, Asset.id == AssetOriginal.asset_id)
        .join(Image, Image.asset_id == Asset.id)
        .where(Original.digest.in_(list(digests)), Asset.kind == "image", Asset.state != "failed")
    )
    return dict(rows.all())


async def missing_artifacts(session: AsyncSession, numbers: Collection[str]) -> list[str]:
    """Those of the accession numbers that no artifact has."""
    found: set[str] = set()
    wanted = sorted(numbers)
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        found.update(
            await session.scalars(select(Artifact.accession_number).where(Artifact.accession_number.in_(part)))
        )
    return [number for number in wanted if number not in found]


@dataclass
class ImageWriter:
    """Writes images in the caller's transaction. `category` is for those that nothing says a category of."""

    category: str
    publish: bool
    _next: dict[str, int] = field(default_factory=dict)
    """By slug the number from which a free one is looked for, so that a thousand files of one name take no million questions."""

    async def write(self, session: AsyncSession, made: Sequence[MadeImage]) -> list[tuple[str, bool]]:
        """Record all of them; slug and whether it is new, in their order. One whose file came in meanwhile stays as it is there."""
        written: list[tuple[str, bool]] = []
        if session.get_bind().dialect.name == "postgresql":
            # One batch after the other, whichever process takes it in: two would find the same slug free.
            await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        for one in made:
            original = await record_original(session, one.original, one.media_type, one.name)
            # Whoever else takes in the same file waits here until this transaction stands.
            await session.execute(select(Original.id).where(Original.id == original.id).with_for_update())
            known = await known_images(session, [one.original.digest])
            if known:
                written.append((known[one.original.digest], False))
                continue
            written.append((await self._add(session, one, original), True))
        return written

    async def _add(self, session: AsyncSession, one: MadeImage, original: Original) -> str:
        row = one.row or SheetRow(0)
        artifact = None
        if row.artifact:
            artifact = await session.scalar(select(Artifact).where(Artifact.accession_number == row.artifact))
        blobs = [
            AssetBlob(role=role, digest=blob.digest, bytes=blob.bytes, media_type=media_type)
            for role, (blob, media_type) in one.files.items()
        ]
        asset = await keep_ready_asset(session, "image", original.id, one.info, blobs)
        title = dict(row.texts.get("title") or title_of(one.name))
        image = Image(
            slug=await self._free_slug(session, row.slug or wanted_slug(title.get("en", ""), one.original.digest)),
            artifact_id=artifact.id if artifact else None,
            asset_id=asset.id,
            category=row.category or (artifact.category if artifact else self.category),
            position=await _next_position(session, artifact.id) if artifact else 0,
            rights=row.rights,
            rights_until=row.rights_until,
            width_mm=row.width_mm,
            height_mm=row.height_mm,
            state="published" if self.publish else "draft",
            published_at=now() if self.publish else None,
            texts=[],
        )
        for kind, values in {**row.texts, "title": title}.items():
            set_texts(image, kind, values)
        session.add(image)
        await session.flush()
        return image.slug

    async def _free_slug(self, session: AsyncSession, wanted: str) -> str:
        number = self._next.get(wanted, 1)
        while True:
            numbers = range(number, number + _CANDIDATES)
            candidates = [wanted if one == 1 else f"{wanted}-{one}" for one in numbers]
            taken = set(await session.scalars(select(Image.slug).where(Image.slug.in_(candidates))))
            for one, candidate in zip(numbers, candidates, strict=True):
                if candidate not in taken:
                    self._next[wanted] = one + 1
                    return candidate
            number += _CANDIDATES


async def _next_position(session: AsyncSession, artifact_id: int) -> int:
    last = await session.scalar(select(func.max(Image.position)).where(Image.artifact_id == artifact_id))
    return 0 if last is None else last + 1
