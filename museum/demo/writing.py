"""Writes the demonstration museum's rows: plain inserts in bulk, references resolved from slugs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.ext.asyncio import AsyncSession

from museum.database.base import Base, now
from museum.database.texts import fold
from museum.demo.catalogue import Row, Texts

Ids = dict[str, dict[str, int]]
"""Ids by table and slug."""
BATCH = 2000


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


async def write_rows(session: AsyncSession, name: str, rows: Iterable[Row], ids: Ids) -> list[int]:
    """Insert rows of the table `name` with their texts, and remember their ids by slug. The ids, in the rows' order."""
    rows = list(rows)
    table = _table(name)
    values = [_complete(table, row, ids) for row in rows]
    written: list[int] = []
    for start in range(0, len(values), BATCH):
        statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
        written += (await session.execute(statement, values[start : start + BATCH])).scalars()
    known = ids.setdefault(name, {})
    known.update(
        {row.values["slug"]: row_id for row, row_id in zip(rows, written, strict=True) if "slug" in row.values}
    )
    await _write_texts(
        session, f"{name}_text", [(row_id, row.texts) for row, row_id in zip(rows, written, strict=True)]
    )
    return written


def _complete(table: Table, row: Row, ids: Ids) -> dict[str, Any]:
    """All columns of a row: a bulk insert needs the same ones in each."""
    values = dict.fromkeys((column.name for column in table.columns if not column.primary_key), None)
    for column in table.columns:
        if column.default is not None and column.default.is_scalar:
            values[column.name] = column.default.arg  # type: ignore[attr-defined]
    moment = now()
    for name in ("created_at", "updated_at"):
        if name in values:
            values[name] = moment
    if row.values.get("state") == "published":
        values["published_at"] = moment
    return (
        values | row.values | {column: ids[table_name][slug] for column, (table_name, slug) in row.references.items()}
    )


async def _write_texts(session: AsyncSession, name: str, records: Sequence[tuple[int, Texts]]) -> None:
    values = [
        {
            "record_id": row_id,
            "field": field,
            "language": language,
            "state": "source",
            "value": text,
            "folded": fold(text),
        }
        for row_id, texts in records
        for field, languages in texts.items()
        for language, text in languages.items()
        if text
    ]
    for start in range(0, len(values), BATCH):
        await session.execute(insert(_table(name)), values[start : start + BATCH])
