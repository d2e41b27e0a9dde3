"""A 3D model in a real browser: its light, its inside, its size, its notes; by mouse and by keys; and what is left without WebGL."""

from __future__ import annotations

import io
import json
import math
import re
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

MODEL = "document.querySelector('museum-model')"
VIEWER = f"{MODEL}.shadowRoot.querySelector('model-viewer')"
HEIGHT, REAL = 0.2, 0.4
"""Metres that the file claims, and that the record knows."""
FILE = {
    "model": "/box.glb",
    "title": texts("盒", "盒", "Box"),
    "alt": texts("一只红盒", "一隻紅盒", "A red box"),
    "heightM": REAL,
    "turntable": "/turn.png",
    "view": {"orbit": [0, 90, 0.8], "target": [0, HEIGHT / 2, 0], "fov": 30},
    "annotations": [
        {
            "id": 7,
            "title": texts("右侧", "右側", "The right side"),
            "description": texts("此处有铭文。", "此處有銘文。", "Here is an inscription."),
            "position": [0.05, 0.1, 0],
            "normal": [1, 0, 0],
            "view": None,
        },
        {
            "id": 9,
            "title": texts("背面", "背面", "The back"),
            "position": [0, 0.1, -0.05],
            "normal": [0, 0, -1],
            "view": {"orbit": [180, 90, 0.6], "target": [0, 0.1, 0], "fov": 30},
        },
    ],
}


