"""Invitations: a link by which somebody makes her own account, so that no password has to be handed over."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation import people
from museum.curation.account_models import Invitation
from museum.curation.audit import Actor
from museum.curation.changes import changing, note
from museum.curation.errors import NotFound, Refused
from museum.curation.models import ROLES, Person
from museum.curation.sessions import digest_token
from museum.database.base import now
from museum.database.engine import Database

HOLDS = timedelta(days=7)


async def invite(session: AsyncSession, person: Person, role: str, remark: str = "") -> str:
    """The token of a new invitation to be `role`. Raises Refused."""
    if role not in ROLES:
        raise Refused("role-unknown", role=role)
    token = secrets.token_urlsafe(32)
    await session.execute(delete(Invitation).where(Invitation.expires_at < now()))
    session.add(
        Invitation(
            token_digest=digest_token(token),
            role=role,
            note=remark.strip()[:120],
            person_id=person.id,
            expires_at=now() + HOLDS,
        )
    )
    note(session, "invited", "person", remark.strip()[:120], role=role)
    return token


async def open_invitations(session: AsyncSession) -> list[Invitation]:
    """Those that nobody has followed yet."""
    return list(await session.scalars(select(Invitation).where(Invitation.expires_at > now()).order_by(Invitation.id)))


async def withdraw(session: AsyncSession, number: int) -> None:
    """Take an invitation back. Raises NotFound."""
    found = await session.get(Invitation, number)
    if found is None:
        raise NotFound("no-such-invitation")
    await session.delete(found)
    note(session, "invitation-withdrawn", "person", found.note, role=found.role)


async def find(session: AsyncSession, token: str) -> Invitation:
    """The invitation of a token. Raises NotFound where it is over, used or none."""
    query = select(Invitation).where(Invitation.token_digest == digest_token(token), Invitation.expires_at > now())
    found = await session.scalar(query)
    if found is None:
        raise NotFound("no-such-invitation")
    return found


async def follow(
    database: Database, token: str, *, name: str, password: str, display_name: str, language: str | None, address: str
) -> Person:
    """Make the account that the invitation stands for; it works once. Raises NotFound, Refused."""
    async with database.read() as session:
        await find(session, token)
    people.check_name(name)
    people.check_password(name, password)
    hashed = await people.hash_password(password)
    async with changing(database, Actor(None, display_name.strip() or name, address)) as session:
        query = select(Invitation).where(Invitation.token_digest == digest_token(token), Invitation.expires_at > now())
        found = await session.scalar(query.with_for_update())
        if found is None:
            raise NotFound("no-such-invitation")
        person = await people.make_person(
            session, name, hashed, role=found.role, display_name=display_name, language=language
        )
        await session.delete(found)
    return person
