"""What visitors may see, in parts for the maps that search engines read: a part holds the records of a range of ids.

Ranges rather than pages of a list: a part is found by its index however many records lie before it, and a new record changes the
last part alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from museum.assets.models import Asset
from museum.collection.models import Image
from museum.collection.records_query import KINDS
from museum.curation.visibility import image_is_visible

IDS = 2000
"""Ids to a part: with the pictures of artifacts well below the 50,000 addresses and 50 MB that the protocol allows."""
PICTURES = 50
"""Pictures of one artifact that are named."""


class Part(NamedTuple):
    """Records of `kind` with ids from `number` × IDS on; `changed` is when the last of them did."""

    kind: str
    number: int
    changed: datetime


class Seen(NamedTuple):
    """A picture that a page shows: image `slug` of `width` × `height` pixels."""

    slug: str
    width: int
    height: int


class Entry(NamedTuple):
    """A record with a page of its own."""

    slug: str
    changed: datetime
    pictures: list[Seen]


def list_parts(connection: Connection) -> list[Part]:
    """All parts that hold something visible."""
    parts: list[Part] = []
    for kind, listed in KINDS.items():
        number = (listed.record.id // IDS).label("number")
        rows = connection.execute(
            select(number, func.max(listed.record.updated_at)).where(listed.visible()).group_by(number).order_by(number)
        )
        parts += [Part(kind, int(row[0]), row[1]) for row in rows]
    return parts


def read_part(connection: Connection, kind: str, number: int) -> list[Entry]:
    """The visible records of a part, none where there is no such part."""
    listed = KINDS[kind]
    record = listed.record
    within = record.id.between(number * IDS, (number + 1) * IDS - 1)
    rows = connection.execute(
        select(record.id, record.slug, record.updated_at).where(within, listed.visible()).order_by(record.id)
    ).all()
    pictures: dict[int, list[Seen]] = {}
    if kind in ("images", "artifacts"):
        owner = Image.id if kind == "images" else Image.artifact_id
        pictures = _pictures(connection, owner, number * IDS, (number + 1) * IDS - 1)
    return [Entry(row.slug, row.updated_at, pictures.get(row.id, [])[:PICTURES]) for row in rows]


def _pictures(connection: Connection, owner: Any, first: int, last: int) -> dict[int, list[Seen]]:
    """Visible images by the id of what shows them: themselves, or their artifact."""
    rows: Iterable[Any] = connection.execute(
        select(owner.label("owner"), Image.slug, Asset.info)
        .select_from(Image)
        .join(Asset, Asset.id == Image.asset_id)
        .where(owner.between(first, last), image_is_visible())
        .order_by(Image.position, Image.id)
    )
    found: dict[int, list[Seen]] = {}
    for row in rows:
        seen = Seen(row.slug, int(row.info.get("width", 0)), int(row.info.get("height", 0)))
        found.setdefault(row.owner, []).append(seen)
    return found
