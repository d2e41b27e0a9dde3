"""Rows of all tables out into lines of JSON, and in again."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Column, DateTime, Integer, LargeBinary, Table, bindparam, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.types import TypeDecorator

from museum.backup.manifest import BackupError
from museum.database import Database
from museum.database.base import now
from museum.database.tables import metadata

TRANSIENT = frozenset(
    {"ceremony", "generation", "known_browser", "login_session", "login_throttle", "presence", "upload"}
)
"""What a restored museum begins without: nobody is logged in, and files on their way come again from those who sent them."""
CHUNK = 500


def tables() -> list[Table]:
    """The tables that are kept, each after those that it refers to."""
    return [table for table in metadata.sorted_tables if table.name not in TRANSIENT]


class Snapshot:
    """All rows as they were at one moment."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def rows(self, table: Table) -> AsyncIterator[list[Any]]:
        """The rows of a table in the order of its primary key."""
        result = await self.connection.stream(select(table).order_by(*table.primary_key.columns))
        async for row in result:
            yield list(row)

    async def scalars(self, column: Any) -> AsyncIterator[Any]:
        """The values of one column."""
        async for value in await self.connection.stream_scalars(select(column)):
            yield value

    async def revision(self) -> str:
        """The revision of the database's migrations."""
        return str(await self.connection.scalar(text("SELECT version_num FROM alembic_version")))


async def dump(snapshot: Snapshot, table: Table, path: Path) -> int:
    """Write the names of a table's columns and its rows to `path`; how many rows."""
    encoder = msgspec.json.Encoder()
    count = 0
    with path.open("wb") as file:
        file.write(encoder.encode([column.name for column in table.columns]) + b"\n")
        async for row in snapshot.rows(table):
            file.write(encoder.encode(row) + b"\n")
            count += 1
    return count


def read_rows(table: Table, lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The rows that `dump` wrote, as the table takes them. Raises BackupError."""
    stream = iter(lines)
    try:
        names = msgspec.json.decode(next(stream, b""), type=list[str])
        if names != [column.name for column in table.columns]:
            raise BackupError(f"the table {table.name} has other columns than this museum's")
        readers = [_reader(column) for column in table.columns]
        for line in stream:
            values = msgspec.json.decode(line, type=list[Any])
            yield {name: read(value) for name, read, value in zip(names, readers, values, strict=True)}
    except (msgspec.DecodeError, ValueError) as error:
        raise BackupError(f"the rows of {table.name} are damaged ({error})") from None


def _reader(column: Column[Any]) -> Any:
    kind = column.type
    kind = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    if isinstance(kind, DateTime):
        return lambda value: None if value is None else datetime.fromisoformat(value)
    if isinstance(kind, LargeBinary):
        return lambda value: None if value is None else base64.b64decode(value)
    return lambda value: value


async def is_empty(database: Database) -> bool:
    """Whether no kept table has a row."""
    async with database.read() as session:
        for table in tables():
            if await session.scalar(select(func.count()).select_from(select(table).limit(1).subquery())):
                return False
    return True


class Filling:
    """Rows on their way into an empty museum, all in the transaction of `session`.

    References that go round in a circle (a venue's entrance is a scene, a scene is in a venue) are left out at first and filled in at the
    end. Jobs that somebody was working on wait for a worker of the restored museum, to be done from their beginning.
    """

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._late: list[tuple[Table, str, list[dict[str, Any]]]] = []

    async def fill(self, table: Table, rows: Iterable[dict[str, Any]]) -> int:
        """Insert rows; how many."""
        circular = [key.parent.name for key in table.foreign_keys if key.use_alter]
        late: dict[str, list[dict[str, Any]]] = {name: [] for name in circular}
        chunk: list[dict[str, Any]] = []
        count = 0
        for row in rows:
            for name in circular:
                if row[name] is not None:
                    late[name].append({"the_id": row["id"], "the_value": row[name]})
                    row[name] = None
            chunk.append(_unowned(row) if table.name == "job" else row)
            count += 1
            if len(chunk) == CHUNK:
                await self._session.execute(insert(table), chunk)
                chunk = []
        if chunk:
            await self._session.execute(insert(table), chunk)
        self._late += [(table, name, values) for name, values in late.items() if values]
        return count

    async def finish(self) -> None:
        """Close the circles, and have new rows numbered after those that came."""
        connection = await self._session.connection()
        for table, name, values in self._late:
            as_it_was = {column.name: column for column in table.columns if column.onupdate is not None}
            values_of = as_it_was | {name: bindparam("the_value")}
            statement = update(table).where(table.c.id == bindparam("the_id")).values(values_of)
            await connection.execute(statement, values)
        if connection.dialect.name == "postgresql":
            for table in tables():
                if "id" in table.c and isinstance(table.c.id.type, Integer):
                    sequence = func.pg_get_serial_sequence(table.name, "id")
                    following = select(func.coalesce(func.max(table.c.id), 0) + 1).scalar_subquery()
                    await connection.execute(select(func.setval(sequence, following, False)))


def _unowned(job: dict[str, Any]) -> dict[str, Any]:
    if job["state"] not in ("queued", "running"):
        return job
    moment = job["run_after"] if job["state"] == "queued" else now()
    fresh = {"state": "queued", "owner": None, "lease_until": None, "checkpoints": {}, "progress": 0.0, "step": ""}
    return job | fresh | {"run_after": moment}
