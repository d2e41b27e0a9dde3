"""Placing links and hotspots in a panorama.

A link made here gets its way back at once: a scene that one can walk into and not out of is a curator's commonest mistake.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, selectinload

from museum.collection.models import (
    Artifact,
    ArtifactText,
    Exhibition,
    ExhibitionText,
    Image,
    ImageText,
    Model,
    ModelText,
)
from museum.curation import roles
from museum.curation.drafting import Texts, check_texts, touch, turn
from museum.curation.errors import NotFound, Refused
from museum.curation.models import Person
from museum.database.texts import set_texts
from museum.scenes.captions import read_captions
from museum.scenes.models import HOTSPOT_KINDS, Hotspot, Link, Scene

OPENS = {
    "artifact": (Artifact, ArtifactText),
    "image": (Image, ImageText),
    "model": (Model, ModelText),
    "exhibition": (Exhibition, ExhibitionText),
}
"""Kinds of hotspot that open a record."""
ADDRESSED = ("audio", "video", "web")
"""Kinds of hotspot that open an address."""
RECORDED = ("audio", "video")
"""Those of them that may be a file of the museum's own instead."""
MOST_HOTSPOTS = 1000
"""Of one scene: more can neither be told apart in it nor edited."""


def way_back(source: Scene, target: Scene, yaw: float) -> float:
    """The yaw in `target` at which the way back stands for a link at `yaw` of `source`: the opposite heading.

    From heading = yaw + north: yaw' = yaw + north + 180 - north'. Plan coordinates, where both scenes stand on one floor,
    say it more exactly. Between two moments of one place one does not move: the way back is where the way there was.
    """
    if link_kind(source, target) == "time":
        return turn(yaw + source.north - target.north)
    there = _towards(target, source)
    return turn(yaw + source.north + 180.0 - target.north) if there is None else there


def _towards(source: Scene, target: Scene) -> float | None:
    """The yaw in `source` at which `target` lies by the floor plan (y north, x east); None where not both stand on one."""
    places = (source.plan_x, source.plan_y, target.plan_x, target.plan_y)
    if (source.venue_id, source.floor) != (target.venue_id, target.floor) or None in places or places[:2] == places[2:]:
        return None
    east = float(target.plan_x or 0) - float(source.plan_x or 0)
    north = float(target.plan_y or 0) - float(source.plan_y or 0)
    return turn(math.degrees(math.atan2(east, north)) - source.north)


def link_kind(source: Scene, target: Scene) -> str:
    """`time` to another moment of the same place, `portal` to another venue, else `walk`."""
    if source.place_id is not None and source.place_id == target.place_id:
        return "time"
    return "walk" if source.venue_id == target.venue_id else "portal"


async def _end(session: AsyncSession, column: InstrumentedAttribute[int], owner: ColumnElement[bool]) -> int:
    last = await session.scalar(select(func.max(column)).where(owner))
    return 0 if last is None else last + 1


async def add_link(
    session: AsyncSession,
    source: Scene,
    *,
    target: str,
    yaw: float,
    pitch: float,
    texts: Mapping[str, Texts] | None = None,
    back: bool = True,
    person: Person | None = None,
) -> tuple[Link, Link | None]:
    """A link at `yaw`, `pitch` degrees of `source` to the scene `target` (a slug), or to a scene's address on another museum's
    server; and the way back, unless the target has one or `person` may not change the target. Raises NotFound, Refused."""
    check_texts(texts or {})
    if not target.strip():
        raise Refused("target-needed")
    position = await _end(session, Link.position, Link.source_id == source.id)
    if target.startswith(("https://", "http://")):
        link = Link(source_id=source.id, target_url=check_address(target), kind="portal")
        other = None
    else:
        other = await session.scalar(select(Scene).where(Scene.slug == target.strip()).with_for_update())
        if other is None:
            raise NotFound("no-such-scene")
        if other.id == source.id:
            raise Refused("link-to-itself")
        link = Link(source_id=source.id, target_id=other.id, kind=link_kind(source, other))
    link.yaw, link.pitch, link.position, link.texts = turn(yaw), _pitch(pitch), position, []
    _set(link, texts)
    session.add(link)
    returning = None
    if back and other is not None and (person is None or roles.may_change(person, other)):
        returning = await add_way_back(session, source, other, link, way_back(source, other, yaw), link.pitch)
    touch(source)
    await session.flush()
    return link, returning


