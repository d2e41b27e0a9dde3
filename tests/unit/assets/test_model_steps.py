"""A model is made in steps, and what is done is not done again when a curator has it tried again; nor after the death of a worker, as
`tests/faults/test_kill_ingest.py` shows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from museum.assets.ingest import workplace
from museum.assets.models import Asset
from museum.assets.models3d import making, node
from museum.assets.models3d.steps import states_of
from museum.assets.originals import begin_asset, keep_original
from museum.assets.store_local import LocalStore
from museum.database import Database
from museum.jobs import child, queue
from museum.jobs.models import Job
from tests.unit.assets.solids import CUBE_OBJ, jpeg, zipped
from tests.unit.assets.work import work_off

SCAN = zipped(
    {"a.obj": CUBE_OBJ.format(head="mtllib a.mtl\nusemtl skin\n", between=""), "a.mtl": "newmtl skin\nmap_Kd a.jpg\n", "a.jpg": jpeg()}
)  # fmt: skip
STAGES = ["look", "shape", "show", "light_levels", "for_headsets"]


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "store")


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the stages that were begun, in real children, and of node's commands."""
    names: list[str] = []

    async def in_child(function: Any, *args: Any, **more: Any) -> Any:
        names.append(function.__name__)
        return await child.run_in_child(function, *args, **more)

    async def tool(command: str, *args: Any, **more: Any) -> None:
        names.append(command)
        await node.run_tool(command, *args, **more)

    monkeypatch.setattr(making, "run_in_child", in_child)
    monkeypatch.setattr(making, "run_tool", tool)
    return names


async def begin(database: Database, store: LocalStore, folder: Path) -> None:
    (folder / "a.zip").write_bytes(SCAN)
    original = await keep_original(database, store, folder / "a.zip", "a.zip")
    async with database.write() as session:
        await begin_asset(session, "model", [(original.id, "whole")])


async def the_job(database: Database) -> Job:
    async with database.read() as session:
        return (await session.scalars(select(Job))).one()


async def test_trying_again_goes_on_from_the_step_that_failed(
    database: Database, store: LocalStore, tmp_path: Path, called: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    await begin(database, store, tmp_path)
    monkeypatch.setattr(queue, "MAX_FAILURES", 1)
    with monkeypatch.context() as patched:
        patched.setattr(making, "run_tool", fail)
        await work_off(database, store)
    failed = await the_job(database)
    assert (failed.state, sorted(called)) == ("failed", sorted(STAGES))
    assert await workplace.abandoned(database, store) == [], "it may be tried again"
    with monkeypatch.context() as patched:
        patched.setattr(workplace, "KEPT", timedelta(0))
        assert [path.name for path in await workplace.abandoned(database, store)] == [f"job-{failed.id}-1"]

    called.clear()
    async with database.write() as session:
        assert await queue.retry(session, failed.id)
    await work_off(database, store)
    assert sorted(called) == ["compress", "validate"]
    async with database.read() as session:
        asset = (await session.scalars(select(Asset))).one()
    assert asset.state == "ready" and asset.info["report"]["textures"][0]["width"] == 64
    assert not list(store.scratch.iterdir())


async def fail(*_: Any, **__: Any) -> None:
    raise OSError("node is being installed anew")


def test_a_curator_is_told_which_steps_are_done() -> None:
    begun = {"look": {}, "shape": {"bake": [2]}, "show": {}}
    states = states_of({"stage": {"made": begun}})
    assert states == {
        "unpack": "done",
        "read": "done",
        "bake": "begun",
        "levels": "begun",
        "compress": "waiting",
        "store": "waiting",
    }
    assert states_of({"stage": {"made": {**begun, "paint-2": {}}}})["bake"] == "done"
    assert states_of({"stage": {"made": {"look": {}, "shape": {"bake": []}}}})["bake"] == "done", "nothing to paint"
    assert set(states_of({}).values()) == {"begun", "waiting"} and set(states_of({"derive": {}}).values()) == {"done"}
