"""Where backups lie: in a folder that is brought up to date, or in a tar archive. Names are those of `museum.backup`, with slashes."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Protocol

from museum.backup.manifest import NAME, BackupError, Part, decode_manifest

_CHUNK = 1 << 20


class Writer(Protocol):
    """A backup in the making."""

    def has(self, name: str, size: int) -> bool:
        """Whether the file is there already, from an earlier backup."""
        ...

    def add(self, name: str, source: Path) -> Part:
        """Copy a file in. What is returned was worked out from the very bytes that were copied."""
        ...

    def finish(self, manifest: bytes, keep: set[str]) -> None:
        """Make a whole backup of what was added and of the files `keep`: after this a power cut loses nothing of it."""
        ...

    def give_up(self) -> None:
        """Remove what can't be used by a later attempt."""
        ...


class Reader(Protocol):
    """A backup to be read."""

    def open(self, name: str) -> contextlib.AbstractContextManager[IO[bytes]]:
        """A file of the backup. Raises BackupError where it is missing."""
        ...

    def close(self) -> None: ...


def open_writer(path: Path) -> Writer:
    """A backup to be written at `path`: a tar archive if its name ends like one's, else a folder. Raises BackupError rather than
    write over anything that is not a backup."""
    if path.suffix == ".tar":
        if path.exists():
            raise BackupError(f"{path} is there already; choose another name")
        return TarWriter(path)
    if path.exists() and (not path.is_dir() or (any(path.iterdir()) and not _began_as_backup(path))):
        raise BackupError(
            f"{path} is there already and is no backup; choose another folder, or a name that ends in .tar"
        )
    return FolderWriter(path)


def open_reader(path: Path) -> Reader:
    """The backup at `path`. Raises BackupError."""
    if path.is_dir():
        return FolderReader(path)
    if path.is_file():
        return TarReader(path)
    raise BackupError(f"there is no backup at {path}")


def _began_as_backup(path: Path) -> bool:
    return (path / NAME).is_file() or {entry.name.partition("-")[0] for entry in path.iterdir()} <= {
        "tables",
        "files",
        "languages",
    }


class _Hashed:
    """A file that is read once, with the SHA-256 and the number of its bytes."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.bytes = 0

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self._hash.update(chunk)
        self.bytes += len(chunk)
        return chunk

    def part(self, name: str) -> Part:
        return Part(name, self.bytes, self._hash.hexdigest())


def hash_stream(name: str, file: IO[bytes]) -> Part:
    """Length and SHA-256 of what `file` holds."""
    hashed = _Hashed(file)
    while hashed.read(_CHUNK):
        pass
    return hashed.part(name)


class FolderWriter:
    """See the package: what an earlier backup left serves the next one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._certain = self._finished_files()

    def _finished_files(self) -> set[str]:
        """Files of the last backup that was finished. Any other may have been torn when the power failed, whatever its length."""
        with contextlib.suppress(BackupError, OSError, ValueError):
            listed = decode_manifest((self._folder / NAME).read_bytes()).files.name
            return {line.partition("\t")[0] for line in (self._folder / listed).read_text().splitlines()}
        return set()

    def has(self, name: str, size: int) -> bool:
        if name.rpartition("/")[2] not in self._certain:
            return False
        try:
            return (self._folder / name).stat().st_size == size
        except FileNotFoundError:
            return False

    def add(self, name: str, source: Path) -> Part:
        target = self._folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f"{target.name}.part")
        beside.touch(mode=0o600)
        with source.open("rb") as file, beside.open("wb") as copy:
            hashed = _Hashed(file)
            while chunk := hashed.read(_CHUNK):
                copy.write(chunk)
        beside.rename(target)
        return hashed.part(name)

    def finish(self, manifest: bytes, keep: set[str]) -> None:
        beside = self._folder / f"{NAME}.part"
        beside.write_bytes(manifest)
        os.sync()
        beside.rename(self._folder / NAME)
        os.sync()
        for path in list(self._files()):
            if path.relative_to(self._folder).as_posix() not in keep | {NAME}:
                path.unlink()
        for folder in (*self._folder.glob("tables-*"), *self._folder.glob("languages-*")):
            with contextlib.suppress(OSError):
                folder.rmdir()

    def give_up(self) -> None:
        """Nothing: files that were copied need not be copied again, and without a new manifest the old one holds."""

    def _files(self) -> Iterator[Path]:
        return (path for path in self._folder.rglob("*") if path.is_file())


class TarWriter:
    """An archive under another name until it is whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._beside = path.with_name(f"{path.name}.part")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.fdopen(os.open(self._beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
        self._tar = tarfile.open(fileobj=self._file, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115

    def has(self, name: str, size: int) -> bool:
        return False

    def add(self, name: str, source: Path) -> Part:
        with source.open("rb") as file:
            hashed = _Hashed(file)
            info = tarfile.TarInfo(name)
            info.size, info.mode = source.stat().st_size, 0o600
            self._tar.addfile(info, hashed)  # pyright: ignore[reportArgumentType]
        return hashed.part(name)

    def finish(self, manifest: bytes, keep: set[str]) -> None:
        info = tarfile.TarInfo(NAME)
        info.size, info.mode = len(manifest), 0o600
        self._tar.addfile(info, io.BytesIO(manifest))
        self._tar.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._beside.rename(self._path)
        os.sync()

    def give_up(self) -> None:
        self._file.close()
        self._beside.unlink(missing_ok=True)


class FolderReader:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextlib.contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        try:
            file = (self._folder / name).open("rb")
        except (FileNotFoundError, NotADirectoryError):
            raise _missing(name) from None
        with file:
            yield file

    def close(self) -> None:
        pass


class TarReader:
    """Reads members where they lie; nothing is ever unpacked to a path that the archive names."""

    def __init__(self, path: Path) -> None:
        try:
            self._tar = tarfile.open(path, "r:")  # noqa: SIM115
            self._members = {member.name: member for member in self._tar if member.isreg()}
        except (tarfile.TarError, EOFError) as error:
            raise BackupError(f"{path} is no tar archive, or breaks off ({error})") from None

    @contextlib.contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        member = self._members.get(name)
        file = self._tar.extractfile(member) if member else None
        if file is None:
            raise _missing(name)
        with file:
            yield file

    def close(self) -> None:
        self._tar.close()


def _missing(name: str) -> BackupError:
    if name == NAME:
        return BackupError(f"there is no {NAME}: this is no backup, or one that was never finished")
    return BackupError(f"the backup lacks {name}; take an earlier one")


def room_for(path: Path, size: int) -> None:
    """Raise BackupError where `size` bytes would not fit beside `path`."""
    place = next(parent for parent in (path.absolute(), *path.absolute().parents) if parent.exists())
    free = shutil.disk_usage(place).free
    if size > free:
        raise BackupError(f"{size / 1e9:.1f} GB are needed at {path}, and {free / 1e9:.1f} GB are free")
