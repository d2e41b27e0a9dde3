"""Venues, places, scenes, links and hotspots, and the texts they carry."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from museum.assets.models import Asset
from museum.database.base import (
    NUMBERED,
    PUBLICATION_STATES,
    Base,
    BigId,
    Identified,
    Published,
    Sluggish,
    TextColumns,
    between,
    in_review,
    one_of,
    text_checks,
    texts_there,
    titles_by_beginning,
)

VENUE_KINDS = ("hall", "site")
LINK_KINDS = ("walk", "time", "portal")
NADIR_KINDS = ("fill", "disc")
MAIN_FLOOR = "main"
"""The key of the floor that every venue has."""
HOTSPOT_KINDS = ("artifact", "image", "model", "text", "audio", "video", "exhibition", "web")


class Venue(Identified, Sluggish, Published, Base):
    """A hall of the museum, or a site in the real world; holds scenes."""

    __tablename__ = "venue"

    kind: Mapped[str] = mapped_column(String(16), default="hall")
    position: Mapped[int] = mapped_column(default=0)
    plan: Mapped[dict[str, Any] | None]
    """What is drawn of the floor plan, in metres, x east and y north: `{"width", "depth", "rooms": [{"key", "title", "outline": [[x, y]…],
    "floor"}], "doors": [{"x", "y", "width", "floor"}]}`; without a `floor` they are on the main one. Pictures of plans are `floors`'."""
    entrance_id: Mapped[int | None] = mapped_column(ForeignKey("scene.id", ondelete="SET NULL", use_alter=True))

    texts: Mapped[list[VenueText]] = relationship(cascade="all, delete-orphan", lazy="raise")
    floors: Mapped[list[Floor]] = relationship(cascade="all, delete-orphan", order_by="Floor.position", lazy="raise")
    entrance: Mapped[Scene | None] = relationship(foreign_keys=entrance_id, post_update=True, lazy="raise")

    __table_args__ = (
        one_of("kind", VENUE_KINDS),
        one_of("state", PUBLICATION_STATES),
        in_review("venue"),
    )


class Floor(Identified, Base):
    """A floor of a venue, and the picture of its plan.

    `key` is what scenes, and rooms of `Venue.plan`, call it by. A venue without rows has the one floor `MAIN_FLOOR`. The middle of the
    picture lies at `x`, `y`, metres east and north; it is `metres` wide, and `turned` so many degrees clockwise that north is on top.
    """

    __tablename__ = "floor"

    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(64), default=MAIN_FLOOR)
    position: Mapped[int] = mapped_column(default=0)
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"), index=True)
    x: Mapped[float] = mapped_column(default=0.0)
    y: Mapped[float] = mapped_column(default=0.0)
    metres: Mapped[float] = mapped_column(default=20.0)
    turned: Mapped[float] = mapped_column(default=0.0)

    texts: Mapped[list[FloorText]] = relationship(cascade="all, delete-orphan", lazy="raise")

    __table_args__ = (
        between("metres", 0.1, 100_000),
        between("turned", -180, 180),
        Index("ix_floor_venue_id", "venue_id", "position"),
        NUMBERED,
    )


class Place(Identified, Sluggish, Published, Base):
    """A spot seen at several times; its scenes are its moments, ordered by the year they depict."""

    __tablename__ = "place"

    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), index=True)

    texts: Mapped[list[PlaceText]] = relationship(cascade="all, delete-orphan", lazy="raise")

    __table_args__ = (
        one_of("state", PUBLICATION_STATES),
        in_review("place"),
    )


