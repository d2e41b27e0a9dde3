"""What was, and bringing it back: the history of a record, one state of it restored, a whole act undone.

Restoring never takes anything out of the history: it makes a new revision. What it brings back of relations to things that are there
no longer is said, not passed over.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from types import MappingProxyType
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, defer

from museum.collection.models import Artifact
from museum.curation import changes, hiding, publication, readiness, roles, snapshot_rows, usage
from museum.curation.beforehand import Known
from museum.curation.differences import merge
from museum.curation.errors import NotFound, Overtaken, Refused
from museum.curation.models import Person, Revision, UndoneAct
from museum.curation.snapshots import SHAPES, Missing, Snapshot, Whole, from_snapshot

PAGE = 40
BROUGHT_BACK = ("restored", "undone")
"""What is done to a record that was deleted and comes back."""


@dataclass
class Restored:
    """What came of restoring: the records, and what could not be brought back. `lost` are things that are gone, as (kind, name);
    `kept` are records, as (kind, slug), in which somebody has changed the same thing since, so that it was left as it is."""

    records: list[tuple[str, str]] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)


async def history(session: AsyncSession, kind: str, slug: str, page: int = 1) -> tuple[list[Revision], bool]:
    """One page of a record's revisions, without their snapshots, the latest first; and whether there are earlier ones. Of those that follow
    one another in one act, as what is saved by itself in one sitting, only the last."""
    following = func.lead(Revision.act).over(order_by=Revision.id).label("following")
    runs = select(Revision.id, Revision.act, following).where(Revision.kind == kind, Revision.slug == slug).subquery()
    ends = select(runs.c.id).where(or_(runs.c.act == "", runs.c.following.is_(None), runs.c.act != runs.c.following))
    statement = (
        select(Revision)
        .where(Revision.id.in_(ends))
        .order_by(Revision.id.desc())
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
        .options(defer(Revision.snapshot))
    )
    found = list(await session.scalars(statement))
    return found[:PAGE], len(found) > PAGE


async def get(session: AsyncSession, number: int) -> Revision:
    """A revision with its snapshot. Raises NotFound."""
    # Read anew, since a history holds revisions without their snapshots.
    query = select(Revision).where(Revision.id == number).execution_options(populate_existing=True)
    found = await session.scalar(query)
    if found is None:
        raise NotFound("no-such-revision")
    return found


async def before(session: AsyncSession, revision: Revision, *, act: bool = False) -> Revision | None:
    """The revision of the same record before this one, or with `act` before all that follow one another in its act."""
    earlier = select(Revision).where(
        Revision.kind == revision.kind, Revision.slug == revision.slug, Revision.id < revision.id
    )
    if act and revision.act:
        earlier = earlier.where(Revision.act != revision.act)
    return await session.scalar(earlier.order_by(Revision.id.desc()).limit(1).execution_options(populate_existing=True))


async def drop_between(session: AsyncSession, since: datetime, until: datetime) -> int:
    """Let go of revisions of that time which others of the same act follow, as all but the last of a sitting: by then no open page was made
    from them. How many."""
    later = aliased(Revision)
    following = (
        select(later.act)
        .where(later.kind == Revision.kind, later.slug == Revision.slug, later.id > Revision.id)
        .order_by(later.id)
        .limit(1)
        .scalar_subquery()
    )
    passed = delete(Revision).where(
        Revision.at >= since, Revision.at < until, Revision.act != "", Revision.act == following
    )
    result = await session.execute(passed.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", result).rowcount


async def snapshot_at(session: AsyncSession, kind: str, slug: str, version: int) -> Snapshot | None:
    """How a record was at a version; None where that was not kept."""
    return await session.scalar(
        select(Revision.snapshot)
        .where(Revision.kind == kind, Revision.slug == slug, Revision.version == version, Revision.action != "deleted")
        .order_by(Revision.id.desc())
        .limit(1)
    )


async def last_person(session: AsyncSession, kind: str, slug: str) -> str:
    """Who changed the record last; empty where nobody is known to have."""
    query = select(Revision.person).where(Revision.kind == kind, Revision.slug == slug)
    return await session.scalar(query.order_by(Revision.id.desc()).limit(1)) or ""


async def last_titles(
    session: AsyncSession, named: Collection[tuple[str, str]]
) -> dict[tuple[str, str], dict[str, str]]:
    """The titles that records, by (kind, slug), had last, whether they are there still or deleted; those of which it is known."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for kind, slug in named:
        query = select(Revision.snapshot).where(Revision.kind == kind, Revision.slug == slug)
        last = await session.scalar(query.where(Revision.action != "deleted").order_by(Revision.id.desc()).limit(1))
        if last:
            found[kind, slug] = title_in(last)
    return found


