"""Sounds that come from where they are, and films on the walls: heard and seen as the browser makes them."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from tests.browser.tour_site import chart, cut_panorama, serve, texts, write_tour
from tests.browser.viewing import TOUR, eventually, look, open_scene, until

pytestmark = pytest.mark.browser

WALL = [[-20.0, 12.0], [18.0, 10.0], [18.0, -9.0], [-20.0, -11.0]]
WORDS = texts("码头的汽笛。", "碼頭的汽笛。", "The whistle at the wharf.")
EARS = """
window.ears = [];
{
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...more) {
    if (to instanceof AudioDestinationNode && ears.length === 0) {
      const parts = new ChannelSplitterNode(this.context, { numberOfOutputs: 2 });
      connect.call(this, parts);
      for (const side of [0, 1]) {
        const ear = new AnalyserNode(this.context, { fftSize: 2048 });
        connect.call(parts, ear, side);
        ears.push(ear);
      }
    }
    return connect.call(this, to, ...more);
  };
  window.loudness = () => ears.map((ear) => {
    const wave = new Float32Array(ear.fftSize);
    ear.getFloatTimeDomainData(wave);
    return Math.sqrt(wave.reduce((sum, value) => sum + value * value, 0) / wave.length);
  });
}
"""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scene with a sound to the right and a film ahead."""
    folder: Path = tmp_path_factory.mktemp("hall")
    panorama = cut_panorama(folder, "hall", chart(0), [512])
    # Many tones, so that both ears can tell the direction.
    time = np.arange(16_000 * 30) / 16_000
    tone = sum(np.sin(2 * np.pi * pitch * time) for pitch in (330, 880, 1900, 3100)) * 6000
    with wave.open(str(folder / "whistle.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes(np.asarray(tone, np.int16).tobytes())
    film = cv2.VideoWriter(str(folder / "film.webm"), cv2.VideoWriter_fourcc(*"VP80"), 12, (320, 180))  # type: ignore[attr-defined]
    for number in range(36):
        film.write(np.full((180, 320, 3), (20, 40, 90 + number * 4), np.uint8))
    film.release()
    name = texts("大厅", "大廳", "The hall")
    hotspots = [
        {
            "id": 1,
            "kind": "audio",
            "yaw": 90,
            "pitch": 0,
            "title": texts("汽笛", "汽笛", "Whistle"),
            "description": WORDS,
        },
        {"id": 2, "kind": "video", "yaw": -1, "pitch": 0, "polygon": WALL, "title": texts("影", "影", "Film")},
    ]
    hotspots[0]["target"], hotspots[1]["target"] = {"href": "/whistle.wav"}, {"href": "/film.webm"}
    scene = {
        "slug": "hall",
        "url": "/scenes/hall",
        "title": name,
        "north": 0,
        "view": {"yaw": 0, "pitch": 0, "fov": 75},
    }
    scene |= {"venue": {"slug": "v", "kind": "hall", "title": name, "url": "/venues/v"}, "panorama": panorama}
    scene |= {"links": [], "hotspots": hotspots}
    write_tour(folder, {"museum": name, "home": "/", "scene": scene, "neighbours": {}})
    with serve(folder) as address:
        yield address


@pytest.fixture
def listener(chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(viewport={"width": 960, "height": 600}, locale="zh-CN")
    context.add_init_script(EARS)
    yield context.new_page()
    context.close()


def test_a_sound_comes_from_where_it_is(listener: Any, hall: str) -> None:
    page = listener
    open_scene(page, f"{hall}/scenes/hall")
    mark = page.get_by_role("button", name="音频: 汽笛")
    mark.focus()
    page.keyboard.press("Enter")
    player = page.get_by_role("group", name="音频: 汽笛")
    player.get_by_role("button", name="暂停").wait_for()
    assert player.get_by_text("码头的汽笛。").is_visible(), "what is heard is to be read"
    look(page, 0, 0)

    def louder(side: int) -> bool:
        heard = page.evaluate("loudness()")
        return len(heard) == 2 and heard[side] > 0.005 and heard[side] > 1.5 * heard[1 - side]

    eventually(page, lambda: louder(1))
    look(page, 180, 0)
    eventually(page, lambda: louder(0))
    player.get_by_role("button", name="暂停").click()
    player.get_by_role("button", name="播放").wait_for()
    eventually(page, lambda: max(page.evaluate("loudness()")) < 0.001)
    player.get_by_role("button", name="关闭").click()
    player.wait_for(state="hidden")
    assert page.evaluate(f"{TOUR}.shadowRoot.activeElement.dataset.hotspot") == "1"


FILM = f"{TOUR}.shadowRoot.querySelector('[data-film]')"


def test_a_film_runs_on_its_wall_while_one_looks_that_way(listener: Any, hall: str) -> None:
    page = listener
    open_scene(page, f"{hall}/scenes/hall?yaw=12&pitch=3&fov=80")
    until(page, f"{FILM}.currentTime > 0.2 && !{FILM}.paused && {FILM}.muted")
    box = page.evaluate(
        f"(() => {{ const b = {FILM}.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; }})()"
    )
    page.locator("museum-tour [data-hotspot='2']").hover()
    outline = f"{TOUR}.shadowRoot.querySelector('[data-outline=\"2\"]')"
    corners = page.evaluate(f"[...{outline}.points].map(point => [point.x, point.y])")
    across, down = zip(*corners, strict=True)
    assert box == pytest.approx([min(across), min(down), max(across), max(down)], abs=1.5)
    look(page, 150, 0)
    until(page, f"{FILM}.paused")
    look(page, 0, 0)
    until(page, f"!{FILM}.paused")
    page.mouse.click(480, 300)
    page.get_by_role("dialog", name="影").wait_for()
    until(page, f"{FILM}.paused")


def test_nothing_runs_for_who_wants_little_motion(listener: Any, hall: str) -> None:
    listener.emulate_media(reduced_motion="reduce")
    open_scene(listener, f"{hall}/scenes/hall")
    look(listener, 5, 0)
    listener.wait_for_timeout(500)
    assert listener.evaluate(f"{FILM}.paused && {FILM}.currentTime === 0")
