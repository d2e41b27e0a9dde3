"""People, their sessions, throttled log-ins, uploads under way, and what became of the records: revisions and the audit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from museum.database.base import Base, BigId, Identified, now, one_of

NO_PASSWORD = "!"  # noqa: S105
"""In the place of a password's hash; no password has it."""
BATCH_FILE_STATES = ("waiting", "made", "known", "refused")
ROLES = ("guest", "contributor", "curator", "editor", "administrator")
"""From the least to the most that a person may do; each may do what those before it may."""

MEANS = ("password", "passkey", "sign-on")
"""By what somebody logs in."""

VENUE_ROLES = ("contributor", "curator", "editor")
"""Roles that somebody may have in single venues, beyond the one that she has everywhere."""


class Person(Identified, Base):
    """Somebody who may log in. `name` is what she logs in with, folded; a disabled person keeps what she made. `email`, folded, is by what
    single sign-on may know her; whoever has only that has no password (`password_hash` is then `NO_PASSWORD`)."""

    __tablename__ = "person"

    name: Mapped[str] = mapped_column(String(80), unique=True)
    display_name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(16))
    language: Mapped[str | None] = mapped_column(String(16))
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    disabled_at: Mapped[datetime | None]

    venue_roles: Mapped[list[VenueRole]] = relationship(lazy="selectin", cascade="all, delete-orphan")

    __table_args__ = (one_of("role", ROLES),)


class VenueRole(Base):
    """What a person may do in one venue, where that is more than everywhere."""

    __tablename__ = "venue_role"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id", ondelete="CASCADE"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(16))

    __table_args__ = (one_of("role", VENUE_ROLES),)


class LoginSession(Base):
    """A browser that is logged in. Only the SHA-256 of its token is kept."""

    __tablename__ = "login_session"

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(String(64), default="")
    agent: Mapped[str] = mapped_column(String(300), default="")
    means: Mapped[str] = mapped_column(String(16), default="password")

    person: Mapped[Person] = relationship(lazy="joined")

    __table_args__ = (one_of("means", MEANS),)


class LoginThrottle(Base):
    """Failed log-ins of one account or one address; `key` is `account:…` or `address:…`."""

    __tablename__ = "login_throttle"

    key: Mapped[str] = mapped_column(String(160), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    first_at: Mapped[datetime] = mapped_column(default=now)
    blocked_until: Mapped[datetime | None]


class Upload(Base):
    """A resumable upload. Its bytes lie in a file of its own until all are there; then it becomes an original."""

    __tablename__ = "upload"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    length: Mapped[int] = mapped_column(BigId)
    received: Mapped[int] = mapped_column(BigId, default=0)
    filename: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(80), default="application/octet-stream")
    state: Mapped[str] = mapped_column(String(16), default="receiving")
    original_id: Mapped[int | None] = mapped_column(ForeignKey("original.id"))
    goal: Mapped[str] = mapped_column(String(160), default="")
    """What the picture is for, see `museum.curation.joining`; empty where whoever sends it says so when it is there."""
    image: Mapped[str] = mapped_column(String(120), default="")
    """Slug of the image made of it."""
    error: Mapped[dict[str, Any] | None]
    """Why no image was made of it, or why the image is not where it was meant to be."""
    owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]

    __table_args__ = (
        one_of("state", ("receiving", "complete")),
        CheckConstraint("received <= length", name="received"),
    )


class UploadBatch(Base):
    """Panoramas brought in together. All scenes made of them are one act under this number, by which they can be taken back at once."""

    __tablename__ = "upload_batch"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    venue: Mapped[str] = mapped_column(String(120))
    """Slug of the hall that its scenes are for, where the sheet names no other."""
    sheet: Mapped[str] = mapped_column(String(255), default="")
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)

    files: Mapped[list[BatchFile]] = relationship(order_by="BatchFile.position", lazy="raise")


