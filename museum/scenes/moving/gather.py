"""A tour out of the database: halls, all that is in them, and all that opens from there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from museum.assets.models import Asset, AssetBlob, AssetOriginal, Original
from museum.collection.models import Image, Model
from museum.curation import snapshot_rows
from museum.curation.models import WorkingCopy
from museum.curation.snapshots import SHAPES, Snapshot
from museum.scenes.models import Place, Scene, Venue
from museum.scenes.moving.tour import (
    ASSET,
    LOCAL_OPTIONS,
    LeftOut,
    Ready,
    Tour,
    TourAsset,
    TourFile,
    add_record,
    asset_key,
    origin_of,
    pruned,
    references,
    renamed,
)

OPENED = ("artifact", "image", "model", "exhibition")
"""Kinds that come along because something opens them."""
AROUND = ("activity", "tour")
"""Kinds that come along because they lead only to scenes that do."""


class Gathering:
    """What has been found so far. `published` leaves out whatever visitors don't see."""

    def __init__(self, connection: Connection, *, published: bool) -> None:
        self._connection = connection
        self._published = published
        self._copies = {
            (row.kind, row.copy_slug) for row in connection.execute(select(WorkingCopy.kind, WorkingCopy.copy_slug))
        }
        self.found: dict[str, dict[str, Snapshot]] = {kind: {} for kind in SHAPES}

    def ids(self, kind: str, condition: Any = None) -> list[int]:
        """Of the records of a kind that may come along."""
        table = SHAPES[kind].record.__table__
        query = select(table.c.id, table.c.slug)
        if condition is not None:
            query = query.where(condition)
        if self._published:
            query = query.where(table.c.state == "published")
        return [row.id for row in self._connection.execute(query) if (kind, row.slug) not in self._copies]

    def take(self, kind: str, ids: Collection[int]) -> None:
        """Take records in, with all that they open."""
        wanted: dict[str, set[Any]] = {}
        taken = snapshot_rows.read(self._connection, kind, ids)
        for kept in taken.values():
            self.found[kind][kept.slug] = kept.snapshot
            for other, named in references(SHAPES[kind], kept.snapshot):
                if other in OPENED and named not in self.found[other]:
                    wanted.setdefault(other, set()).add(named)
        for other, slugs in wanted.items():
            table = SHAPES[other].record.__table__
            for some in _some(sorted(slugs - self.found[other].keys())):
                self.take(other, self.ids(other, table.c.slug.in_(some)))
        if kind == "artifact":
            # What shows an artifact belongs to it, wherever it hangs.
            for other, record in (("image", Image), ("model", Model)):
                for some in _some(sorted(taken)):
                    known = self.found[other]
                    rows = self._connection.execute(
                        select(record.id, record.slug).where(record.artifact_id.in_(some))
                    ).all()
                    fresh = [row.id for row in rows if row.slug not in known]
                    self.take(other, self.ids(other, record.__table__.c.id.in_(fresh)))

    def take_around(self) -> None:
        """Take in guided tours and activities that lead through scenes, if they lead through none but those that are here."""
        scenes = self.found["scene"]
        for kind in AROUND:
            chosen: list[int] = []
            ids = self.ids(kind)
            for number, kept in snapshot_rows.read(self._connection, kind, ids).items():
                through = {named for other, named in references(SHAPES[kind], kept.snapshot) if other == "scene"}
                if through and through <= scenes.keys():
                    chosen.append(number)
            self.take(kind, chosen)


