"""Finding one's way: the list of the hall's scenes, the way up, the compass, the phone in the hand, and the screen that nobody owns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.axe import violations
from tests.browser.chart_museum import NORTHS
from tests.browser.viewing import TOUR, apart, open_scene, rest, seen, until, view, wait_for_scene
from tests.support import RunningServer

pytestmark = pytest.mark.browser

TITLES = "[...document.querySelector('museum-tour').shadowRoot.querySelectorAll('.scenes li a')].map(a => a.innerText.trim())"
SPOKEN = f"{TOUR}.shadowRoot.querySelector('[aria-live]').textContent"


def test_the_list_of_scenes_leads_anywhere(museum: RunningServer, page: Any) -> None:
    open_scene(page, f"{museum.url}/scenes/lobby")
    page.locator("museum-tour .stage").focus()
    page.keyboard.press("s")
    until(page, f"{TITLES}.length === 2")
    here = page.locator("museum-tour .scenes a[aria-current]")
    assert "大堂" in here.inner_text() and "您在这里" in here.inner_text()
    assert [rule for rule in violations(page) if "document-title" not in rule] == []
    # What is typed is found in whichever language it is.
    page.keyboard.type("序廳")
    until(page, f"{TITLES}.join() === '序厅'")
    until(page, f"{TOUR}.shadowRoot.querySelector('.scenes [role=status]').textContent.includes('1 个场景')")
    page.keyboard.press("Enter")
    wait_for_scene(page, "prologue")
    assert page.evaluate("location.pathname") == "/scenes/prologue"
    assert page.locator("museum-tour dialog.scenes[open]").count() == 0
    # It was a step, and can be taken back; a language switch reaches the list.
    page.locator("museum-tour .back").click()
    wait_for_scene(page, "lobby")
    page.locator("[data-language=en]").click()
    page.locator("museum-tour .scenes-button").click()
    until(page, f"{TITLES}.some(title => title.includes('Prologue'))")
    page.locator("museum-tour .scenes li a", has_text="Prologue").click()
    wait_for_scene(page, "prologue")


def test_the_way_up_leads_to_the_hall_and_the_museum(museum: RunningServer, page: Any) -> None:
    open_scene(page, f"{museum.url}/scenes/lobby?lang=en")
    crumbs = page.get_by_role("navigation", name="Where you are")
    links = [(a.inner_text(), a.get_attribute("href")) for a in crumbs.get_by_role("link").all()]
    assert links == [
        ("Museum by Night", f"{museum.url}/"),
        ("Tianjin through a Century", f"{museum.url}/venues/tianjin"),
    ]
    assert crumbs.locator("[aria-current=page]").text_content() == "The lobby"
    crumbs.get_by_role("link", name="Tianjin through a Century").click()
    page.wait_for_url("**/venues/tianjin")


def test_where_no_way_is_in_sight_the_edge_says_where_one_lies(chart_page: Any, chart_site: str) -> None:
    page = chart_page
    open_scene(page, f"{chart_site}/scenes/room?yaw=120&pitch=0&fov=75")
    hint = page.locator("museum-tour .way-out")
    assert [one.get_attribute("aria-label") for one in hint.all()] == ["右边：今日街口"]
    hint.click()
    until(page, f"{TOUR}.shadowRoot.activeElement?.dataset.link !== undefined")
    rest(page)
    assert hint.count() == 0, "the way itself is in sight"
    # Words alone leave the picture in sight and in reach; walking on puts them away.
    page.evaluate(f"{TOUR}.shadowRoot.querySelector('[data-hotspot=\"12\"]').click()")
    card = page.locator("museum-exhibit dialog.card")
    card.wait_for()
    assert not card.evaluate("dialog => dialog.matches(':modal')")
    page.keyboard.press("Escape")
    until(page, f"{TOUR}.shadowRoot.activeElement?.dataset.hotspot === '12'")
    page.keyboard.press("Enter")
    card.wait_for()
    page.evaluate(f"{TOUR}.shadowRoot.querySelector('.way.walk').click()")
    wait_for_scene(page, "street-2020")
    assert page.locator("museum-exhibit dialog[open]").count() == 0


def test_a_portal_in_sight_leaves_the_edge_to_say_where_the_rooms_go_on(chart_page: Any, chart_site: str) -> None:
    page = chart_page
    open_scene(page, f"{chart_site}/scenes/street-2020?yaw=-55&pitch=0&fov=75")
    portal = page.locator("museum-tour .way.portal").bounding_box()
    assert 0 < portal["x"] < page.viewport_size["width"]
    hint = page.locator("museum-tour .way-out")
    assert [one.get_attribute("aria-label") for one in hint.all()] == ["右边：展室"]
    hint.click()
    rest(page)
    assert hint.count() == 0


def test_the_compass_faces_north_and_says_where_one_looks(chart_page: Any, chart_site: str) -> None:
    page = chart_page
    open_scene(page, f"{chart_site}/scenes/room?yaw=20&pitch=0&fov=75")
    compass = page.locator("museum-tour .compass")
    heading = round(NORTHS["room"] + 20)
    assert f"{heading}°" in compass.get_attribute("aria-label")
    assert "西南" in compass.get_attribute("aria-label")
    needle = page.evaluate(f"{TOUR}.shadowRoot.querySelector('.compass svg').style.transform")
    assert float(needle.removeprefix("rotate(").removesuffix("deg)")) == -heading
    page.locator("museum-tour .stage").focus()
    page.keyboard.press("n")
    until(page, f"{SPOKEN} === '面向北，0°'")
    rest(page)
    assert abs(seen(page)[0]) < 1.5
    # Turning by keys says where it has led, in the visitor's language.
    page.evaluate(f"{TOUR}.lang = 'en'")
    page.keyboard.down("ArrowRight")
    until(page, f"({TOUR}.view.yaw + {NORTHS['room']} + 360) % 360 > 60")
    page.keyboard.up("ArrowRight")
    until(page, f"{SPOKEN}.startsWith('Looking east, ') || {SPOKEN}.startsWith('Looking north-east, ')")


@pytest.fixture
def phone(chromium: Any) -> Iterator[Any]:
    """A phone, upright and looking to the north: `phone.held(alpha, beta, gamma)` turns it."""
    context = chromium.new_context(viewport={"width": 390, "height": 700}, has_touch=True, locale="en-GB", coarse=True)
    page = context.new_page()
    session = context.new_cdp_session(page)

    def held(alpha: float, beta: float, gamma: float) -> None:
        session.send("DeviceOrientation.setDeviceOrientationOverride", {"alpha": alpha, "beta": beta, "gamma": gamma})

    page.held = held
    held(0, 90, 0)
    yield page
    context.close()


def press_gyroscope(page: Any) -> None:
    page.locator("museum-tour .more-button").click()
    page.locator("museum-tour .gyroscope-button").click()


def test_the_picture_follows_the_phone(phone: Any, chart_site: str) -> None:
    open_scene(phone, f"{chart_site}/scenes/room?yaw=20&pitch=10&fov=75")
    press_gyroscope(phone)
    until(phone, f"{TOUR}.shadowRoot.querySelector('.gyroscope-button').ariaPressed === 'true'")
    # It begins where one looked, and comes level with the phone.
    until(phone, f"Math.abs({TOUR}.view.pitch) < 0.2 && Math.abs({TOUR}.view.yaw - 20) < 0.2")
    phone.held(330, 105, 0)
    until(phone, f"Math.abs({TOUR}.view.yaw - 50) < 0.2 && Math.abs({TOUR}.view.pitch - 15) < 0.2")
    # A finger turns further, and the phone goes on from there.
    phone.mouse.move(300, 200)
    phone.mouse.down()
    phone.mouse.move(150, 200, steps=5)
    phone.wait_for_timeout(150)  # a finger that rests before it lets go throws nothing
    phone.mouse.up()
    rest(phone)
    dragged = view(phone)["yaw"]
    assert dragged > 60
    phone.held(300, 105, 0)
    until(phone, f"Math.abs({TOUR}.view.yaw - {dragged} - 30) < 0.5")
    phone.locator("museum-tour .gyroscope-button").click()
    phone.held(0, 90, 0)
    rest(phone)
    assert apart(view(phone)["yaw"], dragged + 30) < 0.5


@pytest.mark.parametrize("answer", ["granted", "denied"])
def test_a_phone_that_asks_first_is_asked_by_the_press(phone: Any, chart_site: str, answer: str) -> None:
    phone.add_init_script(
        "window.asked = []; DeviceOrientationEvent.requestPermission = () => {"
        f" window.asked.push(navigator.userActivation.isActive); return Promise.resolve('{answer}'); }};"
    )
    open_scene(phone, f"{chart_site}/scenes/room?yaw=20&pitch=0&fov=75")
    assert phone.evaluate("asked.length") == 0
    press_gyroscope(phone)
    until(phone, "asked.length === 1")
    assert phone.evaluate("asked[0]"), "a browser answers only while a press is fresh"
    if answer == "denied":
        phone.locator("museum-tour .notice", has_text="动作与方向权限").wait_for()
        phone.held(0, 95, 0)
        rest(phone)
        assert view(phone) == {"yaw": 20, "pitch": 0, "fov": 75}
        return
    phone.held(0, 95, 0)
    until(phone, f"Math.abs({TOUR}.view.pitch - 5) < 0.2")
    phone.held(350, 95, 0)
    until(phone, f"Math.abs({TOUR}.view.yaw - 30) < 0.2")


def test_a_kiosk_turns_and_returns(chromium: Any, museum: RunningServer) -> None:
    context = chromium.new_context(viewport={"width": 1080, "height": 700}, locale="zh-CN", coarse=True)
    page = context.new_page()
    try:
        open_scene(page, f"{museum.url}/scenes/lobby?yaw=5&pitch=0&fov=70&kiosk=4")
        page.evaluate(f"window.returns = 0; {TOUR}.addEventListener('kiosk-return', () => returns++)")
        until(page, f"{TOUR}.view.yaw > 6")
        page.locator("museum-tour .touch-me").wait_for()
        assert not page.locator(".site-header").is_visible()
        assert page.get_by_role("navigation", name="您所在的位置").get_by_role("link").count() == 0
        # Somebody comes: it stops, and she goes on into another scene, another language, and leaves a dialog open.
        page.mouse.move(500, 300)
        until(page, f"!{TOUR}.shadowRoot.querySelector('.touch-me')")
        page.evaluate(f"{TOUR}.lang = 'en'; {TOUR}.scene = 'prologue'")
        until(page, f"{TOUR}.scene === 'prologue'")
        page.locator("museum-tour .stage").focus()
        page.keyboard.press("?")
        page.locator("museum-tour dialog.help[open]").wait_for()
        closed = f"!{TOUR}.shadowRoot.querySelector('dialog[open]')"
        until(page, f"returns > 0 && {TOUR}.scene === 'lobby' && {TOUR}.language === 'zh-Hans' && {closed}")
        until(page, "new URLSearchParams(location.search).get('kiosk') === '4'")
    finally:
        context.close()


def test_a_kiosk_keeps_still_for_those_who_want_little_motion(chromium: Any, chart_site: str) -> None:
    context = chromium.new_context(viewport={"width": 600, "height": 400}, reduced_motion="reduce", coarse=True)
    page = context.new_page()
    try:
        open_scene(page, f"{chart_site}/scenes/room?yaw=20&pitch=0&fov=75&kiosk=1")
        page.evaluate(f"window.returns = 0; {TOUR}.addEventListener('kiosk-return', () => returns++)")
        page.evaluate(f"{TOUR}.view = {{ yaw: 90 }}")
        # On a slow machine it may have gone back before somebody listened: somebody comes once more, and goes.
        page.mouse.move(300, 200)
        until(page, "returns > 0")
        page.locator("museum-tour .touch-me").wait_for()
        rest(page)
        assert view(page)["yaw"] == 20
    finally:
        context.close()
