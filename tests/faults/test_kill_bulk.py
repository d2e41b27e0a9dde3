"""The power fails while many records are published or deleted at once, and while that is taken back: it is done to all of them or to none,
what the pages tell of it is true, and it can be taken back afterwards."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace

import pytest
from aiohttp import ClientError, ClientSession, CookieJar
from sqlalchemy import func, select, text

from museum.collection.models import Artifact, Exhibition, ExhibitionItem, ExhibitionSection
from museum.curation import audit, people
from museum.curation.models import AuditEvent, Revision
from museum.database import Database
from museum.database.texts import set_texts
from museum.settings import Settings
from tests.support import RunningServer, start_server

MANY = 100
SLUGS = [f"a-{number:03}" for number in range(MANY)]
PASSWORD = "lantern under snow"
HOME = "/admin/records/artifacts"


async def fill(database: Database) -> None:
    """Drafts, every third of which hangs in an exhibition."""
    async with database.write() as session:
        exhibition = Exhibition(slug="coins", texts=[])
        section = ExhibitionSection(position=0, texts=[])
        exhibition.sections = [section]
        session.add(exhibition)
        for number, slug in enumerate(SLUGS):
            artifact = Artifact(slug=slug, accession_number=slug, category="coin", texts=[])
            set_texts(artifact, "title", {"en": f"Coin {number}"})
            session.add(artifact)
            await session.flush()
            if number % 3 == 0:
                session.add(ExhibitionItem(section_id=section.id, position=number, artifact_id=artifact.id))
    await people.add_person(database, "head", PASSWORD, role="administrator")


async def states(database: Database) -> tuple[str, int]:
    """What all of them are, `draft`, `published` or `gone`, and how many items hang: none of them is anything else."""
    async with database.read() as session:
        found = list(await session.execute(select(Artifact.state, func.count()).group_by(Artifact.state)))
        hanging = await session.scalar(select(func.count()).select_from(ExhibitionItem)) or 0
        assert await audit.first_broken(session) is None
    assert [row[1] for row in found] in ([MANY], []), found
    return (found[0][0] if found else "gone"), hanging


async def is_changing(database: Database) -> bool:
    """Whether somebody is writing."""
    if database.is_sqlite:
        try:
            connection = sqlite3.connect(str(database.engine.url.database), timeout=0, isolation_level=None)
            try:
                connection.execute("BEGIN IMMEDIATE")
            finally:
                connection.close()
        except sqlite3.OperationalError:
            return True
        return False
    writers = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL"
    async with database.read() as session:
        return bool(await session.scalar(text(f"{writers} AND pid <> pg_backend_pid()")))


@asynccontextmanager
async def curator(server: RunningServer) -> AsyncIterator[ClientSession]:
    async with ClientSession(server.url, cookie_jar=CookieJar(unsafe=True)) as client:
        await client.post("/admin/login", data={"name": "head", "password": PASSWORD})
        yield client


async def press(client: ClientSession, path: str, form: list[tuple[str, str]]) -> int:
    async with client.post(path, data=form, allow_redirects=False) as answer:
        await answer.read()
        return answer.status


async def cut(server: RunningServer, database: Database, path: str, form: list[tuple[str, str]], after: float) -> None:
    """Press the button, and kill the server so many seconds after it has begun, as long as it has not ended."""
    async with curator(server) as client:
        pressed = asyncio.create_task(press(client, path, form))
        deadline = time.monotonic() + 30
        try:
            while not pressed.done() and not await is_changing(database):
                assert time.monotonic() < deadline
                await asyncio.sleep(0.002)
            await asyncio.wait([pressed], timeout=after)
        finally:
            server.kill()
        with suppress(ClientError):
            await pressed


async def told(database: Database, server: RunningServer, action: str, before: int) -> str:
    """The number of the act that did this to all of them; empty where none has since the revision `before`. The pages say so."""
    async with database.read() as session:
        query = select(Revision.act, func.count()).where(Revision.action == action, Revision.id > before)
        query = query.where(Revision.kind == "artifact").group_by(Revision.act)
        acts = [(row[0], row[1]) for row in await session.execute(query)]
        events = await session.scalars(select(AuditEvent.detail).where(AuditEvent.action == action))
        lines = sum(detail["act"] == acts[0][0] for detail in events) if acts else MANY
    assert [count for _, count in acts] in ([], [MANY])
    assert lines >= MANY, "the audit tells of each"
    async with curator(server) as client, client.get("/admin/deleted?lang=en") as answer:
        page = await answer.text()
    gone = (await states(database))[0] == "gone"
    assert (re.search(r'name="id" value="\d+"', page) is not None) == gone
    async with curator(server) as client, client.get(f"/admin/artifacts/{SLUGS[-1]}/history?lang=en") as answer:
        assert answer.status == 200
    return acts[0][0] if acts else ""


async def last_revision(database: Database) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.max(Revision.id))) or 0


@dataclass(frozen=True)
class Stage:
    """Something that is done to all of them, and how they are then; the power fails so many seconds after it has begun."""

    word: str
    form: list[tuple[str, str]]
    become: tuple[str, int]
    after: float


CHOSEN = [("slug", slug) for slug in SLUGS]
HUNG = len(SLUGS[::3])
STAGES = (
    Stage("published", [*CHOSEN, ("action", "publish")], ("published", HUNG), 0.15),
    Stage("undone", [], ("draft", HUNG), 0),
    Stage("deleted", [*CHOSEN, ("action", "delete"), ("sure", "yes")], ("gone", 0), 0.4),
    Stage("undone", [], ("draft", HUNG), 0.2),
)


@pytest.mark.timeout(180)
async def test_what_is_done_to_many_is_done_to_all_or_none(settings: Settings, database: Database) -> None:
    settings = replace(settings, workers=0)
    await fill(database)
    server, act, cuts = start_server(settings), "", 0
    try:
        for stage in STAGES:
            was, before = await states(database), await last_revision(database)
            path = HOME if stage.form else f"/admin/acts/{act}/undo"
            await cut(server, database, path, stage.form, stage.after)
            now = await states(database)
            assert now in (was, stage.become), "to all of them or to none"
            cuts += now == was
            server = start_server(settings)
            act = await told(database, server, stage.word, before)
            assert bool(act) == (now == stage.become)
            if not act:
                async with curator(server) as client:
                    assert await press(client, path, stage.form) == 303
                act = await told(database, server, stage.word, before)
            assert await states(database) == stage.become
        assert cuts, "not all of it was done before the power failed"
    finally:
        # What was answered is done, whatever happens then.
        server.kill()
    assert await states(database) == STAGES[-1].become