def _some(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    for start in range(0, len(values), snapshot_rows.TOGETHER):
        yield values[start : start + snapshot_rows.TOGETHER]


def gather(connection: Connection, venues: Sequence[str] = (), *, published: bool = False) -> Tour:
    """The tour through the halls with these slugs, all where none are named. Its files have no paths yet, but digests. Raises LookupError
    with a slug that no hall has."""
    gathering = Gathering(connection, published=published)
    halls = gathering.ids("venue", Venue.__table__.c.slug.in_(venues) if venues else None)
    gathering.take("venue", halls)
    missing = [slug for slug in venues if slug not in gathering.found["venue"]]
    if missing:
        raise LookupError(missing[0])
    for kind, record in (("place", Place), ("scene", Scene)):
        for some in _some(halls):
            gathering.take(kind, gathering.ids(kind, record.__table__.c.venue_id.in_(some)))
    gathering.take_around()
    tour = Tour(origin_of(*sorted(gathering.found["venue"])), "museum")
    _settle(connection, gathering.found, tour)
    return tour


def _settle(connection: Connection, found: dict[str, dict[str, Snapshot]], tour: Tour) -> None:
    """Put into the tour what was found, without what leads out of it."""
    numbers = {
        named
        for kind, records in found.items()
        for snapshot in records.values()
        for other, named in references(SHAPES[kind], snapshot)
        if other == ASSET
    }
    keys = assets_of(connection, numbers, tour)
    there: set[tuple[str, Any]] = {(kind, slug) for kind, records in found.items() for slug in records}
    there |= {(ASSET, number) for number in keys}
    names = {(ASSET, number): key for number, key in keys.items()}
    for kind, shape in SHAPES.items():
        for slug, snapshot in sorted(found[kind].items()):
            lost: list[tuple[str, Any]] = []
            kept = pruned(shape, snapshot, there, lost)
            tour.left_out += [
                LeftOut(
                    "asset" if other == ASSET else "reference", f"{kind} {slug}", {"kind": other, "name": str(named)}
                )
                for other, named in lost
            ]
            if kept is not None:
                add_record(tour, kind, slug, renamed(shape, kept, names))


def assets_of(connection: Connection, numbers: set[int], tour: Tour) -> dict[int, str]:
    """Keys by number, of the assets that have files to go by."""
    keys: dict[int, str] = {}
    for some in _some(sorted(numbers)):
        originals: dict[int, list[TourFile]] = {}
        query = (
            select(AssetOriginal.asset_id, AssetOriginal.role, Original)
            .join(Original, Original.id == AssetOriginal.original_id)
            .where(AssetOriginal.asset_id.in_(some))
            .order_by(AssetOriginal.asset_id, AssetOriginal.position)
        )
        for row in connection.execute(query).mappings():
            file = TourFile(Path(), row["role"], row["media_type"], row["filename"], row["digest"], row["bytes"])
            originals.setdefault(row["asset_id"], []).append(file)
        blobs: dict[int, list[TourFile]] = {}
        for row in connection.execute(
            select(AssetBlob.__table__).where(AssetBlob.asset_id.in_(some)).order_by(AssetBlob.asset_id, AssetBlob.role)
        ).mappings():
            file = TourFile(Path(), row["role"], row["media_type"], "", row["digest"], row["bytes"])
            blobs.setdefault(row["asset_id"], []).append(file)
        for row in connection.execute(select(Asset.__table__).where(Asset.id.in_(some))).mappings():
            asset = _asset(row, originals.get(row["id"], []), blobs.get(row["id"], []))
            if asset is None:
                continue
            said = [(file.role, file.digest) for file in asset.originals]
            key = asset_key(asset.kind, asset.options, said, asset.ready.digest if asset.ready else "")
            keys[row["id"]] = key
            if key not in tour.assets or tour.assets[key].ready is None:
                tour.assets[key] = asset
    return keys


def _asset(row: Any, originals: list[TourFile], blobs: list[TourFile]) -> TourAsset | None:
    whole = row["state"] == "ready" and any(blob.digest == row["digest"] for blob in blobs)
    if not whole and not originals:
        return None
    options = {name: value for name, value in row["options"].items() if name not in LOCAL_OPTIONS}
    ready = Ready(row["digest"], row["info"], blobs) if whole else None
    return TourAsset(row["kind"], options, originals, ready)
