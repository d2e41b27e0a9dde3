"""Migrations: what they make is what the models say, and a failure half-way leaves nothing behind."""

from __future__ import annotations

import asyncio

import pytest
from alembic import op
from sqlalchemy import inspect, select, update
from sqlalchemy.exc import SQLAlchemyError

from museum.database import Database
from museum.database.migrate import differences, migrate
from museum.jobs.models import Job


async def test_migrations_make_what_the_models_say(database: Database) -> None:
    assert await differences(database.engine) == []


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    await migrate(database.engine)
    assert await differences(database.engine) == []


async def test_a_failure_half_way_leaves_nothing(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(database_url)
    create, made = op.create_table, []

    def fail_at_the_tenth(*arguments: object, **options: object) -> object:
        made.append(arguments[0])
        if len(made) == 10:
            raise SQLAlchemyError("the disk is full")
        return create(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(op, "create_table", fail_at_the_tenth)
    with pytest.raises(SQLAlchemyError, match="disk is full"):
        await migrate(database.engine)
    async with database.engine.connect() as connection:
        assert await connection.run_sync(lambda sync: inspect(sync).get_table_names()) == []
    monkeypatch.undo()
    await migrate(database.engine)
    assert await differences(database.engine) == []
    await database.close()


async def test_servers_that_start_together_migrate_one_after_another(database_url: str) -> None:
    databases = [Database(database_url) for _ in range(3)]
    await asyncio.gather(*(migrate(database.engine) for database in databases))
    assert await differences(databases[0].engine) == []
    for database in databases:
        await database.close()


async def test_no_counted_update_is_lost(database: Database, database_url: str) -> None:
    async with database.write() as session:
        session.add(Job(kind="count"))

    async def count(own: Database, times: int) -> None:
        for _ in range(times):
            async with own.write() as session:
                job = (await session.scalars(select(Job).with_for_update())).one()
                await session.execute(update(Job).values(attempt=job.attempt + 1))

    others = [Database(database_url) for _ in range(3)]
    await asyncio.gather(*(count(own, 20) for own in (database, *others)))
    async with database.read() as session:
        assert await session.scalar(select(Job.attempt)) == 80
    for own in others:
        await own.close()
