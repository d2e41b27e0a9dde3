"""Looking closely at what hangs in a scene: out of its place on the wall, by keys alone, on to the next, and back."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.axe import violations
from tests.browser.chart_museum import WALL
from tests.browser.viewing import TOUR, eventually, open_scene, query, rest, until

pytestmark = pytest.mark.browser

EXHIBIT = f"{TOUR}.shadowRoot.querySelector('museum-exhibit')"
ZOOM = f"{EXHIBIT}.shadowRoot.querySelector('museum-zoom')"
WATCH = """() => {
  window.flights = [];
  const animate = Element.prototype.animate;
  Element.prototype.animate = function (frames, options) {
    if (this.tagName === 'IMG') {
      const at = ({ transform }, x, y) => {
        const point = new DOMMatrix(transform).transformPoint({ x, y });
        return [point.x / point.w, point.y / point.w];
      };
      const [width, height] = [parseFloat(this.style.width), parseFloat(this.style.height)];
      const corners = [[0, 0], [width, 0], [width, height], [0, height]];
      window.flights.push([frames[0], frames.at(-1)].map((frame) => corners.map(([x, y]) => at(frame, x, y))));
    }
    return animate.call(this, frames, options);
  };
}"""


@pytest.fixture
def page(chart_page: Any) -> Iterator[Any]:
    yield chart_page
    chart_page.set_viewport_size({"width": 960, "height": 600})


def enter(page: Any, site: str, hotspot: int = 31) -> None:
    """The hall, with the hotspot in the middle and its mark focused."""
    open_scene(page, f"{site}/scenes/hall?yaw={WALL[hotspot]['yaw']}&pitch=5&fov=75")
    page.locator(f"museum-tour [data-hotspot='{hotspot}']").focus()
    rest(page)


def open_spot(page: Any, site: str, hotspot: int = 31) -> None:
    enter(page, site, hotspot)
    page.keyboard.press("Enter")
    until(page, f"!!{ZOOM}?.region")


def hold(page: Any, pattern: str) -> list[Any]:
    """What is asked for at such addresses from now on, which gets no answer until it is told to go on."""
    held: list[Any] = []

    def keep(route: Any) -> None:
        held.append(route)

    page.route(pattern, keep)
    return held


def corners_on_wall(page: Any, hotspot: int) -> list[list[float]]:
    """Corners of a hotspot's outline in the window, from the view alone."""
    return page.evaluate(
        f"""polygon => {{
          const {{ yaw, pitch, fov }} = {TOUR}.view, {{ clientWidth: w, clientHeight: h }} = {TOUR}, d = Math.PI / 180;
          const focal = h / 2 / Math.tan(fov * d / 2);
          return polygon.map(([a, p]) => {{
            const x = Math.cos(p * d) * Math.sin((a - yaw) * d), y = Math.sin(p * d), z = Math.cos(p * d) * Math.cos((a - yaw) * d);
            const up = y * Math.cos(pitch * d) - z * Math.sin(pitch * d), ahead = z * Math.cos(pitch * d) + y * Math.sin(pitch * d);
            return [w / 2 + focal * x / ahead, h / 2 - focal * up / ahead];
          }});
        }}""",
        WALL[hotspot]["polygon"],
    )


def near(found: list[list[float]], wanted: list[list[float]]) -> bool:
    return all(
        abs(a - b) < 2 for one, other in zip(found, wanted, strict=True) for a, b in zip(one, other, strict=True)
    )


def test_a_picture_grows_out_of_its_place_and_goes_back(page: Any, chart_site: str) -> None:
    enter(page, chart_site)
    page.evaluate(WATCH)
    page.keyboard.press("Enter")
    until(page, f"!!{ZOOM}?.corners && !{ZOOM}.classList.contains('coming')")
    wall = corners_on_wall(page, 31)
    ((start, end),) = page.evaluate("window.flights")
    assert near(start, wall)
    assert near(end, page.evaluate(f"{ZOOM}.corners")), "it arrives where it is looked at"
    page.keyboard.press("Escape")
    until(page, "window.flights.length === 2")
    assert near(page.evaluate("window.flights[1][1]"), wall)
    until(page, f"{TOUR}.openedHotspot === undefined")
    assert page.evaluate(f"{TOUR}.shadowRoot.activeElement.dataset.hotspot") == "31"

    page.emulate_media(reduced_motion="reduce")
    page.keyboard.press("Enter")
    until(page, f"!!{ZOOM}?.region")
    assert page.evaluate("window.flights.length") == 2, "nothing flies where motion is unwelcome"


