"""Reading a language's file, and telling what is wrong with it by its lines. The file is JSON:

    {
      "language": "fr",                      BCP 47 tag
      "name": "Français",                    what the language calls itself
      "short": "FR",                         the same on a button; the tag where it is missing
      "locale": "fr_FR",                     its name for Open Graph
      "direction": "ltr",                    or "rtl"
      "fallbacks": ["en"],                   languages that stand in for a text that it lacks, the nearest first
      "also": ["fr-CA"],                     other tags that it answers to; the bare language is one in any case
      "voices": ["fr-FR", "fr"],             tags by which browsers know voices that speak it
      "comma": ", ", "space": " ",           between what is listed, and between sentences
      "numbers": {"thousands": " ", "decimal": ","},
      "texts": {"pages": {"museum": "Musée", …}, "viewer": {…}, …}
    }

All but the tag and the name may be missing. Which texts there are says `museum.languages.reference`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from museum.languages.builtin import language_of_head
from museum.languages.language import Language
from museum.languages.lines import Lines
from museum.languages.plurals import OTHER, base_of, numbers_of
from museum.languages.reference import PlaceholderError, counted, known_places, places_of
from museum.languages.registry import text
from museum.languages.tags import canonical_tag

LARGEST = 4 << 20
_STRINGS = ("language", "name", "short", "locale", "direction", "comma", "space")
_LISTS = ("fallbacks", "also", "voices")
HEAD = (*_STRINGS, *_LISTS, "numbers", "texts")


@dataclass(frozen=True)
class Fault:
    """What is wrong at a line of a file; a `fatal` one keeps the language out. `values` fill the message for `code`."""

    path: Path
    line: int
    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    fatal: bool = False

    def say(self, language: str) -> str:
        """The fault in words: where, what, and what to do."""
        where = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{where}: {text(language, f'languages.fault-{self.code}', **self.values)}"


def read_language(path: Path) -> tuple[Language | None, list[Fault]]:
    """The language that a file describes, without those of its texts that cannot be used, and its faults; None where one is fatal."""
    reader = _Reader(path)
    return reader.read(), reader.faults


class _Reader:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines = Lines("")
        self._tag = ""
        self.faults: list[Fault] = []

    def _fault(self, line: int, code: str, fatal: bool = False, **values: object) -> None:
        self.faults.append(Fault(self._path, line, code, values, fatal))

    def read(self) -> Language | None:
        said = self._parse()
        if said is None:
            return None
        self._check_head(said)
        self._tag = str(said.get("language", ""))
        areas = self._areas(said.get("texts", {}))
        if any(fault.fatal for fault in self.faults):
            return None
        return language_of_head(said, areas, self._path)

    def _parse(self) -> dict[str, Any] | None:
        try:
            with self._path.open("rb") as file:
                body = file.read(LARGEST + 1)
        except OSError as error:
            return self._fault(0, "unreadable", True, reason=error.strerror or str(error))
        if len(body) > LARGEST:
            return self._fault(0, "large", True, most=f"{LARGEST >> 20} MB")
        try:
            content = body.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            return self._fault(body.count(b"\n", 0, error.start) + 1, "encoding", True)
        self._lines = Lines(content)
        try:
            said = json.loads(content)
            json.dumps(said, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            half = f"\\u{ord(error.object[error.start]):04x}"
            line = content.count("\n", 0, max(content.lower().find(half), 0)) + 1
            return self._fault(line, "half", True, half=half)
        except (ValueError, RecursionError) as error:
            # Beside what is no JSON, numbers so long that nobody means them.
            line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
            column = error.colno if isinstance(error, json.JSONDecodeError) else 1
            deep = "too deep" if isinstance(error, RecursionError) else "a number is too long"
            return self._fault(line, "syntax", True, column=column, reason=getattr(error, "msg", deep))
        if not isinstance(said, dict):
            return self._fault(1, "no-object", True)
        return said

    def _check_head(self, said: dict[str, Any]) -> None:
        for name in ("language", "name"):
            if name not in said:
                self._fault(1, "missing", True, name=name)
        for name, value in said.items():
            line = self._lines.of(name)
            if name in _STRINGS and not isinstance(value, str):
                self._fault(line, "no-text", True, name=name)
            elif name in ("language", "name") and not value.strip():
                self._fault(line, "missing", True, name=name)
            elif name in _LISTS and not (isinstance(value, list) and all(isinstance(one, str) for one in value)):
                self._fault(line, "no-list", True, name=name)
            elif name == "numbers" and not (
                isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
            ):
                self._fault(line, "no-texts", True, name=name)
            elif name not in HEAD:
                self._fault(line, "head-unknown", name=name, known=", ".join(HEAD))
        tag = said.get("language")
        if isinstance(tag, str) and tag.strip() and canonical_tag(tag) != tag:
            self._fault(self._lines.of("language"), "tag", True, tag=tag, wanted=canonical_tag(tag) or "fr, ja, pt-BR")
        if said.get("direction", "ltr") not in ("ltr", "rtl"):
            self._fault(self._lines.of("direction"), "direction", True)

    def _areas(self, said: Any) -> dict[str, dict[str, str]]:
        if not isinstance(said, dict):
            self._fault(self._lines.of("texts"), "no-texts", True, name="texts")
            return {}
        known, found = known_places(), dict[str, dict[str, str]]()
        for area, texts in said.items():
            if not isinstance(texts, dict):
                self._fault(self._lines.of("texts", area), "no-texts", True, name=area)
            elif area not in known:
                self._fault(self._lines.of("texts", area), "area-unknown", name=area, known=", ".join(known))
            else:
                found[area] = {
                    key: words for key, words in texts.items() if self._usable(area, key, words, known[area])
                }
        return found

    def _usable(self, area: str, key: str, words: Any, known: Mapping[str, frozenset[str]]) -> bool:
        """Whether a text can be shown: not whether it is all that it should be."""
        name = f"{area}.{key}"

        def refuse(code: str, **values: object) -> bool:
            line = self._lines.of("texts", area, key)
            self.faults.append(Fault(self._path, line, code, {"name": name, **values}))
            return False

        base, form = base_of(key)
        # Forms that no built-in language has.
        allowed = known.get(key) or (known.get(f"{base}.one") if base in counted()[area] else None)
        if allowed is None and key not in known:
            return refuse("key-unknown")
        if form not in (OTHER, "one") and form not in (forms := numbers_of(self._tag)):
            return refuse("form-unknown", form=form, known=", ".join((*forms, OTHER)))
        if not isinstance(words, str):
            return refuse("no-text")
        if not words.strip():
            return refuse("empty")
        try:
            places = places_of(words)
        except PlaceholderError:
            return refuse("braces")
        extra = sorted(places - (allowed or frozenset()))
        if extra:
            return refuse(
                "place-unknown",
                place=extra[0],
                known=", ".join(f"{{{one}}}" for one in sorted(allowed or ())) or "–",
            )
        return True
