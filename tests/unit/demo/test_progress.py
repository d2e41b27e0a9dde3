"""What the terminal says while the demonstration museum is built: of all that there will be, and never less than before."""

from __future__ import annotations

import asyncio

import pytest

from museum.assets.models import Asset
from museum.collection.building import SUBJECT
from museum.collection.models import Image
from museum.database import Database
from museum.demo.build import show_progress
from museum.jobs import queue

COUNT = 10


def asset(state: str) -> Asset:
    return Asset(kind="image", state=state, digest="0" * 64 if state == "ready" else None, info={})


async def test_progress_counts_what_there_will_be(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    async with database.write() as session:
        await queue.enqueue(session, "demo.draw", {}, key="demo.draw:room", subject=SUBJECT)
        session.add_all(Image(slug=f"image-{number}", category="map", texts=[]) for number in range(COUNT))
        session.add_all(asset("ready") for _ in range(3))
    stop = asyncio.Event()
    shown = asyncio.create_task(show_progress(database, stop))
    said = ""
    while "3 of 10" not in said:
        await asyncio.sleep(0.05)
        said += capsys.readouterr().out
    # What is begun besides takes nothing away from what is done.
    async with database.write() as session:
        session.add_all(asset("pending") for _ in range(5))
        session.add_all(asset("ready") for _ in range(2))
    while "5 of 10" not in said:
        await asyncio.sleep(0.05)
        said += capsys.readouterr().out
    stop.set()
    await shown
    assert [line.split("%")[0].split()[-1] for line in said.splitlines()] == ["30", "50"]
