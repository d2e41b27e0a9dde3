"""Taking records of artifacts in: all of them in one transaction, which is one act and can be undone as one.

An artifact is known by its inventory number. What an earlier import wrote and nobody has changed since may be brought up to date; what a
curator has written stays unless it is asked for by name.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.assets.models import Asset, AssetOriginal, Original
from museum.collection.bulk.files import wanted_slug
from museum.collection.models import Artifact, Image
from museum.collection.moving.rows import ArtifactRow
from museum.curation import publication, readiness
from museum.curation.audit import CONSOLE
from museum.curation.changes import changing
from museum.curation.errors import Refused
from museum.curation.models import Revision
from museum.database import Database
from museum.database.texts import set_texts, texts_by_field

ACT = hashlib.sha256(b"import of records").hexdigest()[:12]
"""What the numbers of these acts begin with, so that what they wrote can be told from what people wrote."""
HOW = ("none", "update", "overwrite")
_TOGETHER = 500

Values = dict[str, Any]
"""What a record says, by `category`, `title.en` …"""


@dataclass(frozen=True)
class Difference:
    """Where a record here says otherwise than the row: `taken` where it was changed, else the curators' word stands."""

    line: int
    number: str
    name: str
    here: str
    there: str
    taken: bool


@dataclass
class Taken:
    """What came of the rows, or in a dry run would: slugs of records `made`, `known` (the same already), `changed`, `kept` (different,
    and left); images that became photographs of theirs; file names for which the museum has no image."""

    act: str = ""
    made: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    attached: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    images_missing: list[str] = field(default_factory=list)


class _Never(Exception):
    """Rolls back a dry run."""


async def take_records(
    database: Database,
    rows: Sequence[ArtifactRow],
    *,
    how: str = "none",
    publish: bool = False,
    category: str = "other",
    dry_run: bool = False,
) -> Taken:
    """Take the rows in. `how`: of records that are here, change nothing, what no curator has written (`update`), or all (`overwrite`).
    Raises Refused where the database refuses something."""
    taken = Taken(ACT + secrets.token_hex(10))
    taking = _Taking(taken, how, publish, category)
    try:
        async with changing(database, CONSOLE, act=taken.act) as session:
            for start in range(0, len(rows), _TOGETHER):
                await taking.some(session, rows[start : start + _TOGETHER])
            if dry_run:
                raise _Never
    except _Never:
        pass
    except SQLAlchemyError as error:
        raise Refused("database", reason=str(getattr(error, "orig", None) or error)[:300]) from error
    return taken


