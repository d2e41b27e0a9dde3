"""What has changed of what visitors may see, newest last, read off the records themselves: each says when it was last saved.

The changes come in streams, one for each way in which a manifest changes: itself, or by something that it shows. In each stream a record
has one change, its last; when it changes again that one is gone from where it was and stands at the end. Places in the whole are therefore
named by what stands there (`Mark`) and not counted: whoever reads from the end to the beginning misses nothing, whatever happens meanwhile.
A record that is no more is told of by the revision of its deletion. Each stream is read along an index, so that a part costs the same in a
museum of any size; what is read and turns out to be no change is dropped afterwards, so that parts differ in length. What was made of an
upload counts for nothing here: it is ready before it is published.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select, true, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection.manifests_query import LISTED
from museum.collection.models import Artifact, Image, Model
from museum.curation.models import Revision
from museum.curation.visibility import PUBLISHED
from museum.scenes.models import Scene, Venue

AT_ONCE = timedelta(seconds=1)
"""A record that was saved last within this of being published has not changed since."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Mark(NamedTuple):
    """A place between changes: just before the one of `slug` in a stream, at a moment in microseconds since 1970."""

    moment: int
    stream: int = 0
    slug: str = ""


@dataclass(frozen=True)
class Change:
    """What became of a manifest: `action` is Create, Update or, where visitors no longer see it, Delete."""

    mark: Mark
    kind: str
    slug: str
    action: str
    moment: datetime


@dataclass(frozen=True)
class Part:
    """Some changes, the earliest first; the mark before them, if there are others before; and the mark after the ones that come next, if
    any do."""

    changes: list[Change]
    before: Mark | None
    after: Mark | None


@dataclass(frozen=True)
class Stream:
    """Changes of one `kind` of manifest at the `moment` of a row of `source`, which joins the manifest's own record. It is none where the
    moment is not after `unless`."""

    kind: str
    moment: Any
    source: Callable[[Select[Any]], Select[Any]]
    condition: ColumnElement[bool] = true()
    unless: Any = None
    may_delete: bool = False
    gone: bool = False
    """Whether the rows are revisions of records that are no more."""

    @property
    def slug(self) -> Any:
        """The column that holds the slug of the manifest's record."""
        return Revision.slug if self.gone else LISTED[self.kind].record.slug


def _has_been_shown(record: Any) -> ColumnElement[bool]:
    return or_(record.state == PUBLISHED, record.published_at.is_not(None))


def _is_withdrawn(record: Any) -> ColumnElement[bool]:
    """Whether visitors saw a record once and somebody took it away. A derivative that is just being repaired takes away nothing."""
    hidden = record.state != PUBLISHED
    if record is Scene:
        shown = exists(select(1).where(Venue.id == Scene.venue_id, Venue.state == PUBLISHED).correlate_except(Venue))
        hidden = or_(hidden, ~shown)
    return and_(record.published_at.is_not(None), hidden)


def _streams() -> list[Stream]:
    """All ways in which manifests change. Marks name them by their place here."""

    def own(kind: str) -> Stream:
        record = LISTED[kind].record
        return Stream(kind, record.updated_at, lambda statement: statement.select_from(record), may_delete=True)

    def below(kind: str, part: Any, link: ColumnElement[bool]) -> Stream:
        record = LISTED[kind].record
        return Stream(
            kind,
            part.updated_at,
            lambda statement: statement.select_from(part).join(record, link),
            _has_been_shown(part),
        )

    in_venue = Scene.venue_id == Venue.id
    photographs, models = Image.artifact_id == Artifact.id, Model.artifact_id == Artifact.id
    return [
        *(own(kind) for kind in LISTED),
        below("venues", Scene, in_venue),
        # A scene comes and goes with its venue.
        Stream(
            "scenes",
            Venue.updated_at,
            lambda statement: statement.select_from(Venue).join(Scene, in_venue),
            unless=Scene.updated_at,
            may_delete=True,
        ),
        below("artifacts", Image, photographs),
        below("artifacts", Model, models),
        *(_deletions(kind) for kind in LISTED),
    ]


def _deletions(kind: str) -> Stream:
    of_kind = Revision.kind == kind.removesuffix("s")
    return Stream(kind, Revision.gone_at, lambda statement: statement.select_from(Revision), of_kind, gone=True)


