"""A visit in a headset, emulated in a real Chromium and measured on what the eyes see."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests import arabic
from tests.browser.chart_museum import NORTHS, STRENGTH, STRENGTHS, YEARS
from tests.browser.headset import SESSION, Wearer, script
from tests.browser.test_portals import museum_server
from tests.browser.viewing import TOUR, apart, eventually, open_scene, rest, seen, until, view

pytestmark = pytest.mark.browser
OLD, MIDDLE, NEW = YEARS
LOOK = "yaw=90&pitch=0&fov=75"


@pytest.fixture(scope="module")
def window(chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(viewport={"width": 640, "height": 320}, locale="zh-CN")
    context.add_init_script(script())
    yield context.new_page()
    context.close()


@pytest.fixture
def page(window: Any) -> Iterator[Any]:
    errors: list[str] = []

    def keep(error: Any) -> None:
        # The emulator itself reads what a lost context does not tell.
        if "/assets/" in (error.stack or "") or "reading '0'" not in str(error):
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


def test_a_visit_by_controller(wearer: Wearer) -> None:
    """Walk, open a picture and look closely, travel in time by the menu, look through the lens."""
    page = wearer.page
    wearer.enter()
    wearer.point_at(wearer.mark("link", 2))
    wearer.press()
    until(page, f"{TOUR}.scene === 'room'")
    wearer.settle()
    for heading, _ in wearer.seen():
        assert apart(heading, 90 + NORTHS[NEW]) <= 1, "the heading stays"

    wearer.point_at(wearer.mark("hotspot", 11))
    assert page.evaluate(f"{SESSION}.marks.label.words.title") == "粉彩瓶"
    with page.expect_request(lambda request: "/iiif/3/picture/full/" in request.url):
        wearer.press()
    until(page, f"{SESSION}.exhibit.picture.present && {SESSION}.exhibit.record !== undefined")
    wearer.point_at(page.evaluate(f"{SESSION}.exhibit.picture.mesh.position.toArray()"))
    with page.expect_request(
        lambda request: "/iiif/3/picture/full/" not in request.url and "/iiif/3/picture/" in request.url
    ):
        wearer.stick(0, -1)
        until(page, f"{SESSION}.exhibit.picture.seen.zoom > 2")
        wearer.stick(0, 0)
    wearer.press_on("exhibit.board", "关闭")
    assert page.evaluate(f"{SESSION}.exhibit.opened === undefined")

    wearer.point_at(wearer.mark("link", 5))
    wearer.press()
    until(page, f"{TOUR}.scene === '{NEW}'")
    wearer.settle()
    wearer.press_on("menu", "1937")
    until(page, f"{TOUR}.scene === '{MIDDLE}'")
    wearer.settle()
    assert wearer.strengths((0.5, 0.2)) == pytest.approx([STRENGTHS[MIDDLE]] * 2, abs=2)

    wearer.press_on("menu", "时光镜")
    wearer.place("right", [0.2, 1.4, -0.2], 0, 10)
    wearer.frames(4)
    until(page, f"{TOUR}.visit.stage.settled")
    eyes = page.evaluate(
        f"""[0, 1].map(eye => {{
          const {{ x, y, z }} = {TOUR}.visit.time.shape;
          const camera = {TOUR}.visit.stage.renderer.xr.getCamera().cameras[eye];
          const at = camera.position.clone().set(x, y, z).applyMatrix4(camera.matrixWorldInverse).applyMatrix4(camera.projectionMatrix);
          return [(at.x + 1) / 2, (1 - at.y) / 2];
        }})"""
    )
    other = page.evaluate(f"{TOUR}.visit.time.moments[{TOUR}.visit.time.other].scene")
    inside = STRENGTHS.get(other, STRENGTH)
    for eye, (x, y) in enumerate(eyes):
        assert wearer.strengths((x + 0.02, y - 0.04))[eye] == pytest.approx(inside, abs=3), (
            "the glass is where the hand is, for each eye"
        )
    assert wearer.strengths((0.2, 0.15)) == pytest.approx([STRENGTHS[MIDDLE]] * 2, abs=2), "and nowhere else"
    wearer.press_on("menu", "时光镜")
    wearer.press_on("menu", "退出头显")
    until(page, f"{SESSION} === undefined")
    rest(page)
    assert page.evaluate(f"{TOUR}.scene") == MIDDLE


def test_the_time_line_is_dragged(wearer: Wearer) -> None:
    page = wearer.page
    wearer.enter()
    wearer.look(0, -40)
    until(page, f"{SESSION}.menu.zones.length > 3")
    positions = page.evaluate(f"{TOUR}.visit.time.positions")
    wearer.point_at(wearer.on_board("menu", "时间线", 0.99))
    wearer.hold()
    wearer.point_at(wearer.on_board("menu", "时间线", (positions[1] + positions[2]) / 2))
    wearer.let_go()
    until(page, f"!{TOUR}.visit.time.moving")
    assert 0.4 < page.evaluate(f"{TOUR}.visit.time.between.part") < 0.6
    wearer.settle()
    assert STRENGTHS[MIDDLE] + 5 < wearer.strengths((0.5, 0.1))[0] < STRENGTH - 5, "both years are there"


def test_a_model_is_taken_in_the_hand_of_flesh(wearer: Wearer) -> None:
    page = wearer.page
    page.evaluate(f"{TOUR}.scene = 'hall'")
    until(page, f"{TOUR}.scene === 'hall'")
    rest(page)
    wearer.enter()
    wearer.only("hands")
    wearer.point_at(wearer.mark("hotspot", 21), way="hands")
    wearer.press(way="hands")
    until(page, f"{SESSION}.exhibit.picture.present")
    wearer.press_on("exhibit.board", "三维模型", way="hands")
    until(page, f"{SESSION}.exhibit.model.present")
    place = f"{SESSION}.exhibit.model.group.position.toArray()"
    before = page.evaluate(place)
    wearer.point_at(before, way="hands")
    wearer.hold(way="hands")
    wearer.frames(8)
    until(
        page,
        f"{SESSION}.exhibit.model.held.distance < 0.1 + {SESSION}.exhibit.model.radius * {SESSION}.exhibit.model.scale + 0.02",
    )
    page.evaluate("headset.hands.right.position.set(0.3, 1.2, -0.3)")
    wearer.frames()
    wearer.let_go(way="hands")
    after = page.evaluate(place)
    assert math.dist(before, after) > 0.2
    wearer.frames()
    assert page.evaluate(place) == pytest.approx(after), "it stays where it was let go"
    assert page.evaluate(f"{SESSION}.costs.calls") <= 100


def test_into_another_museum_and_home_in_one_session(chromium: Any, tmp_path: Path) -> None:
    """Two servers of ours: whoever goes through the door keeps the headset on, and is told whose house it is."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    far = museum_server(tmp_path / "b")
    near = museum_server(tmp_path / "a", f"{far.url}/scenes/prologue?yaw=15&pitch=2&fov=70")
    context = chromium.new_context(viewport={"width": 640, "height": 320}, locale="zh-CN")
    context.add_init_script(script())
    page = context.new_page()
    try:
        open_scene(page, f"{near.url}/scenes/prologue?yaw=70&pitch=0&fov=60")
        wearer = Wearer(page)
        wearer.enter()
        page.evaluate(f"window.session = {SESSION}")
        door = page.evaluate(f"{TOUR}.tour.scene.links.find(link => link.scene == null).id")
        wearer.point_at(wearer.mark("link", door))
        wearer.press()
        until(page, f"{TOUR}.visit.guide.address.startsWith('{far.url}')")
        wearer.settle()
        assert page.evaluate(f"{SESSION} === window.session"), "the session goes on"
        assert page.evaluate(f"{SESSION}.state.abroad") == urlsplit(far.url).netloc
        assert view(page)["yaw"] == pytest.approx(15, abs=0.5)
        title = page.evaluate(
            f"{TOUR}.tour.scene.hotspots.find(spot => spot.kind === 'image' && spot.target?.iiif).title['zh-Hans']"
        )
        wearer.press_on("menu", "可看的展品")
        wearer.press_on("menu", "下一页")
        with page.expect_request(lambda request: request.url.startswith(f"{far.url}/iiif/")):
            wearer.press_on("menu", title)
        until(page, f"{SESSION}.exhibit.record !== undefined")
        wearer.press_on("exhibit.board", "关闭")
        wearer.press_on("menu", "返回")
        wearer.press_on("menu", "回本馆")
        until(page, f"{TOUR}.visit.guide.address.startsWith('{near.url}')")
        wearer.settle()
        assert page.evaluate(f"{SESSION} === window.session")
        wearer.press_on("menu", "退出头显")
        until(page, f"{SESSION} === undefined")
        rest(page)
        assert urlsplit(page.evaluate("location.href")).path == "/scenes/prologue"
        wearer.enter()
        assert wearer.inside
    finally:
        context.close()
        near.stop()
        far.stop()