def _page(language: str, count: int) -> str:
    file = escape(json.dumps(FILE, ensure_ascii=False))
    models = f"<museum-model file='{file}'></museum-model>" * count
    return (
        f"<!doctype html><html lang='{language}'><head><meta charset='utf-8'><title>Box</title>"
        "<meta name='viewport' content='width=device-width'><link rel='stylesheet' href='/model.css'>"
        f"{Bundle().head('model')}</head><body><main><h1>Box</h1><h2>Model</h2>{models}</main></body></html>"
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("models")
    box = trimesh.creation.box(extents=(0.1, HEIGHT, 0.1))
    box.apply_translation((0, HEIGHT / 2, 0))
    material = trimesh.visual.material.PBRMaterial(
        baseColorFactor=(200, 20, 20, 255), roughnessFactor=0.8, metallicFactor=0
    )
    box.visual = trimesh.visual.TextureVisuals(material=material)
    (folder / "box.glb").write_bytes(box.export(file_type="glb"))
    strip = np.repeat(np.linspace(0, 255, 24).astype(np.uint8), 8)[None, :].repeat(8, axis=0)
    Image.fromarray(strip).save(folder / "turn.png")
    (folder / "model.css").write_text(
        "html,body,main{margin:0;height:100%}h1,h2{position:absolute;opacity:0}museum-model{height:100%}"
    )
    for language in ("zh-Hans", "zh-Hant", "en"):
        (folder / f"{language}.html").write_text(_page(language, 1), encoding="utf-8")
    (folder / "two.html").write_text(_page("en", 2), encoding="utf-8")
    with serve(folder) as address:
        yield address


def show(page: Any, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    until(page, f"{MODEL}?.phase === 'ready'", 120)
    settle(page)


def settle(page: Any) -> None:
    """Wait until what was asked for has been drawn, and the camera stands."""
    page.evaluate(
        f"""async () => {{ const frame = () => new Promise(requestAnimationFrame);
        for (let last = '', same = 0; same < 4; ) {{
            await frame(); const now = String({VIEWER}.getCameraOrbit()); same = now === last ? same + 1 : 0; last = now; }} }}"""
    )


def colour(page: Any, x: float = 0.5, y: float = 0.5) -> tuple[int, int, int]:
    """The mean colour around a point of the window, in shares of its sides."""
    pixels = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB")).astype(int)
    height, width = pixels.shape[:2]
    column, row = round(x * width), round(y * height)
    red, green, blue = pixels[row - 4 : row + 4, column - 4 : column + 4].reshape(-1, 3).mean(axis=0)
    return round(red), round(green), round(blue)


def orbit(page: Any) -> tuple[float, float, float]:
    found = page.evaluate(f"(() => {{ const o = {VIEWER}.getCameraOrbit(); return [o.theta, o.phi, o.radius]; }})()")
    return math.degrees(found[0]) % 360, math.degrees(found[1]), found[2]


def said(page: Any) -> str:
    return page.evaluate(f"{MODEL}.said")


def tool(page: Any, name: str) -> None:
    page.locator(f"museum-model .tool[aria-label='{name}']").click()


def test_two_points_are_measured_in_real_units(page: Any, site: str) -> None:
    show(page, f"{site}/en.html")
    tool(page, "Measure")
    box = page.evaluate(
        f"(() => {{ const r = {VIEWER}.getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; }})()"
    )
    x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
    for by in (-30, 30):
        page.mouse.click(x, y + by)
    fov = page.evaluate(f"{VIEWER}.getFieldOfView()")
    before_face = orbit(page)[2] - 0.05
    expected = 60 * 2 * before_face * math.tan(math.radians(fov) / 2) / box[3] * REAL / HEIGHT
    figure = re.fullmatch(r"([\d.]+) cm apart", said(page))
    assert figure, said(page)
    assert abs(float(figure[1]) / 100 - expected) < 0.02 * expected
    assert page.locator("museum-model .length").inner_text() == f"{figure[1]} cm"


def test_all_of_it_goes_by_keys(page: Any, site: str) -> None:
    show(page, f"{site}/en.html")
    page.keyboard.press("Tab")
    until(page, f"{MODEL}.shadowRoot.activeElement?.localName === 'model-viewer'")
    page.keyboard.press("m")
    page.keyboard.press("Enter")
    assert said(page).startswith("Point 1 set.")
    page.keyboard.press("ArrowLeft")
    settle(page)
    page.keyboard.press("Enter")
    assert re.fullmatch(r"[\d.]+ (mm|cm) apart", said(page)), said(page)
    turned = orbit(page)[0]
    page.keyboard.press("Escape")
    assert page.evaluate(f"{MODEL}.tool") is None
    page.keyboard.press("0")
    settle(page)
    assert abs(orbit(page)[0]) < 0.1 < abs(turned)
    page.keyboard.press("n")
    page.locator("museum-model .notes button").first.focus()
    page.keyboard.press("Enter")
    settle(page)
    assert said(page) == "Note 1: The right side Here is an inscription."
    assert abs(orbit(page)[0] - 90) < 0.5, "the camera stands before it"


def test_a_mark_on_the_thing_opens_its_note_and_frames_it(page: Any, site: str) -> None:
    show(page, f"{site}/zh-Hans.html")
    page.evaluate(f"{VIEWER}.querySelector('[aria-label=\"注记 2：背面\"]').click()")
    settle(page)
    around, down, distance = orbit(page)
    assert abs(around - 180) < 0.5 and abs(down - 90) < 0.5 and abs(distance - 0.6) < 0.01
    assert page.locator("museum-model .panel h3").inner_text().endswith("背面")


def test_clay_takes_the_colours_and_the_cut_shows_the_inside(page: Any, site: str) -> None:
    show(page, f"{site}/en.html")
    red, green, blue = colour(page)
    assert red > 2.5 * max(green, blue), "a red box"
    tool(page, "Light")
    page.get_by_label("Plain clay, without colours").check()
    page.wait_for_timeout(300)
    settle(page)
    red, green, blue = colour(page, y=0.4)
    assert red < 1.35 * blue, "no colour is left"
    page.get_by_label("Plain clay, without colours").uncheck()
    tool(page, "Cut")
    settle(page)
    page.wait_for_timeout(300)
    red, green, blue = colour(page, y=0.4)
    assert red > green > blue and green > 0.45 * red, "the section has a colour of its own"
    page.get_by_role("button", name="Whole again").click()
    settle(page)
    page.wait_for_timeout(300)
    red, green, blue = colour(page, y=0.4)
    assert red > 2.5 * max(green, blue), "the box is whole, and red"


def test_one_model_on_a_page_is_live(page: Any, site: str) -> None:
    show(page, f"{site}/two.html")
    phases = "[...document.querySelectorAll('museum-model')].map(model => model.phase)"
    assert page.evaluate(phases) == ["ready", "resting"]
    page.evaluate("document.querySelectorAll('museum-model')[1].scrollIntoView()")
    page.evaluate("document.querySelectorAll('museum-model')[1].open()")
    until(page, f"{phases}.join() === 'resting,ready'", 120)
    assert page.evaluate(
        "[...document.querySelectorAll('museum-model')].map(m => m.shadowRoot.querySelectorAll('model-viewer').length)"
    ) == [0, 1]


def test_without_webgl_pictures_turn(page: Any, site: str) -> None:
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(f"{site}/en.html")
    until(page, f"{MODEL}?.phase === 'undrawable'")
    slider = page.get_by_role("slider", name="Turn the thing")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "15°"
    assert page.evaluate(f"{MODEL}.shadowRoot.querySelector('.frames').style.backgroundPositionX").startswith("4.347")


@pytest.mark.parametrize(("width", "language"), [(390, "zh-Hans"), (1440, "en")])
def test_every_tool_is_accessible(page: Any, site: str, width: int, language: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    show(page, f"{site}/{language}.html")
    found: dict[str, list[str]] = {}
    for name in ("", "notes", "light", "cut", "measure", "keys"):
        if name:
            page.evaluate(f"{MODEL}.choose('{name}')")
        if name == "light":
            page.evaluate(f"{MODEL}.setLight('raking')")
        settle(page)
        page.wait_for_timeout(300)
        if wrong := violations(page):
            found[name] = wrong
    assert found == {}
