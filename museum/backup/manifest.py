"""What a backup says of itself, and what is wrong with one."""

from __future__ import annotations

from datetime import datetime

import msgspec

NAME = "museum-backup.json"
FORMAT = "museum-backup"
VERSION = 1


class BackupError(Exception):
    """A backup can't be made or used; the text is for the operator and says what to do."""


class Part(msgspec.Struct, frozen=True):
    """A file of the backup other than those of the store: its name in the backup, length, and SHA-256."""

    name: str
    bytes: int
    sha256: str


class Table(msgspec.Struct, frozen=True):
    """The rows of one table."""

    rows: int
    part: Part


class Manifest(msgspec.Struct, frozen=True):
    """`museum-backup.json`. `revision` is that of the database's migrations; `tables` are in an order in which they can be filled;
    `languages` are the files of those that were added."""

    made_at: datetime
    revision: str
    tables: dict[str, Table]
    files: Part
    file_count: int
    file_bytes: int
    languages: dict[str, Part] = {}
    format: str = FORMAT
    version: int = VERSION

    def encode(self) -> bytes:
        """As it stands in the file."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1)


def decode_manifest(content: bytes) -> Manifest:
    """The manifest in a file. Raises BackupError."""
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
    except msgspec.DecodeError as error:
        raise BackupError(f"{NAME} is damaged or not of a backup ({error})") from None
    if manifest.format != FORMAT or manifest.version != VERSION:
        raise BackupError(f"{NAME} is of another kind: {manifest.format} {manifest.version}")
    return manifest
