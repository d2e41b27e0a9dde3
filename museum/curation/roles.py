"""What each role may do: one table, each role adding to what those before it may."""

from __future__ import annotations

from museum.curation.errors import NotAllowed
from museum.curation.models import ROLES, Person

ADDED = {
    "contributor": frozenset({"look", "draft"}),
    "curator": frozenset({"publish", "arrange", "work"}),
    "editor": frozenset({"open"}),
    "administrator": frozenset({"people"}),
}
"""Actions: `look` at drafts and the curators' pages; `draft` scenes that are not public, and upload; `publish` scenes, withdraw and
change what is public; `arrange` venues: make them and write their texts; `work` on jobs (cancel, try again); `open` venues to
visitors, or close them; `people`: their accounts and sessions."""

ACTIONS = frozenset[str]().union(*ADDED.values())

ALLOWED = {
    role: frozenset[str]().union(*(ADDED[lesser] for lesser in ROLES[: position + 1]))
    for position, role in enumerate(ROLES)
}


def may(person: Person | None, action: str) -> bool:
    """Whether `person` (None is a visitor) may do `action`. Raises KeyError for an action that is not in the table."""
    if action not in ACTIONS:
        raise KeyError(action)
    return person is not None and action in ALLOWED.get(person.role, frozenset())


def demand(person: Person | None, action: str) -> None:
    """Raise NotAllowed unless `person` may do `action`."""
    if not may(person, action):
        raise NotAllowed("not-allowed")
