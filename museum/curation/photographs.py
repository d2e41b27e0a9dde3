"""The photographs of an artifact: which images they are, and in which order; the first one stands for it everywhere.

All functions work inside the caller's transaction. Images are records of their own: each that is changed has to be the person's to change.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.collection.models import Artifact, Image
from museum.curation import ordering, overview, placing, publication, readiness, roles, snapshot_rows
from museum.curation.errors import NotFound, Refused
from museum.curation.models import Person
from museum.curation.overview import Choice
from museum.curation.readiness import Standing
from museum.curation.visibility import forget_with_commit
from museum.database.base import now

MOST = 200


async def load_artifact(session: AsyncSession, slug: str, person: Person | None = None) -> Artifact:
    """The artifact with its texts; with `person` locked for a change. Raises NotFound, NotAllowed."""
    artifact = await snapshot_rows.load(session, "artifact", slug, change=person is not None)
    if artifact is None:
        raise NotFound("no-such-artifact")
    if person:
        roles.demand_change(person, artifact)
    return artifact


async def photographs_of(session: AsyncSession, artifact: Artifact) -> list[Choice]:
    """Its photographs in their order."""
    ids = [image.id for image in await _images(session, artifact)]
    known = await overview.shown_as(session, "image", ids)
    return [known[number] for number in ids]


async def unshown(session: AsyncSession, artifact: Artifact) -> list[Standing]:
    """Those of its photographs that are not public, and what stands in the way of each."""
    which = (Image.artifact_id == artifact.id, Image.state != "published")
    return await readiness.standing_by(session, "image", readiness.statement("image", *which))


async def _images(session: AsyncSession, artifact: Artifact) -> list[Image]:
    query = select(Image).where(Image.artifact_id == artifact.id).order_by(Image.position, Image.id)
    return list(await session.scalars(query.options(selectinload(Image.texts))))


async def _one_of(session: AsyncSession, artifact: Artifact, slug: str) -> tuple[list[Image], Image]:
    """All photographs of an artifact, and the one with this slug."""
    images = await _images(session, artifact)
    found = next((image for image in images if image.slug == slug), None)
    if found is None:
        raise NotFound("no-such-photograph")
    return images, found


async def add(session: AsyncSession, artifact: Artifact, person: Person, named: str) -> Image:
    """Make the image of that slug or title the artifact's last photograph. Raises NotFound, NotAllowed, Refused; one of another artifact
    has to be let go there first."""
    images = await _images(session, artifact)
    if len(images) >= MOST:
        raise Refused("photographs-many", most=MOST)
    image = await session.get_one(Image, await placing.find_record(session, "image", named), with_for_update=True)
    roles.demand_change(person, image)
    if image.artifact_id == artifact.id:
        raise Refused("photograph-there")
    if image.artifact_id is not None:
        number = await session.scalar(select(Artifact.accession_number).where(Artifact.id == image.artifact_id))
        raise Refused("photograph-taken", number=number)
    image.artifact_id = artifact.id
    image.position = ordering.after(images)
    _touch(image)
    if image.state == "published" and artifact.state != "published":
        # From now on it is seen with its artifact only.
        forget_with_commit(session)
    await session.flush()
    return image


async def move(session: AsyncSession, artifact: Artifact, person: Person, slug: str, by: int) -> None:
    """Have a photograph come earlier (-1) or later (1). Raises NotFound, NotAllowed."""
    images, image = await _one_of(session, artifact, slug)
    before = {one.id: one.position for one in images}
    ordering.shift(images, image, by)
    for one in images:
        if one.position != before[one.id]:
            roles.demand_change(person, one)
            _touch(one)


async def remove(session: AsyncSession, artifact: Artifact, person: Person, slug: str) -> None:
    """Let a photograph be an image by itself again, as a draft: it was shown because it is of this artifact, and nobody has decided to
    show it alone. Raises NotFound, NotAllowed."""
    _, image = await _one_of(session, artifact, slug)
    roles.demand_change(person, image)
    if image.state == "published":
        await publication.withdraw(session, image)
    image.artifact_id, image.position = None, 0
    _touch(image)


def _touch(image: Image) -> None:
    image.version += 1
    image.updated_at = now()
