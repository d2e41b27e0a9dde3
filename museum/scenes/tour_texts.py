"""Titles and descriptions of many records of many kinds, in one query."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, literal_column, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection.models import ArtifactText, ExhibitionText, ImageText, ModelText
from museum.scenes.models import HotspotText, LinkText, PlaceText, SceneText, VenueText

TextsById = dict[tuple[str, int], dict[str, dict[str, str]]]
"""`{(kind, id): {field: {language: value}}}`."""

_TABLES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "venue": (VenueText.__table__, ("title",)),
    "place": (PlaceText.__table__, ("title",)),
    "scene": (SceneText.__table__, ("title", "description")),
    "link": (LinkText.__table__, ("title",)),
    "hotspot": (HotspotText.__table__, ("title", "description")),
    "artifact": (ArtifactText.__table__, ("title",)),
    "image": (ImageText.__table__, ("title",)),
    "model": (ModelText.__table__, ("title",)),
    "exhibition": (ExhibitionText.__table__, ("title",)),
}


async def read_texts(session: AsyncSession, wanted: Mapping[str, set[int]]) -> TextsById:
    """Texts of the records in `wanted`, ids by kind; records without texts are absent."""
    found: TextsById = {}
    parts = [_texts_of(kind, ids) for kind, ids in wanted.items() if ids]
    if not parts:
        return found
    for kind, number, field, language, value in await session.execute(union_all(*parts)):
        found.setdefault((kind, number), {}).setdefault(field, {})[language] = value
    return found


def _texts_of(kind: str, ids: set[int]) -> Select[Any]:
    table, fields = _TABLES[kind]
    statement = select(
        literal_column(f"'{kind}'").label("kind"), table.c.record_id, table.c.field, table.c.language, table.c.value
    ).where(table.c.record_id.in_(sorted(ids)))
    return statement.where(table.c.field.in_(fields))
