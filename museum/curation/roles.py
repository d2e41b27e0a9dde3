"""What each role may do: one table, each role adding to what those before it may."""

from __future__ import annotations

from typing import Any

from museum.curation.errors import NotAllowed, Overtaken
from museum.curation.models import ROLES, Person
from museum.scenes.models import Venue

ADDED = {
    "guest": frozenset({"look"}),
    "contributor": frozenset({"draft"}),
    "curator": frozenset({"publish", "arrange", "work"}),
    "editor": frozenset({"open"}),
    "administrator": frozenset({"people", "audit"}),
}
"""Actions: `look` at drafts and the curators' pages; `draft` scenes that are not public, and upload; `publish` scenes, withdraw and
change what is public; `arrange` venues: make them and write their texts; `work` on jobs (cancel, try again); `open` venues to
visitors, or close them; `people`: their accounts and sessions; `audit`: to read who did what."""

ACTIONS = frozenset[str]().union(*ADDED.values())

ALLOWED = {
    role: frozenset[str]().union(*(ADDED[lesser] for lesser in ROLES[: position + 1]))
    for position, role in enumerate(ROLES)
}


def may(person: Person | None, action: str, venue_id: int | None = None) -> bool:
    """Whether `person` (None is a visitor) may do `action` everywhere, or with `venue_id` in that venue. Raises KeyError for an action
    that is not in the table."""
    if action not in ACTIONS:
        raise KeyError(action)
    if person is None:
        return False
    held = [person.role, *(one.role for one in person.venue_roles if venue_id is not None and one.venue_id == venue_id)]
    return any(action in ALLOWED.get(role, frozenset()) for role in held)


def may_somewhere(person: Person | None, action: str) -> bool:
    """Whether `person` may do `action` everywhere or in some venue."""
    return may(person, action) or (
        person is not None and any(action in ALLOWED.get(one.role, frozenset()) for one in person.venue_roles)
    )


def demand(person: Person | None, action: str, venue_id: int | None = None) -> None:
    """Raise NotAllowed unless `person` may do `action`, in the venue where one is given."""
    if not may(person, action, venue_id):
        raise NotAllowed("not-allowed")


def venue_of(record: Any) -> int | None:
    """The venue in which a record is; None for what belongs to the whole museum."""
    return record.id if isinstance(record, Venue) else getattr(record, "venue_id", None)


def action_to_change(record: Any) -> str:
    """What it takes to change a record: a venue is arranged; of all else drafts are drafted, and what is public or in review is changed
    by whoever may publish it."""
    if isinstance(record, Venue):
        return "arrange"
    return "draft" if record.state == "draft" else "publish"


def may_change(person: Person | None, record: Any) -> bool:
    """Whether `person` may change `record` as it is."""
    return may(person, action_to_change(record), venue_of(record))


def publishing_of(kind: str) -> str:
    """The action that showing a record of a kind to visitors is."""
    return "open" if kind == "venue" else "publish"


def demand_change(person: Person | None, record: Any) -> None:
    """Raise NotAllowed unless `person` may change `record` as it is."""
    demand(person, action_to_change(record), venue_of(record))


def check_version(record: Any, version: int | None) -> None:
    """Raise Overtaken where a `version` is given and is no longer the record's."""
    if version is not None and record.version != version:
        raise Overtaken


def admit(record: Any, person: Person | None, version: int | None) -> None:
    """Let the record be worked on by `person`, if one is given, from a page made of `version`. Raises NotAllowed, Overtaken."""
    if person:
        demand_change(person, record)
    check_version(record, version)
