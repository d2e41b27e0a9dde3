"""Pictures on their way to a record: each becomes an image as soon as it has arrived, and is put where it was meant to be, whether
somebody still looks at the page or not.

A goal is `image` (the collection), `artifact/{slug}` (its photographs), `exhibition/{slug}` (hung last) or `cover/{slug}` (the picture that
stands for an exhibition).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.assets.ingest.sniff import PICTURES, media_type_of
from museum.assets.models import Asset
from museum.collection.models import Image
from museum.curation import exhibiting, overview, photographs, picturing, remaking, roles
from museum.curation.audit import Actor
from museum.curation.changes import changing
from museum.curation.errors import NotFound, Refused
from museum.curation.models import Person, Upload
from museum.curation.remaking import Failure
from museum.database.base import now
from museum.database.engine import Database
from museum.database.texts import texts_by_field
from museum.jobs.models import Job

GOALS = ("image", "artifact", "exhibition", "cover")
MOST = 200
THERE = frozenset({"photograph-there", "exhibit-there"})
"""It is where it was meant to be, and was so before."""


def split(goal: str) -> tuple[str, str]:
    """Kind and slug of a goal. Raises Refused for what is none."""
    kind, _, slug = goal.partition("/")
    if kind not in GOALS or (kind == "image") == bool(slug) or len(goal) > 160 or "\0" in goal:
        raise Refused("metadata-malformed")
    return kind, slug


async def check(session: AsyncSession, person: Person, goal: str, head: bytes = b"") -> None:
    """Before anything is sent: raises NotFound, NotAllowed, and Refused for a file that begins as no picture does."""
    kind, slug = split(goal)
    if kind == "image":
        roles.demand(person, "draft")
    elif kind == "artifact":
        roles.demand_change(person, await photographs.load_artifact(session, slug))
    else:
        roles.demand_change(person, await exhibiting.load_exhibition(session, slug))
    if head and media_type_of(head) not in PICTURES:
        raise Refused("picture-kind")


async def note(database: Database, upload: Upload, goal: str) -> None:
    """Remember what an upload is for."""
    async with database.write() as session:
        (await session.get_one(Upload, upload.id)).goal = goal


async def put(session: AsyncSession, person: Person, goal: str, slug: str) -> None:
    """Put an image where it was meant to be. Raises NotFound, NotAllowed, Refused."""
    kind, owner = split(goal)
    if kind == "artifact":
        artifact = await photographs.load_artifact(session, owner, person)
        await photographs.add(session, artifact, person, slug)
    elif kind != "image":
        exhibition = await exhibiting.load_exhibition(session, owner, person)
        if kind == "cover":
            await exhibiting.set_cover(session, exhibition, slug)
        else:
            await exhibiting.add_item(session, exhibition, section=None, kind="image", named=slug)


async def take_in(
    session: AsyncSession, person: Person, goal: str, original_id: int, filename: str
) -> tuple[str, bool, Refused | None]:
    """The slug of the image made of an original, whether it is new, and why it is not where it was meant to be. Raises Refused for what
    is no picture."""
    slug, fresh = await picturing.take_in(session, original_id, filename)
    try:
        async with session.begin_nested():
            await put(session, person, goal, slug)
    except Refused as refused:
        return slug, fresh, None if refused.code in THERE else refused
    return slug, fresh, None


async def arrived(database: Database, actor: Actor, person: Person, upload_id: str) -> None:
    """Make an image of a whole upload that has a goal, once, if its sender may still make one."""
    async with changing(database, actor) as session:
        query = select(Upload).where(Upload.id == upload_id, Upload.person_id == person.id).with_for_update()
        upload = await session.scalar(query)
        if upload is None:
            raise NotFound("no-such-upload")
        if not upload.goal or upload.original_id is None or upload.image or upload.error:
            return
        refused: Refused | None = None
        try:
            roles.demand(person, "draft")
            async with session.begin_nested():
                upload.image, _, refused = await take_in(
                    session, person, upload.goal, upload.original_id, upload.filename
                )
        except Refused as none:
            refused = none
        if refused is not None:
            upload.error = {"code": refused.code, "values": dict(refused.values)}


@dataclass(frozen=True)
class OnItsWay:
    """A picture on its way: `state` is waiting (for its bytes), arrived (the image is still to be made), queued, running, ready, failed or
    cancelled (the picture in the image), or refused."""

    upload: str
    name: str
    bytes: int
    received: int
    state: str
    image: str
    title: dict[str, str]
    preview: str | None
    progress: float
    error: dict[str, Any] | None


async def on_their_way(session: AsyncSession, person: Person, goal: str) -> list[OnItsWay]:
    """Her pictures for a goal that were sent lately, the first first."""
    query = select(Upload).where(Upload.person_id == person.id, Upload.goal == goal, Upload.expires_at > now())
    uploads = list(await session.scalars(query.order_by(Upload.created_at.desc()).limit(MOST)))[::-1]
    slugs = [upload.image for upload in uploads if upload.image]
    options = (selectinload(Image.texts), selectinload(Image.asset).selectinload(Asset.blobs))
    found = await session.scalars(select(Image).where(Image.slug.in_(slugs)).options(*options))
    images = {image.slug: image for image in found}
    subjects = [f"asset:{image.asset_id}" for image in images.values()]
    found_jobs = await session.scalars(select(Job).where(Job.subject.in_(subjects)).order_by(Job.id))
    jobs = {job.subject: job for job in found_jobs if job.subject}
    return [
        _way(upload, images.get(upload.image), jobs) for upload in uploads if not upload.image or upload.image in images
    ]


def _way(upload: Upload, image: Image | None, jobs: dict[str, Job]) -> OnItsWay:
    job = jobs.get(f"asset:{image.asset_id}") if image else None
    state, error = "waiting", upload.error
    if error is not None:
        state = "refused"
    elif image is not None:
        asset = image.asset
        state = "ready" if asset is None or asset.state == "ready" else "failed"
        if asset is not None and asset.state == "pending":
            state = job.state if job and job.state != "done" else "running"
        if asset is not None and state in ("failed", "cancelled"):
            error = asset.error or (job.error if job else None)
    elif upload.state == "complete" or upload.received == upload.length:
        state = "arrived"
    return OnItsWay(
        upload.id,
        upload.filename,
        upload.length,
        upload.received,
        state,
        upload.image,
        overview.title_of(image) if image else {},
        overview.preview_of(image.asset) if image else None,
        job.progress if job else 0.0,
        error,
    )


@dataclass(frozen=True)
class Asked:
    """What an image still lacks: its alternative text in every language, where `alt` is empty; `obstacle` as `picture-pending`, and
    `failure` where it could not be made."""

    version: int
    alt: dict[str, str]
    obstacle: str
    failure: Failure | None = None


async def asked_of(session: AsyncSession, slugs: Sequence[str]) -> dict[str, Asked]:
    """By slug what images that are to be shown still lack."""
    query = select(Image).where(Image.slug.in_(slugs)).options(selectinload(Image.texts), selectinload(Image.asset))
    images = list(await session.scalars(query))
    why = await remaking.failures(session, [image.asset for image in images if image.asset])
    found: dict[str, Asked] = {}
    for image in images:
        state = image.asset.state if image.asset else "missing"
        obstacle = "" if state == "ready" else f"picture-{state}"
        alt = texts_by_field(image.texts).get("alt", {})
        found[image.slug] = Asked(image.version, alt, obstacle, why.get(image.asset_id or 0))
    return found