def test_a_guided_tour_and_a_sound(page: Any, chart_site: str) -> None:
    """A guide leads on, asks, waits and is sent away; what is heard comes from where it is, with its words."""
    open_scene(page, f"{chart_site}/scenes/street-2020?tour=charts&stop=1")
    player = f"{TOUR}.parts.find(part => 'player' in part && part.begin).player"
    until(page, f"{player} && !{player}.leading")
    wearer = Wearer(page)
    wearer.enter()
    assert page.evaluate(f"{SESSION}.tourBoard.present")
    wearer.press_on("tourBoard", "下一站")
    until(page, f"{TOUR}.scene === 'room' && !{player}.leading")
    assert apart(view(page)["yaw"], 15) < 1, "what the stop shows is before the eyes"
    wearer.press_on("tourBoard", "下一站")
    until(page, f"{TOUR}.scene === 'hall' && !{player}.leading")
    wearer.press_on("tourBoard", "播放")
    wearer.press_on("tourBoard", "暂停")
    assert page.evaluate(f"!{player}.playing")
    wearer.press_on("tourBoard", "播放")
    until(page, f"{player}.told && !{player}.playing")
    assert page.evaluate(f"!{player}.ended"), "it waits for an answer"
    wearer.press_on("tourBoard", "There")
    assert page.evaluate(f"{player}.answered") == 0
    wearer.press_on("tourBoard", "播放")
    until(page, f"{player}.ended")
    wearer.press_on("tourBoard", "结束导览")
    until(page, f"!{SESSION}.tourBoard.present")

    wearer.settle()
    wearer.point_at(wearer.mark("hotspot", 33))
    wearer.press()
    heard = f"{SESSION}.exhibit.sounds"
    until(page, f"{heard}.heard?.paused === false && {heard}.heard.caption === '[钟声]'")
    before = page.evaluate(f"{heard}.room.panner.positionX.value")
    wearer.look(120)
    until(page, f"Math.abs({heard}.room.panner.positionX.value - {before}) > 0.5")
    wearer.press_on("exhibit.board", "暂停")
    until(page, f"{heard}.heard.paused")
    wearer.press_on("exhibit.board", "关闭")
    assert page.evaluate(f"{heard}.heard === undefined")


