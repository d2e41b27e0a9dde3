"""Records begun on the curators' pages: drafts with a title and what their kind can't be without, to be filled on pages of their own.

All functions work inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection.models import Activity, Artifact, Exhibition
from museum.collection.moving.values import CATEGORIES
from museum.curation import drafting, facts, roles
from museum.curation.drafting import Texts
from museum.curation.errors import Refused
from museum.curation.models import Person
from museum.database.texts import set_texts
from museum.scenes.models import Place

KINDS = ("artifact", "place", "exhibition", "activity")
"""Kinds of which a record is begun by its title alone, or nearly so."""


async def begin(
    session: AsyncSession,
    kind: str,
    person: Person,
    *,
    title: Texts,
    slug: str = "",
    plain: Mapping[str, str],
) -> Any:
    """A new draft of `kind`, one of `KINDS`. `plain` are an artifact's `accession_number` and `category`, a place's `venue` (its slug).
    Raises NotAllowed, NotFound, Refused."""
    texts = {"title": title}
    drafting.require_title(texts)
    drafting.check_texts(texts)
    wanted = drafting.wanted_slug(slug, texts)
    make = {"artifact": _artifact, "place": _place, "exhibition": _exhibition, "activity": _activity}[kind]
    record = await make(session, person, wanted, plain)
    set_texts(record, "title", title)
    session.add(record)
    await session.flush()
    return record


async def _artifact(session: AsyncSession, person: Person, wanted: str, plain: Mapping[str, str]) -> Artifact:
    roles.demand(person, "draft")
    number, category = await facts.free_number(session, plain.get("accession_number", "")), plain.get("category", "")
    if category not in CATEGORIES:
        raise Refused("answer-unknown")
    slug = await drafting.free_slug(session, Artifact, wanted or drafting.slug_of(f"artifact-{number}"))
    return Artifact(slug=slug, accession_number=number, category=category, texts=[])


async def _place(session: AsyncSession, person: Person, wanted: str, plain: Mapping[str, str]) -> Place:
    venue = await drafting.load_venue(session, plain.get("venue", ""))
    roles.demand(person, "draft", venue.id)
    slug = await drafting.free_slug(session, Place, wanted or f"{venue.slug}-place")
    return Place(slug=slug, venue_id=venue.id, texts=[])


async def _exhibition(session: AsyncSession, person: Person, wanted: str, plain: Mapping[str, str]) -> Exhibition:
    roles.demand(person, "draft")
    slug = await drafting.free_slug(session, Exhibition, wanted or "exhibition")
    return Exhibition(slug=slug, position=await _after_all(session, Exhibition), texts=[], sections=[])


async def _activity(session: AsyncSession, person: Person, wanted: str, plain: Mapping[str, str]) -> Activity:
    roles.demand(person, "draft")
    slug = await drafting.free_slug(session, Activity, wanted or "activity")
    return Activity(slug=slug, position=await _after_all(session, Activity), texts=[], steps=[])


async def _after_all(session: AsyncSession, record: Any) -> int:
    """The position after all others, since visitors see them in their order."""
    last = await session.scalar(select(func.max(record.position)))
    return 0 if last is None else last + 1
