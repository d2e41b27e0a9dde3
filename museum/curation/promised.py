"""Drafts that are to become public at a moment: until then only those change or delete them who may publish them, since nobody looks once
more."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation import readiness, roles
from museum.curation.audit import Actor
from museum.curation.errors import Refused
from museum.curation.models import Person, Planned

NOBODY = "planner-not-allowed"
"""The code with which a plan stays for which nobody answered when its moment came: see `museum.curation.answering`."""


def _waits() -> ColumnElement[bool]:
    """Whether a plan is still to be carried out, if only after somebody has taken it over."""
    lost = Planned.error["code"].as_string() == NOBODY
    return and_(Planned.done_at.is_(None), or_(Planned.failed_at.is_(None), lost))


async def slugs(session: AsyncSession) -> dict[str, set[str]]:
    """By kind all that is to become public by itself."""
    found: dict[str, set[str]] = {}
    query = select(Planned.kind, Planned.slug, Planned.records).where(Planned.action == "publish", _waits())
    for one, slug, records in await session.execute(query):
        for kind, name in [(one, slug), *records]:
            found.setdefault(kind, set()).add(str(name))
    return found


async def demand(session: AsyncSession, actor: Actor, kind: str, named: Collection[str]) -> None:
    """Raise Refused where `actor` makes, changes or is about to delete drafts of a kind, some of which are to become public by themselves,
    and may not publish them. The museum itself may."""
    if actor.person_id is None or not named:
        return
    promised = (await slugs(session)).get(kind, set()).intersection(named)
    if not promised:
        return
    person = await session.get(Person, actor.person_id)
    action = "open" if kind == "venue" else "publish"
    for one in await readiness.standing(session, kind, promised):
        if not roles.may(person, action, one.venue_id):
            raise Refused("promised")
