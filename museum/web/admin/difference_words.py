"""Differences between two snapshots in words: a line for each field and language, with what was taken out and put in marked."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from markupsafe import Markup, escape

from museum.curation.bearers import BEARERS
from museum.curation.differences import Change
from museum.curation.snapshots import ASSET, SHAPES, Shape, Snapshot, key_of
from museum.database.texts import pick
from museum.languages import LANGUAGES, language_named
from museum.web.admin.pages import say
from museum.web.language import has_text

Titles = Mapping[tuple[str, str], Mapping[str, str]]
"""Titles in languages of records by (kind, slug); of an asset the file's name, by its number."""

ANGLES = frozenset({"yaw", "pitch", "north", "fov", "turned"})
WORDS = {"kind": ("hotspot", "link", "kind", "history.step"), "state": ("state",), "grade": ("pages.grade",)}
ALIKE = 0.4
"""Share of two texts that must be the same for marking what is not: else they are just two texts."""
GROUPS = {
    "initial_": "admin.first-view",
    "level_": "admin.level",
    "plan_": "history.column-plan",
    "year_": "admin.year",
}
"""Columns that say one thing together, by what their names begin with."""
_TOKENS = re.compile(r"[㐀-鿿]|\w+|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Line:
    """One difference. `part` names the part of the record that it is in, empty for the record itself; `outcome` is changed, added or
    removed."""

    part: str
    label: str
    language: str | None
    before: Markup
    after: Markup
    outcome: str


def field_name(request: web.Request, name: str) -> str:
    """What a column, field or kind of part is called."""
    for key in (f"history.column-{name}", f"admin.field-{name}", f"admin.{name}"):
        if has_text(key):
            return say(request, key)
    return name


def text_name(request: web.Request, name: str) -> str:
    """What a text is called, one of several as `answer-2` by its number."""
    if name.startswith("answer-"):
        return say(request, "answer-number", number=name.removeprefix("answer-"))
    return say(request, "history.column-room") if name.startswith("room-") else field_name(request, name)


def bearer_word(request: web.Request, name: str) -> str:
    """What one of what bears texts is called: a kind of record, or a part."""
    bearer = BEARERS[name]
    return say(request, f"history.part-{bearer.part}" if bearer.part else f"history.kind-{bearer.kind}")


def bearer_name(request: web.Request, name: str) -> str:
    """The same, of a part with the kind of its record."""
    bearer, word = BEARERS[name], bearer_word(request, name)
    return f"{say(request, f'history.kind-{bearer.kind}')} · {word}" if bearer.part else word


def fields_changed(request: web.Request, paths: Iterable[str]) -> str:
    """The fields at dotted paths, each named once."""
    keys = (path.split(".") for path in paths)
    names = dict.fromkeys(_group_name(request, key[1] if key[0] == "texts" else key[0]) for key in keys)
    return say(request, "history.comma").join(names)


def _group_name(request: web.Request, name: str) -> str:
    key = next((key for prefix, key in GROUPS.items() if name.startswith(prefix)), None)
    return say(request, key) if key else field_name(request, name)


def refers_to(kind: str, snapshots: Iterable[Snapshot]) -> set[tuple[str, str]]:
    """(kind, slug) of all that the snapshots name."""
    found: set[tuple[str, str]] = set()
    for snapshot in snapshots:
        _collect(SHAPES[kind], snapshot, found)
    return found


def _collect(shape: Shape, snapshot: Snapshot, found: set[tuple[str, str]]) -> None:
    for column, kind in shape.references.items():
        if snapshot.get(key_of(column)) is not None:
            found.add((kind, str(snapshot[key_of(column)])))
    for name, part in shape.parts.items():
        for one in snapshot.get(name, ()):
            _collect(part, one, found)


class Teller:
    """Says differences between two snapshots of a record of `kind` in the language of `request`."""

    def __init__(self, request: web.Request, kind: str, before: Snapshot, after: Snapshot, titles: Titles) -> None:
        self._request = request
        self._kind = kind
        self._sides = (before, after)
        self._titles = titles

    def lines(self, changes: Iterable[Change]) -> list[Line]:
        """A line for each change, the record's own before those of its parts."""
        parts = SHAPES[self._kind].parts
        return [self._line(one) for one in sorted(changes, key=lambda one: (one.path[0] in parts, *_rank(one)))]

    def _line(self, change: Change) -> Line:
        shape, part, rest = SHAPES[self._kind], "", list(change.path)
        while len(rest) > 1 and rest[0] in shape.parts:
            name, shape, rest = rest[0], shape.parts[rest[0]], rest[2:]
            part = self._part(change.path[: len(change.path) - len(rest)], name, shape)
        if not rest:
            return self._part_line(part, shape, change)
        if rest[0] == "texts":
            return self._text_line(part, rest[1], rest[2], change)
        before, after = (self._value(shape, rest[0], value) for value in (change.before, change.after))
        if isinstance(change.before, (dict, list)) and isinstance(change.after, (dict, list)):
            before, after = Markup("…"), escape(say(self._request, "history.value-changed"))
        return Line(
            part, field_name(self._request, rest[0]), None, before, after, _outcome(change.before, change.after)
        )

    def _part_line(self, part: str, shape: Shape, change: Change) -> Line:
        outcome = "added" if change.before is None else "removed"
        whole = self._whole(shape, change.after if change.before is None else change.before)
        before, after = (Markup(), whole) if outcome == "added" else (whole, Markup())
        return Line(part, say(self._request, f"history.part-{outcome}"), None, before, after, outcome)

    def _text_line(self, part: str, field: str, language: str, change: Change) -> Line:
        label = f"{field_name(self._request, field)} ({language_named(language).name if language in LANGUAGES else language})"
        before, after = change.before or ["", ""], change.after or ["", ""]
        if before[0] == after[0]:
            was, now = (escape(say(self._request, f"history.text-{side[1]}")) for side in (before, after))
            return Line(part, label, None, was, now, "changed")
        return Line(part, label, language, *marked(before[0], after[0]), _outcome(before[0], after[0]))

    def _value(self, shape: Shape, name: str, value: Any) -> Markup:
        if value is None or value == "":
            return Markup("–")
        kind = next((kind for column, kind in shape.references.items() if key_of(column) == name), None)
        if kind is not None:
            return escape(self._title(kind, value))
        for prefix in WORDS.get(name, ()):
            key = f"{prefix}-{value}" if "." in prefix else f"admin.{prefix}-{value}"
            if has_text(key):
                return escape(say(self._request, key))
        if isinstance(value, float):
            angle = name in ANGLES or name.endswith(("_yaw", "_pitch", "_roll", "_fov"))
            return escape(f"{round(value, 2):g}°" if angle else f"{round(value, 3):g}")
        if isinstance(value, (dict, list)):
            return escape(say(self._request, "history.value-drawn"))
        return escape(value)

    def _title(self, kind: str, value: Any) -> str:
        found = self._titles.get((kind, str(value)), {})
        title = pick(found, self._request["language"])
        return title or (f"#{value}" if kind == ASSET else str(value))

    def _part(self, path: tuple[str, ...], name: str, shape: Shape) -> str:
        """A part by what it is and leads to: `Hotspot “Vase”`."""
        found = next((one for side in reversed(self._sides) if (one := _find(side, path))), None)
        return f"{say(self._request, f'history.part-{name}')} {self._name(shape, found or {})}".strip()

    def _name(self, shape: Shape, part: Snapshot) -> str:
        own = {language: text[0] for language, text in part.get("texts", {}).get("title", {}).items()}
        title = pick(own, self._request["language"])
        for column, kind in shape.references.items():
            if not title and part.get(key_of(column)) is not None:
                title = self._title(kind, part[key_of(column)])
        title = title or part.get("target_url") or part.get("url") or ""
        return say(self._request, "history.quoted", words=title) if title else ""

    def _whole(self, shape: Shape, part: Snapshot) -> Markup:
        """What a part that came or went was, in a few words."""
        said = [self._name(shape, part)]
        if "kind" in part:
            said.insert(0, str(self._value(shape, "kind", part["kind"])))
        if "yaw" in part:
            said.append(f"{part['yaw']:.1f}°, {part['pitch']:.1f}°")
        return escape(" · ".join(one for one in said if one))


def _find(snapshot: Snapshot, path: tuple[str, ...]) -> Snapshot | None:
    found: Any = snapshot
    for name, number in zip(path[::2], path[1::2], strict=True):
        found = next((one for one in (found or {}).get(name, ()) if str(one["id"]) == number), None)
    return found


def _rank(change: Change) -> tuple[bool, tuple[str, ...]]:
    return change.path[0] != "texts", change.path


def _outcome(before: Any, after: Any) -> str:
    if before in (None, ""):
        return "added"
    return "removed" if after in (None, "") else "changed"


def marked(before: str, after: str) -> tuple[Markup, Markup]:
    """Both texts, with `<del>` around what only the first has and `<ins>` around what only the second has; Han text is compared by
    character, other by word."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    left, right = Markup(), Markup()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        old, new = [before], [after]
        matcher.set_seqs(old, new)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        first, second = "".join(old[start:end]), "".join(new[other_start:other_end])
        if tag == "equal":
            left, right = left + first, right + second
            continue
        left += Markup("<del>{}</del>").format(first) if first else ""
        right += Markup("<ins>{}</ins>").format(second) if second else ""
    return left, right
