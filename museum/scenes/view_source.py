"""What a picture of the view from a scene needs: its cube pyramid, and where it looks when nothing else is asked."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select

from museum.assets.info import PanoramaInfo
from museum.assets.models import Asset
from museum.curation.visibility import scene_is_visible
from museum.scenes.models import Scene
from museum.scenes.venues_query import is_lobby


class ViewSource(msgspec.Struct, frozen=True):
    """The pyramid of a scene, by its digest in the store and its face sizes, coarsest first; its first view, and how its photograph
    is put upright, in degrees."""

    digest: str
    levels: list[int]
    tile: int
    yaw: float
    pitch: float
    fov: float
    level_pitch: float
    level_roll: float


def find_view_source(connection: Connection, slug: str | None) -> ViewSource | None:
    """The pyramid of scene `slug`, or of the scene where a visit begins; None where there is none that visitors may see."""
    statement = (
        select(
            Asset.digest,
            Asset.info,
            Scene.initial_yaw,
            Scene.initial_pitch,
            Scene.initial_fov,
            Scene.level_pitch,
            Scene.level_roll,
        )
        .select_from(Scene)
        .join(Asset, Scene.panorama_id == Asset.id)
        .where(scene_is_visible())
    )
    row = connection.execute(statement.where(is_lobby() if slug is None else Scene.slug == slug)).first()
    if row is None or row.digest is None:
        return None
    info = msgspec.convert(row.info, PanoramaInfo)
    return ViewSource(row.digest, info.levels, info.tile, *row[2:])
