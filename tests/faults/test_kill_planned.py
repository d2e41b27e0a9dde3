"""The power fails while what was planned falls due: each publication happens once, whole, and by itself when the server is back; what
somebody planned who may not publish any more waits, told once, for whoever takes it over."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from museum.collection.models import Artifact
from museum.curation import people
from museum.curation.models import AuditEvent, Planned, Revision
from museum.curation.promised import NOBODY
from museum.database import Database
from museum.database.base import now
from museum.database.texts import set_texts
from museum.settings import Settings
from tests.support import start_server

PLANS, EACH, KILLS = 60, 5, 4
LOST = {plan for plan in range(PLANS) if plan % 4 == 3}
"""Planned by somebody who has left."""
KEPT = set(range(PLANS)) - LOST


async def add_plans(database: Database) -> None:
    """PLANS groups of artifacts, each to be published as one act in the next seconds."""
    await people.add_person(database, "left", "lantern under snow", role="editor")
    left = await people.disable_person(database, "left")
    async with database.write() as session:
        for plan in range(PLANS):
            for part in range(EACH):
                artifact = Artifact(
                    slug=f"a-{plan}-{part}", accession_number=f"{plan}-{part}", category="coin", texts=[]
                )
                set_texts(artifact, "title", {"en": f"Coin {plan} {part}"})
                session.add(artifact)
            records = [["artifact", f"a-{plan}-{part}"] for part in range(1, EACH)]
            moment = now() + timedelta(seconds=plan * 0.05)
            planned = Planned(kind="artifact", slug=f"a-{plan}-0", action="publish", at=moment, records=records)
            planned.person, planned.person_id = ("left", left.id) if plan in LOST else ("mei", None)
            session.add(planned)


async def published(database: Database) -> dict[int, int]:
    """How many artifacts of each plan are public."""
    async with database.read() as session:
        slugs = await session.scalars(select(Artifact.slug).where(Artifact.state == "published"))
        found: dict[int, int] = {}
        for slug in slugs:
            plan = int(slug.split("-")[1])
            found[plan] = found.get(plan, 0) + 1
    return found


async def to_come(database: Database) -> int:
    """How many plans the server has not looked at yet."""
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(Planned).where(Planned.failed_at.is_(None))) or 0


@pytest.mark.timeout(900)
async def test_what_is_planned_outlives_kills(settings: Settings, database: Database) -> None:
    settings = replace(settings, workers=0)
    await add_plans(database)
    chance = random.Random(5)
    for _ in range(KILLS):
        server = start_server(settings)
        time.sleep(chance.uniform(0, 0.6))
        server.kill()
        assert set((await published(database)).values()) <= {EACH}, "one act is published whole or not at all"
    server = start_server(settings)
    try:
        deadline = time.monotonic() + 60
        while await to_come(database) and time.monotonic() < deadline:
            time.sleep(0.1)
    finally:
        server.stop()
    assert await published(database) == dict.fromkeys(KEPT, EACH)
    async with database.read() as session:
        waiting = list(await session.scalars(select(Planned)))
        assert {(row.slug, row.error["code"]) for row in waiting} == {(f"a-{n}-0", NOBODY) for n in LOST}
        for table in (Revision, AuditEvent):
            query = select(func.count()).select_from(table).where(table.action == "published")
            assert await session.scalar(query) == len(KEPT) * EACH, "each is published once"
        query = select(AuditEvent.slug).where(AuditEvent.action == "publish-not-done")
        assert sorted(await session.scalars(query)) == sorted(row.slug for row in waiting), "and each other told once"
