"""Snapshots and their differences: what goes in comes out, and what two people did is put together or contested, never lost."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from museum.curation.differences import compare, flatten, merge, unflatten
from museum.curation.snapshots import (
    ASSET,
    BOOKKEEPING,
    SHAPES,
    Missing,
    Shape,
    Whole,
    from_snapshot,
    shapes_below,
    to_snapshot,
)

NAMES = {(kind, number): f"{kind}-{number}" for kind in SHAPES for number in range(1, 5)}
IDS = {(kind, name): number for (kind, number), name in NAMES.items()}
FLOATS = st.floats(-90, 90, allow_nan=False)
VALUES: dict[str, Any] = {
    "state": st.sampled_from(["draft", "published"]),
    "plan": st.none() | st.dictionaries(st.sampled_from(["width", "depth"]), FLOATS),
    "polygon": st.none() | st.lists(st.lists(FLOATS, min_size=2, max_size=2), max_size=4),
    "data": st.dictionaries(st.text(max_size=4), st.text(max_size=4), max_size=2),
}


def find(kind: str, named: Any) -> int | None:
    return named if kind == ASSET else IDS.get((kind, named))


def column(shape: Shape, name: str) -> Any:
    """A strategy for values of a column, by its type."""
    if name in VALUES:
        return VALUES[name]
    found = shape.record.__table__.c[name]
    kind = found.type.python_type
    values = st.text(max_size=8) if kind is str else FLOATS if kind is float else st.integers(-3000, 3000)
    return st.none() | values if found.nullable else values


@st.composite
def wholes(draw: Any, shape: Shape, number: int | None = None) -> Whole:
    row = {name: draw(column(shape, name)) for name in shape.plain}
    for name in shape.references:
        nullable = shape.record.__table__.c[name].nullable and not shape.owner
        row[name] = draw(st.sampled_from([None, 1, 2, 3] if nullable else [1, 2, 3]))
    if shape.owner:
        row["id"] = number
    texts = set()
    if shape.text is not None:
        keys = draw(st.sets(st.tuples(st.sampled_from(["title", "description"]), st.sampled_from(["zh-Hans", "en"]))))
        texts = {(*key, draw(st.text(max_size=6)), draw(st.sampled_from(["source", "stale"]))) for key in keys}
    parts = {}
    for name, part in shape.parts.items():
        numbers = draw(st.lists(st.integers(1, 9), unique=True, max_size=3))
        parts[name] = sorted(
            (draw(wholes(part, one)) for one in numbers), key=lambda one: (one.row["position"], one.row["id"])
        )
    return Whole(row, sorted(texts), parts)


def record(kind: str) -> Any:
    return st.tuples(st.just(kind), wholes(SHAPES[kind]))


records = st.sampled_from(sorted(SHAPES)).flatmap(record)


@settings(max_examples=80, deadline=None)
@given(records)
def test_rows_to_json_and_back(pair: tuple[str, Whole]) -> None:
    kind, whole = pair
    shape = SHAPES[kind]
    snapshot = json.loads(json.dumps(to_snapshot(shape, whole, NAMES)))
    lost: list[tuple[str, str]] = []
    assert from_snapshot(shape, snapshot, find, lost) == whole
    assert lost == []
    assert unflatten(shape, flatten(shape, snapshot)) == snapshot
    assert compare(shape, snapshot, snapshot) == []


@st.composite
def three(draw: Any) -> tuple[Shape, Any, Any, Any]:
    kind = draw(st.sampled_from(["scene", "exhibition", "venue"]))
    shape = SHAPES[kind]
    return shape, *(to_snapshot(shape, draw(wholes(shape)), NAMES) for _ in range(3))


@settings(max_examples=80, deadline=None)
@given(three())
def test_merging_loses_nobodys_change(sides: Any) -> None:
    shape, base, mine, theirs = sides
    assert merge(shape, base, mine, base).snapshot == mine, "nobody else did anything"
    assert merge(shape, base, base, theirs).snapshot == theirs, "I did nothing"
    assert merge(shape, base, mine, mine).contested == [], "we did the same"
    merged = merge(shape, base, mine, theirs)
    now, own, was, other = (flatten(shape, one) for one in (merged.snapshot, mine, base, theirs))
    contested = {path[:2] for path in merged.contested}
    for path in {*was, *own, *other}:
        if path[:2] in contested or path in merged.contested:
            continue
        values = {json.dumps(side.get(path)) for side in (own, other)}
        assert json.dumps(now.get(path)) in values
        if own.get(path) != was.get(path):
            assert now.get(path) == own.get(path), path
        elif other.get(path) != was.get(path):
            assert now.get(path) == other.get(path), path
    for name in shape.parts:
        assert all({"id", "position"} <= one.keys() for one in merged.snapshot[name]), "no part is half there"


def scene(**values: Any) -> Any:
    made: dict[str, Any] = dict.fromkeys(SHAPES["scene"].plain, 0.0)
    made |= {"venue": "venue-1", "place": None, "panorama": None, "texts": {}, "links": [], "hotspots": []}
    return made | values


def link(number: int, **values: Any) -> Any:
    made = {"id": number, "kind": "walk", "position": number, "yaw": 0.0, "pitch": 0.0, "target_url": None}
    made |= {"arrival_yaw": None, "arrival_pitch": None, "arrival_fov": None, "target": "scene-1", "texts": {}}
    return made | values


def test_a_moved_part_is_moved_and_one_that_came_back_is_the_same() -> None:
    shape = SHAPES["scene"]
    before = scene(links=[link(1), link(2)])
    moved = scene(links=[link(1, yaw=10.0), link(2)])
    assert [(change.path, change.before, change.after) for change in compare(shape, before, moved)] == [
        (("links", "1", "yaw"), 0.0, 10.0)
    ]
    gone = compare(shape, before, scene(links=[link(1)]))
    assert [(change.path, change.after) for change in gone] == [(("links", "2"), None)]
    assert compare(shape, before, scene(links=[link(1), link(7, position=2)])) == []


def test_a_part_removed_here_and_changed_there_is_contested_and_whole() -> None:
    shape = SHAPES["scene"]
    base = scene(links=[link(1), link(2)])
    removed, changed = scene(links=[link(2)]), scene(links=[link(1, arrival_yaw=5.0), link(2)])
    for mine, theirs, stands in ((removed, changed, [1, 2]), (changed, removed, [2])):
        merged = merge(shape, base, mine, theirs)
        assert [one["id"] for one in merged.snapshot["links"]] == stands
        assert merged.contested
    assert merge(shape, base, removed, scene(links=[link(1), link(2)], north=9.0)).snapshot == scene(
        links=[link(2)], north=9.0
    )


def test_what_is_gone_is_said_and_what_cannot_be_without_it_left_out() -> None:
    shape = SHAPES["scene"]
    snapshot = scene(place="gone", links=[link(1, target="gone"), link(2)])
    lost: list[tuple[str, str]] = []
    whole = from_snapshot(shape, copy.deepcopy(snapshot), find, lost)
    assert lost == [("place", "gone"), ("scene", "gone")]
    assert whole.row["place_id"] is None
    assert [one.row["id"] for one in whole.parts["links"]] == [2]
    try:
        from_snapshot(shape, scene(venue="gone"), find, lost)
    except Missing as missing:
        assert (missing.kind, missing.name) == ("venue", "gone")
    else:
        raise AssertionError("a scene without its venue")


def test_every_column_is_in_a_shape() -> None:
    for shape in SHAPES.values():
        for one in shapes_below(shape):
            known = {*one.plain, *one.references, one.owner, *BOOKKEEPING}
            assert {column.name for column in one.record.__table__.c} <= known, one.record
