"""Ceremonies: what is begun with one browser and has to come back to it within minutes, once. Registering a passkey, logging in with
one, and the way to the provider of single sign-on and back.

The browser holds 256 random bits; the database only their SHA-256, and what must not change on the way.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation.account_models import Ceremony
from museum.curation.errors import Refused
from museum.curation.sessions import digest_token
from museum.database.base import now

MINUTES = 10


async def begin(
    session: AsyncSession, kind: str, detail: dict[str, Any], person_id: int | None = None, *, most: int | None = None
) -> str:
    """The token of a new ceremony; what is long over is swept on the way. Of her own of this kind there are at most `most` then, the
    last."""
    token = secrets.token_urlsafe(32)
    await session.execute(delete(Ceremony).where(Ceremony.expires_at < now()))
    if most is not None:
        hers = select(Ceremony.token_digest).where(Ceremony.kind == kind, Ceremony.person_id == person_id)
        former = await session.scalars(hers.order_by(Ceremony.expires_at.desc()).offset(most - 1))
        await session.execute(delete(Ceremony).where(Ceremony.token_digest.in_(former.all())))
    session.add(
        Ceremony(
            token_digest=digest_token(token),
            kind=kind,
            person_id=person_id,
            detail=detail,
            expires_at=now() + timedelta(minutes=MINUTES),
        )
    )
    return token


async def finish(session: AsyncSession, kind: str, token: str, person_id: int | None = None) -> dict[str, Any]:
    """What was kept at its beginning; it works once. Raises Refused where it is over, used, of another kind or another person's."""
    found = await session.get(Ceremony, digest_token(token), with_for_update=True)
    if found is None or found.kind != kind or found.person_id != person_id or found.expires_at < now():
        raise Refused("ceremony-over")
    await session.delete(found)
    await session.flush()
    return found.detail
