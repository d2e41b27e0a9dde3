"""What the visitors' pages show of venues, scenes and places. Everything here is published; the rest counts as absent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.assets.models import ASSET_STATES, Asset
from museum.collection.cards import Card, Picture, Texts, panorama_picture
from museum.curation.visibility import (
    PUBLISHED,
    READY,
    is_granting,
    is_published,
    is_shown,
    place_is_visible,
    scene_is_visible,
)
from museum.database.texts import texts_by_field
from museum.scenes.models import MAIN_FLOOR, Floor, Hotspot, Link, Place, Scene, Venue
from museum.scenes.tour_texts import way_title


@dataclass(frozen=True)
class Opening:
    """The view that a scene opens with, degrees, and what its panorama shows at once: digest, hash and glimpse, see `PanoramaInfo`."""

    digest: str
    hash: str
    glimpse: str
    yaw: float
    pitch: float
    fov: float
    level_pitch: float
    level_roll: float


@dataclass(frozen=True)
class SceneCard:
    """A scene in a list. `plan` is where it stands on its venue's plan, in metres (x east, y north)."""

    slug: str
    title: Texts
    venue: str
    venue_title: Texts
    picture: Picture | None
    room: str | None = None
    floor: str = MAIN_FLOOR
    plan: tuple[float, float] | None = None
    north: float = 0.0
    year: int | None = None
    kind: str = "scene"
    note: Texts = field(default_factory=dict)
    count: int | None = None
    years: tuple[int, ...] = ()
    opening: Opening | None = None


@dataclass(frozen=True)
class FloorCard:
    """A floor of a venue, and the picture of its plan where there is one: see `museum.scenes.models.Floor`. `ratio` is its height by its
    width."""

    key: str
    title: Texts
    source: str | None
    ratio: float
    x: float
    y: float
    metres: float
    turned: float


@dataclass(frozen=True)
class VenuePage:
    """A venue with its scenes. `plan` is as in `Venue.plan`; `entrance` is the slug of the scene where a visit begins; there are no
    `floors` where nobody has arranged any."""

    slug: str
    kind: str
    title: Texts
    description: Texts
    plan: dict[str, Any] | None
    floors: list[FloorCard]
    entrance: str | None
    scenes: list[SceneCard]
    places: list[Card]


@dataclass(frozen=True)
class Way:
    """A link as readers meet it: to a scene of this museum, or to the page at `url` of another."""

    kind: str
    title: Texts
    yaw: float
    pitch: float
    scene: SceneCard | None
    url: str | None


@dataclass(frozen=True)
class Spot:
    """A hotspot as readers meet it. The ids name what it opens."""

    kind: str
    title: Texts
    description: Texts
    yaw: float
    pitch: float
    artifact_id: int | None
    image_id: int | None
    model_id: int | None
    exhibition_id: int | None
    url: str | None


@dataclass(frozen=True)
class ScenePage:
    card: SceneCard
    description: Texts
    place: Card | None
    moments: list[SceneCard]
    ways: list[Way]
    spots: list[Spot]


@dataclass(frozen=True)
class PlacePage:
    """A place with its moments, the earliest first."""

    slug: str
    title: Texts
    description: Texts
    venue: Card
    moments: list[SceneCard]


@dataclass(frozen=True)
class Hanging:
    """Where something hangs: a scene, and the direction in it."""

    scene: SceneCard
    yaw: float
    pitch: float


def visible_scenes() -> Select[Scene]:
    """Scenes that visitors may enter, with what `scene_card` needs."""
    return (
        select(Scene)
        .join(Venue, Scene.venue_id == Venue.id)
        .where(scene_is_visible())
        .options(
            selectinload(Scene.texts),
            selectinload(Scene.venue).selectinload(Venue.texts),
            selectinload(Scene.panorama).selectinload(Asset.blobs),
        )
    )


