"""What belongs to accounts beyond name and password: second factors, invitations, browsers that are known, and who is where."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from museum.curation.models import ROLES
from museum.database.base import Base, BigId, Identified, now, one_of


class SecondFactor(Base):
    """A person's time-based codes (RFC 6238): `secret` in Base32; `step` is the last one used, so that no code works twice."""

    __tablename__ = "second_factor"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[str] = mapped_column(String(64))
    step: Mapped[int] = mapped_column(BigId, default=0)
    made_at: Mapped[datetime] = mapped_column(default=now)


class RecoveryCode(Base):
    """A code that stands in for a lost second factor, once. Only its SHA-256 is kept."""

    __tablename__ = "recovery_code"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)


class Passkey(Identified, Base):
    """A person's passkey (WebAuthn, discoverable): its id and its COSE public key in URL-safe Base64 without padding. `uses` is what the
    authenticator last counted, 0 where it does not count; `transports` are how browsers reach it."""

    __tablename__ = "passkey"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    credential: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[str]
    uses: Mapped[int] = mapped_column(BigId, default=0)
    transports: Mapped[list[Any]] = mapped_column(default=list)
    name: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime] = mapped_column(default=now)
    used_at: Mapped[datetime | None]


class Identity(Identified, Base):
    """Whom a provider of single sign-on (OpenID Connect) knows a person as: `subject` at `issuer`."""

    __tablename__ = "identity"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str] = mapped_column(String(300))
    subject: Mapped[str] = mapped_column(String(255))
    email: Mapped[str] = mapped_column(String(254), default="")
    made_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (UniqueConstraint("issuer", "subject", name="uq_identity_subject"),)


class Ceremony(Base):
    """Something begun with one browser that has to end within minutes, once: see `museum.curation.ceremonies`. Only the SHA-256 of its
    token is kept."""

    __tablename__ = "ceremony"

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class Invitation(Identified, Base):
    """A link by which somebody makes an account of her own. Only the SHA-256 of its token is kept."""

    __tablename__ = "invitation"

    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(String(120), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]

    __table_args__ = (one_of("role", ROLES),)


class KnownBrowser(Base):
    """A browser in which a person has logged in before: see `museum.curation.throttle`. Only the SHA-256 of its token is kept."""

    __tablename__ = "known_browser"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    seen_at: Mapped[datetime] = mapped_column(default=now)


class Presence(Base):
    """Somebody who has a record's page open, as of the last time that the page said so."""

    __tablename__ = "presence"

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(default=now)
