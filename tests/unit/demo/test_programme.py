"""What the builder writes, on both databases: a small museum's records, complete and consistent, without drawing a pixel."""

from __future__ import annotations

from sqlalchemy import func, select, update

from museum.assets.models import Asset
from museum.collection.building import SUBJECT
from museum.collection.models import (
    ActivityStep,
    Artifact,
    Exhibition,
    ExhibitionItem,
    ExhibitionSection,
    Image,
    Model,
)
from museum.database import Database
from museum.demo import build, programme
from museum.demo.catalogue import activity_pictures, shown_pictures
from museum.demo.opening import open_exhibitions
from museum.demo.plan import plan_museum
from museum.demo.writing import Ids, write_rows
from museum.jobs import queue
from museum.jobs.models import Job
from museum.scenes.models import Hotspot, Link, Scene, Venue


async def test_all_records_of_a_small_museum_are_written(database: Database) -> None:
    plan = plan_museum(1, 12)
    ids: Ids = {}
    async with database.write() as session:
        for name, rows in build._all_rows(plan).items():
            await write_rows(session, name, rows, ids)
        await programme.write_programme(session, plan, ids)

    async def count(record: type, *conditions: object) -> int:
        async with database.read() as session:
            return await session.scalar(select(func.count()).select_from(record).where(*conditions)) or 0  # type: ignore[arg-type]

    assert await count(Venue) == 5 + 4
    assert await count(Scene) == len(plan.scenes()) + 12
    assert await count(Image) == len(plan.pictures())
    assert await count(Artifact) == len(plan.artifacts)
    assert await count(Model) == len(plan.treasures)
    assert await count(Model, Model.artifact_id.is_(None)) == 0
    assert await count(Exhibition) == 21
    assert await count(ExhibitionItem) > 21 * 6
    assert await count(Link, Link.kind == "time") == 4 * 3 * 2
    assert await count(Hotspot, Hotspot.kind == "artifact") > 0
    assert await count(ActivityStep, ActivityStep.image_id.is_not(None)) > 0


def test_sheets_of_the_activities_hang_where_no_artifact_does() -> None:
    plan = plan_museum(1)
    sheets = activity_pictures(plan)
    assert len(sheets) == 10
    shown = shown_pictures(plan)
    assert all(shown[number].artifact is None for number in sheets)
    assert len(shown) == 2342


async def test_exhibitions_open_as_there_is_something_to_see_in_them(database: Database) -> None:
    plan = plan_museum(1, 12)
    ids: Ids = {}
    async with database.write() as session:
        for name, rows in build._all_rows(plan).items():
            await write_rows(session, name, rows, ids)
        await programme.write_programme(session, plan, ids)
        for room in ("first", "second"):
            await queue.enqueue(session, "demo.draw", {}, key=f"demo.draw:{room}", subject=SUBJECT)

    async def opened() -> list[str]:
        async with database.write() as session:
            await open_exhibitions(session)
            statement = select(Exhibition.slug).where(Exhibition.state == "published")
            return list(await session.scalars(statement))

    assert await opened() == [], "nothing is drawn yet"
    async with database.write() as session:
        item = (await session.scalars(select(ExhibitionItem).order_by(ExhibitionItem.id))).first()
        section = await session.get_one(ExhibitionSection, item.section_id)
        first = await session.get_one(Exhibition, section.exhibition_id)
        shown = Image.artifact_id == item.artifact_id if item.artifact_id else Image.id == item.image_id
        image = (await session.scalars(select(Image).where(shown))).first()
        asset = Asset(kind="image", state="ready", digest="0" * 64, info={})
        session.add(asset)
        await session.flush()
        image.asset_id = asset.id
    some = await opened()
    assert first.slug in some and len(some) < 21
    async with database.write() as session:
        await session.execute(update(Job).where(Job.key == "demo.draw:first").values(state="done"))
    assert len(await opened()) == 21, "with the last room all of them"