def scene_card(scene: Scene) -> SceneCard:
    """The card of a loaded scene."""
    title = texts_by_field(scene.texts).get("title", {})
    has_plan = scene.plan_x is not None and scene.plan_y is not None
    return SceneCard(
        slug=scene.slug,
        title=title,
        venue=scene.venue.slug,
        venue_title=texts_by_field(scene.venue.texts).get("title", {}),
        picture=panorama_picture(scene.panorama, title),
        room=scene.room,
        floor=scene.floor,
        plan=(scene.plan_x or 0.0, scene.plan_y or 0.0) if has_plan else None,
        north=scene.north,
        year=scene.year,
        opening=_opening(scene),
    )


def _opening(scene: Scene) -> Opening | None:
    panorama = scene.panorama
    if panorama is None or panorama.digest is None or panorama.state != "ready":
        return None
    return Opening(
        panorama.digest,
        panorama.info["hash"],
        panorama.info.get("glimpse", ""),
        scene.initial_yaw,
        scene.initial_pitch,
        scene.initial_fov,
        scene.level_pitch,
        scene.level_roll,
    )


def lobby_first() -> tuple[ColumnElement[Any], ...]:
    """The order of scenes, joined with their venues, in which the first is where a visit begins: the entrance of the first venue that
    has one open, else its first scene that is open."""
    return (
        (Scene.id == func.coalesce(Venue.entrance_id, 0)).desc(),
        (Venue.kind == "hall").desc(),
        Venue.position.asc(),
        Scene.position.asc(),
    )


async def read_lobby(session: AsyncSession) -> SceneCard | None:
    """Where a visit begins."""
    scene = await session.scalar(visible_scenes().order_by(*lobby_first()).limit(1))
    return scene_card(scene) if scene else None


async def list_venues(session: AsyncSession) -> list[Card]:
    """Published venues that are open, halls before sites, each with the picture of its entrance and how many scenes it has."""
    venues = (
        await session.scalars(
            select(Venue)
            .where(is_published(Venue))
            .order_by(Venue.kind, Venue.position, Venue.id)
            .options(selectinload(Venue.texts))
        )
    ).all()
    counts = await _open_scenes(session)
    pictures = {number: scene_card(scene).picture for number, scene in (await _entrances(session, venues)).items()}
    cards: list[Card] = []
    for venue in venues:
        texts = texts_by_field(venue.texts)
        cards.append(
            Card(
                kind=venue.kind,
                slug=venue.slug,
                title=texts.get("title", {}),
                note=texts.get("description", {}),
                picture=pictures.get(venue.id),
                count=counts.get(venue.id, 0),
            )
        )
    return cards


async def _open_scenes(session: AsyncSession) -> dict[int, int]:
    """How many scenes of each open venue visitors may enter."""
    numbers = select(Scene.venue_id, func.count()).group_by(Scene.venue_id)
    if is_granting():
        open_scenes = visible_scenes().with_only_columns(Scene.id)
        return dict((await session.execute(numbers.where(Scene.id.in_(open_scenes)))).all())
    # All that are published, but for the few whose panorama is being made: their panoramas are not looked at one by one.
    public = numbers.where(Scene.state == PUBLISHED)
    unready = select(Asset.id).where(Asset.state.in_([state for state in ASSET_STATES if state != READY]))
    counts = dict((await session.execute(public)).all())
    for venue, count in await session.execute(public.where(Scene.panorama_id.in_(unready))):
        counts[venue] -= count
    return counts


async def _entrances(session: AsyncSession, venues: Sequence[Venue]) -> dict[int, Scene]:
    """By venue the scene that one enters by: its entrance where that is open, else the first scene that is."""
    doors = visible_scenes().where(Scene.id.in_([venue.entrance_id for venue in venues if venue.entrance_id]))
    found = {scene.venue_id: scene for scene in await session.scalars(doors.where(Venue.entrance_id == Scene.id))}
    for venue in venues:
        if venue.id not in found:
            inside = visible_scenes().where(Scene.venue_id == venue.id).order_by(Scene.position, Scene.id)
            first = await session.scalar(inside.limit(1))
            found |= {venue.id: first} if first is not None else {}
    return found


