"""Sessions of logged-in browsers, kept on the server so that each can be revoked.

The cookie holds 256 random bits; the database only their SHA-256, so that a leaked backup opens no session.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation.audit import actor_of
from museum.curation.changes import changing, note
from museum.curation.errors import NotFound
from museum.curation.models import LoginSession, Person
from museum.database.base import now
from museum.database.engine import Database

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=7)
TOUCH_EVERY = timedelta(minutes=5)
"""How often `seen_at` is written: not with every tile that a curator looks at."""

HANDLE_LENGTH = 24
PAGE = 100


def digest_token(token: str) -> str:
    """What the database keeps of `token`."""
    return hashlib.sha256(token.encode()).hexdigest()


def handle(login: LoginSession) -> str:
    """Names a session in forms and addresses; nothing can be logged in with it."""
    return login.token_digest[:HANDLE_LENGTH]


async def open_session(
    database: Database, person: Person, *, address: str = "", agent: str = "", means: str = "password"
) -> str:
    """Log `person` in, who has shown by `means` who she is; returns the token for the cookie. Sessions long over are swept on the way."""
    token = secrets.token_urlsafe(32)
    moment = now()
    async with changing(database, actor_of(person, address)) as session:
        note(session, "logged-in", "person", person.name or "", agent=agent[:300], means=means)
        await session.execute(delete(LoginSession).where(LoginSession.expires_at < moment - ABSOLUTE))
        session.add(
            LoginSession(
                token_digest=digest_token(token),
                person_id=person.id,
                created_at=moment,
                seen_at=moment,
                expires_at=moment + ABSOLUTE,
                address=address[:64],
                agent=agent[:300],
                means=means,
            )
        )
    return token


async def find_session(database: Database, token: str) -> LoginSession | None:
    """The session of `token` with its person, or None where it is unknown, revoked, over, idle too long or its person disabled."""
    moment = now()
    async with database.read() as session:
        login = await session.get(LoginSession, digest_token(token))
    if login is None or login.revoked_at is not None or login.person.disabled_at is not None:
        return None
    if moment >= login.expires_at or moment - login.seen_at >= IDLE:
        return None
    if moment - login.seen_at >= TOUCH_EVERY:
        async with database.write() as session:
            await session.execute(
                update(LoginSession).where(LoginSession.token_digest == login.token_digest).values(seen_at=moment)
            )
    return login


def _open(person_id: int | None = None) -> list[ColumnElement[bool]]:
    """Conditions for sessions that are open, of one person or of everybody."""
    moment = now()
    found = [LoginSession.revoked_at.is_(None), LoginSession.expires_at > moment, LoginSession.seen_at > moment - IDLE]
    return found if person_id is None else [*found, LoginSession.person_id == person_id]


async def page_of(session: AsyncSession, person_id: int | None, page: int) -> tuple[list[LoginSession], bool]:
    """One page of the open sessions of one person, or of everybody, the latest seen first; and whether there are more."""
    query = select(LoginSession).where(*_open(person_id))
    query = query.order_by(LoginSession.seen_at.desc(), LoginSession.token_digest)
    found = list(await session.scalars(query.offset((page - 1) * PAGE).limit(PAGE + 1)))
    return found[:PAGE], len(found) > PAGE


async def count_by_person(session: AsyncSession) -> dict[int, int]:
    """How many open sessions everybody has who has any."""
    query = select(LoginSession.person_id, func.count()).where(*_open()).group_by(LoginSession.person_id)
    return dict((await session.execute(query)).all())


async def revoke_session(session: AsyncSession, named: str, person_id: int | None = None) -> None:
    """End the session with this handle; with `person_id` only if it is hers. Raises NotFound."""
    if len(named) == HANDLE_LENGTH:
        for login in await session.scalars(select(LoginSession).where(*_open(person_id))):
            if handle(login) == named:
                login.revoked_at = now()
                return
    raise NotFound("no-such-session")


async def revoke_token(database: Database, token: str) -> None:
    """Log the browser that holds `token` out."""
    async with database.write() as session:
        await session.execute(
            update(LoginSession).where(LoginSession.token_digest == digest_token(token)).values(revoked_at=now())
        )
