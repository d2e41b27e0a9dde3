"""Work folders of ingest, which outlive an attempt where a stage is done: the next one goes on from the file that it left.

Such a file was not forced to the disk, which for gigabytes that are gone in a minute would cost more than it saves: it counts as long as
the machine has not started anew since, as after the death of a process but not of the power.
"""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from museum.assets.store import Store
from museum.database import Database
from museum.jobs.models import Job
from museum.jobs.task import Task

CHECKPOINT = "stage"


@dataclass
class Workplace:
    """The work folder of one attempt. `made` is what the last stage that is done returned; None where none is."""

    folder: Path
    made: dict[str, Any] | None

    async def note(self, task: Task, made: dict[str, Any], file: str) -> None:
        """Remember that a stage is done and left `file`; whatever else lies in the folder goes."""
        size = await asyncio.to_thread(_keep_only, self.folder, file)
        note = {"boot": boot_id(), "folder": self.folder.name, "file": file, "bytes": size, "made": made}
        await task.remember(CHECKPOINT, note)
        self.made = made


async def open_workplace(task: Task, scratch: Path) -> Workplace:
    """A folder for this attempt alone. What an earlier attempt noted is taken over with it by renaming it, so that a worker which has
    lost its lease without knowing it finds its folder gone."""
    note = task.remembered(CHECKPOINT)
    return await asyncio.to_thread(_open, scratch, task.job_id, task.attempt, note)


def _open(scratch: Path, job_id: int, attempt: int, note: dict[str, Any] | None) -> Workplace:
    folder = scratch / f"job-{job_id}-{attempt}"
    made = None
    if (
        note is not None
        and note["boot"] == boot_id()
        and _size(scratch / note["folder"] / note["file"]) == note["bytes"]
    ):
        (scratch / note["folder"]).rename(folder)
        _keep_only(folder, note["file"])
        made = note["made"]
    for leftover in scratch.glob(f"job-{job_id}-*"):
        if made is None or leftover != folder:
            shutil.rmtree(leftover, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    return Workplace(folder, made)


def _keep_only(folder: Path, file: str) -> int:
    for path in folder.iterdir():
        if path.name != file:
            path.unlink()
    return _size(folder / file)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return -1


def boot_id() -> str:
    """A name for this machine since it was last started."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


async def clear(folder: Path) -> None:
    """Remove a work folder."""
    await asyncio.to_thread(shutil.rmtree, folder, True)


async def abandoned(database: Database, store: Store) -> list[Path]:
    """Work folders in the store's scratch whose jobs are no longer queued or running."""
    folders = {path: int(path.name.split("-")[1]) for path in store.scratch.glob("job-*-*") if path.is_dir()}
    if not folders:
        return []
    alive = select(Job.id).where(Job.id.in_(list(folders.values())), Job.state.in_(("queued", "running")))
    async with database.read() as session:
        at_work = set(await session.scalars(alive))
    return [path for path, job_id in folders.items() if job_id not in at_work]
