"""Sounds that come from where they are, films and pictures on the walls: heard and seen as the browser makes them."""

from __future__ import annotations

import io
import math
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from tests.browser.tour_site import chart, cut_panorama, serve, texts, write_tour
from tests.browser.viewing import TOUR, eventually, look, open_scene, rest, until

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
    _hang(folder, scene)
    with serve(folder) as address:
        yield address


HALF = (0.16, 0.12)
"""Half of the width and the height of a picture on a wall one metre away."""
LAMP = 0.6


def _hang(folder: Path, hall: dict[str, Any]) -> None:
    """A scene whose panorama shows a picture ahead, dark, its stripes too fine to be seen; what is said to hang at the right is not."""
    blocks = np.random.default_rng(3).integers(60, 255, (6, 8, 3)).repeat(150, 0).repeat(150, 1).astype(np.uint8)
    blocks[:, 450:750] = np.where(np.arange(300)[None, :, None] % 20 < 10, 235, 45)
    Image.fromarray(blocks).save(folder / "blocks.png")
    small = np.asarray(Image.fromarray(blocks).resize((80, 60), Image.Resampling.BOX), float) * LAMP

    def wall(rays: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        x, y, z = rays[..., 0], rays[..., 1], np.minimum(rays[..., 2], -1e-6)
        u, v = (-x / z / HALF[0] + 1) / 2, (y / z / HALF[1] + 1) / 2
        on = (rays[..., 2] < 0) & (u >= 0) & (u < 1) & (v >= 0) & (v < 1)
        column, row = (np.clip(share * size, 0, size - 1).astype(int) for share, size in ((u, 80), (v, 60)))
        return np.where(on[..., None], small[row, column], 70.0)

    corners = []
    for x, y in ((-1, 1), (1, 1), (1, -1), (-1, -1)):
        ahead, high = x * HALF[0], y * HALF[1]
        corners.append([math.degrees(math.atan(ahead)), math.degrees(math.atan2(high, math.hypot(ahead, 1)))])
    target = {"iiif": "/iiif/3/blocks", "width": 1200, "height": 900}
    shown = {"kind": "image", "pitch": 0, "title": texts("格", "格", "Blocks"), "target": target}
    spots = [
        {"id": number, "yaw": yaw, "polygon": [[x + yaw, y] for x, y in corners], **shown}
        for number, yaw in ((3, 0), (4, 90))
    ]
    scene = {**hall, "slug": "wall", "url": "/scenes/wall", "hotspots": spots}
    scene["panorama"] = cut_panorama(folder, "wall", wall, [512])
    write_tour(folder, {"museum": hall["title"], "home": "/", "scene": scene, "neighbours": {}})


@pytest.fixture
def listener(chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(viewport={"width": 960, "height": 600}, locale="zh-CN", coarse=True)
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
    page.keyboard.press("Escape")
    until(page, f"!{FILM}.paused")
    page.emulate_media(reduced_motion="reduce")
    look(page, 5, 0)
    until(page, f"{FILM}.paused")


LAID = f"{TOUR}.shadowRoot.querySelector('.wall-pictures .hangs')"


def test_a_picture_looked_at_closely_is_sharp_on_its_wall(listener: Any, hall: str) -> None:
    page = listener

    def stripes() -> np.ndarray[Any, Any]:
        # Beside the mark and its label.
        pixels = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB"), float)
        return pixels[370:400, 400:500].mean(axis=(0, 2))

    open_scene(page, f"{hall}/scenes/wall?yaw=1&pitch=-1&fov=80")
    assert page.evaluate(f"{LAID} === null"), "from afar the panorama is sharp enough"
    look(page, 1, -1, 20)
    page.mouse.move(5, 300)
    until(page, f"{LAID} != null && getComputedStyle({LAID}).opacity === '1'")
    sharp = stripes()
    page.evaluate(f"void ({LAID}.style.display = 'none')")
    rest(page)
    blurred = stripes()
    assert blurred.std() < 25 < 40 < sharp.std()
    assert abs(sharp.mean() - blurred.mean()) < 8, "in the light of the room"
    page.evaluate(f"void ({LAID}.style.display = '')")
    box = page.evaluate(
        f"(() => {{ const b = {LAID}.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; }})()"
    )
    page.locator("museum-tour [data-hotspot='3']").hover()
    outline = f"{TOUR}.shadowRoot.querySelector('[data-outline=\"3\"]')"
    across, down = zip(*page.evaluate(f"[...{outline}.points].map(point => [point.x, point.y])"), strict=True)
    assert box == pytest.approx([min(across), min(down), max(across), max(down)], abs=1.5)

    look(page, 91, 0, 20)
    until(page, f"{TOUR}.parts.some(part => part.others?.has(4))")
    assert page.evaluate(f"{LAID} === null"), "what the wall does not show is not laid over it"
