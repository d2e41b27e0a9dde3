"""Reads one scene with all that the viewer needs of it: five indexed queries, whatever the size of the museum.

The statements are Core's and made once per process: making them anew cost ten times as much as running them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, wraps
from typing import Any, Literal, NamedTuple, ParamSpec, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, bindparam, func, or_, select

from museum.assets.models import Asset, AssetBlob
from museum.collection.models import Artifact, Exhibition, Image, Model
from museum.curation.visibility import granted, is_granting, or_granted
from museum.database.base import Base
from museum.scenes.models import Floor, Hotspot, Link, Place, Scene, Venue
from museum.scenes.tour_texts import TextsById, read_texts

Audience = Literal["public", "curator"]
"""`public` sees what is published; `curator` also drafts, as far as their panoramas are ready."""


def _table(record: type[Base]) -> Table:
    table = record.__table__
    assert isinstance(table, Table)
    return table


_scene, _venue, _place, _floor = _table(Scene), _table(Venue), _table(Place), _table(Floor)
_link, _hotspot, _asset, _blob = _table(Link), _table(Hotspot), _table(Asset), _table(AssetBlob)
_artifact, _image, _model, _exhibition = _table(Artifact), _table(Image), _table(Model), _table(Exhibition)

_SCENE_COLUMNS = (
    _scene.c.id,
    _scene.c.slug,
    _scene.c.venue_id,
    _scene.c.place_id,
    _scene.c.year,
    _scene.c.room,
    _scene.c.north,
    _scene.c.level_pitch,
    _scene.c.level_roll,
    _scene.c.initial_yaw,
    _scene.c.initial_pitch,
    _scene.c.initial_fov,
    _scene.c.floor,
    _scene.c.plan_x,
    _scene.c.plan_y,
    _scene.c.nadir_kind,
    _scene.c.nadir_radius,
    _venue.c.slug.label("venue_slug"),
    _asset.c.digest,
    _asset.c.info,
)


class TourRows(NamedTuple):
    """What the database holds of one scene's tour. `texts` maps (kind, id) to texts by field."""

    scene: Row[Any]
    links: Sequence[Row[Any]]
    hotspots: Sequence[Row[Any]]
    moments: Sequence[Row[Any]]
    texts: TextsById


def read_tour(connection: Connection, slug: str, audience: Audience) -> TourRows | None:
    """The rows for scene `slug`; None where there is none that `audience` may see."""
    scene = connection.execute(_scene_statement(audience), {"slug": slug}).first()
    if scene is None:
        return None
    links = connection.execute(_link_statement(audience), {"scene": scene.id}).all()
    hotspots = connection.execute(hotspot_statement(), {"scene": scene.id}).all()
    moments: Sequence[Row[Any]] = ()
    place_shown = audience == "curator" or _shows(scene.place_state, "place", scene.place_id)
    if scene.place_id is not None and place_shown:
        moments = connection.execute(_moment_statement(audience), {"place": scene.place_id}).all()
    shown = [spot for spot in hotspots if audience == "curator" or opens_something_visible(spot)]
    texts = read_texts(connection, _texts_of(scene, links, shown, moments))
    return TourRows(scene, links, shown, moments, texts)


def _enterable(audience: Audience) -> ColumnElement[bool]:
    ready = and_(_asset.c.state == "ready", _asset.c.kind == "panorama")
    if audience == "curator":
        return ready
    public = and_(_scene.c.state == "published", _venue.c.state == "published")
    return and_(or_granted(public, "scene", _scene.c.id), ready)


def _shows(state: str, kind: str, number: int | None) -> bool:
    """Whether whoever asks sees a record in this state."""
    return state == "published" or number in granted(kind)


P = ParamSpec("P")
R = TypeVar("R")


def _kept(make: Callable[P, R]) -> Callable[P, R]:
    """Make a statement once, but for whoever sees more than what is public: hers is her own."""
    once = cache(make)

    @wraps(make)
    def statement(*args: P.args, **kwargs: P.kwargs) -> R:
        return make(*args, **kwargs) if is_granting() else once(*args, **kwargs)  # pyright: ignore[reportArgumentType]

    return statement


