"""What each record of a tour is called in this museum: the one that came with it before, or one that is the same, or a free slug."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, or_, select

from museum.assets.models import Asset, AssetOriginal, Original
from museum.collection.models import Artifact
from museum.curation import snapshot_rows
from museum.curation.differences import compare
from museum.curation.models import Revision
from museum.curation.snapshots import ASSET, SHAPES, Shape, Snapshot
from museum.scenes.moving.gather import assets_of
from museum.scenes.moving.tour import BARE, Tour, references, renamed

Name = tuple[str, Any]
LONGEST = 100


@dataclass
class Here:
    """`names` are what records and assets of the tour are called here; `present` are those that are here already, as tours have them;
    `ids` are their numbers."""

    names: dict[Name, Any] = field(default_factory=dict)
    present: dict[Name, Snapshot] = field(default_factory=dict)
    ids: dict[Name, int] = field(default_factory=dict)


def assets_here(connection: Connection, digests: Sequence[str]) -> dict[str, int]:
    """Numbers of assets that were made of, or are, files with these digests, by key; none that failed."""
    found: dict[str, int] = {}
    for some in _some(digests):
        query = (
            select(Asset.id)
            .outerjoin(AssetOriginal, AssetOriginal.asset_id == Asset.id)
            .outerjoin(Original, Original.id == AssetOriginal.original_id)
            .where(or_(Original.digest.in_(some), Asset.digest.in_(some)), Asset.state != "failed")
        )
        keys = assets_of(connection, set(connection.scalars(query)), Tour("", ""))
        found |= {key: number for number, key in sorted(keys.items(), reverse=True)}
    return found


def name_records(connection: Connection, tour: Tour, assets: Mapping[Name, str]) -> Here:
    """Find a name for every record. `assets` are the keys of the tour's assets here."""
    here = Here(dict(assets))
    own = f"-{tour.origin[:6]}"
    imported = _imported(connection, tour)
    for kind, records in tour.records.items():
        _read(connection, kind, [*records, *(slug[:LONGEST] + own for slug in records)], here)
    numbers = _by_number(connection, tour)
    akin = _akin(tour, here)
    for kind, records in tour.records.items():
        for slug, snapshot in records.items():
            other = slug[:LONGEST] + own
            same = (kind, slug) in here.present and (
                (kind, slug) in imported
                or (akin and not imported)
                or not differing(SHAPES[kind], here.present[kind, slug], renamed(SHAPES[kind], snapshot, assets))
            )
            free = not {(kind, slug), (kind, other)} & here.present.keys()
            name = slug if same or free else other
            if kind == "artifact" and (kind, name) not in here.present and snapshot["accession_number"] in numbers:
                name = numbers[snapshot["accession_number"]]
                _read(connection, kind, [name], here)
            here.names[kind, slug] = name
    return here


def differing(shape: Shape, present: Snapshot, wanted: Snapshot) -> list[str]:
    """Paths of what differs between two snapshots without numbers, whether visitors see them apart."""
    changes = compare(shape, _indexed(shape, present), _indexed(shape, wanted))
    return [".".join(change.path) for change in changes if change.path != (BARE,)]


def _indexed(shape: Shape, snapshot: Snapshot) -> Snapshot:
    made = dict(snapshot)
    for name, part in shape.parts.items():
        made[name] = [{**_indexed(part, one), "id": number} for number, one in enumerate(snapshot.get(name, ()))]
    return made


def _read(connection: Connection, kind: str, slugs: Sequence[str], here: Here) -> None:
    """Note those records of a kind that are here."""
    shape = SHAPES[kind]
    table = shape.record.__table__
    for some in _some(sorted(set(slugs))):
        ids = {
            row.id: row.slug
            for row in connection.execute(select(table.c.id, table.c.slug).where(table.c.slug.in_(some)))
        }
        kept = snapshot_rows.read(connection, kind, ids.keys())
        numbers = {named for one in kept.values() for other, named in references(shape, one.snapshot) if other == ASSET}
        keys = {(ASSET, number): key for number, key in assets_of(connection, numbers, Tour("", "")).items()}
        for number, one in kept.items():
            here.ids[kind, one.slug] = number
            here.present[kind, one.slug] = renamed(shape, one.snapshot, keys)


def _imported(connection: Connection, tour: Tour) -> set[Name]:
    """The records that this tour made here when it came before."""
    query = select(Revision.kind, Revision.slug).where(
        Revision.act.startswith(tour.origin, autoescape=True), Revision.action == "made"
    )
    return {(row.kind, row.slug) for row in connection.execute(query)}


def _akin(tour: Tour, here: Here) -> bool:
    """Whether the tour was taken out of this museum, as far as that shows: one of its halls has a scene of the same name here."""
    return any(
        here.present["scene", slug]["venue"] == snapshot["venue"]
        for slug, snapshot in tour.records.get("scene", {}).items()
        if ("scene", slug) in here.present
    )


def _by_number(connection: Connection, tour: Tour) -> dict[str, str]:
    """Slugs of artifacts here by those accession numbers that the tour has too."""
    wanted = [snapshot["accession_number"] for snapshot in tour.records.get("artifact", {}).values()]
    found: dict[str, str] = {}
    for some in _some(wanted):
        rows = connection.execute(
            select(Artifact.accession_number, Artifact.slug).where(Artifact.accession_number.in_(some))
        )
        found.update({row.accession_number: row.slug for row in rows})
    return found


def _some(values: Sequence[str]) -> Iterable[Sequence[str]]:
    for start in range(0, len(values), snapshot_rows.TOGETHER):
        yield values[start : start + snapshot_rows.TOGETHER]
