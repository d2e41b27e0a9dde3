"""What the builder writes, on both databases: a small museum's records, complete and consistent, without drawing a pixel."""

from __future__ import annotations

from sqlalchemy import func, select

from museum.collection.models import ActivityStep, Artifact, Exhibition, ExhibitionItem, Image, Model
from museum.database import Database
from museum.demo import build, programme
from museum.demo.catalogue import activity_pictures, shown_pictures
from museum.demo.plan import plan_museum
from museum.demo.writing import Ids, write_rows
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
