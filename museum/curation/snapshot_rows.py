"""Reading the rows of whole records, many at a time, and writing a snapshot's rows to a record."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.curation.snapshots import ASSET, RECORDS, SHAPES, Shape, Snapshot, Whole, referred, to_snapshot
from museum.database.texts import fold

TOGETHER = 500
"""Ids in one statement."""


@dataclass(frozen=True)
class Kept:
    """A record as it stands in the database. `listed` tells whether visitors have ever known it by an address of its own: photographs of
    artifacts belong to those."""

    slug: str
    version: int
    updated_at: datetime
    snapshot: Snapshot
    listed: bool = False


def read(connection: Connection, kind: str, ids: Collection[int]) -> dict[int, Kept]:
    """The records of `kind` with these ids, by id; those that don't exist are absent."""
    shape = SHAPES[kind]
    found: dict[int, Kept] = {}
    for some in _parts(sorted(ids)):
        wholes = _read_wholes(connection, shape, shape.record.__table__.c.id, some)
        wanted: dict[str, set[int]] = {}
        for whole in wholes:
            for other, number in referred(shape, whole):
                wanted.setdefault(other, set()).add(number)
        names = _names(connection, wanted)
        for whole in wholes:
            row = whole.row
            listed = row.get("published_at") is not None and row.get("artifact_id") is None
            snapshot = to_snapshot(shape, whole, names)
            found[row["id"]] = Kept(row["slug"], row["version"], row["updated_at"], snapshot, listed)
    return found


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), TOGETHER):
        yield ids[start : start + TOGETHER]


def _read_wholes(connection: Connection, shape: Shape, column: Any, values: Sequence[int]) -> list[Whole]:
    table = shape.record.__table__
    order = (table.c.position, table.c.id) if shape.owner else (table.c.id,)
    found = connection.execute(select(table).where(column.in_(values)).order_by(*order))
    # Mappings look up the names of their columns anew for each row, of which there may be a hundred thousand.
    names = tuple(found.keys())
    rows = [dict(zip(names, row, strict=True)) for row in found]
    ids = [row["id"] for row in rows]
    texts: dict[int, list[tuple[str, str, str, str]]] = {}
    if shape.text is not None:
        text = shape.text.__table__
        for some in _parts(ids):
            for row in connection.execute(select(text).where(text.c.record_id.in_(some))):
                texts.setdefault(row.record_id, []).append((row.field, row.language, row.value, row.state))
    parts: dict[str, dict[int, list[Whole]]] = {}
    for name, part in shape.parts.items():
        owner = part.record.__table__.c[part.owner]
        groups = parts.setdefault(name, {})
        for some in _parts(ids):
            for one in _read_wholes(connection, part, owner, some):
                groups.setdefault(one.row[part.owner], []).append(one)
    return [
        Whole(row, texts.get(row["id"], []), {name: groups.get(row["id"], []) for name, groups in parts.items()})
        for row in rows
    ]


def _names(connection: Connection, wanted: dict[str, set[int]]) -> dict[tuple[str, int], str]:
    """Slugs by (kind, id). Assets go by their numbers."""
    names: dict[tuple[str, int], str] = {}
    for kind, ids in wanted.items():
        if kind == ASSET:
            continue
        table = RECORDS[kind].__table__
        for some in _parts(sorted(ids)):
            for row in connection.execute(select(table.c.id, table.c.slug).where(table.c.id.in_(some))):
                names[kind, row.id] = row.slug
    return names


def id_of(connection: Connection, kind: str, named: Any) -> int | None:
    """The id of the record that a snapshot names; None where there is none any longer."""
    table = RECORDS[kind].__table__
    column = table.c.id if kind == ASSET else table.c.slug
    return connection.scalar(select(table.c.id).where(column == named))


def _loading(shape: Shape, record: Any) -> list[Any]:
    options = [selectinload(record.texts)] if shape.text is not None else []
    for name, part in shape.parts.items():
        options.append(selectinload(getattr(record, name)).options(*_loading(part, part.record)))
    return options


async def load(session: AsyncSession, kind: str, slug: str, *, change: bool = False) -> Any:
    """The record with all that its shape holds, locked where it is to be changed; None where there is none."""
    shape = SHAPES[kind]
    query = select(shape.record).where(shape.record.slug == slug).options(*_loading(shape, shape.record))
    query = query.execution_options(populate_existing=True)
    return await session.scalar(query.with_for_update(of=shape.record) if change else query)


def new_record(shape: Shape) -> Any:
    """A record or part with nothing in it, ready for `write`."""
    empty: dict[str, Any] = {name: [] for name in shape.parts}
    if shape.text is not None:
        empty["texts"] = []
    return shape.record(**empty)


def write(shape: Shape, record: Any, whole: Whole) -> None:
    """Make a loaded or new record what the rows say. Its parts keep their numbers where they are there already."""
    for column, value in whole.row.items():
        if column != "id" and getattr(record, column) != value:
            setattr(record, column, value)
    if shape.text is not None:
        _write_texts(shape, record, whole)
    for name, part in shape.parts.items():
        present = {one.id: one for one in getattr(record, name)}
        made: list[Any] = []
        for one in whole.parts.get(name, []):
            written = present.get(one.row["id"]) or new_record(part)
            write(part, written, one)
            made.append(written)
        setattr(record, name, made)


def _write_texts(shape: Shape, record: Any, whole: Whole) -> None:
    wanted = {(field, language): (value, state) for field, language, value, state in whole.texts}
    for text in list(record.texts):
        if (text.field, text.language) not in wanted:
            record.texts.remove(text)
    present = {(text.field, text.language): text for text in record.texts}
    for (field, language), (value, state) in wanted.items():
        text = present.get((field, language))
        if text is None:
            text = shape.text(field=field, language=language, value=value, folded=fold(value), state=state)
            record.texts.append(text)
        elif (text.value, text.state) != (value, state):
            text.value, text.folded, text.state = value, fold(value), state