def test_a_film_and_a_page_that_waits_outside(page: Any, chart_site: str) -> None:
    """A film runs before the eyes and on its wall, heard from there; what only a screen shows is kept until one is back."""
    open_scene(page, f"{chart_site}/scenes/hall?yaw=60&pitch=0&fov=75")
    wearer = Wearer(page)
    wearer.enter()
    wearer.settle()
    wearer.point_at(wearer.mark("hotspot", 34))
    wearer.press()
    film = f"{SESSION}.exhibit.film"
    until(page, f"{film}.present && !{film}.player.paused && {film}.state.caption === '[红]'")
    at_arms_length = (0.32, 0.5)
    assert all(red > 2 * green for red, green in wearer.colours(at_arms_length))
    costs = page.evaluate(f"{SESSION}.costs")
    assert costs["calls"] <= 100 and costs["boardBytes"] <= costs["mostBoardBytes"]
    assert page.evaluate(f"{film}.picture.bytes") == 1280 * 320 * 4, "no larger than an eye can tell"
    wearer.press_on("exhibit.film.bar", "暂停")
    until(page, f"{film}.player.paused")
    wearer.point_at(wearer.on_board("exhibit.film.bar", "播放进度", 0.8))
    wearer.press()
    until(page, f"Math.abs({film}.player.currentTime - 16) < 0.5 && !{film}.player.seeking")
    eventually(page, lambda: all(green > 2 * red for red, green in wearer.colours(at_arms_length)))
    wearer.press_on("exhibit.board", "挂到墙上")
    wearer.press_on("exhibit.film.bar", "播放")
    corners = page.evaluate(
        f"""[[-0.45, 0.45], [0.45, -0.45]].map(([x, y]) => {{
          const camera = {TOUR}.visit.stage.renderer.xr.getCamera().cameras[0];
          const at = camera.position.clone().set(x, y, 0).applyMatrix4({film}.mesh.matrixWorld);
          const {{ head }} = {SESSION}.rig;
          const [dx, dy, dz] = [at.x - head[0], at.y - head[1], at.z - head[2]];
          return [Math.atan2(dx, -dz), Math.atan2(dy, Math.hypot(dx, dz))].map(angle => angle * 180 / Math.PI);
        }})"""
    )
    (left, top), (right, bottom) = corners
    assert (left, right) == pytest.approx((49, 71), abs=1) and (top, bottom) == pytest.approx((11.2, -3.2), abs=1)
    assert all(green > 2 * red for red, green in wearer.colours((0.5, 0.44))), "on its wall, straight ahead"
    sideways = f"{film}.sound.panner.positionX.value"
    before = page.evaluate(sideways)
    wearer.look(-70)
    until(page, f"{sideways} > {before} + 0.5")
    wearer.look(0)
    wearer.press_on("exhibit.board", "关闭")
    assert page.evaluate(f"!{film}.opened && !{film}.bar.present")

    wearer.point_at(wearer.mark("hotspot", 35))
    wearer.press()
    wearer.press_on("exhibit.board", "查看详情页")
    wearer.press_on("notice", "继续参观")
    wearer.frames()
    assert wearer.inside
    wearer.press_on("menu", "退出头显")
    page.get_by_role("link", name="志 · example.org").wait_for()
    page.get_by_role("group", name="这些网页在等您").get_by_role("button", name="关闭").click()
    rest(page)

    # In a language that the museum has added, written from right to left.
    page.evaluate(f"{TOUR}.lang = 'ar'")
    wearer.enter(arabic.VIEWER["xrEnter"])
    until(page, f"{SESSION}.menu.zones.some(zone => zone.text === '{arabic.VIEWER['xrComfort']}')")
    wearer.press_on("menu", arabic.VIEWER["xrLeave"])
    until(page, f"{SESSION} === undefined")
    rest(page)


