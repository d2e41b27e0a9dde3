"""A curator opens a hall: twenty linked scenes, sixty hotspots and a place seen at two times, from an empty museum; and a smaller one with
nothing but the keyboard."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.browser.axe import violations
from tests.browser.show.guide import picture_names, settle
from tests.browser.show.house import empty_museum
from tests.browser.show.rooms import House
from tests.browser.show.walk import HALL, Walk
from tests.browser.test_curator_first_scene import shoot

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1200)]


@pytest.mark.parametrize(
    ("keyboard", "count", "spots", "language"),
    [(False, 20, 60, "zh-Hans"), (True, 5, 12, "en")],
    ids=["mouse", "keyboard"],
)
def test_from_an_empty_museum_to_an_open_hall(
    chromium: Any, tmp_path: Path, keyboard: bool, count: int, spots: int, language: str
) -> None:
    shown: list[str] = []
    wrong: dict[str, list[str]] = {}

    def look(page: Any, name: str) -> None:
        """No page on the way is wider than a phone, and none has what axe finds wrong."""
        shown.append(name)
        if keyboard:
            return
        settle(page)
        wrong[name] = violations(page)
        size = page.viewport_size
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        shoot(page, f"show-{name}-390")
        page.set_viewport_size(size)

    house = House.of(count, language)
    browser = SimpleNamespace(new_context=partial(chromium.new_context, coarse=True))
    with empty_museum(tmp_path / "museum") as server:
        Walk(browser, server, tmp_path, house, spots, language, keyboard, look).go()
        facts = server.get("/api/v1/museum").json()
        assert (facts["venues"], facts["scenes"], facts["places"]) == (1, count, 1)
        slugs = [one["slug"] for one in server.get("/api/v1/scenes?limit=200").json()["items"]]
        tours = {slug: server.get(f"/api/v1/scenes/{slug}/tour.json").json()["scene"] for slug in slugs}
    assert sum(len(tour["hotspots"]) for tour in tours.values()) == spots
    walks = {slug: {link["scene"] for link in tour["links"] if link["kind"] == "walk"} for slug, tour in tours.items()}
    assert sum(map(len, walks.values())) == 2 * house.ways
    reached = {"lobby"}
    while fresh := {other for slug in reached for other in walks[slug]} - reached:
        reached |= fresh
    old = {slug for slug, tour in tours.items() if tour.get("place") and tour["place"]["moments"][0]["scene"] == slug}
    assert reached | old == set(slugs), "one walks to every scene, and through time to the old one"
    assert HALL in {tour["venue"]["slug"] for tour in tours.values()}
    assert shown == picture_names()
    assert not any(wrong.values()), wrong