def _select(number: int, stream: Stream) -> Select[Any]:
    """Columns moment, stream, kind, slug, since, shown and counts of a stream's changes."""
    if stream.gone:
        same = [stream.moment.label("moment"), literal(number).label("stream"), literal(stream.kind).label("kind")]
        since, shown, counts = stream.moment.label("since"), literal(0).label("shown"), literal(1).label("counts")
        selected: Any = select(*same, stream.slug.label("slug"), since, shown, counts)
        return stream.source(selected).where(stream.condition)
    record, visible = LISTED[stream.kind].record, LISTED[stream.kind].visible()
    counts = literal(1) if stream.unless is None else case((stream.moment > stream.unless, 1), else_=0)
    columns: list[Any] = [
        stream.moment.label("moment"),
        literal(number).label("stream"),
        literal(stream.kind).label("kind"),
        record.slug.label("slug"),
        func.coalesce(record.published_at, record.created_at, type_=record.updated_at.type).label("since"),
        case((visible, 1), else_=0).label("shown"),
        counts.label("counts"),
    ]
    told = or_(visible, _is_withdrawn(record)) if stream.may_delete else visible
    if stream.kind == "images":
        # Photographs of artifacts are in the manifests of those. Put so that the index of moments is read and not that of artifacts.
        told = and_(told, func.coalesce(Image.artifact_id, 0) == 0)
    selected: Any = select(*columns)
    return stream.source(selected).where(told, stream.condition)


def _moment(mark: Mark) -> datetime:
    return _EPOCH + timedelta(microseconds=mark.moment)


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _ordered(mark: Mark | None, until: datetime, limit: int, descending: bool) -> Select[Any]:
    """The changes before a mark, the last first, or from a mark on, the first first; without a mark all of them."""
    parts: list[Any] = []
    for number, stream in enumerate(_streams()):
        slug = stream.slug
        statement = _select(number, stream).where(stream.moment < until)
        if mark is not None:
            statement = statement.where(_beyond(stream.moment, number, slug, mark, descending))
        order = (stream.moment.desc(), slug.desc()) if descending else (stream.moment, slug)
        parts.append(select(statement.order_by(*order).limit(limit).subquery()))
    every = union_all(*parts).subquery()
    columns = (every.c.moment, every.c.stream, every.c.slug)
    return select(every).order_by(*(column.desc() if descending else column for column in columns)).limit(limit)


def _beyond(moment: Any, number: int, slug: Any, mark: Mark, before: bool) -> ColumnElement[bool]:
    """Whether a change of stream `number` lies before a mark, or else at or after it."""
    at = _moment(mark)
    strictly, loosely = (moment < at, moment <= at) if before else (moment > at, moment >= at)
    if number == mark.stream:
        # The first condition says nothing new, but planners find their way along the index by it.
        return and_(loosely, or_(strictly, slug < mark.slug if before else slug >= mark.slug))
    return loosely if (number < mark.stream) == before else strictly


def _change(row: Any) -> Change:
    created = row.moment - row.since < AT_ONCE
    return Change(
        mark=Mark(_microseconds(row.moment), row.stream, row.slug),
        kind=row.kind,
        slug=row.slug,
        action=("Create" if created else "Update") if row.shown else "Delete",
        moment=row.moment,
    )


async def _mark_after(session: AsyncSession, mark: Mark | None, until: datetime, limit: int) -> Mark | None:
    """The mark after the `limit` changes from `mark` on, or from the first on; None where there are none."""
    rows = [_change(row) for row in await session.execute(_ordered(mark, until, limit + 1, descending=False))]
    if not rows:
        return None
    return rows[limit].mark if len(rows) > limit else Mark(rows[-1].mark.moment + 1)


async def ends(session: AsyncSession, until: datetime, limit: int) -> tuple[Mark, Mark]:
    """The marks after the first `limit` changes and after all; both alike where there are no more than that.

    Here and below only changes before `until` count: one that is younger may belong to a transaction whose neighbour, older by a moment,
    still waits for its commit, and would then come to stand before what has been read already.
    """
    newest = (await session.execute(_ordered(None, until, 1, descending=True))).first()
    if newest is None:
        return Mark(0), Mark(0)
    end = Mark(_microseconds(newest.moment) + 1)
    return await _mark_after(session, None, until, limit) or end, end


async def read_part(session: AsyncSession, mark: Mark, until: datetime, limit: int) -> Part:
    """Up to `limit` changes, the last before a mark; none only if there are none at all."""
    after = await _mark_after(session, mark, until, limit)
    before: Mark | None = mark
    changes: list[Change] = []
    while before is not None and not changes:
        rows = (await session.execute(_ordered(before, until, limit + 1, descending=True))).all()
        # What two parts of a thing did to it in one moment is one change.
        found = {change.mark: change for change in map(_change, (row for row in rows[:limit] if row.counts))}
        changes = list(found.values())[::-1]
        before = _change(rows[limit - 1]).mark if len(rows) > limit else None
    return Part(changes, before, after)