@_kept
def _scene_statement(audience: Audience) -> Select[*tuple[Any, ...]]:
    drawn, drawing = _asset.alias(), _blob.alias()
    return (
        select(
            *_SCENE_COLUMNS,
            _venue.c.kind.label("venue_kind"),
            _venue.c.plan.label("venue_plan"),
            _floor.c.id.label("floor_id"),
            _floor.c.x.label("floor_x"),
            _floor.c.y.label("floor_y"),
            _floor.c.metres.label("floor_metres"),
            _floor.c.turned.label("floor_turned"),
            drawn.c.info.label("floor_info"),
            drawing.c.digest.label("floor_picture"),
            _place.c.slug.label("place_slug"),
            _place.c.state.label("place_state"),
        )
        .select_from(_scene)
        .join(_venue, _venue.c.id == _scene.c.venue_id)
        .join(_asset, _asset.c.id == _scene.c.panorama_id)
        .outerjoin(_place, _place.c.id == _scene.c.place_id)
        .outerjoin(_floor, and_(_floor.c.venue_id == _scene.c.venue_id, _floor.c.key == _scene.c.floor))
        .outerjoin(drawn, and_(drawn.c.id == _floor.c.picture_id, drawn.c.state == "ready"))
        .outerjoin(drawing, and_(drawing.c.asset_id == drawn.c.id, drawing.c.role == "preview"))
        .where(_scene.c.slug == bindparam("slug"), _enterable(audience))
    )


@_kept
def _link_statement(audience: Audience) -> Select[*tuple[Any, ...]]:
    return (
        select(
            _link.c.id.label("link_id"),
            _link.c.kind.label("link_kind"),
            _link.c.yaw,
            _link.c.pitch,
            _link.c.target_url,
            _link.c.arrival_yaw,
            _link.c.arrival_pitch,
            _link.c.arrival_fov,
            *_SCENE_COLUMNS,
        )
        .select_from(_link)
        .outerjoin(_scene, _scene.c.id == _link.c.target_id)
        .outerjoin(_venue, _venue.c.id == _scene.c.venue_id)
        .outerjoin(_asset, _asset.c.id == _scene.c.panorama_id)
        .where(_link.c.source_id == bindparam("scene"), or_(_link.c.target_id.is_(None), _enterable(audience)))
        .order_by(_link.c.position, _link.c.id)
    )


@_kept
def _moment_statement(audience: Audience) -> Select[*tuple[Any, ...]]:
    return (
        select(*_SCENE_COLUMNS)
        .select_from(_scene)
        .join(_venue, _venue.c.id == _scene.c.venue_id)
        .join(_asset, _asset.c.id == _scene.c.panorama_id)
        .where(_scene.c.place_id == bindparam("place"), _enterable(audience))
        .order_by(_scene.c.year, _scene.c.id)
    )


