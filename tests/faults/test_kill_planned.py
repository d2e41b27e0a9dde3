"""The power fails while what was planned falls due: each publication happens once, whole, and by itself when the server is back."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from museum.collection.models import Artifact
from museum.curation.models import AuditEvent, Planned, Revision
from museum.database import Database
from museum.database.base import now
from museum.database.texts import set_texts
from museum.settings import Settings
from tests.support import start_server

PLANS, EACH, KILLS = 60, 5, 4


async def add_plans(database: Database) -> None:
    """PLANS groups of artifacts, each to be published as one act in the next seconds."""
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
            session.add(
                Planned(kind="artifact", slug=f"a-{plan}-0", action="publish", at=moment, records=records, person="mei")
            )


async def published(database: Database) -> dict[int, int]:
    """How many artifacts of each plan are public."""
    async with database.read() as session:
        slugs = await session.scalars(select(Artifact.slug).where(Artifact.state == "published"))
        found: dict[int, int] = {}
        for slug in slugs:
            plan = int(slug.split("-")[1])
            found[plan] = found.get(plan, 0) + 1
    return found


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
        while len(await published(database)) < PLANS and time.monotonic() < deadline:
            time.sleep(0.1)
    finally:
        server.stop()
    assert await published(database) == dict.fromkeys(range(PLANS), EACH)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Planned)) == 0
        for table in (Revision, AuditEvent):
            query = select(func.count()).select_from(table).where(table.action == "published")
            assert await session.scalar(query) == PLANS * EACH, "each is published once"
