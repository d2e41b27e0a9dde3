"""Looking closely at what hangs in a scene: out of its place on the wall, by keys alone, on to the next, and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.chart_museum import WALL
from tests.browser.test_pages_in_chromium import violations
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
