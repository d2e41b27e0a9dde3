"""The power fails while a whole hall opens, planned or by hand: visitors see all of it or nothing, and what was planned is done when
the server is back."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import ClientError, ClientSession, CookieJar
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import OperationalError

from museum.assets.models import Asset
from museum.curation import people
from museum.curation.models import AuditEvent, Planned, Revision
from museum.database import Database
from museum.database.base import now
from museum.scenes.models import Scene, SceneText, Venue, VenueText
from museum.settings import Settings
from tests.support import RunningServer, start_server

SCENES = 500
PASSWORD = "lantern under snow"


async def fill(database: Database) -> None:
    """A hall of so many scenes, all of which are to open as one act."""
    numbers = range(1, SCENES + 1)
    async with database.write() as session:
        session.add(Venue(id=1, slug="east", kind="hall"))
        session.add(Asset(id=1, kind="panorama", state="ready", digest=f"{1:064x}"))
        await session.flush()
        scenes = [{"id": one, "slug": f"s-{one}", "venue_id": 1, "panorama_id": 1, "position": one} for one in numbers]
        await session.execute(insert(Scene), scenes)
        words = {"field": "title", "language": "en", "value": "A room", "folded": "a room"}
        await session.execute(insert(VenueText), [{"record_id": 1, **words}])
        await session.execute(insert(SceneText), [{"record_id": one, **words} for one in numbers])
        records = [["scene", f"s-{one}"] for one in numbers]
        far = now() + timedelta(days=1)
        session.add(Planned(kind="venue", slug="east", action="publish", at=far, records=records, person="mei"))
    await people.add_person(database, "head", PASSWORD, role="administrator")


async def put_off(database: Database, **ahead: float) -> None:
    """Have what is planned fall due in so much time."""
    async with database.write() as session:
        await session.execute(update(Planned).values(at=now() + timedelta(**ahead)))


async def count(database: Database, action: str) -> int:
    """How many revisions say that this was done."""
    async with database.read() as session:
        query = select(func.count()).select_from(Revision).where(Revision.action == action)
        return await session.scalar(query) or 0


async def is_changing(database: Database) -> bool:
    """Whether somebody has rows of the hall in hand."""
    try:
        if database.is_sqlite:
            connection = sqlite3.connect(str(database.engine.url.database), timeout=0, isolation_level=None)
            try:
                connection.execute("BEGIN IMMEDIATE")
            finally:
                connection.close()
            return False
        async with database.read() as session:
            await session.execute(select(Scene.id).where(Scene.id == 1).with_for_update(nowait=True))
            return False
    except (sqlite3.OperationalError, OperationalError):
        return True


async def kill_when(server: RunningServer, come: Callable[[], Awaitable[bool]]) -> None:
    """Kill the server as soon as what is waited for has come."""
    deadline = time.monotonic() + 30
    try:
        while not await come():
            assert time.monotonic() < deadline
            await asyncio.sleep(0.002)
    finally:
        server.kill()


async def is_open(database: Database) -> bool:
    """Whether the hall is public; that it is so as a whole, or not at all."""
    async with database.read() as session:
        states = set(await session.scalars(select(Venue.state).union_all(select(Scene.state))))
        entrance = await session.scalar(select(Venue.entrance_id))
    shown = await count(database, "published")
    assert (states, shown, entrance) in (({"draft"}, 0, None), ({"published"}, SCENES + 1, 1))
    return states == {"published"}


async def open_by_hand(address: str, pressed: asyncio.Event) -> None:
    """Press the button that opens the hall."""
    async with ClientSession(address, cookie_jar=CookieJar(unsafe=True)) as client:
        await client.post("/admin/login", data={"name": "head", "password": PASSWORD})
        async with client.get("/admin/venues/east/open") as answer:
            form = dict(re.findall(r'name="((?:take|rest):[^"]+)" value="(\w+)"', await answer.text()))
        assert "rest:scene" in form
        pressed.set()
        await client.post("/admin/venues/east/open", data=form)


@pytest.mark.timeout(120)
async def test_a_hall_opens_as_a_whole_or_not_at_all(
    settings: Settings, database: Database, database_kind: str
) -> None:
    settings = replace(settings, workers=0)
    await fill(database)
    pressed = asyncio.Event()

    async def changes() -> bool:
        # It is read, and what was found written down, before anybody has to wait.
        return await count(database, "found") > SCENES and await is_changing(database)

    async def changes_by_hand() -> bool:
        assert pressed.is_set() or not opening.done()
        return pressed.is_set() and await changes()

    server = start_server(settings)
    await put_off(database, seconds=0)
    await kill_when(server, changes)
    if not await is_open(database) and database_kind == "sqlite":
        await put_off(database, days=1)
        server = start_server(settings)
        opening = asyncio.create_task(open_by_hand(server.url, pressed))
        await kill_when(server, changes_by_hand)
        with suppress(ClientError):
            await opening
        await is_open(database)
    await put_off(database, seconds=0)
    start_server(settings).stop()
    assert await is_open(database), "before the first visitor is let in"
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Planned)) == 0
        told = select(func.count()).select_from(AuditEvent).where(AuditEvent.action == "published")
        assert await session.scalar(told) == SCENES + 1, "each is told of once"
