"""Who answers for what is planned: whoever planned it, as long as she may do it; else nobody, until somebody who may takes it over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation import opening, review, roles
from museum.curation.changes import note
from museum.curation.errors import NotAllowed, NotFound
from museum.curation.models import Person, Planned
from museum.curation.promised import NOBODY
from museum.database.base import now


def published_by(row: Planned) -> list[opening.Named]:
    """All that a plan is about."""
    return [(row.kind, row.slug), *((str(kind), str(slug)) for kind, slug in row.records)]


async def is_answered_for(session: AsyncSession, row: Planned) -> bool:
    """Whether whoever made the plan may still carry it out; so may whoever is not known, as the museum itself."""
    if row.person_id is None:
        return True
    person = await session.get(Person, row.person_id)
    if person is None or person.disabled_at is not None:
        return False
    if all(roles.may(person, roles.publishing_of(kind)) for kind in {kind for kind, _ in published_by(row)}):
        return True
    try:
        # The one named first: where she has lost her role a hall's thousands need not be looked at.
        for records in ([(row.kind, row.slug)], published_by(row)):
            await opening.demand(session, records, person)
    except NotAllowed:
        return False
    return True


async def unanswered(session: AsyncSession, rows: Sequence[Planned]) -> set[int]:
    """The ids of those plans that are still to be carried out and that nobody answers for."""
    return {row.id for row in rows if row.done_at is None and await _is_lost(session, row)}


async def _is_lost(session: AsyncSession, row: Planned) -> bool:
    if row.failed_at is not None:
        return row.error.get("code") == NOBODY
    return not await is_answered_for(session, row)


async def take_over(session: AsyncSession, record: Any, person: Person, plan: Planned | None) -> bool:
    """Have `person` answer for what is planned for a record; whether its moment has come, so that it is done at once. Raises NotFound,
    NotAllowed where she may not do all of it."""
    roles.demand(person, review.publishing(record), roles.venue_of(record))
    if plan is None or plan.done_at is not None:
        raise NotFound("nothing-planned")
    await opening.demand(session, published_by(plan), person)
    note(session, f"{plan.action}-taken-over", plan.kind, plan.slug, planned_by=plan.person)
    plan.person_id, plan.person, plan.made_at = person.id, person.display_name, now()
    if plan.failed_at is not None and plan.error.get("code") == NOBODY:
        plan.failed_at, plan.error = None, {}
    return plan.failed_at is None and plan.at <= now()