class Scene(Identified, Sluggish, Published, Base):
    """One standing point with one panorama.

    `north` is the heading, in degrees clockwise from true north, of the panorama's own forward direction, so that
    heading = yaw + north. `level_*` puts a photograph upright that was taken with a tilted camera: what lies straight ahead in it
    is shown `level_pitch` degrees higher, and the whole turned `level_roll` degrees clockwise. All directions in records are those of
    the upright scene. `initial_*` is the first view: yaw, pitch and vertical field of view in degrees. `nadir_kind` hides what stands
    straight below, as the tripod does, within `nadir_radius` degrees of the vertical: by the floor around it (`fill`), or by a `disc`.
    """

    __tablename__ = "scene"

    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id", ondelete="SET NULL"), index=True)
    year: Mapped[int | None]
    """The year that the scene depicts, astronomical (221 BCE = -220)."""
    panorama_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"), index=True)
    room: Mapped[str | None] = mapped_column(String(64))
    position: Mapped[int] = mapped_column(default=0)
    north: Mapped[float] = mapped_column(default=0.0)
    level_pitch: Mapped[float] = mapped_column(default=0.0)
    level_roll: Mapped[float] = mapped_column(default=0.0)
    initial_yaw: Mapped[float] = mapped_column(default=0.0)
    initial_pitch: Mapped[float] = mapped_column(default=0.0)
    initial_fov: Mapped[float] = mapped_column(default=75.0)
    floor: Mapped[str] = mapped_column(String(64), default=MAIN_FLOOR)
    """The `key` of the floor on whose plan it stands."""
    plan_x: Mapped[float | None]
    plan_y: Mapped[float | None]
    nadir_kind: Mapped[str | None] = mapped_column(String(16))
    nadir_radius: Mapped[float] = mapped_column(default=15.0)

    venue: Mapped[Venue] = relationship(foreign_keys=venue_id, lazy="raise")
    place: Mapped[Place | None] = relationship(lazy="raise")
    panorama: Mapped[Asset | None] = relationship(lazy="raise")
    texts: Mapped[list[SceneText]] = relationship(cascade="all, delete-orphan", lazy="raise")
    links: Mapped[list[Link]] = relationship(
        foreign_keys="Link.source_id", cascade="all, delete-orphan", order_by="Link.position", lazy="raise"
    )
    hotspots: Mapped[list[Hotspot]] = relationship(
        cascade="all, delete-orphan", order_by="Hotspot.position", lazy="raise"
    )

    __table_args__ = (
        one_of("state", PUBLICATION_STATES),
        in_review("scene"),
        CheckConstraint("north >= 0 AND north < 360", name="north"),
        between("level_pitch", -45, 45),
        between("level_roll", -45, 45),
        between("initial_yaw", -180, 180),
        between("initial_pitch", -90, 90),
        between("initial_fov", 5, 120),
        between("year", -100000, 10000),
        one_of("nadir_kind", NADIR_KINDS),
        between("nadir_radius", 3, 60),
        CheckConstraint("place_id IS NULL OR year IS NOT NULL", name="moment_has_year"),
        CheckConstraint("state <> 'published' OR panorama_id IS NOT NULL", name="published_has_panorama"),
        Index("ix_scene_venue_order", "venue_id", "position", "id"),
        Index("ix_scene_venue_state", "venue_id", "state"),
        Index("ix_scene_state", "state", "updated_at"),
    )


_ELSEWHERE = text("target_url IS NOT NULL")


class Link(Identified, Base):
    """A way from one scene to another, seen at `yaw`, `pitch` of the source.

    `arrival_*` is the view on arriving; where it is null the heading is kept. `target_url` leads to a scene on another
    museum's server.
    """

    __tablename__ = "link"

    source_id: Mapped[int] = mapped_column(ForeignKey("scene.id", ondelete="CASCADE"))
    target_id: Mapped[int | None] = mapped_column(ForeignKey("scene.id", ondelete="CASCADE"), index=True)
    target_url: Mapped[str | None] = mapped_column(String(2000))
    kind: Mapped[str] = mapped_column(String(16))
    position: Mapped[int] = mapped_column(default=0)
    yaw: Mapped[float]
    pitch: Mapped[float] = mapped_column(default=0.0)
    arrival_yaw: Mapped[float | None]
    arrival_pitch: Mapped[float | None]
    arrival_fov: Mapped[float | None]

    texts: Mapped[list[LinkText]] = relationship(cascade="all, delete-orphan", lazy="raise")
    target: Mapped[Scene | None] = relationship(foreign_keys=target_id, lazy="raise")

    __table_args__ = (
        one_of("kind", LINK_KINDS),
        between("yaw", -180, 180),
        between("pitch", -90, 90),
        between("arrival_yaw", -180, 180),
        between("arrival_pitch", -90, 90),
        between("arrival_fov", 5, 120),
        CheckConstraint("(target_id IS NULL) <> (target_url IS NULL)", name="one_target"),
        CheckConstraint("target_url IS NULL OR kind = 'portal'", name="only_portals_leave"),
        CheckConstraint("source_id <> target_id", name="leads_on"),
        Index("ix_link_source_id", "source_id", "position"),
        # The few ways that lead elsewhere.
        Index("ix_link_elsewhere", "id", sqlite_where=_ELSEWHERE, postgresql_where=_ELSEWHERE),
        NUMBERED,
    )


