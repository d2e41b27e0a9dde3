"""A curator's first scene in a real browser: from `museum user add` to the visitor's eye, without a restart."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy
import pytest
from PIL import Image, ImageDraw

from museum.settings import Settings
from tests.support import RunningServer, start_server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

PASSWORD = "lantern under snow"
SHOTS = os.environ.get("MUSEUM_SHOTS")


@pytest.fixture
def museum_server(tmp_path: Path) -> Iterator[RunningServer]:
    """A museum with nothing in it but a curator."""
    settings = Settings(data=tmp_path / "museum", port=0, min_free_bytes=0)
    settings.data.mkdir()
    running = start_server(settings)
    for role, name in (("curator", "Mei"), ("contributor", "Tao")):
        subprocess.run(
            [
                *(sys.executable, "-m", "museum", "user", "--data", str(settings.data)),
                *("add", name, "--role", role, "--password-stdin"),
            ],
            input=PASSWORD + "\n",
            text=True,
            check=True,
            cwd=Path(__file__).parents[2],
        )
    yield running
    running.stop()
    assert running.process.stdout is not None
    running.process.stdout.close()


def draw_panorama(path: Path, hue: int, alike: bool = False) -> Path:
    """A 2:1 picture with a lattice every 30 degrees and a red square at yaw 90, pitch 0. With halves that are `alike` it could
    also be two pictures, one for each eye."""
    width, height = 2048, 1024
    x, y = numpy.meshgrid(numpy.arange(width), numpy.arange(height))
    pixels = numpy.stack([(x * 60 // width) + hue, (y * 90 // height) + 40, numpy.full_like(x, 120)], axis=-1)
    if not alike:
        pixels[: height // 2, :, 1] = 255 - (x[: height // 2] * 200 // width)
        pixels[height // 2 :, :, 2] = 20
    pixels[(x % (width // 12) < 3) | (y % (height // 6) < 3)] = 200
    picture = Image.fromarray(pixels.astype(numpy.uint8))
    middle = width * 3 // 4
    ImageDraw.Draw(picture).rectangle(
        (middle - 40, height // 2 - 40, middle + 40, height // 2 + 40), fill=(220, 20, 20)
    )
    picture.save(path, quality=92)
    return path


def shoot(page: Any, name: str) -> None:
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def log_in(page: Any, server: RunningServer, name: str = "mei") -> None:
    page.goto(f"{server.url}/admin/")
    assert "/admin/login" in page.url
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", PASSWORD)
    shoot(page, "login")
    page.click(".login button.primary")
    page.wait_for_url(f"{server.url}/admin/")


def drop(page: Any, path: Path) -> None:
    """Drop a file from the desktop onto the zone."""
    with path.open("rb") as file:
        content = list(file.read())
    transfer = page.evaluate_handle(
        """([content, name]) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([new Uint8Array(content)], name, {type: 'image/jpeg'}));
            return transfer;
        }""",
        [content, path.name],
    )
    page.dispatch_event("form.upload", "drop", {"dataTransfer": transfer})


def new_scene(page: Any, title: str, panorama: Path) -> str:
    """From the hall's page to a draft with a finished panorama; its slug."""
    page.click(".headline a.primary")
    page.fill('input[name="title:zh-Hans"]', title)
    page.click("main button.primary")
    page.wait_for_selector("form.upload")
    shoot(page, "scene-empty")
    drop(page, panorama)
    page.wait_for_selector("museum-tour", timeout=90_000)
    return page.url.rsplit("/", 1)[1]


def until(page: Any, condition: str, seconds: float = 40) -> None:
    """Wait for `condition`, asked from outside: the page's own policy forbids evaluation inside it."""
    limit = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < limit, condition
        page.wait_for_timeout(100)


def settled(page: Any) -> None:
    """Wait for the renewed viewer to have taken over."""
    until(page, "document.querySelectorAll('museum-tour').length === 1")


def sharp(page: Any) -> None:
    """Wait for the viewer to show its scene in full."""
    until(page, "document.querySelector('museum-tour')?.tour !== undefined")
    page.evaluate("document.querySelector('museum-tour').ready")


