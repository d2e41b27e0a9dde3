"""Artifacts, images, models, exhibitions and activities, and the texts they carry."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
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
    facts_by_value,
    in_review,
    of_category,
    of_state,
    one_of,
    text_checks,
    texts_there,
    titles_by_beginning,
)

GRADES = ("first", "second", "third", "general", "ungraded")
"""級別 of a Chinese museum: 一級, 二級, 三級, 一般, 未定級."""
STEP_KINDS = ("look", "read", "find", "answer", "draw")


class Artifact(Identified, Sluggish, Published, Base):
    """A collection record. Its texts are title, period, material, dimensions, source, condition, description."""

    __tablename__ = "artifact"

    accession_number: Mapped[str] = mapped_column(String(64), unique=True)
    """總登記號."""
    category: Mapped[str] = mapped_column(String(32))
    """Kind of object, e.g. porcelain, coin, bronze, seal, jade, painting, calligraphy, photograph, map, poster."""
    edtf: Mapped[str | None] = mapped_column(String(64))
    """The date in Extended Date/Time Format (ISO 8601-2), e.g. `1736/1795` or `-0220~`."""
    year_from: Mapped[int | None]
    year_to: Mapped[int | None]
    grade: Mapped[str] = mapped_column(String(16), default="ungraded")
    rights_until: Mapped[str | None] = mapped_column(String(10))
    """The last day on which the rights hold, `YYYY-MM-DD`; None where they don't end. See `museum.curation.lapsing`."""

    texts: Mapped[list[ArtifactText]] = relationship(cascade="all, delete-orphan", lazy="raise")
    images: Mapped[list[Image]] = relationship(order_by="Image.position", lazy="raise")
    models: Mapped[list[Model]] = relationship(lazy="raise")

    __table_args__ = (
        one_of("state", PUBLICATION_STATES),
        in_review("artifact"),
        of_state("artifact"),
        of_category("artifact"),
        one_of("grade", GRADES),
        CheckConstraint("year_from <= year_to", name="years"),
        Index("ix_artifact_years", "year_from", "year_to"),
        Index("ix_artifact_rights", "rights_until"),
    )


class Image(Identified, Sluggish, Published, Base):
    """A display image (展圖), or a photograph of an artifact where `artifact_id` is set. Sizes of the thing in millimetres."""

    __tablename__ = "image"

    artifact_id: Mapped[int | None] = mapped_column(ForeignKey("artifact.id", ondelete="SET NULL"), index=True)
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"), index=True)
    category: Mapped[str] = mapped_column(String(32))
    position: Mapped[int] = mapped_column(default=0)
    rights: Mapped[str | None] = mapped_column(String(500))
    """Address of a licence or rights statement."""
    rights_until: Mapped[str | None] = mapped_column(String(10))
    width_mm: Mapped[float | None]
    height_mm: Mapped[float | None]

    texts: Mapped[list[ImageText]] = relationship(cascade="all, delete-orphan", lazy="raise")
    asset: Mapped[Asset | None] = relationship(lazy="raise")
    artifact: Mapped[Artifact | None] = relationship(back_populates="images", lazy="raise")

    __table_args__ = (
        one_of("state", PUBLICATION_STATES),
        in_review("image"),
        of_state("image"),
        of_category("image"),
        Index("ix_image_rights", "rights_until"),
        CheckConstraint("state <> 'published' OR asset_id IS NOT NULL", name="published_has_asset"),
    )


class Model(Identified, Sluggish, Published, Base):
    """A 3D model, of an artifact where `artifact_id` is set; `height_m` is the thing's real height in metres.

    `view` is where it is first seen from, and its poster shows it: `{"eye": [x, y, z], "target": [x, y, z], "fov": degrees}`. Points on
    models are those of the uploaded file, so that they stay where they are when the thing is set upright or gets another size;
    `ModelInfo.matrix` brings them to metres.
    """

    __tablename__ = "model"

    artifact_id: Mapped[int | None] = mapped_column(ForeignKey("artifact.id", ondelete="SET NULL"), index=True)
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"), index=True)
    height_m: Mapped[float | None]
    rights: Mapped[str | None] = mapped_column(String(500))
    rights_until: Mapped[str | None] = mapped_column(String(10))
    view: Mapped[dict[str, Any] | None]

    texts: Mapped[list[ModelText]] = relationship(cascade="all, delete-orphan", lazy="raise")
    asset: Mapped[Asset | None] = relationship(lazy="raise")
    artifact: Mapped[Artifact | None] = relationship(back_populates="models", lazy="raise")
    annotations: Mapped[list[ModelAnnotation]] = relationship(
        cascade="all, delete-orphan", order_by="ModelAnnotation.position", lazy="raise"
    )

    __table_args__ = (
        one_of("state", PUBLICATION_STATES),
        in_review("model"),
        Index("ix_model_rights", "rights_until"),
        CheckConstraint("state <> 'published' OR asset_id IS NOT NULL", name="published_has_asset"),
    )


