"""Draft → review → published, and what people say about it on the way.

Whoever may change a draft sends it for review; from then on only those may change it who may publish it. They publish it, or send it
back with what is to be done. All of it can be read in the comments of the record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal_column, null, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.curation import overview, publication, roles
from museum.curation.errors import NotAllowed, Refused
from museum.curation.models import Comment, Person
from museum.curation.roles import publishing_of
from museum.curation.snapshots import KINDS, SHAPES
from museum.database.texts import texts_by_field
from museum.scenes.models import Venue

LONGEST = 4000
REVIEW = "review"
PAGE = 50


def publishing(record: Any) -> str:
    """The action that showing a record to visitors is."""
    return publishing_of(KINDS[type(record)])


async def say(session: AsyncSession, record: Any, person: Person, body: str, word: str = "said") -> Comment | None:
    """Add a comment; none where nothing was said or done. Raises Refused for one that is too long."""
    body = body.strip()
    if len(body) > LONGEST:
        raise Refused("comment-long", most=LONGEST)
    if not body and word == "said":
        return None
    name = person.display_name
    comment = Comment(
        kind=KINDS[type(record)], slug=record.slug, person_id=person.id, person=name, word=word, body=body
    )
    session.add(comment)
    return comment


async def comments(session: AsyncSession, kind: str, slug: str) -> list[Comment]:
    """What was said about a record, the earliest first."""
    query = select(Comment).where(Comment.kind == kind, Comment.slug == slug).order_by(Comment.id)
    return list(await session.scalars(query))


async def send(session: AsyncSession, record: Any, person: Person, body: str = "", version: int | None = None) -> None:
    """Ask for a draft to be looked at. Raises NotAllowed, Overtaken, and Refused for what is no draft."""
    roles.demand_change(person, record)
    roles.check_version(record, version)
    if record.state != "draft":
        raise Refused("not-a-draft")
    record.state = REVIEW
    record.version += 1
    await say(session, record, person, body, "sent")


async def send_back(
    session: AsyncSession, record: Any, person: Person, body: str = "", version: int | None = None
) -> None:
    """Make what is in review a draft again: for whoever may publish it, or who sent it. Raises NotAllowed, Overtaken, Refused."""
    allowed = roles.may(person, publishing(record), roles.venue_of(record)) or await _sent_it(session, record, person)
    if not allowed:
        raise NotAllowed("not-allowed")
    if record.state != REVIEW:
        raise Refused("not-in-review")
    roles.check_version(record, version)
    await publication.withdraw(session, record)
    await say(session, record, person, body, "returned")


async def _sent_it(session: AsyncSession, record: Any, person: Person) -> bool:
    query = select(Comment.person_id).where(
        Comment.kind == KINDS[type(record)], Comment.slug == record.slug, Comment.word == "sent"
    )
    return await session.scalar(query.order_by(Comment.id.desc()).limit(1)) == person.id


async def publish(
    session: AsyncSession, record: Any, person: Person, body: str = "", version: int | None = None
) -> Any:
    """Show a record to visitors; what they see then, as `publication.publish` says.

    Raises NotAllowed, Overtaken, and Refused with what stands in the way.
    """
    roles.demand(person, publishing(record), roles.venue_of(record))
    shown = await publication.publish(session, record, version)
    await say(session, shown, person, body, "published" if body.strip() else "said")
    return shown


async def withdraw(
    session: AsyncSession, record: Any, person: Person, body: str = "", version: int | None = None
) -> None:
    """Take a record from visitors. Raises NotAllowed, Overtaken."""
    roles.demand(person, publishing(record), roles.venue_of(record))
    await publication.withdraw(session, record, version)
    await say(session, record, person, body, "withdrawn" if body.strip() else "said")


@dataclass(frozen=True)
class Waiting:
    """A record that waits for review, and who sent it when."""

    kind: str
    slug: str
    title: dict[str, str]
    person: str
    at: datetime | None
    venue_id: int | None


def wanted(one: Waiting) -> str:
    """The action that it takes to publish what waits."""
    return publishing_of(one.kind)


@dataclass(frozen=True)
class Search:
    """What of all that waits is looked for: a kind, and the number of a venue. Empty is anything."""

    kind: str = ""
    venue_id: int | None = None


async def waiting(session: AsyncSession, search: Search | None = None, page: int = 1) -> tuple[list[Waiting], bool]:
    """One page of what is in review, what has lain there longest first; and whether there is more."""
    search, end = search or Search(), page * PAGE + 1
    lying: list[tuple[datetime, str, str, int | None]] = []
    for kind in [search.kind] if search.kind else SHAPES:
        record = SHAPES[kind].record
        # As rows, since there may be hundreds to choose from.
        query = select(record.updated_at, record.slug, _venue_in(record)).where(*_in_review(record))
        if search.venue_id is not None:
            query = query.where(_venue_in(record) == search.venue_id)
        rows = await session.execute(query.order_by(record.updated_at, record.id).limit(end))
        lying += [(at, kind, slug, number) for at, slug, number in rows]
    lying.sort(key=lambda one: one[0])
    shown = lying[end - PAGE - 1 : end - 1]
    sent = await _sent(session, [(kind, slug) for _, kind, slug, _ in shown])
    titles = await overview.titles(session, {(kind, slug) for _, kind, slug, _ in shown})
    found: list[Waiting] = []
    for _, kind, slug, number in shown:
        last, title = sent.get((kind, slug)), titles.get((kind, slug), {})
        found.append(Waiting(kind, slug, title, last.person if last else "", last.at if last else None, number))
    return found, len(lying) >= end


async def waiting_in_venues(session: AsyncSession) -> dict[int, int]:
    """How much of it is in which venue, by the venue's number; the venue itself counts."""
    found: Counter[int] = Counter()
    for shape in SHAPES.values():
        record, venue = shape.record, _venue_in(shape.record)
        if record is Venue or hasattr(record, "venue_id"):
            rows = await session.execute(select(venue, func.count()).where(*_in_review(record)).group_by(venue))
            found.update({number: count for number, count in rows if number is not None})
    return dict(found)


