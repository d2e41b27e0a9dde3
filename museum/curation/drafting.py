"""Drafting: venues and scenes as a curator makes them, before and after visitors see them.

All functions work inside the caller's transaction. What is public may be changed by whoever may publish; see `load_scene`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any
from zlib import crc32

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.collection.models import Activity, Artifact, Exhibition, Image, Model
from museum.curation import roles
from museum.curation.errors import NotFound, Overtaken, Refused
from museum.curation.models import Person
from museum.database.base import now
from museum.database.texts import set_texts, tidy
from museum.guiding.models import GuidedTour
from museum.languages import canonical_tag
from museum.scenes.geometry import relevel
from museum.scenes.models import NADIR_KINDS, VENUE_KINDS, Hotspot, Link, Place, Scene, Venue

Texts = Mapping[str, str]

LONGEST = {
    "title": 200,
    "note": 200,
    "imprint": 200,
    "description": 4000,
    "alt": 500,
    "body": 4000,
    "question": 400,
    "explanation": 2000,
    "narration": 2000,
    "captions": 40_000,
}
LOCK = 7_316_842
"""Any number, always the same, beside that of a table."""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def turn(degrees: float) -> float:
    """The angle in [-180, 180)."""
    return (degrees + 180.0) % 360.0 - 180.0


def slug_of(title: str) -> str:
    """A slug from a title in Latin letters, at most 80 characters; empty where nothing is left of it."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:80].strip("-")


async def alone_with(session: AsyncSession, record: Any, lock: int) -> None:
    """Wait on PostgreSQL until nobody else does to records of this class what `lock` stands for, and keep others from it until the
    transaction ends; on SQLite only one writes at a time anyway."""
    if session.get_bind().dialect.name == "postgresql":
        keys = {"lock": lock, "table": crc32(record.__tablename__.encode()) >> 1}
        await session.execute(text("SELECT pg_advisory_xact_lock(:lock, :table)"), keys)


async def free_slug(
    session: AsyncSession,
    record: type[Venue | Scene | Place | Artifact | Image | Model | Exhibition | Activity | GuidedTour],
    wanted: str,
) -> str:
    """`wanted`, or `wanted-2`, `wanted-3` … where it is taken. On PostgreSQL nobody else finds one of the kind until the transaction ends,
    who might find the same: pictures of one name arrive side by side."""
    await alone_with(session, record, LOCK)
    taken = set(await session.scalars(select(record.slug).where(record.slug.startswith(wanted, autoescape=True))))
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"


def check_texts(texts: Mapping[str, Texts]) -> None:
    """Raise Refused where a text is in no language or longer than its field. One of a language that is not in use now may come along with
    the others of its record, so that nothing of it is lost."""
    for field, values in texts.items():
        for language, value in values.items():
            if canonical_tag(language) != language:
                raise Refused("language-unknown", language=language)
            if len(tidy(value)) > LONGEST[field]:
                raise Refused(f"{field}-long", most=LONGEST[field])


async def create_venue(session: AsyncSession, *, kind: str, texts: Mapping[str, Texts], slug: str = "") -> Venue:
    """A new venue, not yet public, after all others."""
    if kind not in VENUE_KINDS:
        raise Refused("venue-kind-unknown")
    require_title(texts)
    check_texts(texts)
    wanted = wanted_slug(slug, texts) or kind
    last = await session.scalar(select(func.max(Venue.position)))
    venue = Venue(
        slug=await free_slug(session, Venue, wanted), kind=kind, position=0 if last is None else last + 1, texts=[]
    )
    for field, values in texts.items():
        set_texts(venue, field, values)
    session.add(venue)
    await session.flush()
    return venue


async def load_venue(session: AsyncSession, slug: str, *, change: bool = False) -> Venue:
    """The venue with its texts, locked where it is to be changed. Raises NotFound."""
    query = select(Venue).where(Venue.slug == slug).options(selectinload(Venue.texts))
    venue = await session.scalar(query.with_for_update() if change else query)
    if venue is None:
        raise NotFound("no-such-venue")
    return venue


async def update_venue(session: AsyncSession, venue: Venue, version: int, *, texts: Mapping[str, Texts]) -> Venue:
    """Save a venue's texts. Raises Overtaken where `version` is no longer the one in the database."""
    if venue.version != version:
        raise Overtaken
    check_texts(texts)
    for field, values in texts.items():
        set_texts(venue, field, values)
    if venue.state == "published" and not any(row.field == "title" for row in venue.texts):
        raise Refused("title-needed", field="title")
    venue.version += 1
    return venue


async def create_scene(session: AsyncSession, venue: Venue, *, texts: Mapping[str, Texts], slug: str = "") -> Scene:
    """A new draft in `venue`, after its other scenes. Without a Latin title its slug is the venue's with a number."""
    require_title(texts)
    check_texts(texts)
    last = await session.scalar(select(func.max(Scene.position)).where(Scene.venue_id == venue.id))
    # Those moved to the front have negative ones.
    position = 0 if last is None else max(last + 1, 0)
    wanted = wanted_slug(slug, texts) or f"{venue.slug}-{position + 1}"
    scene = Scene(slug=await free_slug(session, Scene, wanted), venue_id=venue.id, position=position, texts=[])
    for field, values in texts.items():
        set_texts(scene, field, values)
    session.add(scene)
    await session.flush()
    return scene


