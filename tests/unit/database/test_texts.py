"""Texts in languages: a changed source makes its translations stale, in every kind of text that there is."""

from __future__ import annotations

from typing import Any

import pytest

from museum.curation.snapshots import SHAPES, shapes_below
from museum.database.texts import set_texts

TEXTED = {
    one.text.__tablename__: one.record
    for shape in SHAPES.values()
    for one in shapes_below(shape)
    if one.text is not None
}


def states(record: Any) -> dict[str, str]:
    return {row.language: row.state for row in record.texts}


@pytest.mark.parametrize("table", sorted(TEXTED))
def test_a_changed_source_makes_translations_stale(table: str) -> None:
    record = TEXTED[table](texts=[])
    set_texts(record, "title", {"zh-Hans": "青花瓶"})
    set_texts(record, "title", {"en": "Blue vase", "zh-Hant": "青花瓶"}, "reviewed")
    set_texts(record, "title", {"zh-Hans": "青花瓶", "en": "Blue vase", "zh-Hant": "青花瓶"})
    assert states(record) == {"zh-Hans": "source", "en": "reviewed", "zh-Hant": "reviewed"}, "nothing was changed"
    set_texts(record, "title", {"en": "Blue and white vase"})
    assert states(record)["zh-Hans"] == "source", "a translation makes its source no worse"
    set_texts(record, "title", {"zh-Hans": "青花梅瓶", "zh-Hant": "青花梅瓶"}, "reviewed")
    assert states(record) == {"zh-Hans": "source", "en": "stale", "zh-Hant": "reviewed"}, (
        "but for what is written with it"
    )
    set_texts(record, "title", {"en": "Blue and white meiping"}, "reviewed")
    assert states(record)["en"] == "reviewed"


def test_lines_end_in_one_way_whoever_sends_them() -> None:
    record = TEXTED["artifact_text"](texts=[])
    set_texts(record, "description", {"en": " One\r\ntwo\rthree\n ", "zh-Hans": "一\n二"})
    assert {row.language: row.value for row in record.texts} == {"en": "One\ntwo\nthree", "zh-Hans": "一\n二"}
    set_texts(record, "description", {"zh-Hans": "一\r\n二"})
    assert states(record) == {"en": "source", "zh-Hans": "source"}, "a form that was opened and saved changes nothing"
