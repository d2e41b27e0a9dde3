"""Lists of records of every kind, searched and filtered, and what is done to many of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.assets.models import Asset
from museum.collection.models import Artifact, Image
from museum.curation import overview, readiness, remaking, review, roles, snapshot_rows, usage
from museum.curation.errors import NotFound, Refused
from museum.curation.finding import are_few, named_like, newest, read_page
from museum.curation.models import Person
from museum.curation.remaking import Failure
from museum.curation.snapshots import ASSET, SHAPES
from museum.curation.usage import Use
from museum.database.base import PUBLICATION_STATES
from museum.database.texts import fold
from museum.scenes.models import Venue

PAGE = 50
MOST = 200
"""Records that something is done to at once."""
ACTIONS = ("publish", "withdraw", "send", "return", "delete", "retry")


@dataclass(frozen=True)
class Row:
    """A record in a list; `preview` is the digest of a small JPEG, `obstacle` says why it has none yet, as `picture-pending`,
    and `failure` why it could not be made."""

    slug: str
    state: str
    title: dict[str, str]
    note: str
    preview: str | None
    obstacle: str = ""
    failure: Failure | None = None


@dataclass(frozen=True)
class Search:
    """What is looked for: words in titles, slugs and numbers; a state; a venue's slug. Empty is anything."""

    words: str = ""
    state: str = ""
    venue: str = ""


@dataclass
class Done:
    """What became of each: the slugs to which it was done, and why not to others."""

    slugs: list[str] = field(default_factory=list)
    refused: list[tuple[str, Refused]] = field(default_factory=list)


def in_venues(kind: str) -> bool:
    """Whether records of a kind are in venues."""
    return hasattr(SHAPES[kind].record, "venue_id")


def _conditions(kind: str, search: Search) -> list[ColumnElement[bool]]:
    """What is looked for but for the words."""
    record = SHAPES[kind].record
    found: list[ColumnElement[bool]] = []
    if search.state in PUBLICATION_STATES:
        found.append(record.state == search.state)
    if search.venue and in_venues(kind):
        found.append(record.venue_id.in_(select(Venue.id).where(Venue.slug == search.venue)))
    return found


async def _found(session: AsyncSession, kind: str, search: Search, most: int) -> list[ColumnElement[bool]]:
    """Conditions for at least the `most` made last of what is looked for."""
    record, conditions = SHAPES[kind].record, _conditions(kind, search)
    if not fold(search.words):
        return conditions
    if conditions and await are_few(session, record, *conditions):
        return [*conditions, *named_like(session, record, search.words, indexed=False)]
    return [record.id.in_(await newest(session, record, search.words, most, *conditions))]


async def page_of(session: AsyncSession, kind: str, search: Search, page: int) -> tuple[list[Row], bool]:
    """One page, the latest made first; and whether there are more."""
    record = SHAPES[kind].record

    async def find(words: str, page: int) -> list[Any]:
        found = await _found(session, kind, replace(search, words=words), page * PAGE + 1)
        query = select(record).where(*found).order_by(record.id.desc()).offset((page - 1) * PAGE).limit(PAGE + 1)
        return list(await session.scalars(query.options(selectinload(record.texts))))

    records = await read_page(find, search.words, page)
    return await rows_of(session, records[:PAGE]), len(records) > PAGE


async def rows_of(session: AsyncSession, records: Sequence[Any]) -> list[Row]:
    """Records of one kind (texts loaded) as a list shows them."""
    previews = await _previews(session, records)
    return [
        Row(
            one.slug,
            one.state,
            overview.title_of(one),
            one.accession_number if isinstance(one, Artifact) else "",
            *previews.get(one.id, (None, "", None)),
        )
        for one in records
    ]


