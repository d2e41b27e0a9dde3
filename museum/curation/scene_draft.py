"""The scene editor's draft: where everything of a scene stands, as one document that is saved as a whole.

What was changed by others since the draft was read is put together with it; where both changed the same thing otherwise, nothing is
saved and both sides are told.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models import Asset
from museum.curation import placing, revisions, roles, snapshot_rows
from museum.curation.differences import Path, merge
from museum.curation.drafting import check_texts, touch, turn
from museum.curation.errors import NotFound, Overtaken, Refused
from museum.curation.models import Person
from museum.curation.revisions import Restored
from museum.curation.snapshots import SHAPES, Snapshot
from museum.database.texts import outdated
from museum.languages import LANGUAGES
from museum.scenes.models import HOTSPOT_KINDS, MAIN_FLOOR, NADIR_KINDS, Floor, Link, Scene

Texts = dict[str, dict[str, str]]
"""`{field: {language: value}}`"""
Turn = Annotated[float, Meta(ge=-1e6, le=1e6)]
Pitch = Annotated[float, Meta(ge=-90, le=90)]
Tilt = Annotated[float, Meta(ge=-45, le=45)]
Metres = Annotated[float, Meta(ge=-100_000, le=100_000)]
Fov = Annotated[float, Meta(ge=5, le=120)]
Address = Annotated[str, Meta(max_length=2000)]
Slug = Annotated[str, Meta(max_length=120)]
Id = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Version = Annotated[int, Meta(ge=0, le=2**31 - 1)]
MOST_CORNERS = 100
FIELDS = {"links": ("title",), "hotspots": ("title", "description", "captions")}


class Spot(msgspec.Struct, kw_only=True, omit_defaults=False):
    """What links and hotspots have in common. `id` is negative for what is new."""

    id: int
    yaw: Turn
    pitch: Pitch
    texts: Texts = {}


class LinkDraft(Spot, kw_only=True):
    """`target` is the slug of a scene, or else `target_url` the address of one elsewhere. `kind` follows from them."""

    kind: str = ""
    target: Slug | None = None
    target_url: Address | None = None
    arrival_yaw: Turn | None = None
    arrival_pitch: Pitch | None = None
    arrival_fov: Fov | None = None


class HotspotDraft(Spot, kw_only=True):
    """The slug of what it opens stands under its kind; `url` is the address of sounds, films and web pages, `recording` the number of the
    asset where the museum keeps the sound or film itself. `unplaced` ones are still to be put where they belong."""

    kind: str
    unplaced: bool = False
    polygon: Annotated[list[tuple[Turn, Pitch]], Meta(min_length=3, max_length=MOST_CORNERS)] | None = None
    artifact: Slug | None = None
    image: Slug | None = None
    model: Slug | None = None
    exhibition: Slug | None = None
    url: Address | None = None
    recording: Id | None = None
    distance: Annotated[float, Meta(ge=placing.NEAREST, le=placing.FARTHEST)] | None = None
    turned: Turn = 0.0


class Draft(msgspec.Struct, kw_only=True):
    """Where a scene and everything in it stands. Columns are those of `Scene`."""

    north: Turn
    level_pitch: Tilt
    level_roll: Tilt
    initial_yaw: Turn
    initial_pitch: Pitch
    initial_fov: Fov
    floor: Annotated[str, Meta(min_length=1, max_length=64)] = MAIN_FLOOR
    plan_x: Metres | None = None
    plan_y: Metres | None = None
    nadir_kind: str | None = None
    nadir_radius: Annotated[float, Meta(ge=3, le=60)] = 15.0
    links: Annotated[list[LinkDraft], Meta(max_length=500)] = []
    hotspots: Annotated[list[HotspotDraft], Meta(max_length=20 * placing.MOST_HOTSPOTS)] = []
    """A tour that was brought in may have more than are added here."""


class WayBack(msgspec.Struct):
    """The way back that a new link is to have: `link` is that link's number in the draft, `yaw` where it is to stand."""

    link: int
    yaw: Turn
    pitch: Pitch


