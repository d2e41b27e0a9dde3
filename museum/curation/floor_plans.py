"""The floor plans of a venue as a curator arranges them: its floors with their pictures, and its scenes on them.

What is arranged is laid flat into leaves, each at a path of its own:

    scene/{slug}/at            [floor, metres east, metres north], None for one that is not on the plan
    scene/{slug}/north         heading of the panorama's front
    floor/{key}/order          its place among the floors, None where there is no such floor
    floor/{key}/picture        number of an asset, or None
    floor/{key}/frame          [x, y, metres, turned]: see `museum.scenes.models.Floor`
    floor/{key}/title/{tag}    its name in a language

A page sends the leaves that it has changed, each with what it was before. Where somebody else has changed the same leaf otherwise nothing
is saved, and both sides are told. All functions work inside the caller's transaction.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.ingest.sniff import PICTURES
from museum.assets.models import Asset, Original
from museum.assets.originals import begin_asset
from museum.curation import roles, snapshot_rows
from museum.curation.drafting import check_texts, touch
from museum.curation.errors import NotFound, Overtaken, Refused
from museum.curation.models import Person
from museum.curation.production import PRIORITY
from museum.curation.visibility import forget_with_commit
from museum.database.base import now
from museum.database.texts import set_texts, texts_by_field
from museum.languages import LANGUAGES
from museum.scenes.models import MAIN_FLOOR, Floor, Scene, Venue

MOST_FLOORS = 40
MOST_CHANGES = 5000
Leaves = dict[str, Any]
Metres = Annotated[float, Meta(ge=-100_000, le=100_000)]
Order = Annotated[int, Meta(ge=0, le=10_000)]
Key = Annotated[str, Meta(pattern="^[a-z0-9-]{1,64}$")]
_FORMS: dict[str, Any] = {
    "at": tuple[Key, Metres, Metres] | None,
    "north": Annotated[float, Meta(ge=0, lt=360)],
    "order": Order,
    "picture": Annotated[int, Meta(ge=1)],
    "frame": tuple[Metres, Metres, Annotated[float, Meta(ge=0.1, le=100_000)], Annotated[float, Meta(ge=-180, le=180)]],
    "title": str,
}
"""What stands at paths, by their third parts. All of a floor may be None, too: it goes with the floor."""
_WERE: dict[str, Any] = {
    "at": tuple[str, float, float] | None,
    "north": float,
    "order": int,
    "picture": int,
    "frame": tuple[float, float, float, float],
    "title": str,
}
"""The same for what was there: it need not be what may come there now, but it is told where somebody else has changed it."""
_PATH = re.compile(r"scene/[a-z0-9-]+/(at|north)|floor/[a-z0-9-]{1,64}/(order|picture|frame|title/[A-Za-z0-9-]+)")


class Sent(msgspec.Struct):
    """What a page sends: by path what was, and what is to be. What is saved by itself in one `sitting` is one entry of the history."""

    changes: Annotated[dict[str, tuple[Any, Any]], Meta(max_length=MOST_CHANGES)]
    sitting: Annotated[str, Meta(max_length=64)] = ""


@dataclass(frozen=True)
class Difference:
    """A leaf that both sides changed."""

    path: str
    was: Any
    mine: Any
    now: Any


class Contested(Overtaken):
    """Somebody else has changed the same leaves otherwise."""

    def __init__(self, differences: list[Difference]) -> None:
        super().__init__()
        self.differences = differences


def act_of(person: Person, slug: str, sitting: str) -> str:
    """The number of the act that all saves of a sitting are; empty where it is not said."""
    return hashlib.sha256(f"plan/{person.id}/{slug}/{sitting}".encode()).hexdigest()[:32] if sitting else ""


def owner_of(venue: Venue) -> str:
    """The owner of the assets that are pictures of a venue's plans."""
    return f"plan:{venue.id}"


