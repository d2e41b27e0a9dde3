"""A visit in a headset, emulated in a real Chromium and measured on what the eyes see."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.chart_museum import NORTHS
from tests.browser.headset import SESSION, Wearer, script
from tests.browser.viewing import TOUR, apart, open_scene, rest, seen, until, view

pytestmark = pytest.mark.browser
NEW = "street-2020"
LOOK = "yaw=90&pitch=0&fov=75"


@pytest.fixture(scope="module")
def window(chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(viewport={"width": 800, "height": 400}, locale="zh-CN")
    context.add_init_script(script())
    yield context.new_page()
    context.close()


@pytest.fixture
def page(window: Any) -> Iterator[Any]:
    errors: list[str] = []

    def keep(error: Any) -> None:
        errors.append(str(error))

    def hear(message: Any) -> None:
        # What goes wrong in a frame of the session the emulator only tells the console.
        if message.type == "error" and "Failed to load resource" not in message.text:
            errors.append(message.text)

    window.on("pageerror", keep)
    window.on("console", hear)
    yield window
    window.goto("about:blank")
    window.remove_listener("pageerror", keep)
    window.remove_listener("console", hear)
    assert not errors, errors


@pytest.fixture
def wearer(page: Any, chart_site: str) -> Wearer:
    open_scene(page, f"{chart_site}/scenes/{NEW}?{LOOK}")
    return Wearer(page)


def test_both_eyes_look_where_the_page_looked(wearer: Wearer) -> None:
    wearer.enter()
    wearer.settle()
    for heading, pitch in wearer.seen():
        assert apart(heading, 90 + NORTHS[NEW]) <= 1
        assert abs(pitch) <= 1
    wearer.look(70, 20)
    wearer.settle()
    for heading, pitch in wearer.seen():
        assert apart(heading, 160 + NORTHS[NEW]) <= 1.5, (
            "a panorama is as far away as the sky: no eye sees it elsewhere"
        )
        assert abs(pitch - 20) <= 1


def test_leaving_and_entering_again_keeps_scene_and_heading(wearer: Wearer) -> None:
    page = wearer.page
    wearer.enter()
    wearer.look(50, -10)
    page.evaluate(f"{SESSION}.leave()")
    until(page, f"{SESSION} === undefined")
    rest(page)
    assert view(page)["yaw"] == pytest.approx(140, abs=0.1)
    assert view(page)["pitch"] == pytest.approx(-10, abs=0.1)
    heading, pitch = seen(page)
    assert apart(heading, 140 + NORTHS[NEW]) <= 1
    assert abs(pitch + 10) <= 1
    before = page.evaluate(f"{TOUR}.visit.stage.frames")
    page.wait_for_timeout(400)
    assert page.evaluate(f"{TOUR}.visit.stage.frames") <= before + 2, "nothing is drawn while nothing changes"
    wearer.enter()
    wearer.settle()
    for heading, _ in wearer.seen():
        assert apart(heading, 140 + NORTHS[NEW]) <= 1


def test_walking_by_controller(wearer: Wearer) -> None:
    page = wearer.page
    wearer.enter()
    wearer.point_at(wearer.mark("link", 2))
    wearer.press()
    until(page, f"{TOUR}.scene === 'room'")
    wearer.settle()
    assert wearer.inside
    for heading, _ in wearer.seen():
        assert apart(heading, 90 + NORTHS[NEW]) <= 1, "the heading stays"


def test_the_way_out_is_always_there(wearer: Wearer) -> None:
    page = wearer.page
    wearer.enter()
    wearer.look(0, -40)
    wearer.press_on("menu", "退出头显")
    until(page, f"{SESSION} === undefined")
    rest(page)


def test_walking_and_leaving_by_gaze_alone(wearer: Wearer) -> None:
    page = wearer.page
    wearer.enter()
    wearer.only("head")
    x, y, z = wearer.mark("link", 2)
    head = page.evaluate(f"[...{SESSION}.rig.head]")
    x, y, z = x - head[0], y - head[1], z - head[2]
    wearer.look(math.degrees(math.atan2(x, -z)) - 90, math.degrees(math.atan2(y, math.hypot(x, z))))
    until(page, f"{TOUR}.scene === 'room'")
