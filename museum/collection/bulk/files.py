"""Which files of a folder are meant, and what they are called."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from museum.curation.drafting import slug_of
from museum.database.texts import language_of

IGNORED = {"thumbs.db", "desktop.ini", "icon\r"}
IGNORED_FOLDERS = {"__macosx", "$recycle.bin", "system volume information"}
LONGEST_TITLE = 200


def find_files(folder: Path, besides: Path | None = None) -> list[Path]:
    """All files below `folder`, sorted by their paths, but for hidden ones, what operating systems leave behind, and `besides`.
    Links to folders are not followed. Raises OSError where the folder cannot be read."""
    found: list[Path] = []

    def complain(error: OSError) -> None:
        if Path(error.filename) == folder:
            raise error

    for place, folders, names in os.walk(folder, onerror=complain):
        folders[:] = sorted(name for name in folders if not _is_ignored(name, IGNORED_FOLDERS))
        found += [Path(place) / name for name in sorted(names) if not _is_ignored(name, IGNORED)]
    return [path for path in found if besides is None or path != besides]


def _is_ignored(name: str, ignored: set[str]) -> bool:
    return name.startswith(".") or name.lower() in ignored


def name_in(folder: Path, path: Path) -> str:
    """The path within `folder` with slashes, composed (NFC) since some systems hand out names decomposed."""
    # A name may hold bytes that are no text; they are shown as such.
    words = path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return unicodedata.normalize("NFC", words)


def title_of(name: str) -> dict[str, str]:
    """A title in one language from a file's name: Chinese characters make it Chinese, the Traditional among them Traditional."""
    stem = Path(name).stem
    title = " ".join(stem.replace("_", " ").split())[:LONGEST_TITLE] or stem
    return {language_of(title): title}


def wanted_slug(words: str, digest: str) -> str:
    """A slug from a file's name or a title in Latin letters; where it has none, from the file's content."""
    found = slug_of(words)
    return (
        found if any(letter.isalpha() for letter in found) else "-".join(filter(None, ("image", found or digest[:12])))
    )