class BatchFile(Base):
    """One file of a batch: waiting until it has arrived, then the scene made of it (`scene`, a slug), or the scene that had the same
    panorama before (known), or why there is none (refused)."""

    __tablename__ = "batch_file"

    batch_id: Mapped[str] = mapped_column(ForeignKey("upload_batch.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    bytes: Mapped[int] = mapped_column(BigId)
    state: Mapped[str] = mapped_column(String(16), default="waiting")
    upload_id: Mapped[str | None] = mapped_column(String(40), index=True)
    scene: Mapped[str] = mapped_column(String(120), default="")
    row: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What becomes of it: see `museum.curation.batch_orders.Order`."""
    error: Mapped[dict[str, Any] | None]

    __table_args__ = (
        one_of("state", BATCH_FILE_STATES),
        Index("ix_batch_file_state", "state"),
        Index("ix_batch_file_scene", "scene"),
    )


_DELETION = text("action = 'deleted'")


class Revision(Identified, Base):
    """One record as it stood after one save: see `museum.curation.snapshots` for `snapshot`, which is empty after a deletion.

    A record is known by its kind and slug, which outlive it; `version` and `state` are the record's own. What was changed in one
    transaction has one `act`, by which it can be undone as a whole. `changed` are the dotted paths of what this save changed. `gone_at` is
    when the record was deleted, if it had an address that visitors knew: harvesters are told.
    """

    __tablename__ = "revision"

    kind: Mapped[str] = mapped_column(String(16))
    slug: Mapped[str] = mapped_column(String(120))
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    action: Mapped[str] = mapped_column(String(16))
    act: Mapped[str] = mapped_column(String(32), index=True)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    person: Mapped[str] = mapped_column(String(120), default="")
    changed: Mapped[list[Any]] = mapped_column(default=list)
    snapshot: Mapped[dict[str, Any]] = mapped_column(default=dict)
    gone_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_revision_record", "kind", "slug", "id"),
        Index("ix_revision_gone", "kind", "gone_at", "slug"),
        Index(
            "ix_revision_deleted", "id", "kind", "slug", "person", sqlite_where=_DELETION, postgresql_where=_DELETION
        ),
    )


class UndoneAct(Base):
    """An act that was taken back, its revisions up to the number `upto`, by the act `by`: nothing is taken back twice."""

    __tablename__ = "undone_act"

    act: Mapped[str] = mapped_column(String(32), primary_key=True)
    upto: Mapped[int] = mapped_column(BigId)
    by: Mapped[str] = mapped_column(String(32), index=True)


class AuditEvent(Identified, Base):
    """Who did what, when and from where. Triggers let nobody change or remove a row; `digest` chains each to the one before it."""

    __tablename__ = "audit_event"

    at: Mapped[datetime] = mapped_column(default=now, index=True)
    person_id: Mapped[int | None]
    person: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))
    slug: Mapped[str] = mapped_column(String(120))
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    digest: Mapped[str] = mapped_column(String(64))

    __table_args__ = (
        Index("ix_audit_event_kind", "kind", "id"),
        Index("ix_audit_event_slug", "slug", "id", postgresql_ops={"slug": "text_pattern_ops"}),
        Index("ix_audit_event_person", "person", "id"),
        Index("ix_audit_event_action", "action", "id"),
    )


COMMENT_WORDS = ("said", "sent", "returned", "published", "withdrawn")


class Comment(Identified, Base):
    """What somebody said about a record, named by kind and slug: by itself, or with what she did, as sending it for review."""

    __tablename__ = "comment"

    kind: Mapped[str] = mapped_column(String(16))
    slug: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    person: Mapped[str] = mapped_column(String(120))
    word: Mapped[str] = mapped_column(String(16), default="said")
    body: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        one_of("word", COMMENT_WORDS),
        Index("ix_comment_record", "kind", "slug", "id"),
        Index("ix_comment_person", "person_id", "word", "id"),
    )


class Planned(Identified, Base):
    """A publication, or a withdrawal, that is to happen at a moment by itself: see `museum.curation.schedule`.

    `records` are the (kind, slug) of all that goes with the one named, as when a hall opens as a whole. What could not be done
    stays with its `error`, `{"code", "obstacles"}`, until somebody looks at it; so does what was `done_at` a moment without some of its
    records, which were no longer there: `left_out`, `{"count", "records": [[kind, slug, title by language], …]}`.
    """

    __tablename__ = "planned"

    kind: Mapped[str] = mapped_column(String(16))
    slug: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(index=True)
    records: Mapped[list[Any]] = mapped_column(default=list)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    person: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)
    failed_at: Mapped[datetime | None]
    error: Mapped[dict[str, Any]] = mapped_column(default=dict)
    done_at: Mapped[datetime | None]
    left_out: Mapped[dict[str, Any]] = mapped_column(default=dict)

    __table_args__ = (
        one_of("action", ("publish", "withdraw")),
        UniqueConstraint("kind", "slug", "action", name="uq_planned_record"),
    )


class SigningKey(Base):
    """A key that never leaves the museum, made when it is first needed; `secret` in hexadecimal digits."""

    __tablename__ = "signing_key"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    secret: Mapped[str] = mapped_column(String(128))


class PreviewLink(Identified, Base):
    """A link by which anybody may see one record before visitors do, until it ends: see `museum.curation.previews`."""

    __tablename__ = "preview_link"

    kind: Mapped[str] = mapped_column(String(16))
    slug: Mapped[str] = mapped_column(String(120))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    person: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_preview_link_record", "kind", "slug"),)


class WorkingCopy(Identified, Base):
    """A draft in which a published record is being changed: see `museum.curation.working`.

    `base` is the original's snapshot when the copy was made, `parts` say by kind of part which of the original's numbers stands for which
    of the copy's.
    """

    __tablename__ = "working_copy"

    kind: Mapped[str] = mapped_column(String(16))
    slug: Mapped[str] = mapped_column(String(120))
    copy_slug: Mapped[str] = mapped_column(String(120))
    base: Mapped[dict[str, Any]]
    parts: Mapped[dict[str, Any]]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    person: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (
        UniqueConstraint("kind", "slug", name="uq_working_copy_slug"),
        UniqueConstraint("kind", "copy_slug", name="uq_working_copy_copy_slug"),
    )