def centre(page: Any) -> tuple[float, float]:
    box = page.locator("museum-tour").first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_first_scene(museum_server: RunningServer, page: Any, chromium: Any, tmp_path: Path) -> None:
    server = museum_server
    log_in(page, server)
    assert "还没有展馆" in page.inner_text("main")
    shoot(page, "dashboard-empty")
    page.click("main a.primary")
    page.fill('input[name="title:zh-Hans"]', "第一展厅")
    page.fill('input[name="title:en"]', "First hall")
    page.click("main button.primary")
    page.wait_for_url(f"{server.url}/admin/venues/first-hall")
    page.click('form[action$="/publish"] button')
    page.wait_for_selector(".headline .state.published")
    first = new_scene(page, "入口", draw_panorama(tmp_path / "entrance.jpg", 120))
    page.goto(f"{server.url}/admin/venues/first-hall")
    page.click(".headline a.primary")
    page.fill('input[name="title:zh-Hans"]', "画室")
    page.click("main button.primary")
    page.wait_for_selector("form.upload")
    drop(page, draw_panorama(tmp_path / "studio.jpg", 20, alike=True))
    # It might be two pictures, one for each eye: she is asked, and says that it is not.
    page.wait_for_selector("button[value=mono]", timeout=90_000)
    shoot(page, "stereo-question")
    page.click("button[value=mono]")
    page.wait_for_selector("museum-tour", timeout=90_000)
    second = page.url.rsplit("/", 1)[1]

    # The first view is what she sees when she says so.
    sharp(page)
    page.evaluate("document.querySelector('museum-tour').view = {yaw: 90, pitch: 0, fov: 70}")
    page.click("[data-first-view]")
    page.wait_for_selector(".notice-line.done")
    assert float(page.input_value("[data-view-form] input[name=yaw]")) == pytest.approx(90, abs=0.1)
    settled(page)

    # A link where she clicks: in the middle of the picture, so at yaw 90.
    page.click("[data-mode=link]")
    page.mouse.click(*centre(page))
    page.click(f'[data-panel=link] .choices button[data-slug="{first}"]')
    assert abs(float(page.input_value("[data-panel=link] input[name=yaw]")) - 90) < 0.5
    shoot(page, "placing-link")
    page.click("[data-panel=link] button.primary")
    page.wait_for_selector("[data-live=links] [data-spot]")
    settled(page)
    link = page.locator("[data-live=links] [data-spot]")
    assert abs(float(link.get_attribute("data-yaw")) - 90) < 0.5
    assert "入口" in link.inner_text()

    # A hotspot beside it: a text of her own.
    page.click("[data-mode=hotspot]")
    x, y = centre(page)
    page.mouse.click(x + 150, y - 60)
    page.select_option("[data-panel=hotspot] select[name=kind]", "text")
    page.fill('[data-panel=hotspot] input[name="title:zh-Hans"]', "红色方块")
    page.click("[data-panel=hotspot] button.primary")
    page.wait_for_selector("[data-live=hotspots] [data-spot]")
    settled(page)
    spot = page.locator("[data-live=hotspots] [data-spot]")
    assert 90 < float(spot.get_attribute("data-yaw")) < 125
    assert 0 < float(spot.get_attribute("data-pitch")) < 25

    # Deleted by mistake, and back again.
    spot.locator("button", has_text="删除").click()
    page.wait_for_selector("[data-live=hotspots] .empty")
    page.click(".notice-line button")
    page.wait_for_selector("[data-live=hotspots] [data-spot]")
    shoot(page, "scene-edited")

    # Until she publishes a visitor sees nothing, at no address.
    tour = f"/api/v1/scenes/{second}/tour.json"
    assert server.get(f"/scenes/{second}").status_code == 404
    assert server.get(tour).status_code == 404
    page.click('.headline form[action$="/publish"] button')
    page.wait_for_selector(".headline .state.published")
    page.goto(f"{server.url}/admin/scenes/{first}")
    sharp(page)
    assert "画室" in page.inner_text("[data-live=links]"), "the way back was made too"
    page.click('.headline form[action$="/publish"] button')
    page.wait_for_selector(".headline .state.published")

    visitor_context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    visitor = visitor_context.new_page()
    visitor.goto(f"{server.url}/scenes/{second}")
    sharp(visitor)
    seen = visitor.evaluate("document.querySelector('museum-tour').tour.scene")
    assert seen["title"]["zh-Hans"] == "画室"
    assert seen["view"]["yaw"] == pytest.approx(90, abs=0.1)
    assert [known["scene"] for known in seen["links"]] == [first]
    assert [known["title"]["zh-Hans"] for known in seen["hotspots"]] == ["红色方块"]
    assert visitor.evaluate("document.querySelector('museum-tour').view.yaw") == pytest.approx(90, abs=0.5)
    red = visitor.evaluate("fetch(document.querySelector('museum-tour').tour.scene.panorama.strip).then(r => r.status)")
    assert red == 200
    shoot(visitor, "visitor")
    visitor_context.close()

    # Withdrawn, it is gone for visitors at once, tiles included.
    tile = re.sub(r"\{level\}/\{face\}/\{row\}/\{column\}", "0/f/0/0", seen["panorama"]["tiles"])
    tile = tile if tile.startswith("/") else "/" + tile.split("/", 3)[3]
    assert server.get(tile).status_code == 200
    page.goto(f"{server.url}/admin/scenes/{second}")
    page.click('.headline form[action$="/unpublish"] button')
    page.wait_for_selector(".headline .state.draft")
    assert server.get(tour).status_code == 404
    assert server.get(tile).status_code == 404


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
@pytest.mark.parametrize("width", [390, 1440])
def test_pages_fit(museum_server: RunningServer, chromium: Any, tmp_path: Path, language: str, width: int) -> None:
    """No page is wider than the screen, and none names a text that is missing."""
    context = chromium.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto(f"{museum_server.url}/admin/login?lang={language}")
    log_in(page, museum_server)
    page.goto(f"{museum_server.url}/admin/venues")
    page.fill('input[name="title:en"]', "Hall of bronzes and of everything that was ever cast")
    page.click("main button.primary")
    page.wait_for_selector(".headline")
    slug = new_scene(page, "Lobby", draw_panorama(tmp_path / "lobby.jpg", 120))
    for address in ("", "venues", "venues/hall-of-bronzes-and-of-everything-that-was-ever-cast", "jobs", "sessions"):
        page.goto(f"{museum_server.url}/admin/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        shoot(page, f"{address.split('/')[-1] or 'dashboard'}-{language}-{width}"[:60])
    page.goto(f"{museum_server.url}/admin/scenes/{slug}")
    sharp(page)
    page.click("[data-mode=link]")
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shoot(page, f"scene-{language}-{width}")
    context.close()