class Made(msgspec.Struct):
    """A way back that was made: link number `id` of `scene`."""

    scene: str
    id: Id


class Sent(msgspec.Struct):
    """What the editor sends: its draft and the version that it began with. `undone` are ways back that go with the links they came with.
    What is saved by itself in one `sitting` is one entry of the history."""

    version: Version
    draft: Draft
    backs: Annotated[list[WayBack], Meta(max_length=100)] = []
    undone: Annotated[list[Made], Meta(max_length=100)] = []
    sitting: Annotated[str, Meta(max_length=64)] = ""


COLUMNS = tuple(name for name in Draft.__struct_fields__ if name not in SHAPES["scene"].parts)
TARGETS = ("artifact", "image", "model", "exhibition")


class Contested(Overtaken):
    """Both sides changed the same thing otherwise. `merged` has what could be put together, with theirs at the `paths`."""

    def __init__(
        self, version: int, base: Snapshot, mine: Snapshot, theirs: Snapshot, merged: Snapshot, paths: list[Path]
    ) -> None:
        super().__init__()
        self.version = version
        self.sides = base, mine, theirs
        self.merged = merged
        self.paths = paths


@dataclass(frozen=True)
class Saved:
    """The draft as it is now kept. `ids` maps, for `links` and `hotspots`, numbers that were sent to those that the parts have got;
    `backs` says which way back was made for which link, by the link's number as it was sent."""

    version: Version
    draft: Draft
    ids: dict[str, dict[int, int]]
    backs: dict[int, Made]


def draft_of(snapshot: Snapshot) -> Draft:
    """The draft in a scene's snapshot."""
    parts = {
        name: [{**part, "texts": _plain(part.get("texts", {}))} for part in snapshot[name]]
        for name in SHAPES["scene"].parts
    }
    return msgspec.convert({**snapshot, **parts}, Draft)


async def _check_floor(session: AsyncSession, scene: Scene, key: str) -> None:
    """Raise NotFound where the venue has no such floor; it stays until the transaction ends."""
    query = select(Floor.key).where(Floor.venue_id == scene.venue_id)
    if key not in ((await session.scalars(query.with_for_update(read=True))).all() or [MAIN_FLOOR]):
        raise NotFound("no-such-floor")


def _turn(degrees: float) -> float:
    """The angle within a turn; one that is within already keeps its last digit, so that nothing seems to have changed."""
    return degrees if -180 <= degrees <= 180 else turn(degrees)


def _plain(texts: dict[str, dict[str, list[str]]]) -> Texts:
    return {field: {language: text[0] for language, text in values.items()} for field, values in texts.items()}


def act_of(person: Person, slug: str, sitting: str) -> str:
    """The number of the act that all saves of a sitting are; empty, so that each is one of its own, where it is not said."""
    return hashlib.sha256(f"{person.id}/{slug}/{sitting}".encode()).hexdigest()[:32] if sitting else ""


async def read(session: AsyncSession, slug: str) -> tuple[Scene, Snapshot]:
    """A scene and its snapshot. Raises NotFound."""
    scene = await snapshot_rows.load(session, "scene", slug)
    if scene is None:
        raise NotFound("no-such-scene")
    return scene, await _snapshot(session, scene)


async def _snapshot(session: AsyncSession, scene: Scene) -> Snapshot:
    await session.flush()
    connection = await session.connection()
    return (await connection.run_sync(snapshot_rows.read, "scene", [scene.id]))[scene.id].snapshot