async def add_way_back(
    session: AsyncSession, source: Scene, other: Scene, link: Link, yaw: float, pitch: float
) -> Link | None:
    """A link at `yaw`, `pitch` of `other`, which `link` of `source` leads to, back to `source`; None where there is one."""
    if await session.scalar(_ways(other, source).limit(1)) is not None:
        return None
    returning = Link(
        source_id=other.id,
        target_id=source.id,
        kind=link.kind,
        yaw=turn(yaw),
        pitch=_pitch(pitch),
        position=await _end(session, Link.position, Link.source_id == other.id),
        texts=[],
    )
    session.add(returning)
    touch(other)
    await session.flush()
    return returning


def _ways(source: Scene, target: Scene) -> Select[int]:
    return select(Link.id).where(Link.source_id == source.id, Link.target_id == target.id)


@dataclass(frozen=True)
class Way:
    """What is known of a way from one scene to another before it is made: the kind of its link; where the floor plan says that the
    other scene lies, None where it does not; and where the way back would stand, None where there is one or it is not hers to make."""

    kind: str
    yaw: float | None
    back: float | None


async def propose_way(session: AsyncSession, source: Scene, target: str, yaw: float, person: Person) -> Way:
    """The way from `source`, at `yaw` degrees of it, to the scene `target` (a slug). Raises NotFound."""
    other = await session.scalar(select(Scene).where(Scene.slug == target))
    if other is None:
        raise NotFound("no-such-scene")
    there = _towards(source, other)
    free = await session.scalar(_ways(other, source).limit(1)) is None and roles.may_change(person, other)
    return Way(link_kind(source, other), there, way_back(source, other, yaw) if free else None)


async def add_hotspot(
    session: AsyncSession,
    scene: Scene,
    *,
    kind: str,
    target: str,
    yaw: float,
    pitch: float,
    texts: Mapping[str, Texts] | None = None,
    unplaced: bool = False,
) -> Hotspot:
    """A hotspot at `yaw`, `pitch` degrees, where an `unplaced` one stands only for the time being. `target` is a record's slug, number or
    title, or an address; a text needs none, nor does a sound or film whose file is still to come."""
    if kind not in HOTSPOT_KINDS:
        raise Refused("hotspot-kind-unknown")
    check_texts(texts or {})
    there = select(func.count()).select_from(Hotspot).where(Hotspot.scene_id == scene.id)
    if (await session.scalar(there) or 0) >= MOST_HOTSPOTS:
        raise Refused("hotspots-full", most=MOST_HOTSPOTS)
    hotspot = Hotspot(
        scene_id=scene.id,
        kind=kind,
        unplaced=unplaced,
        yaw=turn(yaw),
        pitch=_pitch(pitch),
        position=await _end(session, Hotspot.position, Hotspot.scene_id == scene.id),
        texts=[],
    )
    if kind in OPENS:
        setattr(hotspot, f"{kind}_id", await find_record(session, kind, target))
    elif kind in ADDRESSED:
        hotspot.url = None if kind in RECORDED and not target.strip() else check_address(target)
    elif not any(value.strip() for value in (texts or {}).get("title", {}).values()):
        raise Refused("title-needed", field="title")
    _set(hotspot, texts)
    session.add(hotspot)
    touch(scene)
    await session.flush()
    return hotspot


EYE = 1.6
NEAREST, FARTHEST = 0.2, 500.0
"""Metres from the eye at which a model may stand."""


