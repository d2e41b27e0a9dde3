"""Who has a record's page open: a row for each, as old as the last time that her page said so."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation.account_models import Presence
from museum.curation.models import Person
from museum.database.base import now

HOLDS = timedelta(seconds=60)
"""Pages say so every 20 seconds while they are looked at."""
FORGOTTEN_AFTER = timedelta(hours=1)


async def arrive(session: AsyncSession, kind: str, slug: str, person: Person) -> list[str]:
    """Note that a person looks at a record; the names of those who do so too."""
    moment = now()
    own = await session.get(Presence, (kind, slug, person.id), with_for_update=True)
    if own is None:
        session.add(Presence(kind=kind, slug=slug, person_id=person.id, at=moment))
        await session.execute(delete(Presence).where(Presence.at < moment - FORGOTTEN_AFTER))
    else:
        own.at = moment
    return await others(session, kind, slug, person)


async def others(session: AsyncSession, kind: str, slug: str, person: Person) -> list[str]:
    """Names of those who have the record open besides a person."""
    query = (
        select(Person.display_name)
        .join(Presence, Presence.person_id == Person.id)
        .where(Presence.kind == kind, Presence.slug == slug, Presence.at > now() - HOLDS, Person.id != person.id)
    )
    return list(await session.scalars(query.order_by(Person.display_name)))