async def save(session: AsyncSession, slug: str, sent: Sent, person: Person) -> Saved:
    """Make the scene what the draft says, keeping what others have changed since. What is public is never changed by it.

    Raises NotFound, NotAllowed, Refused, Contested.
    """
    scene = await snapshot_rows.load(session, "scene", slug, change=True)
    if scene is None:
        raise NotFound("no-such-scene")
    roles.demand_change(person, scene)
    if scene.state == "published":
        raise Refused("scene-public")
    theirs = await _snapshot(session, scene)
    base = (
        theirs if scene.version == sent.version else await revisions.snapshot_at(session, "scene", slug, sent.version)
    )
    if base is None:
        raise Overtaken
    mine = await _mine(session, scene, sent.draft, base)
    merged = merge(SHAPES["scene"], base, mine, theirs)
    if merged.contested:
        raise Contested(scene.version, base, mine, theirs, merged.snapshot, merged.contested)
    ids: dict[str, dict[int, int]] = {name: {} for name in SHAPES["scene"].parts}
    if merged.snapshot != theirs:
        done = Restored()
        await revisions.write(session, "scene", scene, merged.snapshot, done)
        if done.lost:
            raise NotFound("no-such-target", name=done.lost[0][1])
        touch(scene)
        await session.flush()
        for name in SHAPES["scene"].parts:
            written = getattr(scene, name)
            pairs = ((part["id"], row.id) for part, row in zip(merged.snapshot[name], written, strict=True))
            ids[name] = {sent_as: number for sent_as, number in pairs if sent_as != number}
    # One that is to stand elsewhere is taken away first: there is but one.
    await _unmake(session, scene, sent.undone, person)
    backs = await _make_ways_back(session, scene, sent.backs, ids["links"], person)
    kept = await _snapshot(session, scene)
    return Saved(scene.version, draft_of(kept), ids, backs)


async def _mine(session: AsyncSession, scene: Scene, draft: Draft, base: Snapshot) -> Snapshot:
    """The snapshot that the draft makes of the one that it was made from."""
    if (draft.plan_x is None) != (draft.plan_y is None):
        raise Refused("half-position")
    if draft.floor != base["floor"]:
        await _check_floor(session, scene, draft.floor)
    if draft.nadir_kind is not None and draft.nadir_kind not in NADIR_KINDS:
        raise Refused("answer-unknown")
    mine = {**base, **{name: getattr(draft, name) for name in COLUMNS}}
    mine["north"] = draft.north if 0 <= draft.north < 360 else draft.north % 360.0
    mine["initial_yaw"] = _turn(draft.initial_yaw)
    kinds = await _link_kinds(session, scene, draft)
    await _check_recordings(session, draft)
    mine["links"] = _parts(base, "links", draft.links, lambda link: _link(link, kinds))
    mine["hotspots"] = _parts(base, "hotspots", draft.hotspots, _hotspot)
    return mine


def _parts(base: Snapshot, name: str, spots: Any, write: Any) -> list[Snapshot]:
    known = {part["id"]: part for part in base[name]}
    if len({spot.id for spot in spots}) != len(spots):
        raise Refused("answer-unknown")
    last = max((part["position"] for part in base[name]), default=-1)
    made: list[Snapshot] = []
    for spot in spots:
        was = known.get(spot.id)
        if was is None:
            last += 1
        position = last if was is None else was["position"]
        texts = _texts(name, spot.texts, was)
        part = {"id": spot.id, "position": position, "yaw": _turn(spot.yaw), "pitch": spot.pitch, "texts": texts}
        part |= write(spot)
        if was is not None and name == "links" and was["target"] == part["target"]:
            part["kind"] = was["kind"]
        made.append(part)
    return made


def _texts(name: str, texts: Texts, was: Snapshot | None) -> dict[str, dict[str, list[str]]]:
    """Texts with their states: what was changed has become a source."""
    if not set(texts) <= set(FIELDS[name]):
        raise Refused("answer-unknown")
    check_texts(texts)
    before = (was or {}).get("texts", {})
    made: dict[str, dict[str, list[str]]] = {}
    for field, values in texts.items():
        for language in dict.fromkeys((*LANGUAGES, *values)):
            value = values.get(language, "").strip()
            known = before.get(field, {}).get(language)
            if value:
                same = known is not None and known[0] == value
                made.setdefault(field, {})[language] = list(known) if same and known else [value, "source"]
        known = {language: (text[0], text[1]) for language, text in before.get(field, {}).items()}
        for language in outdated(known, {language: value.strip() for language, value in values.items()}):
            made[field][language][1] = "stale"
    return made


