"""Through time in a real Chromium, measured on pixels: a chart's direction says where one looks, its strength which moment it is."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from tests.browser.axe import violations
from tests.browser.chart_museum import NORTHS, STRENGTH, STRENGTHS, YEARS
from tests.browser.viewing import (
    HEIGHT,
    TOUR,
    WIDTH,
    apart,
    eventually,
    open_scene,
    picture,
    rest,
    seen,
    stand_still,
    strength,
    until,
    view,
    wait_for_scene,
)

pytestmark = pytest.mark.browser
OLD, MIDDLE, NEW = YEARS
LOOK = "yaw=33.3&pitch=-7&fov=64"
HEADING = 33.3 + NORTHS[NEW]


@pytest.fixture
def page(chart_page: Any) -> Any:
    return chart_page


@pytest.fixture
def site(chart_site: str) -> str:
    return chart_site


def knob(page: Any) -> Any:
    return page.get_by_role("slider", name="时间线")


def spot(page: Any, position: float) -> tuple[float, float]:
    """Where a position of the time line lies on the screen."""
    rail = page.locator("museum-tour .rail").bounding_box()
    middle = knob(page).bounding_box()
    return rail["x"] + rail["width"] * position, middle["y"] + middle["height"] / 2


def positions(page: Any) -> list[float]:
    return page.evaluate(f"{TOUR}.visit.time.positions")


def drag(page: Any, to: float, *, hold: bool = False) -> None:
    """Drag the knob along the line."""
    page.mouse.move(*spot(page, page.evaluate(f"{TOUR}.visit.time.position")))
    page.mouse.down()
    page.mouse.move(*spot(page, to), steps=6)
    if not hold:
        page.mouse.up()
        rest(page)


def test_each_clock_says_the_year_that_it_leads_to(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/{NEW}?yaw=60&pitch=0&fov=75")
    clock = page.locator("museum-tour .way.time")
    year = clock.locator(".when")
    assert [one.inner_text() for one in clock.all()] == [str(YEARS[MIDDLE])]
    assert year.is_visible()
    assert year.bounding_box()["y"] > clock.bounding_box()["y"] + clock.bounding_box()["height"]


def test_the_heading_stays_in_every_moment(page: Any, site: str) -> None:
    """One of them was photographed with a tilted camera."""
    open_scene(page, f"{site}/scenes/{NEW}?{LOOK}")
    for slug in (MIDDLE, OLD):
        knob(page).focus()
        page.keyboard.press("ArrowLeft")
        wait_for_scene(page, slug)
        for at, bound in (((0.5, 0.5), 0.5), ((0.3, 0.35), 0.6)):
            before = page.evaluate(f"{TOUR}.view")
            assert strength(page, at) == pytest.approx(STRENGTHS[slug], abs=2)
            heading, up = seen(page, at)
            if at == (0.5, 0.5):
                assert apart(heading, HEADING) * np.cos(np.radians(up)) <= bound, slug
                assert abs(up + 7) <= bound, slug
            assert before["pitch"] == pytest.approx(-7, abs=1e-6)
            assert before["fov"] == pytest.approx(64, abs=1e-6)
        assert urlsplit(page.evaluate("location.href")).path == f"/scenes/{slug}"


def test_between_two_years_both_are_there(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/{NEW}?{LOOK}")
    _, middle, new = positions(page)
    drag(page, (middle + new) / 2 + 0.02)
    part = page.evaluate(f"{TOUR}.visit.time.between.part")
    assert 0.45 < part < 0.6
    assert strength(page) == pytest.approx(STRENGTHS[MIDDLE] + part * (STRENGTH - STRENGTHS[MIDDLE]), abs=1.5)
    heading, up = seen(page)
    assert apart(heading, HEADING) <= 0.5
    assert abs(up + 7) <= 0.5
    assert page.evaluate(f"{TOUR}.visit.stage.calls") <= 60
    assert page.evaluate(f"{TOUR}.statistics.textureBytes") <= 90 * 2**20


def test_marks_are_those_of_the_moment_that_is_more_opaque(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/{NEW}?{LOOK}")
    _, middle, new = positions(page)
    assert page.locator("museum-tour [data-link]").count() == 3
    drag(page, middle + (new - middle) * 0.3)
    assert page.evaluate(f"{TOUR}.scene") == MIDDLE
    assert page.locator("museum-tour [data-link]").count() == 1
    drag(page, middle + (new - middle) * 0.7)
    assert page.evaluate(f"{TOUR}.scene") == NEW
    assert page.locator("museum-tour [data-link]").count() == 3


def test_scrubbing_asks_for_nothing_but_tiles_and_marks(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/{NEW}?{LOOK}")
    until(page, f"{TOUR}.visit.stage.strips.size >= 2")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    _, middle, new = positions(page)
    drag(page, middle + (new - middle) * 0.8, hold=True)
    until(page, f"{TOUR}.visit.stage.settled")
    assert not [path for path in asked if path.endswith("strip.jpg")], "first paints are there already"
    page.mouse.up()
    rest(page)


def test_letting_go_near_a_moment_arrives_at_it_and_back_leads_home(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/{NEW}?{LOOK}")
    drag(page, positions(page)[1] + 0.03)
    wait_for_scene(page, MIDDLE)
    assert page.evaluate(f"{TOUR}.visit.time.position") == pytest.approx(positions(page)[1])
    assert strength(page) == pytest.approx(STRENGTHS[MIDDLE], abs=1.5)
    assert urlsplit(page.evaluate("location.href")).path == f"/scenes/{MIDDLE}"
    page.go_back()
    wait_for_scene(page, NEW)
    assert view(page) == pytest.approx({"yaw": 33.3, "pitch": -7, "fov": 64}, abs=1e-6)
    assert strength(page) == pytest.approx(STRENGTH, abs=1.5)


def test_a_finger_scrubs_on_a_phone(chromium: Any, site: str) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 700}, has_touch=True, is_mobile=True, locale="zh-CN"
    )
    page = context.new_page()
    try:
        open_scene(page, f"{site}/scenes/{NEW}?{LOOK}")
        fingers = context.new_cdp_session(page)
        _, middle, new = positions(page)
        x, y = spot(page, 1)
        to, _ = spot(page, middle + (new - middle) * 0.55)

        def touch(kind: str, x: float) -> None:
            points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
            fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        touch("touchStart", x)
        for share in (0.2, 0.5, 0.8, 1):
            touch("touchMove", x + (to - x) * share)
        touch("touchEnd", to)
        rest(page)
        assert 0.5 < page.evaluate(f"{TOUR}.visit.time.between.part") < 0.6
        assert STRENGTHS[MIDDLE] + 5 < strength(page, (0.5, 0.3)) < STRENGTH - 5
        names = [name.bounding_box() for name in page.locator("museum-tour .time-line button:not(.crowded)").all()]
        assert len(names) == 3
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in names), "all years fit on a phone"
    finally:
        context.close()


def test_the_slider_speaks_the_year(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/{NEW}?{LOOK}")
    page.locator("museum-tour .stage").focus()
    page.keyboard.press("t")
    slider = knob(page)
    assert slider.evaluate("knob => knob.matches(':focus')")
    assert slider.get_attribute("aria-valuetext") == "2020年"
    assert (slider.get_attribute("aria-valuemin"), slider.get_attribute("aria-valuemax")) == ("1900", "2020")
    page.keyboard.press("ArrowLeft")
    wait_for_scene(page, MIDDLE)
    assert slider.get_attribute("aria-valuetext") == "1937年，民国二十六年"
    assert slider.get_attribute("aria-valuenow") == "1937"
    page.keyboard.press("Shift+ArrowRight")
    rest(page)
    words = slider.get_attribute("aria-valuetext")
    assert words == "约1945年，在1937年与2020年之间"
    page.evaluate(f"{TOUR}.lang = 'en'")
    until(page, f"{TOUR}.shadowRoot.querySelector('.knob').ariaValueText === 'about 1945, between 1937 and 2020'")
    page.keyboard.press("Home")
    wait_for_scene(page, OLD)


def test_the_lens_shows_the_other_moment_inside_and_nowhere_else(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/{NEW}?{LOOK}")
    page.get_by_role("button", name="时光镜").click()
    page.mouse.move(WIDTH * 0.4, HEIGHT * 0.4, steps=3)
    rest(page)
    circle = page.evaluate(f"{TOUR}.visit.time.shape")
    assert (circle["x"], circle["y"]) == pytest.approx((WIDTH * 0.4, HEIGHT * 0.4), abs=1)
    for angle in np.radians(range(0, 360, 45)):
        for share, expected in ((0.85, STRENGTHS[MIDDLE]), (1.15, STRENGTH)):
            at = (
                (circle["x"] + np.cos(angle) * circle["radius"] * share) / WIDTH,
                (circle["y"] + np.sin(angle) * circle["radius"] * share) / HEIGHT,
            )
            assert strength(page, at) == pytest.approx(expected, abs=2), (angle, share)
    heading, up = seen(page, (0.4, 0.4))
    outside = seen(page, (0.5, 0.97))
    assert apart(outside[0], HEADING) <= 1.5, "the picture around it has not moved"
    page.evaluate(f"{TOUR}.visit.time.compare('blend')")
    rest(page)
    plain = seen(page, (0.4, 0.4))
    assert apart(heading, plain[0]) <= 0.5
    assert abs(up - plain[1]) <= 0.5


def test_the_lens_obeys_keys(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/{NEW}?{LOOK}")
    page.locator("museum-tour .stage").focus()
    page.keyboard.press("l")
    glass = page.get_by_role("application", name="镜中是1937年")
    glass.wait_for()
    until(page, f"{TOUR}.shadowRoot.activeElement?.className.includes('lens')")
    rest(page)
    before = page.evaluate(f"{TOUR}.visit.time.shape")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("+")
    rest(page)
    after = page.evaluate(f"{TOUR}.visit.time.shape")
    assert after["x"] - before["x"] == pytest.approx(24, abs=0.1)
    assert after["y"] - before["y"] == pytest.approx(-24, abs=0.1)
    assert after["radius"] / before["radius"] == pytest.approx(1.15, abs=0.01)
    assert view(page)["yaw"] == pytest.approx(33.3), "the keys are the glass's, not the view's"
    page.keyboard.press("Escape")
    glass.wait_for(state="detached")
    rest(page)
    assert strength(page, (before["x"] / WIDTH, before["y"] / HEIGHT)) == pytest.approx(STRENGTH, abs=2)


def test_another_year_can_be_put_into_the_glass(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/{NEW}?{LOOK}")
    page.get_by_role("button", name="时光镜").click()
    page.locator(f"museum-tour [data-moment={OLD}]").click()
    page.mouse.move(WIDTH * 0.5, HEIGHT * 0.4)
    rest(page)
    assert page.evaluate(f"{TOUR}.scene") == NEW
    assert strength(page, (0.5, 0.4)) == pytest.approx(STRENGTHS[OLD], abs=2)


def test_a_finger_moves_the_lens_and_its_rim_changes_the_size(chromium: Any, site: str) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 700}, has_touch=True, is_mobile=True, locale="zh-CN"
    )
    page = context.new_page()
    try:
        open_scene(page, f"{site}/scenes/{NEW}?{LOOK}")
        page.get_by_role("button", name="时光镜").tap()
        rest(page)
        fingers = context.new_cdp_session(page)

        def draw(*points: tuple[float, float]) -> None:
            for i, (x, y) in enumerate(points):
                kind = "touchMove" if i else "touchStart"
                fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
            fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
            rest(page)

        first = page.evaluate(f"{TOUR}.visit.time.shape")
        draw((first["x"], first["y"]), (first["x"] + 20, first["y"] - 30), (first["x"] + 40, first["y"] - 60))
        second = page.evaluate(f"{TOUR}.visit.time.shape")
        assert (second["x"] - first["x"], second["y"] - first["y"]) == pytest.approx((40, -60), abs=1)
        assert view(page)["yaw"] == pytest.approx(33.3), "the view stays while the glass moves"
        rim = second["x"] - second["radius"]
        draw((rim, second["y"]), (rim + 10, second["y"]), (rim + 25, second["y"]))
        third = page.evaluate(f"{TOUR}.visit.time.shape")
        assert third["radius"] == pytest.approx(second["radius"] - 25, abs=1)
        draw((195, 620), (150, 620), (120, 620))
        assert apart(view(page)["yaw"], 33.3) > 2, "beside the glass a finger looks around"
    finally:
        context.close()


def test_the_edge_parts_two_moments_and_is_dragged_and_slanted(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/{NEW}?{LOOK}")
    page.get_by_role("button", name="两个年代并排对照").click()
    grip = page.get_by_role("slider", name="两个年代的分界")
    grip.wait_for()
    rest(page)

    def sides(y: float = 0.3) -> list[float]:
        return [round(strength(page, (x, y))) for x in (0.25, 0.45, 0.55, 0.75)]

    old, new = round(STRENGTHS[MIDDLE]), round(STRENGTH)
    assert sides() == pytest.approx([old, old, new, new], abs=2), "the earlier one is on the left"
    box = grip.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + WIDTH * 0.15, y, steps=4)
    page.mouse.up()
    rest(page)
    assert sides() == pytest.approx([old, old, old, new], abs=2)
    assert "65" in grip.get_attribute("aria-valuetext")
    grip.focus()
    for _ in range(7):
        page.keyboard.press("ArrowLeft")
    rest(page)
    assert sides() == pytest.approx([old, old, new, new], abs=2)
    page.get_by_role("slider", name="分界的倾斜").focus()
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    rest(page)
    # Clockwise by 45 degrees: above the grip the edge now lies further right, below it further left.
    assert sides(0.2) == pytest.approx([old, old, old, new], abs=2)
    assert sides(0.8) == pytest.approx([old, new, new, new], abs=2)


def test_the_address_holds_what_is_compared(page: Any, site: str) -> None:
    open_scene(page, f"{site}/scenes/{NEW}?{LOOK}")
    page.locator("museum-tour .stage").focus()
    page.keyboard.press("v")
    rest(page)

    def compared() -> str | None:
        return parse_qs(urlsplit(page.evaluate("location.href")).query).get("compare", [None])[0]

    eventually(page, lambda: compared() == f"wipe:{MIDDLE}")
    open_scene(page, page.evaluate("location.href"))
    page.get_by_role("slider", name="两个年代的分界").wait_for()
    rest(page)
    assert strength(page, (0.3, 0.3)) == pytest.approx(STRENGTHS[MIDDLE], abs=2)
    open_scene(page, f"{site}/scenes/{NEW}?{LOOK}&compare=blend:{MIDDLE}:0.3")
    assert strength(page) == pytest.approx(STRENGTH - 0.3 * (STRENGTH - STRENGTHS[MIDDLE]), abs=1.5)
    for nonsense in ("blend:nowhere:0.3", "lens:<b>", "blend:street-1937:9"):
        open_scene(page, f"{site}/scenes/{NEW}?{LOOK}&compare={nonsense}")
        assert strength(page) == pytest.approx(STRENGTH, abs=1.5)


def test_a_moment_that_cannot_be_had_leaves_one_where_one_was(page: Any, site: str) -> None:
    page.route(f"**/api/v1/scenes/{MIDDLE}/tour.json", lambda route: route.fulfill(status=500))
    try:
        open_scene(page, f"{site}/scenes/{NEW}?{LOOK}")
        knob(page).focus()
        page.keyboard.press("ArrowLeft")
        page.get_by_text("场景未能打开").wait_for()
        page.get_by_role("button", name="留在这里").click()
        rest(page)
        assert page.locator("museum-tour .trouble").count() == 0
        assert page.evaluate(f"{TOUR}.scene") == NEW
        assert strength(page) == pytest.approx(STRENGTH, abs=1.5)
    finally:
        page.unroute_all()


@pytest.mark.parametrize("keys", ["", "l", "v"])
def test_nothing_bars_the_way_to_other_times(chromium: Any, site: str, keys: str) -> None:
    """axe, in each state, on a phone."""
    context = chromium.new_context(viewport={"width": 390, "height": 700}, locale="zh-CN", coarse=True)
    page = context.new_page()
    try:
        open_scene(page, f"{site}/scenes/{NEW}?{LOOK}&compare=blend:{MIDDLE}:0.3")
        page.locator("museum-tour .stage").focus()
        for key in keys:
            page.keyboard.press(key)
        rest(page)
        assert violations(page, "museum-tour") == []
    finally:
        context.close()


def test_the_picture_is_drawn_once_and_then_rests(page: Any, site: str) -> None:
    """Two live panoramas cost no frames while nothing changes."""
    open_scene(page, f"{site}/scenes/{NEW}?{LOOK}&compare=wipe:{OLD}")
    until(page, f"{TOUR}.visit.stage.atLeisure")
    stand_still(page)
    pixels = picture(page)
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) > 1000
