"""The viewer in a real Chromium: what it claims is measured on the pixels that it draws."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from PIL import Image

from tests.browser import chart_museum
from tests.browser.chart_museum import ARRIVAL, NORTHS, VIEW
from tests.browser.tour_site import direction_of, serve

pytestmark = pytest.mark.browser

TOUR = "document.querySelector('museum-tour')"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("charts")
    chart_museum.build(folder)
    with serve(folder) as address:
        yield address


def until(page: Any, expression: str, seconds: float = 20) -> None:
    """Wait until an expression holds. (The page's policy forbids Playwright's own way, which evaluates in the page.)"""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(50)


def open_scene(page: Any, address: str) -> None:
    page.goto(address)
    until(page, f"{TOUR}?.tour !== undefined")
    sharp(page)


def sharp(page: Any) -> None:
    page.evaluate(f"{TOUR}.ready")


def wait_for_scene(page: Any, slug: str) -> None:
    until(page, f"{TOUR}.scene === '{slug}'")
    sharp(page)
    until(page, f"!{TOUR}.moving")


def look(page: Any, yaw: float, pitch: float, fov: float = 75.0) -> None:
    page.evaluate(f"view => {{ {TOUR}.view = view }}", {"yaw": yaw, "pitch": pitch, "fov": fov})
    page.wait_for_timeout(150)
    page.evaluate(f"{TOUR}.ready")
    page.wait_for_timeout(150)


def view(page: Any) -> dict[str, float]:
    return page.evaluate(f"{TOUR}.view")


def picture(page: Any) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """What is on the screen, without what floats over the panorama."""
    floating = f"{TOUR}.shadowRoot.querySelectorAll('.overlay, .caption, .controls, .corner, .big-year, .poster')"
    page.evaluate(f"() => {{ for (const part of {floating}) part.style.display = 'none'; }}")
    page.wait_for_timeout(100)
    shot = page.screenshot()
    page.evaluate(f"() => {{ for (const part of {floating}) part.style.removeProperty('display'); }}")
    return np.asarray(Image.open(io.BytesIO(shot)).convert("RGB"))


def seen(page: Any, at: tuple[float, float] = (0.5, 0.5)) -> tuple[float, float]:
    """Heading and pitch of what lies at a point of the screen, as shares of its width and height."""
    pixels = picture(page)
    height, width = pixels.shape[:2]
    x, y = round(at[0] * width), round(at[1] * height)
    return direction_of(pixels[y - 8 : y + 8, x - 8 : x + 8])


def apart(a: float, b: float) -> float:
    return abs((a - b + 180) % 360 - 180)


@pytest.mark.parametrize(
    ("yaw", "pitch", "fov"),
    [(0, 0, 75), (44, 3, 60), (90, -20, 75), (179.5, 10, 90), (-135, 35, 40), (-60, -50, 75), (20, 70, 60)],
)
def test_the_middle_of_the_picture_is_where_the_view_says(
    page: Any, site: str, yaw: float, pitch: float, fov: float
) -> None:
    open_scene(page, f"{site}/scenes/room?yaw={yaw}&pitch={pitch}&fov={fov}")
    heading, up = seen(page)
    cosine = np.cos(np.radians(pitch))
    assert apart(heading, yaw + NORTHS["room"]) * cosine <= 0.3
    assert abs(up - pitch) <= 0.3


def test_the_field_of_view_is_what_the_address_says(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/room?yaw=0&pitch=0&fov=60")
    # A point a quarter of the height above the middle lies atan(tan(30°) / 2) up.
    _, up = seen(page, at=(0.5, 0.25))
    assert abs(up - np.degrees(np.arctan(np.tan(np.radians(30)) / 2))) <= 0.3


def test_time_travel_keeps_the_heading(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/street-2020?yaw=33.3&pitch=-7&fov=64")
    before = seen(page)
    page.keyboard.press("t")
    page.get_by_role("button", name="1937").last.click()
    wait_for_scene(page, "street-1937")
    after = seen(page)
    assert apart(before[0], after[0]) <= 0.5
    assert abs(before[1] - after[1]) <= 0.5
    assert view(page)["fov"] == pytest.approx(64, abs=0.01)
    assert apart(view(page)["yaw"] + NORTHS["street-1937"], 33.3 + NORTHS["street-2020"]) <= 0.01
    assert urlsplit(page.url).path == "/scenes/street-1937"


def test_the_way_back_leads_to_exactly_where_one_was(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/street-2020?yaw=33.37&pitch=-7.25&fov=64.5")
    page.locator("museum-tour [data-moment=street-1937]").click()
    wait_for_scene(page, "street-1937")
    look(page, -100, 20, 50)
    page.get_by_role("button", name="回到刚才的地方").click()
    wait_for_scene(page, "street-2020")
    assert view(page) == pytest.approx({"yaw": 33.37, "pitch": -7.25, "fov": 64.5}, abs=1e-6)
    heading, up = seen(page)
    assert apart(heading, 33.37 + NORTHS["street-2020"]) <= 0.3
    assert abs(up + 7.25) <= 0.3


def test_the_browsers_own_buttons_lead_back_and_forth(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/street-2020")
    left = view(page)
    page.evaluate(f"{TOUR}.scene = 'room'")
    wait_for_scene(page, "room")
    look(page, 77, 5)
    page.wait_for_timeout(400)
    page.go_back()
    wait_for_scene(page, "street-2020")
    assert view(page) == pytest.approx(left, abs=1e-6)
    page.go_forward()
    wait_for_scene(page, "room")
    assert view(page) == pytest.approx({"yaw": 77, "pitch": 5, "fov": 75}, abs=1e-6)


def test_a_portal_arrives_where_its_link_says(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/street-2020?yaw=-20&pitch=-4&fov=60")
    page.locator("museum-tour [data-link='3']").click()
    wait_for_scene(page, "hall")
    assert view(page) == pytest.approx(ARRIVAL, abs=1e-6)
    heading, up = seen(page)
    assert apart(heading, ARRIVAL["yaw"] + NORTHS["hall"]) <= 0.3
    assert abs(up - ARRIVAL["pitch"]) <= 0.3


def test_walking_keeps_the_heading(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/street-2020?yaw=30&pitch=-10&fov=75")
    page.locator("museum-tour [data-link='2']").click()
    wait_for_scene(page, "room")
    heading, _ = seen(page)
    assert apart(heading, 30 + NORTHS["street-2020"]) <= 0.5


def test_the_address_follows_the_view(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/room")
    page.mouse.move(700, 400)
    page.mouse.down()
    page.mouse.move(400, 420, steps=8)
    page.wait_for_timeout(150)
    page.mouse.up()
    page.wait_for_timeout(900)
    shown = {key: float(value[0]) for key, value in parse_qs(urlsplit(page.url).query).items()}
    now = view(page)
    assert shown == pytest.approx(now, abs=0.01)
    assert apart(now["yaw"], VIEW["yaw"]) > 10
    open_scene(page, page.url)
    assert view(page) == pytest.approx(now, abs=0.01)


def test_a_drag_holds_on_to_what_it_took(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/room?yaw=0&pitch=0&fov=75")
    page.mouse.move(720, 450)
    page.mouse.down()
    page.mouse.move(640, 450, steps=10)
    page.wait_for_timeout(200)
    page.mouse.up()
    page.wait_for_timeout(300)
    taken, _ = seen(page, at=(640 / 1440, 0.5))
    assert apart(taken, NORTHS["room"]) <= 0.5


def test_the_wheel_zooms_about_the_pointer(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/room?yaw=0&pitch=0&fov=75")
    place = (0.7, 0.35)
    before = seen(page, place)
    page.mouse.move(1440 * place[0], 900 * place[1])
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(1500)
    assert view(page)["fov"] < 60
    after = seen(page, place)
    assert apart(before[0], after[0]) <= 0.6
    assert abs(before[1] - after[1]) <= 0.6


def test_keys_turn_and_nothing_is_drawn_while_nothing_moves(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/room?yaw=0&pitch=0&fov=75")
    page.locator("museum-tour .stage").focus()
    page.keyboard.down("ArrowRight")
    page.wait_for_timeout(300)
    page.keyboard.up("ArrowRight")
    assert view(page)["yaw"] > 5
    page.wait_for_timeout(600)
    frames = page.evaluate(f"{TOUR}.statistics.frames")
    page.wait_for_timeout(700)
    assert page.evaluate(f"{TOUR}.statistics.frames") == frames


def test_a_picture_on_the_wall_opens_with_its_record(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/room?yaw=15&pitch=5&fov=75")
    page.mouse.click(720, 450)
    dialog = page.get_by_role("dialog", name="粉彩瓶")
    dialog.wait_for()
    assert dialog.get_by_text("清乾隆").is_visible()
    assert dialog.get_by_text("0042").is_visible()
    until(
        page,
        f"{TOUR}.shadowRoot.querySelector('museum-exhibit').shadowRoot.querySelector('museum-zoom')"
        ".shadowRoot?.querySelector('canvas')?.width > 0",
    )
    page.wait_for_timeout(1200)
    pixels = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
    stripes = (np.abs(pixels[300:600, 200:800].astype(int) - [240, 220, 160]).sum(axis=-1) < 60).mean()
    assert 0.2 < stripes < 0.8
    assert parse_qs(urlsplit(page.url).query)["open"] == ["11"]
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    assert "open" not in parse_qs(urlsplit(page.url).query)


def test_tab_goes_through_the_things_and_turns_to_them(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/room?yaw=0&pitch=0&fov=75")
    page.locator("museum-tour .stage").focus()
    for _ in range(3):  # a way on, then the two things from left to right
        page.keyboard.press("Tab")
    until(page, f"Math.abs({TOUR}.view.yaw - 100) < 0.01")
    page.keyboard.press("Enter")
    page.get_by_role("dialog", name="右边").wait_for()


def test_the_language_changes_without_a_reload(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/street-2020?yaw=12&pitch=1&fov=70")
    page.evaluate("window.kept = true")
    assert page.get_by_text("今日街口").first.is_visible()
    page.get_by_role("button", name="Language: EN").click()
    assert page.get_by_text("The corner today").first.is_visible()
    assert page.get_by_role("button", name="Travel to 1937: The corner then").count() == 1
    assert page.evaluate("window.kept") is True
    assert view(page) == pytest.approx({"yaw": 12, "pitch": 1, "fov": 70}, abs=1e-6)


def test_a_scene_that_is_not_there_says_so(page: Any, site: str) -> None:
    page.goto(f"{site}/scenes/nowhere")
    page.get_by_text("馆中没有这个场景").wait_for()


def test_tiles_come_back_after_the_gpu_was_lost(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/room?yaw=50&pitch=0&fov=75")
    page.evaluate(
        f"""async () => {{ const canvas = {TOUR}.shadowRoot.querySelector('canvas');
        const lose = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
        lose.loseContext(); await new Promise(r => setTimeout(r, 300)); lose.restoreContext(); }}"""
    )
    page.wait_for_timeout(2500)
    heading, _ = seen(page)
    assert apart(heading, 50 + NORTHS["room"]) <= 0.3
