"""Guided tours, their stops, and the texts they carry."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from museum.collection.models import Image
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
    one_of,
    text_checks,
)
from museum.scenes.models import Scene


class GuidedTour(Identified, Sluggish, Published, Base):
    """A curator's way through the museum: stops in their order."""

    __tablename__ = "guided_tour"

    position: Mapped[int] = mapped_column(default=0)

    texts: Mapped[list[GuidedTourText]] = relationship(cascade="all, delete-orphan", lazy="raise")
    stops: Mapped[list[TourStop]] = relationship(
        cascade="all, delete-orphan", order_by="(TourStop.position, TourStop.id)", lazy="raise"
    )

    __table_args__ = (one_of("state", PUBLICATION_STATES),)


class TourStop(Identified, Base):
    """A view of a scene (yaw, pitch, vertical field of view, in degrees) and what is told there; a stop with `choices` asks.

    What is told in the language of a reader is spoken by a recording where there is one, and by her browser where there is none.
    """

    __tablename__ = "tour_stop"

    tour_id: Mapped[int] = mapped_column(ForeignKey("guided_tour.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    scene_id: Mapped[int] = mapped_column(ForeignKey("scene.id", ondelete="CASCADE"), index=True)
    yaw: Mapped[float]
    pitch: Mapped[float] = mapped_column(default=0.0)
    fov: Mapped[float] = mapped_column(default=75.0)
    image_id: Mapped[int | None] = mapped_column(ForeignKey("image.id", ondelete="SET NULL"), index=True)
    choices: Mapped[list[Any]] = mapped_column(default=list)
    """Answers to choose from: `[{"text": {language: …}, "right": true}, …]`."""

    scene: Mapped[Scene] = relationship(lazy="raise")
    image: Mapped[Image | None] = relationship(lazy="raise")
    texts: Mapped[list[TourStopText]] = relationship(cascade="all, delete-orphan", lazy="raise")

    __table_args__ = (
        between("yaw", -180, 180),
        between("pitch", -90, 90),
        between("fov", 5, 120),
        NUMBERED,
    )


class GuidedTourText(TextColumns, Base):
    """Fields: title, description."""

    __tablename__ = "guided_tour_text"
    record_id: Mapped[int] = mapped_column(BigId, ForeignKey("guided_tour.id", ondelete="CASCADE"), primary_key=True)
    __table_args__ = text_checks()


class TourStopText(TextColumns, Base):
    """Fields: title; body, which is told; narration, the address of a recording of it; captions, in WebVTT, of that recording;
    question, and explanation, which follows an answer."""

    __tablename__ = "tour_stop_text"
    record_id: Mapped[int] = mapped_column(BigId, ForeignKey("tour_stop.id", ondelete="CASCADE"), primary_key=True)
    __table_args__ = text_checks()
