"""Previews: links by which somebody without an account sees one record, and all that it shows, before visitors do.

The token is the link's number and its end, signed with a key that only this museum's database holds (HMAC-SHA-256): nobody can make
one, and what is no longer wanted is revoked. It says nothing of what it leads to.
"""

from __future__ import annotations

import base64
import hmac
import secrets
import struct
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation import belongings, roles
from museum.curation.changes import note
from museum.curation.errors import NotFound, Refused
from museum.curation.models import Person, PreviewLink, SigningKey
from museum.curation.snapshots import KINDS, SHAPES
from museum.curation.visibility import Granted
from museum.database.base import now
from museum.database.engine import Database

DAYS = (1, 7, 30)
"""For how long a link may hold."""
PREVIEWED = frozenset({"venue", "scene", "place", "artifact", "image", "exhibition", "activity"})
"""Kinds that have a page of their own for visitors."""
REMEMBER_SECONDS = 2.0
REMEMBERED = 500
_KEY = "previews"
_FORM = struct.Struct(">QQ")


@dataclass(frozen=True)
class Preview:
    """What a link shows: `granted` are the record's ids and those of all that it shows."""

    link_id: int
    kind: str
    slug: str
    expires_at: datetime
    granted: Granted


async def signing_key(session: AsyncSession, *, make: bool = False) -> bytes | None:
    """The museum's key; with `make` it gets one where it has none."""
    row = await session.get(SigningKey, _KEY)
    if row is None and make:
        row = SigningKey(name=_KEY, secret=secrets.token_hex(32))
        session.add(row)
        await session.flush()
    return bytes.fromhex(row.secret) if row else None


def sign(key: bytes, link_id: int, expires_at: datetime) -> str:
    """The token of a link."""
    body = _FORM.pack(link_id, int(expires_at.timestamp()))
    return base64.urlsafe_b64encode(body + hmac.digest(key, body, "sha256")).decode().rstrip("=")


def number_in(token: str) -> int | None:
    """The number that a token claims, whoever signed it."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        return int(_FORM.unpack(raw[: _FORM.size])[0])
    except (ValueError, struct.error):
        return None


def read_token(key: bytes, token: str) -> int | None:
    """The number of the link whose token this is; None for one that was forged or is over."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    body, signature = raw[: _FORM.size], raw[_FORM.size :]
    if len(body) != _FORM.size or not hmac.compare_digest(hmac.digest(key, body, "sha256"), signature):
        return None
    number, ends = _FORM.unpack(body)
    return int(number) if ends > now().timestamp() else None


async def make(session: AsyncSession, record: Any, person: Person, days: int) -> PreviewLink:
    """A new link to a record. Raises NotAllowed, Refused."""
    roles.demand(person, "draft", roles.venue_of(record))
    kind = KINDS[type(record)]
    if kind not in PREVIEWED:
        raise Refused("no-preview")
    if days not in DAYS:
        raise Refused("days-unknown")
    # Whole seconds, as in the token.
    ends = datetime.fromtimestamp(int((now() + timedelta(days=days)).timestamp()), UTC)
    link = PreviewLink(
        kind=kind, slug=record.slug, person_id=person.id, person=person.display_name, expires_at=ends, revoked_at=None
    )
    session.add(link)
    await session.flush()
    await signing_key(session, make=True)
    note(session, "preview-made", kind, record.slug, until=ends.isoformat(timespec="seconds"))
    return link


async def links(session: AsyncSession, kind: str, slug: str) -> list[tuple[PreviewLink, str]]:
    """A record's links that still hold, with their tokens."""
    key = await signing_key(session)
    if key is None:
        return []
    query = select(PreviewLink).where(
        PreviewLink.kind == kind,
        PreviewLink.slug == slug,
        PreviewLink.revoked_at.is_(None),
        PreviewLink.expires_at > now(),
    )
    found = await session.scalars(query.order_by(PreviewLink.id))
    return [(link, sign(key, link.id, link.expires_at)) for link in found]


async def revoke(session: AsyncSession, record: Any, person: Person, number: int) -> None:
    """End a link. Raises NotAllowed, NotFound."""
    roles.demand(person, "draft", roles.venue_of(record))
    link = await session.get(PreviewLink, number)
    if link is None or (link.kind, link.slug) != (KINDS[type(record)], record.slug):
        raise NotFound("no-such-link")
    link.revoked_at = now()
    note(session, "preview-ended", link.kind, link.slug)


class Previews:
    """What tokens show. An answer is remembered for REMEMBER_SECONDS: the tiles of a view all ask at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._key: bytes | None = None
        self._known: dict[str, tuple[float, Preview | None]] = {}

    async def find(self, token: str) -> Preview | None:
        """What a token shows; None where it shows nothing (any more)."""
        found = self._known.get(token)
        if found is not None and found[0] > time.monotonic():
            return found[1]
        if self._key is None:
            async with self._database.read() as session:
                self._key = await signing_key(session)
        number = read_token(self._key, token) if self._key is not None else None
        if number is None:
            return None
        moment = time.monotonic()
        async with self._database.read() as session:
            preview = await _read(session, number)
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[token] = (moment + REMEMBER_SECONDS, preview)
        return preview

    def forget(self) -> None:
        """Ask the database again."""
        self._known.clear()


async def _read(session: AsyncSession, number: int) -> Preview | None:
    link = await session.get(PreviewLink, number)
    if link is None or link.revoked_at is not None or link.expires_at <= now():
        return None
    record = SHAPES[link.kind].record
    owner = await session.scalar(select(record.id).where(record.slug == link.slug))
    if owner is None:
        return None
    shown = await belongings.shown_with(session, link.kind, owner)
    granted = {kind: frozenset(ids) for kind, ids in shown.items()}
    return Preview(link.id, link.kind, link.slug, link.expires_at, granted)