@dataclass
class _Taking:
    taken: Taken
    how: str
    publish: bool
    category: str

    async def some(self, session: AsyncSession, rows: Sequence[ArtifactRow]) -> None:
        numbers = [row.number for row in rows]
        query = select(Artifact).where(Artifact.accession_number.in_(numbers)).options(selectinload(Artifact.texts))
        present = {one.accession_number: one for one in await session.scalars(query)}
        written = await _written(session, [one.slug for one in present.values()])
        slugs = _Slugs(session)
        for row in rows:
            artifact = present.get(row.number)
            if artifact is None:
                artifact = await self._make(row, slugs)
                session.add(artifact)
                self.taken.made.append(artifact.slug)
            else:
                self._meet(row, artifact, written.get(artifact.slug, {}))
            present[row.number] = artifact
        await session.flush()
        await self._pictures(session, rows, present)
        if self.publish:
            for row in rows:
                if row.public:
                    await self._show(session, present[row.number])

    async def _make(self, row: ArtifactRow, slugs: _Slugs) -> Artifact:
        english = row.texts.get("title", {}).get("en", "")
        wanted = row.slug or wanted_slug(
            english or f"artifact-{row.number}", hashlib.sha256(row.number.encode()).hexdigest()
        )
        artifact = Artifact(
            slug=await slugs.free(wanted[:100]),
            accession_number=row.number,
            **{"category": self.category, **row.plain},
            texts=[],
        )
        for name, values in row.texts.items():
            set_texts(artifact, name, values)
        return artifact

    def _meet(self, row: ArtifactRow, artifact: Artifact, written: Mapping[str, Any]) -> None:
        """A record that is here: what is empty is filled, what differs is told, and changed as far as was asked for."""
        here, there = values_of(artifact), _said(row)
        wanted: Values = {}
        kept = False
        for name, value in there.items():
            if here.get(name) == value:
                continue
            free = here.get(name) in (None, "") or (name in written and written[name] == here.get(name))
            take = self.how == "overwrite" or (self.how == "update" and free)
            kept = kept or not take
            if take:
                wanted[name] = value
            told = Difference(row.line, row.number, name, str(here.get(name) or ""), str(value), take)
            self.taken.differences.append(told)
        if wanted:
            _write(artifact, wanted)
            artifact.version += 1
        which = self.taken.changed if wanted else self.taken.kept if kept else self.taken.known
        which.append(artifact.slug)

    async def _pictures(
        self, session: AsyncSession, rows: Sequence[ArtifactRow], artifacts: Mapping[str, Artifact]
    ) -> None:
        """Images of the files that rows name become photographs of their artifacts, unless they are somebody's already."""
        names = {name: row for row in rows for name in row.images}
        query = (
            select(Original.filename, Image)
            .join(AssetOriginal, AssetOriginal.original_id == Original.id)
            .join(Asset, Asset.id == AssetOriginal.asset_id)
            .join(Image, Image.asset_id == Asset.id)
        )
        found: dict[str, list[Image]] = {}
        wanted = sorted(names)
        for start in range(0, len(wanted), _TOGETHER):
            some = query.where(Original.filename.in_(wanted[start : start + _TOGETHER])).order_by(Image.id)
            for name, image in await session.execute(some):
                found.setdefault(name, []).append(image)
        for row in rows:
            artifact = artifacts[row.number]
            for position, name in enumerate(row.images):
                if name not in found:
                    self.taken.images_missing.append(name)
                for image in found.get(name, []):
                    if image.artifact_id is None:
                        image.artifact_id, image.position = artifact.id, position
                        image.version += 1
                        self.taken.attached.append(image.slug)
                    if image.artifact_id == artifact.id and row.rights and not image.rights:
                        image.rights = row.rights
                        image.version += 1
        await session.flush()

    async def _show(self, session: AsyncSession, artifact: Artifact) -> None:
        if artifact.state != "published" and not await readiness.obstacles_of(session, artifact):
            await publication.publish(session, artifact)
            self.taken.published.append(artifact.slug)


class _Slugs:
    """Free slugs, those just given counted."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def free(self, wanted: str) -> str:
        """`wanted`, or with the first number that makes it free."""
        query = select(Artifact.slug).where(Artifact.slug.startswith(wanted, autoescape=True))
        taken = set(await self._session.scalars(query))
        slug, number = wanted, 2
        while slug in taken:
            slug, number = f"{wanted}-{number}", number + 1
        return slug


def values_of(artifact: Artifact) -> Values:
    """What a record says, by `category`, `title.en` …"""
    plain = {name: getattr(artifact, name) for name in ("category", "grade", "edtf", "year_from", "year_to")}
    texts = texts_by_field(artifact.texts)
    return plain | {f"{name}.{language}": words for name, values in texts.items() for language, words in values.items()}


def _said(row: ArtifactRow) -> Values:
    return {
        **row.plain,
        **{f"{name}.{language}": words for name, values in row.texts.items() for language, words in values.items()},
    }


def _write(artifact: Artifact, values: Values) -> None:
    for name, value in values.items():
        text, _, language = name.partition(".")
        if language:
            set_texts(artifact, text, {language: value})
        else:
            setattr(artifact, name, value)


async def _written(session: AsyncSession, slugs: Sequence[str]) -> dict[str, Values]:
    """What the last import wrote to each record, by slug."""
    query = (
        select(Revision.slug, Revision.snapshot)
        .where(Revision.kind == "artifact", Revision.slug.in_(slugs), Revision.act.startswith(ACT))
        .order_by(Revision.id)
    )
    return {slug: dict(_leaves(snapshot)) for slug, snapshot in await session.execute(query)}


def _leaves(snapshot: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in snapshot.items():
        if name == "texts":
            for text, values in value.items():
                yield from ((f"{text}.{language}", words) for language, (words, _) in values.items())
        else:
            yield name, value
