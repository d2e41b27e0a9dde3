"""Records that a museum publishes of its collection."""

from __future__ import annotations

from pathlib import Path

import pytest

from museum.collection.moving.bringing import take_records
from museum.collection.moving.columns import map_columns
from museum.collection.moving.reading import read_records
from museum.collection.moving.rows import read_rows
from museum.database import Database

pytestmark = pytest.mark.corpus


@pytest.mark.parametrize(("name", "count"), [("walters_chinese_668.json", 668), ("walters_asia_1500.csv", 1500)])
async def test_the_walters_comes_with_nothing_said(corpus: Path, database: Database, name: str, count: int) -> None:
    table = await read_records(corpus / "metadata/walters" / name)
    rows, faults = read_rows(table, map_columns(table.heading, {}))
    assert faults == [] and len(rows) == count
    assert sum("year_from" in row.plain for row in rows) > 0.9 * count
    taken = await take_records(database, rows, dry_run=True)
    assert len(taken.made) == count
