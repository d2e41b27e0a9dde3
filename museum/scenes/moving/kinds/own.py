"""The museum's own form: what `museum export tour` writes."""

from __future__ import annotations

import asyncio
from pathlib import Path

from museum.scenes.moving.folder import NAME, read_folder
from museum.scenes.moving.kinds import Kind
from museum.scenes.moving.tour import Tour


def find(path: Path) -> Path | None:
    """Its manifest."""
    file = path / NAME if path.is_dir() else path
    return file if file.name == NAME and file.is_file() else None


async def read(file: Path, root: Path, workplace: Path) -> Tour:
    """See `museum.scenes.moving.folder`."""
    return await asyncio.to_thread(read_folder, file.parent)


KIND = Kind("museum", 0, find, read)
