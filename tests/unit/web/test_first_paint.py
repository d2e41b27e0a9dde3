"""The first picture that a scene's page carries: its numbers, and what browsers are allowed for it."""

from __future__ import annotations

import base64
import hashlib
import io
import math
import re
from dataclasses import replace

import pytest
from PIL import Image

from museum.scenes.cards import Opening
from museum.web.pages.first_paint import first_paint, hash_picture
from museum.web.policy import CONTENT_SECURITY_POLICY, EMBEDDED_POLICY, allowing_style

HASH = base64.b64encode(bytes(range(256)) + bytes(32)).decode()
OPENING = Opening("d" * 64, HASH, "", 20.0, -5.0, 75.0, 2.0, -1.5)


def value(query: dict[str, str], name: str) -> str:
    match = re.search(rf"--first-{name}:([^;}}]*)", first_paint(OPENING, query).style)
    assert match is not None
    return match[1]


def test_a_page_opens_with_the_scenes_own_view() -> None:
    assert (value({}, "yaw"), value({}, "pitch")) == ("20.00deg", "-5.00deg")
    assert value({}, "level") == "rotateX(-2.00deg) rotateZ(-1.50deg)"
    assert first_paint(OPENING, {}).strip == f"/tiles/{'d' * 64}/strip.jpg"
    seen = replace(OPENING, glimpse="UklGRg==")
    assert "strip.jpg),url(data:image/webp;base64,UklGRg==)" in first_paint(seen, {}).style, "until the strip is here"


def test_a_narrow_screen_sees_more_of_the_height() -> None:
    """min(own, max(58° across, 100° from top to bottom)), in parts of the box."""
    match = re.fullmatch(r"min\(([\d.]+)cqh,max\(([\d.]+)cqw,([\d.]+)cqh\)\)", value({}, "focal"))
    assert match is not None
    own, across, widest = (float(part) for part in match.groups())
    assert 2 * math.degrees(math.atan(50 / own)) == pytest.approx(75, abs=0.01)
    assert 2 * math.degrees(math.atan(50 / across)) == pytest.approx(58, abs=0.01)
    assert 2 * math.degrees(math.atan(50 / widest)) == pytest.approx(100, abs=0.01)


def test_the_address_decides_where_it_states_a_view() -> None:
    query = {"yaw": "370", "pitch": "100", "fov": "90"}
    assert (value(query, "yaw"), value(query, "pitch"), value(query, "focal")) == ("10.00deg", "90.00deg", "50.00cqh")


@pytest.mark.parametrize("text", ["", "nan", "inf", "1}body{display:none", "</style><script>", "1e400"])
def test_nonsense_in_the_address_changes_nothing(text: str) -> None:
    assert first_paint(OPENING, {"yaw": text, "pitch": text, "fov": text}) == first_paint(OPENING, {})


def test_the_hash_is_a_strip_of_six_faces() -> None:
    kind, _, data = hash_picture(HASH).partition(",")
    picture = Image.open(io.BytesIO(base64.b64decode(data)))
    assert (kind, picture.size) == ("data:image/png;base64", (24, 4))
    pixels = base64.b64decode(HASH)
    assert picture.getpixel((0, 0)) == tuple(pixels[:3])
    assert picture.getpixel((4, 1)) == tuple(pixels[48 + 12 : 48 + 15])


@pytest.mark.parametrize("policy", [CONTENT_SECURITY_POLICY, EMBEDDED_POLICY])
def test_browsers_are_allowed_this_very_style(policy: str) -> None:
    style = first_paint(OPENING, {}).style
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    directive = next(part for part in allowing_style(policy, style).split("; ") if part.startswith("style-src"))
    assert f"'sha256-{digest}'" in directive
    assert "unsafe-inline" not in directive
