"""The viewer in a real Chromium: what it claims is measured on the pixels that it draws."""

from __future__ import annotations

import gzip
import io
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
from PIL import Image

from museum.web.bundle import BUILD, Bundle
from tests.browser.chart_museum import ARRIVAL, NORTHS, VIEW
from tests.browser.viewing import (
    HEIGHT,
    TOUR,
    WIDTH,
    apart,
    eventually,
    look,
    open_scene,
    query,
    rest,
    seen,
    stand_still,
    until,
    view,
    wait_for_scene,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chart_page: Any) -> Any:
    return chart_page


@pytest.fixture
def site(chart_site: str) -> str:
    return chart_site


DIRECTIONS = [(0, 0, 75), (44, 3, 60), (90, -20, 75), (179.5, 10, 90), (-135, 35, 40), (-60, -50, 75), (20, 70, 60)]


def test_the_middle_of_the_picture_is_where_the_view_says(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/room?yaw=0&pitch=0&fov=75")
    for yaw, pitch, fov in DIRECTIONS:
        look(page, yaw, pitch, fov)
        heading, up = seen(page)
        assert apart(heading, yaw + NORTHS["room"]) * np.cos(np.radians(pitch)) <= 0.3, (yaw, pitch, fov)
        assert abs(up - pitch) <= 0.3, (yaw, pitch, fov)


def test_an_address_opens_its_view(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/room?yaw=-135&pitch=35&fov=40")
    heading, up = seen(page)
    assert apart(heading, -135 + NORTHS["room"]) * np.cos(np.radians(35)) <= 0.3
    assert abs(up - 35) <= 0.3


def test_the_field_of_view_is_what_the_address_says(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/room?yaw=0&pitch=0&fov=60")
    # A point a quarter of the height above the middle lies atan(tan(30°) / 2) up.
    _, up = seen(page, at=(0.5, 0.25))
    assert abs(up - np.degrees(np.arctan(np.tan(np.radians(30)) / 2))) <= 0.3


def test_time_travel_keeps_the_heading(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/street-2020?yaw=33.3&pitch=-7&fov=64")
    before = seen(page)
    page.locator("museum-tour [data-moment=street-1937]").click()
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
    eventually(page, lambda: query(page)["yaw"] == 77)
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
    page.mouse.move(500, 300)
    page.mouse.down()
    page.mouse.move(300, 320, steps=8)
    page.wait_for_timeout(150)
    page.mouse.up()
    rest(page)
    now = view(page)
    eventually(page, lambda: query(page) == pytest.approx(now, abs=0.01))
    assert apart(now["yaw"], VIEW["yaw"]) > 10
    open_scene(page, page.evaluate("location.href"))
    assert view(page) == pytest.approx(now, abs=0.01)


def test_a_drag_holds_on_to_what_it_took(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/room?yaw=0&pitch=0&fov=75")
    page.mouse.move(WIDTH / 2, HEIGHT / 2)
    page.mouse.down()
    page.mouse.move(WIDTH / 2 - 80, HEIGHT / 2, steps=10)
    page.wait_for_timeout(200)
    page.mouse.up()
    rest(page)
    taken, _ = seen(page, at=(0.5 - 80 / WIDTH, 0.5))
    assert apart(taken, NORTHS["room"]) <= 0.5


def test_the_wheel_zooms_about_the_pointer(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/room?yaw=0&pitch=0&fov=75")
    place = (0.7, 0.35)
    before = seen(page, place)
    page.mouse.move(WIDTH * place[0], HEIGHT * place[1])
    page.mouse.wheel(0, -300)
    until(page, f"{TOUR}.view.fov < 60")
    rest(page)
    assert view(page)["fov"] < 60
    after = seen(page, place)
    assert apart(before[0], after[0]) <= 0.6
    assert abs(before[1] - after[1]) <= 0.6


def test_keys_turn_and_nothing_is_drawn_while_nothing_moves(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/room?yaw=0&pitch=0&fov=75")
    page.locator("museum-tour .stage").focus()
    page.keyboard.down("ArrowRight")
    until(page, f"{TOUR}.view.yaw > 5")
    page.keyboard.up("ArrowRight")
    rest(page)
    # What only the next turn would need comes a while after the sharp picture.
    until(page, f"{TOUR}.visit.stage.atLeisure")
    stand_still(page)


def test_a_picture_on_the_wall_opens_with_its_record(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/room?yaw=15&pitch=5&fov=75")
    page.mouse.click(WIDTH / 2, HEIGHT / 2)
    dialog = page.get_by_role("dialog", name="粉彩瓶")
    dialog.wait_for()
    dialog.get_by_text("清乾隆").wait_for()
    dialog.get_by_text("0042").wait_for()
    until(
        page,
        f"{TOUR}.shadowRoot.querySelector('museum-exhibit').shadowRoot.querySelector('museum-zoom')"
        ".shadowRoot?.querySelector('canvas')?.width > 0",
    )

    def striped() -> bool:
        pixels = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
        return bool(
            0.2 < (np.abs(pixels[200:400, 150:500].astype(int) - [240, 220, 160]).sum(axis=-1) < 60).mean() < 0.8
        )

    eventually(page, striped)
    eventually(page, lambda: query(page).get("open") == 11)
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    eventually(page, lambda: "open" not in query(page))


def test_an_address_opens_its_exhibit(page: Any, site: str) -> None:
    page.goto(f"{site}/scenes/room?yaw=15&pitch=5&fov=75&open=11")
    page.get_by_role("dialog", name="粉彩瓶").wait_for()


def test_an_artifact_with_a_model_shows_both(page: Any, site: str) -> None:
    page.emulate_media(reduced_motion="reduce")  # the model rests, and leaves the machine to what is tested
    open_scene(page, f"{site}/scenes/hall?yaw=0&pitch=0&fov=75")
    page.locator("museum-tour [data-hotspot='21']").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="方鼎")
    dialog.get_by_role("tab", name="三维模型").click()
    page.locator("museum-model model-viewer").wait_for()
    until(
        page,
        f"{TOUR}.shadowRoot.querySelector('museum-exhibit').shadowRoot.querySelector('museum-model')"
        ".shadowRoot.querySelector('model-viewer').loaded",
    )
    assert page.evaluate("window.blocked") == []
    dialog.locator("museum-model").get_by_role("button", name="全屏", exact=True).click()
    dialog.locator("museum-model").get_by_role("button", name="退出全屏").click()
    until(page, "document.fullscreenElement === null")
    dialog.get_by_role("tab", name="图片").click()
    page.locator("museum-zoom canvas").first.wait_for()


def test_what_a_way_leads_to_shows_before_one_goes(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/street-2020?yaw=30&pitch=-20&fov=75")
    page.locator("museum-tour [data-link='2']").hover()
    label = page.locator("museum-tour .label.shown")
    label.get_by_text("展室").wait_for()
    assert label.locator("img").evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0


def test_the_question_mark_says_what_keys_do(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/room")
    page.locator("museum-tour .stage").focus()
    page.keyboard.press("?")
    page.get_by_role("dialog", name="操作说明").get_by_text("环顾四周").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog", name="操作说明").wait_for(state="hidden")


def test_a_way_that_fails_leaves_one_where_one_was(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/room?yaw=0&pitch=0&fov=75")
    page.context.set_offline(True)
    page.evaluate(f"{TOUR}.scene = 'hall'")
    page.get_by_text("网络已断开").wait_for()
    page.get_by_role("button", name="留在这里").click()
    page.get_by_text("网络已断开").wait_for(state="hidden")
    assert page.evaluate(f"{TOUR}.scene") == "room"


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
    eventually(page, lambda: apart(seen(page)[0], 50 + NORTHS["room"]) <= 0.3)


def test_a_scene_opens_before_the_renderer_and_within_its_budget() -> None:
    bundle = Bundle()
    entries = [entry for entry in map(bundle.entry, ("site", "tour")) if entry]
    assert len(entries) == 2, "the viewer is not built"
    scripts = {script for entry in entries for script in (entry.script, *entry.imports)}
    # The tour itself waits for the page's own picture; then it and the renderer follow.
    later = [script for entry in entries for script in entry.later]
    assert any("museum-tour" in script for script in later)
    assert any("three" in script for script in later)
    scripts |= {script for script in later if not any(name in script for name in ("three", "stage"))}
    assert not any("three" in script for script in scripts)
    assert sum(len(gzip.compress((BUILD / script).read_bytes(), 9)) for script in scripts) < 150_000