def _in_review(record: Any) -> list[Any]:
    # As a literal, so that the index of what is in review is found.
    return [record.state == literal_column(f"'{REVIEW}'")]


def _venue_in(record: Any) -> Any:
    return record.id if record is Venue else getattr(record, "venue_id", null())


async def _sent(session: AsyncSession, named: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Comment]:
    """What was said last when they were sent for review, by kind and slug."""
    found: dict[tuple[str, str], Comment] = {}
    for kind in {kind for kind, _ in named}:
        slugs = [slug for one, slug in named if one == kind]
        query = select(Comment).where(Comment.kind == kind, Comment.slug.in_(slugs), Comment.word == "sent")
        found |= {(kind, one.slug): one for one in await session.scalars(query.order_by(Comment.id))}
    return found


SENT_LATELY = 300
"""Of what somebody has sent for review, so much is asked for what became of it."""


async def returned_to(session: AsyncSession, person: Person) -> list[tuple[Waiting, str]]:
    """What `person` had sent for review and is hers again to put right, the latest first: who sent it back when, and what was said."""
    sent = select(Comment.kind, Comment.slug).where(Comment.person_id == person.id, Comment.word == "sent")
    lately = dict.fromkeys(
        (row[0], row[1]) for row in await session.execute(sent.order_by(Comment.id.desc()).limit(SENT_LATELY))
    )
    found: list[tuple[Waiting, str]] = []
    for kind, shape in SHAPES.items():
        slugs = [slug for one, slug in lately if one == kind]
        if not slugs:
            continue
        stepped = select(func.max(Comment.id)).where(
            Comment.kind == kind, Comment.slug.in_(slugs), Comment.word != "said"
        )
        last = select(Comment).where(Comment.id.in_(stepped.group_by(Comment.slug)), Comment.word == "returned")
        back = {one.slug: one for one in await session.scalars(last) if one.person_id != person.id}
        drafts = select(shape.record).where(shape.record.slug.in_(back), shape.record.state == "draft")
        for record in await session.scalars(drafts.options(selectinload(shape.record.texts))):
            comment = back[record.slug]
            title = texts_by_field(record.texts).get("title", {})
            waits = Waiting(kind, record.slug, title, comment.person, comment.at, roles.venue_of(record))
            found.append((waits, comment.body))
    return sorted(found, key=lambda one: one[0].at.timestamp() if one[0].at else 0.0, reverse=True)