async def read_venue(session: AsyncSession, slug: str) -> VenuePage | None:
    """A published venue with the scenes and places in it that are open."""
    venue = await session.scalar(
        select(Venue)
        .where(Venue.slug == slug, is_published(Venue))
        .options(selectinload(Venue.texts), selectinload(Venue.entrance))
    )
    if venue is None:
        return None
    texts = texts_by_field(venue.texts)
    scenes = [
        scene_card(scene)
        for scene in await session.scalars(
            visible_scenes().where(Scene.venue_id == venue.id).order_by(Scene.position, Scene.id)
        )
    ]
    open_slugs = {scene.slug for scene in scenes}
    entrance = venue.entrance.slug if venue.entrance and venue.entrance.slug in open_slugs else None
    return VenuePage(
        slug=venue.slug,
        kind=venue.kind,
        title=texts.get("title", {}),
        description=texts.get("description", {}),
        plan=venue.plan,
        floors=await _floors(session, venue),
        entrance=entrance or (scenes[0].slug if scenes else None),
        scenes=scenes,
        places=await list_places(session, Place.venue_id == venue.id),
    )


async def _floors(session: AsyncSession, venue: Venue) -> list[FloorCard]:
    query = select(Floor).where(Floor.venue_id == venue.id).order_by(Floor.position, Floor.id)
    floors = (await session.scalars(query.options(selectinload(Floor.texts)))).all()
    wanted = {floor.picture_id for floor in floors if floor.picture_id is not None}
    hung = select(Asset).where(Asset.id.in_(wanted), Asset.state == "ready").options(selectinload(Asset.blobs))
    assets = {asset.id: asset for asset in await session.scalars(hung)} if wanted else {}
    return [_floor_card(floor, assets.get(floor.picture_id or 0)) for floor in floors]


def _floor_card(floor: Floor, asset: Asset | None) -> FloorCard:
    preview = next((blob.digest for blob in asset.blobs if blob.role == "preview"), None) if asset else None
    return FloorCard(
        floor.key,
        texts_by_field(floor.texts).get("title", {}),
        f"/files/{preview}.jpg" if preview else None,
        asset.info["height"] / asset.info["width"] if asset and preview else 1.0,
        floor.x,
        floor.y,
        floor.metres,
        floor.turned,
    )


async def list_places(session: AsyncSession, *conditions: ColumnElement[bool]) -> list[Card]:
    """Published places with their earliest moment's picture and the number of their moments; those without any are left out."""
    places = (
        await session.scalars(
            select(Place)
            .join(Venue, Place.venue_id == Venue.id)
            .where(place_is_visible(), *conditions)
            .order_by(Venue.position, Place.id)
            .options(selectinload(Place.texts))
        )
    ).all()
    moments = await _moments(session, [place.id for place in places])
    cards: list[Card] = []
    for place in places:
        if place.id not in moments:
            continue
        texts = texts_by_field(place.texts)
        shown = moments[place.id]
        years = tuple(moment.year for moment in shown if moment.year is not None)
        cards.append(Card("place", place.slug, texts.get("title", {}), {}, shown[0].picture, len(shown), years))
    return cards


async def _moments(session: AsyncSession, place_ids: Collection[int]) -> dict[int, list[SceneCard]]:
    """Open scenes of places by place, the earliest first."""
    found: dict[int, list[SceneCard]] = {}
    if not place_ids:
        return found
    scenes = await session.scalars(visible_scenes().where(Scene.place_id.in_(place_ids)).order_by(Scene.year, Scene.id))
    for scene in scenes:
        if scene.place_id is not None:
            found.setdefault(scene.place_id, []).append(scene_card(scene))
    return found


