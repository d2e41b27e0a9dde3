"""Two things in the round, side by side: at their true relative sizes, turned together, by mouse, keys and for who can't see."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import trimesh
from PIL import Image

from museum.web.bundle import Bundle
from tests.browser.axe import violations
from tests.browser.tour_site import serve, texts
from tests.browser.viewing import until

pytestmark = pytest.mark.browser

ELEMENT = "document.querySelector('model-comparison')"
RED, GREEN = (220, 20, 20, 255), (20, 200, 40, 255)
TALL, SHORT, CLAIMED = 0.3, 0.1, 0.2
"""Metres of the two things, and what the file of the short one claims to be high."""


def _file(name: str, real: float, claimed: float, title: tuple[str, str, str]) -> str:
    file = {
        "model": f"/{name}.glb",
        "title": texts(*title),
        "heightM": real,
        "bounds": [claimed / 2, claimed, claimed / 2],
    }
    return escape(json.dumps(file, ensure_ascii=False))


def _page(language: str) -> str:
    first = _file("tall", TALL, TALL, ("高盒", "高盒", "The tall box"))
    second = _file("short", SHORT, CLAIMED, ("矮盒", "矮盒", "The short box"))
    return (
        f"<!doctype html><html lang='{language}'><head><meta charset='utf-8'><title>Two</title>"
        "<meta name='viewport' content='width=device-width'><link rel='stylesheet' href='/two.css'>"
        f"{Bundle().head('compare')}</head><body><main><h1>Two</h1>"
        f"<model-comparison first='{first}' second='{second}'></model-comparison></main></body></html>"
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("two")
    for name, height, colour in (("tall", TALL, RED), ("short", CLAIMED, GREEN)):
        box = trimesh.creation.box(extents=(height / 2, height, height / 2))
        box.apply_translation((0, height / 2, 0))
        material = trimesh.visual.material.PBRMaterial(baseColorFactor=colour, roughnessFactor=1, metallicFactor=0)
        box.visual = trimesh.visual.TextureVisuals(material=material)
        (folder / f"{name}.glb").write_bytes(box.export(file_type="glb"))
    (folder / "two.css").write_text(
        "html,body,main{margin:0;height:100%}h1{position:absolute;opacity:0}model-comparison{height:100%}"
    )
    for language in ("zh-Hans", "en"):
        (folder / f"{language}.html").write_text(_page(language), encoding="utf-8")
    with serve(folder) as address:
        yield address


def show(page: Any, address: str) -> None:
    page.goto(address)
    until(page, f"{ELEMENT}?.phases?.join() === 'ready,ready'", 120)
    drawn(page)


def drawn(page: Any) -> None:
    """Wait until what was asked for is on the screen."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def boxes(page: Any) -> dict[str, tuple[int, int, int, int]]:
    """Left, right, top and bottom of what is red, and of what is green."""
    pixels = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB")).astype(int)
    red, green, blue = pixels[..., 0], pixels[..., 1], pixels[..., 2]
    found: dict[str, tuple[int, int, int, int]] = {}
    for name, one, other in (("red", red, green), ("green", green, red)):
        rows, columns = np.nonzero((one > 60) & (one > 1.3 * other) & (one > 1.3 * blue))
        found[name] = (columns.min(), columns.max(), rows.min(), rows.max())
    return found


def test_both_stand_at_their_true_sizes_before_cameras_equally_near(page: Any, site: str) -> None:
    page.set_viewport_size({"width": 1200, "height": 700})
    show(page, f"{site}/en.html")
    assert page.evaluate(f"{ELEMENT}.figure") == "hand", "what fits a hand is shown beside one"
    tall, short = page.evaluate(f"{ELEMENT}.stage.stands.map(stand => stand.height)")
    assert (tall, short) == pytest.approx((TALL, SHORT), rel=1e-3), "whatever the file claims"
    places = f"{ELEMENT}.stage.stands.map(stand => stand.camera.position.toArray().map(at => at.toFixed(4)).join())"
    first, second = page.evaluate(places)
    assert first == second
    assert page.locator("model-comparison .scale").inner_text() == "The tall box is 3 times as high as The short box."


def test_one_turns_with_the_other_until_they_are_unlinked(page: Any, site: str) -> None:
    page.set_viewport_size({"width": 1200, "height": 700})
    show(page, f"{site}/en.html")
    around = f"{ELEMENT}.looks.map(look => Math.round(look.around * 180 / Math.PI))"
    first, second = page.evaluate(around)
    page.mouse.move(300, 300)
    page.mouse.down()
    page.mouse.move(200, 300, steps=4)
    page.mouse.up()
    turned = page.evaluate(around)
    assert turned[0] > first + 30 and turned[0] - first == turned[1] - second
    page.get_by_role("button", name="Turn together").click()
    page.locator("model-comparison .pane").nth(1).focus()
    page.keyboard.press("ArrowLeft")
    alone = page.evaluate(around)
    assert alone[0] == turned[0] and alone[1] == turned[1] + 15
    page.keyboard.press("0")
    assert page.evaluate(around) == [first, second]
    page.keyboard.press("ArrowUp")
    assert page.evaluate(f"{ELEMENT}.said") == "From the front"


@pytest.mark.parametrize(("width", "language"), [(1440, "en")])
def test_it_is_accessible_and_fits(page: Any, site: str, width: int, language: str) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    show(page, f"{site}/{language}.html")
    found = boxes(page)
    assert found["red"][1] < width / 2 < found["green"][0], "side by side"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
