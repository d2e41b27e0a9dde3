"""From rows to the tour document that the viewer reads."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, Row
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.info import TILE, RecordingInfo
from museum.collection.dates import era_name, periods_between
from museum.scenes.addresses import read_scene_address, recording_address, scene_page, tour_address
from museum.scenes.geometry import distance
from museum.scenes.tour import (
    Texts,
    Tour,
    TourFloor,
    TourHotspot,
    TourLevel,
    TourLink,
    TourMoment,
    TourNadir,
    TourNeighbour,
    TourPanorama,
    TourPeriod,
    TourPlace,
    TourScene,
    TourStanding,
    TourTarget,
    TourVenue,
    TourView,
)
from museum.scenes.tour_query import Audience, TourRows, image_is_shown, model_is_shown, read_tour
from museum.scenes.tour_texts import TextsById, way_title

PREVIEW = "?preview=1"
"""What a curator's preview adds to the addresses of tours, so that it goes on through links."""


def make_tour(connection: Connection, slug: str, audience: Audience, museum: Texts) -> Tour | None:
    """The tour of scene `slug` for `audience`; None where it may see no such scene. `museum` is the museum's title."""
    rows = read_tour(connection, slug, audience)
    return None if rows is None else assemble(rows, audience, museum)


async def build_tour(session: AsyncSession, slug: str, audience: Audience, museum: Texts) -> Tour | None:
    """`make_tour` within a session. `Database.read_with` is quicker where there is none yet."""
    connection = await session.connection()
    return await connection.run_sync(make_tour, slug, audience, museum)


def assemble(rows: TourRows, audience: Audience, museum: Texts) -> Tour:
    """The tour document of `rows`."""
    suffix = PREVIEW if audience == "curator" else ""
    neighbours = {
        other.slug: _neighbour(other, rows.texts)
        for other in (*rows.links, *rows.moments)
        if other.slug is not None and other.slug != rows.scene.slug
    }
    return Tour(
        museum=museum,
        home="/",
        scene=_scene(rows, audience, suffix),
        neighbours=neighbours,
    )


def _scene(rows: TourRows, audience: Audience, suffix: str) -> TourScene:
    scene, texts = rows.scene, rows.texts
    return TourScene(
        slug=scene.slug,
        url=scene_page(scene.slug),
        title=_text(texts, "scene", scene.id),
        description=_text(texts, "scene", scene.id, "description"),
        venue=TourVenue(
            slug=scene.venue_slug,
            kind=scene.venue_kind,
            title=_text(texts, "venue", scene.venue_id),
            url=f"/venues/{scene.venue_slug}",
            plan=scene.venue_plan,
            floor=_floor(scene, texts),
        ),
        north=scene.north,
        view=_initial_view(scene),
        panorama=panorama_of(scene.digest, scene.info),
        links=[_link(link, scene, texts, suffix) for link in rows.links],
        hotspots=[_hotspot(spot, texts, audience) for spot in rows.hotspots],
        level=_level(scene),
        nadir=_nadir(scene),
        place=_place(rows, suffix),
        year=scene.year,
        era=None if scene.year is None else era_name(scene.year),
        room=scene.room,
        plan=_plan(scene),
    )


def _floor(scene: Row[Any], texts: TextsById) -> TourFloor | None:
    if scene.floor_id is None:
        return None
    title = _text(texts, "floor", scene.floor_id)
    if scene.floor_picture is None:
        return TourFloor(scene.floor, title)
    return TourFloor(
        key=scene.floor,
        title=title,
        picture=f"/files/{scene.floor_picture}.jpg",
        ratio=round(scene.floor_info["height"] / scene.floor_info["width"], 5),
        x=scene.floor_x,
        y=scene.floor_y,
        metres=scene.floor_metres,
        turned=scene.floor_turned,
    )


def _place(rows: TourRows, suffix: str) -> TourPlace | None:
    if not rows.moments:
        return None
    moments = [
        TourMoment(
            scene=moment.slug,
            year=moment.year,
            era=era_name(moment.year),
            title=_text(rows.texts, "scene", moment.id),
            tour=tour_address(moment.slug) + suffix,
            url=scene_page(moment.slug),
        )
        for moment in rows.moments
    ]
    periods = [TourPeriod(*period) for period in periods_between(moments[0].year, moments[-1].year)]
    return TourPlace(rows.scene.place_slug, _text(rows.texts, "place", rows.scene.place_id), moments, periods)


def _link(link: Row[Any], source: Row[Any], texts: TextsById, suffix: str) -> TourLink:
    own = _text(texts, "link", link.link_id)
    arrival = None
    if link.arrival_yaw is not None:
        arrival = TourView(
            link.arrival_yaw,
            0.0 if link.arrival_pitch is None else link.arrival_pitch,
            75.0 if link.arrival_fov is None else link.arrival_fov,
        )
    if link.slug is None:
        far = read_scene_address(link.target_url)
        return TourLink(
            id=link.link_id,
            kind=link.link_kind,
            yaw=link.yaw,
            pitch=link.pitch,
            title=own,
            tour=far.tour,
            url=far.page,
            arrival=arrival or (far.view and TourView(*far.view)),
        )
    start, end = _plan(source), _plan(link)
    same_venue = source.venue_id == link.venue_id
    on_one_plan = start is not None and end is not None and same_venue and source.floor == link.floor
    return TourLink(
        id=link.link_id,
        kind=link.link_kind,
        yaw=link.yaw,
        pitch=link.pitch,
        title=way_title(
            link.link_kind, own, _text(texts, "scene", link.id), _text(texts, "venue", link.venue_id), same_venue
        ),
        tour=tour_address(link.slug) + suffix,
        url=scene_page(link.slug),
        scene=link.slug,
        arrival=arrival,
        distance=round(distance(start, end), 2) if on_one_plan and start and end else None,
        year=link.year,
    )


