"""Where an import works: a folder in the store's scratch that goes with the process, at the latest when the next one comes."""

from __future__ import annotations

import fcntl
import os
import shutil
import uuid
from pathlib import Path
from types import TracebackType

_LOCK = ".lock"


class Workshop:
    """A folder of this process alone while the block lasts. What processes have left that died is cleared away at the beginning: the
    kernel lets go of the lock on a folder when its owner dies, and of nothing else."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._folder = scratch / f"import-{uuid.uuid4().hex[:12]}"
        self._lock = -1
        self._count = 0

    def __enter__(self) -> Workshop:
        self._folder.mkdir(parents=True)
        self._lock = os.open(self._folder / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        for left in deserted(self._scratch):
            shutil.rmtree(left, ignore_errors=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        os.close(self._lock)

    def folder(self) -> Path:
        """A fresh folder."""
        self._count += 1
        folder = self._folder / str(self._count)
        folder.mkdir()
        return folder


def deserted(scratch: Path) -> list[Path]:
    """Folders whose processes are gone."""
    return [folder for folder in scratch.glob("import-*") if _is_deserted(folder)]


def _is_deserted(folder: Path) -> bool:
    try:
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False  # just being made: it is cleared away another time
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(lock)
    return True
