"""What the renderer may cost, counted at WebGL's own door: textures kept, calls to draw, memory taken in each frame; and what it shows,
compared pixel by pixel with what the charts are made of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.browser.chart_museum import NORTHS
from tests.browser.tour_site import chart, cut_panorama, serve, texts, write_tour
from tests.browser.viewing import (
    HEIGHT,
    TOUR,
    WIDTH,
    look,
    open_scene,
    picture,
    rest,
    stand_still,
    until,
    wait_for_scene,
)

pytestmark = pytest.mark.browser

SCENES = 200
TEXTURE_BYTES = 96 * 1024 * 1024
DRAW_CALLS = 60
BYTES_A_FRAME = 20_000
"""What a turning view may allocate a frame, all parts together: strings for the marks, events, and numbers that are boxed before the
browser has compiled what makes them."""

COUNTING = """
window.gpu = { bytes: 0, most: 0, calls: 0, frames: [] };
{
  const sizes = new WeakMap(), bound = new WeakMap(), proto = WebGL2RenderingContext.prototype, gpu = window.gpu;
  const wrap = (name, before) => {
    const own = proto[name];
    proto[name] = function (...given) { before(this, given); return own.apply(this, given); };
  };
  const size = (gl, bytes) => {
    const texture = bound.get(gl);
    if (!texture) return;
    gpu.bytes += bytes - (sizes.get(texture) ?? 0);
    gpu.most = Math.max(gpu.most, gpu.bytes);
    sizes.set(texture, bytes);
  };
  wrap("bindTexture", (gl, [, texture]) => bound.set(gl, texture));
  wrap("texStorage2D", (gl, [, levels, , width, height]) => size(gl, width * height * 4 * (levels > 1 ? 4 / 3 : 1)));
  wrap("texImage2D", (gl, given) => {
    const picture = given.length === 6 ? given[5] : undefined;
    size(gl, picture ? picture.width * picture.height * 4 : given[3] * given[4] * 4);
  });
  wrap("deleteTexture", (gl, [texture]) => { gpu.bytes -= sizes.get(texture) ?? 0; sizes.delete(texture); });
  // Counted instead of drawn: nobody looks, and software takes most of its time to fill pixels.
  for (const name of ["drawElements", "drawArrays", "drawElementsInstanced", "drawArraysInstanced"]) proto[name] = () => { gpu.calls++; };
  wrap("clear", () => { if (gpu.calls) gpu.frames.push(gpu.calls); gpu.calls = 0; });
}
"""


@pytest.fixture(scope="module")
def long_way(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A museum of many scenes in a row. They have the same pixels, at addresses of their own."""
    folder: Path = tmp_path_factory.mktemp("long")
    made = cut_panorama(folder, "scene-0", chart(0), [512, 1024, 2048])
    for number in range(1, SCENES):
        (folder / f"tiles/scene-{number}").symlink_to(folder / "tiles/scene-0")
    for number in range(SCENES):
        write_tour(folder, _tour(number, made))
    with serve(folder) as address:
        yield address


def _tour(number: int, made: dict[str, Any]) -> dict[str, Any]:
    def panorama(at: int) -> dict[str, Any]:
        return {
            key: f"{value}".replace("scene-0", f"scene-{at}") if key in {"tiles", "strip"} else value
            for key, value in made.items()
        }

    name = texts("廊", "廊", "Corridor")
    view = {"yaw": 0, "pitch": 0, "fov": 75}
    following = (number + 1) % SCENES
    link = {"id": 1, "kind": "walk", "yaw": 0, "pitch": -10, "title": name, "scene": f"scene-{following}"}
    link |= {"tour": f"/api/v1/scenes/scene-{following}/tour.json", "url": f"/scenes/scene-{following}"}
    venue = {"slug": "hall", "kind": "hall", "title": name, "url": "/venues/hall"}
    scene = {"slug": f"scene-{number}", "url": f"/scenes/scene-{number}", "title": name, "venue": venue, "north": 0}
    scene |= {"view": view, "panorama": panorama(number), "links": [link], "hotspots": []}
    neighbour = {"title": name, "north": 0, "view": view, "panorama": panorama(following), "venue": "hall"}
    return {"museum": name, "home": "/", "scene": scene, "neighbours": {f"scene-{following}": neighbour}}