def test_walking_and_leaving_by_gaze_alone(wearer: Wearer) -> None:
    page = wearer.page
    wearer.enter()
    wearer.only("head")
    wearer.look_at(wearer.mark("link", 2))
    until(page, f"{TOUR}.scene === 'room'")
    wearer.settle()
    wearer.look(0, -30)
    wearer.look_at(wearer.on_board("menu", "退出头显"))
    until(page, f"{SESSION} === undefined")
    rest(page)
    assert page.evaluate(f"{TOUR}.scene") == "room"


MEASURE = f"""
() => {{
  const session = {SESSION}, {{ stage }} = {TOUR}.visit;
  const frame = () => {{
    {TOUR}.visit.time.tick(0.011);
    session.aim(stage.view, stage.presented);
    stage.store.begin();
    stage.update();
    stage.store.end();
  }};
  for (let i = 0; i < FRAMES; i++) frame();
}}
"""


def allocated(node: dict[str, Any], *chunks: str) -> dict[str, int]:
    """Bytes allocated by functions of these chunks, in a profile of the heap."""
    frame = node["callFrame"]
    found = {}
    if any(f"/{name}-" in frame["url"] for name in chunks) and node["selfSize"]:
        found[f"{frame['functionName']}:{frame['lineNumber']}:{frame['columnNumber']}"] = node["selfSize"]
    for child in node["children"]:
        for name, size in allocated(child, *chunks).items():
            found[name] = found.get(name, 0) + size
    return found


