"""Alembic's environment. The connection comes from `museum.database.migrate`, already inside a writing transaction."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import JSON

from museum.database import grams
from museum.database.base import UTCDateTime
from museum.database.tables import metadata


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own column types as what they are in the database: a migration must not depend on today's code."""
    if kind != "type":
        return False
    if isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, JSON):
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    include_name=lambda name, _kind, _parents: not grams.is_ours(name),
    render_item=render_item,
)
context.run_migrations()