async def load(session: AsyncSession, slug: str, *, change: bool = False) -> Venue:
    """The venue with its texts and floors. Raises NotFound."""
    venue = await snapshot_rows.load(session, "venue", slug, change=change)
    if venue is None:
        raise NotFound("no-such-venue")
    return venue


def floors_of(venue: Venue) -> list[Floor]:
    """Its floors in their order; the main one where nobody has arranged any."""
    if venue.floors:
        # What is made just now has no number yet.
        return sorted(venue.floors, key=lambda floor: (floor.position, floor.id is None, floor.id or 0))
    return [Floor(key=MAIN_FLOOR, position=0, x=0.0, y=0.0, metres=20.0, turned=0.0, texts=[])]


def free_key(floors: Collection[Floor]) -> str:
    """A key for one more floor."""
    taken = {floor.key for floor in floors}
    return next(key for number in range(2, len(floors) + 3) if (key := f"floor-{number}") not in taken)


def leaves_of_floor(floor: Floor) -> Leaves:
    """The leaves of a floor."""
    at = f"floor/{floor.key}"
    titles = texts_by_field(floor.texts).get("title", {})
    return {
        f"{at}/order": floor.position,
        f"{at}/picture": floor.picture_id,
        f"{at}/frame": [floor.x, floor.y, floor.metres, floor.turned],
        **{f"{at}/title/{language}": titles.get(language, "") for language in dict.fromkeys((*LANGUAGES, *titles))},
    }


def leaves_of_scene(scene: Any) -> Leaves:
    """The leaves of a scene, or of a row with its columns."""
    at = None if scene.plan_x is None or scene.plan_y is None else [scene.floor, scene.plan_x, scene.plan_y]
    return {f"scene/{scene.slug}/at": at, f"scene/{scene.slug}/north": scene.north}


async def save(session: AsyncSession, slug: str, sent: Sent, person: Person) -> None:
    """Make what was sent so. What visitors see is changed at once, by whoever may do that. Raises NotFound, NotAllowed, Refused,
    Contested."""
    wanted = {path: _read(path, value) for path, (_, value) in sent.changes.items()}
    before = {path: _read(path, was, _WERE) for path, (was, _) in sent.changes.items()}
    arranging = any(path.startswith("floor/") for path in wanted)
    # The floor on which a scene is put must not go meanwhile.
    venue = await load(session, slug, change=arranging or any(path.endswith("/at") for path in wanted))
    if arranging:
        roles.demand(person, "arrange", venue.id)
    scenes = await _scenes(session, venue, wanted, person)
    present: Leaves = {}
    for floor in floors_of(venue):
        present |= leaves_of_floor(floor)
    for scene in scenes.values():
        present |= leaves_of_scene(scene)
    differences = [
        Difference(path, before[path], value, present.get(path))
        for path, value in wanted.items()
        if not _same(present.get(path), before[path]) and not _same(present.get(path), value)
    ]
    if differences:
        raise Contested(differences)
    floors_before = {floor.key for floor in floors_of(venue)}
    if arranging:
        await _save_floors(session, venue, {path: wanted[path] for path in wanted if path.startswith("floor/")})
    _save_scenes(venue, scenes, wanted)
    await session.flush()
    if arranging:
        await _check_floors(session, venue, floors_before)


def _same(one: Any, other: Any) -> bool:
    # An empty name and none are the same.
    return one == other or (one in (None, "") and other in (None, ""))


def _read(path: str, value: Any, forms: Mapping[str, Any] = _FORMS) -> Any:
    if not _PATH.fullmatch(path):
        raise Refused("draft-malformed", why=path)
    kind, _, what, *_ = path.split("/")
    try:
        # All that is of a floor goes with it.
        goes = value is None and kind == "floor"
        read = None if goes else msgspec.convert(value, forms[what])
    except msgspec.ValidationError as wrong:
        raise Refused("draft-malformed", why=f"{path}: {wrong}") from None
    return list(read) if isinstance(read, tuple) else read


