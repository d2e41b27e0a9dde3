"""Content states: the forms of the specification, and what else arrives in an address."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from museum.web.iiif.states.coding import LONGEST, Unreadable, decode, encode
from museum.web.iiif.states.pages import annotation_of, image_address, page_address, state_of
from museum.web.iiif.states.target import Elsewhere, Region, Target, read_state

HOSTS = {"tour.example.org"}
BASE = "https://tour.example.org"
ROOT = f"{BASE}/iiif/presentation/3"
MANIFEST = {"id": f"{ROOT}/artifacts/vase/manifest", "type": "Manifest"}
CANVAS = {"id": f"{ROOT}/artifacts/vase/canvas/vase-front", "type": "Canvas", "partOf": [MANIFEST]}
PART = {**CANVAS, "id": CANVAS["id"] + "#xywh=10,20,300,400"}

# The example of § 5.4 of the specification.
SPECIFIED = (
    "JTdCJTIyaWQlMjIlM0ElMjJodHRwcyUzQSUyRiUyRmV4YW1wbGUub3JnJTJGYWxpY2UlMkZjYW52YXM3NyUyM3h5d2glM0QxMDAwJTJDMjAwMCUyQzEwMDAl"
    "MkMyMDAwJTIyJTJDJTIydHlwZSUyMiUzQSUyMkNhbnZhcyUyMiUyQyUyMnBhcnRPZiUyMiUzQSU1QiU3QiUyMmlkJTIyJTNBJTIyaHR0cHMlM0ElMkYlMkZl"
    "eGFtcGxlLm9yZyUyRmFsaWNlJTJGbWFuaWZlc3QlMjIlMkMlMjJ0eXBlJTIyJTNBJTIyTWFuaWZlc3QlMjIlN0QlNUQlN0Q"
)


def test_the_encoding_is_that_of_the_specification() -> None:
    state = {
        "id": "https://example.org/alice/canvas77#xywh=1000,2000,1000,2000",
        "type": "Canvas",
        "partOf": [{"id": "https://example.org/alice/manifest", "type": "Manifest"}],
    }
    assert decode(SPECIFIED) == state
    assert encode(state) == SPECIFIED


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=40) | st.integers(-(2**53), 2**53), max_size=4))
def test_what_is_encoded_comes_back(state: dict[str, Any]) -> None:
    text = encode(state)
    assert decode(text) == state
    assert not set(text) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@pytest.mark.parametrize(
    ("state", "target"),
    [
        (MANIFEST, Target("artifacts", "vase")),
        (CANVAS, Target("artifacts", "vase", "vase-front")),
        (PART, Target("artifacts", "vase", "vase-front", Region(10, 20, 300, 400))),
        (
            annotation_of("https://x.example/1", PART),
            Target("artifacts", "vase", "vase-front", Region(10, 20, 300, 400)),
        ),
        (
            {"type": "Annotation", "motivation": "contentState", "target": [CANVAS, MANIFEST]},
            Target("artifacts", "vase", "vase-front"),
        ),
        (
            {"type": "Annotation", "motivation": ["bookmarking", "contentState"], "target": MANIFEST["id"]},
            Target("artifacts", "vase"),
        ),
        (
            {
                "type": "SpecificResource",
                "source": CANVAS,
                "selector": {"type": "FragmentSelector", "value": "xywh=percent:25,25,50,50"},
            },
            Target("artifacts", "vase", "vase-front", Region(25, 25, 50, 50, percent=True)),
        ),
        (
            {
                "type": "SpecificResource",
                "source": CANVAS["id"],
                "selector": [{"type": "PointSelector", "x": 1, "y": 2}],
            },
            Target("artifacts", "vase", "vase-front"),
        ),
        ({"id": f"{ROOT}/exhibitions/show-0/range/1", "type": "Range"}, Target("exhibitions", "show-0")),
        ({"id": f"{ROOT}/collection/artifacts/2", "type": "Collection"}, Target("collection", "artifacts")),
        ({"id": f"{BASE}/iiif/presentation/4/models/vase-model/manifest"}, Target("models", "vase-model")),
        (
            {"id": CANVAS["id"] + "#t=5&xywh=pixel:1,2,3,4", "type": "Canvas"},
            Target("artifacts", "vase", "vase-front", Region(1, 2, 3, 4)),
        ),
    ],
)
def test_states_in_all_their_forms(state: dict[str, Any], target: Target) -> None:
    assert read_state(encode(state), HOSTS) == target
    assert read_state(json.dumps(state), HOSTS) == target


@pytest.mark.parametrize(
    ("address", "target"),
    [
        (MANIFEST["id"], Target("artifacts", "vase")),
        (PART["id"], Target("artifacts", "vase", "vase-front", Region(10, 20, 300, 400))),
        (f"{ROOT}/collection", Target("collection")),
        (
            f"{BASE}/iiif/content-state/images/wall-map?region=1,2,3,4",
            Target("images", "wall-map", "wall-map", Region(1, 2, 3, 4)),
        ),
        (f"{BASE}/iiif/content-state/venues/tianjin", Target("venues", "tianjin")),
        ("HTTP://TOUR.EXAMPLE.ORG/iiif/presentation/3/scenes/lobby/manifest", Target("scenes", "lobby")),
    ],
)
def test_addresses_stand_for_themselves(address: str, target: Target) -> None:
    assert read_state(address, HOSTS) == target


@pytest.mark.parametrize(
    "fragment",
    [
        "xywh=1,2,3",
        "xywh=-1,2,3,4",
        "xywh=1,2,0,4",
        "xywh=1,2,1e9,4",
        "xywh=..,..,..,..",
        "xywh=",
        "t=1",
        "xywh=1,2,3," + "9" * 400,
        "xywh=nan,0,1,1",
    ],
)
def test_a_region_that_makes_no_sense_is_no_region(fragment: str) -> None:
    assert read_state(f"{CANVAS['id']}#{fragment}", HOSTS) == Target("artifacts", "vase", "vase-front")


def packed(text: str | bytes) -> str:
    raw = text.encode() if isinstance(text, str) else text
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "a",
        "====",
        "?",
        "javascript:alert(1)",
        "//evil.example/",
        packed("[" * 5000),
        packed('{"id":' * 900),
        packed("null"),
        packed("[]"),
        packed("%"),
        packed(b"\xff\xfe\x00"),
        packed("%FF%FE"),
        packed('{"id": 5}'),
        packed('{"id": null, "type": "Manifest"}'),
        packed('{"type": "Annotation", "motivation": "commenting", "target": "x"}'),
        packed('{"type": "Annotation", "motivation": "contentState"}'),
        packed('{"type": "Annotation", "motivation": "contentState", "target": []}'),
        packed('{"type": "SpecificResource", "source": {"type": "SpecificResource", "source": {}}}'),
        "{",
        "{}",
        '{"id": "https://[::1/"}',
        SPECIFIED[:-3],
        "A" * (LONGEST + 1),
    ],
)
def test_what_is_no_content_state(text: str) -> None:
    with pytest.raises(Unreadable):
        read_state(text, HOSTS)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        (SPECIFIED, "example.org"),
        ("https://elsewhere.example/manifest", "elsewhere.example"),
        (
            "https://tour.example.org@evil.example/iiif/presentation/3/artifacts/vase/manifest",
            "tour.example.org@evil.example",
        ),
        (f"{ROOT}/artifacts/../../../admin/manifest", "tour.example.org"),
        (f"{ROOT}/artifacts/vase/manifest/../x", "tour.example.org"),
        (f"{ROOT}/artifacts/%2e%2e/manifest", "tour.example.org"),
        (f"{ROOT}/artifacts/vase/canvas/A%0d%0aX", "tour.example.org"),
    ],
)
def test_what_is_not_ours_leads_nowhere(text: str, host: str) -> None:
    with pytest.raises(Elsewhere) as error:
        read_state(text, HOSTS)
    assert error.value.host == host


@given(
    st.text(max_size=300)
    | st.binary(max_size=200).map(packed)
    | st.recursive(
        st.none() | st.text(max_size=20) | st.floats(allow_nan=False),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["id", "type", "target", "motivation", "source", "selector", "value"]),
                inner,
                max_size=4,
            )
        ),
    ).map(encode)
)
def test_nothing_else_than_a_refusal_comes_of_anything(text: str) -> None:
    try:
        target = read_state(text, HOSTS)
    except Unreadable:
        return
    assert page_address(target, (100, 100)).startswith("/")


@pytest.mark.parametrize(
    ("target", "size", "address"),
    [
        (Target("collection"), None, "/"),
        (Target("collection", "artifacts"), None, "/collection"),
        (Target("collection", "nothing"), None, "/"),
        (Target("artifacts", "vase"), None, "/artifacts/vase"),
        (Target("artifacts", "vase", "vase-front"), None, "/artifacts/vase"),
        (
            Target("artifacts", "vase", "vase-front", Region(1, 2, 3, 4)),
            (3000, 2000),
            "/images/vase-front?region=1,2,3,4",
        ),
        (Target("artifacts", "vase", "vase-model", Region(1, 2, 3, 4)), None, "/artifacts/vase"),
        (
            Target("images", "map", "map", Region(25, 50, 50, 50, True)),
            (3000, 2000),
            "/images/map?region=750,1000,1500,1000",
        ),
        (
            Target("images", "map", "map", Region(2999.6, 1e9, 1e9, 1e9)),
            (3000, 2000),
            "/images/map?region=2999,1999,1,1",
        ),
        (Target("exhibitions", "show", "map", Region(0, 0, 9, 9)), (3000, 2000), "/images/map?region=0,0,9,9"),
        (Target("venues", "hall", "lobby"), None, "/scenes/lobby"),
        (
            Target("scenes", "lobby", "lobby", Region(1024, 512, 0.1, 0.1)),
            None,
            "/scenes/lobby?yaw=0.1&pitch=-0.1&fov=5",
        ),
        (
            Target("scenes", "lobby", "lobby", Region(1280, 256, 512, 256)),
            None,
            "/scenes/lobby?yaw=90.0&pitch=22.5&fov=45",
        ),
    ],
)
def test_pages_for_targets(target: Target, size: tuple[int, int] | None, address: str) -> None:
    assert page_address(target, size) == address


def test_what_goes_out_comes_in_again() -> None:
    region = (100, 200, 300, 400)
    state = state_of(BASE, "images", "wall-map", region)
    target = read_state(encode(state), HOSTS)
    assert page_address(target, (3000, 2000)) == image_address("wall-map", region)
    for kind in ("artifacts", "exhibitions", "venues"):
        assert read_state(encode(state_of(BASE, kind, "x")), HOSTS) == Target(kind, "x")
    assert read_state(encode(state_of(BASE, "scenes", "lobby")), HOSTS) == Target("scenes", "lobby", "lobby")