async def find_record(session: AsyncSession, kind: str, named: str) -> int:
    """The id of the one record that `named` is the slug, accession number or exact title of. Raises NotFound, Refused."""
    record, text = OPENS[kind]
    named = named.strip()
    if not named:
        raise Refused("target-needed")
    matches = [record.slug == named]
    if record is Artifact:
        matches.append(Artifact.accession_number == named)
    matches.append(record.id.in_(select(text.record_id).where(text.field == "title", text.value == named)))
    for match in matches:
        found = list(await session.scalars(select(record.id).where(match).limit(2)))
        if len(found) == 1:
            return found[0]
        if found:
            raise Refused("target-ambiguous", name=named)
    raise NotFound("no-such-target", name=named)


def check_address(address: str) -> str:
    """The http or https address itself; raises Refused for anything else, scripts above all."""
    address = address.strip()
    try:
        parts = urlsplit(address)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        valid = False
    if not valid or len(address) > 2000 or any(character.isspace() for character in address):
        raise Refused("address-malformed")
    return address


async def load_link(session: AsyncSession, scene: Scene, link_id: int) -> Link:
    """A link of `scene` with its texts. Raises NotFound."""
    link = await session.scalar(
        select(Link)
        .where(Link.id == link_id, Link.source_id == scene.id)
        .options(selectinload(Link.texts), selectinload(Link.target))
    )
    if link is None:
        raise NotFound("no-such-link")
    return link


async def load_hotspot(session: AsyncSession, scene: Scene, hotspot_id: int) -> Hotspot:
    """A hotspot of `scene` with its texts. Raises NotFound."""
    hotspot = await session.scalar(
        select(Hotspot)
        .where(Hotspot.id == hotspot_id, Hotspot.scene_id == scene.id)
        .options(selectinload(Hotspot.texts))
    )
    if hotspot is None:
        raise NotFound("no-such-hotspot")
    return hotspot


def move(scene: Scene, spot: Link | Hotspot, *, yaw: float, pitch: float, texts: Mapping[str, Texts]) -> None:
    """Put a link or hotspot elsewhere, and save its texts. A hotspot's polygon moves along."""
    check_texts(texts)
    if isinstance(spot, Hotspot) and spot.polygon:
        across, up = turn(yaw - spot.yaw), _pitch(pitch) - spot.pitch
        spot.polygon = [[turn(corner[0] + across), _pitch(corner[1] + up)] for corner in spot.polygon]
    if isinstance(spot, Hotspot) and (spot.yaw, spot.pitch) != (yaw, pitch):
        spot.unplaced = False
    spot.yaw, spot.pitch = turn(yaw), _pitch(pitch)
    _set(spot, texts)
    touch(scene)


def floor_distance(pitch: float) -> float:
    """Metres to the floor in a direction that looks down, from an eye at 1.6 m."""
    return round(EYE / math.sin(math.radians(-pitch)), 2)


def stand(hotspot: Hotspot, distance: float | None, turned: float) -> None:
    """Let the model of a hotspot stand in the scene: its foot `distance` metres from the eye (None: nowhere), turned by degrees from
    showing its front. Raises Refused."""
    if distance is not None and not NEAREST <= distance <= FARTHEST:
        raise Refused("distance-range", least=NEAREST, most=FARTHEST)
    if hotspot.kind != "model":
        raise Refused("answer-unknown")
    hotspot.distance, hotspot.turned = distance, turn(turned)


def caption(scene: Scene, hotspot: Hotspot, captions: Texts) -> None:
    """Save the captions of a sound or film, WebVTT or SRT by language. Raises Refused."""
    check_texts({"captions": captions})
    _set(hotspot, {"captions": captions})
    touch(scene)


async def remove(session: AsyncSession, scene: Scene, spot: Link | Hotspot) -> None:
    """Delete a link or hotspot."""
    await session.delete(spot)
    touch(scene)


def _pitch(degrees: float) -> float:
    return min(max(degrees, -90.0), 90.0)


def _set(spot: Link | Hotspot, texts: Mapping[str, Texts] | None) -> None:
    for field, values in (texts or {}).items():
        set_texts(spot, field, _read_captions(values) if field == "captions" else values)


def _read_captions(values: Texts) -> Texts:
    try:
        return {language: read_captions(text) if text.strip() else "" for language, text in values.items()}
    except ValueError as error:
        raise Refused("captions-unreadable") from error