def title_in(snapshot: Snapshot) -> dict[str, str]:
    """A record's title by language, as a snapshot has it."""
    return {language: value for language, (value, _) in snapshot.get("texts", {}).get("title", {}).items()}


async def restore(session: AsyncSession, revision: Revision, person: Person, version: int | None = None) -> Restored:
    """Make a record what it was at `revision`, whether visitors see it left as it is. One that was deleted comes back as a draft, with
    what led to it; `version` is then not asked for. Raises NotAllowed, Overtaken, Refused."""
    if not revision.snapshot:
        raise Refused("revision-empty")
    done = Restored()
    record = await snapshot_rows.load(session, revision.kind, revision.slug, change=True)
    if record is None:
        last = await _deletion_of(session, revision)
        if last is not None and await session.get(UndoneAct, last.act) is None:
            done = await undo(session, last.act, person)
            if (revision.kind, revision.slug) not in done.records:
                raise Refused("revision-empty")
            record = await snapshot_rows.load(session, revision.kind, revision.slug, change=True)
    elif version is not None and record.version != version:
        raise Overtaken
    if record is None:
        record = await make(session, revision.kind, revision.slug, revision.snapshot, done)
    roles.demand_change(person, record)
    await write(session, revision.kind, record, {**revision.snapshot, "state": record.state}, done)
    done.records = [
        (revision.kind, revision.slug),
        *(one for one in done.records if one != (revision.kind, revision.slug)),
    ]
    return done


async def _deletion_of(session: AsyncSession, revision: Revision) -> Revision | None:
    last = (await history(session, revision.kind, revision.slug))[0]
    return last[0] if last and last[0].action == "deleted" else None


async def undo(
    session: AsyncSession, act: str, person: Person, known: Mapping[str, Known] = MappingProxyType({})
) -> Restored:
    """Take back what one act did, to all records that it changed and without losing what was done since. `known` is what `hiding.look` has
    read of it. Raises NotFound, NotAllowed, Refused."""
    numbers, undone = await _not_undone(session, act)
    shown = [one for one in await hiding.shown_by(session, act) if one.id in numbers]
    query = select(Revision).where(Revision.id.in_(numbers - {one.id for one in shown})).order_by(Revision.id)
    revisions = list(await session.scalars(query.execution_options(populate_existing=True)))
    done = Restored()
    pairs = [(revision, await before(session, revision)) for revision in revisions]
    # What was done last is taken back first.
    pairs.sort(key=lambda pair: (list(SHAPES).index(pair[0].kind), -pair[0].id))
    gone: list[tuple[Revision, Revision]] = []
    for revision, was in pairs:
        if revision.action != "deleted" or was is None:
            continue
        if await snapshot_rows.load(session, revision.kind, revision.slug) is not None:
            # Somebody has brought it back, or made another of that name.
            done.kept.append((revision.kind, revision.slug))
            continue
        record = await make(session, revision.kind, revision.slug, was.snapshot, done)
        roles.demand_change(person, record)
        gone.append((revision, was))
    for revision, was in gone:
        # Once more, now that everything is there that they refer to.
        done.lost.clear()
        record = await snapshot_rows.load(session, revision.kind, revision.slug, change=True)
        await write(session, revision.kind, record, {**was.snapshot, "state": record.state}, done)
        done.records.append((revision.kind, revision.slug))
    for revision, was in pairs:
        if was is not None and was.snapshot and revision.action != "deleted":
            await take_back(session, revision, was, person, done)
    hidden = await hiding.take_back(session, shown, person, known)
    done.records += hidden["hidden"]
    done.lost += hidden["lost"]
    done.kept += hidden["kept"]
    for revision, was in reversed(pairs):
        if (was is None or not was.snapshot) and revision.action != "deleted":
            record = await snapshot_rows.load(session, revision.kind, revision.slug, change=True)
            if record is not None and not await _is_another(session, revision):
                roles.demand_change(person, record)
                await _set_state(session, record, "draft")
                await usage.remove(session, revision.kind, record)
                done.records.append((revision.kind, revision.slug))
    undone.upto, undone.by = max(numbers), changes.act_of(session)
    # What this act had taken back is there again, and can be taken back once more.
    await session.execute(delete(UndoneAct).where(UndoneAct.by == act))
    return done


