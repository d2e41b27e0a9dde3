"""The files of the languages that were added: they lie beside the database and the store, and go with them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from museum.backup.manifest import BackupError, Part
from museum.backup.places import Reader, Writer, hash_stream


def _is_name(name: str) -> bool:
    """Whether this names a file that the museum reads, in the folder itself: a curator may have called it 法语.json."""
    return name.isprintable() and not set("/\\") & set(name) and not name.startswith(".") and name.endswith(".json")


def add_files(writer: Writer, folder: Path | None, stamp: str) -> dict[str, Part]:
    """Copy the files of a folder, which need not be there, into a backup; what became of each."""
    files = sorted(folder.glob("[!.]*.json")) if folder else []
    return {
        path.name: writer.add(f"languages-{stamp}/{path.name}", path)
        for path in files
        if path.is_file() and _is_name(path.name)
    }


def bring_files(reader: Reader, files: Mapping[str, Part], folder: Path) -> None:
    """Put them where they belong. Raises BackupError rather than write over another."""
    for name, part in files.items():
        if not _is_name(name):
            raise BackupError(f"{name!r} is no name of a language's file")
        target = folder / name
        if target.exists():
            with target.open("rb") as file:
                if hash_stream(part.name, file) == part:
                    continue
            raise BackupError(f"{target} is there already and another than in the backup; move it away, then try again")
        folder.mkdir(parents=True, exist_ok=True)
        with reader.open(part.name) as file, tempfile.NamedTemporaryFile(dir=folder, prefix=".", delete=False) as copy:
            shutil.copyfileobj(file, copy)
        Path(copy.name).chmod(0o644)
        Path(copy.name).rename(target)