def test_keys_need_no_aim(page: Any, chart_site: str) -> None:
    open_spot(page, chart_site)
    page.get_by_role("button", name="关闭").focus()
    page.keyboard.press("+")
    page.keyboard.press("r")
    until(page, f"{ZOOM}.look.zoom > 1.5 && Math.abs({ZOOM}.look.turn - 90) < 0.5")
    page.keyboard.press("0")
    until(page, f"Math.abs({ZOOM}.look.zoom - 1) < 0.01 && Math.abs({ZOOM}.look.turn) < 0.5")
    page.keyboard.press("?")
    page.get_by_role("region", name="操作说明").get_by_text("PgDn").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("region", name="操作说明").wait_for(state="hidden")
    assert page.evaluate(f"{TOUR}.openedHotspot") == 31, "the first Escape only puts the panel away"
    page.keyboard.press("]")
    until(page, f"{TOUR}.openedHotspot === 32 && !!{ZOOM}.region")
    eventually(page, lambda: query(page)["open"] == 32)
    page.keyboard.press("PageUp")
    until(page, f"{TOUR}.openedHotspot === 31")


def test_photographs_scale_and_rights(page: Any, chart_site: str) -> None:
    """A second photograph is chosen from the strip; each has its own size, description and rights; a shared detail is its own page's."""
    open_spot(page, chart_site)
    page.get_by_role("img", name="比例尺表示").wait_for()
    page.get_by_role("button", name="下载").click()
    assert (
        page.get_by_role("link", name="1200 × 900")
        .get_attribute("href")
        .endswith("/iiif/3/picture/full/max/0/default.jpg")
    )
    page.get_by_role("button", name="照片 2 / 2").click()
    until(page, f"!!{ZOOM}.region && {ZOOM}.size.width === 900")
    page.get_by_role("img", name="比例尺表示").wait_for(state="hidden")
    page.locator("museum-exhibit").get_by_text("背面斜纹", exact=True).wait_for()
    page.get_by_role("button", name="下载").click()
    page.get_by_text("权利保留，不提供下载").wait_for()
    assert page.get_by_role("link", name="与另一幅对照").get_attribute("href").endswith("/images/back?compare=")
    page.evaluate(f"{ZOOM}.region = {{ x: 100, y: 200, width: 300, height: 400 }}")
    page.evaluate("navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }")
    page.get_by_role("button", name="分享细部").click()
    page.get_by_role("button", name="复制此处的链接").click()
    until(page, "window.copied")
    address, _, region = page.evaluate("window.copied").partition("?region=")
    assert address == f"{chart_site}/images/back"
    x, y, width, height = map(int, region.split(","))
    assert x <= 101 and y <= 201 and x + width >= 399 and y + height >= 599, "all of the detail"
    assert min(abs(width - 300), abs(height - 400)) <= 1, "and no more than the window's shape asks for"


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_every_state_is_accessible(page: Any, chart_site: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(reduced_motion="reduce")
    open_spot(page, chart_site)
    for state in ("下载", "分享细部", "操作说明"):
        page.locator("museum-exhibit").get_by_role("button", name=state).click()
        page.locator("museum-exhibit .panel").wait_for()
        page.evaluate(f"Promise.all({EXHIBIT}.getAnimations({{ subtree: true }}).map(one => one.finished))")
        assert violations(page) == [], state
        overlapping = page.evaluate(
            f"(() => {{ const host = {ZOOM}.getBoundingClientRect();"
            f"const box = {ZOOM}.shadowRoot.querySelector('.panel').getBoundingClientRect();"
            "return box.left < host.left || box.right > host.right || box.top < host.top })()"
        )
        assert not overlapping, "a panel stays on the picture"
    if size[0] < 800:
        page.get_by_role("button", name="收起说明").click()
        assert not page.locator("museum-exhibit .record").is_visible()
        assert violations(page) == []
        page.get_by_role("button", name="展开说明").click()
    assert page.evaluate("window.blocked") == []


def test_a_picture_that_fails_says_so_and_is_tried_again(page: Any, chart_site: str) -> None:
    page.route("**/iiif/3/picture/info.json", lambda route: route.abort())
    try:
        enter(page, chart_site)
        page.keyboard.press("Enter")
        page.get_by_text("图片未能打开").wait_for()
        assert violations(page) == []
    finally:
        page.unroute("**/iiif/3/picture/info.json")
    page.get_by_role("button", name="重试").click()
    until(page, f"!!{ZOOM}.region")


def test_a_picture_stays_while_the_scripts_that_zoom_it_are_on_their_way(chromium: Any, chart_site: str) -> None:
    """What the hotspot has fetched is looked at without another round trip, whatever else opening it takes."""
    context = chromium.new_context(viewport={"width": 960, "height": 600}, locale="zh-CN", coarse=True)
    page = context.new_page()
    asked: list[str] = []
    held = hold(page, "**/assets/*zoom-*.js")
    try:
        open_scene(page, f"{chart_site}/scenes/hall?yaw={WALL[31]['yaw']}&pitch=5&fov=75")
        page.evaluate(WATCH)
        page.on("request", lambda request: asked.append(request.url))
        page.locator("museum-tour [data-hotspot='31']").click()
        flying = page.locator("museum-exhibit dialog > img")
        flying.wait_for()
        until(page, f"{EXHIBIT}.shadowRoot.querySelector('dialog > img')?.getAnimations()[0].playState === 'finished'")
        assert held, "the scripts are still on their way"
        assert flying.evaluate("picture => picture.complete && picture.naturalWidth > 0")
        assert not [address for address in asked if address.endswith("/picture.jpg")], "it was there before the click"
        while held:
            held.pop().continue_()
            page.wait_for_timeout(50)
        flying.wait_for(state="detached")
        until(page, f"!!{ZOOM}?.region && !{ZOOM}.classList.contains('coming')")
    finally:
        page.unroute_all(behavior="ignoreErrors")
        context.close()


def test_the_next_picture_comes_without_what_was_before_it(page: Any, chart_site: str) -> None:
    open_spot(page, chart_site)
    held = hold(page, "**/iiif/3/*/info.json")
    try:
        page.keyboard.press("]")
        until(page, f"{TOUR}.openedHotspot === 32")
        eventually(page, lambda: bool(held))
        assert page.evaluate(f"{ZOOM}.size") is None, "nothing of the last one lies over it"
        assert page.evaluate(f"{ZOOM}.shadowRoot.querySelector('.preview').classList.contains('gone')") is False
    finally:
        for route in held:
            route.continue_()
        page.unroute("**/iiif/3/*/info.json")
    until(page, f"!!{ZOOM}.region")


def test_the_whole_is_shown_small_and_the_screen_is_filled(page: Any, chart_site: str) -> None:
    open_spot(page, chart_site)
    small = f"{ZOOM}.shadowRoot.querySelector('.navigator')"
    assert not page.evaluate(f"{small}.classList.contains('shown')")
    page.keyboard.press("+")
    until(page, f"{small}.classList.contains('shown') && {small}.querySelector('.displayregion').clientWidth > 0")
    page.keyboard.press("f")
    until(page, f"{EXHIBIT}.shadowRoot.fullscreenElement === {ZOOM} && {ZOOM}.clientWidth === innerWidth")
    page.locator("museum-exhibit").get_by_role("button", name="退出全屏").click()
    until(page, "document.fullscreenElement === null")
    assert page.evaluate(f"{TOUR}.openedHotspot") == 31


def test_fingers_zoom_and_turn(chromium: Any, chart_site: str) -> None:
    """Three times as far apart is three times as large, and upright; turned by half of a right angle is that, whatever the shape;
    let go nearly upright, it is upright."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 700}, has_touch=True, is_mobile=True, locale="zh-CN", reduced_motion="reduce"
    )
    try:
        page = context.new_page()
        open_scene(page, f"{chart_site}/scenes/hall?yaw={WALL[31]['yaw']}&pitch=5&fov=75")
        page.locator("museum-tour [data-hotspot='31']").tap()
        until(page, f"!!{ZOOM}?.region")
        box = page.locator("museum-exhibit museum-zoom").bounding_box()
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 - 30
        fingers = context.new_cdp_session(page)

        def move(*ways: tuple[float, float]) -> dict[str, float]:
            """Two fingers, at a distance from the middle and an angle after the other; how the picture is looked at then."""
            for number, (distance, degrees) in enumerate(ways):
                x, y = distance * math.cos(math.radians(degrees)), distance * math.sin(math.radians(degrees))
                at = [
                    {"x": middle[0] + sign * x, "y": middle[1] + sign * y, "id": id} for id, sign in ((0, 1), (1, -1))
                ]
                kind = "touchMove" if number else "touchStart"
                fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})
            fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
            return page.evaluate(f"{ZOOM}.look")

        looked = move(*((30 + 6 * step, 0.6 * step) for step in range(11)))
        assert abs(looked["zoom"] - 3) < 0.1
        assert looked["turn"] == 0, "nobody pinches with a hand that still"
        turned = move(*((60, 5.5 * step) for step in range(11)))
        assert abs(turned["turn"] - 45) < 1
        assert abs(turned["zoom"] - looked["zoom"]) < 0.1
        move(*((60, -5.5 * step) for step in range(11)))
        until(page, f"Math.abs({ZOOM}.look.turn) < 0.01")
    finally:
        context.close()
