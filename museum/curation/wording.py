"""The words of records that have no page of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from museum.curation import roles
from museum.curation.drafting import Texts
from museum.curation.errors import Overtaken, Refused
from museum.curation.models import Person
from museum.curation.snapshots import KINDS
from museum.database.texts import set_texts
from museum.languages import LANGUAGES

FIELDS = {
    "artifact": ("title", "period", "material", "dimensions", "source", "condition", "description"),
    "image": ("title", "caption", "alt"),
    "place": ("title", "description"),
    "exhibition": ("title", "subtitle", "description"),
    "activity": ("title", "description"),
}
"""By kind the fields of its own texts."""
LONG = frozenset({"description", "caption"})
LONGEST = 4000
SHORT = 500


def write(record: Any, person: Person, version: int, texts: Mapping[str, Texts]) -> None:
    """Save the texts of a record (locked, texts loaded). Raises NotAllowed, Overtaken, Refused."""
    kind = KINDS[type(record)]
    roles.demand_change(person, record)
    if kind not in FIELDS:
        raise Refused("answer-unknown")
    if record.version != version:
        raise Overtaken
    for field, values in texts.items():
        most = LONGEST if field in LONG else SHORT
        if field not in FIELDS[kind] or not set(values) <= set(LANGUAGES):
            raise Refused("answer-unknown")
        if any(len(value) > most for value in values.values()):
            raise Refused("text-long", most=most)
        set_texts(record, field, values)
    if record.state == "published" and not any(row.field == "title" for row in record.texts):
        raise Refused("title-needed", field="title")
    record.version += 1
