"""What parts of records are called where one talks about them: by their own title, or by what they lead to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation.bearers import Bearer
from museum.curation.snapshots import ASSET, SHAPES
from museum.database.texts import texts_by_field


@dataclass(frozen=True)
class PartName:
    """`kind` is the part's own, as `web` of a hotspot, empty where there are none; `title` in languages, of the part or of what it leads
    to; `address` of what lies elsewhere."""

    bearer: str
    kind: str
    title: dict[str, str]
    address: str = ""


async def names_of(session: AsyncSession, bearer: Bearer, parts: Iterable[Any]) -> dict[int, PartName]:
    """The names of parts (texts loaded) by their ids."""
    known: dict[int, dict[str, str]] = {}
    leading: dict[str, dict[int, int]] = {}
    parts = list(parts)
    for part in parts:
        known[part.id] = texts_by_field(part.texts).get("title", {})
        for column, kind in bearer.shape.references.items():
            number = getattr(part, column)
            if not known[part.id] and kind != ASSET and number is not None:
                leading.setdefault(kind, {}).setdefault(part.id, number)
    for kind, numbers in leading.items():
        titles = await _titles(session, kind, set(numbers.values()))
        for part_id, number in numbers.items():
            known[part_id] = known[part_id] or titles.get(number, {})
    return {
        part.id: PartName(
            bearer.name,
            getattr(part, "kind", ""),
            known[part.id],
            getattr(part, "target_url", None) or getattr(part, "url", None) or getattr(part, "key", None) or "",
        )
        for part in parts
    }


async def _titles(session: AsyncSession, kind: str, ids: set[int]) -> dict[int, dict[str, str]]:
    text = SHAPES[kind].text
    query = select(text.record_id, text.language, text.value).where(text.field == "title", text.record_id.in_(ids))
    found: dict[int, dict[str, str]] = {}
    for number, language, value in await session.execute(query):
        found.setdefault(number, {})[language] = value
    return found