async def _previews(session: AsyncSession, records: Sequence[Any]) -> dict[int, tuple[str | None, str, Failure | None]]:
    """Small JPEGs by record, why there is none yet, and why it was not made; of an artifact its first photograph's, of what has a cover
    the cover's."""
    if not records:
        return {}
    ids = [one.id for one in records]
    assets: dict[Any, Any]
    if isinstance(records[0], Artifact):
        query = select(Image.artifact_id, Image.asset_id).where(Image.artifact_id.in_(ids), Image.asset_id.is_not(None))
        # The first one comes last, so that it stays.
        rows = await session.execute(query.order_by(Image.position.desc(), Image.id.desc()))
        assets = {row[0]: row[1] for row in rows}
    elif hasattr(records[0], "cover_id"):
        query = select(Image.id, Image.asset_id).where(Image.id.in_({one.cover_id for one in records if one.cover_id}))
        covers = {row[0]: row[1] for row in await session.execute(query)}
        assets = {one.id: asset for one in records if (asset := covers.get(one.cover_id))}
    else:
        column = next((name for name, kind in SHAPES_OF[type(records[0])].items() if kind == ASSET), "")
        assets = {one.id: getattr(one, column) for one in records if column and getattr(one, column)}
    query = select(Asset).where(Asset.id.in_(set(assets.values()))).options(selectinload(Asset.blobs))
    found = list(await session.scalars(query))
    name = readiness.ASSETS.get(type(records[0]), ("", ""))[1]
    why = await remaking.failures(session, found) if name else {}
    made = {
        asset.id: (
            overview.preview_of(asset),
            f"{name}-{asset.state}" if name and asset.state != "ready" else "",
            why.get(asset.id),
        )
        for asset in found
    }
    return {owner: made[asset] for owner, asset in assets.items() if asset in made}


SHAPES_OF = {shape.record: shape.references for shape in SHAPES.values()}


async def act(
    session: AsyncSession, kind: str, slugs: Sequence[str], action: str, person: Person, body: str = ""
) -> Done:
    """Do something to each of the records, in one act that can be undone as a whole; what can't be done to one of them hinders no other.
    `body` is said about each that is sent back. Raises Refused for too many at once, or an unknown action."""
    if action not in ACTIONS:
        raise Refused("action-unknown")
    check_chosen(slugs)
    done = Done()
    for slug in dict.fromkeys(slugs):
        try:
            async with session.begin_nested():
                if await _act_on(session, kind, slug, action, person, body):
                    done.slugs.append(slug)
        except Refused as refused:
            done.refused.append((slug, refused))
    return done


def check_chosen(slugs: Sequence[object]) -> None:
    """Raise Refused where nothing is chosen, or more than is changed at once."""
    if not slugs:
        raise Refused("nothing-chosen")
    if len(slugs) > MOST:
        raise Refused("too-many-chosen", most=MOST)


async def _act_on(session: AsyncSession, kind: str, slug: str, action: str, person: Person, body: str) -> bool:
    """Whether there was anything to do."""
    record = await snapshot_rows.load(session, kind, slug, change=True)
    if record is None:
        raise NotFound(f"no-such-{kind}")
    if action == "delete":
        roles.demand_change(person, record)
        await usage.remove(session, kind, record)
        return True
    if action == "retry":
        roles.demand_change(person, record)
        return await remaking.again(session, record)
    if action == "return":
        await review.send_back(session, record, person, body)
        await session.flush()
        return True
    wanted = {"publish": "published", "withdraw": "draft", "send": "review"}[action]
    if record.state == wanted:
        return False
    if action == "publish":
        await review.publish(session, record, person)
    elif action == "withdraw":
        await review.withdraw(session, record, person)
    else:
        await review.send(session, record, person)
    await session.flush()
    return True


async def uses(session: AsyncSession, kind: str, slugs: Sequence[str]) -> list[tuple[Row, list[Use]]]:
    """Each of the records with where it is used: what is said before they are deleted."""
    records = await _chosen(session, kind, slugs)
    rows = await rows_of(session, records)
    return [(row, await usage.uses_of(session, kind, one.id)) for row, one in zip(rows, records, strict=True)]


async def chosen_rows(session: AsyncSession, kind: str, slugs: Sequence[str]) -> list[Row]:
    """The records with these slugs, in the order of a list."""
    return await rows_of(session, await _chosen(session, kind, slugs))


async def _chosen(session: AsyncSession, kind: str, slugs: Sequence[str]) -> list[Any]:
    record = SHAPES[kind].record
    query = select(record).where(record.slug.in_(slugs[:MOST])).order_by(record.id.desc())
    return list(await session.scalars(query.options(selectinload(record.texts))))