class ModelAnnotation(Identified, Base):
    """A note at a point of a model's surface: `point` and `normal` are `[x, y, z]`, `view` is from where it is looked at (as of Model)."""

    __tablename__ = "model_annotation"

    model_id: Mapped[int] = mapped_column(ForeignKey("model.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    point: Mapped[list[Any]]
    normal: Mapped[list[Any]]
    view: Mapped[dict[str, Any] | None]

    texts: Mapped[list[ModelAnnotationText]] = relationship(cascade="all, delete-orphan", lazy="raise")

    __table_args__ = (NUMBERED,)


class Exhibition(Identified, Sluggish, Published, Base):
    """An online exhibition: sections of items."""

    __tablename__ = "exhibition"

    position: Mapped[int] = mapped_column(default=0)
    cover_id: Mapped[int | None] = mapped_column(ForeignKey("image.id", ondelete="SET NULL"), index=True)

    texts: Mapped[list[ExhibitionText]] = relationship(cascade="all, delete-orphan", lazy="raise")
    cover: Mapped[Image | None] = relationship(lazy="raise")
    sections: Mapped[list[ExhibitionSection]] = relationship(
        cascade="all, delete-orphan", order_by="ExhibitionSection.position", lazy="raise"
    )

    __table_args__ = (
        one_of("state", PUBLICATION_STATES),
        in_review("exhibition"),
    )


class ExhibitionSection(Identified, Base):
    """A chapter of an exhibition."""

    __tablename__ = "exhibition_section"

    exhibition_id: Mapped[int] = mapped_column(ForeignKey("exhibition.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)

    texts: Mapped[list[ExhibitionSectionText]] = relationship(cascade="all, delete-orphan", lazy="raise")
    items: Mapped[list[ExhibitionItem]] = relationship(
        cascade="all, delete-orphan", order_by="ExhibitionItem.position", lazy="raise"
    )

    __table_args__ = (NUMBERED,)


class ExhibitionItem(Identified, Base):
    """One artifact or one image in a section."""

    __tablename__ = "exhibition_item"

    section_id: Mapped[int] = mapped_column(ForeignKey("exhibition_section.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    artifact_id: Mapped[int | None] = mapped_column(ForeignKey("artifact.id", ondelete="CASCADE"), index=True)
    image_id: Mapped[int | None] = mapped_column(ForeignKey("image.id", ondelete="CASCADE"), index=True)

    artifact: Mapped[Artifact | None] = relationship(lazy="raise")
    image: Mapped[Image | None] = relationship(lazy="raise")

    __table_args__ = (CheckConstraint("(artifact_id IS NULL) <> (image_id IS NULL)", name="one_thing"), NUMBERED)


class Activity(Identified, Sluggish, Published, Base):
    """Steps for learners."""

    __tablename__ = "activity"

    position: Mapped[int] = mapped_column(default=0)
    cover_id: Mapped[int | None] = mapped_column(ForeignKey("image.id", ondelete="SET NULL"), index=True)

    texts: Mapped[list[ActivityText]] = relationship(cascade="all, delete-orphan", lazy="raise")
    cover: Mapped[Image | None] = relationship(lazy="raise")
    steps: Mapped[list[ActivityStep]] = relationship(
        cascade="all, delete-orphan", order_by="ActivityStep.position", lazy="raise"
    )

    __table_args__ = (
        one_of("state", PUBLICATION_STATES),
        in_review("activity"),
    )


class ActivityStep(Identified, Base):
    """One step: look at a picture or scene, read, find, answer, draw. `data` holds what its kind needs, e.g. choices."""

    __tablename__ = "activity_step"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(String(16))
    image_id: Mapped[int | None] = mapped_column(ForeignKey("image.id", ondelete="SET NULL"))
    scene_id: Mapped[int | None] = mapped_column(ForeignKey("scene.id", ondelete="SET NULL"))
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)

    texts: Mapped[list[ActivityStepText]] = relationship(cascade="all, delete-orphan", lazy="raise")
    image: Mapped[Image | None] = relationship(lazy="raise")

    __table_args__ = (one_of("kind", STEP_KINDS), NUMBERED)


class ArtifactText(TextColumns, Base):
    """Fields: title, period, material, dimensions, source, condition, description."""

    __tablename__ = "artifact_text"
    record_id: Mapped[int] = mapped_column(BigId, ForeignKey("artifact.id", ondelete="CASCADE"), primary_key=True)
    __table_args__ = (
        *text_checks(),
        texts_there("artifact_text"),
        titles_by_beginning("artifact_text"),
        facts_by_value("artifact_text"),
    )


class ImageText(TextColumns, Base):
    """Fields: title, caption, alt."""

    __tablename__ = "image_text"
    record_id: Mapped[int] = mapped_column(BigId, ForeignKey("image.id", ondelete="CASCADE"), primary_key=True)
    __table_args__ = (*text_checks(), texts_there("image_text"), titles_by_beginning("image_text"))


class ModelText(TextColumns, Base):
    """Fields: title, alt."""

    __tablename__ = "model_text"
    record_id: Mapped[int] = mapped_column(BigId, ForeignKey("model.id", ondelete="CASCADE"), primary_key=True)
    __table_args__ = text_checks()


class ModelAnnotationText(TextColumns, Base):
    """Fields: title, description."""

    __tablename__ = "model_annotation_text"
    record_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("model_annotation.id", ondelete="CASCADE"), primary_key=True
    )
    __table_args__ = text_checks()


class ExhibitionText(TextColumns, Base):
    """Fields: title, subtitle, description."""

    __tablename__ = "exhibition_text"
    record_id: Mapped[int] = mapped_column(BigId, ForeignKey("exhibition.id", ondelete="CASCADE"), primary_key=True)
    __table_args__ = text_checks()


class ExhibitionSectionText(TextColumns, Base):
    """Fields: title, body."""

    __tablename__ = "exhibition_section_text"
    record_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("exhibition_section.id", ondelete="CASCADE"), primary_key=True
    )
    __table_args__ = text_checks()


class ActivityText(TextColumns, Base):
    """Fields: title, description."""

    __tablename__ = "activity_text"
    record_id: Mapped[int] = mapped_column(BigId, ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True)
    __table_args__ = text_checks()


class ActivityStepText(TextColumns, Base):
    """Fields: title, body."""

    __tablename__ = "activity_step_text"
    record_id: Mapped[int] = mapped_column(BigId, ForeignKey("activity_step.id", ondelete="CASCADE"), primary_key=True)
    __table_args__ = text_checks()
