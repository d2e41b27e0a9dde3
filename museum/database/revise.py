"""`python -m museum.database.revise MESSAGE`: write a migration from what the models have become. For contributors."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from alembic import command

from museum.database.engine import create_engine
from museum.database.migrate import MIGRATIONS, configuration, migrate


async def revise(message: str) -> None:
    """Compare the models with a database made by the present migrations and write the difference as a new one."""
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite+aiosqlite:///{Path(folder) / 'revise.db'}")
        await migrate(engine)
        async with engine.execution_options(writes=True).begin() as connection:
            await connection.run_sync(
                lambda sync: command.revision(
                    configuration(sync), message=message, autogenerate=True, rev_id=f"{_next_number():04d}"
                )
            )
        await engine.dispose()


def _next_number() -> int:
    return 1 + sum(1 for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


if __name__ == "__main__":
    asyncio.run(revise(" ".join(sys.argv[1:]) or "changes"))