async def _link_kinds(session: AsyncSession, scene: Scene, draft: Draft) -> dict[str, str]:
    """The kind of link to each scene that the draft leads to. Raises NotFound for what is none."""
    wanted = {link.target for link in draft.links if link.target is not None}
    found = {one.slug: one for one in await session.scalars(select(Scene).where(Scene.slug.in_(wanted)))}
    if wanted - found.keys():
        raise NotFound("no-such-target", name=min(wanted - found.keys()))
    if scene.slug in found:
        raise Refused("link-to-itself")
    return {slug: placing.link_kind(scene, one) for slug, one in found.items()}


async def _check_recordings(session: AsyncSession, draft: Draft) -> None:
    """Raise NotFound for what is no recording of the museum's."""
    wanted = {spot.recording for spot in draft.hotspots if spot.recording is not None}
    query = select(Asset.id).where(Asset.id.in_(wanted), Asset.kind == "recording")
    missing = wanted - set(await session.scalars(query)) if wanted else set[int]()
    if missing:
        raise NotFound("no-such-target", name=str(min(missing)))


def _link(link: LinkDraft, kinds: dict[str, str]) -> Snapshot:
    if (link.target is None) == (link.target_url is None):
        raise Refused("target-needed")
    arrival = {name: getattr(link, name) for name in ("arrival_yaw", "arrival_pitch", "arrival_fov")}
    if arrival["arrival_yaw"] is not None:
        arrival["arrival_yaw"] = _turn(arrival["arrival_yaw"])
    return {
        "kind": "portal" if link.target is None else kinds[link.target],
        "target": link.target,
        "target_url": None if link.target_url is None else placing.check_address(link.target_url),
        **arrival,
    }


def _hotspot(spot: HotspotDraft) -> Snapshot:
    if spot.kind not in HOTSPOT_KINDS:
        raise Refused("hotspot-kind-unknown")
    opened: dict[str, Any] = dict.fromkeys(TARGETS)
    if spot.kind in placing.OPENS:
        opened[spot.kind] = getattr(spot, spot.kind)
        if not opened[spot.kind]:
            raise Refused("target-needed")
    elif spot.kind == "text" and not any(value.strip() for value in spot.texts.get("title", {}).values()):
        raise Refused("title-needed", field="title")
    stands = spot.kind == "model"
    addressed = spot.kind == "web" or (spot.kind in placing.ADDRESSED and bool(spot.url))
    kept = spot.kind in ("audio", "video") and not addressed
    return {
        **opened,
        "kind": spot.kind,
        "unplaced": spot.unplaced,
        "url": placing.check_address(spot.url or "") if addressed else None,
        "recording": spot.recording if kept else None,
        "polygon": None if spot.polygon is None else [[_turn(yaw), pitch] for yaw, pitch in spot.polygon],
        "distance": spot.distance if stands else None,
        "turned": _turn(spot.turned) if stands else 0.0,
    }


async def _make_ways_back(
    session: AsyncSession, scene: Scene, wanted: list[WayBack], ids: dict[int, int], person: Person
) -> dict[int, Made]:
    links = {link.id: link for link in scene.links}
    made: dict[int, Made] = {}
    for back in wanted:
        link = links.get(ids.get(back.link, back.link))
        if link is None or link.target_id is None:
            continue
        other = await session.scalar(select(Scene).where(Scene.id == link.target_id).with_for_update())
        if other is None or not roles.may_change(person, other):
            continue
        returning = await placing.add_way_back(session, scene, other, link, back.yaw, back.pitch)
        if returning is not None:
            made[back.link] = Made(other.slug, returning.id)
    return made


async def _unmake(session: AsyncSession, scene: Scene, undone: list[Made], person: Person) -> None:
    """Take away ways back, as far as they are still there and hers to change."""
    for one in undone:
        link = await session.get(Link, one.id)
        other = await session.scalar(select(Scene).where(Scene.slug == one.scene).with_for_update())
        if link is None or other is None or (link.source_id, link.target_id) != (other.id, scene.id):
            continue
        if roles.may_change(person, other):
            await session.delete(link)
            touch(other)
    await session.flush()
