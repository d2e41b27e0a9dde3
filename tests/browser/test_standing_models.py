"""Models that stand in a room: at their place, in their size, in the room's light."""

from __future__ import annotations

from collections.abc import Iterator
from math import atan, degrees
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import trimesh

from tests.browser.tour_site import cut_panorama, serve, texts, write_tour
from tests.browser.viewing import TOUR, look, open_scene, picture, until

pytestmark = pytest.mark.browser

NORTH = 40.0
SIDE, DISTANCE, DOWN = 0.5, 2.0, 14.0
PART = f"{TOUR}.parts.find(part => 'count' in part)"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("room")
    box = trimesh.creation.box(extents=(SIDE, SIDE, SIDE))
    box.apply_translation((0, SIDE / 2, 0))
    material = trimesh.visual.material.PBRMaterial(
        baseColorFactor=(230, 20, 20, 255), roughnessFactor=1, metallicFactor=0
    )
    box.visual = trimesh.visual.TextureVisuals(material=material)
    (folder / "box.glb").write_bytes(box.export(file_type="glb"))
    panorama = cut_panorama(folder, "grey", lambda rays: np.full(rays.shape, 150.0), [512])
    for slug, spots, model in (("full", 1, "/box.glb"), ("empty", 0, ""), ("lost", 1, "/gone.glb")):
        hotspot = {
            "id": 5,
            "kind": "model",
            "yaw": 30.0,
            "pitch": -DOWN,
            "title": texts("方鼎", "方鼎", "A vessel"),
            "target": {"model": model},
            "standing": {"distance": DISTANCE, "turned": 0},
        }
        scene = {
            "slug": slug,
            "url": f"/scenes/{slug}",
            "title": texts("厅", "廳", "Hall"),
            "venue": {"slug": "house", "kind": "hall", "title": texts("馆", "館", "House"), "url": "/venues/house"},
            "north": NORTH,
            "view": {"yaw": 0, "pitch": 0, "fov": 75},
            "panorama": panorama,
            "links": [],
            "hotspots": [hotspot] * spots,
        }
        write_tour(folder, {"museum": texts("馆", "館", "Museum"), "home": "/", "scene": scene, "neighbours": {}})
    with serve(folder) as address:
        yield address


def red(page: Any) -> Any:
    pixels = picture(page).astype(int)
    return (pixels[..., 0] > 1.6 * pixels[..., 1]) & (pixels[..., 0] > 1.6 * pixels[..., 2])


def test_a_thing_stands_in_its_place_and_size_and_leaves_with_the_scene(page: Any, room: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 960, "height": 600})
    open_scene(page, f"{room}/scenes/full")
    look(page, 30, -DOWN + 7, 60)
    until(page, f"{PART}.count === 1")
    page.evaluate(f"{PART}.things[0].there")
    look(page, 30, -DOWN + 7.01, 60)
    found = red(page)
    rows, columns = np.nonzero(found)
    assert len(rows) > 400, "the thing is seen"
    assert abs(columns.mean() - 480) < 6, "straight before the eye that looks its way"
    # The front stands half a side before the foot, level ground: its breadth tells its size.
    before = DISTANCE * np.cos(np.radians(DOWN)) - SIDE / 2
    breadth = 2 * degrees(atan(SIDE / 2 / before))
    seen = columns.max() - columns.min()
    flat = 600 / 2 / np.tan(np.radians(30))
    expected = flat * SIDE / (before * np.cos(np.radians(DOWN - 7)))
    assert abs(seen - expected) < 0.08 * expected, (seen, expected, breadth)
    look(page, -150, 0, 60)
    assert not red(page).any(), "it is not behind"
    page.evaluate(f"{TOUR}.scene = 'empty'")
    until(page, f"{TOUR}.scene === 'empty' && {PART}.count === 0")
    look(page, 30, -DOWN + 7, 60)
    assert not red(page).any()


def test_a_thing_that_does_not_come_is_missed_in_words_and_its_mark_still_opens(page: Any, room: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_scene(page, f"{room}/scenes/lost")
    until(page, f"!!{TOUR}.shadowRoot.querySelector('.notice')")
    said = page.evaluate(f"{TOUR}.shadowRoot.querySelector('.notice').textContent")
    assert said.startswith("方鼎：暂时未能摆进展厅"), said
    page.evaluate(f"{TOUR}.openHotspot({TOUR}.tour.scene.hotspots[0])")
    until(page, f"{TOUR}.openedHotspot === 5")
