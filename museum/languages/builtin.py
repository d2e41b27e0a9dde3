"""The museum's own languages. Each is a folder, with what would stand at the head of a language's file in `language.json` and the texts
of each area in a file of their own."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from museum.languages.language import Language

_WEB = Path(__file__).parents[1] / "web"
TEXTS = _WEB / "texts"
VIEWER = _WEB / "static" / "build" / "languages.json"
"""What the viewer says, by area and language: it is compiled into its scripts, and written down here when they are built."""
ORDER = ("zh-Hans", "zh-Hant", "en")
"""In which they are offered; all falls back to the first."""
HEAD = "language.json"


@cache
def builtin_languages() -> tuple[Language, ...]:
    """The languages that come with the museum."""
    viewer: dict[str, dict[str, dict[str, str]]] = json.loads(VIEWER.read_bytes()) if VIEWER.is_file() else {}
    return tuple(_read(TEXTS / tag, {area: texts[tag] for area, texts in viewer.items()}) for tag in ORDER)


def _read(folder: Path, viewer: dict[str, dict[str, str]]) -> Language:
    head: dict[str, Any] = json.loads((folder / HEAD).read_bytes())
    areas = {path.stem: json.loads(path.read_bytes()) for path in sorted(folder.glob("*.json")) if path.name != HEAD}
    return language_of_head(head, areas | viewer, folder)


def language_of_head(head: dict[str, Any], areas: dict[str, dict[str, str]], path: Path) -> Language:
    """A language as the head of its file describes it; what is wrong with one is told by `museum.languages.reading`."""
    tag: str = head["language"]
    numbers: dict[str, str] = head.get("numbers", {})
    primary, *_ = tag.split("-")
    return Language(
        tag,
        head["name"],
        head.get("short") or tag.upper(),
        head.get("locale") or tag.replace("-", "_"),
        head.get("direction", "ltr"),
        tuple(head.get("fallbacks", ())),
        tuple(head.get("also", ())),
        tuple(head.get("voices", ())) or tuple(dict.fromkeys([tag, primary])),
        head.get("comma", ", "),
        head.get("space", " "),
        numbers.get("thousands", ","),
        numbers.get("decimal", "."),
        areas,
        path,
    )