def test_a_frame_keeps_its_budget(wearer: Wearer) -> None:
    """Counted: what is drawn, what lies on the GPU, and what the script leaves behind for the collector."""
    page = wearer.page
    wearer.enter()
    wearer.press_on("menu", "时光镜")
    wearer.place("right", [0.2, 1.4, -0.2], 0, 0)
    wearer.settle()
    costs = page.evaluate(f"{SESSION}.costs")
    assert costs["calls"] <= 100, "two eras at once, lens, menu, marks and rays, for both eyes"
    assert costs["calls"] >= 20
    assert costs["tileBytes"] <= 64 * 2**20
    assert costs["boardBytes"] <= costs["mostBoardBytes"]
    page.evaluate(MEASURE.replace("FRAMES", "4000"))
    profiler = page.context.new_cdp_session(page)
    profiler.send("HeapProfiler.enable")
    every = {"includeObjectsCollectedByMajorGC": True, "includeObjectsCollectedByMinorGC": True}
    profiler.send("HeapProfiler.startSampling", {"samplingInterval": 512, **every})
    page.evaluate(MEASURE.replace("FRAMES", "2000"))
    profile = profiler.send("HeapProfiler.stopSampling")["profile"]
    own = allocated(profile["head"], "headset")
    whole = allocated(profile["head"], "headset", "stage", "museum-tour")
    # What is left are numbers on their way from one function to another.
    assert sum(own.values()) / 2000 < 160, own
    # Numbers of tiles are keys of maps, and too large to be anything but objects.
    assert sum(whole.values()) / 2000 < 6000, whole


def test_a_lost_picture_brings_back_to_the_page(wearer: Wearer) -> None:
    page = wearer.page
    wearer.enter()
    wearer.look(20)
    page.evaluate(f"{TOUR}.visit.stage.renderer.forceContextLoss()")
    until(page, f"{SESSION} === undefined")
    page.evaluate(f"{TOUR}.visit.stage.renderer.forceContextRestore()")
    until(page, f"!{TOUR}.shadowRoot.querySelector('.trouble')")
    rest(page)
    heading, _ = seen(page)
    assert apart(heading, 110 + NORTHS[NEW]) <= 1


def test_a_headset_that_does_not_start_costs_nothing(wearer: Wearer) -> None:
    page = wearer.page
    page.evaluate(
        "void (navigator.xr.requestSession = async () => { throw new DOMException('no', 'NotSupportedError'); })"
    )
    page.get_by_role("button", name="用头显观看").click()
    alert = page.get_by_role("alert").filter(has_text="头显未能启动")
    alert.wait_for()
    alert.get_by_role("button", name="关闭").click()
    alert.wait_for(state="detached")
    assert page.evaluate(f"{TOUR}.scene") == NEW