@pytest.fixture
def counted(chromium: Any) -> Iterator[Any]:
    """A page whose WebGL is counted, for a visitor who wants little motion."""
    context = chromium.new_context(viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce")
    context.add_init_script(COUNTING)
    yield context.new_page()
    context.close()


def test_two_hundred_scenes_leave_no_more_on_the_gpu_than_the_budget(counted: Any, long_way: str) -> None:
    open_scene(counted, f"{long_way}/scenes/scene-0")
    # All round and close by, so that one scene alone has more tiles than may be kept.
    for yaw in range(0, 360, 40):
        for pitch in (-60, 0, 60):
            look(counted, yaw, pitch, 45)
    assert counted.evaluate("gpu.most") > 0.75 * TEXTURE_BYTES, "a budget that is not reached would prove nothing"
    for number in range(1, SCENES):
        counted.evaluate(f"slug => {{ {TOUR}.scene = slug }}", f"scene-{number}")
        until(counted, f"{TOUR}.scene === 'scene-{number}'")
        if number % 20 == 0:
            for yaw in (0, 120, 240):
                look(counted, yaw, 0, 60)
    rest(counted)
    assert counted.evaluate("gpu.most") < TEXTURE_BYTES
    assert counted.evaluate("Math.max(...gpu.frames)") <= DRAW_CALLS


def test_two_eras_at_once_keep_to_the_draw_calls(chromium: Any, chart_site: str) -> None:
    context = chromium.new_context(viewport={"width": 1920, "height": 1080}, reduced_motion="reduce")
    context.add_init_script(COUNTING)
    page = context.new_page()
    try:
        open_scene(page, f"{chart_site}/scenes/street-2020?yaw=40&pitch=35&fov=100&compare=lens:street-1937")
        page.evaluate("gpu.frames.length = 0")
        for yaw in (0, 45, 90, 135):
            look(page, yaw, 30, 100)
        calls = page.evaluate("Math.max(...gpu.frames)")
        assert 8 < calls <= DRAW_CALLS
    finally:
        context.close()


def test_a_turning_view_takes_little_memory(counted: Any, long_way: str) -> None:
    open_scene(counted, f"{long_way}/scenes/scene-0")
    turning = f"""frames => new Promise(done => {{
      const tour = {TOUR}, from = tour.statistics.frames;
      let yaw = 0;
      const turn = () => {{
        yaw += 0.2;
        tour.visit.stage.view.yaw = yaw;
        tour.visit.stage.invalidate();
        if (tour.statistics.frames - from < frames) requestAnimationFrame(turn); else done();
      }};
      turn();
    }})"""
    counted.evaluate(turning, 300)
    client = counted.context.new_cdp_session(counted)
    client.send("HeapProfiler.enable")
    client.send("HeapProfiler.collectGarbage")
    keep = {"includeObjectsCollectedByMajorGC": True, "includeObjectsCollectedByMinorGC": True}
    client.send("HeapProfiler.startSampling", {"samplingInterval": 256, **keep})
    counted.evaluate(turning, 240)
    profile = client.send("HeapProfiler.stopSampling")["profile"]
    taken: dict[str, int] = {}

    def add(node: dict[str, Any]) -> None:
        frame = node["callFrame"]
        if frame["url"]:
            name = f"{frame['url'].rsplit('/', 1)[-1]}:{frame['functionName']}:{frame['lineNumber']}:{frame['columnNumber']}"
            taken[name] = taken.get(name, 0) + node["selfSize"]
        for child in node["children"]:
            add(child)

    add(profile["head"])
    most = dict(sorted(taken.items(), key=lambda item: -item[1])[:12])
    assert sum(taken.values()) / 240 < BYTES_A_FRAME, most


VIEWS = [(0, 0, 75), (0, -35, 90), (44, 35, 90), (-133, -35, 100), (10, 88, 75), (170, 0, 20)]


def test_the_whole_picture_is_the_chart(chart_page: Any, chart_site: str) -> None:
    """Every pixel is what the chart says in its direction: no seam, no hole, no tile in another's place."""
    chart_page.emulate_media(reduced_motion="reduce")
    open_scene(chart_page, f"{chart_site}/scenes/room")
    for yaw, pitch, fov in VIEWS:
        look(chart_page, yaw, pitch, fov)
        wrong = np.abs(picture(chart_page).astype(np.float64) - expected(yaw, pitch, fov)).max(axis=-1)
        # Beside the picture's own colours there are a frame's rounded corners and the title above.
        wrong = wrong[90:-40]
        assert np.percentile(wrong, 99.9) <= 5, (yaw, pitch, fov)
        assert wrong.max() <= 12, (yaw, pitch, fov)


def expected(yaw: float, pitch: float, fov: float) -> NDArray[np.float64]:
    """The chart of the room as a camera sees it in a view of its own."""
    focal = HEIGHT / 2 / np.tan(np.radians(fov) / 2)
    x, y = np.meshgrid(np.arange(WIDTH) + 0.5 - WIDTH / 2, HEIGHT / 2 - 0.5 - np.arange(HEIGHT))
    (sin_p, cos_p), (sin_y, cos_y) = ((np.sin(a), np.cos(a)) for a in (np.radians(pitch), np.radians(yaw)))
    up, ahead = y * cos_p + focal * sin_p, focal * cos_p - y * sin_p
    rays = np.stack([x * cos_y + ahead * sin_y, up, x * sin_y - ahead * cos_y], axis=-1)
    rays /= np.linalg.norm(rays, axis=-1, keepdims=True)
    return np.clip(np.rint(chart(NORTHS["room"])(rays)), 0, 255)


def test_pixels_follow_the_screen_up_to_a_limit(chromium: Any, chart_site: str) -> None:
    for density, (width, height), ratio in (
        (1, (800, 500), 1.0),
        (3, (390, 700), 2.0),
        (2, (2000, 1400), (5e6 / 2.8e6) ** 0.5),
    ):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, device_scale_factor=density, reduced_motion="reduce"
        )
        page = context.new_page()
        try:
            open_scene(page, f"{chart_site}/scenes/room")
            assert page.evaluate(f"{TOUR}.statistics.ratio") == pytest.approx(ratio, rel=0.01)
            drawn = page.evaluate(
                f"(() => {{ const c = {TOUR}.shadowRoot.querySelector('canvas'); return [c.width, c.height]; }})()"
            )
            assert drawn == pytest.approx([width * ratio, height * ratio], abs=2)
        finally:
            context.close()


