"""What addresses on other museums' servers lead to."""

from __future__ import annotations

import pytest

from museum.scenes.addresses import read_scene_address

FAR = "https://far.example"


@pytest.mark.parametrize(
    "address", [f"{FAR}/scenes/hall-1", f"{FAR}/scenes/hall-1/", f"{FAR}/api/v1/scenes/hall-1/tour.json"]
)
def test_a_page_and_its_tour_are_the_same_scene(address: str) -> None:
    found = read_scene_address(address)
    assert found == (f"{FAR}/api/v1/scenes/hall-1/tour.json", f"{FAR}/scenes/hall-1", None)


def test_a_museum_below_a_path_keeps_it() -> None:
    assert read_scene_address(f"{FAR}/m/scenes/a").tour == f"{FAR}/m/api/v1/scenes/a/tour.json"


@pytest.mark.parametrize(
    ("query", "view"),
    [
        ("?yaw=190&pitch=4&fov=60", (-170, 4, 60)),
        ("?yaw=10", (10, 0, 75)),
        ("?pitch=10", None),
        ("?yaw=inf&pitch=0", None),
        ("?yaw=1&pitch=900&fov=900", (1, 90, 120)),
    ],
)
def test_an_address_may_ask_for_a_view(query: str, view: tuple[float, float, float] | None) -> None:
    assert read_scene_address(f"{FAR}/scenes/a{query}").view == view


@pytest.mark.parametrize("address", [FAR, f"{FAR}/exhibits/a", f"{FAR}/scenes/A_B", f"{FAR}/scenes/a/b"])
def test_other_pages_stay_pages(address: str) -> None:
    assert read_scene_address(address) == (address, address, None)