def require_title(texts: Mapping[str, Texts]) -> None:
    """Raise Refused where there is a title in no language."""
    if not any(value.strip() for value in texts.get("title", {}).values()):
        raise Refused("title-needed", field="title")


def wanted_slug(slug: str, texts: Mapping[str, Texts]) -> str:
    """The slug asked for, else one from the English title. Raises Refused for a malformed one."""
    slug = slug.strip()
    if slug and (not _SLUG.fullmatch(slug) or len(slug) > 80):
        raise Refused("slug-malformed", field="slug")
    return slug or slug_of(texts.get("title", {}).get("en", ""))


async def load_scene(
    session: AsyncSession, slug: str, person: Person | None = None, version: int | None = None
) -> Scene:
    """The scene with its texts and venue. With `person` it is locked for a change, which on a public scene takes the right to
    publish. Raises NotFound, NotAllowed, and Overtaken where `version` is given and no longer the one in the database."""
    query = select(Scene).where(Scene.slug == slug).options(selectinload(Scene.texts), selectinload(Scene.venue))
    scene = await session.scalar(query.with_for_update(of=Scene) if person else query)
    if scene is None:
        raise NotFound("no-such-scene")
    roles.admit(scene, person, version)
    return scene


async def update_scene(
    session: AsyncSession,
    scene: Scene,
    version: int,
    *,
    texts: Mapping[str, Texts],
    year: int | None,
    place: str | None,
    north: float,
) -> Scene:
    """Save a scene's fields. `place` is a slug. Raises Overtaken where `version` is no longer the one in the database."""
    if scene.version != version:
        raise Overtaken
    check_texts(texts)
    if year is not None and not -100_000 <= year <= 10_000:
        raise Refused("year-range")
    place_id = None
    if place:
        place_id = await session.scalar(select(Place.id).where(Place.slug == place))
        if place_id is None:
            raise NotFound("no-such-place")
        if year is None:
            raise Refused("place-needs-year")
    for field, values in texts.items():
        set_texts(scene, field, values)
    if scene.state == "published" and not any(row.field == "title" for row in scene.texts):
        raise Refused("title-needed", field="title")
    scene.year, scene.place_id = year, place_id
    scene.north = north % 360.0
    scene.version += 1
    return scene


def set_first_view(scene: Scene, yaw: float, pitch: float, fov: float) -> None:
    """Make a direction and vertical field of view, in degrees, what a visitor sees first."""
    scene.initial_yaw = turn(yaw)
    scene.initial_pitch = min(max(pitch, -90.0), 90.0)
    scene.initial_fov = min(max(fov, 5.0), 120.0)
    scene.version += 1


async def set_level(session: AsyncSession, scene: Scene, pitch: float, roll: float) -> None:
    """Put a tilted photograph upright by so many degrees. Links and hotspots stay on what they were placed on.

    Raises Refused beyond 45 degrees.
    """
    if max(abs(pitch), abs(roll)) > 45:
        raise Refused("level-range")
    before, after = (scene.level_pitch, scene.level_roll), (pitch, roll)
    scene.level_pitch, scene.level_roll = after
    spots: list[Link | Hotspot] = [
        *await session.scalars(select(Link).where(Link.source_id == scene.id)),
        *await session.scalars(select(Hotspot).where(Hotspot.scene_id == scene.id)),
    ]
    for spot in spots:
        spot.yaw, spot.pitch = relevel(spot.yaw, spot.pitch, before, after)
        if isinstance(spot, Hotspot) and spot.polygon:
            spot.polygon = [list(relevel(yaw, up, before, after)) for yaw, up in spot.polygon]
    scene.version += 1


def place_on_plan(scene: Scene, x: float | None, y: float | None) -> None:
    """Say where a scene stands on its hall's floor plan, in metres east and north; None takes it off. Raises Refused for half a place."""
    if (x is None) != (y is None):
        raise Refused("half-position")
    if x is not None and y is not None and max(abs(x), abs(y)) > 100_000:
        raise Refused("number-needed", field="plan_x")
    scene.plan_x, scene.plan_y = x, y
    scene.version += 1


def hide_tripod(scene: Scene, kind: str | None, radius: float) -> None:
    """Hide what stands straight below, within `radius` degrees of the vertical; None shows it. Raises Refused."""
    if kind is not None and kind not in NADIR_KINDS:
        raise Refused("answer-unknown")
    if not 3 <= radius <= 60:
        raise Refused("nadir-range")
    scene.nadir_kind, scene.nadir_radius = kind, radius
    scene.version += 1


def touch(scene: Scene) -> None:
    """Note that links or hotspots changed: pages made before this are overtaken."""
    scene.version += 1
    scene.updated_at = now()


def numbers(values: Mapping[str, Any], *names: str) -> list[float]:
    """The finite numbers `names` of a form. Raises Refused for what is missing or no number."""
    found: list[float] = []
    for name in names:
        try:
            number = float(values[name])
        except (KeyError, TypeError, ValueError):
            raise Refused("number-needed", field=name) from None
        if not abs(number) < 1e9:
            raise Refused("number-needed", field=name)
        found.append(number)
    return found
