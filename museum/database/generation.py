"""Numbers that every process on one database goes by: what was remembered under an earlier one no longer holds.

A process may go by a number for BELIEVE_SECONDS after it began to read it. Whoever advances the number waits for a little longer after the
commit, so that once `Database.write` has returned nobody anywhere goes by the earlier one. Only durations are compared: clocks need not
agree. It costs one small query for each process and BELIEVE_SECONDS in which anybody asks, and the one who advances half a moment.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Connection, String, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from museum.database.base import Base

if TYPE_CHECKING:
    from museum.database.engine import Database

BELIEVE_SECONDS = 0.25
RENEW_SECONDS = 0.1
WAIT_SECONDS = BELIEVE_SECONDS + 0.05
_ADVANCED = "advanced generations"


class GenerationRow(Base):
    """How often a generation was advanced; 0 where there is no row."""

    __tablename__ = "generation"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, default=0)


class Generation:
    """The number under `name`, as this process may believe it to be."""

    def __init__(self, database: Database, name: str) -> None:
        self._database = database
        self._name = name
        self._number = 0
        self._until = float("-inf")
        self._reading = asyncio.Lock()
        self._renewal: asyncio.Task[int] | None = None

    def known(self) -> int | None:
        """The number; None where it has to be read again. Whoever asks late has that done ahead, so that a busy process always knows."""
        left = self._until - time.monotonic()
        if left <= 0:
            return None
        if left < RENEW_SECONDS and self._renewal is None:
            self._renewal = asyncio.get_running_loop().create_task(self._read_again(self._until))
            self._renewal.add_done_callback(self._renewed)
        return self._number

    async def current(self) -> int:
        """The number, read again where need be. What is read from the database after this may be remembered under it."""
        if time.monotonic() < self._until:
            return self._number
        return await self._read_again(self._until)

    async def _read_again(self, until: float) -> int:
        """Read the number, unless somebody else has just done it: after `until` was what held."""
        async with self._reading:
            if self._until <= until:
                moment = time.monotonic()
                self._number = await self._database.read_with(_read, self._name)
                self._until = moment + BELIEVE_SECONDS
            return self._number

    def _renewed(self, task: asyncio.Task[int]) -> None:
        self._renewal = None
        if not task.cancelled():
            # Whoever asks next reads it for himself, and hears what is wrong.
            task.exception()


def _read(connection: Connection, name: str) -> int:
    return connection.scalar(select(GenerationRow.number).where(GenerationRow.name == name)) or 0


def advance_with_commit(session: AsyncSession, name: str) -> None:
    """Have the number under `name` advanced by the transaction of `session`, which is one of `Database.write`."""
    session.info.setdefault(_ADVANCED, set()).add(name)


async def advance(session: AsyncSession) -> bool:
    """Advance what the transaction is to advance, as its last act; whether there was anything."""
    names = sorted(session.info.get(_ADVANCED, ()))
    insert = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    for name in names:
        statement = insert(GenerationRow).values(name=name, number=1)
        next_number = GenerationRow.number + 1
        await session.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"number": next_number}))
    return bool(names)
