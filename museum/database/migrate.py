"""Bringing a database to the newest revision: all of it in one transaction, or nothing."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from museum.database import grams
from museum.database.tables import metadata

MIGRATIONS = Path(__file__).parent / "migrations"
ADVISORY_LOCK = 7_316_842_001
"""Any number, always the same: servers that start together migrate one after another."""


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration, working on `connection`."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


async def migrate(engine: AsyncEngine) -> None:
    """Upgrade to the newest revision. A failure half-way leaves the database as it was."""
    async with engine.execution_options(writes=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
        await connection.run_sync(lambda sync: command.upgrade(configuration(sync), "head"))


def is_mapped(name: str | None, _kind: str, _parents: object) -> bool:
    """Whether models should know of something in the database."""
    return not grams.is_ours(name)


async def differences(engine: AsyncEngine) -> list[object]:
    """What the models say and the database lacks, or the other way round."""
    async with engine.connect() as connection:
        return await connection.run_sync(
            lambda sync: list(
                compare_metadata(
                    MigrationContext.configure(sync, opts={"compare_type": True, "include_name": is_mapped}), metadata
                )
            )
        )
