"""Reads one scene with all that the viewer needs of it: five indexed queries, whatever the size of the museum.

Rows come through Core, since building mapped records costs more than the queries themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from museum.assets.models import Asset, AssetBlob
from museum.collection.models import Artifact, Exhibition, Image, Model
from museum.scenes.models import Hotspot, Link, Place, Scene, Venue
from museum.scenes.tour_texts import TextsById, read_texts

Audience = Literal["public", "curator"]
"""`public` sees what is published; `curator` also drafts, as far as their panoramas are ready."""

_SCENE_COLUMNS = (
    Scene.id,
    Scene.slug,
    Scene.venue_id,
    Scene.place_id,
    Scene.year,
    Scene.room,
    Scene.north,
    Scene.initial_yaw,
    Scene.initial_pitch,
    Scene.initial_fov,
    Scene.plan_x,
    Scene.plan_y,
    Venue.slug.label("venue_slug"),
    Asset.digest,
    Asset.info,
)


class TourRows(NamedTuple):
    """What the database holds of one scene's tour. `texts` maps (kind, id) to texts by field."""

    scene: Row[Any]
    links: Sequence[Row[Any]]
    hotspots: Sequence[Row[Any]]
    moments: Sequence[Row[Any]]
    texts: TextsById


async def read_tour(session: AsyncSession, slug: str, audience: Audience) -> TourRows | None:
    """The rows for scene `slug`; None where there is none that `audience` may see."""
    scene = (await session.execute(_scene_statement(slug, audience))).first()
    if scene is None:
        return None
    links = (await session.execute(_link_statement(scene.id, audience))).all()
    hotspots = (await session.execute(_hotspot_statement(scene.id))).all()
    moments: Sequence[Row[Any]] = ()
    if _shows_place(scene, audience):
        moments = (await session.execute(_moment_statement(scene.place_id, audience))).all()
    shown = [spot for spot in hotspots if audience == "curator" or opens_something_visible(spot)]
    wanted = _texts_of(scene, links, shown, moments)
    return TourRows(scene, links, shown, moments, await read_texts(session, wanted))


def _enterable(audience: Audience) -> ColumnElement[bool]:
    ready = and_(Asset.state == "ready", Asset.kind == "panorama")
    if audience == "curator":
        return ready
    return and_(Scene.state == "published", Venue.state == "published", ready)


def _scene_statement(slug: str, audience: Audience) -> Select[Any]:
    return (
        select(
            *_SCENE_COLUMNS,
            Venue.kind.label("venue_kind"),
            Venue.plan.label("venue_plan"),
            Place.slug.label("place_slug"),
            Place.state.label("place_state"),
        )
        .select_from(Scene)
        .join(Venue, Venue.id == Scene.venue_id)
        .join(Asset, Asset.id == Scene.panorama_id)
        .outerjoin(Place, Place.id == Scene.place_id)
        .where(Scene.slug == slug, _enterable(audience))
    )


def _shows_place(scene: Row[Any], audience: Audience) -> bool:
    return scene.place_id is not None and (audience == "curator" or scene.place_state == "published")


def _link_statement(scene_id: int, audience: Audience) -> Select[Any]:
    return (
        select(
            Link.id.label("link_id"),
            Link.kind.label("link_kind"),
            Link.yaw,
            Link.pitch,
            Link.target_url,
            Link.arrival_yaw,
            Link.arrival_pitch,
            Link.arrival_fov,
            *_SCENE_COLUMNS,
        )
        .select_from(Link)
        .outerjoin(Scene, Scene.id == Link.target_id)
        .outerjoin(Venue, Venue.id == Scene.venue_id)
        .outerjoin(Asset, Asset.id == Scene.panorama_id)
        .where(Link.source_id == scene_id, or_(Link.target_id.is_(None), _enterable(audience)))
        .order_by(Link.position, Link.id)
    )


def _moment_statement(place_id: int, audience: Audience) -> Select[Any]:
    return (
        select(Scene.id, Scene.slug, Scene.year)
        .select_from(Scene)
        .join(Venue, Venue.id == Scene.venue_id)
        .join(Asset, Asset.id == Scene.panorama_id)
        .where(Scene.place_id == place_id, _enterable(audience))
        .order_by(Scene.year, Scene.id)
    )