async def read_place(session: AsyncSession, slug: str) -> PlacePage | None:
    """A published place of a published venue."""
    place = await session.scalar(
        select(Place)
        .join(Venue, Place.venue_id == Venue.id)
        .where(Place.slug == slug, place_is_visible())
        .options(selectinload(Place.texts))
    )
    if place is None:
        return None
    venue = await session.get_one(Venue, place.venue_id, options=[selectinload(Venue.texts)])
    texts = texts_by_field(place.texts)
    return PlacePage(
        slug=place.slug,
        title=texts.get("title", {}),
        description=texts.get("description", {}),
        venue=Card(venue.kind, venue.slug, texts_by_field(venue.texts).get("title", {})),
        moments=(await _moments(session, [place.id])).get(place.id, []),
    )


async def read_scene(session: AsyncSession, slug: str) -> ScenePage | None:
    """A scene that visitors may enter, with the ways on that are open and what can be opened in it."""
    scene = await session.scalar(
        visible_scenes()
        .where(Scene.slug == slug)
        .options(
            selectinload(Scene.links).selectinload(Link.texts),
            selectinload(Scene.hotspots).selectinload(Hotspot.texts),
            selectinload(Scene.place).selectinload(Place.texts),
        )
    )
    if scene is None:
        return None
    targets = [link.target_id for link in scene.links if link.target_id is not None]
    neighbours = {
        target.id: scene_card(target) for target in await session.scalars(visible_scenes().where(Scene.id.in_(targets)))
    }
    place = scene.place if scene.place and is_shown(scene.place) else None
    return ScenePage(
        card=scene_card(scene),
        description=texts_by_field(scene.texts).get("description", {}),
        place=Card("place", place.slug, texts_by_field(place.texts).get("title", {})) if place else None,
        moments=(await _moments(session, [place.id])).get(place.id, []) if place else [],
        ways=[way for link in scene.links if (way := _way(link, scene.venue, neighbours))],
        spots=[_spot(hotspot) for hotspot in scene.hotspots if not hotspot.unplaced],
    )


def _way(link: Link, venue: Venue, neighbours: dict[int, SceneCard]) -> Way | None:
    scene = neighbours.get(link.target_id) if link.target_id is not None else None
    if scene is None and link.target_url is None:
        return None
    title = texts_by_field(link.texts).get("title", {})
    if scene is not None:
        title = way_title(link.kind, title, scene.title, scene.venue_title, scene.venue == venue.slug)
    return Way(link.kind, title, link.yaw, link.pitch, scene, link.target_url)


def _spot(hotspot: Hotspot) -> Spot:
    texts = texts_by_field(hotspot.texts)
    return Spot(
        kind=hotspot.kind,
        title=texts.get("title", {}),
        description=texts.get("description", {}),
        yaw=hotspot.yaw,
        pitch=hotspot.pitch,
        artifact_id=hotspot.artifact_id,
        image_id=hotspot.image_id,
        model_id=hotspot.model_id,
        exhibition_id=hotspot.exhibition_id,
        url=hotspot.url,
    )


async def find_hangings(
    session: AsyncSession, *, artifact_id: int | None = None, image_ids: Collection[int] = (), limit: int = 6
) -> list[Hanging]:
    """Open scenes with a hotspot on the artifact or on one of the images, and where in the scene it is."""
    wanted: list[ColumnElement[bool]] = [Hotspot.image_id.in_(image_ids)]
    if artifact_id is not None:
        wanted.append(Hotspot.artifact_id == artifact_id)
    statement = (
        visible_scenes()
        .join(Hotspot, Hotspot.scene_id == Scene.id)
        .where(or_(*wanted), Hotspot.unplaced.is_(False))
        .add_columns(Hotspot.yaw, Hotspot.pitch)
        .order_by(Scene.id, Hotspot.position)
        .limit(limit)
    )
    return [Hanging(scene_card(scene), yaw, pitch) for scene, yaw, pitch in await session.execute(statement)]


async def scenes_by_id(session: AsyncSession, ids: Collection[int]) -> dict[int, SceneCard]:
    """Cards of the open scenes among `ids`."""
    if not ids:
        return {}
    return {scene.id: scene_card(scene) for scene in await session.scalars(visible_scenes().where(Scene.id.in_(ids)))}
