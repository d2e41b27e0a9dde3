"""Titles and descriptions of many records of many kinds, in one query."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Select, bindparam, literal_column, select, union_all

from museum.collection.models import ArtifactText, ExhibitionText, ImageText, ModelText
from museum.scenes.models import FloorText, HotspotText, LinkText, PlaceText, SceneText, VenueText

TextsById = dict[tuple[str, int], dict[str, dict[str, str]]]
"""`{(kind, id): {field: {language: value}}}`."""

_TABLES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "venue": (VenueText.__table__, ("title",)),
    "floor": (FloorText.__table__, ("title",)),
    "place": (PlaceText.__table__, ("title",)),
    "scene": (SceneText.__table__, ("title", "description")),
    "link": (LinkText.__table__, ("title",)),
    "hotspot": (HotspotText.__table__, ("title", "description", "captions")),
    "artifact": (ArtifactText.__table__, ("title",)),
    "image": (ImageText.__table__, ("title",)),
    "model": (ModelText.__table__, ("title",)),
    "exhibition": (ExhibitionText.__table__, ("title",)),
}


def read_texts(connection: Connection, wanted: Mapping[str, set[int]]) -> TextsById:
    """Texts of the records in `wanted`, ids by kind; records without texts are absent."""
    found: TextsById = {}
    ids = {kind: list(numbers) for kind, numbers in wanted.items() if numbers}
    if not ids:
        return found
    for kind, number, field, language, value in connection.execute(_statement(tuple(sorted(ids))), ids):
        found.setdefault((kind, number), {}).setdefault(field, {})[language] = value
    return found


@cache
def _statement(kinds: tuple[str, ...]) -> CompoundSelect[*tuple[Any, ...]]:
    return union_all(*(_texts_of(kind) for kind in kinds))


def _texts_of(kind: str) -> Select[*tuple[Any, ...]]:
    table, fields = _TABLES[kind]
    return select(
        literal_column(f"'{kind}'").label("kind"), table.c.record_id, table.c.field, table.c.language, table.c.value
    ).where(table.c.record_id.in_(bindparam(kind, expanding=True)), table.c.field.in_(fields))


def way_title(
    kind: str, own: dict[str, str], scene: dict[str, str], venue: dict[str, str], same_venue: bool
) -> dict[str, str]:
    """What a link is called: as its curator called it, else a portal after the venue to which it leads, and any other after its scene."""
    return own or (venue if kind == "portal" and not same_venue and venue else scene)