def _hotspot_statement(scene_id: int) -> Select[Any]:
    """Hotspots with what they open: of an artifact the first image that visitors may see, and the first model."""
    photograph, its_asset, model_file = aliased(Image), aliased(Asset), aliased(Asset)
    sculpture, its_file, of_image = aliased(Model), aliased(Asset), aliased(Artifact)
    preview, poster = aliased(AssetBlob), aliased(AssetBlob)
    first_model = (
        select(sculpture.id)
        .join(its_file, its_file.id == sculpture.asset_id)
        .where(sculpture.artifact_id == Hotspot.artifact_id, sculpture.state == "published", its_file.state == "ready")
        .order_by(sculpture.id)
        .limit(1)
        .correlate(Hotspot)
        .scalar_subquery()
    )
    first_image = (
        select(photograph.id)
        .join(its_asset, its_asset.id == photograph.asset_id)
        .where(photograph.artifact_id == Artifact.id, photograph.state == "published", its_asset.state == "ready")
        .order_by(photograph.position, photograph.id)
        .limit(1)
        .correlate(Artifact)
        .scalar_subquery()
    )
    return (
        select(
            Hotspot.id,
            Hotspot.kind,
            Hotspot.yaw,
            Hotspot.pitch,
            Hotspot.polygon,
            Hotspot.url,
            Artifact.id.label("artifact_id"),
            Artifact.slug.label("artifact_slug"),
            Artifact.state.label("artifact_state"),
            Exhibition.id.label("exhibition_id"),
            Exhibition.slug.label("exhibition_slug"),
            Exhibition.state.label("exhibition_state"),
            Image.id.label("image_id"),
            Image.slug.label("image_slug"),
            Image.state.label("image_state"),
            of_image.state.label("image_artifact_state"),
            Asset.state.label("image_asset_state"),
            Asset.info.label("image_info"),
            preview.digest.label("preview"),
            Model.id.label("model_id"),
            Model.state.label("model_state"),
            model_file.state.label("model_asset_state"),
            model_file.digest.label("model_digest"),
            poster.digest.label("poster"),
        )
        .select_from(Hotspot)
        .outerjoin(Model, Model.id == func.coalesce(Hotspot.model_id, first_model))
        .outerjoin(Artifact, Artifact.id == func.coalesce(Hotspot.artifact_id, Model.artifact_id))
        .outerjoin(Exhibition, Exhibition.id == Hotspot.exhibition_id)
        .outerjoin(Image, Image.id == func.coalesce(Hotspot.image_id, Exhibition.cover_id, first_image))
        .outerjoin(of_image, of_image.id == Image.artifact_id)
        .outerjoin(Asset, Asset.id == Image.asset_id)
        .outerjoin(preview, and_(preview.asset_id == Asset.id, preview.role == "preview"))
        .outerjoin(model_file, model_file.id == Model.asset_id)
        .outerjoin(poster, and_(poster.asset_id == model_file.id, poster.role == "poster"))
        .where(Hotspot.scene_id == scene_id)
        .order_by(Hotspot.position, Hotspot.id)
    )


def image_is_shown(spot: Row[Any]) -> bool:
    """Whether visitors may see the image that goes with a hotspot."""
    return (
        spot.image_state == "published"
        and spot.image_asset_state == "ready"
        and spot.image_artifact_state in (None, "published")
    )


def model_is_shown(spot: Row[Any]) -> bool:
    """Whether visitors may see the model that goes with a hotspot."""
    return (
        spot.model_state == "published"
        and spot.model_asset_state == "ready"
        and spot.artifact_state in (None, "published")
    )


def opens_something_visible(spot: Row[Any]) -> bool:
    """Whether visitors may see what a hotspot opens; words, sounds and web pages need no record."""
    if spot.kind == "artifact":
        return spot.artifact_state == "published"
    if spot.kind == "exhibition":
        return spot.exhibition_state == "published"
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
        "scene": {scene.id, *(moment.id for moment in moments)},
    }
    if moments:
        wanted["place"] = {scene.place_id}
    for link in links:
        wanted.setdefault("link", set()).add(link.link_id)
        if link.id is not None:
            wanted["scene"].add(link.id)
    for spot in hotspots:
        wanted.setdefault("hotspot", set()).add(spot.id)
        for kind in ("artifact", "exhibition", "image", "model"):
            number = getattr(spot, f"{kind}_id")
            if number is not None:
                wanted.setdefault(kind, set()).add(number)
    return wanted