@_kept
def hotspot_statement() -> Select[*tuple[Any, ...]]:
    """Hotspots with what they open: of an artifact the first image that visitors may see, and the first model."""
    photograph, its_asset, model_file = _image.alias(), _asset.alias(), _asset.alias()
    sculpture, its_file, of_image = _model.alias(), _asset.alias(), _artifact.alias()
    preview, poster = _blob.alias(), _blob.alias()
    recording, frame = _asset.alias(), _blob.alias()
    first_model = (
        select(sculpture.c.id)
        .join(its_file, its_file.c.id == sculpture.c.asset_id)
        .where(
            sculpture.c.artifact_id == _hotspot.c.artifact_id,
            or_granted(sculpture.c.state == "published", "model", sculpture.c.id),
            its_file.c.state == "ready",
        )
        .order_by(sculpture.c.id)
        .limit(1)
        .correlate(_hotspot)
        .scalar_subquery()
    )
    first_image = (
        select(photograph.c.id)
        .join(its_asset, its_asset.c.id == photograph.c.asset_id)
        .where(
            photograph.c.artifact_id == _artifact.c.id,
            or_granted(photograph.c.state == "published", "image", photograph.c.id),
            its_asset.c.state == "ready",
        )
        .order_by(photograph.c.position, photograph.c.id)
        .limit(1)
        .correlate(_artifact)
        .scalar_subquery()
    )
    return (
        select(
            _hotspot.c.id,
            _hotspot.c.kind,
            _hotspot.c.yaw,
            _hotspot.c.pitch,
            _hotspot.c.polygon,
            _hotspot.c.url,
            _hotspot.c.distance,
            _hotspot.c.turned,
            _artifact.c.id.label("artifact_id"),
            _artifact.c.slug.label("artifact_slug"),
            _artifact.c.state.label("artifact_state"),
            _exhibition.c.id.label("exhibition_id"),
            _exhibition.c.slug.label("exhibition_slug"),
            _exhibition.c.state.label("exhibition_state"),
            _image.c.id.label("image_id"),
            _image.c.slug.label("image_slug"),
            _image.c.state.label("image_state"),
            of_image.c.state.label("image_artifact_state"),
            _asset.c.state.label("image_asset_state"),
            _asset.c.info.label("image_info"),
            preview.c.digest.label("preview"),
            _model.c.id.label("model_id"),
            _model.c.state.label("model_state"),
            model_file.c.state.label("model_asset_state"),
            model_file.c.digest.label("model_digest"),
            poster.c.digest.label("poster"),
            _hotspot.c.recording_id,
            recording.c.state.label("recording_state"),
            recording.c.digest.label("recording_digest"),
            recording.c.info.label("recording_info"),
            frame.c.digest.label("frame"),
        )
        .select_from(_hotspot)
        .outerjoin(_model, _model.c.id == func.coalesce(_hotspot.c.model_id, first_model))
        .outerjoin(_artifact, _artifact.c.id == func.coalesce(_hotspot.c.artifact_id, _model.c.artifact_id))
        .outerjoin(_exhibition, _exhibition.c.id == _hotspot.c.exhibition_id)
        .outerjoin(_image, _image.c.id == func.coalesce(_hotspot.c.image_id, _exhibition.c.cover_id, first_image))
        .outerjoin(of_image, of_image.c.id == _image.c.artifact_id)
        .outerjoin(_asset, _asset.c.id == _image.c.asset_id)
        .outerjoin(preview, and_(preview.c.asset_id == _asset.c.id, preview.c.role == "preview"))
        .outerjoin(model_file, model_file.c.id == _model.c.asset_id)
        .outerjoin(poster, and_(poster.c.asset_id == model_file.c.id, poster.c.role == "poster"))
        .outerjoin(recording, recording.c.id == _hotspot.c.recording_id)
        .outerjoin(frame, and_(frame.c.asset_id == recording.c.id, frame.c.role == "poster"))
        .where(_hotspot.c.scene_id == bindparam("scene"), _hotspot.c.unplaced.is_(False))
        .order_by(_hotspot.c.position, _hotspot.c.id)
    )


def image_is_shown(spot: Row[Any]) -> bool:
    """Whether visitors may see the image that goes with a hotspot."""
    public = spot.image_state == "published" and spot.image_artifact_state in (None, "published")
    return spot.image_asset_state == "ready" and (public or spot.image_id in granted("image"))


def model_is_shown(spot: Row[Any]) -> bool:
    """Whether visitors may see the model that goes with a hotspot."""
    public = spot.model_state == "published" and spot.artifact_state in (None, "published")
    return spot.model_asset_state == "ready" and (public or spot.model_id in granted("model"))


def opens_something_visible(spot: Row[Any]) -> bool:
    """Whether visitors may see what a hotspot opens; words and addresses need no record."""
    if spot.kind in ("audio", "video"):
        return spot.url is not None or spot.recording_state == "ready"
    if spot.kind == "artifact":
        return _shows(spot.artifact_state, "artifact", spot.artifact_id)
    if spot.kind == "exhibition":
        return _shows(spot.exhibition_state, "exhibition", spot.exhibition_id)
    if spot.kind == "image":
        return image_is_shown(spot)
    if spot.kind == "model":
        return model_is_shown(spot)
    return True


def _texts_of(
    scene: Row[Any], links: Iterable[Row[Any]], hotspots: Iterable[Row[Any]], moments: Iterable[Row[Any]]
) -> dict[str, set[int]]:
    wanted: dict[str, set[int]] = {
        "venue": {scene.venue_id},
        "floor": {scene.floor_id} if scene.floor_id is not None else set(),
        "scene": {scene.id, *(moment.id for moment in moments)},
    }
    if moments:
        wanted["place"] = {scene.place_id}
    for link in links:
        wanted.setdefault("link", set()).add(link.link_id)
        if link.id is not None:
            wanted["scene"].add(link.id)
            if link.link_kind == "portal":
                wanted["venue"].add(link.venue_id)
    for spot in hotspots:
        wanted.setdefault("hotspot", set()).add(spot.id)
        for kind in ("artifact", "exhibition", "image", "model"):
            number = getattr(spot, f"{kind}_id")
            if number is not None:
                wanted.setdefault(kind, set()).add(number)
    return wanted