def _hotspot(spot: Row[Any], texts: TextsById, audience: Audience) -> TourHotspot:
    number = getattr(spot, f"{spot.kind}_id", None)
    own = _text(texts, "hotspot", spot.id)
    # Language by language: a title given in Chinese alone does not hide the thing's English one.
    title = {**_text(texts, spot.kind, number), **own} if number is not None else own
    return TourHotspot(
        id=spot.id,
        kind=spot.kind,
        yaw=spot.yaw,
        pitch=spot.pitch,
        title=title,
        polygon=spot.polygon,
        description=_text(texts, "hotspot", spot.id, "description"),
        target=_target(spot, texts, audience),
        standing=None if spot.distance is None else TourStanding(spot.distance, spot.turned),
    )


def _recording(spot: Row[Any], texts: TextsById) -> TourTarget | None:
    if spot.recording_state != "ready":
        return None
    info = msgspec.convert(spot.recording_info, RecordingInfo)
    captions = _text(texts, "hotspot", spot.id, "captions")
    return TourTarget(
        href=recording_address(spot.recording_digest, info.format),
        thumbnail=None if spot.frame is None else f"/files/{spot.frame}.jpg",
        width=info.width or None,
        height=info.height or None,
        seconds=round(info.seconds, 1),
        captions={language: f"/captions/{spot.id}/{language}.vtt" for language in captions} or None,
    )


def _target(spot: Row[Any], texts: TextsById, audience: Audience) -> TourTarget | None:
    if spot.kind == "text":
        return None
    if spot.url is not None:
        return TourTarget(href=spot.url)
    if spot.kind in ("audio", "video"):
        return _recording(spot, texts)
    everything = audience == "curator"
    image: dict[str, Any] = {}
    if spot.image_asset_state == "ready" and (everything or image_is_shown(spot)):
        info = spot.image_info
        image = {
            "iiif": f"/iiif/3/{spot.image_slug}",
            "width": info.get("width"),
            "height": info.get("height"),
            "color": info.get("color"),
            "thumbnail": None if spot.preview is None else f"/files/{spot.preview}.jpg",
        }
    if spot.model_asset_state == "ready" and (everything or model_is_shown(spot)):
        image["model"] = f"/models/{spot.model_digest}.glb"
        if spot.poster is not None and (spot.kind == "model" or not image.get("thumbnail")):
            image["thumbnail"] = f"/files/{spot.poster}.jpg"
    for kind, folder in (("image", "images"), ("exhibition", "exhibitions"), ("artifact", "artifacts")):
        slug = getattr(spot, f"{kind}_slug")
        if kind == spot.kind or (kind == "artifact" and slug is not None):
            return TourTarget(slug=slug, record=f"/api/v1/{folder}/{slug}", page=f"/{folder}/{slug}", **image)
    return TourTarget(**image)


def _neighbour(link: Row[Any], texts: TextsById) -> TourNeighbour:
    return TourNeighbour(
        title=_text(texts, "scene", link.id),
        north=link.north,
        view=_initial_view(link),
        panorama=panorama_of(link.digest, link.info),
        venue=link.venue_slug,
        level=_level(link),
        nadir=_nadir(link),
        year=link.year,
        plan=_plan(link),
    )


def panorama_of(digest: str, info: dict[str, Any]) -> TourPanorama:
    """Where the tiles of a ready panorama lie, from its `PanoramaInfo` as stored."""
    coverage = info.get("coverage")
    return TourPanorama(
        tiles=f"/tiles/{digest}/{{level}}/{{face}}/{{row}}/{{column}}.jpg",
        strip=f"/tiles/{digest}/strip.jpg",
        levels=info["levels"],
        strip_size=info["strip"],
        hash=info["hash"],
        tile=info.get("tile", TILE),
        coverage=None if coverage is None else tuple(coverage),
    )


def _initial_view(scene: Row[Any]) -> TourView:
    return TourView(scene.initial_yaw, scene.initial_pitch, scene.initial_fov)


def _level(scene: Row[Any]) -> TourLevel | None:
    return TourLevel(scene.level_pitch, scene.level_roll) if scene.level_pitch or scene.level_roll else None


def _nadir(scene: Row[Any]) -> TourNadir | None:
    return None if scene.nadir_kind is None else TourNadir(scene.nadir_kind, scene.nadir_radius)


def _plan(scene: Row[Any]) -> tuple[float, float] | None:
    return None if scene.plan_x is None or scene.plan_y is None else (scene.plan_x, scene.plan_y)


def _text(texts: TextsById, kind: str, number: int, field: str = "title") -> Texts:
    return texts.get((kind, number), {}).get(field, {})
