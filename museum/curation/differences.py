"""What differs between two snapshots of a record, and putting together what two people did to one. Pure.

A snapshot is laid flat into leaves, each at a path: `("north",)`, `("texts", "title", "en")`, `("links", "5", "yaw")`. Parts of a record
are told apart by their numbers, not by where they stand, so that a moved one is a moved one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from museum.curation.snapshots import Shape, Snapshot

Path = tuple[str, ...]
Leaves = dict[Path, Any]
_ABSENT = object()


@dataclass(frozen=True)
class Change:
    """A leaf, or with a path that ends in a part's number a whole part, that is not the same; None where it is absent."""

    path: Path
    before: Any
    after: Any


def flatten(shape: Shape, snapshot: Snapshot) -> Leaves:
    """The leaves of a snapshot by path. A text is one leaf, `[value, state]`."""
    leaves: Leaves = {}
    _flatten(shape, snapshot, (), leaves)
    return leaves


def _flatten(shape: Shape, snapshot: Snapshot, at: Path, leaves: Leaves) -> None:
    for name, value in snapshot.items():
        if name == "texts":
            for field, texts in value.items():
                for language, text in texts.items():
                    leaves[(*at, "texts", field, language)] = text
        elif name in shape.parts:
            for one in value:
                _flatten(shape.parts[name], one, (*at, name, str(one["id"])), leaves)
        else:
            leaves[(*at, name)] = value


def unflatten(shape: Shape, leaves: Mapping[Path, Any]) -> Snapshot:
    """The snapshot that has these leaves; parts stand in the order of their positions."""
    made: Snapshot = {path[0]: value for path, value in leaves.items() if len(path) == 1}
    if shape.text is not None:
        made["texts"] = {}
    groups: dict[str, dict[str, Leaves]] = {name: {} for name in shape.parts}
    for path, value in leaves.items():
        if len(path) == 1:
            continue
        if path[0] == "texts":
            made["texts"].setdefault(path[1], {})[path[2]] = value
        else:
            groups[path[0]].setdefault(path[1], {})[path[2:]] = value
    for name, part in shape.parts.items():
        found = [unflatten(part, group) for group in groups[name].values()]
        made[name] = sorted(found, key=lambda one: (one["position"], one["id"]))
    return made


def compare(shape: Shape, before: Snapshot, after: Snapshot) -> list[Change]:
    """What `after` has otherwise than `before`, in the order of the shape. A part that is new or gone is one change, not one for each
    of its leaves; one that went and came back under another number, as restoring may do, is none."""
    return list(_compare(shape, before, after, ()))


def _compare(shape: Shape, before: Snapshot, after: Snapshot, at: Path) -> list[Change]:
    old, new = flatten_own(shape, before), flatten_own(shape, after)
    paths = [*old, *(path for path in new if path not in old)]
    changes = [Change((*at, *path), old.get(path), new.get(path)) for path in paths if old.get(path) != new.get(path)]
    for name, part in shape.parts.items():
        if before.get(name) == after.get(name):
            continue
        was = {one["id"]: one for one in before.get(name, ())}
        now = {one["id"]: one for one in after.get(name, ())}
        gone = {number: one for number, one in was.items() if number not in now}
        come = {number: one for number, one in now.items() if number not in was}
        for number, one in list(gone.items()):
            same = next((other for other, two in come.items() if _content(one) == _content(two)), None)
            if same is not None:
                del gone[number], come[same]
        for number, one in was.items():
            if number in now:
                changes += _compare(part, one, now[number], (*at, name, str(number)))
            elif number in gone:
                changes.append(Change((*at, name, str(number)), one, None))
        changes += [Change((*at, name, str(number)), None, one) for number, one in come.items()]
    return changes


def flatten_own(shape: Shape, snapshot: Snapshot) -> Leaves:
    """The leaves of a snapshot without those of its parts."""
    own = {name: value for name, value in snapshot.items() if name not in shape.parts}
    return flatten(shape, own)


def _content(value: Any) -> Any:
    """A part without the numbers of it and its parts."""
    if isinstance(value, dict):
        return {name: _content(one) for name, one in value.items() if name != "id"}
    return [_content(one) for one in value] if isinstance(value, list) else value


@dataclass(frozen=True)
class Merged:
    """What came of a merge. At `contested` paths both sides changed the same thing otherwise; there `theirs` stands."""

    snapshot: Snapshot
    contested: list[Path]


def merge(shape: Shape, base: Snapshot, mine: Snapshot, theirs: Snapshot) -> Merged:
    """What `mine` changed of `base`, done to `theirs` too."""
    old, own, other = (flatten(shape, one) for one in (base, mine, theirs))
    merged = dict(other)
    contested: list[Path] = []
    for path in {**old, **own}:
        wanted, was, now = own.get(path, _ABSENT), old.get(path, _ABSENT), other.get(path, _ABSENT)
        if wanted == was:
            continue
        if now not in (was, wanted):
            contested.append(path)
        elif wanted is _ABSENT:
            merged.pop(path, None)
        else:
            merged[path] = wanted
    owners = {path[:end] for path in [*merged, *contested] for end in range(2, len(path))}
    for owner in owners:
        if not _is_part(shape, owner) or (*owner, "id") in merged:
            continue
        # One side removed the part, the other changed it: the change is contested, and what they have stands.
        halves = _below(merged, owner)
        merged = {path: value for path, value in merged.items() if path not in halves} | _below(other, owner)
        if halves:
            contested.append((*owner, "id"))
    return Merged(unflatten(shape, merged), sorted(set(contested)))


def _below(leaves: Leaves, owner: Path) -> Leaves:
    return {path: value for path, value in leaves.items() if path[: len(owner)] == owner}


def _is_part(shape: Shape, path: Path) -> bool:
    """Whether `path` ends in the number of a part."""
    while path:
        if path[0] not in shape.parts or len(path) < 2:
            return False
        shape, path = shape.parts[path[0]], path[2:]
    return True
