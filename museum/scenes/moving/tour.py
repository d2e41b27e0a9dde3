"""A tour outside any museum: its records as snapshots that name one another by slug, its pictures as files, and what is missing of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from museum.curation.snapshots import ASSET, SHAPES, Shape, Snapshot, key_of, needs

LOCAL_OPTIONS = frozenset({"dismissed"})
"""Options of assets that say what a curator of one museum has done with them."""
BARE = "state"
"""What a tour says of a record without its being a part of what the record is: whoever takes it in decides about publishing."""


@dataclass(frozen=True)
class TourFile:
    """A file of a tour; `role` as in AssetOriginal or AssetBlob. `digest` is empty where nobody has stated one."""

    path: Path
    role: str
    media_type: str = ""
    filename: str = ""
    digest: str = ""
    bytes: int = 0


@dataclass(frozen=True)
class Ready:
    """What has been made of an asset already: its main digest, its info, its files by role."""

    digest: str
    info: dict[str, Any]
    files: list[TourFile]


@dataclass(frozen=True)
class TourAsset:
    """A panorama, picture or model: what it was made of, what was made of it, or both."""

    kind: str
    options: dict[str, Any]
    originals: list[TourFile]
    ready: Ready | None = None


@dataclass(frozen=True)
class LeftOut:
    """Something that does not come along: `code` has a text `moving.left-{code}`; `where` is what it belongs to. Among its
    values `because` may be the refusal that was the reason."""

    code: str
    where: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass
class Tour:
    """`records` by kind and slug; in them assets go by their keys in `assets`. `origin` tells one tour from another, and is the same
    whenever the same one comes again."""

    origin: str
    format: str
    records: dict[str, dict[str, Snapshot]] = field(default_factory=dict)
    assets: dict[str, TourAsset] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)


def origin_of(*words: str) -> str:
    """Sixteen digits from whatever tells a tour from others."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


def asset_key(kind: str, options: Mapping[str, Any], originals: Iterable[tuple[str, str]], digest: str) -> str:
    """What an asset is called outside a database: from (role, digest) of its originals, or where it has none from what was made."""
    own = {name: value for name, value in options.items() if name not in LOCAL_OPTIONS}
    said = msgspec.json.encode([kind, own, list(originals) or digest], order="deterministic")
    return f"{kind}-{hashlib.sha256(said).hexdigest()[:24]}"


def references(shape: Shape, snapshot: Snapshot) -> Iterable[tuple[str, Any]]:
    """(kind, name) of every record that a snapshot leads to."""
    for column, kind in shape.references.items():
        if snapshot.get(key_of(column)) is not None:
            yield kind, snapshot[key_of(column)]
    for name, part in shape.parts.items():
        for one in snapshot.get(name, ()):
            yield from references(part, one)


def renamed(shape: Shape, snapshot: Snapshot, names: Mapping[tuple[str, Any], Any]) -> Snapshot:
    """The same with what it leads to under other names, parts without numbers."""
    made = {name: value for name, value in snapshot.items() if name != "id"}
    for column, kind in shape.references.items():
        named = made.get(key_of(column))
        if named is not None:
            made[key_of(column)] = names.get((kind, named), named)
    for name, part in shape.parts.items():
        made[name] = [renamed(part, one, names) for one in snapshot.get(name, ())]
    return made


def pruned(
    shape: Shape, snapshot: Snapshot, there: set[tuple[str, Any]], lost: list[tuple[str, Any]]
) -> Snapshot | None:
    """The same without what is not `there`: an empty reference, or no part at all where the part is nothing without it. What is gone is
    noted in `lost`; None where the record itself can't be without."""
    made = dict(snapshot)
    for column, kind in shape.references.items():
        named = made.get(key_of(column))
        if named is not None and (kind, named) not in there:
            lost.append((kind, named))
            if needs(shape, column):
                return None
            made[key_of(column)] = None
    for name, part in shape.parts.items():
        found = (pruned(part, one, there, lost) for one in snapshot.get(name, ()))
        made[name] = [one for one in found if one is not None]
    return made


def completed(shape: Shape, snapshot: Snapshot) -> Snapshot:
    """The same with all that a record or part of its kind has, in the order of its shape: defaults for what is not said."""
    made: Snapshot = {name: snapshot.get(name, _default(shape, name)) for name in shape.plain}
    made |= {key_of(column): snapshot.get(key_of(column)) for column in shape.references}
    if shape.text is not None:
        made["texts"] = snapshot.get("texts", {})
    for name, part in shape.parts.items():
        made[name] = [completed(part, one) for one in snapshot.get(name, ())]
    return made


def _default(shape: Shape, name: str) -> Any:
    if name == BARE:
        return "draft"
    default = shape.record.__table__.c[name].default
    if default is None:
        return None
    return default.arg if default.is_scalar else default.arg(None)


def texts_of(**fields: Mapping[str, str]) -> dict[str, dict[str, list[str]]]:
    """Texts as snapshots have them, without those that are empty."""
    made = {
        name: {language: [words, "source"] for language, words in values.items() if words}
        for name, values in fields.items()
    }
    return {name: values for name, values in made.items() if values}


def all_files(asset: TourAsset) -> list[TourFile]:
    """Originals and what was made of them."""
    return [*asset.originals, *(asset.ready.files if asset.ready else [])]


def add_record(tour: Tour, kind: str, slug: str, snapshot: Snapshot) -> Snapshot:
    """Put a record into a tour, completed."""
    made = completed(SHAPES[kind], snapshot)
    tour.records.setdefault(kind, {})[slug] = made
    return made


__all__ = ["ASSET", "LeftOut", "Ready", "Tour", "TourAsset", "TourFile"]
