"""Files that somebody else's tour names: only below its own folder, only real files, none larger than may be."""

from __future__ import annotations

import re
import stat
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from museum.curation.errors import Refused

LARGEST_FILE = 8 << 30
LARGEST_DOCUMENT = 64 << 20
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class BadTour(Refused):
    """It can't be taken in as a tour; the code has a text `moving.{code}` that says what to do."""


def file_in(folder: Path, name: object, most: int = LARGEST_FILE, *, within: Path | None = None) -> Path:
    """The file called `name`, with slashes, as seen from `folder`; it lies in `within`, else in `folder`, or below.
    Raises BadTour for what leads out of it, be it through a link, what is
    no file, and what is too large."""
    if not isinstance(name, str) or not name or "\x00" in name or "\\" in name or len(name) > 1000:
        raise BadTour("path-bad", name=str(name)[:200])
    parts = PurePosixPath(name)
    if parts.is_absolute():
        raise BadTour("path-outside", name=name[:200])
    root = (within or folder).resolve()
    path = (folder / parts).resolve()
    if root not in path.parents:
        raise BadTour("path-outside", name=name[:200])
    try:
        found = path.stat()
    except OSError:
        raise BadTour("file-missing", name=name[:200]) from None
    if not stat.S_ISREG(found.st_mode):
        raise BadTour("file-missing", name=name[:200])
    if found.st_size > most:
        raise BadTour("file-large", name=name[:200], most=most >> 20)
    return path


def read_document(path: Path, most: int = LARGEST_DOCUMENT) -> bytes:
    """A whole file of text. Raises BadTour where it is larger than may be."""
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise BadTour("file-large", name=path.name, most=most >> 20)
    return content


def read_json(content: bytes, name: str) -> dict[str, Any]:
    """The object in a JSON document. Raises BadTour."""
    try:
        found = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise BadTour("document-broken", name=name, reason=str(error)[:200]) from None
    if not isinstance(found, dict):
        raise BadTour("document-broken", name=name, reason="no object")
    return found