async def _not_undone(session: AsyncSession, act: str) -> tuple[set[int], UndoneAct]:
    """The numbers of the revisions of an act that nobody has taken back yet, and where it is to be written that somebody has. Raises
    NotFound, Refused."""
    numbers = set(await session.scalars(select(Revision.id).where(Revision.act == act)))
    if not numbers:
        raise NotFound("no-such-act")
    # Whoever does the same at the same time waits here.
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = insert(UndoneAct).values(act=act, upto=0, by="")
    await session.execute(row.on_conflict_do_nothing(index_elements=["act"]))
    undone = await session.get_one(UndoneAct, act, with_for_update=True, populate_existing=True)
    left = {number for number in numbers if number > undone.upto}
    if not left:
        raise Refused("act-undone")
    return left, undone


async def _is_another(session: AsyncSession, revision: Revision) -> bool:
    """Whether what bears the name now is another record than the one that `revision` tells of, which was deleted since."""
    query = select(Revision.action).where(
        Revision.kind == revision.kind, Revision.slug == revision.slug, Revision.id > revision.id
    )
    actions = list(await session.scalars(query.order_by(Revision.id)))
    return any(before == "deleted" and after not in BROUGHT_BACK for before, after in pairwise(actions))


async def take_back(session: AsyncSession, revision: Revision, was: Revision, person: Person, done: Restored) -> None:
    """Do the opposite of what `revision` did to the record as it is now."""
    record = await snapshot_rows.load(session, revision.kind, revision.slug, change=True)
    if record is None or await _is_another(session, revision):
        done.lost.append((revision.kind, revision.slug))
        return
    roles.demand_change(person, record)
    connection = await session.connection()
    now = (await connection.run_sync(snapshot_rows.read, revision.kind, [record.id]))[record.id].snapshot
    shape = SHAPES[revision.kind]
    merged = merge(shape, base=revision.snapshot, mine=was.snapshot, theirs=now)
    if merged.contested:
        done.kept.append((revision.kind, revision.slug))
    # What is public already is only changed, as she may.
    if merged.snapshot["state"] == "published" and now["state"] != "published":
        roles.demand(person, roles.publishing_of(revision.kind), roles.venue_of(record))
    if merged.snapshot != now:
        # What visitors are no longer to see need not be fit to be seen: its hall may have gone before it.
        if merged.snapshot["state"] != "published":
            await _set_state(session, record, merged.snapshot["state"])
        await write(session, revision.kind, record, merged.snapshot, done)
        await _set_state(session, record, merged.snapshot["state"])
        done.records.append((revision.kind, revision.slug))


async def _rows(session: AsyncSession, kind: str, snapshot: Snapshot, lost: list[tuple[str, str]]) -> Whole:
    known: dict[tuple[str, Any], int | None] = {}
    connection = await session.connection()

    def read(sync: Any) -> Whole:
        def find(other: str, named: Any) -> int | None:
            if (other, named) not in known:
                known[other, named] = snapshot_rows.id_of(sync, other, named)
            return known[other, named]

        return from_snapshot(SHAPES[kind], snapshot, find, lost)

    try:
        return await connection.run_sync(read)
    except Missing as missing:
        raise Refused("restore-needs", kind=missing.kind, name=missing.name) from None


async def make(session: AsyncSession, kind: str, slug: str, snapshot: Snapshot, done: Restored) -> Any:
    """The record anew, as a draft."""
    record = snapshot_rows.new_record(SHAPES[kind])
    record.slug = slug
    await write(session, kind, record, {**snapshot, "state": "draft"}, done)
    session.add(record)
    await session.flush()
    return record


async def write(session: AsyncSession, kind: str, record: Any, snapshot: Snapshot, done: Restored) -> None:
    await _check_unique(session, record, snapshot)
    lost: list[tuple[str, str]] = []
    whole = await _rows(session, kind, {**snapshot, "state": record.state or "draft"}, lost)
    snapshot_rows.write(SHAPES[kind], record, whole)
    done.lost += [one for one in lost if one not in done.lost]
    if record.state == "published":
        await session.flush()
        obstacles = await readiness.obstacles_of(session, record)
        if obstacles:
            raise Refused("not-publishable", obstacles=obstacles)


async def _check_unique(session: AsyncSession, record: Any, snapshot: Snapshot) -> None:
    if isinstance(record, Artifact):
        number = snapshot["accession_number"]
        taken = select(Artifact.id).where(Artifact.accession_number == number, Artifact.id != (record.id or 0))
        if await session.scalar(taken):
            raise Refused("accession-taken", number=number)


async def _set_state(session: AsyncSession, record: Any, state: str) -> None:
    if record.state == state:
        return
    if state == "published":
        await publication.publish(session, record)
    else:
        await publication.withdraw(session, record, state=state)
