"""On which line of a JSON text a name stands, for messages. Pure."""

from __future__ import annotations

import json
import re
from json.decoder import scanstring  # pyright: ignore[reportAttributeAccessIssue]

_NEXT = re.compile(r'[{}\[\]"]')


class Lines:
    """Lines of the names of a JSON object, by their path; a name that is not there has the line of what it should be in."""

    def __init__(self, content: str) -> None:
        self._content = content
        self._found: dict[tuple[str, ...], int] | None = None

    def of(self, *path: str) -> int:
        """The line of the name at `path`, the last of those that say it twice."""
        if self._found is None:
            self._found = _scan(self._content)
        return self._found.get(path) or (self.of(*path[:-1]) if path else 1)


def _scan(content: str) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = {}
    path: list[str] = []
    opened: list[bool] = []  # whether each bracket that is open hangs on a name
    at, line, name = 0, 1, ""
    while match := _NEXT.search(content, at):
        line += content.count("\n", at, match.start())
        mark, at = match[0], match.end()
        if mark == '"':
            try:
                word, at = scanstring(content, at, False)
            except json.JSONDecodeError:
                break
            if content[at : at + 200].lstrip().startswith(":"):
                name = word
                found[(*path, name)] = line
        elif mark in "{[":
            opened.append(bool(name))
            if name:
                path.append(name)
            name = ""
        else:
            if opened and opened.pop():
                path.pop()
            name = ""
    return found