class Hotspot(Identified, Base):
    """Something to open at a direction, or on a polygon, of a scene. Only the reference of its kind is set."""

    __tablename__ = "hotspot"

    scene_id: Mapped[int] = mapped_column(ForeignKey("scene.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    position: Mapped[int] = mapped_column(default=0)
    yaw: Mapped[float]
    pitch: Mapped[float] = mapped_column(default=0.0)
    unplaced: Mapped[bool] = mapped_column(default=False)
    """Nobody has said yet where it is: it came without a direction, stands anywhere, and is not shown to visitors."""
    polygon: Mapped[list[Any] | None]
    """Corners as `[[yaw, pitch], …]`, clockwise from the top left as the visitor sees them."""
    artifact_id: Mapped[int | None] = mapped_column(ForeignKey("artifact.id", ondelete="CASCADE"))
    image_id: Mapped[int | None] = mapped_column(ForeignKey("image.id", ondelete="CASCADE"))
    model_id: Mapped[int | None] = mapped_column(ForeignKey("model.id", ondelete="CASCADE"))
    exhibition_id: Mapped[int | None] = mapped_column(ForeignKey("exhibition.id", ondelete="CASCADE"))
    recording_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"), index=True)
    """The asset of audio or video that the museum keeps itself. With neither it nor an address the hotspot waits for a file."""
    url: Mapped[str | None] = mapped_column(String(2000))
    """Address of a web page, or of audio or video that somebody else keeps."""
    distance: Mapped[float | None]
    """Metres from the eye to where the base of a model stands, in the direction of the hotspot, which then is its foot. Without one the
    model stands nowhere: the hotspot only opens it."""
    turned: Mapped[float] = mapped_column(default=0.0)
    """Degrees by which a standing model is turned about its vertical, clockwise from above, from showing its front to the visitor."""

    texts: Mapped[list[HotspotText]] = relationship(cascade="all, delete-orphan", lazy="raise")

    __table_args__ = (
        one_of("kind", HOTSPOT_KINDS),
        between("yaw", -180, 180),
        between("pitch", -90, 90),
        between("turned", -180, 180),
        CheckConstraint("distance > 0", name="distance"),
        CheckConstraint("(kind = 'artifact') = (artifact_id IS NOT NULL)", name="artifact"),
        CheckConstraint("(kind = 'image') = (image_id IS NOT NULL)", name="image"),
        CheckConstraint("(kind = 'model') = (model_id IS NOT NULL)", name="model"),
        CheckConstraint("(kind = 'exhibition') = (exhibition_id IS NOT NULL)", name="exhibition"),
        CheckConstraint("kind <> 'web' OR url IS NOT NULL", name="web"),
        CheckConstraint("kind IN ('audio', 'video', 'web') OR url IS NULL", name="url"),
        CheckConstraint("url IS NULL OR recording_id IS NULL", name="one_recording"),
        CheckConstraint("kind IN ('audio', 'video') OR recording_id IS NULL", name="recording"),
        Index("ix_hotspot_scene_id", "scene_id", "position"),
        Index("ix_hotspot_kind", "kind", "id"),
        Index(
            "ix_hotspot_unplaced", "id", sqlite_where=text("unplaced IS 1"), postgresql_where=text("unplaced IS true")
        ),
        # Where something hangs is told by these alone.
        *(
            Index(f"ix_hotspot_{kind}_id", f"{kind}_id", "scene_id")
            for kind in ("artifact", "image", "model", "exhibition")
        ),
        NUMBERED,
    )


class VenueText(TextColumns, Base):
    """Fields: title, description."""

    __tablename__ = "venue_text"
    record_id: Mapped[int] = mapped_column(BigId, ForeignKey("venue.id", ondelete="CASCADE"), primary_key=True)
    __table_args__ = text_checks()


class FloorText(TextColumns, Base):
    """Field: title."""

    __tablename__ = "floor_text"
    record_id: Mapped[int] = mapped_column(BigId, ForeignKey("floor.id", ondelete="CASCADE"), primary_key=True)
    __table_args__ = text_checks()


class PlaceText(TextColumns, Base):
    """Fields: title, description."""

    __tablename__ = "place_text"
    record_id: Mapped[int] = mapped_column(BigId, ForeignKey("place.id", ondelete="CASCADE"), primary_key=True)
    __table_args__ = text_checks()


class SceneText(TextColumns, Base):
    """Fields: title, description."""

    __tablename__ = "scene_text"
    record_id: Mapped[int] = mapped_column(BigId, ForeignKey("scene.id", ondelete="CASCADE"), primary_key=True)
    __table_args__ = (*text_checks(), texts_there("scene_text"), titles_by_beginning("scene_text"))


class LinkText(TextColumns, Base):
    """Field: title, where the target's own title would not do."""

    __tablename__ = "link_text"
    record_id: Mapped[int] = mapped_column(BigId, ForeignKey("link.id", ondelete="CASCADE"), primary_key=True)
    __table_args__ = (*text_checks(), texts_there("link_text"))


class HotspotText(TextColumns, Base):
    """Fields: title, description; where they are missing those of the thing it opens serve."""

    __tablename__ = "hotspot_text"
    record_id: Mapped[int] = mapped_column(BigId, ForeignKey("hotspot.id", ondelete="CASCADE"), primary_key=True)
    __table_args__ = (*text_checks(), texts_there("hotspot_text"))


__all__ = [
    "Floor",
    "FloorText",
    "Hotspot",
    "HotspotText",
    "Link",
    "LinkText",
    "Place",
    "PlaceText",
    "Scene",
    "SceneText",
    "Venue",
    "VenueText",
]