SAVING = "Object.defineProperty(navigator, 'connection', { get: () => ({ saveData: true }) });"


def test_who_saves_data_gets_no_more_than_what_is_seen(chromium: Any, long_way: str) -> None:
    asked: dict[bool, list[str]] = {}
    for saves in (False, True):
        context = chromium.new_context(
            viewport={"width": 390, "height": 700}, device_scale_factor=3, reduced_motion="reduce"
        )
        if saves:
            context.add_init_script(SAVING)
        page = context.new_page()
        asked[saves] = []
        page.on(
            "request", lambda request, to=asked[saves]: to.append(request.url) if "/tiles/" in request.url else None
        )
        try:
            open_scene(page, f"{long_way}/scenes/scene-0")
            until(page, f"{TOUR}.visit.stage.atLeisure")
            stand_still(page)
        finally:
            context.close()
    assert any("scene-1/" in url for url in asked[False]), "the next scene's first paint is fetched ahead"
    assert not any("scene-1/" in url for url in asked[True])
    assert len(asked[True]) < len(asked[False])


def test_who_wants_little_motion_is_not_moved(counted: Any, chart_site: str) -> None:
    """A step forward becomes a short fade on the spot."""
    open_scene(counted, f"{chart_site}/scenes/street-2020?yaw=30&pitch=-10&fov=75")
    counted.evaluate(
        f"""() => {{ const tour = {TOUR}; window.moved = 0;
        const look = () => {{
          for (const node of tour.visit.stage.nodes) window.moved = Math.max(window.moved, node.group.position.length());
          if (tour.scene !== 'room' || tour.moving) requestAnimationFrame(look); else window.arrived = true; }};
        tour.scene = 'room'; look(); }}"""
    )
    wait_for_scene(counted, "room")
    until(counted, "window.arrived === true")
    assert counted.evaluate("window.moved") == 0