async def _scenes(session: AsyncSession, venue: Venue, wanted: Leaves, person: Person) -> dict[str, Scene]:
    slugs = {path.split("/")[1] for path in wanted if path.startswith("scene/")}
    if not slugs:
        return {}
    query = select(Scene).where(Scene.venue_id == venue.id, Scene.slug.in_(slugs)).with_for_update()
    found = {scene.slug: scene for scene in await session.scalars(query)}
    if len(found) < len(slugs):
        raise NotFound("no-such-scene")
    for scene in found.values():
        roles.demand_change(person, scene)
    return found


def _save_scenes(venue: Venue, scenes: Mapping[str, Scene], wanted: Leaves) -> None:
    keys = {floor.key for floor in floors_of(venue)}
    for slug, scene in scenes.items():
        at = wanted.get(f"scene/{slug}/at", ...)
        if at is None:
            scene.plan_x = scene.plan_y = None
        elif at is not ...:
            if at[0] not in keys:
                raise NotFound("no-such-floor")
            scene.floor, scene.plan_x, scene.plan_y = at
        scene.north = wanted.get(f"scene/{slug}/north", scene.north)
        touch(scene)


async def _save_floors(session: AsyncSession, venue: Venue, wanted: Leaves) -> None:
    if not venue.floors:
        venue.floors = floors_of(venue)
    floors = {floor.key: floor for floor in venue.floors}
    for path, value in wanted.items():
        _, key, what, *_ = path.split("/")
        if what != "order":
            continue
        if value is None and key in floors:
            venue.floors.remove(floors.pop(key))
        elif value is not None and key in floors:
            floors[key].position = value
        elif value is not None:
            floors[key] = Floor(key=key, position=value, texts=[])
            venue.floors.append(floors[key])
    for path, value in wanted.items():
        _, key, what, *rest = path.split("/")
        if key not in floors:
            if value not in (None, ""):
                raise NotFound("no-such-floor")
        elif what == "frame" and value is not None:
            floor = floors[key]
            floor.x, floor.y, floor.metres, floor.turned = value
        elif what == "picture":
            await _hang(session, venue, floors[key], value)
        elif what == "title":
            check_texts({"title": {rest[0]: value or ""}})
            set_texts(floors[key], "title", {rest[0]: value or ""})
    venue.updated_at = now()


async def _hang(session: AsyncSession, venue: Venue, floor: Floor, number: int | None) -> None:
    """Show a picture on a floor's plan."""
    if number is not None:
        asset = await session.get(Asset, number) if number < 2**63 else None
        if asset is None or asset.owner != owner_of(venue):
            raise NotFound("no-such-picture")
    floor.picture_id = number
    if venue.state == "published":
        # Nobody is to see any longer what hung there.
        forget_with_commit(session)


async def _check_floors(session: AsyncSession, venue: Venue, before: Collection[str]) -> None:
    """Raise Refused where a scene stands on a floor of those `before` that is gone now, or no floor is left. What stands on one that was
    gone already, as when its making was undone, is on no plan and hinders nothing."""
    if not venue.floors:
        raise Refused("floor-last")
    if len(venue.floors) > MOST_FLOORS:
        raise Refused("floors-many", most=MOST_FLOORS)
    keys = [floor.key for floor in floors_of(venue)]
    gone = [key for key in before if key not in keys]
    stray = select(Scene).where(Scene.venue_id == venue.id, Scene.floor.in_(gone))
    for scene in await session.scalars(stray):
        if scene.plan_x is not None:
            raise Refused("floor-in-use")
        scene.floor = keys[0]
        touch(scene)


async def begin_picture(session: AsyncSession, venue: Venue, original_id: int) -> Asset:
    """Make a picture for the venue's plans of an original. Raises Refused for what is none."""
    original = await session.get_one(Original, original_id)
    if original.media_type not in PICTURES:
        raise Refused("file-kind")
    return await begin_asset(
        session, "image", [(original.id, "whole")], {"plan": True}, PRIORITY, owner=owner_of(venue)
    )
