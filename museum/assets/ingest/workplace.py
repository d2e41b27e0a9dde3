"""Work folders of ingest, which outlive an attempt where a stage is done: the next one goes on from the file that it left.

Such a file was not forced to the disk, which for gigabytes that are gone in a minute would cost more than it saves: it counts as long as
the machine has not started anew since, as after the death of a process but not of the power.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from museum.assets.store import Store
from museum.database import Database
from museum.database.base import now
from museum.jobs.models import Job
from museum.jobs.task import Task

CHECKPOINT = "stage"
KEPT = timedelta(hours=6)
"""How long what a failed job had made is kept for whoever has it tried again."""


@dataclass
class Workplace:
    """The work folder of one attempt. `made` is what the last stage that is done returned, or by their names what all steps returned; None
    where none is done. `files` are the sizes of the files that they left."""

    folder: Path
    made: dict[str, Any] | None
    files: dict[str, int] = field(default_factory=dict)
    _noting: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def note(self, task: Task, made: dict[str, Any], file: str) -> None:
        """Remember that a stage is done and left `file`; whatever else lies in the folder goes."""
        self.files = await asyncio.to_thread(_keep_only, self.folder, [file])
        self.made = made
        await self._remember(task)

    async def step(self, task: Task, name: str, leaves: Sequence[str], work: Callable[[], Awaitable[Any]]) -> Any:
        """The result of `work`, which must be JSON. A later attempt gets it without doing the work again as long as all files are there
        that steps have left: those that match a pattern in `leaves`, unless a later step took them away. Steps may run side by side."""
        if self.made is not None and name in self.made:
            return self.made[name]
        result = await work()
        async with self._noting:
            self.files = await asyncio.to_thread(_sizes, self.folder, list(self.files), leaves)
            self.made = {**(self.made or {}), name: result}
            await self._remember(task)
        return result

    async def _remember(self, task: Task) -> None:
        note = {"boot": boot_id(), "folder": self.folder.name, "files": self.files, "made": self.made}
        await task.remember(CHECKPOINT, note)


async def open_workplace(task: Task, scratch: Path) -> Workplace:
    """A folder for this attempt alone. What an earlier attempt noted is taken over with it by renaming it, so that a worker which has
    lost its lease without knowing it finds its folder gone."""
    note = task.remembered(CHECKPOINT)
    return await asyncio.to_thread(_open, scratch, task.job_id, task.attempt, note)


def _open(scratch: Path, job_id: int, attempt: int, note: dict[str, Any] | None) -> Workplace:
    place = Workplace(scratch / f"job-{job_id}-{attempt}", None)
    if note is not None and note["boot"] == boot_id() and _are_there(scratch / note["folder"], note["files"]):
        (scratch / note["folder"]).rename(place.folder)
        place.files = _keep_only(place.folder, list(note["files"]))
        place.made = note["made"]
    for leftover in scratch.glob(f"job-{job_id}-*"):
        if place.made is None or leftover != place.folder:
            shutil.rmtree(leftover, ignore_errors=True)
    place.folder.mkdir(parents=True, exist_ok=True)
    return place


def _keep_only(folder: Path, names: list[str]) -> dict[str, int]:
    """Remove all files but those; their sizes."""
    kept = {folder / name for name in names}
    for path in folder.rglob("*"):
        if path not in kept and (path.is_symlink() or not path.is_dir()):
            path.unlink()
    return {name: _size(folder / name) for name in names}


def _sizes(folder: Path, names: Sequence[str], patterns: Sequence[str]) -> dict[str, int]:
    """Of files with those names and of those that match a pattern, as far as they are there."""
    paths = {folder / name for name in names} | {path for pattern in patterns for path in folder.glob(pattern)}
    return {path.relative_to(folder).as_posix(): _size(path) for path in sorted(paths) if _is_plain(path)}


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _are_there(folder: Path, files: dict[str, int]) -> bool:
    return folder.is_dir() and all(_size(folder / name) == size for name, size in files.items())


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


def _is_kept(state: str, error: dict[str, Any] | None, finished: datetime | None) -> bool:
    if state != "failed" or finished is None:
        return state in ("queued", "running")
    # of a full disk nothing is withheld
    return finished > now() - KEPT and (error or {}).get("code") != "child-disk"


async def abandoned(database: Database, store: Store) -> list[Path]:
    """Work folders in the store's scratch whose jobs are no longer queued or running, nor failed just now."""
    folders = {path: int(path.name.split("-")[1]) for path in store.scratch.glob("job-*-*") if path.is_dir()}
    if not folders:
        return []
    jobs = select(Job.id, Job.state, Job.error, Job.finished_at).where(Job.id.in_(list(folders.values())))
    async with database.read() as session:
        kept = {row.id for row in await session.execute(jobs) if _is_kept(row.state, row.error, row.finished_at)}
    return [path for path, job_id in folders.items() if job_id not in kept]
