"""Engines, their settings per dialect, and the two kinds of transaction: reading and writing."""

from __future__ import annotations

import asyncio
import contextvars
import json
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, nullcontext
from typing import Any, Concatenate, ParamSpec, TypeVar

import msgspec
from sqlalchemy import URL, Connection, Engine, event, make_url
from sqlalchemy import create_engine as create_sync_engine
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from museum.database import generation

P = ParamSpec("P")
R = TypeVar("R")

READING_THREADS = 2

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 20000",
    "PRAGMA cache_size = -32000",
    "PRAGMA temp_store = MEMORY",
)


def to_json(value: Any) -> str:
    """What a column of JSON keeps. Of thousands of snapshots written at once Python's own encoder takes longer than the database."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        # Half a character, as in the name of a file that is no UTF-8.
        return json.dumps(value)


def create_engine(url: str) -> AsyncEngine:
    """An engine for `sqlite+aiosqlite:///path` or `postgresql+psycopg://…`, set up for this server.

    On SQLite the driver's own transaction handling is off (`isolation_level=None`): it begins too late and loses
    updates between processes. A connection with the execution option `writes` begins with BEGIN IMMEDIATE.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_async_engine(
            url, connect_args={"isolation_level": None, "timeout": 20}, json_serializer=to_json
        )
        _listen_sqlite(engine.sync_engine)
        return engine
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
        return create_async_engine(parsed, pool_size=10, pool_pre_ping=True, json_serializer=to_json)
    raise ValueError(f"MUSEUM_DATABASE_URL must begin with sqlite+aiosqlite:// or postgresql://, not {url!r}")


def _create_reading_engine(url: URL) -> Engine | None:
    """An engine without asyncio for a SQLite file; None for all other databases."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    engine = create_sync_engine(
        url.set(drivername="sqlite"),
        connect_args={"isolation_level": None, "timeout": 20},
        pool_size=READING_THREADS,
    )
    _listen_sqlite(engine)
    return engine


def _listen_sqlite(engine: Engine) -> None:
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Database:
    """Transactions on one database. Records stay usable after their session has closed."""

    def __init__(self, url: str) -> None:
        self.engine = create_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._writing_engine = self.engine.execution_options(writes=True)
        self._write_lock = asyncio.Lock()
        self._reading_engine = _create_reading_engine(self.engine.url)
        self._reading_threads: ThreadPoolExecutor | None = None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A consistent snapshot to read from; nothing done in it is kept."""
        async with AsyncSession(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A transaction that commits at the end of the block, or rolls back if the block raises.

        On SQLite writers of this process wait here for each other in turn rather than in the database's busy loop. Where the block has
        advanced a generation (see `museum.database.generation`), this returns when every process knows.
        """
        turn = self._write_lock if self.is_sqlite else nullcontext()
        async with turn, AsyncSession(self._writing_engine, expire_on_commit=False) as session, session.begin():
            yield session
            advanced = await generation.advance(session)
        if advanced:
            await asyncio.sleep(generation.WAIT_SECONDS)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """A connection on which all that is read, however long it takes, is of one moment."""
        engine = self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="REPEATABLE READ")
        async with engine.connect() as connection:
            yield connection

    async def read_with(
        self, function: Callable[Concatenate[Connection, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """What `function(connection, …)` returns, run on a consistent snapshot to read from.

        For hot paths of several queries. On SQLite all of it runs in one change of threads, where a session makes three
        for each query: 15 ms become 3 for a tour of five queries.
        """
        engine = self._reading_engine
        if engine is None:
            async with self.engine.connect() as connection:
                return await connection.run_sync(function, *args, **kwargs)
        if self._reading_threads is None:
            self._reading_threads = ThreadPoolExecutor(READING_THREADS, "database-read")

        def run() -> R:
            with engine.connect() as connection:
                return function(connection, *args, **kwargs)

        # What the request knows, as who asks, goes along.
        context = contextvars.copy_context()
        return await asyncio.get_running_loop().run_in_executor(self._reading_threads, context.run, run)

    async def close(self) -> None:
        if self._reading_threads is not None:
            await asyncio.to_thread(self._reading_threads.shutdown)
            self._reading_threads = None
        if self._reading_engine is not None:
            self._reading_engine.dispose()
        await self.engine.dispose()
