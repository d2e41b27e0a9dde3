"""What SQLite's planner is told of the sizes of tables."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, inspect, text

from museum.collection.models import Artifact
from museum.database import Database, statistics
from museum.jobs.models import Job


async def test_only_large_tables_are_told_of(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "LEAST", 100)
    async with database.write() as session:
        await session.execute(insert(Job), [{"kind": "count"} for _ in range(150)])
        session.add(Artifact(slug="one", accession_number="1", category="coin"))
    await statistics.gather(database)
    await statistics.gather(database)
    if not database.is_sqlite:
        async with database.engine.connect() as connection:
            names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        assert "sqlite_stat1" not in names
        return
    async with database.read() as session:
        told = await session.execute(text("SELECT DISTINCT tbl FROM sqlite_stat1"))
        assert [name for (name,) in told] == ["job"]
