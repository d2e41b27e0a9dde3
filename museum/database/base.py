"""The mapped base that every domain's tables share: names of constraints, column types and the texts in languages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    String,
    TypeDecorator,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from museum.languages.tags import LONGEST, canonical_tag

TEXT_STATES = ("source", "draft", "reviewed", "stale")
PUBLICATION_STATES = ("draft", "review", "published")
HIDDEN = PUBLICATION_STATES[:-1]
"""The states in which visitors see nothing of a record; to ask for these goes by an index, to ask for any but the other one doesn't."""


class LanguageTag(TypeDecorator[str]):
    """The tag of a language, BCP 47, as it is written. Whether the museum speaks it is for those to say who ask for a text: a language may
    be taken out of use and come back."""

    impl = String(LONGEST)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is not None and canonical_tag(value) != value:
            raise ValueError(f"{value!r} is no tag of a language")
        return value

    def coerce_compared_value(self, op: Any, value: Any) -> String:
        """Whoever asks may ask for anything, and finds nothing."""
        return String()


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. SQLite has no time zones, so they are taken off on the way in and put on again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


BigId = BigInteger().with_variant(Integer, "sqlite")
Json = JSON().with_variant(JSONB(), "postgresql")


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UTCDateTime, dict[str, Any]: Json, list[Any]: Json}  # noqa: RUF012


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """A check that `column` holds one of `values`, named after the column."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=column)


def in_review(table: str) -> Index:
    """The index of the few rows of a table that are in review."""
    condition = text("state = 'review'")
    return Index(f"ix_{table}_review", "updated_at", sqlite_where=condition, postgresql_where=condition)


def of_state(table: str) -> Index:
    """The index of a large table's records by state."""
    return Index(f"ix_{table}_state", "state", "id")


def of_category(table: str) -> Index:
    """The index of a large table's records by category."""
    return Index(f"ix_{table}_category", "category", "state", "id")


def texts_there(table: str) -> Index:
    """The index by which a large table of texts says which records have a text."""
    condition = text("value <> ''")
    columns = ("field", "language", "state", "record_id")
    return Index(f"ix_{table}_there", *columns, sqlite_where=condition, postgresql_where=condition)


def titles_by_beginning(table: str) -> Index:
    """The index by which titles of a large table of texts are found that are, or begin with, some words."""
    of_titles = text("field = 'title'")
    return Index(
        f"ix_{table}_titles",
        "folded",
        "record_id",
        sqlite_where=of_titles,
        postgresql_where=of_titles,
        postgresql_ops={"folded": "text_pattern_ops"},
    )


FACTS = ("period", "material")
"""Fields of an artifact by which it is looked for besides its title: of many records they say the same."""


def facts_by_value(table: str) -> Index:
    """The index by which records are found whose facts are some words, and which words there are."""
    of_facts = text(f"field IN {FACTS}")
    return Index(f"ix_{table}_facts", "folded", "record_id", sqlite_where=of_facts, postgresql_where=of_facts)


def between(column: str, low: float, high: float) -> CheckConstraint:
    """A check that `column` is null or lies in [low, high], named after the column."""
    return CheckConstraint(f"{column} BETWEEN {low} AND {high}", name=column)


NUMBERED = {"sqlite_autoincrement": True}
"""For tables of a record's parts: no number is ever given twice, so that a revision can tell a part from one made after it was gone."""


class Identified:
    """A surrogate key that never leaves the server: addresses hold slugs."""

    id: Mapped[int] = mapped_column(BigId, primary_key=True)


class Sluggish:
    """A unique name in addresses: lower-case Latin letters, digits and hyphens."""

    slug: Mapped[str] = mapped_column(String(120), unique=True)


class Published:
    """What visitors may see. `version` counts saves, so that a form can tell that it has been overtaken."""

    state: Mapped[str] = mapped_column(String(16), default="draft")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now, index=True)
    published_at: Mapped[datetime | None]


class TextColumns:
    """One text in one language: a row per (record, field, language). `folded` is what search compares with."""

    field: Mapped[str] = mapped_column(String(32), primary_key=True)
    language: Mapped[str] = mapped_column(LanguageTag, primary_key=True)
    state: Mapped[str] = mapped_column(String(16), default="source")
    value: Mapped[str]
    folded: Mapped[str] = mapped_column(default="")


def text_checks() -> tuple[CheckConstraint]:
    """What every table of texts is held to."""
    return (one_of("state", TEXT_STATES),)
