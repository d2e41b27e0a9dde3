"""How far a demonstration museum is: until all that the building handed over is made, and nothing of what curators bring later."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from museum.assets.models import Asset
from museum.collection.building import SUBJECT, Building, building_of
from museum.collection.models import Image
from museum.database import Database, now
from museum.jobs import queue
from museum.jobs.models import Job


async def test_it_stands_when_what_it_handed_over_is_made(database: Database) -> None:
    async with database.read() as session:
        assert await building_of(session) is None
    async with database.write() as session:
        await queue.enqueue(session, "demo.draw", {}, key="demo.draw:room", subject=SUBJECT)
        session.add_all(Image(slug=f"image-{number}", category="map", texts=[]) for number in range(4))
        session.add(Asset(kind="image", state="ready", digest="0" * 64, info={}))
        session.add(Asset(kind="recording", state="ready", digest="0" * 64, info={}))
        session.add(Asset(kind="image", state="pending", info={}))
    async with database.read() as session:
        found = await building_of(session)
        assert found == Building("running", 1, 4)
        assert found.percent == 25
    async with database.write() as session:
        await session.execute(update(Job).values(state="done", progress=1.0, finished_at=now()))
    async with database.read() as session:
        assert await building_of(session) == Building("running", 1, 4), "its pictures are still being made"
    async with database.write() as session:
        pending = await session.scalar(select(Asset).where(Asset.state == "pending"))
        pending.state, pending.digest = "ready", "1" * 64
        session.add(Asset(kind="image", state="pending", info={}, created_at=now() + timedelta(minutes=1)))
    async with database.read() as session:
        found = await building_of(session)
        assert found == Building("done", 2, 2), "a curator's upload is no building"
        assert found.percent == 100
    async with database.write() as session:
        await session.execute(update(Job).values(state="failed", error={"code": "broken"}))
    async with database.read() as session:
        assert await building_of(session) == Building("failed", 2, 4, {"code": "broken"})
