"""What stands in the way of showing records to visitors: of one, or of many at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, exists, func, literal, null, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models import Asset
from museum.collection.models import Activity, ActivityStep, Exhibition, ExhibitionItem, ExhibitionSection, Image, Model
from museum.collection.rights import rights_over
from museum.curation.belongings import parts
from museum.curation.snapshots import SHAPES
from museum.curation.unmade import ASKING, question_in
from museum.database.base import now
from museum.guiding.models import GuidedTour, TourStop
from museum.scenes.models import Place, Scene, Venue

ASSETS = {Scene: ("panorama_id", "panorama"), Image: ("asset_id", "picture"), Model: ("asset_id", "model")}
"""Records that are nothing without what was made of an upload: its column, and what messages call it."""

PARTS: dict[Any, tuple[str, Callable[[Any], Select[Any]]]] = {
    GuidedTour: ("stops", lambda number: select(TourStop.id).where(TourStop.tour_id == number)),
    Activity: ("steps", lambda number: select(ActivityStep.id).where(ActivityStep.activity_id == number)),
    Exhibition: (
        "exhibits",
        lambda number: (
            select(ExhibitionItem.id).join(ExhibitionSection).where(ExhibitionSection.exhibition_id == number)
        ),
    ),
}
"""Records that show nothing without parts: what messages call these, and the parts of the one with a number."""


class Standing(NamedTuple):
    """A record as far as it matters for showing it. `obstacles` are codes of what stands in the way, none where it can be shown."""

    kind: str
    id: int
    slug: str
    version: int
    state: str
    venue_id: int | None
    """The venue in which it is, or that it is; None for what belongs to the whole museum."""
    obstacles: list[str]


def _obstacles(
    record: Any, day: date, asset: str | None, titled: bool, rights_until: str | None, whole: bool, venue: str
) -> list[str]:
    """By the class of a record, the state of what was made of its upload (`asks` where that waits for an answer), whether it has a
    title and the parts without which it shows nothing, its venue's state, and whether its rights end before `day`."""
    found: list[str] = []
    if record in ASSETS and asset != "ready":
        found.append(f"{ASSETS[record][1]}-{asset or 'missing'}")
    if not titled:
        found.append("title-missing")
    if rights_over(rights_until, day):
        found.append("rights-over")
    if record in PARTS and not whole:
        found.append(f"{PARTS[record][0]}-missing")
    if record in (Scene, Place) and venue != "published":
        found.append("venue-unpublished")
    return found


def _today() -> date:
    """The day in the museum's time zone."""
    return now().astimezone().date()


async def obstacles_of(session: AsyncSession, record: Any) -> list[str]:
    """Codes of what stands in the way of showing a record (texts loaded); empty when it can be published."""
    kind = type(record)
    number = getattr(record, ASSETS[kind][0]) if kind in ASSETS else None
    asset = await session.get(Asset, number) if number else None
    venue = await session.get_one(Venue, record.venue_id) if kind in (Scene, Place) else None
    return _obstacles(
        kind,
        _today(),
        _asset_state(asset),
        any(text.field == "title" and text.value.strip() for text in record.texts),
        getattr(record, "rights_until", None),
        kind in PARTS and await session.scalar(PARTS[kind][1](record.id).limit(1)) is not None,
        venue.state if venue else "",
    )


def _asset_state(asset: Asset | None) -> str | None:
    return None if asset is None else "asks" if asset.state == "failed" and question_in(asset.error) else asset.state


async def standing(session: AsyncSession, kind: str, slugs: Collection[str], *, change: bool = False) -> list[Standing]:
    """The records of a kind with these slugs, those that there are, locked where they are to be changed."""
    found: list[Standing] = []
    for some in parts(slugs):
        query = statement(kind, SHAPES[kind].record.slug.in_(some))
        if change:
            query = query.with_for_update(of=SHAPES[kind].record)
        found += await standing_by(session, kind, query)
    return found


def statement(kind: str, *conditions: ColumnElement[bool]) -> Any:
    """What `standing_by` asks, of the records of a kind that fulfil conditions, in the order of their ids."""
    record, text = SHAPES[kind].record, SHAPES[kind].text
    titled = select(1).where(text.record_id == record.id, text.field == "title", func.trim(text.value) != "")
    asset, venue, whole = null(), literal(""), literal(False)
    if record in ASSETS:
        number = getattr(record, ASSETS[record][0])
        asks = (Asset.state == "failed") & Asset.error["code"].as_string().startswith(ASKING)
        state = case((asks, "asks"), else_=Asset.state)
        asset = select(state).where(Asset.id == number).correlate_except(Asset).scalar_subquery()
    if record in (Scene, Place):
        venue = select(Venue.state).where(Venue.id == record.venue_id).correlate_except(Venue).scalar_subquery()
    if record in PARTS:
        whole = exists(PARTS[record][1](record.id).correlate(record))
    query = select(
        record.id,
        record.slug,
        record.version,
        record.state,
        (record.id if record is Venue else getattr(record, "venue_id", null())).label("venue_id"),
        asset.label("asset"),
        exists(titled.correlate_except(text)).label("titled"),
        getattr(record, "rights_until", null()).label("rights_until"),
        whole.label("whole"),
        venue.label("venue"),
    )
    return query.where(*conditions).order_by(record.id)


async def standing_by(session: AsyncSession, kind: str, query: Any, **values: Any) -> list[Standing]:
    """The records of a kind that a `statement` finds, whose parameters have these values."""
    record, day = SHAPES[kind].record, _today()
    if session.sync_session.autoflush:
        await session.flush()
    # Of the connection: what the session makes of thousands of rows costs as much as to find them.
    found: Sequence[Any] = (await (await session.connection()).execute(query, values)).all()
    return [Standing(kind, *row[:5], obstacles=_obstacles(record, day, *row[5:])) for row in found]
